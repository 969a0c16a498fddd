"""Finds stretches between quotation marks with a simple pattern, so that a reader does not overlook one.

The list only reminds the reader, who decides: the pattern is wrong if marks are unbalanced.
"""

from __future__ import annotations

import re

from benchmarks.who_is_meant.articles import paragraphs

PAIRS = re.compile(
    r"""
      “ (?P<curly> [^“”]+ ) (?: ” | $ | (?=“) )                # “We won.” or to the end of a paragraph
    | " (?P<straight> [^"]+ ) (?: " | $ )                                # "We won."
    | (?: `` | '' ) (?P<typed> .+? ) (?: '' | $ )                        # ``We won.''
    | [«‹] (?P<angle> [^«»‹›]+ ) [»›]                                    # «We won.»
    """,
    re.VERBOSE | re.DOTALL,
)
SINGLE = re.compile(
    r"""
      (?<!\w) ‘ (?P<curly> (?: [^‘’] | ’(?=\w) )+ ) ’ (?!\w)              # ‘We won’
    | (?<![\w']) ' (?=[^\s'])                                           # 'We won'
      (?P<straight> (?: [^'] | (?<=\w)'(?=\w) ){1,600}? ) (?<=\S) ' (?![\w'])
    """,
    re.VERBOSE | re.DOTALL,
)


def stretches(text: str) -> list[tuple[int, int]]:
    """Where words stand between quotation marks, the marks and the white space beside them left out.

    >>> text = "“Go,” she said. The 'so-called' plan isn't ours."
    >>> [text[start:end] for start, end in stretches(text)]
    ['Go,', 'so-called']
    """
    found = set()
    for first, last in paragraphs(text):
        paragraph = text[first:last]
        for pattern in (PAIRS, SINGLE):
            for match in pattern.finditer(paragraph):
                words = match[match.lastgroup or 0]
                start = first + match.start(match.lastgroup or 0) + len(words) - len(words.lstrip())
                if words.strip():
                    found.add((start, start + len(words.strip())))
    return sorted(found)


def uncovered(text: str, marked: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches between marks without a marked span that starts there or is nearly the same."""
    starts = {start for start, _ in marked}
    return [s for s in stretches(text) if s[0] not in starts and not any(same_span(s, m) for m in marked)]


SAME = 0.8
"""Least intersection over union of two spans that are the same quotation, as in the scorers."""


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared else 0.0


def same_span(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans are the same quotation.

    >>> same_span((0, 10), (0, 9)), same_span((0, 10), (0, 7))
    (True, False)
    """
    return overlap(one, other) >= SAME
