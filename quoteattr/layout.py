"""Where paragraphs begin and end.

A module of its own, because it knows line breaks and no quotation mark, and because every later step
needs it. In most news text a line is a paragraph. In hard-wrapped text (wires, mail, plain-text
archives) a line is only a line, and blank lines part the paragraphs; `is_hard_wrapped` tells which.
"""

from __future__ import annotations

import itertools

import regex

_BREAK = r"\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"

# One line: whatever lies between two line breaks of any kind.
_LINE = regex.compile(rf"[^{_BREAK}]+")

# Lines that no blank line parts: "the minister said\non Monday"
_BLOCK = regex.compile(
    rf"[^{_BREAK}]+ (?: (?: \r\n | [{_BREAK}] ) [^\S{_BREAK}]*+ [^\s] [^{_BREAK}]*+ )*+", regex.X
)

# Mail, wires and plain-text books wrap at 60 to 100 characters; a paragraph of news has some 200.
_LONGEST_WRAPPED_LINE = 120

# One line in twenty may be longer (a web address does not wrap).
_LONG_LINES = 1 / 20

# "Obama", "Whole", "don’t"
_LONG_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}'’-]{3,}")

# How a line ends that ends a sentence: "on Monday.”"
_SENTENCE_END = regex.compile(r"""[.!?…:] [\s"'”’»)\]]* \Z""", regex.X)


BEFORE_NAMES = "Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Sens?|Reps?|Gov|Gen|Sgt|Col|Lt|Capt|Maj|Adm|Supt|Insp"
"""Abbreviated titles, without the full stop: no sentence ends after one."""

BEFORE_OTHERS = "Inc|Corp|Co|Ltd|No|Mt|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec"
"""Companies, months and the like, without the full stop: a sentence seldom ends after one."""

ABBREVIATED = rf"(?<! \b \p{{Lu}} \. | \b(?: {BEFORE_NAMES} | {BEFORE_OTHERS} )\. )"
"""After a full stop (regex.VERBOSE): not that of an initial, title, company or month. "J. |Smith" """

# Where a sentence or a line ends: "in Kent. |She", not "Gov. |Lee".
SENTENCE_END = regex.compile(
    rf"(?: [.!?…] {ABBREVIATED} [”’\"')\]]* \s+ (?= [\p{{Lu}}“‘\"'] ) ) | [\r\n]+", regex.X
)


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks fall inside sentences, at a column, rather than between paragraphs.

    True if lines are no longer than a column of type and more of them break off inside a sentence (the
    next line goes on in small letters) than end one.

    >>> is_hard_wrapped("“We will not leave our\\nfarmers worse off,” the\\nminister said.")
    True
    >>> is_hard_wrapped("“We will not go,” she said.\\n“Nor will we.”")
    False
    """
    return _is_wrapped(text, [match.span() for match in _LINE.finditer(text)])


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    long = sum(end - start > _LONGEST_WRAPPED_LINE for start, end in lines)
    if long > len(lines) * _LONG_LINES:
        return False
    balance = 0
    for (_, end), (start, next_end) in itertools.pairwise(lines):
        if text[end:start] in ("\n", "\r\n", "\r"):
            balance += _breaks_sentence(text, end, start, next_end)
    return balance > 0


def _breaks_sentence(text: str, end: int, start: int, next_end: int) -> int:
    """1 if the break from `end` to `start` falls inside a sentence, -1 if after one, 0 if it is unclear."""
    if _SENTENCE_END.search(text, max(0, end - 4), end):
        return -1
    return int(text[start:next_end].lstrip()[:1].islower())


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of every paragraph of `text`, in characters, line breaks left out.

    >>> paragraphs("He left.\\n\\nShe stayed.")
    [(0, 8), (10, 21)]
    >>> paragraphs("He left the house\\nat noon.\\n\\nShe stayed.")
    [(0, 26), (28, 39)]
    """
    lines = [match.span() for match in _LINE.finditer(text)]
    if _is_wrapped(text, lines):
        lines = [match.span() for match in _BLOCK.finditer(text)]
    return [(start, end) for start, end in lines if not text[start:end].isspace()]


def one_line(text: str) -> str:
    """The words with every run of white space as one space.

    >>> one_line("a\\n  b")
    'a b'
    """
    return " ".join(text.split())


def is_title_case(line: str) -> bool:
    """Whether four words in five of a line begin with a capital, short words aside.

    >>> is_title_case("Obama Says Museum Will Tell the Whole Story"), is_title_case("Ann Lee told Tom Day.")
    (True, False)
    """
    long = _LONG_WORD.findall(line)
    return len(long) >= 5 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
