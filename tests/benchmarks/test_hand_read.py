"""The examples from articles that were read by hand."""

from __future__ import annotations

import pytest

from benchmarks.ranker.hand_read import Row, is_word_blind, rows


@pytest.mark.parametrize(
    ("feature", "blind"),
    [
        ("nobody, few, as obl", True),
        ("nobody, few, cue none", True),
        ("nobody, few, cue accuse", False),
        ("nobody, before scandal", False),
        ("nobody, after .", True),
        ("subject of accuse, 1 above", False),
        ("subject of say", True),
        ("before, accuse next, quotation by 1 to 2", False),
        ("before, say next, quotation by 1 to 2", True),
    ],
)
def test_features_that_hold_words(feature: str, blind: bool) -> None:
    assert is_word_blind(feature) is blind


def test_rows_without_words_for_their_speaker_are_left_out() -> None:
    known = {"id": "a", "start": 1, "end": 5}
    records = [
        {**known, "entity": ["Ann Lee"], "mention": [7, 10]},
        {**known, "entity": ["Ann Lee"], "mention": None},
        {**known, "entity": [], "mention": None},
        {"id": "b", "none": True},
    ]
    assert list(rows(records)) == [("a", Row(1, 5, ((7, 10),))), ("a", Row(1, 5, ()))]
