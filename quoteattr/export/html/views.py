"""What the page of an article shows, worked out before any HTML: who speaks where, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs
import regex

from quoteattr.attribution.registry import reason_of
from quoteattr.export.html.overlay import Mark, Opened, Piece, pieces_of
from quoteattr.layout import one_line, paragraphs
from quoteattr.schema import Article, AttributedArticle, Attribution, Speaker

HUES = 10
"""Colours of the palette in templates/style.css. The eleventh speaker has the first one again, with another
underline; the names beside the text tell them apart in any case."""
UNDERLINES = 3
"""Kinds of underline there: solid, double, wavy."""
DOUBTFUL = 0.5
"""Below this confidence a name has a question mark: another answer is likelier than not."""
HEADLINE = 160
"""Longest first paragraph, in characters, that is set as a headline if no full stop ends it."""
EVIDENCE = 60
"""Longest stretch from cue to mention, in characters, that is shown as it stands."""

_SPACED = regex.compile(r"\s\s|[^\S ]|\A\s|\s\Z")
_ENDED = regex.compile(r"""[.!?…:] [\s"'”’»)\]]* \Z""", regex.X)


@attrs.frozen
class Voice:
    """A speaker as one row of the legend, or nobody: what stands between marks and nobody speaks."""

    number: int
    """From 0, in order of first quotation."""
    speaker: Speaker | None
    """Who it is."""
    count: int
    """How many quotations, or lines."""
    spans: tuple[tuple[float, float], ...] = ()
    """Start and length of each quotation, in thousandths of the article."""

    @property
    def style(self) -> str:
        """Classes of the colour."""
        if self.speaker is None:
            return "nobody"
        return f"hue{self.number % HUES} under{self.number // HUES % UNDERLINES}"


def voices_of(speakers: Iterable[Speaker | None], known: Iterable[Speaker] = ()) -> list[Voice]:
    """A voice for each speaker, those of `known` first, nobody last.

    >>> lee = Speaker("Ann Lee", "person")
    >>> [(v.number, v.speaker and v.speaker.name, v.count) for v in voices_of([None, lee, lee])]
    [(0, 'Ann Lee', 2), (1, None, 1)]
    """
    said = list(speakers)
    order: list[Speaker | None] = [*dict.fromkeys([*known, *(s for s in said if s is not None)])]
    if None in said:
        order.append(None)
    count = Counter(said)
    return [Voice(n, speaker, count[speaker]) for n, speaker in enumerate(order)]


@attrs.frozen
class Said:
    """One quotation, with everything that is told of it."""

    attribution: Attribution
    """What was found."""
    voice: Voice
    """Who speaks."""
    why: str | None
    """The rule that decided, in words; None for a rule that has none."""
    evidence: str | None
    """The words of the article that name the speaker and the saying."""

    @property
    def doubtful(self) -> bool:
        """Whether another answer is likelier than this one."""
        return self.voice.speaker is not None and self.attribution.confidence < DOUBTFUL

    @property
    def meant(self) -> str | None:
        """The words that stand for the speaker here, if the name is not among them."""
        mention, speaker = self.attribution.mention, self.attribution.speaker
        if mention is None or speaker is None:
            return None
        words_here = one_line(mention.span.text)
        return None if speaker.name.casefold() in words_here.casefold() else words_here


@attrs.frozen
class Byline:
    """A name beside a paragraph."""

    voice: Voice
    """Who speaks in it."""
    goes_on: bool
    """Whether they speak in the paragraph before as well: then the name is not set again."""
    outlet: str | None
    """Where the words were given, if that does not stand beside the paragraph before."""
    doubtful: bool
    """Whether all that they say here is doubtful."""


@attrs.frozen
class Paragraph:
    """A paragraph of the text."""

    pieces: list[Piece]
    """Its words and the marks around them."""
    bylines: tuple[Byline, ...]
    """Who speaks in it, nobody left out."""
    headline: bool
    """Whether it looks like one."""
    spaced: bool
    """Whether its white space is more than single spaces."""


