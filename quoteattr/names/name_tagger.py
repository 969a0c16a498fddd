"""Finds the names of an article by a trained model: where each begins and ends, and what it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal

import attrs

from quoteattr.names.tagger_network import Weights, label_probabilities
from quoteattr.names.tagger_words import BREAK, article_words, tokenize
from quoteattr.schema import Span

NameKind = Literal["person", "organisation", "place", "other"]
NAME_KINDS: tuple[NameKind, ...] = ("person", "organisation", "place", "other")
"""What a name may name; "other" are peoples, works, events and products."""
_JOINABLE = frozenset(".,&’'-–")
"""Signs that a name does not end with."""


@attrs.frozen
class TaggedName:
    """A name that the tagger found."""

    span: Span
    """Its words, without titles."""
    kind: NameKind
    """What it names."""
    certainty: float
    """The mean probability of this kind over its words."""


@attrs.frozen(eq=False)
class Tagging:
    """What the tagger found in one text."""

    names: tuple[TaggedName, ...]
    """The names in order; no two overlap."""
    _starts: Sequence[int]
    _shares: Sequence[Sequence[float]]

    def odds(self, start: int, end: int) -> dict[NameKind, float]:
        """For each kind, the mean probability that the words of a stretch are part of such a name.

        Args:
            start: offset of its first character.
            end: one past its last character.

        >>> tagging = tag_names("Mr Lee left Nairobi.")
        >>> {kind: round(share) for kind, share in tagging.odds(3, 6).items()}
        {'person': 1, 'organisation': 0, 'place': 0, 'other': 0}
        """
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        shares = self._shares[first:last] or [(0.0,) * len(NAME_KINDS)]
        sums = map(sum, zip(*shares, strict=True))
        return {kind: total / len(shares) for kind, total in zip(NAME_KINDS, sums, strict=True)}

    def named_in(self, start: int, end: int) -> Sequence[TaggedName]:
        """The names that share a character with a stretch."""
        first = bisect_right(self.names, start, key=_end)
        last = bisect_left(self.names, end, key=_start)
        return self.names[first:last]


def _start(name: TaggedName) -> int:
    return name.span.start


def _end(name: TaggedName) -> int:
    return name.span.end


def tag_names(text: str, weights: Weights | None = None) -> Tagging:
    """Finds the names of a text.

    Args:
        text: an article; the more of it, the better its names are told apart.
        weights: the bundled weights by default.

    Returns:
        The names, with the probabilities that they were chosen by.

    >>> names = tag_names("Asking Zameer Khan, Mr Lee left Nairobi.").names
    >>> [(name.span.text, name.kind) for name in names]
    [('Zameer Khan', 'person'), ('Lee', 'person'), ('Nairobi', 'place')]
    """
    spans = tokenize(text)
    tokens = [text[start:end] for start, end in spans]
    tokens = [BREAK if token.isspace() else token for token in tokens]
    if not tokens:
        return Tagging((), (), ())
    asked, odds = label_probabilities(article_words(tokens), weights)
    labels, shares = _best(odds)
    names = tuple(
        TaggedName(
            Span.of(text, spans[asked[first]][0], spans[asked[last]][1]),
            kind,
            _mean([row[NAME_KINDS.index(kind)] for row in shares[first : last + 1]]),
        )
        for first, last, kind in _names(asked, labels, tokens)
    )
    return Tagging(names, [spans[at][0] for at in asked], shares)


@lru_cache(maxsize=1)
def tagging_of(text: str) -> Tagging:
    """The same as `tag_names` with the bundled weights, kept for the last text: two stages ask for it."""
    return tag_names(text)


def names_of(tokens: Sequence[str], weights: Weights | None = None) -> list[tuple[int, int, NameKind]]:
    """The names of a text that is divided into tokens: the first token, the one after the last, and the kind
    of each."""
    if not tokens:
        return []
    asked, odds = label_probabilities(article_words(tokens), weights)
    return [
        (int(asked[first]), int(asked[last]) + 1, kind)
        for first, last, kind in _names(asked, _best(odds)[0], tokens)
    ]


def _best(odds: Any) -> tuple[list[tuple[NameKind | None, bool]], list[list[float]]]:
    """For each word the likeliest kind, if it is likelier part of a name than not, and whether a name begins
    there; and for each word the probability of each kind."""
    parts = odds[:, 1:].reshape(len(odds), len(NAME_KINDS), 2)
    kinds = parts.sum(axis=2)
    best = kinds.argmax(axis=1)
    named = (kinds.max(axis=1) > odds[:, 0]).tolist()
    begins = (parts[range(len(odds)), best, 0] >= parts[range(len(odds)), best, 1]).tolist()
    labels = [
        (NAME_KINDS[kind] if is_named else None, is_named and first)
        for kind, is_named, first in zip(best.tolist(), named, begins, strict=True)
    ]
    return labels, kinds.tolist()


def _names(
    asked: Sequence[int], labels: Sequence[tuple[NameKind | None, bool]], tokens: Sequence[str]
) -> Iterator[tuple[int, int, NameKind]]:
    """First and last row and kind of each name."""
    first: int | None = None
    for row in range(len(asked) + 1):
        kind, begins = labels[row] if row < len(asked) else (None, False)
        apart = row == len(asked) or row == 0 or asked[row] != asked[row - 1] + 1
        before = labels[row - 1][0] if first is not None else None
        splits = begins and kind != "person"  # "Jean-Baptiste| Faivre" is one
        if first is not None and before is not None and (apart or splits or kind != before):
            last = row - 1
            while last > first and tokens[asked[last]] in _JOINABLE - {"."}:
                last -= 1
            yield first, last, before
            first = None
        if kind is not None and first is None and tokens[asked[row]][:1].isalnum():
            first = row


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)
