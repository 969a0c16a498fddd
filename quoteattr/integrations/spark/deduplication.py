"""The joins by which Spark finds what `quoteattr.deduplicate` finds, from printings to utterances.

Tables are named for their rows. A *unit* is one wording of one voice, numbered in order of rank; its number
is also the name of the cluster that it stands for. What Python does to the rows is in the modules beside this
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from quoteattr.dedup.clustering import COMMON, RECURRING
from quoteattr.dedup.utterance_builder import TOGETHER
from quoteattr.dedup.wordings import NO_DAY
from quoteattr.integrations.spark import candidates as spark_candidates
from quoteattr.integrations.spark import clusters as spark_clusters
from quoteattr.integrations.spark import occurrences as spark_printings
from quoteattr.integrations.spark import utterance_builder as spark_telling

Step = Callable[..., Iterator[pa.RecordBatch]]

SEEN = (
    "wording",
    "voice",
    "size",
    "content",
    "titled",
    "manner",
    "inner",
    "window",
    "start",
    "stop",
    "number",
)
"""What of its first printing a unit keeps."""
NEEDED = (*SEEN, "first", "last", "users")
"""What of a unit the workers need to compare it."""


def through(df: DataFrame, step: Step, schema: pa.Schema, **options: object) -> DataFrame:
    """The rows that a step makes of a table's rows."""
    return df.mapInArrow(partial(step, **options), from_arrow_schema(schema))


def printed(df: DataFrame, columns: Mapping[str, str]) -> DataFrame:
    """Every printing of the articles, which are numbered in the order that the local engine sorts them by."""
    articles = df.select(*(F.col(f"`{column}`").alias(field) for field, column in columns.items()))
    if "published" in columns:
        # What is no date was told when the article was attributed.
        articles = articles.withColumn("published", F.col("published").try_cast("date"))
    latest = F.lit("9999-12-31").cast("date")
    order = [F.coalesce(F.col(f), latest) for f in ("published",) if f in columns]
    order += [
        F.coalesce(F.col(f).cast("string"), F.lit("")) for f in ("id", "publisher", "url") if f in columns
    ]
    ranked = articles.where(F.size("quotations") > 0).orderBy(*order, "text")
    # The numbers have holes, but they are in order, and that is all that is asked of them.
    numbered = ranked.withColumn("number", F.monotonically_increasing_id())
    return through(
        numbered,
        spark_printings.printed,
        spark_printings.PRINTINGS,
        columns={field: field for field in columns},
    )


def units(printed: DataFrame) -> DataFrame:
    """Printings collapsed to units and numbered, longest first."""
    found = (
        printed.groupBy("key")
        .agg(
            F.min_by(F.struct(*SEEN, "surname", "distinctive"), F.struct("number", "begin")).alias("seen"),
            F.count("*").alias("count"),
            F.min("day").alias("first"),
            F.max("day").alias("last"),
        )
        .select("key", "seen.*", "count", "first", "last")
    )
    few = found.where(~F.col("distinctive") & (F.col("surname") != ""))
    day = F.when(F.col("first") != NO_DAY, F.col("first"))
    each = few.groupBy("wording", "surname").agg(
        F.count("*").alias("said"), (F.max(day) - F.min(day)).alias("span")
    )
    users = each.groupBy("wording").agg(
        F.count("*").cast("int").alias("people"),
        F.max("said").alias("most"),
        F.sum("said").alias("all"),
        F.coalesce(F.max("span") > RECURRING, F.lit(False)).alias("recurs"),
    )
    users = users.select(
        "wording",
        F.when(F.col("recurs"), F.greatest("people", F.lit(COMMON)))
        .when(F.expr("people > 1 AND 3 * most < 2 * all"), F.col("people"))
        .alias("users"),
    )
    order = [F.desc("size"), F.desc("count"), *map(F.col, ("first", "voice", "wording", "number"))]
    return (
        found.join(users, "wording", "left")
        .withColumn("users", F.when(F.col("distinctive"), None).otherwise(F.col("users")))
        .orderBy(*order)
        .withColumn("unit", F.monotonically_increasing_id())
    )


def candidates(found: DataFrame) -> DataFrame:
    """For each unit ("unit") the longer ones to compare it with ("other"), best first ("nth")."""
    said = found.select("unit", "wording", "surname", "content", "first", "last")
    alike = F.col("kind") == spark_candidates.SAME
    lists = (
        through(said, spark_candidates.entries, spark_candidates.ENTRIES)
        .repartition("key")
        .sortWithinPartitions("key", "name", F.when(alike, F.col("first")), "unit", F.desc("probing"))
    )
    printed = found.select("unit", "number", "wording", "surname", "size", "content")
    within = printed.repartition("number").sortWithinPartitions("number")
    pairs = through(lists, spark_candidates.listed, spark_candidates.PAIRS).unionByName(
        through(within, spark_candidates.within_articles, spark_candidates.PAIRS)
    )
    ranked = pairs.repartition("unit").sortWithinPartitions("unit")
    return through(ranked, spark_candidates.best, spark_candidates.CANDIDATES)


