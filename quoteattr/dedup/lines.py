"""Printings of lines to clusters: folded wordings collapsed, compared where blocking says so, and joined.

The order of work is fixed by the wordings and dates themselves, never by the order of arrival: the longest
wording first, and every shorter one joins the one best cluster it belongs to. A fragment that could come from
two lines never ties them together; plain connected components would (F1 of .985 falls to .84).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import attrs
import numpy as np
from numpy.typing import NDArray

from quoteattr.dedup import blocking, keys
from quoteattr.dedup.occasions import (
    EDIT_DAYS,
    EMPTY_WORDS,
    SAME_WEEKS,
    SENTENCE_WORDS,
    Circumstances,
    Phrase,
    Relation,
    Voice,
    relation,
    same_line,
)
from quoteattr.dedup.wording import (
    GAP_CHAR,
    Kind,
    Match,
    Vocabulary,
    compare,
    contained,
    hash_number,
    promising,
)

Numbers = NDArray[np.int64]

NO_DAY = -(10**6)
"""Stands for an unknown date."""
PERIOD = SAME_WEEKS + 1
"""Days of a period of the index for short lines; the periods beside it are looked up too, so that
`SAME_WEEKS` is always within reach."""
NEIGHBOURS = 2
"""With how many printings of the same words, next in order of speaker and date, a printing is compared."""


@attrs.define(eq=False)
class Table:
    """All printings, collapsed to units: one wording of one voice, short ones of one article too."""

    words: Vocabulary = attrs.field(factory=Vocabulary)
    """The tokens."""
    strings: list[str] = attrs.field(factory=list)
    """For each unit its wording."""
    phrases: list[Phrase] = attrs.field(factory=list)
    """For each unit how much it says."""
    voices: list[int] = attrs.field(factory=list)
    """For each unit the number of its voice."""
    articles: list[int] = attrs.field(factory=list)
    """For each unit the first article that prints it."""
    firsts: list[int] = attrs.field(factory=list)
    """For each unit the earliest day."""
    lasts: list[int] = attrs.field(factory=list)
    """For each unit the latest day."""
    counts: list[int] = attrs.field(factory=list)
    """For each unit how many printings it has."""
    unit_of: list[int] = attrs.field(factory=list)
    """For each printing its unit."""
    people: list[Voice] = attrs.field(factory=list)
    """The voices by number."""
    quoting: dict[int, list[str]] = attrs.field(factory=dict)
    """For units that quote inside the quotation, the wordings between the inner marks."""
    _unit_numbers: dict[tuple[str, int, int], int] = attrs.field(factory=dict, init=False)
    _strings_of: dict[str, str] = attrs.field(factory=dict, init=False)
    _voice_numbers: dict[Voice, int] = attrs.field(factory=dict, init=False)

    def __len__(self) -> int:
        return len(self.strings)

    def add(self, texts: Sequence[str], speaker: Voice, article: int, day: int) -> None:
        """Take in one printing.

        Args:
            texts: the quotation, or the pieces of it, as printed.
            speaker: who spoke.
            article: number of the article.
            day: ordinal of the day, or `NO_DAY`.
        """
        string = self._read(texts[0]) if len(texts) == 1 else self.words.string(_all_tokens(texts))
        number = self._voice_numbers.setdefault(speaker, len(self.people))
        if number == len(self.people):
            self.people.append(speaker)
        unit = self._unit_numbers.get((string, number, EVERY))
        if unit is None:
            unit = self._unit_numbers.get((string, number, article))
        if unit is None:
            unit = self._new(string, self._phrase(string, texts[0]), number, article, day)
            inner = [found for text in texts for found in NESTED.findall(text)]
            if inner:
                self.quoting[unit] = [self.words.string(keys.tokens(found)) for found in inner]
        self.counts[unit] += 1
        if day < self.firsts[unit]:
            self.firsts[unit] = day
        if day > self.lasts[unit]:
            self.lasts[unit] = day
        self.unit_of.append(unit)

    def _read(self, text: str) -> str:
        """The folded wording of a text; one that was printed shortly before is not folded again."""
        string = self._strings_of.get(text)
        if string is None:
            if len(self._strings_of) >= TEXTS:
                self._strings_of.clear()
            string = self._strings_of[text] = self.words.string(keys.tokens(text))
        return string

    def _phrase(self, string: str, text: str) -> Phrase:
        size = len(string) - string.count(GAP_CHAR)
        content = len({char for char in string if char > self.words.last})
        return known_phrase(size, content, size <= TITLE and content > 0 and titled(text))

    def _new(self, string: str, phrase: Phrase, voice: int, article: int, day: int) -> int:
        unit = len(self.strings)
        self._unit_numbers[string, voice, EVERY if phrase.distinctive else article] = unit
        self.strings.append(string)
        self.phrases.append(phrase)
        self.voices.append(voice)
        self.articles.append(article)
        self.counts.append(0)
        self.firsts.append(day)
        self.lasts.append(day)
        return unit

    def rank(self) -> None:
        """Renumber the units, longest first; then by number of printings, date, speaker, words, article."""
        people = sorted(range(len(self.people)), key=lambda n: _voice_order(self.people[n]))
        place = {number: n for n, number in enumerate(people)}
        alphabetic = self.words.alphabetic()
        order = sorted(
            range(len(self)),
            key=lambda u: (
                -self.phrases[u].size,
                -self.counts[u],
                self.firsts[u],
                place[self.voices[u]],
                self.strings[u].translate(alphabetic),
                self.articles[u],
            ),
        )
        self._unit_numbers.clear()
        self._strings_of.clear()
        for field in ("strings", "phrases", "voices", "articles", "firsts", "lasts", "counts"):
            column = getattr(self, field)
            setattr(self, field, [column[u] for u in order])
        new = [0] * len(order)
        for n, u in enumerate(order):
            new[u] = n
        self.unit_of = [new[u] for u in self.unit_of]
        self.quoting = {new[u]: inner for u, inner in self.quoting.items()}

    def days(self, u: int, v: int) -> int | None:
        """Days between two units; 0 where the days of their printings overlap."""
        if self.firsts[u] == NO_DAY or self.firsts[v] == NO_DAY:
            return None
        return max(0, self.firsts[u] - self.lasts[v], self.firsts[v] - self.lasts[u])


def _voice_order(voice: Voice) -> tuple[object, ...]:
    return voice.words, voice.kind, voice.sex, sorted(voice.roles), sorted(voice.proper), voice.sure


TEXTS = 1 << 16
"""Texts whose wording is remembered. Articles come by date, and a line is mostly repeated within days."""
EVERY = -1
"""In place of an article: the unit collects the printings of all."""


def _all_tokens(texts: Sequence[str]) -> list[str]:
    return [token for text in texts for token in keys.tokens(text)]


known_phrase = lru_cache(maxsize=None)(Phrase)
"""Phrases by their three numbers: a million units share some hundreds of values."""

REMEMBERED = 1 << 19
"""Pairs of voices whose relation is remembered, so that memory does not grow with the number of speakers."""
FEW = 8
"""So few printings of the same words are compared each with each: names for one speaker may sort apart."""
COMPARED = 12
"""Longer units that a unit is compared with. F1 on 20,000 synthetic quotations: 6 .991, 12 and 24 .992."""
LIKELY, ALIGNED = 8, 4
"""Where the words do not stand in the longer unit unbroken, how many units are looked at, and of those that
have enough words in common, how many are aligned word by word."""
COMMON = 3
"""A few words that so many people speak are nobody's: they are judged like a single word."""
TITLE = 5
"""Longest phrase that may be a name."""


