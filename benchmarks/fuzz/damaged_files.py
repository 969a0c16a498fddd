"""Makes files that are damaged, in another encoding, or of another kind than their names say.

Each maker takes a random number generator and a path without a suffix, writes a file there, and returns which
articles in it can be read.
"""

from __future__ import annotations

import gzip
import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzz.rows import (
    Made,
    columns_of,
    csv_text,
    json_lines,
    rows,
    table,
    words,
    write,
    write_parquet,
)

Maker = Callable[[random.Random, Path], Made]

TABLES = (".jsonl", ".csv", ".parquet", ".jsonl.gz", ".csv.zst")
SINGLE = (".txt", ".html")
"""Suffixes of tables, and of files with one article."""


def truncated_gzip(rng: random.Random, path: Path) -> Made:
    """A compressed file whose end is missing: its complete lines can be read."""
    made = rows(rng, rng.randint(3, 400))
    data = gzip.compress(json_lines(made).encode(), 6)
    data = data[: rng.randrange(len(data))]
    path.with_name(f"{path.name}.jsonl.gz").write_bytes(data)
    unpacked = zlib.decompressobj(31).decompress(data) if len(data) > 20 else b""
    return Made(words(made[: unpacked.count(b"\n")]))


def truncated_zstandard(rng: random.Random, path: Path) -> Made:
    """The same for zstandard, of which a file this small has only one block."""
    import pyarrow as pa

    data = pa.compress(json_lines(rows(rng, 50)).encode(), "zstd", asbytes=True)
    path.with_name(f"{path.name}.jsonl.zst").write_bytes(data[: rng.randrange(len(data))])
    return Made()


def truncated_parquet(rng: random.Random, path: Path) -> Made:
    """A Parquet file without its end, which describes the rest, or with some bytes changed."""
    write_parquet(path, columns_of(rows(rng, 20)))
    target = path.with_name(f"{path.name}.parquet")
    data = bytearray(target.read_bytes())
    if rng.random() < 0.5:
        del data[rng.randrange(len(data)) :]
    for _ in range(rng.randint(1, 9)):
        if data:
            data[rng.randrange(len(data))] = rng.getrandbits(8)
    target.write_bytes(data)
    return Made()


def wrong_encoding(rng: random.Random, path: Path) -> Made:
    """Rows in UTF-8 and in windows-1252 in one file: the first can be read, or the file as windows-1252."""
    good, other = rows(rng), rows(rng)
    for row in other:
        row["text"] += " “Café,” he said."
    suffix, content = table(rng, [*good, *other])
    write(path, suffix, content.encode("cp1252"))
    return Made(words(good))


def byte_order_mark(rng: random.Random, path: Path) -> Made:
    """UTF-8 with a byte order mark, at the beginning and sometimes within, as concatenated files have it."""
    made = rows(rng)
    if rng.random() < 0.3:
        write(path, ".txt", "\ufeff" + made[0]["text"])
        return Made(words(made[:1]))
    suffix, content = table(rng, made)
    if suffix == ".jsonl" and rng.random() < 0.5:
        content = content.replace("\n{", "\n\ufeff{")
    write(path, suffix, "\ufeff" + content)
    return Made(words(made))


def utf_16(rng: random.Random, path: Path) -> Made:
    """UTF-16 with a byte order mark, of either order."""
    made = rows(rng)
    suffix, content = table(rng, made)
    if rng.random() < 0.3:
        made = made[:1]
        suffix, content = ".txt", made[0]["text"]
    write(path, suffix, ("\ufeff" + content).encode(rng.choice(("utf-16-le", "utf-16-be"))))
    return Made(words(made))


def carriage_returns(rng: random.Random, path: Path) -> Made:
    """A CSV file whose lines end with a carriage return alone, or with different ends."""
    made = rows(rng, rng.randint(2, 6))
    content = csv_text(made, "\r")
    if rng.random() < 0.3:
        content = "".join(rng.choice(("\r\n", "\n")) if char == "\r" else char for char in content)
    write(path, ".csv", content)
    return Made(words(made))


