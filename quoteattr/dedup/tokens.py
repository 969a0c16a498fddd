"""The tokens of a text as characters, and where they stand, found for those that are asked for."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from quoteattr.dedup import keys
from quoteattr.dedup.memory import Remembered
from quoteattr.dedup.wording import Vocabulary
from quoteattr.schema import Span

REMEMBERED = 1 << 16
"""Stretches between blanks whose tokens' places are remembered."""


class Tokens:
    """A text as its tokens.

    Places of few are asked for, and mostly no token goes on beyond a blank: then it is looked for in its
    stretch between blanks, which takes half the time that the pattern takes over all of the text.

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
        self.full = words.of_text(text) if keys.may_have_gaps(text) else string
        if _may_go_on(text):
            self._before, self._found = [0], [keys.places(text)]
        else:
            stretches = text.replace("per cent", f"per{keys.JOINER}cent").split(" ")
            self._before = [0, *accumulate(map(len, stretches))]
            self._found = [*map(_places.__getitem__, stretches)]
        self._ends = [*accumulate(map(len, self._found))]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The characters of some tokens; for none, the empty stretch where they would stand."""
        ends, found, before = self._ends, self._found, self._before
        if end > start:
            first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
            # A stretch's tokens are counted from its last; before a stretch are as many blanks as stretches.
            begin = before[first] + first + found[first][start - ends[first]][0]
            return begin, before[last] + last + found[last][end - 1 - ends[last]][1]
        if not ends[-1]:
            return 0, 0
        at = self.bounds(start, start + 1)[0] if start < ends[-1] else self.bounds(start - 1, start)[1]
        return at, at

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that some tokens take."""
        return Span.of(self.text, *self.bounds(start, end))


def _may_go_on(text: str) -> bool:
    """Whether a token may go on beyond a blank: an insert, the dots of an ellipsis, "Per cent"; or the text
    has other blanks, none of which is printable."""
    if not text.isprintable() or "[" in text or " ." in text:
        return True
    return text.lower().count("per ") > text.count("per cent")


_places: Remembered[str, list[tuple[int, int]]] = Remembered(keys.places, REMEMBERED)
