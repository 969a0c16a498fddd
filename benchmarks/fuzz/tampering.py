"""Changes files of `Deduplicator` as an attacker or a failing disk would.

Each function takes a random number generator and the path of a store, changes the file, and returns which
articles it has changed; None if the library may refuse the whole file.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

Changed = frozenset[int] | None
"""Numbers of the articles that were changed, or None for the whole file."""
Tampering = Callable[[random.Random, Path], Changed]

ODD_VALUES: tuple[Any, ...] = (
    None,
    0,
    -1,
    1,
    17,
    10**9,
    10**30,
    1.5,
    True,
    "",
    "a",
    "\ud800",
    [],
    [[]],
    {},
    {"a": 1},
)
"""What a value of an article row may be replaced by."""
ODD_BODIES: tuple[Any, ...] = (None, 0, -1.5, "text", b"", b"\0", zlib.compress(b""), zlib.compress(b"null"))
"""What a body may be replaced by: other types, and bytes that are no article."""
BOMBS = (
    b"[" * (1 << 22),
    b'"' + b"a" * (1 << 30) + b'"',
    b" " * (1 << 28),
    b'{"text":' * (1 << 20),
    b"9" * (1 << 22),
)
"""Bodies that are small when packed and take much memory, time or stack to read."""
STATEMENTS = (
    "CREATE TABLE more (a)",
    "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END",
    "CREATE TRIGGER t BEFORE INSERT ON run BEGIN SELECT RAISE(FAIL, 'no'); END",
    "DROP TABLE run",
    "DROP TABLE article",
    "ALTER TABLE article RENAME COLUMN body TO other",
    "ALTER TABLE article ADD COLUMN more",
    "ALTER TABLE run RENAME TO old; CREATE VIEW run AS SELECT * FROM old",
    "ALTER TABLE article RENAME TO old; CREATE VIEW article AS WITH RECURSIVE n (number) AS "
    "(SELECT 1 UNION ALL SELECT number + 1 FROM n) SELECT n.number, digest, body FROM n JOIN old",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 99",
    "PRAGMA user_version = -1",
    "PRAGMA application_id = 7",
    "PRAGMA journal_mode = WAL",
    "PRAGMA auto_vacuum = FULL; VACUUM",
    "PRAGMA page_size = 512; VACUUM",
    "PRAGMA encoding = 'UTF-16'; VACUUM",
    "DELETE FROM run",
    "DELETE FROM article",
    "UPDATE run SET article = article + 1000000",
    "UPDATE OR IGNORE run SET article = 'one'",
    "UPDATE OR IGNORE run SET hash = 'one'",
    "INSERT OR IGNORE INTO run SELECT hash, NULL FROM run",
    "UPDATE article SET digest = NULL",
    "UPDATE article SET number = -number",
    "UPDATE article SET number = 9223372036854775807 WHERE number = 1",
)
"""Statements that change tables, indexes and settings."""


def flipped_bytes(rng: random.Random, path: Path) -> Changed:
    """Some bytes of the file have other values."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 1, 5, 100))):
        data[rng.randrange(len(data))] = rng.getrandbits(8)
    path.write_bytes(data)
    return None


def flipped_header(rng: random.Random, path: Path) -> Changed:
    """Some bytes of the file's first page have other values: its format and its tables."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.randint(1, 6)):
        data[rng.randrange(100 if rng.random() < 0.7 else 4096)] = rng.getrandbits(8)
    path.write_bytes(data)
    return None


def zeroed_page(rng: random.Random, path: Path) -> Changed:
    """A page of the file has only zeros, or is a copy of another page."""
    data = bytearray(path.read_bytes())
    pages = len(data) // 4096
    to, source = rng.randrange(pages) * 4096, rng.randrange(pages) * 4096
    data[to : to + 4096] = bytes(4096) if rng.random() < 0.5 else data[source : source + 4096]
    path.write_bytes(data)
    return None


def truncated(rng: random.Random, path: Path) -> Changed:
    """The end of the file is missing, or other bytes follow it."""
    data = path.read_bytes()
    longer = data + rng.randbytes(rng.randint(1, 9000))
    path.write_bytes(longer if rng.random() < 0.2 else data[: rng.randrange(len(data))])
    return None


def foreign(rng: random.Random, path: Path) -> Changed:
    """The file is something else."""
    path.write_bytes(
        rng.choice((b"", b"SQLite format 3\0", rng.randbytes(5000), b'{"text": "a"}\n', bytes(8192)))
    )
    return None


def statement(rng: random.Random, path: Path) -> Changed:
    """A statement has changed tables, indexes or settings."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(rng.choice(STATEMENTS))
    return None


