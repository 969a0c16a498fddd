"""The sieves for pronouns."""

from __future__ import annotations

import pytest

from quoteattr.coreference.pronouns import (
    antecedent_before,
    indefinite_pronoun,
    next_name,
    possessor,
    salient_person,
)
from tests.coreference.articles import decision_on, name_of, resolutions, state_before


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Then Ann Lee met Tom Day. [She] left.", "Ann Lee"),
        ("Then Ann Lee met Tom Day. [He] left.", "Tom Day"),
        ("Then Tiller met Quill. [She] left.", "Tiller"),
        ("Then Eve Hill rang Ann Lee. “Lee is kind,” [she] said.", "Eve Hill"),
        ("Then Eve Hill rang Ann Lee. “Hill is kind,” [she] said.", "Ann Lee"),
        ("Then Ann Lee came. [It] left.", None),
        ("Then Ann Lee came. [He] left.", None),
        ("[She] left.", None),
    ],
)
def test_salient_person(marked: str, name: str | None) -> None:
    assert name_of(decision_on(salient_person, marked)[0]) == name


def test_a_pronoun_shows_a_gender() -> None:
    decision, state = decision_on(salient_person, "Then Tiller came. [She] left.")
    assert decision is not None
    assert decision.entity is not None
    assert [(fact.entity, fact.gender) for fact in decision.facts] == [(decision.entity, "female")]
    assert state.profile(decision.entity).gender is None


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("“We won,” [he] said. Then Tom Day left.", "Tom Day"),
        ("“We won,” [he] said. Then Ann Lee met Tom Day.", "Tom Day"),
        ("“We won,” [he] said. One. It rained. It rained. It rained. Tom Day left.", None),
        ("“We won,” [it] said. Then Tom Day left.", None),
    ],
)
def test_next_name(marked: str, name: str | None) -> None:
    assert name_of(decision_on(next_name, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("There was Ann Lee, [who] joked.", "Ann Lee"),
        ("There was Tom Day, 83, [who] joked.", "Tom Day"),
        ("There was Tom Day and a long story, [which] ended.", None),
        ("There was Tom Day, [he] joked.", None),
    ],
)
def test_antecedent_before(marked: str, name: str | None) -> None:
    assert name_of(decision_on(antecedent_before, marked)[0]) == name


@pytest.mark.parametrize("pronoun", ["Someone", "Many"])
def test_indefinite_pronouns_are_unnamed_speakers(pronoun: str) -> None:
    assert name_of(decision_on(indefinite_pronoun, f"[{pronoun}] left.")[0]) == pronoun


@pytest.mark.parametrize("pronoun", ["I", "that", "she", "it", "who"])
def test_other_pronouns_are_not(pronoun: str) -> None:
    assert decision_on(indefinite_pronoun, f"[{pronoun}] left.")[0] is None


def test_the_possessor_is_the_salient_person_or_the_next() -> None:
    text = "Then Ann Lee came. Her aide and his son met Tom Day."
    state = state_before(text, 19)
    assert name_of(possessor(19, "female", state)) == "Ann Lee"
    assert name_of(possessor(32, "male", state)) == "Tom Day"


def test_a_reporter_s_pronoun_is_not_resolved() -> None:
    [found] = resolutions("Then Ann Lee met [me].", "pronoun")
    assert (found.speaker, found.resolved_by) == (None, None)
