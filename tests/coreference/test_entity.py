"""Entities and their profiles."""

from __future__ import annotations

import attrs
import pytest

from quoteattr.coreference.entity import Entity, Profile, describe, may_be_organisation, with_description
from quoteattr.names import read_name

TOYOTA = Entity(read_name("Toyota"), Profile("person", "Toyota"))


def test_entities_are_compared_by_identity() -> None:
    twin = Entity(TOYOTA.key, TOYOTA.profile)
    assert twin != TOYOTA
    assert len({twin, TOYOTA}) == 2


def test_entities_are_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        TOYOTA.age = "28"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("profile", "human"),
    [
        (Profile("person", "Ann Lee"), True),
        (Profile("organisation", "Aviso"), False),
        (Profile("unnamed", "porter", roles=frozenset({"porter"})), True),
        (Profile("unnamed", "letter", roles=frozenset({"letter"})), False),
    ],
)
def test_who_is_human(profile: Profile, human: bool) -> None:
    assert profile.is_human is human


def test_a_description_adds_to_the_profile() -> None:
    before = Profile("person", "Ann Lee")
    after = with_description(before, describe(["german", "actress"]))
    assert after == attrs.evolve(
        before,
        gender="female",
        confirmed=True,
        roles=frozenset({"actress"}),
        affiliations=after.affiliations,
    )
    assert after.affiliations.places == {"germ"}
    assert before == Profile("person", "Ann Lee")


def test_a_known_gender_stands() -> None:
    known = Profile("person", "Ann Lee", gender="male")
    assert with_description(known, describe(["actress"])).gender == "male"


def test_a_courtesy_title_shows_only_a_gender() -> None:
    assert with_description(Profile("person", "Lee"), describe(["ms"])) == Profile(
        "person", "Lee", gender="female"
    )


def test_an_abbreviated_title_stands_for_its_role() -> None:
    assert with_description(Profile("person", "Lee"), describe(["gov"])).roles == {"governor"}


@pytest.mark.parametrize(
    "changes",
    [{"kind": "organisation"}, {"gender": "male"}, {"roles": frozenset({"mayor"})}],
    ids=["organisation", "gender", "role"],
)
def test_what_shows_that_a_word_is_no_doubtful_name(changes: dict[str, object]) -> None:
    assert may_be_organisation(TOYOTA, TOYOTA.profile)
    assert not may_be_organisation(TOYOTA, attrs.evolve(TOYOTA.profile, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Ann Lee", "Mary"])
def test_full_names_and_first_names_are_those_of_people(name: str) -> None:
    assert not may_be_organisation(Entity(read_name(name), Profile("person", name)), Profile("person", name))
