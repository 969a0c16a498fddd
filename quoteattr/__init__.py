"""Finds the quotations in an English news text, the speaker of each, and the outlet that the speaker talked
to.

>>> import quoteattr
>>> for line in quoteattr.attribute("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor."):
...     print(line.quotation.content.text, "|", line.speaker.name, "|", line.outlet.name)
The ice is thin, | Ann Lee | Herald

`attribute` takes one text, `attribute_many` a stream of them, and `deduplicate` finds the same line in
several articles. A text passes through the packages in this order, which `quoteattr.pipeline` puts together:

1. detection: quotation marks and the quotations between them
2. parsing: the sentences around the quotations, and their dependency trees
3. attribution: the words of each quotation's surroundings that say who speaks
4. coreference: the person, organisation or unnamed speaker that these words refer to
5. outlets: the newspaper, broadcaster or site that the speaker talked to
6. dedup: the same line in other articles

The other packages serve whole collections and other tools: corpus attributes files and folders of articles
and resumes an interrupted run, export writes HTML, TEI, brat, CoNLL-U and Web Annotations, integrations
connects Stanza, spaCy and Spark, and cli is the command line. schema has the classes of all results, and
records turns them into plain values and Arrow tables.

Functions are imported when they are first used, so that ``import quoteattr`` loads no models and no PyTorch.
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
    register_renderers,
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

register_renderers(
    {
        "article_page": "quoteattr.export.html:to_html",
        "article_fragment": "quoteattr.export.html:article_fragment",
        "utterance_page": "quoteattr.export.html:utterance_to_html",
        "utterance_fragment": "quoteattr.export.html:utterance_fragment",
    }
)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
