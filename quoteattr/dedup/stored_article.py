"""Encodes articles as the bytes that a store keeps, and decodes them. The content of a file is not trusted:
size, types and offsets are checked before an article is used."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

from quoteattr.records import article_from_row, article_row
from quoteattr.schema import (
    AttributedArticle,
    Attribution,
    Gender,
    Mention,
    MentionKind,
    Outlet,
    Quotation,
    QuotationKind,
    Span,
    Speaker,
    SpeakerKind,
)

LONGEST_ROW = 32 << 20
"""Bytes of the longest article row. The longest article that `quoteattr run` reads by default, five million
characters, takes some 15 MB with its quotations, and JSON of this size takes at most .9 GB as Python
objects."""
LARGEST_NUMBER = (1 << 31) - 1
"""The largest number of a statement, because the Arrow column for it has 32 bits."""
_NOT_AN_ARTICLE = (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)
"""What `article_from_row` raises for a value that is no article row."""


def encode_article(found: AttributedArticle) -> bytes:
    """Checks an article with `check_article`, and returns its row (see `quoteattr.records`) as JSON.

    Raises:
        TypeError: if a value has another type than its class says.
        ValueError: if the article fails the check, or its row is longer than `LONGEST_ROW`.
    """
    check_article(found)
    text = json.dumps(article_row(found), ensure_ascii=False, separators=(",", ":"))
    row = text.encode("utf-8", "surrogatepass")
    if len(row) > LONGEST_ROW:
        raise ValueError(f"it takes {len(row):,} bytes; a store keeps at most {LONGEST_ROW:,}")
    return row


def unpack(body: object) -> bytes:
    """Returns the row of a compressed body.

    Raises:
        ValueError: if it is not compressed bytes, or unpacks to more than `LONGEST_ROW`.
    """
    if not isinstance(body, bytes):
        raise ValueError(f"its content is {type(body).__name__}, not bytes")
    stream = zlib.decompressobj()
    try:
        row = stream.decompress(body, LONGEST_ROW + 1)
    except zlib.error as error:
        raise ValueError(f"its content cannot be unpacked: {error}") from error
    if len(row) > LONGEST_ROW:
        raise ValueError(f"its content unpacks to more than {LONGEST_ROW:,} bytes")
    if not stream.eof or stream.unused_data:
        raise ValueError("its content is cut off, or other bytes follow it")
    return row


def decode_article(row: bytes) -> AttributedArticle:
    """Returns the article of a row, and checks it with `check_article`.

    Raises:
        ValueError: if it is not an article row, or the article fails the check.
    """
    try:
        found = article_from_row(json.loads(row.decode("utf-8", "surrogatepass")))
        check_article(found)
    except _NOT_AN_ARTICLE as error:
        raise ValueError(f"its content is not an article: {type(error).__name__}: {error}"[:200]) from error
    return found


def check_article(found: AttributedArticle) -> None:
    """Checks that all values have the types of their classes, and that the offsets are those of the text.

    Raises:
        TypeError: if a value has another type than its class says.
        ValueError: if a kind or number is not one of those allowed, a span is not the words of the text at
            its offsets, a quotation's content is outside its marks, or the quotations are not in order.

    >>> from quoteattr.schema import Article
    >>> content = Span(1, 4, "yes")
    >>> check_article(AttributedArticle(Article("“Yes”"), (Attribution(Quotation(content, content)),)))
    Traceback (most recent call last):
    ...
    ValueError: the text from 1 to 4 is not 'yes'
    """
    text = found.article.text
    for attribution in found.attributions:
        _require_type(attribution, Attribution)
        for span in _spans(attribution):
            _check_span(span, text)
        _check_quotation(attribution.quotation)
        _check_values(attribution)
    for speaker in found.speakers:
        _check_speaker(speaker)
    starts = [attribution.quotation.outer.start for attribution in found.attributions]
    if any(before > after for before, after in pairwise(starts)):
        raise ValueError("its quotations are not in the order of the text")


def _spans(attribution: Attribution) -> Iterator[Span]:
    quotation, mention, outlet = attribution.quotation, attribution.mention, attribution.outlet
    yield _require_type(quotation, Quotation).content
    yield quotation.outer
    if _require_type(quotation.parts, tuple) != (quotation.content,):
        yield from quotation.parts
    if attribution.cue is not None:
        yield attribution.cue
    if mention is not None:
        yield _require_type(mention, Mention).span
    if outlet is not None:
        yield _require_type(outlet, Outlet).span


def _check_span(span: Span, text: str) -> None:
    _require_type(span, Span)
    start, end = _require_type(span.start, int), _require_type(span.end, int)
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"no span from {start} to {end} is in its text of {len(text)} characters")
    if text[start:end] != span.text:
        raise ValueError(f"the text from {start} to {end} is not {span.text!r:.60}")


def _check_quotation(quotation: Quotation) -> None:
    content, outer = quotation.content, quotation.outer
    if not outer.start <= content.start <= content.end <= outer.end:
        raise ValueError(f"the words from {content.start} to {content.end} are outside their marks")
    _require_one_of(quotation.kind, QuotationKind)
    parts = quotation.parts
    if not parts or (parts[0].start, parts[-1].end) != (content.start, content.end):
        raise ValueError(f"the parts of the words from {content.start} to {content.end} do not cover them")
    if any(before.end > after.start for before, after in pairwise(parts)):
        raise ValueError(f"the parts of the words from {content.start} to {content.end} are not in order")


def _check_values(attribution: Attribution) -> None:
    """Checks the values of an attribution that are not spans or quotations."""
    if attribution.mention is not None:
        _require_one_of(attribution.mention.kind, MentionKind)
    if attribution.speaker is not None:
        _check_speaker(attribution.speaker)
    if attribution.outlet is not None:
        _require_type(attribution.outlet.name, str)
    statement, confidence = attribution.statement, attribution.confidence
    if statement is not None and not 0 <= _require_type(statement, int) <= LARGEST_NUMBER:
        raise ValueError(f"{statement} is not the number of a statement")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise TypeError(f"a confidence must be a float, got {type(confidence).__name__}")
    if not 0 <= confidence <= 1:
        raise ValueError(f"a confidence must be from 0 to 1, got {confidence}")
    for name in (attribution.decided_by, attribution.resolved_by):
        if name is not None:
            _require_type(name, str)


def _check_speaker(speaker: Speaker) -> None:
    _require_type(speaker, Speaker)
    _require_one_of(speaker.kind, SpeakerKind)
    for name in (speaker.name, *_require_type(speaker.aliases, tuple), *_require_type(speaker.titles, tuple)):
        _require_type(name, str)
    if speaker.gender is not None:
        _require_one_of(speaker.gender, Gender)


def _require_type(value: Any, kind: type) -> Any:
    """Returns a value if its type is exactly the given one, else raises a TypeError. (True is an int, but not
    the number of a statement.)"""
    if type(value) is not kind:
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _require_one_of(value: str, allowed: Any) -> None:
    if value not in get_args(allowed):
        raise ValueError(f"{value!r:.60} is none of {', '.join(get_args(allowed))}")
