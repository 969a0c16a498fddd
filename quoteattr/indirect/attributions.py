"""Makes attributions of what the text reports: quotations, speakers, outlets and statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from quoteattr.attribution import Finding
from quoteattr.coreference import Chain, Resolution, resolve, speaker_mentions
from quoteattr.indirect.decision import FoundReport, find_reports
from quoteattr.indirect.report import Passage
from quoteattr.outlets import find_outlets
from quoteattr.parsing import Sentence
from quoteattr.schema import Attribution, Outlet, Quotation, Span, Speaker


def attribute_passages(
    text: str,
    passages: Sequence[Passage],
    sentences: Sequence[Sentence],
    findings: Sequence[Finding],
    direct: Sequence[Attribution],
    chains: Sequence[Chain] = (),
) -> list[Attribution]:
    """Attributes the speech without marks of an article.

    The article is read for speakers once more, with the mentions of both kinds of speech and all sentences.
    So what was found for quotations does not depend on the speech without marks.

    Args:
        text: the article.
        passages: its parsed frames.
        sentences: all that were parsed for its quotations.
        findings: what was found for each of its quotations, in order.
        direct: the attributions of its quotations, in order.
        chains: as in `quoteattr.attribute_parsed`.

    Returns:
        An attribution for each report of speech, in order.
    """
    found = find_reports(text, passages, [attribution.quotation for attribution in direct])
    if not found:
        return []
    reports = [_with_continuation(text, report, direct) for report in found]
    mentions = speaker_mentions([*findings, *(report.finding for report in reports)], chains)
    every = {id(s): s for s in (*sentences, *(s for passage in passages for s in passage.sentences))}
    resolutions = resolve(text, mentions, list(every.values()), [a.quotation.content for a in direct])
    again, resolutions = resolutions[: len(direct)], resolutions[len(direct) :]
    same = _known_speakers(direct, again)
    resolutions = [
        _as_known(report, resolution, direct, same)
        for report, resolution in zip(reports, resolutions, strict=True)
    ]
    outlets = _outlets(text, direct, reports, resolutions)
    return list(_rows(direct, reports, resolutions, outlets))


def _with_continuation(text: str, report: FoundReport, direct: Sequence[Attribution]) -> FoundReport:
    """A report that ends in its cue, with the quotations after it that go on with the statement: "|The plan
    is “over” for good|, Lee said. |“We lost.”|"."""
    quotation, cue = report.quotation, report.finding.cue
    if not report.inside or cue is None or cue.start < quotation.content.start:
        return report
    statement = direct[report.inside[-1]].statement
    end = quotation.content.end
    more: list[int] = []
    for number in range(report.inside[-1] + 1, len(direct) if statement is not None else 0):
        outer = direct[number].quotation.outer
        if direct[number].statement != statement or "\n" in text[end : outer.start]:
            break
        if outer.start >= max(cue.end, end):
            more.append(number)
    if not more:
        return report
    parts = (*quotation.parts, *(direct[number].quotation.outer for number in more))
    content = Span.of(text, quotation.content.start, parts[-1].end)
    quotation = Quotation(content, content, "mixed", parts)
    return attrs.evolve(report, quotation=quotation, inside=(*report.inside, *more))


def _known_speakers(direct: Sequence[Attribution], again: Sequence[Resolution]) -> dict[Speaker, Speaker]:
    """For each speaker of the second reading the one of the first, if both readings gave it to a quotation
    under the same name, or its name is an alias of the other's."""
    known: dict[Speaker, Speaker] = {}
    for attribution, resolution in zip(direct, again, strict=True):
        first, second = attribution.speaker, resolution.speaker
        if first is not None and second is not None and _share_name(first, second):
            known.setdefault(second, first)
    return known


def _share_name(first: Speaker, second: Speaker) -> bool:
    return second.name in (first.name, *first.aliases) or first.name in second.aliases


def _as_known(
    report: FoundReport,
    resolution: Resolution,
    direct: Sequence[Attribution],
    same: dict[Speaker, Speaker],
) -> Resolution:
    """A resolution whose speaker is the one that quotations have: that of a quotation inside with the same
    cue, or of one with the same mention, or else the same person."""
    for other in (direct[number] for number in report.inside):
        if (
            other.speaker is not None
            and other.mention is not None
            and report.finding.mention == other.mention
        ):
            return Resolution(other.speaker, other.resolved_by)
    if resolution.speaker is None:
        return resolution
    return attrs.evolve(resolution, speaker=same.get(resolution.speaker, resolution.speaker))


def _outlets(
    text: str,
    direct: Sequence[Attribution],
    reports: Sequence[FoundReport],
    resolutions: Sequence[Resolution],
) -> list[Outlet | None]:
    """The outlet of each report."""
    spoken: list[tuple[Quotation, Speaker | None]] = [(a.quotation, a.speaker) for a in direct]
    spoken += [(report.quotation, found.speaker) for report, found in zip(reports, resolutions, strict=True)]
    order = sorted(range(len(spoken)), key=lambda n: (spoken[n][0].outer.start, -spoken[n][0].outer.end))
    outlets = find_outlets(text, [spoken[n][0] for n in order], [spoken[n][1] for n in order])
    by_number = dict(zip(order, outlets, strict=True))
    return [by_number[n] for n in range(len(direct), len(spoken))]


def _rows(
    direct: Sequence[Attribution],
    reports: Sequence[FoundReport],
    resolutions: Sequence[Resolution],
    outlets: Sequence[Outlet | None],
) -> Iterator[Attribution]:
    """The attribution of each report. A report with a quotation inside has its statement; the others are
    numbered on."""
    number = 1 + max((a.statement for a in direct if a.statement is not None), default=-1)
    for report, resolution, outlet in zip(reports, resolutions, outlets, strict=True):
        finding = report.finding
        inside = (direct[n] for n in report.inside)
        shared = next((a.statement for a in inside if a.statement is not None and a.cue == finding.cue), None)
        statement = number if shared is None else shared
        number += shared is None
        yield Attribution(
            report.quotation,
            finding.cue,
            finding.mention,
            resolution.speaker,
            outlet,
            statement,
            finding.confidence,
            finding.rule,
            resolution.resolved_by,
        )
