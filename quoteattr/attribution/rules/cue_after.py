"""Cues that stand after the quotation, or set off from the rest of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quoteattr.attribution.agents import cue_span, is_cue, mention_of, own_agent
from quoteattr.attribution.finding import Finding, answer_of, inverted
from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import cue_kind
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import RELATIVE, SUBJECT, is_nominal

_WHEN = frozenset("when after as while before once although though because since whereas if".split())


def in_a_clause(setting: Setting) -> Finding | None:
    """A clause that opens the sentence and ends with the quotation: "When Lee said “no,” Hale replied"."""
    words = [w for w in setting.outside if w.end <= setting.content.start]
    later = [w for w in setting.outside if w.start >= setting.content.end and w.upos != "PUNCT"]
    opens = bool(words) and words[0].text.lower() in _WHEN
    ends = setting.content.text.rstrip().endswith(",") or setting.after().startswith(",")
    if not opens or not ends or not later or later[0].upos not in ("PROPN", "PRON", "DET", "NOUN"):
        return None
    cue = next((w for w in reversed(words) if is_cue(setting, w, ("say", "judge", "weak"))), None)
    if cue is None or any(
        w.text == "," and w is not words[-1] for w in words if w.end <= setting.quotation.outer.start
    ):
        return None
    assert setting.sentence is not None
    agent = own_agent(setting, setting.sentence, cue)
    return answer_of(setting, cue) if agent is not None and agent.index < cue.index else None


def after_quotation(setting: Setting) -> Finding | None:
    """A cue right after the quotation, its subject on either side: "“…,” said Lee", "“…,” Lee said"."""
    ends = setting.content.text.rstrip()[-1:]
    opened = setting.after()[:2].lstrip()[:1]
    if ends not in ",?!—–-…" and opened != ",":
        return None
    cue = cue_after(setting, ("say", "judge", "weak"))
    return beside_cue(setting, cue) if cue else None


# "“…” |is how Lee puts it", "“…” |was what Lee called it"
_IS_HOW = regex.compile(r",?\s*(?:is|was|are|were)\s(?:how|what)\s")


def is_how(setting: Setting) -> Finding | None:
    """A clause of how or what right after the quotation: "“Plain theft” is how Lee describes the tax"."""
    match = _IS_HOW.match(setting.after())
    if not match or setting.sentence is None:
        return None
    start = setting.quotation.outer.end + match.end()
    later = [w for w in setting.outside if w.start >= start]
    cue = next((w for w in later if is_cue(setting, w, ("say", "judge", "weak"))), None)
    phrase = [w for w in later if cue and w.index < cue.index and is_nominal(w)]
    head = _head(phrase) if cue else None
    return Finding(cue_span(setting, cue), mention_of(setting, head)) if cue and head else None


_PHRASE = frozenset("DET ADJ NUM NOUN PROPN PRON ADV AUX PART SYM X".split())
"""Parts of speech that a noun phrase and the adverbs beside it are made of."""
_LONGEST = 9
"""Words: "this former senior adviser to the prime minister" has 8."""


def cue_after(setting: Setting, kinds: Sequence[str]) -> Word | None:
    """The first cue after the quotation if only its subject and adverbs stand between."""
    sentence = setting.sentence
    later = [w for w in setting.outside if w.start >= setting.content.end]
    if in_a_clause(setting):
        return None
    for position, word in enumerate(later[:30]):
        # "Viguerie notes": after a comma and a name the form is enough, whatever the tagger says.
        if is_cue(setting, word, kinds) or (word.upos == "NOUN" and cue_kind(word.text, word.lemma) == "say"):
            assert sentence is not None
            subject = {w.index for s in sentence.children(word, *SUBJECT) for w in sentence.subtree(s)}
            between = [w for w in later[:position] if w.index not in subject]
            plain = all(w.upos in ("ADV", "AUX", "PUNCT", "PART") for w in between)
            return word if plain or (_is_saying(word) and _phrase(setting, word)) else None
    return None


def _is_saying(cue: Word) -> bool:
    """Whether a word is a finite verb of saying, whatever the tree makes of it."""
    return cue_kind(cue.text, cue.lemma) == "say" and cue.xpos in ("VBD", "VBZ", "VBP")


def _phrase(setting: Setting, cue: Word) -> list[Word]:
    """The words between the quotation and a cue after it, if they can be one noun phrase."""
    later = [w for w in setting.outside if setting.content.end <= w.start < cue.start]
    while later and later[0].upos == "PUNCT":
        later = later[1:]
    one = all(w.upos in _PHRASE or w.text.lower() in ("-", "of", "for", "from", "&") for w in later)
    # "it was claimed by Lee", "which Lee said": not whoever stands before the cue.
    one = one and not any(w.text.lower() in RELATIVE or w.lemma.lower() in ("to", "be") for w in later)
    return later if one and len(later) <= _LONGEST and any(map(is_nominal, later)) else []


def beside_cue(setting: Setting, cue: Word) -> Finding | None:
    """Whoever the tree gives to a cue after the quotation, unless another phrase stands right beside it."""
    found, beside = answer_of(setting, cue), _phrase(setting, cue)
    if found is None or found.mention is None:
        return inverted(setting, cue)
    if beside and not any(found.mention.span.start <= w.start < found.mention.span.end for w in beside):
        head = _head(beside)
        return Finding(cue_span(setting, cue), mention_of(setting, head)) if head else found
    return found


def _head(phrase: Sequence[Word]) -> Word | None:
    """The first noun of a phrase that no other of its nouns governs."""
    nouns = [w for w in phrase if is_nominal(w)]
    numbers = {w.index for w in nouns}
    return next((w for w in nouns if w.head not in numbers), None)


_BY = regex.compile(r"\s*by\b")


def passive(setting: Setting) -> Finding | None:
    """ "by" right after the quotation and a passive cue before it: "Hale was branded “reckless” by Lee"."""
    if setting.sentence is None or not _BY.match(setting.after()):
        return None
    before = [w for w in setting.outside if w.end <= setting.content.start]
    later = [w for w in setting.outside if w.start >= setting.content.end]
    cue = next((w for w in reversed(before) if is_cue(setting, w, ("say", "judge", "weak"))), None)
    heads = [w for w in later if is_nominal(w) and w.deprel not in ("compound", "nmod:poss", "flat")]
    if cue is None or cue.xpos != "VBN" or not heads:
        return None
    return Finding(cue_span(setting, cue), mention_of(setting, heads[0]))


_ASIDE = frozenset({",", "–", "—", "-", "--", "(", ";"})
"""Marks that set words off."""


def aside(setting: Setting) -> Finding | None:
    """A cue and its subject set off from the rest: "It was “…” in the end, said Lee", "– as Lee put it –"."""
    if setting.sentence is None:
        return None
    cues = [w for w in setting.outside if w.index > 0 and w.xpos != "VBG" and is_cue(setting, w, ("say",))]
    return next((found for cue in cues if (found := _aside(setting, setting.sentence.words, cue))), None)


def _aside(setting: Setting, words: Sequence[Word], cue: Word) -> Finding | None:
    """What `aside` answers for one cue."""
    first, last = words[cue.index - 1], words[min(cue.index + 1, len(words) - 1)]
    if first.text in _ASIDE or (first.text.lower() == "as" and words[cue.index - 2].text in _ASIDE):
        return inverted(setting, cue) if _ends_after_a_phrase(setting, words, cue) else None
    ends = last is cue or last.upos in ("PUNCT", "ADP", "ADV")
    if not ends or not is_nominal(first) or first.text.lower() in RELATIVE or not _set_off(words, cue):
        return None
    return answer_of(setting, cue)


def _ends_after_a_phrase(setting: Setting, words: Sequence[Word], cue: Word) -> bool:
    """Whether no clause follows: "…, said Lee." but not "Hale, 40, said Lee had won"."""
    assert setting.sentence is not None
    if any(subject.index < cue.index for subject in setting.sentence.children(cue, *SUBJECT)):
        return False
    after = [w for w in words[cue.index + 1 :] if w.upos not in _PHRASE and w.text != "-"][:1]
    return not after or after[0].upos in ("PUNCT", "ADP", "SCONJ", "CCONJ")


def _set_off(words: Sequence[Word], cue: Word) -> bool:
    """Whether a mark or "as" stands before a cue with nothing but a noun phrase between."""
    for word in reversed(words[: cue.index]):
        if word.text in _ASIDE or word.text.lower() == "as":
            return True
        if word.upos not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "ADV", "AUX", "PART"):
            return False
    return False