NESTED = re.compile(r"""(?<!\w)[‘'"“]([^‘’'"“”\n]{1,200})[’'"”](?!\w)""")
"""Quotation marks inside a quotation: "when I said, ‘No boots on the ground’"."""


def titled(text: str) -> bool:
    """Whether two or more content words are there and all begin with capitals.

    >>> titled("Gang of Eight"), titled("Europe’s last dictator"), titled("Trump")
    (True, False, False)
    """
    words = [m for m in keys.TOKEN.findall(text) if keys.content(keys.fold(m))]
    return len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words)


Surroundings = Callable[[int, int], frozenset[str]]
"""Given a unit and a number of characters, the content words that stand so near around it."""
AROUND = 400
"""Characters before and after a quotation that tell its subject: about the paragraphs beside it."""
SENTENCE = 100
"""Characters before and after it that are about its sentence."""


@attrs.frozen
class Clusters:
    """What came together."""

    of_unit: list[int]
    """For each unit the number of its cluster, from 0 in order of rank."""
    conflicts: list[tuple[int, int]]
    """Pairs of units with the same words and two speakers."""


def cluster(table: Table, around: Surroundings) -> Clusters:
    """Join the units of a table.

    Args:
        table: the printings, ranked.
        around: tells the surroundings of a unit.
    """
    joiner = Joiner(table, around, users(table))
    for unit, candidates in _candidates(table):
        joiner.place(unit, candidates)
    return joiner.clusters()


