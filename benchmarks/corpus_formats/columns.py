"""DirectQuote, and other corpora in the columns of CoNLL 2003: a token a line, its tag in the last column.

    "       B-RightSpeaker
    Go      I-RightSpeaker
    ,       I-RightSpeaker
    "       I-RightSpeaker
    said    Out
    Ann     B-Speaker
    Lee     I-Speaker

An empty line ends a paragraph, which is read as an article of its own. The speaker of "LeftSpeaker" is the
nearest before it, that of "RightSpeaker" the nearest after it, and "Unknown" has none. Corpora with the tags
"Quotation" or "Content" and "Speaker" or "Source" do not say on which side the speaker is; then the nearest
one of the paragraph is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus_formats.tokens import files_in, join_tokens, quote_of_mention

SIDES = {"leftspeaker": "left", "rightspeaker": "right", "unknown": "none"}
NEAREST = frozenset({"quotation", "quote", "content"})
SPEAKERS = frozenset({"speaker", "source"})

Chunk = tuple[str, int, int]
"""A tag in small letters, the first token, and one past the last."""


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yields a record for each paragraph of the .txt, .conll and .tsv files."""
    for file in files_in(path, "*.txt", "*.conll", "*.tsv"):
        blocks = re.split(r"\n[ \t]*\n", file.read_text(encoding="utf-8").replace("\r\n", "\n"))
        for number, block in enumerate(blocks, 1):
            rows = [line.split() for line in block.split("\n") if line.strip()]
            rows = [row for row in rows if len(row) > 1 and row[0] != "-DOCSTART-"]
            if rows:
                yield _record(f"{file.stem}:{number}", [r[0] for r in rows], [r[-1] for r in rows])


def _record(name: str, tokens: Sequence[str], tags: Sequence[str]) -> dict[str, Any]:
    text, spans = join_tokens(tokens)
    found = list(chunks(tags))
    speakers = [chunk for chunk in found if chunk[0] in SPEAKERS]
    quotes = []
    for tag, first, end in found:
        if tag in SIDES or tag in NEAREST:
            named = _speaker((tag, first, end), speakers)
            places = [(spans[named[1]][0], spans[named[2] - 1][1])] if named else []
            more: dict[str, Any] = {"entity": []} if SIDES.get(tag) == "none" else {}
            quotes.append(quote_of_mention(text, (spans[first][0], spans[end - 1][1]), places, **more))
    return {"id": name, "text": text, "quotes": quotes}


def chunks(tags: Sequence[str]) -> Iterator[Chunk]:
    """Yields the chunks of tags in IOB1 or IOB2.

    >>> list(chunks(["O", "B-Speaker", "I-Speaker", "I-Unknown", "B-Unknown"]))
    [('speaker', 1, 3), ('unknown', 3, 4), ('unknown', 4, 5)]
    """
    first, open_tag = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.lower().partition("-")
        name = name if prefix in ("b", "i") else ""
        if name != open_tag or prefix == "b":
            if open_tag:
                yield open_tag, first, at
            first, open_tag = at, name


def _speaker(quote: Chunk, speakers: Sequence[Chunk]) -> Chunk | None:
    tag, first, end = quote
    side = SIDES.get(tag)
    before = [chunk for chunk in speakers if chunk[2] <= first and side != "right"]
    after = [chunk for chunk in speakers if chunk[1] >= end and side != "left"]
    if side == "none":
        return None
    near = [*before[-1:], *after[:1]]
    return min(near, key=lambda c: first - c[2] if c[2] <= first else c[1] - end, default=None)
