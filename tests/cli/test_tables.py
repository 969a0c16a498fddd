"""The lines and cells of the tables, from hand-made results."""

from __future__ import annotations

import attrs

from quoteattr.cli.article_tables import quotation_table, speakers_line
from quoteattr.cli.utterance_tables import appearance_table, article_label, differing_words, heading
from tests.shown import article, utterance


def test_speakers_are_counted() -> None:
    assert speakers_line(article()) == "6 quotations. Speakers: Ida Holm (4), mother (1)"


def test_no_speaker() -> None:
    assert speakers_line(attrs.evolve(article(), attributions=())) == "0 quotations. No speaker found"


def test_a_narrow_table_has_no_column_for_the_rule() -> None:
    titles = [[str(c.header) for c in quotation_table(article(), width).columns] for width in (99, 100)]
    assert titles[0] == ["Quotation", "Speaker", "Outlet", "Sure"]
    assert titles[1] == ["Quotation", "Speaker", "Outlet", "Decided by", "Sure"]


def test_heading_counts_articles_and_publishers() -> None:
    assert heading(utterance()) == "  Ida Holm · Valley Times · 3 articles · 3 publishers"
    anonymous = attrs.evolve(utterance(), speaker=None, outlets=(), publishers=())
    assert heading(anonymous) == "  no speaker · 3 articles"


def test_differing_words_depend_on_the_relation() -> None:
    assert [differing_words(appearance) for appearance in utterance().appearances] == [
        "",
        "before the first snow falls",
        "here will pay a cent for it",
        "snow → frost",
    ]


def test_an_article_is_labelled_by_publisher_or_id() -> None:
    first = utterance().appearances[0]
    unpublished = attrs.evolve(first.article, publisher=None)
    assert article_label(first) == "The Record"
    assert article_label(attrs.evolve(first, article=attrs.evolve(unpublished, id="a1"))) == "a1"
    assert article_label(attrs.evolve(first, article=unpublished)) == "–"


def test_each_appearance_has_a_row() -> None:
    assert appearance_table(utterance()).row_count == len(utterance().appearances)
