"""What is left of candidates when everything that columns tell is told, for all pairs of a chunk at once.

Most units stand word for word in a longer one of the same speaker, which settles where they go, or share so
few words with any other that they can be nothing but a line of their own. Where neither is so,
`quoteattr.dedup.clustering` compares and judges, one pair after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from operator import contains
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from quoteattr.dedup import sorted_columns
from quoteattr.dedup.alignment import GAP_CHAR, contained, least_common, shares_run, shortest_run
from quoteattr.dedup.candidates import Columns, Pairs
from quoteattr.dedup.ngram_index import UNIT_BITS
from quoteattr.dedup.same_utterance import NEVER, Manner, Relation, Relations, sure_days
from quoteattr.dedup.sorted_columns import Flags, Numbers, Small
from quoteattr.dedup.wordings import FAR, Table

HELD = 6
"""Longer units that hold the words, from the one that fits best, that are asked whether they are the same
line. Pairs missed of 50,000 synthetic quotations: 17,727 at 6 and without a limit, 17,973 at 4."""
LIKELY = 5
"""Of the units that do not hold the words unbroken, how many are looked at. Recall on 10,000 synthetic
quotations: 5 .993, 3 .991."""
NOWHERE = NEVER - 1
"""In place of days: not even in one article."""
DAY_BITS = FAR.bit_length()
"""Bits that hold a number of days."""


class Screened(NamedTuple):
    """What is left of a unit's candidates."""

    unit: int
    """The unit."""
    holding: list[int]
    """Longer units that hold its words, at most `HELD`, the one that fits best first: by speaker, the very
    same words, the same article, date, rank."""
    loose: list[int]
    """Units that do not hold the words unbroken, at most `LIKELY`, but have enough of them, best first."""
    sure: bool
    """Whether there is but one, which holds the words and surely is the same line."""


