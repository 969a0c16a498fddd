"""The sieves for a noun phrase beside a name."""

from __future__ import annotations

import pytest

from quoteattr.coreference.appositions import apposition, part_of_name
from tests.coreference.articles import decision_on, entity, name_of


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("It was [City Attorney] Brad Holm.", "Brad Holm"),
        ("They asked [The Road Users Board] twice.", "Road Users Board"),
        ("They asked [a spokesman for Brad Holm].", None),
        ("They asked [the porter].", None),
    ],
)
def test_part_of_name(marked: str, name: str | None) -> None:
    assert name_of(decision_on(part_of_name, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Then [its director], Ann Lee, left.", "Ann Lee"),
        ("Then [his boss], the former striker Ann Lee, left.", "Ann Lee"),
        ("Then [the master] at the old school, Ann Lee, left.", "Ann Lee"),
        ("Then [a rival] – Ann Lee – left.", "Ann Lee"),
        ("Then [its insurer], Aviso, left.", "Aviso"),
        ("Then Ann Lee, [its director], left.", "Ann Lee"),
        ("Then Aviso, [its insurer], left.", "Aviso"),
        ("It was said by [lead researcher] and NASA planetary scientist Ann Lee.", "Ann Lee"),
        ("It was said by [chief people], legal affairs and marketing officer Ann Lee.", "Ann Lee"),
        ("It was said by [a researcher] and planetary scientist Ann Lee.", None),
        ("It was said by [researchers] and planetary scientist Ann Lee.", None),
        ("It was said by [researcher] and by the scientist Ann Lee.", None),
        ("Then [its directors], Ann Lee and Tom Day, left.", None),
        ("Then [its letter], Ann Lee said, was lost.", None),
        ("According to Ann Lee, [the director] left.", None),
        ("Then [the director] left.", None),
    ],
)
def test_apposition(marked: str, name: str | None) -> None:
    assert name_of(decision_on(apposition, marked)[0]) == name


def test_an_apposition_describes_the_bearer_of_the_name() -> None:
    decision, state = decision_on(apposition, "Then [its managing director], Ann Lee, left.")
    assert decision is not None
    [fact] = decision.facts
    assert fact.entity is entity(state.table, "Ann Lee")
    assert fact.description is not None
    assert fact.description.words == ("managing", "director")


def test_a_name_after_a_preposition_describes_its_object() -> None:
    decision, state = decision_on(apposition, "Then [a spokesman for the mayor], Ann Lee, left.")
    assert decision is not None
    assert decision.entity is None
    [fact] = decision.facts
    assert fact.entity is entity(state.table, "Ann Lee")
    assert fact.description is not None
    assert fact.description.words == ("mayor",)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        (
            "The Quynh Tran is new. The Quynh Tran was old. [The commissioner], Quynh Tran, left.",
            "Quynh Tran",
        ),
        ("The Quynh Tran is new. The Quynh Tran was old. [The commissioner], Quynh Tran said.", None),
        ("It rained. [The commissioner], Halden Council, left.", None),
    ],
)
def test_a_name_between_commas_after_a_noun_for_a_person(marked: str, name: str | None) -> None:
    assert name_of(decision_on(apposition, marked)[0]) == name
