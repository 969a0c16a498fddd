"""Pairing of marks in one paragraph, on marks written by hand."""

from __future__ import annotations

import pytest

from quoteattr.detection.marks import Mark, read_marks
from quoteattr.detection.pairing import pair_marks

OPEN, CLOSE, EITHER = 1, -1, 0


def mark(start: int, side: int, *, single: bool = False, firm: bool = True) -> Mark:
    return Mark(start, start + 1, single, side, firm)


def pairs(text: str, *marks: Mark) -> list[tuple[int, ...]]:
    return [tuple(pair) for pair in pair_marks(text, 0, len(text), marks)]


def contents(text: str) -> list[str]:
    """The quotations of a paragraph, as `read_marks` reads its marks."""
    return [text[pair.start : pair.end] for pair in pair_marks(text, 0, len(text), read_marks(text))]


def test_no_marks_give_no_pairs() -> None:
    assert pairs("It rained.") == []


def test_an_opening_and_a_closing_mark_are_a_pair() -> None:
    assert pairs("“Go”", mark(0, OPEN), mark(3, CLOSE)) == [(0, 1, 3, 4)]


def test_marks_that_may_open_or_close_alternate() -> None:
    marks = [mark(at, EITHER) for at in (0, 3, 5, 8)]
    assert pairs('"Go" "on"', *marks) == [(0, 1, 3, 4), (5, 6, 8, 9)]


def test_an_inner_pair_ends_first() -> None:
    marks = mark(0, OPEN), mark(1, OPEN, single=True), mark(4, CLOSE, single=True), mark(5, CLOSE)
    assert pairs("“‘Go’”", *marks) == [(1, 2, 4, 5), (0, 1, 5, 6)]


def test_a_quotation_without_closing_mark_ends_with_its_paragraph() -> None:
    assert pairs("“Go on", mark(0, OPEN)) == [(0, 1, 6, 6)]


def test_a_quotation_without_closing_mark_ends_where_its_glyph_opens_again() -> None:
    assert pairs("“Go “on”", mark(0, OPEN), mark(4, OPEN), mark(7, CLOSE)) == [(4, 5, 7, 8), (0, 1, 4, 4)]


def test_a_closing_mark_without_opening_needs_a_stop() -> None:
    assert pairs("Go.”", mark(3, CLOSE)) == [(0, 0, 3, 4)]
    assert pairs("Go”", mark(2, CLOSE)) == []


def test_an_uncertain_single_mark_opens_only_if_a_closing_mark_follows() -> None:
    uncertain = mark(0, OPEN, single=True, firm=False)
    assert pairs("'Go'", uncertain, mark(3, CLOSE, single=True)) == [(0, 1, 3, 4)]
    assert pairs("'em", uncertain) == []


def test_no_more_than_four_quotations_are_open() -> None:
    assert len(pairs("“" * 9, *(mark(at, OPEN) for at in range(9)))) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“We go, “she said.", ["We go, "], id="an opening glyph closes before a small letter"),
        pytest.param("“We go. “", ["We go. "], id="an opening glyph closes at the end"),
        pytest.param('He said," We go."', [" We go."], id="a closing mark opens after a verb of saying"),
        pytest.param("“We go,’ he said.", ["We go,"], id="a single mark closes a double quotation"),
        pytest.param("‘He said ‘no.’’", ["no.", "He said ‘no.’"], id="two single marks close two quotations"),
        pytest.param("The 'scopes are old.", [], id="an elision after a determiner"),
        pytest.param("“It’s the dogs’ home,” he said.", ["It’s the dogs’ home,"], id="apostrophes inside"),
    ],
)
def test_marks_that_look_the_wrong_way(text: str, expected: list[str]) -> None:
    assert contents(text) == expected


@pytest.mark.parametrize("tail", ["said Ann Lee.", "Ann Lee said.", "he said."])
def test_a_quotation_without_closing_mark_ends_before_who_says_it(tail: str) -> None:
    assert contents(f"“It holds, {tail}") == ["It holds,"]


@pytest.mark.parametrize("text", ["“It holds, said or not", "“It holds, Ann Lee left"])
def test_other_words_after_a_comma_end_no_quotation(text: str) -> None:
    assert contents(text) == [text[1:]]


def test_speech_that_goes_on_in_the_next_paragraph_ends_with_its_paragraph() -> None:
    text = "“It holds, said Lee\n“It does.”"
    end = text.index("\n")
    [pair] = pair_marks(text, 0, end, read_marks(text[:end]))
    assert pair.end == end


@pytest.mark.parametrize("saying", ["Ann Lee said ", "Lee said that ", "Lee said: "])
def test_a_quotation_without_opening_mark_begins_after_who_says_it(saying: str) -> None:
    assert contents(f"{saying}it holds. We know.” “We do.”") == ["it holds. We know.", "We do."]
