"""Printings of lines to clusters: folded wordings collapsed, compared where blocking says so, and joined.

The order of work is fixed by the wordings and dates themselves, never by the order of arrival: the longest
wording first, and every shorter one joins the one best cluster it belongs to. A fragment that could come from
two lines never ties them together; plain connected components would (F1 of .985 falls to .84).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from quoteattr import blocking, keys
from quoteattr.occasions import (
    EDIT_DAYS,
    SAME_DAYS,
    Circumstances,
    Phrase,
    Relation,
    Voice,
    relation,
    same_line,
)
from quoteattr.wording import GAP_CHAR, RUN, Kind, Match, Vocabulary, compare

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

NO_DAY = -(10**6)
"""Stands for an unknown date."""
BUCKET = 4
"""Days in a bucket of the index for one and two words; neighbouring buckets are looked up too, so that
`SAME_DAYS` is always within reach."""
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
    firsts: array[int] = attrs.field(factory=lambda: array("q"))
    """For each unit the earliest day."""
    lasts: array[int] = attrs.field(factory=lambda: array("q"))
    """For each unit the latest day."""
    counts: array[int] = attrs.field(factory=lambda: array("q"))
    """For each unit how many printings it has."""
    unit_of: array[int] = attrs.field(factory=lambda: array("q"))
    """For each printing its unit."""
    people: list[Voice] = attrs.field(factory=list)
    """The voices by number."""
    _unit_numbers: dict[tuple[str, int, int], int] = attrs.field(factory=dict, init=False)
    _voice_numbers: dict[Voice, int] = attrs.field(factory=dict, init=False)
    _known_phrases: dict[str, Phrase] = attrs.field(factory=dict, init=False)

    def add(self, tokens: list[str], speaker: Voice, article: int, day: int, text: str = "") -> None:
        """Take in one printing.

        Args:
            tokens: its folded words.
            speaker: who spoke.
            article: number of the article.
            day: ordinal of the day, or `NO_DAY`.
            text: the words as printed, which tell a name by its capitals.
        """
        string = self.words.string(tokens)
        phrase = self._phrase(string, tokens)
        number = self._voice_numbers.setdefault(speaker, len(self.people))
        if number == len(self.people):
            self.people.append(speaker)
        if phrase.size <= TITLE and phrase.content and titled(text):
            phrase = attrs.evolve(phrase, titled=True)
        place = (string, number, -1 if phrase.distinctive else article)
        unit = self._unit_numbers.setdefault(place, len(self.strings))
        if unit == len(self.strings):
            self._new(string, phrase, number, article, day)
        self.counts[unit] += 1
        self.firsts[unit] = min(self.firsts[unit], day)
        self.lasts[unit] = max(self.lasts[unit], day)
        self.unit_of.append(unit)

    def _phrase(self, string: str, tokens: list[str]) -> Phrase:
        phrase = self._known_phrases.get(string)
        if phrase is None:
            size = len(string) - string.count(GAP_CHAR)
            phrase = self._known_phrases[string] = Phrase(size, len(keys.content(tokens)))
        return phrase

    def _new(self, string: str, phrase: Phrase, voice: int, article: int, day: int) -> None:
        self.strings.append(string)
        self.phrases.append(phrase)
        self.voices.append(voice)
        self.articles.append(article)
        self.counts.append(0)
        self.firsts.append(day)
        self.lasts.append(day)

    def ranking(self) -> list[int]:
        """The units, longest first; ties by number of printings, words, date and speaker."""
        people = [(v.name, v.kind, v.gender) for v in self.people]
        order = sorted(range(len(people)), key=people.__getitem__)
        place = {number: n for n, number in enumerate(order)}
        rank = [
            (-phrase.size, -count, string, first, place[voice], article)
            for phrase, count, string, first, voice, article in zip(
                self.phrases, self.counts, self.strings, self.firsts, self.voices, self.articles, strict=True
            )
        ]
        return sorted(range(len(rank)), key=rank.__getitem__)


TITLE = 5
"""Longest phrase that may be a name."""


def titled(text: str) -> bool:
    """Whether two or more content words are there and all begin with capitals.

    >>> titled("Gang of Eight"), titled("Europe’s last dictator"), titled("Trump")
    (True, False, False)
    """
    words = [m for m in keys.TOKEN.findall(text) if keys.content(keys.fold(m))]
    return len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words)


Surroundings = Callable[[int], frozenset[str]]
"""Given a unit, the content words that stand around it."""


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
        table: the printings.
        around: tells the surroundings of a unit.
    """
    order = table.ranking()
    edges = _Edges(table, around)
    by_unit: dict[int, list[_Edge]] = defaultdict(list)
    for chunk in _candidates(table, order):
        for edge in edges.among(*chunk):
            by_unit[edge.shorter].append(edge)
    return _join(table, order, by_unit, edges)


@attrs.frozen
class _Edge:
    shorter: int
    longer: int
    strength: tuple[int, ...]
    near_equal: bool


