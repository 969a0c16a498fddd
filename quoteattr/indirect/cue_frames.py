"""Finds the sentences outside the frames of quotations that may report speech, because a word of saying is in
them. They have to be parsed, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoteattr.indirect.cue_words import LABEL_WORDS, may_report
from quoteattr.layout import paragraphs
from quoteattr.parsing.frames import Frame, make_frame
from quoteattr.parsing.tokenizer import split_sentences


def find_cue_frames(text: str, frames: Sequence[Frame]) -> list[Frame]:
    """Finds the sentences that may report speech, outside the given frames.

    Args:
        text: the article.
        frames: of its quotations, as `find_frames` returns them.

    Returns:
        A frame for each sentence with a word of saying, in order.

    >>> [frame.text for frame in find_cue_frames("It rained. Ann Lee said it rained. It ended.", [])]
    ['Ann Lee said it rained.']
    """
    framed = {frame.start for frame in frames}
    return [
        frame
        for start, end in paragraphs(text)
        if start not in framed
        for frame in _sentence_frames(text, start, end)
    ]


def _sentence_frames(text: str, start: int, end: int) -> Iterator[Frame]:
    """The frames of the sentences of a paragraph that hold a word of saying, or begin with a name and a
    colon."""
    paragraph = make_frame(text, start, end, ())
    for number, spans in enumerate(split_sentences(paragraph.text)):
        words = [paragraph.text[first:last] for first, last in spans]
        if may_report(words) or (number == 0 and ":" in words[1 : LABEL_WORDS + 1]):
            first, last = paragraph.article_offsets(spans[0][0], spans[-1][1])
            yield make_frame(text, first, last, ())
