"""Reads rows from files: JSON, JSON Lines, CSV and Parquet tables, and text or HTML files with one article
each.

Files are streamed; only a file with a single article is read as a whole. A row that cannot be decoded becomes
a `Problem`, and reading continues with the next row. A file that cannot be read becomes a `Problem`, too.
"""

from __future__ import annotations

import errno
import importlib
import json
import stat
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from quoteattr.corpus import raw_rows
from quoteattr.corpus.csv_tables import csv_header, read_csv, read_tsv
from quoteattr.corpus.parquet_rows import parquet_columns, read_parquet
from quoteattr.corpus.raw_rows import Problem, RawRow, line_too_long, missing_column, not_decodable
from quoteattr.corpus.signatures import foreign_format
from quoteattr.corpus.text_files import (
    WINDOWS_1252,
    TextFile,
    decode_text,
    open_text,
    windows_1252,
)

COMPRESSED = (".gz", ".zst")
"""Suffixes of compressed files."""
SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""Names for special files in messages. Such files are never opened, because reading a pipe may wait
forever."""
OUT_OF_RESOURCES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""Errors of this process, not of the file that it opens."""

Reader = Callable[[Path, Collection[str]], Iterator[RawRow]]
"""A function of a file and the wanted columns that yields the file's rows."""


def format_suffix(path: Path) -> str:
    """The suffix that determines the format of a file, without the suffix of a compression.

    >>> format_suffix(Path("news.jsonl.gz"))
    '.jsonl'
    """
    name = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return name.suffix.lower()


def is_readable(path: Path) -> bool:
    """Whether a file name has the suffix of a format that can be read.

    >>> is_readable(Path("a.parquet")), is_readable(Path("a.html")), is_readable(Path("a.docx"))
    (True, True, False)
    """
    compressed = path.suffix.lower() in COMPRESSED
    return format_suffix(path) in (COMPRESSIBLE if compressed else {*COMPRESSIBLE, *UNCOMPRESSED})


def is_single_article(path: Path) -> bool:
    """Whether a file has a format in which it holds one article.

    >>> is_single_article(Path("a.html")), is_single_article(Path("a.csv"))
    (True, False)
    """
    return format_suffix(path) in SINGLE_ARTICLE


def check_packages(path: Path) -> None:
    """Raises an ImportError if the format of a file needs a package that is missing; the message says
    which."""
    suffix = format_suffix(path)
    if suffix == ".parquet" or path.suffix.lower() == ".zst":
        needed, extra = "pyarrow", "corpus"
    elif suffix in (".html", ".htm"):
        needed, extra = "trafilatura", "html"
    else:
        return
    try:
        importlib.import_module(needed)
    except ImportError as error:
        raise ImportError(f"{path} needs {needed}: pip install 'quoteattr[{extra}]' ({error})") from None


def header(path: Path, needed: str = "text") -> list[str] | None:
    """The columns of a table; None if the format has no header, or the file cannot be read. The separator of
    a CSV table is the one that gives the needed column."""
    try:
        if _not_a_file(path) is None and format_suffix(path) in (".csv", ".tsv"):
            return csv_header(path, needed)
        if _not_a_file(path) is None and format_suffix(path) == ".parquet":
            return parquet_columns(path)
    except ImportError:
        raise
    except Exception:  # of many types; when the rows are read, the error is reported
        return None
    return None


