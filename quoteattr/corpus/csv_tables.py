"""Reads CSV tables, whatever character separates their columns."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import attrs

from quoteattr.corpus import raw_rows
from quoteattr.corpus.raw_rows import Problem, RawRow, line_too_long, missing_column
from quoteattr.corpus.text_files import WINDOWS_1252, TextFile, decode_text, open_text, windows_1252

COMMA_FIRST = ",;\t|"
"""The separators that are tried for a CSV table. Spreadsheets write semicolons where the comma is a decimal
sign."""
TAB_FIRST = "\t,;|"
"""The separators that are tried for a file with the suffix .tsv."""


@attrs.define
class _CsvLines:
    """Yields the lines of a CSV file to `csv.reader`, and keeps counts of the current row."""

    file: TextFile
    number: int = 0
    """Lines read so far."""
    too_long: bool = False
    """Whether a line of the current row was too long."""
    quotes: int = 0
    """Quotation marks in the current row."""
    _lines: Iterator[tuple[str | None, int]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._lines = self.file.text_lines()

    def __iter__(self) -> Iterator[str]:
        for line, quotes in self._lines:
            self.number, self.too_long = self.number + 1, self.too_long or line is None
            self.quotes += quotes
            # A line that is too long may begin or end a quoted field.
            yield '"' * (quotes % 2) + "\n" if line is None else line

    def begin_row(self) -> int:
        """Starts a row and returns the number of its first line."""
        self.too_long, self.quotes = False, 0
        return self.number + 1

    def skip_field(self) -> None:
        """Skips the rest of a field that is too long, up to the line with its closing quotation mark."""
        for _ in self:
            if not self.quotes % 2:
                return


def read_csv(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    """Yields the rows of a CSV table; `quoteattr.corpus.formats.read_rows` says how."""
    return _read_table(path, columns, COMMA_FIRST)


def read_tsv(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    """Yields the rows of a table whose separators are tabs."""
    return _read_table(path, columns, TAB_FIRST)


def csv_header(path: Path, needed: str) -> list[str]:
    """Returns the columns of a table."""
    with open_text(path) as file:
        delimiters = TAB_FIRST if ".tsv" in path.suffixes[-2:] else COMMA_FIRST
        return _header(_reader(iter(_CsvLines(file)), needed, delimiters))


def _reader(lines: Iterator[str], needed: str, delimiters: str) -> Any:
    """Returns a `csv.reader` with the delimiter that gives the needed column or, if none does, the most
    columns; of several, the first."""
    first = next(lines, "")

    def columns_with(delimiter: str) -> tuple[bool, int]:
        names = next(csv.reader([first], delimiter=delimiter), [])
        return needed in names, len(names)

    chosen = max(delimiters, key=columns_with) if first.strip() else delimiters[0]
    return csv.reader(chain([first] if first else [], lines), delimiter=chosen)


def _read_table(path: Path, columns: Collection[str], delimiters: str) -> Iterator[RawRow]:
    csv.field_size_limit(raw_rows.LONGEST_LINE)
    with open_text(path) as file:
        lines = _CsvLines(file)
        try:
            rows = _reader(iter(lines), next(iter(columns)), delimiters)
            names = _header(rows)
        except csv.Error as error:
            names = []
            yield RawRow(1, Problem("bad-row", f"bad CSV in the header: {error}"), file.read)
            return
        if problem := missing_column(names, next(iter(columns))):
            yield RawRow(None, problem, file.read)
            return
        while True:
            number = lines.begin_row()
            try:
                fields = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                if lines.quotes % 2:
                    lines.skip_field()
                yield RawRow(number, _bad_csv(error, number, lines.number), file.read)
                continue
            if lines.too_long:
                yield RawRow(number, line_too_long(), file.read)
            elif fields:
                yield _csv_row(number, names, fields, file)


def _header(rows: Iterator[list[str]]) -> list[str]:
    return [decode_text(name.encode("utf-8", "surrogateescape"))[0] for name in next(rows, [])]


def _bad_csv(error: csv.Error, first: int, last: int) -> Problem:
    if "limit" in str(error):
        reason = f"a field of more than {raw_rows.LONGEST_LINE:,} characters, in lines {first} to {last}"
        return Problem("too-long", reason)
    return Problem("bad-row", f"bad CSV: {error}")


def _csv_row(number: int, names: list[str], fields: list[str], file: TextFile) -> RawRow:
    if len(fields) != len(names):
        reason = f"the header has {len(names)} fields, this row has {len(fields)}"
        return RawRow(number, Problem("bad-row", reason), file.read)
    assumed = file.assumed
    if problem := _undecoded(fields):
        row = ",".join(fields).encode("utf-8", "surrogateescape") if file.encoding == "utf-8" else b""
        if not row or windows_1252(row) is None:
            return RawRow(number, problem, file.read)
        fields = [field.encode("utf-8", "surrogateescape").decode("windows-1252") for field in fields]
        assumed = WINDOWS_1252
    return RawRow(
        number, {n: field or None for n, field in zip(names, fields, strict=True)}, file.read, assumed
    )


def _undecoded(fields: list[str]) -> Problem | None:
    """The problem of a row in which bytes could not be decoded."""
    try:
        "".join(fields).encode("utf-8")
    except UnicodeEncodeError as error:
        byte = ord(error.object[error.start]) & 0xFF
        return Problem("encoding", f"not UTF-8: byte 0x{byte:02x}")
    return None
