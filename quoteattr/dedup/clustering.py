"""Units to clusters: compared where `candidates` says so, and joined.

The longest unit comes first, and every shorter one joins the one best cluster it belongs to. A fragment
that could come from two lines never ties them together; plain connected components would (F1 of .985 falls
to .84).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import numpy as np

from quoteattr.dedup import sorted_columns
from quoteattr.dedup.alignment import Kind, Match, Shorter, held
from quoteattr.dedup.candidates import Columns, Pairs, candidates
from quoteattr.dedup.context_features import Evidence, Surroundings
from quoteattr.dedup.prefilter import Screen, Screened
from quoteattr.dedup.same_utterance import (
    EDIT_DAYS,
    SAME_WEEKS,
    Circumstances,
    Relation,
    Relations,
    same_line,
)
from quoteattr.dedup.sorted_columns import Numbers
from quoteattr.dedup.wordings import FAR, NO_DAY, Table

ALIGNED = 4
"""Of the `LIKELY` units that do not hold the words, and have enough of them in common, how many are aligned
word by word. Recall on 10,000 synthetic quotations: 4 of 5 or of 8 .993, 3 of 3 .991, 2 of 4 .987."""
COMMON = 3
"""A few words that so many people speak are nobody's: they are judged like a single word."""

RECURRING = 2 * SAME_WEEKS
"""Days between two printings of a few words of one speaker that make them a slogan: twice as many as may lie
between printings of what was said once."""


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
    known = Columns.of(table)
    joiner = Joiner(table, known, around, users(table, known))
    joiner.join(candidates(table, known))
    return joiner.clusters()


def users(table: Table, known: Columns) -> dict[str, int]:
    """For short wordings how many people use just these words, where more than one does and none of them has
    two thirds of the printings that tell a speaker: such words are his. What one speaker comes back to is a
    slogan, and counts as used by `COMMON` people."""
    said: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    distinctive = known.which(phrase.distinctive for phrase in known.phrases)
    for unit in np.flatnonzero((known.surname > 0) & ~distinctive).tolist():
        surname = table.people[table.voices[unit]].surname
        said[table.strings[unit]][surname].append(table.firsts[unit])
    return {string: count for string, people in said.items() if (count := _users(people)) > 1}


def _users(people: Mapping[str, Sequence[int]]) -> int:
    """How many people use some words, given the days on which each of them does."""
    if any(_recurs(days) for days in people.values()):
        return max(len(people), COMMON)
    most, all_days = max(map(len, people.values())), sum(map(len, people.values()))
    return len(people) if 3 * most < 2 * all_days else 1


def _recurs(days: Sequence[int]) -> bool:
    dated = [day for day in days if day != NO_DAY]
    return len(dated) > 1 and max(dated) - min(dated) > RECURRING


