"""Noun phrases: their words, their head noun, and whether that is a noun for people or for things."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import attrs
import regex

from quoteattr.lexicon import word_list, words
from quoteattr.names import GENDERS, Gender
from quoteattr.schema import Span

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")
_DETERMINER = regex.compile(
    r"(?:(?:one|another|some)(?!\s+of\b)|the|a|an|this|that|these|those|its|his|her|their|our|my|your)\s+",
    regex.IGNORECASE,
)
# "announcer", "strategist", "fireman"
_PERSONAL_ENDING = regex.compile(r"\p{Ll}{3,}(?:er|or|ist|ian|man|woman|eer|ess|ee|boss|chief|head)")
_NOUN_PHRASE_ENDS = word_list("coreference", "noun_phrase_ends")
_THINGS = word_list("coreference", "things_with_personal_endings")
# "the man |at the border"
PREPOSITION = regex.compile(r"(?<=\w)\s(?:of|in|from|for|at|on|with|to)\s")


@attrs.frozen
class Phrase:
    """The words of one mention."""

    span: Span
    """Their position."""
    words: list[str]
    """The words in lower case, without punctuation."""
    head: str
    """The head noun; empty if the phrase has no words."""

    @classmethod
    def of(cls, span: Span) -> Phrase:
        """The phrase that a span covers.

        >>> Phrase.of(Span(0, 26, "A spokesman for the mayor")).head
        'spokesman'
        """
        found = phrase_words(span.text)
        return cls(span, found, head_noun(found))


def phrase_words(text: str) -> list[str]:
    """The words of a phrase in lower case, without punctuation.

    >>> phrase_words("The vice-president’s aide,")
    ['the', 'vice-president’s', 'aide']
    """
    return [match.group().lower() for match in _WORD.finditer(text)]


def without_determiner(text: str) -> str:
    """The phrase without an article, a demonstrative or a possessive at its start.

    >>> without_determiner("one aide to Ms Lee"), without_determiner("one of them")
    ('aide to Ms Lee', 'one of them')
    """
    match = _DETERMINER.match(text)
    return text[match.end() :] if match else text


def head_noun(phrase: Sequence[str]) -> str:
    """Returns the head of a noun phrase: the last word before a preposition, conjunction or relative pronoun.

    >>> head_noun(["a", "spokesman", "for", "the", "mayor"])
    'spokesman'
    """
    end = next((i for i, word in enumerate(phrase) if i and word in _NOUN_PHRASE_ENDS), len(phrase))
    return phrase[end - 1] if phrase else ""


@cache
def nouns_for_people() -> frozenset[str]:
    """Nouns for people: by what they do, and by their relation to others."""
    return words("roles") | words("person_nouns") | words("epithets") | {"guard"}


@cache
def is_human(noun: str) -> bool:
    """Whether a noun means a person, according to the word lists or its ending.

    >>> is_human("announcer"), is_human("letter"), is_human("council")
    (True, False, False)
    """
    by_ending = noun not in _THINGS and not is_thing(noun) and bool(_PERSONAL_ENDING.fullmatch(noun))
    return noun in nouns_for_people() or by_ending


def is_thing(noun: str) -> bool:
    """Whether a noun, in the singular or the plural, is on the lists of organisations and writings.

    >>> is_thing("council"), is_thing("letter"), is_thing("letters"), is_thing("constituent")
    (True, True, True, False)
    """
    singular = noun.removesuffix("s")
    lists = (words("organisation_words"), words("organisation_nouns"), words("writings"))
    return noun not in nouns_for_people() and any(noun in listed or singular in listed for listed in lists)


def is_plural(noun: str) -> bool:
    """Whether a noun means several people.

    >>> is_plural("officials"), is_plural("boss"), is_plural("letters")
    (True, False, False)
    """
    return noun.endswith("s") and not noun.endswith("ss") and is_human(noun.removesuffix("s"))


def gender_of_noun(noun: str) -> Gender | None:
    """The gender that a noun expresses; None for most nouns.

    >>> gender_of_noun("actress"), gender_of_noun("mayor")
    ('female', None)
    """
    return next((gender for gender in GENDERS if noun in words(f"{gender}_words")), None)
