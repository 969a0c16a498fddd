"""The bundled parser around its models; tests/test_live_models.py runs the models."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import pytest

from quoteattr.parsing import bundled_parser
from quoteattr.parsing.bundled_parser import BundledParser
from quoteattr.parsing.dependency_tree import ROOT


class Analyser:
    """Hangs every word on the first, and notes the sentences of each call."""

    def __init__(self, folder: Path, device: str) -> None:
        self.calls: list[list[str]] = []

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[str, str, str, int, str]]]:
        self.calls.append([" ".join(sentence) for sentence in sentences])
        return [
            [(form.lower(), "X", "_", int(n > 0), "dep" if n else "root") for n, form in enumerate(sentence)]
            for sentence in sentences
        ]


@pytest.fixture
def analyser(monkeypatch: pytest.MonkeyPatch) -> Analyser:
    made = Analyser(Path(), "cpu")
    monkeypatch.setattr(bundled_parser, "SentenceAnalyser", lambda folder, device: made)
    return made


def test_words_have_offsets_and_what_the_models_say(analyser: Analyser) -> None:
    (parse,) = BundledParser("cpu").parse(["  Lee left."])
    assert [(w.start, w.end, w.text, w.lemma, w.head) for w in parse.sentences[0]] == [
        (2, 5, "Lee", "lee", ROOT),
        (6, 10, "left", "left", 0),
        (10, 11, ".", ".", 0),
    ]


def test_texts_without_words_have_no_sentences(analyser: Analyser) -> None:
    assert [parse.sentences for parse in BundledParser("cpu").parse(["", " \n"])] == [(), ()]


def test_a_sentence_is_analysed_once(analyser: Analyser) -> None:
    parser = BundledParser("cpu")
    texts = ["Lee left. It rained all day.", "Lee left."]
    first = parser.parse(texts)
    assert analyser.calls == [["Lee left .", "It rained all day ."]]
    assert parser.parse(texts) == first
    assert analyser.calls[1:] == [[]]


def test_a_long_sentence_is_analysed_again(analyser: Analyser) -> None:
    parser = BundledParser("cpu")
    for _ in range(2):
        parser.parse(["so " * 20])
    assert [len(call) for call in analyser.calls] == [1, 1]


def test_the_cache_is_emptied_when_full(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_parser, "_CACHED_SENTENCES", 1)
    parser = BundledParser("cpu")
    for text in ("Ann left.", "Tom left.", "Joe left.", "Ann left."):
        parser.parse([text])
    assert analyser.calls == [["Ann left ."], ["Tom left ."], ["Joe left ."], ["Ann left ."]]


def test_pickling_leaves_the_models_out(analyser: Analyser) -> None:
    assert len(pickle.dumps(BundledParser("cpu"))) < 200
