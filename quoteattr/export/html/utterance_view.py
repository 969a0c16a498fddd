"""Computes what the page of utterances shows: occurrences under the canonical wording. The templates make the
HTML."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import attrs
import regex

from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.export.html.article_view import QuotationView, SpeakerView, marks_of, speaker_views
from quoteattr.export.html.overlay import Piece, nested_pieces
from quoteattr.layout import one_line
from quoteattr.schema import Appearance, Article, Conflict, Edit, Span, Speaker, Utterance

CONTEXT = 140
"""Characters of the article shown on either side of a quotation: about a sentence."""

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:[’'\-][\p{L}\p{N}]+)*")

SegmentStatus = Literal["carried", "omitted", "changed"]
PersonKey = tuple[str, ...] | None


def count_words(text: str) -> int:
    """The number of words in a text.

    >>> count_words("“We can’t,” she said — no.")
    5
    """
    return len(_WORD.findall(text))


@attrs.frozen
class Segment:
    """A stretch of the canonical wording, with its status in one occurrence."""

    status: SegmentStatus
    """"carried" if the article has the same words, "omitted" if it lacks them, "changed" if words differ."""
    text: str
    """The canonical words; empty if the article inserts words."""
    printed: str = ""
    """The article's words, if changed."""


@attrs.frozen
class OccurrenceView:
    """A row under an utterance: appearances in one article that continue each other in the wording."""

    appearances: tuple[Appearance, ...]
    """The appearances, in the order of the wording."""
    times: int
    """How often the article has these words."""
    segments: tuple[Segment, ...]
    """The canonical wording, divided by status."""
    share: float
    """Fraction of its words that the article carries unchanged."""
    disputed: str | None
    """The other speaker to whom the article attributes the words."""
    quotations: tuple[QuotationView, ...]
    """The appearances as quotations."""
    excerpts: list[list[Piece]]
    """The quotations with the words around them. The numbers of their marks are positions in `quotations`."""

    @property
    def article(self) -> Article:
        """The article."""
        return self.appearances[0].article

    @property
    def is_changed(self) -> bool:
        """Whether words differ."""
        return any(segment.status == "changed" for segment in self.segments)

    @property
    def is_whole(self) -> bool:
        """Whether no words are omitted or changed."""
        return all(segment.status == "carried" for segment in self.segments)

    @property
    def with_outlet(self) -> Appearance | None:
        """The first appearance with an outlet."""
        return next((appearance for appearance in self.appearances if appearance.outlet), None)

    @property
    def outlet_name(self) -> str | None:
        """The name of its outlet."""
        return self.with_outlet.outlet.name if self.with_outlet and self.with_outlet.outlet else None

    @property
    def bars(self) -> list[tuple[float, float, SegmentStatus]]:
        """Start and length, in thousandths of the wording, and status of each segment that is not omitted."""
        unit = 1000 / max(1, sum(len(segment.text) for segment in self.segments))
        start, bars = 0, list[tuple[float, float, SegmentStatus]]()
        for segment in self.segments:
            width = max(len(segment.text), 1 if segment.status == "changed" else 0)
            if segment.status != "omitted" and width:
                bars.append((round(start * unit, 1), round(width * unit, 1), segment.status))
            start += len(segment.text)
        return bars


@attrs.frozen
class OccurrenceGroup:
    """Occurrences that carry the same words of an utterance."""

    first: OccurrenceView
    """The first occurrence."""
    others: tuple[OccurrenceView, ...] = ()
    """The others, which the page folds."""


def papers_of(occurrences: Iterable[OccurrenceView]) -> list[str]:
    """The publishers of some occurrences, each once, in order."""
    return list(dict.fromkeys(o.article.publisher for o in occurrences if o.article.publisher))


