"""Which body "the carrier", "the charity" or *it* means: by what the text calls bodies, by the words of their
names, and by how lately they were mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoteattr.coreference.discourse_state import Memory
from quoteattr.coreference.entity_table import Entity, is_known_place, is_people
from quoteattr.coreference.mention_index import Place
from quoteattr.coreference.salience import recency
from quoteattr.lexicon import body_kinds, words

_NEAR = 3
"""Sentences back in which "the company" finds a name that does not say that it is one."""

_KIND = 0.4
"""What it is worth that a body is of the kind; as much as a sentence."""
_CALLED = 1.0
"""What it is worth that it is called so itself."""


def body_called(phrase: Sequence[str], place: Place, memory: Memory) -> Entity | None:
    """The body with a name that the words mean; None if none was mentioned that may be called so.

    One word may tell its kind; several must stand in its name: "the budget office".
    """
    noun, scores = phrase[-1], dict[Entity, float]()
    kinds = body_kinds(noun) if len(phrase) == 1 else frozenset[str]()
    for entity in memory.latest():
        if not entity.names or not (entity.kind == "organisation" or entity.may_be_body):
            continue
        near = place.sentence - memory.heard(entity)[-1].sentence <= _NEAR
        called, theirs = set(_calling(entity)), kinds_of(entity)
        if called.issuperset(phrase) or (kinds & theirs):
            scores[entity] = _salience(entity, place, memory) + (_CALLED if noun in called else _KIND)
        elif near and kinds and not theirs and not _is_place(entity):
            scores[entity] = _salience(entity, place, memory) - 2.0 * entity.may_be_body
    found = max(scores, key=scores.__getitem__, default=None)
    if found is not None:
        found.kind = "organisation"
    return found


def body_meant(place: Place, memory: Memory, *, several: bool) -> Entity | None:
    """The body, thing or, for *they*, group of people that is most salient; None if none was mentioned."""
    fits = [e for e in memory.latest() if (_may_be_they(e) if several else not (e.human or e.plural))]
    found = max(fits, key=lambda e: _pronoun_salience(e, place, memory, several), default=None)
    return found or (None if several else _bare(memory))


def kinds_of(entity: Entity) -> frozenset[str]:
    """What kinds of body it is, as far as the text or its name tells."""
    return frozenset(kind for word in _calling(entity) for kind in body_kinds(word))


def _calling(entity: Entity) -> Iterator[str]:
    yield from entity.roles
    if len(entity.key.words) > 1:
        yield from entity.key.words


def _bare(memory: Memory) -> Entity | None:
    """The last single word that may be a body's name: what is called *it* is no person."""
    entity = next((e for e in memory.latest() if e.may_be_body), None)
    if entity is not None:
        entity.kind = "organisation"
    return entity


def _may_be_they(entity: Entity) -> bool:
    return entity.plural or (entity.kind != "person" and not (entity.names and is_known_place(entity.key)))


def _is_place(entity: Entity) -> bool:
    """Whether it is a place or people by where they come from: "Kent", "the Americans"."""
    place_or_people = is_known_place(entity.key) or is_people(entity.key)
    return place_or_people or entity.key.last in words("thing_words")


def _pronoun_salience(entity: Entity, place: Place, memory: Memory, several: bool) -> float:
    """As for people; a place is seldom meant, and only if it speaks."""
    score = _salience(entity, place, memory) + 0.3 * (entity is memory.spoke)
    if several:
        people = bool(entity.names) and entity.key.last.endswith("s") and is_people(entity.key)
        return score + 0.5 * entity.plural + 0.3 * people
    return score - 0.4 * (bool(entity.names) and _is_place(entity))


def _salience(entity: Entity, place: Place, memory: Memory) -> float:
    return max(recency(place, earlier) for earlier in memory.heard(entity))
