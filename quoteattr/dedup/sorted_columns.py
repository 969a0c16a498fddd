"""Sorts columns of numpy arrays, and finds groups of equal rows in them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Int64Array = NDArray[np.int64]
Int32Array = NDArray[np.int32]
"""Numbers of wordings, days and the like: half as wide as `Int64Array`, so that twice as many rows fit into
the processor's cache."""
IntArray = NDArray[np.integer[Any]]
BoolArray = NDArray[np.bool_]

RADIX_BITS = 16
"""Width of the integers that numpy sorts by radix."""


def group_starts(*columns: NDArray[Any]) -> Int64Array:
    """Returns the rows at which groups start: those that differ from the row before them.

    >>> import numpy as np
    >>> group_starts(np.array([1, 1, 2, 2]), np.array([5, 5, 5, 6])).tolist()
    [0, 2, 3]
    """
    new = np.zeros(len(columns[0]), dtype=np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def group_sizes(starts: Int64Array, total: int) -> Int64Array:
    """Returns the number of rows of each group, given the starts of the groups and the number of all rows.

    >>> import numpy as np
    >>> group_sizes(np.array([0, 2, 3]), 4).tolist()
    [2, 1, 1]
    """
    return np.diff(starts, append=total)


def positions_in_groups(sizes: Int64Array) -> Int64Array:
    """Returns the position of each row in its group, from 0, given the sizes of the groups.

    >>> import numpy as np
    >>> positions_in_groups(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    starts = np.cumsum(sizes) - sizes
    return np.arange(sizes.sum()) - np.repeat(starts, sizes)


def sorted_rows(*columns: IntArray) -> Int64Array:
    """Returns the rows sorted by the last column, then by the one before it, and so on; the sort is stable.

    The result is that of `numpy.lexsort`, but integers are sorted by radix, `RADIX_BITS` at a time.

    Args:
        columns: integers from 0.

    >>> import numpy as np
    >>> sorted_rows(np.array([1, 70000, 0]), np.array([1, 0, 1])).tolist()
    [1, 2, 0]
    """
    order: Int64Array | None = None
    for column in columns:
        for shift in range(0, max(1, int(column.max(initial=0)).bit_length()), RADIX_BITS):
            digits = (column >> column.dtype.type(shift)).astype(np.uint16)
            if order is None:
                order = np.argsort(digits, kind="stable")
            else:
                order = order[np.argsort(digits[order], kind="stable")]
    assert order is not None
    return order


def rows_by_value(values: NDArray[np.uint8] | NDArray[np.uint16], least: int = 0) -> list[Int64Array]:
    """Returns the rows that have each value, for all values from 0 to the greatest one.

    Args:
        values: small integers (uint8, uint16), which numpy sorts fast.
        least: minimum length of the returned list; values that do not occur have no rows.

    >>> import numpy as np
    >>> [rows.tolist() for rows in rows_by_value(np.array([2, 0, 2], dtype=np.uint8), 4)]
    [[1], [], [0, 2], []]
    """
    ends = np.cumsum(np.bincount(values, minlength=least))
    return np.split(np.argsort(values, kind="stable"), ends[:-1])


def positions_in(order: Int64Array) -> Int64Array:
    """Returns the position of each number in a permutation of the numbers from 0.

    >>> import numpy as np
    >>> positions_in(np.array([2, 0, 1])).tolist()
    [1, 2, 0]
    """
    found = np.empty_like(order)
    found[order] = np.arange(len(order))
    return found


def rows_between(column: IntArray, least: int, bound: int) -> slice:
    """Returns the rows of a sorted column with values from ``least`` up to, but not including, ``bound``.

    >>> import numpy as np
    >>> rows_between(np.array([1, 3, 3, 8]), 2, 8)
    slice(1, 3, None)
    """
    # numpy would copy the whole column for a bound of another type.
    start, end = np.searchsorted(column, np.array([least, bound], dtype=column.dtype)).tolist()
    return slice(start, end)
