"""Batches and lemmas; tests/test_live_models.py runs the models."""

from __future__ import annotations

import gzip
import json

import pytest

from quoteattr.parsing.inference import Lemmatizer, make_batches, split_by_length


def test_batches_hold_every_sentence_once_and_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoteattr.parsing.inference._BATCH_WORDS", 1_000)
    sentences = [["a"] * length for length in (1, 2, 600, 400, 1, 2000, 3)]
    cut = list(make_batches(sentences))
    assert [sentence for batch in cut for sentence in batch] == sentences
    assert [sum(map(len, batch)) for batch in cut] == [603, 401, 2000, 3]


def test_no_sentences_make_no_batch() -> None:
    assert list(make_batches([])) == []


def test_split_by_length() -> None:
    assert split_by_length("abcdef", [1, 3, 0, 2]) == ["a", "bcd", "", "ef"]


def test_lemmas_by_tag_then_by_any_tag_then_the_word_itself() -> None:
    dictionary = {"VERB": {"saw": "see"}, "*": {"saw": "saw", "geese": "goose"}}
    lemmatize = Lemmatizer({"dicts": gzip.compress(json.dumps(dictionary).encode())})
    pairs = [("saw", "VERB"), ("saw", "NOUN"), ("geese", "NOUN"), ("cod", "NOUN")]
    assert [lemmatize(word, tag) for word, tag in pairs] == ["see", "saw", "goose", "cod"]
