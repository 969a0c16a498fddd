"""Stanza documents as parses, on documents written by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("stanza")

from quoteattr.parsing.dependency_tree import ROOT
from quoteattr.parsing.stanza_parser import convert_document


def word(number: int, text: str, head: int, **given: str) -> Any:
    given = {"lemma": text.lower(), "upos": "X", "xpos": "FW", "deprel": "dep"} | given
    return SimpleNamespace(id=number, text=text, head=head, **given)


def document(*tokens: tuple[str, int, list[Any]]) -> Any:
    """A document of one sentence from the text, the start and the words of each token."""
    made = [
        SimpleNamespace(text=text, start_char=start, end_char=start + len(text), words=words)
        for text, start, words in tokens
    ]
    words = [word for token in made for word in token.words]
    return SimpleNamespace(sentences=[SimpleNamespace(tokens=made, words=words)])


def test_words_of_a_token_share_it_out() -> None:
    parse = convert_document("don't", document(("don't", 0, [word(1, "do", 0), word(2, "n't", 1)])))
    assert [(w.index, w.start, w.end, w.head) for w in parse.sentences[0]] == [(0, 0, 2, ROOT), (1, 2, 5, 0)]


def test_words_that_do_not_spell_their_token_cover_it() -> None:
    parse = convert_document("won't", document(("won't", 0, [word(1, "will", 0), word(2, "not", 1)])))
    assert [(w.start, w.end) for w in parse.sentences[0]] == [(0, 5), (0, 5)]


def test_what_stanza_leaves_out_has_a_value() -> None:
    bare = word(1, "Go", 0, lemma="", upos="", xpos="", deprel="")
    (made,) = convert_document("Go", document(("Go", 0, [bare]))).sentences[0]
    assert (made.lemma, made.upos, made.xpos, made.deprel) == ("Go", "X", "_", "dep")


def test_sentences_without_words_are_left_out() -> None:
    empty = SimpleNamespace(sentences=[SimpleNamespace(tokens=[], words=[])])
    assert convert_document("", empty).sentences == ()
