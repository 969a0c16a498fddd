"""Flat rows and data frames of results."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest

from quoteattr import Appearance, Article, AttributedArticle, Utterance
from quoteattr.records import FLAT_COLUMNS, flat_rows, to_frame
from tests.test_schema import ANN, HERALD, RESULT

DATED = attrs.evolve(RESULT, article=attrs.evolve(RESULT.article, published=datetime.date(2024, 5, 2)))
UTTERANCE = Utterance("Yes", ANN, (Appearance(DATED.article, DATED[0], "whole", HERALD, True),))


def test_a_flat_row_has_single_values() -> None:
    rows = flat_rows([DATED, DATED])
    assert len(rows) == 8
    assert {type(value) for row in rows for value in row.values()} <= {str, int, float, type(None)}
    third = rows[2]
    assert (third["quotation"], third["speaker"], third["outlet"]) == ("Oh,", "Ann Lee", "Herald")
    assert DATED.article.text[third["start"] : third["end"]] == third["quotation"]


@pytest.mark.parametrize("library", ["pandas", "polars"])
@pytest.mark.parametrize("results", [DATED, [DATED, DATED], AttributedArticle(Article("")), []])
def test_frames_have_a_row_for_each_quotation(library: Any, results: Any) -> None:
    pytest.importorskip(library)
    frame = to_frame(results, library)
    assert tuple(frame.columns) == FLAT_COLUMNS
    assert len(frame) == len(flat_rows(results))


def test_columns_of_pandas_have_types() -> None:
    pandas = pytest.importorskip("pandas")
    frame = DATED.to_frame()
    assert frame["published"][0] == pandas.Timestamp(2024, 5, 2)
    assert frame["statement"].dtype == "Int64"
    assert list(frame["speaker"].dropna()) == ["Ann Lee", "Bo Lee", "Ann Lee"]
    assert AttributedArticle(Article("")).to_frame()["published"].dtype == frame["published"].dtype


def test_columns_of_polars_have_types() -> None:
    pytest.importorskip("polars")
    frame = DATED.to_frame("polars")
    assert frame["published"].to_list()[0] == datetime.date(2024, 5, 2)
    assert frame["statement"].to_list() == [None] * 4


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_an_utterance_has_a_row_for_each_appearance(library: Any) -> None:
    pytest.importorskip(library)
    frame = UTTERANCE.to_frame(library)
    assert list(frame["utterance"]) == ["Yes"]
    assert list(frame["outlet"]) == ["Herald"]
    assert list(frame["outlet_inferred"]) == [True]


def test_another_library_is_an_error() -> None:
    with pytest.raises(ValueError, match="got 'dplyr'"):
        RESULT.to_frame("dplyr")  # type: ignore[arg-type]
