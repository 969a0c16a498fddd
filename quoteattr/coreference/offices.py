"""Offices in capitals before a name: "|Minister of Finance| Ann Lee", "|Prime Minister of India| Ann Lee"."""

from __future__ import annotations

from collections.abc import Sequence, Set

import regex

from quoteattr.coreference.nouns import is_human
from quoteattr.lexicon import word_list, words
from quoteattr.names import JOINERS, OFFICES, given_names
from quoteattr.schema import Span

# "Minister of |Finance", "Secretary for |Home Affairs"
_FIELDS_AND = r"(?: (?: \p{Lu}[\p{L}’'-]+ ,? \s ){1,4}+ and \s )?"
_OFFICE_BEFORE = regex.compile(
    rf"(?<![\w’'-]) (?<role> \p{{Lu}}[\p{{L}}-]++ ) \s (?:of|for) \s (?: the \s )? {_FIELDS_AND} \Z",
    regex.VERBOSE,
)
_SPEAKING_FOR_OTHERS = word_list("coreference", "anonymous_sources") | words("person_nouns")
_OFFICE_WITHIN = 80
"""Characters before a name that hold the longest office."""
# "|Prime Minister of India |Ann Lee"
_OFFICE_OF = regex.compile(
    rf"""
    (?<![\w’'-]) (?: \p{{Lu}}[\p{{L}}-]++ \s ){{0,3}} (?<role> \p{{Lu}}[\p{{L}}-]++ )
    \s (?:of|for) \s (?: the \s )?
    {_FIELDS_AND} (?: \p{{Lu}}[\p{{L}}’'-]+ \s ){{1,4}}+ \Z
    """,
    regex.VERBOSE,
)


def office_before(text: str, start: int) -> Span | None:
    """Returns the office, with its department, that stands right before the name at an offset; None if there
    is none.

    >>> office_before("But Minister of Finance Ann Lee left.", 24).text
    'Minister of Finance '
    """
    match = _OFFICE_OF.search(text, max(0, start - _OFFICE_WITHIN), start)
    if match is None or not _is_role(match["role"]):
        return None
    first = match.start()
    while (word := text[first:start].partition(" "))[0].casefold() in words("not_names"):
        first += len(word[0]) + 1
    return Span.of(text, first, start)


def length_of_field(text: str, start: int, lows: Sequence[str], known: Set[tuple[str, ...]]) -> int:
    """Returns how many words before a name say what an office is for: one in "Minister of |Finance| Ann Lee";
    0 if no office stands before them or no name follows.

    A name begins with a first name, or stands elsewhere. If there is none, it is the last two of three or
    more words, unless they are common ones: "Minister of |Home Affairs| Kwadwo Ansere".

    Args:
        text: the article.
        start: offset of the first of the words.
        lows: capitalised words in small letters, a field and a name.
        known: the names of the article.

    >>> length_of_field("Minister of Finance Ann Lee", 12, ["finance", "ann", "lee"], set())
    1
    """
    office = _OFFICE_BEFORE.search(text, max(0, start - _OFFICE_WITHIN), start)
    if office is None or not _is_role(office["role"]) or any(map(is_title, lows)):
        return 0
    if not JOINERS.isdisjoint(lows):
        return 0
    if lows[0] in given_names() and lows[0] not in words("places"):
        return 0
    for at in range(1, len(lows) - 1):
        if lows[at] in given_names() or tuple(lows[at:]) in known:
            return at
    return len(lows) - 2 if len(lows) > 2 and not any(map(is_common, lows[-2:])) else 0


def _is_role(word: str) -> bool:
    """Whether a capitalised word is an office by the lists or by its ending, also after a hyphen."""
    low = word.casefold().rpartition("-")[2]
    return low not in _SPEAKING_FOR_OTHERS and (low in OFFICES or is_human(low))


def is_title(word: str) -> bool:
    """Whether a word is a title: a role, an abbreviation, or a title of courtesy."""
    return word in words("roles") or word in words("short_titles") or word in words("courtesy_titles")


def is_common(word: str) -> bool:
    """Whether many names end in this word, so that it is not a surname: "Carolina Democrat"."""
    lists = (
        words("demonyms"),
        words("places"),
        words("organisation_words"),
        words("thing_words"),
        words("fields"),
    )
    return any(word in listed for listed in lists)
