"""Results as plain values, JSON and Arrow rows, and back.

There are three kinds of row. An *article row* holds a whole article: its text and everything found in it. A
*quotation row* holds one quotation with the metadata of its article, without the text. An *utterance row*
holds one utterance with all its appearances. `article_from_row` and `attribution_from_row` restore exactly
the values that a row was made from. ``docs/corpora.md`` describes every column.

The metadata of Arrow schemas name the kind of row (``quoteattr.records``) and the version of the columns
(``quoteattr.version``). Adding columns at the end keeps the version; every other change needs a new one.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from quoteattr.schema import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Conflict,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
    SpeakerKind,
    Utterance,
)

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 1
"""Version of the columns."""
METADATA = ("article", "publisher", "published", "url")
"""The columns with an article's id and metadata. Every kind of row has them."""
READ_AT_ONCE = 256
"""Rows of an Arrow table that are converted to Python objects at once: a few megabytes of article text."""
SHARED_SPEAKERS = 1024
"""Speakers that `article_from_row` keeps to share between quotations; an article rarely has more than 50."""

RowKind = Literal["article", "quotation", "utterance"]
Row = dict[str, Any]


def article_row(result: AttributedArticle) -> Row:
    """The article row of a result; `article_from_row` restores the result.

    >>> article = Article("It rained.", id="a1", published=datetime.date(2024, 5, 2))
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
    published = row["published"]
    if isinstance(published, str):
        published = datetime.date.fromisoformat(published)
    article = Article(row["text"], row["article"], row["publisher"], published, row["url"])
    return AttributedArticle(
        article,
        tuple(map(attribution_from_row, row["quotations"])),
        tuple(map(_speaker_from_row, row["speakers"])),
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
        None if row["speaker"] is None else _speaker_from_row(row["speaker"]),
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


# Arrow

Shape = str | list[Any] | dict[str, Any]
"""An Arrow type: its name, a list of one type for a list, or a dict of types for a struct."""

_SPAN: dict[str, Shape] = {"start": "int32", "end": "int32", "text": "string"}
_SPEAKER: dict[str, Shape] = {"name": "string", "kind": "string", "aliases": ["string"]}
_OUTLET: dict[str, Shape] = {"name": "string", **_SPAN}
_METADATA: dict[str, Shape] = {**dict.fromkeys(METADATA, "string"), "published": "date32"}
_QUOTATION: dict[str, Shape] = {
    "start": "int32",
    "end": "int32",
    "content": "string",
    "outer": _SPAN,
    "kind": "string",
    "speaker": _SPEAKER,
    "mention": {**_SPAN, "kind": "string"},
    "cue": _SPAN,
    "outlet": _OUTLET,
    "statement": "int32",
    "confidence": "float64",
    "decided_by": "string",
    "resolved_by": "string",
    "parts": [_SPAN],
}
_APPEARANCE: dict[str, Shape] = {
    **_METADATA,
    "quotation": _QUOTATION,
    "relation": "string",
    "outlet": _OUTLET,
    "outlet_inferred": "bool",
    "covers": [_SPAN],
    "edits": [{"canonical": _SPAN, "printed": _SPAN}],
}
_CONFLICT: dict[str, Shape] = dict.fromkeys(("kind", "detail", "article"), "string")
_CONFLICT |= {"start": "int32", "end": "int32"}
SHAPES: dict[RowKind, dict[str, Shape]] = {
    "article": {**_METADATA, "text": "string", "speakers": [_SPEAKER], "quotations": [_QUOTATION]},
    "quotation": {**_METADATA, **_QUOTATION},
    "utterance": {
        "text": "string",
        "speaker": _SPEAKER,
        "outlets": ["string"],
        "publishers": ["string"],
        "appearances": [_APPEARANCE],
        "conflicts": [_CONFLICT],
    },
}
"""The columns of each kind of row, in order, as Arrow types."""


def arrow_schema(kind: RowKind) -> pa.Schema:
    """The Arrow schema of a kind of row, with the kind and version in its metadata.

    Raises:
        ImportError: if pyarrow is not installed; says how to get it.
        ValueError: if ``kind`` is none of "article", "quotation" and "utterance".

    >>> arrow_schema("quotation").field("content").type
    DataType(string)
    """
    pa = _pyarrow()
    if kind not in SHAPES:
        raise ValueError(f'kind must be "article", "quotation" or "utterance", got {kind!r}')
    metadata = {"quoteattr.records": kind, "quoteattr.version": str(VERSION)}
    return pa.schema(list(_arrow_type(SHAPES[kind])), metadata)


def to_arrow(
    results: Iterable[AttributedArticle] | Iterable[Utterance], kind: RowKind = "article"
) -> pa.Table:
    """The rows of results as an Arrow table, which Parquet, pandas and Polars read.

    Args:
        results: attributed articles; utterances if ``kind`` is "utterance".
        kind: which rows.

    Raises:
        ImportError: if pyarrow is not installed; says how to get it.
        UnicodeEncodeError: if a text has a lone surrogate, which UTF-8 cannot encode.
        ValueError: if ``kind`` is none of "article", "quotation" and "utterance".

    >>> table = to_arrow([AttributedArticle(Article("It rained.", id="a1"))])
    >>> table.num_rows, table.column("article").to_pylist()
    (1, ['a1'])
    """
    schema = arrow_schema(kind)
    return rows_to_arrow((row for result in results for row in _rows(result, kind)), schema)


def rows_to_arrow(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows as an Arrow table with the schema of their kind."""
    return _pyarrow().Table.from_pylist(list(map(_with_dates, rows)), schema=schema)


