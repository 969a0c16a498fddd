"""The step that attributes the articles of Arrow batches."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from quoteattr.integrations.spark.batches import QUOTATIONS, SPEAKERS, Batches, Row, values
from quoteattr.parsing.parser import load_parser
from quoteattr.pipeline import attributer
from quoteattr.records import article_row
from quoteattr.schema import Article, AttributedArticle

FOUND = pa.schema([("speakers", SPEAKERS), ("quotations", QUOTATIONS), ("reason", pa.string())])
"""What `attributed` adds to the rows."""


def attributed(
    batches: Batches,
    *,
    columns: Mapping[str, str],
    models: Path | Literal["bundled", "stanza"],
    batch_size: int,
    min_confidence: float,
    longest: int,
) -> Iterator[pa.RecordBatch]:
    """The rows with the columns "publisher", "speakers", "quotations" and "reason".

    Args:
        batches: rows.
        columns: for the fields of an article the columns that hold them.
        models: as `load_parser` takes them; they are loaded once for the process.
        batch_size: how many articles are parsed at once.
        min_confidence: as in `quoteattr.attribute`.
        longest: characters of the longest text that is read.
    """
    work = _attributer(models, min_confidence)
    for batch in batches:
        for at in range(0, batch.num_rows, batch_size):
            part = batch.slice(at, batch_size)
            found = [_article_or_reason(row, longest) for row in values(part, columns)]
            yield _with_findings(part, columns, attributed_or_reason(found, work))


@cache
def _attributer(models: Any, min_confidence: float) -> Any:
    return attributer(load_parser(models), min_confidence=min_confidence)


def attributed_or_reason(found: Sequence[Article | str], work: Any) -> list[AttributedArticle | str]:
    """Results in place of the articles; of an article that ends the work, the reason."""
    articles = [article for article in found if isinstance(article, Article)]
    try:
        results = work(articles)
    except Exception:  # one article at a time tells which it was
        results = [_alone(article, work) for article in articles]
    rest = iter(results)
    return [next(rest) if isinstance(article, Article) else article for article in found]


def _alone(article: Article, work: Any) -> AttributedArticle | str:
    try:
        (result,) = work([article])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return result  # type: ignore[no-any-return]


def _article_or_reason(values: Row, longest: int) -> Article | str:
    """The article of a row, or why there is none.

    >>> _article_or_reason({"text": b"It rained.", "published": "2024-05-02"}, 100).published
    datetime.date(2024, 5, 2)
    >>> _article_or_reason({"text": b"caf\\xe9"}, 100)
    'text is not UTF-8 (byte 3)'
    >>> _article_or_reason({"text": b"It rained."}, 5)
    'text has 10 characters, more than 5'
    """
    if values["text"] is None:
        return "no text"
    try:
        text, *rest = (_decoded(values, name) for name in ("text", "id", "publisher", "url"))
        if len(text) > longest:
            return f"text has {len(text)} characters, more than {longest}"
        name, publisher, url = rest
        return Article(text, name, publisher, _day(values.get("published")), url)
    except ValueError as error:
        return str(error)


def _decoded(values: Row, name: str) -> Any:
    value = values.get(name)
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise ValueError(f"{name} is not UTF-8 (byte {error.start})") from None
    return value if value is None else str(value)


def _day(value: Any) -> datetime.date | None:
    """The day of a date, a time or their ISO forms."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"published is no ISO date: {value!r}") from None
    return value.date() if isinstance(value, datetime.datetime) else value


def _with_findings(
    batch: pa.RecordBatch, columns: Mapping[str, str], found: Sequence[AttributedArticle | str]
) -> pa.RecordBatch:
    rows = [article_row(result) if isinstance(result, AttributedArticle) else {} for result in found]
    publisher = columns.get("publisher", "publisher")
    arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
    known = pa.array([row.get("publisher") for row in rows], pa.string())
    arrays[publisher] = pc.coalesce(known, arrays[publisher]) if publisher in arrays else known
    for row, result in zip(rows, found, strict=True):
        row["reason"] = result if isinstance(result, str) else None
    arrays |= {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in FOUND}
    return pa.RecordBatch.from_arrays(list(arrays.values()), names=list(arrays))
