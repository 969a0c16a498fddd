"""Arrow batches as Spark's Python workers have them: read, cut where rows belong together, and made.

The steps beside this module (`attribution`, `printings`, `candidates`, `clusters`,
`telling`) are generators over the batches of one partition, and know nothing of Spark. Where rows
belong together they come sorted by the column that says so, and `whole` puts them together, however the
batches cut them.
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
Numbers = NDArray[np.int64]
Columns = dict[str, NDArray[Any]]

SPEAKERS = arrow_schema("article").field("speakers").type
QUOTATIONS = arrow_schema("article").field("quotations").type

ROWS = 20_000
"""Rows of `whole` groups at a time: enough that numpy's calls do not count, and some tens of megabytes."""


def whole(batches: Batches, column: str, rows: int = ROWS) -> Iterator[pa.Table]:
    """Tables of some thousand rows that hold all rows of each of their values of a column, which is sorted.

    >>> batch = pa.RecordBatch.from_pydict({"a": [1, 1, 2]})
    >>> [table["a"].to_pylist() for table in whole([batch, batch.slice(2)], "a")]
    [[1, 1, 2, 2]]
    """
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count >= rows:
            table = pa.Table.from_batches(held)
            cut = pc.index(table[column], table[column][-1]).as_py()
            if cut:
                yield table.slice(0, cut)
                held = table.slice(cut).to_batches()
                count -= cut
    if count:
        yield pa.Table.from_batches(held)


def values(batch: pa.RecordBatch, columns: Mapping[str, str]) -> Iterator[Row]:
    """The rows' articles by field; strings as bytes, for a broken one must not break the others."""
    held = {name: batch.column(column) for name, column in columns.items()}
    lists = {
        name: (column.cast(pa.binary()) if pa.types.is_string(column.type) else column).to_pylist()
        for name, column in held.items()
    }
    return (dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True))


def record(columns: Columns, schema: pa.Schema) -> pa.RecordBatch:
    """A batch of numpy's columns."""
    arrays = [pa.array(columns[field.name]).cast(field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def batch_of(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """A batch of rows whose values are in the order of the schema."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
