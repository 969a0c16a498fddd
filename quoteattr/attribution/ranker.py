"""The trained choice where rules tie: one probability for each phrase that may name the speaker, and one for
nobody.

A conditional logit (a softmax over the candidates of one quotation) whose features are words that a person
can read: which rules propose the phrase, how it stands to its verb and to the quotation, what it is. Weights
are in data/ranker.json with what they were fitted to; benchmarks/ranker fits them. After the speaker
ranking of Pareti et al. (EMNLP 2013) and Almeida et al. (EACL 2014), with rules as features.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from math import exp

import attrs
import regex

from quoteattr.attribution.agents import is_cue, own_agent
from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import DATA, cue_kind, words
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import RELATIVE, SUBJECT, is_nominal, is_time

_NOMINAL = ("PROPN", "NOUN", "PRON")
_INNER = frozenset("compound flat fixed det".split())
"""Relations of words that are a part of another's phrase."""


_MOST = 40
"""Phrases that may name the speaker; none of PolNeAR's 9,793 training quotations has more than 38."""
_NEAREST = 15
"""Of a list of more, this many: in a line of nothing but quotations each would have all of the others'."""


@attrs.frozen
class Candidate:
    """A phrase that may name the speaker; without a word, nobody."""

    word: Word | None
    """Head of the phrase; None for nobody and for a phrase of unparsed text."""
    sentence: Sentence | None
    """The sentence that holds it."""
    rules: tuple[str, ...]
    """The rules that propose it, in their order."""
    nobody: bool = False
    """Whether this is the answer that nobody speaks."""
    speaks: bool = False
    """Whether the rules give other quotations of the article to somebody of that last word."""


def phrases_around(setting: Setting) -> list[tuple[Word, Sentence]]:
    """Heads of the noun phrases outside of quotations in the quotation's sentence and those beside it, in
    order; if there are more than `_MOST`, the nearest `_NEAREST`."""
    found = list(_heads_around(setting))
    if len(found) <= _MOST:
        return found
    content = setting.content
    away = [max(content.start - word.start, word.start - content.end) for word, _ in found]
    farthest = sorted(away)[_NEAREST - 1]
    return [phrase for phrase, distance in zip(found, away, strict=True) if distance <= farthest]


def _heads_around(setting: Setting) -> Iterator[tuple[Word, Sentence]]:
    near = [setting.lead] if setting.lead is not None and not setting.before().strip() else []
    if setting.sentence is not None:
        at = setting.position(setting.sentence)
        near += setting.sentences[max(0, at - 1) : at + 2]
    for sentence in near:
        for word in sentence:
            heads = is_nominal(word) and word.deprel not in _INNER and not is_time(sentence, word)
            if heads and not setting.quoted(word):
                yield word, sentence


def probabilities(setting: Setting, candidates: Sequence[Candidate]) -> list[float]:
    """The probability of each candidate; they sum to one."""
    weights = _weights()
    scores = [sum(weights.get(f, 0.0) for f in features(setting, c)) for c in candidates]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    return [odd / sum(odds) for odd in odds]


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads((DATA / "ranker.json").read_text(encoding="utf-8"))["weights"]
    return weights


def features(setting: Setting, candidate: Candidate) -> list[str]:
    """What is known of a candidate, as names of features; each is 1."""
    if candidate.nobody:
        return [*_of_nobody(setting), *(f"nobody by {rule}" for rule in candidate.rules)]
    found = ["somebody", *(f"by {rule}" for rule in candidate.rules)]
    found += [f"by {rule}, {'closed' if setting.closed else 'open'}" for rule in candidate.rules[:1]]
    found.append(f"first by {candidate.rules[0]}" if candidate.rules else "by none")
    size = _size(setting)
    found.append("speaks elsewhere" if candidate.speaks else "speaks nowhere else")
    if candidate.rules:
        found.append(f"{size} first by {candidate.rules[0]}")
        found.append(f"first by {candidate.rules[0]}, {_edges(setting)}")
    if candidate.word is not None and candidate.sentence is not None:
        found += _of_phrase(candidate.word, candidate.sentence)
        found += _of_place(setting, candidate.word, candidate.sentence)
        found += _of_verb(setting, candidate.word, candidate.sentence, size)
        found += _of_order(setting, candidate.word, candidate.sentence)
        found += _of_path(setting, candidate.word, candidate.sentence)
    return found


