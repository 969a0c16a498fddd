"""The sieves for noun phrases: a role, a description, an epithet."""

from __future__ import annotations

from quoteattr.coreference.appositions import apposition, part_of_name
from quoteattr.coreference.discourse_state import DiscourseState
from quoteattr.coreference.epithets import epithet
from quoteattr.coreference.gender import PRONOUN_GENDER
from quoteattr.coreference.noun_phrases import Phrase, gender_of_noun
from quoteattr.coreference.organisations import organisation_match
from quoteattr.coreference.pronouns import possessor
from quoteattr.coreference.role_matches import headline_person, named_later, role_match, unnamed_match
from quoteattr.coreference.sieve import Decision, Sieve
from quoteattr.coreference.unnamed import unnamed_speaker
from quoteattr.lexicon import words


def kinship(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The other of two who are named together, for "his wife", if "his" means one of them."""
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
    """The two people who were named together last, for "the couple", "the brothers"."""
    if phrase.words[:1] not in (["the"], ["both"]) or phrase.head not in words("pair_nouns"):
        return None
    found = next((entity for entity in state.latest() if entity.members), None)
    return Decision(found) if found else None


NOMINAL_SIEVES = (
    Sieve("part_of_name", "It was [City Attorney] Brad Holm. → Brad Holm", part_of_name),
    Sieve("apposition", "[Its director], Ann Lee, left. → Ann Lee", apposition),
    Sieve("kinship", "Carl Dunn and Faye Dunn came. He laughed, and [his wife] left. → Faye Dunn", kinship),
    Sieve("pair", "Carl Dunn and Faye Dunn came. [The couple] left. → Carl and Faye Dunn", pair),
    Sieve("role_match", "Mayor Ann Lee came. Tom Day stayed. [The mayor] left. → Ann Lee", role_match),
    Sieve("epithet", "Ann Lee (R-Texas) and Tom Day came. [The Texan] left. → Ann Lee", epithet),
    Sieve("unnamed_match", "A porter came. [The night porter] left. → night porter", unnamed_match),
    Sieve("headline_person", "Lee goes\n\n[The minister] went. → Lee", headline_person),
    Sieve("named_later", "[A teacher] has won.\n\nAnn Lee was glad. → Ann Lee", named_later),
    Sieve(
        "organisation_match",
        "Shelterline Trust met. [The charity] refused. → Shelterline Trust",
        organisation_match,
    ),
    Sieve("unnamed_speaker", "[A porter] shouted. → porter", unnamed_speaker),
)
"""The sieves for noun phrases, in order. The last one always decides."""
