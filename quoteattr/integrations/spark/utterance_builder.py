"""The steps that build utterances from clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs
import pyarrow as pa

from quoteattr.dedup.clustering import Clusters
from quoteattr.dedup.occurrences import read_occurrences
from quoteattr.dedup.outlet_inference import infer_outlets_of_companions
from quoteattr.dedup.utterance_builder import UtteranceBuilder
from quoteattr.integrations.spark.batches import (
    QUOTATIONS,
    Batches,
    Row,
    batch_of_rows,
    tables_of_whole_groups,
)
from quoteattr.records import arrow_schema, attribution_from_row, speaker_from_row, to_arrow
from quoteattr.schema import Appearance, Article, AttributedArticle, Outlet, Span, Utterance

OUTLET = QUOTATIONS.value_type.field("outlet").type
POSITION = pa.schema(
    [
        ("cluster", pa.int64()),
        ("number", pa.int64()),  # of the article of the first appearance
        ("begin", pa.int32()),  # its attribution
        ("numbers", pa.list_(pa.int64())),  # of the articles of all appearances
    ]
)
UTTERANCES = pa.schema([*POSITION, *arrow_schema("utterance")])
INFERRED_OUTLETS = pa.schema([("cluster", pa.int64()), ("outlet", OUTLET)])


def utterances_of_clusters(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields the utterances of clusters, without the information that other clusters add.

    Rows are occurrences, sorted by "cluster".
    """
    for table in tables_of_whole_groups(batches, "cluster"):
        rows = sorted(table.to_pylist(), key=lambda row: (row["number"], row["begin"]))
        yield from _utterances(rows).to_batches()


def _utterances(rows: Sequence[Row]) -> pa.Table:
    by_article: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row["number"]].append(row)
    ranges = [_ranges(of_article) for of_article in by_article.values()]
    found = read_occurrences([_without_text(of_article) for of_article in by_article.values()], ranges)
    cluster_of = [0] * len(found.table)
    first: dict[int, Row] = {}
    for wording, row in zip(found.table.wording_of, rows, strict=True):
        cluster_of[wording] = row["cluster"]
        first.setdefault(row["cluster"], row)
    number = {id(article.article): n for n, article in zip(by_article, found.articles, strict=True)}
    utterances = UtteranceBuilder(found).by_cluster(Clusters(cluster_of, []))
    positions = [
        {
            **{name: first[cluster][name] for name in ("cluster", "number", "begin")},
            "numbers": [number[id(a.article)] for a in utterance.appearances],
        }
        for cluster, utterance in utterances.items()
    ]
    table = pa.Table.from_pylist(positions, schema=POSITION)
    columns = to_arrow(utterances.values(), "utterance").columns
    return pa.Table.from_arrays([*table.columns, *columns], schema=UTTERANCES)


def _ranges(rows: Sequence[Row]) -> list[range]:
    """Returns for each occurrence of an article the range of its attributions."""
    ranges, end = [], 0
    for row in rows:
        ranges.append(range(end, end := end + len(row["parts"])))
    return ranges


def _without_text(rows: Sequence[Row]) -> AttributedArticle:
    """The article of some occurrences, without its text and with their attributions."""
    about = rows[0]["about"]
    article = Article("", about["article"], about["publisher"], about["published"], about["url"])
    return AttributedArticle(
        article, tuple(attribution_from_row(part) for row in rows for part in row["parts"])
    )


def infer_outlets(batches: Batches) -> Iterator[pa.RecordBatch]:
    """Yields an inferred outlet for each utterance that names none.

    It is inferred from the companions of the utterance: other utterances of its speaker that appear together
    with it in at least two articles. Rows are sorted by "cluster", with an utterance as a struct in
    "utterance". In each cluster, the first row is the utterance without an outlet, and the others are its
    companions.
    """
    for table in tables_of_whole_groups(batches, "cluster"):
        groups: dict[int, list[Row]] = defaultdict(list)
        for row in table.to_pylist():
            groups[row["cluster"]].append(row["utterance"])
        outlets = {cluster: _inferred_outlet(rows) for cluster, rows in groups.items()}
        yield batch_of_rows([pair for pair in outlets.items() if pair[1]], INFERRED_OUTLETS)


def _inferred_outlet(rows: Sequence[Row]) -> Row | None:
    """The outlet of the first utterance, inferred from the others; None if there is none."""
    articles: dict[int, Article] = {}
    utterance, *_ = infer_outlets_of_companions([_utterance(row, articles) for row in rows])
    outlet = utterance.first.outlet
    return None if outlet is None else {"name": outlet.name, **attrs.asdict(outlet.span)}


def _utterance(row: Row, articles: dict[int, Article]) -> Utterance:
    """An utterance with the fields that its outlet depends on.

    Args:
        row: the utterance.
        articles: the articles made so far, by number; new ones are added.
    """
    speaker = row["speaker"] and speaker_from_row(row["speaker"])
    numbered = zip(row["appearances"], row["numbers"], strict=True)
    appearances = tuple(_appearance(found, articles.setdefault(n, Article(""))) for found, n in numbered)
    return Utterance(row["text"], speaker, appearances, tuple(row["outlets"]))


def _appearance(row: Row, article: Article) -> Appearance:
    outlet = row["outlet"]
    named = outlet and Outlet(outlet["name"], Span(outlet["start"], outlet["end"], outlet["text"]))
    return Appearance(article, attribution_from_row(row["quotation"]), row["relation"], named)
