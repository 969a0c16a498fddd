"""LitBank: quotations of a hundred novels in English.

A folder has pairs of files, ``NAME.txt`` (a sentence a line, its tokens between spaces) and ``NAME.ann`` or
``NAME.tsv``: rows QUOTE with the first and last token, and rows ATTRIB with the speaker.

    QUOTE   Q1  27  0   27  10  “ Will you give me a lump of sugar ? ”
    ATTRIB  Q1  a_small_boy-44
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus_formats.tokens import files_in, join_tokens, quote_of_entity

_NUMBER = re.compile(r"-\d+\Z")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yields a record for each novel."""
    for file in files_in(path, "*.ann", "*.tsv"):
        sentences = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        yield _record(file.stem, sentences, rows)


def _record(name: str, sentences: list[str], rows: list[list[str]]) -> dict[str, Any]:
    first_of: list[int] = []
    tokens: list[str] = []
    for sentence in sentences:
        first_of.append(len(tokens))
        tokens += sentence.split()
    text, spans = join_tokens(tokens)
    speakers = {row[1]: _NUMBER.sub("", row[2]).replace("_", " ") for row in rows if row[0] == "ATTRIB"}
    quotes = []
    for _, quote, *places, _ in (row for row in rows if row[0] == "QUOTE"):
        start, first, end, last = map(int, places)
        place = spans[first_of[start] + first][0], spans[first_of[end] + last][1]
        quotes.append(quote_of_entity(text, place, [speakers[quote]] if quote in speakers else []))
    return {"id": name, "text": text, "quotes": quotes}
