"""Quotations: cases by provenance, and what holds for any text at all.

A case is a text whose quotations stand between ⟦ and ⟧, marks left outside: ``“⟦Go,⟧” he said.``
"in the wild" is written as newspapers write, "synthetic" tries one thing at a time, "negative" holds no
quotation. "known failures" are what the rules get wrong today; one that passes is an error too, so that
an improvement announces itself.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quoteattr.detection.marks import DOUBLE, SINGLE
from quoteattr.detection.quotations import find_quotations
from quoteattr.schema import Quotation

CASES = Path(__file__).parents[1] / "cases"

# Marks and what decides about them, often enough that a short text has many.
MARKS = [*sorted(DOUBLE | SINGLE), "''", "``", "‘‘", "’’"]
AROUND = " / / /./,/!/—/-/(/)/…/:/a/said/dogs/He/n/em/goin/5/80s/\N{ZERO WIDTH SPACE}".split("/")
PARAGRAPH = st.lists(st.sampled_from(MARKS + AROUND), max_size=25).map("".join)
ANY_TEXT = st.text() | PARAGRAPH | st.lists(PARAGRAPH, max_size=4).map("\n".join)


def cases(provenance: str) -> list[object]:
    path = CASES / f"quotations_{provenance}.json"
    return [pytest.param(case["text"], id=case["case"]) for case in json.loads(path.read_text("utf-8"))]


def read_case(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a case, and its quotations as (start, end), outer before inner."""
    text, starts, spans = "", [], []
    for char in marked:
        if char == "⟦":
            starts.append(len(text))
        elif char == "⟧":
            spans.append((starts.pop(), len(text)))
        else:
            text += char
    return text, sorted(spans, key=lambda span: (span[0], -span[1]))


def contents(quotations: list[Quotation]) -> list[tuple[int, int]]:
    return [(quotation.content.start, quotation.content.end) for quotation in quotations]


def check(marked: str) -> None:
    text, expected = read_case(marked)
    found = find_quotations(text)
    assert [text[start:end] for start, end in contents(found)] == [text[s:e] for s, e in expected]
    assert contents(found) == expected


@pytest.mark.parametrize("marked", cases("in_the_wild"))
def test_in_the_wild(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize("marked", cases("synthetic"))
def test_synthetic(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize("marked", cases("negative"))
def test_negative(marked: str) -> None:
    assert "⟦" not in marked
    check(marked)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("marked", cases("known_failures"))
def test_known_failures(marked: str) -> None:
    check(marked)


def test_outer_holds_both_marks() -> None:
    (found,) = find_quotations("He wrote: ``We go'' and left.")
    assert found.outer.text == "``We go''"


def test_outer_ends_without_mark_where_the_next_paragraph_goes_on() -> None:
    first, second = find_quotations("“We go. \n\n“Now,” he said.")
    assert (first.outer.text, first.content.text) == ("“We go.", "We go.")
    assert first.outer.end == first.content.end
    assert second.outer.text == "“Now,”"


def test_outer_has_only_the_closing_mark_where_the_opening_one_is_missing() -> None:
    _, second = find_quotations("‘We go,’ said Kim. It is late.’")
    assert (second.outer.text, second.content.text) == ("It is late.’", "It is late.")


@pytest.mark.parametrize("wrong", [None, b"bytes", 7, ["“We go”"]])
def test_wrong_argument_is_named(wrong: object) -> None:
    with pytest.raises(TypeError, match=f"str, not {type(wrong).__name__}"):
        find_quotations(wrong)  # type: ignore[arg-type]


@given(ANY_TEXT)
def test_offsets_are_those_of_the_text_as_given(text: str) -> None:
    for quotation in find_quotations(text):
        for span in (quotation.content, quotation.outer):
            assert text[span.start : span.end] == span.text


@given(ANY_TEXT)
def test_content_has_words_and_lies_inside_its_marks(text: str) -> None:
    for quotation in find_quotations(text):
        content, outer = quotation.content, quotation.outer
        assert any(char.isalnum() for char in content.text)
        assert content.text == content.text.strip()
        assert outer.start <= content.start < content.end <= outer.end
        around = text[outer.start : content.start] + text[content.end : outer.end]
        assert around
        assert all(char in DOUBLE | SINGLE for char in around if not char.isspace() and char.isprintable())


@given(ANY_TEXT)
def test_quotations_are_sorted_and_nest(text: str) -> None:
    found = find_quotations(text)
    keys = [(quotation.outer.start, -quotation.outer.end) for quotation in found]
    assert keys == sorted(set(keys))
    enclosing: list[Quotation] = []
    for quotation in found:
        while enclosing and enclosing[-1].outer.end <= quotation.outer.start:
            enclosing.pop()
        if enclosing:
            assert quotation.outer.end <= enclosing[-1].content.end
        enclosing.append(quotation)


@given(st.lists(PARAGRAPH, min_size=1, max_size=5))
@example(["\"n'", ""])
def test_no_paragraph_changes_another(parts: list[str]) -> None:
    together = contents(find_quotations("\n\n".join(parts)))
    apart, offset = [], 0
    for part in parts:
        apart += [(start + offset, end + offset) for start, end in contents(find_quotations(part))]
        offset += len(part) + 2
    assert together == apart


@given(ANY_TEXT)
def test_words_returned_stay_within_four_times_the_text(text: str) -> None:
    assert sum(len(quotation.content) for quotation in find_quotations(text)) <= 4 * len(text)


def test_depth_is_bounded() -> None:
    """A thousand openings in one paragraph cost no more than four levels of text."""
    text = "“a ‘b «c ‹d " * 250
    assert sum(len(quotation.content) for quotation in find_quotations(text)) <= 4 * len(text)


def test_pairs_are_in_order() -> None:
    found = find_quotations("“A ‘b’ c,” he said. “D.”")
    assert [quotation.content.text for quotation in found] == ["A ‘b’ c,", "b", "D."]
    assert all(one.outer.start < other.outer.start for one, other in pairwise(found))
