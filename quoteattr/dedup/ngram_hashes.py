"""Hashes of words and word n-grams over many wordings at once."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from quoteattr.dedup.sorted_columns import (
    BoolArray,
    Int32Array,
    Int64Array,
    IntArray,
    positions_in_groups,
)

Hashes = NDArray[np.uint64]
OwnedHashes = tuple[Hashes, Int32Array]
"""Hashes, and the number of the wording that each belongs to."""

TOKENS_AT_ONCE = 1 << 16
"""Tokens hashed at once, so that intermediate columns stay in the processor's cache."""
SHORT_WORDS = 8
"""A wording of up to this many words also looks up pairs of words, because it has few runs of three words,
and these are often common."""
SINGLE_WORDS = 2
"""A wording of up to this many words also looks up single words."""


@attrs.frozen(eq=False)
class FlatWordings:
    """Wordings, ranked longest first, one after another in one array."""

    tokens: NDArray[np.uint32] | NDArray[np.uint64]
    """The numbers of all tokens, one wording after another; 0 stands for a gap."""
    starts: Int64Array
    """The position in ``tokens`` at which each wording starts, and as last element the length of
    ``tokens``."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> Int32Array:
        """Returns for each token the number of its wording."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def select(self, chosen: Int64Array) -> FlatWordings:
        """Returns some of the wordings, in the given order."""
        sizes = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        tokens = self.tokens[np.repeat(self.starts[chosen], sizes) + positions_in_groups(sizes)]
        return FlatWordings(tokens, starts)

    def parts(self) -> Iterator[tuple[slice, FlatWordings]]:
        """Yields parts of about `TOKENS_AT_ONCE` tokens: the range of numbers of some wordings, and these
        wordings."""
        begin = 0
        while begin < len(self):
            end = int(np.searchsorted(self.starts, self.starts[begin] + TOKENS_AT_ONCE))
            starts = self.starts[begin : max(begin + 1, min(end, len(self))) + 1]
            yield (
                slice(begin, begin + len(starts) - 1),
                FlatWordings(self.tokens[starts[0] : starts[-1]], starts - starts[0]),
            )
            begin += len(starts) - 1


def hash_ngrams(wordings: FlatWordings, size: int) -> OwnedHashes:
    """Returns the hashes of all runs of ``size`` words that cross neither a gap nor the end of a wording."""
    count = max(0, len(wordings.tokens) - size + 1)
    columns = [wordings.tokens[i : i + count] for i in range(size)]
    owners = wordings.owners()
    valid = owners[:count] == owners[size - 1 :]
    for column in columns:
        valid &= column != 0
    ngrams = np.flatnonzero(valid)
    return hash_columns(*(column[ngrams] for column in columns)), owners[ngrams]


def speaker_probes(
    wordings: FlatWordings, speakers: IntArray, first: IntArray, probing: BoolArray
) -> Iterator[OwnedHashes]:
    """Yields the hashes that short wordings look up to find longer wordings of the same speaker.

    Args:
        wordings: ranked longest first.
        speakers: for each wording a number for its speaker.
        first: for each wording the number of the period (`PERIOD_DAYS` of ``candidates``) of its first
            occurrence. The periods before and after it are looked up too.
        probing: which wordings look for longer ones.
    """
    sizes = np.diff(wordings.starts)
    chosen = np.flatnonzero(probing & (sizes > 0) & (sizes <= SHORT_WORDS))
    short, by_single_words = wordings.select(chosen), sizes[chosen] <= SINGLE_WORDS
    for shift in (-1, 0, 1):
        seeds = hash_columns(speakers[chosen], first[chosen] + shift)
        (hashes, owners), pairs = _word_and_pair_hashes(short, seeds)
        singles = hashes[by_single_words[owners]], owners[by_single_words[owners]]
        for hashes, owners in (singles, pairs):
            yield hashes, chosen[owners].astype(np.int32)


def speaker_entries(
    wordings: FlatWordings, speakers: IntArray, first: IntArray, last: IntArray
) -> Iterator[OwnedHashes]:
    """Yields the hashes under which wordings are stored, so that the lookups of `speaker_probes` find them.

    Args:
        wordings: ranked longest first.
        speakers: for each wording a number for its speaker.
        first: for each wording the number of the period (`PERIOD_DAYS` of ``candidates``) of its first
            occurrence.
        last: for each wording the number of the period of its last occurrence.
    """
    yield from _word_and_pair_hashes(wordings, hash_columns(speakers, first))
    later = np.flatnonzero(first != last)
    seeds = hash_columns(speakers[later], last[later])
    for hashes, owners in _word_and_pair_hashes(wordings.select(later), seeds):
        yield hashes, later[owners].astype(np.int32)


def _word_and_pair_hashes(wordings: FlatWordings, seeds: Hashes) -> tuple[OwnedHashes, OwnedHashes]:
    """The hashes of single words, and of pairs of words, each combined with the seed of its wording."""
    owners, is_word = wordings.owners(), wordings.tokens != 0
    single = _mix(seeds[owners], wordings.tokens)
    double = _mix(single[:-1], wordings.tokens[1:])
    words = np.flatnonzero(is_word)
    pairs = np.flatnonzero(is_word[:-1] & is_word[1:] & (owners[:-1] == owners[1:]))
    return (single[words], owners[words]), (double[pairs], owners[pairs])


def hash_columns(*columns: IntArray) -> Hashes:
    """Returns one hash for each row of some columns of integers.

    >>> import numpy as np
    >>> a = hash_columns(np.array([1, 2]), np.array([2, 1]))
    >>> bool(a[0] == a[1])
    False
    """
    total = np.full(len(columns[0]), len(columns), dtype=np.uint64)
    for column in columns:
        total = _mix(total, column)
    return total


def _mix(hashes: Hashes, column: IntArray) -> Hashes:
    """The hashes with one more column.

    Source: the finalizer of MurmurHash3, in which every bit of the input changes every bit of the output.
    """
    mixed = hashes * np.uint64(31)
    mixed += column.astype(np.uint64)
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xC4CEB9FE1A85EC53)
    mixed ^= mixed >> np.uint64(33)
    return mixed
