"""Layout of a text: paragraphs, line breaks, ends of sentences, headlines, characters that cannot be seen.

In most news texts each line is a paragraph. In hard-wrapped text (wires, mail, plain-text archives) a line
break may fall inside a sentence, and blank lines separate the paragraphs; `is_hard_wrapped` distinguishes the
two.
"""

from __future__ import annotations

import itertools

import regex

from quoteattr.lexicon import alternatives

_BREAK = r"\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"

# One line, between two line breaks of any kind.
_LINE = regex.compile(rf"[^{_BREAK}]+")

# Lines without a blank line between them: "the minister said\non Monday"
_BLOCK = regex.compile(
    rf"[^{_BREAK}]+ (?: (?: \r\n | [{_BREAK}] ) [^\S{_BREAK}]*+ [^\s] [^{_BREAK}]*+ )*+", regex.X
)

_LONGEST_WRAPPED_LINE = 120
"""Most characters of a line in hard-wrapped text. Mail, wires and plain-text books wrap at 60 to 100; a
paragraph of news has some 200."""

_LONG_LINES = 1 / 20
"""Share of the lines of a hard-wrapped text that may be longer, because a web address does not wrap."""

# Words that headlines capitalise, of four letters or more: "Obama", "Whole", "don’t"
_LONG_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}'’-]{3,}")

_HEADLINE_WORDS = 5
"""Least number of words of four letters or more in a headline. If there are fewer, all may be names."""
_HEADLINE_CAPITALS = 0.8
"""Least share of these words that begin with a capital. Not all headlines capitalise "with" and "from"."""

# A visible letter or digit. Unicode has invisible letters, such as U+3164 HANGUL FILLER.
_VISIBLE = regex.compile(r"(?! \p{Default_Ignorable_Code_Point} ) [\p{L}\p{N}]", regex.VERBOSE)

# The end of a line that cannot be the end of a sentence: "he told the", "said Lars"
_LINE_GOES_ON = regex.compile(r"(?<!\w)(?:the|an?|of|and|(?:said|says)(?:\s\p{Lu}\p{Ll}+)?)\Z")

# The end of a line that is the end of a sentence: "on Monday.”"
_LINE_ENDS_SENTENCE = regex.compile(r"""[.!?…:] [\s"'”’»)\]]* \Z""", regex.X)

CONTROL_SYMBOLS = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD),
}
"""A symbol that can be seen for each control character, like ␛ for escape, and U+FFFD for those that have no
symbol of their own and for lone surrogates."""

# A blank that is no space, and a zero-width space beside a blank: "Lars\t|Enger", "Ola|\u200b| Lund"
_ODD_BLANK = regex.compile(
    r"[^\S ] | (?<=\s) [\u200b\u2060\ufeff] | [\u200b\u2060\ufeff] (?=\s)", regex.VERBOSE
)

_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TERMINAL_SYMBOLS = CONTROL_SYMBOLS | dict.fromkeys(map(ord, _BIDI_CONTROLS), 0xFFFD)

# A character that acts on a terminal, and that JSON and XML may contain as it is.
_UNSEEN = regex.compile(rf"[\x7f-\x9f\ud800-\udfff{_BIDI_CONTROLS}]")

TITLE_ABBREVIATIONS = alternatives("parsing", "titles")
"""Abbreviated titles, as alternatives of a pattern, without the full stop."""

WORD_ABBREVIATIONS = alternatives("parsing", "abbreviations")
"""Abbreviations of companies, months and the like, as alternatives of a pattern, without the full stop."""

NOT_ABBREVIATED = rf"(?<! \b \p{{Lu}} \. | \b(?: {TITLE_ABBREVIATIONS} | {WORD_ABBREVIATIONS} )\. )"
"""Pattern (regex.VERBOSE) that matches after a full stop, unless the stop belongs to an initial or an
abbreviation."""

