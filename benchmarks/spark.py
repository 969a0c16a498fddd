"""Spark on this machine beside the library alone: quotations, lines, seconds and shuffled bytes.

    python -m benchmarks.spark                          # 10,000 synthetic articles, local[2]
    python -m benchmarks.spark --articles 1000 --master 'local[4]'

The texts are those of `benchmarks.synthetic_lines`. Both sides attribute them with the bundled models and
then find the lines. Shuffled bytes are what Spark's event log counts. docs/spark.md makes use of the figures.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pyarrow.parquet as pq

from benchmarks import synthetic_lines
from benchmarks.lines import count_pairs
from quoteattr import attribute_many, deduplicate, rows
from quoteattr.schema import Article, AttributedArticle

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

QUOTATIONS_AN_ARTICLE = 4.2
"""What `synthetic_lines` puts into an article, on average."""


@click.command(help=(__doc__ or "").replace("\n\n    ", "\n\n\b\n    "))
@click.option("--articles", "wanted", default=10_000, help="How many articles.")
@click.option("--master", default="local[2]", help="Spark's master.")
@click.option("--memory", default="4g", help="Memory of Spark's JVM.")
def main(wanted: int, master: str, memory: str) -> None:
    corpus = synthetic_lines.generate(int(wanted * QUOTATIONS_AN_ARTICLE * 1.05))
    articles = [found.article for found in corpus.articles][:wanted]
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words} words; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    said, seconds = timed(lambda: list(attribute_many(articles)))
    found = sum(map(len, said))
    print(f"the library, attribute: {seconds:.1f} s, {words / seconds:.0f} words/s, {found} quotations")
    lines, seconds = timed(lambda: rows.to_arrow(deduplicate(said), "utterance").to_pylist())
    print(f"the library, deduplicate: {seconds:.1f} s, {len(lines)} lines")
    with tempfile.TemporaryDirectory() as folder:
        on_spark(articles, words, Path(folder), master, memory, rows.to_arrow(said).to_pylist(), lines)


def on_spark(
    articles: list[Article],
    words: int,
    folder: Path,
    master: str,
    memory: str,
    said: list[Any],
    lines: list[Any],
) -> None:
    """The same on Spark, and how far it agrees."""
    pq.write_table(rows.to_arrow(map(bare, articles)).drop(["speakers", "quotations"]), folder / "articles")
    session, seconds = timed(lambda: started(folder, master, memory))
    print(f"Spark {master}, start: {seconds:.1f} s")
    from quoteattr import spark

    cores = session.sparkContext.defaultParallelism
    df = session.read.parquet(str(folder / "articles")).repartition(4 * cores)
    _, seconds = timed(lambda: spark.attribute(df).write.parquet(str(folder / "said")))
    print(f"Spark {master}, attribute: {seconds:.1f} s, {words / seconds:.0f} words/s")
    found = session.read.parquet(str(folder / "said"))
    theirs = {row["article"]: row["quotations"] for row in found.toArrow().to_pylist()}
    same = sum(theirs[row["article"]] == row["quotations"] for row in said)
    print(f"    articles with the same quotations in every field: {same} of {len(said)}")
    before = shuffled(folder)
    told, seconds = timed(lambda: spark.deduplicate(found).toArrow().to_pylist())
    print(f"Spark {master}, deduplicate: {seconds:.1f} s, {len(told)} lines")
    session.stop()
    bytes_written = shuffled(folder) - before
    number = sum(len(row["quotations"]) for row in said)
    print(f"    shuffled {bytes_written / 1e6:.1f} MB, {bytes_written / number:.0f} bytes a quotation")
    ours, other = labels(lines), labels(told)
    pairs = count_pairs((ours[place], other[place]) for place in ours)
    counts = f"{pairs.right} right, {pairs.wrong} wrong, {pairs.missed} missed"
    print(f"    pair F1 against the library {pairs.f1:.5f} ({counts})")
    same = sum(a == b for a, b in zip(lines, told, strict=False))
    print(f"    lines with the same row, in the same order: {same} of {len(lines)}")


def bare(article: Article) -> AttributedArticle:
    """The article without anything found."""
    return AttributedArticle(article)


def timed(task: Callable[[], Any]) -> tuple[Any, float]:
    """What a task gives, and its seconds on the clock."""
    begin = time.perf_counter()
    return task(), time.perf_counter() - begin


def started(folder: Path, master: str, memory: str) -> SparkSession:
    """A session that logs its events in a folder."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    (folder / "events").mkdir()
    settings = {
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": (folder / "events").as_uri(),
        "spark.eventLog.compress": "false",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(master).appName("quoteattr benchmark")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def shuffled(folder: Path) -> int:
    """Bytes that all tasks so far wrote for others to read."""
    events = (line for log in (folder / "events").rglob("events_*") for line in log.open(encoding="utf-8"))
    ends = (json.loads(line) for line in events if "SparkListenerTaskEnd" in line)
    return sum(end["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"] for end in ends)


def labels(lines: Iterable[dict[str, Any]]) -> dict[tuple[str, int], int]:
    """For each quotation, by its article and place, the number of its line."""
    return {
        (place["article"], place["quotation"]["start"]): number
        for number, line in enumerate(lines)
        for place in line["appearances"]
    }


if __name__ == "__main__":
    main()
