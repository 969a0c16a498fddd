"""The entities that an article names, built once from the whole text before any mention is resolved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

import attrs

from quoteattr.coreference.entity import Description, Entity, Profile
from quoteattr.coreference.entity_builder import Draft, build_drafts
from quoteattr.coreference.groups import GroupName, find_groups
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.name_index import NameIndex
from quoteattr.names import Name
from quoteattr.parsing.dependency_tree import Sentence

_NEXT_NAMES = 50
"""Most names after an offset that a query returns. The callers search a few sentences, which have fewer."""


@attrs.frozen
class EntityTable:
    """The entities of one article and their names; immutable."""

    at: Mapping[int, Entity]
    """The entity of each name by the name's offset."""
    starts: Sequence[int]
    """The offsets of the names, in order."""
    ends: Mapping[int, int]
    """The end of each name by its offset."""
    groups: Mapping[int, GroupName]
    """Pairs of people named together, by the offset of the first name."""
    descriptions: Sequence[tuple[Entity, Description]]
    """The descriptions of entities in titles, appositions and clauses, in the order in which they were
    found."""
    people: Sequence[Entity]
    """The people in the order in which they are first named."""
    aged: Mapping[str, Sequence[Entity]]
    """The entities with an age beside a name, by the age."""
    _index: NameIndex[Entity]

    def names_in(self, start: int, end: int) -> list[tuple[int, Entity]]:
        """The names inside a stretch of the text, or around it ("Sir |Brian|"), each with its offset, in
        order."""
        first = bisect_left(self.starts, start)
        if first and self.ends[self.starts[first - 1]] > start:
            first -= 1
        return [(at, self.at[at]) for at in self.starts[first : bisect_left(self.starts, end)]]

    def starts_after(self, offset: int) -> Sequence[int]:
        """The offsets of the next names after a character."""
        first = bisect_right(self.starts, offset)
        return self.starts[first : first + _NEXT_NAMES]

    def find(self, name: Name, offset: int) -> Entity | None:
        """Returns the entity that a name at an offset belongs to; None if no name in the article is
        compatible."""
        return self._index.best_match(name, offset)


def build_entity_table(text: str, sentences: Collection[Sentence], index: MentionIndex) -> EntityTable:
    """Builds the table of the entities that an article names.

    Args:
        text: the article.
        sentences: its parsed sentences, offsets in the text.
        index: the sites of its mentions.

    Returns:
        The table.

    >>> text = "Mr Lee left. Tom Lee, the mayor, was ill."
    >>> table = build_entity_table(text, (), MentionIndex(text, (), ()))
    >>> [(entity.profile.name, sorted(entity.profile.roles)) for entity in table.people]
    [('Tom Lee', ['mayor'])]
    """
    drafts = build_drafts(text, sentences, index)
    entities = {draft: _frozen(draft) for draft in drafts.entities}
    names: NameIndex[Entity] = NameIndex()
    aged: dict[str, list[Entity]] = {}
    for entity in entities.values():
        names.add(entity)
        if entity.age:
            aged.setdefault(entity.age, []).append(entity)
    at = {start: entities[draft] for start, draft in drafts.at.items()}
    starts = sorted(at)
    in_order = dict.fromkeys(map(at.__getitem__, starts))
    return EntityTable(
        at,
        starts,
        drafts.ends,
        find_groups(text, starts, at, drafts.ends),
        [(entities[draft], description) for draft, description in drafts.descriptions],
        [entity for entity in in_order if entity.profile.kind == "person"],
        aged,
        names,
    )


def distance(entity: Entity, offset: int) -> float:
    """Characters from an offset back to the entity's last name before it. If there is none, the characters
    forward to its first name, multiplied by a thousand.

    Infinite for an entity without a name.
    """
    at = bisect_left(entity.names, offset)
    if at:
        return offset - entity.names[at - 1]
    return 1000.0 * (entity.names[0] - offset) if entity.names else float("inf")


def _frozen(draft: Draft) -> Entity:
    known = draft.profile
    profile = Profile(
        known.kind,
        draft.name,
        tuple(draft.forms),
        known.gender,
        known.confirmed,
        known.roles,
        known.affiliations,
    )
    return Entity(
        draft.key,
        profile,
        draft.first,
        tuple(draft.names),
        draft.full_names,
        draft.is_tagged_as_place,
        draft.age,
    )
