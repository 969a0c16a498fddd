"""Characters, the forms of their names, and where a text names them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import attrs
import regex

from quoteattr.lexicon import first_names, word_list, word_pairs, words
from quoteattr.names import Gender, given_names
from quoteattr.schema import Speaker

CharacterNames = Sequence[Sequence[str]]
"""People whom a caller names: of each the name, then its other forms."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*")
_POSSESSIVE = regex.compile(r"['’]s?\Z")


@attrs.frozen
class Form:
    """One way to name somebody, with the words in small letters."""

    titles: tuple[str, ...]
    """"mr", "aunt", "little"."""
    words: tuple[str, ...]
    """First names and surname; empty if there is a title alone."""

    @property
    def gender(self) -> Gender | None:
        """The gender that the title or the first name shows."""
        return gender_of_titles(self.titles) or self.given_gender

    @property
    def given_gender(self) -> Gender | None:
        """The gender that the first name shows."""
        given = self.words[0] if self.words else ""
        given = word_pairs("fiction", "nicknames").get(given, given) if given not in given_names() else given
        if given in first_names("female"):
            return "female"
        return "male" if given in first_names("male") else None

    @property
    def married(self) -> bool | None:
        """Whether a woman's title says that she is married; None if the title does not say it."""
        if "mrs" in self.titles or "madame" in self.titles or "lady" in self.titles:
            return True
        return False if word_list("fiction", "maiden_titles").intersection(self.titles) else None


def gender_of_titles(titles: Iterable[str]) -> Gender | None:
    """The gender that titles show."""
    titles = set(titles)
    if titles & (word_list("fiction", "female_titles") | word_list("fiction", "maiden_titles")):
        return "female"
    return "male" if titles & word_list("fiction", "male_titles") else None


@attrs.define(eq=False)
class Character:
    """Somebody who may speak."""

    name: str
    """The fullest name; with a title where the text gives no first name."""
    kind: str = "person"
    """As in `Speaker`."""
    gender: Gender | None = None
    """None if it is not known."""
    forms: Counter[str] = attrs.field(factory=Counter)
    """Every form of the name as written, with its frequency."""
    keys: Counter[Form] = attrs.field(factory=Counter)
    """The same forms, read."""
    sites: list[int] = attrs.field(factory=list)
    """Offsets of the names, in order."""
    plural: bool = False
    """Whether it is several people."""
    given: bool = False
    """Whether the caller named this character."""
    speaker: Speaker | None = None
    """The character as a speaker of the results, once that is made."""

    @property
    def count(self) -> int:
        """How often the text names the character."""
        return len(self.sites)


@lru_cache(4096)
def read_form(text: str) -> Form:
    """The titles and the words of a name.

    >>> read_form("Dear Miss Elizabeth Bennet’s")
    Form(titles=('dear', 'miss'), words=('elizabeth', 'bennet'))
    """
    text = _POSSESSIVE.sub("", text.strip())
    found = [match.group().casefold().replace("’", "'") for match in _WORD.finditer(text)]
    found = [word for word in found if word != "the"]
    titles = _titles()
    first = 0
    while (
        first < len(found) and (found[first] in titles) and (first + 1 < len(found) or found[first] in _BARE)
    ):
        first += 1
    if first == len(found) and found:
        return Form(tuple(found), ())
    return Form(tuple(found[:first]), tuple(found[first:]))


_BARE = frozenset(
    "captain cap'n colonel doctor dr general lieutenant madam madame mademoiselle major miss monsieur mr mrs"
    " professor sergeant sir".split()
)


@cache
def _titles() -> frozenset[str]:
    lists = ("male_titles", "female_titles", "maiden_titles", "other_titles")
    found = frozenset().union(*(word_list("fiction", name) for name in lists))
    return found | words("courtesy_titles") | words("short_titles")


@attrs.frozen
class Site:
    """One place where the text names a character."""

    start: int
    """Offset of the name."""
    end: int
    """One past its last character."""
    character: Character
    """Who is named."""


@attrs.frozen
class CharacterTable:
    """The characters of a text and where it names them."""

    characters: list[Character]
    """The most often named first."""
    sites: list[Site]
    """In order."""
    by_form: Mapping[str, Character]
    """The character of each form, in small letters and without title."""

    def named_in(self, start: int, end: int) -> list[Site]:
        """The names that begin in a stretch."""
        first = bisect_left(self.sites, start, key=_start)
        return self.sites[first : bisect_left(self.sites, end, key=_start)]

    def find(self, name: str) -> Character | None:
        """The character with this name; None if there is none."""
        return self.by_form.get(plain_name(name))


def _start(site: Site) -> int:
    return site.start


def plain_name(name: str) -> str:
    """A name in small letters, without titles."""
    form = read_form(name)
    return " ".join(form.words or form.titles)


def has_courtesy(form: Form) -> bool:
    """Whether the titles of a form show that it names a person."""
    return bool(gender_of_titles(form.titles) or {"dr", "doctor"} & set(form.titles))
