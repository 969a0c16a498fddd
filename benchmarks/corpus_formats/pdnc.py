"""The Project Dialogism Novel Corpus: every quotation of 28 novels, with its speaker.

Each novel is a folder with ``novel_text.txt``, ``quotation_info.csv`` and ``character_info.csv``. A quotation
may have several parts, which are quotations of their own here.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus_formats.tokens import quote_of_entity

NO_CHARACTER = "_"
"""First character of the speakers that are no characters ("_narr", "_group", "_unknowable"); quotations of
theirs are not scored."""


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yields a record for each novel in or below a folder."""
    for file in sorted(path.rglob("quotation_info.csv")):
        text = (file.parent / "novel_text.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
        names = dict(_characters(file.parent / "character_info.csv"))
        quotes = [quote for row in _rows(file) for quote in _quotes(text, row, names)]
        yield {"id": file.parent.name, "text": text, "quotes": sorted(quotes, key=lambda q: int(q["start"]))}


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table)


def _characters(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Yields each character's main name with all names, those of more than a part of a name first."""
    for row in _rows(file) if file.is_file() else ():
        aliases = ast.literal_eval(row["Aliases"]) if row.get("Aliases") else []
        yield row["Main Name"], [row["Main Name"].partition(" - ")[0], *sorted(aliases)]


def _quotes(text: str, row: dict[str, str], names: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    speaker = row["speaker"]
    for start, end in ast.literal_eval(row["quoteByteSpans"]):
        quote = quote_of_entity(text, (start, end), names.get(speaker, [speaker.partition(" - ")[0]]))
        yield {**quote, "optional": True} if speaker.startswith(NO_CHARACTER) else quote
