"""The classes of results: spans, wrong arguments, and rendering through the registered functions."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest

from quoteattr import schema
from quoteattr.schema import Appearance, Article, AttributedArticle, Attribution, Quotation, Span, Utterance

SPAN = Span(0, 2, "Go")
ATTRIBUTION = Attribution(Quotation(SPAN, SPAN))


def test_a_span_has_the_length_of_its_text() -> None:
    span = Span.of("He left.", 3, 7)
    assert (span.text, len(span)) == ("left", 4)


def test_values_cannot_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        SPAN.start = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    "wrong", [{"text": b"Go"}, {"id": 7}, {"publisher": 7}, {"published": "2024-05-02"}, {"url": 7}]
)
def test_wrong_types_are_rejected(wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=next(iter(wrong))):
        Article(**{"text": "Go", **wrong})


def test_a_result_iterates_over_its_attributions() -> None:
    result = AttributedArticle(Article("Go"), (ATTRIBUTION,))
    assert (list(result), len(result)) == ([ATTRIBUTION], 1)


def test_articles_of_an_utterance_are_distinct_and_in_order() -> None:
    first = Article("Go", published=datetime.date(2024, 5, 2))
    second = Article("Go on")
    appearances = tuple(Appearance(article, ATTRIBUTION, "whole") for article in (first, second, first))
    utterance = Utterance("Go", None, appearances)
    assert utterance.articles == (first, second)
    assert utterance.first == appearances[0]


def shout(result: AttributedArticle | Utterance) -> str:
    return type(result).__name__.upper()


def test_html_comes_from_the_registered_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_renderers", {})
    schema.register_renderers(
        {"article_page": f"{__name__}:shout", "utterance_fragment": f"{__name__}:shout"}
    )
    assert AttributedArticle(Article("Go")).to_html() == "ATTRIBUTEDARTICLE"
    assert Utterance("Go", None, ())._repr_html_() == "UTTERANCE"


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (None, None),
        (datetime.date(2024, 5, 2), datetime.date(2024, 5, 2)),
        (datetime.datetime(2024, 5, 2, 23, 30), datetime.date(2024, 5, 2)),
        (
            datetime.datetime(2024, 5, 2, 23, 30, tzinfo=datetime.timezone(-datetime.timedelta(hours=5))),
            datetime.date(2024, 5, 2),
        ),
    ],
)
def test_the_day_of_publication_is_a_date(given: Any, day: datetime.date | None) -> None:
    published = Article("Go", published=given).published
    assert (published, type(published)) == (day, type(day))


def test_a_day_of_pandas_is_a_date_and_nat_none() -> None:
    pandas = pytest.importorskip("pandas")
    assert Article("Go", published=pandas.Timestamp("2024-05-02 10:00")).published == datetime.date(
        2024, 5, 2
    )
    assert Article("Go", published=pandas.NaT).published is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": b"Go"}, r"text must be a str, got b'Go' \(bytes\)"),
        ({"text": None}, r"text must be a str, got None \(NoneType\)"),
        ({"id": 7}, r"id must be a str or None, got 7 \(int\)"),
        (
            {"published": "2024-05-02"},
            r"published must be a date, a datetime or None, got '2024-05-02' \(str\)",
        ),
        ({"published": float("nan")}, r"published must be a date, a datetime or None, got nan \(float\)"),
    ],
)
def test_a_message_says_what_was_got_and_what_is_accepted(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=rf"\A{message}\Z"):
        Article(**{"text": "Go", **wrong})


def test_a_message_shows_the_beginning_of_a_long_value() -> None:
    with pytest.raises(TypeError) as caught:
        Article(b"x" * 1_000_000)  # type: ignore[arg-type]
    assert len(str(caught.value)) < 120


def test_lone_surrogates_and_control_characters_are_kept() -> None:
    odd = "\ud800\x00\x1b"
    article = Article(odd, odd, odd, None, odd)
    assert (article.text, article.id, article.publisher, article.url) == (odd, odd, odd, odd)
