"""Which capitalised stretches are names, and where these begin."""

from __future__ import annotations

import pytest

from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.name_gathering import (
    gather_names,
    is_known_place,
    is_people,
    opens_sentence,
    spelled_out,
)
from quoteattr.names import read_name
from quoteattr.parsing.dependency_tree import Sentence
from tests.trees import read_tree


def names_in(text: str, *sentences: Sentence) -> list[str]:
    index = MentionIndex(text, sentences, ())
    return [found.name.text for found in gather_names(text, sentences, index)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reached at home, Ann Lee laughed.", ["Ann Lee"]),
        ("We met Snow. Snow laughed.", ["Snow", "Snow"]),
        ("It was the Foreign Secretary.", []),
        ("It was Foreign Secretary Ann Lee.", ["Ann Lee"]),
        ("We saw Tom and Alice Renwick.", ["Tom Renwick", "Alice Renwick"]),
        ("We read the Supreme Court Ann Lee wrote of.", ["Ann Lee"]),
        ("Utah-born Ann Lee laughed.", ["Ann Lee"]),
        ("We met Julian von Bibra. Mr von Bibra laughed.", ["Julian von Bibra", "von Bibra"]),
        ("Ann Lee left Big Machine Records.", ["Ann Lee", "Big Machine Records"]),
        ("His Highness met Ann Lee.", ["Ann Lee"]),
        ("Maj Gen (retd) Abu Shikder met Ann Lee.", ["Abu Shikder", "Ann Lee"]),
        ("Ann Lee left. Farmers laughed at Ann Lee, farmers wept.", ["Ann Lee", "Ann Lee"]),
        ("Quillplex left. It rained.", ["Quillplex"]),
        ("Yesterday was wet. It rained.", []),
        ("", []),
    ],
)
def test_names_of_a_text(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_a_headline_has_only_names_that_stand_elsewhere() -> None:
    text = "Town Council Backs Bridge Plan of Ann Lee\n\nThe plan of Ann Lee was backed."
    assert names_in(text) == ["Ann Lee", "Ann Lee"]


def test_the_parse_tells_names_from_other_words_that_open_a_sentence() -> None:
    verb = read_tree("Ditto/VERB/0/root the/DET/3/det man/NOUN/1/obj")
    name = read_tree("Ditto/PROPN/2/nsubj left/VERB/0/root")
    assert names_in("Ditto the man", verb) == []
    assert names_in("Ditto left", name) == ["Ditto"]


def test_the_first_of_two_known_surnames_is_cut_off() -> None:
    text = "We met Ann Lee and Bob Lee. Neither Lee came. Every Lee was out."
    assert names_in(text) == ["Ann Lee", "Bob Lee", "Lee", "Lee"]


@pytest.mark.parametrize(
    ("text", "acronym", "name"),
    [
        ("We asked the Road Users Board (RUB) twice.", "RUB", "Road Users Board"),
        ("We asked the Road Users Board. The RUB refused.", "RUB", "Road Users Board"),
    ],
)
def test_acronyms_are_spelled_out(text: str, acronym: str, name: str) -> None:
    found = gather_names(text, (), MentionIndex(text, (), ()))
    assert spelled_out(text, found)[acronym].text == name


def test_initials_of_two_names_stand_for_neither() -> None:
    text = "We asked the Road Users Board and the Rail Unions Board. The RUB refused."
    found = gather_names(text, (), MentionIndex(text, (), ()))
    assert spelled_out(text, found) == {}


@pytest.mark.parametrize("name", ["Russia", "North Carolina"])
def test_known_places(name: str) -> None:
    assert is_known_place(read_name(name))


@pytest.mark.parametrize("name", ["Democrats", "Kent County Republican", "Americans"])
def test_names_of_people_by_origin_or_party(name: str) -> None:
    assert is_people(read_name(name))


@pytest.mark.parametrize("name", ["Ann Lee", "Mr Lee", "Halden Rail"])
def test_other_names(name: str) -> None:
    assert not is_known_place(read_name(name))
    assert not is_people(read_name(name))


def test_a_quotation_opens_a_sentence() -> None:
    text = "He said “Lee left”."
    index = MentionIndex(text, (), ())
    assert [opens_sentence(text, offset, index) for offset in (0, 3, 9)] == [True, False, True]


@pytest.mark.parametrize("text", ["Ann “T--\u0301” Lee said", "Zorp “T--\u0301” Quux left. ZQ met Ann Lee."])
def test_an_accent_of_its_own_in_a_name_raises_nothing(text: str) -> None:
    assert names_in(text)[0].endswith(("Lee", "Quux"))
