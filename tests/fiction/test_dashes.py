"""Dialogue marked by dashes."""

from __future__ import annotations

import pytest

import quoteattr
from quoteattr.fiction.dashes import find_dash_dialogue

JOYCE = """—Come up, Kinch! said Mulligan. Come up!

—I am tired, Stephen said quietly. Go on.

—Why?

He laughed.
"""


def words(text: str) -> list[str]:
    """The dialogue of a text."""
    return [quotation.content.text for quotation in find_dash_dialogue(text, [])]


def test_the_words_that_name_the_speaker_are_left_out() -> None:
    assert words(JOYCE) == ["Come up, Kinch!", "Come up!", "I am tired,", "Go on.", "Why?"]


@pytest.mark.parametrize("text", ["—One.\n\n—Two.", "- a\n- b\n- c", "It was late — very late.\n" * 3])
def test_a_few_dashes_and_lists_are_no_dialogue(text: str) -> None:
    assert words(text) == []


def test_dashes_count_in_fiction_only() -> None:
    assert len(quoteattr.attribute(JOYCE)) == 0
    speakers = [line.speaker_name for line in quoteattr.attribute(JOYCE, style="fiction")]
    assert speakers[:4] == ["Mulligan", "Mulligan", "Stephen", "Stephen"]
