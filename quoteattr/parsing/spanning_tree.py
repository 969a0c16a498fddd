"""Maximum spanning trees: the best heads of the words of a sentence, given a score for every arc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]

_Arc = tuple[int, int]
"""A word and its head."""


def maximum_spanning_tree(scores: Matrix) -> Matrix:
    """Finds the tree with the highest sum of scores[word, head], among the trees with one word below the
    root.

    First, each word gets its best head other than the root. Then the word that loses least by it gets the
    root instead. For nine sentences in ten, the result is a tree, and no tree has a higher sum; for the
    others, `chu_liu_edmonds` finds the best tree.

    Why no tree has a higher sum: each tree has exactly one arc from the root. If all scores of the root are
    changed by the same number, the sums of all trees change by this number, and the best tree stays the same.
    There is a number with which the heads above are the best heads of all words.

    Args:
        scores: a square of finite numbers apart from its diagonal, which is overwritten; row and column 0
            are those of the root.

    Returns:
        The number of each word's head; that of the root is 0.

    >>> maximum_spanning_tree(np.array([[0, 0, 0], [7, 0, 8], [5, 9, 0.0]])).tolist()
    [0, 0, 1]
    """
    np.fill_diagonal(scores, -np.inf)
    heads: Matrix = scores[:, 1:].argmax(axis=1) + 1
    gains = scores[:, 0] - scores[np.arange(len(scores)), heads]
    gains[0] = -np.inf
    heads[[0, int(gains.argmax())]] = 0
    return heads if _is_tree(heads) else chu_liu_edmonds(scores)


def _is_tree(heads: Matrix) -> bool:
    """Whether every word reaches the root by following heads. Each round doubles the number of steps."""
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    return not above.any()


def chu_liu_edmonds(scores: Matrix) -> Matrix:
    """Finds the same tree by search, in time that grows with the square of the sentence's length.

    Best heads are followed until the root is reached. If a path closes a cycle, the cycle is contracted to
    one node. Contraction processes one row and one column for each node of the cycle, so the cost does not
    depend on the scores.

    Source: Chu and Liu (1965); Edmonds, "Optimum Branchings" (1967); one word below the root after Stanojević
    and Cohen, "A Root of a Problem" (EMNLP 2021).

    Args:
        scores: as for `maximum_spanning_tree`; not changed.

    Returns:
        The number of each word's head; that of the root is 0.

    >>> chu_liu_edmonds(np.array([[0, 0, 0], [7, 0, 8], [5, 9, 0.0]])).tolist()
    [0, 0, 1]
    """
    search = _Search(scores)
    for word in range(1, len(scores)):
        search.follow(word)
    return search.heads()


@attrs.frozen
class _Cycle:
    """A contracted cycle, with what is needed to expand it again."""

    node: int
    """The node that represents it: the first of its nodes."""
    owners: Matrix
    """The node that each word belonged to before the contraction."""
    arcs: dict[int, _Arc]
    """The best arc into each of its nodes."""


class _Search:
    """The state of one search. A node is a word, or a contracted cycle under the number of one of its words.

    Mutable, because contraction works in place on the matrices.
    """

    def __init__(self, scores: Matrix) -> None:
        count = len(scores)
        self._all = np.arange(count)
        self._weights = scores.astype(np.float64)
        np.fill_diagonal(self._weights, 0)
        # An arc from the root costs more than all other choices together, so the tree has only one.
        self._weights[:, 0] -= (np.ptp(self._weights) + 1) * count
        np.fill_diagonal(self._weights, -np.inf)
        # For the best arc between two nodes: the word that it enters, and the head that it leaves.
        self._words, self._heads = np.indices((count, count))
        self._owners = self._all.copy()  # the node that holds each word
        self._arcs: dict[int, _Arc] = {}  # the best arc into each node
        self._cycles: list[_Cycle] = []
        self._reached = {0}

    def follow(self, word: int) -> None:
        """Follows best heads from a word to the root or to a node that an earlier path has reached."""
        path = [int(self._owners[word])]
        while path[-1] not in self._reached:
            node = path[-1]
            above = int(self._weights[node].argmax())
            self._arcs[node] = int(self._words[node, above]), int(self._heads[node, above])
            if above in path:
                at = path.index(above)
                self._contract(path[at:])
                path[at:] = [above]
            else:
                path.append(above)
        self._reached.update(path)

    def _contract(self, cycle: Sequence[int]) -> None:
        """Replaces the nodes of a cycle by the first of them."""
        node = cycle[0]
        self._cycles.append(_Cycle(node, self._owners.copy(), {n: self._arcs[n] for n in cycle}))
        best = self._weights[cycle].max(axis=1, keepdims=True)
        entering = self._weights[cycle] - best  # the gain or loss of entering the cycle at each node
        enters = np.take(cycle, entering.argmax(axis=0)), self._all
        leaves = self._all, np.take(cycle, self._weights[:, cycle].argmax(axis=1))
        row, column = entering.max(axis=0), self._weights[leaves]
        row[cycle] = column[cycle] = -np.inf
        for ends in (self._words, self._heads):
            ends[node], ends[:, node] = ends[enters], ends[leaves]
        self._weights[cycle] = self._weights[:, cycle] = -np.inf
        self._weights[node], self._weights[:, node] = row, column
        self._owners[np.isin(self._owners, cycle)] = node

    def heads(self) -> Matrix:
        """Expands the cycles, the last one first. Each is opened at the word that the arc into it enters."""
        for cycle in reversed(self._cycles):
            word, head = self._arcs[cycle.node]
            self._arcs |= cycle.arcs
            self._arcs[int(cycle.owners[word])] = word, head
        found = np.zeros_like(self._all)
        for word, head in self._arcs.values():
            found[word] = head
        return found
