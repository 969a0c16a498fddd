"""The context of two wordings, looked up in the text around them."""

from __future__ import annotations

import pytest

from quoteattr.dedup.candidates import WordingColumns
from quoteattr.dedup.context_lookup import ContextLookup
from quoteattr.dedup.occurrences import read_occurrences
from quoteattr.dedup.pair_context import PairContext
from quoteattr.dedup.speakers import relation_between
from quoteattr.schema import AttributedArticle, Speaker
from tests.dedup.articles import Quote, article_with_text

HOLM, MOSS = Quote("grossly untidy", "Ida Holm"), Quote("grossly untidy", "Carl Moss")


def context(*articles: AttributedArticle, common_property: bool = False) -> PairContext:
    """The context of the second wording with the first one."""
    found = read_occurrences(articles)
    table = found.table
    strings = {table.strings[1]} if common_property else set()
    lookup = ContextLookup(table, WordingColumns.of(table), found.surroundings(), strings)
    one, other = (table.speakers[table.speaker_of[n]] for n in (1, 0))
    return lookup.context_of(1, 0, relation_between(one, other))


def test_articles_and_days() -> None:
    text = "The accounts are “grossly untidy”, said Ida Holm."
    one, other = article_with_text("a", text, HOLM), article_with_text("b", text, HOLM, day="2022-05-10")
    found = context(one, other)
    assert (found.same_article, found.days) == (False, 7)
    assert (found.within(7), found.within(6)) == (True, False)
    undated = context(one, article_with_text("b", text, HOLM, day=None))
    assert (undated.days, undated.within(10**6)) == (None, False)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("The harbour office’s eel accounts are “grossly untidy”, she said.", True),
        ("The ferry timetable of the town is “grossly untidy”, she said.", False),
    ],
)
def test_topic(text: str, same: bool) -> None:
    other = "An eel dealer read the accounts of the harbour office: “grossly untidy”."
    found = context(article_with_text("a", text, HOLM), article_with_text("b", other, MOSS))
    assert found.same_topic() == same


def test_names_of_speakers_are_not_a_topic() -> None:
    text = "Ida Holm of Marsh: “grossly untidy”."
    assert not context(article_with_text("a", text, HOLM), article_with_text("b", text, HOLM)).same_topic()


def test_naming_the_other_speaker() -> None:
    one = article_with_text("a", "Ida Holm and Carl Moss met. “grossly untidy”, said she.", HOLM)
    other = article_with_text("b", "The accounts were “grossly untidy”.", MOSS)
    assert context(one, other).names_other_speaker()
    alone = article_with_text("a", "Ida Holm met the town. “grossly untidy”, said she.", HOLM)
    assert not context(alone, other).names_other_speaker()


def test_a_copied_passage() -> None:
    text = (
        "The harbour office reported eel accounts that a dealer found “grossly untidy” after lorries left"
        " Denholm by night in spring."
    )
    one, other = article_with_text("a", text, HOLM), article_with_text("b", text, MOSS)
    assert context(one, other).copied_passage()
    elsewhere = article_with_text("b", "Ferry timetables were “grossly untidy”, they said.", MOSS)
    assert not context(one, elsewhere).copied_passage()


def test_repetition_in_an_article() -> None:
    report = "Denholm’s harbour office kept eel accounts that Ida Holm called “{}”"
    twice = article_with_text(
        "a", f"{report.format('grossly untidy')}. {report.format('grossly untidy')}.", HOLM, MOSS
    )
    assert context(twice).repeated_in_article()


def test_speakers_headings_and_common_words() -> None:
    office = Quote("grossly untidy", Speaker("Harbour Office", "organisation"))
    one = article_with_text("a", "Mayor Calls Office ‘grossly untidy’ Again", office)
    other = article_with_text("b", "The accounts were “grossly untidy”.", MOSS)
    found = context(one, other, common_property=True)
    assert found.in_heading
    assert found.common_property
    assert found.organisation_and_person
    assert found.both_attributed
    assert not found.is_name
    assert not found.office_and_person
    assert {speaker.kind for speaker in found.speakers} == {"organisation", "person"}
