"""The best path and the probabilities of speakers, against a search through all paths."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from quoteattr.fiction.path import best_path, marginals


def scored(scores: Any, moves: Any) -> dict[tuple[tuple[int, ...], int], float]:
    """The score of every path with every start of the other speaker, the best start for each path."""
    number, people = scores.shape
    found: dict[tuple[tuple[int, ...], int], float] = {}
    for path in product(range(people), repeat=number):
        for other in range(people):
            total, last = scores[0, path[0]], other
            for row in range(1, number):
                before, now = path[row - 1], path[row]
                if now == before:
                    total += moves[row][0]
                else:
                    total += moves[row][1] if now == last else moves[row][2]
                    last = before
                total += scores[row, now]
            found[path, other] = total
    return found


@pytest.mark.parametrize("seed", range(8))
def test_best_path_is_the_best_of_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(4, 3))
    moves = random.normal(size=(4, 3))
    every = scored(scores, moves)
    best, _ = max(every, key=lambda key: every[key])
    assert best_path(scores, moves) == list(best)


@pytest.mark.parametrize("seed", range(8))
def test_probabilities_are_sums_over_all_paths(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(4, 3))
    moves = random.normal(size=(4, 3))
    expected = np.zeros((4, 3))
    for (path, _), score in scored(scores, moves).items():
        for row, speaker in enumerate(path):
            expected[row, speaker] += np.exp(score)
    expected /= expected.sum(axis=1, keepdims=True)
    assert np.allclose(marginals(scores, moves), expected)


def test_two_take_turns() -> None:
    scores = np.array([[2.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    turn = (-1.0, 1.9, -0.9)
    assert best_path(scores, [turn] * 4) == [0, 1, 0, 1]
