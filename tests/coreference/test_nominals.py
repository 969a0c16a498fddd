"""The sieves for noun phrases that the article connects with an entity elsewhere."""

from __future__ import annotations

import pytest

from quoteattr.coreference.nominals import headline_person, kinship, named_later, pair, role_match
from tests.coreference.articles import decision_on, entity, name_of, resolutions


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("We met Carl Dunn and Faye Dunn. He is Carl Dunn. [His wife] left.", "Faye Dunn"),
        ("We met Carl Dunn and Faye Dunn. She is Faye Dunn. [Her husband] left.", "Carl Dunn"),
        ("We met Carl Dunn. [His wife] left.", None),
        ("We met Carl Dunn and Faye Dunn. [His friend] left.", None),
    ],
)
def test_kinship(marked: str, name: str | None) -> None:
    assert name_of(decision_on(kinship, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("We met Carl Dunn and Faye Dunn. [The couple] left.", "Carl and Faye Dunn"),
        ("We met Carl Dunn. [The couple] left.", None),
        ("We met Carl Dunn and Faye Dunn. [A couple] left.", None),
    ],
)
def test_pair(marked: str, name: str | None) -> None:
    assert name_of(decision_on(pair, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("We met Mayor Ann Lee and Tom Day. [The mayor] left.", "Ann Lee"),
        ("We met UK Foreign Secretary Ann Lee. [The foreign secretary] left.", "Ann Lee"),
        ("We met Shadow Foreign Secretary Ann Lee. [The foreign secretary] left.", None),
        ("We met Mayor Ann Lee. [A mayor] left.", None),
        ("We met Sen. Ann Lee (R-Texas) and Sen. Tom Day (D-Ohio). [The Texas senator] left.", "Ann Lee"),
        ("We met Mayor Ann Lee. [The mayor at the door] left.", "Ann Lee"),
        ("We met Ann Lee. [The mayor] left.", None),
    ],
)
def test_role_match(marked: str, name: str | None) -> None:
    assert name_of(decision_on(role_match, marked)[0]) == name


def test_the_same_phrase_is_the_same_unnamed_speaker() -> None:
    marked = "[A porter] came. [The porter at the door] left. [Another porter] stayed."
    first, second, third = resolutions(marked, "nominal")
    assert first.speaker == second.speaker
    assert [r.resolved_by for r in (first, second, third)] == [
        "unnamed_speaker",
        "unnamed_match",
        "unnamed_speaker",
    ]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Scandal forces Ann Lee out of office\n\n[The minister] left.", "Ann Lee"),
        ("Scandal forces Mayor Ann Lee out of office\n\n[The minister] left.", None),
        ("Scandal forces Ann Lee out of office\n\n[The teacher of all] left.", "Ann Lee"),
        ("Scandal forces Ann Lee out of office\n\n[A minister] left.", None),
        ("It rained all day\n\n[The minister] left. Then Ann Lee came.", None),
    ],
)
def test_headline_person(marked: str, name: str | None) -> None:
    assert name_of(decision_on(headline_person, marked)[0]) == name


def test_a_headline_s_person_is_described_by_the_office() -> None:
    decision, state = decision_on(headline_person, "Scandal forces Ann Lee out\n\n[The minister] left.")
    assert decision is not None
    [fact] = decision.facts
    assert fact.entity is entity(state.table, "Ann Lee")


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[A teacher] has won.\n\nAnn Lee was glad.", "Ann Lee"),
        ("[The foreign secretary] has won. Ann Lee was glad.", "Ann Lee"),
        ("[A teacher] has won.\n\nAnn Lee, the mayor, was glad.", None),
        ("[A teacher] has won.\n\nIt rained on Ann Lee.", None),
        ("[An actress] has won.\n\nTom Day was glad.", None),
        ("[A spokesman] has won.\n\nTom Day was glad.", None),
        ("[Another teacher] has won.\n\nTom Day was glad.", None),
        ("[A teacher] has won. Tom Day was glad.", None),
        ("[A letter] was won.\n\nTom Day was glad.", None),
    ],
)
def test_named_later(marked: str, name: str | None) -> None:
    assert name_of(decision_on(named_later, marked)[0]) == name
