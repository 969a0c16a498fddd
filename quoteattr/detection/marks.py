"""Quotation marks: finds them in a text, and judges whether each opens or closes a quotation.

A character alone does not show whether it opens a quotation, closes one, or is an apostrophe, a prime or an
elision. `read_marks` judges each by its glyph and its neighbours, and records whether the judgement is
certain. If it is not, `quoteattr.detection.pairing` decides, from all marks of a paragraph.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

import attrs
import regex

from quoteattr.lexicon import alternatives

DOUBLE_OPENING = (
    "\N{LEFT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{HEAVY DOUBLE TURNED COMMA QUOTATION MARK ORNAMENT}"
)
DOUBLE_CLOSING = (
    "\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{HEAVY DOUBLE COMMA QUOTATION MARK ORNAMENT}"
)
DOUBLE_NEUTRAL = "\N{QUOTATION MARK}\N{FULLWIDTH QUOTATION MARK}\N{DOUBLE PRIME}"
SINGLE_OPENING = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}"
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{GRAVE ACCENT}"
)
SINGLE_CLOSING = "\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
SINGLE_NEUTRAL = "\N{APOSTROPHE}\N{FULLWIDTH APOSTROPHE}\N{ACUTE ACCENT}\N{PRIME}"

OPENING = frozenset(DOUBLE_OPENING + SINGLE_OPENING)
"""Characters that open a quotation by English, French or German convention."""
CLOSING = frozenset(DOUBLE_CLOSING + SINGLE_CLOSING)
"""Characters that close a quotation."""
APOSTROPHE = frozenset(
    "\N{APOSTROPHE}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{FULLWIDTH APOSTROPHE}"
    "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}\N{ACUTE ACCENT}\N{GRAVE ACCENT}\N{PRIME}"
)
"""Marks that are also used as an apostrophe or a prime."""
STOPS = frozenset(".,!?…")
"""Characters before a mark that closes speech: "we will go,”", "we must.’"."""
DOUBLE = frozenset(DOUBLE_OPENING + DOUBLE_CLOSING + DOUBLE_NEUTRAL)
"""Every double mark of one character."""
SINGLE = frozenset(SINGLE_OPENING + SINGLE_CLOSING + SINGLE_NEUTRAL)
"""Every single mark."""

_GLYPH_SIDE = dict.fromkeys(OPENING, 1) | dict.fromkeys(CLOSING, -1)
_APOSTROPHE = f"[{''.join(sorted(APOSTROPHE))}]"
_WORD = r"[\w\u0300-\u036f]"

# Candidates. Cases 2 and 3 exclude most apostrophes. Compiled by `re`, which scans for a set of characters
# three times as fast as `regex`.
_MARK = re.compile(
    rf"""
    [{"".join(sorted(DOUBLE | SINGLE))}]                                    # 1. “  ‘  "  «
    (?<! {_WORD} {_APOSTROPHE} (?=[^\W\d_]) )                                # 2. but don’t,
    (?<! \d {_APOSTROPHE} (?=\d) )                                          #    5'10
    (?! (?<={_APOSTROPHE}) (?<!\bletter\s.) [nN] {_APOSTROPHE} [ \u00a0\w-] )    # 3. but rock |’n’ roll,
    (?<! (?<!\bletter\s) {_APOSTROPHE} [nN] {_APOSTROPHE} (?=[ \u00a0\w-]) )     #    rock ’n|’ roll
    (?: (?: (?<=`)` | (?<=´)´ | (?<=′)′ | (?<=‘)‘ | (?<=’)’ | (?<=‚)‚        # 4. ``Yes´´,
          | (?<=‘)’ (?=\w{{2}}) (?! \d | em\b | [Tt](?:is|was)\b )     #    ‘’Yes’’, not ‘’Tis so’
          | (?<=')' (?<! [\w.,!?…]'' (?='(?!')) )                            #    ''She said, 'No,'|''
        ) (?! s\b ) )?                                                      #    not ‘Sun’|’s
    """,
    re.VERBOSE,
)

# The text after an apostrophe at the start of a word. It may begin a quotation too ("'Cause and effect,' he
# said"), so a match only makes the mark uncertain.
_ELISION = regex.compile(
    rf"""
      \d\ds\b | \d\d (?! \d | [.,]\d | % | [ ]per)                  # 1. the ’90s, class of ’16
    | (?: {alternatives("detection", "elided_words")} )\b            # 2. get ’em, ’s-Hertogenbosch
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

# The text before an apostrophe at the end of a word.
_MAY_END_IN_APOSTROPHE = regex.compile(
    rf"""
    (?: [sxzSXZ]                                                       # 1. the dogs’ home, Cortez’ plan
      | \p{{N}}                                                       # 2. 6' tall
      | \p{{L}}in                                                     # 3. goin’ home
      | \b (?: {alternatives("detection", "clipped_words")} | N )       # 4. ol’ boy, Guns N’ Roses
      | \b\p{{Lu}}\.                                                 # 5. the U.S.’ role
    ) \Z
    """,
    regex.VERBOSE,
)

# The text before a closing mark if the word before it follows a possessive: ‘the workers’ rights|’
_AFTER_POSSESSIVE = regex.compile(
    rf"\b\p{{Ll}}++ (?<=\p{{Ll}}s) {_APOSTROPHE} [ ] \p{{Ll}}+ \Z", regex.VERBOSE
)

# Text after a mark that shows that this mark closes: a stop, a preposition, a verb, the end of a line.
_AFTER_CLOSING = regex.compile(
    rf"""
      \s* \Z | \s*? [\v\f\x85\N{{LINE SEPARATOR}}\N{{PARAGRAPH SEPARATOR}}]  # 1. at the end of a paragraph
    | [^\S\n\r]* (?: \r\n? | \n ) (?! [^\S\n\r]* \p{{Ll}} )              #    but not of a wrapped line
    | [^\s\p{{L}}\p{{N}}] | \s+ [(\[–—-]                           # 2. the ‘attacks’, he said
    | \s+ (?: {alternatives("detection", "not_possessed")} )\b          # 3. ‘attacks’ by him
    """,
    regex.VERBOSE,
)

# A short number: a mark right after it may mean inches. After a year ("back in 2016") a mark closes a
# quotation.
_INCHES = regex.compile(r"(?<![\d.,]) \d{1,3} (?:[.,]\d+|[½¼¾])? \Z", regex.VERBOSE)

# The ending of an abbreviation: the U.S.'s, Inc.’s
_SUFFIX = regex.compile(r"(?:s|re|ll|ve|d|m|t)\b", regex.IGNORECASE)


@attrs.frozen
class Mark:
    """One quotation mark, judged by its glyph and its neighbours.

    >>> [mark.side for mark in read_marks("“Yes,” she said.")]
    [1, -1]
    """

    start: int
    """First character."""
    end: int
    """One past the last: two characters for ``, '' and their like."""
    single: bool
    """Whether it is a single mark rather than a double one."""
    side: int
    """1 if it opens a quotation, -1 if it closes one, 0 if it may do either."""
    firm: bool
    """Whether it is certainly a quotation mark, and not an apostrophe, a prime, an elision or a stray
    mark."""


@functools.cache
def _pulls(char: str) -> tuple[int, int]:
    """Returns how strongly a character makes a mark open (positive) or close (negative).

    The first number applies to a character before the mark, the second to one after it. Two is a clear sign,
    one a weak sign (such as a dash), zero no sign.

    >>> _pulls(" "), _pulls("a"), _pulls("—"), _pulls("(")
    ((2, -2), (-2, 2), (1, -1), (2, 2))
    """
    category = unicodedata.category(char)
    if char.isspace() or category == "Cc":
        return 2, -2
    if category == "Ps":
        return 2, 2
    if category == "Cf":
        return 0, 0
    if category == "Pd" or char in "/\\|=*_<>~•·":
        return 1, -1
    if char == "…":
        return -2, 1
    if char == ":":
        return 1, -2
    return -2, (-2 if category == "Pe" or char in ".,;!?" else 2)


def _left_pull(text: str, at: int) -> int:
    """The pull of the text before `at`; the start of the text counts as a space."""
    while at > 0:
        at -= 1
        if pull := _pulls(text[at])[0]:
            return pull
    return 2


def _right_pull(text: str, at: int) -> int:
    """The pull of the text from `at` on; "..." counts as "…", the end of the text as a space."""
    while at < len(text):
        if pull := _pulls(text[at])[1]:
            return 1 if text.startswith("..", at) else pull
        at += 1
    return -2


def _contexts(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """For each mark, the pulls before and after the run of adjoining marks that it belongs to."""
    right = [0] * len(spans)
    for i in range(len(spans) - 1, -1, -1):
        end = spans[i][1]
        adjoins = i + 1 < len(spans) and spans[i + 1][0] == end
        right[i] = right[i + 1] if adjoins else _right_pull(text, end)
    left, previous_end = 2, -1
    for (start, end), after in zip(spans, right, strict=True):
        left = left if start == previous_end else _left_pull(text, start)
        previous_end = end
        yield left, after


def _double(text: str, start: int, end: int, left: int, right: int) -> Mark:
    """Reads a double mark. The neighbours decide, then the glyph; after a short number it may be inches."""
    glyph, pull = _GLYPH_SIDE.get(text[start], 0), left + right
    lean = (pull > 0) - (pull < 0)
    side = lean or glyph if lean * glyph >= 0 else 0
    firm = side != 0 and (glyph < 0 or not (left == 2 and right == -2))
    if side < 0 and text[start - 1 : start].isnumeric() and _INCHES.search(text, max(0, start - 8), start):
        firm = False
    return Mark(start, end, False, side, firm)


def _single(text: str, start: int, end: int, left: int, right: int) -> Mark | None:
    """Reads a single mark; returns None if it can only be an apostrophe."""
    glyph, pull = _GLYPH_SIDE.get(text[start], 0), left + right
    may_be_apostrophe = text[start] in APOSTROPHE
    if pull > 0:
        firm = not (glyph < 0 or (may_be_apostrophe and _ELISION.match(text, end)))
        return Mark(start, end, True, 1, firm or not may_be_apostrophe)
    if pull < 0:
        return Mark(start, end, True, -1, not may_be_apostrophe or _closes_firmly(text, start, end))
    if not may_be_apostrophe or glyph > 0:
        return Mark(start, end, True, glyph, left == -2 or not may_be_apostrophe)
    if left == 2 or _SUFFIX.match(text, end):
        return None
    after_stop = text[start - 1 : start] in STOPS
    return Mark(start, end, True, -1 if glyph or not after_stop else 0, after_stop)


def _closes_firmly(text: str, start: int, end: int) -> bool:
    """Whether a single mark after a word closes an open quotation, and does not belong to the word."""
    return bool(
        not _MAY_END_IN_APOSTROPHE.search(text, max(0, start - 5), start)
        or _AFTER_CLOSING.match(text, end)
        or _AFTER_POSSESSIVE.search(text, max(0, start - 40), start)
    )


def read_marks(text: str) -> list[Mark]:
    """Finds every character that is or may be a quotation mark.

    Args:
        text: any text.

    Returns:
        The marks in order. Apostrophes, as in "isn’t" and "rock ’n’ roll", are left out.

    In the example, the second mark, after "dogs", may be an apostrophe: it is not firm.

    >>> [(mark.start, mark.side, mark.firm) for mark in read_marks("‘It isn’t the dogs’ fault,’ he said")]
    [(0, 1, True), (18, -1, False), (26, -1, True)]
    """
    spans = [match.span() for match in _MARK.finditer(text)]
    marks = []
    for (start, end), (left, right) in zip(spans, _contexts(text, spans), strict=True):
        judge = _single if end - start == 1 and text[start] in SINGLE else _double
        mark = judge(text, start, end, left, right)
        if mark is not None:
            marks.append(mark)
    return marks
