"""Terms that features of several groups share."""

from __future__ import annotations

from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import words
from quoteattr.parsing.dependency_tree import Sentence, Word


def sort_of(noun: str, lemma: str = "") -> str:
    """Returns what a noun names: a "person", a "body" or a "thing".

    Args:
        noun: the noun in small letters.
        lemma: its singular, if it is a plural.

    >>> sort_of("senator"), sort_of("residents", "resident"), sort_of("council"), sort_of("bridge")
    ('person', 'person', 'body', 'thing')
    """
    if any(form in words("roles") or form in words("person_nouns") for form in (noun, lemma)):
        return "person"
    return "body" if any(form in words("organisation_words") for form in (noun, lemma)) else "thing"


def sort_of_phrase(word: Word) -> str:
    """Returns what the head of a phrase is: a "name", a "pronoun", or what its noun names."""
    if word.upos in ("PROPN", "PRON"):
        return "name" if word.upos == "PROPN" else "pronoun"
    return sort_of(word.text.lower(), word.lemma.lower())


def steps(count: int) -> str:
    """Returns a number of words as one of seven classes.

    >>> [steps(n) for n in (0, 2, 5, 10, 11)]
    ['0', '2', '3 to 5', '6 to 10', 'more']
    """
    return str(count) if count < 3 else "3 to 5" if count < 6 else "6 to 10" if count < 11 else "more"


def words_to_quotation(setting: Setting, sentence: Sentence, start: int, side: str) -> list[Word]:
    """Returns the words between a character of the sentence and the quotation, without punctuation.

    Args:
        setting: the quotation.
        sentence: its sentence.
        start: the character.
        side: "before" if it stands before the quotation, else "after".
    """
    edge = setting.content.start if side == "before" else setting.content.end
    low, high = sorted((start, edge))
    return [w for w in sentence.between(low, high) if w.upos != "PUNCT"]
