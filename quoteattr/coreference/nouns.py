"""Noun phrases: their words, their head noun, and whether that is a noun for people or for things."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import attrs
import regex

from quoteattr.lexicon import cue_nouns, word_list, words
from quoteattr.names import GENDERS, Gender, is_joined_office
from quoteattr.schema import Span

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")
_DETERMINER = regex.compile(
    r"(?:(?:one|another|some|these|those)(?!\s+(?:around|at|behind|close|familiar|from|in|inside|near|of|on|to|with)\b)"
    r"|the|a|an|this|that|its|his|her|their|our|my|your)\s+",
    regex.IGNORECASE,
)
# "announcer", "strategist", "fireman"
_PERSONAL_ENDING = regex.compile(r"\p{Ll}{3,}(?:er|or|ist|ian|man|woman|eer|ess|ee|boss|chief|head)")
_NOUN_PHRASE_ENDS = word_list("coreference", "noun_phrase_ends")
_THINGS = word_list("coreference", "things_with_personal_endings")
_AFTER_NOUNS = word_list("attribution", "adjectives_after_nouns")
_ISSUED = word_list("coreference", "verbs_of_issuing")
_SURFACES = word_list("attribution", "written_surfaces")
_INDEFINITE = word_list("coreference", "indefinite_determiners")
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
    """The head noun, or the last word of a name; empty if the phrase has no words."""
    core: Span
    """The phrase up to its head: "A spokesman"."""
    has_noun: bool
    """Whether the head is a noun, and not a name or a word that may be one."""

    @classmethod
    def of(cls, span: Span, names: Collection[tuple[int, int]] = ()) -> Phrase:
        """The phrase that a span covers.

        Args:
            span: the words.
            names: starts and ends of the names in it; the small words inside them end no phrase.

        >>> phrase = Phrase.of(Span(0, 32, "A spokesman for the Bank of Hale"), [(20, 32)])
        >>> phrase.head, phrase.core.text, phrase.has_noun
        ('spokesman', 'A spokesman', True)
        """
        found = list(_WORD.finditer(span.text))
        if not found:
            return cls(span, [], "", span, has_noun=False)
        starts = [span.start + match.start() for match in found]
        named = [any(at <= start < end for at, end in names) for start in starts]
        low = [match.group().lower() for match in found]
        at, end = _head_at(low, named), span.start
        core = Span(span.start, end + found[at].end(), span.text[: found[at].end()])
        head = found[at].group()
        member = low[0] in _INDEFINITE and low[at] in nouns_for_people()  # "a Liberal |MP|"
        common = not named[at] or member or _is_lone_noun(low, named, at)
        common = common and (head[:1].islower() or is_human(low[at]) or at + 1 < len(found))
        has_noun = common and bool(names)
        return cls(span, low, low[at], core, has_noun)


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
    return phrase[_head_at(phrase, [False] * len(phrase))] if phrase else ""


def _head_at(phrase: Sequence[str], named: Sequence[bool]) -> int:
    """The place of the head in a phrase with at least one word, some of them parts of names."""
    ends = (i for i, word in enumerate(phrase) if i and word in _NOUN_PHRASE_ENDS and not named[i])
    end = next(ends, len(phrase))
    at = end - 1
    if at > 1 and phrase[at] in _ISSUED and phrase[end : end + 1] == ["by"]:
        at -= 1  # "a letter |signed| by Lee"
    participles = (i for i in range(2, at) if _is_participle(phrase, named, i))
    at = next(participles, at + 1) - 1
    if at and not named[at] and phrase[at] in _AFTER_NOUNS:
        return at - 1  # "a source |close| to Lee"
    return at


def _is_participle(phrase: Sequence[str], named: Sequence[bool], at: int) -> bool:
    """Whether a word ends a noun phrase as the participle before a name or a determiner: "the doctor
    |treating| Lee", "a circular |passing| this rule"."""
    goes_on = named[at + 1] or not without_determiner(phrase[at + 1] + " ")
    participle = phrase[at].endswith("ing") and not named[at] and goes_on
    return participle and bool(without_determiner(phrase[at - 1] + " "))


def _is_lone_noun(phrase: Sequence[str], named: Sequence[bool], at: int) -> bool:
    """Whether a capitalised word that seems a name is a noun: it stands alone between a determiner and a
    preposition, as in "a |Proxy| for Lee", "the |Ombudsperson| for Housing"."""
    if at != 1 or at + 1 >= len(phrase) or named[0] or named[at + 1] or without_determiner(phrase[0] + " "):
        return False
    return phrase[0] in _INDEFINITE or phrase[at + 1] in ("for", "of")


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
    return noun in nouns_for_people() or by_ending or is_joined_office(noun)


def is_thing(noun: str) -> bool:
    """Whether a noun, in the singular or the plural, is on the lists of organisations and writings.

    >>> is_thing("council"), is_thing("letter"), is_thing("letters"), is_thing("constituent")
    (True, True, True, False)
    """
    singular = noun.removesuffix("s")
    lists = (words("organisation_words"), words("organisation_nouns"), words("writings"))
    return noun not in nouns_for_people() and any(noun in listed or singular in listed for listed in lists)


def is_text(noun: str) -> bool:
    """Whether a noun means something written or said: no organisation, and nothing that is written on.

    >>> is_text("letter"), is_text("statements"), is_text("council"), is_text("campaign")
    (True, True, False, False)
    """
    forms = {noun, noun.removesuffix("s")}
    others = words("organisation_words"), words("organisation_nouns"), nouns_for_people(), _SURFACES
    return bool(forms & (words("writings") | cue_nouns())) and all(map(forms.isdisjoint, others))


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
