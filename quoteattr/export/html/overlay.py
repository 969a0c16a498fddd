"""Turns overlapping marks on a text into properly nested pieces.

HTML elements must nest, but marks may cross, as those of two quotations, or of a name and a nickname inside
it. If a mark ends inside another one, the inner element is closed and opened again, so every character keeps
all its marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs


@attrs.frozen
class Mark:
    """A stretch of a text to be marked."""

    start: int
    """First character."""
    end: int
    """One past the last character."""
    kind: str
    """Name of the kind: "quotation", "mention", "cue" or "outlet"."""
    number: int = 0
    """Number of the quotation to which it belongs."""
    part: int = 0
    """Number of the part of the quotation that it marks; 0 for the first or only one."""


@attrs.frozen
class Opened:
    """The start of a highlighted stretch. A stretch in several pieces has a start for each."""

    mark: Mark
    """The mark."""
    again: bool
    """Whether this is not the first piece of the mark."""


@attrs.frozen
class Closed:
    """The end of the mark that was opened last, or of a piece of it."""

    mark: Mark
    """The mark."""


Piece = str | Opened | Closed


def nested_pieces(
    text: str, stretches: Iterable[tuple[int, int]], marks: Iterable[Mark]
) -> list[list[Piece]]:
    """Divides each stretch of a text into pieces: words, and the starts and ends of the marks around them.

    Args:
        text: the whole text.
        stretches: start and end of each paragraph, in order, not overlapping.
        marks: in any order. Empty marks, and parts of marks outside all stretches, are left out. If two marks
            have the same span, the first one is the outer one.

    Returns:
        A list of pieces for each stretch. Its strings, joined, are the text of the stretch. Each mark that is
        opened is closed.

    >>> cue, quotation = Mark(0, 4, "cue"), Mark(2, 6, "quotation")
    >>> (pieces,) = nested_pieces("abcdef", [(0, 6)], [quotation, cue])
    >>> [piece if isinstance(piece, str) else type(piece).__name__ for piece in pieces]
    ['Opened', 'ab', 'Opened', 'cd', 'Closed', 'Closed', 'Opened', 'ef', 'Closed']
    """
    waiting = sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end))
    waiting.reverse()
    active: list[Mark] = []
    seen: set[Mark] = set()
    paragraphs = []
    for start, end in stretches:
        while waiting and waiting[-1].start < end:
            active.append(waiting.pop())
        active = [mark for mark in active if mark.end > start]
        pieces = list(_pieces(text, start, end, active, frozenset(seen)))
        seen.update(piece.mark for piece in pieces if isinstance(piece, Opened))
        paragraphs.append(pieces)
    return paragraphs


def _pieces(
    text: str, start: int, end: int, marks: list[Mark], seen_before: frozenset[Mark]
) -> Iterator[Piece]:
    """Yields the pieces of one stretch; ``seen_before`` are the marks that had a piece in an earlier
    stretch."""
    boundaries = {start, end, *(m.start for m in marks), *(m.end for m in marks)}
    coming, opened, seen = list(reversed(marks)), list[Mark](), set(seen_before)
    reached = start
    for boundary in sorted(b for b in boundaries if start <= b <= end):
        if boundary > reached:
            yield text[reached:boundary]
            reached = boundary
        closed: list[Mark] = []
        while any(mark.end <= boundary for mark in opened):
            closed.append(opened.pop())
            yield Closed(closed[-1])
        if boundary == end:
            break
        reopened = [mark for mark in reversed(closed) if mark.end > boundary]
        while coming and coming[-1].start <= boundary:
            reopened.append(coming.pop())
        for mark in reopened:
            opened.append(mark)
            yield Opened(mark, mark in seen)
            seen.add(mark)
    for mark in reversed(opened):
        yield Closed(mark)
