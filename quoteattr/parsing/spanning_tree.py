"""The best tree over the words of a sentence, given how well each word suits each other as its head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]


def search_tree(scores: Numbers) -> Numbers:
    """The head of each word in the best tree with one word below its root, by the sum of scores[word, head].

    After Edmonds (1967): follow best heads until the root is reached; where a path runs into itself, the
    circle becomes one node. A circle costs as many rows and columns as it has nodes, so all of them together
    cost the square of the sentence's length, whatever the scores.

    Args:
        scores: a square of finite numbers but for its diagonal; row and column 0 are the root's.

    Returns:
        The number of each word's head; that of the root is 0.

    >>> search_tree(np.array([[0, 0, 0], [7, 0, 8], [5, 9, 0.0]])).tolist()
    [0, 0, 1]
    """
    search = _Search(scores)
    for word in range(1, len(scores)):
        search.follow(word)
    return search.heads()


class _Search:
    """Nodes are words, and circles under the number of one of their words."""

    def __init__(self, scores: Numbers) -> None:
        count = len(scores)
        self._all = np.arange(count)
        self._weights = scores.astype(np.float64)
        # Dearer than all other choices together, the root is taken once: Stanojević and Cohen (EMNLP 2021).
        np.fill_diagonal(self._weights, 0)
        self._weights[:, 0] -= (np.ptp(self._weights) + 1) * count
        np.fill_diagonal(self._weights, -np.inf)
        # The words that an arc joins: the one in the node of the row that it enters, and its head.
        self._words, self._heads = np.indices((count, count))
        self._owners = self._all.copy()  # the node that each word is in
        self._arcs: dict[int, tuple[int, int]] = {}  # word and head of the best arc into each node
        self._circles: list[tuple[int, Numbers, dict[int, tuple[int, int]]]] = []
        self._reached = {0}

    def follow(self, word: int) -> None:
        """Follow best heads from the word to the root, or to where an earlier path came by."""
        path = [int(self._owners[word])]
        while path[-1] not in self._reached:
            node = path[-1]
            above = int(self._weights[node].argmax())
            self._arcs[node] = int(self._words[node, above]), int(self._heads[node, above])
            if above in path:
                at = path.index(above)
                self._close(path[at:])
                path[at:] = [above]
            else:
                path.append(above)
        self._reached.update(path)

    def _close(self, circle: Sequence[int]) -> None:
        """Make the nodes one, under the number of the first."""
        self._circles.append((circle[0], self._owners.copy(), {node: self._arcs[node] for node in circle}))
        best = self._weights[circle].max(axis=1, keepdims=True)
        into = self._weights[circle] - best  # what is won or lost where an arc into the circle opens it there
        enters = np.take(circle, into.argmax(axis=0)), self._all
        leaves = self._all, np.take(circle, self._weights[:, circle].argmax(axis=1))
        row, column = into.max(axis=0), self._weights[leaves]
        row[circle] = column[circle] = -np.inf
        for ends in (self._words, self._heads):
            ends[circle[0]], ends[:, circle[0]] = ends[enters], ends[leaves]
        self._weights[circle] = self._weights[:, circle] = -np.inf
        self._weights[circle[0]], self._weights[:, circle[0]] = row, column
        self._owners[np.isin(self._owners, circle)] = circle[0]

    def heads(self) -> Numbers:
        """Open the circles again, the last first, each where the arc into it enters."""
        for node, owners, arcs in reversed(self._circles):
            word, head = self._arcs[node]
            self._arcs |= arcs
            self._arcs[int(owners[word])] = word, head
        found = np.zeros_like(self._all)
        for word, head in self._arcs.values():
            found[word] = head
        return found
