"""Features of the dependency tree: the relation of a phrase to its verb, and the path from it to the
quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoteattr.attribution.agents import own_agent
from quoteattr.attribution.cues import ALL_KINDS, is_cue
from quoteattr.attribution.ranker_terms import sort_of, steps, words_to_quotation
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.lexicon import cue_kind, word_list
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import SUBJECT

# --- its verb ----------------------------------------------------------------------------------------------


def verb_features(setting: Setting, word: Word, sentence: Sentence, size: str) -> Iterator[str]:
    """Yields the relation of the phrase to its governor, and the relation of the governor to the quotation.

    Args:
        setting: the quotation.
        word: head of the phrase.
        sentence: the sentence that holds it.
        size: class of the quotation's length.
    """
    verb = sentence.head(word)
    if verb is None or setting.quoted(verb):
        yield f"{word.deprel} of {'nothing' if verb is None else 'quoted'}"
        return
    relation, kind = word.deprel, _kind_of(verb)
    yield f"{relation} of {kind}"
    if relation.startswith(SUBJECT):
        role = "passive subject" if relation.endswith("pass") else "subject"
        yield f"{size}, {role} of {verb.lemma.lower()}"
        yield f"{role} of {verb.lemma.lower()}"
        for mood in _moods(sentence, verb):
            yield f"{role}, verb with {mood}"
    if isinstance(setting, ParsedSetting) and sentence is setting.sentence:
        yield from _verb_above_or_below(setting, word, verb, kind)
        yield from _verb_position(setting, word, verb, kind)


_MOODS = word_list("attribution", "moods")
"""Words beside a verb that say whether something was said at all."""


def _moods(sentence: Sentence, verb: Word) -> Iterator[str]:
    """Yields the modal verbs, negations and conjunctions that depend on a verb."""
    for child in sentence.children(verb):
        if child.deprel in ("aux", "advmod", "mark") and child.text.lower() in _MOODS:
            yield child.text.lower()


def _kind_of(verb: Word) -> str | None:
    return cue_kind(verb.text, verb.lemma) if verb.upos in ("VERB", "AUX", "NOUN") else None


def _role(word: Word) -> str:
    return "subject" if word.deprel.startswith(SUBJECT) else "other"


def _verb_above_or_below(setting: ParsedSetting, word: Word, verb: Word, kind: str | None) -> Iterator[str]:
    """Yields whether the verb governs the quotation or depends on it, and over how many arcs."""
    anchor, role = setting.anchor, _role(word)
    above = [w.index for w in setting.above]
    if anchor is not None and verb.index in above:
        distance = above.index(verb.index)
        yield f"{role}, {kind} verb {min(3, distance)} above"
        yield f"{role} of {verb.lemma.lower()}, {min(3, distance)} above"
        yield f"{role}, {kind} verb above by {anchor.deprel}"
        cues = [w for w in setting.above[:distance] if is_cue(setting, w)]
        yield f"{role}, {len(cues)} cues between"
    elif anchor is not None and verb.head == anchor.index:
        yield f"{role}, {kind} verb below by {verb.deprel}"
    else:
        yield f"{role}, {kind} verb aside"


def _verb_position(setting: ParsedSetting, word: Word, verb: Word, kind: str | None) -> Iterator[str]:
    """Yields on which side of the quotation the verb stands, and how far away."""
    role = _role(word)
    side = "before" if verb.start < setting.content.start else "after"
    order = "first" if word.start < verb.start else "second"
    yield f"{role} {order}, {kind} verb {side}"
    between = words_to_quotation(setting, setting.sentence, verb.start, side)
    yield f"{role}, {kind} verb {side} by {steps(sum(not setting.quoted(w) for w in between))}"


# --- the way from the phrase to the quotation --------------------------------------------------------------

_LONGEST = 6
"""Most arcs of a path that is a feature; longer paths are too rare to learn from."""


def path_features(setting: Setting, word: Word, sentence: Sentence) -> Iterator[str]:
    """Yields the arcs between the phrase and the quotation, and the subjects of other cues on that path.

    Args:
        setting: the quotation.
        word: head of the phrase.
        sentence: the sentence that holds it.
    """
    anchor = setting.anchor
    if anchor is None or not isinstance(setting, ParsedSetting) or sentence is not setting.sentence:
        return
    from_word, from_quotation = [word, *sentence.ancestors(word)], [anchor, *setting.above]
    shared = {w.index for w in from_quotation}
    meet = next((w for w in from_word if w.index in shared), None)
    if meet is None:
        return
    up, down = from_word[: from_word.index(meet)], from_quotation[: from_quotation.index(meet)]
    kind = _kind_of(meet)
    if len(up) + len(down) <= _LONGEST:
        arcs = "<".join(w.deprel for w in up), ">".join(w.deprel for w in reversed(down))
        yield f"path {arcs[0]}^{kind or meet.upos}^{arcs[1]}"
    speaks = bool(up) and up[-1].deprel.startswith(SUBJECT)
    clause = next((w for w in down if not setting.quoted(w) and sentence.child(w, *SUBJECT)), None)
    if clause is not None:
        sort = cue_kind(clause.text, clause.lemma)
        yield f"{'subject' if speaks else 'other'} over a clause of {sort} by {clause.deprel}"
    if speaks:
        yield from _other_cues(setting, word, kind, down, from_quotation[len(down) + 1 :])


def _other_cues(
    setting: ParsedSetting, word: Word, kind: str | None, below: Sequence[Word], above: Sequence[Word]
) -> Iterator[str]:
    """Yields the cues below and above the verb of the phrase, with their subjects."""
    own = _phrase_of(word)
    inner = [w for w in below if is_cue(setting, w, ALL_KINDS)]
    if inner:
        other = _phrase_of(own_agent(setting, inner[-1]))
        yield f"{own} over {cue_kind(inner[-1].text, inner[-1].lemma)} of {other}"
    outer = next((w for w in above if is_cue(setting, w, ALL_KINDS)), None)
    if outer is not None:
        other = _phrase_of(own_agent(setting, outer))
        yield f"{own} of {kind} under {cue_kind(outer.text, outer.lemma)} of {other}"


def _phrase_of(word: Word | None) -> str:
    """Returns a pronoun unchanged; for other words the sort of phrase that they are the head of."""
    if word is None:
        return "nobody"
    low = word.text.lower()
    return low if word.upos == "PRON" else "name" if word.upos == "PROPN" else sort_of(low)
