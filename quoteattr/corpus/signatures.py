"""Recognises the format of a file by its first bytes, if the file is not a plain text."""

from __future__ import annotations

import json
import re

SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"PK\x03\x04", "a Zip archive, as DOCX, XLSX, ODT and EPUB files are"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x7fELF", "a program"),
)
"""First bytes of formats that are not text, each with the name of the format."""
CONTAINERS = (
    (b"RIFF", 8, b"WEBP", "a WebP image"),
    (b"\0\0\0", 4, b"ftyp", "a sound or video file"),
    (b"BZh", 4, b"1AY&SY", "a bzip2 file"),
    (b"", 257, b"ustar\0", "a tar archive"),
    (b"", 257, b"ustar  \0", "a tar archive"),
)
"""The same for formats that need a second test: their first bytes, an offset, and the bytes at this
offset."""
PARQUET = b"PAR1"
"""First bytes of a Parquet file."""
HEAD = 4096
"""Bytes of a file that are examined for HTML and XML."""

# The beginning of an HTML page: "<!doctype html>", or "<html lang=en>" with an element of its head
_DOCTYPE = re.compile(rb"<!doctype\s++html\b", re.IGNORECASE)
_PAGE = re.compile(rb"<html[\s>].*?<(?:head|body|title|meta)\b", re.IGNORECASE | re.DOTALL)
# What may come before it: white space, comments and an XML declaration
_BEFORE_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?+(?:\s++|<\?xml[^>]*+>|<!--.*?-->)*+", re.DOTALL)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?+\s*+<\?xml\s")
# A name in the header of a table: "text", "published_at", "Web address"
_COLUMN = re.compile(r"[\w][\w .:/-]{0,40}+")


def foreign_format(content: bytes) -> str | None:
    """Returns the name of the format of a file that is not text ("a PDF file"); None if it may be text.

    >>> foreign_format(b"%PDF-1.4"), foreign_format(b"It rained.")
    ('a PDF file', None)
    """
    for start, name in SIGNATURES:
        if content.startswith(start):
            return name
    for start, offset, inside, name in CONTAINERS:
        if content.startswith(start) and content.startswith(inside, offset):
            return name
    return None


def content_suffix(content: bytes, column: str = "text") -> str | None:
    """Returns the suffix of the format of a file's content; None if it is plain text or an unknown format.

    HTML is recognised by the beginning of a page, JSON Lines by a first line that is a JSON object, JSON by a
    content that is an object or a list of objects, and CSV by a header with the text column. A "<" or "{" at
    the start, or commas, are not enough, because a plain text may have them.

    Args:
        content: a whole file.
        column: the column of a CSV table by which it is recognised.

    >>> content_suffix(b'{"text": "It rained."}\\n'), content_suffix(b"id,text\\n1,It rained.\\n")
    ('.jsonl', '.csv')
    >>> content_suffix(b"<!doctype html><p>It rained."), content_suffix(b"<b>Rain</b>, she said, fell.")
    ('.html', None)
    """
    if content.startswith(PARQUET) and content.endswith(PARQUET):
        return ".parquet"
    head = content[:HEAD]
    page = head[before.end() :] if (before := _BEFORE_PAGE.match(head)) else head
    if _DOCTYPE.match(page) or _PAGE.match(page):
        return ".html"
    if _XML.match(head):
        return ".xml"
    return _json_suffix(content) or _table_suffix(content, column)


def _json_suffix(content: bytes) -> str | None:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{" and isinstance(_value(start.partition(b"\n")[0]), dict):
        return ".jsonl"
    if start[:1] in (b"{", b"["):
        value = _value(start)
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            return ".json"
    return None


def _value(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _table_suffix(content: bytes, column: str) -> str | None:
    first, _, rest = content.partition(b"\n")
    if not rest.strip() or len(first) > HEAD:
        return None
    line = first.decode("utf-8-sig", "replace").rstrip("\r")
    for suffix, delimiter in ((".csv", ","), (".tsv", "\t")):
        names = [name.strip('"') for name in line.split(delimiter)]
        if len(names) > 1 and column in names and all(map(_COLUMN.fullmatch, names)):
            return suffix
    return None
