"""Every quotation in an English news text, who spoke it, and to which outlet."""

from quoteattr.parser import Parser, load_parser
from quoteattr.pipeline import attribute, attribute_many
from quoteattr.quotations import find_quotations
from quoteattr.schema import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
    Utterance,
)
from quoteattr.utterances import deduplicate

__version__ = "0.1.0"
__all__ = [
    "Appearance",
    "Article",
    "AttributedArticle",
    "Attribution",
    "Mention",
    "Outlet",
    "Parser",
    "Quotation",
    "Span",
    "Speaker",
    "Utterance",
    "attribute",
    "attribute_many",
    "deduplicate",
    "find_quotations",
    "load_parser",
]