class Screen:
    """Tells of pairs of a table's units what needs no reading.

    Args:
        table: the units, ranked.
        known: their columns.
        relations: what their voices are to each other.
        common: wordings of so many people that they are nobody's.
    """

    def __init__(self, table: Table, known: Columns, relations: Relations, common: Set[str]) -> None:
        self.words, self.people = table.words, len(table.people)
        self.strings = np.array(table.strings, dtype=np.object_)  # for picking many at once
        self.known, self.relations = known, relations
        phrases = known.phrases
        self.gapped = np.array([GAP_CHAR in string for string in table.strings], dtype=np.bool_)
        self.quoting = np.zeros(len(table), dtype=np.bool_)
        self.quoting[list(table.quoting)] = True
        self.named = known.which(phrase.manner is Manner.NAMED for phrase in phrases)
        self.distinctive = known.which(phrase.distinctive for phrase in phrases)
        used = np.array([string in common for string in table.strings], dtype=np.bool_)
        self.days = np.where(used, self._days(common=True), self._days(common=False))
        whole, broken = (known.told(least_common(p.size, gaps) for p in phrases) for gaps in (False, True))
        self.least = np.where(self.gapped, broken, whole)
        self.run = known.told(shortest_run(phrase.size) for phrase in phrases)

    def _days(self, common: bool) -> Small:
        days = (sure_days(phrase, common) for phrase in self.known.phrases)
        return self.known.told(NOWHERE if number is None else number for number in days)

    def __call__(self, chunks: Iterable[Pairs]) -> Iterator[Screened]:
        """For each unit that any candidate is left for, in order of rank, those that are."""
        settled = np.zeros(len(self.strings), dtype=np.bool_)
        for pairs in filter(len, chunks):
            holds = self._holds(pairs)
            holding, sure = self._held(pairs[holds], settled)
            loose = pairs[~(holds | settled[pairs.shorter])]
            yield from _by_unit(holding, sure, loose[self._promising(loose)])

    def _holds(self, pairs: Pairs) -> Flags:
        """Where the words of the shorter stand in the longer."""
        found = self.known.alike(pairs)
        asked = np.flatnonzero(~found & self.known.may_hold(pairs))
        gapped = self.gapped[pairs.shorter[asked]]
        for some, holds in ((asked[~gapped], contains), (asked[gapped], _contains_pieces)):
            shorter, longer = self._wordings(pairs[some])
            found[some] = np.fromiter(map(holds, longer, shorter), np.bool_, len(some))
        return found

    def _wordings(self, pairs: Pairs) -> Iterator[list[str]]:
        return (self.strings[side].tolist() for side in (pairs.shorter, pairs.longer))

    def _held(self, pairs: Pairs, settled: Flags) -> tuple[Pairs, Flags]:
        """Of pairs where the longer holds the words those that are asked, and which settle where a unit goes:
        the nearest of the same speaker, if it is near enough. Of few words all of the very same are asked.
        Units that are settled are noted."""
        known = self.known
        relation, alike, days = self._relation(pairs), known.alike(pairs), known.days(pairs)
        here = known.article[pairs.shorter] == known.article[pairs.longer]
        weakness = (Relation.SAME - relation) << 2 | ~alike << 1 | ~here
        order = np.lexsort(((weakness << DAY_BITS | days) << UNIT_BITS | pairs.longer, pairs.shorter))
        pairs = pairs[order]
        begins = sorted_columns.begins(pairs.shorter)
        rank = sorted_columns.nth(sorted_columns.sizes(begins, len(pairs)))

        unit, home, first = pairs.shorter[begins], pairs.longer[begins], order[begins]
        near = (days[first] <= self.days[unit]) | (here[first] & (self.days[unit] >= NEVER))
        spoken = ~self.named[home] & (alike[first] | ~self.quoting[home])
        others = np.add.reduceat(alike[order], begins, dtype=np.int64) if len(begins) else begins
        alone = self.distinctive[unit] | (others == alike[first])
        sure = np.zeros(len(pairs), dtype=np.bool_)
        sure[begins] = (relation[first] == Relation.SAME) & near & spoken & alone
        settled[pairs.shorter[sure]] = True
        kept = (rank < HELD) & (sure | ~settled[pairs.shorter])
        return pairs[kept], sure[kept]

    def _relation(self, pairs: Pairs) -> Numbers:
        voice = self.known.voice.astype(np.int64)
        packed = voice[pairs.shorter] * self.people + voice[pairs.longer]
        distinct, place = np.unique(packed, return_inverse=True)
        voices = zip(*(side.tolist() for side in np.divmod(distinct, self.people)), strict=True)
        return np.fromiter(map(self.relations.__getitem__, voices), np.int64, len(distinct))[place]

    def _promising(self, pairs: Pairs) -> Numbers:
        """Of pairs where the longer does not hold the words those among the likeliest that share enough."""
        rank = sorted_columns.nth(sorted_columns.sizes(sorted_columns.begins(pairs.shorter), len(pairs)))
        worth = self.distinctive[pairs.shorter] | self.gapped[pairs.longer]
        found = np.flatnonzero((rank < LIKELY) & worth)
        if not len(found):
            return found
        pairs = pairs[found]
        shorter, longer = self._wordings(pairs)
        least, run = self.least[pairs.shorter], self.run[pairs.shorter]
        cutoff = int(np.minimum(least, run).min())
        common = process.cpdist(
            shorter, longer, scorer=LCSseq.similarity, score_cutoff=cutoff, dtype=np.int32
        )
        as_run = common >= run
        enough = (common >= least) | (as_run & self.gapped[pairs.longer])
        for n in np.flatnonzero(as_run & ~enough).tolist():
            enough[n] = shares_run(shorter[n], longer[n], int(run[n]))
        gaps = np.flatnonzero(enough & (self.gapped[pairs.shorter] | self.gapped[pairs.longer]))
        if len(gaps):
            enough[gaps] = self._same_matter([shorter[n] for n in gaps], [longer[n] for n in gaps])
        return found[enough]

    def _same_matter(self, shorter: list[str], longer: list[str]) -> Flags:
        """Whether half of a wording's content words are another's: for at a gap any words may be missing, and
        two sentences of one build share half of their words."""
        ours, theirs = map(self.words.tellings, (shorter, longer))
        common = process.cpdist(ours, theirs, scorer=LCSseq.similarity, dtype=np.int32)
        same: Flags = 2 * common >= np.array(list(map(len, ours)))
        return same


def _contains_pieces(long: str, short: str) -> bool:
    return contained(short, long)


def _by_unit(holding: Pairs, sure: Flags, loose: Pairs) -> Iterator[Screened]:
    """The pairs of each unit together, in order of rank."""
    shorter = np.concatenate([holding.shorter, loose.shorter])
    order = np.argsort(shorter, kind="stable")
    shorter, longer = shorter[order], np.concatenate([holding.longer, loose.longer])[order].tolist()
    begins = sorted_columns.begins(shorter)
    units = shorter[begins]
    held = np.searchsorted(holding.shorter, units, "right") - np.searchsorted(holding.shorter, units)
    certain = np.isin(units, holding.shorter[sure])
    ends = begins + sorted_columns.sizes(begins, len(longer))
    rows = zip(*(column.tolist() for column in (units, begins, begins + held, ends, certain)), strict=True)
    for unit, begin, middle, end, of_one in rows:
        yield Screened(unit, longer[begin:middle], longer[middle:end], of_one)
