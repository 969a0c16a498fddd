"""Results as rows: plain values for JSON, and Arrow tables of the same shape.

There are three kinds of row. An *article row* holds one article whole, its text and all that was found; from
it the result comes back as it was. A *quotation row* holds one quotation, with what is known of its article
but without the text; its attribution comes back as it was. An *utterance row* holds one line with all places
that carry it. ``docs/corpora.md`` describes every column.

Arrow schemas carry the shape's version in their metadata (``quoteattr.records``, ``quoteattr.version``). A
version only ever gains columns, at the end; anything else is a new version.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from quoteattr.lexicon import DATA
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
    Utterance,
)

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 1
"""Number of the shape."""
ABOUT = ("article", "publisher", "published", "url")
"""What every kind of row tells of an article: its id, and what else its owner knows."""

RowKind = Literal["article", "quotation", "utterance"]
Row = dict[str, Any]


def article_row(result: AttributedArticle) -> Row:
    """The whole article as plain values; `article_of` reads it back.

    >>> from quoteattr import Article
    >>> article = Article("It rained.", id="a1", published=datetime.date(2024, 5, 2))
    >>> row = article_row(AttributedArticle(article))
    >>> row["article"], row["published"], row["text"], row["quotations"]
    ('a1', '2024-05-02', 'It rained.', [])
    """
    return {
        **_about(result.article),
        "text": result.article.text,
        "speakers": [_speaker(speaker) for speaker in result.speakers],
        "quotations": [_attribution(attribution) for attribution in result],
    }


def quotation_rows(result: AttributedArticle) -> list[Row]:
    """A row for each quotation of the article, in its order; none where it has none.

    >>> from quoteattr import Article
    >>> text = "“Yes,” said Ann Lee."
    >>> said = Attribution(Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6)), confidence=0.5)
    >>> (row,) = quotation_rows(AttributedArticle(Article(text, id="a1"), (said,)))
    >>> row["article"], row["start"], row["end"], row["content"], row["speaker"]
    ('a1', 1, 5, 'Yes,', None)
    """
    return by_quotation(article_row(result))


def by_quotation(row: Row) -> list[Row]:
    """The quotation rows that an article row amounts to."""
    about = {column: row[column] for column in ABOUT}
    return [{**about, **quotation} for quotation in row["quotations"]]


def utterance_row(utterance: Utterance) -> Row:
    """The line as plain values: an appearance has what is known of its article but not the text.

    >>> from quoteattr import Article
    >>> said = Attribution(Quotation(Span(1, 4, "Yes"), Span(0, 5, "“Yes”")))
    >>> row = utterance_row(Utterance("Yes", None, (Appearance(Article("“Yes”", id="a1"), said, "whole"),)))
    >>> row["text"], [(place["article"], place["relation"]) for place in row["appearances"]]
    ('Yes', [('a1', 'whole')])
    """
    return {
        "text": utterance.text,
        "speaker": utterance.speaker and _speaker(utterance.speaker),
        "outlets": list(utterance.outlets),
        "publishers": list(utterance.publishers),
        "appearances": list(map(_appearance, utterance.appearances)),
        "conflicts": list(map(_conflict, utterance.conflicts)),
    }


def article_of(row: Mapping[str, Any]) -> AttributedArticle:
    """The result that an article row holds.

    Raises:
        KeyError: if a column is missing.

    >>> from quoteattr import Article
    >>> result = AttributedArticle(Article("It rained.", url="https://example.org/1"))
    >>> article_of(article_row(result)) == result
    True
    """
    published = row["published"]
    if isinstance(published, str):
        published = datetime.date.fromisoformat(published)
    article = Article(row["text"], row["article"], row["publisher"], published, row["url"])
    return AttributedArticle(
        article, tuple(map(attribution_of, row["quotations"])), tuple(map(_speaker_of, row["speakers"]))
    )


def attribution_of(row: Mapping[str, Any]) -> Attribution:
    """The attribution that a quotation row holds, or an item of an article row's ``quotations``.

    Raises:
        KeyError: if a column is missing.

    >>> text = "“Yes,” said Ann Lee."
    >>> attribution_of({
    ...     "start": 1, "end": 5, "content": "Yes,", "outer": {"start": 0, "end": 6, "text": "“Yes,”"},
    ...     "kind": "direct", "speaker": None, "mention": None, "outlet": None,
    ...     "cue": {"start": 7, "end": 11, "text": "said"},
    ...     "statement": None, "confidence": 0.5, "decided_by": "none",
    ... }).cue
    Span(start=7, end=11, text='said')
    """
    content = Span(row["start"], row["end"], row["content"])
    mention, outlet = row["mention"], row["outlet"]
    return Attribution(
        Quotation(content, _span_of(row["outer"]), row["kind"]),
        None if row["cue"] is None else _span_of(row["cue"]),
        mention and Mention(_span_of(mention), mention["kind"]),
        row["speaker"] and _speaker_of(row["speaker"]),
        outlet and Outlet(outlet["name"], _span_of(outlet)),
        row["statement"],
        row["confidence"],
        row["decided_by"],
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an article row.

    >>> json_schema()["title"]
    'An article and its quotations'
    """
    schema: dict[str, Any] = json.loads((DATA / "article.schema.json").read_text(encoding="utf-8"))
    return schema


