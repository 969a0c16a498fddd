"""The gender of people, learned from pronouns."""

from __future__ import annotations

import re

import pytest

from quoteattr.coreference.gender import PRONOUN_GENDER, pronoun_genders
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.schema import Span
from tests.coreference.articles import table_of


def genders(text: str) -> dict[str, str]:
    pronouns = [
        Span.of(text, *match.span())
        for match in re.finditer(r"\w+", text)
        if match.group().lower() in PRONOUN_GENDER
    ]
    found = pronoun_genders(pronouns, table_of(text), MentionIndex(text, (), ()))
    return {entity.profile.name: gender for entity, gender in found.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then Tiller said her book took years.", {"Tiller": "female"}),
        ("Then Tiller said it took years. Her book was long.", {"Tiller": "female"}),
        ("Then Tiller said so to Brock, and her book was long.", {}),
        ("Then Tiller said her book was his.", {}),
        ("Then Ann Lee said his book took years.", {}),
        ("They gave Tiller a prize for her book.", {}),
        ("It took years.", {}),
    ],
)
def test_genders(text: str, found: dict[str, str]) -> None:
    assert genders(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then Tory Marsh said she won. Later Marsh took her prize.", {"Tory Marsh": "female"}),
        ("Then Tory Marsh said she won. Later Marsh took a prize.", {}),
        ("Then Mr Tory Marsh said she won. Later Marsh took her prize.", {}),
        ("Then Tory Marsh said she won. Later Marsh took her prize. Ann Lee left.", {}),
    ],
)
def test_pronouns_outweigh_a_first_name(text: str, found: dict[str, str]) -> None:
    assert genders(text) == found


def test_most_pronouns_decide() -> None:
    text = "Then Tiller said she had her book, and she said his was hers, she said."
    assert genders(text) == {"Tiller": "female"}
