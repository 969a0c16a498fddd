"""The small parse: its tree, and CoNLL-U there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.parsing.conllu import from_conllu, to_conllu
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word

# What a cell may hold: a word has neither tabs nor spaces nor line breaks in it.
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
TAG = st.sampled_from(["NOUN", "PROPN", "VERB", "PRON", "PUNCT", "_"])
RELATION = st.sampled_from(["nsubj", "nsubj:pass", "obj", "ccomp", "acl:relcl", "flat", "punct", "dep"])


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """A forest, or worse: any word may hang on any other."""
    length = draw(st.integers(1, 8))
    words = []
    for index in range(length):
        start = draw(st.integers(0, 500))
        end = start + draw(st.integers(0, 9))
        head = draw(st.integers(ROOT, length - 1))
        cells = draw(CELL), draw(CELL), draw(TAG), draw(TAG)
        words.append(Word(index, start, end, *cells, head, draw(RELATION)))
    return Sentence(tuple(words))


PARSES = st.builds(
    Parse,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0#")),
    st.lists(sentences(), max_size=3).map(tuple),
)


def tree(*rows: str) -> Sentence:
    """A sentence from rows such as "said 0 root"."""
    cells = [row.split() for row in rows]
    return Sentence(
        tuple(Word(i, i, i + 1, t, t, "X", "_", int(h) - 1, r) for i, (t, h, r) in enumerate(cells))
    )


LEE = tree("Lee 5 nsubj", "who 3 nsubj", "won 1 acl:relcl", "easily 3 advmod", "was 0 root", "glad 5 xcomp")


@given(st.lists(PARSES, max_size=3))
def test_conllu_there_and_back(parses: list[Parse]) -> None:
    assert from_conllu(to_conllu(parses)) == parses


@pytest.mark.xfail(strict=True, reason="NUL is the mark of an escape, and any # newdoc begins a document")
@pytest.mark.parametrize("text", ["\0", "# newdoc", "a\0b"])
def test_conllu_of_odd_texts_there_and_back(text: str) -> None:
    assert from_conllu(to_conllu([Parse(text, ())])) == [Parse(text, ())]


def test_comments_ranges_and_empty_nodes_are_passed_over() -> None:
    row = "1\tdo\tdo\tAUX\tVB\t_\t0\troot\t_\tstart_char=0|end_char=2\n"
    noise = "# sent_id = 1\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1.1\tno\t_\t_\t_\t_\t_\t_\t_\t_\n"
    (parse,) = from_conllu(f"# newdoc\n# text = don't\n{noise}{row}\n")
    assert parse.text == "don't"
    assert [word.text for word in parse.sentences[0]] == ["do"]


@pytest.mark.parametrize("row", ["1\tdo\tdo\tAUX", "1\tdo\tdo\tAUX\tVB\t_\t0\troot\t_\tstart_char=0"])
def test_a_row_without_columns_or_offsets_is_named(row: str) -> None:
    with pytest.raises(ValueError, match="ten columns with start_char and end_char") as raised:
        from_conllu(f"# newdoc\n# text = do\n{row}\n\n")
    assert repr(row) in str(raised.value)


def test_nothing_is_no_parse() -> None:
    assert from_conllu("") == []
    assert to_conllu([]) == ""


def test_children_by_relation() -> None:
    was = LEE.words[4]
    assert [word.text for word in LEE.children(was)] == ["Lee", "glad"]
    assert LEE.child(was, "obj") is None
    assert LEE.children(LEE.words[0], "acl") == LEE.children(LEE.words[0], "acl:relcl") == (LEE.words[2],)
    assert LEE.children(LEE.words[0], "acl:other") == ()


def test_ancestors_from_the_nearest() -> None:
    assert [word.text for word in LEE.ancestors(LEE.words[3])] == ["won", "Lee", "was"]
    assert LEE.head(LEE.words[4]) is None


def test_subtree_without_a_branch() -> None:
    lee = LEE.words[0]
    assert [word.text for word in LEE.subtree(lee)] == ["Lee", "who", "won", "easily"]
    assert LEE.subtree(lee, skip=lambda word: word.deprel == "acl:relcl") == [lee]


@given(sentences())
def test_walks_end_on_any_forest(sentence: Sentence) -> None:
    for word in sentence:
        above, below = list(sentence.ancestors(word)), sentence.subtree(word)
        assert len({w.index for w in above}) == len(above) < len(sentence)
        assert [w.index for w in below] == sorted({w.index for w in below})
        assert word in below


@given(sentences(), st.integers(0, 100))
def test_moving_changes_offsets_only(sentence: Sentence, by: int) -> None:
    moved = sentence.map_offsets(lambda start, end: (start + by, end + by))
    assert [(w.start - by, w.end - by) for w in moved] == [(w.start, w.end) for w in sentence]
    assert moved.map_offsets(lambda start, end: (start - by, end - by)) == sentence
