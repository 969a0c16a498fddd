"""Sieves for noun phrases whose entity the article describes elsewhere: "his wife", "the couple", "the
mayor"."""

from __future__ import annotations

import regex

from quoteattr.coreference.affiliations import affiliations_in
from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import Entity, Profile, describe
from quoteattr.coreference.epithets import ANONYMOUS_SOURCES, NEAR, acts_on, ends_in_name, epithet
from quoteattr.coreference.gender import PRONOUN_GENDER
from quoteattr.coreference.nouns import (
    Phrase,
    gender_of_noun,
    is_human,
    phrase_words,
    without_determiner,
)
from quoteattr.coreference.pronouns import possessor
from quoteattr.coreference.sieve import Decision
from quoteattr.lexicon import word_list, words

# "the man |at the border"
_WHERE = regex.compile(r"(?<=\w)\s(?:at|in|on|near|from|with|outside|inside|behind)\s")
# "In an article for the Ledger, |Ann Lee"
_OPENING = regex.compile(r"(?:\A|[\r\n]|[.!?…][”’\"')]*\s)[^.!?…\r\n“”]{3,70},\s\Z")
_OPENING_WITHIN = 80
"""Characters before a name that hold the longest phrase of _OPENING."""
_INDEFINITE = word_list("coreference", "indefinite_determiners")
_NOT_NAMED_LATER = word_list("coreference", "not_named_later")

_LEAD = 4
"""Sentences from the start of an article that count as headline, standfirst and lead. Set by hand."""


def kinship(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """For "his wife": the other of two people named together, if "his" refers to one of them."""
    if len(phrase.words) != 2 or phrase.words[0] not in ("his", "her"):
        return None
    possessive, noun = phrase.words
    if noun not in words("kin_nouns"):
        return None
    owner = possessor(phrase.span.start, PRONOUN_GENDER[possessive], state)
    gender = gender_of_noun(noun)
    pairs = [group.members for group in state.latest() if owner.entity in group.members]
    others = dict.fromkeys(e for pair in pairs for e in pair if e is not owner.entity)
    fits = [e for e in others if state.profile(e).gender in (None, gender)]
    return Decision(fits[0] if len(fits) == 1 else None, owner.facts, owner.site)


def pair(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """For "the couple" or "the brothers": the two people who were named together last."""
    if phrase.words[:1] not in (["the"], ["both"]) or phrase.head not in words("pair_nouns"):
        return None
    found = next((entity for entity in state.latest() if entity.members), None)
    return Decision(found) if found else None


def role_match(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The named person or organisation that the text describes with the same phrase; if there is none, with
    the same noun.

    If several people may have the role ("the officer"), and its holder was not mentioned recently, the phrase
    refers to the most salient person.
    """
    found = _best_described(phrase, state, named=True)
    if found is None:
        return None
    if phrase.head in words("shared_roles") and not state.is_near(found, phrase.span.start, NEAR):
        salient = epithet(phrase, state)
        if salient is not None:
            return Decision(salient.entity or found, site=salient.site)
    return Decision(found)


def unnamed_match(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The unnamed speaker whom the text describes with the same phrase; if there is none, with the same
    noun."""
    found = _best_described(phrase, state, named=False)
    return Decision(found, (Fact(found, form=_without_place(phrase)),)) if found else None


def _best_described(phrase: Phrase, state: DiscourseState, *, named: bool) -> Entity | None:
    """The best of the entities with a matching description: one with the same place or party, then the
    nearest."""
    if not phrase.words or phrase.words[0] in _INDEFINITE or ends_in_name(phrase, state):
        return None
    affiliations, offset = affiliations_in(phrase.words), phrase.span.start
    bare = " ".join(phrase_words(_without_place(phrase)))
    found = state.described_as(bare) or (state.with_role(phrase.head) if bare == phrase.head else [])
    fits = [
        entity
        for entity in found
        if bool(entity.names) is named and not affiliations.conflicts(state.profile(entity).affiliations)
    ]

    def order(entity: Entity) -> tuple[bool, float]:
        agrees = affiliations.agrees(state.profile(entity).affiliations)
        return not agrees, state.distance(entity, offset)

    return min(fits, key=order, default=None)


def _without_place(phrase: Phrase) -> str:
    """The phrase without its determiner and without a place at its end: "the man |at the border"."""
    text = phrase.span.text
    where = _WHERE.search(text)
    return without_determiner(text[: where.start()] if where else text)


def headline_person(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """For "the foreign secretary" in a lead: the first person of the article, if nothing else describes them.

    A lead often refers to the person of the headline by an office that the rest of the article does not
    mention.
    """
    if phrase.words[:1] != ["the"] or phrase.head not in words("roles"):
        return None
    offset = phrase.span.start
    if state.index.sentence(offset) > _LEAD and state.last_speaker is not None:
        return None
    first = state.first_person()
    if first is None or first.names[0] >= offset or state.profile(first).roles:
        return None
    site = state.site(offset, phrase.span.end)
    if acts_on(first, site, state):
        return Decision(None, site=site)
    return Decision(first, (Fact(first, describe(phrase.words[1:])),), site)


def named_later(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """For "a teacher" or "the foreign secretary" in a lead: the person whose full name opens one of the next
    sentences.

    The name must be new, no other person may be mentioned in between, and nothing else may describe the
    person.
    """
    if not _may_be_named_later(phrase, state):
        return None
    index, here = state.index, state.index.sentence(phrase.span.start)
    for start in state.table.starts_after(phrase.span.end):
        number = index.sentence(start)
        if number - here > NEAR:
            return None
        entity = state.table.at[start]
        if number > here and state.is_person(entity) and not index.is_quoted(start):
            if not _is_introduced(entity, start, phrase, state):
                return None
            description = describe(phrase_words(without_determiner(phrase.span.text)))
            return Decision(entity, (Fact(entity, description),))
    return None


def _may_be_named_later(phrase: Phrase, state: DiscourseState) -> bool:
    """Whether the phrase stands in a lead, before all quotations, and may introduce somebody."""
    if state.index.sentence(phrase.span.start) > _LEAD or state.last_speaker is not None:
        return False
    if not is_human(phrase.head) or phrase.head in ANONYMOUS_SOURCES:
        return False
    return phrase.words[0] not in _NOT_NAMED_LATER and not _is_after_person(phrase, state)


def _is_introduced(entity: Entity, start: int, phrase: Phrase, state: DiscourseState) -> bool:
    """Whether the name at an offset introduces the person whom the phrase describes."""
    profile, noun, first = state.profile(entity), phrase.head, phrase.words[0]
    if entity.names[0] != start or " " not in profile.name:
        return False
    if profile.gender is not None and gender_of_noun(noun) not in (None, profile.gender):
        return False
    same_paragraph = first != "the" and "\n" not in state.text[phrase.span.end : start]
    if same_paragraph or _has_other_role(profile, noun, first):
        return False
    before = _OPENING.search(state.text, max(0, start - _OPENING_WITHIN), start)
    return state.index.opens_sentence(start) or bool(before)


def _has_other_role(profile: Profile, noun: str, first: str) -> bool:
    return bool(profile.roles) and noun not in profile.roles and first != noun


def _is_after_person(phrase: Phrase, state: DiscourseState) -> bool:
    """Whether a person is mentioned before the phrase in its sentence."""
    start = phrase.span.start
    here = state.index.sentence(start)
    for entity in state.latest():
        last = state.sites(entity)[-1]
        if last.sentence == here and last.start < start and state.profile(entity).is_human:
            return True
    return False
