"""Finds the quotations in an English news text, the speaker of each, and the outlet that the speaker talked
to.

>>> import quoteattr
>>> result = quoteattr.attribute("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor.")
>>> result
<AttributedArticle '“The ice is thin,” Ms Lee told the Herald. Ann Lee is the m'…: 1 quotation, 1 speaker>
>>> found = result[0]
>>> found.text, found.speaker_name, found.outlet_name
('The ice is thin,', 'Ann Lee', 'Herald')

To start with:

attribute(text)           the quotations of a text, with speakers and outlets
attribute_many(texts)     the same for a stream of texts or articles, in several processes
deduplicate(results)      the same line in several articles
Article(text, id=...)     a text with its publisher, date and address
result.by_speaker()       the quotations of each speaker; result.speaker("Lee") looks a speaker up
result.to_frame()         a data frame; to_dict() and to_json() return plain values, to_html() a page

``help(quoteattr.attribute)`` shows the options. The logger "quoteattr" and those below it report articles
that are left out. Models are loaded when they are first used, so that ``import quoteattr`` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from quoteattr.schema import (
    Appearance,
    Article,
    AttributedArticle,
    Attribution,
    Conflict,
    Edit,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
    Utterance,
    register_writers,
)

if TYPE_CHECKING:
    from quoteattr.batches import attribute_many
    from quoteattr.dedup import Deduplicator, deduplicate
    from quoteattr.detection.quotations import find_quotations
    from quoteattr.parsing.parser import Parser, load_parser
    from quoteattr.pipeline import attribute, attribute_parsed

__version__ = "0.1.0"
__all__ = [
    "Appearance",
    "Article",
    "AttributedArticle",
    "Attribution",
    "Conflict",
    "Deduplicator",
    "Edit",
    "Mention",
    "Outlet",
    "Parser",
    "Quotation",
    "Span",
    "Speaker",
    "Utterance",
    "attribute",
    "attribute_many",
    "attribute_parsed",
    "deduplicate",
    "find_quotations",
    "load_parser",
]

_MODULES = {
    "Deduplicator": "dedup",
    "Parser": "parsing.parser",
    "attribute": "pipeline",
    "attribute_many": "batches",
    "attribute_parsed": "pipeline",
    "deduplicate": "dedup",
    "find_quotations": "detection.quotations",
    "load_parser": "parsing.parser",
}
"""The module of each name that is imported when it is first used."""

register_writers(
    {
        "article_page": "quoteattr.export.html:to_html",
        "article_fragment": "quoteattr.export.html:article_fragment",
        "utterance_page": "quoteattr.export.html:utterance_to_html",
        "utterance_fragment": "quoteattr.export.html:utterance_fragment",
        "article": "quoteattr.records:article_row",
        "conversations": "quoteattr.fiction:conversations_of",
        "utterance": "quoteattr.records:utterance_row",
        "frame": "quoteattr.records:to_frame",
    }
)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__all__", "__doc__", "__file__", "__name__", "__path__", "__version__"])
