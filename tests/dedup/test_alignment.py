"""Matches of two wordings, and what differs."""

from __future__ import annotations

import pytest

from quoteattr.dedup.alignment import (
    Aligner,
    align,
    containment_match,
    contains_pieces,
    edit_budget,
    find_pieces,
    required_common,
    required_run,
    share_run,
)
from quoteattr.dedup.match import MatchKind
from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.dedup.vocabulary import Vocabulary


def match(shorter: str, longer: str) -> MatchKind | None:
    vocabulary = Vocabulary()
    one, other = (vocabulary.encode(normalized_tokens(text)) for text in (shorter, longer))
    found = Aligner(one, vocabulary).match(other)
    return None if found is None else found.kind


@pytest.mark.parametrize(
    ("shorter", "longer", "kind"),
    [
        ("We have five ships in the Baltic now", "We have five big ships in the Baltic now", MatchKind.NEAR),
        ("We have sold the boat to the town", "We have sold the boats to the town", MatchKind.NEAR),
        ("We have five ships in the Baltic now", "We have six ships in the Baltic now", None),
        ("We will sell the harbour to them", "We will not sell the harbour to them", None),
        ("We will build a school in every village", "We will build a prison in every village", None),
        ("sell the harbour", "sell the old harbour", None),
        (
            "nobody asked the fishermen of this old town about it",
            "asked the fishermen of this old town about it before they closed the port",
            MatchKind.OVERLAP,
        ),
        (
            "it is going to be a lot of work for the board",
            "going to be a lot of eels are on the shore",
            None,
        ),
    ],
)
def test_match(shorter: str, longer: str, kind: MatchKind | None) -> None:
    assert match(shorter, longer) is kind


@pytest.mark.parametrize(
    ("shorter", "longer", "found"),
    [
        ("bc", "abcd", [(1, 3)]),
        ("ab\0d", "xabcdy", [(1, 3), (4, 5)]),
        ("ab\0d", "dab", None),
        ("x", "abcd", None),
        ("", "abcd", []),
    ],
)
def test_pieces(shorter: str, longer: str, found: list[tuple[int, int]] | None) -> None:
    assert find_pieces(longer, shorter) == found
    assert contains_pieces(longer, shorter) == (found is not None)


def test_containment() -> None:
    assert containment_match("ab", "ab", 2).kind is MatchKind.EQUAL
    short = containment_match("bc", "abcd", 2)
    assert (short.kind, short.common, short.near_equal) == (MatchKind.CONTAINED, 2, False)
    assert containment_match("b" * 20, "b" * 22, 20).near_equal


def test_required_numbers_of_words() -> None:
    assert [edit_budget(n) for n in (4, 5, 8, 20)] == [0, 1, 2, 3]
    assert [required_common(n, gapped=False) for n in (4, 7, 20)] == [4, 5, 14]
    assert required_common(20, gapped=True) == 10
    assert [required_run(n) for n in (3, 16, 100)] == [6, 8, 10]


@pytest.mark.parametrize(("longer", "size"), [("xxbcdexx", 4), ("abcdef", 6), ("defabc", 3)])
def test_shared_runs(longer: str, size: int) -> None:
    assert share_run("abcdef", longer, size)
    assert not share_run("abcdef", longer, size + 1)


@pytest.mark.parametrize(
    ("canonical", "printed", "same", "edits"),
    [
        ("abcd", "abcd", [(0, 4)], []),
        ("abcd", "axcd", [(0, 1), (2, 4)], [((1, 2), (1, 2))]),
        ("abcd", "abxcd", [(0, 2), (2, 4)], [((2, 2), (2, 3))]),
        ("abcd", "abcdxyzuvw", [(0, 4)], []),
        ("ab\0cd", "abxcd", [(0, 2), (3, 5)], []),
    ],
)
def test_align(
    canonical: str,
    printed: str,
    same: list[tuple[int, int]],
    edits: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    found = align(canonical, printed)
    assert (found.same, found.edits) == (same, edits)
