"""The Stanza processor ``quote``. Importing this module registers it.

    import quoteattr.integrations.stanza
    nlp = stanza.Pipeline("en", processors="tokenize,mwt,pos,lemma,depparse,quote")
    for attribution in nlp(text).quotes: ...

The processor uses the parse of the pipeline and, if ``coref`` is among its processors, the coreference chains
of Stanza for pronouns. ``quote_min_confidence=0.9`` leaves out speakers of a lower confidence, and
``quote_indirect=True`` also reports speech without quotation marks.
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
    """Sets ``quotes`` of a document to the `AttributedArticle` of its text, which iterates over attributions.

    Raises:
        ValueError: if a document has no text, as with pretokenized input.

    >>> from quoteattr.parsing.stanza_parser import PROCESSORS, load_pipeline
    >>> nlp = load_pipeline(processors=f"{PROCESSORS},quote")
    >>> quotes = nlp("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor.").quotes
    >>> [(line.speaker.name, line.outlet.name) for line in quotes]
    [('Ann Lee', 'Herald')]
    """

    PROVIDES_DEFAULT: ClassVar[set[str]] = {NAME}
    REQUIRES_DEFAULT: ClassVar[set[str]] = {"tokenize", "pos", "lemma", "depparse"}

    def process(self, document: Any) -> Any:
        """Returns the document, with `quotes` set."""
        if document.text is None:
            raise ValueError("quote needs a document with text, got one with words only")
        min_confidence = float(self.config.get("min_confidence", 0.0))
        parse = convert_document(document.text, document)
        document.quotes = attribute_parsed(
            Article(document.text),
            parse,
            chains=chains_of(document),
            min_confidence=min_confidence,
            indirect=bool(self.config.get("indirect", False)),
        )
        return document


def chains_of(document: Any) -> list[Chain]:
    """Returns the coreference chains of a Stanza document as spans; none without the processor ``coref``.

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
