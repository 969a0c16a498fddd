"""A component of spaCy pipelines: ``nlp.add_pipe("quoteattr")``.

It stores what it finds in ``doc._.quotations`` (an `AttributedArticle`) and in ``doc.spans["quotations"]``,
where displaCy finds it. The result is kept as plain values, so that documents can be saved and passed between
the processes of ``nlp.pipe``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from quoteattr.batches import attribute_many
from quoteattr.integrations.spacy import attribute_doc
from quoteattr.records import article_from_row, article_row
from quoteattr.schema import Article, AttributedArticle

try:
    from spacy.language import Language
    from spacy.tokens import Doc
except ImportError:
    raise ImportError("the spaCy component needs spaCy: pip install 'quoteattr[spacy]'") from None

if TYPE_CHECKING:
    from spacy.tokens import Span

STORED = "quoteattr"
"""The key of ``doc.user_data`` under which a result is kept."""
NO_SPEAKER = "no speaker"
"""The label of a quotation without a speaker."""
_NEEDED = ("TAG", "LEMMA", "DEP")


@attrs.frozen
class QuotationComponent:
    """Finds the quotations of documents, with their speakers and outlets."""

    min_confidence: float
    """As in `quoteattr.attribute`."""
    spans_key: str
    """The key of ``doc.spans``."""
    parse: str
    """As in `create_component`."""
    indirect: bool = False
    """As in `quoteattr.attribute`."""

    def __call__(self, doc: Doc) -> Doc:
        """Adds the quotations to a document and returns it."""
        parsed = all(map(doc.has_annotation, _NEEDED))
        if self.parse == "spacy" or (self.parse == "auto" and parsed):
            result = attribute_doc(doc, min_confidence=self.min_confidence, indirect=self.indirect)
        else:
            articles = [Article(doc.text)]
            (result,) = attribute_many(articles, min_confidence=self.min_confidence, indirect=self.indirect)
        doc.user_data[STORED] = {key: value for key, value in article_row(result).items() if key != "text"}
        doc.spans[self.spans_key] = [_span(doc, number, result) for number in range(len(result))]
        return doc


def _span(doc: Doc, number: int, result: AttributedArticle) -> Span:
    """The tokens of a quotation, labelled with the speaker; its id is the number of the quotation."""
    outer, label = result[number].quotation.outer, result[number].speaker_name or NO_SPEAKER
    span = doc.char_span(outer.start, outer.end, label=label, alignment_mode="expand")
    assert span is not None, "the offsets of a quotation are inside the text"
    span.id_ = str(number)
    return span


def _stored(doc: Doc) -> AttributedArticle | None:
    """The result of a document; None if the component has not read it."""
    row = doc.user_data.get(STORED)
    return None if row is None else article_from_row({**row, "text": doc.text})


Doc.set_extension("quotations", getter=_stored, force=True)


@Language.factory(  # type: ignore[untyped-decorator, unused-ignore]
    "quoteattr",
    assigns=["doc._.quotations", "doc.spans"],
    default_config={"min_confidence": 0.0, "spans_key": "quotations", "parse": "auto", "indirect": False},
)
def create_component(
    nlp: Any, name: str, min_confidence: float, spans_key: str, parse: str, indirect: bool
) -> QuotationComponent:
    """Returns the component that ``nlp.add_pipe("quoteattr")`` adds.

    Args:
        nlp: the pipeline.
        name: the component's name in the pipeline.
        min_confidence: as in `quoteattr.attribute`.
        spans_key: the key of ``doc.spans`` for the quotations.
        parse: "spacy" for the parse of the pipeline's earlier components; "bundled" for the models of this
            library; "auto" for the first if a document has tags, lemmas and dependencies, and else the
            second.
        indirect: as in `quoteattr.attribute`.

    Raises:
        ValueError: if `parse` is none of these.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("quoteattr")
    >>> doc = nlp("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor.")
    >>> doc._.quotations[0].speaker_name, doc.spans["quotations"][0].label_
    ('Ann Lee', 'Ann Lee')
    """
    if parse not in ("auto", "spacy", "bundled"):
        raise ValueError(f'parse must be "auto", "spacy" or "bundled", got {parse!r}')
    return QuotationComponent(min_confidence, spans_key, parse, indirect)
