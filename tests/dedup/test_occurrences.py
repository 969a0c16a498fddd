"""Occurrences: which quotations of an article belong together, and what is read of them."""

from __future__ import annotations

import re

import attrs
import pytest

from quoteattr.dedup.occurrences import occurrence_ranges, read_occurrences
from quoteattr.dedup.wordings import NO_DAY
from quoteattr.schema import Article, AttributedArticle, Attribution, Quotation, Span, Speaker
from tests.dedup.articles import Quote, article_of_quotes, article_with_text


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("“When they ask me,” Ida Holm said, “I say no.”", True),
        (
            "“The risk,” said Ida Holm, who has led the harbour office of Marsh End since May, “is rain.”",
            True,
        ),
        ("“They had no plan,” said Gov. Ida Holm, “and no money.”", True),
        ("“They had no plan,” said Ida Holm. Instead, “they closed the gates.”", False),
        ("Ida Holm called it “a shock,” “incredibly ugly” and wrong.", False),
        (f"“They had no plan,” said Ida Holm, {'who was there, ' * 12} “and no money.”", False),
    ],
)
def test_pieces_of_a_sentence(text: str, together: bool) -> None:
    words = [text[m.start() + 1 : m.end() - 1] for m in re.finditer("“[^”]*”", text)]
    found = article_with_text("a", text, *[Quote(piece, "Ida Holm") for piece in words])
    assert len(occurrence_ranges(found)) == (1 if together else 2)


def test_two_speakers_do_not_share_a_sentence() -> None:
    text = "“They had no plan,” said Ida Holm, and Carl Moss, “and no money.”"
    quotes = Quote("They had no plan,", "Ida Holm"), Quote("and no money.", "Carl Moss")
    assert occurrence_ranges(article_with_text("a", text, *quotes)) == [range(1), range(1, 2)]


def test_its_own_cue_begins_its_own_sentence() -> None:
    text = "“We are not ready,” she said last week, though she added, “I hope to be.”"
    speaker = Speaker("Ida Holm", "person")

    def piece(words: str, cue: str) -> Attribution:
        at = text.index(words)
        quotation = Quotation(Span.of(text, at, at + len(words)), Span.of(text, at - 1, at + len(words) + 1))
        verb = Span.of(text, text.index(cue), text.index(cue) + len(cue))
        return Attribution(quotation, verb, speaker=speaker, statement=0, confidence=0.9)

    separate = (piece("We are not ready,", "said"), piece("I hope to be.", "added"))
    assert occurrence_ranges(AttributedArticle(Article(text), separate)) == [range(1), range(1, 2)]
    one = (separate[0], attrs.evolve(separate[1], cue=separate[0].cue))
    assert occurrence_ranges(AttributedArticle(Article(text), one)) == [range(2)]


def test_an_article_without_quotations() -> None:
    assert occurrence_ranges(AttributedArticle(Article("It rained."))) == []
    found = read_occurrences([AttributedArticle(Article("It rained."))])
    assert (len(found.positions), len(found.table)) == (0, 0)


def test_positions_and_wordings_of_occurrences() -> None:
    articles = [
        article_of_quotes("a", Quote("We sail", "Ida Holm"), Quote("The ferry stays in port", "Ida Holm")),
        article_of_quotes("b", Quote("Out", "Carl Moss"), day=None),
    ]
    found = read_occurrences(articles)
    assert list(found.positions) == [(0, 0, 1), (0, 1, 2), (1, 0, 1)]
    assert [found.table.profiles[n].size for n in found.table.wording_of] == [2, 5, 1]
    assert found.table.first_days[found.table.wording_of[2]] == NO_DAY


def test_given_ranges_are_kept() -> None:
    article = article_of_quotes("a", Quote("We sail", "Ida Holm"), Quote("The ferry stays", "Ida Holm"))
    found = read_occurrences([article], [[range(2)]])
    assert list(found.positions) == [(0, 0, 2)]
    assert found.table.profiles[0].size == 5


def test_surroundings_are_those_of_the_first_occurrence() -> None:
    text = "The harbour office closed on Monday. “We sail,” said Ida Holm of the eels."
    found = read_occurrences([article_with_text("a", text, Quote("We sail,", "Ida Holm"))])
    surroundings = found.surroundings()
    assert surroundings(0, 400) == {"harbor", "office", "closed", "monday", "ida", "holm", "eels"}
    assert surroundings(0, 5) == {"monday"}


def test_a_quotation_inside_a_quotation_is_nested() -> None:
    text = "“When he says ‘the boats must pay,’ he means us,” said Ida Holm."
    outer = article_with_text("a", text, Quote("When he says ‘the boats must pay,’ he means us,", "Ida Holm"))
    inner = article_with_text("a", text, Quote("the boats must pay,", "Carl Moss"))
    both = attrs.evolve(outer, attributions=(*outer.attributions, *inner.attributions))
    table = read_occurrences([both]).table
    longer, shorter = table.wording_of
    assert set(table.nested[longer]) == {table.strings[shorter]}
