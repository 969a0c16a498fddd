"""Vectorised filter: reduces the candidates of each wording before pairs are compared one by one.

Most wordings need no comparison: either a longer one of the same speaker contains them, or they share too few
words with every candidate. `quoteattr.dedup.clustering` compares the remaining pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from itertools import starmap
from operator import contains
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from quoteattr.dedup.alignment import contains_pieces, required_common, required_run, share_run
from quoteattr.dedup.candidates import CandidatePairs, WordingColumns
from quoteattr.dedup.ngram_index import WORDING_BITS
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.same_utterance import NEVER, max_days_apart
from quoteattr.dedup.sorted_columns import (
    BoolArray,
    Int32Array,
    Int64Array,
    group_sizes,
    group_starts,
    positions_in_groups,
)
from quoteattr.dedup.speakers import SpeakerRelation
from quoteattr.dedup.vocabulary import GAP_CHAR
from quoteattr.dedup.wordings import NO_DATE_DISTANCE, WordingTable

MOST_CONTAINING = 6
"""Most longer wordings that are considered of those that contain a wording. Missed pairs of 50,000 synthetic
quotations: 17,727 at 6 and without a limit, 17,973 at 4."""
MOST_SIMILAR = 5
"""Most longer wordings that are considered of those that do not contain a wording. Recall on 10,000 synthetic
quotations: 5 .993, 3 .991."""
UNDECIDED = NEVER - 1
"""Takes the place of a number of days if neither a date nor the same article is enough to join the pair."""
DISTANCE_BITS = NO_DATE_DISTANCE.bit_length()
"""Bits that hold a number of days."""


class Shortlist(NamedTuple):
    """The candidates of a wording that pass the filter."""

    wording: int
    """The wording."""
    containing: list[int]
    """Longer wordings that contain it, at most `MOST_CONTAINING`, sorted by speaker, exactly the same words,
    same article, days between them and rank, the best first."""
    similar: list[int]
    """Wordings that do not contain it but share enough words with it, at most `MOST_SIMILAR`, the best
    first."""
    is_settled: bool
    """Whether `containing` has a single wording that is certainly the same utterance."""


class Prefilter:
    """Filters the candidate pairs of a table's wordings.

    Args:
        table: the wordings, ranked.
        columns: the same wordings as numpy arrays.
        relation_of: returns the relation of two speakers, given their numbers.
        common_property: wordings that many people use.
    """

    def __init__(
        self,
        table: WordingTable,
        columns: WordingColumns,
        relation_of: Callable[[int, int], SpeakerRelation],
        common_property: Set[str],
    ) -> None:
        self._vocabulary, self._speaker_count = table.vocabulary, len(table.speakers)
        self._strings = np.array(table.strings, dtype=np.object_)  # to select many at once
        self._columns, self._relation_of = columns, relation_of
        profiles = columns.profiles
        self._has_gap = np.array([GAP_CHAR in string for string in table.strings], dtype=np.bool_)
        self._has_nested = np.zeros(len(table), dtype=np.bool_)
        self._has_nested[list(table.nested)] = True
        self._is_name = columns.flag_by_profile(p.presentation is Presentation.NAME for p in profiles)
        self._distinctive = columns.flag_by_profile(p.distinctive for p in profiles)
        is_common = np.array([string in common_property for string in table.strings], dtype=np.bool_)
        self._most_days = np.where(is_common, self._settling_days(True), self._settling_days(False))
        unbroken, gapped = (
            columns.by_profile(required_common(p.size, gap) for p in profiles) for gap in (False, True)
        )
        self._required_common = np.where(self._has_gap, gapped, unbroken)
        self._required_run = columns.by_profile(required_run(p.size) for p in profiles)

    def _settling_days(self, common_property: bool) -> Int32Array:
        days = (max_days_apart(profile, common_property) for profile in self._columns.profiles)
        return self._columns.by_profile(UNDECIDED if number is None else number for number in days)

    def shortlists(self, chunks: Iterable[CandidatePairs]) -> Iterator[Shortlist]:
        """Yields the remaining candidates of each wording that has any, in order of rank."""
        settled = np.zeros(len(self._strings), dtype=np.bool_)
        for pairs in filter(len, chunks):
            contained = self._contained(pairs)
            containing, is_settling = self._best_containing(pairs[contained], settled)
            others = pairs[~(contained | settled[pairs.shorter])]
            yield from _by_wording(containing, is_settling, others[self._similar(others)])

    def _contained(self, pairs: CandidatePairs) -> BoolArray:
        """Returns for each pair whether the longer wording contains the shorter one."""
        found = self._columns.same_words(pairs)
        unknown = np.flatnonzero(~found & self._columns.may_contain(pairs))
        has_gap = self._has_gap[pairs.shorter[unknown]]
        for rows, test in ((unknown[~has_gap], contains), (unknown[has_gap], contains_pieces)):
            shorter, longer = self._string_pairs(pairs[rows])
            found[rows] = np.fromiter(map(test, longer, shorter), np.bool_, len(rows))
        return found

    def _string_pairs(self, pairs: CandidatePairs) -> Iterator[list[str]]:
        return (self._strings[side].tolist() for side in (pairs.shorter, pairs.longer))

    def _best_containing(self, pairs: CandidatePairs, settled: BoolArray) -> tuple[CandidatePairs, BoolArray]:
        """Returns the best pairs of each wording with longer ones that contain it, and for each pair whether
        it is certainly one utterance.

        The best pair of a wording is certain if both have the same speaker and are near enough in time. The
        wordings with a certain pair are marked in ``settled``.
        """
        columns = self._columns
        relation, same_words = self._relations(pairs), columns.same_words(pairs)
        days = columns.known_days_between(pairs)
        same_article = columns.article[pairs.shorter] == columns.article[pairs.longer]
        weakness = (SpeakerRelation.SAME - relation) << 2 | ~same_words << 1 | ~same_article
        keys = (weakness << DISTANCE_BITS | days) << WORDING_BITS | pairs.longer
        order = np.lexsort((keys, pairs.shorter))
        pairs = pairs[order]
        starts = group_starts(pairs.shorter)
        nth = positions_in_groups(group_sizes(starts, len(pairs)))

        wording, best, first = pairs.shorter[starts], pairs.longer[starts], order[starts]
        most_days = self._most_days[wording]
        is_near = (days[first] <= most_days) | (same_article[first] & (most_days >= NEVER))
        is_speech = ~self._is_name[best] & (same_words[first] | ~self._has_nested[best])
        equal_count = np.add.reduceat(same_words[order], starts, dtype=np.int64) if len(starts) else starts
        # All equal wordings of a short phrase have to be compared.
        is_alone = self._distinctive[wording] | (equal_count == same_words[first])
        is_settling = np.zeros(len(pairs), dtype=np.bool_)
        is_settling[starts] = (relation[first] == SpeakerRelation.SAME) & is_near & is_speech & is_alone
        settled[pairs.shorter[is_settling]] = True
        kept = (nth < MOST_CONTAINING) & (is_settling | ~settled[pairs.shorter])
        return pairs[kept], is_settling[kept]

    def _relations(self, pairs: CandidatePairs) -> Int64Array:
        """The relation of the speakers of each pair."""
        speaker = self._columns.speaker.astype(np.int64)
        packed = speaker[pairs.shorter] * self._speaker_count + speaker[pairs.longer]
        distinct, number = np.unique(packed, return_inverse=True)
        speakers = zip(*(side.tolist() for side in np.divmod(distinct, self._speaker_count)), strict=True)
        return np.fromiter(starmap(self._relation_of, speakers), np.int64, len(distinct))[number]

    def _similar(self, pairs: CandidatePairs) -> Int64Array:
        """Returns the rows of the pairs that share enough words. The given pairs are those in which the
        longer wording does not contain the shorter one."""
        nth = positions_in_groups(group_sizes(group_starts(pairs.shorter), len(pairs)))
        may_match = self._distinctive[pairs.shorter] | self._has_gap[pairs.longer]
        found = np.flatnonzero((nth < MOST_SIMILAR) & may_match)
        if not len(found):
            return found
        pairs = pairs[found]
        shorter, longer = self._string_pairs(pairs)
        enough = self._share_enough(pairs, shorter, longer)
        gaps = np.flatnonzero(enough & (self._has_gap[pairs.shorter] | self._has_gap[pairs.longer]))
        if len(gaps):
            enough[gaps] = self._share_content([shorter[n] for n in gaps], [longer[n] for n in gaps])
        return found[enough]

    def _share_enough(self, pairs: CandidatePairs, shorter: list[str], longer: list[str]) -> BoolArray:
        """Returns for each pair whether it shares enough words, in order or in a run, to match."""
        least, run = self._required_common[pairs.shorter], self._required_run[pairs.shorter]
        cutoff = int(np.minimum(least, run).min())
        common = process.cpdist(
            shorter, longer, scorer=LCSseq.similarity, score_cutoff=cutoff, dtype=np.int32
        )
        may_share_run = common >= run
        enough: BoolArray = (common >= least) | (may_share_run & self._has_gap[pairs.longer])
        for n in np.flatnonzero(may_share_run & ~enough).tolist():
            enough[n] = share_run(shorter[n], longer[n], int(run[n]))
        return enough

    def _share_content(self, shorter: list[str], longer: list[str]) -> BoolArray:
        """Returns for each pair whether it shares half of the content words of the shorter wording.

        This is required of wordings with gaps. Any words may be missing at a gap, so two unrelated sentences
        of the same pattern would otherwise share enough words.
        """
        ours, theirs = map(self._vocabulary.contents_of, (shorter, longer))
        common = process.cpdist(ours, theirs, scorer=LCSseq.similarity, dtype=np.int32)
        shared: BoolArray = 2 * common >= np.array(list(map(len, ours)))
        return shared


def _by_wording(
    containing: CandidatePairs, is_settling: BoolArray, similar: CandidatePairs
) -> Iterator[Shortlist]:
    """Yields the shortlist of each wording, in order of rank."""
    shorter = np.concatenate([containing.shorter, similar.shorter])
    order = np.argsort(shorter, kind="stable")
    shorter, longer = shorter[order], np.concatenate([containing.longer, similar.longer])[order].tolist()
    starts = group_starts(shorter)
    wordings = shorter[starts]
    counts = np.searchsorted(containing.shorter, wordings, "right") - np.searchsorted(
        containing.shorter, wordings
    )
    settled = np.isin(wordings, containing.shorter[is_settling])
    ends = starts + group_sizes(starts, len(longer))
    columns = (wordings, starts, starts + counts, ends, settled)
    for wording, start, middle, end, is_settled in zip(*(c.tolist() for c in columns), strict=True):
        yield Shortlist(wording, longer[start:middle], longer[middle:end], is_settled)
