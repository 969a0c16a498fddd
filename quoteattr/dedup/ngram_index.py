"""Which pairs of many keys are worth comparing: near-linear, in bounded memory, with numpy.

A unit is one folded wording, given as a stretch of a flat array of token numbers. Units must come ranked:
longest first. A unit probes for longer (earlier) ones by its rarest runs of words, since a fragment's words
stand unbroken in the line that it was cut from.

Source of the method: rare-n-gram prefix filtering as in set-similarity joins (Chaudhuri, Ganti and Kaushik,
ICDE 2006), over word n-grams as in Broder's shingles (1997), but with containment instead of resemblance,
which MinHash cannot see: ‘will not look away’ shares a tenth of the shingles of the sentence that it is from.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import attrs
import numpy as np
from numpy.typing import NDArray

from quoteattr.dedup import sorted_columns
from quoteattr.dedup.sorted_columns import Flags, Integers, Numbers, Small

Hashes = NDArray[np.uint64]
Bits = NDArray[np.uint16]
Hashed = tuple[Hashes, Small]
"""Hashes, and the units that have them."""

UNIT_BITS = 24
"""Bits that hold a unit's number beside 40 bits of hash in one sortable integer: 16.7 million units."""
PROBES = 6
"""Rarest runs that a unit looks up. F1 on 106,710 synthetic quotations: 4 .9892, 6 .9894, 8 .9883."""
FIRST, SPREAD, LAST = 8, 8, 8
"""Of a longer posting list the unit compares with its first (the longest lines), some spread over it, and
the last before itself (lines of its own length). Truncated, not dropped: a dropped list loses whole
slogans. Spread, for the variants of one long line stand side by side and would take all places. F1 on 106,710
synthetic quotations: 4 of each .9894, 8 .9894, 12, 12 and 8 .9895; at 426,000 6 of each .985, 8 .987."""
TAKEN = FIRST + SPREAD + LAST
SHORT = 8
"""Up to so many words a unit also probes by pairs of words: its runs of three are few and often common."""
STRETCH = 1 << 16
"""Tokens hashed at a time, so that the columns of hashes in between stay in the cache."""
CHUNK = 1 << 11
"""Units whose pairs are handed out at a time, some hundred thousand before they are counted, so that memory
does not grow with the corpus."""
BLOCK = 14
"""Bits of the number of units whose look-ups are put in order at a time, within the cache."""
PIECE = 20
"""Bits of the length of a piece of the index, which is made piece by piece: what is in between stays small
then, and fresh memory is asked for less often. CPU time of the index of a million quotations against 19 bits
(least of five runs of each in turn): 17 bits 1.18, 20 .96, 21 1.13."""


@attrs.frozen(eq=False)
class Units:
    """Folded wordings, ranked longest first."""

    tokens: NDArray[np.uint32] | NDArray[np.uint64]
    """Token numbers of all units, one after another; 0 is the gap of an ellipsis."""
    starts: Numbers
    """Where each unit starts in ``tokens``, and after the last the length of ``tokens``."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> Small:
        """For each token the number of its unit."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def some(self, chosen: Numbers) -> Units:
        """Some of the units, in the order that is given."""
        sizes = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        return Units(self.tokens[np.repeat(self.starts[chosen], sizes) + sorted_columns.nth(sizes)], starts)

    def stretches(self) -> Iterator[tuple[slice, Units]]:
        """The units in order, some `STRETCH` tokens at a time, and which they are."""
        begin = 0
        while begin < len(self):
            end = int(np.searchsorted(self.starts, self.starts[begin] + STRETCH))
            starts = self.starts[begin : max(begin + 1, min(end, len(self))) + 1]
            yield (
                slice(begin, begin + len(starts) - 1),
                Units(self.tokens[starts[0] : starts[-1]], starts - starts[0]),
            )
            begin += len(starts) - 1


