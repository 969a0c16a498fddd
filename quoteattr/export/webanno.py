"""Results as W3C Web Annotations: https://www.w3.org/TR/annotation-model/."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from quoteattr.schema import Article, AttributedArticle, Attribution, Outlet, Span, Speaker

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The terms of the Web Annotation vocabulary."""
OWN_TERMS = {"quoteattr": "urn:quoteattr:"}
"""Terms that the vocabulary has no word for: "quoteattr:confidence" and the like."""

AROUND = 32
"""Characters of prefix and suffix: as many as Hypothesis, the most used annotator of the web, keeps."""


def to_webanno(results: Iterable[AttributedArticle]) -> dict[str, Any]:
    """An AnnotationPage in JSON-LD with an annotation for each quotation, articles one after the other.

    The target of an annotation is the quoted words without marks, by position (in Unicode characters) and by
    quotation. Its bodies are the names of the speaker (purpose "identifying") and the outlet (purpose
    "tagging"), where they are known; the list is there without them too, because readers ask for it. The
    source is the article's URL, else its id, as a URN.

    >>> from quoteattr import Quotation
    >>> text = "“Yes,” said Ann Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> said = Attribution(quotation, speaker=Speaker("Ann Lee", "person"))
    >>> page = to_webanno([AttributedArticle(Article(text, url="https://example.org/1"), (said,))])
    >>> page["items"][0]["body"]
    [{'type': 'TextualBody', 'value': 'Ann Lee', 'format': 'text/plain', 'purpose': 'identifying'}]
    >>> page["items"][0]["target"]["selector"][1]
    {'type': 'TextQuoteSelector', 'exact': 'Yes,', 'prefix': '“', 'suffix': '” said Ann Lee.'}
    """
    annotations = [
        _annotation(result.article, number, attribution)
        for result in results
        for number, attribution in enumerate(result)
    ]
    return {"@context": [CONTEXT, OWN_TERMS], "type": "AnnotationPage", "items": annotations}


def _annotation(article: Article, number: int, attribution: Attribution) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "Annotation",
        "motivation": "identifying",
        "body": _bodies(attribution.speaker, attribution.outlet),
        "target": _target(article, attribution.quotation.content),
        "quoteattr:number": number,
        "quoteattr:confidence": round(attribution.confidence, 3),
    }
    for name, value in (
        ("statement", attribution.statement),
        ("decidedBy", attribution.decided_by),
        ("resolvedBy", attribution.resolved_by),
    ):
        if value is not None:
            found[f"quoteattr:{name}"] = value
    return found


def _bodies(speaker: Speaker | None, outlet: Outlet | None) -> list[dict[str, Any]]:
    named = [(speaker.name, "identifying")] if speaker else []
    named += [(outlet.name, "tagging")] if outlet else []
    return [
        {"type": "TextualBody", "value": name, "format": "text/plain", "purpose": purpose}
        for name, purpose in named
    ]


def _target(article: Article, span: Span) -> dict[str, Any]:
    text = article.text
    return {
        "source": _source(article),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
        ],
    }


def _source(article: Article) -> str:
    """An IRI for the article.

    >>> _source(Article("", id="letters to the editor.txt"))
    'urn:quoteattr:article:letters%20to%20the%20editor.txt'
    """
    return article.url or f"urn:quoteattr:article:{quote(article.id or 'unnamed', safe='')}"
