"""Outlets and publishers, apart from any parse (tests/cases/outlets_*.json has the rest)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.detection.quotations import find_quotations
from quoteattr.outlets import find_outlets, find_publisher
from quoteattr.outlets.speaker_quotations import GAP
from quoteattr.schema import Speaker

ANN = Speaker("Ann Lee", "person", ("Ms Lee",))
BOB = Speaker("Bob Hale", "person")
PIECES = (
    "“We go,” Ann Lee Bob Hale told the Herald Reuters she said in an interview with Sky News on Twitter "
    "a statement reporters writing The Sunday Times . , : \n\n’s Read more at"
).split(" ")
ANY_TEXT = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


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
    ],
)
def test_who_printed_it(line: str, publisher: str) -> None:
    assert find_publisher(f"It rained.\n\n{line}") == publisher
    assert find_publisher(f"It rained.\n\n{line}\n") == publisher


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
def test_nobody_says_who_printed_it(text: str) -> None:
    assert find_publisher(text) is None


def test_an_outlet_belongs_to_who_speaks_in_its_sentence() -> None:
    text = "“We go,” Ann Lee told the Herald. “We stay,” said Bob Hale."
    first, second = find_outlets(text, find_quotations(text), [ANN, BOB])
    assert first is not None
    assert (first.name, text[first.span.start : first.span.end]) == ("Herald", "Herald")
    assert second is None


def test_where_nobody_speaks_there_is_no_outlet() -> None:
    text = "Ann Lee told the Herald about the “gift”."
    assert find_outlets(text, find_quotations(text), [None]) == [None]


def test_every_turn_of_a_transcript_was_on_the_show() -> None:
    text = "Ann Lee was on “Fox News Sunday.” The transcript:\n\n“HALE: Will it hold?\n\n“LEE: It will.”"
    show, question, answer = find_outlets(text, find_quotations(text), [None, BOB, ANN])
    assert show is None
    assert [outlet and outlet.name for outlet in (question, answer)] == ["Fox News Sunday"] * 2


@pytest.mark.parametrize(
    ("paragraphs", "name"), [(2, "Herald"), (GAP, "Herald"), (GAP + 1, None), (GAP + 9, None)]
)
def test_an_interview_ends_after_silence(paragraphs: int, name: str | None) -> None:
    silence = "\n\n".join(["It rained."] * (paragraphs - 1))
    others = "“Yes.” “No.” “Yes.”"
    text = (
        f"“We go,” Ann Lee told the Herald. {others}\n\n{silence}\n\n“We will all go in the end,” she said."
    )
    found = find_outlets(text, find_quotations(text), [ANN, BOB, BOB, BOB, ANN])
    assert (found[-1] and found[-1].name) == name


def test_a_name_right_after_an_outlet_is_not_part_of_it() -> None:
    text = "In an interview with the Washington Post Ann Lee said that she would go. “We go,” she said."
    [found] = find_outlets(text, find_quotations(text), [ANN])
    assert found is not None
    assert found.name == "Washington Post"


def test_no_quotations_no_outlets() -> None:
    assert find_outlets("Ann Lee told the Herald.", [], []) == []


@given(ANY_TEXT, st.randoms(use_true_random=False))
def test_outlets_are_spans_of_the_text(text: str, chance: object) -> None:
    quotations = find_quotations(text)
    speakers = [chance.choice([ANN, BOB, None]) for _ in quotations]  # type: ignore[attr-defined]
    outlets = find_outlets(text, quotations, speakers)
    assert len(outlets) == len(quotations)
    for speaker, outlet in zip(speakers, outlets, strict=True):
        assert outlet is None or speaker is not None
        if outlet:
            assert outlet.name
            assert text[outlet.span.start : outlet.span.end] == outlet.span.text == outlet.name


@given(ANY_TEXT)
def test_a_publisher_is_in_the_text(text: str) -> None:
    publisher = find_publisher(text)
    assert publisher is None or (publisher and publisher in text)
