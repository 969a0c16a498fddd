"""Which pairs of many keys are worth comparing: near-linear, in bounded memory, with numpy.

A unit is one folded wording, given as a stretch of a flat array of token numbers. Units must come ranked:
longest first. A unit probes for longer (earlier) ones by its rarest runs of words, since a fragment's words
stand unbroken in the line that it was cut from.

Source of the method: rare-n-gram prefix filtering as in set-similarity joins (Chaudhuri, Ganti and Kaushik,
ICDE 2006), over word n-grams as in Broder's shingles (1997), but with containment instead of resemblance,
which MinHash cannot see: ‘will not look away’ shares a tenth of the shingles of the sentence that it is from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from quoteattr.dedup import grouping
from quoteattr.dedup.grouping import Flags, Integers, Numbers

Hashes = NDArray[np.uint64]

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
STRETCH = 1_000_000
"""Tokens hashed at a time, so that the columns of hashes in between stay small."""
CHUNK = 1 << 17
"""Pairs handed out at a time, so that memory does not grow with the corpus; a megabyte stays in the cache."""


@attrs.frozen(eq=False)
class Units:
    """Folded wordings, ranked longest first."""

    tokens: NDArray[np.uint32] | NDArray[np.uint64]
    """Token numbers of all units, one after another; 0 is the gap of an ellipsis."""
    starts: Numbers
    """Where each unit starts in ``tokens``, and after the last the length of ``tokens``."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> Numbers:
        """For each token the number of its unit."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

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
class Source:
    """Posting lists, and who looks what up in them."""

    entries: Hashes
    """Hash and unit packed, sorted: one list after another, each in order of rank."""
    places: Numbers
    """Where in ``entries`` the probing units stand, in order of rank of the units."""
    first: Numbers
    """For each of ``places`` where its list starts."""
    owners: Numbers
    """For each of ``places`` its unit."""


def by_runs(units: Units) -> Source:
    """Units by runs of three words."""
    return _rarest(_packed(units, 3))


def by_voice(units: Units, voices: Integers, first: Integers, last: Integers, probing: Flags) -> Source:
    """Short units by pairs of words, and the shortest by single words, of one voice and one period.

    Args:
        units: ranked longest first.
        voices: for each unit a number for who spoke.
        first: for each unit the number of the period of its first printing.
        last: for each unit that of its last one.
        probing: which units look for longer ones; periods beside their own are looked up too.
    """
    wanted, wanted_units = _joined(probes_by_voice(units, voices, first, probing))
    bitmap = _bitmap(wanted)
    index = (
        (hashes[kept], owners[kept] + here.start)
        for here, some in units.stretches()
        for hashes, owners in index_by_voice(some, voices[here], first[here], last[here])
        for kept in [_marked(bitmap, hashes)]
    )
    return by_key(*_joined(index), wanted, wanted_units)


def probes_by_voice(
    units: Units, voices: Integers, first: Integers, probing: Flags
) -> Iterator[tuple[Hashes, Numbers]]:
    """Hashes by which short units look for others, and the units; as for `by_voice`."""
    sizes = np.diff(units.starts)
    for size, chosen in ((2, probing & (sizes > 1) & (sizes <= SHORT)), (1, probing & (sizes <= 2))):
        owner, words = word_runs(units, size, chosen)
        for shift in (-1, 0, 1):
            yield hashed(voices[owner], first[owner] + shift, *words), owner


def index_by_voice(
    units: Units, voices: Integers, first: Integers, last: Integers
) -> Iterator[tuple[Hashes, Numbers]]:
    """Hashes by which units are found, and the units; as for `by_voice`."""
    for size in (1, 2):
        owner, words = word_runs(units, size)
        late = (first != last)[owner]
        for period, units_of, some in (
            (first, owner, words),
            (last, owner[late], [word[late] for word in words]),
        ):
            yield hashed(voices[units_of], period[units_of], *some), units_of


def _joined(parts: Iterable[tuple[Hashes, Numbers]]) -> tuple[Hashes, Numbers]:
    hashes, owners = zip(*parts, strict=True)
    return np.concatenate(hashes), np.concatenate(owners)


def by_key(index: Hashes, index_units: Numbers, probe: Hashes, probe_units: Numbers) -> Source:
    """A source by hashes of the caller's own: probing units find earlier units of the index."""
    wanted = np.sort(_pack(probe, probe_units))
    entries = _distinct(np.sort(np.concatenate([_pack(index, index_units), wanted])))
    probing = np.zeros(len(entries), dtype=np.bool_)
    probing[np.searchsorted(entries, wanted)] = True
    return _by_owner(entries, *_lists(entries, probing))


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
    cost = np.bincount(more[0], minlength=count).astype(np.int64)
    for source in sources:
        ahead = np.minimum(source.places - source.first, TAKEN)
        cost += np.bincount(source.owners, ahead, minlength=count).astype(np.int64)
    for begin, end in _ranges(np.cumsum(cost)):
        chunk = [_expanded(source, begin, end) for source in sources]
        cut = slice(*np.searchsorted(more[0], (begin, end)))
        chunk.append(
            (more[0][cut].astype(np.uint64) << np.uint64(UNIT_BITS)) | more[1][cut].astype(np.uint64)
        )
        yield _counted(np.concatenate(chunk))


