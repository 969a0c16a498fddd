"""Reads a corpus: a stream of articles, or of earlier results, from files and folders.

Memory use does not depend on the size of the corpus. A row without a valid article becomes a `Reject`.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import attrs

from quoteattr import records
from quoteattr.corpus import formats
from quoteattr.corpus.formats import Problem, ProblemKind
from quoteattr.schema import Article, AttributedArticle

RejectKind = ProblemKind | Literal["worker"]

LONGEST_ARTICLE = 5_000_000
"""Most characters of an article that is accepted by default; the longest novels have 4 million."""
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
    """The day of publication: a date, a datetime, or a string that begins with an ISO date ("2024-05-02")."""
    url: str | None = "url"
    """Its web address: a string."""


@attrs.frozen
class Reject:
    """A row that holds no valid article."""

    location: str
    """The file and the row in it: "news.jsonl:17"."""
    kind: RejectKind
    """Category, for counting."""
    reason: str
    """Explanation for a user: the value found and what is accepted."""
    article: str | None = None
    """The article's id, if the row has one."""


class Corpus:
    """The articles of files and folders, in order. A row without a valid article gives a `Reject`.

    Files are JSON Lines or CSV (plain, ``.gz`` or ``.zst``), Parquet, plain text, or HTML; the last two hold
    one article each. Folders are searched recursively for files of these formats, in order of name.

    Args:
        paths: files and folders.
        columns: the names of the columns. They do not apply to text and HTML files.
        longest: longest article accepted, in characters.

    Raises:
        TypeError: if a path is not a path.
        FileNotFoundError: if a path does not exist.
        ValueError: if a file's format is unknown; while iterating, if a table has no text column.
        ImportError: while iterating, if a format needs a package that is not installed.
        OSError: while iterating, if a file cannot be read.

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
    ) -> None:
        self.paths = tuple(map(Path, paths))
        self.columns = columns or Columns()
        self.longest = longest
        self.fraction = 0.0
        """Fraction of the bytes read by the latest iteration, from 0 to 1."""
        for path in self.paths:
            _check_readable(path)

    def __iter__(self) -> Iterator[Article | Reject]:
        return (found for _, found in self.located())

    def located(self) -> Iterator[tuple[str, Article | Reject]]:
        """Yields each article or reject with its location ("news.jsonl:17")."""
        for location, values, columns in self._rows():
            yield location, self._article_or_reject(location, values, columns)

    def results(self) -> Iterator[tuple[str, Article | AttributedArticle | Reject]]:
        """Yields the same, but the `AttributedArticle` of a row that has ``quotations``, as article rows do.

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
                yield location, self._article_or_reject(location, values, columns)
                continue
            id_column = columns.id if columns.id and values.get(columns.id) is not None else "article"
            found = self._article_or_reject(location, values, attrs.evolve(columns, id=id_column))
            yield location, found if isinstance(found, Reject) else _result(location, found, values)

    def _rows(self, *more: str) -> Iterator[tuple[str, Mapping[str, Any] | Problem, Columns]]:
        """Yields each row's location, its values in the columns of the corpus and some further columns, and
        those of the corpus alone."""
        total = sum(path.stat().st_size for path in self.files()) or 1
        before = 0
        for path in self.files():
            size = path.stat().st_size
            columns = Columns(id=None) if formats.is_single_article(path) else self.columns
            for row in formats.read_rows(path, [*filter(None, attrs.astuple(columns)), *more]):
                self.fraction = min(1.0, (before + row.read * size) / total)
                yield str(path) if row.number is None else f"{path}:{row.number}", row.values, columns
            before += size

    def files(self) -> Iterator[Path]:
        """Yields every file, in order."""
        for path in self.paths:
            if path.is_dir():
                for folder, subfolders, names in os.walk(path):
                    subfolders.sort()  # `os.walk` visits them in this order
                    yield from filter(formats.is_readable, (Path(folder, name) for name in sorted(names)))
            else:
                yield path

    def fingerprint(self) -> str:
        """Returns a digest that changes if a file is added, removed or modified."""
        digest = hashlib.blake2b(digest_size=16)
        for path in self.files():
            stat = path.stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def _article_or_reject(
        self, location: str, values: Mapping[str, Any] | Problem, columns: Columns
    ) -> Article | Reject:
        if isinstance(values, Problem):
            return Reject(location, values.kind, values.reason)
        try:
            article = _article(values, columns, self.longest)
        except _InvalidValue as error:
            name = values.get(columns.id) if columns.id else None
            return Reject(location, error.problem.kind, error.problem.reason, name and str(name))
        return article if article.id is not None else attrs.evolve(article, id=location)


def _check_readable(path: Path) -> None:
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file or folder")
    if path.is_file() and not formats.is_readable(path):
        known = ", ".join([*formats.COMPRESSIBLE, *formats.UNCOMPRESSED])
        raise ValueError(f"{path}: unknown format; accepted are {known}, some with .gz or .zst")


class _InvalidValue(Exception):
    """Raised for a value that an article cannot have."""

    def __init__(self, kind: ProblemKind, reason: str) -> None:
        super().__init__(reason)
        self.problem = Problem(kind, reason)


def _article(values: Mapping[str, Any], columns: Columns, longest: int) -> Article:
    return Article(
        _text(columns.text, values.get(columns.text), longest),
        _optional(values, columns.id, _id),
        _optional(values, columns.publisher, _string),
        _optional(values, columns.published, _day),
        _optional(values, columns.url, _string),
    )


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


# Converters: the value that a column must have, or an _InvalidValue


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


def _day(column: str, value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(_string(column, value)[:10])
    except ValueError:
        reason = f"{column!r} must begin with a date like 2024-05-02, got {_shown(value)}"
        raise _InvalidValue("wrong-type", reason) from None


def _shown(value: Any) -> str:
    shown = repr(value)
    if len(shown) > SHOWN_VALUE:
        shown = f"{shown[:SHOWN_VALUE]}…"
    return f"{type(value).__name__} {shown}"
