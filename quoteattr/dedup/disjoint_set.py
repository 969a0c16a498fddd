"""Disjoint sets of the integers from 0."""

from __future__ import annotations

import numpy as np

from quoteattr.dedup.sorted_columns import Int64Array


class DisjointSet:
    """Disjoint sets, each represented by one of its members. At first, every number is a set of its own.

    Source: union-find with path halving (Tarjan and van Leeuwen 1984).

    >>> sets = DisjointSet(3)
    >>> sets.union(2, 0)
    >>> sets.find(2), sets.representatives().tolist()
    (0, [0, 1, 0])
    """

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, member: int) -> int:
        """Returns the representative of a member's set."""
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def union(self, representative: int, into: int) -> None:
        """Merges a set into another one; both are given by their representatives. The merged set is
        represented by ``into``."""
        self._parent[representative] = into

    def representatives(self) -> Int64Array:
        """Returns, for each number, the representative of its set."""
        parent = np.array(self._parent, dtype=np.int64)
        while not np.array_equal(parent, above := parent[parent]):
            parent = above
        return parent
