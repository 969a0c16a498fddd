"""The steps that find which units are worth comparing: posting lists, their pairs, the best of these.

The lists are those of `quoteattr.dedup.candidates`, with the same words on them and truncated alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from quoteattr.dedup import ngram_index, sorted_columns
from quoteattr.dedup.alignment import hash_number
from quoteattr.dedup.candidates import COMPARED, FEW, NEIGHBOURS, PERIOD, word_number
from quoteattr.dedup.ngram_index import PROBES
from quoteattr.dedup.wordings import known_phrase
from quoteattr.integrations.spark.batches import Batches, Columns, Numbers, Row, batch_of, record, whole

RUN, VOICE, SAME = 0, 1, 2
"""What two units on one list share: a run of three words, words of one voice, or all words."""
ENTRIES = pa.schema(
    [
        ("key", pa.int64()),  # of the posting list
        ("kind", pa.int8()),
        ("unit", pa.int64()),
        ("probing", pa.bool_()),  # whether it looks for the units before it on the list
        ("surname", pa.int64()),  # a number for it; 0 if there is none
        ("first", pa.int32()),
        ("last", pa.int32()),
        ("wording", pa.int64()),  # a number for it
        ("name", pa.string()),  # the surname itself, where all words are the same: their order
    ]
)
PAIRS = pa.schema(
    [
        ("unit", pa.int64()),  # the shorter
        ("other", pa.int64()),
        ("kind", pa.int8()),
        ("ahead", pa.int64()),  # units on the list before this one: how rare it is
        ("key", pa.int64()),
        ("strange", pa.int8()),  # 0: one surname or the same words, 1: one has no surname, 2: two surnames
        ("apart", pa.int16()),  # days
    ]
)
CANDIDATES = pa.schema([("unit", pa.int64()), ("other", pa.int64()), ("nth", pa.int32())])


def entries(batches: Batches) -> Iterator[pa.RecordBatch]:
    """On which posting lists units stand, as `quoteattr.dedup.candidates` puts them on lists."""
    for batch in batches:
        rows = batch.to_pylist()
        words = [[_number(word) for word in row["wording"].split()] for row in rows]
        tokens = np.array([number for line in words for number in line], dtype=np.uint32)
        found = ngram_index.Units(tokens, np.cumsum([0, *map(len, words)]))
        names = [row["surname"] for row in rows]
        surname = np.array([hash_number(name) if name else 0 for name in names], dtype=np.uint64)
        columns = {name: batch.column(name).to_numpy() for name in ("unit", "first", "last")}
        columns["surname"] = surname.view(np.int64)
        whole_lines = np.array([hash_number(row["wording"]) for row in rows], dtype=np.uint64)
        columns["wording"] = whole_lines.view(np.int64)
        says = batch.column("content").to_numpy() > 0
        for kind, hashes, owners, probing in _on_lists(found, columns, says):
            # Of runs the hash itself: `blocking.rarity` looks at it.
            mixed = hashes if kind == RUN else ngram_index.hashed(np.full(len(hashes), kind), hashes)
            key = mixed.view(np.int64)
            values = {name: column[owners] for name, column in columns.items()}
            values["name"] = np.array(names)[owners] if kind == SAME else np.full(len(key), None)
            values |= {"key": key, "kind": np.full(len(key), kind), "probing": np.full(len(key), probing)}
            yield record(values, ENTRIES)


def _on_lists(
    found: ngram_index.Units, columns: Columns, says: NDArray[np.bool_]
) -> Iterator[tuple[int, ngram_index.Hashes, sorted_columns.Integers, bool]]:
    """Kind, hashes, units, and whether the units are probing."""
    hashes, owners = ngram_index.run_hashes(found, 3)
    yield RUN, hashes, owners, True
    surname, first, last = (columns[name] for name in ("surname", "first", "last"))
    first, last = first.astype(np.int64) // PERIOD, last.astype(np.int64) // PERIOD
    for hashes, owners in ngram_index.index_by_voice(found, surname, first, last):
        named = surname[owners] != 0
        yield VOICE, hashes[named], owners[named], False
    for hashes, owners in ngram_index.probes_by_voice(found, surname, first, (surname != 0) & says):
        yield VOICE, hashes, owners, True
    said = np.flatnonzero(np.diff(found.starts))
    yield SAME, columns["wording"].view(np.uint64)[said], said, False


_number = lru_cache(maxsize=1 << 18)(word_number)
"""The distinct words of a large corpus, as many as `quoteattr.dedup.normalize.fold` keeps."""


def listed(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Pairs of units from posting lists, truncated as `quoteattr.dedup.ngram_index` truncates them.

    Rows come sorted by "key", within it by "unit" (where all words are the same: by surname and day), probing
    ones first.
    """
    for table in whole(batches, "key"):
        yield _listed({name: table[name].to_numpy() for name in table.column_names})


