"""The steps that tell of each cluster what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs
import pyarrow as pa

from quoteattr.dedup.clustering import Clusters
from quoteattr.dedup.occurrences import Corpus
from quoteattr.dedup.utterance_builder import Describer, with_companions_outlets
from quoteattr.integrations.spark.batches import QUOTATIONS, Batches, Row, batch_of, whole
from quoteattr.records import arrow_schema, attribution_from_row, to_arrow
from quoteattr.schema import Appearance, Article, AttributedArticle, Outlet, Span, Speaker, Utterance

OUTLET = QUOTATIONS.value_type.field("outlet").type
PLACE = pa.schema(
    [
        ("home", pa.int64()),
        ("number", pa.int64()),  # of the article of the first appearance
        ("begin", pa.int32()),  # its attribution
        ("numbers", pa.list_(pa.int64())),  # of the articles of all appearances
    ]
)
TOLD = pa.schema([*PLACE, *arrow_schema("utterance")])
GIVEN = pa.schema([("home", pa.int64()), ("outlet", OUTLET)])


def told(batches: Batches) -> Iterator[pa.RecordBatch]:
    """The utterances of clusters. Rows are printings, sorted by "home"."""
    for table in whole(batches, "home"):
        rows = sorted(table.to_pylist(), key=lambda row: (row["number"], row["begin"]))
        yield from _told(rows).to_batches()


def _told(rows: Sequence[Row]) -> pa.Table:
    by_article: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row["number"]].append(row)
    runs = [_runs(printed) for printed in by_article.values()]
    corpus = Corpus([_stub(printed) for printed in by_article.values()], runs)
    of_unit = [0] * len(corpus.table)
    first: dict[int, Row] = {}
    for unit, row in zip(corpus.table.unit_of, rows, strict=True):
        of_unit[unit] = row["home"]
        first.setdefault(row["home"], row)
    number = {id(found.article): n for n, found in zip(by_article, corpus.articles, strict=True)}
    utterances = Describer(corpus, Clusters(of_unit, [])).told()
    places = [
        {
            **{name: first[home][name] for name in ("home", "number", "begin")},
            "numbers": [number[id(a.article)] for a in utterance.appearances],
        }
        for home, utterance in utterances.items()
    ]
    table = pa.Table.from_pylist(places, schema=PLACE)
    lines_told = to_arrow(utterances.values(), "utterance")
    return pa.Table.from_arrays([*table.columns, *lines_told.columns], schema=TOLD)


def _runs(printed: Sequence[Row]) -> list[range]:
    runs, end = [], 0
    for row in printed:
        runs.append(range(end, end := end + len(row["run"])))
    return runs


def _stub(printed: Sequence[Row]) -> AttributedArticle:
    """The article without its text, and of its attributions those of some printings."""
    about = printed[0]["about"]
    article = Article("", about["article"], about["publisher"], about["published"], about["url"])
    return AttributedArticle(article, tuple(attribution_from_row(a) for row in printed for a in row["run"]))


def given(batches: Batches) -> Iterator[pa.RecordBatch]:
    """For lines that name no outlet, that of the lines that travel with them.

    Rows come sorted by "home", the line first, then those that travel with it, as "line" structs.
    """
    for table in whole(batches, "home"):
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in table.to_pylist():
            groups[row["home"]].append(row["line"])
        outlets = {home: _given(rows) for home, rows in groups.items()}
        yield batch_of([pair for pair in outlets.items() if pair[1]], GIVEN)


def _given(rows: Sequence[Row]) -> Row | None:
    articles: dict[int, Article] = {}
    line, *_ = with_companions_outlets([_utterance(row, articles) for row in rows])
    outlet = line.first.outlet
    return None if outlet is None else {"name": outlet.name, **attrs.asdict(outlet.span)}


def _utterance(row: Row, articles: dict[int, Article]) -> Utterance:
    """As much of an utterance as tells what outlet it was given to."""
    speaker = row["speaker"] and Speaker(
        row["speaker"]["name"], row["speaker"]["kind"], tuple(row["speaker"]["aliases"])
    )
    places = zip(row["appearances"], row["numbers"], strict=True)
    appearances = tuple(_appearance(place, articles.setdefault(n, Article(""))) for place, n in places)
    return Utterance(row["text"], speaker, appearances, tuple(row["outlets"]))


def _appearance(row: Row, article: Article) -> Appearance:
    outlet = row["outlet"]
    named = outlet and Outlet(outlet["name"], Span(outlet["start"], outlet["end"], outlet["text"]))
    return Appearance(article, attribution_from_row(row["quotation"]), row["relation"], named)
