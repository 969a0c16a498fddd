"""PARC 3.0: attributions in the Wall Street Journal of the Penn Treebank.

Its XML has an element WORD for each word, with its place in the text (``ByteCount="start,end"``) and, in
``attribution`` elements, its roles in attributions: source, cue or content. The text itself belongs to the
treebank; it is put together from the words at their places. Only words of a content between double marks are
quotations here: the library finds others with ``indirect=True``, which is not scored. Nested attributions are
left out.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks.corpus_formats.tokens import CLOSING_MARKS, OPENING_MARKS, files_in, quote_of_mention


@attrs.frozen
class Word:
    """A word of the XML."""

    start: int
    end: int
    text: str
    roles: tuple[tuple[str, str], ...]
    """Pairs of an attribution and the word's role in it."""


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yields a record for each XML file."""
    for file in files_in(path, "*.xml"):
        yield _record(file.stem, list(_words(ET.parse(file).getroot())))


def _words(root: ET.Element) -> Iterator[Word]:
    for element in root.iter("WORD"):
        start, end = map(int, element.attrib["ByteCount"].split(","))
        roles = tuple(
            (attribution.attrib["id"], role.attrib["roleValue"])
            for attribution in element.iter("attribution")
            for role in attribution.iter("attributionRole")
            if "Nested" not in attribution.attrib["id"]
        )
        yield Word(start, end, element.attrib.get("text") or element.attrib["word"], roles)


def _record(name: str, words: Sequence[Word]) -> dict[str, Any]:
    text = ""
    spans: list[tuple[int, int]] = []
    for word in sorted(words, key=lambda word: word.start):
        text += " " * (word.start - len(text)) if not text or word.start > len(text) else ""
        spans.append((len(text), len(text) + len(word.text)))
        text += word.text
    quotes = []
    ordered = sorted(words, key=lambda word: word.start)
    for attribution in dict.fromkeys(name for word in ordered for name, _ in word.roles):
        content = _places(ordered, attribution, "content")
        sources = [spans[at] for at in _places(ordered, attribution, "source")]
        for first, last in _between_marks(ordered, content):
            place = spans[first][0], spans[last][1]
            quotes.append(quote_of_mention(text, place, _runs(text, sources)))
    quotes.sort(key=lambda quote: quote["start"])
    return {"id": name, "text": text, "quotes": quotes}


def _places(words: Sequence[Word], attribution: str, role: str) -> list[int]:
    return [at for at, word in enumerate(words) if (attribution, role) in word.roles]


def _between_marks(words: Sequence[Word], content: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields the first and last word of each stretch of a content between double marks. The marks may be the
    words right before and after the content."""
    if not content:
        return
    first = None
    for at in range(max(0, content[0] - 1), min(len(words), content[-1] + 2)):
        mark = words[at].text
        if first is not None and mark in CLOSING_MARKS:
            if at > first and not set(range(first, at)).isdisjoint(content):
                yield first, at - 1
            first = None
        elif mark in OPENING_MARKS:
            first = at + 1


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins spans with only white space between them."""
    runs: list[tuple[int, int]] = []
    for start, end in spans:
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = runs[-1][0], end
        else:
            runs.append((start, end))
    return runs
