"""Finds every quotation in a text by its marks. No model is needed for that.

`quoteattr.marks` says which way each mark looks; here they are paired, paragraph by paragraph, with a
stack. A paragraph never changes how another is read, so a stray mark costs at most its own.

Where a mark is missing, `outer` shows it. A quotation that goes on in the next paragraph ends at the end
of its paragraph with no closing mark (``outer.end == content.end``), and the next paragraph opens with a
mark; one whose opening mark is missing has ``outer.start == content.start``.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import regex

from quoteattr.layout import paragraphs
from quoteattr.marks import Mark, read_marks
from quoteattr.schema import Quotation, Span

# Quotations nest two deep in news (a title or an echo inside speech). Four leaves room, and keeps the
# words that are returned within four times the text even if it is nothing but openings.
_MAX_DEPTH = 4

# White space and characters that show nothing, at the edges of a quotation's words.
_EDGE = (
    " \t\n\r\v\f\x85\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{HAIR SPACE}\N{EM SPACE}"
    "\N{EN SPACE}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
)

# A quotation that ends its sentence: "it is.’|"
_STOP = regex.compile(r"[.!?…]\W*\Z")

_WORD = regex.compile(r"[\p{L}\p{N}]")

# The end of a frame's sentence: "said spokesman Dmitry Peskov.| This is". Not an initial or a title.
_FRAME_END = regex.compile(
    r"""
    [.!?] (?<! \b\p{Lu}\. | \b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Sgt|Col|Lt|Capt|St|Jr|Sr|Prof|Rev|Hon)\. )
    \s+
    """,
    regex.VERBOSE,
)


@attrs.define
class _Open:
    """An opening mark that waits for its closing one."""

    mark: Mark
    cut: int | None = None
    """Where the next mark of the same family opened inside it."""


@attrs.define
class _Paragraph:
    """The marks of one paragraph, and what has been found in it so far."""

    text: str
    start: int
    end: int
    marks: list[Mark]
    open: list[_Open] = attrs.field(factory=list)
    found: list[tuple[int, int, int, int]] = attrs.field(factory=list)
    """Outer start, content start, content end, outer end."""
    floor: int = 0
    """End of the last quotation at the top level, or of the last mark without a partner."""
    closers: dict[bool, list[int]] = attrs.field(factory=dict)
    openers: dict[bool, list[int]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.floor = self.start
        for single in (False, True):
            self.closers[single] = self._next(single, -1)
            self.openers[single] = self._next(single, 1)

    def _next(self, single: bool, side: int) -> list[int]:
        """For each mark, the index of the next one of that family that surely looks that way."""
        at, result = len(self.marks), [0] * len(self.marks)
        for i in range(len(self.marks) - 1, -1, -1):
            result[i] = at
            mark = self.marks[i]
            if mark.single == single and (
                (mark.side == side and mark.firm) or (mark.side == 0 and side < 0 and not single)
            ):
                at = i
        return result

    def innermost(self, single: bool) -> int | None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at].mark.single == single:
                return at
        return None

    def after_stop(self, mark: Mark) -> bool:
        return mark.firm and self.text[mark.start - 1] in ".,!?…"

    def partner_follows(self, i: int, single: bool) -> bool:
        return self.closers[single][i] < self.openers[single][i]

    def closer_follows(self, i: int) -> bool:
        single = self.marks[i].single
        bound = self.openers[single][i]
        if single and self.innermost(False) is not None:
            bound = min(bound, self.closers[False][i])
        return self.closers[single][i] < bound

    def push(self, mark: Mark) -> None:
        at = self.innermost(mark.single)
        if at is not None and self.open[at].cut is None:
            self.open[at].cut = mark.start
        if len(self.open) < _MAX_DEPTH:
            self.open.append(_Open(mark))

    def close(self, at: int, start: int, end: int) -> None:
        while len(self.open) > at + 1:
            self.unclosed(self.open.pop(), start)
        opened = self.open.pop().mark
        self.found.append((opened.start, opened.end, start, end))
        if not self.open:
            self.floor = end

    def unclosed(self, opened: _Open, end: int) -> None:
        end = opened.cut or end
        self.found.append((opened.mark.start, opened.mark.end, end, end))

    def orphan(self, mark: Mark) -> None:
        floor, self.floor = self.floor, mark.end
        if self.open or not mark.firm or self.text[mark.start - 1] not in ".,!?…":
            return
        start = floor
        if self.found and self.text[floor - 1 : floor] and not _STOP.search(self.text, floor - 3, floor):
            ends = _FRAME_END.search(self.text, floor, mark.start)
            if not ends:
                return
            start = ends.end()
        while start < mark.start and self.text[start].isspace():
            start += 1
        self.found.append((start, start, mark.start, mark.end))

    def closing(self, i: int) -> None:
        mark = self.marks[i]
        at = self.innermost(mark.single)
        if at is not None:
            crosses = mark.single and not self.open[-1].mark.single
            firm = mark.firm and not (crosses and self.text[mark.start - 1] not in ".,!?…")
            if firm or not (crosses or self.closer_follows(i)):
                self.close(at, mark.start, mark.end)
            return
        other = self.innermost(not mark.single)
        if other is not None and self.after_stop(mark) and not self.partner_follows(i, not mark.single):
            self.close(other, mark.start, mark.end)
        else:
            self.orphan(mark)

    def opening(self, i: int) -> None:
        mark = self.marks[i]
        if not mark.firm and (
            not self.closer_follows(i) or (mark.single and self.innermost(True) is not None)
        ):
            return
        at = self.innermost(mark.single)
        if at is not None and not self.closer_follows(i) and self.text[mark.end : mark.end + 1].islower():
            self.close(at, mark.start, mark.end)
        else:
            self.push(mark)

    def read(self) -> list[tuple[int, int, int, int]]:
        for i, mark in enumerate(self.marks):
            if mark.side > 0 or (mark.side == 0 and self.innermost(mark.single) is None):
                self.opening(i)
            else:
                self.closing(i)
        while self.open:
            self.unclosed(self.open.pop(), self.end)
        return self.found


def find_quotations(text: str) -> list[Quotation]:
    """Every stretch of `text` between quotation marks, sorted by start, outer before inner.

    >>> [q.content.text for q in find_quotations("“I don’t know,” she said. ‘Ask the dogs’ owner.’")]
    ['I don’t know,', 'Ask the dogs’ owner.']
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {type(text).__name__}")
    found = []
    marks = read_marks(text)
    for start, end, inside in _by_paragraph(text, marks):
        found.extend(_Paragraph(text, start, end, inside).read())
    found.sort(key=lambda f: (f[0], -f[3]))
    return [q for q in (_quotation(text, *f) for f in found) if q is not None]


def _by_paragraph(text: str, marks: list[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    at = 0
    for start, end in paragraphs(text):
        first = at
        while at < len(marks) and marks[at].start < end:
            at += 1
        if at > first:
            yield start, end, marks[first:at]


def _quotation(text: str, outer_start: int, start: int, end: int, outer_end: int) -> Quotation | None:
    words = text[start:end]
    left = len(words) - len(words.lstrip(_EDGE))
    words = words.strip(_EDGE)
    if not _WORD.search(words):
        return None
    start += left
    if outer_end == end:
        outer_end = start + len(words)
    return Quotation(Span(start, start + len(words), words), Span.of(text, outer_start, outer_end))
