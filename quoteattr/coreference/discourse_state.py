"""The state of the discourse at one point of an article: the entities mentioned so far, their sites, and what
is known about each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import islice

import attrs

from quoteattr.coreference.descriptions import DescriptionIndex
from quoteattr.coreference.entity import Description, Entity, Profile, with_description
from quoteattr.coreference.entity_table import EntityTable, distance
from quoteattr.coreference.mention_index import MentionIndex, MentionSite
from quoteattr.coreference.salience import Candidate, most_salient
from quoteattr.names import Gender
from quoteattr.schema import Speaker, SpeakerKind

_SITES_KEPT = 4
"""The last mentions of an entity that are kept for salience. Set by hand."""

_CANDIDATES = 200
"""Entities that are looked at for one mention. An article has fewer; a limit for very long texts."""

_FORGOTTEN_AFTER = 30
"""Sentences without a mention after which a person is no candidate while somebody else is. Set by hand."""


@attrs.frozen
class Fact:
    """New information about an entity. Fields that are not set add nothing."""

    entity: Entity
    """The entity."""
    description: Description | None = None
    """A phrase by which the text describes it."""
    gender: Gender | None = None
    """The gender of a pronoun that refers to it; ignored if its gender is known."""
    form: str | None = None
    """Another noun phrase for an unnamed speaker."""
    organisation: bool = False
    """Whether it turns out to be an organisation."""
    confirmed: bool = False
    """Whether it is certainly a person."""


class DiscourseState:
    """The state of the discourse at one point of an article.

    Queries do not change it. The updates are `learn`, `add_mention`, `add_speaker`, `open_sentence` and
    `identify`; only the resolver and `run_sieves` call them, with what the sieves have decided.
    """

    def __init__(self, text: str, table: EntityTable, index: MentionIndex) -> None:
        self.text = text
        """The article."""
        self.table = table
        """The entities that it names."""
        self.index = index
        """The sites of its mentions."""
        self.last_speaker: Entity | None = None
        """The entity that spoke last."""
        self._profiles: dict[Entity, Profile] = {}
        self._sites: dict[Entity, Sequence[MentionSite]] = {}
        self._counts: dict[Entity, int] = {}
        self._opened: set[int] = set()
        self._unnamed: dict[tuple[SpeakerKind, str], Entity] = {}
        self._identified: dict[Entity, Entity] = {}
        self._descriptions = DescriptionIndex()
        for entity, description in table.descriptions:
            self._descriptions.add(entity, description)

    # --- queries -----------------------------------------------------------------------------------------

    def profile(self, entity: Entity) -> Profile:
        """What is known of an entity so far."""
        return self._profiles.get(entity, entity.profile)

    def is_person(self, entity: Entity) -> bool:
        """Whether an entity counts as a person so far."""
        return self.profile(entity).kind == "person"

    def speaker(self, entity: Entity) -> Speaker:
        """The speaker that an entity is in the results, by its fullest name so far."""
        entity = self._identified.get(entity, entity)
        profile = self.profile(entity)
        aliases = tuple(form for form in profile.forms if form != profile.name)
        return Speaker(profile.name, profile.kind, aliases)

    def is_identified(self, entity: Entity) -> bool:
        """Whether the text has named an unnamed speaker later: "She was named as Ann Lee"."""
        return entity in self._identified

    def site(self, start: int, end: int) -> MentionSite:
        """The site of a mention that may be added next."""
        return self.index.site(start, end, self._opened)

    def sites(self, entity: Entity) -> Sequence[MentionSite]:
        """The last mentions of an entity, in order; empty if there are none."""
        return self._sites.get(entity, ())

    def is_near(self, entity: Entity, offset: int, sentences: int) -> bool:
        """Whether an entity was mentioned in the sentence of an offset or in that many before it."""
        sites = self._sites.get(entity, ())
        return bool(sites) and self.index.sentence(offset) - sites[-1].sentence <= sentences

    def distance(self, entity: Entity, offset: int) -> float:
        """Characters from an offset back to the last mention of an entity, or else to a name of it."""
        sites = self._sites.get(entity)
        return offset - sites[-1].start if sites else distance(entity, offset)

    def latest(self) -> Iterator[Entity]:
        """The entities mentioned so far, the latest first; a limited number."""
        return islice(reversed(self._sites), _CANDIDATES)

    def latest_people(self, site: MentionSite, gender: Gender | None) -> list[Entity]:
        """Individual people who may have that gender, the latest first.

        Args:
            site: the site of the pronoun or noun; people mentioned last long before it are left out.
            gender: of the pronoun or noun; None for every gender.
        """
        found: list[Entity] = []
        oldest = site.sentence - _FORGOTTEN_AFTER
        for entity in self.latest():
            if found and self._sites[entity][-1].sentence < oldest:
                break
            profile = self._profiles.get(entity, entity.profile)
            if (
                not entity.plural
                and (gender is None or profile.gender in (None, gender))
                and profile.is_human
            ):
                found.append(entity)
        return found

    def most_salient(
        self,
        site: MentionSite,
        entities: Sequence[Entity],
        gender: Gender | None,
        bonus: Callable[[Entity], float] | None = None,
    ) -> Entity:
        """The most salient of the entities, the first of equals.

        Args:
            site: where one of them is meant.
            entities: entities that were mentioned before; at least one.
            gender: of the pronoun or noun.
            bonus: what is added to the salience of each.

        Raises:
            ValueError: if there is no entity.
        """
        candidates = [self._candidate(e, gender, bonus(e) if bonus else 0.0) for e in entities]
        return entities[most_salient(site, candidates)]

    def _candidate(self, entity: Entity, gender: Gender | None, bonus: float) -> Candidate:
        profile = self._profiles.get(entity, entity.profile)
        return Candidate(
            self._sites[entity],
            self._counts[entity],
            same_gender=profile.gender == gender is not None,
            confirmed=profile.confirmed,
            spoke_last=entity is self.last_speaker,
            bonus=bonus,
        )

    def described_as(self, phrase: str) -> list[Entity]:
        """The entities that the text describes by a phrase: see `DescriptionIndex.described_as`."""
        return self._limit_candidates(self._descriptions.described_as(phrase))

    def with_role(self, noun: str) -> list[Entity]:
        """The entities that the text describes by a phrase with this head noun."""
        return self._limit_candidates(self._descriptions.with_role(noun))

    def _limit_candidates(self, groups: Sequence[Set[Entity]]) -> list[Entity]:
        """All entities of the groups or, if these are many, those that were mentioned last."""
        many = sum(map(len, groups)) > _CANDIDATES
        latest = [e for e in self.latest() if any(e in group for group in groups)] if many else []
        return latest or [entity for group in groups for entity in group]

    def first_person(self) -> Entity | None:
        """The first person whom the article names."""
        return next(filter(self.is_person, self.table.people), None)

    def unnamed(self, kind: SpeakerKind, name: str) -> Entity | None:
        """The unnamed speaker of that kind and noun phrase; None if none was introduced."""
        return self._unnamed.get((kind, name.lower()))

    # --- updates -----------------------------------------------------------------------------------------

    def learn(self, facts: Iterable[Fact]) -> None:
        """Add facts to the profiles. An entity that is not in the table is introduced by its first fact."""
        for fact in facts:
            entity = fact.entity
            known = self._profiles.get(entity)
            if known is None:
                known = self._introduce(entity)
            profile = _with_fact(known, fact)
            if profile is not entity.profile:
                self._profiles[entity] = profile
            if fact.description is not None:
                self._descriptions.add(entity, fact.description)

    def _introduce(self, entity: Entity) -> Profile:
        if not entity.names and not entity.members:
            profile = entity.profile
            self._unnamed.setdefault((profile.kind, profile.name.lower()), entity)
        return entity.profile

    def open_sentence(self, site: MentionSite) -> None:
        """Note that a mention at this site was compared or added, so that a later one does not open its
        sentence."""
        if site.opens_sentence:
            self._opened.add(site.sentence)

    def add_mention(self, entity: Entity, start: int, end: int, *, subject: bool = False) -> None:
        """Add a mention of an entity, which is then the latest.

        Args:
            entity: the entity.
            start: offset of the mention.
            end: one past its last character.
            subject: whether it counts as a main subject whatever its syntax is.
        """
        sites = self._sites.pop(entity, ())
        if not sites or sites[-1].start < start:
            site = self.site(start, end)
            self.open_sentence(site)
            if subject and site.role != "main":
                site = attrs.evolve(site, role="main")
            sites = [*sites[1 - _SITES_KEPT :], site]
            self._counts[entity] = self._counts.get(entity, 0) + 1
        self._sites[entity] = sites

    def add_speaker(self, entity: Entity) -> None:
        """Note that an entity is the last speaker, and so certainly a person or organisation that speaks."""
        self.learn([Fact(entity, confirmed=True)])
        self.last_speaker = entity

    def identify(self, unnamed: Entity, named: Entity) -> None:
        """Note who an unnamed speaker is."""
        self._identified[unnamed] = named


def _with_fact(profile: Profile, fact: Fact) -> Profile:
    """The profile with what a fact adds."""
    if fact.description is not None:
        profile = with_description(profile, fact.description)
    if fact.gender is not None and profile.gender is None:
        profile = attrs.evolve(profile, gender=fact.gender)
    if fact.confirmed and not profile.confirmed:
        profile = attrs.evolve(profile, confirmed=True)
    if fact.organisation and profile.kind != "organisation":
        profile = attrs.evolve(profile, kind="organisation")
    if fact.form is not None:
        name = max(profile.name, fact.form, key=lambda form: len(form.split()))
        profile = attrs.evolve(profile, name=name, forms=tuple(dict.fromkeys((*profile.forms, fact.form))))
    return profile
