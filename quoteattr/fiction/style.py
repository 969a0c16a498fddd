"""Whether a text is news or fiction."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import regex

from quoteattr.fiction.dashes import find_dash_dialogue
from quoteattr.layout import paragraphs
from quoteattr.lexicon import word_list
from quoteattr.schema import STYLES, Quotation, Style

_LEAST_PAIRS = 2
"""Least number of adjacent paragraphs that are a closed quotation each and nothing else. Of 1,240 news
articles three have so many, and they have many digits; so have all of six novels."""
_MOST_DIGITS = 2.0
"""Most digits for each thousand characters. The median is 5 in news and 0 in novels."""
_LEAST_NARRATION = 10.0
"""Least surplus, in percent of the words outside quotations, of small words of narration over words of
news. Fewer than one in a thousand news articles with so few digits has more; so do half of the novels."""
_LEAST_BESIDE_PAIRS = 4.0
"""The same for a text with such pairs of paragraphs."""
_LEAST_WORDS = 400
"""Least number of words outside quotations for which the surplus is read; in fewer it says little."""
_DIGIT = regex.compile(r"\d")
_WORD = regex.compile(r"[^\W\d_]+")


def check_style(style: Style) -> Style:
    """Returns a style.

    Raises:
        ValueError: if there is no such style.
    """
    if style not in STYLES:
        raise ValueError(f'style must be "news", "fiction" or "auto", got {style!r}')
    return style


def find_spoken(text: str, quotations: list[Quotation], style: Style) -> list[Quotation]:
    """Returns the quotations of a text; in fiction together with the dialogue that dashes mark.

    Args:
        text: the text.
        quotations: its quotations by their marks.
        style: the style of the text.
    """
    if style == "news" or style_of(text, quotations, style) == "news":
        return quotations
    return find_dash_dialogue(text, quotations)


def style_of(text: str, quotations: Sequence[Quotation], style: Style) -> Literal["news", "fiction"]:
    """Returns the style in which to read a text; for "auto", the one that its layout and words show.

    >>> from quoteattr.detection import find_quotations
    >>> text = "“Will you go?”\\n\\n“No.”\\n\\n“Why not?”\\n\\n" + "He had his hat on. " * 20
    >>> style_of(text, find_quotations(text), "auto"), style_of(text, find_quotations(text), "news")
    ('fiction', 'news')
    """
    if style != "auto":
        return style
    if 1000 * len(_DIGIT.findall(text)) > _MOST_DIGITS * len(text):
        return "news"
    spoken = _pairs(text, find_dash_dialogue(text, quotations)) >= _LEAST_PAIRS
    least = _LEAST_BESIDE_PAIRS if spoken else _LEAST_NARRATION
    return "fiction" if _narration(text, quotations) >= least else "news"


def _pairs(text: str, quotations: Sequence[Quotation]) -> int:
    """The number of adjacent paragraphs that are a quotation each and nothing else."""
    alone = {(q.outer.start, q.outer.end) for q in quotations if q.outer != q.content and _is_whole(q)}
    bounds = [(start, start + len(text[start:end].rstrip())) for start, end in paragraphs(text)]
    return sum(first in alone and second in alone for first, second in pairwise(bounds))


def _is_whole(quotation: Quotation) -> bool:
    """Whether a quotation has its closing mark, or begins with a dash."""
    return quotation.outer.end > quotation.content.end or quotation.outer.text[:1] in ("—", "―", "–", "-")


def _narration(text: str, quotations: Sequence[Quotation]) -> float:
    """The surplus of words of narration outside quotations, in percent of the words there."""
    words: list[str] = []
    end = 0
    for quotation in quotations:
        if quotation.outer.start >= end:
            words += _WORD.findall(text, end, quotation.outer.start)
            end = quotation.outer.end
    words += _WORD.findall(text, end)
    lists = word_list("fiction", "narration_words"), word_list("fiction", "report_words")
    narrated, reported = (sum(word.casefold() in listed for word in words) for listed in lists)
    return 100 * (narrated - reported) / max(_LEAST_WORDS, len(words)) if quotations else 0.0
