"""Writes results to Parquet and JSON Lines files and reads them back.

A file exists under its name only after all its rows are written.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from quoteattr import records
from quoteattr.corpus.parquet_rows import BATCH_ROWS
from quoteattr.schema import AttributedArticle

ROW_GROUP: dict[records.RowKind, int] = {"article": 1000, "quotation": 10_000, "utterance": 1000}
"""Rows in a row group of a Parquet file: some 10 MB, so that writing needs little memory."""
SUFFIXES = (".parquet", ".jsonl", ".jsonl.gz", ".csv")
"""The suffixes of files that can be written."""


def write_results(
    results: Iterable[AttributedArticle], path: str | os.PathLike[str], kind: records.RowKind
) -> int:
    """Writes results to a file and returns the number of rows.

    Args:
        results: attributed articles, written as they arrive.
        path: ``.parquet``, ``.jsonl``, ``.jsonl.gz`` or, for quotations, ``.csv``.
        kind: "article" for one row per article, which `read_results` can read back, or "quotation" for one
            row per quotation.

    Raises:
        ValueError: for another suffix or kind.
        ImportError: if Parquet is requested and pyarrow is not installed.

    >>> import tempfile
    >>> from quoteattr.schema import Article
    >>> results = [AttributedArticle(Article("It rained.", id="a1"))]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "results.jsonl")
    ...     write_results(results, path, "article"), list(read_results(path)) == results
    (1, True)
    """
    if kind == "article":
        return write_rows(map(records.article_row, results), path, kind)
    if kind == "quotation":
        return write_rows((row for result in results for row in records.quotation_rows(result)), path, kind)
    raise ValueError(f'kind must be "article" or "quotation", got {kind!r}')


def read_results(path: str | os.PathLike[str]) -> Iterator[AttributedArticle]:
    """Reads the results from a file that `write_results` wrote with kind "article", one after the other.

    Raises:
        ValueError: if the suffix is none of those of `write_results`, or the file has rows of another kind.
        KeyError: while iterating, if a JSON object lacks a column.
    """
    path = Path(path)
    check_output(path, "article")
    return _read_parquet(path) if path.suffix == ".parquet" else _read_lines(path)


def write_rows(
    rows: Iterable[records.Row],
    path: str | os.PathLike[str],
    kind: records.RowKind,
    made_by: str | None = None,
) -> int:
    """Writes rows of one kind to a file and returns their number.

    Args:
        rows: the rows.
        path: the file; its suffix is one of `SUFFIXES`.
        kind: the kind of the rows.
        made_by: what made the rows (see `quoteattr.records.made_by`). It becomes a value of the metadata of a
            Parquet file, and a column of each row in other files.

    Raises:
        ValueError: for another suffix, or if article rows are to be written as CSV.
    """
    path = Path(path)
    check_output(path, kind)
    with atomic_write(path) as temporary:
        if path.suffix == ".parquet":
            return _write_parquet(iter(rows), temporary, kind, made_by)
        more = {} if made_by is None else {"made_by": made_by}
        if path.suffix == ".csv":
            return _write_csv(rows, temporary, kind, more)
        return _write_lines(({**row, **more} for row in rows), temporary, compress=path.suffix == ".gz")


def check_output(path: Path, kind: records.RowKind | None = None) -> None:
    """Raises a ValueError if the suffix is not one of `SUFFIXES`, or rows of a kind cannot be written so."""
    if not path.name.lower().endswith(SUFFIXES):
        raise ValueError(f"results are written as {', '.join(SUFFIXES[:-1])} or .csv, got {str(path)!r}")
    if kind == "article" and path.suffix == ".csv":
        raise ValueError(f"a CSV table has a row per quotation; write articles as .jsonl, got {str(path)!r}")


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yields a temporary path. When the block ends, the file written there replaces `path`; after an error,
    it is removed."""
    temporary = path.with_name(f".{path.name}.unfinished")
    try:
        yield temporary
        with open(temporary, "rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write_lines(rows: Iterable[records.Row], path: Path, *, compress: bool) -> int:
    written = 0
    # The gzip header has neither name nor time, so the same rows always give the same bytes.
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, 0) if compress else raw as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8") + b"\n")
            written += 1
    return written


def _write_csv(rows: Iterable[records.Row], path: Path, kind: records.RowKind, more: records.Row) -> int:
    columns = records.FLAT_APPEARANCE_COLUMNS if kind == "utterance" else records.FLAT_COLUMNS
    written = 0
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.write(records.csv_line((*columns, *more)))
        for row in rows:
            flat = records.flat_appearances(row) if kind == "utterance" else [records.flat_row(row)]
            stream.writelines(records.csv_line((*line.values(), *more.values())) for line in flat)
            written += 1
    return written


def _write_parquet(
    rows: Iterator[records.Row], path: Path, kind: records.RowKind, made_by: str | None
) -> int:
    schema = records.arrow_schema(kind)
    if made_by is not None:
        schema = schema.with_metadata({**schema.metadata, b"quoteattr.made_by": made_by})
    import pyarrow.parquet as pq

    written = 0
    with open(path, "wb") as raw, pq.ParquetWriter(raw, schema, compression="zstd") as writer:
        while group := list(islice(rows, ROW_GROUP[kind])):
            writer.write_table(records.rows_to_arrow(group, schema))
            written += len(group)
    return written


def _read_lines(path: Path) -> Iterator[AttributedArticle]:
    with gzip.open(path) if path.suffix == ".gz" else open(path, "rb") as stream:
        for line in stream:
            yield records.article_from_row(json.loads(line))


def _read_parquet(path: Path) -> Iterator[AttributedArticle]:
    records.arrow_schema("article")  # raises an ImportError that says how to install pyarrow
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH_ROWS):
            yield from records.from_arrow(batch)
