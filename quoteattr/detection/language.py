"""Whether a text is in English, by its most common words."""

from __future__ import annotations

import logging
import threading
from itertools import islice

import regex

from quoteattr.lexicon import alternatives
from quoteattr.schema import Article

_READ = 3_000
"""Characters at the start of a text that are read."""
_LEAST_LETTERS = 250
"""Letters in them below which nothing can be said: a headline need not have any common word."""
_CHARACTERS_PER_COMMON_WORD = 250
"""Characters in which an English text has at least one common word. Of 1,400 texts with `_LEAST_LETTERS` in
PolNeAR's and others' articles and in novels, the one with the fewest has one in 144, the next one in 94; of
five web pages in other languages the one with the most has one in 1,140."""

# "the", "and"
_COMMON_WORD = regex.compile(rf"\b(?:{alternatives('detection', 'common_words')})\b", regex.IGNORECASE)

_LETTER = regex.compile(r"[\p{L}\p{M}]")

_logger = logging.getLogger(__name__)
_reported = threading.Event()


def may_be_english(text: str) -> bool:
    """Whether a text may be in English: it has enough of the commonest words, or is too short to tell.

    >>> may_be_english("Der alte Hafen wird im Mai geschlossen. " * 10), may_be_english("Der alte Hafen")
    (False, True)
    """
    head = text[:_READ]
    least = len(head) // _CHARACTERS_PER_COMMON_WORD
    if sum(1 for _ in islice(_COMMON_WORD.finditer(head), least)) == least:
        return True
    return len(_LETTER.findall(head)) < _LEAST_LETTERS


def report_other_language(article: Article) -> None:
    """Logs a warning for the first article of the process that is in another language than English."""
    if _reported.is_set() or may_be_english(article.text):
        return
    _reported.set()
    name = f"the article {article.id!r}" if article.id else f"the text that begins {article.text[:40]!r}"
    _logger.warning(
        "%s seems not to be in English, the only language that quoteattr knows: few of its quotations will "
        "have a speaker, and those may be wrong; other texts like it are not reported",
        name,
    )
