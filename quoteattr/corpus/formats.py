"""Reads rows from files: JSON Lines, CSV and Parquet tables, and text or HTML files with one article each.

Files are streamed; only a file that is a single article is read as a whole. A row that cannot be decoded is
reported as a `Problem`, and reading continues with the next row.
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
"""Most bytes of a line, or of a file with one article. 5 million characters, the default limit of an article,
fit even if JSON escapes each of them in 12 bytes. Longer lines are skipped without being kept in memory."""
COMPRESSED = (".gz", ".zst")
"""Suffixes of compressed files."""
PARQUET_ROWS = 32
"""Rows of a Parquet file that are decoded at once; they limit the memory that long articles take."""
PARQUET_BUFFER = 1 << 20
"""Bytes of a Parquet column that are buffered at once; they limit the memory that large row groups take."""


@attrs.frozen
class Problem:
    """The reason why a row has no article."""

    kind: ProblemKind
    """Category, for counting."""
    reason: str
    """Explanation for a user: the value found and what is accepted."""


@attrs.frozen
class RawRow:
    """One row of a file."""

    number: int | None
    """The number of its first line in a text file, or of the row in a Parquet file, counted from 1. None if
    the file is a single article."""
    values: Mapping[str, Any] | Problem
    """The values by column."""
    read: float
    """Fraction of the file read so far, from 0 to 1."""


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


def read_rows(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    """Yields the rows of a file.

    Args:
        path: the file; its suffix determines the format.
        columns: the wanted columns. The first one must exist; the others may be missing. A file with one
            article has the columns ``text``, ``publisher``, ``published`` and ``url``.

    Raises:
        ValueError: if the format is unknown, or a table lacks the first column.
        ImportError: if the format needs a package that is not installed; says which.
        OSError: if the file cannot be opened or read.
    """
    if not is_readable(path):
        raise ValueError(
            f"{path}: not {', '.join((*COMPRESSIBLE, *UNCOMPRESSED))}; "
            f".gz and .zst are accepted for {', '.join(COMPRESSIBLE)}"
        )
    reader = {**COMPRESSIBLE, **UNCOMPRESSED}[format_suffix(path)]
    number, read = 0, 0.0
    try:
        for row in reader(path, columns):
            number, read = row.number or 0, row.read
            yield row
    except (OSError, EOFError, zlib.error) as error:
        if getattr(error, "errno", None) is not None:  # a failure of the disk, not damaged data
            raise
        yield RawRow(number + 1, _damaged(error), read)


def _damaged(error: Exception) -> Problem:
    return Problem("damaged-file", f"the rest of the file cannot be read: {error}")


# Tables in text files


def _read_json_lines(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
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
        return Problem("bad-row", f"expected a JSON object, got a {type(value).__name__}")
    return value


@attrs.define
class _CsvLines:
    """The lines of a CSV file as text for `csv.reader`, with the position of the reader."""

    path: Path
    number: int = 0
    """Lines read so far."""
    read: float = 0.0
    """Fraction of the file read so far."""
    too_long: bool = False
    """Whether a line of the current row was too long."""

    def __iter__(self) -> Iterator[str]:
        for number, line, read in _lines(self.path):
            self.number, self.read, self.too_long = number, read, self.too_long or line is None
            # A byte that is not UTF-8 becomes a lone surrogate, so that only its own row is rejected.
            text = (line or b"\n").decode("utf-8", "surrogateescape")
            yield text.removeprefix("\ufeff") if number == 1 else text


def _read_csv(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_LINE)
    lines = _CsvLines(path)
    rows = csv.reader(iter(lines))
    header = next(rows, [])
    _check_columns(path, header, columns)
    while True:
        first_line, lines.too_long = lines.number + 1, False
        try:
            fields = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield RawRow(first_line, Problem("bad-row", f"bad CSV: {error}"), lines.read)
            continue
        if lines.too_long:
            yield RawRow(first_line, _line_too_long(), lines.read)
        elif fields:
            yield RawRow(first_line, _csv_row(header, fields), lines.read)


def _csv_row(header: list[str], fields: list[str]) -> Mapping[str, Any] | Problem:
    if len(fields) != len(header):
        return Problem("bad-row", f"the header has {len(header)} fields, this row has {len(fields)}")
    try:
        "".join(fields).encode("utf-8")
    except UnicodeEncodeError as error:
        byte = ord(error.object[error.start]) & 0xFF
        return Problem("encoding", f"not UTF-8: byte 0x{byte:02x}")
    return {name: field or None for name, field in zip(header, fields, strict=True)}


def _lines(path: Path) -> Iterator[tuple[int, bytes | None, float]]:
    """Yields for each line its number, its content (None if it is too long) and the fraction of the file read
    so far."""
    size = path.stat().st_size or 1
    with open(path, "rb") as raw, _decompressed(path, raw) as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            complete = len(line) < LONGEST_LINE or line.endswith(b"\n")
            while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            yield number, line if complete else None, raw.tell() / size


@contextmanager
def _decompressed(path: Path, raw: BinaryIO) -> Iterator[IO[bytes]]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        with gzip.open(raw) as stream:
            yield stream  # type: ignore[misc]
    elif suffix == ".zst":
        try:
            import pyarrow as pa
        except ImportError:
            raise ImportError(f"{path} needs pyarrow: pip install 'quoteattr[corpus]'") from None
        # The reader of the zstandard package does not report that a file is truncated.
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


def _read_parquet(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    try:
        import pyarrow.parquet as pq
        from pyarrow import ArrowInvalid
    except ImportError:
        raise ImportError(f"{path} needs pyarrow: pip install 'quoteattr[corpus]'") from None
    number, total = 0, 1
    try:
        with pq.ParquetFile(path, buffer_size=PARQUET_BUFFER, pre_buffer=False) as file:
            names, total = file.schema_arrow.names, file.metadata.num_rows or 1
            _check_columns(path, names, columns)
            wanted = [name for name in names if name in columns]
            for batch in file.iter_batches(PARQUET_ROWS, columns=wanted):
                values = [_as_bytes(column) for column in batch.columns]
                for index in range(batch.num_rows):
                    number += 1
                    row = _parquet_row(wanted, [column[index] for column in values])
                    yield RawRow(number, row, number / total)
    except ArrowInvalid as error:
        yield RawRow(number + 1, _damaged(error), number / total)


def _as_bytes(column: Any) -> Any:
    """The column with strings as bytes, because neither Parquet nor pyarrow guarantees that strings are
    UTF-8."""
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


# Files with one article


def _read_text(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    yield RawRow(None, _whole_file(path, lambda content: {"text": content.decode("utf-8")}), 1.0)


def _read_html(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    yield RawRow(None, _whole_file(path, _main_text), 1.0)


def _whole_file(
    path: Path, parse: Callable[[bytes], Mapping[str, Any] | Problem]
) -> Mapping[str, Any] | Problem:
    if path.stat().st_size > LONGEST_LINE:
        return Problem("too-long", f"a file of more than {LONGEST_LINE:,} bytes")
    try:
        return parse(path.read_bytes())
    except UnicodeDecodeError as error:
        return _not_utf8(error)


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
    ".csv": _read_csv,
}
"""The readers of formats that may be compressed, by suffix."""
UNCOMPRESSED: dict[str, Reader] = {
    ".parquet": _read_parquet,
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
}
"""The readers of the other formats, by suffix."""
SINGLE_ARTICLE = frozenset({".txt", ".html", ".htm"})
"""Suffixes of the formats in which a file holds one article."""
