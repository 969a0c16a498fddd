"""Places and parties of people."""

from __future__ import annotations

import pytest

from quoteattr.coreference.affiliations import (
    NO_AFFILIATIONS,
    Affiliations,
    affiliations_after,
    affiliations_in,
)

TEXAS = Affiliations(frozenset({"texa"}))
FLORIDA_REPUBLICAN = Affiliations(frozenset({"flor"}), frozenset({"republican"}))


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("the texas senator", TEXAS),
        ("the texan", TEXAS),
        ("the gop leader", Affiliations(parties=frozenset({"republican"}))),
        ("the mayor", NO_AFFILIATIONS),
        ("", NO_AFFILIATIONS),
    ],
)
def test_words_express_affiliations(phrase: str, found: Affiliations) -> None:
    assert affiliations_in(phrase.split()) == found


@pytest.mark.parametrize(
    ("after", "titled", "found"),
    [
        (" (R-Fla.) left", False, FLORIDA_REPUBLICAN),
        (", R-Fla., left", False, FLORIDA_REPUBLICAN),
        (" of Texas left", True, TEXAS),
        (" of Texas left", False, NO_AFFILIATIONS),
        (", Republican of Florida, left", False, FLORIDA_REPUBLICAN),
        (" left", True, NO_AFFILIATIONS),
    ],
)
def test_affiliations_after_a_name(after: str, titled: bool, found: Affiliations) -> None:
    assert affiliations_after(f"Ann Lee{after}", len("Ann Lee"), titled=titled) == found


def test_affiliations_agree_and_conflict() -> None:
    assert FLORIDA_REPUBLICAN.agrees(affiliations_in(["republican"]))
    assert FLORIDA_REPUBLICAN.conflicts(TEXAS)
    assert not FLORIDA_REPUBLICAN.conflicts(NO_AFFILIATIONS)
    assert not FLORIDA_REPUBLICAN.agrees(NO_AFFILIATIONS)


def test_affiliations_are_joined() -> None:
    assert (TEXAS | FLORIDA_REPUBLICAN).places == {"texa", "flor"}
