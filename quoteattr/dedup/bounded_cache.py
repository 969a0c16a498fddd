"""What was found for a key that is asked again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """What a function gives for a key; forgotten all at once when there are too many.

    Looking up is that of a plain dict. `functools.lru_cache` also moves what it finds to the front of its
    list, which for the words of a large corpus takes as long again.

    >>> lengths = Remembered(len, 2)
    >>> lengths["ferry"], lengths["boat"], lengths["quay"], dict(lengths)
    (5, 4, 4, {'quay': 4})
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        self._function, self._most = function, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        found = self[key] = self._function(key)
        return found