def _ranges(total: Numbers) -> Iterator[tuple[int, int]]:
    """Stretches of units that cost `CHUNK` at most, or one unit."""
    begin = 0
    while begin < len(total):
        done = int(total[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + CHUNK, side="right")))
        yield begin, end
        begin = end


def _counted(packed: Hashes) -> tuple[Numbers, Numbers, Numbers]:
    """Distinct pairs, and how often each came."""
    packed.sort(kind="stable")  # they come nearly in order, which this sort knows how to use
    places = grouping.begins(packed)
    votes = grouping.sizes(places, len(packed))
    kept = packed[places]
    mask = np.uint64((1 << UNIT_BITS) - 1)
    return (kept >> np.uint64(UNIT_BITS)).astype(np.int64), (kept & mask).astype(np.int64), votes


def _mix(values: Hashes) -> Hashes:
    """The finalizer of MurmurHash3: every bit of the input moves every bit of the output."""
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def hashed(*columns: Integers) -> Hashes:
    """One hash for each row of some columns of integers.

    >>> import numpy as np
    >>> a = hashed(np.array([1, 2]), np.array([2, 1]))
    >>> bool(a[0] == a[1])
    False
    """
    total = np.full(len(columns[0]), len(columns), dtype=np.uint64)
    for column in columns:
        total = _mix(total * np.uint64(31) + column.astype(np.uint64))
    return total


def _pack(hashes: Hashes, units: Numbers) -> Hashes:
    """Hash and unit in one integer, so that one plain sort makes posting lists in order of rank."""
    bits = np.uint64(UNIT_BITS)
    return ((hashes >> bits) << bits) | units.astype(np.uint64)


def word_runs(units: Units, size: int, only: Flags | None = None) -> tuple[Numbers, list[NDArray[Any]]]:
    """All runs of ``size`` words that cross neither gap nor unit end: their units, their words by column."""
    count = max(0, len(units.tokens) - size + 1)
    columns = [units.tokens[i : i + count] for i in range(size)]
    owner = units.owners()
    good = owner[:count] == owner[size - 1 :]
    for column in columns:
        good &= column != 0
    if only is not None:
        good &= only[owner[:count]]
    return owner[:count][good], [column[good] for column in columns]


def _packed(units: Units, size: int) -> Hashes:
    """All runs, packed and sorted, each once a unit."""
    parts = [np.empty(0, dtype=np.uint64)]
    for here, some in units.stretches():
        owner, words = word_runs(some, size)
        parts.append(_pack(hashed(*words), owner + here.start))
    entries = np.concatenate(parts)
    entries.sort()
    return _distinct(entries)