SENTENCE_END = regex.compile(
    rf"(?: [.!?…] {NOT_ABBREVIATED} [”’\"')\]]* \s+ (?= [\p{{Lu}}“‘\"'] ) ) | [\r\n]+", regex.X
)
"""Pattern of the end of a sentence or a line: "in Kent. |She", not "Gov. |Lee"."""


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks fall inside sentences rather than between paragraphs.

    True if the lines are short, and more of them break inside a sentence (after a comma, or the next line
    begins with a small letter) than at its end.

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
    """Returns 1 if the break from `end` to `start` falls inside a sentence, -1 if after one, 0 if unclear."""
    if text[end - 1] == ",":
        return 1
    if _LINE_ENDS_SENTENCE.search(text, max(0, end - 4), end):
        return -1
    if _LINE_GOES_ON.search(text, max(0, end - 30), end):
        return 1
    return int(text[start:next_end].lstrip()[:1].islower())


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Returns the start and end of every paragraph of a text, in characters, without line breaks.

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
    """Returns a text with every run of white space replaced by one space.

    >>> one_line("a\\n  b")
    'a b'
    """
    return " ".join(text.split())


def plain_blanks(text: str) -> str:
    """Returns a text of the same length in which only line breaks and spaces part words.

    Tabs, no-break spaces and the like become spaces, and so do the line breaks inside a paragraph of
    hard-wrapped text, so that a name is found that a line end divides.

    >>> plain_blanks("said Lars\\tEnger"), plain_blanks("It holds, said the\\nminister Lars\\nEnger.")
    ('said Lars Enger', 'It holds, said the minister Lars Enger.')
    """
    parts: list[str] = []
    at = 0
    for start, end in paragraphs(text):
        parts += text[at:start], _ODD_BLANK.sub(" ", text[start:end])
        at = end
    return "".join([*parts, text[at:]])


def visible(text: str, kept: str = "\t\n") -> str:
    """Returns a text of the same length with a symbol in place of every character that acts on a terminal.

    Those are control characters, such as the escape that begins a sequence, characters that change the
    direction of writing, and lone surrogates.

    Args:
        text: any text.
        kept: control characters that remain as they are.

    >>> visible("a\\x1b[2J\\u202eb\\n"), visible("a\\r\\nb", kept="")
    ('a␛[2J�b\\n', 'a␍␊b')
    """
    if text.isprintable():
        return text
    return text.translate({**_TERMINAL_SYMBOLS, **{ord(character): character for character in kept}})


def escape_unseen(text: str, escape: str) -> str:
    """Returns JSON or XML with escapes for the characters of `visible` that its writers leave as they are.

    Args:
        text: JSON or XML, in which escapes stand for the characters.
        escape: the form of an escape, as for `str.format`, given the code.

    >>> escape_unseen('"\\u202e"', "\\\\u{:04x}"), escape_unseen("<p>\\x9b</p>", "&#x{:x};")
    ('"\\\\u202e"', '<p>&#x9b;</p>')
    """
    return _UNSEEN.sub(lambda found: escape.format(ord(found[0])), text)


def has_letter(text: str) -> bool:
    """Whether a text has a visible letter or digit. A text without one cannot name anybody.

    Marks, emoji, and control, format and separator characters do not count.

    >>> [has_letter(text) for text in ("Ann", "7", "\N{GRINNING FACE}", "\\x1f", "\N{ZERO WIDTH SPACE}")]
    [True, True, False, False, False]
    """
    return _VISIBLE.search(text) is not None


def looks_like_headline(line: str) -> bool:
    """Whether a line is written as a headline: at least four fifths of its longer words have a capital.

    >>> lines = "Obama Says Museum Will Tell the Whole Story", "Ann Lee told Tom Day."
    >>> [looks_like_headline(line) for line in lines]
    [True, False]
    """
    long = _LONG_WORD.findall(line)
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= _HEADLINE_WORDS and capitals >= _HEADLINE_CAPITALS * len(long)
