"""Spark gives what the library gives. Starts a Spark of this machine; what that needs may not be there."""

from __future__ import annotations

import datetime
import os
import runpy
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'quoteattr[spark]'")

from benchmarks import synthetic_lines
from quoteattr import attribute_many, deduplicate, records
from quoteattr.integrations import spark
from quoteattr.integrations.spark.attribution import attribute_or_reason
from quoteattr.integrations.spark.batches import tables_of_whole_groups
from quoteattr.schema import Article, AttributedArticle, Attribution, Outlet, Quotation, Span, Speaker

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]
LEE, STONE = Speaker("Ann Lee", "person"), Speaker("Bob Stone", "person")
DAY = datetime.date(2024, 5, 2)


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("no Java on this machine")
    from pyspark.sql import SparkSession

    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    patch.setenv("PYTHONPATH", str(ROOT))
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        # Compiling the code of so little data takes longer than running it.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    builder = SparkSession.builder.master("local[2]").appName("quoteattr tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    patch.undo()


def quoted(text: str, words: str, speaker: Speaker | None, outlet: str | None = None) -> Attribution:
    start = text.index(words)
    span = Span.of(text, start, start + len(words))
    named = (
        Outlet(outlet, Span.of(text, text.index(outlet), text.index(outlet) + len(outlet)))
        if outlet
        else None
    )
    return Attribution(Quotation(span, span), speaker=speaker, outlet=named, statement=0, confidence=0.9)


def article(name: str, text: str, *attributions: Attribution, days: int = 0) -> AttributedArticle:
    published = DAY + datetime.timedelta(days)
    return AttributedArticle(
        Article(text, id=name, published=published, publisher=f"Paper {name}"), attributions
    )


HARBOUR = "We will open the new harbour before the winter comes"
FISHERMEN = "Nobody has asked the fishermen of this town about it"
FIRST = f"“{HARBOUR},” Ann Lee told the Marsh Gazette. “{FISHERMEN},” she said."
SECOND = f"“{HARBOUR},” said Ann Lee. “{FISHERMEN},” Ann Lee said. “Time for change,” said Bob Stone."
THIRD = "“Time for change,” said Ann Lee. A ‘slow coach’ would not do."
SLOGAN = "“Eels before ale,” said Ann Lee."
BY_HAND = [
    article("1", FIRST, quoted(FIRST, HARBOUR, LEE, "Marsh Gazette"), quoted(FIRST, FISHERMEN, LEE)),
    article(
        "2",
        SECOND,
        quoted(SECOND, HARBOUR, LEE),
        quoted(SECOND, FISHERMEN, LEE),
        quoted(SECOND, "Time for change", STONE),
    ),
    article("3", THIRD, quoted(THIRD, "Time for change", LEE), quoted(THIRD, "slow coach", None)),
    *(
        article(f"{n}", SLOGAN, quoted(SLOGAN, "Eels before ale", LEE), days=days)
        for n, days in enumerate((0, 10, 60), 4)
    ),
]
"""An utterance without an outlet has a companion with one; two people say the same words; one of them has a
slogan."""


@pytest.mark.slow
def test_utterances_equal_those_of_deduplicate(session: SparkSession) -> None:
    articles = [*synthetic_lines.generate(300).articles, *BY_HAND]
    want = records.to_arrow(deduplicate(articles), "utterance").to_pylist()
    assert any(place["outlet_inferred"] for line in want for place in line["appearances"])
    assert any(conflict["kind"] == "speaker" for line in want for conflict in line["conflicts"])
    assert sum(line["text"] == "Eels before ale" for line in want) == 3
    df = session.createDataFrame(records.to_arrow(articles[::-1])).repartition(3)
    assert spark.deduplicate(df).toArrow().to_pylist() == want


