"""Which pairs of many keys are worth comparing: near-linear, in bounded memory, with numpy.

A unit is one folded wording, given as a stretch of a flat array of token numbers. Units must come ranked:
longest first. A unit probes for longer (earlier) ones by its rarest runs of words, since a fragment's words
stand unbroken in the line that it was cut from.

Source of the method: rare-n-gram prefix filtering as in set-similarity joins (Chaudhuri, Ganti and Kaushik,
ICDE 2006), over word n-grams as in Broder's shingles (1997), but with containment instead of resemblance,
which MinHash cannot see: ‘will not look away’ shares a tenth of the shingles of the sentence that it is from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

UNIT_BITS = 24
"""Bits that hold a unit's number beside 40 bits of hash in one sortable integer: 16.7 million units."""
PROBES = 8
"""Rarest runs that a unit looks up. 4 loses one part in a hundred edited lines, 16 finds no more."""
FIRST, LAST = 48, 16
"""Of a longer posting list the unit compares with its first (the longest lines) and with the last before
itself (lines of its own length). Truncated, not dropped: a dropped list loses whole slogans."""
SHORT = 8
"""Up to so many words a unit also probes by pairs of words, for an edit may break every run of three."""
CHUNK = 2_000_000
"""Pairs handed out at a time: 16 bytes each, so that memory does not grow with the corpus."""


@attrs.frozen(eq=False)
class Units:
    """Folded wordings, ranked longest first."""

    tokens: NDArray[np.uint32]
    """Token numbers of all units, one after another; 0 is the gap of an ellipsis."""
    starts: Numbers
    """Where each unit starts in ``tokens``, and after the last the length of ``tokens``."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> Numbers:
        """For each token the number of its unit."""
        import numpy as np

        return np.repeat(np.arange(len(self)), np.diff(self.starts))


def pairs(units: Units) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs ``(unit, longer unit)`` that share a rare run of words, in chunks, each pair once a chunk.

    Args:
        units: ranked longest first.

    Yields:
        Two arrays of unit numbers, ``shorter > longer`` in every place.

    >>> import numpy as np
    >>> units = Units(np.array([1, 2, 3, 4, 5, 2, 3, 4]), np.array([0, 5, 8]))
    >>> {pair for chunk in pairs(units) for pair in zip(*map(np.ndarray.tolist, chunk))}
    {(1, 0)}
    """
    import numpy as np

    lengths = np.diff(units.starts)
    yield from _expand(*_rarest(_packed(units, 3)))
    short = lengths <= SHORT
    probes = _packed(units, 2, short)
    if len(probes):
        yield from _expand(*_rarest(_within(_packed(units, 2), probes), short))


