"""Compares Spark on this machine with the library alone: quotations, lines, seconds and shuffled bytes.

    python -m benchmarks.spark                          # lines of 10,000 synthetic articles, local[2]
    python -m benchmarks.spark --attribute 300          # also attributes the first 300 with both
    python -m benchmarks.spark --attributed .work/lines.sqlite      # lines of the articles in a file

The articles are those of `benchmarks.synthetic_lines`, with their speakers, or those of a file that
`benchmarks.deduplication --attributed` wrote. Shuffled bytes are those that Spark's event log counts.
docs/spark.md uses the figures.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pyarrow.parquet as pq

from benchmarks import synthetic_lines
from benchmarks.lines import count_pairs
from quoteattr import Deduplicator, attribute_many, deduplicate, records
from quoteattr.schema import Article, AttributedArticle

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

QUOTATIONS_AN_ARTICLE = 4.2
"""Quotations of an article of `synthetic_lines`, on average."""


@click.command(help=(__doc__ or "").replace("\n\n    ", "\n\n\b\n    "))
@click.option("--articles", "wanted", default=10_000, help="How many synthetic articles.")
@click.option("--attribute", "parsed", default=0, help="How many of them are attributed.")
@click.option("--attributed", type=click.Path(exists=True, path_type=Path), help="File of other articles.")
@click.option("--master", default="local[2]", help="Spark's master.")
@click.option("--memory", default="4g", help="Memory of Spark's JVM.")
def main(wanted: int, parsed: int, attributed: Path | None, master: str, memory: str) -> None:
    articles = synthetic_lines.generate(int(wanted * QUOTATIONS_AN_ARTICLE * 1.05)).articles[:wanted]
    if attributed:
        with Deduplicator.load(attributed) as stored:
            articles = list(stored.articles())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        session, seconds = timed(lambda: started(Path(folder), master, memory))
        print(f"Spark {master}: started in {seconds:.1f} s")
        if parsed:
            report_attribution(session, [found.article for found in articles[:parsed]], Path(folder))
        report_lines(session, articles, Path(folder))
        session.stop()


def report_attribution(session: SparkSession, articles: list[Article], folder: Path) -> None:
    """Prints how both attribute the articles."""
    from quoteattr.integrations import spark

    words = sum(len(article.text.split()) for article in articles)
    expected, seconds = timed(lambda: records.to_arrow(attribute_many(articles)).to_pylist())
    print(f"attribution of {len(articles)} articles, {words} words")
    print(f"    the library {seconds:.1f} s, {words / seconds:.0f} words/s")
    pq.write_table(
        records.to_arrow(map(AttributedArticle, articles)).drop(["speakers", "quotations"]), folder / "texts"
    )
    cores = session.sparkContext.defaultParallelism
    df = session.read.parquet(str(folder / "texts")).repartition(4 * cores)
    theirs, seconds = timed(lambda: spark.attribute(df).toArrow().to_pylist())
    print(f"    Spark {seconds:.1f} s, {words / seconds:.0f} words/s")
    found = {row["article"]: row["quotations"] for row in theirs}
    same = sum(found[row["article"]] == row["quotations"] for row in expected)
    print(f"    articles with the same quotations in every field: {same} of {len(expected)}")


def report_lines(session: SparkSession, articles: Sequence[AttributedArticle], folder: Path) -> None:
    """Prints how both find the lines of the articles."""
    from quoteattr.integrations import spark

    number = sum(map(len, articles))
    print(f"lines of {len(articles)} articles, {number} quotations")
    lines, seconds = timed(lambda: records.to_arrow(deduplicate(articles), "utterance").to_pylist())
    print(f"    the library {seconds:.1f} s, {len(lines)} lines")
    pq.write_table(records.to_arrow(articles), folder / "attributed")
    attributed, before = session.read.parquet(str(folder / "attributed")), shuffled(folder)
    found, seconds = timed(lambda: spark.deduplicate(attributed).toArrow().to_pylist())
    print(f"    Spark {seconds:.1f} s, {len(found)} lines")
    written = shuffled(folder) - before
    print(f"    shuffled {written / 1e6:.1f} MB, {written / number:.0f} bytes a quotation")
    ours, theirs = labels(lines), labels(found)
    pairs = count_pairs((ours[place], theirs[place]) for place in ours)
    counts = f"{pairs.right} right, {pairs.wrong} wrong, {pairs.missed} missed"
    print(f"    pair F1 against the library {pairs.f1:.5f} ({counts})")
    same = sum(a == b for a, b in zip(lines, found, strict=False))
    print(f"    lines with the same row, in the same order: {same} of {len(lines)}")


def timed(task: Callable[[], Any]) -> tuple[Any, float]:
    """Returns the result of a task, and its wall-clock seconds."""
    begin = time.perf_counter()
    return task(), time.perf_counter() - begin


def started(folder: Path, master: str, memory: str) -> SparkSession:
    """Returns a session that logs its events to a folder."""
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
    """Returns the bytes that all tasks so far have shuffled."""
    events = (line for log in (folder / "events").rglob("events_*") for line in log.open(encoding="utf-8"))
    ends = (json.loads(line) for line in events if "SparkListenerTaskEnd" in line)
    return sum(end["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"] for end in ends)


def labels(lines: Iterable[dict[str, Any]]) -> dict[tuple[str, int], int]:
    """Returns for each quotation, by its article and place, the number of its line."""
    return {
        (place["article"], place["quotation"]["start"]): number
        for number, line in enumerate(lines)
        for place in line["appearances"]
    }


if __name__ == "__main__":
    main()
