"""Rows: every result is restored from them unchanged."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quoteattr import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Conflict,
    Edit,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
    Utterance,
    records,
)
from quoteattr.records import article_from_row, article_row, json_schema
from tests.results import results, sample

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
OFFSETS = st.integers(0, 2**31 - 1)
SPANS = st.builds(Span, OFFSETS, OFFSETS, WORDS)
SPEAKERS = st.builds(
    Speaker,
    WORDS,
    st.sampled_from(["person", "organisation", "unnamed"]),
    st.lists(WORDS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=2).map(tuple),
    st.sampled_from([None, "female", "male"]),
)
REPORTED = st.builds(
    Quotation,
    SPANS,
    SPANS,
    st.sampled_from(["mixed", "indirect"]),
    st.lists(SPANS, min_size=1, max_size=2).map(tuple),
)
ATTRIBUTIONS = st.builds(
    Attribution,
    st.builds(Quotation, SPANS, SPANS) | REPORTED,
    cue=st.none() | SPANS,
    mention=st.none() | st.builds(Mention, SPANS, st.sampled_from(["name", "nominal", "pronoun"])),
    speaker=st.none() | SPEAKERS,
    outlet=st.none() | st.builds(Outlet, WORDS, SPANS),
    statement=st.none() | OFFSETS,
    confidence=st.floats(0, 1),
    decided_by=st.none() | WORDS,
    resolved_by=st.none() | WORDS,
)
ARTICLES = st.builds(
    Article,
    WORDS,
    id=st.none() | WORDS,
    publisher=st.none() | WORDS,
    published=st.none() | st.dates(),
    url=st.none() | WORDS,
)
RESULTS = st.builds(
    AttributedArticle,
    ARTICLES,
    st.lists(ATTRIBUTIONS, max_size=3).map(tuple),
    st.lists(SPEAKERS, max_size=3).map(tuple),
)
APPEARANCES = st.builds(
    Appearance,
    ARTICLES,
    ATTRIBUTIONS,
    st.sampled_from(["whole", "part", "edited"]),
    st.none() | st.builds(Outlet, WORDS, SPANS),
    st.booleans(),
    st.lists(SPANS, max_size=2).map(tuple),
    st.lists(st.builds(Edit, SPANS, SPANS), max_size=2).map(tuple),
)
UTTERANCES = st.builds(
    Utterance,
    WORDS,
    st.none() | SPEAKERS,
    st.lists(APPEARANCES, min_size=1, max_size=2).map(tuple),
    conflicts=st.lists(
        st.builds(Conflict, st.sampled_from(["speaker", "wording"]), APPEARANCES, WORDS), max_size=1
    ).map(tuple),
)


@settings(deadline=None)
@given(RESULTS)
def test_json_restores_results(result: AttributedArticle) -> None:
    assert records.article_from_row(json.loads(json.dumps(records.article_row(result)))) == result


@settings(deadline=None)
@given(RESULTS)
def test_quotation_rows_restore_attributions(result: AttributedArticle) -> None:
    found = json.loads(json.dumps(records.quotation_rows(result)))
    assert tuple(map(records.attribution_from_row, found)) == result.attributions


@settings(deadline=None)
@given(st.lists(RESULTS, max_size=4))
def test_arrow_restores_results(results: list[AttributedArticle]) -> None:
    table = records.to_arrow(results)
    table.validate(full=True)
    assert list(records.from_arrow(table)) == results
    assert [found for batch in table.to_batches() for found in records.from_arrow(batch)] == results


@settings(deadline=None)
@given(st.lists(RESULTS, max_size=4))
def test_arrow_quotation_rows_restore_attributions(results: list[AttributedArticle]) -> None:
    table = records.to_arrow(results, "quotation")
    expected = [(r.article.id, r.article.published, attribution) for r in results for attribution in r]
    found = [
        (row["article"], row["published"], records.attribution_from_row(row)) for row in table.to_pylist()
    ]
    assert found == expected


def test_parquet_keeps_the_schema_and_its_version(tmp_path: Path) -> None:
    for kind in ("article", "quotation"):
        path = tmp_path / f"{kind}.parquet"
        pq.write_table(records.to_arrow([], kind), path)
        schema = pq.read_schema(path)
        assert schema.equals(records.arrow_schema(kind), check_metadata=True)
        assert schema.metadata == {b"quoteattr.records": kind.encode(), b"quoteattr.version": b"1"}


def test_a_datetime_is_its_day() -> None:
    article = Article("It rained.", published=datetime.datetime(2024, 5, 2, 12, 30))
    (found,) = records.from_arrow(records.to_arrow([AttributedArticle(article)]))
    assert found.article.published == datetime.date(2024, 5, 2)


def test_columns_of_both_kinds_have_one_shape() -> None:
    item = records.arrow_schema("article").field("quotations").type.value_type
    quotation = records.arrow_schema("quotation")
    assert [quotation.field(field.name) for field in item] == list(item)


def test_a_lone_surrogate_is_an_error() -> None:
    with pytest.raises(UnicodeEncodeError):
        records.to_arrow([AttributedArticle(Article("\ud83d"))])


class TestWrongTables:
    def test_quotation_rows(self) -> None:
        with pytest.raises(ValueError, match="the table has quotation rows"):
            records.from_arrow(records.to_arrow([], "quotation"))

    def test_a_newer_version(self) -> None:
        table = records.to_arrow([]).replace_schema_metadata({"quoteattr.version": "99"})
        with pytest.raises(ValueError, match="of version 99; this release reads up to 1"):
            records.from_arrow(table)

    def test_an_unknown_kind(self) -> None:
        with pytest.raises(ValueError, match="got 'speaker'"):
            records.arrow_schema("speaker")  # type: ignore[arg-type]

    def test_a_missing_column(self) -> None:
        with pytest.raises(KeyError, match="article"):
            list(records.from_arrow(pa.table({"text": ["It rained."], "published": [None]})))


@settings(deadline=None)
@given(UTTERANCES)
def test_arrow_holds_utterances_with_appearances(utterance: Utterance) -> None:
    (row,) = records.to_arrow([utterance], "utterance").to_pylist()
    given_row = records.utterance_row(utterance)
    dated = [place["published"] and place["published"].isoformat() for place in row["appearances"]]
    assert dated == [place.pop("published") for place in given_row["appearances"]]
    for place in row["appearances"]:
        del place["published"]
        if place["quotation"]["kind"] == "direct":
            assert place["quotation"].pop("parts") is None
    assert row == given_row
    said = [records.attribution_from_row(place["quotation"]) for place in row["appearances"]]
    assert said == [place.attribution for place in utterance.appearances]


class TestJsonSchema:
    VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

    def test_is_a_valid_schema(self) -> None:
        Draft202012Validator.check_schema(json_schema())

    @given(results())
    def test_accepts_all_results(self, result: AttributedArticle) -> None:
        row = json.loads(json.dumps(article_row(result)))
        self.VALIDATOR.validate(row)
        assert article_from_row(row) == result

    @pytest.mark.parametrize(
        "wrong",
        [{"speakers": None}, {"published": "2 May"}, {"more": 1}, {"quotations": [{"start": 1}]}],
        ids=lambda wrong: next(iter(wrong)),
    )
    def test_rejects_wrong_rows(self, wrong: dict[str, Any]) -> None:
        assert not self.VALIDATOR.is_valid({**article_row(sample()), **wrong})
