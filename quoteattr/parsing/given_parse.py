"""The sentences of frames, taken from a parse of the whole text that the caller already has.

In the text of a frame, a placeholder replaces each long quotation. Here, each of these quotations becomes one
word: its governor is that of its highest word, and sentences that it connects become one sentence. So the
rules read the same structure as in a parsed frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.frames import LOOKAHEAD, Frame, is_masked, sentence_continues
from quoteattr.schema import Quotation

_Position = tuple[int, int]
"""Number of a sentence in the parse, and index of a word in it."""


@attrs.frozen
class _Item:
    """One word of a frame: a word of the parse, or a quotation."""

    word: Word
    """Its text and tags. Its index and head are those of the parse."""
    sentence: int
    """Number of the sentence that its head is in."""
    positions: tuple[_Position, ...]
    """The positions in the parse of the words that it stands for; several for a quotation."""


def check_parse(parse: Parse) -> None:
    """Raises a ValueError if the words of a parse are no words of its text, or their heads no words.

    Args:
        parse: from another tool, of any text.

    >>> check_parse(Parse("Go", (Sentence((Word(0, 0, 3, "Go!", "go", "VERB", "VB", ROOT, "root"),)),)))
    Traceback (most recent call last):
    ...
    ValueError: word 0 of sentence 0 of the parse ('Go!') stands at 0 to 3, not in the text after 0
    """
    last_start = last_end = 0
    for number, sentence in enumerate(parse.sentences):
        for position, word in enumerate(sentence):
            which = f"word {position} of sentence {number} of the parse ({word.text!r})"
            if word.index != position:
                raise ValueError(f"{which} has the index {word.index}")
            if not ROOT <= word.head < len(sentence):
                raise ValueError(f"{which} has the head {word.head}, which is neither {ROOT} nor a word")
            in_order = last_start <= word.start and last_end <= word.end
            if not in_order or not word.start < word.end <= len(parse.text):
                raise ValueError(
                    f"{which} stands at {word.start} to {word.end}, not in the text after {last_start}"
                )
            last_start, last_end = word.start, word.end


def cut_frames(frames: Sequence[Frame], parse: Parse) -> list[tuple[Sentence, ...]]:
    """Takes the sentences of each frame from a parse of the whole text.

    Args:
        frames: from `find_frames`.
        parse: of the same text, offsets in it.

    Returns:
        The sentences of each frame, with offsets of the text. A frame without words outside its quotations
        has none.
    """
    return [cut_frame(frame, parse) if frame.has_context else () for frame in frames]


def cut_frame(frame: Frame, parse: Parse) -> tuple[Sentence, ...]:
    """Takes the sentences of one frame from a parse of the whole text.

    Args:
        frame: from `find_frames`.
        parse: of the same text, offsets in it.

    Returns:
        Sentences in order, with offsets of the text; none if the parse has no words there.

    >>> from quoteattr.parsing.frames import find_frames
    >>> from quoteattr.detection.quotations import find_quotations
    >>> text = "“No!” she said."
    >>> first = (0, 1, "PUNCT", 1), (1, 3, "INTJ", ROOT), (3, 4, "PUNCT", 1), (4, 5, "PUNCT", 1)
    >>> second = (6, 9, "PRON", 1), (10, 14, "VERB", ROOT), (14, 15, "PUNCT", 1)
    >>> parse = Parse(text, tuple(
    ...     Sentence(tuple(Word(i, a, b, text[a:b], "", p, "_", h, "") for i, (a, b, p, h) in enumerate(row)))
    ...     for row in (first, second)
    ... ))
    >>> (frame,) = find_frames(text, find_quotations(text))
    >>> [[word.text for word in sentence] for sentence in cut_frame(frame, parse)]
    [['“', 'works', '”', 'she', 'said', '.']]
    """
    return tuple(_sentence(items) for items in _split(list(_items(frame, parse)), frame, parse.text))


def _items(frame: Frame, parse: Parse) -> Iterator[_Item]:
    """The words of the frame in order; each masked quotation is one word."""
    masked = [q for q in frame.quotations if is_masked(q.content.text)]

    def quotation_of(found: tuple[_Position, Word]) -> Quotation | None:
        word = found[1]
        return next((q for q in masked if word.start < q.content.end and q.content.start < word.end), None)

    for quotation, held in groupby(_words(frame, parse), key=quotation_of):
        if quotation is None:
            yield from (_Item(word, position[0], (position,)) for position, word in held)
        else:
            yield _placeholder(quotation, tuple(position for position, _ in held), parse)


def _words(frame: Frame, parse: Parse) -> Iterator[tuple[_Position, Word]]:
    """The words of the parse that begin inside the frame."""
    for number, sentence in enumerate(parse.sentences):
        if sentence.words and frame.parsed_start < sentence.end and sentence.start < frame.end:
            for word in sentence:
                if frame.parsed_start <= word.start < frame.end:
                    yield (number, word.index), word


def _placeholder(quotation: Quotation, positions: tuple[_Position, ...], parse: Parse) -> _Item:
    """Returns a quotation as one word. Its governor is the governor of its highest word."""
    inside = set(positions)
    tops = [
        (number, word)
        for number, index in positions
        if (number, (word := parse.sentences[number].words[index]).head) not in inside
        and word.upos != "PUNCT"
    ]
    number, top = next((top for top in tops if _is_highest(*top, parse, inside)), (positions[0][0], None))
    head, relation = (top.head, top.deprel) if top else (ROOT, "root")
    start, end = quotation.content.start, quotation.content.end
    return _Item(Word(0, start, end, "works", "work", "VERB", "VBZ", head, relation), number, positions)


def _is_highest(number: int, word: Word, parse: Parse, inside: set[_Position]) -> bool:
    """Whether a word has its governor outside the quotation, and no ancestor inside it."""
    above = list(parse.sentences[number].ancestors(word))
    return bool(above) and not any((number, w.index) in inside for w in above)


def _split(items: Sequence[_Item], frame: Frame, text: str) -> Iterator[list[_Item]]:
    """Splits the items into the sentences of the frame."""
    part: list[_Item] = []
    for item in items:
        if part and _ends_between(part[-1], item, frame, text):
            yield part
            part = []
        part.append(item)
    if part:
        yield part


def _ends_between(last: _Item, first: _Item, frame: Frame, text: str) -> bool:
    """Whether a sentence of the parse ends between two items, and no quotation connects it to the next."""
    if first.positions[0][0] <= last.positions[-1][0]:
        return False
    return not any(_connects(quotation, last.word, first.word, text) for quotation in frame.quotations)


def _connects(quotation: Quotation, last: Word, first: Word, text: str) -> bool:
    """Whether two words belong to one sentence because of a quotation, even if the parse separates them."""
    content, outer = quotation.content, quotation.outer
    after_opening = outer.start <= last.start < content.start
    before_closing = content.end <= first.start < outer.end
    introduced = last.text in (":", ",") and outer.start <= first.start <= content.start
    closed = content.start <= last.start < outer.end <= first.start
    resumed = closed and sentence_continues(content.text, text[outer.end : outer.end + LOOKAHEAD])
    return after_opening or before_closing or introduced or resumed


def _sentence(items: Sequence[_Item]) -> Sentence:
    """Makes a sentence of items. A word with its governor outside the sentence becomes a root."""
    index_of = {position: index for index, item in enumerate(items) for position in item.positions}
    words = []
    for index, item in enumerate(items):
        head = index_of.get((item.sentence, item.word.head), ROOT)
        relation = item.word.deprel if head != ROOT else "root"
        words.append(attrs.evolve(item.word, index=index, head=head, deprel=relation))
    return Sentence(tuple(words))