def edges(found: DataFrame, pairs: DataFrame) -> DataFrame:
    """The pairs that are one line, and those that conflict."""
    seen = found.select(F.col("unit").alias("other"), F.struct(*NEEDED).alias("seen"))
    rows = pairs.join(seen, "other").repartition("unit").sortWithinPartitions("unit", "nth")
    return through(rows, spark_clusters.verified, spark_clusters.EDGES)


def homes(found: DataFrame, joined: DataFrame) -> DataFrame:
    """For each unit ("unit") the one that stands for its cluster ("home")."""
    links = joined.select("unit", "other").repartition(1)
    ordered = F.transform(F.sort_array(F.collect_list(F.struct("nth", "other"))), lambda c: c["other"])
    longer = joined.groupBy("unit").agg(ordered.alias("candidates"))
    rows = (
        through(links, spark_clusters.connected, spark_clusters.COMPONENTS)
        .join(found.select("unit", F.struct(*NEEDED).alias("seen")), "unit")
        .join(longer, "unit", "left")
        .repartition("component")
        .sortWithinPartitions("component", "unit")
    )
    clustered = through(rows, spark_clusters.joined, spark_clusters.HOMES)
    alone = found.select("unit", "key").join(clustered, "unit", "left")
    return alone.select("unit", "key", F.coalesce("home", "unit").alias("home"))


# Utterances


def told(printed: DataFrame, housed: DataFrame) -> DataFrame:
    """What is told of each cluster, as far as its own printings tell of it."""
    columns = ("home", "number", "begin", "about", "run")
    rows = printed.join(housed.select("key", "home"), "key").select(*columns)
    return through(
        rows.repartition("home").sortWithinPartitions("home"), spark_telling.told, spark_telling.TOLD
    )


def with_conflicts(lines: DataFrame, found: DataFrame, housed: DataFrame) -> DataFrame:
    """The same words, kept apart because two speakers are named, are noted on both sides."""
    ours = housed.select("unit", F.col("home").alias("ours"))
    theirs = housed.select(F.col("unit").alias("other"), F.col("home").alias("theirs"))
    order = F.struct("other", "unit").alias("order")
    apart = (
        found.where(~F.col("joined"))
        .join(ours, "unit")
        .join(theirs, "other")
        .where("ours != theirs")
        .select("ours", "theirs", order)
    )
    turned = apart.select(F.col("theirs").alias("ours"), F.col("ours").alias("theirs"), "order")
    both = apart.unionByName(turned).groupBy("ours", "theirs").agg(F.min("order").alias("order"))
    first = F.col("appearances")[0]
    said = first["quotation"]
    conflict = F.struct(
        F.lit("speaker").alias("kind"),
        F.coalesce(said["speaker"]["name"], F.lit("")).alias("detail"),
        first["article"].alias("article"),
        said["start"].alias("start"),
        said["end"].alias("end"),
    )
    others = lines.select(F.col("home").alias("theirs"), conflict.alias("conflict"))
    listed = F.sort_array(F.collect_list(F.struct("order", "conflict")))
    noted = both.join(others, "theirs").groupBy(F.col("ours").alias("home")).agg(listed.alias("more"))
    more = F.transform(F.col("more"), lambda row: row["conflict"])
    told = F.when(F.col("more").isNull(), F.col("conflicts")).otherwise(F.concat("conflicts", more))
    return lines.join(noted, "home", "left").withColumn("conflicts", told).drop("more")


def with_companions_outlets(lines: DataFrame) -> DataFrame:
    """Lines that name no outlet have that of the lines that travel with them."""
    spoken = lines.where(F.col("speaker").isNotNull()).withColumn("in", F.array_distinct("numbers"))
    silent = spoken.where((F.size("outlets") == 0) & (F.size("in") >= TOGETHER))
    named = spoken.where(F.size("outlets") > 0)
    shared = (
        silent.select("home", F.explode("in").alias("number"))
        .join(named.select(F.col("home").alias("other"), F.explode("in").alias("number")), "number")
        .groupBy("home", "other")
        .count()
        .where(F.col("count") >= TOGETHER)
        .select("home", "other")
    )
    own = shared.select("home", F.col("home").alias("other")).distinct()
    fields = ("text", "speaker", "appearances", "outlets", "numbers")
    others = lines.select(F.col("home").alias("other"), "number", "begin", F.struct(*fields).alias("line"))
    rows = (
        shared.unionByName(own)
        .join(others, "other")
        .repartition("home")
        .sortWithinPartitions("home", F.col("home") != F.col("other"), "number", "begin")
        .select("home", "line")
    )
    outlets = through(rows, spark_telling.given, spark_telling.GIVEN)
    outlet = F.col("outlet")
    inferred = F.transform(
        "appearances", lambda a: a.withField("outlet", outlet).withField("outlet_inferred", F.lit(True))
    )
    return (
        lines.join(outlets, "home", "left")
        .withColumn("appearances", F.when(outlet.isNull(), F.col("appearances")).otherwise(inferred))
        .withColumn("outlets", F.when(outlet.isNull(), F.col("outlets")).otherwise(F.array(outlet["name"])))
        .drop("outlet")
    )
