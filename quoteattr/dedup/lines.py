"""Units to clusters: compared where `candidates` says so, and joined.

The longest unit comes first, and every shorter one joins the one best cluster it belongs to. A fragment
that could come from two lines never ties them together; plain connected components would (F1 of .985 falls
to .84).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

import attrs

from quoteattr.dedup.candidates import candidates
from quoteattr.dedup.occasions import (
    EDIT_DAYS,
    SAID,
    SENTENCE_WORDS,
    Circumstances,
    Manner,
    Relation,
    relation,
    same_line,
)
from quoteattr.dedup.units import Table
from quoteattr.dedup.wording import GAP_CHAR, Kind, Match, Shorter, contained, held

REMEMBERED = 1 << 19
"""Pairs of voices whose relation is remembered, so that memory does not grow with the number of speakers."""
LIKELY, ALIGNED = 5, 4
"""Where the words do not stand in the longer unit unbroken, how many units are looked at, and of those that
have enough words in common, how many are aligned word by word. Recall on 10,000 synthetic quotations: 5 and
4, 8 and 4 .993; 3 and 3 .991; 4 and 2 .987."""
HELD = 6
"""Longer units that hold the words, from the one that fits best, that are asked whether they are the same
line. Pairs missed of 50,000 synthetic quotations: 17,727 at 6 and without a limit, 17,973 at 4."""
FAR = 10**6
"""Days to a unit without a date."""
COMMON = 3
"""A few words that so many people speak are nobody's: they are judged like a single word."""