def from_arrow(table: pa.Table | pa.RecordBatch) -> Iterator[AttributedArticle]:
    """The results that the article rows of a table were made from, one after the other.

    Raises:
        ValueError: if the table's metadata name another kind of row or a newer version.

    >>> results = [AttributedArticle(Article("It rained.", id="a1"))]
    >>> list(from_arrow(to_arrow(results))) == results
    True
    """
    metadata = table.schema.metadata or {}
    kind = metadata.get(b"quoteattr.records", b"article").decode()
    version = int(metadata.get(b"quoteattr.version", VERSION))
    if kind != "article":
        raise ValueError(f"results can be read from article rows only; the table has {kind} rows")
    if version > VERSION:
        raise ValueError(f"the table has rows of version {version}; this release reads up to {VERSION}")
    return map(article_from_row, (row for batch in _batches(table) for row in batch.to_pylist()))


def _batches(table: pa.Table | pa.RecordBatch) -> list[pa.RecordBatch]:
    is_batch = isinstance(table, _pyarrow().RecordBatch)
    return [table] if is_batch else table.to_batches(max_chunksize=READ_AT_ONCE)


def _rows(result: Any, kind: RowKind) -> list[Row]:
    if kind == "utterance":
        return [utterance_row(result)]
    return quotation_rows(result) if kind == "quotation" else [article_row(result)]


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise ImportError("Arrow and Parquet need pyarrow: pip install 'quoteattr[corpus]'") from None
    return pyarrow


def _arrow_type(shape: Shape) -> Any:
    pa = _pyarrow()
    if isinstance(shape, str):
        return pa.type_for_alias(shape)
    if isinstance(shape, list):
        # Parquet names the items of a list "element"; so a schema that was read from a file equals this one.
        return pa.list_(pa.field("element", _arrow_type(shape[0])))
    return pa.struct([(name, _arrow_type(inner)) for name, inner in shape.items()])


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
    return {"name": speaker.name, "kind": speaker.kind, "aliases": list(speaker.aliases)}


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text}


def _span_from_row(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"], row["text"])


def _speaker_from_row(row: Mapping[str, Any]) -> Speaker:
    return _shared_speaker(row["name"], row["kind"], tuple(row["aliases"]))


@lru_cache(SHARED_SPEAKERS)
def _shared_speaker(name: str, kind: SpeakerKind, aliases: tuple[str, ...]) -> Speaker:
    """Returns the same object for all quotations of a speaker, which saves memory, and time in
    `deduplicate`."""
    return Speaker(name, kind, aliases)


def _with_dates(row: Row) -> Row:
    """The row with dates instead of ISO strings, also in its appearances."""
    if "appearances" in row:
        return {**row, "appearances": list(map(_with_dates, row["appearances"]))}
    day = row["published"]
    return {**row, "published": datetime.date.fromisoformat(day) if day else None}
