"""At which step two quotations are joined or kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given

from quoteattr.dedup import deduplicate, explain
from quoteattr.schema import AttributedArticle
from tests.dedup.articles import Quote, article_of_quotes, corpora

SENTENCE = "The ferry will not sail before the winter ends"
HOLM, MOSS = "Ida Holm", "Carl Moss"


@pytest.mark.parametrize(
    ("one", "other", "day", "joined", "step"),
    [
        (Quote(SENTENCE, HOLM), Quote(SENTENCE, HOLM), "2022-05-03", True, "wording"),
        (Quote(SENTENCE, HOLM), Quote("will not sail before", HOLM), "2022-05-03", True, "prefilter"),
        (Quote(SENTENCE, HOLM), Quote("Nobody has ever asked us", HOLM), "2022-05-03", False, "candidates"),
        (Quote("a disgrace", HOLM), Quote("a disgrace", HOLM), "2022-05-10", False, "decision"),
        (Quote(SENTENCE, HOLM), Quote(SENTENCE, MOSS), "2022-05-03", False, "decision"),
        (
            Quote("We will not leave this old square before 5", HOLM),
            Quote("We will not leave this old square before 6", HOLM),
            "2022-05-03",
            False,
            "alignment",
        ),
        (
            Quote("We will not be moved from this square before noon", HOLM),
            Quote("We will not be moved from that square before noon", HOLM),
            "2022-05-03",
            True,
            "decision",
        ),
    ],
)
def test_steps(one: Quote, other: Quote, day: str, joined: bool, step: str) -> None:
    found = explain([article_of_quotes("a", one), article_of_quotes("b", other, day=day)], (0, 0), (1, 0))
    assert (found.joined, found.step) == (joined, step)


def test_pieces_of_one_sentence() -> None:
    pieces = (Quote("If that makes him smart,", HOLM, 0), Quote("what does it make you?", HOLM, 0))
    article = article_of_quotes("a", *pieces)
    same = explain([article], (0, 0), (0, 0))
    assert (same.joined, same.step) == (True, "occurrence")


def test_a_fragment_of_two_sentences_is_apart_from_one() -> None:
    articles = [
        article_of_quotes("a", Quote(f"{SENTENCE} and the new harbour opens", HOLM)),
        article_of_quotes("b", Quote(f"I have to say that {SENTENCE}", HOLM), day="2022-08-01"),
        article_of_quotes("c", Quote("will not sail before the winter ends", HOLM)),
    ]
    found = explain(articles, (1, 0), (2, 0))
    assert (found.joined, found.step) == (False, "prefilter")
    assert "and the new harbor opens” of the same speaker" in str(found)


def test_a_short_wording_must_be_contained() -> None:
    articles = [
        article_of_quotes("a", Quote("it was a total shameful disgrace", HOLM)),
        article_of_quotes("b", Quote("it was a shameful disgrace", HOLM)),
    ]
    found = explain(articles, (0, 0), (1, 0))
    assert (found.joined, found.step) == (False, "prefilter")
    assert "not distinctive, and the longer one does not contain it" in found.sentences[-1]


@pytest.mark.parametrize("place", [(2, 0), (0, 1)])
def test_a_missing_quotation(place: tuple[int, int]) -> None:
    with pytest.raises(IndexError):
        explain([article_of_quotes("a", Quote(SENTENCE))], (0, 0), place)


@given(corpora())
def test_explanations_agree_with_deduplicate(articles: list[AttributedArticle]) -> None:
    quotations = [(a, q) for a, found in enumerate(articles) for q in range(len(found.attributions))][:4]
    utterance_of = {
        (appearance.article.id, appearance.attribution.quotation.content.start): number
        for number, utterance in enumerate(deduplicate(articles))
        for appearance in utterance.appearances
    }
    for first in quotations:
        for second in quotations:
            numbers = {
                utterance_of[articles[a].article.id, articles[a].attributions[q].quotation.content.start]
                for a, q in (first, second)
            }
            assert explain(articles, first, second).joined == (len(numbers) == 1)
