"""The features of a candidate, each a name that a person can read.

The names are the keys of data/ranker.json: if one is changed, the weights have to be fitted again. Features
describe the rules that propose the candidate, its phrase, its position, the words beside it, and its relation
to its verb and to the quotation (`ranker_syntax`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import attrs
import regex

from quoteattr.attribution.cues import ALL_KINDS, is_cue
from quoteattr.attribution.ranker_content import beside_features, content_features, plain_mark
from quoteattr.attribution.ranker_syntax import path_features, verb_features
from quoteattr.attribution.ranker_terms import sort_of, sort_of_phrase, steps, words_to_quotation
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.lexicon import cue_kind
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import RELATIVE, SUBJECT

_NOMINAL = ("PROPN", "NOUN", "PRON")
NAMES_IN_WEIGHTS = {
    "governing_cue": "governed",
    "governed_cue": "beside",
    "set_off_cue": "aside",
    "how_clause": "is_how",
    "opening_clause": "in_a_clause",
    "colon_subject": "colon",
}
"""Names of rules in the weights, if they differ from the names in the registry."""


@attrs.frozen
class Candidate:
    """A possible answer: a phrase that may name the speaker, or the answer that nobody speaks."""

    word: Word | None
    """Head of the phrase; None for nobody and for a phrase of unparsed text."""
    sentence: Sentence | None
    """The sentence that holds it."""
    rules: tuple[str, ...]
    """The rules that propose it, in their order."""
    nobody: bool = False
    """Whether this is the answer that nobody speaks."""
    speaks: bool = False
    """Whether the rules give other quotations of the article to a speaker with the same last name."""
    first: str | None = None
    """The rule that answers first for the quotation; None if no rule answers."""


def features(setting: Setting, candidate: Candidate) -> list[str]:
    """Returns the names of the features that a candidate has."""
    rules = [NAMES_IN_WEIGHTS.get(rule, rule) for rule in candidate.rules]
    if candidate.nobody:
        return [*_nobody_features(setting), *(f"nobody by {rule}" for rule in rules)]
    found = [*_rule_features(setting, rules, candidate.speaks)]
    if candidate.first not in candidate.rules:
        found.append(f"{rules[0] if rules else 'no rule'} against {candidate.first}")
    word, sentence = candidate.word, candidate.sentence
    if word is not None and sentence is not None:
        found += _phrase_features(word, sentence)
        found += _position_features(setting, word, sentence)
        found += verb_features(setting, word, sentence, _size(setting))
        found += _neighbour_features(setting, word, sentence)
        found += path_features(setting, word, sentence)
    return found


def _rule_features(setting: Setting, rules: list[str], speaks: bool) -> Iterator[str]:
    """Yields the rules that propose the candidate, and whether the same name speaks elsewhere."""
    yield "somebody"
    yield from (f"by {rule}" for rule in rules)
    if rules:
        yield f"by {rules[0]}, {'closed' if setting.closed else 'open'}"
    yield f"first by {rules[0]}" if rules else "by none"
    yield "speaks elsewhere" if speaks else "speaks nowhere else"
    if rules:
        yield f"{_size(setting)} first by {rules[0]}"
        yield f"first by {rules[0]}, {_edges(setting)}"


# --- nobody ------------------------------------------------------------------------------------------------


def _nobody_features(setting: Setting) -> Iterator[str]:
    """Yields the evidence for and against the answer that nobody speaks."""
    content, size = setting.content.text, _size(setting)
    yield "nobody"
    yield f"nobody, {size}"
    yield f"nobody, {size}, {_capitals(content)}"
    yield f"nobody, ends {_last_mark(content)}"
    yield f"nobody, before {_word_before(setting.before())}"
    yield f"nobody, after {_word_after(setting.after())}"
    yield f"nobody, {'closed' if setting.closed else 'open'}"
    cues = [w for w in setting.outside if isinstance(setting, ParsedSetting) and is_cue(setting, w)]
    yield f"nobody, {size}, {min(2, len(cues))} cues"
    yield f"nobody, {'frame' if setting.outside else 'alone'}"
    if setting.frame.inside_quotation:
        yield f"nobody, {size}, inside a quotation"
    yield from content_features(content, size)
    yield from beside_features(setting.before(), setting.after(), size)
    if _has_other_marks(setting):
        yield f"nobody, {size}, in single marks beside double ones"
    if isinstance(setting, ParsedSetting):
        left, right = _beside(setting.outside_before[-1:]), _beside(setting.outside_after[:1])
        yield f"nobody, {size}, between {left} and {right}"
    if isinstance(setting, ParsedSetting) and setting.anchor is not None:
        yield from _nobody_above(setting, setting.anchor, size)


def _nobody_above(setting: ParsedSetting, anchor: Word, size: str) -> Iterator[str]:
    """Yields the relation of the quotation to the rest of its sentence."""
    above = setting.above
    yield f"nobody, {size}, as {anchor.deprel}"
    yield f"nobody, {size}, {anchor.upos} as {anchor.deprel}"
    if above:
        yield f"nobody, {size}, as {anchor.deprel} of {above[0].upos}"
    if above:
        yield f"nobody, under {above[0].lemma.lower()}"
    cue = next((w for w in above if is_cue(setting, w, ALL_KINDS)), None)
    yield f"nobody, {size}, cue {cue.lemma.lower() if cue else 'none'}"
    if cue is not None:
        yield f"nobody, cue {min(3, above.index(cue))} above as {anchor.deprel}"


# --- the quotation -----------------------------------------------------------------------------------------

_LAST_MARK = regex.compile(r"([^\w\s])\s*\Z")
_FIRST_MARK = regex.compile(r"\s*([^\w\s])")


def _edges(setting: Setting) -> str:
    """Returns the punctuation before, at the end of and after the quotation."""
    before, after = setting.before()[-5:], setting.after()
    mark_before, mark_after = _LAST_MARK.search(before), _FIRST_MARK.match(after)
    left = plain_mark(mark_before[1]) if mark_before else "word" if before.strip() else "start"
    right = plain_mark(mark_after[1]) if mark_after else "word" if after.strip() else "end"
    return f"{left} [ {_last_mark(setting.content.text)} ] {right}"


def _size(setting: Setting) -> str:
    count = len(setting.content.text.split())
    return "one" if count == 1 else "few" if count < 4 else "some" if count < 8 else "many"


def _capitals(content: str) -> str:
    found = [w for w in content.split() if w[:1].isalpha()]
    count = sum(w[0].isupper() for w in found)
    if not count:
        return "small"
    if count == len(found):
        return "all capital"
    return "first capital" if content[:1].isupper() else "some capital"


def _last_mark(content: str) -> str:
    last = content.rstrip()[-1:]
    return "in letter" if last.isalnum() else plain_mark(last)


_LAST_WORD = regex.compile(r"(\w+(?:[’'-]+\w+)*|[^\w\s])\W{0,2}\Z")
_FIRST_WORD = regex.compile(r"\s*(\w+(?:[’'-]+\w+)*|[^\w\s])")


def _word_before(text: str) -> str:
    match = _LAST_WORD.search(text.rstrip()[-30:])
    return plain_mark(match[1].lower()) if match else "start"


def _word_after(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return plain_mark(match[1].lower()) if match else "end"


@lru_cache(maxsize=8)
def _double_marks_are_usual(text: str) -> bool:
    """Whether an article has more double than single opening marks."""
    return text.count("“") + text.count('"') / 2 > text.count("‘")


def _has_other_marks(setting: Setting) -> bool:
    """Whether the quotation has single marks, as terms often do, in an article with more double ones."""
    single = setting.text[setting.quotation.outer.start] in "‘'’`‚‹"
    return single and _double_marks_are_usual(setting.text)


def _beside(found: list[Word]) -> str:
    """The part of speech of the word beside a quotation."""
    return found[0].upos if found else "nothing"


# --- the phrase --------------------------------------------------------------------------------------------


def _phrase_features(word: Word, sentence: Sentence) -> Iterator[str]:
    """Yields the sort of noun phrase that the candidate is: a name, a pronoun, or what its noun names."""
    low = word.text.lower()
    kind = "pronoun" if word.upos == "PRON" else "name" if word.upos == "PROPN" else "noun"
    yield f"is {kind}"
    if kind == "pronoun" or low in RELATIVE:
        yield f"is {low}"
    if kind == "noun":
        yield f"is {sort_of(low)}"
    if kind == "name":
        part = any(c.deprel in ("flat", "compound") and c.upos == "PROPN" for c in sentence.children(word))
        yield "is longer name" if part else "is one-word name"
    if kind == "noun":
        yield f"is {'plural' if word.xpos == 'NNS' else 'singular'} after {_determiner(sentence, word)}"
    if sentence.child(word, "appos"):
        yield "has apposition"
    case = next((c for c in sentence.children(word) if c.deprel == "case"), None)
    if case is not None:
        yield f"after {case.text.lower()}"


def _determiner(sentence: Sentence, noun: Word) -> str:
    """The determiner of a noun; "owner" for a possessive, "none" if it has neither."""
    found = next((c for c in sentence.children(noun) if c.deprel in ("det", "nmod:poss")), None)
    return "none" if found is None else "owner" if found.deprel == "nmod:poss" else found.text.lower()


# --- its position ------------------------------------------------------------------------------------------


def _position_features(setting: Setting, word: Word, sentence: Sentence) -> Iterator[str]:
    """Yields in which sentence the phrase stands, on which side of the quotation, and how far away."""
    where, side = _where(setting, sentence), _side(setting, word)
    yield f"{where} {side}"
    yield f"{where} {side}, ends {_last_mark(setting.content.text)}"
    if where != "same":
        yield f"{where}, {word.deprel}"
        yield f"{where}, {sort_of_phrase(word)} as {word.deprel}"
        return
    between = words_to_quotation(setting, sentence, word.start, side)
    yield f"{side} by {steps(len(between))}"
    nominal = any(w.upos in _NOMINAL and w.deprel.startswith(SUBJECT) for w in between)
    yield f"{side}, {'a' if nominal else 'no'} subject nearer"
    yield f"{side}, {word.deprel}"


def _side(setting: Setting, word: Word) -> str:
    return "before" if word.start < setting.content.start else "after"


def _where(setting: Setting, sentence: Sentence) -> str:
    if isinstance(setting, ParsedSetting) and sentence is setting.sentence:
        return "same"
    if sentence is setting.lead:
        return "lead" if setting.introduced else "above"
    return "previous" if sentence.start < setting.content.start else "next"


# --- the words beside it -----------------------------------------------------------------------------------


def _neighbour_features(setting: Setting, word: Word, sentence: Sentence) -> Iterator[str]:
    """Yields the words right before and after the phrase, regardless of the tree."""
    where, side = _where(setting, sentence), _side(setting, word)
    first, last = _run(sentence, word)
    before = _neighbour(sentence, first - 1, -1)
    after = _neighbour(sentence, last + 1, 1)
    yield f"{where} {side}, {_form(before)} right before"
    yield f"{where} {side}, {_form(after)} right after"
    yield f"{where} {side}, between {_form(before)} and {_form(after)}"
    cue = after if side == "before" else before
    if where != "same" or cue is None or setting.quoted(cue) or not cue_kind(cue.text, cue.lemma):
        return
    between = words_to_quotation(setting, sentence, cue.start, side)
    yield f"{side}, {_form(cue)} next, quotation by {steps(len(between))}"
    yield f"{side}, {cue.lemma.lower()} next, quotation by {steps(len(between))}"


_BEFORE_HEAD = ("det", "amod", "compound", "nummod", "nmod:poss", "flat", "nmod:desc", "case")
_AFTER_HEAD = ("flat", "compound")


def _run(sentence: Sentence, word: Word) -> tuple[int, int]:
    """Returns the indexes of the first and last word of the noun phrase, up to the end of its name."""
    first = last = word.index
    while first > 0 and _belongs(sentence.words[first - 1], first, last, _BEFORE_HEAD):
        first -= 1
    while last + 1 < len(sentence.words) and _belongs(sentence.words[last + 1], first, last, _AFTER_HEAD):
        last += 1
    return first, last


def _belongs(word: Word, first: int, last: int, relations: tuple[str, ...]) -> bool:
    return word.deprel.startswith(relations) and first <= word.head <= last


def _neighbour(sentence: Sentence, at: int, step: int) -> Word | None:
    """Returns the next word in the given direction that is not an adverb, auxiliary or particle."""
    while 0 <= at < len(sentence.words) and sentence.words[at].upos in ("ADV", "AUX", "PART"):
        at += step
    return sentence.words[at] if 0 <= at < len(sentence.words) else None


def _form(word: Word | None) -> str:
    """Returns for a cue its kind, for a punctuation mark the mark, and for any other word its part of
    speech."""
    if word is None:
        return "nothing"
    if word.upos == "PUNCT":
        return word.text
    kind = cue_kind(word.text, word.lemma)
    return kind if kind and word.upos not in ("ADP", "ADV") else word.upos
