"""The words and the head of noun phrases."""

from __future__ import annotations

import pytest

from quoteattr.coreference.nouns import (
    Phrase,
    gender_of_noun,
    head_noun,
    is_human,
    is_plural,
    is_thing,
    phrase_words,
    without_determiner,
)
from quoteattr.schema import Span


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("the foreign secretary", "secretary"),
        ("a spokesman for the mayor", "spokesman"),
        ("of", "of"),
        ("the man who knew", "man"),
        ("a letter signed by doctors", "letter"),
        ("a circular passing this rule", "circular"),
        ("", ""),
    ],
)
def test_the_head_stands_before_what_follows_it(phrase: str, head: str) -> None:
    assert head_noun(phrase.split()) == head


@pytest.mark.parametrize(
    ("phrase", "rest"),
    [
        ("the mayor", "mayor"),
        ("Another official", "official"),
        ("another of them", "another of them"),
        ("those near Lee", "those near Lee"),
        ("their boss", "boss"),
        ("mayor", "mayor"),
        ("theatre", "theatre"),
    ],
)
def test_a_determiner_is_left_out(phrase: str, rest: str) -> None:
    assert without_determiner(phrase) == rest


def test_words_are_in_small_letters_without_punctuation() -> None:
    assert phrase_words("“The Vice-President’s aide, 28,”") == ["the", "vice-president’s", "aide", "28"]


@pytest.mark.parametrize("noun", ["mayor", "announcer", "strategist", "fireman", "guard"])
def test_nouns_for_people(noun: str) -> None:
    assert is_human(noun)
    assert not is_thing(noun)


@pytest.mark.parametrize("noun", ["letter", "council", "weather", "newspaper", "or", ""])
def test_other_nouns(noun: str) -> None:
    assert not is_human(noun)


def test_several_people() -> None:
    assert [noun for noun in ("officials", "boss", "letters", "mayor") if is_plural(noun)] == ["officials"]


def test_gender_of_nouns() -> None:
    assert [gender_of_noun(noun) for noun in ("actress", "spokesman", "mayor")] == ["female", "male", None]


def test_a_phrase_without_words_has_no_head() -> None:
    phrase = Phrase.of(Span(0, 3, "———"))
    assert (phrase.words, phrase.head) == ([], "")


@pytest.mark.parametrize(
    ("text", "names", "core", "head", "has_noun"),
    [
        ("a spokesman for Ann Lee", ["Ann Lee"], "a spokesman", "spokesman", True),
        ("the Bank of Hale’s critics", ["Bank of Hale"], "the Bank of Hale’s critics", "critics", True),
        ("Ann Lee of Bath", ["Ann Lee", "Bath"], "Ann Lee", "lee", False),
        ("Tom Day’s lawyer Ann Lee", ["Tom Day", "Ann Lee"], "Tom Day’s lawyer Ann Lee", "lee", False),
        ("a source close to Lee", ["Lee"], "a source", "source", True),
        ("people around Lee", ["Lee"], "people", "people", True),
        ("the doctor treating Lee", ["Lee"], "the doctor", "doctor", True),
        ("the visiting Lee", ["Lee"], "the visiting Lee", "lee", False),
        ("a Proxy for Lee", ["Proxy", "Lee"], "a Proxy", "proxy", True),
        ("the Kremlin in Moscow", ["Kremlin", "Moscow"], "the Kremlin", "kremlin", False),
        ("a Liberal MP", ["Liberal MP"], "a Liberal MP", "mp", True),
        ("the Liberal MP", ["Liberal MP"], "the Liberal MP", "mp", False),
        ("a spokesman", [], "a spokesman", "spokesman", False),
    ],
)
def test_a_phrase_is_read_by_its_head(
    text: str, names: list[str], core: str, head: str, has_noun: bool
) -> None:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    phrase = Phrase.of(Span(0, len(text), text), spans)
    assert (phrase.core.text, phrase.head, phrase.has_noun) == (core, head, has_noun)
