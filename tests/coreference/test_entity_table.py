"""The table of entities: which names are one entity, and what is known of each."""

from __future__ import annotations

import pytest

from quoteattr.coreference.entity_table import distance
from quoteattr.names import read_name
from tests.coreference.articles import entity, table_of


def names_of(text: str) -> list[str]:
    table = table_of(text)
    return [table.at[start].profile.name for start in table.starts]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr Lee left. Later Tom Lee, the mayor, was ill.", ["Tom Lee", "Tom Lee"]),
        (
            "Much was said of Bill Clinton and of Hillary Clinton. Later it was Mr Clinton who left.",
            ["Bill Clinton", "Hillary Clinton", "Bill Clinton"],
        ),
        (
            "We met Ann Lee. Later Sir Brian May sang, and Sir Brian left.",
            ["Ann Lee", "Brian May", "Brian May"],
        ),
        (
            "We know of Brightwell Holdings. It is said that Brightwell sold.",
            ["Brightwell Holdings", "Brightwell Holdings"],
        ),
        ("We asked the Road Users Board. The RUB refused.", ["Road Users Board", "Road Users Board"]),
    ],
)
def test_names_are_joined(text: str, names: list[str]) -> None:
    assert names_of(text) == names


def test_a_surname_means_the_one_named_in_full_right_before() -> None:
    text = "We met Ann Lee. Rain fell. Then Bob Lee came. It is Lee who won."
    assert names_of(text) == ["Ann Lee", "Bob Lee", "Bob Lee"]


def test_forms_and_offsets() -> None:
    table = table_of("Then Tom Lee left. Then Mr Lee came.")
    [lee] = table.people
    assert lee.profile.forms == ("Tom Lee", "Lee")
    assert lee.names == (5, 24)
    assert (lee.first, lee.full_names) == (5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "They rang its insurer, Aviso, twice.",
        "They rang Aviso, a French insurer, twice.",
        "They rang Aviso, which refused.",
        "Then the Aviso denied it.",
        "They live in Aviso now.",
        "It is Aviso, Ohio, they said.",
    ],
)
def test_the_text_around_shows_that_a_name_is_no_person(text: str) -> None:
    assert entity(table_of(text), "Aviso").profile.kind == "organisation"


@pytest.mark.parametrize(
    "text", ["They rang Brock twice.", "Then the Brock campaign refused.", "In May Mr Brock was in Brock."]
)
def test_otherwise_it_is_one(text: str) -> None:
    assert entity(table_of(text), "Brock").profile.kind == "person"


def test_the_name_tagger_shows_that_a_name_is_no_person() -> None:
    text = "He flew to Kisumu and from Kisumu to Nairobi. Then Kisumu refused."
    assert entity(table_of(text), "Kisumu").profile.kind == "organisation"
    text = "He flew to Kisumu and from Kisumu to Nairobi. Then Kisumu, a baker, refused."
    assert entity(table_of(text), "Kisumu").profile.kind == "person"
    text = "Mr Kisumu flew home. Then Kisumu refused."
    assert entity(table_of(text), "Kisumu").profile.kind == "person"


def test_what_a_name_and_its_surroundings_show() -> None:
    table = table_of("Then Sen. Ann Lee (R-Texas), 61, came. With Gov. Day, 52, she left.")
    lee, day = table.people
    assert lee.profile.gender == "female"
    assert lee.profile.confirmed
    assert "senator" in lee.profile.roles
    assert lee.profile.affiliations.parties == {"republican"}
    assert day.profile.roles == {"governor"}
    assert table.aged == {"52": [day]}


def test_a_first_name_alone_is_a_woman_s() -> None:
    table = table_of("They met Melanie. They met Grant.")
    assert [e.profile.gender for e in table.people] == ["female", None]


def test_names_in_a_stretch() -> None:
    text = "Then Sir Brian May met Ann Lee."
    table = table_of(text)
    brian, lee = table.people
    assert table.names_in(9, 14) == [(5, brian)]
    assert table.names_in(0, len(text)) == [(5, brian), (23, lee)]
    assert table.names_in(0, 5) == []


def test_next_names() -> None:
    table = table_of("Then Ann Lee met Tom Day.")
    assert table.starts_after(5) == [17]


def test_a_compatible_name_is_found() -> None:
    table = table_of("Then Ann Lee met Tom Day.")
    assert table.find(read_name("Ms Lee"), 0) is table.people[0]
    assert table.find(read_name("Hale"), 0) is None


def test_distance() -> None:
    [lee] = table_of("Then Ann Lee left.").people
    assert distance(lee, 25) == 20
    assert distance(lee, 2) == 3000


def test_an_empty_article_has_no_entities() -> None:
    table = table_of("")
    assert not table.people
    assert table.names_in(0, 0) == []
