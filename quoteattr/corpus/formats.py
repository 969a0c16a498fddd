"""Files of many articles as rows: JSON Lines, CSV, Parquet; and files that are one article each.

Nothing here is read whole but a file that is one article. What cannot be read as a row is a `Problem` in its
place, and the next row follows.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, Literal

import attrs

ProblemKind = Literal["bad-row", "missing", "wrong-type", "encoding", "too-long", "no-text", "damaged-file"]

LONGEST_LINE = 64 << 20
"""Bytes. A longer line is passed over without being held in memory."""
COMPRESSED = (".gz", ".zst")
AT_ONCE = 32
"""Rows of Parquet decoded at once."""
READ_AHEAD = 1 << 20
"""Bytes of a Parquet column held at once, whatever the size of its row groups."""


@attrs.frozen
class Problem:
    """Why a row holds no article."""

    kind: ProblemKind
    """A word to count by."""
    reason: str
    """For a person: what was got, and what is accepted."""


@attrs.frozen
class RawRow:
    """One row of a file."""

    number: int | None
    """From 1: the line of a text file on which the row begins, the row of a Parquet file. None where the file
    is one article."""
    values: Mapping[str, Any] | Problem
    """By column."""
    read: float
    """How much of the file is read, from 0 to 1."""


Reader = Callable[[Path, Collection[str]], Iterator[RawRow]]


def format_of(path: Path) -> str:
    """The suffix that tells the format, without that of a compression.

    >>> format_of(Path("news.jsonl.gz"))
    '.jsonl'
    """
    name = path.with_suffix("") if path.suffix.lower() in COMPRESSED else path
    return name.suffix.lower()


def is_readable(path: Path) -> bool:
    """Whether the name is that of a format we know.

    >>> is_readable(Path("a.parquet")), is_readable(Path("a.html")), is_readable(Path("a.docx"))
    (True, True, False)
    """
    packed = path.suffix.lower() in COMPRESSED
    return format_of(path) in (LINES if packed else {*LINES, *WHOLE})


def read_rows(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    """The rows of a file, or the one article that it is.

    Args:
        path: its suffix tells the format.
        columns: those that are wanted, the first of them necessarily. An article that is a file has the
            columns ``text``, ``publisher``, ``published`` and ``url``.

    Raises:
        ValueError: if the format is unknown, or a table has no column of the first name.
        ImportError: if the format needs a package that is not installed; says which.
        OSError: if the file cannot be opened or read.
    """
    if not is_readable(path):
        raise ValueError(
            f"{path}: not {', '.join((*LINES, *WHOLE))}; .gz and .zst go with {', '.join(LINES)}"
        )
    reader = {**LINES, **WHOLE}[format_of(path)]
    number, read = 0, 0.0
    try:
        for row in reader(path, columns):
            number, read = row.number or 0, row.read
            yield row
    except (OSError, EOFError, zlib.error) as error:
        if getattr(error, "errno", None) is not None:  # the disk's trouble, not the data's
            raise
        yield RawRow(number + 1, _damaged(error), read)


def _damaged(error: Exception) -> Problem:
    return Problem("damaged-file", f"nothing can be read from here on: {error}")


# Text files with a row a line


def _json_lines(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    for number, line, read in _lines(path):
        if line is None:
            yield RawRow(number, _line_too_long(), read)
        elif line.strip():
            yield RawRow(number, _json_object(line), read)


def _json_object(line: bytes) -> Mapping[str, Any] | Problem:
    try:
        value = json.loads(line.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        return _not_utf8(error)
    except RecursionError:
        return Problem("bad-row", "bad JSON: nested too deeply")
    except ValueError as error:
        return Problem("bad-row", f"bad JSON: {error}")
    if not isinstance(value, dict):
        return Problem("bad-row", f"a JSON {type(value).__name__} where an object is expected")
    return value


def _csv(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_LINE)
    last, read, too_long = 0, 0.0, False

    def text() -> Iterator[str]:
        nonlocal last, read, too_long
        for number, line, share in _lines(path):
            last, read, too_long = number, share, too_long or line is None
            # A byte that is not UTF-8 becomes a lone surrogate, so that only its own row is set aside.
            yield (
                (line or b"\n")
                .decode("utf-8", "surrogateescape")
                .removeprefix("\ufeff" if number == 1 else "")
            )

    rows = csv.reader(text())
    header = next(rows, [])
    _check_columns(path, header, columns)
    while True:
        begins, too_long = last + 1, False
        try:
            fields = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RawRow(begins, Problem("bad-row", f"bad CSV: {error}"), read)
            continue
        if too_long:
            yield RawRow(begins, _line_too_long(), read)
        elif fields:
            yield RawRow(begins, _csv_row(header, fields), read)


def _csv_row(header: list[str], fields: list[str]) -> Mapping[str, Any] | Problem:
    if len(fields) != len(header):
        return Problem("bad-row", f"{len(fields)} fields where the header names {len(header)}")
    try:
        "".join(fields).encode("utf-8")
    except UnicodeEncodeError as error:
        byte = ord(error.object[error.start]) & 0xFF
        return Problem("encoding", f"not UTF-8: byte 0x{byte:02x}")
    return {name: field or None for name, field in zip(header, fields, strict=True)}


def _lines(path: Path) -> Iterator[tuple[int, bytes | None, float]]:
    """Number, line and share of the file that is read; None for a line that is too long."""
    size = path.stat().st_size or 1
    with open(path, "rb") as raw, _unpacked(path, raw) as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            whole = len(line) < LONGEST_LINE or line.endswith(b"\n")
            while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            yield number, line if whole else None, raw.tell() / size


@contextmanager
def _unpacked(path: Path, raw: BinaryIO) -> Iterator[IO[bytes]]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        with gzip.open(raw) as stream:
            yield stream  # type: ignore[misc]
    elif suffix == ".zst":
        try:
            import pyarrow as pa
        except ImportError:
            raise ImportError(f"{path} needs pyarrow: pip install 'quoteattr[corpus]'") from None
        # zstandard's own reader takes the end of a cut file for its right end.
        yield io.BufferedReader(pa.CompressedInputStream(raw, "zstd"))
    else:
        yield raw


def _line_too_long() -> Problem:
    return Problem("too-long", f"a line of more than {LONGEST_LINE:,} bytes")


def _not_utf8(error: UnicodeDecodeError) -> Problem:
    return Problem("encoding", f"not UTF-8: byte 0x{error.object[error.start]:02x} at byte {error.start}")


def _check_columns(path: Path, found: Iterable[str], wanted: Collection[str]) -> None:
    needed = next(iter(wanted))
    if needed not in (names := list(found)):
        raise ValueError(f"{path} has no column {needed!r}; it has {', '.join(map(repr, names)) or 'none'}")


# Parquet


def _parquet(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    try:
        import pyarrow.parquet as pq
        from pyarrow import ArrowInvalid
    except ImportError:
        raise ImportError(f"{path} needs pyarrow: pip install 'quoteattr[corpus]'") from None
    number, total = 0, 1
    try:
        with pq.ParquetFile(path, buffer_size=READ_AHEAD, pre_buffer=False) as file:
            names, total = file.schema_arrow.names, file.metadata.num_rows or 1
            _check_columns(path, names, columns)
            wanted = [name for name in names if name in columns]
            for batch in file.iter_batches(AT_ONCE, columns=wanted):
                raw = [_as_bytes(column) for column in batch.columns]
                for at in range(batch.num_rows):
                    number += 1
                    yield RawRow(number, _parquet_row(wanted, [column[at] for column in raw]), number / total)
    except ArrowInvalid as error:
        yield RawRow(number + 1, _damaged(error), number / total)


def _as_bytes(column: Any) -> Any:
    """Strings as bytes: Parquet does not promise that they are UTF-8, and pyarrow does not look."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column.cast(pa.large_binary()) if _is_text(column.type) else column


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _parquet_row(names: list[str], values: list[Any]) -> Mapping[str, Any] | Problem:
    try:
        return {name: _decoded(value.as_py()) for name, value in zip(names, values, strict=True)}
    except UnicodeDecodeError as error:
        return _not_utf8(error)


