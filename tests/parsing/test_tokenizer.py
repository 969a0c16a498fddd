"""Words and sentences by rule."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.parsing.tokenizer import split_sentences


def words(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in sentence] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", "do n't"),
        ("Won’t", "Wo n’t"),
        ("can't", "ca n't"),
        ("cannot", "can not"),
        ("gonna", "gon na"),
        ("Ann's", "Ann 's"),
        ("ANN’S", "ANN ’S"),
        ("they're", "they 're"),
        ("she'd've", "she 'd 've"),
        ("workers' pay", "workers ' pay"),
        ("O'Brien's", "O'Brien 's"),
        ("the '90s", "the '90s"),
        ("tell 'em", "tell 'em"),
        ("long-term", "long - term"),
        ("co-founder", "co-founder"),
        ("Wai-ching", "Wai - ching"),
        ("$5.5m", "$ 5.5 m"),
        ("5pm", "5 pm"),
        ("1,000.5 and 5th", "1,000.5 and 5th"),
        ("the 1980s", "the 1980s"),
        ("10%", "10 %"),
        ("2016-17", "2016 - 17"),
        ("AT&T", "AT&T"),
        ("at 5 p.m. on", "at 5 p.m. on"),
        ("the U.S.-led", "the U.S. - led"),
        ("J. Smith", "J. Smith"),
        ("Sen. Lee", "Sen. Lee"),
        ("No. 10", "No. 10"),
        ("No.", "No ."),
        ("Jan. 5", "Jan. 5"),
        ("“It works,” he", "“ It works , ” he"),
        ("wait... what?!", "wait ... what ?!"),
        ("a -- b", "a -- b"),
        ("(see www.example.org/a,b).", "( see www.example.org/a,b ) ."),
        ("ann@example.org,", "ann@example.org ,"),
        ("#this @annlee", "#this @annlee"),
        ("café naïve", "café naïve"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert [word for sentence in words(text) for word in sentence] == expected.split()


@pytest.mark.parametrize(
    "text",
    [
        "He left. |She stayed.",
        "“It works.” |She stayed.",
        "He said: “It works.” |“It works,” she said.",
        "“It works!” he said. |5 people left.",
        "Sen. Bob Corker left on Jan. 5 at 5 p.m. with J. D. Lee of Calif. and Lee Inc. staff.",
        "He went to the U.S. |The rest stayed.",
        "He went to the U.S. Senate.",
        "It is (he said.) |Then he left.",
        "What?! |No... |Yes… |He left",
        "He left...then stayed.",
        "version 2.5 is out, e.g. here",
        "A headline\n\n|then text.\r\n\r\n|and more",
        "wrapped\ntext",
    ],
)
def test_sentences(text: str) -> None:
    parts = text.split("|")
    assert words(text.replace("|", "")) == [
        [word for piece in words(part) for word in piece] for part in parts
    ]


@given(st.text(st.sampled_from("aB’'\"“”.,!?-…&@1%n t\n")))
def test_words_cover_all_but_white_space_in_order(text: str) -> None:
    places = [place for sentence in split_sentences(text) for place in sentence]
    assert all(start < end for start, end in places)
    assert places == sorted(places)
    assert "".join(text[start:end] for start, end in places) == "".join(text.split())
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    assert bool(split_sentences(text)) == bool(regex.search(r"\S", text))


def test_a_sentence_without_end_is_cut() -> None:
    assert [len(sentence) for sentence in split_sentences("a " * 700)] == [150, 150, 150, 150, 100]