class Joiner:
    """Puts every unit, in order of rank, into the one cluster that it belongs to, or into a new one.

    Args:
        table: the units, ranked; they may be some of a larger table's, in the same order.
        known: their columns.
        around: tells the surroundings of a unit.
        users: as `users` tells of the whole table.
    """

    def __init__(self, table: Table, known: Columns, around: Surroundings, users: Mapping[str, int]) -> None:
        self.table = table
        common = {string for string, people in users.items() if people >= COMMON}
        self.evidence = Evidence(table, known, around, common)
        self.relations = Relations(table.people)
        self.screen = Screen(table, known, self.relations, common)
        self.conflicts: set[tuple[int, int]] = set()
        self.homes = _Homes(len(table))
        self.alone = [frozenset([voice]) for voice in range(len(table.people))]
        self.voices: dict[int, frozenset[int]] = {}  # of clusters with more than one voice

    def clusters(self) -> Clusters:
        """What came together."""
        _, firsts, nth = np.unique(self.homes.all(), return_index=True, return_inverse=True)
        of_unit = sorted_columns.places(np.argsort(firsts))[nth]
        return Clusters(of_unit.tolist(), sorted(self.conflicts))

    def join(self, chunks: Iterable[Pairs]) -> None:
        """Let every unit of some pairs join; they come in order of rank of the shorter."""
        for found in self.screen(chunks):
            if found.sure:
                unit, home = found.unit, found.holding[0]
                self._join(unit, home, unit, self.homes.of(home))
            else:
                self._place(found)

    def _place(self, found: Screened) -> None:
        unit = found.unit
        for edge in sorted(self.edges(found), key=_weakness):
            ours, theirs = self.homes.of(unit), self.homes.of(edge.longer)
            if ours != theirs and (ours == unit or edge.near_equal):
                self._join(unit, edge.longer, ours, theirs, edge.despite)

    def _join(self, unit: int, longer: int, ours: int, theirs: int, despite: bool = False) -> None:
        """Put two clusters together; where they name two speakers, only despite that: a speaker's own words
        in an article join, though the line is given to another, too."""
        mine, others = self._voices(ours), self._voices(theirs)
        if mine is not others and mine != others:
            clash = any(self.relations[a, b] is Relation.CONFLICT for a in mine for b in others)
            if clash and not (despite or (ours == unit and self._own(unit, longer))):
                return
            if clash:
                self.conflicts.add((longer, unit))
            if not mine <= others:
                self.voices[theirs] = mine | others
        self.homes.join(ours, theirs)

    def _own(self, unit: int, longer: int) -> bool:
        """Whether one article prints both as one speaker's."""
        articles, voices = self.table.articles, self.table.voices
        known = self.relations[voices[unit], voices[longer]]
        return articles[unit] == articles[longer] and known is Relation.SAME

    def _voices(self, home: int) -> frozenset[int]:
        return self.voices.get(home) or self.alone[self.table.voices[home]]

    def tied(self, chunks: Iterable[Pairs]) -> Iterator[tuple[int, int]]:
        """The pairs that make one line, each unit for itself: before any is placed, each is a cluster."""
        for found in self.screen(chunks):
            for edge in self.edges(found):
                yield found.unit, edge.longer

    def edges(self, found: Screened) -> list[Edge]:
        """At most one edge to each cluster that the unit may join, as far as they matter.

        The strongest that holds settles where the unit goes; after it only units of the very same words are
        asked, which may be one line with several.
        """
        unit, strings = found.unit, self.table.strings
        edges: list[Edge] = []
        done: set[int] = set()
        settled = False
        for other in found.holding:
            home = self.homes.of(other)
            if home in done or (settled and strings[other] != strings[unit]):
                continue
            edge = self._held(unit, other)
            if edge and self._holds(unit, edge):
                done.add(home)
                edges.append(edge)
                settled = settled or edge.seen.relation is Relation.SAME
                if settled and self.table.phrases[unit].distinctive:
                    return edges
        return edges if settled or not found.loose else edges + self._loose(unit, found.loose, done)

    def _held(self, unit: int, other: int) -> Edge | None:
        """What may tie a unit to a longer one that holds its words."""
        table, phrase, short = self.table, self.table.phrases[unit], self.table.strings[unit]
        seen = self._seen(unit, other)
        if short != table.strings[other]:
            if seen.relation is Relation.CONFLICT and not (phrase.distinctive or seen.shown):
                return None
            # A longer unit that only quotes the words was spoken later.
            if other in table.quoting and any(short in inner for inner in table.quoting[other]):
                return None
        return Edge(other, held(short, table.strings[other], phrase.size), seen)

    def _seen(self, unit: int, other: int) -> Circumstances:
        voices = self.table.voices
        return self.evidence.of(unit, other, self.relations[voices[unit], voices[other]])

    def _loose(self, unit: int, candidates: Sequence[int], done: set[int]) -> list[Edge]:
        """Edges to wordings that do not hold the unit's unbroken."""
        found: list[Edge] = []
        strings, aligned = self.table.strings, 0
        short = Shorter(strings[unit], self.table.words)
        for other in candidates:
            seen = self._seen(unit, other)
            if seen.relation is Relation.CONFLICT and not self._may_be_mistaken(unit, seen):
                continue
            home = self.homes.of(other)
            match = None if home in done else short.compare(strings[other])
            edge = match and Edge(other, match, seen)
            if edge and self._holds(unit, edge):
                done.add(home)
                found.append(edge)
            aligned += 1
            if aligned == ALIGNED:
                break
        return found

    def _may_be_mistaken(self, unit: int, seen: Circumstances) -> bool:
        """Whether an edit may be one line with words that are said to be another speaker's."""
        return self.table.phrases[unit].distinctive and (seen.days is None or seen.days <= EDIT_DAYS)

    def _holds(self, unit: int, edge: Edge) -> bool:
        """Whether an edge makes one line of the two."""
        phrase = self.table.phrases[unit]
        if same_line(edge.match, phrase, edge.seen):
            return True
        if edge.despite and edge.match.kind is Kind.EQUAL and phrase.content >= 2:
            self.conflicts.add((edge.longer, unit))
        return False


@attrs.frozen
class Edge:
    """A longer unit that a unit may be one line with."""

    longer: int
    """The longer unit."""
    match: Match
    """What the two wordings have in common."""
    seen: Circumstances
    """What else is known of the two."""

    @property
    def despite(self) -> bool:
        """Whether it holds although the two name different speakers."""
        return self.seen.relation is Relation.CONFLICT

    @property
    def near_equal(self) -> bool:
        """Whether both are forms of one wording, so that the edge may join two clusters."""
        return self.match.whole and not self.despite


def _weakness(edge: Edge) -> tuple[int, ...]:
    """What makes one cluster a better home than another, most telling first; the best has the least."""
    match, seen = edge.match, edge.seen
    far = FAR if seen.days is None else seen.days
    return (-seen.relation, -match.kind, -seen.same_article, -match.common, far, edge.longer)


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

    def all(self) -> Numbers:
        """The same for every unit."""
        parent = np.array(self.parent, dtype=np.int64)
        while not np.array_equal(parent, above := parent[parent]):
            parent = above
        return parent

    def join(self, one: int, other: int) -> None:
        """Put a cluster with another; both are given by the unit that stands for them."""
        self.parent[one] = other