@attrs.frozen
class ArticleView:
    """An attributed article, ready to be set."""

    article: Article
    """The article."""
    said: list[Said]
    """Its quotations."""
    voices: list[Voice]
    """The legend."""
    paragraphs: list[Paragraph]
    """The text."""

    @classmethod
    def of(cls, result: AttributedArticle) -> ArticleView:
        """The view of a result."""
        voices = _with_places(voices_of((a.speaker for a in result), result.speakers), result)
        of_speaker = {voice.speaker: voice for voice in voices}
        said = [said_of(a, of_speaker[a.speaker], result.article.text) for a in result]
        return cls(result.article, said, voices, list(_set(result.article.text, said)))


def _with_places(voices: list[Voice], result: AttributedArticle) -> list[Voice]:
    unit = 1000 / max(1, len(result.article.text))
    places: dict[Speaker | None, list[tuple[float, float]]] = {voice.speaker: [] for voice in voices}
    for attribution in result:
        outer = attribution.quotation.outer
        places[attribution.speaker].append((round(outer.start * unit, 1), round(len(outer) * unit, 1)))
    return [attrs.evolve(voice, spans=tuple(places[voice.speaker])) for voice in voices]


def said_of(attribution: Attribution, voice: Voice, text: str) -> Said:
    """A quotation of a text as a voice says it."""
    why = reason_of(attribution.decided_by) if attribution.decided_by else None
    return Said(attribution, voice, why, _evidence(attribution, text))


def _evidence(attribution: Attribution, text: str) -> str | None:
    """Mention and cue as the text has them: "she wrote", or "Ms Lee … told" where much stands between."""
    spans = [attribution.mention.span] if attribution.mention else []
    spans += [attribution.cue] if attribution.cue else []
    if not spans:
        return None
    first, last = min(spans, key=lambda s: s.start), max(spans, key=lambda s: s.end)
    if last.end - first.start <= EVIDENCE and "\n" not in text[first.start : last.end]:
        return one_line(text[first.start : last.end])
    return " … ".join(one_line(span.text) for span in sorted(spans, key=lambda s: s.start))


def _set(text: str, said: Sequence[Said]) -> Iterator[Paragraph]:
    """The paragraphs of a text with its quotations."""
    stretches = paragraphs(text)
    before: dict[Voice, str | None] = {}
    for at, pieces in enumerate(pieces_of(text, stretches, marks_of(said))):
        opened = (piece.mark for piece in pieces if isinstance(piece, Opened))
        here = [said[mark.number] for mark in opened if mark.kind == "quotation"]
        outlets = _outlets(one for one in here if one.voice.speaker is not None)
        words = text[slice(*stretches[at])]
        headline = at == 0 and len(stretches) > 1 and _is_headline(words)
        yield Paragraph(pieces, _bylines(here, outlets, before), headline, bool(_SPACED.search(words)))
        before = outlets


def _bylines(
    said: Sequence[Said], outlets: dict[Voice, str | None], before: dict[Voice, str | None]
) -> tuple[Byline, ...]:
    """The names beside a paragraph, given the outlet of each, and those of the paragraph before."""
    return tuple(
        Byline(
            voice,
            goes_on=voice in before,
            outlet=None if before.get(voice) == outlet else outlet,
            doubtful=all(one.doubtful for one in said if one.voice == voice),
        )
        for voice, outlet in outlets.items()
    )


def _outlets(said: Iterable[Said]) -> dict[Voice, str | None]:
    """For each voice the first outlet of what it says."""
    outlets: dict[Voice, str | None] = {}
    for one in said:
        outlet = one.attribution.outlet.name if one.attribution.outlet else None
        outlets[one.voice] = outlets.get(one.voice) or outlet
    return outlets


def _is_headline(text: str) -> bool:
    return len(text) <= HEADLINE and not _ENDED.search(text)


def marks_of(said: Sequence[Said]) -> list[Mark]:
    """Everything to be marked: quotations; mention, cue and outlet once each, with the first who has them."""
    marks = [
        Mark(s.attribution.quotation.outer.start, s.attribution.quotation.outer.end, "quotation", n)
        for n, s in enumerate(said)
    ]
    parts: dict[tuple[int, int, str], int] = {}
    for n, s in enumerate(said):
        mention, outlet = s.attribution.mention, s.attribution.outlet
        for kind, span in (
            ("mention", mention and mention.span),
            ("cue", s.attribution.cue),
            ("outlet", outlet and outlet.span),
        ):
            if span:
                parts.setdefault((span.start, span.end, kind), n)
    return marks + [Mark(start, end, kind, n) for (start, end, kind), n in parts.items()]
