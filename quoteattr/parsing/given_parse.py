"""Frames cut from the parse of a whole text, for callers that have one already.

Where a frame has a stand-in for a quotation, the quotation is one word here, and hangs where the highest of
its words hangs; sentences that it ties together are one. So the rules see what they see in a parsed frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.frames import LOOK_AHEAD, Frame, goes_on, is_spelled_out
from quoteattr.schema import Quotation

_Place = tuple[int, int]
"""Number of a sentence in the parse, and of a word in it."""


@attrs.frozen
class _Item:
    """One word of the excerpt: a word of the parse, or a quotation."""

    word: Word
    """How it reads. Its index and head are those of the parse."""
    sentence: int
    """Number of the sentence that its head is in."""
    places: tuple[_Place, ...]
    """What it is in the parse; more than one word for a quotation."""


def cut_frames(frames: Sequence[Frame], parse: Parse) -> list[tuple[Sentence, ...]]:
    """Takes the sentences of each frame from a parse of the whole text.

    Args:
        frames: from `find_frames`.
        parse: of the same text, offsets in it.

    Returns:
        For each frame its sentences, with offsets of the text; none for a frame that has no words beside its
        quotations.
    """
    return [cut_frame(frame, parse) if frame.speaks else () for frame in frames]


def cut_frame(frame: Frame, parse: Parse) -> tuple[Sentence, ...]:
    """The sentences of a frame, taken from the parse of the text that the frame is of.

    Args:
        frame: from `find_frames`.
        parse: of the same text, offsets in it.

    Returns:
        Sentences in order, with offsets of the text; none if the parse has no words there.

    >>> from quoteattr.parsing.frames import find_frames
    >>> from quoteattr.detection.quotations import find_quotations
    >>> text = "“No!” she said."
    >>> exclaimed = (0, 1, "PUNCT", 1), (1, 3, "INTJ", ROOT), (3, 4, "PUNCT", 1), (4, 5, "PUNCT", 1)
    >>> told = (6, 9, "PRON", 1), (10, 14, "VERB", ROOT), (14, 15, "PUNCT", 1)
    >>> parse = Parse(text, tuple(
    ...     Sentence(tuple(Word(i, a, b, text[a:b], "", p, "_", h, "") for i, (a, b, p, h) in enumerate(row)))
    ...     for row in (exclaimed, told)
    ... ))
    >>> (frame,) = find_frames(text, find_quotations(text))
    >>> [[word.text for word in sentence] for sentence in cut_frame(frame, parse)]
    [['“', 'works', '”', 'she', 'said', '.']]
    """
    return tuple(_sentence(items) for items in _parted(list(_items(frame, parse)), frame, parse.text))


def _items(frame: Frame, parse: Parse) -> Iterator[_Item]:
    """The frame's words in order, each quotation that has a stand-in as one."""
    replaced = [q for q in frame.quotations if is_spelled_out(q.content.text)]

    def holder(found: tuple[_Place, Word]) -> Quotation | None:
        word = found[1]
        return next((q for q in replaced if word.start < q.content.end and q.content.start < word.end), None)

    words = (
        ((number, word.index), word)
        for number, sentence in enumerate(parse.sentences)
        if frame.begin < sentence.end and sentence.start < frame.end
        for word in sentence
        if frame.begin <= word.start < frame.end
    )
    for quotation, held in groupby(words, key=holder):
        if quotation is None:
            yield from (_Item(word, place[0], (place,)) for place, word in held)
        else:
            yield _stand_in(quotation, tuple(place for place, _ in held), parse)


def _stand_in(quotation: Quotation, places: tuple[_Place, ...], parse: Parse) -> _Item:
    """The quotation as one word in the place of its highest."""
    inside = set(places)
    tops = [
        (number, word)
        for number, index in places
        if (number, (word := parse.sentences[number].words[index]).head) not in inside
        and word.upos != "PUNCT"
    ]
    number, top = next((top for top in tops if _hangs(*top, parse, inside)), (places[0][0], None))
    head, relation = (top.head, top.deprel) if top else (ROOT, "root")
    start, end = quotation.content.start, quotation.content.end
    return _Item(Word(0, start, end, "works", "work", "VERB", "VBZ", head, relation), number, places)


def _hangs(number: int, word: Word, parse: Parse, inside: set[_Place]) -> bool:
    """Whether the word is governed from outside, and nothing inside governs its governors."""
    above = list(parse.sentences[number].ancestors(word))
    return bool(above) and not any((number, w.index) in inside for w in above)


def _parted(items: Sequence[_Item], frame: Frame, text: str) -> Iterator[list[_Item]]:
    """The items sentence by sentence."""
    part: list[_Item] = []
    for item in items:
        if (
            part
            and item.places[0][0] > part[-1].places[-1][0]
            and _may_end(part[-1].word, item.word, frame, text)
        ):
            yield part
            part = []
        part.append(item)
    if part:
        yield part


def _may_end(last: Word, first: Word, frame: Frame, text: str) -> bool:
    """Whether a sentence of the parse that ends between two words also ends in the frame."""
    return not any(_ties(quotation, last, first, text) for quotation in frame.quotations)


def _ties(quotation: Quotation, last: Word, first: Word, text: str) -> bool:
    """Whether the sentence of a quotation goes on between two words, whatever the parse says."""
    content, outer = quotation.content, quotation.outer
    after_opening = outer.start <= last.start < content.start
    before_closing = content.end <= first.start < outer.end
    introduced = last.text in (":", ",") and outer.start <= first.start <= content.start
    closed = content.start <= last.start < outer.end <= first.start
    resumed = closed and goes_on(content.text, text[outer.end : outer.end + LOOK_AHEAD])
    return after_opening or before_closing or introduced or resumed


def _sentence(items: Sequence[_Item]) -> Sentence:
    """The items as a sentence, heads counted in it; what hung on a word outside of it is a root."""
    at = {place: index for index, item in enumerate(items) for place in item.places}
    words = []
    for index, item in enumerate(items):
        head = at.get((item.sentence, item.word.head), ROOT)
        relation = item.word.deprel if head != ROOT else "root"
        words.append(attrs.evolve(item.word, index=index, head=head, deprel=relation))
    return Sentence(tuple(words))
