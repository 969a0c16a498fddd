"""The tokens of a text as characters, and where they stand, found for those that are asked for."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from quoteattr.dedup import normalize
from quoteattr.dedup.alignment import Vocabulary
from quoteattr.dedup.bounded_cache import Remembered
from quoteattr.schema import Span

REMEMBERED = 1 << 16
"""Stretches between blanks whose tokens are remembered: their number, and where they stand."""


class Tokens:
    """A text as its tokens.

    Places of few are asked for, and mostly no token goes on beyond a blank: then it is looked for in its
    stretch between blanks, which takes a third of the time that the pattern takes over all of the text.

    Args:
        text: the text.
        string: as `Vocabulary.string` writes it.
        words: that vocabulary.

    >>> words = Vocabulary()
    >>> tokens = Tokens("We don’t know …", words.string(["we", "do", "not", "know"]), words)
    >>> len(tokens.full), tokens.bounds(2, 4), tokens.span(0, 1)
    (5, (3, 13), Span(start=0, end=2, text='We'))
    """

    def __init__(self, text: str, string: str, words: Vocabulary) -> None:
        self.text = text
        # One character for each token, gaps at the ends included.
        self.full = words.of_text(text) if _may_end_in_gap(text) else string
        self._whole: list[tuple[int, int]] | None = None
        if _may_go_on(text):
            self._stretches, self._whole = [text], normalize.places(text)
            self._ends = [len(self._whole)]
        else:
            self._stretches = text.replace("per cent", f"per{normalize.JOINER}cent").split(" ")
            self._ends = [*accumulate(map(_counts.__getitem__, self._stretches))]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The characters of some tokens; for none, the empty stretch where they would stand."""
        if end > start:
            begin, stop = self._place(start)
            return begin, stop if end == start + 1 else self._place(end - 1)[1]
        if not self._ends[-1]:
            return 0, 0
        at = self._place(start)[0] if start < self._ends[-1] else self._place(start - 1)[1]
        return at, at

    def _place(self, token: int) -> tuple[int, int]:
        """The characters of a token."""
        nth = bisect_right(self._ends, token)
        found = self._whole or _places[self._stretches[nth]]
        begin, end = found[token - self._ends[nth]]  # of a stretch's tokens, counted from its last
        before = len(" ".join(self._stretches[:nth])) + (nth > 0)
        return before + begin, before + end

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that some tokens take."""
        return Span.of(self.text, *self.bounds(start, end))


def _may_end_in_gap(text: str) -> bool:
    """Whether the first or last token may be a gap. Most texts begin and end with a word, and a mark."""
    begins, ends = text[:1].isalnum(), text[-1:].isalnum() or (text[-1:] in ".,!?" and text[-2:-1].isalnum())
    return not (begins and ends) and normalize.may_have_gaps(text)


def _may_go_on(text: str) -> bool:
    """Whether a token may go on beyond a blank: an insert, the dots of an ellipsis, "Per cent"; or the text
    has other blanks, none of which is printable."""
    if not text.isprintable() or "[" in text or " ." in text:
        return True
    small = text.lower()
    return " cent" in small and small.count("per ") > text.count("per cent")


def _count(stretch: str) -> int:
    return len(normalize.places(stretch))


_counts: Remembered[str, int] = Remembered(_count, REMEMBERED)
_places: Remembered[str, list[tuple[int, int]]] = Remembered(normalize.places, REMEMBERED)
