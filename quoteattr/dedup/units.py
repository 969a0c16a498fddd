"""Printings of lines collapsed to units: one wording of one voice, ranked longest first.

The order of units is fixed by the wordings, dates and voices themselves, never by the order of arrival.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache

import attrs
import numpy as np

from quoteattr.dedup import grouping, keys
from quoteattr.dedup.grouping import Numbers
from quoteattr.dedup.occasions import Manner, Phrase, Voice
from quoteattr.dedup.wording import GAP_CHAR, Vocabulary

NO_DAY = -(10**6)
"""Stands for an unknown date."""
FAR = 10**6
"""Days to a unit without a date."""
EVERY = -1
"""In place of an article: the unit collects the printings of all."""
TEXTS = 1 << 16
"""Texts whose wording is remembered. Articles come by date, and a line is mostly repeated within days."""
TITLE = 5
"""Longest phrase that may be a name."""

# An inner mark that no word stands before: "when I said, |‘No boots on the ground’"
NESTED = re.compile(r"""[‘'"“](?<!\w.)([^‘’'"“”\n]{1,200})[’'"”](?!\w)""")
"""Quotation marks inside a quotation, and the words between them."""

known_phrase = lru_cache(maxsize=None)(Phrase)
"""Phrases by their three numbers: a million units share some hundreds of values."""


@attrs.frozen(eq=False)
class Table:
    """The units of some printings. Their columns are sequences of plain integers: a million take 8 MB."""

    words: Vocabulary
    """The tokens."""
    people: Sequence[Voice]
    """The voices by number."""
    strings: Sequence[str]
    """For each unit its wording."""
    phrases: Sequence[Phrase]
    """For each unit how much it says."""
    voices: Sequence[int]
    """For each unit the number of its voice."""
    articles: Sequence[int]
    """For each unit the first article that prints it."""
    firsts: Sequence[int]
    """For each unit the earliest day."""
    lasts: Sequence[int]
    """For each unit the latest day."""
    quoting: dict[int, list[str]]
    """For units that quote inside the quotation, the wordings between the inner marks."""
    unit_of: Sequence[int] = ()
    """For each printing its unit."""

    def __len__(self) -> int:
        return len(self.strings)

    def days(self, u: int, v: int) -> int | None:
        """Days between two units; 0 where the days of their printings overlap."""
        first, other = self.firsts[u], self.firsts[v]
        if first == NO_DAY or other == NO_DAY:
            return None
        return max(0, first - self.lasts[v], other - self.lasts[u])


@attrs.frozen
class _Read:
    """What is read of a text."""

    wording: int
    """The number of its folded words."""
    titled: bool
    """Whether it is a name, by its capitals."""
    inner: list[str]
    """The folded words between its inner marks."""


class Gathering:
    """Printings as they come, one column for each thing that is known of them."""

    def __init__(self) -> None:
        self.words = Vocabulary()
        self._strings: dict[str, int] = {}
        self._phrases: list[tuple[int, int]] = []
        self._people: dict[Voice, int] = {}
        self._wordings, self._voices, self._articles, self._days = (array("q") for _ in range(4))
        self._titled, self._manners = bytearray(), bytearray()
        self._quoting: dict[int, list[str]] = {}
        self._remembered: dict[str, _Read] = {}

    def add(
        self,
        text: str,
        speaker: Voice,
        article: int,
        day: int,
        manner: Manner = Manner.PLAIN,
        quoted: Sequence[str] = (),
    ) -> None:
        """Take in one printing.

        Args:
            text: the quotation, as printed.
            speaker: who spoke.
            article: number of the article.
            day: ordinal of the day, or `NO_DAY`.
            manner: how the article prints it.
            quoted: the quotations inside it that are known, besides those whose marks tell them.
        """
        read = self._remembered.get(text)
        if read is None:
            if len(self._remembered) >= TEXTS:
                self._remembered.clear()
            read = self._remembered[text] = self._read(text)
        if read.inner or quoted:
            known = [self.words.of_text(words).strip(GAP_CHAR) for words in quoted]
            self._quoting[len(self._days)] = [*read.inner, *known]
        self._wordings.append(read.wording)
        self._titled.append(read.titled)
        self._manners.append(manner)
        self._voices.append(self._people.setdefault(speaker, len(self._people)))
        self._articles.append(article)
        self._days.append(day)

    def _read(self, text: str) -> _Read:
        string = self.words.of_text(text).strip(GAP_CHAR)
        number = self._strings.setdefault(string, len(self._strings))
        if number == len(self._phrases):
            self._phrases.append((len(string) - string.count(GAP_CHAR), self.words.content(string)))
        size, content = self._phrases[number]
        plain = text.isascii() and "'" not in text and '"' not in text  # which most are, and told in no time
        nested = () if plain else NESTED.findall(text)
        inner = [self.words.of_text(found).strip(GAP_CHAR) for found in nested]
        return _Read(number, size <= TITLE and content > 0 and titled(text), inner)

    def table(self) -> Table:
        """The units: printings of the same words by the same voice, short ones in the same article too.

        Longest first; then by number of printings, date, voice, words, article.
        """
        wording, voice, article, day = map(
            _numbers, (self._wordings, self._voices, self._articles, self._days)
        )
        phrases = [known_phrase(size, content) for size, content in self._phrases]
        distinctive = np.array([phrase.distinctive for phrase in phrases], dtype=np.bool_)
        scope = np.where(distinctive[wording], EVERY, article)
        # What names something is no line: a unit for each printing.
        named = np.flatnonzero(np.frombuffer(self._manners, dtype=np.uint8) == Manner.NAMED)
        scope[named] = EVERY - 1 - named
        order = np.lexsort((scope, voice, wording))
        begins = grouping.begins(wording[order], voice[order], scope[order])
        counts = grouping.sizes(begins, len(order))
        heads = order[begins]  # the sort is stable, so that these are the first printings
        firsts, lasts = np.minimum.reduceat(day[order], begins), np.maximum.reduceat(day[order], begins)
        wording, voice, article = wording[heads], voice[heads], article[heads]
        sizes = _numbers([phrase.size for phrase in phrases])
        ranks = (self._by_name()[voice], firsts, -counts, -sizes[wording])
        ranked = np.lexsort((article, self._alphabetic(wording, ranks)[wording], *ranks))
        unit_of = np.empty_like(order)
        unit_of[order] = np.repeat(grouping.places(ranked), counts)
        strings = list(self._strings)
        return Table(
            words=self.words,
            people=list(self._people),
            strings=[strings[n] for n in wording[ranked].tolist()],
            phrases=self._told(phrases, wording[ranked], heads[ranked]),
            voices=_plain(voice[ranked]),
            articles=_plain(article[ranked]),
            firsts=_plain(firsts[ranked]),
            lasts=_plain(lasts[ranked]),
            quoting=self._inner(heads[ranked], unit_of),
            unit_of=_plain(unit_of),
        )

    def _inner(self, heads: Numbers, unit_of: Numbers) -> dict[int, list[str]]:
        """For each unit whose first printing quotes inside the quotation, the wordings of that."""
        inner = ((int(unit_of[printing]), printing, found) for printing, found in self._quoting.items())
        return {unit: found for unit, printing, found in inner if heads[unit] == printing}

    def _told(self, phrases: Sequence[Phrase], wordings: Numbers, heads: Numbers) -> list[Phrase]:
        """For each unit how much its words say, their first printing's capitals and manner included."""
        found = [phrases[n] for n in wordings.tolist()]
        titled = np.frombuffer(self._titled, dtype=np.bool_)[heads]
        manners = np.frombuffer(self._manners, dtype=np.uint8)[heads]
        for unit in np.flatnonzero(titled | (manners != Manner.PLAIN)).tolist():
            size, content = found[unit].size, found[unit].content
            found[unit] = known_phrase(size, content, bool(titled[unit]), Manner(manners[unit]))
        return found

    def _alphabetic(self, wording: Numbers, ranks: Sequence[Numbers]) -> Numbers:
        """For each wording its place in the order of words, as far as nothing else tells its units apart."""
        order = np.lexsort(ranks)
        sizes = grouping.sizes(grouping.begins(*(rank[order] for rank in ranks)), len(order))
        wanted = np.unique(wording[order[np.repeat(sizes > 1, sizes)]])
        spelled, strings = self.words.alphabetic(), list(self._strings)
        found = [strings[number].translate(spelled) for number in wanted.tolist()]
        places = np.zeros(len(strings), dtype=np.int64)
        places[wanted] = grouping.places(_numbers(sorted(range(len(found)), key=found.__getitem__)))
        return places

    def _by_name(self) -> Numbers:
        """For each voice its place in the order of names."""
        people = list(self._people)
        return grouping.places(_numbers(sorted(range(len(people)), key=lambda n: _voice_order(people[n]))))


def _numbers(column: Sequence[int]) -> Numbers:
    return np.array(column, dtype=np.int64)


def _plain(column: Numbers) -> Sequence[int]:
    """The column as Python takes it: indexing it gives an int, in half the time that numpy takes."""
    return array("q", column.tobytes())


def _voice_order(voice: Voice) -> tuple[object, ...]:
    return voice.words, voice.kind, voice.sex, sorted(voice.roles), sorted(voice.proper), voice.sure


def titled(text: str) -> bool:
    """Whether two or more content words are there and all begin with capitals.

    >>> titled("Gang of Eight"), titled("Europe’s last dictator"), titled("Trump")
    (True, False, False)
    """
    words = [m for m in keys.TOKEN.findall(text) if keys.content(keys.fold(m))]
    return len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words)