def _bitmap(wanted: Hashes) -> Flags:
    """Which of 2^26 remainders the wanted hashes have: most hashes that nobody wants are seen to be so."""
    bitmap = np.zeros(1 << 26, dtype=np.bool_)
    bitmap[wanted & np.uint64((1 << 26) - 1)] = True
    return bitmap


def _marked(bitmap: Flags, hashes: Hashes) -> Flags:
    marked: Flags = bitmap[hashes & np.uint64((1 << 26) - 1)]
    return marked


def _distinct(entries: Hashes) -> Hashes:
    """Sorted entries without doubles."""
    kept: Hashes = entries[grouping.begins(entries)]
    return kept


def _lists(entries: Hashes, probing: Flags | None = None) -> tuple[Numbers, Numbers]:
    """Of sorted entries: places of the probing ones, unless first on their list, and where lists start."""
    hashes = entries >> np.uint64(UNIT_BITS)
    new = np.concatenate([[True], hashes[1:] != hashes[:-1]])[: len(hashes)]
    del hashes
    places = np.flatnonzero(~new if probing is None else probing & ~new)
    return places, np.flatnonzero(new)[np.cumsum(new)[places] - 1]


def _owner(entries: Hashes) -> Numbers:
    return (entries & np.uint64((1 << UNIT_BITS) - 1)).astype(np.int64)


def _by_owner(entries: Hashes, places: Numbers, first: Numbers) -> Source:
    owners = _owner(entries[places])
    order = np.argsort(owners, kind="stable")
    return Source(entries, places[order], first[order], owners[order])


def _rarest(entries: Hashes) -> Source:
    """Each unit probes only by its rarest runs among those that an earlier unit has too."""
    places, first = _lists(entries)
    owners = _owner(entries[places])
    order = np.argsort(rarity(owners, places - first, entries[places]))
    owners = owners[order]
    kept = grouping.nth(grouping.sizes(grouping.begins(owners), len(owners))) < PROBES
    order = order[kept]
    return Source(entries, places[order], first[order], owners[kept])


def taken(ahead: Numbers) -> tuple[Numbers, Numbers]:
    """Of lists with so many entries ahead of their prober, which entries it compares with.

    Returns:
        For each entry that is taken the number of its list, and its place on it.

    >>> import numpy as np
    >>> [column.tolist() for column in taken(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    counts = np.minimum(ahead, TAKEN)
    row = np.repeat(np.arange(len(ahead)), counts)
    nth = grouping.nth(counts)
    total = ahead[row]
    spread = FIRST + (nth - FIRST) * (total - FIRST - LAST) // SPREAD
    place = np.where(nth < FIRST, nth, np.where(nth < FIRST + SPREAD, spread, total - TAKEN + nth))
    return row, np.where(total <= TAKEN, nth, place)


def rarity(owners: Numbers, ahead: Numbers, hashes: Hashes) -> Hashes:
    """What sorts the runs of each unit by how many units are ahead on their lists, and equally rare ones by
    16 bits of their hash, so that which of them are looked up hangs on the words alone."""
    most = np.uint64((1 << UNIT_BITS) - 1)
    packed = (owners.astype(np.uint64) << np.uint64(40)) | (hashes >> np.uint64(48))
    sortable: Hashes = packed | (np.minimum(ahead.astype(np.uint64), most) << np.uint64(16))
    return sortable


def _expanded(source: Source, begin: int, end: int) -> Hashes:
    """The pairs of units ``begin`` to ``end`` with those before them on their lists, truncated, packed."""
    cut = slice(*np.searchsorted(source.owners, (begin, end)))
    places, first = source.places[cut], source.first[cut]
    row, place = taken(places - first)
    longer = source.entries[first[row] + place] & np.uint64((1 << UNIT_BITS) - 1)
    packed: Hashes = (source.owners[cut][row].astype(np.uint64) << np.uint64(UNIT_BITS)) | longer
    return packed
