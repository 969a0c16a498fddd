"""Writes results as W3C Web Annotations: https://www.w3.org/TR/annotation-model/."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from quoteattr.records import cut_confidence, made_by
from quoteattr.schema import Article, AttributedArticle, Attribution, Outlet, Span, Speaker

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The JSON-LD context of the Web Annotation vocabulary."""
OWN_TERMS = {"quoteattr": "urn:quoteattr:"}
"""The prefix of terms that the vocabulary lacks, such as "quoteattr:confidence"."""

CONTEXT_CHARACTERS = 32
"""Characters of the prefix and suffix: the number that Hypothesis, a widely used annotation tool, stores."""


def to_webanno(results: Iterable[AttributedArticle]) -> dict[str, Any]:
    """Returns an AnnotationPage in JSON-LD with an annotation for each quotation of some articles.

    The target of an annotation is the quoted words without marks, selected by position (in Unicode
    characters) and by text. Its bodies are the names of the speaker (purpose "identifying") and the outlet
    (purpose "tagging"). The list of bodies may be empty, but some tools require it, so it is always written.
    Speech without marks has a "quoteattr:kind", "mixed" or "indirect", and a target for each of its parts.
    The source is the article's URL, or else its id as a URN.

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
        "body": _body(attribution.speaker, attribution.outlet),
        "target": _targets(article, attribution.quotation.parts),
        "quoteattr:number": number,
        "quoteattr:madeBy": made_by(),
        "quoteattr:confidence": cut_confidence(attribution.confidence, 3),
    }
    kind = attribution.quotation.kind
    for name, value in (
        ("kind", None if kind == "direct" else kind),
        ("statement", attribution.statement),
        ("decidedBy", attribution.decided_by),
        ("resolvedBy", attribution.resolved_by),
    ):
        if value is not None:
            found[f"quoteattr:{name}"] = value
    return found


def _body(speaker: Speaker | None, outlet: Outlet | None) -> list[dict[str, Any]]:
    named = [(speaker.name, "identifying")] if speaker else []
    named += [(outlet.name, "tagging")] if outlet else []
    return [
        {"type": "TextualBody", "value": name, "format": "text/plain", "purpose": purpose}
        for name, purpose in named
    ]


def _targets(article: Article, parts: Sequence[Span]) -> dict[str, Any] | list[dict[str, Any]]:
    """The target of a quotation; one for each part if it has several."""
    targets = [_target(article, part) for part in parts]
    return targets[0] if len(targets) == 1 else targets


def _target(article: Article, span: Span) -> dict[str, Any]:
    text = article.text
    return {
        "source": _source(article),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": text[max(0, span.start - CONTEXT_CHARACTERS) : span.start],
                "suffix": text[span.end : span.end + CONTEXT_CHARACTERS],
            },
        ],
    }


def _source(article: Article) -> str:
    """The IRI of an article.

    >>> _source(Article("", id="letters to the editor.txt"))
    'urn:quoteattr:article:letters%20to%20the%20editor.txt'
    """
    return article.url or f"urn:quoteattr:article:{quote(article.id or 'unnamed', safe='')}"
