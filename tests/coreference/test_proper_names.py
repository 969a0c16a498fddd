"""The sieves for names."""

from __future__ import annotations

import pytest

from quoteattr.coreference.proper_names import author, compatible_name, group_name, name_inside
from tests.coreference.articles import decision_on, name_of


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("We met [Carl Dunn and Faye Dunn].", "Carl and Faye Dunn"),
        ("We met [Carl Dunn] and Faye Dunn.", None),
        ("We met [Faye Dunn].", None),
    ],
)
def test_group_name(marked: str, name: str | None) -> None:
    assert name_of(decision_on(group_name, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("We met [Mayor Ann Lee].", "Ann Lee"),
        ("We met [Ted Cruz’s friend Ann Lee of Texas].", "Ann Lee"),
        ("We met [the Israeli newspaper Haaretz].", "Haaretz"),
        ("We met Sir [Brian] May.", "Brian May"),
        ("We met [the mayor].", None),
    ],
)
def test_name_inside(marked: str, name: str | None) -> None:
    assert name_of(decision_on(name_inside, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [("Then Ann Lee left, [lee] said.", "Ann Lee"), ("Then Ann Lee left, [day] said.", None)],
)
def test_compatible_name(marked: str, name: str | None) -> None:
    assert name_of(decision_on(compatible_name, marked)[0]) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[A letter from Ann Lee] came.", "Ann Lee"),
        ("[A report by the Road Users Board] came.", "Road Users Board"),
        ("[Ann Lee’s statement] came.", "Ann Lee"),
        ("[A letter to Ann Lee] came.", None),
        ("[A lawyer from Ann Lee] came.", None),
        ("[Ann Lee’s campaign] came.", None),
    ],
)
def test_author(marked: str, name: str | None) -> None:
    assert name_of(decision_on(author, marked)[0]) == name
