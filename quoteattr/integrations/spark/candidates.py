"""The steps that find pairs of wordings to compare: posting lists, the pairs on them, and the best pairs.

The posting lists have the same entries as in `quoteattr.dedup.candidates`, and are shortened in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from quoteattr.dedup import ngram_hashes, ngram_index
from quoteattr.dedup.candidates import (
    ALL_EQUAL,
    FARTHEST,
    MOST_CANDIDATES,
    MOST_VOTES,
    NEAREST_EQUAL,
    PERIOD_DAYS,
    index_number,
)
from quoteattr.dedup.sorted_columns import IntArray
from quoteattr.dedup.vocabulary import token_hash
from quoteattr.dedup.wording_profile import wording_profile_of
from quoteattr.integrations.spark.batches import (
    Batches,
    Columns,
    Int64Array,
    Row,
    batch_of_columns,
    batch_of_rows,
    tables_of_whole_groups,
)

NGRAM, SPEAKER, EQUAL = 0, 1, 2
"""Kinds of posting lists: wordings that share a run of three words, words of one speaker, or all words."""
ENTRIES = pa.schema(
    [
        ("key", pa.int64()),  # of the posting list
        ("kind", pa.int8()),
        ("wording", pa.int64()),  # its number
        ("probing", pa.bool_()),  # whether it is compared with the entries before it on the list
        ("surname", pa.int64()),  # a number for it; 0 if there is none
        ("first", pa.int32()),
        ("last", pa.int32()),
        ("tokens", pa.int64()),  # a number for them
        ("name", pa.string()),  # the surname itself, by which lists of equal wordings are sorted
    ]
)
PAIRS = pa.schema(
    [
        ("wording", pa.int64()),  # the shorter
        ("other", pa.int64()),
        ("kind", pa.int8()),
        ("ahead", pa.int64()),  # entries before this one on the list: how rare it is
        ("key", pa.int64()),
        ("difference", pa.int8()),  # 0: one surname or equal words, 1: one has no surname, 2: two surnames
        ("apart", pa.int16()),  # days
    ]
)
CANDIDATES = pa.schema([("wording", pa.int64()), ("other", pa.int64()), ("nth", pa.int32())])


def posting_entries(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields one row for each key of a wording: the entry of the wording on a posting list.

    The keys are n-grams and the other keys of `quoteattr.dedup.candidates`.
    """
    for batch in batches:
        rows = batch.to_pylist()
        numbers = [[_index_number(token) for token in row["tokens"].split()] for row in rows]
        flat = np.array([number for line in numbers for number in line], dtype=np.uint32)
        wordings = ngram_hashes.FlatWordings(flat, np.cumsum([0, *map(len, numbers)]))
        names = [row["surname"] for row in rows]
        columns = {name: batch.column(name).to_numpy() for name in ("wording", "first", "last")}
        columns["surname"] = _hashes([token_hash(name) if name else 0 for name in names])
        columns["tokens"] = _hashes([token_hash(row["tokens"]) for row in rows])
        has_content = batch.column("content").to_numpy() > 0
        for kind, hashes, owners, probing in _entries(wordings, columns, has_content):
            # N-grams keep their hash, because `ngram_index.order_by_rarity` uses its bits.
            mixed = hashes if kind == NGRAM else ngram_hashes.hash_columns(np.full(len(hashes), kind), hashes)
            key = mixed.view(np.int64)
            values = {name: column[owners] for name, column in columns.items()}
            values["name"] = np.array(names)[owners] if kind == EQUAL else np.full(len(key), None)
            values |= {"key": key, "kind": np.full(len(key), kind), "probing": np.full(len(key), probing)}
            yield batch_of_columns(values, ENTRIES)


def _hashes(values: Sequence[int]) -> Int64Array:
    return np.array(values, dtype=np.uint64).view(np.int64)


def _entries(
    wordings: ngram_hashes.FlatWordings, columns: Columns, has_content: NDArray[np.bool_]
) -> Iterator[tuple[int, ngram_hashes.Hashes, IntArray, bool]]:
    """Yields groups of entries: their kind, their hashes and wordings, and whether they look up others."""
    hashes, owners = ngram_hashes.hash_ngrams(wordings, 3)
    yield NGRAM, hashes, owners, True
    surname, first, last = (columns[name] for name in ("surname", "first", "last"))
    first, last = first.astype(np.int64) // PERIOD_DAYS, last.astype(np.int64) // PERIOD_DAYS
    for hashes, owners in ngram_hashes.speaker_entries(wordings, surname, first, last):
        named = surname[owners] != 0
        yield SPEAKER, hashes[named], owners[named], False
    probing = (surname != 0) & has_content
    for hashes, owners in ngram_hashes.speaker_probes(wordings, surname, first, probing):
        yield SPEAKER, hashes, owners, True
    with_words = np.flatnonzero(np.diff(wordings.starts))
    yield EQUAL, columns["tokens"].view(np.uint64)[with_words], with_words, False


_index_number = lru_cache(maxsize=1 << 18)(index_number)
"""`index_number` with a cache that is large enough for the distinct words of a large corpus."""


