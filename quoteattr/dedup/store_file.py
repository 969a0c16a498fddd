"""Opens the SQLite file of a store. A file that is not a store is refused before SQLite opens it, and damage
is reported as a ValueError."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import PathLike, fspath
from pathlib import Path

APPLICATION_ID = 0x71617474
"""Marks a file as a store (SQLite's ``application_id``): "qatt" in ASCII."""
FORMAT = 3
"""Number of the file's format (SQLite's ``user_version``)."""
TABLES = {
    "article": "CREATE TABLE article (number INTEGER PRIMARY KEY, digest BLOB UNIQUE, body BLOB)",
    "run": "CREATE TABLE run (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) WITHOUT ROWID",
}
"""The tables, each with the statement that makes it, which SQLite keeps word for word."""
StorePath = str | PathLike[str]

_HEADER = 100
"""Bytes of the header of an SQLite file, https://sqlite.org/fileformat2.html."""
_MAGIC = b"SQLite format 3\0"
_SYSTEM_ERRORS = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
"""Error codes that do not mean damage: another process uses the file, the disk is full, rights are
missing."""


def open_store(path: StorePath | None) -> sqlite3.Connection:
    """Returns a connection to a store's file, which is created if it does not exist or is empty.

    Text columns are returned as bytes and not as str, so text that is not UTF-8 does not raise an error.

    Args:
        path: the file; None for memory.

    Raises:
        ValueError: if the file is not a store of this format. Then nothing is written.
        sqlite3.OperationalError: if the system does not permit it, or another process holds the file.
    """
    if path is not None:
        _check_header(path)
    db = sqlite3.connect(":memory:" if path is None else path)
    try:
        with damage_reported(path):
            db.text_factory = bytes
            db.execute("PRAGMA trusted_schema = OFF")
            _check_tables(db, path)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def damage_reported(path: StorePath | None) -> Iterator[None]:
    """Raises a ValueError if SQLite finds that the file is damaged. Other errors, such as a full disk or a
    file that another process uses, are not changed."""
    try:
        yield
    except sqlite3.ProgrammingError:  # wrong use, for example of a closed store
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in _SYSTEM_ERRORS:
            raise
        raise ValueError(f"{_shown(path)} is damaged: {error}") from error


def _check_header(path: StorePath) -> None:
    """Checks the file's first bytes. They are read without SQLite, which may write to a file that it opens,
    to roll back an unfinished transaction."""
    try:
        with open(path, "rb") as stream:
            header = stream.read(_HEADER)
    except FileNotFoundError:
        return
    if not header:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise ValueError(f"{_shown(path)} is not a file of Deduplicator: it is no SQLite database")
    version, application = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    if application == APPLICATION_ID and version != FORMAT:
        raise ValueError(_other_format(path, version))
    if application != APPLICATION_ID:
        if application == 0 and 0 < version < FORMAT and _table_names(path) == set(TABLES):
            raise ValueError(_other_format(path, version))
        raise ValueError(f"{_shown(path)} is not a file of Deduplicator: another application made it")
    if not set(header[18:20]) <= {1, 2}:  # SQLite would open it, but not write to it
        raise ValueError(f"{_shown(path)} is damaged: its header has an unknown version of SQLite's format")


def _other_format(path: StorePath, version: int) -> str:
    return (
        f"{_shown(path)} has format {version}; this version of quoteattr reads format {FORMAT}. "
        "Add the articles to a new file."
    )


def _table_names(path: StorePath) -> set[str]:
    """Returns the tables of a database. It is opened as immutable, so SQLite does not change the file or its
    journal."""
    address = Path(fspath(path)).absolute().as_uri() + "?immutable=1&mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as db:
            return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError:
        return set()


def _check_tables(db: sqlite3.Connection, path: StorePath | None) -> None:
    """Makes the tables of a new file, and checks those of an existing one. Other tables, triggers and views
    are refused, because they could change what is read."""
    if not _statements(db):
        _create(db)
    if _statements(db) != sorted(statement.encode() for statement in TABLES.values()):
        raise ValueError(f"{_shown(path)} is damaged: it has other tables than a file of Deduplicator")


def _statements(db: sqlite3.Connection) -> list[bytes]:
    """The statements that made everything in a database."""
    return sorted(sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))


def _create(db: sqlite3.Connection) -> None:
    """Makes everything in one transaction, so that a process that is killed leaves an empty file."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        if not _statements(db):  # another process may have been faster
            for statement in TABLES.values():
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {FORMAT}")


def _shown(path: StorePath | None) -> str:
    return "the store in memory" if path is None else fspath(path)