@attrs.frozen(eq=False)
class LookUps:
    """Which posting lists are looked up, a row for each time."""

    owners: Small
    """Who looks it up."""
    first: Small
    """Where the list starts."""
    ahead: Small
    """How many units are on it before the one that looks it up."""
    bits: Bits
    """`some_bits` of its hash."""

    def __getitem__(self, rows: slice | Numbers) -> LookUps:
        return LookUps(self.owners[rows], self.first[rows], self.ahead[rows], self.bits[rows])

    @classmethod
    def joined(cls, parts: Sequence[LookUps]) -> LookUps:
        """The rows of some, one after another."""
        columns = zip(*(attrs.astuple(part, recurse=False) for part in parts), strict=True)
        return cls(*map(np.concatenate, columns))

    def blocks(self) -> dict[int, LookUps]:
        """The rows of each block of units that has any, by the number of the block."""
        block = (self.owners >> BLOCK).astype(np.uint16)
        return {n: self[rows] for n, rows in enumerate(sorted_columns.rows_by(block)) if len(rows)}

    def rarest(self, most: int) -> LookUps:
        """Of the rows of a block so many for each unit, those of the shortest lists, in order of rank."""
        order = by_rarity(self.owners & ((1 << BLOCK) - 1), self.ahead, self.bits)
        owners = self.owners[order]
        return self[
            order[sorted_columns.nth(sorted_columns.sizes(sorted_columns.begins(owners), len(owners))) < most]
        ]


@attrs.frozen(eq=False)
class Source:
    """Posting lists, and who looks what up in them."""

    units: Small
    """The units on the lists: one list after another, each in order of rank."""
    look_ups: LookUps
    """In order of rank of who looks up."""


def by_runs(units: Units) -> Source:
    """Units by runs of three words."""
    hashed_runs = ((here.start, *run_hashes(some, 3)) for here, some in units.stretches())
    entries = (_pack(hashes, owners + np.int32(start)) for start, hashes, owners in hashed_runs)
    pieces = _pieces(entries, _bits(len(units.tokens)))
    return _source(((piece, np.ones(len(piece), dtype=np.bool_)) for piece in pieces), PROBES)


def by_voice(units: Units, voices: Integers, first: Integers, last: Integers, probing: Flags) -> Source:
    """Short units by pairs of words, and the shortest by single words, of one voice and one period.

    Args:
        units: ranked longest first.
        voices: for each unit a number for who spoke.
        first: for each unit the number of the period of its first printing.
        last: for each unit that of its last one.
        probing: which units look for longer ones; periods beside their own are looked up too.
    """
    wanted = list(probes_by_voice(units, voices, first, probing))
    bitmap = _bitmap([hashes for hashes, _ in wanted])
    index = [
        (hashes[kept], owners[kept] + np.int32(here.start))
        for here, some in units.stretches()
        for hashes, owners in index_by_voice(some, voices[here], first[here], last[here])
        for kept in [np.flatnonzero(bitmap[hashes & np.uint64(len(bitmap) - 1)])]
    ]
    return by_key(index, wanted)


def probes_by_voice(units: Units, voices: Integers, first: Integers, probing: Flags) -> Iterator[Hashed]:
    """Hashes by which short units look for others, and the units; as for `by_voice`."""
    sizes = np.diff(units.starts)
    chosen = np.flatnonzero(probing & (sizes > 0) & (sizes <= SHORT))
    short, alone = units.some(chosen), sizes[chosen] <= 2
    for shift in (-1, 0, 1):
        (hashes, owners), of_two = _by_words(short, hashed(voices[chosen], first[chosen] + shift))
        of_one = hashes[alone[owners]], owners[alone[owners]]
        for hashes, owners in (of_one, of_two):
            yield hashes, chosen[owners].astype(np.int32)


def index_by_voice(units: Units, voices: Integers, first: Integers, last: Integers) -> Iterator[Hashed]:
    """Hashes by which units are found, and the units; as for `by_voice`."""
    yield from _by_words(units, hashed(voices, first))
    late = np.flatnonzero(first != last)
    for hashes, owners in _by_words(units.some(late), hashed(voices[late], last[late])):
        yield hashes, late[owners].astype(np.int32)


def _by_words(units: Units, seeds: Hashes) -> tuple[Hashed, Hashed]:
    """Hashes of single words and of pairs, on from a hash of each unit, and the units."""
    owners, said = units.owners(), units.tokens != 0
    single = _mixed(seeds[owners], units.tokens)
    double = _mixed(single[:-1], units.tokens[1:])
    words = np.flatnonzero(said)
    pairs = np.flatnonzero(said[:-1] & said[1:] & (owners[:-1] == owners[1:]))
    return (single[words], owners[words]), (double[pairs], owners[pairs])


