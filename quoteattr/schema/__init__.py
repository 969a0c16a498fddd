"""The classes of articles and results.

All of them are frozen: no stage of the library changes a value, each returns new ones (``attrs.evolve``).
Offsets are characters of the text exactly as it was given, end exclusive, so that
``article.text[span.start:span.end] == span.text`` always holds.
"""

from quoteattr.schema.conversation import Conversation, ConversationTurn
from quoteattr.schema.results import AttributedArticle
from quoteattr.schema.utterances import (
    Appearance,
    Conflict,
    ConflictKind,
    Edit,
    Relation,
    Utterance,
)
from quoteattr.schema.values import (
    NAMES_AND_TERMS,
    STYLES,
    Article,
    Attribution,
    Gender,
    Mention,
    MentionKind,
    Outlet,
    Quotation,
    QuotationKind,
    Span,
    Speaker,
    SpeakerKind,
    Style,
)
from quoteattr.schema.writers import WriterName, register_writers

__all__ = [
    "NAMES_AND_TERMS",
    "STYLES",
    "Appearance",
    "Article",
    "AttributedArticle",
    "Attribution",
    "Conflict",
    "ConflictKind",
    "Conversation",
    "ConversationTurn",
    "Edit",
    "Gender",
    "Mention",
    "MentionKind",
    "Outlet",
    "Quotation",
    "QuotationKind",
    "Relation",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Style",
    "Utterance",
    "WriterName",
    "register_writers",
]
