"""Whom quoted words address: by name, or as "sir" and "madam"."""

from __future__ import annotations

import regex

from quoteattr.fiction.characters import Site
from quoteattr.lexicon import word_list
from quoteattr.names import Gender
from quoteattr.schema import Span

_BEFORE, _AFTER = 24, 12
"""Characters before and after a name that are read."""
_ADDRESS_BEFORE = regex.compile(
    r"(?:\A|[,;:.!?—–]|--|\b(?:my|dear|dearest|oh|O|old|poor|good|well|yes|no|ah|and|but|come|now|Miss)\b)[\s“‘\"']{0,8}(?:(?:my|dear|dearest|good|old|poor|little|O|oh)\s{1,4}){0,5}\Z",
    regex.IGNORECASE,
)
_ADDRESS_AFTER = regex.compile(r"\s*(?:[,;.!?—–]|--|\Z)")
_COMMA_LIST = regex.compile(r"\A\s*+,?\s*+(?:and|or)\b")
_SIR = regex.compile(
    r"(?:[,;.!?—–]|--|\A|\b(?:my|dear|good|yes|no|oh|well))[\s“‘]*(?P<word>[\p{L}’']+)(?=\s*(?:[,;.!?—–]|--|\Z))",
    regex.IGNORECASE,
)


def is_addressed(text: str, content: Span, site: Site) -> bool:
    """Whether a name inside quoted words is that of an addressee: it is set off by commas or the like.

    Args:
        text: the text.
        content: the quoted words.
        site: a name in them.
    """
    before = text[max(content.start, site.start - _BEFORE) : site.start]
    after = text[site.end : min(content.end, site.end + _AFTER)]
    if not _ADDRESS_BEFORE.search(before) or not _ADDRESS_AFTER.match(after):
        return False
    return _COMMA_LIST.match(after) is None


def address_gender(words: str) -> Gender | None:
    """The gender of somebody whom words address as "sir", "madam" or the like; None if they do not.

    >>> address_gender("Yes, sir."), address_gender("Sir William has come.")
    ('male', None)
    """
    found: Gender | None = None
    for match in _SIR.finditer(words):
        word = match["word"].casefold().replace("’", "'")
        if word in word_list("fiction", "male_address"):
            found = "male"
        elif word in word_list("fiction", "female_address"):
            found = "female"
    return found
