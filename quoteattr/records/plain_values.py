"""Results as rows of plain values, and back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from quoteattr.schema import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Conflict,
    Gender,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
    SpeakerKind,
    Utterance,
)

METADATA = ("article", "publisher", "published", "url")
"""The columns with an article's id and metadata. Every kind of row has them."""
SHARED_SPEAKERS = 1024
"""Speakers that `article_from_row` keeps to share between quotations; an article rarely has more than 50."""

RowKind = Literal["article", "quotation", "utterance"]
Row = dict[str, Any]

_ROUNDING = 1e-9
"""What is added before a confidence is cut, so that .29 stays .29 although its binary value is less."""


def cut_confidence(confidence: float, places: int) -> float:
    """Returns a confidence cut to some decimal places. It is not rounded, so that one below a threshold never
    looks as if it had reached it.

    >>> cut_confidence(0.8996, 2), cut_confidence(0.29, 2), cut_confidence(1.0, 3)
    (0.89, 0.29, 1.0)
    """
    scale = 10.0**places
    return math.floor(confidence * scale + _ROUNDING) / scale


def article_row(result: AttributedArticle) -> Row:
    """The article row of a result; `article_from_row` restores the result.

    >>> article = Article("It rained.", id="a1", published="2024-05-02")
    >>> row = article_row(AttributedArticle(article))
    >>> row["article"], row["published"], row["text"], row["quotations"]
    ('a1', '2024-05-02', 'It rained.', [])
    """
    return {
        **_metadata(result.article),
        "text": result.article.text,
        "speakers": [_speaker(speaker) for speaker in result.speakers],
        "quotations": [_attribution(attribution) for attribution in result],
    }


def quotation_rows(result: AttributedArticle) -> list[Row]:
    """One quotation row for each quotation of an article, in the order of its text.

    >>> text = "“Yes,” said Ann Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> (row,) = quotation_rows(AttributedArticle(Article(text, id="a1"), (Attribution(quotation),)))
    >>> row["article"], row["start"], row["end"], row["content"], row["speaker"]
    ('a1', 1, 5, 'Yes,', None)
    """
    return split_article_row(article_row(result))


def split_article_row(row: Row) -> list[Row]:
    """The quotation rows of the article that an article row holds."""
    metadata = {column: row[column] for column in METADATA}
    return [{**metadata, **quotation} for quotation in row["quotations"]]


def utterance_row(utterance: Utterance) -> Row:
    """The utterance row of an utterance; its appearances have their article's metadata, without the text.

    >>> attribution = Attribution(Quotation(Span(1, 4, "Yes"), Span(0, 5, "“Yes”")))
    >>> appearance = Appearance(Article("“Yes”", id="a1"), attribution, "whole")
    >>> row = utterance_row(Utterance("Yes", None, (appearance,)))
    >>> row["text"], [(place["article"], place["relation"]) for place in row["appearances"]]
    ('Yes', [('a1', 'whole')])
    """
    return {
        "text": utterance.text,
        "speaker": utterance.speaker and _speaker(utterance.speaker),
        "outlets": list(utterance.outlets),
        "publishers": list(utterance.publishers),
        "appearances": list(map(appearance_row, utterance.appearances)),
        "conflicts": list(map(_conflict, utterance.conflicts)),
    }


def article_from_row(row: Mapping[str, Any]) -> AttributedArticle:
    """Returns the result that an article row was made from.

    Raises:
        KeyError: if a column is missing.

    >>> result = AttributedArticle(Article("It rained.", url="https://example.org/1"))
    >>> article_from_row(article_row(result)) == result
    True
    """
    article = Article(row["text"], row["article"], row["publisher"], row["published"], row["url"])
    return AttributedArticle(
        article,
        tuple(map(attribution_from_row, row["quotations"])),
        tuple(map(speaker_from_row, row["speakers"])),
    )


