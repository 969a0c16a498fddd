"""The joins with which Spark computes the result of `quoteattr.deduplicate`.

A table has the name of its rows. Wordings are numbered in order of rank, and a cluster has the number of its
first wording. The steps in the other modules of this package process the rows in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from quoteattr.dedup.clustering import COMMON_PROPERTY_USERS, SLOGAN_DAYS
from quoteattr.dedup.outlet_inference import SHARED_ARTICLES
from quoteattr.dedup.wordings import NO_DAY
from quoteattr.integrations.spark import candidates, clusters, occurrences, utterance_builder

Step = Callable[..., Iterator[pa.RecordBatch]]

OF_FIRST_OCCURRENCE = (
    "tokens",
    "speaker",
    "size",
    "content",
    "title_case",
    "presentation",
    "nested",
    "window",
    "start",
    "stop",
    "number",
)
"""Columns of the first occurrence that a wording keeps."""
FEATURES = (*OF_FIRST_OCCURRENCE, "first", "last", "users")
"""Columns of a wording that are compared."""


def apply_step(df: DataFrame, step: Step, schema: pa.Schema, **options: object) -> DataFrame:
    """Returns the rows that a step makes from a table."""
    return df.mapInArrow(partial(step, **options), from_arrow_schema(schema))


def occurrence_table(df: DataFrame, columns: Mapping[str, str]) -> DataFrame:
    """Returns every occurrence of the articles, which are numbered in the order of `quoteattr.deduplicate`.

    Args:
        df: a row for each article.
        columns: the column of each field of an article, by field.
    """
    articles = df.select(*(F.col(f"`{column}`").alias(field) for field, column in columns.items()))
    if "published" in columns:
        # A value that is not a date becomes null; `attribute` has already reported it.
        articles = articles.withColumn("published", F.col("published").try_cast("date"))
    latest = F.lit("9999-12-31").cast("date")
    order = [F.coalesce(F.col(f), latest) for f in ("published",) if f in columns]
    order += [
        F.coalesce(F.col(f).cast("string"), F.lit("")) for f in ("id", "publisher", "url") if f in columns
    ]
    ranked = articles.where(F.size("quotations") > 0).orderBy(*order, "text")
    # The numbers are in order but not consecutive, which is enough.
    numbered = ranked.withColumn("number", F.monotonically_increasing_id())
    return apply_step(
        numbered,
        occurrences.occurrences_of_batches,
        occurrences.OCCURRENCES,
        columns={field: field for field in columns},
    )


def wording_table(occurrence_rows: DataFrame) -> DataFrame:
    """Returns the wordings of occurrences, numbered in order of rank, longest first."""
    found = (
        occurrence_rows.groupBy("key")
        .agg(
            F.min_by(
                F.struct(*OF_FIRST_OCCURRENCE, "surname", "distinctive"), F.struct("number", "begin")
            ).alias("kept"),
            F.count("*").alias("count"),
            F.min("day").alias("first"),
            F.max("day").alias("last"),
        )
        .select("key", "kept.*", "count", "first", "last")
    )
    order = [F.desc("size"), F.desc("count"), *map(F.col, ("first", "speaker", "tokens", "number"))]
    return (
        found.join(_users(found), "tokens", "left")
        .withColumn("users", F.when(F.col("distinctive"), None).otherwise(F.col("users")))
        .orderBy(*order)
        .withColumn("wording", F.monotonically_increasing_id())
    )


def _users(wordings: DataFrame) -> DataFrame:
    """The number of people ("users") who use each short wording ("tokens"), as counted by
    `quoteattr.dedup.clustering.count_users`."""
    short = wordings.where(~F.col("distinctive") & (F.col("surname") != ""))
    day = F.when(F.col("first") != NO_DAY, F.col("first"))
    each = short.groupBy("tokens", "surname").agg(
        F.count("*").alias("uses"), (F.max(day) - F.min(day)).alias("span")
    )
    counted = each.groupBy("tokens").agg(
        F.count("*").cast("int").alias("people"),
        F.max("uses").alias("most"),
        F.sum("uses").alias("all"),
        F.coalesce(F.max("span") > SLOGAN_DAYS, F.lit(False)).alias("is_slogan"),
    )
    return counted.select(
        "tokens",
        F.when(F.col("is_slogan"), F.greatest("people", F.lit(COMMON_PROPERTY_USERS)))
        .when(F.expr("people > 1 AND 3 * most < 2 * all"), F.col("people"))
        .alias("users"),
    )


def candidate_table(wordings: DataFrame) -> DataFrame:
    """Returns the pairs of a wording ("wording") and a longer one to compare it with ("other"), numbered from
    the best ("nth")."""
    columns = wordings.select("wording", "tokens", "surname", "content", "first", "last")
    is_equal = F.col("kind") == candidates.EQUAL
    lists = (
        apply_step(columns, candidates.posting_entries, candidates.ENTRIES)
        .repartition("key")
        .sortWithinPartitions("key", "name", F.when(is_equal, F.col("first")), "wording", F.desc("probing"))
    )
    by_article = wordings.select("wording", "number", "tokens", "surname", "size", "content")
    sorted_by_article = by_article.repartition("number").sortWithinPartitions("number")
    pairs = apply_step(lists, candidates.pairs_of_lists, candidates.PAIRS).unionByName(
        apply_step(sorted_by_article, candidates.pairs_in_articles, candidates.PAIRS)
    )
    ranked = pairs.repartition("wording").sortWithinPartitions("wording")
    return apply_step(ranked, candidates.best_candidates, candidates.CANDIDATES)


def edge_table(wordings: DataFrame, pairs: DataFrame) -> DataFrame:
    """Returns the pairs that are one utterance ("matches"), and those that only conflict."""
    features = wordings.select(F.col("wording").alias("other"), F.struct(*FEATURES).alias("features"))
    rows = pairs.join(features, "other").repartition("wording").sortWithinPartitions("wording", "nth")
    return apply_step(rows, clusters.matching_edges, clusters.EDGES)


def cluster_table(wordings: DataFrame, matching: DataFrame) -> DataFrame:
    """Returns the cluster ("cluster") of each wording ("wording")."""
    edges = matching.select("wording", "other").repartition(1)
    in_order = F.transform(F.sort_array(F.collect_list(F.struct("nth", "other"))), lambda c: c["other"])
    longer = matching.groupBy("wording").agg(in_order.alias("candidates"))
    rows = (
        apply_step(edges, clusters.connected_components, clusters.COMPONENTS)
        .join(wordings.select("wording", F.struct(*FEATURES).alias("features")), "wording")
        .join(longer, "wording", "left")
        .repartition("component")
        .sortWithinPartitions("component", "wording")
    )
    clustered = apply_step(rows, clusters.cluster_components, clusters.CLUSTERS)
    every = wordings.select("wording", "key").join(clustered, "wording", "left")
    return every.select("wording", "key", F.coalesce("cluster", "wording").alias("cluster"))


def utterance_table(occurrence_rows: DataFrame, clustered: DataFrame) -> DataFrame:
    """Returns the utterances of clusters, without the information that other clusters add."""
    columns = ("cluster", "number", "begin", "about", "parts")
    rows = occurrence_rows.join(clustered.select("key", "cluster"), "key").select(*columns)
    return apply_step(
        rows.repartition("cluster").sortWithinPartitions("cluster"),
        utterance_builder.utterances_of_clusters,
        utterance_builder.UTTERANCES,
    )


def with_conflicts(utterances: DataFrame, edges: DataFrame, clustered: DataFrame) -> DataFrame:
    """Returns the utterances with conflicts: if the same words have two speakers, both utterances get one."""
    ours = clustered.select("wording", F.col("cluster").alias("ours"))
    theirs = clustered.select(F.col("wording").alias("other"), F.col("cluster").alias("theirs"))
    order = F.struct("other", "wording").alias("order")
    conflicting = (
        edges.where(~F.col("matches"))
        .join(ours, "wording")
        .join(theirs, "other")
        .where("ours != theirs")
        .select("ours", "theirs", order)
    )
    reverse = conflicting.select(F.col("theirs").alias("ours"), F.col("ours").alias("theirs"), "order")
    both = conflicting.unionByName(reverse).groupBy("ours", "theirs").agg(F.min("order").alias("order"))
    first = F.col("appearances")[0]
    quotation = first["quotation"]
    conflict = F.struct(
        F.lit("speaker").alias("kind"),
        F.coalesce(quotation["speaker"]["name"], F.lit("")).alias("detail"),
        first["article"].alias("article"),
        quotation["start"].alias("start"),
        quotation["end"].alias("end"),
    )
    others = utterances.select(F.col("cluster").alias("theirs"), conflict.alias("conflict"))
    listed = F.sort_array(F.collect_list(F.struct("order", "conflict")))
    noted = both.join(others, "theirs").groupBy(F.col("ours").alias("cluster")).agg(listed.alias("more"))
    more = F.transform(F.col("more"), lambda row: row["conflict"])
    every = F.when(F.col("more").isNull(), F.col("conflicts")).otherwise(F.concat("conflicts", more))
    return utterances.join(noted, "cluster", "left").withColumn("conflicts", every).drop("more")


def with_inferred_outlets(utterances: DataFrame) -> DataFrame:
    """Returns the utterances; those without an outlet get the outlet of their companions."""
    outlet = F.col("outlet")
    inferred = F.transform(
        "appearances", lambda a: a.withField("outlet", outlet).withField("outlet_inferred", F.lit(True))
    )
    return (
        utterances.join(_inferred_outlets(utterances), "cluster", "left")
        .withColumn("appearances", F.when(outlet.isNull(), F.col("appearances")).otherwise(inferred))
        .withColumn("outlets", F.when(outlet.isNull(), F.col("outlets")).otherwise(F.array(outlet["name"])))
        .drop("outlet")
    )


def _inferred_outlets(utterances: DataFrame) -> DataFrame:
    """The inferred outlets ("outlet") of utterances that name none, by cluster."""
    spoken = utterances.where(F.col("speaker").isNotNull()).withColumn("in", F.array_distinct("numbers"))
    without = spoken.where((F.size("outlets") == 0) & (F.size("in") >= SHARED_ARTICLES))
    named = spoken.where(F.size("outlets") > 0)
    companions = (
        without.select("cluster", F.explode("in").alias("number"))
        .join(named.select(F.col("cluster").alias("other"), F.explode("in").alias("number")), "number")
        .groupBy("cluster", "other")
        .count()
        .where(F.col("count") >= SHARED_ARTICLES)
        .select("cluster", "other")
    )
    itself = companions.select("cluster", F.col("cluster").alias("other")).distinct()
    fields = F.struct("text", "speaker", "appearances", "outlets", "numbers")
    others = utterances.select(F.col("cluster").alias("other"), "number", "begin", fields.alias("utterance"))
    rows = (
        companions.unionByName(itself)
        .join(others, "other")
        .repartition("cluster")
        .sortWithinPartitions("cluster", F.col("cluster") != F.col("other"), "number", "begin")
        .select("cluster", "utterance")
    )
    return apply_step(rows, utterance_builder.infer_outlets, utterance_builder.INFERRED_OUTLETS)
