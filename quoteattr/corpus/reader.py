"""Reads a corpus: a stream of articles, or of earlier results, from files and folders.

Memory use does not depend on the size of the corpus. A row without a valid article becomes a `Reject`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

import attrs

from quoteattr import records
from quoteattr.corpus import formats
from quoteattr.corpus.dates import check_date_format, read_day
from quoteattr.corpus.metadata_table import MetadataTable
from quoteattr.corpus.raw_rows import Problem, ProblemKind, Unreadable, WarningKind, missing_column
from quoteattr.schema import Article, AttributedArticle

RejectKind = ProblemKind | WarningKind | Literal["worker"]
WARNINGS: frozenset[str] = frozenset(get_args(WarningKind))
"""Kinds of rejects that are only warnings about what is missing or was assumed in an article."""

LONGEST_ARTICLE = 5_000_000
"""Most characters of an article that is accepted by default; the longest novels have 4 million."""
SURROGATE = re.compile("[\ud800-\udfff]")
"""Lone surrogates, which no encoding can write. Python uses them for bytes of file names that are not
UTF-8."""
SHOWN_VALUE = 60
"""Characters of an invalid value that a reason shows: enough to recognise it in one line."""


@attrs.frozen
class Columns:
    """The names of the columns of a corpus. Only the text is required; None means that there is no column."""

    text: str = "text"
    """The article's text: a string."""
    id: str | None = "id"
    """Its id: a string or an integer. An article without one gets its location as its id."""
    publisher: str | None = "publisher"
    """Its publisher: a string."""
    published: str | None = "published"
    """The day of publication: a date, a datetime, or a string with an ISO date ("2024-05-02"), the name of
    the month ("2 May 2024") or the corpus's date format."""
    url: str | None = "url"
    """Its web address: a string."""


def encodable(text: str | os.PathLike[str]) -> str:
    """The text with lone surrogates, as in the names of files that are not UTF-8, as escapes.

    >>> encodable("caf\\udce9.txt")
    'caf\\\\xe9.txt'
    """
    return SURROGATE.sub(_escaped, os.fspath(text))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code & 0xFF:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


@attrs.frozen
class Reject:
    """A row that holds no valid article, or a warning about the article before it (`is_warning`)."""

    location: str = attrs.field(converter=encodable)
    """The file and the row in it: "news.jsonl:17"."""
    kind: RejectKind
    """Category, for counting."""
    reason: str = attrs.field(converter=encodable)
    """Explanation for a user: the value found and what is accepted."""
    article: str | None = attrs.field(default=None, converter=attrs.converters.optional(encodable))
    """The article's id, if the row has one."""

    @property
    def is_warning(self) -> bool:
        """Whether the article was read all the same: only its date could not be read ("date"), or its
        encoding was assumed ("assumed-encoding", reported once for each file)."""
        return self.kind in WARNINGS


