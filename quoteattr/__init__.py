"""Every quotation in an English news text, who spoke it, and to which outlet.

What happens to a text, in the order of the modules, which `pipeline` composes:

1. marks, layout, quotations: characters to quotations
2. frames: the sentences around them
3. segmentation, parser, networks, trees, syntax, repairs: sentences to trees
4. lexicon, phrases, voices, rules, ranking, attribution: to the words that name the speaker
5. names, origins, positions, cast, sexes, memory, antecedents, pronouns, nominals, bodies, coreference: to
   who that is
6. echoes: to whom headings repeat
7. media, outlets: to where the words were given

Beside it: dedup (the same line again); corpus, formats, rows, runs and workers (many articles); exchange,
pages, spark, processor, spacy_docs, excerpts and chains (other tools); cli.

Names are imported when they are first used, so that ``import quoteattr`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quoteattr.dedup.deduplicator import Deduplicator
    from quoteattr.dedup.pipeline import deduplicate
    from quoteattr.detection.quotations import find_quotations
    from quoteattr.parsing.parser import Parser, load_parser
    from quoteattr.pipeline import attribute, attribute_many, attribute_parsed
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
    )

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

_HOME = {
    "Deduplicator": "dedup.deduplicator",
    "Parser": "parsing.parser",
    "attribute": "pipeline",
    "attribute_many": "pipeline",
    "attribute_parsed": "pipeline",
    "deduplicate": "dedup.pipeline",
    "find_quotations": "detection.quotations",
    "load_parser": "parsing.parser",
}
"""Which module holds a name; the others are in schema."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME.get(name, 'schema')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
