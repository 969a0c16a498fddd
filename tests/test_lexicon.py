"""Word lists are clean, and every example holds what it is an example of."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Literal

import pytest

from quoteattr.detection.quotations import find_quotations
from quoteattr.lexicon import (
    alternatives,
    cue_examples,
    cue_kind,
    cue_nouns,
    cue_verbs,
    first_names,
    full_forms,
    organisation_kinds,
    outlet_words,
    roles_of,
    word_list,
    words,
)
from quoteattr.names.outlet_names import is_outlet

DATA = resources.files("quoteattr") / "data"
STAGES = ("detection", "parsing", "attribution", "coreference", "indirect", "names", "dedup")
TABLES = {
    name: tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    for name in ("cues.toml", "persons.toml", "outlets.toml", *(f"{stage}.toml" for stage in STAGES))
    if (DATA / name).is_file()
}
LISTS = [(name, key) for name, table in TABLES.items() for key, entry in table.items() if "words" in entry]
PROVEN = [(name, key) for name, key in LISTS if "example" in TABLES[name][key]]
"""Lists of words with an example, in which one of the words stands, and an example without."""
EXAMPLES = [example for entry in TABLES["outlets.toml"].values() for example in entry.get("examples", ())]


@pytest.mark.parametrize("name", [*TABLES, "first_names.toml"])
def test_every_file_states_its_source(name: str) -> None:
    head = (DATA / name).read_text(encoding="utf-8")[:1000]
    assert head.startswith("#")
    assert "Source" in head


@pytest.mark.parametrize(("name", "key"), PROVEN)
def test_example_holds_a_listed_word_and_the_other_text_none(name: str, key: str) -> None:
    entry = TABLES[name][key]

    def holds(text: str) -> bool:
        words = map(re.escape, entry["words"])
        text = text if entry.get("case_sensitive") else text.casefold()
        return re.search(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", text) is not None

    assert holds(entry["example"])
    assert not holds(entry["without"])


@pytest.mark.parametrize("stage", STAGES)
def test_every_list_of_a_stage_has_an_example(stage: str) -> None:
    assert [key for key, entry in TABLES.get(f"{stage}.toml", {}).items() if "example" not in entry] == []


@pytest.mark.parametrize(("name", "key"), LISTS)
def test_lists_are_in_small_letters(name: str, key: str) -> None:
    listed = TABLES[name][key]["words"]
    assert [word for word in listed if word != word.strip() or not word] == []
    if not TABLES[name][key].get("case_sensitive"):
        assert [word for word in listed if word != word.casefold()] == []


@pytest.mark.parametrize(("name", "key"), LISTS)
def test_nothing_is_listed_twice(name: str, key: str) -> None:
    listed = TABLES[name][key]["words"]
    assert sorted(listed) == sorted(set(listed))


def test_a_verb_is_of_one_class() -> None:
    kinds = [set(TABLES["cues.toml"][kind]) for kind in ("say", "judge", "weak")]
    assert sum(map(len, kinds)) == len(set().union(*kinds)) == len(cue_verbs())


@pytest.mark.parametrize("example", cue_examples().values())
def test_a_cue_s_example_has_one_quotation_and_ann_lee_beside_it(example: str) -> None:
    (quotation,) = find_quotations(example)
    assert "Ann Lee" in example[: quotation.outer.start] + example[quotation.outer.end :]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("Says", "say"),
        ("tweeted", "tweeted"),
        ("argues", "argues"),
        ("quipping", "quipping"),
        ("denied", "denied"),
        ("denies", "denies"),
    ],
)
def test_forms_of_cues_whatever_the_lemma(form: str, lemma: str) -> None:
    assert cue_kind(form, lemma) == "say"


@pytest.mark.parametrize("word", ["ran", "walked", "is", "had", "bridge", "the", "", "s", "ing", "ed"])
def test_other_words_are_no_cues(word: str) -> None:
    assert cue_kind(word, word) is None


def test_cue_nouns_are_no_nouns_for_people() -> None:
    assert cue_nouns() & words("person_nouns") == set()


def test_roles_of_titles_are_roles() -> None:
    short = TABLES["persons.toml"]["title_roles"]
    assert all(roles_of(title) == tuple(roles) and roles for title, roles in short.items())
    assert roles_of("harbourmaster") == ("harbourmaster",)


def test_no_first_name_is_of_both_genders() -> None:
    assert first_names("male") & first_names("female") == set()
    assert words("male_words") & words("female_words") == set()


@pytest.mark.parametrize(
    ("name", "key"),
    [("office_abbreviations", "offices"), ("similar_roles", "nouns"), ("similar_documents", "nouns")],
)
def test_other_words_for_roles_are_in_small_letters_and_listed_once(name: str, key: str) -> None:
    for word, roles in TABLES["coreference.toml"][name][key].items():
        assert [word, *roles] == list(dict.fromkeys(role.casefold() for role in (word, *roles)))


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_of_an_outlet_is_one(example: str) -> None:
    before, _, name = example.rpartition(" ") if example[0].islower() else ("", "", example)
    assert is_outlet(name, before)


def test_a_noun_before_makes_an_outlet() -> None:
    assert all(is_outlet("Bergblick", f"the {noun} ") for noun in outlet_words("nouns"))
    assert not is_outlet("Bergblick", "the ")


def test_short_forms_read_the_same_lists() -> None:
    assert words("roles") is word_list("persons", "roles")
    assert outlet_words("known") is word_list("outlets", "known")


@pytest.mark.parametrize(("file", "name"), [("persons", "no_such_list"), ("no_such_file", "roles")])
def test_unknown_lists(file: str, name: str) -> None:
    with pytest.raises((KeyError, FileNotFoundError)):
        word_list(file, name)


def test_alternatives_match_every_word_of_their_list() -> None:
    pattern = re.compile(alternatives("names", "joiners"), re.VERBOSE)
    assert all(pattern.fullmatch(word) for word in word_list("names", "joiners"))
    assert not pattern.fullmatch("off")


@pytest.mark.parametrize(
    ("name", "short", "full"),
    [
        ("affiliation_words", "gop", "republican"),
        ("state_words", "fla", "florida"),
        ("state_words", "or", "oregon"),
    ],
)
def test_full_forms(name: Literal["affiliation_words", "state_words"], short: str, full: str) -> None:
    assert full_forms(name)[short] == full


def test_kinds_of_organisations() -> None:
    assert organisation_kinds("carrier") == {"company"}
    assert organisation_kinds("smith") == frozenset()
