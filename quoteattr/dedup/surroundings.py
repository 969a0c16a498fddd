"""Finds the content words around a quotation, which show what it is about."""

from __future__ import annotations

from collections.abc import Callable

from quoteattr.dedup import normalize

Surroundings = Callable[[int, int], frozenset[str]]
"""A function that takes the number of a wording and a number of characters. It returns the content words
within that many characters before and after the first occurrence of the wording."""


def words_around(text: str, start: int, stop: int, reach: int) -> frozenset[str]:
    """Returns the content words around a stretch of a text, without the words of the stretch itself.

    Args:
        text: the text.
        start: the first character of the stretch.
        stop: one past its last character.
        reach: characters before and after it that are read.

    >>> sorted(words_around("The mayor said “The mayor agrees” on Monday.", 16, 32, 12))
    ['monday']
    """
    begin, end = window_around(text, start, stop, reach)
    around = text[begin:start] + " " + text[stop:end]
    return normalize.content_words_of_text(around) - normalize.content_words_of_text(text[start:stop])


def window_around(text: str, start: int, stop: int, reach: int) -> tuple[int, int]:
    """Returns the start and end of the text around a stretch. It begins and ends at blanks, not inside words.

    The arguments are those of `words_around`.

    >>> window_around("The mayor said “The mayor agrees” on Monday.", 16, 32, 5)
    (10, 44)
    """
    end = text.find(" ", stop + reach)
    return text.rfind(" ", 0, max(0, start - reach)) + 1, len(text) if end < 0 else end
