"""Finds every quotation in a text by its marks. No model is needed for that.

`quoteattr.detection.marks` says which way each mark looks; this module pairs them with a stack, paragraph by
paragraph. No paragraph changes how another is read, so a stray mark costs at most its own.

Where a mark is missing, `outer` shows it. A quotation that goes on in the next paragraph ends with its
paragraph and has no closing mark (``outer.end == content.end``); the next paragraph opens with a mark
again. One whose opening mark is missing has ``outer.start == content.start``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import attrs
import regex

from quoteattr.detection.marks import OPENING, STOPS, Mark, read_marks
from quoteattr.layout import NOT_ABBREVIATED, paragraphs
from quoteattr.schema import Quotation, Span

# Quotations nest two deep in news (a title or an echo inside speech). Four leaves room, and keeps the
# words that are returned within four times the text even if it is nothing but openings.
_MAX_DEPTH = 4

# What shows nothing at the edges of a quotation: white space of every width (U+3000 is the last),
# zero-width space, word joiner and byte order mark.
_EDGE = "".join(filter(str.isspace, map(chr, range(0x3001)))) + (
    "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
)

# An opening mark that stands too far left: `he said," We go."`, `he said:" We go."`
_SAYING_BEFORE = regex.compile(
    r"(?: \b(?:said|says|say|saying|adds|added|wrote|asked|told\s\w+|like) , | : ) \Z", regex.X
)

# What stands before a dropped letter or a foreign breathing rather than before speech that goes on in the
# next paragraph: the 'scopes, Hamid 'Akkab
_NO_SPEECH_BEFORE = regex.compile(
    r"\b (?: the|a|an|his|her|its|their|our|my|your|this|that|these|those|some | \p{Lu}\w* ) \s \Z", regex.X
)

# The end of a frame: "said spokesman Dmitry Peskov. |This is". Not an initial, title or month.
_FRAME_END = regex.compile(rf"[.!?] {NOT_ABBREVIATED} \s++ (?!\p{{Ll}})", regex.X)


class _Found(NamedTuple):
    """Offsets of a quotation: `outer_start` is `start` where the opening mark is missing, and so on."""

    outer_start: int
    start: int
    end: int
    outer_end: int


@attrs.define
class _Open:
    """An opening mark that waits for its partner."""

    mark: Mark
    next_opening: int | None = None
    """Where the same glyph opened again, right inside, before the partner came."""


@attrs.define
class _Paragraph:
    """The marks of one paragraph as they are paired, from left to right."""

    text: str
    start: int
    end: int
    marks: list[Mark]
    found: list[_Found] = attrs.field(factory=list)
    stack: list[_Open] = attrs.field(factory=list)
    """Opening marks that wait for their partners, outermost first."""
    floor: int = attrs.field(init=False)
    """End of the last closing mark outside of all quotations."""
    closings: tuple[list[int], list[int]] | None = None
    openings: tuple[list[int], list[int]] | None = None

    def __attrs_post_init__(self) -> None:
        self.floor = self.start

    def pair(self) -> list[_Found]:
        """Meet the marks one by one; a mark that looks neither way closes if it can, else opens."""
        for i, mark in enumerate(self.marks):
            at = self.innermost(mark.single)
            if mark.side > 0 or (mark.side == 0 and at is None):
                self.meet_opening(i, mark, at)
            else:
                self.meet_closing(i, mark, at)
        self.leave_unclosed(0, self.end)
        return self.found

    def meet_opening(self, i: int, mark: Mark, at: int | None) -> None:
        """Open a quotation. A mark that is not firm opens one only if a closing mark waits for it."""
        if at is not None and self.closes_after_all(i, mark):
            self.close(at, mark)
        elif mark.firm or (at is None and self.closing_follows(i, mark.single)):
            self.push(mark, at)

    def closes_after_all(self, i: int, mark: Mark) -> bool:
        """In `“We go, “she said` and `“We go. “` the second mark closes, whatever it looks like."""
        is_frame = self.continues_frame(mark) if mark.firm else not mark.single
        return is_frame and not self.closing_follows(i, mark.single)

    def push(self, mark: Mark, at: int | None) -> None:
        outer = self.stack[-1] if at is not None else None
        if outer and outer.next_opening is None and self.glyph(outer.mark) == self.glyph(mark):
            outer.next_opening = mark.start
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append(_Open(mark))

    def meet_closing(self, i: int, mark: Mark, at: int | None) -> None:
        """Close the innermost quotation of that kind, if this is no apostrophe or inch mark inside it."""
        if at is None:
            self.meet_orphan(i, mark)
        elif mark.single and not self.stack[-1].mark.single:
            if self.after_stop(mark):
                self.close(at, mark)
        elif mark.firm or mark.side == 0 or not self.closing_follows(i, mark.single):
            self.close(at, mark)

    def meet_orphan(self, i: int, mark: Mark) -> None:
        """A closing mark with nothing of its kind open: its partner has the wrong glyph, or is missing."""
        if self.stack:
            self.close_other_kind(i, mark)
        elif self.opens_after_all(i, mark):
            self.push(mark, None)
        elif self.after_stop(mark):
            start = self.orphan_start(mark)
            if start is not None:
                self.found.append(_Found(start, start, mark.start, mark.end))
            self.floor = mark.end

    def close_other_kind(self, i: int, mark: Mark) -> None:
        """`“We go,’ he said`, or two singles, `‘He said ‘no.’’`, `‘It was the boys’’`."""
        if mark.end - mark.start == 2:
            if len(self.stack) > 1:
                self.close(len(self.stack) - 1, attrs.evolve(mark, end=mark.start + 1))
            self.close(len(self.stack) - 1, attrs.evolve(mark, start=mark.start + 1))
        elif mark.firm and not self.is_possessive(mark) and not self.closing_follows(i, not mark.single):
            self.close(len(self.stack) - 1, mark)

    def is_possessive(self, mark: Mark) -> bool:
        return mark.single and self.text[mark.start - 1 : mark.start] in "sxz"

    def opens_after_all(self, i: int, mark: Mark) -> bool:
        """In `he said," We go."` the first mark opens, whatever it looks like."""
        window = max(self.floor, mark.start - 30), mark.start
        is_told = not mark.single and _SAYING_BEFORE.search(self.text, *window) is not None
        return is_told and self.closing_follows(i, False)

    def orphan_start(self, mark: Mark) -> int | None:
        """Where words begin that only a closing mark ends: after the frame of the quotation before."""
        start = self.floor
        if self.found and self.text[self.found[-1].end - 1] not in ".…":
            frame_end = _FRAME_END.search(self.text, start, mark.start)
            if frame_end is None:
                return None
            start = frame_end.end()
        return start

    def close(self, at: int, mark: Mark) -> None:
        self.leave_unclosed(at + 1, mark.start)
        opening = self.stack.pop().mark
        self.found.append(_Found(opening.start, opening.end, mark.start, mark.end))
        if not self.stack:
            self.floor = mark.end

    def leave_unclosed(self, at: int, end: int) -> None:
        """End what is still open, from stack level `at` on; where the same glyph opened again, there."""
        for opening in self.stack[at:]:
            if not self.is_elision(opening.mark):
                stop = opening.next_opening or end
                self.found.append(_Found(opening.mark.start, opening.mark.end, stop, stop))
        del self.stack[at:]

    def is_elision(self, mark: Mark) -> bool:
        """Whether a mark that nothing closes is an apostrophe: `the 'scopes`."""
        window = max(self.start, mark.start - 20), mark.start
        is_straight = mark.single and self.glyph(mark) not in OPENING
        return is_straight and _NO_SPEECH_BEFORE.search(self.text, *window) is not None

    def continues_frame(self, mark: Mark) -> bool:
        """Whether a mark stands between speech and a small letter: `We go, |she said`."""
        before = self.text[max(0, mark.start - 2) : mark.start].rstrip()
        return self.text[mark.end : mark.end + 1].islower() and (not mark.single or before[-1:] in STOPS)

    def glyph(self, mark: Mark) -> str:
        return self.text[mark.start : mark.end]

    def after_stop(self, mark: Mark) -> bool:
        return mark.firm and self.text[mark.start - 1 : mark.start] in STOPS

    def innermost(self, single: bool) -> int | None:
        """Stack level of the last mark of that kind that is open."""
        for at, opening in reversed(tuple(enumerate(self.stack))):
            if opening.mark.single == single:
                return at
        return None

    def closing_follows(self, i: int, single: bool) -> bool:
        """Whether a sure closing mark of that kind comes after mark `i`, before a sure opening one."""
        if self.closings is None or self.openings is None:
            self.closings = self.next_marks(-1, False), self.next_marks(-1, True)
            self.openings = self.next_marks(1, False), self.next_marks(1, True)
        bound = self.openings[single][i]
        if single and self.innermost(False) is not None:
            bound = min(bound, self.closings[False][i])
        return self.closings[single][i] < bound

    def next_marks(self, side: int, single: bool) -> list[int]:
        """For each mark, the index of the next one of that kind that surely looks to that side."""
        following, at = [0] * len(self.marks), len(self.marks)
        for i in range(len(self.marks) - 1, -1, -1):
            following[i] = at
            mark = self.marks[i]
            either = side < 0 and mark.side == 0 and not single
            if mark.single == single and (either or (mark.side == side and mark.firm)):
                at = i
        return following


def find_quotations(text: str) -> list[Quotation]:
    """Every stretch of `text` between quotation marks, sorted by start, outer before inner.

    Raises:
        TypeError: if `text` is not a str.

    >>> [q.content.text for q in find_quotations("“I don’t know,” she said. ‘Ask the dogs’ owner.’")]
    ['I don’t know,', 'Ask the dogs’ owner.']
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    found = [f for paragraph in _with_marks(text) for f in paragraph.pair()]
    found.sort(key=lambda f: (f.outer_start, -f.outer_end))
    return [quotation for f in found if (quotation := _quotation(text, f))]


def _with_marks(text: str) -> Iterator[_Paragraph]:
    """The paragraphs that have marks."""
    marks = read_marks(text)
    at = 0
    for start, end in paragraphs(text):
        first = at
        while at < len(marks) and marks[at].start < end:
            at += 1
        if at > first:
            yield _Paragraph(text, start, end, marks[first:at])


def _quotation(text: str, found: _Found) -> Quotation | None:
    """The quotation, its words without the space at their edges; None where there are no words."""
    words = text[found.start : found.end].lstrip(_EDGE)
    start = found.end - len(words)
    words = words.rstrip(_EDGE)
    if not any(map(str.isalnum, words)):
        return None
    end = start + len(words)
    outer_start = start if found.outer_start == found.start else found.outer_start
    outer_end = end if found.outer_end == found.end else found.outer_end
    return Quotation(Span(start, end, words), Span.of(text, outer_start, outer_end))
