"""Writes results as HTML pages, and as fragments for notebooks."""

from quoteattr.export.html.render import (
    article_fragment,
    to_html,
    utterance_fragment,
    utterance_to_html,
    utterances_to_html,
)

__all__ = [
    "article_fragment",
    "to_html",
    "utterance_fragment",
    "utterance_to_html",
    "utterances_to_html",
]
