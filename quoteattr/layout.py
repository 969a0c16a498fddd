"""Where paragraphs begin and end.

A module of its own, because it knows line breaks and no quotation mark, and because every later step
needs it. In most news text a line is a paragraph. In hard-wrapped text (wires, mail, plain-text
archives) a line is only a line, and blank lines part the paragraphs; `is_hard_wrapped` tells which.
"""

from __future__ import annotations

import regex

# One line: whatever lies between two line breaks of any kind (\n, \r, \v, \f, NEL, LS, PS).
_LINE = regex.compile(r"[^\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+")

# Lines that no blank line parts: "the minister said\non Monday".
_BLOCK = regex.compile(
    r"""
    [^\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+
    (?: (?: \r\n | [\n\r\v\f\x85\N{LINE SEPARATOR}] ) [^\S\n\r]*+ (?=[^\s])
        [^\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+ )*+
    """,
    regex.VERBOSE,
)

# A break inside a sentence: no end of sentence before it, a small letter after it. "the minister|said"
_WITHIN = regex.compile(r"(?<=[\p{L}\p{N},;–—-])[^\S\n\r]*(?:\r\n|[\n\r])[^\S\n\r]*(?=\p{Ll})")

# A break between paragraphs that no blank line marks: "on Monday.”|“We ..."
_BETWEEN = regex.compile(r"""(?<=[.!?…"'”’»:])[^\S\n\r]*(?:\r\n|[\n\r])[^\S\n\r]*(?=[^\s\p{Ll}])""")

# Mail, wires and plain-text books wrap at 60 to 100 characters; an unwrapped paragraph of news has some
# 200, so one longer line says that lines are not cut at a column.
_LONGEST_WRAPPED_LINE = 120


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks fall inside sentences, at a column, rather than between paragraphs.

    True if no line is longer than a column of type and more breaks fall inside a sentence than at
    its end.

    >>> is_hard_wrapped("“We will not leave our\\nfarmers worse off,” the\\nminister said.")
    True
    >>> is_hard_wrapped("“We will not go,” she said.\\n“Nor will we.”")
    False
    """
    within = sum(1 for _ in _WITHIN.finditer(text))
    if not within or max(len(line) for line in regex.split(r"[\n\r]", text)) > _LONGEST_WRAPPED_LINE:
        return False
    return within > sum(1 for _ in _BETWEEN.finditer(text))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of every paragraph of `text`, in characters, line breaks left out.

    >>> paragraphs("He left.\\n\\nShe stayed.")
    [(0, 8), (10, 21)]
    >>> paragraphs("He left the house\\nat noon.\\n\\nShe stayed.")
    [(0, 26), (28, 39)]
    """
    pattern = _BLOCK if is_hard_wrapped(text) else _LINE
    return [match.span() for match in pattern.finditer(text) if not match[0].isspace()]
