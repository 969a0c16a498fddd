"""Rows as Arrow tables, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from quoteattr.records.plain_values import (
    METADATA,
    Row,
    RowKind,
    article_from_row,
    article_row,
    quotation_rows,
    utterance_row,
)
from quoteattr.schema import AttributedArticle, Utterance

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 1
"""Version of the columns."""
READ_AT_ONCE = 256
"""Rows of an Arrow table that are converted to Python objects at once: a few megabytes of article text."""

Shape = str | list[Any] | dict[str, Any]
"""An Arrow type: its name, a list of one type for a list, or a dict of types for a struct."""

_SPAN: dict[str, Shape] = {"start": "int32", "end": "int32", "text": "string"}
_SPEAKER: dict[str, Shape] = {
    "name": "string",
    "kind": "string",
    "aliases": ["string"],
    "titles": ["string"],
    "gender": "string",
}
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

    >>> from quoteattr.schema import Article
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

    >>> from quoteattr.schema import Article
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


def _with_dates(row: Row) -> Row:
    """The row with dates instead of ISO strings, also in its appearances."""
    if "appearances" in row:
        return {**row, "appearances": list(map(_with_dates, row["appearances"]))}
    day = row["published"]
    return {**row, "published": datetime.date.fromisoformat(day) if day else None}
