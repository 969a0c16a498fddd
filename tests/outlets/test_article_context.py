"""Sentences, paragraphs and quotations of an article, as the rules of outlets see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.detection.quotations import find_quotations
from quoteattr.outlets.article_context import ArticleContext, context_of_article
from quoteattr.schema import Speaker

ANN, BOB = Speaker("Ann Lee", "person"), Speaker("Bob Hale", "person")
TEXT = "It rained. “We go. Now,” said Ann Lee. “It works.” She left.\n\n“No,” Hale said."
PIECES = "“We go.” “No,” Ann Lee said . ! ? \n\n it rained ’ “ ” Mr. J.".split(" ")
ANY_TEXT = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


def view_of(text: str, *speakers: Speaker | None) -> ArticleContext:
    quotations = find_quotations(text)
    return context_of_article(text, quotations, speakers or [None] * len(quotations))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("rained", "It rained. "),
        ("go", "“We go. Now,” said Ann Lee. "),
        ("said Ann", "“We go. Now,” said Ann Lee. "),
        ("works", "“It works.” "),
        ("left", "She left."),
        ("No,", "“No,” Hale said."),
    ],
)
def test_sentence_around_a_character(words: str, sentence: str) -> None:
    article = view_of(TEXT)
    assert TEXT[slice(*article.sentence_at(TEXT.index(words)))] == sentence


def test_paragraphs_count_from_one() -> None:
    article = view_of(TEXT)
    assert [article.paragraph_at(TEXT.index(word)) for word in ("It rained", "left", "No,")] == [1, 1, 2]


def test_what_is_quoted() -> None:
    article = view_of(TEXT)
    first = TEXT.index("We go")
    assert [article.is_quoted(at) for at in (first - 1, first, TEXT.index("said"))] == [False, True, False]
    assert [article.is_inside_quotation(at) for at in (first, first + 1)] == [False, True]


def test_text_without_quotations() -> None:
    text = "“We go,” said Ann Lee, “now.”"
    assert view_of(text).unquoted(0, len(text)) == "“” said Ann Lee, “”"
    assert view_of(text).unquoted(3, text.index(" Ann")) == "” said"


def test_speakers_by_place_and_name() -> None:
    article = view_of(TEXT, ANN, None, BOB)
    assert article.speakers_between(0, len(TEXT)) == [ANN, BOB]
    assert article.speakers_between(0, TEXT.index("No,")) == [ANN, BOB]
    assert article.speakers_between(0, TEXT.index("It works")) == [ANN]
    assert article.speaker_before(TEXT.index("It works")) == ANN
    assert article.speaker_before(0) is None
    assert article.speakers_by_surname == {"lee": [ANN], "hale": [BOB]}


def test_posts_are_no_interviews() -> None:
    article = view_of("She told Reuters, tweeted, and told reporters.")
    assert [mention.outlet and mention.outlet.name for mention in article.interview_mentions] == ["Reuters"]


@given(ANY_TEXT, st.data())
def test_a_sentence_holds_its_character(text: str, data: st.DataObject) -> None:
    article = view_of(text)
    at = data.draw(st.integers(0, len(text)))
    start, end = article.sentence_at(at)
    assert 0 <= start <= at
    assert end <= len(text)
    assert start <= end or "\n" in text[at : at + 1]


@given(ANY_TEXT)
def test_unquoted_text_and_quoted_characters_add_up(text: str) -> None:
    article = view_of(text)
    quoted = "".join(letter for at, letter in enumerate(text) if article.is_quoted(at))
    assert sorted(quoted + article.unquoted(0, len(text))) == sorted(text)
