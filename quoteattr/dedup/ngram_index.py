"""An index of word n-grams that retrieves pairs of wordings in near-linear time and bounded memory.

Wordings are ranked, the longest first. A posting list has all wordings that share an n-gram, in order of
rank. Each wording looks up the posting lists of its rarest n-grams to find longer wordings. This also finds
the sentence of a fragment, because the words of a fragment are consecutive in the sentence.

Source of the method: prefix filtering by rare n-grams as in set-similarity joins (Chaudhuri, Ganti and
Kaushik, ICDE 2006), over word n-grams as in Broder's shingles (1997), but to find containment instead of
resemblance. MinHash estimates resemblance and cannot find a fragment such as ‘will not look away’, which has
only a tenth of the shingles of its sentence.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import attrs
import numpy as np
from numpy.typing import NDArray

from quoteattr.dedup.ngram_hashes import (
    FlatWordings,
    Hashes,
    OwnedHashes,
    hash_ngrams,
    speaker_entries,
    speaker_probes,
)
from quoteattr.dedup.sorted_columns import (
    BoolArray,
    Int32Array,
    Int64Array,
    IntArray,
    group_sizes,
    group_starts,
    positions_in_groups,
    rows_between,
    rows_by_value,
    sorted_rows,
)

HashBits = NDArray[np.uint16]

WORDING_BITS = 24
"""Bits for the number of a wording, so that there can be 16.7 million wordings. An entry of the index is one
sortable integer: 40 bits of a hash, then these bits."""
PROBES = 6
"""Rarest n-grams that a wording looks up. F1 on 106,710 synthetic quotations: 4 .9892, 6 .9894, 8 .9883."""
FIRST, SPREAD, LAST = 8, 8, 8
"""How many entries of a long posting list are compared with a wording: the first ones (the longest wordings),
some spread over the list, and the last ones before the wording itself (those of about its own length). A long
list is shortened and not ignored, because slogans have only long lists. Some entries are spread over the
list, because the first ones may all be variants of one long wording. F1 on 106,710 synthetic quotations: 4 of
each .9894, 8 of each .9894, 12, 12 and 8 .9895; on 426,000 quotations: 6 of each .985, 8 of each .987."""
SELECTED = FIRST + SPREAD + LAST
"""Most entries of a posting list that are compared with a wording."""
CHUNK = 1 << 11
"""Number of wordings whose pairs are yielded together: some hundred thousand pairs before duplicates are
removed. It bounds the memory that pairs take."""
BLOCK_BITS = 14
"""A block has two to the power of this many wordings. The lookups of a block are sorted together and fit into
the processor's cache."""
PIECE_BITS = 20
"""A piece of the index has about two to the power of this many entries. The index is built piece by piece to
keep intermediate arrays small. CPU seconds for the index of a million quotations relative to 19 bits: 17 bits
1.18, 20 .96, 21 1.13."""
MOST_PIECE_BITS = 8
"""There are at most two to the power of this many pieces."""
BITMAP_SPARSENESS = 8
"""Least number of bits of the bitmap for each wanted hash. With so many, it excludes most hashes that are not
wanted."""