def nul_bytes(rng: random.Random, path: Path) -> Made:
    """Rows with NUL bytes between rows without."""
    good, bad = rows(rng), rows(rng)
    for row in bad:
        row["text"] += "\0"
    made = [*good, *bad]
    rng.shuffle(made)
    suffix, content = table(rng, made)
    write(path, suffix, content.replace("\\u0000", "\0"))
    return Made(words(good))


def zero_bytes(rng: random.Random, path: Path) -> Made:
    """An empty file of any format."""
    path.with_name(path.name + rng.choice((*TABLES, *SINGLE))).touch()
    return Made()


def binary(rng: random.Random, path: Path) -> Made:
    """Random bytes with the name of any format."""
    start = rng.choice(
        (b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"PAR1", b"\x28\xb5\x2f\xfd")
    )
    suffix = rng.choice((".txt", *TABLES, *SINGLE))
    path.with_name(path.name + suffix).write_bytes(start + rng.randbytes(rng.randint(1, 3000)))
    return Made()


def pdf(rng: random.Random, path: Path) -> Made:
    """A PDF file, of ASCII characters or not, with another name."""
    stream = b"stream\n" + rng.randbytes(200) + b"\nendstream\n" if rng.random() < 0.5 else b""
    page = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n" + stream + b"endobj\ntrailer\n<< /Size 1 >>\n%%EOF\n"
    write(path, rng.choice((".html", ".htm", ".txt", ".csv", ".jsonl")), page)
    return Made()


def fifo(rng: random.Random, path: Path) -> Made:
    """A named pipe into which no process writes."""
    os.mkfifo(path.with_name(path.name + rng.choice((*TABLES, *SINGLE))))
    return Made()


def dangling_link(rng: random.Random, path: Path) -> Made:
    """A symbolic link to a file that does not exist."""
    path.with_name(path.name + rng.choice((*TABLES, *SINGLE))).symlink_to("/nonexistent/file")
    return Made()


def link_loop(rng: random.Random, path: Path) -> Made:
    """Two links that lead to each other, or a folder with a link to itself in it."""
    if rng.random() < 0.5:
        suffix = rng.choice((*TABLES, *SINGLE))
        one, two = path.with_name(f"{path.name}a{suffix}"), path.with_name(f"{path.name}b{suffix}")
        one.symlink_to(two)
        two.symlink_to(one)
        return Made()
    path.mkdir()
    path.joinpath("again").symlink_to(path)
    made = rows(rng, 1)
    write(path / "a", ".jsonl", json_lines(made))
    return Made(words(made))


def named_folder(rng: random.Random, path: Path) -> Made:
    """A folder with the name of a file, and a file in it."""
    folder = path.with_name(path.name + rng.choice((*TABLES, *SINGLE)))
    folder.mkdir()
    made = rows(rng)
    write(folder / "inside", *table(rng, made))
    return Made(words(made))


def unreadable(rng: random.Random, path: Path) -> Made:
    """A file that the user may not read. (The superuser may, unless the run gives that up.)"""
    suffix, content = table(rng, rows(rng))
    write(path, suffix, content)
    path.with_name(path.name + suffix).chmod(0)
    return Made()


def odd_name(rng: random.Random, path: Path) -> Made:
    """A name that is not UTF-8, or has a line break, an escape or many characters."""
    made = rows(rng)
    suffix, content = table(rng, made)
    name = rng.choice((b"caf\xe9", b"a\nb", b"\x1b[31m", b"\xff", b" ", b"a" * 200, "“é”".encode(), b"%s{}"))
    target = os.path.join(os.fsencode(path.parent), os.fsencode(path.name) + name + suffix.encode())
    with open(target, "wb") as stream:
        stream.write(content.encode())
    return Made(words(made))
