"""Corpora: articles streamed from files and folders, results streamed to files and back.

Memory holds what is at work, however long the corpus. What holds no article is a `Reject`, in its place.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import attrs

from quoteattr import records
from quoteattr.corpus import formats
from quoteattr.corpus.formats import Problem, ProblemKind
from quoteattr.schema import Article, AttributedArticle

RejectKind = ProblemKind | Literal["worker"]

LONGEST = 5_000_000
"""Characters of an article that are taken; the longest novels have 4 million."""
ROW_GROUP: dict[records.RowKind, int] = {"article": 1000, "quotation": 10_000, "utterance": 1000}
"""Rows in a row group of Parquet that we write: some 10 MB."""


@attrs.frozen
class Columns:
    """Which columns of a corpus hold what. Only the text must be there; None: nowhere."""

    text: str = "text"
    """The article's text, a string."""
    id: str | None = "id"
    """Its id, a string or a whole number. Where there is none, the article's place is its id."""
    publisher: str | None = "publisher"
    """Who printed it, a string."""
    published: str | None = "published"
    """The day: a date, a time, or a string that begins with one as in ISO 8601 ("2024-05-02")."""
    url: str | None = "url"
    """Where it stands, a string."""


@attrs.frozen
class Reject:
    """A row that is set aside."""

    place: str
    """The file, and the row in it: "news.jsonl:17"."""
    kind: RejectKind
    """A word to count by."""
    reason: str
    """For a person: what was got, and what is accepted."""
    article: str | None = None
    """The article's id, where the row has one."""


