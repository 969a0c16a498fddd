"""Computes what the page of an article shows: speakers, quotations and paragraphs. The templates make the
HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs
import regex

from quoteattr.attribution.registry import reason_of
from quoteattr.coreference.registry import STEPS
from quoteattr.export.html.overlay import Mark, Opened, Piece, nested_pieces
from quoteattr.fiction import CONVERSATION_STEPS, reason_of_turn
from quoteattr.indirect import reason_of_report
from quoteattr.layout import one_line, paragraphs
from quoteattr.schema import Article, AttributedArticle, Attribution, Span, Speaker

HUES = 10
"""Number of colours in templates/style.css. The eleventh speaker has the first colour again, with another
underline. The names beside the text distinguish speakers in any case."""
UNDERLINES = 3
"""Kinds of underline in templates/style.css: solid, double, wavy."""
DOUBTFUL = 0.5
"""A name with a lower confidence gets a question mark, because another answer is more likely."""
SURE_STEPS = 10
"""Lengths of the rule under a quotation, in templates/style.css."""
LONGEST_HEADLINE = 160
"""Longest first paragraph, in characters, that is set as a headline if it does not end like a sentence:
headlines of newspapers rarely exceed 120."""
LONGEST_EVIDENCE = 60
"""Most characters from cue to mention that are shown in full. They fill two lines of a note."""

_PRESERVED_SPACE = regex.compile(r"\s\s|[^\S ]|\A\s|\s\Z")
_SENTENCE_END = regex.compile(r"""[.!?…:] [\s"'”’»)\]]* \Z""", regex.X)


@attrs.frozen
class SpeakerView:
    """An entry of the legend: a speaker, or the quotations that nobody speaks."""

    number: int
    """Counted from 0, in order of first quotation."""
    speaker: Speaker | None
    """The speaker; None for quotations that nobody speaks."""
    count: int
    """Number of quotations, or of utterances."""
    bars: tuple[tuple[float, float], ...] = ()
    """Start and length of each quotation, in thousandths of the article."""
    first: int | None = None
    """Number of the first quotation, from 1; None on a page of lines."""

    @property
    def style(self) -> str:
        """The CSS classes for the colour and underline."""
        if self.speaker is None:
            return "nobody"
        return f"hue{self.number % HUES} under{self.number // HUES % UNDERLINES}"


def speaker_views(speakers: Iterable[Speaker | None], listed: Iterable[Speaker] = ()) -> list[SpeakerView]:
    """Returns the legend for some quotations.

    Args:
        speakers: the speaker of each quotation.
        listed: speakers that come first, in this order.

    Returns:
        An entry for each speaker, and a last one for the quotations without a speaker if there are any.

    >>> lee = Speaker("Ann Lee", "person")
    >>> [(s.number, s.speaker and s.speaker.name, s.count) for s in speaker_views([None, lee, lee])]
    [(0, 'Ann Lee', 2), (1, None, 1)]
    """
    counts = Counter(speakers)
    order: list[Speaker | None] = [*dict.fromkeys([*listed, *(s for s in counts if s is not None)])]
    if None in counts:
        order.append(None)
    return [SpeakerView(number, speaker, counts[speaker]) for number, speaker in enumerate(order)]


