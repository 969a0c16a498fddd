"""Two people who are named together."""

from __future__ import annotations

import pytest

from tests.coreference.articles import table_of


def groups_of(text: str) -> list[tuple[str, str]]:
    """What the text has for each group, and the group's name."""
    groups = table_of(text).groups
    return [(text[start : named.end], named.group.profile.name) for start, named in sorted(groups.items())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We met Carl Dunn and Faye Dunn.", [("Carl Dunn and Faye Dunn", "Carl and Faye Dunn")]),
        ("We met Joan and Peter Fisk.", [("Joan and Peter Fisk", "Joan and Peter Fisk")]),
        ("We met Ann Lee of Ohio and Tom Day.", [("Ann Lee of Ohio and Tom Day", "Ann Lee and Tom Day")]),
        (
            "We met Ann Lee and her husband, Tom Day.",
            [("Ann Lee and her husband, Tom Day", "Ann Lee and Tom Day")],
        ),
        (
            "We met Ann Lee and the prominent critic Tom Day.",
            [("Ann Lee and the prominent critic Tom Day", "Ann Lee and Tom Day")],
        ),
        ("We met Ann Lee with Tom Day.", []),
        ("We met Ann Lee and the Road Users Board.", []),
    ],
)
def test_groups(text: str, found: list[tuple[str, str]]) -> None:
    assert groups_of(text) == found


def test_a_surname_names_its_only_group() -> None:
    text = "The house belongs to Carl Renwick and Faye Renwick. Later the Renwicks were said to have left."
    assert groups_of(text)[-1] == ("Renwicks", "Carl and Faye Renwick")


def test_people_named_together_twice_are_one_group() -> None:
    text = "We met Ann Lee and Tom Day. Later Ann Lee and Tom Day left."
    assert len({named.group for named in table_of(text).groups.values()}) == 1


def test_a_group_is_several_people() -> None:
    table = table_of("We met Ann Lee and Tom Day.")
    [named] = table.groups.values()
    assert named.group.plural
    assert list(named.group.members) == table.people
