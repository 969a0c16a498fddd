"""A quotation in its frame: what the rules read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import attrs

from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.frames import Frame
from quoteattr.schema import Quotation, Span

_NEAR = 400
"""Characters beside a quotation that its rules read: a paragraph of news seldom has more, and a text without
line breaks costs no more for it."""


@attrs.frozen
class Setting:
    """A quotation in its frame."""

    text: str
    """The article."""
    quotation: Quotation
    """The quotation."""
    frame: Frame
    """The frame that holds it."""
    sentences: tuple[Sentence, ...]
    """The frame's parse, offsets of the article."""
    sentence: Sentence | None
    """The sentence in which the quotation begins; None if it was not parsed."""
    lead: Sentence | None = None
    """The last sentence of the paragraph before, if that ends in a colon or this one only quotes."""

    @property
    def content(self) -> Span:
        """The quoted words."""
        return self.quotation.content

    @property
    def closed(self) -> bool:
        """Whether the quotation has its closing mark."""
        return self.quotation.outer.end > self.quotation.content.end

    def quoted(self, word: Word) -> bool:
        """Whether the word stands in any quotation of the frame, or is one of its marks."""
        return self.frame.is_quoted(word.start)

    def position(self, sentence: Sentence) -> int:
        """Number of a sentence of the frame, found by its start."""
        return bisect_left(self.sentences, sentence.start, key=lambda other: other.start)

    @property
    def introduced(self) -> bool:
        """Whether the paragraph before ends in a colon."""
        return self.lead is not None and self.text[self.lead.start : self.frame.start].rstrip().endswith(":")

    @cached_property
    def anchor(self) -> Word | None:
        """The highest quoted word: the one whose governor is not quoted."""
        start, end = self.content.start, self.content.end
        own = [w for w in self.sentence or () if start <= w.start < end and w.upos != "PUNCT"]
        numbers = {w.index for w in own}
        tops = [w for w in own if w.head not in numbers]
        return tops[0] if tops else None

    @cached_property
    def above(self) -> list[Word]:
        """What governs the highest quoted word, from the nearest to the root."""
        return list(self.sentence.ancestors(self.anchor)) if self.sentence and self.anchor else []

    @cached_property
    def outside(self) -> list[Word]:
        """The words of the sentence that no quotation holds."""
        return [w for w in self.sentence or () if not self.quoted(w)]

    def before(self) -> str:
        """The article from the start of the frame to the quotation, or the `_NEAR` characters before it."""
        end = self.quotation.outer.start
        return self.text[max(self.frame.start, end - _NEAR) : end]

    def after(self) -> str:
        """The article from the quotation to the end of the frame, or the `_NEAR` characters after it."""
        start = self.quotation.outer.end
        return self.text[start : min(self.frame.end, start + _NEAR)]


def make_settings(
    text: str,
    quotations: Sequence[Quotation],
    frames: Sequence[Frame],
    parses: Sequence[tuple[Sentence, ...]],
) -> list[Setting]:
    """Returns each quotation of an article in its parsed frame.

    Args:
        text: the article.
        quotations: all its quotations, in order.
        frames: as `find_frames` returns them for these quotations.
        parses: the sentences of each frame, with offsets of the article; none for a frame that is not parsed.

    Returns:
        A setting for each quotation, in order.
    """
    home = {quotation: i for i, frame in enumerate(frames) for quotation in frame.quotations}
    leads = _leads(text, frames, parses)
    starts = [[word.start for sentence in parse for word in sentence] for parse in parses]
    owners = [[sentence for sentence in parse for _ in sentence] for parse in parses]
    found = []
    for quotation in quotations:
        at = home[quotation]
        first = bisect_left(starts[at], quotation.content.start)  # the first quoted word, if it is quoted
        begins = first < len(starts[at]) and starts[at][first] < quotation.content.end
        sentence = owners[at][first] if begins else None
        found.append(Setting(text, quotation, frames[at], parses[at], sentence, leads[at]))
    return found


def _leads(
    text: str, frames: Sequence[Frame], parses: Sequence[tuple[Sentence, ...]]
) -> list[Sentence | None]:
    """For each frame the last sentence of the paragraph right before it, if that leads up to it."""
    leads: list[Sentence | None] = []
    before: tuple[int, Sentence] | None = None
    for frame, parse in zip(frames, parses, strict=True):
        near = before is not None and not text[before[0] : frame.start].strip()
        leads.append(before[1] if before and near else None)
        if not frame.inside_quotation:
            leads_up = not frame.quotations or text[frame.start : frame.end].rstrip().endswith(":")
            before = (frame.end, parse[-1]) if parse and leads_up else None
    return leads