@attrs.frozen(eq=False)
class Lookups:
    """Lookups: a row says that a wording looks up a posting list."""

    owners: Int32Array
    """The wording that looks up the list."""
    first: Int32Array
    """The position in `PostingLists.wordings` at which the list starts."""
    ahead: Int32Array
    """The number of wordings on the list before the one that looks it up."""
    bits: HashBits
    """`top_bits` of the list's hash."""

    def __getitem__(self, rows: slice | Int64Array) -> Lookups:
        return Lookups(self.owners[rows], self.first[rows], self.ahead[rows], self.bits[rows])

    @classmethod
    def concatenate(cls, parts: Sequence[Lookups]) -> Lookups:
        """Returns the rows of all parts, one after another."""
        columns = zip(*(attrs.astuple(part, recurse=False) for part in parts), strict=True)
        return cls(*map(np.concatenate, columns))

    def blocks(self) -> dict[int, Lookups]:
        """Returns the rows of each block of wordings, by the number of the block; blocks without rows are
        left out."""
        block = (self.owners >> BLOCK_BITS).astype(np.uint16)
        return {n: self[rows] for n, rows in enumerate(rows_by_value(block)) if len(rows)}

    def rarest(self, most: int) -> Lookups:
        """Returns up to ``most`` rows for each wording of a block: its lookups of the shortest lists. The
        wordings are in order of rank."""
        order = order_by_rarity(self.owners & ((1 << BLOCK_BITS) - 1), self.ahead, self.bits)
        owners = self.owners[order]
        nth = positions_in_groups(group_sizes(group_starts(owners), len(owners)))
        return self[order[nth < most]]


@attrs.frozen(eq=False)
class PostingLists:
    """Posting lists and their lookups."""

    wordings: Int32Array
    """The wordings on the lists: one list after another, each in order of rank."""
    lookups: Lookups
    """The lookups, in order of rank of the wordings that look lists up."""


def index_by_ngrams(wordings: FlatWordings) -> PostingLists:
    """Returns a posting list for each run of three words, and the lookups of each wording's rarest runs."""
    parts = ((here.start, *hash_ngrams(some, 3)) for here, some in wordings.parts())
    entries = (_pack(hashes, owners + np.int32(start)) for start, hashes, owners in parts)
    pieces = _sorted_pieces(entries, _piece_bits(len(wordings.tokens)))
    return _posting_lists(((piece, np.ones(len(piece), dtype=np.bool_)) for piece in pieces), PROBES)


def index_by_speaker(
    wordings: FlatWordings, speakers: IntArray, first: IntArray, last: IntArray, probing: BoolArray
) -> PostingLists:
    """Returns a posting list for each word and pair of words of one speaker in one period, and the lookups
    of short wordings.

    Args:
        wordings: ranked longest first.
        speakers: for each wording a number for its speaker.
        first: for each wording the number of the period of its first occurrence.
        last: for each wording the number of the period of its last occurrence.
        probing: which wordings look for longer ones, in their own period and the ones before and after.
    """
    probes = list(speaker_probes(wordings, speakers, first, probing))
    bitmap = _bitmap([hashes for hashes, _ in probes])
    entries = [
        (hashes[kept], owners[kept] + np.int32(here.start))
        for here, some in wordings.parts()
        for hashes, owners in speaker_entries(some, speakers[here], first[here], last[here])
        for kept in [np.flatnonzero(bitmap[hashes & np.uint64(len(bitmap) - 1)])]
    ]
    return _index_by_hashes(entries, probes)


def _index_by_hashes(entries: Sequence[OwnedHashes], probes: Sequence[OwnedHashes]) -> PostingLists:
    """Posting lists of entries and probes. Only the probes look up the entries and probes before them."""
    packed_probes = [_pack(*part) for part in probes]
    packed = [*(_pack(*part) for part in entries), *packed_probes]
    bits = _piece_bits(sum(map(len, packed)))
    both = zip(_sorted_pieces(packed, bits), _sorted_pieces(packed_probes, bits), strict=True)
    return _posting_lists(((piece, _members(piece, probing)) for piece, probing in both), sys.maxsize)


