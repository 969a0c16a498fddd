"""Marks: the characters, and how each one of a text is read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.detection.marks import APOSTROPHE, CLOSING, DOUBLE, OPENING, SINGLE, read_marks

OPENS, CLOSES, EITHER = 1, -1, 0


def sides(text: str) -> list[int]:
    return [mark.side for mark in read_marks(text)]


def test_sets_do_not_contradict_each_other() -> None:
    assert not OPENING & CLOSING
    assert not DOUBLE & SINGLE
    assert OPENING | CLOSING | APOSTROPHE <= DOUBLE | SINGLE
    assert APOSTROPHE <= SINGLE


@pytest.mark.parametrize("mark", sorted(DOUBLE | SINGLE))
def test_every_mark_is_one_that_unicode_names(mark: str) -> None:
    names = ("QUOTATION MARK", "APOSTROPHE", "PRIME", "ACCENT", "COMMA QUOTATION MARK ORNAMENT")
    assert unicodedata.name(mark).endswith(names)


@pytest.mark.parametrize("mark", sorted(DOUBLE | SINGLE))
def test_every_mark_opens_before_a_word_and_closes_after_one(mark: str) -> None:
    opening, closing = read_marks(f"{mark}We go,{mark} he said.")
    assert opening.side in (OPENS, EITHER)
    assert closing.side in (CLOSES, EITHER)


@pytest.mark.parametrize("word", ["don’t", "don't", "O´Neill", "o`clock", "5'10", "1990’s", "rock'n'roll"])
def test_apostrophes_inside_words_are_never_read(word: str) -> None:
    assert read_marks(word) == []


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("the dogs’ home", False),  # a possessive, or a closing mark
        ("the dogs’ and", True),  # no possessive stands before a conjunction
        ("the dogs’, he", True),
        ("the dog’ home", True),  # it would be dog’s
        ("goin’ home", False),
        ("Guns N’ Roses", False),
        ("Cortez’ plan", False),
        ("the U.S.’ role", False),
        ("6' tall", False),
        ('a 42" screen', False),
        ('since 1911" he', True),
        ("’tis late", False),
        ("'90s music", False),
        ("'100 days", True),
    ],
)
def test_marks_that_may_be_none_are_not_firm(text: str, firm: bool) -> None:
    (mark,) = read_marks(text)
    assert mark.firm is firm


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('word "word', [OPENS]),
        ('word" word', [CLOSES]),
        ('word"word', [EITHER]),
        ('word " word', [EITHER]),
        ('word—"word', [OPENS]),
        ('word"—word', [CLOSES]),
        ('("word', [OPENS]),
        ('word")', [CLOSES]),
        ('"...word', [OPENS]),
        ('word..."', [CLOSES]),
        ("word”word", [CLOSES]),  # the glyph decides where neighbours do not
        ("word “ word", [OPENS]),
        ("word,“ word", [EITHER]),  # and nobody does where they contradict it
        ("\"'word", [OPENS, OPENS]),  # marks that adjoin share their neighbours
        ("word.'\"", [CLOSES, CLOSES]),
        ("\N{ZERO WIDTH SPACE}“\N{ZERO WIDTH SPACE}word", [OPENS]),
    ],
)
def test_side(text: str, expected: list[int]) -> None:
    assert sides(text) == expected


@pytest.mark.parametrize("pair", ["``", "''", "´´", "‘‘", "’’", "‚‚", "′′"])
def test_two_singles_are_one_double(pair: str) -> None:
    (mark,) = read_marks(f"{pair}We go")
    assert (mark.start, mark.end, mark.single) == (0, 2, False)


def test_three_straight_singles() -> None:
    marks = read_marks("'''No,' he said, 'no.'''")
    assert [(mark.end - mark.start, mark.side) for mark in marks] == [
        (2, 1),
        (1, 1),
        (1, -1),
        (1, 1),
        (1, -1),
        (2, -1),
    ]


@given(st.text() | st.text(alphabet="".join(sorted(DOUBLE | SINGLE)) + " .,sn5\n"))
def test_marks_stand_in_order_and_are_marks(text: str) -> None:
    end = 0
    for mark in read_marks(text):
        assert end <= mark.start < mark.end <= len(text)
        assert set(text[mark.start : mark.end]) <= (SINGLE if mark.single else DOUBLE | SINGLE)
        end = mark.end
