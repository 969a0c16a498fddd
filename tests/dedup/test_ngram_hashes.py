"""Hashes of word n-grams."""

from __future__ import annotations

import numpy as np
import pytest

from quoteattr.dedup import ngram_hashes
from quoteattr.dedup.ngram_hashes import FlatWordings, hash_ngrams, speaker_entries, speaker_probes


def flat(*wordings: list[int]) -> FlatWordings:
    tokens = np.array([token for wording in wordings for token in wording], dtype=np.uint32)
    return FlatWordings(tokens, np.cumsum([0, *map(len, wordings)]))


def test_ngrams_cross_neither_gaps_nor_ends() -> None:
    hashes, owners = hash_ngrams(flat([1, 2, 3, 4], [1, 2], [1, 2, 0, 3, 4, 5], [2, 3, 4]), 3)
    assert owners.tolist() == [0, 0, 2, 3]
    assert hashes[1] == hashes[3]
    assert len(set(hashes.tolist())) == 3


def test_selected_wordings() -> None:
    chosen = flat([1, 2], [3], [4, 5, 6]).select(np.array([2, 0]))
    assert (chosen.tokens.tolist(), chosen.starts.tolist()) == ([4, 5, 6, 1, 2], [0, 3, 5])


def test_parts_have_all_wordings_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = flat([1, 2, 3, 4], [5], [], [6, 7])
    monkeypatch.setattr(ngram_hashes, "TOKENS_AT_ONCE", 3)
    parts = list(wordings.parts())
    assert [n for here, _ in parts for n in range(here.start, here.stop)] == [0, 1, 2, 3]
    assert [t for _, part in parts for t in part.tokens.tolist()] == wordings.tokens.tolist()


def probe_hashes(speaker: int, period: int) -> set[int]:
    probes = speaker_probes(flat([7]), np.array([speaker]), np.array([period]), np.array([True]))
    return {value for hashes, _ in probes for value in hashes.tolist()}


@pytest.mark.parametrize(
    ("speaker", "period", "found"), [(3, 9, True), (3, 10, True), (3, 8, True), (3, 11, False), (4, 9, False)]
)
def test_probes_find_a_word_of_their_speaker_in_adjacent_periods(
    speaker: int, period: int, found: bool
) -> None:
    longer = speaker_entries(flat([5, 7, 6]), np.array([3]), np.array([9]), np.array([9]))
    entries = {value for hashes, _ in longer for value in hashes.tolist()}
    assert bool(probe_hashes(speaker, period) & entries) == found


def test_long_wordings_do_not_probe() -> None:
    wordings = flat(list(range(1, 12)), [1, 2])
    two = np.array([1, 1])
    probes = speaker_probes(wordings, two, two, np.array([True, True]))
    assert {owner for _, owners in probes for owner in owners.tolist()} == {1}