def candidate_pairs(
    count: int, indexes: Sequence[PostingLists], more: tuple[Int64Array, Int64Array]
) -> Iterator[tuple[Int64Array, Int64Array, Int64Array]]:
    """Yields pairs of wordings that share a posting list, in chunks, in order of rank of the shorter one.

    Args:
        count: the number of wordings.
        indexes: posting lists and their lookups.
        more: further pairs (shorter, longer), in any order.

    Yields:
        Row numbers of the shorter wordings, row numbers of the longer ones (always smaller, because rows are
        ranked longest first), and the number of lists that have the pair. All pairs of a shorter wording are
        in one chunk.

    >>> import numpy as np
    >>> wordings = FlatWordings(np.array([1, 2, 3, 4, 5, 2, 3, 4]), np.array([0, 5, 8]))
    >>> none = np.empty(0, dtype=np.int64)
    >>> [[a.tolist() for a in c] for c in candidate_pairs(2, [index_by_ngrams(wordings)], (none, none))]
    [[[1], [0], [1]]]
    """
    order = np.argsort(more[0], kind="stable")
    more = (more[0][order], more[1][order])
    bits = count.bit_length()
    step = min(CHUNK, 1 << (32 - bits))  # so that a pair fits into 32 bits
    for begin in range(0, count, step):
        parts = [_packed_pairs(index, begin, begin + step, bits) for index in indexes]
        rows = rows_between(more[0], begin, begin + step)
        parts.append(_pack_shorter(more[0][rows] - begin, bits) | more[1][rows].astype(np.uint32))
        packed = np.concatenate(parts)
        packed.sort(kind="stable")  # the pairs are almost sorted, which the stable sort uses
        starts = group_starts(packed)
        distinct = packed[starts].astype(np.int64)
        longer = distinct & ((1 << bits) - 1)
        yield (distinct >> bits) + begin, longer, group_sizes(starts, len(packed))


def select_entries(first: IntArray, ahead: IntArray) -> tuple[Int64Array, Int64Array]:
    """Returns which entries of a posting list are compared with the wording that looks it up.

    Args:
        first: the position of the first entry of each list.
        ahead: the number of entries before the wording on each list.

    Returns:
        The number of selected entries of each list, and the positions of all of them, list by list.

    >>> import numpy as np
    >>> [column.tolist() for column in select_entries(np.array([5, 9, 0]), np.array([2, 0, 1]))]
    [[2, 0, 1], [5, 6, 0]]
    """
    counts = np.minimum(ahead, SELECTED).astype(np.int64)
    starts = np.cumsum(counts) - counts
    entries = np.repeat(first - starts, counts)
    entries += np.arange(len(entries))
    long = np.flatnonzero(ahead > SELECTED)
    starts, total = starts[long][:, np.newaxis] + FIRST, ahead[long][:, np.newaxis].astype(np.int64)
    nth = np.arange(SPREAD)
    entries[starts + nth] += nth * (total - FIRST - LAST) // SPREAD - nth
    entries[starts + np.arange(SPREAD, SPREAD + LAST)] += total - SELECTED
    return counts, entries


def order_by_rarity(owners: IntArray, ahead: IntArray, bits: HashBits) -> Int64Array:
    """Returns the rows of lookups sorted by wording, then by the number of wordings ahead on the list, then
    by the bits of the hash. These bits depend only on the words, so the choice between equally rare n-grams
    does not depend on the order of the articles."""
    return sorted_rows(bits, ahead, owners)


def top_bits(hashes: Hashes) -> HashBits:
    """Returns the first 16 bits of hashes."""
    return (hashes >> np.uint64(48)).astype(np.uint16)


def _pack(hashes: Hashes, wordings: Int32Array) -> Hashes:
    """Packs the hash and the wording of each entry into one integer: 40 bits of the hash, then the wording.
    Sorting these integers gives posting lists in order of rank."""
    packed = hashes >> np.uint64(WORDING_BITS)
    packed <<= np.uint64(WORDING_BITS)
    packed |= wordings.astype(np.uint64)
    return packed


def _unpack_wordings(entries: Hashes) -> Int32Array:
    return (entries & np.uint64((1 << WORDING_BITS) - 1)).astype(np.int32)


