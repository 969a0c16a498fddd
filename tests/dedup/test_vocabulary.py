"""Tokens as characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteattr.dedup import normalize
from quoteattr.dedup.vocabulary import GAP_CHAR, SURROGATES, TEXT_BOUND, Vocabulary
from tests.dedup.test_normalize import PIECES


def test_a_token_has_one_character() -> None:
    vocabulary = Vocabulary()
    one, other = vocabulary.encode_texts(["The ferry sails", "sails the FERRY"])
    assert (len(one), sorted(one)) == (3, sorted(other))
    assert [vocabulary.token(char) for char in one] == ["the", "ferry", "sails"]


def test_numbers_and_negations_are_marked() -> None:
    vocabulary = Vocabulary()
    five, boats, never = list(vocabulary.encode(["5", "boats", "never"]))
    assert vocabulary.number_chars == {five}
    assert {five, never} <= vocabulary.number_and_negation_chars
    assert boats not in vocabulary.number_and_negation_chars


def test_content_words_are_counted_once() -> None:
    vocabulary = Vocabulary()
    string = vocabulary.encode(["the", "boats", "and", "boats", "…", "sail"])
    assert vocabulary.count_content(string) == 2
    assert [vocabulary.token(char) for char in vocabulary.content_of(string)] == ["boats", "boats", "sail"]
    assert [column.tolist() for column in vocabulary.count_words([string])] == [[5], [2]]


def test_alphabetic_order() -> None:
    vocabulary = Vocabulary()
    zebra, apple = vocabulary.encode_texts(["zebra", "apple"])
    assert zebra < apple
    table = vocabulary.alphabetic()
    assert zebra.translate(table) > apple.translate(table)


def test_more_tokens_than_characters_below_the_surrogates() -> None:
    vocabulary = Vocabulary()
    vocabulary.tokens.extend(["x"] * (SURROGATES.start - len(vocabulary.tokens)))
    char = vocabulary.encode(["first"])
    assert ord(char) == SURROGATES.stop
    assert vocabulary.token(char) == "first"


def test_more_tokens_than_characters() -> None:
    vocabulary = Vocabulary()
    vocabulary.tokens.extend([""] * (0x110000 - len(vocabulary.tokens)))
    char = vocabulary.encode(["first"])
    assert vocabulary.encode(["first"]) == char
    assert vocabulary.last_function_char < char


@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=4))
def test_texts_together_are_read_as_one_by_one(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    strings = [vocabulary.encode_all(normalize.normalized_tokens(text)) for text in texts]
    assert vocabulary.encode_texts(texts) == strings
    if strings:
        assert vocabulary.contents_of(strings) == list(map(vocabulary.content_of, strings))


def test_the_bound_between_texts_may_occur_in_them() -> None:
    vocabulary = Vocabulary()
    one, other = vocabulary.encode_texts([f"the ferry{TEXT_BOUND}sails", "…"])
    assert (len(one), other) == (3, GAP_CHAR)
