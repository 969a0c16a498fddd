"""Marked stretches of a text, however they overlap, as one properly nested sequence.

Markup such as HTML must nest; stretches of a text need not (a name that a nickname in quotation marks
interrupts, two quotations that cross). Where one mark ends inside another, the inner one is closed and opened
again, so that every character keeps all of its marks and none is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs


@attrs.frozen
class Mark:
    """A stretch of a text to be marked."""

    start: int
    """First character, counted in the text."""
    end: int
    """One past the last character."""
    kind: str
    """What it is: "quotation", "cue"."""
    number: int = 0
    """Which of its kind it is."""


@attrs.frozen
class Opened:
    """A mark begins here, or goes on."""

    mark: Mark
    """The mark."""
    again: bool
    """Whether an earlier piece of the same mark came before."""


@attrs.frozen
class Closed:
    """The mark that was opened last ends here, or pauses."""

    mark: Mark
    """The mark."""


Piece = str | Opened | Closed


def pieces_of(text: str, stretches: Iterable[tuple[int, int]], marks: Iterable[Mark]) -> list[list[Piece]]:
    """The pieces of each stretch of a text: words, and marks that open and close around them.

    Args:
        text: the whole text.
        stretches: start and end of each paragraph, in order and apart.
        marks: in any order. Parts that lie in no stretch, and marks of no length, are left out; of two with
            the same span, the first is the outer one.

    Returns:
        For each stretch its pieces. Its strings joined are the stretch; it closes what it opens.

    >>> cue, quotation = Mark(0, 4, "cue"), Mark(2, 6, "quotation")
    >>> (pieces,) = pieces_of("abcdef", [(0, 6)], [quotation, cue])
    >>> [piece if isinstance(piece, str) else type(piece).__name__ for piece in pieces]
    ['Opened', 'ab', 'Opened', 'cd', 'Closed', 'Closed', 'Opened', 'ef', 'Closed']
    """
    waiting = sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end))
    waiting.reverse()
    under_way: list[Mark] = []
    seen: set[Mark] = set()
    paragraphs = []
    for start, end in stretches:
        while waiting and waiting[-1].start < end:
            under_way.append(waiting.pop())
        under_way = [mark for mark in under_way if mark.end > start]
        paragraphs.append(list(_pieces(text, start, end, under_way, seen)))
    return paragraphs


def _pieces(text: str, start: int, end: int, marks: list[Mark], seen: set[Mark]) -> Iterator[Piece]:
    """One stretch; `seen` holds the marks that were opened, and is added to."""
    cuts = {start, end, *(m.start for m in marks), *(m.end for m in marks)}
    inside = sorted(cut for cut in cuts if start <= cut <= end)
    coming, opened = list(reversed(marks)), list[Mark]()
    at = start
    for cut in inside:
        if cut > at:
            yield text[at:cut]
            at = cut
        paused: list[Mark] = []
        while any(mark.end <= cut for mark in opened):
            paused.append(opened.pop())
            yield Closed(paused[-1])
        going_on = [mark for mark in reversed(paused) if mark.end > cut]
        while cut < end and coming and coming[-1].start <= cut:
            going_on.append(coming.pop())
        for mark in going_on if cut < end else ():
            opened.append(mark)
            yield Opened(mark, mark in seen)
            seen.add(mark)
    for mark in reversed(opened):
        yield Closed(mark)