# Arrow


def arrow_schema(kind: RowKind) -> pa.Schema:
    """The columns of a kind of row, typed, with the version in the metadata.

    Raises:
        ImportError: if pyarrow is not installed; says how to get it.
        ValueError: if ``kind`` is none of "article", "quotation" and "utterance".

    >>> arrow_schema("quotation").field("content").type
    DataType(string)
    """
    pa = _pyarrow()

    def list_of(kind: Any) -> Any:
        return pa.list_(
            pa.field("element", kind)
        )  # Parquet's own name for it, so that it comes back the same

    span = [("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())]
    speaker = pa.struct([("name", pa.string()), ("kind", pa.string()), ("aliases", list_of(pa.string()))])
    about = [
        ("article", pa.string()),
        ("publisher", pa.string()),
        ("published", pa.date32()),
        ("url", pa.string()),
    ]
    quotation = [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("content", pa.string()),
        ("outer", pa.struct(span)),
        ("kind", pa.string()),
        ("speaker", speaker),
        ("mention", pa.struct([*span, ("kind", pa.string())])),
        ("cue", pa.struct(span)),
        ("outlet", pa.struct([("name", pa.string()), *span])),
        ("statement", pa.int32()),
        ("confidence", pa.float64()),
        ("decided_by", pa.string()),
    ]
    article = [
        ("text", pa.string()),
        ("speakers", list_of(speaker)),
        ("quotations", list_of(pa.struct(quotation))),
    ]
    edit = pa.struct([("canonical", pa.struct(span)), ("printed", pa.struct(span))])
    appearance = [
        *about,
        ("quotation", pa.struct(quotation)),
        ("relation", pa.string()),
        ("outlet", pa.struct([("name", pa.string()), *span])),
        ("outlet_inferred", pa.bool_()),
        ("covers", list_of(pa.struct(span))),
        ("edits", list_of(edit)),
    ]
    conflict = [(name, pa.string()) for name in ("kind", "detail", "article")]
    utterance = [
        ("text", pa.string()),
        ("speaker", speaker),
        ("outlets", list_of(pa.string())),
        ("publishers", list_of(pa.string())),
        ("appearances", list_of(pa.struct(appearance))),
        ("conflicts", list_of(pa.struct([*conflict, ("start", pa.int32()), ("end", pa.int32())]))),
    ]
    columns = {"article": [*about, *article], "quotation": [*about, *quotation], "utterance": utterance}
    if kind not in columns:
        raise ValueError(f'kind must be "article", "quotation" or "utterance", got {kind!r}')
    return pa.schema(columns[kind], {"quoteattr.records": kind, "quoteattr.version": str(VERSION)})


def to_arrow(
    results: Iterable[AttributedArticle] | Iterable[Utterance], kind: RowKind = "article"
) -> pa.Table:
    """The results as an Arrow table: Parquet, pandas and Polars take it as it is.

    Args:
        results: attributed articles; for rows of the kind "utterance", utterances.
        kind: which rows.

    Raises:
        ImportError: if pyarrow is not installed; says how to get it.
        UnicodeEncodeError: if a text holds half of a surrogate pair, which no UTF-8 can carry.
        ValueError: if ``kind`` is none of "article", "quotation" and "utterance".

    >>> from quoteattr import Article
    >>> table = to_arrow([AttributedArticle(Article("It rained.", id="a1"))])
    >>> table.num_rows, table.column("article").to_pylist()
    (1, ['a1'])
    """
    rows: dict[str, Callable[[Any], list[Row]]] = {
        "article": lambda result: [article_row(result)],
        "quotation": quotation_rows,
        "utterance": lambda utterance: [utterance_row(utterance)],
    }
    schema = arrow_schema(kind)
    return table_of((row for result in results for row in rows[kind](result)), schema)


def table_of(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows as an Arrow table; the schema is that of their kind."""
    return _pyarrow().Table.from_pylist(list(map(_dated, rows)), schema=schema)


def from_arrow(table: pa.Table | pa.RecordBatch) -> Iterator[AttributedArticle]:
    """The results that a table of article rows holds, one after the other.

    Raises:
        ValueError: if the table says that it holds other rows, or rows of a newer version.

    >>> from quoteattr import Article
    >>> results = [AttributedArticle(Article("It rained.", id="a1"))]
    >>> list(from_arrow(to_arrow(results))) == results
    True
    """
    metadata = table.schema.metadata or {}
    kind = metadata.get(b"quoteattr.records", b"article").decode()
    version = int(metadata.get(b"quoteattr.version", VERSION))
    if kind != "article":
        raise ValueError(f"the table holds {kind} rows; results are read from article rows")
    if version > VERSION:
        raise ValueError(f"the table's rows are of version {version}; this release reads up to {VERSION}")
    return map(article_of, (row for batch in _batches(table) for row in batch.to_pylist()))


def _batches(table: pa.Table | pa.RecordBatch) -> list[pa.RecordBatch]:
    return [table] if isinstance(table, _pyarrow().RecordBatch) else table.to_batches(max_chunksize=256)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise ImportError("Arrow and Parquet need pyarrow: pip install 'quoteattr[corpus]'") from None
    return pyarrow


# Parts of a row


def _about(article: Article) -> Row:
    return {
        "article": article.id,
        "publisher": article.publisher,
        "published": article.published and article.published.isoformat()[:10],  # of a datetime, the day
        "url": article.url,
    }


def _attribution(attribution: Attribution) -> Row:
    quotation, mention = attribution.quotation, attribution.mention
    content = quotation.content
    return {
        "start": content.start,
        "end": content.end,
        "content": content.text,
        "outer": _span(quotation.outer),
        "kind": quotation.kind,
        "speaker": attribution.speaker and _speaker(attribution.speaker),
        "mention": mention and {**_span(mention.span), "kind": mention.kind},
        "cue": None if attribution.cue is None else _span(attribution.cue),
        "outlet": _outlet(attribution.outlet),
        "statement": attribution.statement,
        "confidence": attribution.confidence,
        "decided_by": attribution.decided_by,
    }


def _appearance(appearance: Appearance) -> Row:
    return {
        **_about(appearance.article),
        "quotation": _attribution(appearance.attribution),
        "relation": appearance.relation,
        "outlet": _outlet(appearance.outlet),
        "outlet_inferred": appearance.outlet_inferred,
        "covers": list(map(_span, appearance.covers)),
        "edits": [{"canonical": _span(e.canonical), "printed": _span(e.printed)} for e in appearance.edits],
    }


def _conflict(conflict: Conflict) -> Row:
    """Where the conflicting appearance is, by its article's name and offsets, stands for the appearance."""
    content = conflict.appearance.attribution.quotation.content
    return {
        "kind": conflict.kind,
        "detail": conflict.detail,
        "article": conflict.appearance.article.id,
        "start": content.start,
        "end": content.end,
    }


def _outlet(outlet: Outlet | None) -> Row | None:
    return None if outlet is None else {"name": outlet.name, **_span(outlet.span)}


def _speaker(speaker: Speaker) -> Row:
    return {"name": speaker.name, "kind": speaker.kind, "aliases": list(speaker.aliases)}


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end, "text": span.text}


def _speaker_of(row: Mapping[str, Any]) -> Speaker:
    return Speaker(row["name"], row["kind"], tuple(row["aliases"]))


def _span_of(row: Mapping[str, Any]) -> Span:
    return Span(row["start"], row["end"], row["text"])


def _dated(row: Row) -> Row:
    """The row with dates instead of their ISO forms, also in its appearances."""
    if "appearances" in row:
        return {**row, "appearances": list(map(_dated, row["appearances"]))}
    return {**row, "published": _date(row["published"])}


def _date(day: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(day) if day else None
