"""Reads, divides and makes the Arrow batches of Spark's Python workers.

The steps in the other modules of this package are generators over the batches of one partition and do not use
Spark. Rows that belong together are sorted by a column. `tables_of_whole_groups` yields them in one table,
even if they are in several batches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from quoteattr.records import arrow_schema

Batches = Iterable[pa.RecordBatch]
Row = dict[str, Any]
Int64Array = NDArray[np.int64]
Columns = dict[str, NDArray[Any]]

SPEAKERS = arrow_schema("article").field("speakers").type
QUOTATIONS = arrow_schema("article").field("quotations").type

ROWS = 20_000
"""Rows of a table of whole groups: some tens of megabytes. With so many rows, the cost of numpy's calls does
not matter."""


def tables_of_whole_groups(batches: Batches, column: str, rows: int = ROWS) -> Iterator[pa.Table]:
    """Yields tables of about ``rows`` rows. Rows with the same value in a sorted column are in the same
    table.

    >>> batch = pa.RecordBatch.from_pydict({"a": [1, 1, 2]})
    >>> [table["a"].to_pylist() for table in tables_of_whole_groups([batch, batch.slice(2)], "a")]
    [[1, 1, 2, 2]]
    """
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        if count >= rows:
            table = pa.Table.from_batches(waiting)
            cut = pc.index(table[column], table[column][-1]).as_py()
            if cut:
                yield table.slice(0, cut)
                waiting = table.slice(cut).to_batches()
                count -= cut
    if count:
        yield pa.Table.from_batches(waiting)


def rows_by_field(batch: pa.RecordBatch, columns: Mapping[str, str]) -> Iterator[Row]:
    """Yields the rows as values by field.

    Strings are returned as bytes, because a single string that is not UTF-8 would make the whole batch fail.

    Args:
        batch: rows.
        columns: the column of each field, by field.
    """
    arrays = {name: batch.column(column) for name, column in columns.items()}
    lists = {
        name: (array.cast(pa.binary()) if pa.types.is_string(array.type) else array).to_pylist()
        for name, array in arrays.items()
    }
    return (dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True))


def batch_of_columns(columns: Columns, schema: pa.Schema) -> pa.RecordBatch:
    """Returns a batch made of numpy arrays, one for each column."""
    arrays = [pa.array(columns[field.name]).cast(field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def batch_of_rows(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Returns a batch of rows whose values are in the order of the schema."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
