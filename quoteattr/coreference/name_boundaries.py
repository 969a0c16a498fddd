"""Corrects where names begin and end, by the name tagger: "Finance |Ann Lee|", "|Ann Lee| Marketing
Director".

A stretch of capitalised words may hold more than a name. Where the tagger is sure of a person in it, words
around the person are cut off. Beside a name of one word that takes a reason besides the tagger: an unknown
word with a capital is most often a first name or a surname. Titles stay, as they describe the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import attrs
import regex

from quoteattr.coreference.nouns import nouns_for_people
from quoteattr.lexicon import alternatives, word_list, words
from quoteattr.names import Name, Tagging, given_names, is_common_word, read_name
from quoteattr.schema import Span

SURE = 0.7
"""Least certainty of a person whose boundaries are taken over."""
FOREIGN = 0.35
"""Greatest probability of a word that is cut off to be part of a person's name."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*\.?")
# "Edward| “Teddy” |Marsh", "Edward| “|Teddy|” |Marsh", "Ursula| von der |Leyen"
_INSIDE_NAME = regex.compile(
    rf"""
        [ ] [“"‘'(] (?: \p{{Lu}}[\w’'-]+ [”"’')] [ ] )?
      | [”"’')] [ ]
      | [ ] (?: (?: {alternatives("names", "particles")} ) [ ] )*
    """,
    regex.VERBOSE,
)
# "Peter T.|", "Edward “Teddy|”"
_UNFINISHED = regex.compile(r"\b \p{Lu} \.? [ ]? \Z | [”\"’')] [ ]? \Z", regex.VERBOSE)
# "Qatar H E |Ann Lee"
_EXCELLENCY = regex.compile(r"\b H\.? [ ]? E\.? [ ] \Z", regex.VERBOSE)
_OPENING_BRACKETS = ("(", "[")
# "Delhi-based |Lee"
_JOINED_PARTICIPLE = regex.compile(r".+-(?:based|backed|born|led|owned|educated|trained)")
_SUFFIXES = word_list("names", "generations") | word_list("names", "honours")


def fit_to_persons(text: str, spans: Iterable[Span], tagging: Tagging) -> Iterator[tuple[Span, Name]]:
    """Cuts stretches of capitalised words to the persons that the tagger finds in them.

    Args:
        text: the article.
        spans: the stretches, in order.
        tagging: what the tagger found in the article.

    Returns:
        The names in order, each with its titles in its stretch. Stretches without a person are as they came.
    """
    for span in spans:
        name = read_name(span.text)
        people = _people(text, span, tagging)
        if people and name.words:
            yield from _Stretch(text, span, name, tagging).fitted(people)
        else:
            yield span, name


def _people(text: str, span: Span, tagging: Tagging) -> list[Span]:
    """The persons of whom the tagger is sure; two with nothing foreign between them are one: a nickname, a
    particle, words that may be part of the name."""
    found: list[Span] = []
    for tagged in tagging.named_in(span.start, span.end):
        if tagged.kind == "person" and tagged.certainty >= SURE:
            start, end = tagged.span.start, tagged.span.end
            if found and _is_one_name(text, found[-1].end, start, tagging):
                start = found.pop().start
            found.append(Span.of(text, start, end))
    return found


def _is_one_name(text: str, start: int, end: int, tagging: Tagging) -> bool:
    """Whether the words between two persons of a stretch make them one."""
    inside = [match.span() for match in _WORD.finditer(text, start, end)]
    likely = bool(inside) and all(tagging.odds(*word)["person"] >= FOREIGN for word in inside)
    return likely or _INSIDE_NAME.fullmatch(text, start, end) is not None


