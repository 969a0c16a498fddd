"""Sieves for pronouns: *he* and *she* refer to the most salient person, *it* and *they* to the most salient
organisation or group, *who* to the entity mentioned right before."""

from __future__ import annotations

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import Entity
from quoteattr.coreference.gender import PRONOUN_GENDER
from quoteattr.coreference.nouns import Phrase
from quoteattr.coreference.organisations import ORGANISATION_PRONOUNS
from quoteattr.coreference.salience import WEIGHTS
from quoteattr.coreference.sieve import Decision
from quoteattr.coreference.unnamed import unnamed_speaker
from quoteattr.lexicon import word_list
from quoteattr.names import Gender

UNRESOLVED_PRONOUNS = word_list("coreference", "unresolved_pronouns")
"""Pronouns that are not resolved: those that mean the reporter, and those that refer to nobody."""
_RELATIVE_PRONOUNS = word_list("coreference", "relative_pronouns")
_RESOLVED_PRONOUNS = PRONOUN_GENDER.keys() | ORGANISATION_PRONOUNS | _RELATIVE_PRONOUNS

_SENTENCES_AHEAD = 3
"""Sentences that are searched for a name if there is none before the pronoun, its own sentence included. Set
by hand."""

_RIGHT_BEFORE = 12
"""Characters between a mention and "who": an age and commas."""


def salient_person(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The most salient person of the pronoun's gender."""
    gender = PRONOUN_GENDER.get(phrase.span.text.lower())
    return _salient(phrase.span.start, phrase.span.end, gender, state) if gender else None


def next_name(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The person named soon after a pronoun, if nobody was mentioned before it: "“We won,” he said. Lee had
    …"."""
    gender = PRONOUN_GENDER.get(phrase.span.text.lower())
    return _next(phrase.span.start, gender, state) if gender else None


def possessor(start: int, gender: Gender, state: DiscourseState) -> Decision:
    """The person to whom "his" or "her" at an offset refers; `entity` is None if there is none."""
    salient = _salient(start, start + len("his"), gender, state)
    later = None if salient.entity else _next(start, gender, state)
    return Decision(later.entity, later.facts, salient.site) if later else salient


def _salient(start: int, end: int, gender: Gender, state: DiscourseState) -> Decision:
    site = state.site(start, end)
    fits = state.latest_people(site, gender)
    if not fits:
        return Decision(None, site=site)
    beside = state.index.quoted_beside(start, end)
    named = {entity for _, entity in state.table.names_in(*beside)} if beside else set[Entity]()
    found = state.most_salient(site, fits, gender, lambda entity: WEIGHTS.named_in_words * (entity in named))
    return Decision(found, _gender_fact(found, gender, state), site)


def _next(offset: int, gender: Gender, state: DiscourseState) -> Decision | None:
    index, here = state.index, state.index.sentence(offset)
    for start in state.table.starts_after(offset):
        if index.sentence(start) - here >= _SENTENCES_AHEAD:
            return None
        entity = state.table.at[start]
        profile = state.profile(entity)
        fits = profile.kind == "person" and profile.gender in (None, gender)
        if fits and not index.is_quoted(start):
            return Decision(entity, _gender_fact(entity, gender, state))
    return None


def _gender_fact(entity: Entity, gender: Gender, state: DiscourseState) -> tuple[Fact, ...]:
    return (Fact(entity, gender=gender),) if state.profile(entity).gender is None else ()


def antecedent_before(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The entity mentioned right before a relative pronoun: "Ann Lee, |who| joked", "Tom Day, 83, |who| had
    told"."""
    if phrase.span.text.lower() not in _RELATIVE_PRONOUNS:
        return None
    found = next(state.latest(), None)
    near = found is not None and phrase.span.start - state.sites(found)[-1].end <= _RIGHT_BEFORE
    return Decision(found) if near else None


def indefinite_pronoun(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """An unnamed speaker for a pronoun like "many" or "someone"."""
    word = phrase.span.text.lower()
    if word in _RESOLVED_PRONOUNS or word in UNRESOLVED_PRONOUNS:
        return None
    return unnamed_speaker(phrase, state)