def moved_offset(rng: random.Random, path: Path) -> Changed:
    """Offsets of an article's spans have other values."""
    with _body(rng, path) as (number, row):
        holders = [holder for holder in _holders(row) if isinstance(holder, dict) and "start" in holder]
        for holder in rng.sample(holders, min(len(holders), rng.randint(1, 3))):
            holder[rng.choice(("start", "end"))] += rng.choice((-1, 1, 5, 10**6, -(10**6), 10**30))
    return frozenset({number})


def changed_text(rng: random.Random, path: Path) -> Changed:
    """The text of an article is shorter or another, and its spans are as before."""
    with _body(rng, path) as (number, row):
        text = row["text"]
        row["text"] = rng.choice(
            (text[1:], text[: len(text) // 2], "", text[::-1], text.upper(), "\ud800" + text)
        )
    return frozenset({number})


def odd_value(rng: random.Random, path: Path) -> Changed:
    """A value of an article's row has another type, or is missing."""
    with _body(rng, path) as (number, row):
        holder = rng.choice([holder for holder in _holders(row) if holder])
        key = rng.choice([*holder]) if isinstance(holder, dict) else rng.randrange(len(holder))
        if rng.random() < 0.2:
            del holder[key]
        else:
            holder[key] = rng.choice(ODD_VALUES)
    return frozenset({number})


def odd_body(rng: random.Random, path: Path) -> Changed:
    """A body has another type, or is not packed, no JSON or no article."""
    with _row(rng, path) as (number, body):
        noise = zlib.compress(rng.randbytes(200))
        body[0] = rng.choice((*ODD_BODIES, noise, body[0][:-3], body[0] + b"more", body[0][:50] + noise))
    return frozenset({number})


def bomb(rng: random.Random, path: Path) -> Changed:
    """A body unpacks to much more than it takes in the file."""
    with _row(rng, path) as (number, body):
        packer = zlib.compressobj(1)
        body[0] = packer.compress(rng.choice(BOMBS)) + packer.flush()
    return frozenset({number})


def swapped(rng: random.Random, path: Path) -> Changed:
    """Two articles have each other's bodies, digests or numbers."""
    with closing(sqlite3.connect(path)) as db, db:
        found = db.execute("SELECT number, digest, body FROM article").fetchall()
        (one, *first), (two, *second) = rng.sample(found, 2)
        if rng.random() < 0.5:
            db.execute("UPDATE article SET body = ? WHERE number = ?", (second[1], one))
            db.execute("UPDATE article SET body = ? WHERE number = ?", (first[1], two))
        else:
            db.execute("UPDATE article SET digest = NULL WHERE number = ?", (one,))
            db.execute("UPDATE article SET digest = ? WHERE number = ?", (first[0], two))
            db.execute("UPDATE article SET digest = ? WHERE number = ?", (second[0], one))
    return frozenset({one, two})


TAMPERINGS: tuple[Tampering, ...] = (
    flipped_bytes,
    flipped_header,
    zeroed_page,
    truncated,
    foreign,
    statement,
    statement,
    moved_offset,
    moved_offset,
    changed_text,
    odd_value,
    odd_value,
    odd_body,
    bomb,
    swapped,
)
"""Every kind; those with the most variants more than once."""


@contextmanager
def _row(rng: random.Random, path: Path) -> Iterator[tuple[int, list[Any]]]:
    """Gives the number and, in a list, the body of an article, and writes the body that is then in the list.
    The digest is that of the new body as often as not: an attacker can compute it."""
    with closing(sqlite3.connect(path)) as db, db:
        number, body = rng.choice(db.execute("SELECT number, body FROM article").fetchall())
        holder = [body]
        yield number, holder
        db.execute("UPDATE article SET body = ? WHERE number = ?", (holder[0], number))
        if isinstance(holder[0], bytes) and rng.random() < 0.5:
            _set_digest(db, number, holder[0])


def _set_digest(db: sqlite3.Connection, number: int, body: bytes) -> None:
    stream = zlib.decompressobj()
    try:
        unpacked = stream.decompress(body, 1 << 24)
    except zlib.error:
        return
    digest = hashlib.blake2b(unpacked, digest_size=16).digest()
    db.execute("UPDATE OR IGNORE article SET digest = ? WHERE number = ?", (digest, number))


@contextmanager
def _body(rng: random.Random, path: Path) -> Iterator[tuple[int, Any]]:
    """Gives the number and the row of an article, and writes the row as it is then."""
    with _row(rng, path) as (number, body):
        row = json.loads(zlib.decompress(body[0]).decode("utf-8", "surrogatepass"))
        yield number, row
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        body[0] = zlib.compress(text.encode("utf-8", "surrogatepass"))


def _holders(value: Any) -> Iterator[Any]:
    """Every object and list in a JSON value."""
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _holders(inner)
