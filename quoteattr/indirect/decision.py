"""Decides what a text reports: which words, who says them, and how sure that is.

Every word of saying outside quotations is a site. The rules propose a report for it, and the tagger, which
sees the proposal among its features, decides: whether anything is reported, which words, and who says them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import attrs

from quoteattr.attribution import Finding
from quoteattr.attribution.noun_phrases import antecedent_of, mention_of
from quoteattr.indirect.confidence import probability_of_report
from quoteattr.indirect.registry import TAGGED, propose_report
from quoteattr.indirect.report import CueSite, Passage, Report, cue_sites
from quoteattr.indirect.tag_features import SentenceFeatures, SiteFeatures, site_features
from quoteattr.indirect.tagger import TaggedSite, tag_sites
from quoteattr.layout import has_letter
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import has_case
from quoteattr.schema import Quotation, Span

LEAST_REPORTED, LEAST_RIGHT = 0.5, 0.35
"""Least probability that anything is reported at a site, and least confidence of a report. On articles that
the tagger was not trained on, a least confidence of .3 to .4 gives the best F1, whatever the first."""
_MARK = 2
"""Most characters of a quotation mark."""
_SAME = 0.5
"""Share of common characters from which two reports are one."""


@attrs.frozen
class FoundReport:
    """Reported speech that was found."""

    quotation: Quotation
    """Its words."""
    finding: Finding
    """The cue, the mention of the speaker, the rule and the confidence."""
    inside: tuple[int, ...] = ()
    """The numbers of the quotations between marks that are inside it."""
    tags: TaggedSite | None = None
    """What the tagger decided."""


def find_reports(
    text: str, passages: Sequence[Passage], quotations: Sequence[Quotation]
) -> list[FoundReport]:
    """Finds the speech that a text reports without marks, or with marks around a part of it.

    Args:
        text: the article.
        passages: its parsed frames.
        quotations: between marks, in order.

    Returns:
        Reports in the order of the text. Two of them overlap only if one person reports what another said.
    """
    sites = [site for p in passages for site in cue_sites(text, p.frame, p.sentences)]
    proposed = [propose_report(site) for site in sites]
    tagged = tag_sites(list(features_of(sites, proposed)))
    starts = [quotation.outer.start for quotation in quotations]
    of_sentences: dict[int, list[FoundReport]] = {}
    for site, proposal, tags in zip(sites, proposed, tagged, strict=True):
        if tags.probability >= LEAST_REPORTED:
            near = _quotations_in(site, starts)
            report = _report(site, proposal, tags, {number: quotations[number] for number in near})
            if report is not None and report.finding.confidence >= LEAST_RIGHT:
                of_sentences.setdefault(site.sentence.start, []).append(report)
    found = (report for reports in of_sentences.values() for report in _distinct(reports))
    return sorted(found, key=lambda report: (report.quotation.content.start, -report.quotation.content.end))


def _quotations_in(site: CueSite, starts: Sequence[int]) -> range:
    """The numbers of the quotations that begin in a site's sentence, or right before its first word."""
    first = bisect_left(starts, site.sentence.start - _MARK)
    return range(first, bisect_left(starts, site.sentence.end))


def _distinct(reports: Sequence[FoundReport]) -> list[FoundReport]:
    """The reports of a sentence without those that have about the same words as a surer one."""
    kept: list[FoundReport] = []
    for report in sorted(reports, key=lambda report: -report.finding.confidence):
        if not any(_are_same(report, other) for other in kept):
            kept.append(report)
    return kept


def features_of(sites: Sequence[CueSite], proposed: Sequence[Report | None]) -> Iterator[SiteFeatures]:
    """The features of the words of each site's sentence."""
    known: dict[int, SentenceFeatures] = {}
    for site, report in zip(sites, proposed, strict=True):
        sentence = site.sentence
        if id(sentence) not in known:
            known[id(sentence)] = SentenceFeatures.of(sentence, [site.is_quoted(w) for w in sentence])
        yield site_features(site, known[id(sentence)], report)