@attrs.frozen
class UtteranceView:
    """What the page shows of an utterance."""

    utterance: Utterance
    """The utterance."""
    speaker: SpeakerView
    """Its speaker's entry in the legend."""
    occurrences: list[OccurrenceView]
    """Its occurrences, in the order of its appearances."""
    conflicts: list[Conflict]
    """Conflicts about the speaker with appearances that belong to other utterances."""

    @property
    def article_count(self) -> int:
        """The number of articles that carry it."""
        return len({occurrence.article for occurrence in self.occurrences})

    @property
    def papers(self) -> list[str]:
        """The publishers that carry it, in order."""
        return papers_of(self.occurrences)

    @property
    def groups(self) -> list[OccurrenceGroup]:
        """The occurrences, those with equal words and nothing else to say folded into the first."""
        groups: dict[object, list[OccurrenceView]] = {}
        for occurrence in self.occurrences:
            alike = None if occurrence.disputed else (occurrence.segments, occurrence.outlet_name)
            groups.setdefault(alike or id(occurrence), []).append(occurrence)
        return [OccurrenceGroup(first, tuple(others)) for first, *others in groups.values()]

    @property
    def first(self) -> Article | None:
        """The article that carries it on the first day; None without dates, or if several do on that day."""
        dated = {o.article: o.article.published for o in self.occurrences if o.article.published}
        earliest = [article for article, day in dated.items() if day == min(dated.values())]
        return earliest[0] if len(earliest) == 1 and len(dated) > 1 else None

    @property
    def timeline(self) -> list[tuple[float, int]]:
        """The days on which it appears, as thousandths of the time from the first to the last, and how many
        articles each has; empty if all appear on one day."""
        articles = dict.fromkeys(o.article for o in self.occurrences)
        days = Counter(article.published for article in articles if article.published)
        length = (max(days) - min(days)).days if days else 0
        return [(round(1000 * (day - min(days)).days / length), days[day]) for day in sorted(days) if length]

    @property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day; None without dates."""
        days = [o.article.published for o in self.occurrences if o.article.published]
        return (min(days), max(days)) if days else None


@attrs.frozen
class UtterancesView:
    """What the page shows of several utterances."""

    speakers: list[SpeakerView]
    """The legend."""
    utterances: list[UtteranceView]
    """The utterances that are shown."""
    hidden: int
    """How many have a single occurrence and are not shown."""
    papers: list[str]
    """The publishers of all occurrences, of those that are not shown too."""

    @property
    def totals(self) -> list[tuple[int, str]]:
        """What the page counts under its title: how many, and of what, in the singular."""
        articles = {o.article for row in self.utterances for o in row.occurrences}
        counts = (
            (len(self.utterances), "line"),
            (sum(view.speaker is not None for view in self.speakers), "speaker"),
            (len(articles), "article"),
            (len(self.papers), "paper"),
        )
        return [(count, what) for count, what in counts if count]

    @classmethod
    def of(cls, utterances: Sequence[Utterance], every: bool) -> UtterancesView:
        """The view of some utterances; without `every`, of those with two occurrences or more."""
        papers = dict.fromkeys(a.article.publisher for u in utterances for a in u.appearances)
        rows = [(u, list(occurrences_of(u))) for u in utterances if every or len(u.appearances) > 1]
        shown = [(utterance, rows) for utterance, rows in rows if every or len(rows) > 1]
        merged = _merged_speakers(utterance.speaker for utterance, _ in shown)
        speakers = speaker_views(merged[_person_key(utterance.speaker)] for utterance, _ in shown)
        view_of = {_person_key(view.speaker): view for view in speakers}
        views = [
            UtteranceView(utterance, view_of[_person_key(utterance.speaker)], rows, _conflicts(utterance))
            for utterance, rows in shown
        ]
        return cls(speakers, views, len(utterances) - len(shown), [paper for paper in papers if paper])


def _person_key(speaker: Speaker | None) -> PersonKey:
    return None if speaker is None else (speaker.kind, *normalized_tokens(speaker.name))


def _merged_speakers(speakers: Iterable[Speaker | None]) -> dict[PersonKey, Speaker | None]:
    """One speaker for each normalized name, with the aliases of all utterances."""
    merged: dict[PersonKey, Speaker | None] = {}
    for speaker in speakers:
        known = merged.setdefault(_person_key(speaker), speaker)
        if known and speaker:
            aliases = tuple(dict.fromkeys((*known.aliases, *speaker.aliases)))
            merged[_person_key(speaker)] = attrs.evolve(known, aliases=aliases)
    return merged


def _conflicts(utterance: Utterance) -> list[Conflict]:
    return [
        conflict
        for conflict in utterance.conflicts
        if conflict.kind == "speaker" and conflict.appearance not in utterance.appearances
    ]


def occurrences_of(utterance: Utterance) -> Iterator[OccurrenceView]:
    """Yields the occurrences of an utterance, in the order of its appearances.

    Appearances in one article that continue each other in the wording are one occurrence. Repetitions of the
    same words in an article are counted in the same occurrence.
    """
    for _, appearances in groupby(utterance.appearances, key=lambda appearance: appearance.article):
        sequences_by_segments: dict[tuple[Segment, ...], list[list[Appearance]]] = {}
        for sequence in _continuing(utterance.text, appearances):
            segments = tuple(segments_of(utterance.text, sequence))
            sequences_by_segments.setdefault(segments, []).append(sequence)
        for segments, sequences in sequences_by_segments.items():
            yield _occurrence(utterance, segments, sequences)


def _continuing(text: str, appearances: Iterable[Appearance]) -> list[list[Appearance]]:
    """Divides the appearances into sequences in which each continues the wording after the one before."""
    sequences: list[list[Appearance]] = []
    reached = 0
    for appearance in appearances:
        spans = [*_carried(text, appearance), *(edit.canonical for edit in appearance.edits)]
        start = min((span.start for span in spans), default=0)
        if not sequences or start < reached:
            sequences.append([])
        sequences[-1].append(appearance)
        reached = max((span.end for span in spans), default=0)
    return sequences


def _carried(text: str, appearance: Appearance) -> tuple[Span, ...]:
    """The stretches of the canonical wording that an appearance carries: all of it if it is whole."""
    return (Span(0, len(text), text),) if appearance.relation == "whole" else appearance.covers


def _occurrence(
    utterance: Utterance, segments: tuple[Segment, ...], sequences: Sequence[list[Appearance]]
) -> OccurrenceView:
    appearances = tuple(appearance for sequence in sequences for appearance in sequence)
    carried = sum(count_words(segment.text) for segment in segments if segment.status == "carried")
    disputed = (c.detail for c in utterance.conflicts if c.kind == "speaker" and c.appearance in appearances)
    text, speaker = appearances[0].article.text, SpeakerView(0, utterance.speaker, 1)
    quotations = tuple(QuotationView.of(a.attribution, speaker, text) for a in appearances)
    windows = _windows(text, [view.attribution.quotation.outer for view in quotations])
    return OccurrenceView(
        appearances=appearances,
        times=len(sequences),
        segments=segments,
        share=carried / max(1, count_words(utterance.text)),
        disputed=next(disputed, None),
        quotations=quotations,
        excerpts=nested_pieces(text, windows, marks_of(quotations)),
    )


def _windows(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches of a text that contain some spans and their surroundings, up to the ends of their
    paragraphs."""
    windows: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: s.start):
        start = max(span.start - CONTEXT, text.rfind("\n", 0, span.start) + 1)
        line_end = text.find("\n", span.end)
        end = min(span.end + CONTEXT, line_end if line_end >= 0 else len(text))
        if windows and start <= windows[-1][1]:
            start, end = windows[-1][0], max(end, windows.pop()[1])
        windows.append((_word_boundary(text, start, span.start), _word_boundary(text, end, span.end)))
    return windows


