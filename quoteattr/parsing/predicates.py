"""Predicates of a word in its parsed sentence: whether it is nominal, names a time, can speak."""

from __future__ import annotations

from quoteattr.lexicon import word_list
from quoteattr.parsing.dependency_tree import Sentence, Word

SUBJECT = ("nsubj", "csubj")
MODALS = frozenset("will would can could shall should may might must".split())
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_WEEKDAYS = word_list("names", "weekdays")
TIMES = _WEEKDAYS | word_list("names", "time_nouns")
"""Nouns of time: a parse often takes "On Monday" for a subject."""
_QUANTIFIERS = frozenset("one another both many some several others two three few most all each none".split())


def is_nominal(word: Word) -> bool:
    """Whether a word can head a noun phrase: noun, name or pronoun, or a subject like "both", "the young"."""
    if word.upos in ("PROPN", "NOUN", "PRON"):
        return True
    return word.deprel.startswith(SUBJECT) and (word.upos == "ADJ" or word.text.lower() in _QUANTIFIERS)


def can_speak(sentence: Sentence, word: Word) -> bool:
    """Not a day, and not an owner's name that the parse takes for a subject."""
    return not is_time(sentence, word) and not has_case(sentence, word, "'s", "'", "’s", "’")


def is_time(sentence: Sentence, word: Word) -> bool:
    """Whether a word names a time: "on Friday", "this week", but not "May said" or "said Day"."""
    low = word.text.lower()
    if low not in TIMES or low in _WEEKDAYS or word.text == low:
        return low in TIMES
    return any(c.deprel in ("case", "nummod", "det") or c.text.isdigit() for c in sentence.children(word))


def has_case(sentence: Sentence, word: Word, *cases: str) -> bool:
    return any(c.text.lower() in cases for c in sentence.children(word, "case"))