def by_key(index: Sequence[Hashed], wanted: Sequence[Hashed]) -> Source:
    """A source by hashes of the caller's own: the wanted look for earlier units of the index, and for each
    other."""
    probes = [_pack(*part) for part in wanted]
    entries = [*(_pack(*part) for part in index), *probes]
    bits = _bits(sum(map(len, entries)))
    both = zip(_pieces(entries, bits), _pieces(probes, bits), strict=True)
    return _source(((piece, _flagged(piece, probing)) for piece, probing in both), sys.maxsize)


def pairs(
    count: int, sources: Sequence[Source], more: tuple[Numbers, Numbers]
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Pairs of units with something in common, in order of rank of the shorter, in chunks.

    Args:
        count: how many units there are.
        sources: what to look up.
        more: further pairs (shorter, longer), in any order.

    Yields:
        Unit numbers of the shorter, those of the longer (always smaller), and how many sources agree on the
        pair. All pairs of one shorter unit are in one chunk.

    >>> import numpy as np
    >>> units = Units(np.array([1, 2, 3, 4, 5, 2, 3, 4]), np.array([0, 5, 8]))
    >>> nothing = np.empty(0, dtype=np.int64)
    >>> [[a.tolist() for a in chunk] for chunk in pairs(2, [by_runs(units)], (nothing, nothing))]
    [[[1], [0], [1]]]
    """
    order = np.argsort(more[0], kind="stable")
    more = (more[0][order], more[1][order])
    bits = count.bit_length()
    step = min(CHUNK, 1 << (32 - bits))  # so that a pair is packed into 32 bits
    for begin in range(0, count, step):
        chunk = [_expanded(source, begin, begin + step, bits) for source in sources]
        cut = sorted_columns.between(more[0], begin, begin + step)
        chunk.append(_packed(more[0][cut] - begin, bits) | more[1][cut].astype(np.uint32))
        packed = np.concatenate(chunk)
        packed.sort(kind="stable")  # they come nearly in order, which this sort knows how to use
        places = sorted_columns.begins(packed)
        kept = packed[places].astype(np.int64)
        yield (kept >> bits) + begin, kept & ((1 << bits) - 1), sorted_columns.sizes(places, len(packed))


def _mixed(hashes: Hashes, column: Integers) -> Hashes:
    """The hashes with one more column: the finalizer of MurmurHash3, in which every bit of the input moves
    every bit of the output."""
    mixed = hashes * np.uint64(31)
    mixed += column.astype(np.uint64)
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xC4CEB9FE1A85EC53)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def hashed(*columns: Integers) -> Hashes:
    """One hash for each row of some columns of integers.

    >>> import numpy as np
    >>> a = hashed(np.array([1, 2]), np.array([2, 1]))
    >>> bool(a[0] == a[1])
    False
    """
    total = np.full(len(columns[0]), len(columns), dtype=np.uint64)
    for column in columns:
        total = _mixed(total, column)
    return total


def _pack(hashes: Hashes, units: Small) -> Hashes:
    """Hash and unit in one integer, so that one plain sort makes posting lists in order of rank."""
    packed = hashes >> np.uint64(UNIT_BITS)
    packed <<= np.uint64(UNIT_BITS)
    packed |= units.astype(np.uint64)
    return packed


def _units(entries: Hashes) -> Small:
    return (entries & np.uint64((1 << UNIT_BITS) - 1)).astype(np.int32)


def run_hashes(units: Units, size: int) -> Hashed:
    """The hashes of all runs of ``size`` words that cross neither gap nor unit end, and their units."""
    count = max(0, len(units.tokens) - size + 1)
    columns = [units.tokens[i : i + count] for i in range(size)]
    owners = units.owners()
    good = owners[:count] == owners[size - 1 :]
    for column in columns:
        good &= column != 0
    runs = np.flatnonzero(good)
    return hashed(*(column[runs] for column in columns)), owners[runs]


def _bitmap(wanted: Sequence[Hashes]) -> Flags:
    """Which remainders the wanted hashes have, of so many that most hashes that nobody wants are seen to be
    so."""
    bitmap = np.zeros(1 << (8 * sum(map(len, wanted))).bit_length(), dtype=np.bool_)  # one in 8 to 16 is set
    for hashes in wanted:
        bitmap[hashes & np.uint64(len(bitmap) - 1)] = True
    return bitmap


def _bits(count: int) -> int:
    """By how many first bits of their hashes so many entries are cut into pieces."""
    return min(8, max(0, count.bit_length() - PIECE))


def _pieces(parts: Iterable[Hashes], bits: int) -> Iterator[Hashes]:
    """Entries in order, without doubles, in pieces of which each has all lists with the same first bits."""
    split = (_split(part, bits) for part in chain([np.empty(0, dtype=np.uint64)], parts))
    for piece in zip(*split, strict=True):
        entries = np.concatenate(piece)
        entries.sort()
        yield entries[sorted_columns.begins(entries)]


def _split(entries: Hashes, bits: int) -> list[Hashes]:
    """The entries by their first bits."""
    if not bits:
        return [entries]
    top = (entries >> np.uint64(64 - bits)).astype(np.uint8)
    return [entries[rows] for rows in sorted_columns.rows_by(top, 1 << bits)]


def _flagged(entries: Hashes, wanted: Hashes) -> Flags:
    """Which of sorted entries are among the wanted, all of which are there."""
    flags = np.zeros(len(entries), dtype=np.bool_)
    flags[np.searchsorted(entries, wanted)] = True
    return flags


def _source(pieces: Iterable[tuple[Hashes, Flags]], most: int) -> Source:
    """Posting lists of sorted entries, looked up by those that are flagged, if an earlier unit is on the
    list; of each unit's the so many shortest."""
    lists: list[Small] = []
    blocks: dict[int, list[LookUps]] = defaultdict(list)
    start = 0
    for entries, probing in pieces:
        units, (first, ahead) = _units(entries), _lists(entries)
        rows = np.flatnonzero(probing & (ahead > 0))
        shared = LookUps(units[rows], first[rows] + np.int32(start), ahead[rows], some_bits(entries[rows]))
        for number, some in shared.blocks().items():
            blocks[number].append(some)
        lists.append(units)
        start += len(entries)
    kept = [LookUps.joined(blocks[number]).rarest(most) for number in sorted(blocks)]
    return Source(np.concatenate(lists), LookUps.joined([shared[:0], *kept]))


def _lists(entries: Hashes) -> tuple[Small, Small]:
    """For each of sorted entries where its list starts, and how many are ahead of it there."""
    begins = sorted_columns.begins(entries >> np.uint64(UNIT_BITS))
    first = np.repeat(begins.astype(np.int32), sorted_columns.sizes(begins, len(entries)))
    return first, np.arange(len(entries), dtype=np.int32) - first


def taken(first: Integers, ahead: Integers) -> tuple[Numbers, Numbers]:
    """Of lists that start so and have so many entries ahead of their prober, which it compares with.

    Returns:
        For each list how many entries are taken; and where they stand, list by list.

    >>> import numpy as np
    >>> [column.tolist() for column in taken(np.array([5, 9, 0]), np.array([2, 0, 1]))]
    [[2, 0, 1], [5, 6, 0]]
    """
    counts = np.minimum(ahead, TAKEN).astype(np.int64)
    begins = np.cumsum(counts) - counts
    places = np.repeat(first - begins, counts)
    places += np.arange(len(places))
    long = np.flatnonzero(ahead > TAKEN)
    begins, total = begins[long][:, np.newaxis] + FIRST, ahead[long][:, np.newaxis].astype(np.int64)
    nth = np.arange(SPREAD)
    places[begins + nth] += nth * (total - FIRST - LAST) // SPREAD - nth
    places[begins + np.arange(SPREAD, SPREAD + LAST)] += total - TAKEN
    return counts, places


def by_rarity(owners: Integers, ahead: Integers, bits: Bits) -> Numbers:
    """The order of the runs of each unit by how many units are ahead on their lists, and of equally rare ones
    by `some_bits` of their hash, so that which of them are looked up hangs on the words alone."""
    return sorted_columns.ordered(bits, ahead, owners)


def some_bits(hashes: Hashes) -> Bits:
    """The first 16 bits of hashes."""
    return (hashes >> np.uint64(48)).astype(np.uint16)


def _expanded(source: Source, begin: int, end: int, bits: int) -> NDArray[np.uint32]:
    """The pairs of units ``begin`` to ``end`` with those before them on their lists, truncated, packed."""
    some = source.look_ups[sorted_columns.between(source.look_ups.owners, begin, end)]
    counts, places = taken(some.first, some.ahead)
    packed = np.repeat(_packed(some.owners - begin, bits), counts)
    packed |= source.units[places].view(np.uint32)
    return packed


def _packed(shorter: Integers, bits: int) -> NDArray[np.uint32]:
    """Numbers of shorter units, from that of the chunk's first, with so many bits left for the longer."""
    return shorter.astype(np.uint32) << np.uint32(bits)
