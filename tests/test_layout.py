"""Paragraphs, ends of sentences and headlines."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.layout import (
    SENTENCE_END,
    escape_unseen,
    has_letter,
    is_hard_wrapped,
    looks_like_headline,
    one_line,
    paragraphs,
    plain_blanks,
    visible,
)
from tests.strategies import ACTING, acting


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    "line_break", ["\n", "\r\n", "\r", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", "\x85"]
)
def test_any_line_break_separates_paragraphs(line_break: str) -> None:
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
        ("“It holds,” said Lars\nEnger of Bath.", True),
        ("It was built by the\nMinister for Roads.", True),
        ("The mayor met Lars\nEnger of Bath.", False),
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


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("She lives in Kent. She left.", True),
        ("He said “Yes.” She left.", True),
        ("What?! She left.", True),
        ("one line\nanother", True),
        ("Gov. Lee left", False),
        ("J. Smith left", False),
        ("Halden Rail Ltd. Wexcombe", False),
        ("on Jan. 5", False),
        ("in Kent. she left", False),
        ("version 2.5", False),
    ],
)
def test_sentence_end(text: str, ends: bool) -> None:
    assert (SENTENCE_END.search(text) is not None) is ends


@pytest.mark.parametrize(
    ("line", "is_headline"),
    [
        ("Obama Says Museum Will Tell the Whole Story", True),
        ("Mayor Lee Says Bridge Will Open with New Tolls", True),
        ("Ann Lee told Tom Day that the bridge would open.", False),
        ("Ann Margaret Lee", False),
        ("", False),
    ],
)
def test_looks_like_headline(line: str, is_headline: bool) -> None:
    assert looks_like_headline(line) is is_headline


def test_one_line() -> None:
    assert one_line(" a\n\t b\N{NO-BREAK SPACE}c ") == "a b c"


@pytest.mark.parametrize("text", ["Ann", "7", "½", "李", "\x1fa", "Å"])
def test_has_letter(text: str) -> None:
    assert has_letter(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "“”",
        "😀",
        "•",
        "$",
        "\x00",
        "\x1f",
        "\u200b",
        "\u200f",
        "\ud800",
        "\u0301",
        "\u3164",
        "\uffa0",
    ],
)
def test_marks_and_characters_that_cannot_be_seen_are_no_letters(text: str) -> None:
    assert not has_letter(text)


@given(st.text(ACTING | st.characters()))
def test_nothing_of_a_visible_text_acts_on_a_terminal(text: str) -> None:
    shown = visible(text)
    assert acting(shown, "\n\t") == set()
    assert acting(visible(text, kept=""), "") == set()
    assert len(shown) == len(text)
    unchanged = [pair for pair in zip(shown, text, strict=True) if not acting(pair[1], "\n\t")]
    assert [one for one, _ in unchanged] == [other for _, other in unchanged]


@given(st.text(ACTING | st.characters()))
def test_escaped_json_is_the_same_value(text: str) -> None:
    written = escape_unseen(json.dumps(text, ensure_ascii=False), "\\u{:04x}")
    assert acting(written, "") == set()
    assert json.loads(written) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Lars\tEnger", "Lars Enger"),
        ("Lars\u2009Enger\n\nleft", "Lars Enger\n\nleft"),
        ("Ola\u200b Lund", "Ola  Lund"),
        ("Lon\u200bdon", "Lon\u200bdon"),
        ("He met the minister\nand Lars\nEnger.", "He met the minister and Lars Enger."),
        ("Lars\nEnger", "Lars\nEnger"),
    ],
)
def test_plain_blanks(text: str, plain: str) -> None:
    assert plain_blanks(text) == plain


@given(st.text())
def test_plain_blanks_keep_the_length(text: str) -> None:
    assert len(plain_blanks(text)) == len(text)
