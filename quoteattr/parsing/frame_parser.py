"""The parsing stage: the sentences of every frame, with offsets of the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from quoteattr.parsing.corrections import correct_sentence
from quoteattr.parsing.dependency_tree import Parse, Sentence
from quoteattr.parsing.frames import Frame
from quoteattr.parsing.parser import Parser, default_parser

_BATCH_CHARACTERS = 200_000
"""Characters that are parsed in one batch: about those of the frames of a hundred articles. While a batch is
parsed, the models take several times the memory of its parses."""


def parse_frames(frames: Sequence[Frame], parser: Parser | None = None) -> Iterator[tuple[Sentence, ...]]:
    """Parses frames and corrects the parses.

    Args:
        frames: from `find_frames`, of one article or of many.
        parser: from `load_parser`; the bundled models by default, loaded when the first frame needs them.

    Returns:
        An iterator over the sentences of each frame, in order, with offsets of the article. A frame without
        words outside its quotations has no sentences.
    """
    parsed = _parse_in_batches([frame for frame in frames if frame.has_context], parser)
    return (next(parsed) if frame.has_context else () for frame in frames)


def _parse_in_batches(frames: Sequence[Frame], parser: Parser | None) -> Iterator[tuple[Sentence, ...]]:
    ends = accumulate(len(frame.text) for frame in frames)
    for _, numbered in groupby(zip(ends, frames, strict=True), key=lambda item: item[0] // _BATCH_CHARACTERS):
        batch = [frame for _, frame in numbered]
        parses = (parser or default_parser()).parse([frame.text for frame in batch])
        for frame, parse in zip(batch, parses, strict=True):
            yield _corrected(frame, parse)


def _corrected(frame: Frame, parse: Parse) -> tuple[Sentence, ...]:
    return tuple(map(correct_sentence, frame.sentences(parse)))
