"""The sieves for the initials of an office and for nouns that mean the same."""

from __future__ import annotations

import pytest

from quoteattr.coreference.role_synonyms import office_initials, similar_role
from tests.coreference.articles import decision_on, name_of


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Then Attorney General Ann Lee met Tom Day. [The AG] left.", "Ann Lee"),
        ("Then Attorney General Ann Lee met Tom Day. The [AG] left.", "Ann Lee"),
        ("Then the Auditor-General, Ann Lee, met Tom Day. [The AG] left.", "Ann Lee"),
        ("Then the Commissioner of Police (CP), Ann Lee, met Tom Day. [The CP] left.", "Ann Lee"),
        (
            "Then Deputy Chief Minister Ann Lee rang Chief Minister Tom Day up. [The CM] left.",
            "Tom Day",
        ),
        (
            "Then Deputy Chief Minister Ann Lee rang Chief Minister Tom Day up. [The Deputy CM] left.",
            "Ann Lee",
        ),
        ("Then Halden chief executive Ann Lee, a mother of two, came. [The CEO] left.", "Ann Lee"),
        ("Then Ann Lee, chief executive of Halden, met Tom Day. [The CEO] left.", "Ann Lee"),
        ("Then Attorney General Ann Lee came. [The CM] left.", None),
        ("Then Attorney General Ann Lee came. [An AG] left.", None),
        ("Then Attorney General Ann Lee came. [The ag] left.", None),
    ],
)
def test_initials_of_an_office(marked: str, name: str | None) -> None:
    assert name_of(decision_on(office_initials, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Then Halden manager Ann Lee met Tom Day. [The gaffer] left.", "Ann Lee"),
        ("Then Halden manager Ann Lee met Orsk manager Tom Day. [The Halden boss] left.", "Ann Lee"),
        ("Then Halden manager Ann Lee met Orsk manager Tom Day. [The Orsk head coach] left.", "Tom Day"),
        ("Then Halden manager Ann Lee met Tom Day. [The Orsk boss] left.", None),
        ("Then club captain Ann Lee met Tom Day. [The skipper] left.", "Ann Lee"),
        ("Then Dr. Ann Lee met Tom Day. [The doctor] left.", "Ann Lee"),
        ("Then Prime Minister Ann Lee met Tom Day. [The premier] left.", "Ann Lee"),
        ("Then Deputy Prime Minister Ann Lee met Tom Day. [The premier] left.", None),
        ("Then Ann Lee, the MP for Kent, met Tom Day. [The MP for Kent] left.", "Ann Lee"),
        ("Then Halden manager Ann Lee came. [The deputy boss] left.", None),
        ("Then Halden manager Ann Lee came. [A boss] left.", None),
        ("Then Halden manager Ann Lee came. [The nurse] left.", None),
    ],
)
def test_nouns_that_mean_the_same(marked: str, name: str | None) -> None:
    assert name_of(decision_on(similar_role, marked)[0]) == name
