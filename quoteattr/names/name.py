"""Divides a name into its parts: titles, first names, surname."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import attrs
import regex

from quoteattr.lexicon import first_names, word_list, words

OFFICES = word_list("names", "offices")
"""Roles that may be followed by "of" and more words of the role: "Secretary of State"."""
JOINERS = word_list("names", "joiners")
"""Small words inside the names of organisations: "Bank of England"."""
PEERS = word_list("names", "peers")
"""Titles that are part of a name: "Lord Hale"."""
_BEFORE_OFFICES = word_list("coreference", "office_changers")
_HONOURS = word_list("names", "honours")
_SUFFIXES = word_list("names", "generations") | _HONOURS
CACHED = 2_000
"""Parsed names that are cached. An article of news has some 60 names, each read about three times."""
TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+ (?: [.’'–-] [\p{L}\p{M}\p{N}]+ )* \.?", regex.VERBOSE)
"""A word of a name: "O’Neill", "J.", "Smith-Jones"."""
_FULL_NAME = 2
"""Words of a full name of which no list knows the first: "Chief of Staff |Kwadwo Ansere|"."""
# "Lee|’s|", "Jones|’|"
_POSSESSIVE = regex.compile(r"(?<= \w ) ['’]s? \Z", regex.VERBOSE)


@attrs.frozen
class Name:
    """A name divided into its parts. All words are in small letters, without accents and full stops."""

    text: str
    """The name as written, without courtesy titles, honours ("QC") and possessive."""
    words: tuple[str, ...]
    """First names and surname."""
    title: tuple[str, ...]
    """The words before the name: courtesy titles and roles ("president", "ms")."""

    @property
    def last(self) -> str:
        """The surname, or the only word; empty for a bare title."""
        return self.words[-1] if self.words else ""


@lru_cache(CACHED)
def read_name(text: str) -> Name:
    """The parts of a name.

    >>> read_name("Foreign Secretary Liz Truss’s")
    Name(text='Liz Truss', words=('liz', 'truss'), title=('foreign', 'secretary'))
    >>> read_name("Ms Truss").words, read_name("Midwife Ann Lee").text, read_name("Helen Marsh QC").text
    (('truss',), 'Ann Lee', 'Helen Marsh')
    """
    text = _POSSESSIVE.sub("", text.strip())
    found = list(TOKEN.finditer(text))
    has_joiner = any(match.group() in JOINERS for match in found)
    normalized = ((_normalized(match.group()), match.start()) for match in found)
    tokens = [(token, start) for token, start in normalized if token]  # a lone accent leaves nothing
    end = len(text)
    while len(tokens) > 1 and tokens[-1][0] in _SUFFIXES:
        end = tokens[-1][1] if tokens[-1][0] in _HONOURS else end
        tokens.pop()
    first = _title_length([token for token, _ in tokens], has_joiner)
    start = tokens[first][1] if first < len(tokens) else len(text)
    name_words = tuple(token for token, _ in tokens[first:])
    title = tuple(token for token, _ in tokens[:first] if token != "the")
    return Name(text[start:end].strip(" ,"), name_words, title)


def _normalized(word: str) -> str:
    """The word in small letters, without accents and full stop: "Márquez" is "marquez"."""
    word = word.rstrip(".").replace("’", "'")
    if word.isascii():
        return word.lower()
    # Case last: "𝕬" has none until it is an "A".
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _title_length(tokens: list[str], has_joiner: bool) -> int:
    """The number of leading words that are a title: up to the last word of a role that is followed by a name.

    `has_joiner` says whether a small word joins the tokens ("Bank of England").
    """
    if "secretary" in tokens and tokens[tokens.index("secretary") + 1 :][:2] == ["of", "state"]:
        return tokens.index("secretary") + 3
    article = 1 if tokens[:1] == ["the"] else 0
    if has_joiner:
        return _office_length(tokens) or article
    if len(tokens) > 2 and tokens[0] in _descriptive_nouns() and tokens[1] in given_names():
        return 1
    titles = _titles()
    ends = [
        index + 1
        for index, token in enumerate(tokens[:-1])
        if token in titles or is_joined_office(token) or (index == 0 and token.removesuffix("s") in titles)
    ]
    return max(ends, default=article)


@cache
def is_joined_office(noun: str) -> bool:
    """Whether a noun with hyphens is made of words for offices.

    >>> is_joined_office("governor-general"), is_joined_office("general"), is_joined_office("smith-king")
    (True, False, False)
    """
    *first, last = noun.split("-")
    return bool(first) and last in words("roles") and (words("roles") | _BEFORE_OFFICES).issuperset(first)


@cache
def _titles() -> frozenset[str]:
    return words("courtesy_titles") | words("short_titles") | words("roles")


@cache
def _descriptive_nouns() -> frozenset[str]:
    """Nouns that stand before a full name without an article: "Midwife Ann Lee", "Neighbour Ann Lee"."""
    return words("trades") | words("person_nouns") | words("epithets")


def _office_length(tokens: list[str]) -> int:
    """The number of leading words that are an office with a small word in it; 0 if there is none, or if no
    name follows.

    "Chief of Staff |Ann Lee", "Bank of England Governor |Ann Lee".
    """
    offices = words("roles") | OFFICES
    last_joiner = max(index for index, token in enumerate(tokens) if token in JOINERS)
    if not words("organisation_words").isdisjoint(tokens[last_joiner + 2 :]):
        return 0
    for index in reversed(range(last_joiner + 2, len(tokens) - 1)):
        follows_role = tokens[index - 1] in words("roles")
        if follows_role or (tokens[index] in given_names() and not offices.isdisjoint(tokens[:last_joiner])):
            return index
    unlisted = len(tokens) - _FULL_NAME
    far = unlisted > last_joiner + 1 and not offices.isdisjoint(tokens[:last_joiner])
    return unlisted if far and not any(map(_is_no_name, tokens[unlisted:])) else 0


def _is_no_name(word: str) -> bool:
    """Whether a word seldom stands in a person's name: it is a field, a place, or a word of organisations."""
    lists = words("fields"), words("places"), words("organisation_words"), words("thing_words")
    return any(word in listed for listed in lists)


@cache
def given_names() -> frozenset[str]:
    """First names of both genders."""
    return first_names("male") | first_names("female")