class Corpus:
    """The articles of files and folders, in order. A row without a valid article gives a `Reject`.

    Files are JSON Lines or CSV (plain, ``.gz`` or ``.zst``), JSON, Parquet, plain text, or HTML; the last two
    hold one article each. Folders are searched recursively for files of these formats, in order of name.

    Args:
        paths: files and folders.
        columns: the names of the columns. They do not apply to text and HTML files.
        longest: longest article accepted, in characters.
        date_format: a format for `datetime.strptime` ("%d/%m/%Y"). It is needed for dates
            like 03/04/2026: those in ISO form, or with the name of the month, are read without it.
        metadata: a table with the columns "file", "publisher", "published" and "url" of text and HTML files.

    A file that cannot be read for any reason gives a `Reject`, and the next file follows.

    Raises:
        TypeError: if an element of `paths` is neither a str nor a path.
        FileNotFoundError: if a path does not exist.
        ValueError: if a file's format is unknown, or it is neither a file nor a folder, or the date format
            does not name a day.
        ImportError: while iterating, if a format needs a package that is not installed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "news.jsonl")
    ...     _ = path.write_text('{"id": 7, "text": "It rained."}\\n{"id": 8}\\n')
    ...     article, reject = Corpus(path)
    >>> article
    Article(text='It rained.', id='7', publisher=None, published=None, url=None)
    >>> reject.kind, reject.reason
    ('missing', "no 'text'")
    """

    def __init__(
        self,
        *paths: str | os.PathLike[str],
        columns: Columns | None = None,
        longest: int = LONGEST_ARTICLE,
        date_format: str | None = None,
        metadata: str | os.PathLike[str] | None = None,
    ) -> None:
        self.paths = tuple(map(Path, paths))
        self.columns = columns or Columns()
        self.longest = longest
        self.date_format = date_format
        self.fraction = 0.0
        """Fraction of the bytes read by the latest iteration, from 0 to 1."""
        if date_format is not None:
            check_date_format(date_format)
        self._metadata = MetadataTable() if metadata is None else MetadataTable.read(metadata, date_format)
        for path in self.paths:
            _check_readable(path)

    def __iter__(self) -> Iterator[Article | Reject]:
        return (found for _, found in self.located())

    def located(self) -> Iterator[tuple[str, Article | Reject]]:
        """Yields pairs: the location of a row ("news.jsonl:17"), and the article or reject of this row."""
        for location, values, columns in self._rows():
            for found in self._articles_and_rejects(location, values, columns):
                yield location, found

    def check(self) -> None:
        """Checks whether the corpus can be read, without reading its rows.

        Raises:
            ImportError: if a format needs a package that is not installed.
            ValueError: if all files of the corpus are tables without the text column.
        """
        missing, readable, suffixes = None, False, set()
        for path in self.files():
            if (suffix := "".join(path.suffixes[-2:])) not in suffixes:
                suffixes.add(suffix)
                formats.check_packages(path)
            if not readable:
                header = formats.header(path, self.columns.text)
                problem = None if header is None else missing_column(header, self.columns.text)
                missing = missing or (problem and f"{encodable(path)}: {problem.reason}")
                readable = problem is None
        if missing and not readable:
            raise ValueError(missing)

    def results(self) -> Iterator[tuple[str, Article | AttributedArticle | Reject]]:
        """Yields the same pairs as `located`. If a row has ``quotations``, as article rows have, the pair has
        the `AttributedArticle` of the row.

        >>> import tempfile
        >>> from quoteattr.corpus.writer import write_results
        >>> result = AttributedArticle(Article("It rained.", id="a1"))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = write_results([result], Path(folder, "results.jsonl"), "article")
        ...     [found for _, found in Corpus(folder).results()] == [result]
        True
        """
        for location, values, columns in self._rows("article", "speakers", "quotations"):
            if isinstance(values, Problem) or values.get("quotations") is None:
                for given in self._articles_and_rejects(location, values, columns):
                    yield location, given
                continue
            id_column = columns.id if columns.id and values.get(columns.id) is not None else "article"
            for given in self._articles_and_rejects(location, values, attrs.evolve(columns, id=id_column)):
                yield location, given if isinstance(given, Reject) else _result(location, given, values)

    def _rows(self, *more: str) -> Iterator[tuple[str, Mapping[str, Any] | Problem, Columns]]:
        """Yields for each row its location, its values in the columns of the corpus and in some further
        columns, and the columns of the corpus in its file."""
        total = sum(map(_size, self.files())) or 1
        before = 0
        for path in self.files():
            size = _size(path)
            columns = Columns(id=None) if formats.is_single_article(path) else self.columns
            for row in formats.read_rows(path, [*filter(None, attrs.astuple(columns)), *more]):
                self.fraction = min(1.0, (before + row.read * size) / total)
                location = encodable(path if row.number is None else f"{path}:{row.number}")
                yield location, row.values, columns
                if row.assumed:
                    yield location, Problem("assumed-encoding", row.assumed), columns
            before += size

    def files(self) -> Iterator[Path]:
        """Yields each file, in order, and each folder that cannot be searched."""
        for path in self.paths:
            if path.is_dir():
                yield from _files_in(path)
            else:
                yield path

    def fingerprint(self) -> str:
        """Returns a digest that changes if a file is added, removed or modified."""
        digest = hashlib.blake2b(digest_size=16)
        for path in self.files():
            try:
                stat = path.stat()
                state = f"{stat.st_size}\0{stat.st_mtime_ns}"
            except OSError:
                state = "unreadable"
            digest.update(f"{path}\0{state}\0".encode("utf-8", "surrogateescape"))
        if self._metadata.rows:
            digest.update(repr(sorted(self._metadata.rows.items())).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def _articles_and_rejects(
        self, location: str, values: Mapping[str, Any] | Problem, columns: Columns
    ) -> Iterator[Article | Reject]:
        if isinstance(values, Problem):
            yield Reject(location, values.kind, values.reason)
            return
        try:
            article = self._article(values, columns)
        except _InvalidValue as error:
            found = values.get(columns.id) if columns.id else None
            name = None if found is None else str(found)
            yield Reject(location, error.problem.kind, error.problem.reason, name)
            return
        article = article if article.id is not None else attrs.evolve(article, id=location)
        yield self._metadata.complete(article, location)
        value = values.get(columns.published) if columns.published else None
        if value is not None and article.published is None:
            reason = (
                f"{columns.published!r} must be a date like 2024-05-02 or 2 May 2024, or as --date-format "
                f"(date_format=) says; got {_shown(value)}"
            )
            yield Reject(location, "date", reason, article.id)

    def _article(self, values: Mapping[str, Any], columns: Columns) -> Article:
        published = values.get(columns.published) if columns.published else None
        return Article(
            _text(columns.text, values.get(columns.text), self.longest),
            _optional(values, columns.id, _id),
            _optional(values, columns.publisher, _string),
            read_day(published, self.date_format),
            _optional(values, columns.url, _string),
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _files_in(path: Path) -> Iterator[Path]:
    """Yields the files below a folder, and the folders that are links or cannot be listed."""
    failed: list[Path] = []
    for folder, subfolders, names in os.walk(path, onerror=lambda error: failed.append(Path(error.filename))):
        subfolders.sort()  # `os.walk` visits them in this order
        yield from filter(formats.is_readable, (Path(folder, name) for name in sorted(names)))
        for link in filter(Path.is_symlink, (Path(folder, name) for name in subfolders)):
            if not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(path)):
                yield link
    yield from failed


def _check_readable(path: Path) -> None:
    if not path.exists():
        raise FileNotFoundError(f"{encodable(path)}: no such file or folder")
    if path.is_dir():
        return
    if not path.is_file():
        raise ValueError(
            f"{encodable(path)} is neither a file nor a folder; save what it gives to a file first"
        )
    if not formats.is_readable(path):
        known = ", ".join([*formats.COMPRESSIBLE, *formats.UNCOMPRESSED])
        raise ValueError(f"{encodable(path)}: unknown format; accepted are {known}, some with .gz or .zst")


class _InvalidValue(Exception):
    """Raised for a value that an article cannot have."""

    def __init__(self, kind: ProblemKind, reason: str) -> None:
        super().__init__(reason)
        self.problem = Problem(kind, reason)


def _optional(values: Mapping[str, Any], column: str | None, convert: Callable[[str, Any], Any]) -> Any:
    value = None if column is None else values.get(column)
    return None if column is None or value is None else convert(column, value)


def _result(location: str, article: Article, values: Mapping[str, Any]) -> AttributedArticle | Reject:
    """The attributed article of a row, if its quotations are complete and match its text."""
    fields = attrs.asdict(article, filter=lambda field, _: field.name != "id")
    try:
        result = records.article_from_row({"speakers": [], **values, **fields, "article": article.id})
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        reason = f"'quotations' are not as in article rows: {error!r}"
        return Reject(location, "wrong-type", reason, article.id)
    for attribution in result:
        span = attribution.quotation.content
        if (actual := article.text[span.start : span.end]) != span.text:
            reason = f"'quotations' do not match the text: expected {_shown(span.text)}, got {_shown(actual)}"
            return Reject(location, "wrong-type", reason, article.id)
    return result


# Converters: each returns the value of a column in the required type, or raises an _InvalidValue


def _text(column: str, value: Any, longest: int) -> str:
    if value is None:
        raise _InvalidValue("missing", f"no {column!r}")
    text = _string(column, value)
    if len(text) > longest:
        raise _InvalidValue("too-long", f"{column!r} has {len(text):,} characters; the limit is {longest:,}")
    return text


def _id(column: str, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(column, value)


def _string(column: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _InvalidValue("wrong-type", f"{column!r} must be a string, got {_shown(value)}")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = f"{column!r} has a lone surrogate at character {error.start}"
        raise _InvalidValue("encoding", reason) from None
    return value


def _shown(value: Any) -> str:
    if isinstance(value, Unreadable):
        return value.shown
    shown = repr(value)
    if len(shown) > SHOWN_VALUE:
        shown = f"{shown[:SHOWN_VALUE]}…"
    return f"{type(value).__name__} {shown}"
