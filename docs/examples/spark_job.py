"""Quotations and lines of an archive, by spark-submit.

    spark-submit --master 'local[*]' docs/examples/spark_job.py articles.parquet out

reads articles (a column "text", and "id", "publisher", "published" and "url" if they are there) and writes
out/articles (with their quotations), out/rejects (those that could not be read, with the reason) and
out/lines, all as Parquet. docs/spark.md tells how the package gets onto a cluster.
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

from quoteattr.integrations import spark


def main(source: str, out: str) -> None:
    """Read the articles of ``source``, write the three tables under ``out``."""
    session = SparkSession.builder.appName("quoteattr").getOrCreate()
    # Parsing is most of the work: what it gives is written first, and read where it is needed.
    spark.attribute(session.read.parquet(source)).write.parquet(f"{out}/articles")
    said = session.read.parquet(f"{out}/articles")
    said.where("reason IS NOT NULL").drop("speakers", "quotations").write.parquet(f"{out}/rejects")
    spark.deduplicate(said).write.parquet(f"{out}/lines")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
