"""The parsing stage, with parsers that need no model."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quoteattr.detection import find_quotations
from quoteattr.parsing import Frame, Parse, Parser, Sentence, find_frames, parse_frames
from tests.trees import read_tree


class Fixed:
    """Gives every text the same sentence, and notes the texts of each call."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.calls: list[list[str]] = []

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        self.calls.append(list(texts))
        return [Parse(text, (self.sentence,)) for text in texts]


ONE_WORD = read_tree("It/PRON/0/root")
ONLY_QUOTED, SAID = "“We will not look away now.”", "Lee said it was “fine”."


def frames_of(*texts: str) -> list[Frame]:
    return [frame for text in texts for frame in find_frames(text, find_quotations(text))]


def test_a_frame_without_context_is_not_parsed() -> None:
    parser = Fixed(ONE_WORD)
    assert [len(sentences) for sentences in parse_frames(frames_of(ONLY_QUOTED, SAID), parser)] == [0, 1]
    assert parser.calls == [["Lee said it was “fine”."]]


def test_no_frames_need_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_parser() -> Parser:
        raise AssertionError("a parser was loaded")

    monkeypatch.setattr("quoteattr.parsing.frame_parser.default_parser", no_parser)
    assert list(parse_frames([])) == []
    assert list(parse_frames(frames_of(ONLY_QUOTED))) == [()]


def test_frames_are_parsed_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quoteattr.parsing.frame_parser._BATCH_CHARACTERS", 50)
    parser = Fixed(ONE_WORD)
    assert len(list(parse_frames(frames_of(*[SAID] * 5), parser))) == 5
    assert [len(call) for call in parser.calls] == [2, 2, 1]


def test_offsets_are_those_of_the_article() -> None:
    text = "It rained.\n\nLee left “early”."
    (sentences,) = parse_frames(frames_of(text), Fixed(read_tree("Lee/PROPN/2/nsubj left/VERB/0/root")))
    assert [text[word.start : word.end] for word in sentences[0]] == ["Lee", "left"]


def test_parses_are_corrected() -> None:
    taken = read_tree("Pence/NUM/2/nsubj went/VERB/0/root")
    (sentences,) = parse_frames(frames_of("Pence went to “the fair”."), Fixed(taken))
    assert sentences[0].words[0].upos == "PROPN"
