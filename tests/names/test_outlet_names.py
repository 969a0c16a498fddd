"""Names of outlets and shows, and names that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.lexicon import outlet_words
from quoteattr.names.outlet_names import (
    is_known_outlet,
    is_other_organisation,
    is_outlet,
    is_show,
    is_social_network,
    known_prefix,
)

PIECES = "The Sky News Herald Daily Courier World Bank Group KRVT-FM Ann Lee Monday on of 4 ’".split(" ")
ANY_NAME = st.text(max_size=30) | st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("name", "before"),
    [
        # Known
        ("Reuters", ""),
        ("The BBC", ""),
        ("Hill", "in The "),
        # Part of a known outlet
        ("TMZ Sports", ""),
        ("Bloomberg Politics", ""),
        # After a noun for outlets
        ("PR1", "the broadcaster "),
        ("Bergblick", "the Swiss newspaper "),
        # Call sign
        ("KRVT", ""),
        ("WNYC-FM", ""),
        # Ends in a noun for outlets
        ("Rossiya television", ""),
        ("Bergblick Magazine", ""),
        # Masthead
        ("Evening Herald", ""),
        ("Herald", "the "),
        ("Wexcombe Gazette and Post", ""),
    ],
)
def test_outlets(name: str, before: str) -> None:
    assert is_outlet(name, before)


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("", ""),
        ("the", ""),
        ("Newspaper", "the "),
        ("Ann Lee", ""),
        ("Hill", "the "),
        ("Herald", ""),
        ("Bergblick", "the "),
        ("Monday", "the newspaper "),
        ("November", "the newspaper "),
        ("World Bank", ""),
        ("Courier Group", "the "),
        ("TMZ Tower", ""),
        ("KRVT2", ""),
        ("WHO", ""),
        ("WTO", "the "),
        ("KGB", ""),
    ],
)
def test_other_names(name: str, before: str) -> None:
    assert not is_outlet(name, before)


@pytest.mark.parametrize("name", ["Meet the Press", "The View", "view", "Evening News", "The Daily Show"])
def test_shows(name: str) -> None:
    assert is_show(name)


@pytest.mark.parametrize("name", ["", "The View From Here", "The Long Dam", "Yes"])
def test_other_titles(name: str) -> None:
    assert not is_show(name)


def test_a_noun_before_makes_a_show() -> None:
    assert is_show("Shark Tank", after_show=True)
    assert not is_show("Shark Tank")


def test_known_outlets_and_social_networks() -> None:
    assert [is_known_outlet(name) for name in ("SKY NEWS", "Facebook", "Evening Herald")] == [
        True,
        True,
        False,
    ]
    assert [is_social_network(name) for name in ("Facebook", "X", "Sky News")] == [True, True, False]


def test_social_networks_are_known_outlets() -> None:
    assert outlet_words("social_networks") <= outlet_words("known")


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("Sky News Ann Lee", 2),
        ("Sky News Ann", 2),
        ("Sky News", 1),
        ("Reuters Hale", 1),
        ("Reuters", 0),
        ("", 0),
    ],
)
def test_words_of_a_known_outlet_at_the_start(name: str, length: int) -> None:
    assert known_prefix(name.split()) == length


def test_shortest_known_outlet_at_the_start() -> None:
    assert known_prefix(["Reuters", "Hale"], shortest=2) == 0
    assert known_prefix(["Sky", "News", "Hale"], shortest=2) == 2


@pytest.mark.parametrize(
    ("name", "is_other"),
    [("world bank", True), ("courier group", True), ("world news", False), ("ann lee", False), ("", False)],
)
def test_other_organisations(name: str, is_other: bool) -> None:
    assert is_other_organisation(name.split()) == is_other


@given(ANY_NAME)
def test_an_outlet_stays_one_after_its_article(name: str) -> None:
    if is_outlet(name) and not name.casefold().startswith("the "):
        assert is_outlet(name, "the ")


@given(ANY_NAME)
def test_every_outlet_s_name_is_a_show_s_in_marks(name: str) -> None:
    assert not is_outlet(name) or is_show(name)
