"""What the page of lines across articles shows, worked out before any HTML: who printed which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import attrs
import regex

from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.export.html.overlay import Piece, pieces_of
from quoteattr.export.html.views import Said, Voice, marks_of, said_of, voices_of
from quoteattr.layout import one_line
from quoteattr.schema import Appearance, Article, Conflict, Edit, Span, Speaker, Utterance

AROUND = 140
"""Characters of an article shown on either side of a quotation: about a sentence."""

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:[’'\-][\p{L}\p{N}]+)*")

Fate = Literal["carried", "left", "changed"]


def words(text: str) -> int:
    """How many words a text has.

    >>> words("“We can’t,” she said — no.")
    5
    """
    return len(_WORD.findall(text))


@attrs.frozen
class Strand:
    """A stretch of the canonical wording in one printing."""

    fate: Fate
    """"carried": printed there; "left": left out; "changed": other words stand there."""
    text: str
    """The canonical words; none where words were put in."""
    printed: str = ""
    """The words that stand there instead."""


@attrs.frozen
class Printing:
    """One row under a line: a place that carries it, in one piece or in several that follow one another."""

    appearances: tuple[Appearance, ...]
    """The pieces, in the order of the wording."""
    times: int
    """How often the article carries these words."""
    strands: tuple[Strand, ...]
    """The whole wording, by what became of it here."""
    share: float
    """Share of its words that stand here, changed ones left out."""
    disputed: str | None
    """The other name under which the words stand here."""
    said: tuple[Said, ...]
    """The pieces as quotations."""
    excerpts: list[list[Piece]]
    """The pieces in the words around them, marked; their marks have the numbers of `said`."""

    @property
    def article(self) -> Article:
        """Where it stands."""
        return self.appearances[0].article

    @property
    def changed(self) -> bool:
        """Whether words differ."""
        return any(strand.fate == "changed" for strand in self.strands)

    @property
    def whole(self) -> bool:
        """Whether nothing is left out and nothing changed."""
        return all(strand.fate == "carried" for strand in self.strands)

    @property
    def named(self) -> list[Appearance]:
        """The first piece that has an outlet, if there is one."""
        return [appearance for appearance in self.appearances if appearance.outlet][:1]

    @property
    def bars(self) -> list[tuple[float, float, Fate]]:
        """Start and length, in thousandths of the wording, of each strand that is not left out; its fate."""
        unit = 1000 / max(1, sum(len(strand.text) for strand in self.strands))
        at, bars = 0, list[tuple[float, float, Fate]]()
        for strand in self.strands:
            width = max(len(strand.text), 1 if strand.fate == "changed" else 0)
            if strand.fate != "left" and width:
                bars.append((round(at * unit, 1), round(width * unit, 1), strand.fate))
            at += len(strand.text)
        return bars


@attrs.frozen
class LineView:
    """A line across articles, ready to be set."""

    line: Utterance
    """The line."""
    voice: Voice
    """Who says it."""
    printings: list[Printing]
    """Its places, in their order."""
    elsewhere: list[Conflict]
    """Conflicts with places that are kept as other lines."""

    @property
    def articles(self) -> int:
        """How many articles carry it."""
        return len({printing.article for printing in self.printings})


@attrs.frozen
class LinesView:
    """Lines across articles, ready to be set."""

    voices: list[Voice]
    """The legend."""
    lines: list[LineView]
    """Those that are shown."""
    alone: int
    """How many stand in one place only and are not shown."""

    @classmethod
    def of(cls, lines: Sequence[Utterance], every: bool) -> LinesView:
        """The view of some lines; without `every`, of those that stand in two places or more."""
        several = [line for line in lines if every or len(line.appearances) > 1]
        rows = [(line, list(printings_of(line))) for line in several]
        shown = [(line, places) for line, places in rows if every or len(places) > 1]
        people = _merged(line.speaker for line, _ in shown)
        voices = voices_of(people[_identity(line.speaker)] for line, _ in shown)
        of_person = {_identity(voice.speaker): voice for voice in voices}
        views = [LineView(line, of_person[_identity(line.speaker)], p, _elsewhere(line)) for line, p in shown]
        return cls(voices, views, len(lines) - len(shown))


def _identity(speaker: Speaker | None) -> tuple[str, ...] | None:
    return None if speaker is None else (speaker.kind, *normalized_tokens(speaker.name))


def _merged(speakers: Iterable[Speaker | None]) -> dict[tuple[str, ...] | None, Speaker | None]:
    """One speaker for each name, with the aliases of all lines."""
    found: dict[tuple[str, ...] | None, Speaker | None] = {}
    for speaker in speakers:
        known = found.setdefault(_identity(speaker), speaker)
        if known and speaker:
            aliases = tuple(dict.fromkeys((*known.aliases, *speaker.aliases)))
            found[_identity(speaker)] = attrs.evolve(known, aliases=aliases)
    return found


def _elsewhere(line: Utterance) -> list[Conflict]:
    return [c for c in line.conflicts if c.kind == "speaker" and c.appearance not in line.appearances]


def printings_of(line: Utterance) -> Iterator[Printing]:
    """The places of a line, in their order.

    Pieces of one article that follow one another in the wording are one place. Where an article carries the
    same words again, that is the same place once more.
    """
    for _, group in groupby(line.appearances, key=lambda appearance: appearance.article):
        alike: dict[tuple[Strand, ...], list[list[Appearance]]] = {}
        for run in _runs(line.text, group):
            alike.setdefault(tuple(strands_of(line.text, run)), []).append(run)
        for strands, runs in alike.items():
            yield _printing(line, strands, runs)


def _runs(text: str, appearances: Iterable[Appearance]) -> list[list[Appearance]]:
    runs: list[list[Appearance]] = []
    reached = 0
    for appearance in appearances:
        spans = [*_carried(text, appearance), *(edit.canonical for edit in appearance.edits)]
        start = min((span.start for span in spans), default=0)
        if not runs or start < reached:
            runs.append([])
        runs[-1].append(appearance)
        reached = max((span.end for span in spans), default=0)
    return runs


def _carried(text: str, appearance: Appearance) -> tuple[Span, ...]:
    """The stretches of a wording that stand in a place: all of it where it is whole."""
    return (Span(0, len(text), text),) if appearance.relation == "whole" else appearance.covers


def _printing(line: Utterance, strands: tuple[Strand, ...], runs: Sequence[list[Appearance]]) -> Printing:
    pieces = tuple(piece for run in runs for piece in run)
    carried = sum(words(strand.text) for strand in strands if strand.fate == "carried")
    disputes = [c.detail for c in line.conflicts if c.kind == "speaker" and c.appearance in pieces]
    text, voice = pieces[0].article.text, Voice(0, line.speaker, 1)
    said = tuple(said_of(piece.attribution, voice, text) for piece in pieces)
    windows = _windows(text, [one.attribution.quotation.outer for one in said])
    return Printing(
        appearances=pieces,
        times=len(runs),
        strands=strands,
        share=carried / max(1, words(line.text)),
        disputed=disputes[0] if disputes else None,
        said=said,
        excerpts=pieces_of(text, windows, marks_of(said)),
    )


def _windows(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Stretches of a text that show some spans and what stands beside them in their paragraphs."""
    windows: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: s.start):
        begin = max(span.start - AROUND, text.rfind("\n", 0, span.start) + 1)
        stop = text.find("\n", span.end)
        end = min(span.end + AROUND, stop if stop >= 0 else len(text))
        if windows and begin <= windows[-1][1]:
            begin, end = windows[-1][0], max(end, windows.pop()[1])
        windows.append((_to_space(text, begin, span.start, 1), _to_space(text, end, span.end, -1)))
    return windows