def _candidates(table: Table) -> Iterator[tuple[int, list[int]]]:
    """For each unit in order of rank the longer ones to compare it with, best first."""
    ranked = _flat(table)
    surname, wording, first, last = _columns(table)
    said = np.array([phrase.content for phrase in table.phrases], dtype=np.int64) > 0
    probing = (surname > 0) & said
    sources = [blocking.by_runs(ranked)]
    if probing.any():
        sources.append(blocking.by_voice(ranked, surname, first // PERIOD, last // PERIOD, probing))
    for chunk in blocking.pairs(len(table), sources, _more(table)):
        shorter, longer = _best(*chunk, surname, wording, first, last)
        yield from _grouped(shorter.tolist(), longer.tolist())


def _grouped(shorter: list[int], longer: list[int]) -> Iterator[tuple[int, list[int]]]:
    begin = 0
    for end in range(1, len(shorter) + 1):
        if end == len(shorter) or shorter[end] != shorter[begin]:
            yield shorter[begin], longer[begin:end]
            begin = end


def _flat(table: Table) -> blocking.Units:

    # Numbers of the words themselves, not of the order in which they came: they tell equally rare runs apart.
    numbers = np.array([word_number(word) for word in table.words.words], dtype=np.uint32)
    flat = numbers[np.frombuffer("".join(table.strings).encode("utf-32-le"), dtype=np.uint32)]
    starts = np.zeros(len(table) + 1, dtype=np.int64)
    np.cumsum([len(s) for s in table.strings], out=starts[1:])
    return blocking.Units(flat, starts)


def word_number(word: str) -> int:
    """The number of a token on posting lists, in 32 bits; 0 for a gap."""
    return 0 if word == keys.GAP else hash_number(word) & 0xFFFFFFFF


def _columns(table: Table) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """For each unit a number for the surname (0: none), one for the wording, the first and the last day."""
    surnames: dict[str, int] = {"": 0}
    people = [surnames.setdefault(v.surname, len(surnames)) for v in table.people]
    surname = np.array(people, dtype=np.int64)[np.array(table.voices, dtype=np.int64)]
    wording = np.fromiter(map(hash, table.strings), dtype=np.int64, count=len(table))
    return surname, wording, np.array(table.firsts, dtype=np.int64), np.array(table.lasts, dtype=np.int64)


def _best(
    shorter: Numbers,
    longer: Numbers,
    votes: Numbers,
    surname: Numbers,
    wording: Numbers,
    first: Numbers,
    last: Numbers,
) -> tuple[Numbers, Numbers]:
    """For each unit its best candidates: by speaker, by how many runs they share, by date, by rank. The very
    same words count like the same speaker: the speaker may be a mistake.

    All of that is packed into one integer, for numpy sorts integers much faster than by columns.
    """
    a, b = surname[shorter], surname[longer]
    alike = (a == b) | (wording[shorter] == wording[longer])
    other = np.where(alike, 0, np.where((a == 0) | (b == 0), 1, 2))
    apart = np.maximum(np.maximum(first[shorter] - last[longer], first[longer] - last[shorter]), 0)
    begin = shorter[0] if len(shorter) else 0
    packed = (shorter - begin) << 2 | other
    packed = (packed << 5 | (31 - np.minimum(votes, 31))) << 9 | np.minimum(apart, 511)
    packed = np.sort(packed << blocking.UNIT_BITS | longer)
    shorter = (packed >> (16 + blocking.UNIT_BITS)) + begin
    begins = np.flatnonzero(np.diff(shorter, prepend=-1))
    nth = np.arange(len(shorter)) - np.repeat(begins, np.diff(begins, append=len(shorter)))
    kept = nth < COMPARED
    return shorter[kept], packed[kept] & ((1 << blocking.UNIT_BITS) - 1)


def _more(table: Table) -> tuple[Numbers, Numbers]:
    """Pairs that runs of words may miss: the very same words, and scraps with the body of their article."""
    found = np.array([*_same_words(table), *_within_articles(table)], dtype=np.int64).reshape(-1, 2)
    return found[:, 1], found[:, 0]


def _same_words(table: Table) -> Iterator[tuple[int, int]]:
    """Units with the very same words, each with the next in order of surname and date."""
    alike: dict[str, list[int]] = defaultdict(list)
    for unit, string in enumerate(table.strings):
        if string:
            alike[string].append(unit)
    for units in alike.values():
        if len(units) > 1:
            units.sort(key=lambda u: (table.people[table.voices[u]].surname, table.firsts[u], u))
            reach = len(units) if len(units) <= FEW else NEIGHBOURS + 1
            for step in range(1, reach):
                yield from ((min(a, b), max(a, b)) for a, b in zip(units, units[step:], strict=False))


def _within_articles(table: Table) -> Iterator[tuple[int, int]]:
    """A scrap in the lead, with the body's quotations that carry its words."""
    by_article: dict[int, list[int]] = defaultdict(list)
    for unit, article in enumerate(table.articles):
        by_article[article].append(unit)
    for units in by_article.values():
        for n, u in enumerate(units):
            phrase = table.phrases[u]
            if n and not phrase.distinctive and (phrase.content or phrase.size >= EMPTY_WORDS):
                yield from ((v, u) for v in units[:n] if table.strings[u] in table.strings[v])


def users(table: Table) -> dict[str, int]:
    """For short wordings how many people use just these words, where more than one does."""
    people: dict[str, set[str]] = defaultdict(set)
    for string, phrase, voice in zip(table.strings, table.phrases, table.voices, strict=True):
        if not phrase.distinctive and table.people[voice].surname:
            people[string].add(table.people[voice].surname)
    return {string: len(found) for string, found in people.items() if len(found) > 1}


class Joiner:
    """Puts every unit, in order of rank, into the one cluster that it belongs to, or into a new one.

    Args:
        table: the units, ranked; they may be some of a larger table's, in the same order.
        around: tells the surroundings of a unit.
        users: as `users` tells of the whole table.
    """

    def __init__(self, table: Table, around: Surroundings, users: Mapping[str, int]) -> None:
        self.table, self.around, self.users = table, around, users
        self.relations: dict[tuple[int, int], Relation] = {}
        self.conflicts: set[tuple[int, int]] = set()
        self.homes = _Homes(len(table))
        self.voices: dict[int, set[int]] = {}  # of clusters with more than one voice

    def clusters(self) -> Clusters:
        """What came together."""
        numbers: dict[int, int] = {}
        of_unit = [numbers.setdefault(self.homes.of(u), len(numbers)) for u in range(len(self.table))]
        return Clusters(of_unit, sorted(self.conflicts))

    def place(self, unit: int, candidates: Sequence[int]) -> None:
        """Compare a unit with longer ones and let it join."""
        edges = self.edges(unit, candidates)
        edges.sort(key=lambda e: (*(-x for x in e.strength), e.longer))
        for edge in edges:
            if self.homes.of(edge.longer) == self.homes.of(unit):
                continue
            if self.homes.of(unit) == unit or edge.near_equal:
                self._join(unit, edge)

    def _join(self, unit: int, edge: Edge) -> None:
        ours, theirs = self.homes.of(unit), self.homes.of(edge.longer)
        mine, others = self._voices(ours), self._voices(theirs)
        clash = any(self._relation(a, b) is Relation.CONFLICT for a in mine for b in others)
        if clash and not edge.despite:
            return
        if clash:
            self.conflicts.add((edge.longer, unit))
        if mine != others:
            self.voices[theirs] = mine | others
        self.homes.join(ours, theirs)

    def _voices(self, home: int) -> set[int]:
        return self.voices.get(home) or {self.table.voices[home]}

    def edges(self, unit: int, candidates: Sequence[int]) -> list[Edge]:
        """At most one edge to each cluster: its first candidate that holds, for they come best first.

        Before any unit is placed, every unit is a cluster, so that the edges hang on the two units alone.
        """
        found: list[Edge] = []
        loose: list[int] = []
        done: set[int] = set()
        strings, short = self.table.strings, self.table.strings[unit]
        common, distinctive = self._common_phrase(unit), self.table.phrases[unit].distinctive
        for other in candidates:
            if not contained(short, strings[other]):
                loose.append(other)
            elif self.homes.of(other) not in done:
                edge = self._edge(unit, other, True, common)
                if edge:
                    found.append(edge)
                    done.add(self.homes.of(other))
                    if distinctive and edge.strength[0] == Relation.SAME:
                        return found
        if any(edge.strength[0] == Relation.SAME for edge in found):
            return found
        return found + self._loose(unit, loose[:LIKELY], done)

    def _loose(self, unit: int, candidates: Sequence[int], done: set[int]) -> list[Edge]:
        """Edges to wordings that do not hold the unit's unbroken."""
        found = []
        likely = [v for v in candidates if self._likely(unit, v)]
        for other in likely[:ALIGNED]:
            if self.homes.of(other) not in done:
                edge = self._edge(unit, other, False, False)
                if edge:
                    found.append(edge)
                    done.add(self.homes.of(other))
        return found

    def _likely(self, u: int, v: int) -> bool:
        table = self.table
        if not table.phrases[u].distinctive and GAP_CHAR not in table.strings[v]:
            return False
        if self._relation(table.voices[u], table.voices[v]) is Relation.CONFLICT and not self._near_days(
            u, v
        ):
            return False
        return promising(table.strings[u], table.strings[v], table.phrases[u].size)

    def _near_days(self, u: int, v: int) -> bool:
        days = self.table.days(u, v)
        return days is None or days <= EDIT_DAYS

    def _common_phrase(self, unit: int) -> bool:
        """Whether so many people use a short phrase that it is nobody's."""
        return self.users.get(self.table.strings[unit], 0) >= COMMON

    def _relation(self, x: int, y: int) -> Relation:
        """What two voices are to each other."""
        pair = (x, y) if x < y else (y, x)
        found = self.relations.get(pair)
        if found is None:
            if len(self.relations) >= REMEMBERED:
                self.relations.clear()
            people = self.table.people
            found = self.relations[pair] = relation(people[x], people[y])
        return found

    def _edge(self, u: int, v: int, within: bool, common: bool) -> Edge | None:
        """The edge from a unit to a longer one, if they are one line."""
        table = self.table
        phrase, known = table.phrases[u], self._relation(table.voices[u], table.voices[v])
        if known is Relation.CONFLICT and not phrase.distinctive and table.strings[u] != table.strings[v]:
            return None
        match = compare(table.strings[u], table.strings[v], table.words, within)
        if match is None or (match.kind is Kind.CONTAINED and self._quoted(u, v)):
            return None
        seen = self._circumstances(u, v, known, common)
        if not same_line(match, phrase, seen):
            if known is Relation.CONFLICT and match.kind is Kind.EQUAL and phrase.content >= 2:
                self.conflicts.add((v, u))
            return None
        same = match.whole and known is not Relation.CONFLICT
        return Edge(v, _strength(match, seen), same, known is Relation.CONFLICT)

    def _quoted(self, u: int, v: int) -> bool:
        """Whether the longer unit only quotes the words, and so was spoken later."""
        return any(self.table.strings[u] in inner for inner in self.table.quoting.get(v, ()))

    def _circumstances(self, u: int, v: int, known: Relation, common: bool) -> Circumstances:
        table = self.table
        return Circumstances(
            known,
            table.articles[u] == table.articles[v],
            table.days(u, v),
            (table.people[table.voices[u]], table.people[table.voices[v]]),
            common,
            topic=lambda: self._topic(u, v),
            named_beside=lambda: self._named_beside(u, v, AROUND),
            retold=lambda: self._retold(u, v),
        )

    def _retold(self, u: int, v: int) -> bool:
        shared = len(self.around(u, SENTENCE) & self.around(v, SENTENCE))
        return shared >= SENTENCE_WORDS and self._named_beside(u, v, SENTENCE)

    def _topic(self, u: int, v: int) -> int:
        table = self.table
        names = {*table.people[table.voices[u]].words, *table.people[table.voices[v]].words}
        return len((self.around(u, AROUND) & self.around(v, AROUND)) - names)

    def _named_beside(self, u: int, v: int, reach: int) -> bool:
        """Whether the surroundings of one unit name the other's voice."""
        return self._names(u, v, reach) or self._names(v, u, reach)

    def _names(self, u: int, v: int, reach: int) -> bool:
        called = self.table.people[self.table.voices[v]].called
        return bool(called) and not called.isdisjoint(self.around(u, reach))


@attrs.frozen
class Edge:
    """A longer unit that a unit is one line with."""

    longer: int
    """The longer unit."""
    strength: tuple[int, ...]
    """What makes it the best, most telling first."""
    near_equal: bool
    """Whether both are forms of one wording, so that the edge may join two clusters."""
    despite: bool
    """Whether it holds although the two name different speakers."""


def _strength(match: Match, seen: Circumstances) -> tuple[int, ...]:
    """What makes one cluster a better home than another, most telling first."""
    near = -(10**6) if seen.days is None else -seen.days
    return (int(seen.relation), int(match.kind), int(seen.same_article), match.common, near)


class _Homes:
    """Union-find with path halving (Tarjan and van Leeuwen 1984)."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def of(self, unit: int) -> int:
        """The unit that stands for a unit's cluster: its first in rank."""
        parent = self.parent
        while parent[unit] != unit:
            parent[unit] = parent[parent[unit]]
            unit = parent[unit]
        return unit

    def join(self, unit: int, home: int) -> None:
        """Put the cluster of one with the cluster of the other."""
        self.parent[self.of(unit)] = self.of(home)
