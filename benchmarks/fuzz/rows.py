"""Makes rows of small articles, each with a unique word, and writes them to files of every format."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

Row = dict[str, Any]

QUOTING = 0.1
"""Share of articles with a quotation. The others need no parse, so that most time goes into reading."""


@attrs.frozen
class Made:
    """What a corrupted file contains."""

    words: frozenset[str] = frozenset()
    """The words of the articles that can be read, and must come out."""
    most_rejects: int | None = None
    """The most rejects that the file may cause; None if each row may be one."""


def rows(rng: random.Random, number: int | None = None, quoting: float = QUOTING) -> list[Row]:
    """Some rows, or that many, with an id, a text that has a word of its own, and a date.

    >>> (row,) = rows(random.Random(1), 1)
    >>> row["id"] in row["text"], row["published"]
    (True, '2024-05-02')
    """
    made = []
    for _ in range(rng.randint(1, 6) if number is None else number):
        word = f"w{rng.getrandbits(60):015x}"
        text = f"“We mended {word},” said Ann Lee." if rng.random() < quoting else f"The {word} was mended."
        made.append({"id": word, "text": text, "published": "2024-05-02"})
    return made


def words(made: Sequence[Row]) -> frozenset[str]:
    """The words of rows."""
    return frozenset(row["id"] for row in made)


def json_lines(made: Sequence[Row], ensure_ascii: bool = False) -> str:
    """The rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=ensure_ascii) + "\n" for row in made)


def csv_text(made: Sequence[Row], line_end: str = "\n") -> str:
    """The rows as CSV, with a header of the first row's columns."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(made[0]), lineterminator=line_end)
    writer.writeheader()
    writer.writerows(made)
    return stream.getvalue()


def table(rng: random.Random, made: Sequence[Row]) -> tuple[str, str]:
    """The rows as JSON Lines or CSV: suffix and content."""
    return (".jsonl", json_lines(made)) if rng.random() < 0.5 else (".csv", csv_text(made))


def write(path: Path, suffix: str, content: str | bytes) -> None:
    """Writes a file of that suffix, compressed if it ends with ``.gz``."""
    data = content.encode() if isinstance(content, str) else content
    target = path.with_name(path.name + suffix)
    target.write_bytes(gzip.compress(data, 1) if suffix.endswith(".gz") else data)


def write_parquet(path: Path, columns: dict[str, Any]) -> None:
    """Writes a Parquet file with these columns: Arrow arrays or lists."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), path.with_name(f"{path.name}.parquet"))


def columns_of(made: Sequence[Row]) -> dict[str, list[Any]]:
    """The rows as columns."""
    return {name: [row[name] for row in made] for name in made[0]}
