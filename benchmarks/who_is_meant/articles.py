"""Reads the articles, and divides them into batches for the readers.

The texts are not part of the project. They are read from a folder beside the checkout (``../shared/data``),
or from the one that ``QUOTEATTR_DATA`` names.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "benchmarks" / "gold"
FILES = {"wide_dev": "wide_dev.jsonl.xz", "polnear_train": "polnear_train.jsonl.xz"}
PARTS = ("read", "held", "unread")
BATCH_SIZE = 6
"""Articles in a batch: some 4,000 words, an hour's reading."""


class ToolError(Exception):
    """Something that the user has to put right. The message says what."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text."""

    id: str
    """Its name in its set."""
    set: str
    """"wide_dev" or "polnear_train"."""
    text: str
    """The text that all offsets count in."""
    source: str = ""
    """Its web address, where the set gives one."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of ``articles.jsonl``: an article that is read for the gold."""

    id: str
    """Its name in its set."""
    set: str
    """"wide_dev" or "polnear_train"."""
    sha256: str
    """Of its text."""
    part: str
    """One of `PARTS`: "read" (to develop on), "unread" (its errors are never shown) or
    "held" (to measure on, at milestones)."""


def data_folder() -> Path:
    """The folder that holds the texts."""
    return Path(os.environ.get("QUOTEATTR_DATA") or ROOT.parent / "shared" / "data")


def read_set(name: str) -> list[Article]:
    """Every article of a set.

    Raises:
        ToolError: if the file of the set is not on this machine.
    """
    path = data_folder() / FILES[name]
    if not path.is_file():
        raise ToolError(
            f"{path.name} is not in {path.parent}: set QUOTEATTR_DATA to the folder that holds it"
        )
    lines = lzma.decompress(path.read_bytes()).decode("utf-8").split("\n")
    records = [json.loads(line) for line in lines if line.strip()]
    return [Article(r["id"], name, r["text"], r.get("source", "")) for r in records]


def read_list(path: Path = GOLD / "articles.jsonl") -> list[Listed]:
    """The articles that are read for the gold, in the order of the batches."""
    return [Listed(**row) for row in read_jsonl(path)]


def load(listed: Iterable[Listed]) -> dict[str, Article]:
    """The listed articles with their texts, by id.

    Raises:
        ToolError: if a text is missing, or is not the one that was listed.
    """
    listed = list(listed)
    found: dict[str, Article] = {}
    for name in sorted({row.set for row in listed}):
        texts = {article.id: article for article in read_set(name)}
        for row in listed:
            if row.set == name:
                if row.id not in texts or texts[row.id].sha256 != row.sha256:
                    raise ToolError(
                        f"{row.id}: {FILES[name]} does not hold the text with sha256 {row.sha256}"
                    )
                found[row.id] = texts[row.id]
    return {row.id: found[row.id] for row in listed}


def batches(listed: Sequence[Listed]) -> dict[str, list[Listed]]:
    """The batches of each part by name, "read/1" and on, in the order of the list."""
    cut: dict[str, list[Listed]] = {}
    for part in PARTS:
        rows = [row for row in listed if row.part == part]
        for number, start in enumerate(range(0, len(rows), BATCH_SIZE), 1):
            cut[f"{part}/{number}"] = rows[start : start + BATCH_SIZE]
    return cut


def batch(listed: Sequence[Listed], name: str) -> list[Listed]:
    """The articles of the batch "read/3" (or "read/03").

    Raises:
        ToolError: if there is no such batch.
    """
    part, _, number = name.partition("/")
    wanted = f"{part}/{int(number)}" if number.isdigit() else name
    cut = batches(listed)
    if wanted not in cut:
        raise ToolError(f"no batch {name!r}: name it like 'read/1'; the command `batches` lists them")
    return cut[wanted]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph starts and ends.

    Blank lines divide them; if there are no blank lines, line breaks do.

    >>> text = "One.\\n\\nTwo\\nlines."
    >>> [text[start:end] for start, end in paragraphs(text)]
    ['One.', 'Two\\nlines.']
    """
    divider = r"\n\s*\n" if re.search(r"\S\s*\n\s*\n\s*\S", text) else r"\n"
    edges = [0, *(edge for found in re.finditer(divider, text) for edge in found.span()), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in pairs if text[start:end].strip()]


def shown(article: Article) -> str:
    """The text for reading, under its id, with numbered paragraphs."""
    lines = [f"##### {article.id}", ""]
    for number, (start, end) in enumerate(paragraphs(article.text), 1):
        lines += [f"[{number}] {article.text[start:end].strip()}", ""]
    return "\n".join(lines)


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Every record of a JSON Lines file.

    Raises:
        ToolError: if there is no such file, or a line of it is not a JSON object.
    """
    if not path.is_file():
        raise ToolError(f"there is no file {path}")
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise ToolError(f"{path.name}:{number}: no JSON: {error}") from None
            if not isinstance(record, dict):
                raise ToolError(f"{path.name}:{number}: not an object in braces")
            records.append(record)
    return records


def write_jsonl(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write one record a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    path.write_text("".join(lines), encoding="utf-8")
