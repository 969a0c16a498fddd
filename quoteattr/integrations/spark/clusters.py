"""The steps that verify candidates and cluster them as `quoteattr.dedup.clustering` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pyarrow as pa

from quoteattr.dedup.alignment import Vocabulary
from quoteattr.dedup.candidates import Columns, Pairs
from quoteattr.dedup.clustering import Joiner
from quoteattr.dedup.occurrences import beside
from quoteattr.dedup.same_utterance import Manner, Voice
from quoteattr.dedup.wordings import Table, known_phrase
from quoteattr.integrations.spark.batches import Batches, Row, batch_of, record, whole

EDGES = pa.schema([("unit", pa.int64()), ("other", pa.int64()), ("nth", pa.int32()), ("joined", pa.bool_())])
COMPONENTS = pa.schema([("unit", pa.int64()), ("component", pa.int64())])
HOMES = pa.schema([("unit", pa.int64()), ("home", pa.int64())])


class _Units:
    """Some units of the corpus, in order of rank, as `quoteattr.dedup.clustering` takes them."""

    def __init__(self, seen: Mapping[int, Row]) -> None:
        self.numbers = sorted(seen)
        self.place = {number: n for n, number in enumerate(self.numbers)}
        self._rows = [seen[number] for number in self.numbers]
        self._around: dict[tuple[int, int], frozenset[str]] = {}
        people: dict[Voice, int] = {}
        words = Vocabulary()
        self.table = Table(
            words=words,
            voices=[people.setdefault(_voice(row["voice"]), len(people)) for row in self._rows],
            people=list(people),
            strings=[words.string(row["wording"].split()) for row in self._rows],
            phrases=[
                known_phrase(row["size"], row["content"], row["titled"], Manner(row["manner"]))
                for row in self._rows
            ],
            articles=[row["number"] for row in self._rows],
            firsts=[row["first"] for row in self._rows],
            lasts=[row["last"] for row in self._rows],
            quoting={
                n: [words.string(wording.split()) for wording in row["inner"]]
                for n, row in enumerate(self._rows)
                if row["inner"]
            },
        )
        users = {self.table.strings[n]: row["users"] for n, row in enumerate(self._rows) if row["users"]}
        self.joiner = Joiner(self.table, Columns.of(self.table), self.around, users)

    def around(self, unit: int, reach: int) -> frozenset[str]:
        """The content words beside a unit's first printing."""
        found = self._around.get((unit, reach))
        if found is None:
            row = self._rows[unit]
            found = self._around[unit, reach] = beside(row["window"], row["start"], row["stop"], reach)
        return found

    def pairs(self, found: Iterable[tuple[int, int]]) -> list[Pairs]:
        """Pairs of units, given by the numbers of all units, as one chunk."""
        places = [(self.place[unit], self.place[other]) for unit, other in found]
        shorter, longer = np.array(places, dtype=np.int64).reshape(-1, 2).T
        return [Pairs(shorter, longer)]


def _voice(row: Row) -> Voice:
    return Voice(
        words=tuple(row["words"]),
        kind=row["kind"],
        sex=row["sex"],
        roles=frozenset(map(tuple, row["roles"])),
        proper=frozenset(row["proper"]),
        sure=row["sure"],
    )


def verified(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Which candidates of a unit are one line with it; and, not joined, which conflict with it.

    Rows come sorted by "unit" and "nth": each with its candidate in "other" and "seen", and the unit itself.
    """
    for table in whole(batches, "unit"):
        rows = table.to_pylist()
        units = _Units({row["other"]: row["seen"] for row in rows})
        nth = {(row["unit"], row["other"]): row["nth"] for row in rows if row["other"] != row["unit"]}
        tied = ((units.numbers[u], units.numbers[v]) for u, v in units.joiner.tied(units.pairs(nth)))
        found = [(*pair, nth[pair], True) for pair in tied]
        found += [(units.numbers[u], units.numbers[v], 0, False) for v, u in sorted(units.joiner.conflicts)]
        yield batch_of(found, EDGES)


def connected(batches: Batches) -> Iterator[pa.RecordBatch]:
    """For each unit of verified pairs, all in one partition, the first in rank that it is tied to."""
    pairs = pa.Table.from_batches(
        list(batches), schema=pa.schema([EDGES.field("unit"), EDGES.field("other")])
    )
    numbers, ends = np.unique(
        np.concatenate([pairs["unit"].to_numpy(), pairs["other"].to_numpy()]), return_inverse=True
    )
    a, b = np.split(ends, 2)
    least = np.arange(len(numbers))
    while True:
        before = least.copy()
        np.minimum.at(least, a, least[b])
        np.minimum.at(least, b, least[a])
        least = least[least]
        if np.array_equal(least, before):
            break
    yield record({"unit": numbers, "component": numbers[least]}, COMPONENTS)


def joined(batches: Batches) -> Iterator[pa.RecordBatch]:
    """For each unit the one that stands for its cluster.

    Rows come sorted by "component": each with its unit in "unit" and "seen", and its verified candidates.
    """
    for table in whole(batches, "component"):
        rows = {row["unit"]: row for row in table.to_pylist()}
        units = _Units({unit: row["seen"] for unit, row in rows.items()})
        units.joiner.join(units.pairs((unit, v) for unit in rows for v in rows[unit]["candidates"] or ()))
        homes: dict[int, int] = {}
        of_unit = units.joiner.clusters().of_unit
        found = [(unit, homes.setdefault(of_unit[n], unit)) for n, unit in enumerate(units.numbers)]
        yield batch_of(found, HOMES)