def _to_space(text: str, at: int, towards: int, step: int) -> int:
    """The nearest place towards a span where no word is cut."""
    while at != towards and text[at - 1 : at].strip() and text[at : at + 1].strip():
        at += step
    return at


def strands_of(text: str, pieces: Iterable[Appearance]) -> Iterator[Strand]:
    """What became of a wording, from its first character to its last.

    Spaces and punctuation between two strands belong to the one before.
    """
    spans: list[tuple[Span, Edit | None]] = []
    for piece in pieces:
        spans += [(span, None) for span in _carried(text, piece)]
        spans += [(edit.canonical, edit) for edit in piece.edits]
    spans.sort(key=lambda pair: (pair[0].start, pair[0].end))
    found: list[Strand] = []
    at = 0
    for span, edit in spans:
        start, end = max(at, span.start), max(at, span.end)
        _add(found, "left", text[at:start])
        if edit is not None:
            found.append(Strand("changed", text[start:end], one_line(edit.printed.text)))
        else:
            _add(found, "carried", text[start:end])
        at = end
    _add(found, "left", text[at:])
    yield from found


def _add(found: list[Strand], fate: Fate, text: str) -> None:
    """Put a stretch to the strands: as one of its own if it has words, else to its like before it."""
    if not text:
        return
    last = found[-1] if found else None
    if last is not None and last.fate != "changed" and (last.fate == fate or not words(text)):
        found[-1] = attrs.evolve(last, text=last.text + text)
    else:
        found.append(Strand(fate if words(text) else "carried", text))
