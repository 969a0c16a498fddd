"""Settings: each quotation in its frame, with its sentence if that was parsed.

A `Setting` has everything that a rule of attribution may read about one quotation. (It has nothing to do with
configuration.) Rules that read the dependency tree take a `ParsedSetting`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cached_property

import attrs

from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.frames import Frame
from quoteattr.schema import Quotation, Span

_NEAR = 400
"""Most characters beside a quotation that its rules read. A paragraph of news seldom has more; the limit
matters for texts without line breaks."""


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
    """The parse of the frame, with offsets of the article; empty if the frame was not parsed."""
    lead: Sentence | None
    """The last sentence of the paragraph before, if that paragraph ends in a colon or has no quotation."""

    @property
    def content(self) -> Span:
        """The quoted words."""
        return self.quotation.content

    @property
    def closed(self) -> bool:
        """Whether the quotation has its closing mark."""
        return self.quotation.outer.end > self.quotation.content.end

    def quoted(self, word: Word) -> bool:
        """Whether the word is in any quotation of the frame, marks included."""
        return self.frame.is_quoted(word.start)

    @property
    def introduced(self) -> bool:
        """Whether the paragraph before ends in a colon."""
        return self.lead is not None and self.text[self.lead.start : self.frame.start].rstrip().endswith(":")

    def before(self) -> str:
        """The article from the start of the frame to the quotation, or the `_NEAR` characters before it. The
        mark of a list is left out."""
        end = self.quotation.outer.start
        return self.text[max(min(self.frame.item_start, end), end - _NEAR) : end]

    def after(self) -> str:
        """The article from the quotation to the end of the frame, or the `_NEAR` characters after it."""
        start = self.quotation.outer.end
        return self.text[start : min(self.frame.end, start + _NEAR)]

    @property
    def anchor(self) -> Word | None:
        """The highest quoted word in the dependency tree; None without a parse."""
        return None

    @property
    def above(self) -> list[Word]:
        """The governors of the anchor, from the nearest to the root; none without a parse."""
        return []

    @property
    def outside(self) -> list[Word]:
        """The words of the sentence outside quotations; none without a parse."""
        return []

    def at(self, sentence: Sentence) -> ParsedSetting:
        """Returns this setting with another sentence for the rules to read."""
        return ParsedSetting(self.text, self.quotation, self.frame, self.sentences, self.lead, sentence)


@attrs.frozen
class ParsedSetting(Setting):
    """A quotation in its frame and in its parsed sentence."""

    sentence: Sentence
    """The sentence in which the quotation begins, or another one that a rule reads in its place."""

    @property
    def position(self) -> int:
        """Index of the sentence in its frame."""
        return bisect_left(self.sentences, self.sentence.start, key=lambda other: other.start)

    @cached_property
    def anchor(self) -> Word | None:
        """The highest quoted word: the first whose governor is not quoted; None if no word is quoted."""
        start, end = self.content.start, self.content.end
        own = [w for w in self.sentence if start <= w.start < end and w.upos != "PUNCT"]
        numbers = {w.index for w in own}
        return next((w for w in own if w.head not in numbers), None)

    @cached_property
    def above(self) -> list[Word]:
        """The governors of the anchor, from the nearest to the root."""
        return list(self.sentence.ancestors(self.anchor)) if self.anchor else []

    @cached_property
    def outside(self) -> list[Word]:
        """The words of the sentence outside quotations."""
        return [w for w in self.sentence if not self.quoted(w)]

    @cached_property
    def outside_before(self) -> list[Word]:
        """The words of the sentence outside quotations and before this one."""
        return [w for w in self.outside if w.end <= self.content.start]

    @cached_property
    def outside_after(self) -> list[Word]:
        """The words of the sentence outside quotations and after this one."""
        return [w for w in self.outside if w.start >= self.content.end]


def make_settings(
    text: str,
    quotations: Sequence[Quotation],
    frames: Sequence[Frame],
    parses: Sequence[tuple[Sentence, ...]],
) -> list[Setting]:
    """Returns the setting of each quotation of an article.

    Args:
        text: the article.
        quotations: all its quotations, in order.
        frames: as `find_frames` returns them for these quotations.
        parses: the sentences of each frame, with offsets of the article; none for a frame that is not parsed.

    Returns:
        A setting for each quotation, in order: a `ParsedSetting` if a sentence holds its first word.
    """
    frame_of = {quotation: i for i, frame in enumerate(frames) for quotation in frame.quotations}
    leads = _leads(text, frames, parses)
    starts = [[word.start for sentence in parse for word in sentence] for parse in parses]
    sentences = [[sentence for sentence in parse for _ in sentence] for parse in parses]
    settings = []
    for quotation in quotations:
        at = frame_of[quotation]
        setting = Setting(text, quotation, frames[at], parses[at], leads[at])
        first = bisect_left(starts[at], quotation.content.start)
        begins = first < len(starts[at]) and starts[at][first] < quotation.content.end
        settings.append(setting.at(sentences[at][first]) if begins else setting)
    return settings


def _leads(
    text: str, frames: Sequence[Frame], parses: Sequence[tuple[Sentence, ...]]
) -> list[Sentence | None]:
    """Returns for each frame the last sentence of the paragraph right before it, if that introduces the
    frame."""
    leads: list[Sentence | None] = []
    before: tuple[int, Sentence] | None = None
    for frame, parse in zip(frames, parses, strict=True):
        near = before is not None and not text[before[0] : frame.start].strip()
        leads.append(before[1] if before and near else None)
        if not frame.inside_quotation:
            leads_up = not frame.quotations or text[frame.start : frame.end].rstrip().endswith(":")
            before = (frame.end, parse[-1]) if parse and leads_up else None
    return leads


def parsed_sentences(settings: Collection[Setting]) -> list[Sentence]:
    """Returns every parsed sentence of an article once: those of the frames, and the leads."""
    groups = {id(s.sentences): s.sentences for s in settings}
    leads = {id(s.lead): (s.lead,) for s in settings if s.lead is not None}
    found = {id(sentence): sentence for group in (groups | leads).values() for sentence in group}
    return list(found.values())
