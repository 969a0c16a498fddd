"""Predicates of words, on small trees."""

from __future__ import annotations

import pytest

from quoteattr.parsing.predicates import (
    can_speak,
    has_case,
    is_finite_cue,
    is_nominal,
    is_text_at,
    is_time,
    name_head,
    phrase_after,
    phrase_before,
    phrase_head,
)
from tests.trees import read_tree

MAYOR = read_tree(
    "the/DET/3/det old/ADJ/3/amod mayor/NOUN/5/nsubj of/ADP/3/dep said/VERB/0/root "
    "Ann/PROPN/5/obl Lee/PROPN/6/flat"
)
"""A cue between two short noun phrases; a preposition separates it from the first."""


@pytest.mark.parametrize(
    ("word", "nominal"),
    [
        ("Lee/PROPN/0/root", True),
        ("mayor/NOUN/0/root", True),
        ("she/PRON/0/root", True),
        ("young/ADJ/1/nsubj", True),
        ("young/ADJ/1/amod", False),
        ("Both/DET/1/nsubj", True),
        ("both/DET/1/det", False),
        ("said/VERB/0/root", False),
    ],
)
def test_is_nominal(word: str, nominal: bool) -> None:
    assert is_nominal(read_tree(word).words[0]) is nominal


@pytest.mark.parametrize(
    ("sentence", "index", "time"),
    [
        ("on/ADP/2/case Friday/PROPN/0/root", 1, True),
        ("yesterday/NOUN/0/root", 0, True),
        ("May/PROPN/2/nsubj said/VERB/0/root", 0, False),
        ("in/ADP/2/case May/PROPN/0/root", 1, True),
        ("May/PROPN/0/root 5/NUM/1/dep", 0, True),
        ("said/VERB/0/root Day/PROPN/1/nsubj", 1, False),
        ("Lee/PROPN/0/root", 0, False),
    ],
)
def test_is_time(sentence: str, index: int, time: bool) -> None:
    tree = read_tree(sentence)
    assert is_time(tree, tree.words[index]) is time


@pytest.mark.parametrize(
    ("sentence", "index", "speaks"),
    [
        ("Lee/PROPN/2/nsubj said/VERB/0/root", 0, True),
        ("Friday/PROPN/2/nsubj said/VERB/0/root", 0, False),
        ("Lee/PROPN/3/nsubj 's/PART/1/case said/VERB/0/root", 0, False),
    ],
)
def test_can_speak(sentence: str, index: int, speaks: bool) -> None:
    tree = read_tree(sentence)
    assert can_speak(tree, tree.words[index]) is speaks


def test_has_case() -> None:
    tree = read_tree("By/ADP/2/case Lee/PROPN/0/root")
    assert has_case(tree, tree.words[1], "by", "of")
    assert not has_case(tree, tree.words[1], "of")
    assert not has_case(tree, tree.words[0], "by")


@pytest.mark.parametrize(
    ("word", "finite"),
    [
        ("said/VERB/0/root", True),
        ("says/VERB/0/root", True),
        ("saying/VERB/0/root", False),
        ("wept/VERB/0/root", False),
    ],
)
def test_is_finite_cue(word: str, finite: bool) -> None:
    assert is_finite_cue(read_tree(word).words[0]) is finite


def test_phrases_beside_a_word() -> None:
    said, of = MAYOR.words[4], MAYOR.words[3]
    assert [word.text for word in phrase_before(MAYOR, of)] == ["the", "old", "mayor"]
    assert phrase_before(MAYOR, said) == ()
    assert [word.text for word in phrase_after(MAYOR, said)] == ["Ann", "Lee"]
    assert phrase_after(MAYOR, MAYOR.words[-1]) == ()
    assert phrase_before(MAYOR, MAYOR.words[0]) == ()


def test_a_phrase_ends_in_a_noun() -> None:
    tree = read_tree("said/VERB/0/root the/DET/1/dep old/ADJ/1/dep")
    assert phrase_after(tree, tree.words[0]) == ()


def test_phrase_head() -> None:
    assert phrase_head(MAYOR.words[:3]).text == "mayor"
    assert phrase_head(MAYOR.words[5:]).text == "Ann"


def test_heads_in_a_circle_end() -> None:
    tree = read_tree("Ann/PROPN/2/flat Lee/PROPN/1/flat left/VERB/0/root")
    assert name_head(tree, tree.words[0]) in tree.words


def test_name_head() -> None:
    assert name_head(MAYOR, MAYOR.words[6]) is MAYOR.words[5]
    assert name_head(MAYOR, MAYOR.words[2]) is MAYOR.words[2]
    assert name_head(MAYOR, None) is None


def test_is_text_at() -> None:
    assert is_text_at(MAYOR, 4, "said", ",")
    assert not is_text_at(MAYOR, 4, ",")
    assert not is_text_at(MAYOR, -1, "Lee")
    assert not is_text_at(MAYOR, 7, "Lee")