def joined(
    index: Hashes, index_units: Numbers, probe: Hashes, probe_units: Numbers
) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs ``(probing unit, earlier unit)`` with the same hash, in chunks: blocking by a key of one's own.

    >>> import numpy as np
    >>> h = hashed(np.array([7, 7, 9]))
    >>> [(a.tolist(), b.tolist()) for a, b in joined(h, np.array([0, 1, 2]), h[1:], np.array([1, 2]))]
    [([1], [0])]
    """
    import numpy as np

    wanted = _pack(probe, probe_units)
    entries = np.unique(np.concatenate([_within(_pack(index, index_units), wanted), wanted]))
    yield from _expand(*_lists(entries, np.isin(entries, wanted)))


def _mix(values: Hashes) -> Hashes:
    """The finalizer of MurmurHash3: every bit of the input moves every bit of the output."""
    import numpy as np

    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def hashed(*columns: NDArray[np.integer[Any]]) -> Hashes:
    """One hash for each row of some columns of integers.

    >>> import numpy as np
    >>> a = hashed(np.array([1, 2]), np.array([2, 1]))
    >>> bool(a[0] == a[1])
    False
    """
    import numpy as np

    total = np.full(len(columns[0]), len(columns), dtype=np.uint64)
    for column in columns:
        total = _mix(total * np.uint64(31) + column.astype(np.uint64))
    return total


def _pack(hashes: Hashes, units: Numbers) -> Hashes:
    """Hash and unit in one integer, so that one plain sort makes posting lists in order of rank."""
    import numpy as np

    bits = np.uint64(UNIT_BITS)
    return ((hashes >> bits) << bits) | units.astype(np.uint64)


def _packed(units: Units, size: int, only: NDArray[np.bool_] | None = None) -> Hashes:
    """All runs of ``size`` words that cross neither gap nor unit end, packed, sorted, each once a unit."""
    import numpy as np

    if len(units.tokens) < size:
        return np.empty(0, dtype=np.uint64)
    owner, count = units.owners(), len(units.tokens) - size + 1
    columns = [units.tokens[i : i + count] for i in range(size)]
    good = owner[:count] == owner[size - 1 :]
    for column in columns:
        good &= column != 0
    if only is not None:
        good &= only[owner[:count]]
    entries = _pack(hashed(*(column[good] for column in columns)), owner[:count][good])
    entries.sort()
    return entries[np.flatnonzero(np.diff(entries, prepend=np.uint64(0)))] if len(entries) else entries


def _within(entries: Hashes, wanted: Hashes) -> Hashes:
    """The entries whose hash is probably among the wanted: a bitmap of 2^26 places, checked by 26 bits."""
    import numpy as np

    shift, mask = np.uint64(UNIT_BITS), np.uint64((1 << 26) - 1)
    bitmap = np.zeros(1 << 26, dtype=np.bool_)
    bitmap[(wanted >> shift) & mask] = True
    kept: Hashes = entries[bitmap[(entries >> shift) & mask]]
    return kept


def _lists(entries: Hashes, probing: NDArray[np.bool_]) -> tuple[Hashes, Numbers, Numbers]:
    """Of sorted entries: the entries, for the probing ones their places, and where each one's list starts."""
    import numpy as np

    hashes = entries >> np.uint64(UNIT_BITS)
    new = np.diff(hashes, prepend=~hashes[:1]) != 0
    first = np.maximum.accumulate(np.where(new, np.arange(len(entries)), 0))
    places = np.flatnonzero(probing & ~new)
    return entries, places, first[places]


def _rarest(entries: Hashes, only: NDArray[np.bool_] | None = None) -> tuple[Hashes, Numbers, Numbers]:
    """As `_lists`, each unit probing only by its rarest runs that an earlier unit has too."""
    import numpy as np

    owner = (entries & np.uint64((1 << UNIT_BITS) - 1)).astype(np.int64)
    _, places, first = _lists(entries, np.ones(len(entries), bool) if only is None else only[owner])
    owner = owner[places]
    order = np.argsort((owner << 32) | np.minimum(places - first, (1 << 32) - 1), kind="stable")
    owner = owner[order]
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    nth = np.arange(len(owner)) - np.repeat(begins, np.diff(begins, append=len(owner)))
    kept = order[nth < PROBES]
    return entries, places[kept], first[kept]


def _expand(entries: Hashes, places: Numbers, first: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Every probing place with the units before it on its list, truncated, in chunks without doubles."""
    import numpy as np

    ahead = places - first
    ends = np.cumsum(np.minimum(ahead, FIRST + LAST))
    begin = 0
    while begin < len(places):
        done = ends[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, done + CHUNK, side="right")))
        yield _chunk(entries, places[begin:end], first[begin:end])
        begin = end


def _chunk(entries: Hashes, places: Numbers, first: Numbers) -> tuple[Numbers, Numbers]:
    import numpy as np

    mask = np.uint64((1 << UNIT_BITS) - 1)
    ahead = places - first
    counts = np.minimum(ahead, FIRST + LAST)
    row = np.repeat(np.arange(len(places)), counts)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    skipped = np.where(nth < FIRST, 0, ahead[row] - counts[row])
    shorter = entries[places[row]] & mask
    longer = entries[first[row] + nth + skipped] & mask
    packed = np.sort((shorter << np.uint64(UNIT_BITS)) | longer)
    packed = packed[np.diff(packed, prepend=np.uint64(0)) != 0]
    return (packed >> np.uint64(UNIT_BITS)).astype(np.int64), (packed & mask).astype(np.int64)