# --- nobody ------------------------------------------------------------------------------------------------


def _of_nobody(setting: Setting) -> Iterator[str]:
    content = setting.content.text
    size = _size(setting)
    yield "nobody"
    yield f"nobody, {size}"
    yield f"nobody, {size}, {_capitals(content)}"
    yield f"nobody, ends {_last(content)}"
    yield f"nobody, before {_word_before(setting.before())}"
    yield f"nobody, after {_word_after(setting.after())}"
    yield f"nobody, {'closed' if setting.closed else 'open'}"
    cues = [w for w in setting.outside if is_cue(setting, w)]
    yield f"nobody, {size}, {min(2, len(cues))} cues"
    yield f"nobody, {'frame' if setting.outside else 'alone'}"
    anchor = setting.anchor
    if anchor is not None:
        yield f"nobody, {size}, as {anchor.deprel}"
        above = setting.above
        if above:
            yield f"nobody, under {above[0].lemma.lower()}"
        cue = next((w for w in above if is_cue(setting, w, ("say", "judge", "weak"))), None)
        yield f"nobody, {size}, cue {cue.lemma.lower() if cue else 'none'}"
        if cue is not None:
            yield f"nobody, cue {min(3, above.index(cue))} above as {anchor.deprel}"


_LAST_MARK = regex.compile(r"([^\w\s])\s*\Z")
_FIRST_MARK = regex.compile(r"\s*([^\w\s])")


def _edges(setting: Setting) -> str:
    """The punctuation before, at the end of and after the quotation."""
    before, after = setting.before()[-5:], setting.after()
    mark_before, mark_after = _LAST_MARK.search(before), _FIRST_MARK.match(after)
    left = mark_before[1] if mark_before else "word" if before.strip() else "start"
    right = mark_after[1] if mark_after else "word" if after.strip() else "end"
    return f"{left} [ {_last(setting.content.text)} ] {right}"


def _size(setting: Setting) -> str:
    count = len(setting.content.text.split())
    return "one" if count == 1 else "few" if count < 4 else "some" if count < 8 else "many"


def _capitals(content: str) -> str:
    found = [w for w in content.split() if w[:1].isalpha()]
    big = sum(w[0].isupper() for w in found)
    if not big:
        return "small"
    return (
        "all capital" if big == len(found) else "first capital" if content[:1].isupper() else "some capital"
    )


def _last(content: str) -> str:
    last = content.rstrip()[-1:]
    return "in letter" if last.isalnum() else last


_LAST_WORD = regex.compile(r"([\w’'-]+|[^\w\s])\W{0,2}\Z")
_FIRST_WORD = regex.compile(r"\s*([\w’'-]+|[^\w\s])")


def _word_before(text: str) -> str:
    match = _LAST_WORD.search(text.rstrip()[-30:])
    return match[1].lower() if match else "start"


