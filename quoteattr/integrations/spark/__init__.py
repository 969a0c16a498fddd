"""Attribution and deduplication of Spark DataFrames (extra ``spark``; Java 17 or later).

    from quoteattr.integrations import spark

    articles = session.read.parquet("articles.parquet")
    spark.attribute(articles).write.parquet("attributed.parquet")
    attributed = session.read.parquet("attributed.parquet")
    spark.deduplicate(attributed).write.parquet("utterances.parquet")

The package must be installed where the workers run. ``docs/spark.md`` says how large a cluster is needed.
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

from quoteattr.attribution import check_confidence
from quoteattr.fiction import check_style
from quoteattr.integrations.spark import attribution, deduplication
from quoteattr.records import arrow_schema
from quoteattr.schema import Style

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FIELDS = {"id": ("article", "id"), "publisher": ("publisher",), "published": ("published",), "url": ("url",)}
"""The columns for each field of an article, if the caller does not name one: the columns of article rows."""


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
    indirect: bool = False,
    style: Style = "news",
    longest: int = 1_000_000,
) -> DataFrame:
    """Returns the rows with the quotations of their texts, as `quoteattr.attribute` finds them.

    Args:
        df: a row for each article.
        text: the column of the texts.
        id: the column of the articles' ids; by default "article" or "id", if there is one.
        publisher: the column of the publishers; by default "publisher", if there is one.
        published: the column of the dates: dates, timestamps, or ISO dates in strings; by default
            "published", if there is one.
        url: the column of the addresses; by default "url", if there is one.
        models: as in `quoteattr.load_parser`. Each Python worker loads them once.
        batch_size: how many articles are parsed at once.
        min_confidence: as in `quoteattr.attribute`.
        indirect: as in `quoteattr.attribute`.
        style: as in `quoteattr.attribute`.
        longest: characters of the longest text that is read. Newspaper articles have some thousands.

    Returns:
        The columns of ``df``, in their order, and "speakers", "quotations" and "reason". The first two are
        those of article rows (`quoteattr.records`), empty if nothing is found. If a row cannot be read, both
        are null and "reason" says why; otherwise "reason" is null. If only the text of an article names its
        publisher, the name is written to the column of the publishers, which is added if there is none.

    Raises:
        TypeError: if ``df`` is not a Spark DataFrame.
        ValueError: if ``df`` lacks a named column, the texts are not strings, ``df`` already has a column
            that would be added, or a number is out of range.
    """
    columns = _columns(
        df, {"text": text}, {"id": id, "publisher": publisher, "published": published, "url": url}
    )
    if batch_size < 1 or longest < 1:
        raise ValueError(f"batch_size and longest must be 1 or more, got {batch_size} and {longest}")
    check_confidence(min_confidence)
    added = from_arrow_schema(attribution.ADDED)
    if taken := set(df.columns) & set(added.names):
        raise ValueError(f"the DataFrame has columns {sorted(taken)} already; drop or rename them")
    found_publisher = [] if "publisher" in columns else [StructField("publisher", StringType())]
    step = partial(
        attribution.attribute_batches,
        columns=columns,
        models=models,
        batch_size=batch_size,
        min_confidence=min_confidence,
        indirect=indirect,
        style=check_style(style),
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
    """Returns the utterances that the articles quote, each once and with all its appearances.

    The result is the same as that of `quoteattr.deduplicate`. Everything except the last joins is computed
    before the function returns.

    Args:
        df: a row for each article, as `attribute` returns it, or read from article rows.
        text: the column of the texts.
        id, publisher, published, url: as in `attribute`.
        quotations: the column of the quotations. Rows in which it is null are skipped.
        reliable: whether to store intermediate tables in the session's checkpoint directory, so that they
            survive the loss of executors. By default they are stored on the executors, which is faster.

    Returns:
        A row for each utterance (`quoteattr.records.utterance_row`), in order of first appearance; those
        without a date come last.

    Raises:
        TypeError: if ``df`` is not a Spark DataFrame.
        ValueError: if ``df`` lacks a named column.
    """
    named = {"id": id, "publisher": publisher, "published": published, "url": url}
    columns = _columns(df, {"text": text, "quotations": quotations}, named)
    compute = partial(_compute, reliable=reliable)
    occurrences = compute(deduplication.occurrence_table(df, columns))
    wordings = compute(deduplication.wording_table(occurrences))
    edges = compute(deduplication.edge_table(wordings, deduplication.candidate_table(wordings)))
    clusters = compute(deduplication.cluster_table(wordings, edges.where("matches")))
    built = compute(deduplication.utterance_table(occurrences, clusters))
    utterances = deduplication.with_conflicts(built, edges, clusters)
    in_order = deduplication.with_inferred_outlets(utterances).orderBy("number", "begin")
    return in_order.select(*arrow_schema("utterance").names)


def _columns(df: DataFrame, needed: dict[str, str], named: dict[str, str | None]) -> dict[str, str]:
    """Returns the column of each field of an article, by the name of the field.

    Args:
        df: the rows.
        needed: the columns of the fields that must exist, by field.
        named: the columns that the caller named for the other fields, by field.
    """
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


def _compute(df: DataFrame, reliable: bool) -> DataFrame:
    """Computes the table now, so that the numbers of its rows do not change and query plans stay short."""
    return df.checkpoint() if reliable else df.localCheckpoint()