@pytest.mark.slow
def test_the_example_job(session: SparkSession, tmp_path: Path) -> None:
    good = [
        Article(FIRST, id="1", published=DAY),
        Article(SECOND, id="2", published=DAY, publisher="Paper"),
        Article("It rained.", id="3"),
    ]
    bad = {"4": None, "5": "“No,” he said. " * 100_000}
    table = {
        "id": [a.id for a in good] + list(bad),
        "section": ["home"] * 5,
        "text": [a.text for a in good] + list(bad.values()),
        "publisher": [a.publisher for a in good] + [None] * 2,
        "published": [str(a.published or "") or None for a in good] + [None] * 2,
    }
    pq.write_table(pa.table(table), tmp_path / "articles.parquet")
    job = runpy.run_path(str(ROOT / "docs" / "examples" / "spark_job.py"))
    job["main"](str(tmp_path / "articles.parquet"), str(tmp_path))

    results = list(attribute_many(good))
    found = {row["id"]: row for row in read(session, tmp_path / "articles")}
    want = {row["article"]: row for row in records.to_arrow(results).to_pylist()}
    for name, row in want.items():
        assert {key: found[name][key] for key in ("publisher", "speakers", "quotations", "reason")} == {
            **{key: row[key] for key in ("publisher", "speakers", "quotations")},
            "reason": None,
        }
        assert found[name]["section"] == "home"
    rejects = {row["id"]: row["reason"] for row in read(session, tmp_path / "rejects")}
    assert rejects == {"4": "no text", "5": "text has 1500000 characters, more than 1000000"}
    lines = read(session, tmp_path / "lines")
    assert sorted(line["text"] for line in lines) == sorted(line.text for line in deduplicate(results))


def read(session: SparkSession, path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = session.read.parquet(str(path)).toArrow().to_pylist()
    return found


@pytest.mark.slow
def test_unreadable_rows_do_not_affect_others(session: SparkSession) -> None:
    df = session.sql(
        """SELECT * FROM VALUES
            (1, cast(X'636166E9' AS string), '2024-05-02'),
            (2, 'It rained.', 'last week'),
            (3, 'It rained.', NULL) AS articles (id, text, published)"""
    )
    found = spark.attribute(df).orderBy("id").select("reason", "quotations").toArrow().to_pylist()
    assert found == [
        {"reason": "text is not UTF-8 (byte 3)", "quotations": None},
        {"reason": "published is no ISO date: 'last week'", "quotations": None},
        {"reason": None, "quotations": []},
    ]


@pytest.mark.slow
def test_wrong_arguments(session: SparkSession) -> None:
    df = session.createDataFrame(pa.table({"body": ["x"], "reason": ["y"], "n": [1]}))
    with pytest.raises(ValueError, match="no column 'text' for text"):
        spark.attribute(df)
    with pytest.raises(ValueError, match="no column 'quotations'"):
        spark.deduplicate(df, "body")
    with pytest.raises(ValueError, match="no column 'day' for published"):
        spark.attribute(df, "body", published="day")
    with pytest.raises(ValueError, match="'n' must hold strings, not bigint"):
        spark.attribute(df, "n")
    with pytest.raises(ValueError, match="columns \\['reason'\\] already"):
        spark.attribute(df, "body")
    with pytest.raises(ValueError, match="min_confidence must be from 0 to 1, got 2"):
        spark.attribute(df.drop("reason"), "body", min_confidence=2)
    with pytest.raises(TypeError, match="df must be a Spark DataFrame, got list"):
        spark.attribute([])  # type: ignore[arg-type]


def test_an_article_that_fails_does_not_affect_others() -> None:
    def attribute(articles: Sequence[Article]) -> list[AttributedArticle]:
        if any("bad" in article.text for article in articles):
            raise RuntimeError("too hard")
        return [AttributedArticle(article) for article in articles]

    good, bad = Article("good"), Article("bad")
    assert attribute_or_reason([good, "no text", bad, good], attribute) == [
        AttributedArticle(good),
        "no text",
        "RuntimeError: too hard",
        AttributedArticle(good),
    ]


@given(st.lists(st.integers(0, 5)).map(sorted), st.lists(st.integers(1, 4), min_size=40, max_size=40))
def test_groups_stay_whole(values: list[int], sizes: list[int]) -> None:
    table = pa.table({"a": pa.array(values, pa.int64())})
    batches, at = [], 0
    for size in sizes:
        batches += table.slice(at, size).to_batches()
        at += size
    batches += table.slice(at).to_batches()
    found = [part["a"].to_pylist() for part in tables_of_whole_groups(batches, "a", rows=3)]
    assert [value for part in found for value in part] == values
    seen = [set(part) for part in found]
    assert sum(map(len, seen)) == len(set(values))
