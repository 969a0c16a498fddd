"""Opens text files, compressed or not, in UTF-8, UTF-16, UTF-32 or windows-1252, and reads them by lines.

A byte order mark shows the encoding. Without one, a file is UTF-8 unless it looks like UTF-16. Text that is
not UTF-8 is read as windows-1252 if the result may be English.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import attrs

from quoteattr.corpus import raw_rows

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # tried before UTF-16, because it begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the encodings that they name."""
HEAD = 4096
"""Bytes from which the encoding is determined: enough to tell UTF-16 without a byte order mark from UTF-8."""
UTF16_ZEROS = 0.5
"""Least share of code units with a zero byte in a file that is read as UTF-16. In English nearly all have
one."""
MOST_NON_ASCII = 1 / 3
"""Largest share of bytes beyond ASCII in text that is read as windows-1252. English with many quotation marks
and accents has less than 0.1. Text in another script, in an encoding for it, mostly has more than 0.5."""
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
"""Bytes that show that a file is not text."""
ESCAPES = "quoteattr.escaped-bytes"
"""Name of an error handler that turns each undecodable byte into a lone surrogate, in any encoding."""
WINDOWS_1252 = "not UTF-8; read as windows-1252"
"""The warning about a text that was read as windows-1252."""


def _escape_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(ESCAPES, _escape_bytes)


def detect_encoding(head: bytes) -> str:
    """Returns the encoding of a file, given its first bytes.

    >>> detect_encoding(b"It rained."), detect_encoding("It rained.".encode("utf-16-be"))
    ('utf-8', 'utf-16-be')
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    first, second = head[::2].count(0), head[1::2].count(0)
    if second >= max(1, UTF16_ZEROS * (len(head) // 2)) and not first:
        return "utf-16-le"
    if first >= max(1, UTF16_ZEROS * (len(head) // 2)) and not second:
        return "utf-16-be"
    return "utf-8"


def has_mark(head: bytes) -> bool:
    """Whether bytes begin with a byte order mark.

    >>> has_mark(b"It rained."), has_mark("It rained.".encode("utf-8-sig"))
    (False, True)
    """
    return any(head.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)


def decode_text(content: bytes) -> tuple[str, str | None]:
    """Returns the text of a whole file or row, without a byte order mark, and a warning if its encoding was
    assumed.

    Raises:
        UnicodeDecodeError: if the bytes are in none of the encodings.

    >>> decode_text("“Ice,” she said.".encode("windows-1252"))
    ('“Ice,” she said.', 'not UTF-8; read as windows-1252')
    """
    encoding = detect_encoding(content[:HEAD])
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        if encoding == "utf-8" and (legacy := windows_1252(content)) is not None:
            return legacy, WINDOWS_1252
        raise
    assumed = encoding.startswith("utf-16") and not has_mark(content)
    return text, f"no byte order mark; read as {encoding.upper()}" if assumed else None


def windows_1252(content: bytes) -> str | None:
    """Reads bytes that are not UTF-8 as windows-1252. Returns None if the result would not be plausible text.

    It is plausible if there are no control characters and no characters of UTF-8 in several
    bytes, and most bytes are ASCII.

    >>> windows_1252("Café in town".encode("windows-1252")), windows_1252(b"It rained.\\x00")
    ('Café in town', None)
    """
    escaped = content.decode("utf-8", ESCAPES)
    beyond = [character for character in escaped if character > "\x7f"]
    if any(not "\udc80" <= character <= "\udcff" for character in beyond):
        return None
    if CONTROLS.search(content) or len(beyond) > MOST_NON_ASCII * len(content):
        return None
    try:
        return content.decode("windows-1252")
    except UnicodeDecodeError:
        return None


@attrs.define
class TextFile:
    """An open text file."""

    stream: IO[bytes]
    """The decompressed bytes."""
    encoding: str
    """As `detect_encoding` returns it."""
    assumed: str | None
    """The warning about the encoding of the whole file; None if nothing was assumed."""
    _raw: BinaryIO
    _size: int
    _wrapper: io.TextIOWrapper | None = None
    """A reference that keeps the wrapper alive, because the wrapper closes the file when it is deleted."""

    @property
    def read(self) -> float:
        """Fraction of the file read so far, from 0 to 1."""
        return min(1.0, self._raw.tell() / self._size)

    def byte_lines(self) -> Iterator[bytes | None]:
        """Yields each line, which ends with a line feed, in UTF-8; None for one that is too long."""
        if self.encoding.startswith("utf-8"):
            yield from _limited(self.stream, b"\n")
            return
        for line in _limited(self._decoded("\n"), "\n"):
            yield None if line is None else line.encode("utf-8", "surrogatepass")

    def text_lines(self) -> Iterator[tuple[str | None, int]]:
        """Yields each line, which ends with any line break, and its number of quotation marks (").

        A line that is too long is None. An undecodable byte becomes a lone surrogate, so only its row is
        rejected.
        """
        marks = 0

        def counted(line: str) -> None:
            nonlocal marks
            marks += line.count('"')

        for line in _limited(self._decoded(""), ("\n", "\r"), counted):
            yield line, marks
            marks = 0

    def _decoded(self, newline: str) -> io.TextIOWrapper:
        self._wrapper = io.TextIOWrapper(self.stream, self.encoding, ESCAPES, newline)
        return self._wrapper


def _limited(stream: Any, ends: Any, examine: Callable[[Any], None] = lambda piece: None) -> Iterator[Any]:
    """Yields the lines of a stream, and None for a line that is too long. `examine` is called with each piece
    that is read."""
    limit = raw_rows.LONGEST_LINE
    start = True
    while line := stream.readline(limit):
        if start and isinstance(line, str):
            line = line.removeprefix("\ufeff")
        start = False
        examine(line)
        complete = len(line) < limit or line.endswith(ends)
        while len(line) == limit and not line.endswith(ends):
            line = stream.readline(limit)
            examine(line)
        yield line if complete else None


@contextmanager
def open_text(path: Path) -> Iterator[TextFile]:
    """Opens a text file and determines its encoding."""
    size = path.stat().st_size or 1
    with open(path, "rb") as raw, _decompressed(path, raw) as stream:
        head = stream.peek(HEAD)[:HEAD]  # type: ignore[attr-defined]
        encoding = detect_encoding(head)
        assumed = None
        if encoding.startswith("utf-16") and not has_mark(head):
            assumed = f"no byte order mark; read as {encoding.upper()}"
        yield TextFile(stream, encoding, assumed, raw, size)


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
