"""Quotations and utterances over a cluster, on Spark DataFrames (extra ``spark``; Java 17 or later).

    from quoteattr import spark as quotes

    articles = session.read.parquet("articles.parquet")
    said = quotes.attribute(articles)
    said.write.parquet("said.parquet")
    quotes.deduplicate(session.read.parquet("said.parquet")).write.parquet("lines.parquet")

The package must be installed where the workers run. ``docs/spark.md`` tells how large a cluster to take.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

try:
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import StringType, StructField, StructType
except ImportError:
    raise ImportError(
        "quoteattr.integrations.spark needs pyspark and pyarrow: pip install 'quoteattr[spark]'"
    ) from None

from quoteattr.integrations.spark import attribution, deduplication
from quoteattr.pipeline import check_confidence
from quoteattr.records import arrow_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FIELDS = {"id": ("article", "id"), "publisher": ("publisher",), "published": ("published",), "url": ("url",)}
"""For the fields of an article the columns that are taken where none is named: those of article rows."""


def attribute(
    df: DataFrame,
    text: str = "text",
    *,
    id: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    models: Path | Literal["bundled", "stanza"] = "bundled",
    batch_size: int = 64,
    min_confidence: float = 0.0,
    longest: int = 1_000_000,
) -> DataFrame:
    """Find the quotations of each row's text, as `quoteattr.attribute` does.

    Args:
        df: a row for each article.
        text: the column of the texts.
        id: the column of the articles' names; without it "article" or "id", if there is one.
        publisher: the column of who printed it; without it "publisher", if there is one.
        published: the column of the day, a date, a timestamp or an ISO date in a string; without it
            "published", if there is one.
        url: the column of where it stands; without it "url", if there is one.
        models: as `quoteattr.load_parser` takes them. Each Python worker loads them once.
        batch_size: how many articles are parsed at once.
        min_confidence: as in `quoteattr.attribute`.
        longest: a text of more characters is not read. Newspaper articles have some thousands.

    Returns:
        The columns of ``df``, in their order, and "speakers" and "quotations", which hold what article rows
        hold (`quoteattr.records`), empty where nothing is found, and "reason". Of a row that cannot be read
        the first two are null, and "reason" says why; of all others it is null. A publisher that only the
        text names is put into the publisher's column, which is added if need be.

    Raises:
        TypeError: if ``df`` is no Spark DataFrame.
        ValueError: if a column is named that ``df`` does not have, the text's is not of strings, or ``df``
            has a column that is to be added; if a number is out of range.
    """
    columns = _columns(
        df, {"text": text}, {"id": id, "publisher": publisher, "published": published, "url": url}
    )
    if batch_size < 1 or longest < 1:
        raise ValueError(f"batch_size and longest must be 1 or more, got {batch_size} and {longest}")
    check_confidence(min_confidence)
    added = from_arrow_schema(attribution.FOUND)
    if taken := set(df.columns) & set(added.names):
        raise ValueError(f"the DataFrame has columns {sorted(taken)} already; drop or rename them")
    found_publisher = [] if "publisher" in columns else [StructField("publisher", StringType())]
    step = partial(
        attribution.attributed,
        columns=columns,
        models=models,
        batch_size=batch_size,
        min_confidence=min_confidence,
        longest=longest,
    )
    return df.mapInArrow(step, StructType([*df.schema.fields, *found_publisher, *added.fields]))


def deduplicate(
    df: DataFrame,
    text: str = "text",
    *,
    id: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    url: str | None = None,
    quotations: str = "quotations",
    reliable: bool = False,
) -> DataFrame:
    """Find every line that the articles quote, once, with all places that carry it.

    The lines are those of `quoteattr.deduplicate`. All work but the last joins is done before the function
    returns.

    Args:
        df: a row for each article, as `attribute` gives it, or read from article rows.
        text: the column of the texts.
        id, publisher, published, url: as in `attribute`.
        quotations: the column of the quotations. Rows where it is null are passed over.
        reliable: keep the tables between the steps in the session's checkpoint directory, so that executors
            may be lost, and not on the executors, which is faster.

    Returns:
        A row for each utterance (`quoteattr.records.utterance_row`), in order of first appearance; those
        without a date come last.

    Raises:
        TypeError: if ``df`` is no Spark DataFrame.
        ValueError: if a column is named that ``df`` does not have.
    """
    named = {"id": id, "publisher": publisher, "published": published, "url": url}
    columns = _columns(df, {"text": text, "quotations": quotations}, named)
    kept = partial(_kept, reliable=reliable)
    printed = kept(deduplication.printed(df, columns))
    units = kept(deduplication.units(printed))
    found = kept(deduplication.edges(units, deduplication.candidates(units)))
    homes = kept(deduplication.homes(units, found.where("joined")))
    said = kept(deduplication.told(printed, homes))
    told = deduplication.with_companions_outlets(deduplication.with_conflicts(said, found, homes))
    return told.orderBy("number", "begin").select(*arrow_schema("utterance").names)


def _columns(df: DataFrame, needed: dict[str, str], named: dict[str, str | None]) -> dict[str, str]:
    """For the fields of an article the columns that hold them."""
    if not hasattr(df, "mapInArrow"):
        raise TypeError(f"df must be a Spark DataFrame, got {type(df).__name__}")
    there = df.columns
    columns = needed | {field: column for field, column in named.items() if column is not None}
    for field, column in columns.items():
        if column not in there:
            raise ValueError(f"there is no column {column!r} for {field}, only {there}")
    for field in named.keys() - columns.keys():
        usual = [name for name in FIELDS[field] if name in there]
        if usual:
            columns[field] = usual[0]
    for field in {"text", "publisher"} & set(columns):
        if not isinstance(kind := df.schema[columns[field]].dataType, StringType):
            raise ValueError(f"column {columns[field]!r} must hold strings, not {kind.simpleString()}")
    return columns


def _kept(df: DataFrame, reliable: bool) -> DataFrame:
    """The table, computed once: the numbers of its rows must not change, and plans stay short."""
    return df.checkpoint() if reliable else df.localCheckpoint()
