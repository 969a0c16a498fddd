"""The form of quoted words, as the ranker sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.attribution.ranker_content import beside_features, content_features, word_class


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("We", "first"),
        ("don’t", "aux"),
        ("the", "det"),
        ("12,", "number"),
        ("Paris", "capital"),
        ("walking", "-ing"),
        ("sing", "word"),
        ("—", "mark"),
    ],
)
def test_class_of_a_word(word: str, expected: str) -> None:
    assert word_class(word) == expected


def test_a_clause_differs_from_a_term() -> None:
    clause, term = (set(content_features(words, "few")) for words in ("it is risky", "sharing economy"))
    assert "nobody, few, has aux" in clause
    assert "nobody, few, has no clause" not in clause
    assert {"nobody, few, has no clause", "nobody, is -ing word"} <= term


def test_words_beside_are_seen_by_class() -> None:
    assert list(beside_features("Lee said of the ", " tax", "few")) == [
        "nobody, few, right after det",
        "nobody, follows prep det",
        "nobody, few, right before word",
        "nobody, between det and word",
    ]


def test_nothing_beside() -> None:
    assert list(beside_features("", "", "few")) == []


@given(st.text(max_size=40))
def test_features_hold_no_word_but_classes(content: str) -> None:
    known = "first second third aux det prep conj degree wh number capital mark word -ing -ed -ly -s"
    grammar = "nobody has no clause begins ends is few".split()
    for feature in content_features(content, "few"):
        assert set(feature.replace(",", "").split()) <= {*known.split(), *grammar}
