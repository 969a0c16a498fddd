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
"""Most entities that are considered for one mention. News articles have fewer; the limit matters for very
long texts."""

_FORGOTTEN_AFTER = 30
"""Sentences without a mention after which a person is no longer a candidate, if there is another one. Set by
hand."""


@attrs.frozen
class Fact:
    """New information about an entity. Fields that are not set add nothing."""

    entity: Entity
    """The entity."""
    description: Description | None = None
    """A phrase with which the text describes it."""
    gender: Gender | None = None
    """The gender of a pronoun that refers to it; ignored if its gender is known."""
    corrects: bool = False
    """Whether the gender replaces the one that is known."""
    form: str | None = None
    """Another noun phrase for an unnamed speaker."""
    organisation: bool = False
    """Whether it is an organisation, as the mention shows."""
    confirmed: bool = False
    """Whether it is certainly a person."""


class DiscourseState:
    """The state of the discourse at one point of an article.

    Only five methods change the state: `learn`, `add_mention`, `add_speaker`, `open_sentence` and `identify`.
    The resolver and `run_sieves` call them after a sieve has decided; sieves themselves only use queries.
    """

    def __init__(self, text: str, table: EntityTable, index: MentionIndex) -> None:
        self.text = text
        """The article."""
        self.table = table
        """The entities that the article names."""
        self.index = index
        """The sites of its mentions."""
        self.last_speaker: Entity | None = None
        """The entity that spoke last."""
        self._profiles: dict[Entity, Profile] = {}
        self._sites: dict[Entity, Sequence[MentionSite]] = {}
        self._counts: dict[Entity, int] = {}
        self._opened: set[int] = set()
        self._unnamed: dict[tuple[SpeakerKind, str], Entity] = {}
        self._identified: dict[Entity, tuple[Entity, str]] = {}
        self._titles: dict[Entity, dict[str, None]] = {}
        self._descriptions = DescriptionIndex()
        for entity, description in table.descriptions:
            self._descriptions.add(entity, description)
            self._titles.setdefault(entity, {})[description.phrase] = None

    # --- queries -----------------------------------------------------------------------------------------

    def profile(self, entity: Entity) -> Profile:
        """What is known about an entity so far."""
        return self._profiles.get(entity, entity.profile)

    def is_person(self, entity: Entity) -> bool:
        """Whether an entity counts as a person so far."""
        return self.profile(entity).kind == "person"

    def speaker(self, entity: Entity) -> Speaker:
        """The entity as a `Speaker` of the results, with its fullest name so far."""
        entity, _ = self._identified.get(entity, (entity, ""))
        profile = self.profile(entity)
        aliases = tuple(form for form in profile.forms if form != profile.name)
        titles = self._titles.get(entity, {})
        return Speaker(profile.name, profile.kind, aliases, tuple(titles), profile.gender)

    def identified_by(self, entity: Entity) -> str | None:
        """The name of the step that identified an unnamed speaker ("She was named as Ann Lee"); None if it is
        not identified."""
        _, step = self._identified.get(entity, (entity, None))
        return step

    def site(self, start: int, end: int) -> MentionSite:
        """The site of a mention that may be added next."""
        return self.index.site(start, end, self._opened)

    def sites(self, entity: Entity) -> Sequence[MentionSite]:
        """The last mentions of an entity, in order; empty if there are none."""
        return self._sites.get(entity, ())

    def is_near(self, entity: Entity, offset: int, sentences: int) -> bool:
        """Whether an entity was mentioned in the sentence of an offset, or in the given number of sentences
        before it."""
        sites = self._sites.get(entity, ())
        return bool(sites) and self.index.sentence(offset) - sites[-1].sentence <= sentences

    def distance(self, entity: Entity, offset: int) -> float:
        """Characters from an offset back to the last mention of an entity; if it was not mentioned, to one of
        its names."""
        sites = self._sites.get(entity)
        return offset - sites[-1].start if sites else distance(entity, offset)

    def latest(self) -> Iterator[Entity]:
        """The entities mentioned so far, the latest first, up to a limit."""
        return islice(reversed(self._sites), _CANDIDATES)

    def latest_people(self, site: MentionSite, gender: Gender | None) -> list[Entity]:
        """The individual people who may have the given gender, the latest first.

        Args:
            site: the site of the pronoun or noun; people whose last mention is long before it are left out.
            gender: the gender of the pronoun or noun; None if it may be any.
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
        """The most salient of the entities; if several are equally salient, the first of them.

        Args:
            site: the site of the pronoun or noun that refers to one of them.
            entities: entities that were mentioned before; at least one.
            gender: the gender of the pronoun or noun.
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
        """The entities that the text describes with a phrase: see `DescriptionIndex.described_as`."""
        return self._limit_candidates(self._descriptions.described_as(phrase))

    def with_role(self, noun: str) -> list[Entity]:
        """The entities that the text describes with a phrase that has this head noun."""
        return self._limit_candidates(self._descriptions.with_role(noun))

    def with_initials(self, letters: str) -> list[Entity]:
        """The people whose office, as the text gives it, has these initials, in small letters: "ag"."""
        return self._limit_candidates(self._descriptions.with_initials(letters))

    def _limit_candidates(self, groups: Sequence[Set[Entity]]) -> list[Entity]:
        """All entities of the groups; if there are too many, those that were mentioned last."""
        many = sum(map(len, groups)) > _CANDIDATES
        latest = [e for e in self.latest() if any(e in group for group in groups)] if many else []
        return latest or [entity for group in groups for entity in group]

    def first_person(self) -> Entity | None:
        """The first person whom the article names; a word with a capital alone does not count."""
        sure = (entity for entity in self.table.people if not entity.is_bare_word)
        return next(filter(self.is_person, sure), None)

    def unnamed(self, kind: SpeakerKind, name: str) -> Entity | None:
        """The unnamed speaker with the given kind and noun phrase; None if there is none yet."""
        return self._unnamed.get((kind, name.lower()))

    # --- updates -----------------------------------------------------------------------------------------

    def learn(self, facts: Iterable[Fact]) -> None:
        """Adds facts to the profiles. The first fact about an entity that is not in the table introduces
        it."""
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
        """Records that the sentence of this site has a mention, so that a later mention in it does not count
        as the first one."""
        if site.opens_sentence:
            self._opened.add(site.sentence)

    def add_mention(self, entity: Entity, start: int, end: int, *, subject: bool = False) -> None:
        """Adds a mention of an entity, which is then the latest one.

        Args:
            entity: the entity.
            start: offset of the mention.
            end: one past its last character.
            subject: whether it counts as a main subject regardless of its syntax.
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
        """Records an entity as the last speaker. What speaks is certainly a person or an organisation."""
        self.learn([Fact(entity, confirmed=True)])
        self.last_speaker = entity

    def identify(self, unnamed: Entity, named: Entity, step: str) -> None:
        """Records which named entity an unnamed speaker is, and the name of the step that found it."""
        self._identified[unnamed] = named, step


def _with_fact(profile: Profile, fact: Fact) -> Profile:
    """The profile with the information of a fact added."""
    if fact.description is not None:
        profile = with_description(profile, fact.description)
    if fact.gender is not None and (profile.gender is None or fact.corrects):
        profile = attrs.evolve(profile, gender=fact.gender)
    if fact.confirmed and not profile.confirmed:
        profile = attrs.evolve(profile, confirmed=True)
    if fact.organisation and profile.kind != "organisation":
        profile = attrs.evolve(profile, kind="organisation")
    if fact.form is not None:
        name = max(profile.name, fact.form, key=lambda form: len(form.split()))
        profile = attrs.evolve(profile, name=name, forms=tuple(dict.fromkeys((*profile.forms, fact.form))))
    return profile
