"""An index of entities by the words of their names. It finds the entities to which a part of a name, or
another spelling of it, may refer."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from quoteattr.names import Name, compatible

_NEIGHBOURS = 50
"""Names with the same word that are compared on each side of an offset. An article has a few names with one
surname. A long list of people may have many; without a limit it would take quadratic time."""
_STEM = 5
"""Letters that two spellings of one name share: see `names.same_spelling`."""


class Named(Protocol):
    """An element of the index: an entity, or the draft of one."""

    @property
    def key(self) -> Name: ...
    @property
    def first(self) -> int: ...
    @property
    def names(self) -> Sequence[int]: ...
    @property
    def full_names(self) -> int: ...


T = TypeVar("T", bound=Named)


class NameIndex(Generic[T]):
    """Entities by the words of their names."""

    def __init__(self) -> None:
        self._by_words: dict[tuple[str, ...], list[T]] = {}
        self._by_surname: dict[str, list[T]] = {}
        self._by_word: dict[str, list[T]] = {}

    def add(self, entity: T) -> None:
        """Adds an entity."""
        name = entity.key.words
        self._by_words.setdefault(name, []).append(entity)
        insort(self._by_surname.setdefault(_stem(name[-1]), []), entity, key=_first)
        for word in set(map(_stem, name)):
            insort(self._by_word.setdefault(word, []), entity, key=_first)

    def same_words(self, words: tuple[str, ...]) -> Sequence[T]:
        """The entities whose names have exactly these words."""
        return self._by_words.get(words, ())

    def similar(self, name: Name, offset: int) -> list[T]:
        """The entities near an offset whose names may be the same as this one.

        These are entities whose names have the same surname (or the same only word), and entities that are
        named by the first word of this name alone.
        """
        if len(name.words) == 1:
            return _near(self._by_word.get(_stem(name.last), []), offset)
        first_only = [e for e in self._by_words.get(name.words[:1], ()) if e.key.last != name.last]
        return _near(self._by_surname.get(_stem(name.last), []), offset) + first_only

    def best_match(self, name: Name, offset: int) -> T | None:
        """The entity with a compatible name that is most often named in full; None if there is none."""
        fits = [e for e in self.similar(name, offset) if compatible(name, e.key)] if name.words else []
        return max(fits, key=lambda e: (e.full_names, len(e.names), len(e.key.words), -e.first), default=None)


def _first(entity: Named) -> int:
    return entity.first


def _near(entities: list[T], offset: int) -> list[T]:
    """Up to `_NEIGHBOURS` entities first named before the offset and as many after it, in text order."""
    middle = bisect_left(entities, offset, key=_first)
    return entities[max(0, middle - _NEIGHBOURS) : middle + _NEIGHBOURS]


def _stem(word: str) -> str:
    return word[:_STEM]