def pairs_of_lists(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields pairs of wordings from posting lists, truncated as in `quoteattr.dedup.ngram_index`.

    Rows are sorted by "key", then by "wording" (on lists of equal wordings: by surname and day); within a
    key, the entries that search for others come before those that are found.
    """
    for table in tables_of_whole_groups(batches, "key"):
        yield _list_pairs({name: table[name].to_numpy() for name in table.column_names})


def _list_pairs(lists: Columns) -> pa.RecordBatch:
    key, wording = lists["key"], lists["wording"]
    repeated = (np.diff(key, prepend=~key[:1]) == 0) & (np.diff(wording, prepend=~wording[:1]) == 0)
    lists = {name: column[~repeated] for name, column in lists.items()}
    key, kind = lists["key"], lists["kind"]
    starts = np.flatnonzero(np.diff(key, prepend=~key[:1]))
    sizes = np.diff(starts, append=len(key))
    first, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
    ahead = np.arange(len(key)) - first
    probing = np.flatnonzero(lists["probing"] & (ahead > 0))
    counts, entries = ngram_index.select_entries(first[probing], ahead[probing])
    equal = np.flatnonzero((kind == EQUAL) & (ahead > 0))
    reach = np.where(size[equal] <= ALL_EQUAL, ahead[equal], np.minimum(ahead[equal], NEAREST_EQUAL))
    nearest = np.arange(reach.sum()) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    ours = np.concatenate([np.repeat(probing, counts), np.repeat(equal, reach)])
    theirs = np.concatenate([entries, np.repeat(equal, reach) - nearest])
    return _pairs(lists, ahead, ours, theirs)


def _pairs(lists: Columns, ahead: Int64Array, a: Int64Array, b: Int64Array) -> pa.RecordBatch:
    """Pairs of the rows ``a`` and ``b`` of posting lists."""
    surname, tokens, first, last, wording = (
        lists[name] for name in ("surname", "tokens", "first", "last", "wording")
    )
    apart = np.maximum(first[a] - last[b], first[b] - last[a])
    columns = {
        "wording": np.maximum(wording[a], wording[b]),
        "other": np.minimum(wording[a], wording[b]),
        "kind": lists["kind"][a],
        "ahead": ahead[a],
        "key": lists["key"][a],
        "difference": np.where(tokens[a] == tokens[b], 0, _difference(surname[a], surname[b])),
        "apart": np.clip(apart, 0, FARTHEST),
    }
    return batch_of_columns(columns, PAIRS)


def _difference(a: Int64Array, b: Int64Array) -> Int64Array:
    return np.where(a == b, 0, np.where((a == 0) | (b == 0), 1, 2))


def pairs_in_articles(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields pairs of a short phrase and a quotation of its article that contains it.

    Rows come sorted by "number".
    """
    for table in tables_of_whole_groups(batches, "number"):
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in table.to_pylist():
            groups[row["number"]].append(row)
        found = [pair for rows in groups.values() for pair in _pairs_in_article(rows)]
        yield batch_of_rows(found, PAIRS)


def _pairs_in_article(rows: Sequence[Row]) -> Iterator[tuple[int, ...]]:
    rows = sorted(rows, key=lambda row: row["wording"])
    for n, row in enumerate(rows):
        if wording_profile_of(row["size"], row["content"]).repeatable:
            for other in rows[:n]:
                if f" {row['tokens']} " in f" {other['tokens']} ":
                    same = row["surname"] == other["surname"] or row["tokens"] == other["tokens"]
                    difference = 0 if same else 2 if row["surname"] and other["surname"] else 1
                    yield row["wording"], other["wording"], EQUAL, 0, 0, difference, 0


def best_candidates(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields the best candidates of each wording, sorted by speaker, shared n-grams, days between them and
    rank.

    Rows come sorted by "wording". The wording itself comes before its candidates, as number 0.
    """
    for table in tables_of_whole_groups(batches, "wording"):
        pairs = {name: table[name].to_numpy() for name in PAIRS.names}
        yield _best({name: column[_by_rare_lists(pairs)] for name, column in pairs.items()})


def _by_rare_lists(pairs: Columns) -> Int64Array:
    """The rows of pairs that share one of the rarest n-grams of the wording, or that were found in another
    way than by n-grams."""
    rows = np.flatnonzero(pairs["kind"] == NGRAM)
    rows = rows[np.argsort(pairs["key"][rows])]
    wording, ahead, key = (pairs[name][rows] for name in ("wording", "ahead", "key"))
    _, owners = np.unique(wording, return_inverse=True)
    order = ngram_index.order_by_rarity(owners, ahead, ngram_index.top_bits(key.view(np.uint64)))
    rows, wording, key = rows[order], wording[order], key[order]
    starts_wording = np.diff(wording, prepend=~wording[:1]) != 0
    ngram = np.cumsum(starts_wording | (np.diff(key, prepend=~key[:1]) != 0))
    starts = np.flatnonzero(starts_wording)
    nth = ngram - np.repeat(ngram[starts], np.diff(starts, append=len(ngram)))
    return np.concatenate([np.flatnonzero(pairs["kind"] != NGRAM), rows[nth < ngram_index.PROBES]])


def _best(pairs: Columns) -> pa.RecordBatch:
    order = np.lexsort((pairs["apart"], pairs["other"], pairs["wording"]))
    pairs = {name: column[order] for name, column in pairs.items()}
    is_new = (np.diff(pairs["wording"], prepend=-1) != 0) | (np.diff(pairs["other"], prepend=-1) != 0)
    rows = np.flatnonzero(is_new)
    votes = np.minimum(np.diff(rows, append=len(is_new)), MOST_VOTES)
    wording, other, difference, apart = (
        pairs[name][rows] for name in ("wording", "other", "difference", "apart")
    )
    order = np.lexsort((other, apart, -votes, difference, wording))
    wording, other = wording[order], other[order]
    starts = np.flatnonzero(np.diff(wording, prepend=-1))
    nth = np.arange(len(wording)) - np.repeat(starts, np.diff(starts, append=len(wording))) + 1
    kept = nth <= MOST_CANDIDATES
    itself = wording[starts]
    columns = {
        "wording": np.concatenate([itself, wording[kept]]),
        "other": np.concatenate([itself, other[kept]]),
        "nth": np.concatenate([np.zeros_like(itself), nth[kept]]),
    }
    return batch_of_columns(columns, CANDIDATES)
