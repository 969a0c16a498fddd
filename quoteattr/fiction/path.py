"""The best path through the speakers of a scene.

A state is the pair of the speaker and of the other one: the last speaker before who was somebody else. The
next quotation is the same speaker's, the other one's (a conversation takes turns), or a third person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_IMPOSSIBLE = -1e9


def best_path(scores: Any, moves: Any) -> list[int]:
    """Returns the number of the best speaker of each quotation.

    Args:
        scores: how well each character suits each quotation, an array of quotations and characters.
        moves: for each quotation the scores that its speaker is the same as that of the one before, the
        other one, or
            a third.
    """
    import numpy as np

    number, people = scores.shape
    state = np.repeat(scores[0][:, None], people, axis=1)
    back = np.zeros((number, people, people), np.int32)
    nobody = np.eye(people, dtype=bool)
    for row in range(1, number):
        same, other, third = _arrivals(state, moves[row], np)
        best_third, from_third = third
        options = np.stack([same, other, best_third])
        chosen = options.argmax(axis=0)
        state = options.max(axis=0) + scores[row][:, None]
        here = np.arange(people)
        origin = np.stack(
            [
                np.add(here[:, None] * people, here[None, :]),  # the same state
                np.add(here[None, :] * people, here[:, None]),  # (other, speaker)
                here[None, :] * people + from_third,  # the speaker before, and his other one
            ]
        )
        back[row] = np.take_along_axis(origin, chosen[None], 0)[0]
    del nobody
    at = int(state.argmax())
    path = [0] * number
    for row in range(number - 1, -1, -1):
        path[row] = at // people
        at = int(back[row].ravel()[at])
    return path


def _arrivals(state: Any, move: Any, np: Any) -> tuple[Any, Any, tuple[Any, Any]]:
    """The scores of reaching each state (speaker, other) in each of the three ways."""
    people = len(state)
    same = state + move[0]
    other = state.T + move[1]
    # a third: from (p, o) to (c, p) with c neither p nor o; the best o for each p and c
    wide = np.repeat(state[None], people, axis=0)  # c, p, o
    here = np.arange(people)
    wide[here, :, here] = _IMPOSSIBLE
    best = wide.max(axis=2) + move[2]
    origin = wide.argmax(axis=2)
    best[here, here] = _IMPOSSIBLE
    other = other.copy()
    other[here, here] = _IMPOSSIBLE
    return same, other, (best, origin)


def marginals(scores: Any, moves: Any) -> Any:
    """Returns the probability of each character for each quotation; arguments as for `best_path`."""
    import numpy as np

    number, people = scores.shape
    here = np.arange(people)
    forward = np.zeros((number, people, people))
    forward[0] = np.exp(scores[0] - scores[0].max())[:, None] / people
    forward[0] /= forward[0].sum()
    weights = [np.exp(row - row.max()) for row in scores]
    steps = np.exp(np.asarray(moves))
    for row in range(1, number):
        forward[row] = _step(forward[row - 1], steps[row], here, np) * weights[row][:, None]
        forward[row] /= forward[row].sum() or 1.0
    backward = np.ones((people, people))
    found = np.zeros((number, people))
    for row in range(number - 1, -1, -1):
        both = forward[row] * backward
        found[row] = both.sum(axis=1) / (both.sum() or 1.0)
        if row:
            backward = _step_back(backward * weights[row][:, None], steps[row], here, np)
            backward /= backward.max() or 1.0
    return found


def _step(state: Any, move: Any, here: Any, np: Any) -> Any:
    """The mass that reaches each state (speaker, other)."""
    other = state.T * move[1]
    other[here, here] = 0.0
    third = (state.sum(axis=1)[None, :] - state.T) * move[2]  # c, p: all o but c
    third[here, here] = 0.0
    return state * move[0] + other + third


def _step_back(after: Any, move: Any, here: Any, np: Any) -> Any:
    """The mass that leaves each state; the mirror of `_step`."""
    other = after.T.copy()
    other[here, here] = 0.0
    third = after.copy()  # c, p
    third[here, here] = 0.0
    total = third.sum(axis=0)[:, None] - third.T  # p, o: all c but o
    return after * move[0] + other * move[1] + total * move[2]


def moves_of(links: Sequence[str], weights: dict[str, Sequence[float]]) -> list[Sequence[float]]:
    """The scores of the three moves for each quotation, by how it follows the one before."""
    return [weights[link] for link in links]
