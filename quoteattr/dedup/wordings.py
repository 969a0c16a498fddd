"""Printings of lines collapsed to units: one wording of one voice, ranked longest first.

The order of units is fixed by the wordings, dates and voices themselves, never by the order of arrival.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count

import attrs
import numpy as np

from quoteattr.dedup import normalize, sorted_columns
from quoteattr.dedup.alignment import GAP_CHAR, Vocabulary
from quoteattr.dedup.same_utterance import Manner, Phrase, Voice
from quoteattr.dedup.sorted_columns import Numbers

NO_DAY = -(10**6)
"""Stands for an unknown date."""
FAR = 10**6
"""Days to a unit without a date."""
EVERY = -1
"""In place of an article: the unit collects the printings of all."""
TEXTS = 1 << 16
"""Texts whose wording is remembered. Articles come by date, and a line is mostly repeated within days."""
ENDS = " .,;:!?"
"""Marks at a text's end that change neither its words nor what stands inside its quotation marks."""
TITLE = 5
"""Longest phrase that may be a name."""
COUNTED = 1 << 12
"""Wordings whose words are counted together, so that what is in between stays in the cache."""

# An inner mark that no word stands before: "when I said, |‘No boots on the ground’"
NESTED = re.compile(r"""[‘'"“](?<!\w.)([^‘’'"“”\n]{1,200})[’'"”](?!\w)""")
"""Quotation marks inside a quotation, and the words between them."""
_CAPITAL = re.compile(r"[^\W_a-z]")
"""What may be a capital, or is a figure."""

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
    heads: Sequence[int] = ()
    """For each unit its first printing."""

    def __len__(self) -> int:
        return len(self.strings)

    def days(self, u: int, v: int) -> int | None:
        """Days between two units; 0 where the days of their printings overlap."""
        first, other = self.firsts[u], self.firsts[v]
        if first == NO_DAY or other == NO_DAY:
            return None
        return max(0, first - self.lasts[v], other - self.lasts[u])


class _Texts:
    """Distinct texts by number, a column for each thing that is read of them."""

    def __init__(self) -> None:
        self.words = Vocabulary()
        self.wordings, self.titled = array("q"), bytearray()
        self.inner: dict[int, list[str]] = {}
        self._known: dict[str, int] = {}
        self._strings: dict[str, int] = {}

    def numbers(self, texts: Sequence[str]) -> Iterator[int]:
        """The number of each text; texts that differ in the marks at their ends alone have one."""
        known = self._known
        texts = [text.rstrip(ENDS) for text in texts]
        if len(known) > TEXTS:
            known.clear()
        unread = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(unread, count(len(self.wordings))))
        self._read(unread)
        return map(known.__getitem__, texts)

    def _read(self, texts: Sequence[str]) -> None:
        strings = self.wordings_of(texts)
        for number, text in enumerate(texts, start=len(self.wordings)):
            plain = text.isascii() and "'" not in text and '"' not in text  # most are, which is told at once
            if not plain and (inner := NESTED.findall(text)):
                self.inner[number] = self.wordings_of(inner)
        both = zip(strings, texts, strict=True)
        self.titled += bytes([len(s) - s.count(GAP_CHAR) <= TITLE and titled(text) for s, text in both])
        self.wordings.extend([self._strings.setdefault(s, len(self._strings)) for s in strings])

    def wordings_of(self, texts: Sequence[str]) -> list[str]:
        """The folded words of each text."""
        return [string.strip(GAP_CHAR) for string in self.words.of_texts(texts)]

    def strings(self) -> list[str]:
        """All wordings by number."""
        return list(self._strings)


