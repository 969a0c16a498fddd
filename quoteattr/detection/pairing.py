"""Pairs the quotation marks of one paragraph, from left to right, with a stack of open quotations.

If a mark alone does not show whether it opens or closes, the open quotations and the following marks decide.
A mark that may do either closes if a quotation of its kind is open. A mark that may be an apostrophe counts
only if another mark would have no partner without it. Every mark is read once, and the following marks are
looked up in a table, so the time is linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import attrs
import regex

from quoteattr.detection.marks import DOUBLE, OPENING, SINGLE, STOPS, Mark
from quoteattr.layout import NOT_ABBREVIATED
from quoteattr.lexicon import alternatives

_MAX_DEPTH = 4
"""Most quotations that are open at once. News seldom has more than two (a title inside speech). The limit
also bounds the output: the returned words are at most four times the text, even if the text consists of
opening marks."""

_SAYING_WINDOW = 30
"""Characters before a mark that are searched for a verb of saying. "told" and a name fit into them."""
_GAP = 10
"""Characters after a paragraph in which the next one begins."""
_ELISION_WINDOW = 20
"""Characters before a mark that are searched for a determiner or a name."""

# Words before a mark that touches them but opens a quotation: `he said," We go."`, `he said:" We go."`
_SAYING = regex.compile(
    rf"(?: \b(?: {alternatives('detection', 'words_before_speech')} | told\s\w+ ) , | : ) \Z", regex.VERBOSE
)

# Words after which a single mark without a partner is an apostrophe or a foreign breathing mark, and does not
# open speech that continues in the next paragraph: the 'scopes, Hamid 'Akkab
_NOT_SPEECH = regex.compile(
    rf"\b (?: {alternatives('detection', 'determiners')} | \p{{Lu}}\w* ) \s \Z", regex.VERBOSE
)

# A paragraph that lacks an opening mark after a verb of saying: "|Ann Lee said |the bridge was shut.” “We"
_SAID_BEFORE = regex.compile(
    rf"""
    (?: \p{{Lu}}[\w.’'-]*+ \s+ ){{1,4}} (?: {alternatives("detection", "words_before_speech")} )
    (?: [,:] | \s+that\b )? \s+
    """,
    regex.VERBOSE,
)

# A paragraph that lacks a closing mark before a verb of saying: "“It holds, |said Ann Lee."
_SAID_AFTER = regex.compile(
    rf"""
    (?<= [,?!] ) \s+
    (?: (?: {alternatives("detection", "words_before_speech")} )
        \s+ (?: \p{{Lu}} | he\b | she\b )                                               # 1. said Ann Lee
      | (?: (?: \p{{Lu}}[\w.’'-]*+ \s+ ){{1,4}} | (?: he | she ) \s+ )
        (?: said | says ) \b )                                                        # 2. Ann Lee said
    """,
    regex.VERBOSE,
)

# The end of the sentence around a quotation: "said spokesman Dmitry Peskov. |This is".
_SENTENCE_END = regex.compile(rf"[.!?] {NOT_ABBREVIATED} \s++ (?!\p{{Ll}})", regex.VERBOSE)


class Pair(NamedTuple):
    """Offsets of a quotation in the text. If a mark is missing, the outer offset equals the inner one."""

    outer_start: int
    """First character of the opening mark."""
    start: int
    """First character after it."""
    end: int
    """First character of the closing mark."""
    outer_end: int
    """First character after it."""


def pair_marks(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Pair]:
    """Pairs the marks of a paragraph.

    Args:
        text: the article.
        start: first character of the paragraph.
        end: one past its last character.
        marks: those of the paragraph, from `read_marks`.

    Returns:
        The quotations of the paragraph, in the order in which they end.

    >>> from quoteattr.detection.marks import read_marks
    >>> text = "“A ‘b’ c,” he said. “D."
    >>> [text[pair.start : pair.end] for pair in pair_marks(text, 0, len(text), read_marks(text))]
    ['b', 'A ‘b’ c,', 'D.']
    """
    pairing = _Pairing(_Paragraph(text, start, end, marks), floor=start)
    for number, mark in enumerate(marks):
        pairing.read(number, mark)
    pairing.end_unclosed(0, pairing.end_of_unclosed())
    return pairing.pairs


@attrs.frozen
class _Paragraph:
    """The marks of a paragraph and the text around them."""

    text: str
    start: int
    end: int
    marks: Sequence[Mark]

    def glyph(self, mark: Mark) -> str:
        """The characters of a mark."""
        return self.text[mark.start : mark.end]

    def follows_stop(self, mark: Mark) -> bool:
        """Whether a certain mark is right after a stop, like the mark at the end of speech."""
        return mark.firm and self.text[mark.start - 1 : mark.start] in STOPS

    def is_possessive(self, mark: Mark) -> bool:
        """Whether a mark may be the apostrophe of a possessive: "the dogs’ home"."""
        return mark.single and self.text[mark.start - 1 : mark.start] in "sxz"

    def resumes_sentence(self, mark: Mark) -> bool:
        """Whether a mark stands between speech and a small letter: `We go, |she said`."""
        before = self.text[max(0, mark.start - 2) : mark.start].rstrip()
        return self.text[mark.end : mark.end + 1].islower() and (not mark.single or before[-1:] in STOPS)

    def follows_saying(self, mark: Mark, floor: int) -> bool:
        """Whether a double mark stands after a verb of saying and a comma, or after a colon."""
        window = max(floor, mark.start - _SAYING_WINDOW), mark.start
        return not mark.single and _SAYING.search(self.text, *window) is not None

    def is_elision(self, mark: Mark) -> bool:
        """Whether an opening mark that nothing closes is an apostrophe: `the 'scopes`."""
        window = max(self.start, mark.start - _ELISION_WINDOW), mark.start
        is_straight = mark.single and self.glyph(mark) not in OPENING
        return is_straight and _NOT_SPEECH.search(self.text, *window) is not None

    def closing_follows(self, number: int, *, single: bool, inside_double: bool) -> bool:
        """Whether the next certain mark of a kind after a given mark is a closing one.

        Args:
            number: the number of the given mark in `marks`.
            single: the kind: single marks or double ones.
            inside_double: whether a double quotation is open; a single one ends before that does.
        """
        bound = self._next_openings[single][number]
        if single and inside_double:
            bound = min(bound, self._next_closings[False][number])
        return self._next_closings[single][number] < bound

    @cached_property
    def _next_closings(self) -> tuple[list[int], list[int]]:
        return self._next_marks(-1, single=False), self._next_marks(-1, single=True)

    @cached_property
    def _next_openings(self) -> tuple[list[int], list[int]]:
        return self._next_marks(1, single=False), self._next_marks(1, single=True)

    def _next_marks(self, side: int, *, single: bool) -> list[int]:
        """For each mark, the number of the next mark of each kind that certainly opens (or closes)."""
        following, last = [0] * len(self.marks), len(self.marks)
        for number in range(len(self.marks) - 1, -1, -1):
            following[number] = last
            mark = self.marks[number]
            may_close = side < 0 and mark.side == 0 and not single
            if mark.single == single and (may_close or (mark.side == side and mark.firm)):
                last = number
        return following


@attrs.frozen
class _Opening:
    """An opening mark whose closing mark has not been read yet."""

    mark: Mark
    next_opening: int | None = None
    """The start of the next opening mark with the same glyph right inside the quotation."""


@attrs.define
class _Pairing:
    """The state of pairing: the pairs and the open quotations after the marks read so far."""

    paragraph: _Paragraph
    floor: int
    """End of the last closing mark outside of all quotations."""
    pairs: list[Pair] = attrs.field(factory=list)
    stack: list[_Opening] = attrs.field(factory=list)
    """Open quotations, the outermost first."""

    def read(self, number: int, mark: Mark) -> None:
        """Reads the next mark. A mark that may open or close closes if a quotation of its kind is open."""
        level = self._innermost(mark.single)
        if mark.side > 0 or (mark.side == 0 and level is None):
            self._read_opening(number, mark, level)
        elif level is not None:
            self._read_closing(number, mark, level)
        elif self.stack:
            self._close_other_kind(number, mark)
        else:
            self._read_orphan(number, mark)

    def _read_opening(self, number: int, mark: Mark, level: int | None) -> None:
        """Opens a quotation. An uncertain mark opens one only if a closing mark follows."""
        if level is not None and self._closes_after_all(number, mark):
            self._close(level, mark)
        elif mark.firm or (level is None and self._closing_follows(number, mark.single)):
            self._open(mark, is_nested=level is not None)

    def _closes_after_all(self, number: int, mark: Mark) -> bool:
        """Whether a mark closes although it has the glyph of an opening one: `“We go, |“she said`."""
        resumes = self.paragraph.resumes_sentence(mark) if mark.firm else not mark.single
        return resumes and not self._closing_follows(number, mark.single)

    def _read_closing(self, number: int, mark: Mark, level: int) -> None:
        """Closes the innermost quotation with this kind of mark.

        An apostrophe or an inch sign inside the quotation does not close it.
        """
        if mark.single and not self.stack[-1].mark.single:
            closes = self.paragraph.follows_stop(mark)
        else:
            closes = mark.firm or mark.side == 0 or not self._closing_follows(number, mark.single)
        if closes:
            self._close(level, mark)

    def _close_other_kind(self, number: int, mark: Mark) -> None:
        """Reads a closing mark while only a quotation of the other kind is open: `“We go,’ he said`, `‘He
        said ‘no.’’`."""
        innermost = len(self.stack) - 1
        if mark.end - mark.start == 2:  # '' here is two single marks, not a double one
            if innermost > 0:
                self._close(innermost, attrs.evolve(mark, end=mark.start + 1))
            self._close(len(self.stack) - 1, attrs.evolve(mark, start=mark.start + 1))
            return
        closes = mark.firm and not self.paragraph.is_possessive(mark)
        if closes and not self._closing_follows(number, not mark.single):
            self._close(innermost, mark)

    def _read_orphan(self, number: int, mark: Mark) -> None:
        """Reads a closing mark while no quotation is open.

        In `he said," We go."` it opens a quotation; otherwise the opening mark of its quotation is missing.
        """
        follows_saying = self.paragraph.follows_saying(mark, self.floor)
        if follows_saying and self._closing_follows(number, single=False):
            self._open(mark, is_nested=False)
        elif self.paragraph.follows_stop(mark):
            start = self._orphan_start(mark)
            if start is not None:
                said = _SAID_BEFORE.match(self.paragraph.text, start, mark.start)
                start = said.end() if said else start
                self.pairs.append(Pair(start, start, mark.start, mark.end))
            self.floor = mark.end

    def _orphan_start(self, mark: Mark) -> int | None:
        """Returns the offset at which a quotation without an opening mark begins: after the sentence that
        contains the previous quotation. None if that sentence does not end before the mark."""
        text = self.paragraph.text
        if not self.pairs or text[self.pairs[-1].end - 1] in ".…":
            return self.floor
        sentence_end = _SENTENCE_END.search(text, self.floor, mark.start)
        return sentence_end.end() if sentence_end else None

    def _open(self, mark: Mark, *, is_nested: bool) -> None:
        """Opens a quotation, unless too many are open.

        If the enclosing quotation was opened by the same glyph, the start of this mark is recorded: the
        enclosing quotation ends there if no mark closes it.
        """
        glyph = self.paragraph.glyph
        if is_nested and self.stack[-1].next_opening is None and glyph(self.stack[-1].mark) == glyph(mark):
            self.stack[-1] = attrs.evolve(self.stack[-1], next_opening=mark.start)
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append(_Opening(mark))

    def _close(self, level: int, mark: Mark) -> None:
        """Closes the quotation at a level of the stack, and ends those inside it."""
        self.end_unclosed(level + 1, mark.start)
        opening = self.stack.pop().mark
        self.pairs.append(Pair(opening.start, opening.end, mark.start, mark.end))
        if not self.stack:
            self.floor = mark.end

    def end_unclosed(self, level: int, end: int) -> None:
        """Ends the open quotations from the given level of the stack on.

        Each ends at `end`, or at the mark with the same glyph that opened inside it.
        """
        for opening in self.stack[level:]:
            if not self.paragraph.is_elision(opening.mark):
                stop = opening.next_opening or end
                self.pairs.append(Pair(opening.mark.start, opening.mark.end, stop, stop))
        del self.stack[level:]

    def end_of_unclosed(self) -> int:
        """The offset at which the quotation ends that is open at the end of the paragraph: before ", said
        Lee", unless the next paragraph begins with a mark, which shows that the speech goes on."""
        text, end = self.paragraph.text, self.paragraph.end
        if len(self.stack) != 1 or text[end : end + _GAP].lstrip()[:1] in DOUBLE | SINGLE:
            return end
        said = _SAID_AFTER.search(text, self.stack[0].mark.end, end)
        return said.start() if said else end

    def _innermost(self, single: bool) -> int | None:
        """Level of the innermost open quotation of a kind."""
        for level in range(len(self.stack) - 1, -1, -1):
            if self.stack[level].mark.single == single:
                return level
        return None

    def _closing_follows(self, number: int, single: bool) -> bool:
        inside_double = single and self._innermost(single=False) is not None
        return self.paragraph.closing_follows(number, single=single, inside_double=inside_double)