def read_rows(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    """Yields the rows of a file.

    Args:
        path: the file; its suffix determines the format.
        columns: the wanted columns. The first one must exist; the others may be missing. A file with one
            article has the columns ``text``, ``publisher``, ``published`` and ``url``.

    Raises:
        ValueError: if the format is unknown.
        ImportError: if the format needs a package that is not installed; the message says which.
        OSError: if there are too many open files or too little memory.
    """
    if problem := _not_a_file(path):
        yield RawRow(None, problem, 1.0)
        return
    if not is_readable(path):
        raise ValueError(
            f"{path}: not {', '.join((*COMPRESSIBLE, *UNCOMPRESSED))}; "
            f".gz and .zst are accepted for {', '.join(COMPRESSIBLE)}"
        )
    number, read, assumed = None, 0.0, False
    try:
        for row in {**COMPRESSIBLE, **UNCOMPRESSED}[format_suffix(path)](path, columns):
            number, read = row.number, row.read
            yield attrs.evolve(row, assumed=None) if assumed and row.assumed else row  # warns once a file
            assumed = assumed or row.assumed is not None
    except ImportError:
        raise
    except Exception as error:  # of many types, from the libraries that read the file
        if getattr(error, "errno", None) in OUT_OF_RESOURCES:
            raise
        yield RawRow(None if number is None else number + 1, _failed(error, number), read)


def _failed(error: Exception, number: int | None) -> Problem:
    """The problem of a file that cannot be read beyond the row with the given number."""
    if isinstance(error, OSError) and error.errno is not None:
        return Problem(
            "unreadable", f"the {'rest of the ' if number else ''}file cannot be read: {error.strerror}"
        )
    known = isinstance(error, (OSError, EOFError, zlib.error, ValueError))
    shown = str(error) if known else f"{type(error).__name__}: {error}"
    return Problem("damaged-file", f"the rest of the file cannot be read: {shown}")


def _not_a_file(path: Path) -> Problem | None:
    """The problem of a path that is not a regular file; None if it is one."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        what = "a link to nothing" if path.is_symlink() else "cannot be read"
        return Problem("unreadable", f"{what}: {error.strerror}")
    if stat.S_ISDIR(mode):
        what = (
            "a link to a folder, which is not followed"
            if path.is_symlink()
            else "a folder that cannot be listed"
        )
        return Problem("unreadable", what)
    if not stat.S_ISREG(mode):
        return Problem("unreadable", f"not a file but {SPECIAL.get(stat.S_IFMT(mode), 'something else')}")
    return None


# Tables in text files


def _read_json_lines(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    with open_text(path) as file:
        for number, line in enumerate(file.byte_lines(), 1):
            if line is None:
                yield RawRow(number, line_too_long(), file.read)
            elif line.strip():
                yield _json_row(number, line, file)


def _json_row(number: int, line: bytes, file: TextFile) -> RawRow:
    assumed = file.assumed
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        legacy = windows_1252(line) if file.encoding == "utf-8" else None
        if legacy is None:
            return RawRow(number, not_decodable(error), file.read)
        text, assumed = legacy, WINDOWS_1252
    return RawRow(number, _json_object(text.removeprefix("\ufeff")), file.read, assumed)


def _json_object(text: str) -> Mapping[str, Any] | Problem:
    try:
        value = json.loads(text)
    except RecursionError:
        return Problem("bad-row", "bad JSON: nested too deeply")
    except ValueError as error:
        return Problem("bad-row", f"bad JSON: {error}")
    if not isinstance(value, dict):
        return Problem("bad-row", f"expected a JSON object, got a {type(value).__name__}")
    return value


# Parquet


def _read_parquet(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    if problem := missing_column(parquet_columns(path), next(iter(columns))):
        yield RawRow(None, problem, 1.0)
        return
    yield from read_parquet(path, columns)


# JSON documents


def _read_json(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    """Yields the objects of a list, of the only list in an object, or an object; or those of the lines."""
    content = _content(path)
    if isinstance(content, Problem):
        yield RawRow(None, content, 1.0)
        return
    try:
        objects = _objects(json.loads(decode_text(content)[0]), next(iter(columns)))
    except UnicodeDecodeError as error:
        yield RawRow(None, not_decodable(error), 1.0)
        return
    except (ValueError, RecursionError):
        yield from _read_json_lines(path, columns)
        return
    for number, value in enumerate(objects, 1):
        problem = Problem("bad-row", f"expected a JSON object, got a {type(value).__name__}")
        yield RawRow(number, value if isinstance(value, dict) else problem, number / len(objects))


def _objects(document: Any, text: str) -> list[Any]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict) and text not in document:
        lists = [value for value in document.values() if isinstance(value, list)]
        if len(lists) == 1 and lists[0] and isinstance(lists[0][0], dict):
            return lists[0]
    return [document]


# Files with one article


def _read_text(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    content = _content(path)
    if isinstance(content, Problem):
        yield RawRow(None, content, 1.0)
        return
    try:
        text, assumed = decode_text(content)
    except UnicodeDecodeError as error:
        yield RawRow(None, not_decodable(error), 1.0)
        return
    yield RawRow(None, {"text": text}, 1.0, assumed)


def _read_html(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    content = _content(path)
    yield RawRow(None, content if isinstance(content, Problem) else _main_text(content), 1.0)


def _content(path: Path) -> bytes | Problem:
    with open(path, "rb") as stream:
        content = stream.read(raw_rows.LONGEST_LINE + 1)
    if len(content) > raw_rows.LONGEST_LINE:
        return Problem("too-long", f"a file of more than {raw_rows.LONGEST_LINE:,} bytes")
    foreign = foreign_format(content)
    return Problem("no-text", f"seems to be {foreign}") if foreign else content


def _main_text(page: bytes) -> Mapping[str, Any] | Problem:
    """The main text and the metadata that trafilatura extracts from a page of any encoding."""
    try:
        import trafilatura
    except ImportError as error:
        raise ImportError(f"HTML needs trafilatura: pip install 'quoteattr[html]' ({error})") from None
    found: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    if found is None or not found.text:
        return Problem("no-text", "no main text found in the page")
    return {"text": found.text, "publisher": found.sitename, "published": found.date, "url": found.url}


COMPRESSIBLE: dict[str, Reader] = {
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
    ".csv": read_csv,
    ".tsv": read_tsv,
}
"""The readers of formats that may be compressed, by suffix."""
UNCOMPRESSED: dict[str, Reader] = {
    ".json": _read_json,
    ".parquet": _read_parquet,
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
}
"""The readers of the other formats, by suffix."""
SINGLE_ARTICLE = frozenset({".txt", ".html", ".htm"})
"""Suffixes of the formats in which a file holds one article."""
