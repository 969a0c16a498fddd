"""The search for the best tree, and the cutting into batches; tests/test_live_models.py has the rest."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from quoteattr.networks import batches, maximum_tree

SCORES = st.integers(2, 5).flatmap(
    lambda n: arrays.arrays(np.float64, (n, n), elements=st.integers(-50, 50).map(float), unique=True)
)


def is_tree(heads: tuple[int, ...]) -> bool:
    """Whether every word reaches the root, and one stands right below it."""
    for word in range(1, len(heads)):
        seen = set()
        while word and word not in seen:
            seen.add(word)
            word = heads[word]
        if word:
            return False
    return heads[1:].count(0) == 1


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return sum(float(scores[word, heads[word]]) for word in range(1, len(heads)))


@pytest.mark.slow
@settings(deadline=None, max_examples=50)
@given(SCORES)
def test_no_tree_scores_higher(scores: np.ndarray) -> None:
    trees = [(0, *heads) for heads in product(range(len(scores)), repeat=len(scores) - 1)]
    best = max(total(scores, heads) for heads in trees if is_tree(heads))
    found = tuple(int(head) for head in maximum_tree(scores.copy()))
    assert is_tree(found)
    assert total(scores, found) == pytest.approx(best)


def test_batches_hold_every_sentence_once_and_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoteattr.networks._WORDS_A_BATCH", 1_000)
    sentences = [["a"] * length for length in (1, 2, 600, 400, 1, 2000, 3)]
    cut = list(batches(sentences))
    assert [sentence for batch in cut for sentence in batch] == sentences
    assert [sum(map(len, batch)) for batch in cut] == [603, 401, 2000, 3]
