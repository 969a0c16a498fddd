"""Attributes and deduplicates the articles of an archive with Spark.

    spark-submit --master 'local[*]' docs/examples/spark_job.py articles.parquet out

reads articles (a column "text", and optionally "id", "publisher", "published" and "url") and writes
out/articles (with their quotations), out/rejects (those that could not be read, with the reason) and
out/lines (the utterances), all as Parquet. docs/spark.md explains how to install the package on a cluster.
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

from quoteattr.integrations import spark


def main(source: str, out: str) -> None:
    """Reads the articles of ``source`` and writes the three tables under ``out``."""
    session = SparkSession.builder.appName("quoteattr").getOrCreate()
    # Parsing is most of the work, so its results are written once and read from there.
    spark.attribute(session.read.parquet(source)).write.parquet(f"{out}/articles")
    attributed = session.read.parquet(f"{out}/articles")
    attributed.where("reason IS NOT NULL").drop("speakers", "quotations").write.parquet(f"{out}/rejects")
    spark.deduplicate(attributed).write.parquet(f"{out}/lines")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
