"""Sentences as trees: walks, and offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteattr.parsing.dependency_tree import Sentence
from tests.trees import read_tree, sentences

LEE = read_tree(
    "Lee/PROPN/5/nsubj who/PRON/3/nsubj won/VERB/1/acl:relcl easily/ADV/3/advmod "
    "was/AUX/0/root glad/ADJ/5/xcomp"
)


def test_offsets_and_length() -> None:
    assert (LEE.start, LEE.end, len(LEE)) == (0, len("Lee who won easily was glad"), 6)


def test_children_by_relation() -> None:
    was = LEE.words[4]
    assert [word.text for word in LEE.children(was)] == ["Lee", "glad"]
    assert LEE.child(was, "obj") is None
    assert LEE.children(LEE.words[0], "acl") == LEE.children(LEE.words[0], "acl:relcl") == (LEE.words[2],)
    assert LEE.children(LEE.words[0], "acl:other") == ()


def test_ancestors_from_the_nearest() -> None:
    assert [word.text for word in LEE.ancestors(LEE.words[3])] == ["won", "Lee", "was"]
    assert LEE.head(LEE.words[4]) is None


def test_between_offsets() -> None:
    who, easily = LEE.words[1], LEE.words[3]
    assert [word.text for word in LEE.between(who.start, easily.start)] == ["won"]
    assert LEE.between(easily.start, who.start) == ()


def test_subtree_without_a_branch() -> None:
    lee = LEE.words[0]
    assert [word.text for word in LEE.subtree(lee)] == ["Lee", "who", "won", "easily"]
    assert LEE.subtree(lee, skip=lambda word: word.deprel == "acl:relcl") == [lee]


@given(sentences())
def test_walks_end_even_in_cycles(sentence: Sentence) -> None:
    for word in sentence:
        above, below = list(sentence.ancestors(word)), sentence.subtree(word)
        assert len({w.index for w in above}) == len(above) < len(sentence)
        assert [w.index for w in below] == sorted({w.index for w in below})
        assert word in below


@given(sentences(), st.integers(0, 100))
def test_map_offsets_changes_offsets_only(sentence: Sentence, by: int) -> None:
    moved = sentence.map_offsets(lambda start, end: (start + by, end + by))
    assert [(w.start - by, w.end - by) for w in moved] == [(w.start, w.end) for w in sentence]
    assert moved.map_offsets(lambda start, end: (start - by, end - by)) == sentence