def _candidates(table: Table, order: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Pairs of units to compare, shorter first, in chunks."""
    ranked = _ranked_units(table, order)
    import numpy as np

    number = np.array(order, dtype=np.int64)
    for shorter, longer in blocking.pairs(ranked):
        keep = _promising(table, number[shorter], number[longer])
        yield number[shorter[keep]].tolist(), number[longer[keep]].tolist()
    for shorter, longer in _few_words(table, order, ranked):
        yield number[shorter].tolist(), number[longer].tolist()
    yield from _same_words(table, order)
    yield from _within_articles(table, order)


def _ranked_units(table: Table, order: list[int]) -> blocking.Units:
    import numpy as np

    strings = [table.strings[u] for u in order]
    flat = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
    starts = np.zeros(len(strings) + 1, dtype=np.int64)
    np.cumsum([len(s) for s in strings], out=starts[1:])
    return blocking.Units(flat, starts)


def _promising(table: Table, shorter: Numbers, longer: Numbers) -> NDArray[np.bool_]:
    """Which pairs have enough words in common to be worth a closer look."""
    import numpy as np
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cpdist

    strings = table.strings
    a, b = [strings[u] for u in shorter.tolist()], [strings[u] for u in longer.tolist()]
    common = cpdist(a, b, scorer=LCSseq.similarity, dtype=np.int32, workers=1)
    size = np.array([table.phrases[u].size for u in shorter.tolist()])
    gaps = np.array([GAP_CHAR in s for s in a])
    slack = np.where(size <= 4, 0, np.where(size <= 7, 2, np.where(size <= 14, 4, 0.3 * size)))
    keep: NDArray[np.bool_] = (common >= size - slack) | gaps | ((common >= RUN) & (common >= size / 2))
    return keep


def _few_words(table: Table, order: list[int], ranked: blocking.Units) -> Iterator[tuple[Numbers, Numbers]]:
    """Units of one or two words, with longer ones of the same surname and days that carry their word."""
    import numpy as np

    surnames: dict[str, int] = {}
    people = [surnames.setdefault(v.surname, len(surnames)) for v in table.people]
    surname = np.array([people[table.voices[u]] for u in order], dtype=np.int64)
    first = np.array([table.firsts[u] // BUCKET for u in order], dtype=np.int64)
    last = np.array([table.lasts[u] // BUCKET for u in order], dtype=np.int64)
    few = [n for n, u in enumerate(order) if 0 < table.phrases[u].size <= 2 and table.phrases[u].content]
    if not few:
        return
    probing = np.array(few, dtype=np.int64)
    token = np.array([ord(_telling(table, order[n])) for n in few], dtype=np.int64)
    named = surname[probing] != surnames.get("", -1)
    probing, token = probing[named], token[named]
    known = first[probing] != NO_DAY // BUCKET
    owner = ranked.owners()
    index = [blocking.hashed(surname[owner], ranked.tokens, days[owner]) for days in (first, last)]
    for shift in (-1, 0, 1):
        places = probing[known] if shift else probing
        probe = blocking.hashed(surname[places], token[known] if shift else token, first[places] + shift)
        for hashes in index:
            yield from blocking.joined(hashes, owner, probe, places)


def _telling(table: Table, unit: int) -> str:
    """The longest content word, for longer words are rarer."""
    content = [c for c in table.strings[unit] if table.words.counts(c)]
    return max(content, key=lambda c: (len(table.words.word(c)), c))


def _same_words(table: Table, order: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Units with the very same words, each with the next in order of surname and date."""
    place = {u: n for n, u in enumerate(order)}
    strings, people = table.strings, table.people
    by_words = sorted(
        range(len(order)),
        key=lambda u: (strings[u], people[table.voices[u]].surname, table.firsts[u], place[u]),
    )
    shorter, longer = [], []
    for step in range(1, NEIGHBOURS + 1):
        for a, b in zip(by_words, by_words[step:], strict=False):
            if strings[a] == strings[b] and strings[a]:
                late, early = (a, b) if place[a] > place[b] else (b, a)
                shorter.append(late)
                longer.append(early)
    yield shorter, longer


def _within_articles(table: Table, order: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """A scrap in the lead, with the body's quotations that carry its words."""
    place = {u: n for n, u in enumerate(order)}
    by_article: dict[int, list[int]] = defaultdict(list)
    for u in order:
        by_article[table.articles[u]].append(u)
    shorter, longer = [], []
    for units in by_article.values():
        for n, u in enumerate(units):
            if table.phrases[u].distinctive or not table.phrases[u].content:
                continue
            for v in units[:n]:
                if table.strings[u] in table.strings[v]:
                    late, early = (u, v) if place[u] > place[v] else (v, u)
                    shorter.append(late)
                    longer.append(early)
    yield shorter, longer


class _Edges:
    """Compares pairs of units; remembers what two voices are to each other."""

    def __init__(self, table: Table, around: Surroundings) -> None:
        self.table, self.around = table, around
        self.relations: dict[tuple[int, int], Relation] = {}
        self.conflicts: set[tuple[int, int]] = set()

    def among(self, shorter: Iterable[int], longer: Iterable[int]) -> Iterator[_Edge]:
        """The pairs that are one line."""
        for u, v in zip(shorter, longer, strict=True):
            edge = self.between(u, v)
            if edge is not None:
                yield edge

    def relation(self, a: int, b: int) -> Relation:
        """What the voices of two units are to each other."""
        x, y = self.table.voices[a], self.table.voices[b]
        pair = (x, y) if x < y else (y, x)
        found = self.relations.get(pair)
        if found is None:
            people = self.table.people
            found = self.relations[pair] = relation(people[x], people[y])
        return found

    def between(self, u: int, v: int) -> _Edge | None:
        """The edge from a unit to a longer one, if they are one line."""
        table = self.table
        phrase, known = table.phrases[u], self.relation(u, v)
        if known is Relation.CONFLICT and not phrase.distinctive and table.strings[u] != table.strings[v]:
            return None
        match = compare(table.strings[u], table.strings[v], table.words)
        if match is None:
            return None
        seen = self._circumstances(u, v, phrase, known)
        if not same_line(match, phrase, seen):
            if known is Relation.CONFLICT and match.kind is Kind.EQUAL and phrase.content >= 2:
                self.conflicts.add((u, v))
            return None
        return _Edge(u, v, _strength(match, seen), match.whole and known is Relation.SAME)

    def _circumstances(self, u: int, v: int, phrase: Phrase, known: Relation) -> Circumstances:
        same, days = self.table.articles[u] == self.table.articles[v], _days(self.table, u, v)
        topic, beside = 0, False
        if not same and (days is None or (phrase.content == 1 and days <= SAME_DAYS)):
            topic = self._topic(u, v)
        if known is Relation.CONFLICT and phrase.distinctive and (days is None or days <= EDIT_DAYS):
            beside = self._named_beside(u, v) or self._named_beside(v, u)
        return Circumstances(known, same, days, topic, beside)

    def _topic(self, u: int, v: int) -> int:
        table = self.table
        names = {*table.people[table.voices[u]].name, *table.people[table.voices[v]].name}
        return len((self.around(u) & self.around(v)) - names)

    def _named_beside(self, u: int, v: int) -> bool:
        return self.table.people[self.table.voices[v]].surname in self.around(u)


def _days(table: Table, u: int, v: int) -> int | None:
    """Days between two units; 0 where the days of their printings overlap."""
    if table.firsts[u] == NO_DAY or table.firsts[v] == NO_DAY:
        return None
    return max(0, table.firsts[u] - table.lasts[v], table.firsts[v] - table.lasts[u])


def _strength(match: Match, seen: Circumstances) -> tuple[int, ...]:
    """What makes one cluster a better home than another, most telling first."""
    near = -(10**6) if seen.days is None else -seen.days
    return (int(seen.relation), int(match.kind), int(seen.same_article), match.common, near)


def _join(table: Table, order: list[int], by_unit: dict[int, list[_Edge]], edges: _Edges) -> Clusters:
    place = {u: n for n, u in enumerate(order)}
    homes = _Homes(len(order))
    voices: dict[int, set[int]] = {}
    conflicts = set(edges.conflicts)
    for u in order:
        found = sorted(by_unit.get(u, ()), key=lambda e: (tuple(-x for x in e.strength), place[e.longer]))
        for edge in found:
            home = homes.of(edge.longer)
            if home == homes.of(u):
                continue
            if homes.of(u) != u and not edge.near_equal:
                continue
            mine = voices.get(homes.of(u), {table.voices[u]})
            clash = [
                w for w in voices.get(home, {table.voices[edge.longer]}) for m in mine if _clash(edges, m, w)
            ]
            if clash and edge.strength[0] != int(Relation.CONFLICT):
                continue
            voices[home] = voices.get(home, {table.voices[edge.longer]}) | mine
            homes.join(u, home)
            if clash:
                conflicts.add((u, edge.longer))
    return Clusters(_numbered(homes, order), sorted(conflicts))


def _clash(edges: _Edges, a: int, b: int) -> bool:
    pair = (a, b) if a < b else (b, a)
    found = edges.relations.get(pair)
    if found is None:
        people = edges.table.people
        found = edges.relations[pair] = relation(people[a], people[b])
    return found is Relation.CONFLICT


def _numbered(homes: _Homes, order: list[int]) -> list[int]:
    numbers: dict[int, int] = {}
    out = [0] * len(order)
    for u in order:
        out[u] = numbers.setdefault(homes.of(u), len(numbers))
    return out


class _Homes:
    """Union-find with path halving (Tarjan and van Leeuwen 1984)."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def of(self, unit: int) -> int:
        parent = self.parent
        while parent[unit] != unit:
            parent[unit] = parent[parent[unit]]
            unit = parent[unit]
        return unit

    def join(self, unit: int, home: int) -> None:
        self.parent[self.of(unit)] = self.of(home)
