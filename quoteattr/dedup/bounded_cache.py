"""The results of a function by its argument, for lookups of every word of a corpus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class BoundedCache(dict[K, V]):
    """A dict that calls a function for a missing key, and is emptied when it is full.

    >>> lengths = BoundedCache(len, 2)
    >>> lengths["ferry"], lengths["boat"], lengths["quay"], dict(lengths)
    (5, 4, 4, {'quay': 4})
    """

    def __init__(self, function: Callable[[K], V], size: int) -> None:
        self._function, self._size = function, size

    def __missing__(self, key: K) -> V:
        if len(self) >= self._size:
            self.clear()
        found = self[key] = self._function(key)
        return found