@attrs.frozen
class _Stretch:
    """A stretch of capitalised words, as it was read without the tagger."""

    text: str
    """The article."""
    span: Span
    """The stretch."""
    name: Name
    """Its parts."""
    tagging: Tagging
    """What the tagger found in the article."""

    def fitted(self, people: Sequence[Span]) -> Iterator[tuple[Span, Name]]:
        """The names of the persons in the stretch."""
        begin = end = self.span.start + max(0, self.span.text.rfind(self.name.text))
        for number, person in enumerate(people):
            first = begin if number == 0 else end
            last = people[number + 1].start if number + 1 < len(people) else self.span.end
            start, end = self._beginning(first, person), self._ending(person, last)
            if start <= begin and end >= self.span.end:
                yield self.span, self.name
                continue
            titles = self.span.start if start <= begin else self._titles(first, start)
            named = read_name(self.text[start:end])
            yield Span.of(self.text, titles, end), _with_title(named, self.text[titles:start])

    def _beginning(self, first: int, person: Span) -> int:
        """Where a name begins, if words from `first` stand before a person."""
        begins, alone = person.start, _is_surname(person.text)
        words_inside = self._words(person.start, person.end)
        if len(words_inside) > 2 and _low(words_inside[1]) in given_names() and _names_field(words_inside[0]):
            return words_inside[1].start  # "Finance |Ann Lee|"
        for word in self._words(first, person.start)[::-1]:
            excellency = _EXCELLENCY.search(self.text, first, begins) is not None
            if excellency or self._is_before_name(word, alone=alone and begins == person.start):
                break
            begins = word.start
        # "(Confidencial) |Ann Lee"
        return person.start if self.text[begins - 1 : begins] in _OPENING_BRACKETS else begins

    def _ending(self, person: Span, last: int) -> int:
        """Where a name ends, if words up to `last` stand after a person."""
        ends = person.end
        initial = _UNFINISHED.search(self.text, max(0, ends - 3), ends + 1) is not None
        alone = _WORD.fullmatch(person.text) is not None
        for word in self._words(ends, last):
            foreign = self._is_foreign(word) and (_is_listed(word) or (not alone and _is_ordinary(word)))
            if _low(word) not in _SUFFIXES and not initial and foreign:
                return ends
            ends, initial = word.end, False
        return last

    def _titles(self, first: int, start: int) -> int:
        """Where the titles right before a name begin; `start` if there are none."""
        begins = start
        for word in self._words(first, start)[::-1]:
            if _low(word) not in _title_words():
                break
            begins = word.start
        return begins

    def _words(self, start: int, end: int) -> list[Span]:
        matches = _WORD.finditer(self.text, start, max(start, end))
        return [Span.of(self.text, *match.span()) for match in matches]

    def _is_foreign(self, word: Span) -> bool:
        """Whether the tagger takes a word for no part of a person's name."""
        return self.tagging.odds(word.start, word.end)["person"] < FOREIGN

    def _is_before_name(self, word: Span, *, alone: bool) -> bool:
        """Whether a word before a person's name is no part of it; `alone` says whether the name is one
        word."""
        low = _low(word)
        if (
            not given_names().isdisjoint(read_name(word.text).words)
            or len(low) < 2
            or not self._is_foreign(word)
        ):
            return False
        return not alone or _is_ordinary(word) or word.text.isupper()


def _is_surname(name: str) -> bool:
    """Whether a name is one word, or a surname of which a particle is a part: "Zameer", "Al Razooqi"."""
    parts = [match.group() for match in _WORD.finditer(name)]
    return len(parts) == 1 or parts[0].casefold() in word_list("names", "particles")


def _names_field(word: Span) -> bool:
    """Whether a word is that of a department, and no first name."""
    fields = words("fields") | words("organisation_words")
    return _low(word) in fields and _low(word) not in given_names()


def _low(word: Span) -> str:
    return word.text.casefold().rstrip(".")


def _is_ordinary(word: Span) -> bool:
    """Whether a word with a capital is one that texts have in small letters, or that a list has."""
    joined = _JOINED_PARTICIPLE.fullmatch(word.text) is not None
    return joined or is_common_word(word.text) or _is_listed(word)


def _is_listed(word: Span) -> bool:
    return any(_low(word) in listed for listed in _listed_words())


@cache
def _listed_words() -> tuple[frozenset[str], ...]:
    """Words around the names of persons that are part of no such name."""
    lists = ("places", "demonyms", "organisation_words", "fields", "trades", "thing_words")
    return _title_words(), *map(words, lists)


@cache
def _title_words() -> frozenset[str]:
    return words("courtesy_titles") | words("short_titles") | words("roles") | nouns_for_people()


def _with_title(name: Name, title: str) -> Name:
    found = (word.group().casefold().rstrip(".") for word in _WORD.finditer(title))
    return Name(name.text, name.words, (*found, *name.title))
