"""Opening the file of a store: what is refused, and that nothing is written to it then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quoteattr import Deduplicator
from quoteattr.dedup import store_file
from quoteattr.dedup.store_file import APPLICATION_ID, FORMAT, TABLES, damage_reported, open_store


def database(path: Path, script: str) -> Path:
    """A database that a script has made."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)
    return path


def refused(path: Path, match: str) -> None:
    """Asserts that a file is refused, and that nothing in its folder has changed."""
    before = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    for opened in (Deduplicator, Deduplicator.load):
        with pytest.raises(ValueError, match=match):
            opened(path)
    assert {found.name: found.read_bytes() for found in path.parent.iterdir()} == before


OURS = "; ".join(TABLES.values())


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE users (name)",
        "CREATE TABLE users (name); PRAGMA user_version = 2",
        f"{OURS}; PRAGMA user_version = {FORMAT}",
        f"{OURS}; PRAGMA user_version = {FORMAT}; PRAGMA application_id = 7",
        "PRAGMA journal_mode = WAL; CREATE TABLE users (name)",
        "PRAGMA user_version = 1",
    ],
)
def test_a_database_of_another_application_is_refused(tmp_path: Path, script: str) -> None:
    refused(database(tmp_path / "app.db", script), "not a file of Deduplicator: another application")


def test_what_another_application_has_left_unfinished_is_not_rolled_back(tmp_path: Path) -> None:
    path = database(tmp_path / "app.db", "CREATE TABLE users (name)")
    path.with_name("app.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    refused(path, "another application")


@pytest.mark.parametrize("content", [b"{}", b"SQLite format 3\0", bytes(4096)])
def test_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    refused(path, "it is no SQLite database")


@pytest.mark.parametrize("number", [1, 2])
def test_an_earlier_format_is_named(tmp_path: Path, number: int) -> None:
    path = database(tmp_path / "old.db", f"{OURS}; PRAGMA user_version = {number}")
    refused(path, f"has format {number}; this version of quoteattr reads format {FORMAT}")


def test_a_later_format_is_named(tmp_path: Path) -> None:
    settings = f"PRAGMA user_version = 99; PRAGMA application_id = {APPLICATION_ID}"
    refused(database(tmp_path / "new.db", f"{OURS}; {settings}"), "has format 99")


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE more (a)",
        "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END",
        "CREATE VIEW v AS SELECT * FROM article",
        "CREATE INDEX i ON article (body)",
        "ALTER TABLE article ADD COLUMN more",
        "DROP TABLE run",
        "ALTER TABLE run RENAME TO old; CREATE VIEW run AS SELECT * FROM old",
    ],
)
def test_other_tables_are_damage(tmp_path: Path, script: str) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    refused(database(path, script), "has other tables")


def test_an_unknown_version_of_the_format_of_sqlite_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    content = bytearray(path.read_bytes())
    content[18] = 9
    path.write_bytes(content)
    refused(path, "unknown version of SQLite")


@pytest.mark.parametrize("empty", [True, False])
def test_a_new_or_empty_file_becomes_a_store(tmp_path: Path, empty: bool) -> None:
    path = tmp_path / "bücher \udcfc?.db"
    if empty:
        path.touch()
    Deduplicator(path).close()
    with Deduplicator.load(path) as store:
        assert len(store) == 0
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_another_process_that_makes_the_tables_first_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    statements, calls = store_file._statements, []

    def first_empty(db: sqlite3.Connection) -> list[bytes]:
        calls.append(db)
        if len(calls) > 1:
            return statements(db)
        open_store(path).close()
        return []

    monkeypatch.setattr(store_file, "_statements", first_empty)
    open_store(path).close()


def test_errors_of_the_system_stay_as_they_are(tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "a.db") as one,
        closing(sqlite3.connect(tmp_path / "a.db", timeout=0)) as other,
    ):
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"), damage_reported(None):
            other.execute("BEGIN IMMEDIATE")
    one.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"), damage_reported(None):
        one.execute("SELECT 1")


def test_what_sqlite_finds_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    path.write_bytes(content)
    with Deduplicator(path) as store, pytest.raises(ValueError, match="damaged: "):
        list(store.articles())
