"""The publisher that a line of an article names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.outlets import find_publisher

ANY_TEXT = st.text(max_size=60) | st.lists(
    st.sampled_from(
        "Read more at The Echo Source: Copyright © 2022 Morwen . \n\n first appeared in".split(" ")
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Read more at DailyMail.co.uk", "DailyMail.co.uk"),
        ("Read more in the Morwen Echo.", "Morwen Echo"),
        ("Read the full story at Herald.example", "Herald.example"),
        ("This article first appeared in The Morwen Echo", "Morwen Echo"),
        ("Originally published by the Pell City Tribune.", "Pell City Tribune"),
        ("Source: Morwen Echo", "Morwen Echo"),
        ("Copyright © 2022 Morwen Echo", "Morwen Echo"),
        ("Join the talk, follow other Echo readers and see their replies", "Echo"),
    ],
)
def test_line_names_the_publisher(line: str, publisher: str) -> None:
    assert find_publisher(f"It rained.\n\n{line}") == publisher
    assert find_publisher(f"It rained.\n\n{line}\n") == publisher


def test_last_line_decides() -> None:
    assert find_publisher("Source: Morwen Echo\n\nRead more at Herald.example") == "Herald.example"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It rained.",
        "She told the Herald it was “fine”.",
        "You can read more at the library, she said.",
        "The article appeared in the Herald, and she wept.",
        "According to the Herald, it rained.",
    ],
)
def test_no_line_names_a_publisher(text: str) -> None:
    assert find_publisher(text) is None


@given(ANY_TEXT)
def test_publisher_is_in_the_text(text: str) -> None:
    publisher = find_publisher(text)
    assert publisher is None or (publisher and publisher in text)