@attrs.frozen
class QuotationView:
    """A quotation with everything that its note shows."""

    attribution: Attribution
    """The attribution."""
    speaker: SpeakerView
    """Its entry in the legend."""
    reason: str | None
    """The reason for the attribution as a sentence; None for a rule without one."""
    resolution: str | None
    """The reason for the identity of the speaker as a sentence; None if there is none."""
    evidence: str | None
    """The mention and the cue as the article has them."""
    inside: Speaker | None = None
    """Who speaks the quotation around it; None if it is inside none, or if nobody speaks that."""

    @classmethod
    def of(
        cls, attribution: Attribution, speaker: SpeakerView, text: str, inside: Speaker | None = None
    ) -> QuotationView:
        """The view of a quotation in a text, inside one of a speaker."""
        rule = attribution.decided_by
        why = (reason_of(rule) or reason_of_report(rule) or reason_of_turn(rule)) if rule else None
        steps = STEPS | CONVERSATION_STEPS
        step = steps.get(attribution.resolved_by) if attribution.resolved_by else None
        resolution = None if step is None else step.reason
        return cls(attribution, speaker, why, resolution, _evidence(attribution, text), inside)

    @property
    def reported(self) -> bool:
        """Whether it is speech without marks."""
        return self.attribution.quotation.kind != "direct"

    @property
    def marked(self) -> tuple[Span, ...]:
        """The stretches that are marked: with the quotation marks, or the parts of speech without marks."""
        quotation = self.attribution.quotation
        return quotation.parts if self.reported else (quotation.outer,)

    @property
    def doubtful(self) -> bool:
        """Whether another answer is more likely than this speaker."""
        return self.speaker.speaker is not None and self.attribution.confidence < DOUBTFUL

    @property
    def sure(self) -> int:
        """The length of the rule under it, from 0 to SURE_STEPS; 0 if nobody speaks it."""
        return round(SURE_STEPS * self.attribution.confidence) if self.speaker.speaker else 0

    @property
    def described_as(self) -> str | None:
        """The words of the mention, unless they contain the speaker's name."""
        mention, speaker = self.attribution.mention, self.attribution.speaker
        if mention is None or speaker is None:
            return None
        words = one_line(mention.span.text)
        return None if speaker.name.casefold() in words.casefold() else words


@attrs.frozen
class MarginName:
    """A speaker's name in the margin beside a paragraph."""

    speaker: SpeakerView
    """The speaker."""
    continued: bool
    """Whether the speaker also speaks in the paragraph before. If so, the name is not repeated."""
    outlet: str | None
    """The outlet; None if it is shown beside the paragraph before."""
    doubtful: bool
    """Whether all quotations of the speaker in the paragraph are doubtful."""


@attrs.frozen
class Paragraph:
    """A paragraph of the article."""

    pieces: list[Piece]
    """Its words, and the marks around them."""
    names: tuple[MarginName, ...]
    """The names beside it."""
    is_headline: bool
    """Whether it is set as a headline."""
    preserves_space: bool
    """Whether it has white space that browsers would collapse, which is all but single spaces."""


@attrs.frozen
class ArticleView:
    """What the page shows of an attributed article."""

    article: Article
    """The article."""
    quotations: list[QuotationView]
    """Its quotations."""
    speakers: list[SpeakerView]
    """The legend."""
    paragraphs: list[Paragraph]
    """The text."""

    @property
    def has_reports(self) -> bool:
        """Whether any of the quotations is speech without marks."""
        return any(quotation.reported for quotation in self.quotations)

    @property
    def totals(self) -> list[tuple[int, str]]:
        """What the page counts under its title: how many, and of what, in the singular."""
        outlets = {q.attribution.outlet.name for q in self.quotations if q.attribution.outlet}
        counts = (
            (len(self.quotations), "quotation"),
            (sum(view.speaker is not None for view in self.speakers), "speaker"),
            (len(outlets), "outlet"),
            (sum(quotation.doubtful for quotation in self.quotations), "doubtful answer"),
        )
        return [(count, what) for count, what in counts if count]

    @classmethod
    def of(cls, result: AttributedArticle) -> ArticleView:
        """The view of a result."""
        text = result.article.text
        speakers = _with_bars(speaker_views((a.speaker for a in result), result.speakers), result)
        view_of = {view.speaker: view for view in speakers}
        inside = _speakers_around(result)
        quotations = [
            QuotationView.of(a, view_of[a.speaker], text, around)
            for a, around in zip(result, inside, strict=True)
        ]
        return cls(result.article, quotations, speakers, list(_paragraphs(text, quotations)))


def _with_bars(speakers: list[SpeakerView], result: AttributedArticle) -> list[SpeakerView]:
    unit = 1000 / max(1, len(result.article.text))
    bars: dict[Speaker | None, list[tuple[float, float]]] = {view.speaker: [] for view in speakers}
    for attribution in result:
        outer = attribution.quotation.outer
        bars[attribution.speaker].append((round(outer.start * unit, 1), round(len(outer) * unit, 1)))
    first: dict[Speaker | None, int] = {}
    for number, attribution in enumerate(result, 1):
        first.setdefault(attribution.speaker, number)
    return [
        attrs.evolve(view, bars=tuple(bars[view.speaker]), first=first.get(view.speaker)) for view in speakers
    ]


