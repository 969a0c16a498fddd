"""Unnamed speakers: the last sieve, for noun phrases that no other sieve resolves."""

from __future__ import annotations

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import Entity, Profile, describe
from quoteattr.coreference.nouns import (
    Phrase,
    is_human,
    is_plural,
    phrase_words,
    without_determiner,
)
from quoteattr.coreference.sieve import Decision
from quoteattr.layout import has_letter
from quoteattr.lexicon import words
from quoteattr.names import Name
from quoteattr.schema import SpeakerKind

_ALWAYS_NEW = (["another"], ["one"])
"""First words of phrases that always introduce a new person."""


def unnamed_speaker(phrase: Phrase, state: DiscourseState) -> Decision:
    """An unnamed speaker. A repeated noun phrase refers to the same speaker, unless it begins with "another"
    or "one". A phrase without letters refers to nobody."""
    name, head = without_determiner(phrase.span.text), phrase.head
    if not has_letter(name):
        return Decision(None)
    organisation = head in words("organisation_words") or head in words("organisation_nouns")
    kind: SpeakerKind = "organisation" if organisation and not is_human(head) else "unnamed"
    known = state.unnamed(kind, name)
    if known is not None and phrase.words[:1] not in _ALWAYS_NEW:
        return Decision(known)
    plural = is_plural(head) or head in words("pair_nouns")
    new = Entity(Name(name, tuple(phrase.words), ()), Profile(kind, name, (name,)), plural=plural)
    return Decision(new, (Fact(new, describe(phrase_words(name) or phrase.words)),))


def only_unnamed(noun: str, state: DiscourseState) -> Entity | None:
    """The unnamed speaker whom the text describes with a noun, if there is exactly one."""
    found = [e for e in state.with_role(noun) if not e.names and state.profile(e).kind == "unnamed"]
    return found[0] if len(found) == 1 else None
