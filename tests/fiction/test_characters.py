"""Names in fiction: which forms belong to one character, and what the character is called."""

from __future__ import annotations

import pytest

from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.name_gathering import gather_names
from quoteattr.fiction.character_table import build_character_table
from quoteattr.fiction.characters import CharacterTable, Form, read_form

FAMILY = """
Mr. Bennet was at home. Mrs. Bennet was not. Elizabeth Bennet read a letter, and Jane Bennet sang.
Elizabeth laughed. They saw Lizzy, and Lizzy was merry.
Miss Elizabeth Bennet danced. Miss Lydia Bennet slept. Miss Bennet was the eldest.
Mr. Darcy came. Darcy bowed. Jane was glad. Mrs. Bennet came back, and Elizabeth went out with Jane.
"""


def table_of(text: str, given: tuple[tuple[str, ...], ...] = ()) -> CharacterTable:
    """The characters of a text without a parse."""
    found = gather_names(text, (), MentionIndex(text, (), ()))
    return build_character_table(text, found, (), given)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Mr. Bennet", Form(("mr",), ("bennet",))),
        ("Dear Miss Elizabeth Bennet’s", Form(("dear", "miss"), ("elizabeth", "bennet"))),
        ("the Captain", Form(("captain",), ())),
        ("Lady Catherine de Bourgh", Form(("lady",), ("catherine", "de", "bourgh"))),
    ],
)
def test_a_form_is_titles_and_words(name: str, form: Form) -> None:
    assert read_form(name) == form


def test_husband_and_wife_are_two() -> None:
    table = table_of(FAMILY)
    husband, wife = table.sites[0].character, table.sites[1].character
    assert (husband.name, wife.name) == ("Mr. Bennet", "Mrs. Bennet")
    assert (husband.gender, wife.gender) == ("male", "female")


def test_first_name_nickname_and_full_name_are_one() -> None:
    found = table_of(FAMILY).find("Elizabeth")
    assert found is not None
    assert {"Elizabeth", "Lizzy", "Elizabeth Bennet", "Miss Elizabeth Bennet"} <= set(found.forms)


def test_the_eldest_is_miss_with_the_surname() -> None:
    found = table_of(FAMILY).find("Jane")
    assert found is not None
    assert "Miss Bennet" in found.forms


def test_a_bare_surname_is_the_man_s() -> None:
    table = table_of("Mrs. Hall came. Mr. Hall went. Hall coughed. Mrs. Hall sat. Mrs. Hall sighed.")
    assert table.sites[2].character.name == "Mr. Hall"


def test_a_common_word_before_a_name_is_no_part_of_it() -> None:
    table = table_of("Elizabeth sat down. Jane saw Elizabeth. Till Elizabeth spoke, it was quiet.")
    assert {character.name for character in table.characters} == {"Elizabeth", "Jane"}


def test_a_rare_full_name_is_an_alias() -> None:
    text = "Elizabeth sat down. " * 40 + "This was Elizabeth Bennet."
    (character,) = table_of(text).characters
    assert (character.name, set(character.forms)) == ("Elizabeth", {"Elizabeth", "Elizabeth Bennet"})


def test_given_forms_belong_to_the_given_name() -> None:
    table = table_of(
        "They saw Pip there. They saw Joe there.", (("Philip Pirrip", "Pip"), ("Joseph Gargery", "Joe"))
    )
    assert [site.character.name for site in table.sites] == ["Philip Pirrip", "Joseph Gargery"]


def test_pronouns_show_the_gender() -> None:
    table = table_of("Marilla took off her hat. Marilla said that she was tired. Then Marilla shut her book.")
    assert table.characters[0].gender == "female"