def _word_after(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return match[1].lower() if match else "end"


# --- a phrase ----------------------------------------------------------------------------------------------


def _of_phrase(word: Word, sentence: Sentence) -> Iterator[str]:
    low = word.text.lower()
    kind = "pronoun" if word.upos == "PRON" else "name" if word.upos == "PROPN" else "noun"
    yield f"is {kind}"
    if kind == "pronoun" or low in RELATIVE:
        yield f"is {low}"
    if kind == "noun":
        yield f"is {_sort(low)}"
    if kind == "name":
        part = any(c.deprel in ("flat", "compound") and c.upos == "PROPN" for c in sentence.children(word))
        yield "is longer name" if part else "is one-word name"
    if sentence.child(word, "appos"):
        yield "has apposition"
    if any(c.deprel == "case" for c in sentence.children(word)):
        case = next(c for c in sentence.children(word) if c.deprel == "case")
        yield f"after {case.text.lower()}"


def _sort(noun: str) -> str:
    if noun in words("roles") or noun in words("person_nouns"):
        return "person"
    return "body" if noun in words("organisation_words") else "thing"


def _of_place(setting: Setting, word: Word, sentence: Sentence) -> Iterator[str]:
    where = _where(setting, sentence)
    side = "before" if word.start < setting.content.start else "after"
    yield f"{where} {side}"
    yield f"{where} {side}, ends {_last(setting.content.text)}"
    if where == "same":
        low, high = sorted((word.start, setting.content.start if side == "before" else setting.content.end))
        between = [w for w in sentence.between(low, high) if w.upos != "PUNCT"]
        yield f"{side} by {_steps(len(between))}"
        nominal = any(w.upos in _NOMINAL and w.deprel.startswith(SUBJECT) for w in between)
        yield f"{side}, {'a' if nominal else 'no'} subject nearer"
        yield f"{side}, {word.deprel}"
    else:
        yield f"{where}, {word.deprel}"


def _where(setting: Setting, sentence: Sentence) -> str:
    if sentence is setting.sentence:
        return "same"
    if sentence is setting.lead:
        return "lead" if setting.introduced else "above"
    return "previous" if sentence.start < setting.content.start else "next"


def _steps(count: int) -> str:
    return str(count) if count < 3 else "3 to 5" if count < 6 else "6 to 10" if count < 11 else "more"


# --- its verb ----------------------------------------------------------------------------------------------


def _of_verb(setting: Setting, word: Word, sentence: Sentence, size: str) -> Iterator[str]:
    verb = sentence.head(word)
    if verb is None or setting.quoted(verb):
        yield f"{word.deprel} of {'nothing' if verb is None else 'quoted'}"
        return
    relation = word.deprel
    kind = cue_kind(verb.text, verb.lemma) if verb.upos in ("VERB", "AUX", "NOUN") else None
    yield f"{relation} of {kind}"
    if relation.startswith(SUBJECT):
        role = "passive subject" if relation.endswith("pass") else "subject"
        yield f"{size}, {role} of {verb.lemma.lower()}"
        yield f"{role} of {verb.lemma.lower()}"
    if sentence is setting.sentence:
        yield from _verb_to_quotation(setting, word, verb, sentence, kind)


def _verb_to_quotation(
    setting: Setting, word: Word, verb: Word, sentence: Sentence, kind: str | None
) -> Iterator[str]:
    anchor = setting.anchor
    above = [w.index for w in setting.above]
    role = "subject" if word.deprel.startswith(SUBJECT) else "other"
    if anchor is not None and verb.index in above:
        steps = above.index(verb.index)
        yield f"{role}, {kind} verb {min(3, steps)} above"
        yield f"{role} of {verb.lemma.lower()}, {min(3, steps)} above"
        yield f"{role}, {kind} verb above by {anchor.deprel}"
        cues = [w for w in above[:steps] if is_cue(setting, sentence.words[w])]
        yield f"{role}, {len(cues)} cues between"
    elif anchor is not None and verb.head == anchor.index:
        yield f"{role}, {kind} verb below by {verb.deprel}"
    else:
        yield f"{role}, {kind} verb aside"
    side = "before" if verb.start < setting.content.start else "after"
    order = "first" if word.start < verb.start else "second"
    yield f"{role} {order}, {kind} verb {side}"
    low, high = sorted((verb.start, setting.content.start if side == "before" else setting.content.end))
    between = [w for w in sentence.between(low, high) if w.upos != "PUNCT" and not setting.quoted(w)]
    yield f"{role}, {kind} verb {side} by {_steps(len(between))}"


# --- the way from it to the quotation ----------------------------------------------------------------------

_LONGEST = 6
"""Arcs of a path that is a feature; longer ones are too rare to learn."""


def _of_path(setting: Setting, word: Word, sentence: Sentence) -> Iterator[str]:
    """The arcs between the phrase and the quotation, and who is the subject of cues on that way."""
    anchor = setting.anchor
    if anchor is None or sentence is not setting.sentence:
        return
    from_word, from_quotation = [word, *sentence.ancestors(word)], [anchor, *setting.above]
    shared = {w.index for w in from_quotation}
    meet = next((w for w in from_word if w.index in shared), None)
    if meet is None:
        return
    up, down = from_word[: from_word.index(meet)], from_quotation[: from_quotation.index(meet)]
    kind = cue_kind(meet.text, meet.lemma) if meet.upos in ("VERB", "AUX", "NOUN") else None
    if len(up) + len(down) <= _LONGEST:
        arcs = "<".join(w.deprel for w in up), ">".join(w.deprel for w in reversed(down))
        yield f"path {arcs[0]}^{kind or meet.upos}^{arcs[1]}"
    speaks = bool(up) and up[-1].deprel.startswith(SUBJECT)
    clause = next((w for w in down if not setting.quoted(w) and sentence.child(w, *SUBJECT)), None)
    if clause is not None:
        sort = cue_kind(clause.text, clause.lemma)
        yield f"{'subject' if speaks else 'other'} over a clause of {sort} by {clause.deprel}"
    if speaks:
        above = from_quotation[len(down) + 1 :]
        yield from _of_other_cues(setting, sentence, word, kind, down, above)


def _of_other_cues(
    setting: Setting,
    sentence: Sentence,
    word: Word,
    kind: str | None,
    below: Sequence[Word],
    above: Sequence[Word],
) -> Iterator[str]:
    """What cues stand below and above the verb of the phrase, and whose they are."""
    kinds = ("say", "judge", "weak")
    mine = _who(word)
    inner = [w for w in below if is_cue(setting, w, kinds)]
    if inner:
        lowest = inner[-1]
        theirs = _who(own_agent(setting, sentence, lowest))
        yield f"{mine} over {cue_kind(lowest.text, lowest.lemma)} of {theirs}"
    outer = next((w for w in above if is_cue(setting, w, kinds)), None)
    if outer is not None:
        theirs = _who(own_agent(setting, sentence, outer))
        yield f"{mine} of {kind} under {cue_kind(outer.text, outer.lemma)} of {theirs}"


def _who(word: Word | None) -> str:
    """A pronoun itself, else what sort of phrase a word heads."""
    if word is None:
        return "nobody"
    low = word.text.lower()
    return low if word.upos == "PRON" else "name" if word.upos == "PROPN" else _sort(low)


# --- its neighbours, whatever the tree says ---------------------------------------------------------------


def _of_order(setting: Setting, word: Word, sentence: Sentence) -> Iterator[str]:
    """Which words stand right before and after the phrase."""
    run = _run(sentence, word)
    where = _where(setting, sentence)
    side = "before" if word.start < setting.content.start else "after"
    before = _neighbour(sentence, run[0] - 1, -1)
    after = _neighbour(sentence, run[1] + 1, 1)
    yield f"{where} {side}, {_form(before)} right before"
    yield f"{where} {side}, {_form(after)} right after"
    yield f"{where} {side}, between {_form(before)} and {_form(after)}"
    if where != "same":
        return
    cue = after if side == "before" else before
    if cue is not None and cue_kind(cue.text, cue.lemma) and not setting.quoted(cue):
        low, high = sorted((cue.start, setting.content.start if side == "before" else setting.content.end))
        between = [w for w in sentence.between(low, high) if w.upos != "PUNCT"]
        yield f"{side}, {_form(cue)} next, quotation by {_steps(len(between))}"
        yield f"{side}, {cue.lemma.lower()} next, quotation by {_steps(len(between))}"


_BEFORE_HEAD = ("det", "amod", "compound", "nummod", "nmod:poss", "flat", "nmod:desc", "case")
_AFTER_HEAD = ("flat", "compound")


def _run(sentence: Sentence, word: Word) -> tuple[int, int]:
    """Numbers of the first and last word of the noun phrase, without what comes after its name."""
    first = last = word.index
    while first > 0 and _belongs(sentence.words[first - 1], first, last, _BEFORE_HEAD):
        first -= 1
    while last + 1 < len(sentence.words) and _belongs(sentence.words[last + 1], first, last, _AFTER_HEAD):
        last += 1
    return first, last


def _belongs(word: Word, first: int, last: int, relations: tuple[str, ...]) -> bool:
    return word.deprel.startswith(relations) and first <= word.head <= last


def _neighbour(sentence: Sentence, at: int, step: int) -> Word | None:
    """The next word in that direction that is no adverb, auxiliary or particle."""
    while 0 <= at < len(sentence.words) and sentence.words[at].upos in ("ADV", "AUX", "PART"):
        at += step
    return sentence.words[at] if 0 <= at < len(sentence.words) else None


def _form(word: Word | None) -> str:
    if word is None:
        return "nothing"
    if word.upos == "PUNCT":
        return word.text
    kind = cue_kind(word.text, word.lemma)
    return kind if kind and word.upos not in ("ADP", "ADV") else word.upos
