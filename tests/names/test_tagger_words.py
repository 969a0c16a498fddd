"""How an article is divided for the name tagger, and what the site of each word shows."""

from __future__ import annotations

import pytest

from quoteattr.names.tagger_words import ROWS, article_words, tokenize, word_features


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Ms O’Neill’s U.S. tour.", ["Ms", "O’Neill", "’s", "U.S.", "tour", "."]),
        ("Smith-Jones (34), al-Assad", ["Smith-Jones", "(", "34", ")", ",", "al-Assad"]),
        ("A.\n\n B", ["A", ".", "\n\n ", "B"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in tokenize(text)] == tokens


def test_similar_words_share_features_and_none_is_outside_of_the_table() -> None:
    one, other = set(word_features("Volodymyr")), set(word_features("Volodymyrs"))
    assert one & other
    assert one != other
    assert all(0 <= row < ROWS for row in one | other)


def test_sites() -> None:
    tokens = ["Asking", "Lee", "why", ".", "We", "are", "asking", "Lee", "."]
    rows = article_words(tokens).sites.astype(int).tolist()
    # capital, upper, begins, headline, in small letters elsewhere, with a capital inside a sentence, word
    assert rows[0] == [1, 0, 1, 0, 1, 0, 1]
    assert rows[1] == [1, 0, 0, 0, 0, 1, 1]
    assert rows[3] == [0, 0, 0, 0, 0, 0, 0]


def test_the_line_of_a_headline() -> None:
    tokens = ["Mayor", "Tells", "Council", "Members", "Why", "\n", "The", "mayor", "spoke", "again", "today"]
    assert [row[3] for row in article_words(tokens).sites.tolist()] == [True] * 6 + [False] * 5


def test_groups_are_the_same_word_with_a_capital() -> None:
    words = article_words(["LEE", "and", "Lee", "and", "Day"])
    assert words.groups[0] == words.groups[2] != words.groups[4]
    assert words.groups[1] == -1
