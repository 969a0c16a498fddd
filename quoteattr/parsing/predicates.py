"""Predicates about a word in its parsed sentence: whether it is nominal, names a time, can speak."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.lexicon import cue_kind, word_list
from quoteattr.parsing.dependency_tree import Sentence, Word

SUBJECT = ("nsubj", "csubj")
"""Relations of a subject to its verb. The relations of passive subjects begin with them, too."""

MODALS = word_list("parsing", "modals")
RELATIVE = word_list("parsing", "relative_pronouns")
_WEEKDAYS = word_list("names", "weekdays")
TIMES = _WEEKDAYS | word_list("names", "time_nouns")
"""Nouns of time. Parsers often take the day of "On Monday Lee said" for the subject."""
_QUANTIFIERS = word_list("parsing", "quantifiers")

_NOUNS = ("PROPN", "NOUN", "PRON")
"""Parts of speech of the head of a noun phrase."""
_PHRASE = frozenset({"DET", "ADJ", "NUM", *_NOUNS})
"""Parts of speech of the words of a short noun phrase."""


def is_nominal(word: Word) -> bool:
    """Whether a word can head a noun phrase: a noun, name or pronoun, or another word that is a subject, as
    in "both left" or "the young left"."""
    if word.upos in _NOUNS:
        return True
    noun = word.upos in ("ADJ", "ADP") or word.text.lower() in _QUANTIFIERS
    return noun and word.deprel.startswith(SUBJECT)


def can_speak(sentence: Sentence, word: Word) -> bool:
    """Whether a word can be a speaker: it is not a time, and not a possessor that the parser took for a
    subject."""
    return not is_time(sentence, word) and not has_case(sentence, word, "'s", "'", "’s", "’")


def is_time(sentence: Sentence, word: Word) -> bool:
    """Whether a word names a time: "on Friday", "this week", but not "May said" or "said Day"."""
    low = word.text.lower()
    if low not in TIMES or low in _WEEKDAYS or word.text == low:
        return low in TIMES
    return any(c.deprel in ("case", "nummod", "det") or c.text.isdigit() for c in sentence.children(word))


def has_case(sentence: Sentence, word: Word, *cases: str) -> bool:
    """Whether a word has one of the given prepositions or possessive endings, in small letters."""
    return any(c.text.lower() in cases for c in sentence.children(word, "case"))


def is_finite_cue(word: Word) -> bool:
    """Whether a word is a verb of saying in the past or the present tense."""
    return word.xpos in ("VBD", "VBZ") and cue_kind(word.text, word.lemma) == "say"


def phrase_before(sentence: Sentence, word: Word) -> tuple[Word, ...]:
    """The short noun phrase right before a word; empty if there is none."""
    first = word.index
    while first > 0 and sentence.words[first - 1].upos in _PHRASE:
        first -= 1
    return _as_phrase(sentence.words[first : word.index])


def phrase_after(sentence: Sentence, word: Word) -> tuple[Word, ...]:
    """The short noun phrase right after a word; empty if there is none."""
    end = word.index + 1
    while end < len(sentence) and sentence.words[end].upos in _PHRASE:
        end += 1
    return _as_phrase(sentence.words[word.index + 1 : end])


def _as_phrase(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return words if words and words[-1].upos in _NOUNS else ()


def phrase_head(phrase: Sequence[Word]) -> Word:
    """The first noun that no other word of the phrase governs; if there is none, the last word of the
    phrase."""
    indices = {w.index for w in phrase}
    return next((w for w in phrase if w.upos in _NOUNS and w.head not in indices), phrase[-1])


def name_head(sentence: Sentence, word: Word | None) -> Word | None:
    """The head of the name that a word belongs to; the word itself if it is not a dependent part of a
    name."""
    for _ in range(len(sentence)):  # the heads of a parse from elsewhere may form a circle
        if word is None or word.deprel not in ("flat", "compound"):
            break
        word = sentence.head(word)
    return word


def is_text_at(sentence: Sentence, index: int, *texts: str) -> bool:
    """Whether the sentence has a word at an index, and it is one of the given words, as written."""
    return 0 <= index < len(sentence) and sentence.words[index].text in texts