class Gathering:
    """Printings as they come, one column for each thing that is known of them.

    Args:
        days: for each article the ordinal of its day, or `NO_DAY`.
    """

    def __init__(self, days: Sequence[int]) -> None:
        self._days = days
        self._read = _Texts()
        self._texts, self._articles = array("q"), array("q")
        self._voices: list[Voice] = []
        self._manners = bytearray()
        self._quoted: dict[int, list[str]] = {}

    def add(
        self,
        articles: Sequence[int],
        texts: Sequence[str],
        speakers: Sequence[Voice],
        manners: Sequence[Manner],
        quoted: Mapping[int, Sequence[str]],
    ) -> None:
        """Take in some printings, a column for each thing.

        Args:
            articles: the numbers of their articles.
            texts: the quotations, as printed.
            speakers: who spoke each.
            manners: how the article prints each.
            quoted: by its place in the columns, for a quotation that has any inside, those that are known
                besides the ones whose marks tell them.
        """
        for nth, inner in quoted.items():
            self._quoted[len(self._articles) + nth] = self._read.wordings_of(inner)
        self._articles.extend(articles)
        self._texts.extend(self._read.numbers(texts))
        self._voices += speakers
        self._manners += bytes(manners)

    def table(self) -> Table:
        """The units: printings of the same words by the same voice, short ones in the same article too.

        Longest first; then by number of printings, date, voice, words, article.
        """
        text, article = _numbers(self._texts), _numbers(self._articles)
        day = _numbers(self._days)[article]
        people, voice = _numbered(self._voices)
        strings = self._read.strings()
        wording = _numbers(self._read.wordings)[text]
        known, of_wording = _phrases(strings, self._read.words)
        distinctive = np.array([phrase.distinctive for phrase in known], dtype=np.bool_)[of_wording]
        scope = np.where(distinctive[wording], EVERY, article)
        # What names something is no line: a unit for each printing.
        named = np.flatnonzero(np.frombuffer(self._manners, dtype=np.uint8) == Manner.NAMED)
        scope[named] = EVERY - 1 - named
        order = np.lexsort((scope, voice, wording))
        begins = sorted_columns.begins(wording[order], voice[order], scope[order])
        counts = sorted_columns.sizes(begins, len(order))
        heads = order[begins]  # the sort is stable, so that these are the first printings
        firsts, lasts = np.minimum.reduceat(day[order], begins), np.maximum.reduceat(day[order], begins)
        wording, voice, article = wording[heads], voice[heads], article[heads]
        sizes = _numbers([phrase.size for phrase in known])[of_wording]
        ranks = (_by_name(people)[voice], firsts, -counts, -sizes[wording])
        ranked = np.lexsort(ranks)
        tied, group = _ties([rank[ranked] for rank in ranks])
        equal = ranked[tied]
        by_words = _alphabetic([strings[n] for n in wording[equal].tolist()], self._read.words)
        ranked[tied] = equal[np.lexsort((article[equal], by_words, group))]
        unit_of = np.empty_like(order)
        unit_of[order] = np.repeat(sorted_columns.places(ranked), counts)
        heads, wording = heads[ranked], wording[ranked]
        return Table(
            words=self._read.words,
            people=people,
            strings=[strings[n] for n in wording.tolist()],
            phrases=self._told(known, of_wording[wording], heads),
            voices=_plain(voice[ranked]),
            articles=_plain(article[ranked]),
            firsts=_plain(firsts[ranked]),
            lasts=_plain(lasts[ranked]),
            quoting=self._inner(heads, text[heads]),
            unit_of=_plain(unit_of),
            heads=_plain(heads),
        )

    def _inner(self, heads: Numbers, texts: Numbers) -> dict[int, list[str]]:
        """For each unit whose first printing quotes inside the quotation, the wordings of that."""
        found = {}
        printings = np.fromiter(self._quoted, np.int64, len(self._quoted))
        nested = np.fromiter(self._read.inner, np.int64, len(self._read.inner))
        for unit in np.flatnonzero(np.isin(heads, printings) | np.isin(texts, nested)).tolist():
            told, known = self._read.inner.get(int(texts[unit]), []), self._quoted.get(int(heads[unit]), [])
            found[unit] = told + known
        return found

    def _told(self, known: Sequence[Phrase], phrases: Numbers, heads: Numbers) -> list[Phrase]:
        """For each unit how much its words say, their first printing's capitals and manner included."""
        found = [known[n] for n in phrases.tolist()]
        titled = np.frombuffer(self._read.titled, dtype=np.bool_)[_numbers(self._texts)[heads]]
        manners = np.frombuffer(self._manners, dtype=np.uint8)[heads]
        for unit in np.flatnonzero(titled | (manners != Manner.PLAIN)).tolist():
            size, content = found[unit].size, found[unit].content
            found[unit] = known_phrase(size, content, bool(titled[unit]), Manner(manners[unit]))
        return found


def _numbered(voices: Sequence[Voice]) -> tuple[list[Voice], Numbers]:
    """The distinct voices; and for each of those given the number of its own.

    Equal ones are mostly one object. To look for these first takes half the time.
    """
    objects = {id(voice): voice for voice in voices}
    people = {voice: n for n, voice in enumerate(dict.fromkeys(objects.values()))}
    number = {key: people[voice] for key, voice in objects.items()}
    return list(people), np.fromiter(map(number.__getitem__, map(id, voices)), np.int64, len(voices))


def _by_name(people: Sequence[Voice]) -> Numbers:
    """For each voice its place in the order of names."""
    return sorted_columns.places(_numbers(sorted(range(len(people)), key=lambda n: _voice_order(people[n]))))


def _phrases(strings: Sequence[str], words: Vocabulary) -> tuple[list[Phrase], Numbers]:
    """How much wordings say, each once; and for each wording where it stands there."""
    chunks = (strings[at : at + COUNTED] for at in range(0, len(strings), COUNTED))
    counts = [sizes << 32 | contents for sizes, contents in map(words.counted, chunks)]
    known, of_wording = np.unique(np.concatenate([_numbers([]), *counts]), return_inverse=True)
    return [known_phrase(count >> 32, count & 0xFFFFFFFF) for count in known.tolist()], of_wording


def _ties(columns: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The rows of sorted columns that equal another, and for each of these the number of its group."""
    sizes = sorted_columns.sizes(sorted_columns.begins(*columns), len(columns[0]))
    tied = np.flatnonzero(np.repeat(sizes > 1, sizes))
    return tied, np.repeat(np.arange(len(sizes)), sizes)[tied]


def _alphabetic(strings: Sequence[str], words: Vocabulary) -> Numbers:
    """For each of some wordings its place in the order of words."""
    spelled = words.alphabetic()
    in_order = sorted(set(strings), key=lambda string: string.translate(spelled))
    place = {string: n for n, string in enumerate(in_order)}
    return np.fromiter(map(place.__getitem__, strings), np.int64, len(strings))


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
    if _CAPITAL.search(text) is None:  # most phrases
        return False
    words = 0
    for word in normalize.TOKEN.findall(text):
        if normalize.content(normalize.fold(word)):
            if not (word[0].isupper() or word[0].isdigit()):
                return False
            words += 1
    return words > 1
