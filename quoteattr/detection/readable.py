"""Makes a copy of a text that reads as it was meant, and maps results on the copy back to the text.

Texts from the web often keep character references of HTML, were decoded as Windows-1252 instead of UTF-8, or
hold characters that only typesetting needs. A reader sees through this; marks and names must be found too.
Most texts have nothing of the kind, and are used as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from html.entities import html5

import attrs

from quoteattr.schema import Attribution, Mention, Outlet, Quotation, Span

_WINDOWS_1252 = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0x100)}
"""The byte of each character above 0x7F. The five bytes that Windows-1252 leaves undefined stay controls."""
_TAIL = "".join(char for char, code in _WINDOWS_1252.items() if code < 0xC0)
_NOT_AFTER_CAPITAL = "".join(char for char in _TAIL if char in "‘’“”‚„‹›–—…«»")

# Spaces of other kinds, as in Ola\u202fLund; soft hyphens, and characters for the direction of writing.
_TYPESET = r"""
      (?P<space> [\u00a0\u2000-\u200a\u202f\u205f] )
    | (?P<unseen> [\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069] )
"""
_MARKS = dict(zip("「『〝」』〞〟", "“‘“”’””", strict=True))
"""Marks of East Asian typesetting, and what English has for them."""
_AMPERSANDS = re.compile(r"\A&(?:amp;)*(?=.)")
"""Before the name of a character reference, escaped once or several times: "&amp;|rsquo;"."""
_PLAIN = re.compile(_TYPESET, re.VERBOSE)

# What a reader sees through.
_UNREADABLE = re.compile(
    rf"""
    # 1. typesetting
      {_TYPESET}
    # 2. a Markdown or mail quote: > “We are sorry”;  escaped marks: \\"We are sorry\\"
    | (?P<quote> (?m: ^ ) (?: > [ ]? )+ | \\ (?= ["'] ) )
    # 3. other marks: 「We are sorry」;  no space before an opening mark: she said.“We are
    | (?P<mark> [{"".join(_MARKS)}] )
    | (?P<gap> (?<= [.!?,”] ) (?= “\w ) )
    # 4. &ldquo;  &#8217;  and, escaped twice, &amp;quot;
    | (?P<reference> & (?: amp; )*
          (?: \#\d{{1,7}} | \#[xX][0-9a-fA-F]{{1,6}} | [A-Za-z][A-Za-z0-9]{{1,30}} ); )
    # 5. â€œ for “, and â€ for ” if its last byte is lost; Ã© for é; but not IRMÃ”
    | (?P<mojibake>
          â € [{re.escape(_TAIL)}]?
        | [ÂÃ] (?! [{_NOT_AFTER_CAPITAL}] ) [{re.escape(_TAIL)}]
      )
    """,
    re.VERBOSE,
)


@attrs.frozen
class ReadableText:
    """A readable copy of a text, with the offsets of the text."""

    text: str
    """The copy."""
    given: str
    """The text as it was given."""
    _starts: Sequence[int]
    """Where each character of the copy begins in the given text, and the length of that text."""
    _ends: Sequence[int]
    """Where each character of the copy ends in the given text."""

    def span(self, span: Span) -> Span:
        """The stretch of the given text for one of the copy."""
        if self.text is self.given:
            return span
        end = self._ends[span.end - 1] if span.end > span.start else self._starts[span.start]
        return Span.of(self.given, self._starts[span.start], end)

    def quotation(self, quotation: Quotation) -> Quotation:
        """The quotation in the given text for one in the copy."""
        if self.text is self.given:
            return quotation
        content, outer = self.span(quotation.content), self.span(quotation.outer)
        return Quotation(content, outer, quotation.kind, tuple(map(self.span, quotation.parts)))

    def attribution(self, found: Attribution) -> Attribution:
        """The attribution with offsets of the given text for one with offsets of the copy."""
        if self.text is self.given:
            return found
        return attrs.evolve(
            found,
            quotation=self.quotation(found.quotation),
            cue=found.cue and self.span(found.cue),
            mention=found.mention and Mention(self.span(found.mention.span), found.mention.kind),
            outlet=found.outlet and Outlet(found.outlet.name, self.span(found.outlet.span)),
        )


def read_text(text: str) -> ReadableText:
    """Returns a readable copy of a text; the text itself if it is readable.

    Character references, marks and letters that were decoded as Windows-1252, no-break and thin spaces, and
    marks of East Asian typesetting are replaced. The > of quoted lines, backslashes before marks, soft
    hyphens and characters for the direction of writing are left out. A missing space before an opening mark
    is added.

    >>> readable = read_text("&ldquo;Dinner&#8217;s off,&rdquo; he said. â€œGone,â€\\x9d she said.")
    >>> readable.text
    '“Dinner’s off,” he said. “Gone,” she said.'
    >>> readable.span(Span.of(readable.text, 1, 9))
    Span(start=7, end=21, text='Dinner&#8217;s')
    """
    matches = list(_UNREADABLE.finditer(text))
    if not matches:
        return ReadableText(text, text, (), ())
    pieces, starts, ends = list[str](), list[int](), list[int]()
    reached = 0
    for match in matches:
        pieces += (text[reached : match.start()], _readable(match))
        starts += (*range(reached, match.start()), *[match.start()] * len(pieces[-1]))
        ends += (*range(reached + 1, match.start() + 1), *[match.end()] * len(pieces[-1]))
        reached = match.end()
    pieces.append(text[reached:])
    starts += range(reached, len(text) + 1)
    ends += range(reached + 1, len(text) + 1)
    copy = "".join(pieces)
    return ReadableText(text if copy == text else copy, text, starts, ends)


def _readable(match: re.Match[str]) -> str:
    """The characters that were meant."""
    if match.lastgroup in ("reference", "mojibake"):
        meant = _referred(match[0]) if match.lastgroup == "reference" else _decoded(match[0])
        return _PLAIN.sub(_readable, meant)
    return _MARKS.get(match[0], " " if match.lastgroup in ("space", "gap") else "")


def _referred(reference: str) -> str:
    """The characters that a character reference stands for; the reference itself if it has no meaning."""
    name = _AMPERSANDS.sub("", reference)
    return html.unescape(f"&{name}") if name[0] == "#" else html5.get(name, reference)


def _decoded(text: str) -> str:
    """The characters whose bytes in UTF-8 were decoded as Windows-1252."""
    try:
        return bytes(_WINDOWS_1252[char] for char in text).decode("utf-8")
    except UnicodeDecodeError:
        return "\N{RIGHT DOUBLE QUOTATION MARK}" + text[2:] if text.startswith("â€") else text
