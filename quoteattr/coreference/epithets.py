"""The sieve for epithets: "the German", "the 28-year-old", "the Texas senator", "the striker"."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import regex

from quoteattr.coreference.affiliations import affiliations_in
from quoteattr.coreference.discourse_state import DiscourseState
from quoteattr.coreference.entity import Entity
from quoteattr.coreference.mention_index import MentionSite
from quoteattr.coreference.nouns import Phrase, gender_of_noun, is_human
from quoteattr.coreference.sieve import Decision
from quoteattr.lexicon import word_list, words

# "the |28|-year-old"
_YEARS = regex.compile(r"\b(\d{1,3})[-‑ ]years?[-‑ ]old\b")
_OF_CHILDREN = regex.compile(
    r"\b(?:mother|father|mum|dad|grandmother|grandfather)[- ]of[- ]\w+\Z", regex.IGNORECASE
)
_OF_OTHERS = regex.compile(r"\s(?:of|for)\s|[’']s?\s")
_CANDIDACIES = word_list("coreference", "candidacies")
_PARTIES_TO_A_CASE = word_list("coreference", "parties_to_a_case")
_OFFICIALS = word_list("coreference", "officials_of_a_case")
ANONYMOUS_SOURCES = word_list("coreference", "anonymous_sources")
"""Nouns for people who speak for others and are seldom named."""

NEAR = 3
"""Sentences before a phrase in which a mention counts as recent. Set by hand."""


@attrs.frozen
class EpithetBonuses:
    """Bonuses to the salience of people to whom an epithet may refer.

    The values were set by hand on PolNeAR's training articles. A place outweighs everything else; a role
    counts about as much as a distance of one sentence.
    """

    place: float = 1.0
    """For a person from the place that the epithet names."""
    party: float = 0.2
    """For a member of the party that it names."""
    role: float = 0.5
    """For a person whom the text describes with this noun."""
    other_role: float = 0.15
    """Penalty for a person whom the text describes only with other nouns."""


BONUSES = EpithetBonuses()


def epithet(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The person to whom an epithet refers.

    "The 28-year-old" is the only person of that age. Any other epithet refers to the most salient person
    nearby, if its words only express where somebody is from or what they do.
    """
    if phrase.words[:1] != ["the"] or len(phrase.words) < 2 or _holds_person(phrase, state):
        return None
    if age := _YEARS.search(phrase.span.text):
        aged = state.table.aged.get(age[1], ())
        return Decision(aged[0]) if len(aged) == 1 else _salient_nearby(phrase, state)
    head = phrase.head
    if head in ANONYMOUS_SOURCES or (ends_in_name(phrase, state) and not _is_kind(head)):
        return None
    parent = _OF_CHILDREN.search(phrase.span.text)
    if _OF_OTHERS.search(phrase.span.text) and not parent and head not in _CANDIDACIES:
        return None  # "the French minister of war" is an office, not an epithet
    known_for = head in words("epithets") or head in words("shared_roles") or head in words("demonyms")
    if known_for or parent or (is_human(head) and _says_little(phrase.words[1:])):
        return _salient_nearby(phrase, state)
    return None


def ends_in_name(phrase: Phrase, state: DiscourseState) -> bool:
    """Whether the phrase, up to a preposition, ends in a name: "the mayor |Ann Lee| of Kent"."""
    names = state.table.names_in(phrase.core.start, phrase.core.end)
    return bool(names) and state.table.ends[names[-1][0]] >= phrase.core.end


def acts_on(entity: Entity, site: MentionSite, state: DiscourseState) -> bool:
    """Whether the entity's last mention is a subject in the same sentence, while the phrase to resolve is not
    one: "|Lee| quoted the judge"."""
    sites = state.sites(entity)
    if not sites:
        return False
    last = sites[-1]
    return last.sentence == site.sentence and last.role != "other" and site.role == "other"


def _holds_person(phrase: Phrase, state: DiscourseState) -> bool:
    names = state.table.names_in(phrase.span.start, phrase.span.end)
    return any(state.is_person(entity) for _, entity in names)


def _salient_nearby(phrase: Phrase, state: DiscourseState) -> Decision:
    """The most salient of the recently mentioned people whom the phrase does not contradict."""
    site = state.site(phrase.span.start, phrase.span.end)
    noun, gender = phrase.head, gender_of_noun(phrase.head)
    affiliations = affiliations_in(phrase.words)
    role = noun in words("roles") and noun not in words("demonyms")
    on_trial = noun in _PARTIES_TO_A_CASE

    def bonus(entity: Entity) -> float:
        profile = state.profile(entity)
        place = affiliations.places & profile.affiliations.places
        party = affiliations.parties & profile.affiliations.parties
        called = noun in profile.roles
        other = bool(profile.roles) and not called
        roles = role * (BONUSES.role * called - BONUSES.other_role * other)
        return BONUSES.place * bool(place) + BONUSES.party * bool(party) + roles

    def fits(entity: Entity) -> bool:
        near = state.is_person(entity) and state.is_near(entity, phrase.span.start, NEAR)
        conflict = near and affiliations.conflicts(state.profile(entity).affiliations)
        conflict = conflict or (on_trial and not _OFFICIALS.isdisjoint(state.profile(entity).roles))
        return near and not conflict and not acts_on(entity, site, state)

    people = list(filter(fits, state.latest_people(site, gender)))
    return Decision(state.most_salient(site, people, gender, bonus) if people else None, site=site)


def _is_kind(noun: str) -> bool:
    """Whether a capitalised word before this noun is not a name by itself: "the Texas Republican", "the Texas
    Senator"."""
    return noun in words("demonyms") or noun in words("roles")


def _says_little(phrase: Sequence[str]) -> bool:
    """Whether the words before the noun express an origin, a party or a listed quality."""
    found = affiliations_in(phrase[:-1])
    adjectives = words("epithet_adjectives")
    return bool(found.places or found.parties) or not adjectives.isdisjoint(phrase[:-1])
