"""Sieves for mentions of organisations: "the carrier", "the charity", *it* and *they*.

An organisation is found by its descriptions in the text, by the words of its name, and by its salience.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import regex

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import Entity, Profile, may_be_organisation
from quoteattr.coreference.mention_index import MentionSite
from quoteattr.coreference.name_gathering import is_known_place, is_people
from quoteattr.coreference.nouns import Phrase
from quoteattr.coreference.salience import recency
from quoteattr.coreference.sieve import Decision
from quoteattr.lexicon import kinds_of_body, organisation_kinds, word_list, words

_SINGULAR = word_list("coreference", "singular_organisation_pronouns")
_PLURAL = word_list("coreference", "plural_pronouns")
_KNOWN_BY_KIND = word_list("coreference", "bodies_known_by_kind")
_SAYING_LITTLE = word_list("coreference", "organisation_adjectives") | words("epithet_adjectives")
ORGANISATION_PRONOUNS = _SINGULAR | _PLURAL
"""Pronouns that may refer to an organisation."""

# "workers in |Rugeley|"
_IN_PLACE = regex.compile(r"\b(?:in|near)\s\Z", regex.IGNORECASE)

_NEAR = 3
"""Sentences before "the company" that are searched for a name such as "Toyota", which does not show whether
it is a company. Set by hand."""


@attrs.frozen
class OrganisationBonuses:
    """Bonuses to the salience of organisations. The values were set by hand on PolNeAR's training
    articles."""

    kind: float = 0.4
    """For an organisation of the kind that the noun expresses. It counts about as much as a distance of one
    sentence."""
    called: float = 1.0
    """For an organisation that the text describes with this noun."""
    bare_word: float = -2.0
    """For a single word that may also be a person's name."""
    spoke_last: float = 0.3
    """For *it* and *they*: for the organisation that spoke last."""
    several: float = 0.5
    """For *they*: for several people."""
    people: float = 0.3
    """For *they*: for people by origin or party ("Democrats")."""
    place: float = -0.4
    """For *it*: for a place, which seldom speaks."""


BONUSES = OrganisationBonuses()


def organisation_match(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The named organisation that "the charity" or "the budget office" refers to.

    A single noun may express the kind of the organisation. If there are several words, each must be in its
    name or in one of its descriptions.
    """
    head = phrase.head
    if phrase.words == ["police"]:
        words_ = ["the", "police"]
    else:
        words_ = [word for word in phrase.words if word not in _SAYING_LITTLE]
    if words_[:1] != ["the"] or words_[-1] != head or len(words_) not in (2, 3):
        return None
    if head not in words("organisation_nouns") and not organisation_kinds(head):
        return None
    site = state.site(phrase.span.start, phrase.span.end)
    found = _best_match(words_[1:], site, state)
    return Decision(found, (Fact(found, organisation=True),) if found else (), site)


def _best_match(description: list[str], site: MentionSite, state: DiscourseState) -> Entity | None:
    noun, scores = description[-1], dict[Entity, float]()
    kinds = organisation_kinds(noun) if len(description) == 1 else frozenset[str]()
    for entity in state.latest():
        profile = state.profile(entity)
        bare = may_be_organisation(entity, profile)
        if not entity.names or not (profile.kind == "organisation" or bare):
            continue
        called, theirs = set(_calling_words(entity, profile)), kinds_of(entity, profile)
        if called.issuperset(description) or (kinds & theirs):
            bonus = BONUSES.called if noun in called else BONUSES.kind
            scores[entity] = _recency(entity, site, state) + bonus
        elif (
            kinds
            and not theirs
            and noun not in _KNOWN_BY_KIND
            and _is_near(entity, site, state)
            and not _is_located(entity, state)
        ):
            scores[entity] = _recency(entity, site, state) + BONUSES.bare_word * bare
    return max(scores, key=scores.__getitem__, default=None)


def _is_near(entity: Entity, site: MentionSite, state: DiscourseState) -> bool:
    return site.sentence - state.sites(entity)[-1].sentence <= _NEAR


def salient_organisation(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The most salient entity that *it* or *they* can refer to: an organisation or a thing, and for *they*
    also a group of people."""
    pronoun = phrase.span.text.lower()
    if pronoun not in ORGANISATION_PRONOUNS:
        return None
    several = pronoun in _PLURAL
    site = state.site(phrase.span.start, phrase.span.end)
    fits = [entity for entity in state.latest() if _may_be_meant(entity, state.profile(entity), several)]
    found = max(fits, key=lambda entity: _salience(entity, site, state, several), default=None)
    return Decision(found, site=site)


def bare_name(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """For *it*: the last entity that is named by a single word and may be an organisation ("Toyota"). After
    this decision, the entity counts as an organisation."""
    if phrase.span.text.lower() not in _SINGULAR:
        return None
    latest = state.latest()
    found = next((e for e in latest if may_be_organisation(e, state.profile(e))), None)
    return Decision(found, (Fact(found, organisation=True),)) if found else None


def kinds_of(entity: Entity, profile: Profile) -> frozenset[str]:
    """The kinds of organisation that an entity's name and descriptions show: "company", "charity"."""
    known = kinds_of_body(" ".join(entity.key.words))
    return known.union(*map(organisation_kinds, _calling_words(entity, profile)))


def _calling_words(entity: Entity, profile: Profile) -> Iterator[str]:
    """The nouns that describe an entity, and the words of its name if it has several."""
    yield from profile.roles
    if len(entity.key.words) > 1:
        yield from entity.key.words


def _may_be_meant(entity: Entity, profile: Profile, several: bool) -> bool:
    """Whether *it* can refer to an entity; if ``several``, whether *they* can."""
    if not several:
        return not (entity.plural or profile.is_human)
    place = bool(entity.names) and is_known_place(entity.key)
    return entity.plural or (profile.kind != "person" and not place)


def _is_place(entity: Entity) -> bool:
    """Whether an entity is a place, or people by origin or party: "Kent", "the Americans"."""
    place_or_people = entity.is_place or is_known_place(entity.key) or is_people(entity.key)
    return place_or_people or entity.key.last in words("thing_words")


def _is_located(entity: Entity, state: DiscourseState) -> bool:
    """Whether an entity is a place, or is only named as one: "workers in |Rugeley|"."""
    before = (state.text[max(0, start - 4) : start] for start in entity.names)
    return _is_place(entity) or all(_IN_PLACE.search(words) for words in before)


def _salience(entity: Entity, site: MentionSite, state: DiscourseState, several: bool) -> float:
    score = _recency(entity, site, state) + BONUSES.spoke_last * (entity is state.last_speaker)
    named = bool(entity.names)
    if several:
        people = named and entity.key.last.endswith("s") and is_people(entity.key)
        return score + BONUSES.several * entity.plural + BONUSES.people * people
    return score + BONUSES.place * (named and _is_place(entity))


def _recency(entity: Entity, site: MentionSite, state: DiscourseState) -> float:
    return max(recency(site, earlier) for earlier in state.sites(entity))
