"""Whom a text has mentioned so far, and where: what a pronoun or a description chooses among."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice

from quoteattr.coreference.entity_table import Entity
from quoteattr.coreference.mention_index import Place
from quoteattr.coreference.salience import Candidate, choose
from quoteattr.names import Gender

_KEPT = 4
"""Mentions of somebody that are remembered."""

_FAR = 200
"""People and bodies that are looked at for one mention; more are only ever passed over."""

_LONG_AGO = 30
"""Sentences after which nobody is thought of any more while somebody else is."""


class Memory:
    """The mentions of one article as it is read."""

    def __init__(self) -> None:
        self.spoke: Entity | None = None
        """Who spoke last."""
        self._heard: dict[Entity, list[Place]] = {}
        self._counts: dict[Entity, int] = {}

    def hear(self, entity: Entity, start: int, place: Callable[[], Place]) -> None:
        """Remember a mention, which is made a place of if it does not go back behind the last."""
        kept = self._heard.pop(entity, [])
        if not kept or kept[-1].start < start:
            kept = [*kept[1 - _KEPT :], place()]
            self._counts[entity] = self._counts.get(entity, 0) + 1
        self._heard[entity] = kept

    def heard(self, entity: Entity) -> Sequence[Place]:
        """The last mentions, in order; none where there are none."""
        return self._heard.get(entity, ())

    def latest(self) -> Iterator[Entity]:
        """Who was mentioned, the latest first."""
        return islice(reversed(self._heard), _FAR)

    def people(self, place: Place, sex: Gender | None) -> list[Entity]:
        """Single people who may be meant by a word of that sex, the latest first."""
        found: list[Entity] = []
        for entity in self.latest():
            if found and place.sentence - self._heard[entity][-1].sentence > _LONG_AGO:
                break
            if entity.human and not entity.plural and (sex is None or entity.sex in (None, sex)):
                found.append(entity)
        return found

    def choose(
        self,
        place: Place,
        entities: Sequence[Entity],
        sex: Gender | None,
        favour: Callable[[Entity], float] = lambda _: 0.0,
    ) -> Entity:
        """The most salient, the first of equals; `favour` is added to the salience.

        Raises:
            ValueError: if there is nobody.
        """
        return entities[choose(place, [self._candidate(e, sex, favour(e)) for e in entities])]

    def _candidate(self, entity: Entity, sex: Gender | None, favour: float) -> Candidate:
        return Candidate(
            self._heard[entity],
            self._counts[entity],
            same_sex=entity.sex == sex is not None,
            sure=entity.sure,
            spoke=entity is self.spoke,
            favour=favour,
        )

    def few(self, groups: Sequence[Collection[Entity]]) -> list[Entity]:
        """Everyone in the groups or, if they are many, those of them who were mentioned last."""
        many = sum(map(len, groups)) > _FAR
        latest = [e for e in self.latest() if any(e in group for group in groups)] if many else []
        return latest or [entity for group in groups for entity in group]
