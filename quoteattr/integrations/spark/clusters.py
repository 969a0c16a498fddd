"""The steps that compare candidates and cluster wordings as `quoteattr.dedup.clustering` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import numpy as np
import pyarrow as pa

from quoteattr.dedup.candidates import CandidatePairs, WordingColumns
from quoteattr.dedup.clustering import Clusterer
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.speakers import SpeakerKey
from quoteattr.dedup.surroundings import words_around
from quoteattr.dedup.vocabulary import Vocabulary
from quoteattr.dedup.wording_profile import wording_profile_of
from quoteattr.dedup.wordings import WordingTable
from quoteattr.integrations.spark.batches import (
    Batches,
    Row,
    batch_of_columns,
    batch_of_rows,
    tables_of_whole_groups,
)

EDGES = pa.schema(
    [("wording", pa.int64()), ("other", pa.int64()), ("nth", pa.int32()), ("matches", pa.bool_())]
)
COMPONENTS = pa.schema([("wording", pa.int64()), ("component", pa.int64())])
CLUSTERS = pa.schema([("wording", pa.int64()), ("cluster", pa.int64())])


class _Wordings:
    """Some wordings of the corpus, in order of rank, with a clusterer for them.

    Args:
        features: the row of each wording, by its number.
    """

    def __init__(self, features: Mapping[int, Row]) -> None:
        self.numbers = sorted(features)
        """The numbers of the wordings, by their position in the clusterer's table."""
        self._position = {number: n for n, number in enumerate(self.numbers)}
        rows = [features[number] for number in self.numbers]
        table = _table(rows)
        users = {table.strings[n]: row["users"] for n, row in enumerate(rows) if row["users"]}

        @cache
        def surroundings_of(wording: int, reach: int) -> frozenset[str]:
            row = rows[wording]
            return words_around(row["window"], row["start"], row["stop"], reach)

        self.clusterer = Clusterer(table, WordingColumns.of(table), surroundings_of, users)

    def pairs(self, found: Iterable[tuple[int, int]]) -> list[CandidatePairs]:
        """Returns pairs, given by the numbers of wordings, as one chunk."""
        positions = [(self._position[wording], self._position[other]) for wording, other in found]
        shorter, longer = np.array(positions, dtype=np.int64).reshape(-1, 2).T
        return [CandidatePairs(shorter, longer)]


def _table(rows: list[Row]) -> WordingTable:
    speakers: dict[SpeakerKey, int] = {}
    vocabulary = Vocabulary()
    speaker_of = [speakers.setdefault(_speaker(row["speaker"]), len(speakers)) for row in rows]
    return WordingTable(
        vocabulary=vocabulary,
        speaker_of=speaker_of,
        speakers=list(speakers),
        strings=[vocabulary.encode(row["tokens"].split()) for row in rows],
        profiles=[
            wording_profile_of(
                row["size"], row["content"], row["title_case"], Presentation(row["presentation"])
            )
            for row in rows
        ],
        articles=[row["number"] for row in rows],
        first_days=[row["first"] for row in rows],
        last_days=[row["last"] for row in rows],
        nested={
            n: [vocabulary.encode(tokens.split()) for tokens in row["nested"]]
            for n, row in enumerate(rows)
            if row["nested"]
        },
    )


def _speaker(row: Row) -> SpeakerKey:
    return SpeakerKey(
        words=tuple(row["words"]),
        kind=row["kind"],
        gender=row["gender"],
        roles=frozenset(map(tuple, row["roles"])),
        proper_words=frozenset(row["proper_words"]),
        reliable=row["reliable"],
    )


def matching_edges(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields the pairs of a wording and a candidate that are one utterance, and those that only conflict.

    Rows are sorted by "wording" and "nth". Each has a candidate in "other" and "features"; one of them is the
    wording itself.
    """
    for table in tables_of_whole_groups(batches, "wording"):
        rows = table.to_pylist()
        wordings = _Wordings({row["other"]: row["features"] for row in rows})
        numbers, clusterer = wordings.numbers, wordings.clusterer
        nth = {(row["wording"], row["other"]): row["nth"] for row in rows if row["other"] != row["wording"]}
        matching = ((numbers[a], numbers[b]) for a, b in clusterer.matching_pairs(wordings.pairs(nth)))
        found = [(*pair, nth[pair], True) for pair in matching]
        found += [(numbers[a], numbers[b], 0, False) for b, a in sorted(clusterer.conflicts)]
        yield batch_of_rows(found, EDGES)


def connected_components(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields the connected component of each wording that has a matching edge. A component has the number of
    its first wording in order of rank. All edges are in one partition."""
    edges = pa.Table.from_batches(
        list(batches), schema=pa.schema([EDGES.field("wording"), EDGES.field("other")])
    )
    numbers, ends = np.unique(
        np.concatenate([edges["wording"].to_numpy(), edges["other"].to_numpy()]), return_inverse=True
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
    yield batch_of_columns({"wording": numbers, "component": numbers[least]}, COMPONENTS)


def cluster_components(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields the cluster of each wording. A cluster has the number of its first wording in order of rank.

    Rows are sorted by "component". Each has a wording in "wording" and "features", and its matching
    candidates.
    """
    for table in tables_of_whole_groups(batches, "component"):
        rows = {row["wording"]: row for row in table.to_pylist()}
        wordings = _Wordings({wording: row["features"] for wording, row in rows.items()})
        pairs = ((wording, other) for wording, row in rows.items() for other in row["candidates"] or ())
        wordings.clusterer.add(wordings.pairs(pairs))
        first: dict[int, int] = {}
        cluster_of = wordings.clusterer.clusters().cluster_of
        found = [(w, first.setdefault(cluster_of[n], w)) for n, w in enumerate(wordings.numbers)]
        yield batch_of_rows(found, CLUSTERS)