def _listed(lists: Columns) -> pa.RecordBatch:
    key, unit = lists["key"], lists["unit"]
    again = (np.diff(key, prepend=~key[:1]) == 0) & (np.diff(unit, prepend=~unit[:1]) == 0)
    lists = {name: column[~again] for name, column in lists.items()}
    key, kind = lists["key"], lists["kind"]
    begins = np.flatnonzero(np.diff(key, prepend=~key[:1]))
    sizes = np.diff(begins, append=len(key))
    first, size = np.repeat(begins, sizes), np.repeat(sizes, sizes)
    ahead = np.arange(len(key)) - first
    probing = np.flatnonzero(lists["probing"] & (ahead > 0))
    counts, places = ngram_index.taken(first[probing], ahead[probing])
    alike = np.flatnonzero((kind == SAME) & (ahead > 0))
    reach = np.where(size[alike] <= FEW, ahead[alike], np.minimum(ahead[alike], NEIGHBOURS))
    nearest = np.arange(reach.sum()) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    ours = np.concatenate([np.repeat(probing, counts), np.repeat(alike, reach)])
    theirs = np.concatenate([places, np.repeat(alike, reach) - nearest])
    return _pairs(lists, ahead, ours, theirs)


def _pairs(lists: Columns, ahead: Numbers, a: Numbers, b: Numbers) -> pa.RecordBatch:
    surname, wording, first, last, unit = (
        lists[name] for name in ("surname", "wording", "first", "last", "unit")
    )
    apart = np.maximum(first[a] - last[b], first[b] - last[a])
    columns = {
        "unit": np.maximum(unit[a], unit[b]),
        "other": np.minimum(unit[a], unit[b]),
        "kind": lists["kind"][a],
        "ahead": ahead[a],
        "key": lists["key"][a],
        "strange": np.where(wording[a] == wording[b], 0, _strange(surname[a], surname[b])),
        "apart": np.clip(apart, 0, FAR),
    }
    return record(columns, PAIRS)


def _strange(a: Numbers, b: Numbers) -> Numbers:
    return np.where(a == b, 0, np.where((a == 0) | (b == 0), 1, 2))


FAR = 511
"""Days from which on candidates are equally far, as `quoteattr.dedup.candidates` counts them."""
MANY = 31
"""Shared runs from which on candidates share equally many."""


def within_articles(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Pairs of a scrap with the quotations of its article that carry its words. Sorted by "number"."""
    for table in whole(batches, "number"):
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in table.to_pylist():
            groups[row["number"]].append(row)
        found = [pair for rows in groups.values() for pair in _within_article(rows)]
        yield batch_of(found, PAIRS)


def _within_article(rows: Sequence[Row]) -> Iterator[tuple[int, ...]]:
    rows = sorted(rows, key=lambda row: row["unit"])
    for n, row in enumerate(rows):
        if known_phrase(row["size"], row["content"]).scrap:
            for other in rows[:n]:
                if f" {row['wording']} " in f" {other['wording']} ":
                    alike = row["surname"] == other["surname"] or row["wording"] == other["wording"]
                    strange = 0 if alike else 2 if row["surname"] and other["surname"] else 1
                    yield row["unit"], other["unit"], SAME, 0, 0, strange, 0


def best(batches: Batches) -> Iterator[pa.RecordBatch]:
    """For each unit its best candidates, of its rarest runs alone: by speaker, shared runs, date and rank.

    Rows come sorted by "unit". The unit itself comes before its candidates, as number 0.
    """
    for table in whole(batches, "unit"):
        pairs = {name: table[name].to_numpy() for name in PAIRS.names}
        yield _best({name: column[_rare(pairs)] for name, column in pairs.items()})


def _rare(pairs: Columns) -> Numbers:
    """Which pairs are not of runs, or of a unit's rarest."""
    runs = np.flatnonzero(pairs["kind"] == RUN)
    runs = runs[np.argsort(pairs["key"][runs])]
    unit, ahead, key = (pairs[name][runs] for name in ("unit", "ahead", "key"))
    _, owners = np.unique(unit, return_inverse=True)
    order = ngram_index.by_rarity(owners, ahead, ngram_index.some_bits(key.view(np.uint64)))
    runs, unit, key = runs[order], unit[order], key[order]
    new_unit = np.diff(unit, prepend=~unit[:1]) != 0
    run = np.cumsum(new_unit | (np.diff(key, prepend=~key[:1]) != 0))
    begins = np.flatnonzero(new_unit)
    nth = run - np.repeat(run[begins], np.diff(begins, append=len(run)))
    return np.concatenate([np.flatnonzero(pairs["kind"] != RUN), runs[nth < PROBES]])


def _best(pairs: Columns) -> pa.RecordBatch:
    order = np.lexsort((pairs["apart"], pairs["other"], pairs["unit"]))
    pairs = {name: column[order] for name, column in pairs.items()}
    new = (np.diff(pairs["unit"], prepend=-1) != 0) | (np.diff(pairs["other"], prepend=-1) != 0)
    places = np.flatnonzero(new)
    votes = np.minimum(np.diff(places, append=len(new)), MANY)
    unit, other, strange, apart = (pairs[name][places] for name in ("unit", "other", "strange", "apart"))
    order = np.lexsort((other, apart, -votes, strange, unit))
    unit, other = unit[order], other[order]
    begins = np.flatnonzero(np.diff(unit, prepend=-1))
    nth = np.arange(len(unit)) - np.repeat(begins, np.diff(begins, append=len(unit))) + 1
    kept = nth <= COMPARED
    itself = unit[begins]
    columns = {
        "unit": np.concatenate([itself, unit[kept]]),
        "other": np.concatenate([itself, other[kept]]),
        "nth": np.concatenate([np.zeros_like(itself), nth[kept]]),
    }
    return record(columns, CANDIDATES)
