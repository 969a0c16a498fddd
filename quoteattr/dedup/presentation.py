"""How an article presents quoted words: as speech, as a heading, or as the name of something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from quoteattr.dedup import normalize
from quoteattr.lexicon import word_list
from quoteattr.schema import NAMES_AND_TERMS, Attribution


class Presentation(IntEnum):
    """How an article presents quoted words."""

    SPEECH = 0
    """As speech: everything that is neither a heading nor a name."""
    HEADING = 1
    """In a headline or on a line of its own. Such words are repeated from other quotations of the article."""
    NAME = 2
    """As the name of something, or as a term: they have no speaker."""


HEADING_WORDS = 8
"""Most words of a quotation on a line of its own that counts as a heading; longer ones are paragraphs of
speech. The longest quoted heading in the news groups has seven words."""
HEADLINE_CHARACTERS = 200
"""Most characters of a headline, without the quotation in it."""
SMALL_IN_HEADLINES = word_list("dedup", "small_in_headlines")

_CAPITAL_OR_FIGURE = re.compile(r"[^\W_a-z]")


def presentation_of(text: str, parts: Sequence[Attribution], wording: str) -> Presentation:
    r"""Returns how an article presents the words of one occurrence.

    Args:
        text: the article's text.
        parts: the attribution of the occurrence; several for the pieces of a split sentence.
        wording: the words of the occurrence.

    >>> from quoteattr.schema import Quotation, Span
    >>> def present(text, words, rule=None):
    ...     content = Span.of(text, text.index(words), text.index(words) + len(words))
    ...     attribution = Attribution(Quotation(content, content), decided_by=rule)
    ...     return presentation_of(text, [attribution], words).name
    >>> present("Mayor Calls Dam ‘A Bad Idea’ Again\n\n“It is a bad idea,” she said.", "A Bad Idea")
    'HEADING'
    >>> present("The so-called ‘bounce’ is over.", "bounce", "term")
    'NAME'
    """
    start, stop = parts[0].quotation.outer.start, parts[-1].quotation.outer.end
    line_end = text.find("\n", stop)
    line_end = len(text) if line_end < 0 else line_end
    line_start = text.rfind("\n", 0, start) + 1 if line_end - stop <= HEADLINE_CHARACTERS else 0
    is_short = start - line_start + line_end - stop <= HEADLINE_CHARACTERS
    if is_short and (
        _is_heading(text[line_start:start] + " " + text[stop:line_end], wording)
        or (line_start == 0 and _occurs_without_capitals(wording, text[line_end:]))
    ):
        # If the body has the same capitals, the words are a name: "Town Drops ‘Golden Mile’ Plan".
        return (
            Presentation.SPEECH if is_title_case(wording) and wording in text[stop:] else Presentation.HEADING
        )
    is_name = parts[0].speaker is None and parts[0].decided_by in NAMES_AND_TERMS
    return Presentation.NAME if is_name else Presentation.SPEECH


def _is_heading(rest: str, wording: str) -> bool:
    """Whether a line is a heading: the words outside the quotation are in title case, or there are none, and
    the quoted words are few or in title case."""
    if not _is_headline_case(rest):
        return False
    return len(wording.split()) <= HEADING_WORDS or (
        any(map(str.isalpha, rest)) and _is_headline_case(wording)
    )


def _occurs_without_capitals(wording: str, body: str) -> bool:
    """Whether words in title case occur in small letters in the body. If they do, they have capitals only
    because they are in a headline."""
    return wording.lower() in body and is_title_case(wording)


def _is_headline_case(text: str) -> bool:
    words = (match[0] for match in normalize.TOKEN.finditer(text))  # lazily: usually the first word decides
    return all(word[0].isupper() or not word[0].isalpha() or word in SMALL_IN_HEADLINES for word in words)


def is_title_case(text: str) -> bool:
    """Whether a text has two or more content words, all of which begin with a capital or a figure.

    >>> is_title_case("Gang of Eight"), is_title_case("Europe’s last dictator"), is_title_case("Trump")
    (True, False, False)
    """
    if _CAPITAL_OR_FIGURE.search(text) is None:  # most texts
        return False
    words = 0
    for word in normalize.TOKEN.findall(text):
        if normalize.content_words(normalize.normalize_token(word)):
            if not (word[0].isupper() or word[0].isdigit()):
                return False
            words += 1
    return words > 1
