"""What holds for any input: no text, parse or metadata makes a function fail, and results are sound."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoteattr import (
    Article,
    AttributedArticle,
    Quotation,
    attribute,
    attribute_many,
    attribute_parsed,
    find_quotations,
    records,
)
from quoteattr.layout import has_letter
from tests.strategies import ARTICLES, PARSERS, TEXTS, ChanceParser, chains_of

EXAMPLES = max(10, 2 * settings().max_examples // 5)
"""Inputs for a property: 40 in the thorough profile, 10 in the quick one. Each test takes one to three times
as many, because some faults need two odd pieces beside each other."""


def check(result: AttributedArticle, text: str) -> None:
    """Asserts everything that holds for every result."""
    assert result.article.text == text
    assert [attribution.quotation for attribution in result] == find_quotations(text)
    check_nesting([attribution.quotation for attribution in result])
    for attribution in result:
        outlet, mention = attribution.outlet, attribution.mention
        spans = [attribution.quotation.content, attribution.quotation.outer, attribution.cue]
        spans += [found.span for found in (mention, outlet) if found]
        for span in (span for span in spans if span is not None):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == span.text
        assert 0 <= attribution.confidence <= 1
        assert attribution.decided_by
        assert mention is None or has_letter(mention.span.text)
        assert outlet is None or has_letter(outlet.name)
        if attribution.speaker is not None:
            assert mention is not None
            assert attribution.speaker in result.speakers
    assert all(has_letter(name) for speaker in result.speakers for name in (speaker.name, *speaker.aliases))


def check_nesting(quotations: list[Quotation]) -> None:
    """Asserts that quotations are in order, and that each two of them are apart or one inside the other."""
    open_ends: list[int] = []
    for quotation in quotations:
        outer, content = quotation.outer, quotation.content
        assert outer.start <= content.start < content.end <= outer.end
        open_ends = [end for end in open_ends if end > outer.start]
        assert all(outer.end <= end for end in open_ends)
        open_ends.append(outer.end)
    assert all(one.outer.start <= other.outer.start for one, other in pairwise(quotations))


@given(TEXTS, PARSERS)
@settings(max_examples=3 * EXAMPLES)
def test_any_text_and_any_parse_of_its_frames(text: str, parser: ChanceParser) -> None:
    check(attribute(text, parser=parser), text)


@given(TEXTS, PARSERS, st.data())
@settings(max_examples=2 * EXAMPLES)
def test_any_parse_of_the_whole_text(text: str, parser: ChanceParser, data: st.DataObject) -> None:
    (parse,) = parser.parse([text])
    check(attribute_parsed(Article(text), parse, chains=data.draw(chains_of(text))), text)


@given(TEXTS)
@settings(max_examples=2 * EXAMPLES)
def test_quotations_of_any_text(text: str) -> None:
    quotations = find_quotations(text)
    check_nesting(quotations)
    assert all(text[q.content.start : q.content.end] == q.content.text != "" for q in quotations)


@given(st.lists(ARTICLES, max_size=5), PARSERS, st.integers(1, 4))
@settings(max_examples=EXAMPLES)
def test_a_batch_gives_the_answers_of_its_articles_alone(
    articles: list[Article], parser: ChanceParser, batch_size: int
) -> None:
    alone = [attribute(article, parser=parser) for article in articles]
    assert list(attribute_many(articles, parser=parser, batch_size=batch_size)) == alone


@given(ARTICLES, PARSERS)
@settings(max_examples=EXAMPLES)
def test_results_come_back_from_rows(article: Article, parser: ChanceParser) -> None:
    result = attribute(article, parser=parser)
    row = records.article_row(result)
    assert records.article_from_row(row) == result
    assert records.article_from_row(json.loads(json.dumps(row))) == result
    assert [records.attribution_from_row(row) for row in records.quotation_rows(result)] == list(result)


@pytest.mark.slow
@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(max_examples=2 * EXAMPLES)
def test_any_text_with_the_bundled_models(texts: list[str]) -> None:
    for result, text in zip(attribute_many(texts), texts, strict=True):
        check(result, text)
        check(attribute(text), text)
