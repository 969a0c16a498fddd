"""Finds dialogue that dashes mark: a paragraph that begins with a dash is spoken, but for the words that
name the speaker ("—Back to barracks! |he said sternly|.")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from quoteattr.layout import paragraphs
from quoteattr.lexicon import cue_kind
from quoteattr.schema import Quotation, Span

_DASH = regex.compile(r"\s*+(?<dash>[—―–]|--)\s*+(?=\p{L})")
_LEAST_PARAGRAPHS = 3
"""Least number of paragraphs that begin with a dash; fewer are a list or a stray one. Set by hand."""
_NAME = r"(?:he|she|I|they|we|the\s[\w’'-]+|\p{Lu}[\w’'-]+(?:\s\p{Lu}[\w’'-]+)?)"
# "|he said sternly.|", "|said Mr Casey,|", "|Stephen had answered quietly.|"
_TAG = regex.compile(
    rf"""
    (?<=[,.!?…:;]) \s+
    (?: {_NAME} \s (?: had \s )? (?<verb> \p{{Ll}}+ ) | (?<verb> \p{{Ll}}+ ) \s {_NAME} )
    \b [^.!?,:;—]{{0,80}} (?: [.,:;!?] | \s*\Z )
    """,
    regex.VERBOSE,
)
_TRAILING = regex.compile(r"(?<![\s—―–-])[\s—―–-]++\Z")


def find_dash_dialogue(text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Returns the quotations of a text together with the dialogue that dashes mark, in order.

    A paragraph with quotation marks is left to them. If fewer than three paragraphs begin with a dash, none
    is dialogue.

    >>> text = "—Come up! he cried. It is late.\\n\\n—No, said Ann Lee.\\n\\n—Why?"
    >>> [q.content.text for q in find_dash_dialogue(text, [])]
    ['Come up!', 'It is late.', 'No,', 'Why?']
    """
    spoken = [found for bounds in paragraphs(text) if (found := _DASH.match(text, *bounds))]
    if len(spoken) < _LEAST_PARAGRAPHS:
        return list(quotations)
    ends = dict(paragraphs(text))
    starts = {found.start(): found for found in spoken}
    marked = {
        start
        for start, end in ends.items()
        if any(start <= quotation.outer.start < end for quotation in quotations)
    }
    pieces = [
        quotation
        for start, dash in starts.items()
        if start not in marked
        for quotation in _pieces(text, dash.start("dash"), dash.end(), ends[start])
    ]
    return sorted([*quotations, *pieces], key=lambda q: (q.outer.start, -q.outer.end))


def _pieces(text: str, outer: int, start: int, end: int) -> Iterator[Quotation]:
    """The spoken pieces of a paragraph; `outer` is the offset of its dash."""
    while start < end:
        tag = next((m for m in _TAG.finditer(text, start, end) if _is_saying(m["verb"])), None)
        stop = tag.start() if tag else end
        words = _TRAILING.sub("", text[start:stop])
        if any(map(str.isalnum, words)):
            stop = start + len(words)
            yield Quotation(Span(start, stop, words), Span.of(text, outer, stop))
        if tag is None:
            return
        start = outer = tag.end() + len(text[tag.end() : end]) - len(text[tag.end() : end].lstrip())


def _is_saying(verb: str) -> bool:
    return cue_kind(verb, verb) == "say" and not verb.endswith("s")


def is_dash(text: str, offset: int) -> bool:
    """Whether a dash stands at an offset."""
    return _DASH.match(text, offset) is not None
