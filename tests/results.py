"""Random and hand-made results for the tests of exchange formats."""

from __future__ import annotations

import datetime

import attrs
from hypothesis import strategies as st

from quoteattr.schema import (
    Article,
    AttributedArticle,
    Attribution,
    Mention,
    Outlet,
    Quotation,
    QuotationKind,
    Span,
    Speaker,
)
from tests.strategies import ACTING

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1)
LETTERS = st.one_of(
    st.sampled_from("“”‘’\"' ab.\n<&>|%\t\r"),
    st.characters(codec="utf-8"),
)


def speakers_of(names: st.SearchStrategy[str]) -> st.SearchStrategy[Speaker]:
    """Speakers of any kind with such names."""
    kinds = st.sampled_from(("person", "organisation", "unnamed"))
    return st.builds(Speaker, names, kinds, st.lists(names, max_size=2).map(tuple))


@st.composite
def quotations_of(draw: st.DrawFn, text: str) -> Quotation:
    """A quotation of any kind in a text."""
    span = draw(spans_of(text))
    kind: QuotationKind = draw(st.sampled_from(("direct", "direct", "mixed", "indirect")))
    if kind == "direct" or len(span) < 2:
        return Quotation(span, span)
    cut = draw(st.integers(span.start + 1, span.end - 1))
    halves = (Span.of(text, span.start, cut), Span.of(text, cut, span.end))
    return Quotation(span, span, kind, draw(st.sampled_from(((span,), halves))))


@st.composite
def results(
    draw: st.DrawFn,
    letters: st.SearchStrategy[str] = LETTERS,
    names: st.SearchStrategy[str] = NAMES,
) -> AttributedArticle:
    """An article with up to four quotations; all spans are inside its text, everything else is arbitrary."""
    text = draw(st.text(letters, max_size=60))
    article = Article(
        text,
        id=draw(st.none() | names),
        publisher=draw(st.none() | names),
        published=draw(st.none() | st.dates()),
        url=draw(st.none() | st.just("https://example.org/a?b=c&d=é")),
    )
    speakers = draw(st.lists(speakers_of(names), max_size=3, unique=True))
    some = st.sampled_from(speakers) if speakers else st.none()
    spans = spans_of(text)
    found = draw(
        st.lists(
            st.builds(
                Attribution,
                quotations_of(text),
                cue=st.none() | spans,
                mention=st.none() | st.builds(Mention, spans, st.sampled_from(("name", "pronoun"))),
                speaker=st.none() | some,
                outlet=st.none() | st.builds(Outlet, names, spans),
                statement=st.none() | st.integers(0, 3),
                confidence=st.floats(0, 1),
                decided_by=st.none() | st.just("governed"),
                resolved_by=st.none() | st.just("exact_name"),
            ),
            max_size=4,
            unique_by=lambda a: (a.quotation.content.start, a.quotation.content.end),
        )
    )
    found.sort(key=lambda a: (a.quotation.content.start, -a.quotation.content.end))
    quoted = {a.speaker for a in found}
    return AttributedArticle(article, tuple(found), tuple(s for s in speakers if s in quoted))


HOSTILE = results(
    ACTING | st.sampled_from("ab “”‘’"), st.lists(ACTING | st.sampled_from("ab "), min_size=1).map("".join)
)
"""Articles in which every text may have characters that act on a terminal."""


def spans_of(text: str) -> st.SearchStrategy[Span]:
    """Spans of a text, not empty unless the text is."""
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    if text:
        ends = ends.filter(lambda pair: pair[0] < pair[1])
    return ends.map(lambda pair: Span.of(text, *pair))


def sample() -> AttributedArticle:
    """An article with speakers, an outlet, a divided statement and a scare quote."""
    text = (
        "Ann Lee met Rita Day.\n\n“The ice is thin,” she told the Herald & Post, “and it\nwill not hold.”\n"
        "It was a “bounce”."
    )

    def span(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    def quoted(words: str) -> Quotation:
        inner = span(words)
        return Quotation(inner, Span.of(text, inner.start - 1, inner.end + 1))

    ann = Speaker("Ann Lee", "person", ("Ms Lee",))
    first = Attribution(
        quoted("The ice is thin,"),
        span("told"),
        Mention(span("she"), "pronoun"),
        ann,
        Outlet("Herald & Post", span("Herald & Post")),
        0,
        0.91234,
        "after_quotation",
    )
    second = attrs.evolve(first, quotation=quoted("and it\nwill not hold."), decided_by="same_sentence")
    third = Attribution(quoted("bounce"), confidence=0.8, decided_by="nobody")
    article = Article(
        text, "ice & snow", "The Daily Record", datetime.date(2024, 5, 2), "https://example.org/ice?a=1&b=2"
    )
    return AttributedArticle(article, (first, second, third), (ann,))