class Corpus:
    """The articles of files and folders, one after the other; what holds none comes as a `Reject`.

    Files: JSON Lines and CSV (plain, ``.gz``, ``.zst``), Parquet, plain text and HTML (one article a file).
    Folders: every file in them of these formats, those below included, in the order of their names.

    Args:
        paths: files and folders.
        columns: which columns hold what. Files of one article have none.
        longest: characters; a longer article is set aside.

    Raises:
        TypeError: if a path is no path.
        FileNotFoundError: if a path is not there.
        ValueError: if a file is of no format we know; while iterating, if a table has no column of the text.
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
        self, *paths: str | os.PathLike[str], columns: Columns | None = None, longest: int = LONGEST
    ) -> None:
        self.paths = tuple(map(Path, paths))
        self.columns = columns or Columns()
        self.longest = longest
        self.fraction = 0.0
        """How much has been read, from 0 to 1, by bytes."""
        for path in self.paths:
            if not path.exists():
                raise FileNotFoundError(f"{path}: no such file or folder")
            if path.is_file() and not formats.is_readable(path):
                known = ", ".join([*formats.LINES, *formats.WHOLE])
                raise ValueError(f"{path} is of no format that is read ({known}, some with .gz or .zst)")

    def __iter__(self) -> Iterator[Article | Reject]:
        return (found for _, found in self.placed())

    def placed(self) -> Iterator[tuple[str, Article | Reject]]:
        """The same, each with its place."""
        for place, values, columns in self._rows():
            yield place, self._found(place, values, columns)

    def results(self) -> Iterator[tuple[str, Article | AttributedArticle | Reject]]:
        """The same, but a row that has ``quotations``, as article rows do, comes as the result that it holds.

        >>> import tempfile
        >>> result = AttributedArticle(Article("It rained.", id="a1"))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = write([result], Path(folder, "results.jsonl"), "article")
        ...     [found for _, found in Corpus(folder).results()] == [result]
        True
        """
        for place, values, columns in self._rows("article", "speakers", "quotations"):
            if isinstance(values, Problem) or values.get("quotations") is None:
                yield place, self._found(place, values, columns)
                continue
            name = columns.id if columns.id and values.get(columns.id) is not None else "article"
            found = self._found(place, values, attrs.evolve(columns, id=name))
            yield place, found if isinstance(found, Reject) else _result(place, found, values)

    def _rows(self, *more: str) -> Iterator[tuple[str, Mapping[str, Any] | Problem, Columns]]:
        """Every row: its place, its values in the columns that are known and in some more, those columns."""
        total = sum(path.stat().st_size for path in self.files()) or 1
        before = 0
        for path in self.files():
            size, columns = path.stat().st_size, self._columns(path)
            for row in formats.read_rows(path, [*filter(None, attrs.astuple(columns)), *more]):
                self.fraction = min(1.0, (before + row.read * size) / total)
                yield str(path) if row.number is None else f"{path}:{row.number}", row.values, columns
            before += size

    def files(self) -> Iterator[Path]:
        """Every file, in order."""
        for path in self.paths:
            if path.is_dir():
                for folder, below, names in os.walk(path):
                    below.sort()
                    found = (Path(folder, name) for name in sorted(names))
                    yield from filter(formats.is_readable, found)
            else:
                yield path

    def fingerprint(self) -> str:
        """Changes when a file is added, taken away, or written to."""
        digest = hashlib.blake2b(digest_size=16)
        for path in self.files():
            stat = path.stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def _columns(self, path: Path) -> Columns:
        return Columns(id=None) if formats.format_of(path) in formats.ARTICLES else self.columns

    def _found(self, place: str, values: Mapping[str, Any] | Problem, columns: Columns) -> Article | Reject:
        if isinstance(values, Problem):
            return Reject(place, values.kind, values.reason)
        try:
            article = _article(values, columns, self.longest)
        except _Unfit as unfit:
            name = values.get(columns.id) if columns.id else None
            return Reject(place, unfit.problem.kind, unfit.problem.reason, name and str(name))
        return article if article.id is not None else attrs.evolve(article, id=place)


class _Unfit(Exception):
    """Carries a problem up out of a row."""

    def __init__(self, kind: ProblemKind, reason: str) -> None:
        super().__init__(reason)
        self.problem = Problem(kind, reason)


def _article(values: Mapping[str, Any], columns: Columns, longest: int) -> Article:
    text = values.get(columns.text)
    if text is None:
        raise _Unfit("missing", f"no {columns.text!r}")
    if not isinstance(text, str):
        raise _Unfit("wrong-type", f"{columns.text!r} must be a string, got {_shown(text)}")
    if len(text) > longest:
        raise _Unfit(
            "too-long", f"{columns.text!r} has {len(text):,} characters; at most {longest:,} are taken"
        )

    def value(column: str | None, read: Callable[[str, Any], Any]) -> Any:
        found = None if column is None else values.get(column)
        return None if column is None or found is None else read(column, found)

    return Article(
        _encodable(columns.text, text),
        value(columns.id, _name),
        value(columns.publisher, _string),
        value(columns.published, _day),
        value(columns.url, _string),
    )


def _result(place: str, article: Article, values: Mapping[str, Any]) -> AttributedArticle | Reject:
    """The attributed article of a row, if its quotations are of the right form and stand in its text."""
    known = attrs.asdict(article, filter=lambda field, _: field.name != "id")
    try:
        found = records.article_from_row({"speakers": [], **values, **known, "article": article.id})
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        reason = f"'quotations' are not as in article rows: {error!r}"
        return Reject(place, "wrong-type", reason, article.id)
    for attribution in found:
        span = attribution.quotation.content
        if (there := article.text[span.start : span.end]) != span.text:
            reason = f"'quotations' do not stand in the text: it has {_shown(there)}, not {_shown(span.text)}"
            return Reject(place, "wrong-type", reason, article.id)
    return found


def _name(column: str, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(column, value)


def _string(column: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit("wrong-type", f"{column!r} must be a string, got {_shown(value)}")
    return _encodable(column, value)


def _day(column: str, value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(_string(column, value)[:10])
    except ValueError:
        raise _Unfit("wrong-type", f"{column!r} must begin like 2024-05-02, got {_shown(value)}") from None


def _encodable(column: str, value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _Unfit("encoding", f"{column!r} has half a surrogate pair at character {error.start}") from None
    return value


def _shown(value: Any) -> str:
    shown = repr(value)
    return f"{type(value).__name__} {shown if len(shown) <= 60 else shown[:60] + '…'}"


# Results


def write(results: Iterable[AttributedArticle], path: str | os.PathLike[str], kind: records.RowKind) -> int:
    """Write results as they come; the file appears when all are written, or not at all.

    Args:
        results: of `attribute_many`, for example.
        path: ``.parquet``, ``.jsonl`` or ``.jsonl.gz``.
        kind: "article", one row an article, from which `read` gives the results back; or "quotation", one row
            a quotation.

    Returns:
        How many rows were written.

    Raises:
        ValueError: if the suffix or the kind is another.
        ImportError: if Parquet is asked for and pyarrow is not installed.

    >>> import tempfile
    >>> results = [AttributedArticle(Article("It rained.", id="a1"))]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write(results, Path(folder, "results.jsonl"), "article")
    ...     written, list(read(Path(folder, "results.jsonl"))) == results
    (1, True)
    """
    if kind == "article":
        return write_rows(map(records.article_row, results), path, kind)
    if kind == "quotation":
        return write_rows((row for result in results for row in records.quotation_rows(result)), path, kind)
    raise ValueError(f'kind must be "article" or "quotation", got {kind!r}')


def write_rows(found: Iterable[records.Row], path: str | os.PathLike[str], kind: records.RowKind) -> int:
    """`write` for what is rows of that kind already; tells how many."""
    path = Path(path)
    check_output(path)
    write_to = _write_parquet if path.suffix == ".parquet" else _write_lines
    with replacing(path) as unfinished:
        return write_to(iter(found), unfinished, kind, path.suffix == ".gz")


def check_output(path: Path) -> None:
    """Raise a ValueError unless it is a name under which results can be written."""
    if not path.name.lower().endswith((".parquet", ".jsonl", ".jsonl.gz")):
        raise ValueError(f"results are written as .parquet, .jsonl or .jsonl.gz, got {str(path)!r}")


def read(path: str | os.PathLike[str]) -> Iterator[AttributedArticle]:
    """The results that `write` wrote as article rows, one after the other.

    Raises:
        ValueError: if the suffix is another, or the file holds other rows.
        KeyError: while iterating, if a line of JSON lacks a column.
    """
    path = Path(path)
    check_output(path)
    return _read_parquet(path) if path.suffix == ".parquet" else _read_lines(path)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name to write to; what is there afterwards takes the place of `path` in one step, on disk."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        yield unfinished
        with open(unfinished, "rb") as written:
            os.fsync(written.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _write_lines(found: Iterator[records.Row], path: Path, kind: records.RowKind, packed: bool) -> int:
    written = 0
    # Without a name and a time in its header, the same rows give the same bytes.
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, 0) if packed else raw as stream:
        for row in found:
            stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
            written += 1
    return written


def _write_parquet(found: Iterator[records.Row], path: Path, kind: records.RowKind, packed: bool) -> int:
    schema = records.arrow_schema(kind)
    import pyarrow.parquet as pq

    written = 0
    with open(path, "wb") as raw, pq.ParquetWriter(raw, schema, compression="zstd") as writer:
        while group := list(islice(found, ROW_GROUP[kind])):
            writer.write_table(records.rows_to_arrow(group, schema))
            written += len(group)
    return written


def _read_lines(path: Path) -> Iterator[AttributedArticle]:
    with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as stream:
        for line in stream:
            yield records.article_from_row(json.loads(line))


def _read_parquet(path: Path) -> Iterator[AttributedArticle]:
    records.arrow_schema("article")
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(formats.AT_ONCE):
            yield from records.from_arrow(batch)
