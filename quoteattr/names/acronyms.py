"""Finds names that a text spells out before their acronym: "|Hull Workers and Helpers Union| (HWHU)".

The acronym shows where the name begins, also where the words between its capitals are small ("and", "for").
The letters are matched from the last to the first, as by Schwartz and Hearst (Pacific Symposium on
Biocomputing, 2003), but each has to begin a word.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quoteattr.names.name import JOINERS
from quoteattr.schema import Span

# "Halden Council| (the “HC”)"
_ACRONYM = regex.compile(r"\s\((?:the\s)?[“\"‘']?(?<letters>\p{Lu}[\p{L}&/-]{1,9})[”\"’']?\)")
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_BREAK = regex.compile(r"[.!?;:,()“”\"‘\n\r]")
_BEFORE = 120
"""Characters before an acronym that are searched: the longest name of the development sets has 96."""
_LEAST_LETTERS = 3
"""Capitals that the acronym must have; "(UN)" is matched by chance too often."""
_MOST_SKIPPED = 2
"""Words with a capital that have no letter in the acronym: "|Science-Policy| Platform" (PES)."""


def spelled_out_names(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yields the names of two words or more that stand before their acronym.

    Args:
        text: the text.
        start: first character to look at.
        end: end of the stretch to look at; by default that of the text.

    >>> [span.text for span in spelled_out_names("The Hull Workers and Helpers Union (HWHU) met.")]
    ['Hull Workers and Helpers Union']
    """
    for match in _ACRONYM.finditer(text, start, len(text) if end is None else end):
        letters = [letter for letter in match["letters"] if letter.isupper()]
        if len(letters) < _LEAST_LETTERS:
            continue
        begin = _beginning(text, max(start, match.start() - _BEFORE), match.start(), letters)
        if begin is not None:
            yield Span.of(text, begin, match.start())


def _beginning(text: str, first: int, stop: int, letters: list[str]) -> int | None:
    """Returns where the words begin whose first letters are the acronym; None if they are not."""
    breaks = [match.end() for match in _BREAK.finditer(text, first, stop)]
    found = list(_WORD.finditer(text, breaks[-1] if breaks else first, stop))
    left, skipped = "".join(letters), 0
    for word in reversed(found):
        part, small = word.group(), word.group()[0].islower()
        given = part if part.isupper() and left.endswith(part) else part[0].upper()  # "UN" of UNHCR
        if left.endswith(given) and (not small or part in JOINERS):
            left = left.removesuffix(given)
        elif small and part not in JOINERS:
            return None
        else:
            skipped += not small
        if not left or skipped > _MOST_SKIPPED:
            return word.start() if not left and not small else None
    return None
