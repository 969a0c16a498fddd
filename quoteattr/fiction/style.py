"""Whether a text is news or fiction."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from quoteattr.layout import paragraphs
from quoteattr.schema import Quotation

Style = Literal["news", "fiction", "auto"]
STYLES: tuple[Style, ...] = ("news", "fiction", "auto")
_LEAST_PAIRS = 2
"""Least number of adjacent paragraphs that are a closed quotation each and nothing else. No article of
PolNeAR's
development set has such a pair."""


def check_style(style: Style) -> Style:
    """Returns a style.

    Raises:
        ValueError: if there is no such style.
    """
    if style not in STYLES:
        raise ValueError(f'style must be "news", "fiction" or "auto", got {style!r}')
    return style


def style_of(text: str, quotations: Sequence[Quotation], style: Style) -> Literal["news", "fiction"]:
    """Returns the style in which to read a text; for "auto", the one that its layout shows.

    >>> from quoteattr.detection import find_quotations
    >>> text = "“Will you go?”\\n\\n“No.”\\n\\n“Why not?”\\n\\nHe left."
    >>> style_of(text, find_quotations(text), "auto"), style_of(text, find_quotations(text), "news")
    ('fiction', 'news')
    """
    if style != "auto":
        return style
    alone = {(q.outer.start, q.outer.end) for q in quotations if q.outer.end > q.content.end}
    bounds = [(start, start + len(text[start:end].rstrip())) for start, end in paragraphs(text)]
    pairs = sum(first in alone and second in alone for first, second in pairwise(bounds))
    return "fiction" if pairs >= _LEAST_PAIRS else "news"
