"""Paragraphs, in wrapped text and not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.layout import is_hard_wrapped, paragraphs


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    "line_break", ["\n", "\r\n", "\r", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", "\x85"]
)
def test_any_line_break_parts_paragraphs(line_break: str) -> None:
    assert parts(f"He left.{line_break}She stayed.{line_break}") == ["He left.", "She stayed."]


def test_blank_lines_are_no_paragraphs() -> None:
    assert parts(" \n\nHe left.\n \t\n\nShe stayed.") == ["He left.", "She stayed."]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_wrapped_lines_stay_together(line_break: str) -> None:
    text = line_break.join(["The minister said", "on Monday that", "nothing is so.", "", "She left."])
    assert parts(text) == [text[: text.index("so.") + 3], "She left."]


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("", False),
        ("One line only", False),
        ("The minister said on\nMonday that nothing\nis so.", True),
        ("A headline in words\nThe story begins here.", False),
        ("“We go.”\n“We stay.”\nthe end", False),
        ("The minister said on\nMonday that nothing is so.\n" + "A long line " * 20, False),
        ("The minister said\n\non Monday", False),
    ],
)
def test_is_hard_wrapped(text: str, wrapped: bool) -> None:
    assert is_hard_wrapped(text) is wrapped


def test_an_address_may_stand_out() -> None:
    lines = ["the minister said that nothing", "is so and left the house at"] * 15
    assert is_hard_wrapped("\n".join([*lines, "http://example.org/" + "a" * 120]))


@given(st.text() | st.text(alphabet="aA. \n\r"))
def test_paragraphs_hold_everything_that_shows(text: str) -> None:
    spans = paragraphs(text)
    assert all(start < end for start, end in spans)
    assert spans == sorted(spans)
    assert "".join("".join(parts(text)).split()) == "".join(text.split())
