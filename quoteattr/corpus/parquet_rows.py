"""Reads the rows of Parquet files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from quoteattr.corpus.raw_rows import Problem, RawRow, Unreadable, not_decodable

BATCH_ROWS = 32
"""Rows of a Parquet file that are decoded at once. The number bounds the memory that long articles take."""
BUFFER = 1 << 20
"""Bytes of a Parquet column that are buffered at once. They bound the memory that large row groups take."""


def parquet_columns(path: Path) -> list[str]:
    """The names of the columns of a Parquet file."""
    with _opened(path) as file:
        return list(file.schema_arrow.names)


def read_parquet(path: Path, columns: Collection[str]) -> Iterator[RawRow]:
    """Yields the rows of a Parquet file. If a row group is damaged, reading continues with the next one.

    Raises:
        ImportError: if pyarrow is not installed.
        Exception: of many types, if the file as a whole is damaged.
    """
    number = 0
    with _opened(path) as file:
        names, total = file.schema_arrow.names, file.metadata.num_rows or 1
        wanted = [name for name in names if name in columns]
        end = 0
        for group in range(file.num_row_groups):
            end += file.metadata.row_group(group).num_rows
            for batch in _batches(file, group, wanted):
                if isinstance(batch, Exception):
                    if number < end:
                        problem = Problem(
                            "damaged-file", f"rows {number + 1} to {end} cannot be read: {batch}"
                        )
                        yield RawRow(number + 1, problem, end / total)
                    break
                for values in zip(*batch, strict=True):
                    number += 1
                    yield RawRow(number, _row(wanted, values), min(1.0, number / total))
            number = end


def _opened(path: Path) -> Any:
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise ImportError(f"{path} needs pyarrow: pip install 'quoteattr[corpus]'") from None
    return pq.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False)


def _batches(file: Any, group: int, wanted: list[str]) -> Iterator[list[list[Any]] | Exception]:
    """Yields the columns of each batch of a row group. If an error stops reading, it is yielded last."""
    try:
        for batch in file.iter_batches(BATCH_ROWS, row_groups=[group], columns=wanted):
            yield [list(_prepared(column)) for column in batch.columns]
    except Exception as error:  # pyarrow raises many types for damaged data
        if getattr(error, "errno", None) is not None:  # a failure of the disk
            raise
        yield error


def _prepared(column: Any) -> Any:
    """The column in a type whose values Python can hold.

    Strings become bytes, because neither Parquet nor pyarrow guarantees that they are UTF-8. Nanoseconds are
    dropped, because only pandas can hold them.
    """
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if _is_text(column.type):
        return column.cast(pa.large_binary())
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _row(names: list[str], values: Any) -> Mapping[str, Any] | Problem:
    try:
        return {name: _python_value(value) for name, value in zip(names, values, strict=True)}
    except UnicodeDecodeError as error:
        return not_decodable(error)


def _python_value(value: Any) -> Any:
    try:
        found = value.as_py()
    except Exception as error:  # of many types: dates out of range, unknown time zones
        return Unreadable(f"{value.type} {_raw(value)} ({type(error).__name__})")
    return found.decode("utf-8") if isinstance(found, bytes) else found


def _raw(value: Any) -> str:
    import pyarrow as pa

    for kind in (pa.int64(), pa.int32()):
        try:
            return str(value.cast(kind).as_py())
        except Exception:
            continue
    return "of an unreadable value"
