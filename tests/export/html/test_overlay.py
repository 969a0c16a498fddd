"""Overlapping marks become nested pieces."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quoteattr.export.html.overlay import Closed, Mark, Opened, Piece, nested_pieces

TEXT = "abcdefghijklmnopqrst"

marks = st.lists(
    st.builds(
        lambda start, length, kind, number: Mark(start, start + length, kind, number),
        st.integers(0, 18),
        st.integers(0, 12),
        st.sampled_from(["quotation", "cue"]),
        st.integers(0, 3),
    ),
    max_size=8,
    unique=True,
)
stretches = st.lists(st.integers(0, len(TEXT)), max_size=8, unique=True).map(
    lambda cuts: [(a, b) for a, b in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False)]
)


def covered(pieces: list[Piece], start: int) -> list[tuple[int, set[Mark]]]:
    """The index of each character and the marks around it; fails if the pieces do not nest."""
    opened: list[Mark] = []
    found = []
    for piece in pieces:
        if isinstance(piece, Opened):
            opened.append(piece.mark)
        elif isinstance(piece, Closed):
            assert opened.pop() == piece.mark
        else:
            found += [(start + n, set(opened)) for n in range(len(piece))]
            start += len(piece)
    assert opened == []
    return found


@given(stretches, marks)
def test_every_character_has_its_marks_and_no_others(where: list[tuple[int, int]], given: list[Mark]) -> None:
    paragraphs = nested_pieces(TEXT, where, given)
    assert ["".join(p for p in pieces if isinstance(p, str)) for pieces in paragraphs] == [
        TEXT[start:end] for start, end in where
    ]
    for pieces, (start, _) in zip(paragraphs, where, strict=True):
        for index, around in covered(pieces, start):
            assert around == {mark for mark in given if mark.start <= index < mark.end}


@given(stretches, marks)
def test_all_but_the_first_piece_of_a_mark_are_repetitions(
    where: list[tuple[int, int]], given: list[Mark]
) -> None:
    seen: set[Mark] = set()
    for pieces in nested_pieces(TEXT, where, given):
        for piece in pieces:
            if isinstance(piece, Opened):
                assert piece.again == (piece.mark in seen)
                seen.add(piece.mark)


@given(marks)
def test_no_mark_is_opened_around_nothing(given: list[Mark]) -> None:
    (pieces,) = nested_pieces(TEXT, [(0, len(TEXT))], given)
    assert not any(isinstance(a, Opened) and isinstance(b, Closed) for a, b in pairwise(pieces))


def test_of_two_marks_with_one_span_the_first_is_outside() -> None:
    quotation, outlet = Mark(1, 3, "quotation"), Mark(1, 3, "outlet")
    (pieces,) = nested_pieces("abcd", [(0, 4)], [quotation, outlet])
    assert pieces[1:3] == [Opened(quotation, False), Opened(outlet, False)]


def test_a_mark_over_two_paragraphs_continues_in_the_second() -> None:
    mark = Mark(1, 6, "quotation")
    first, second = nested_pieces("abc\n\nfgh", [(0, 3), (5, 8)], [mark])
    assert first == ["a", Opened(mark, False), "bc", Closed(mark)]
    assert second == [Opened(mark, True), "f", Closed(mark), "gh"]