def _bitmap(wanted: Sequence[Hashes]) -> BoolArray:
    """A bitmap that has a bit set for each wanted hash, at the position given by its lowest bits."""
    size = 1 << (BITMAP_SPARSENESS * sum(map(len, wanted))).bit_length()
    bitmap = np.zeros(size, dtype=np.bool_)
    for hashes in wanted:
        bitmap[hashes & np.uint64(len(bitmap) - 1)] = True
    return bitmap


def _piece_bits(count: int) -> int:
    """Returns by how many of the highest bits of their hashes ``count`` entries are divided into pieces."""
    return min(MOST_PIECE_BITS, max(0, count.bit_length() - PIECE_BITS))


def _sorted_pieces(parts: Iterable[Hashes], bits: int) -> Iterator[Hashes]:
    """Yields the distinct entries in order, in pieces. The hashes of a piece have the same highest bits."""
    divided = (_divide(part, bits) for part in chain([np.empty(0, dtype=np.uint64)], parts))
    for piece in zip(*divided, strict=True):
        entries = np.concatenate(piece)
        entries.sort()
        yield entries[group_starts(entries)]


def _divide(entries: Hashes, bits: int) -> list[Hashes]:
    """Splits the entries into parts by the highest bits of their hashes."""
    if not bits:
        return [entries]
    top = (entries >> np.uint64(64 - bits)).astype(np.uint8)
    return [entries[rows] for rows in rows_by_value(top, 1 << bits)]


def _members(entries: Hashes, members: Hashes) -> BoolArray:
    """Which entries are members. Both columns are sorted, and all members are entries."""
    flags = np.zeros(len(entries), dtype=np.bool_)
    flags[np.searchsorted(entries, members)] = True
    return flags


def _posting_lists(pieces: Iterable[tuple[Hashes, BoolArray]], most: int) -> PostingLists:
    """Makes posting lists of sorted entries. The wording of a flagged entry looks up the list of the entry if
    an earlier wording is on it. Each wording has up to ``most`` lookups, those of the shortest lists."""
    wordings: list[Int32Array] = []
    blocks: dict[int, list[Lookups]] = defaultdict(list)
    start = 0
    for entries, probing in pieces:
        owners, (first, ahead) = _unpack_wordings(entries), _list_positions(entries)
        rows = np.flatnonzero(probing & (ahead > 0))
        lookups = Lookups(owners[rows], first[rows] + np.int32(start), ahead[rows], top_bits(entries[rows]))
        for number, block in lookups.blocks().items():
            blocks[number].append(block)
        wordings.append(owners)
        start += len(entries)
    kept = [Lookups.concatenate(blocks[number]).rarest(most) for number in sorted(blocks)]
    return PostingLists(np.concatenate(wordings), Lookups.concatenate([lookups[:0], *kept]))


def _list_positions(entries: Hashes) -> tuple[Int32Array, Int32Array]:
    """Returns for each of some sorted entries the position at which its list starts, and the number of
    entries before it on the list."""
    starts = group_starts(entries >> np.uint64(WORDING_BITS))
    first = np.repeat(starts.astype(np.int32), group_sizes(starts, len(entries)))
    return first, np.arange(len(entries), dtype=np.int32) - first


def _packed_pairs(index: PostingLists, begin: int, end: int, bits: int) -> NDArray[np.uint32]:
    """The packed pairs of the wordings from ``begin`` up to ``end`` with the selected entries of their
    lists."""
    lookups = index.lookups[rows_between(index.lookups.owners, begin, end)]
    counts, entries = select_entries(lookups.first, lookups.ahead)
    packed = np.repeat(_pack_shorter(lookups.owners - begin, bits), counts)
    packed |= index.wordings[entries].view(np.uint32)
    return packed


def _pack_shorter(shorter: IntArray, bits: int) -> NDArray[np.uint32]:
    """The numbers of shorter wordings, counted from the first one of the chunk and shifted by ``bits`` bits.
    The number of the longer wording is written into these bits."""
    return shorter.astype(np.uint32) << np.uint32(bits)
