"""Offices in capitals before a name."""

from __future__ import annotations

import pytest

from quoteattr.coreference.offices import is_common, is_title, length_of_field, office_before


@pytest.mark.parametrize(
    ("before", "office"),
    [
        ("Then the Minister of Finance ", "Minister of Finance "),
        ("But Prime Minister of India ", "Prime Minister of India "),
        ("the Minister for Women and Youth ", "Minister for Women and Youth "),
        ("a Spokesman for Labour ", None),
        ("the Mayor of London and ", None),
        ("the Battle of Hastings ", None),
        ("the minister of finance ", None),
    ],
)
def test_office_before(before: str, office: str | None) -> None:
    found = office_before(before + "Ann Lee", len(before))
    assert (found and found.text) == office


@pytest.mark.parametrize(
    ("before", "name", "length"),
    [
        ("Minister of ", "Finance Ann Lee", 1),
        ("Minister of ", "Home Affairs Kwadwo Ansere", 2),
        ("Minister of ", "Foreign Affairs", 0),
        ("Minister of ", "Finance Ansere", 0),
        ("President of ", "India Ann Lee", 1),
        ("Lawyer of ", "Donald John Trump", 0),
        ("Minister of ", "State Senator Ann Lee", 0),
        ("Delegate for the ", "Ministry of Works", 0),
        ("", "Finance Ann Lee", 0),
    ],
)
def test_length_of_field(before: str, name: str, length: int) -> None:
    assert length_of_field(before + name, len(before), name.casefold().split(), set()) == length


def test_a_name_that_stands_elsewhere_ends_the_field() -> None:
    words = ["home", "affairs", "ansere"]
    assert length_of_field("Minister of Home Affairs Ansere", 12, words, set()) == 1
    assert length_of_field("Minister of Home Affairs Ansere", 12, words, {("affairs", "ansere")}) == 1


def test_words() -> None:
    assert is_title("senator")
    assert not is_title("finance")
    assert is_common("finance")
    assert not is_common("ansere")
