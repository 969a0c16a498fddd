"""How answers for novels are judged."""

from __future__ import annotations

import pytest

from benchmarks.fiction.books import Book
from benchmarks.fiction.names import meant
from benchmarks.fiction.scores import figures, judge
from quoteattr.schema import Attribution, Quotation, Span, Speaker

TEXT = "“Go,” said Ann. “Now.”\n\n“No,” he said."
BOOK = Book(
    "b",
    "test",
    TEXT,
    {"Ann Lee": ["Ann", "Miss Lee"], "Tom Lee": ["Tom", "Mr. Lee"], "Mrs. Lee": ["Mrs. Lee"]},
    [
        {"type": "explicit", "speaker": "Ann Lee", "parts": [[1, 4], [17, 21]]},
        {"type": "anaphoric", "speaker": "Tom Lee", "parts": [[25, 28]]},
        {"type": "implicit", "speaker": "_unknowable", "parts": [[0, 1]]},
    ],
)


def said(start: int, end: int, speaker: str | None, confidence: float = 0.5) -> Attribution:
    """An answer for a quotation."""
    quotation = Quotation(Span.of(TEXT, start, end), Span.of(TEXT, start - 1, end + 1))
    who = Speaker(speaker, "person") if speaker else None
    return Attribution(quotation, speaker=who, confidence=confidence)


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("Ann", {"Ann Lee"}),
        ("Miss Ann", {"Ann Lee"}),
        ("Mr. Lee", {"Tom Lee"}),
        ("Mrs. Lee", {"Mrs. Lee"}),
        ("Day", set()),
    ],
)
def test_a_name_means_the_character_it_fits_best(answer: str, right: set[str]) -> None:
    assert meant(BOOK.characters, answer) == right


def test_a_quotation_in_parts_counts_once() -> None:
    rows = judge(BOOK, [said(1, 4, None), said(17, 21, "Ann"), said(25, 28, "Ann")])
    assert [(row.type, row.right) for row in rows] == [("explicit", True), ("anaphoric", False)]


def test_a_quotation_that_is_not_found_is_wrong() -> None:
    rows = judge(BOOK, [said(25, 28, "Tom", 1.0)])
    assert [row.right for row in rows] == [False, True]
    found = figures(rows)
    assert (found["all"], found["explicit"], found["anaphoric"]) == (0.5, 0.0, 1.0)
    assert found["all.ece"] == 0.0
