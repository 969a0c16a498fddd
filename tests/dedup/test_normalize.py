"""Normalized tokens, and where they are in the text."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.dedup import normalize
from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.lexicon import DATA
from tests.strategies import any_characters

LEXICON: dict[str, Any] = tomllib.loads((DATA / "dedup.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Don’t, don't, don´t", "do not do not do not"),
        ("She’s the mayor’s friend", "she is the mayors friend"),
        ("Calderón, CALDERON and Caldero\N{COMBINING ACUTE ACCENT}n", "calderon calderon and calderon"),
        ("so\N{SOFT HYPHEN}cial", "social"),
        ("colour and color, organise and organize", "color and color organise and organise"),
        ("travelled and traveled, analyse and analyze", "traveled and traveled analyse and analyse"),
        ("20%, twenty per cent and 20 percent", "20 percent 20 percent and 20 percent"),
        ("100,000 and 3.5m", "100000 and 3.5 million"),
        ("one ferry, two boats", "one ferry 2 boats"),
        ("We … left", "we … left"),
        ("We ... left . . . then (…) back", "we … left … then … back"),
        ("He [Trump] said [sic] so", "he … said so"),
        ("“?!” —", ""),
        ("I do n't, ca n’t and n't", "i do not ca not and not"),
        ("go \N{MODIFIER LETTER APOSTROPHE} a \N{HALFWIDTH KATAKANA VOICED SOUND MARK} home", "go a home"),
        ("5\N{SUPERSCRIPT TWO}kb and x\N{SUPERSCRIPT TWO}m", "5 2kb and x2m"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert normalized_tokens(text) == tokens.split()


def test_a_long_bracket_is_not_an_insert() -> None:
    inside = "the harbour office " * 7
    assert len(inside) > normalize.LONGEST_INSERT
    assert normalize.GAP not in normalized_tokens(f"We [{inside}] left")


@pytest.mark.parametrize("name", [name for name, table in LEXICON.items() if "pairs" in table])
def test_a_table_of_pairs_proves_itself(name: str) -> None:
    table = LEXICON[name]
    assert normalized_tokens(table["example"]) == table["tokens"]
    assert all(word == word.casefold() for word in table["pairs"])


@pytest.mark.parametrize("word", [*normalize.FUNCTION_WORDS, *normalize.NEGATIONS])
def test_listed_words_are_normalized(word: str) -> None:
    assert normalized_tokens(word) == [word]


def test_negations_are_function_words_or_content_words_but_always_one_token() -> None:
    assert {"not", "no"} <= normalize.FUNCTION_WORDS & normalize.NEGATIONS


def test_content_words() -> None:
    assert normalize.content_words(["we", "will", "…", "sail"]) == {"sail"}
    assert normalize.content_words_of_text("We will [all] sail per cent, per\nboat") == {
        "sail",
        "percent",
        "per",
        "boat",
    }


PIECES = st.sampled_from(
    [
        *("per", "cent", "Per", "per cent", "super", "20per", "20%", "5m", "3.5", "centimetre"),
        *(" ", "  ", "\n", "\N{NO-BREAK SPACE}", ".", " . .", "..", "…", "[", "]", "(", ")", ",", "-", "_"),
        *("won’t", "it´s", "'", "’", "Zoë", "e\N{COMBINING ACUTE ACCENT}", "\N{SOFT HYPHEN}", "[sic]"),
        *("organised", "\N{WORD JOINER}"),
        *(
            "n't",
            "\N{MODIFIER LETTER APOSTROPHE}",
            "\N{HALFWIDTH KATAKANA SEMI-VOICED SOUND MARK}",
            "²",
            "kb",
        ),
    ]
)
"""Pieces of texts in which a token may contain a blank, or nothing."""


@given(st.lists(PIECES | any_characters(), max_size=12).map("".join))
def test_chunks_make_no_difference(text: str) -> None:
    matches = [
        (token, match.span())
        for match in normalize.TOKEN.finditer(text)
        for token in normalize.normalize_token(match.group())
    ]
    assert all(token == "".join(token.split()) != "" for token, _ in matches)
    assert normalized_tokens(text) == [token for token, _ in matches]
    assert normalize.token_offsets(text) == [span for _, span in matches]
    assert normalize.content_words_of_text(text) == normalize.content_words(normalized_tokens(text))
