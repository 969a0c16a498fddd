"""Maximum spanning trees, against brute force and against Stanza."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from quoteattr.parsing.spanning_tree import Matrix, chu_liu_edmonds, maximum_spanning_tree

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


def total(scores: Matrix, heads: tuple[int, ...]) -> float:
    return sum(float(scores[word, heads[word]]) for word in range(1, len(heads)))


def cyclic(length: int) -> Matrix:
    """Scores by which every word is the best head of the one beside it: cycles inside cycles."""
    positions, noise = np.arange(length), np.random.default_rng(3).normal(size=(length, length))
    scores: Matrix = noise / 10 - 3.0 * abs(positions[:, None] - positions)
    scores[:, 0] -= 50
    return scores


@settings(deadline=None, max_examples=50)
@given(SCORES)
def test_no_tree_scores_higher(scores: Matrix) -> None:
    trees = [(0, *heads) for heads in product(range(len(scores)), repeat=len(scores) - 1)]
    best = max(total(scores, heads) for heads in trees if is_tree(heads))
    for search in (maximum_spanning_tree, chu_liu_edmonds):
        found = tuple(search(scores.copy()).tolist())
        assert is_tree(found)
        assert total(scores, found) == pytest.approx(best)


def test_the_tree_is_the_one_that_stanza_finds() -> None:
    edmonds = pytest.importorskip("stanza.models.common.chuliu_edmonds")
    scores = cyclic(60)
    found = chu_liu_edmonds(scores)
    assert is_tree(tuple(found.tolist()))
    assert found.tolist() == edmonds.chuliu_edmonds_one_root(scores).tolist()


def test_cycles_inside_cycles_are_resolved() -> None:
    scores = cyclic(6)
    trees = [(0, *heads) for heads in product(range(6), repeat=5)]
    best = max((heads for heads in trees if is_tree(heads)), key=lambda heads: total(scores, heads))
    assert tuple(chu_liu_edmonds(scores).tolist()) == best


def test_a_sentence_of_one_word() -> None:
    assert maximum_spanning_tree(np.zeros((2, 2))).tolist() == [0, 0]
