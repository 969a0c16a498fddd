"""Texts from tokens, and quotations without their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

OPENING = frozenset("“ ‘ `` ( [ $ £ €".split())
"""Tokens with no space after them."""
CLOSING = frozenset("” '' ) ] , . ; : ? ! % n't n’t".split())
"""Tokens with no space before them."""
MARKS = frozenset("“”\"‘’'`«»„")
"""Characters at the ends of a quotation that are not part of its words."""
OPENING_MARKS, CLOSING_MARKS = frozenset(("“", "``", '"')), frozenset(("”", "''", '"'))
"""Tokens that open and close a quotation of double marks."""


def join_tokens(tokens: Iterable[str], *, start: int = 0) -> tuple[str, list[tuple[int, int]]]:
    """Returns a text in which tokens are spaced as in print, and the offsets of each.

    Straight marks open and close by turns.

    >>> text, spans = join_tokens(['"', "Go", ",", '"', "she", "said", "."])
    >>> text, [text[a:b] for a, b in spans][:2]
    ('"Go," she said.', ['"', 'Go'])
    """
    text, spans, inside, attached = "", [], False, True
    for token in tokens:
        closes = token in CLOSING or token.startswith(("’", "'")) or (token == '"' and inside)
        if not (attached or closes):
            text += " "
        spans.append((start + len(text), start + len(text) + len(token)))
        text += token
        inside ^= token == '"'
        attached = token in OPENING or (token == '"' and inside)
    return text, spans


def without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns the offsets of a quotation without marks and white space at its ends.

    >>> without_marks("“ Go ! ”", 0, 8)
    (2, 6)
    """
    while start < end and (text[start] in MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in MARKS or text[end - 1].isspace()):
        end -= 1
    return start, end


def quote_of_mention(
    text: str, span: tuple[int, int], speakers: Sequence[tuple[int, int]], **more: Any
) -> dict[str, Any]:
    """Returns a quotation whose speaker is marked where it is named."""
    start, end = without_marks(text, *span)
    words = " ".join(text[a:b] for a, b in speakers)
    spans = [list(pair) for pair in speakers]
    return {"start": start, "end": end, "speaker_spans": spans, "speaker_text": words, **more}


def quote_of_entity(text: str, span: tuple[int, int], names: Sequence[str]) -> dict[str, Any]:
    """Returns a quotation of a person with these names; without names, nobody speaks."""
    start, end = without_marks(text, *span)
    return {"start": start, "end": end, "entity": list(dict.fromkeys(names))}


def files_in(path: Path, *patterns: str) -> Iterator[Path]:
    """Yields a file, or the files of a folder that fit one of the patterns, in order of name."""
    if path.is_file():
        yield path
        return
    yield from sorted({found for pattern in patterns for found in path.rglob(pattern)})
