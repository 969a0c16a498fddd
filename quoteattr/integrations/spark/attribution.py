"""The step that attributes the articles of Arrow batches."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from quoteattr.batches import attributer
from quoteattr.integrations.spark.batches import QUOTATIONS, SPEAKERS, Batches, Row, rows_by_field
from quoteattr.parsing.parser import load_parser
from quoteattr.records import article_row
from quoteattr.schema import Article, AttributedArticle, Style

ADDED = pa.schema([("speakers", SPEAKERS), ("quotations", QUOTATIONS), ("reason", pa.string())])
"""The columns that `attribute_batches` adds."""

Attribute = Callable[[Sequence[Article]], list[AttributedArticle]]


def attribute_batches(
    batches: Batches,
    *,
    columns: Mapping[str, str],
    models: Path | Literal["bundled", "stanza"],
    batch_size: int,
    min_confidence: float,
    indirect: bool,
    style: Style,
    longest: int,
) -> Iterator[pa.RecordBatch]:
    """Yields the rows with the columns "publisher", "speakers", "quotations" and "reason".

    Args:
        batches: rows.
        columns: the column of each field of an article, by field.
        models: as in `load_parser`; they are loaded once for each process.
        batch_size: how many articles are parsed at once.
        min_confidence: as in `quoteattr.attribute`.
        indirect: as in `quoteattr.attribute`.
        style: as in `quoteattr.attribute`.
        longest: characters of the longest text that is read.
    """
    attribute = _attributer(models, min_confidence, indirect, style)
    for batch in batches:
        for at in range(0, batch.num_rows, batch_size):
            part = batch.slice(at, batch_size)
            articles = [_article_or_reason(row, longest) for row in rows_by_field(part, columns)]
            yield _with_results(part, columns, attribute_or_reason(articles, attribute))


@cache
def _attributer(models: Any, min_confidence: float, indirect: bool, style: Style) -> Any:
    return attributer(load_parser(models), min_confidence=min_confidence, indirect=indirect, style=style)


def attribute_or_reason(
    articles: Sequence[Article | str], attribute: Attribute
) -> list[AttributedArticle | str]:
    """Returns the result of each article, or the error if its attribution fails.

    Args:
        articles: articles, and in place of an article that cannot be read the reason, which is returned
            unchanged.
        attribute: attributes some articles.
    """
    found = [article for article in articles if isinstance(article, Article)]
    results: list[AttributedArticle | str]
    try:
        results = [*attribute(found)]
    except Exception:  # attributed one at a time, to find the article that fails
        results = [_result_or_error(article, attribute) for article in found]
    rest = iter(results)
    return [next(rest) if isinstance(article, Article) else article for article in articles]


def _result_or_error(article: Article, attribute: Attribute) -> AttributedArticle | str:
    try:
        (result,) = attribute([article])
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return result


def _article_or_reason(row: Row, longest: int) -> Article | str:
    """The article of a row, or the reason why it cannot be read.

    >>> _article_or_reason({"text": b"It rained.", "published": "2024-05-02"}, 100).published
    datetime.date(2024, 5, 2)
    >>> _article_or_reason({"text": b"caf\\xe9"}, 100)
    'text is not UTF-8 (byte 3)'
    >>> _article_or_reason({"text": b"It rained."}, 5)
    'text has 10 characters, more than 5'
    """
    if row["text"] is None:
        return "no text"
    try:
        text, *rest = (_decoded(row, name) for name in ("text", "id", "publisher", "url"))
        if len(text) > longest:
            return f"text has {len(text)} characters, more than {longest}"
        name, publisher, url = rest
        return Article(text, name, publisher, _day(row.get("published")), url)
    except ValueError as error:
        return str(error)


def _decoded(row: Row, name: str) -> Any:
    value = row.get(name)
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise ValueError(f"{name} is not UTF-8 (byte {error.start})") from None
    return value if value is None else str(value)


def _day(value: Any) -> datetime.date | None:
    """The day of a date, a time, or the ISO form of either."""
    if isinstance(value, bytes):
        value = value.decode(errors="replace")
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"published is no ISO date: {value!r}") from None
    return value.date() if isinstance(value, datetime.datetime) else value


def _with_results(
    batch: pa.RecordBatch, columns: Mapping[str, str], results: Sequence[AttributedArticle | str]
) -> pa.RecordBatch:
    """The batch with columns for the results. The publisher of a row is kept even if the text names another
    one."""
    rows = [article_row(result) if isinstance(result, AttributedArticle) else {} for result in results]
    publisher = columns.get("publisher", "publisher")
    arrays = dict(zip(batch.schema.names, batch.columns, strict=True))
    known = pa.array([row.get("publisher") for row in rows], pa.string())
    arrays[publisher] = pc.coalesce(known, arrays[publisher]) if publisher in arrays else known
    for row, result in zip(rows, results, strict=True):
        row["reason"] = result if isinstance(result, str) else None
    arrays |= {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in ADDED}
    return pa.RecordBatch.from_arrays(list(arrays.values()), names=list(arrays))
