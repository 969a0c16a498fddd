"""The rows of files before they become articles, and the problems that take the place of rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

import attrs

WarningKind = Literal["date", "assumed-encoding"]
ProblemKind = Literal[
    "bad-row", "missing", "wrong-type", "encoding", "too-long", "no-text", "damaged-file", "unreadable"
]

LONGEST_LINE = 64 << 20
"""Most bytes of a line (in a CSV file: characters), or of a file with one article. An article of 5 million
characters, the default limit, fits even if JSON escapes each character in 12 bytes. Longer lines are skipped
and never kept in memory as a whole."""


@attrs.frozen
class Problem:
    """The reason why a row has no article, or a warning about what is missing or was assumed in its
    article."""

    kind: ProblemKind | WarningKind
    """Category, for counting."""
    reason: str
    """Explanation for a user: the value found and what is accepted."""


@attrs.frozen
class Unreadable:
    """Takes the place of a value that Python cannot hold, such as a date after the year 9999."""

    shown: str
    """The value for a user."""


@attrs.frozen
class RawRow:
    """One row of a file."""

    number: int | None
    """The number of its first line in a text file, or of the row in a Parquet file, counted from 1. None if
    the file is a single article, or could not be opened."""
    values: Mapping[str, Any] | Problem
    """The values by column."""
    read: float
    """Fraction of the file read so far, from 0 to 1."""
    assumed: str | None = None
    """What was assumed about the encoding, for a user; None if nothing had to be assumed."""


def line_too_long() -> Problem:
    """The problem of a line that is too long to be kept in memory."""
    return Problem("too-long", f"a line of more than {LONGEST_LINE:,} bytes")


def missing_column(found: Collection[str], needed: str) -> Problem | None:
    """The problem of a table that lacks a required column; None if it has the column.

    >>> missing_column(["body"], "text").reason
    "no column 'text'; it has 'body'"
    """
    if needed in found:
        return None
    return Problem("missing", f"no column {needed!r}; it has {', '.join(map(repr, found)) or 'none'}")


def not_decodable(error: UnicodeDecodeError) -> Problem:
    """The problem of bytes that are not in the expected encoding."""
    name = error.encoding.upper().removesuffix("-SIG")
    return Problem("encoding", f"not {name}: byte 0x{error.object[error.start]:02x} at byte {error.start}")
