"""Groups of equal rows in sorted columns, with numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Small = NDArray[np.int32]
"""Numbers of units, days and the like: half as wide, so that twice as much of a column is in the cache."""
Integers = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]

DIGIT = 16
"""Bits that numpy sorts by radix."""


def begins(*columns: NDArray[Any]) -> Numbers:
    """Where groups begin: the rows that differ from the one before them.

    >>> import numpy as np
    >>> begins(np.array([1, 1, 2, 2]), np.array([5, 5, 5, 6])).tolist()
    [0, 2, 3]
    """
    new = np.zeros(len(columns[0]), dtype=np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def sizes(starts: Numbers, total: int) -> Numbers:
    """How many rows each group has, of so many in all.

    >>> import numpy as np
    >>> sizes(np.array([0, 2, 3]), 4).tolist()
    [2, 1, 1]
    """
    return np.diff(starts, append=total)


def nth(counts: Numbers) -> Numbers:
    """For each row of groups of such sizes its place in the group.

    >>> import numpy as np
    >>> nth(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    before = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(before, counts)


def ordered(*columns: Integers) -> Numbers:
    """The rows in order of columns of numbers from 0, by the last column first; equal rows stay in order.

    The same as `numpy.lexsort`, which takes three times as long: numpy sorts numbers of 16 bits by radix.

    >>> import numpy as np
    >>> ordered(np.array([1, 70000, 0]), np.array([1, 0, 1])).tolist()
    [1, 2, 0]
    """
    order: Numbers | None = None
    for column in columns:
        for shift in range(0, max(1, int(column.max(initial=0)).bit_length()), DIGIT):
            digits = (column >> column.dtype.type(shift)).astype(np.uint16)
            if order is None:
                order = np.argsort(digits, kind="stable")
            else:
                order = order[np.argsort(digits[order], kind="stable")]
    assert order is not None
    return order


def rows_by(digits: NDArray[np.uint8] | NDArray[np.uint16], least: int = 0) -> list[Numbers]:
    """The rows with each number, from 0 to the greatest, and at least so many lists; such numbers numpy sorts
    by radix.

    >>> import numpy as np
    >>> [rows.tolist() for rows in rows_by(np.array([2, 0, 2], dtype=np.uint8), 4)]
    [[1], [], [0, 2], []]
    """
    ends = np.cumsum(np.bincount(digits, minlength=least))
    return np.split(np.argsort(digits, kind="stable"), ends[:-1])


def places(order: Numbers) -> Numbers:
    """For each number its place in an order of all of them.

    >>> import numpy as np
    >>> places(np.array([2, 0, 1])).tolist()
    [1, 2, 0]
    """
    found = np.empty_like(order)
    found[order] = np.arange(len(order))
    return found


def between(column: Integers, least: int, bound: int) -> slice:
    """The rows of a sorted column with numbers from ``least`` on and below ``bound``.

    Bounds of another type than the column's would make numpy copy all of it for every question.

    >>> import numpy as np
    >>> between(np.array([1, 3, 3, 8]), 2, 8)
    slice(1, 3, None)
    """
    begin, end = np.searchsorted(column, np.array([least, bound], dtype=column.dtype)).tolist()
    return slice(begin, end)
