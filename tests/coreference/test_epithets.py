"""The sieve for epithets."""

from __future__ import annotations

import pytest

from quoteattr.coreference.epithets import acts_on, epithet
from tests.coreference.articles import decision_on, entity, name_of, state_before


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Then Ann Lee (R-Texas) met Tom Day. [The Texan] left.", "Ann Lee"),
        ("Then Ann Lee (R-Texas) met Tom Day (R-Ohio). [The Ohio senator] left.", "Tom Day"),
        ("Then Ann Lee, 28, met Tom Day, 61. [The 28-year-old] left.", "Ann Lee"),
        ("Then Ann Lee came. [The mother-of-two] left.", "Ann Lee"),
        ("Then striker Ann Lee met Tom Day. [The striker] left.", "Ann Lee"),
        ("Then Sergeant Ann Lee met Tom Day. [The defendant] left.", "Tom Day"),
        ("Then Sergeant Ann Lee came. [The defendant] left.", None),
        ("Then Ann Lee came. [The council] left.", None),
        ("Then Ann Lee came. [The spokesman] left.", None),
        ("Then Ann Lee came. [The German minister of war] left.", None),
        ("Then Ann Lee came. [A German] left.", None),
        ("[The Texan] left.", None),
    ],
)
def test_epithets(marked: str, name: str | None) -> None:
    assert name_of(decision_on(epithet, marked)[0]) == name


def test_people_mentioned_long_before_are_not_meant() -> None:
    marked = "Then Ann Lee (R-Texas) came. One. It rained. It rained. It rained. [The Texan] left."
    decision, _ = decision_on(epithet, marked)
    assert decision is not None
    assert decision.entity is None
    assert decision.site is not None


def test_who_is_acted_on() -> None:
    text = "Then Ann Lee quoted the judge."
    state = state_before(text, len(text))
    ann = entity(state.table, "Ann Lee")
    assert acts_on(ann, state.site(20, 29), state)
