"""Attributed articles made by hand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import attrs
from hypothesis import strategies as st

from quoteattr.schema import Article, AttributedArticle, Attribution, Outlet, Quotation, Span, Speaker

CONFIDENCE = 0.9


@attrs.frozen
class Quote:
    """A quotation of an article made by hand."""

    words: str
    speaker: str | Speaker | None = None
    """A speaker, or the name of a person."""
    statement: int | None = None
    outlet: str | None = None
    """The outlet, which the text names after the quotation."""
    rule: str = "governed"
    """The rule that decided the speaker."""


def article_of_quotes(
    name: str,
    *quotes: Quote,
    day: str | None = "2022-05-03",
    about: str = "",
    publisher: str | None = None,
) -> AttributedArticle:
    """Returns an article with a text of the given quotations.

    Args:
        name: the article's id.
        quotes: its quotations, each a statement of its own unless it says otherwise.
        day: an ISO date.
        about: text before the first quotation.
        publisher: the article's publisher.
    """
    text, attributions = about, []
    for n, quote in enumerate(quotes):
        at = len(text) + 2
        text += f" “{quote.words}”"
        outer = Span.of(text, at - 1, len(text))
        outlet = None
        if quote.outlet:
            text += f" told {quote.outlet}"
            outlet = Outlet(quote.outlet, Span.of(text, len(text) - len(quote.outlet), len(text)))
        content = Span.of(text, at, at + len(quote.words))
        attributions.append(_attribution(quote, Quotation(content, outer), outlet, 100 + n))
    return _attributed(name, text, attributions, day, publisher)


def article_with_text(
    name: str, text: str, *quotes: Quote, day: str | None = "2022-05-03"
) -> AttributedArticle:
    """Returns an article with a given text, which has the words of the quotations in order."""
    attributions, at = [], 0
    for n, quote in enumerate(quotes):
        at = text.index(quote.words, at)
        content = Span.of(text, at, at + len(quote.words))
        outer = Span.of(text, at - 1, at + len(quote.words) + 1)
        attributions.append(_attribution(quote, Quotation(content, outer), None, n))
        at += len(quote.words)
    return _attributed(name, text, attributions, day, None)


def _attribution(quote: Quote, quotation: Quotation, outlet: Outlet | None, number: int) -> Attribution:
    speaker = Speaker(quote.speaker, "person") if isinstance(quote.speaker, str) else quote.speaker
    return Attribution(
        quotation,
        speaker=speaker,
        outlet=outlet,
        statement=number if quote.statement is None else quote.statement,
        confidence=CONFIDENCE,
        decided_by=quote.rule,
    )


def _attributed(
    name: str, text: str, attributions: Sequence[Attribution], day: str | None, publisher: str | None
) -> AttributedArticle:
    published = datetime.date.fromisoformat(day) if day else None
    article = Article(text, id=name, publisher=publisher, published=published)
    return AttributedArticle(article, tuple(attributions))


WORDS = st.sampled_from(
    "we will not never sell the old harbour to 5 6 seven strangers … [they] can’t ferry Marsh End boats "
    "is it I think that must close before winter".split()
)
QUOTES = st.builds(
    Quote,
    words=st.lists(WORDS, min_size=0, max_size=14).map(" ".join),
    speaker=st.sampled_from([None, "Ida Holm", "Bertil Holm", "Holm", "Carl Moss", "Ministry of Fish"]),
    statement=st.integers(0, 2),
)
DAYS = st.sampled_from([None, "2022-05-03", "2022-05-05", "2022-05-30", "2022-12-24"])


@st.composite
def corpora(draw: st.DrawFn) -> list[AttributedArticle]:
    """Draws up to six articles with up to four quotations each."""
    rows = draw(st.lists(st.tuples(st.lists(QUOTES, max_size=4), DAYS), max_size=6))
    return [article_of_quotes(str(n), *quotes, day=day) for n, (quotes, day) in enumerate(rows)]


def articles_of_case(case: Mapping[str, object]) -> tuple[list[AttributedArticle], list[list[int]]]:
    """Returns the articles of a case of ``tests/cases/lines_*.json``, and for each quotation the number of
    its utterance.

    A case has a name ("case"), "utterances", each a list of occurrences, and, if needed, the text before the
    quotations of every article ("about"). An occurrence has "article", "published", "speaker" and "words",
    and a "statement" if that is shared with another occurrence of the article.
    """
    utterances = case["utterances"]
    assert isinstance(utterances, list)
    found: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for number, occurrences in enumerate(utterances):
        for occurrence in occurrences:
            found.setdefault(occurrence["article"], []).append((number, occurrence))
    articles = [
        article_of_quotes(
            name,
            *[Quote(o["words"], o["speaker"], o.get("statement")) for _, o in rows],  # type: ignore[arg-type]
            day=rows[0][1]["published"],
            about=str(case.get("about", "")),
        )
        for name, rows in found.items()
    ]
    return articles, [[number for number, _ in rows] for rows in found.values()]