def _word_boundary(text: str, index: int, limit: int) -> int:
    """The first index from `index` towards `limit` that is not inside a word."""
    step = 1 if index < limit else -1
    while index != limit and text[index - 1 : index].strip() and text[index : index + 1].strip():
        index += step
    return index


def segments_of(text: str, appearances: Iterable[Appearance]) -> Iterator[Segment]:
    """Yields the segments of a wording, from its first to its last character.

    Spaces and punctuation between two segments belong to the first of them.
    """
    spans: list[tuple[Span, Edit | None]] = []
    for appearance in appearances:
        spans += [(span, None) for span in _carried(text, appearance)]
        spans += [(edit.canonical, edit) for edit in appearance.edits]
    spans.sort(key=lambda pair: (pair[0].start, pair[0].end))
    segments: list[Segment] = []
    reached = 0
    for span, edit in spans:
        start, end = max(reached, span.start), max(reached, span.end)
        _add_segment(segments, "omitted", text[reached:start])
        if edit is not None:
            segments.append(Segment("changed", text[start:end], one_line(edit.printed.text)))
        else:
            _add_segment(segments, "carried", text[start:end])
        reached = end
    _add_segment(segments, "omitted", text[reached:])
    yield from segments


def _add_segment(segments: list[Segment], status: SegmentStatus, text: str) -> None:
    """Appends a stretch of the wording. It extends the last segment if that has the same status, or if the
    stretch has no words."""
    if not text:
        return
    last = segments[-1] if segments else None
    has_words = count_words(text) > 0
    if last is not None and last.status != "changed" and (last.status == status or not has_words):
        segments[-1] = attrs.evolve(last, text=last.text + text)
    else:
        segments.append(Segment(status if has_words else "carried", text))