def attribution_from_row(row: Mapping[str, Any]) -> Attribution:
    """The attribution that a quotation row, or an item of an article row's ``quotations``, was made from.

    Raises:
        KeyError: if a column is missing.

    >>> text = "“Yes,” said Ann Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> attribution = Attribution(quotation, cue=Span.of(text, 7, 11), confidence=0.5)
    >>> (row,) = quotation_rows(AttributedArticle(Article(text), (attribution,)))
    >>> attribution_from_row(row) == attribution
    True
    """
    cue, mention, outlet = row["cue"], row["mention"], row["outlet"]
    content = Span(row["start"], row["end"], row["content"])
    parts = tuple(map(_span_from_row, row.get("parts") or ())) or (content,)
    return Attribution(
        Quotation(content, _span_from_row(row["outer"]), row["kind"], parts),
        None if cue is None else _span_from_row(cue),
        None if mention is None else Mention(_span_from_row(mention), mention["kind"]),
        None if row["speaker"] is None else speaker_from_row(row["speaker"]),
        None if outlet is None else Outlet(outlet["name"], _span_from_row(outlet)),
        row["statement"],
        row["confidence"],
        row["decided_by"],
        row.get("resolved_by"),  # rows of other tools may lack it
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an article row.

    >>> json_schema()["title"]
    'An article and its quotations'
    """
    file = resources.files("quoteattr") / "data" / "article.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


# Parts of rows


def _metadata(article: Article) -> Row:
    return {
        "article": article.id,
        "publisher": article.publisher,
        "published": article.published and article.published.isoformat()[:10],  # the day of a datetime
        "url": article.url,
    }


def _attribution(attribution: Attribution) -> Row:
    content, mention = attribution.quotation.content, attribution.mention
    kind, parts = attribution.quotation.kind, attribution.quotation.parts
    return {
        "start": content.start,
        "end": content.end,
        "content": content.text,
        "outer": _span(attribution.quotation.outer),
        "kind": kind,
        "speaker": attribution.speaker and _speaker(attribution.speaker),
        "mention": mention and {**_span(mention.span), "kind": mention.kind},
        "cue": None if attribution.cue is None else _span(attribution.cue),
        "outlet": attribution.outlet and _outlet(attribution.outlet),
        "statement": attribution.statement,
        "confidence": attribution.confidence,
        "decided_by": attribution.decided_by,
        "resolved_by": attribution.resolved_by,
        **({} if kind == "direct" else {"parts": list(map(_span, parts))}),
    }


def appearance_row(appearance: Appearance) -> Row:
    """An item of an utterance row's ``appearances``."""
    return {
        **_metadata(appearance.article),
        "quotation": _attribution(appearance.attribution),
        "relation": appearance.relation,
        "outlet": appearance.outlet and _outlet(appearance.outlet),
        "outlet_inferred": appearance.outlet_inferred,
        "covers": list(map(_span, appearance.covers)),
        "edits": [{"canonical": _span(e.canonical), "printed": _span(e.printed)} for e in appearance.edits],
    }


def _conflict(conflict: Conflict) -> Row:
    """A conflict as plain values; the article's id and the offsets of the words identify its appearance."""
    content = conflict.appearance.attribution.quotation.content
    return {
        "kind": conflict.kind,
        "detail": conflict.detail,
        "article": conflict.appearance.article.id,
        "start": content.start,
        "end": content.end,
    }


def _outlet(outlet: Outlet) -> Row:
    return {"name": outlet.name, **_span(outlet.span)}


def _speaker(speaker: Speaker) -> Row:
    return {
        "name": speaker.name,
        "kind": speaker.kind,
        "aliases": list(speaker.aliases),
        "titles": list(speaker.titles),
        "gender": speaker.gender,
    }


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text}


def _span_from_row(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"], row["text"])


def speaker_from_row(row: Mapping[str, Any]) -> Speaker:
    """The speaker of a row's ``speaker``; rows of earlier versions and other tools may lack titles and
    gender."""
    titles = tuple(row.get("titles") or ())
    return _shared_speaker(row["name"], row["kind"], tuple(row["aliases"]), titles, row.get("gender"))


@lru_cache(SHARED_SPEAKERS)
def _shared_speaker(
    name: str, kind: SpeakerKind, aliases: tuple[str, ...], titles: tuple[str, ...], gender: Gender | None
) -> Speaker:
    """Returns the same object for all quotations of a speaker, which saves memory, and time in
    `deduplicate`."""
    return Speaker(name, kind, aliases, titles, gender)