Surroundings = Callable[[int, int], frozenset[str]]
"""Given a unit and a number of characters, the content words that stand so near around it."""
AROUND = 400
"""Characters before and after a quotation that tell its subject: about the paragraphs beside it."""
SENTENCE = 100
"""Characters before and after it that are about its sentence."""
COPIED, COPIED_SHARE = 8, 0.5
"""Content words beside equal words in two articles that are copied with them, and their share of the fewer.
Of the news' equal words that speaker and date do not join, ten pairs have them: nine passages, one standing
notice."""
RETOLD, RETOLD_SHARE = 5, 0.4
"""The same for words that may be a statement: two reports of one sentence."""


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
    """For short wordings how many people use just these words, where more than one does and none of them has
    two thirds of the printings that tell a speaker: such words are his."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for string, phrase, voice in zip(table.strings, table.phrases, table.voices, strict=True):
        if not phrase.distinctive and table.people[voice].surname:
            people[string][table.people[voice].surname] += 1
    return {
        string: len(found)
        for string, found in people.items()
        if len(found) > 1 and 3 * max(found.values()) < 2 * found.total()
    }


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
        edges.sort(key=_weakness)
        for edge in edges:
            ours, theirs = self.homes.of(unit), self.homes.of(edge.longer)
            if ours != theirs and (ours == unit or edge.near_equal):
                self._join(unit, edge, ours, theirs)

    def _join(self, unit: int, edge: Edge, ours: int, theirs: int) -> None:
        mine, others = self._voices(ours), self._voices(theirs)
        clash = any(self._relation(a, b) is Relation.CONFLICT for a in mine for b in others)
        own = edge.seen.relation is Relation.SAME and edge.seen.same_article and ours == unit
        if clash and not edge.despite and not own:
            return  # the speaker's own words in an article join, though the line is given to another, too
        if clash:
            self.conflicts.add((edge.longer, unit))
        if mine != others:
            self.voices[theirs] = mine | others
        self.homes.join(ours, theirs)

    def _voices(self, home: int) -> set[int]:
        return self.voices.get(home) or {self.table.voices[home]}

    def edges(self, unit: int, candidates: Sequence[int]) -> list[Edge]:
        """At most one edge to each cluster that the unit may join, as far as they matter.

        The strongest that holds settles where the unit goes; after it only units of the very same words are
        asked, which may be one line with several. Before any unit is placed, every unit is a cluster, so that
        the edges hang on the two units alone.
        """
        strings, short, phrase = self.table.strings, self.table.strings[unit], self.table.phrases[unit]
        gapped = GAP_CHAR in short
        loose: list[int] = []
        holding: list[int] = []
        for other in candidates:
            within = contained(short, strings[other]) if gapped else short in strings[other]
            (holding if within else loose).append(other)
        found: list[Edge] = []
        done: set[int] = set()
        settled = False
        for other in self._strongest_first(unit, holding)[:HELD]:
            if settled and strings[other] != short:
                continue
            edge = self._held(unit, other)
            if edge and self._adds(unit, edge, done):
                found.append(edge)
                settled = settled or edge.seen.relation is Relation.SAME
                if settled and phrase.distinctive:
                    return found
        return found if settled or not loose else found + self._loose(unit, loose[:LIKELY], done)

    def _strongest_first(self, unit: int, holding: list[int]) -> list[int]:
        """Longer units that hold the words, in order of `_weakness`."""
        if len(holding) < 2:
            return holding
        table = self.table
        short, voice, article = table.strings[unit], table.voices[unit], table.articles[unit]

        def weakness(other: int) -> tuple[int, ...]:
            days = table.days(unit, other)
            return (
                -self._relation(voice, table.voices[other]),
                table.strings[other] != short,
                table.articles[other] != article,
                FAR if days is None else days,
                other,
            )

        return sorted(holding, key=weakness)

    def _held(self, unit: int, other: int) -> Edge | None:
        """What may tie a unit to a longer one that holds its words."""
        table, phrase, short = self.table, self.table.phrases[unit], self.table.strings[unit]
        known = self._relation(table.voices[unit], table.voices[other])
        if short != table.strings[other]:
            if known is Relation.CONFLICT and not (phrase.distinctive or self._shown(unit, other)):
                return None
            # A longer unit that only quotes the words was spoken later.
            if other in table.quoting and any(short in inner for inner in table.quoting[other]):
                return None
        match = held(short, table.strings[other], phrase.size)
        return Edge(other, match, self._circumstances(unit, other, known))

    def _adds(self, unit: int, edge: Edge, done: set[int]) -> bool:
        """Whether an edge holds, and leads to a cluster to which none does yet."""
        home = self.homes.of(edge.longer)
        if home in done or not self._holds(unit, edge):
            return False
        done.add(home)
        return True

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
                edge = match and Edge(other, match, self._circumstances(unit, other, known))
                if edge and self._adds(unit, edge, done):
                    found.append(edge)
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

    def _holds(self, unit: int, edge: Edge) -> bool:
        """Whether an edge makes one line of the two."""
        phrase = self.table.phrases[unit]
        if same_line(edge.match, phrase, edge.seen):
            return True
        if edge.despite and edge.match.kind is Kind.EQUAL and phrase.content >= 2:
            self.conflicts.add((edge.longer, unit))
        return False

    def _circumstances(self, u: int, v: int, known: Relation) -> Circumstances:
        table = self.table
        return Circumstances(
            known,
            table.articles[u] == table.articles[v],
            table.days(u, v),
            (table.people[table.voices[u]], table.people[table.voices[v]]),
            common=self.users.get(table.strings[u], 0) >= COMMON,
            shown=self._shown(u, v),
            named=Manner.NAMED in (table.phrases[u].manner, table.phrases[v].manner),
            topic=lambda: self._topic(u, v),
            named_beside=lambda: self._named_beside(u, v, AROUND),
            retold=lambda: self._retold(u, v),
            reprinted=lambda: self._reprinted(u, v),
        )

    def _shown(self, u: int, v: int) -> bool:
        return Manner.SHOWN in (self.table.phrases[u].manner, self.table.phrases[v].manner)

    def _reprinted(self, u: int, v: int) -> bool:
        names = self._names_of(u, v)
        ours, theirs = self.around(u, SENTENCE) - names, self.around(v, SENTENCE) - names
        shared, least = len(ours & theirs), min(len(ours), len(theirs))
        if shared >= COPIED and shared >= COPIED_SHARE * least:
            return True
        phrase = self.table.phrases[u]
        told = phrase.size >= SAID and phrase.content > 0
        return told and shared >= RETOLD and shared >= RETOLD_SHARE * least

    def _retold(self, u: int, v: int) -> bool:
        shared = len(self.around(u, SENTENCE) & self.around(v, SENTENCE))
        return shared >= SENTENCE_WORDS and self._named_beside(u, v, SENTENCE)

    def _topic(self, u: int, v: int) -> int:
        return len((self.around(u, AROUND) & self.around(v, AROUND)) - self._names_of(u, v))

    def _names_of(self, u: int, v: int) -> set[str]:
        table = self.table
        return {*table.people[table.voices[u]].words, *table.people[table.voices[v]].words}

    def _named_beside(self, u: int, v: int, reach: int) -> bool:
        """Whether the surroundings of one unit name the other's voice."""
        return self._names(u, v, reach) or self._names(v, u, reach)

    def _names(self, u: int, v: int, reach: int) -> bool:
        called = self.table.people[self.table.voices[v]].called
        return bool(called) and not called.isdisjoint(self.around(u, reach))


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

    def join(self, unit: int, home: int) -> None:
        """Put the cluster of one with the cluster of the other."""
        self.parent[self.of(unit)] = self.of(home)
