"""Headings, names and speech."""

from __future__ import annotations

import pytest

from quoteattr.dedup.presentation import Presentation, is_title_case, presentation_of
from quoteattr.schema import NAMES_AND_TERMS
from tests.dedup.articles import Quote, article_with_text

SPEECH, HEADING, NAME = Presentation.SPEECH, Presentation.HEADING, Presentation.NAME


@pytest.mark.parametrize(
    ("text", "words", "presentation"),
    [
        ("Mayor Calls Dam ‘A Bad Idea’ Again\n\n“It is a bad idea,” she said.", "A Bad Idea", HEADING),
        ("Mayor calls dam ‘A Bad Idea’ again\n\n“It is a bad idea,” she said.", "A Bad Idea", HEADING),
        ("Town Drops ‘Golden Mile’ Plan\n\nThe Golden Mile has been sold.", "Golden Mile", SPEECH),
        ("It rained.\n\n‘So much anger’\n\nIn town it is no better.", "So much anger", HEADING),
        ("It rained.\n\n“We had no say in it,” said Ida Holm.", "We had no say in it,", SPEECH),
        (
            "It rained.\n\n“We had no say in it, and nobody has asked us about the harbour.”\n\nIt was wet.",
            "We had no say in it, and nobody has asked us about the harbour.",
            SPEECH,
        ),
    ],
)
def test_headings(text: str, words: str, presentation: Presentation) -> None:
    found = article_with_text("a", text, Quote(words))
    assert presentation_of(text, found.attributions, words) is presentation


@pytest.mark.parametrize("rule", sorted(NAMES_AND_TERMS))
def test_rules_that_find_names(rule: str) -> None:
    text = "The so-called ‘bounce’ is over, she said on Monday."
    unattributed = article_with_text("a", text, Quote("bounce", rule=rule)).attributions
    assert presentation_of(text, unattributed, "bounce") is NAME
    attributed = article_with_text("a", text, Quote("bounce", "Ida Holm", rule=rule)).attributions
    assert presentation_of(text, attributed, "bounce") is SPEECH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gang of Eight", True),
        ("Europe’s last dictator", False),
        ("Trump", False),
        ("9 Lives", True),
        ("and of the", False),
        ("Élan Vital", True),
    ],
)
def test_title_case(text: str, expected: bool) -> None:
    assert is_title_case(text) == expected
