"""A Stanza processor: importing this module registers ``quote``.

    import quoteattr.integrations.stanza
    nlp = stanza.Pipeline("en", processors="tokenize,mwt,pos,lemma,depparse,quote")
    for attribution in nlp(text).quotes: ...

Quotations are attributed on the pipeline's own parse, and pronouns follow Stanza's chains of coreference
where ``coref`` ran. ``quote_min_confidence=0.9`` withholds speakers that are less sure.
"""

from __future__ import annotations

from typing import Any, ClassVar

from stanza.models.common.doc import Document
from stanza.pipeline.processor import Processor, register_processor

from quoteattr.coreference.chains import Chain
from quoteattr.parsing.stanza_parser import convert_document
from quoteattr.pipeline import attribute_parsed
from quoteattr.schema import Article, Span

NAME = "quote"

if not hasattr(Document, "quotes"):
    Document.add_property("quotes", setter=lambda self, value: setattr(self, "_quotes", value))


@register_processor(NAME)
class QuoteProcessor(Processor):  # type: ignore[misc]
    """Sets ``quotes`` on a document: the `AttributedArticle` of its text, which iterates over attributions.

    Raises:
        ValueError: when a document without text comes, as pretokenized input may give.

    >>> from quoteattr.parsing.stanza_parser import PROCESSORS, load_pipeline
    >>> nlp = load_pipeline(processors=f"{PROCESSORS},quote")
    >>> quotes = nlp("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor.").quotes
    >>> [(line.speaker.name, line.outlet.name) for line in quotes]
    [('Ann Lee', 'Herald')]
    """

    PROVIDES_DEFAULT: ClassVar[set[str]] = {NAME}
    REQUIRES_DEFAULT: ClassVar[set[str]] = {"tokenize", "pos", "lemma", "depparse"}

    def process(self, document: Any) -> Any:
        """The document, with `quotes`."""
        if document.text is None:
            raise ValueError("quote needs a document with its text, got one of words alone")
        least = float(self.config.get("min_confidence", 0.0))
        parse = convert_document(document.text, document)
        document.quotes = attribute_parsed(
            Article(document.text), parse, chains=chains_of(document), min_confidence=least
        )
        return document


def chains_of(document: Any) -> list[Chain]:
    """The chains of coreference of a Stanza document as spans; none if ``coref`` did not run.

    Zero pronouns, which have no words, are left out.
    """
    return [
        [
            _span(document, mention)
            for mention in chain.mentions
            if isinstance(mention.start_word, int) and mention.start_word < mention.end_word
        ]
        for chain in document.coref or ()
    ]


def _span(document: Any, mention: Any) -> Span:
    words = document.sentences[mention.sentence].words[mention.start_word : mention.end_word]
    first, last = ((word.parent if word.start_char is None else word) for word in (words[0], words[-1]))
    return Span.of(document.text, first.start_char, last.end_char)
