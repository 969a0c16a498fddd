"""Sieves for other words for an office: its initials ("the AG" after "Attorney General Ann Lee"), and nouns
that mean the same ("the Halden boss" after "Halden manager Ann Lee")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from quoteattr.coreference.affiliations import affiliations_in
from quoteattr.coreference.discourse_state import DiscourseState
from quoteattr.coreference.entity import Entity
from quoteattr.coreference.nouns import Phrase, phrase_words, without_determiner
from quoteattr.coreference.sieve import Decision
from quoteattr.lexicon import abbreviated_offices, similar_roles, word_list, words
from quoteattr.names import JOINERS

# "|AG|", "Deputy |CM|"
_LETTERS = regex.compile(r"\p{Lu}{2,5}")
# "Ann Lee|, who has managed Halden since May|,", "Ann Lee| of Halden|"
_AFTER_NAME = regex.compile(r",\s[^,.;:\n“”\"]{0,90}|\s(?:at|for|from|in|of|with)\s[^,.;:\n“”\"]{0,60}")
# "Ann Lee left|. Day stayed", but not "Dr. Lee"
_CLAUSE_END = regex.compile(r"[!?;:\n“”\"]|(?<=\p{Ll}{3})\.")
_BESIDE = 90
"""Characters on either side of a name that hold its descriptions. Set by hand."""
_NAMES_READ = 6
"""Names of a person that are read with the words beside them: the first ones introduce the person."""
_INDEFINITE = word_list("coreference", "indefinite_determiners")
_CHANGERS = word_list("coreference", "office_changers") - {"former", "ex", "first"}
"""Words that make another office of the one they stand before, and not an earlier one."""


def office_initials(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The person whose office, which the article spells out, has the initials in the phrase: "the AG", "the
    Deputy CM"."""
    *said, last = without_determiner(phrase.span.text).split() or [""]
    if len(said) > 1 or not _LETTERS.fullmatch(last) or phrase.words[0] in _INDEFINITE:
        return None
    before = "".join(word[0] for word in said).lower()
    letters = last.lower()
    found = state.with_initials(before + letters)
    for office in () if before else abbreviated_offices(letters):
        found = found or state.described_as(office)
    return _nearest(found, phrase, state)


def similar_role(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The person whom the text describes with a noun that means the same, or with this noun and other words.

    Every further word of the phrase ("the |Halden| boss") must stand beside the person’s name.
    """
    if phrase.words[:1] != ["the"] or not _CHANGERS.isdisjoint(phrase.words):
        return None
    head, further = phrase.head, _further_words(phrase)
    own = [head] if further and head in words("roles") else []
    if any(not entity.names for entity in state.with_role(head)):
        return None
    found = dict.fromkeys(
        entity for role in (*own, *similar_roles(head)) for entity in state.described_as(role)
    )
    fits = (entity for entity in found if entity.names and state.is_person(entity))
    return _nearest([entity for entity in fits if _stand_beside(further, entity, state)], phrase, state)


def _further_words(phrase: Phrase) -> list[str]:
    """The words of a phrase besides its determiner, its head, and words that say little."""
    passed = words("not_names") | words("epithet_adjectives") | JOINERS | {phrase.head, "head"}
    return [word for word in phrase.words if word not in passed]


def _stand_beside(further: Sequence[str], entity: Entity, state: DiscourseState) -> bool:
    """Whether each of the words, or the place that it expresses, stands beside a name of the entity."""
    if not further:
        return True
    beside = phrase_words(" ".join(_beside(entity, state)))
    places = affiliations_in(beside).places | state.profile(entity).affiliations.places
    return all(word in beside or (affiliations_in([word]).places & places) for word in further)


def _beside(entity: Entity, state: DiscourseState) -> Iterator[str]:
    """The words before the names of an entity, from the last clause or person on, and those of an apposition
    or a prepositional phrase after them, up to the next person."""
    for start in entity.names[:_NAMES_READ]:
        end = state.table.ends[start]
        near = state.table.names_in(start - _BESIDE, end + _BESIDE)
        others = [at for at, e in near if state.is_person(e) and state.profile(e).confirmed]
        begin = max([state.table.ends[at] for at in others if at < start], default=0)
        stop = min([at for at in others if at > start], default=end + _BESIDE)
        yield _CLAUSE_END.split(state.text[max(begin, start - _BESIDE, 0) : end])[-1]
        if after := _AFTER_NAME.match(state.text, end, stop):
            yield after.group()


def _nearest(found: Sequence[Entity], phrase: Phrase, state: DiscourseState) -> Decision | None:
    nearest = min(found, key=lambda entity: state.distance(entity, phrase.span.start), default=None)
    return Decision(nearest) if nearest else None
