"""Finds every quotation in a text by its marks, without a model.

Paragraphs are read one by one, so a stray mark does no harm in other paragraphs.

`Quotation.outer` shows whether a mark is missing. A quotation that continues in the next paragraph ends with
its paragraph and has no closing mark (``outer.end == content.end``); the next paragraph begins with an
opening mark again. A quotation without an opening mark has ``outer.start == content.start``.
"""

from __future__ import annotations

from collections.abc import Iterator

from quoteattr.detection.marks import read_marks
from quoteattr.detection.pairing import Pair, pair_marks
from quoteattr.detection.readable import ReadableText, read_text
from quoteattr.layout import paragraphs
from quoteattr.schema import Quotation, Span

_LAST_SPACE = 0x3000
"""Code point of the last character that Unicode counts as white space."""
_EDGE = "".join(filter(str.isspace, map(chr, range(_LAST_SPACE + 1)))) + (
    "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
)
"""The invisible characters, which are cut off at the edges of a quotation."""


def find_quotations(text: str) -> list[Quotation]:
    """Finds every stretch of a text between quotation marks.

    Args:
        text: any text.

    Returns:
        Quotations in order of start, outer before inner.

    Raises:
        TypeError: if `text` is not a str.

    >>> [q.content.text for q in find_quotations("“I don’t know,” she said. ‘Ask the dogs’ owner.’")]
    ['I don’t know,', 'Ask the dogs’ owner.']
    >>> [q.content.text for q in find_quotations("&ldquo;I don&#8217;t know,&rdquo; she said.")]
    ['I don&#8217;t know,']
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    readable = read_text(text)
    return list(map(readable.quotation, find_in_copy(readable)))


def find_in_copy(readable: ReadableText) -> list[Quotation]:
    """Returns the quotations of a readable copy, with offsets of the copy; see `find_quotations`."""
    text = readable.text
    pairs = sorted(_pairs(text), key=lambda pair: (pair.outer_start, -pair.outer_end))
    return [quotation for pair in pairs if (quotation := _quotation(text, pair))]


def _pairs(text: str) -> Iterator[Pair]:
    """The pairs of marks of every paragraph."""
    marks = read_marks(text)
    at = 0
    for start, end in paragraphs(text):
        first = at
        while at < len(marks) and marks[at].start < end:
            at += 1
        if at > first:
            yield from pair_marks(text, start, end, marks[first:at])


def _quotation(text: str, pair: Pair) -> Quotation | None:
    """The quotation of a pair, without space at its edges; None if it has no words."""
    words = text[pair.start : pair.end].lstrip(_EDGE)
    start = pair.end - len(words)
    words = words.rstrip(_EDGE)
    if not any(map(str.isalnum, words)):
        return None
    end = start + len(words)
    outer_start = start if pair.outer_start == pair.start else pair.outer_start
    outer_end = end if pair.outer_end == pair.end else pair.outer_end
    return Quotation(Span(start, end, words), Span.of(text, outer_start, outer_end))
