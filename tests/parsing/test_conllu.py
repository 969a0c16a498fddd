"""Parses as CoNLL-U, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.parsing.conllu import from_conllu, to_conllu
from quoteattr.parsing.dependency_tree import Parse
from tests.trees import sentences

PARSES = st.builds(
    Parse,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0#")),
    st.lists(sentences(), max_size=3).map(tuple),
)


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
