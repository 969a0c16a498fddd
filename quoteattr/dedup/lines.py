"""Units to clusters: compared where `candidates` says so, and joined.

The longest unit comes first, and every shorter one joins the one best cluster it belongs to. A fragment
that could come from two lines never ties them together; plain connected components would (F1 of .985 falls
to .84).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import attrs

from quoteattr.dedup.candidates import candidates
from quoteattr.dedup.occasions import (
    EDIT_DAYS,
    SENTENCE_WORDS,
    Circumstances,
    Relation,
    relation,
    same_line,
)
from quoteattr.dedup.units import Table
from quoteattr.dedup.wording import GAP_CHAR, Kind, Match, Shorter, contained, held

REMEMBERED = 1 << 19
"""Pairs of voices whose relation is remembered, so that memory does not grow with the number of speakers."""
LIKELY, ALIGNED = 8, 4
"""Where the words do not stand in the longer unit unbroken, how many units are looked at, and of those that
have enough words in common, how many are aligned word by word."""
COMMON = 3
"""A few words that so many people speak are nobody's: they are judged like a single word."""

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
    for unit, longer in candidates(table):
        joiner.place(unit, longer)
    return joiner.clusters()


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
        self.relations: dict[int, dict[int, Relation]] = defaultdict(dict)
        self.known = 0
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
        edges.sort(key=_strongest_first)
        for edge in edges:
            ours, theirs = self.homes.of(unit), self.homes.of(edge.longer)
            if ours != theirs and (ours == unit or edge.near_equal):
                self._join(unit, edge, ours, theirs)

    def _join(self, unit: int, edge: Edge, ours: int, theirs: int) -> None:
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
        gapped = GAP_CHAR in short
        common, distinctive = self._common_phrase(unit), self.table.phrases[unit].distinctive
        for other in candidates:
            if not (contained(short, strings[other]) if gapped else short in strings[other]):
                loose.append(other)
            elif not done or self.homes.of(other) not in done:
                edge = self._held(unit, other, common)
                if edge:
                    found.append(edge)
                    done.add(self.homes.of(other))
                    if distinctive and edge.known is Relation.SAME:
                        return found
        if loose and not any(edge.known is Relation.SAME for edge in found):
            found += self._loose(unit, loose[:LIKELY], done)
        return found

    def _loose(self, unit: int, candidates: Sequence[int], done: set[int]) -> list[Edge]:
        """Edges to wordings that do not hold the unit's unbroken."""
        found: list[Edge] = []
        strings, aligned = self.table.strings, 0
        short = Shorter(strings[unit], self.table.words)
        for other in candidates:
            known = self._worth_reading(unit, other)
            if known is None or not short.promising(strings[other]):
                continue
            if self.homes.of(other) not in done:
                match = short.compare(strings[other])
                edge = match and self._edge(unit, other, match, known, False)
                if edge:
                    found.append(edge)
                    done.add(self.homes.of(other))
            aligned += 1
            if aligned == ALIGNED:
                break
        return found

    def _worth_reading(self, u: int, v: int) -> Relation | None:
        """What the voices of two units are to each other; None where no alignment could tie the units."""
        table = self.table
        if not table.phrases[u].distinctive and GAP_CHAR not in table.strings[v]:
            return None
        known = self._relation(table.voices[u], table.voices[v])
        if known is not Relation.CONFLICT:
            return known
        return known if table.phrases[u].distinctive and self._near_days(u, v) else None

    def _near_days(self, u: int, v: int) -> bool:
        days = self.table.days(u, v)
        return days is None or days <= EDIT_DAYS

    def _common_phrase(self, unit: int) -> bool:
        """Whether so many people use a short phrase that it is nobody's."""
        return self.users.get(self.table.strings[unit], 0) >= COMMON

    def _relation(self, x: int, y: int) -> Relation:
        """What two voices are to each other."""
        found = self.relations[x].get(y)
        if found is None:
            people = self.table.people
            self.known += 1
            if self.known > REMEMBERED:
                self.relations.clear()
                self.known = 0
            found = self.relations[x][y] = relation(people[x], people[y])
        return found

    def _held(self, u: int, v: int, common: bool) -> Edge | None:
        """The edge from a unit to a longer one that holds its words, if they are one line."""
        table, phrase = self.table, self.table.phrases[u]
        known = self._relation(table.voices[u], table.voices[v])
        short, long = table.strings[u], table.strings[v]
        if known is Relation.CONFLICT and not phrase.distinctive and short != long:
            return None
        if v in table.quoting and short != long and self._quoted(u, v):
            return None
        return self._edge(u, v, held(short, long, phrase.size), known, common)

    def _quoted(self, u: int, v: int) -> bool:
        """Whether the longer unit only quotes the words, and so was spoken later."""
        return any(self.table.strings[u] in inner for inner in self.table.quoting[v])

    def _edge(self, u: int, v: int, match: Match, known: Relation, common: bool) -> Edge | None:
        """The edge from a unit to a longer one with which it has so much in common, if they are one line."""
        phrase = self.table.phrases[u]
        seen = self._circumstances(u, v, known, common)
        if same_line(match, phrase, seen):
            return Edge(v, known, match, seen.same_article, seen.days)
        if known is Relation.CONFLICT and match.kind is Kind.EQUAL and phrase.content >= 2:
            self.conflicts.add((v, u))
        return None

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
    known: Relation
    """What the two voices are to each other."""
    match: Match
    """What the two wordings have in common."""
    same_article: bool
    """Whether one article prints both."""
    days: int | None
    """Days between them."""

    @property
    def despite(self) -> bool:
        """Whether it holds although the two name different speakers."""
        return self.known is Relation.CONFLICT

    @property
    def near_equal(self) -> bool:
        """Whether both are forms of one wording, so that the edge may join two clusters."""
        return self.match.whole and not self.despite


def _strongest_first(edge: Edge) -> tuple[int, ...]:
    """What makes one cluster a better home than another, most telling first."""
    far = 10**6 if edge.days is None else edge.days
    return (-edge.known, -edge.match.kind, -edge.same_article, -edge.match.common, far, edge.longer)


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