def _report(
    site: CueSite, proposal: Report | None, tags: TaggedSite, quotations: Mapping[int, Quotation]
) -> FoundReport | None:
    """The report of a site as the tagger has it; None if all its words are quoted. `quotations` are those of
    the sentence, by number."""
    words = [site.sentence.words[index] for index in tags.content]
    spans = _with_marks(_spans(site, words), list(quotations.values()))
    if not spans or all(map(site.is_quoted, words)):
        return None
    text = site.setting.text
    inside = tuple(n for n, q in quotations.items() if any(_holds(span, q.outer) for span in spans))
    parts = tuple(Span.of(text, start, end) for start, end in spans)
    content = Span.of(text, parts[0].start, parts[-1].end)
    quotation = Quotation(content, content, "mixed" if inside else "indirect", parts)
    rule = proposal.rule if proposal and set(tags.content) & {w.index for w in proposal.words} else TAGGED
    return FoundReport(quotation, _finding(site, proposal, tags, rule, words), inside, tags)


def _spans(site: CueSite, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The unbroken runs of words as offsets, without marks at their edges."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and runs[-1][-1].index == word.index - 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    spans: list[tuple[int, int]] = []
    for run in runs:
        while run and not _is_word(site, run[0]):
            run = run[1:]
        if not spans and _is_conjunction(run):
            run = run[1:]
        while run and not _is_word(site, run[-1]):
            run = run[:-1]
        if run:
            spans.append((run[0].start, max(word.end for word in run)))
    return spans


def _is_conjunction(run: Sequence[Word]) -> bool:
    """Whether words begin with "that" as a conjunction: not with the subject of "that was wrong"."""
    that, then = run[:1], run[1:2]
    return bool(that and then) and that[0].text.lower() == "that" and then[0].upos not in ("VERB", "AUX")


def _is_word(site: CueSite, word: Word) -> bool:
    return has_letter(word.text) or site.is_quoted(word)


def _with_marks(spans: Sequence[tuple[int, int]], quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    """The spans, each with the whole of the quotations that it shares a character with; overlapping ones are
    joined."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        for outer in (quotation.outer for quotation in quotations):
            if outer.start < end and start < outer.end:
                start, end = min(start, outer.start), max(end, outer.end)
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _holds(span: tuple[int, int], outer: Span) -> bool:
    return span[0] <= outer.start and outer.end <= span[1]


def _finding(
    site: CueSite, proposal: Report | None, tags: TaggedSite, rule: str, words: Sequence[Word]
) -> Finding:
    setting = site.placed(words[0].start)
    head = _source(site, tags) or (proposal.source if proposal else None)
    if head is not None and site.is_passive and not has_case(site.sentence, head, "by"):
        head = None
    if head is None:
        return Finding(site.cue_span, rule=rule, confidence=probability_of_report(tags, rule))
    noun = antecedent_of(setting, site.cue, head)
    return Finding(
        site.cue_span,
        mention_of(setting, head),
        mention_of(setting, noun) if noun else None,
        rule=rule,
        confidence=probability_of_report(tags, rule),
    )


def _source(site: CueSite, tags: TaggedSite) -> Word | None:
    """The head of the phrase that the tagger takes for the speaker: the first word of it that depends on none
    of the others."""
    chosen = [site.sentence.words[index] for index in tags.source]
    heads = [w for w in chosen if w.head not in tags.source and has_letter(w.text)]
    return next((w for w in heads if w.upos in ("NOUN", "PROPN", "PRON")), heads[0] if heads else None)


def _are_same(first: FoundReport, second: FoundReport) -> bool:
    """Whether two reports have about the same words."""
    common = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in first.quotation.parts
        for b in second.quotation.parts
    )
    longer = max(sum(map(len, report.quotation.parts)) for report in (first, second))
    return common >= _SAME * longer
