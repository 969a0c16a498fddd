"""Checks that the result of any text must pass. Each check raises a `Fault` that says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import regex

from benchmarks.fuzz.findings import Fault
from quoteattr import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Span,
    Utterance,
    attribute_parsed,
    deduplicate,
    find_quotations,
)
from quoteattr.export import to_brat, to_conllu, to_tei, to_webanno
from quoteattr.parsing import Parse
from quoteattr.records import article_from_row, article_row

# By the version of Unicode that the library knows; that of Python's own tables may be older.
_SEEN = regex.compile(r"[^\p{Z}\p{C}\p{M}]")


def check_result(result: AttributedArticle, text: str) -> None:
    """Checks spans, names, confidences and nesting of one result."""
    _require(result.article.text == text, "the text has changed", "")
    quotations = [attribution.quotation for attribution in result]
    _require(quotations == find_quotations(text), "find_quotations finds others", "")
    for attribution in result:
        for span in spans_of(attribution):
            check_span(span, text)
        _check_attribution(attribution, result)
    check_nesting([quotation.outer for quotation in quotations])


def check_span(span: Span, text: str) -> None:
    """Checks that a span has the words at its offsets, and has some."""
    _require(0 <= span.start < span.end <= len(text), "a span is empty or outside the text", span)
    _require(text[span.start : span.end] == span.text, "a span has other words than the text", span)


def spans_of(attribution: Attribution) -> Iterator[Span]:
    """Every span of an attribution."""
    yield attribution.quotation.content
    yield attribution.quotation.outer
    if attribution.cue:
        yield attribution.cue
    if attribution.mention:
        yield attribution.mention.span
    if attribution.outlet:
        yield attribution.outlet.span


def check_nesting(outer: Sequence[Span]) -> None:
    """Checks that quotations are in order, and that two of them are apart or one is inside the other.

    >>> check_nesting([Span(0, 9, ""), Span(2, 4, ""), Span(10, 12, "")])
    """
    open_ends: list[int] = []
    for before, span in zip([None, *outer], outer, strict=False):
        _require(before is None or before.start <= span.start, "quotations are not in order", span)
        while open_ends and open_ends[-1] <= span.start:
            open_ends.pop()
        _require(not open_ends or span.end <= open_ends[-1], "quotations cross", span)
        open_ends.append(span.end)


def check_utterances(results: Sequence[AttributedArticle]) -> None:
    """Checks that `deduplicate` keeps every quotation once, with true spans, in any order of the articles."""
    found = deduplicate(results)
    groups = _groups(found)
    placed = sorted(place for group in groups for place in group)
    expected = sorted(_place(result, attribution) for result in results for attribution in result)
    _require(placed == expected, "deduplicate loses or adds quotations", "")
    for utterance in found:
        for appearance in utterance.appearances:
            for span in appearance.covers:
                check_span(span, utterance.text)
            for edit in appearance.edits:
                _check_part(edit.canonical, utterance.text)
                _check_part(edit.printed, appearance.article.text)
    _require(_groups(deduplicate(results[::-1])) == groups, "the order of articles changes utterances", "")


def check_exports(result: AttributedArticle) -> None:
    """Checks that every export of a result can be written, and that its row gives it back."""
    _require(
        article_from_row(article_row(result)) == result, "an article row does not give its result back", ""
    )
    result.to_html()
    to_tei([result])
    to_brat(result)
    json.dumps(to_webanno([result]))
    to_conllu([(result, Parse(result.article.text, ()))])


def check_parsed(text: str) -> None:
    """Checks the result of a parse without a sentence, as other tools give for what they cannot read."""
    check_result(attribute_parsed(Article(text), Parse(text, ())), text)


def _check_attribution(attribution: Attribution, result: AttributedArticle) -> None:
    content, outer = attribution.quotation.content, attribution.quotation.outer
    inside = outer.start <= content.start and content.end <= outer.end
    _require(inside, "a quotation's content is not between its marks", attribution.quotation)
    _require(bool(content.text.strip()), "a quotation is blank", attribution.quotation)
    _require(0 <= attribution.confidence <= 1, "a confidence is not from 0 to 1", attribution.confidence)
    if attribution.speaker:
        _require(attribution.mention is not None, "a speaker has no mention", attribution)
        _require(
            attribution.speaker in result.speakers,
            "a speaker is not among the article's",
            attribution.speaker,
        )
        for name in (attribution.speaker.name, *attribution.speaker.aliases):
            _check_name(name)
    if attribution.outlet:
        _check_name(attribution.outlet.name)


def _check_name(name: str) -> None:
    _require(_SEEN.search(name) is not None, "a name is blank", ascii(name))


def _check_part(span: Span, text: str) -> None:
    """Checks a span that may be empty."""
    if span.text or span.start != span.end:
        check_span(span, text)


def _place(found: AttributedArticle | Appearance, attribution: Attribution) -> tuple[str, int]:
    return found.article.text, attribution.quotation.outer.start


def _groups(utterances: Iterable[Utterance]) -> list[list[tuple[str, int]]]:
    """The quotations of each utterance, in an order that does not depend on the order of articles."""
    return sorted(
        sorted(_place(appearance, appearance.attribution) for appearance in utterance.appearances)
        for utterance in utterances
    )


def _require(holds: bool, what: str, value: object) -> None:
    if not holds:
        raise Fault(f"{what}: {value!r}" if value != "" else what)
