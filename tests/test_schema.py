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
