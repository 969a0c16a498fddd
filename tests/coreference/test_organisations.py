"""The sieves for organisations."""

from __future__ import annotations

import pytest

from quoteattr.coreference.organisations import bare_name, organisation_match, salient_organisation
from tests.coreference.articles import decision_on, name_of


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("They rang Shelterline Trust. [The charity] refused.", "Shelterline Trust"),
        ("They rang the charity Shelterline. [The charity] refused.", "Shelterline"),
        ("They rang Halden Airways and Shelterline Trust. [The carrier] refused.", "Halden Airways"),
        (
            "They wrote to the Halden Budget Council. [The budget council] met.",
            "Halden Budget Council",
        ),
        ("They rang Hale. [The company] refused.", "Hale"),
        ("They rang Hale in Sunderland. [The company] refused.", "Hale"),
        ("They rang Zandriver Minerals in Orsk. [The firm] refused.", "Zandriver Minerals"),
        ("They rang Hale. [The union] refused.", None),
        ("They rang Ofcom. [The regulator] refused.", "Ofcom"),
        ("They rang Hale. [The regulator] refused.", None),
        ("They rang Halden Council. [The local authority] refused.", "Halden Council"),
        ("They rang Halden Council. [The health authority] refused.", None),
        ("They rang Halden Police. Then [police] refused.", "Halden Police"),
        ("They rang Ann Lee. [The company] refused.", None),
        ("They rang Shelterline Trust. [A charity] refused.", None),
        ("They rang Shelterline Trust. [The mayor] refused.", None),
    ],
)
def test_organisation_match(marked: str, name: str | None) -> None:
    assert name_of(decision_on(organisation_match, marked)[0]) == name


def test_a_match_shows_that_a_name_is_an_organisation_s() -> None:
    decision, state = decision_on(organisation_match, "They rang Hale. [The company] refused.")
    assert decision is not None
    assert decision.entity is not None
    assert state.is_person(decision.entity)
    assert [fact.organisation for fact in decision.facts] == [True]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("They rang Shelterline Trust and Ann Lee. [It] refused.", "Shelterline Trust"),
        ("They rang Carl Dunn and Faye Dunn. [They] refused.", "Carl and Faye Dunn"),
        ("They rang the Democrats and Ohio. [They] refused.", "Democrats"),
        ("They rang Ann Lee. [It] refused.", None),
        ("They rang Shelterline Trust. [She] refused.", None),
    ],
)
def test_salient_organisation(marked: str, name: str | None) -> None:
    assert name_of(decision_on(salient_organisation, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("They rang Hale. [It] refused.", "Hale"),
        ("They rang Ann Lee. [It] refused.", None),
        ("They rang Hale. [They] refused.", None),
    ],
)
def test_bare_name(marked: str, name: str | None) -> None:
    assert name_of(decision_on(bare_name, marked)[0]) == name
