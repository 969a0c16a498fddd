"""Groups of two people who are named together: "Carl Dunn and Faye Dunn", "Joan and Peter Fisk", "the
Fisks"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import regex

from quoteattr.coreference.entity import Entity, Profile
from quoteattr.names import read_name

# What may stand between the two names: "Ann Lee| of Ohio and |Tom Day", "Ann Lee| and her husband, |Tom Day",
# "Ann Lee| and the prominent critic |Tom Day"
_BETWEEN = regex.compile(
    r"(?:\s(?:of|from)\s[\w .]{2,30})?,?\s(?:and|&)\s"
    r"(?:(?:his|her|the)\s(?:[\p{Ll}-]+\s){0,2}[\p{Ll}-]+,?\s)?"
)
_NAMES_BACK = 2
"""Names before the second member that are searched for the first one: "Ann Lee of |Ohio| and Tom Day" has one
between."""


@attrs.frozen
class GroupName:
    """The name of a group at one place of the text."""

    end: int
    """One past the last character of the names."""
    group: Entity
    """The group."""


def find_groups(
    text: str, starts: Sequence[int], at: Mapping[int, Entity], ends: Mapping[int, int]
) -> dict[int, GroupName]:
    """Finds the places where two people are named together.

    Args:
        text: the article.
        starts: the offsets of its names, in order.
        at: the entity of each name by its offset.
        ends: the end of each name by its offset.

    Returns:
        For the offset of each group's first name, the end of its last name and the group. Two people who are
        named together twice are one group.
    """
    groups: dict[int, GroupName] = {}
    known: dict[tuple[Entity, Entity], Entity] = {}
    for number, start in enumerate(starts):
        second = at[start]
        for before in starts[max(0, number - _NAMES_BACK) : number]:
            first = at[before]
            people = first is not second and first.profile.kind == second.profile.kind == "person"
            if people and _BETWEEN.fullmatch(text, ends[before], start):
                group = known.get((first, second)) or _group(first, second)
                named = groups.setdefault(before, GroupName(ends[start], group))
                known[first, second] = named.group
                break
    return groups | _family_names(groups, starts, at, ends)


def _family_names(
    groups: Mapping[int, GroupName], starts: Sequence[int], at: Mapping[int, Entity], ends: Mapping[int, int]
) -> dict[int, GroupName]:
    """The places where a group is named by the surname that its members share: "the |Renwicks|"."""
    families: dict[str, list[Entity]] = {}
    for group in dict.fromkeys(named.group for named in groups.values()):
        if len(surnames := {member.key.last for member in group.members}) == 1:
            families.setdefault(surnames.pop(), []).append(group)
    found = {}
    for start in starts:
        name = at[start].key
        bearers = families.get(name.last.removesuffix("s"), [])
        if len(bearers) == 1 and len(name.words) == 1:
            found[start] = GroupName(ends[start], bearers[0])
    return found


def _group(first: Entity, second: Entity) -> Entity:
    one, two = first.profile.name, second.profile.name
    name = f"{one.rpartition(' ')[0]} and {two}" if _share_surname(first, second) else f"{one} and {two}"
    return Entity(read_name(name), Profile("person", name), plural=True, members=(first, second))


def _share_surname(first: Entity, second: Entity) -> bool:
    one, two = first.key.words, second.key.words
    return len(one) > 1 and len(two) > 1 and one[-1] == two[-1]
