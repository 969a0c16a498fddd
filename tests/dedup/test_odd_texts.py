"""What holds for quotations of any characters: each is in one utterance, and all offsets are true."""

from __future__ import annotations

import datetime

import attrs
from hypothesis import given
from hypothesis import strategies as st

from quoteattr import Deduplicator, deduplicate
from quoteattr.dedup import normalize
from quoteattr.dedup.token_spans import TokenSpans
from quoteattr.dedup.vocabulary import Vocabulary
from quoteattr.schema import (
    Article,
    AttributedArticle,
    Attribution,
    Outlet,
    Quotation,
    Span,
    Speaker,
    SpeakerKind,
    Utterance,
)
from tests.strategies import PIECES, TOKENIZED, any_characters, any_of

LONG_WORDS = "we do not know what to say about the old harbour and the new school in Marsh End"
MARKS_AS_LETTERS = any_of("ʼ|ﾞ|ﾟ|ﾞﾟ|ʹ|ˈ|\u0345|ͺ|ﷺ|n't|n’t|²kb|①m|½|Ⅳ|\ufffe|\udffe|\udfff|\ud800")
"""Letters that are only marks, digits that are no figures, and surrogates."""
WORDS = st.sampled_from(LONG_WORDS.split())
ODD_PIECES = st.one_of(WORDS, WORDS, WORDS, MARKS_AS_LETTERS, TOKENIZED, PIECES, any_characters())
QUOTED = st.lists(ODD_PIECES, max_size=16).map(" ".join) | st.lists(ODD_PIECES, max_size=8).map("".join)
KINDS: st.SearchStrategy[SpeakerKind] = st.sampled_from(["person", "organisation", "unnamed"])
NAMES = st.sampled_from(["Ida Holm", "Holm", "Ministry of Fish"]) | QUOTED
SPEAKERS = st.builds(Speaker, NAMES, KINDS, st.lists(NAMES, max_size=2).map(tuple))
DATES = st.none() | st.sampled_from([datetime.date(2022, 5, 3), datetime.date.min, datetime.date.max])


@st.composite
def odd_articles(draw: st.DrawFn) -> AttributedArticle:
    """An article with up to three quotations of odd characters, odd names and odd metadata."""
    text, attributions = draw(QUOTED), []
    for words in draw(st.lists(QUOTED, max_size=3)):
        at = len(text) + 1
        text += f"“{words}” {draw(st.sampled_from(['', 'said Holm, ', 'told the Herald.']))}"
        quotation = Quotation(Span.of(text, at, at + len(words)), Span.of(text, at - 1, at + len(words) + 1))
        outlet = draw(st.none() | NAMES.map(lambda name: Outlet(name, Span(0, 0, ""))))
        found = Attribution(quotation, speaker=draw(st.none() | SPEAKERS), outlet=outlet, decided_by="term")
        statement, confidence = draw(st.none() | st.integers(0, 2)), draw(st.sampled_from([0.2, 0.9]))
        attributions.append(attrs.evolve(found, statement=statement, confidence=confidence))
    name, publisher = draw(st.none() | QUOTED), draw(st.none() | QUOTED)
    return AttributedArticle(Article(text, name, publisher, draw(DATES), publisher), tuple(attributions))


ODD_CORPORA = st.lists(odd_articles(), max_size=5)


def check(utterances: list[Utterance], articles: list[AttributedArticle]) -> None:
    """Asserts that every quotation is in one utterance, and that all offsets are those of their texts."""
    found = [appearance.attribution for u in utterances for appearance in u.appearances]
    assert len(found) == sum(map(len, articles))
    assert {id(attribution) for attribution in found} <= {id(a) for found in articles for a in found}
    for utterance in utterances:
        for appearance in utterance.appearances:
            edits = appearance.edits
            for span in (*appearance.covers, *(edit.canonical for edit in edits)):
                assert utterance.text[span.start : span.end] == span.text
                assert 0 <= span.start <= span.end <= len(utterance.text)
            for edit in edits:
                assert appearance.article.text[edit.printed.start : edit.printed.end] == edit.printed.text


@given(ODD_CORPORA)
def test_every_quotation_is_in_one_utterance(articles: list[AttributedArticle]) -> None:
    check(deduplicate(articles), articles)


@given(ODD_CORPORA)
def test_a_store_takes_them_and_gives_them_back(articles: list[AttributedArticle]) -> None:
    distinct = list(dict.fromkeys(articles))
    with Deduplicator() as store:
        for article in articles:
            store.add([article])
        assert list(store.articles()) == distinct
        assert store.utterances() == deduplicate(distinct)
        assert store.unreadable() == {}


@given(st.lists(QUOTED, max_size=4))
def test_texts_encoded_together_have_the_tokens_of_each(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    strings = vocabulary.encode_texts(texts)
    for text, string in zip(texts, strings, strict=True):
        assert len(string) == len(normalize.token_offsets(text))
        assert string == vocabulary.encode_all(normalize.normalized_tokens(text))
        spans = TokenSpans(text, string.strip("\0"), vocabulary)
        for number in range(len(spans.string)):
            start, end = spans.offsets(number, number + 1)
            assert 0 <= start < end <= len(text)