def _speakers_around(result: AttributedArticle) -> Iterator[Speaker | None]:
    """Yields for each quotation who speaks the innermost quotation around it."""
    around: list[Attribution] = []
    for attribution in result:
        outer = attribution.quotation.outer
        while around and around[-1].quotation.outer.end < outer.end:
            around.pop()
        yield around[-1].speaker if around else None
        around.append(attribution)


def _evidence(attribution: Attribution, text: str) -> str | None:
    """ "she wrote", or "Ms Lee … told" if mention and cue are far apart."""
    spans = [attribution.mention.span] if attribution.mention else []
    spans += [attribution.cue] if attribution.cue else []
    if not spans:
        return None
    first, last = min(spans, key=lambda s: s.start), max(spans, key=lambda s: s.end)
    if last.end - first.start <= LONGEST_EVIDENCE and "\n" not in text[first.start : last.end]:
        return one_line(text[first.start : last.end])
    return " … ".join(one_line(span.text) for span in sorted(spans, key=lambda s: s.start))


def _paragraphs(text: str, quotations: Sequence[QuotationView]) -> Iterator[Paragraph]:
    stretches = paragraphs(text)
    outlets_before: dict[SpeakerView, str | None] = {}
    for number, pieces in enumerate(nested_pieces(text, stretches, marks_of(quotations))):
        marks = (piece.mark for piece in pieces if isinstance(piece, Opened))
        inside = [quotations[mark.number] for mark in marks if mark.kind == "quotation"]
        outlets = _outlets(quotation for quotation in inside if quotation.speaker.speaker is not None)
        words = text[slice(*stretches[number])]
        is_headline = number == 0 and len(stretches) > 1 and _is_headline(words)
        names = _margin_names(inside, outlets, outlets_before)
        yield Paragraph(pieces, names, is_headline, bool(_PRESERVED_SPACE.search(words)))
        outlets_before = outlets


def _margin_names(
    quotations: Sequence[QuotationView],
    outlets: dict[SpeakerView, str | None],
    outlets_before: dict[SpeakerView, str | None],
) -> tuple[MarginName, ...]:
    """The names beside a paragraph, given the outlets of the speakers in it and in the one before."""
    return tuple(
        MarginName(
            speaker,
            continued=speaker in outlets_before,
            outlet=None if outlets_before.get(speaker) == outlet else outlet,
            doubtful=all(q.doubtful for q in quotations if q.speaker == speaker),
        )
        for speaker, outlet in outlets.items()
    )


def _outlets(quotations: Iterable[QuotationView]) -> dict[SpeakerView, str | None]:
    """The first outlet of each speaker."""
    outlets: dict[SpeakerView, str | None] = {}
    for quotation in quotations:
        outlet = quotation.attribution.outlet.name if quotation.attribution.outlet else None
        outlets[quotation.speaker] = outlets.get(quotation.speaker) or outlet
    return outlets


def _is_headline(text: str) -> bool:
    return len(text) <= LONGEST_HEADLINE and not _SENTENCE_END.search(text)


def marks_of(quotations: Sequence[QuotationView]) -> list[Mark]:
    """The marks of quotations, and of their mentions, cues and outlets.

    A mention, cue or outlet that several quotations share is marked once, with the number of the first.
    """
    marks = [
        Mark(span.start, span.end, "quotation", number, part)
        for number, view in enumerate(quotations)
        for part, span in enumerate(view.marked)
    ]
    parts: dict[tuple[int, int, str], int] = {}
    for number, view in enumerate(quotations):
        mention, outlet = view.attribution.mention, view.attribution.outlet
        for kind, span in (
            ("mention", mention and mention.span),
            ("cue", view.attribution.cue),
            ("outlet", outlet and outlet.span),
        ):
            if span:
                parts.setdefault((span.start, span.end, kind), number)
    return marks + [Mark(start, end, kind, number) for (start, end, kind), number in parts.items()]
