"""The index of n-grams: which pairs share a rare one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quoteattr.dedup.ngram_index import (
    FIRST,
    LAST,
    PROBES,
    SELECTED,
    candidate_pairs,
    index_by_ngrams,
    index_by_speaker,
    select_entries,
)
from tests.dedup.test_ngram_hashes import flat

NONE = np.empty(0, dtype=np.int64)


def pairs(*wordings: list[int]) -> set[tuple[int, int]]:
    chunks = candidate_pairs(len(wordings), [index_by_ngrams(flat(*wordings))], (NONE, NONE))
    return {
        pair for shorter, longer, _ in chunks for pair in zip(shorter.tolist(), longer.tolist(), strict=True)
    }


def test_a_fragment_finds_its_sentence() -> None:
    assert pairs([1, 2, 3, 4, 5], [6, 7, 8, 9], [2, 3, 4]) == {(2, 0)}


def test_only_the_rarest_ngrams_are_looked_up() -> None:
    fragment = list(range(1, PROBES + 4))
    first, *others = [fragment[n : n + 3] for n in range(PROBES + 1)]
    padding = [50] * len(fragment)
    rare = [[*run, *padding] for run in others]
    common = [[*first, *padding], [*first, *padding]]
    found = pairs(*rare, *common, fragment)
    number = len(rare) + len(common)
    assert {longer for shorter, longer in found if shorter == number} == set(range(len(rare)))


@given(st.lists(st.lists(st.integers(1, 4), min_size=3, max_size=7), min_size=1, max_size=8))
@settings(max_examples=50)
def test_pairs_share_three_words(wordings: list[list[int]]) -> None:
    wordings.sort(key=len, reverse=True)
    runs = [{tuple(w[n : n + 3]) for n in range(len(w) - 2)} for w in wordings]
    expected = {
        (n, m) for n in range(len(wordings)) for m in range(n) if runs[n] & runs[m] and len(runs[n]) <= PROBES
    }
    found = pairs(*wordings)
    assert expected <= found
    assert all(m < n and runs[n] & runs[m] for n, m in found)


def test_votes_count_shared_lists_and_further_pairs() -> None:
    more = np.array([1, 2]), np.array([0, 0])
    index = index_by_ngrams(flat([1, 2, 3, 4], [1, 2, 3, 4], [9]))
    ((shorter, longer, votes),) = candidate_pairs(3, [index], more)
    assert list(zip(shorter.tolist(), longer.tolist(), votes.tolist(), strict=True)) == [(1, 0, 3), (2, 0, 1)]


def test_a_word_finds_its_speaker() -> None:
    wordings = flat([1, 2, 3], [4, 5, 2], [2])
    speakers, day = np.array([1, 2, 1]), np.array([7, 7, 7])
    index = index_by_speaker(wordings, speakers, day, day, np.array([True, True, True]))
    ((shorter, longer, _),) = candidate_pairs(3, [index], (NONE, NONE))
    assert (shorter.tolist(), longer.tolist()) == ([2], [0])


def test_long_lists_are_truncated() -> None:
    counts, entries = select_entries(np.array([100]), np.array([1000]))
    assert counts.tolist() == [SELECTED]
    assert entries[:FIRST].tolist() == list(range(100, 100 + FIRST))
    assert entries[-LAST:].tolist() == list(range(1100 - LAST, 1100))
    assert len(set(entries.tolist())) == SELECTED
    assert all(np.diff(entries) > 0)
