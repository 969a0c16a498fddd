"""Lists of quotations: "including “Blue Moon”, “Red River” and “Golden Sun”"."""

from __future__ import annotations

import regex

_ITEM = r"[“\"‘'] (?<item> [^“”\"]{1,60}? ) ,? [”\"’'] ,?"
_LIST = regex.compile(rf"(?: {_ITEM} \s+ (?: (?: and | or | & ) \s+ )? ){{0,20}}+ \Z", regex.VERBOSE)


def before_list(before: str) -> tuple[str, list[str]]:
    """Returns the text before the list that a quotation belongs to, and the items before it.

    Args:
        before: the text before the quotation.

    >>> before_list("hits such as “Blue Moon”, “Red River” and ")
    ('hits such as ', ['Blue Moon', 'Red River'])
    >>> before_list("the hit ")
    ('the hit ', [])
    """
    first = next(_LIST.finditer(before))
    return before[: first.start()], first.captures("item")
