"""What titles, appositions and clauses call the bearers of names."""

from __future__ import annotations

import pytest

from quoteattr.coreference.descriptions import (
    DescriptionIndex,
    apposed_descriptions,
    clause_descriptions,
    organisation_noun_before,
    role_after,
    same_offices,
    title_descriptions,
)
from quoteattr.coreference.entity import Entity, Profile, describe
from quoteattr.coreference.name_gathering import FoundName
from quoteattr.names import read_name
from quoteattr.parsing.dependency_tree import Sentence
from quoteattr.schema import Span
from tests.trees import read_tree


def titles(text: str, name: str, *, person: bool = True) -> list[str]:
    start = text.index(name)
    found = FoundName(Span.of(text, start, start + len(name)), read_name(name))
    return [" ".join(d.words) for d in title_descriptions(text, found, person=person)]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("It was Foreign Secretary Ann Lee.", "Foreign Secretary Ann Lee", ["foreign secretary"]),
        ("It was Detective Sgt. Ann Lane.", "Detective Sgt. Ann Lane", ["detective sgt", "detective"]),
        ("It was keeper Sven Aldiss.", "Sven Aldiss", ["keeper"]),
        ("It was her German counterpart, Kurt Weiss.", "Kurt Weiss", ["german counterpart"]),
        ("It was her German counterpart, Kurt Weiss left", "Kurt Weiss", []),
        ("It was quick Sven Aldiss.", "Sven Aldiss", []),
    ],
)
def test_titles_and_phrases_before_a_name(text: str, name: str, found: list[str]) -> None:
    assert titles(text, name) == found


def test_only_people_are_described_before_their_names() -> None:
    assert titles("It was keeper Aviso.", "Aviso", person=False) == []


@pytest.mark.parametrize(
    ("after", "role"),
    [
        (", the foreign secretary, left", ["foreign", "secretary"]),
        (", 28, a baker, left", ["baker"]),
        (", who has been health secretary since May", ["health", "secretary"]),
        (" left", []),
        (", chief executive of Halden, left.", ["chief", "executive"]),
        (", Head of Research at Halden, left.", ["head"]),
        (", Prime Minister of India, left.", []),
        (", Prime Minister of the Republic of India, left.", []),
        (", the Mayor of London, left.", ["mayor"]),
        (", her brother, left.", []),
    ],
)
def test_roles_after_a_name(after: str, role: list[str]) -> None:
    assert role_after(f"Ann Lee{after}", len("Ann Lee")) == role


@pytest.mark.parametrize(
    ("text", "person", "found"),
    [
        ("Ann Lee, the mayor, left.", True, ["mayor"]),
        ("Ann Lee, a bridge, left.", True, []),
        ("Aviso, a French insurer, left.", False, ["french insurer"]),
        ("Aviso, the mayor, left.", False, []),
    ],
)
def test_appositions(text: str, person: bool, found: list[str]) -> None:
    end = text.index(",")
    assert [" ".join(d.words) for d in apposed_descriptions(text, 0, end, person=person)] == found


def test_a_noun_describes_the_organisation_after_it() -> None:
    text = "They rang the charity Shelterline."
    start = text.index("Shelterline")
    assert organisation_noun_before(text, start) == "charity"
    assert organisation_noun_before("Then Shelterline", 5) == ""
    assert [d.head for d in apposed_descriptions(text, start, start + 11, person=False)] == ["charity"]


@pytest.mark.parametrize(
    "tree",
    [
        read_tree("Lee/PROPN/4/nsubj is/AUX/4/cop the/DET/4/det mayor/NOUN/0/root"),
        read_tree("Lee/PROPN/5/nsubj ,/PUNCT/4/punct the/DET/4/det mayor/NOUN/1/appos left/VERB/0/root"),
        read_tree("Lee/PROPN/2/appos mayor/NOUN/3/nsubj left/VERB/0/root"),
    ],
    ids=["clause", "apposition", "inverted apposition"],
)
def test_clauses(tree: Sentence) -> None:
    assert [(start, d.head) for start, d in clause_descriptions([tree], {0})] == [(0, "mayor")]
    assert list(clause_descriptions([tree], ())) == []


def test_things_describe_nobody() -> None:
    tree = read_tree("Lee/PROPN/4/nsubj is/AUX/4/cop the/DET/4/det letter/NOUN/0/root")
    assert list(clause_descriptions([tree], {0})) == []


def test_words_that_make_another_office_are_kept() -> None:
    assert list(same_offices("the uk foreign secretary")) == [
        "uk foreign secretary",
        "foreign secretary",
        "secretary",
    ]
    assert list(same_offices("deputy mayor")) == []


ANN, BOB = (Entity(read_name(name), Profile("person", name)) for name in ("Ann Lee", "Bob Hale"))


@pytest.fixture
def index() -> DescriptionIndex:
    made = DescriptionIndex()
    made.add(ANN, describe(["foreign", "secretary"]))
    made.add(BOB, describe(["shadow", "foreign", "secretary"]))
    made.add(BOB, describe(["ms"]))
    return made


def found(index: DescriptionIndex, phrase: str) -> list[Entity]:
    return [entity for group in index.described_as(phrase) for entity in group]


def test_entities_are_found_by_phrase(index: DescriptionIndex) -> None:
    assert found(index, "foreign secretary") == [ANN]
    assert found(index, "shadow foreign secretary") == [BOB]


def test_entities_are_found_by_the_same_office(index: DescriptionIndex) -> None:
    assert found(index, "uk foreign secretary") == [ANN]
    assert found(index, "secretary") == [ANN]


def test_entities_are_found_by_role(index: DescriptionIndex) -> None:
    assert [list(group) for group in index.with_role("secretary")] == [[ANN, BOB]]
    assert index.with_role("ms") == index.with_role("mayor") == []


def test_what_follows_the_head_is_left_out_except_in_titles() -> None:
    index = DescriptionIndex()
    index.add(ANN, describe(["secretary", "of", "state"], title=True))
    index.add(BOB, describe(["spokesman", "for", "the", "mayor"]))
    assert found(index, "secretary of state") == [ANN]
    assert found(index, "spokesman") == [BOB]
