"""The cutting into batches; tests/test_live_models.py has the rest."""

from __future__ import annotations

import pytest

from quoteattr.parsing.inference import make_batches


def test_batches_hold_every_sentence_once_and_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoteattr.parsing.inference._BATCH_WORDS", 1_000)
    sentences = [["a"] * length for length in (1, 2, 600, 400, 1, 2000, 3)]
    cut = list(make_batches(sentences))
    assert [sentence for batch in cut for sentence in batch] == sentences
    assert [sum(map(len, batch)) for batch in cut] == [603, 401, 2000, 3]