def _decoded(value: Any) -> Any:
    return value.decode("utf-8") if isinstance(value, bytes) else value


# Files that are one article


def _text(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    yield RawRow(None, _whole(path, lambda raw: {"text": raw.decode("utf-8")}), 1.0)


def _html(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    yield RawRow(None, _whole(path, _main_text), 1.0)


def _whole(path: Path, read: Callable[[bytes], Mapping[str, Any] | Problem]) -> Mapping[str, Any] | Problem:
    if path.stat().st_size > LONGEST_LINE:
        return Problem("too-long", f"a file of more than {LONGEST_LINE:,} bytes")
    try:
        return read(path.read_bytes())
    except UnicodeDecodeError as error:
        return _not_utf8(error)


def _main_text(page: bytes) -> Mapping[str, Any] | Problem:
    """What trafilatura takes for the article, and what the page says of itself. It reads any encoding."""
    try:
        import trafilatura
    except ImportError as error:
        raise ImportError(f"HTML needs trafilatura: pip install 'quoteattr[html]' ({error})") from None
    found: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    if found is None or not found.text:
        return Problem("no-text", "no main text found in the page")
    return {"text": found.text, "publisher": found.sitename, "published": found.date, "url": found.url}


LINES: dict[str, Reader] = {".jsonl": _json_lines, ".ndjson": _json_lines, ".csv": _csv}
"""Formats that may be compressed."""
WHOLE: dict[str, Reader] = {".parquet": _parquet, ".txt": _text, ".html": _html, ".htm": _html}
"""Those that are not."""
ARTICLES = {".txt", ".html", ".htm"}
"""Those of which a file is one article."""
