"""The text around a quotation."""

from __future__ import annotations

import pytest

from quoteattr.dedup.surroundings import window_around, words_around

TEXT = "The mayor of Marsh End said “We sail” on Monday, and the harbour office agreed with her."
START, STOP = TEXT.index("We sail"), TEXT.index("We sail") + len("We sail")


@pytest.mark.parametrize(
    ("reach", "window"),
    [
        (0, "“We sail”"),
        (3, "said “We sail” on"),
        (1000, TEXT),
    ],
)
def test_windows_end_at_blanks(reach: int, window: str) -> None:
    begin, end = window_around(TEXT, START, STOP, reach)
    assert TEXT[begin:end] == window


def test_words_of_the_quotation_do_not_count() -> None:
    assert words_around(TEXT, START, STOP, 12) == {"marsh", "end", "monday"}
    assert words_around("They sail. “We sail”", 12, 19, 100) == set()
