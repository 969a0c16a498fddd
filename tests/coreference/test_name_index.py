"""Names by their words."""

from __future__ import annotations

from quoteattr.coreference.entity import Entity, Profile
from quoteattr.coreference.name_index import NameIndex
from quoteattr.names import read_name


def named(name: str, first: int, full_names: int = 1) -> Entity:
    key = read_name(name)
    return Entity(key, Profile("person", name), first, (first,), full_names)


ANN, BOB, DAY = named("Ann Lee", 0), named("Bob Lee", 50, 3), named("Tom Day", 90)


def index() -> NameIndex[Entity]:
    made: NameIndex[Entity] = NameIndex()
    for entity in (ANN, BOB, DAY):
        made.add(entity)
    return made


def test_same_words() -> None:
    assert index().same_words(("ann", "lee")) == [ANN]
    assert list(index().same_words(("lee",))) == []


def test_a_surname_may_be_that_of_several() -> None:
    assert index().similar(read_name("Lee"), 60) == [ANN, BOB]
    assert index().similar(read_name("Carl Lee"), 60) == [ANN, BOB]


def test_the_entity_most_often_named_in_full_is_the_best_match() -> None:
    assert index().best_match(read_name("Mr Lee"), 60) is BOB
    assert index().best_match(read_name("Ms Lee"), 60) is ANN


def test_no_match() -> None:
    assert index().best_match(read_name("Hale"), 60) is None
    assert index().best_match(read_name(""), 60) is None
