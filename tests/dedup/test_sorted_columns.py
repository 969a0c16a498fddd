"""Sorted columns compared with numpy's own functions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.dedup.sorted_columns import (
    group_sizes,
    group_starts,
    positions_in,
    positions_in_groups,
    rows_between,
    rows_by_value,
    sorted_rows,
)

COLUMNS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1 << 40)), max_size=30)


@given(COLUMNS)
def test_sorted_rows_are_those_of_lexsort(rows: list[tuple[int, int]]) -> None:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    assert sorted_rows(*columns).tolist() == np.lexsort(columns).tolist()


@given(st.lists(st.integers(0, 4)).map(sorted))
def test_groups_are_those_of_unique(values: list[int]) -> None:
    column = np.array(values, dtype=np.int64)
    _, starts, counts = np.unique(column, return_index=True, return_counts=True)
    assert group_starts(column).tolist() == starts.tolist()
    assert group_sizes(starts, len(column)).tolist() == counts.tolist()
    positions = positions_in_groups(counts)
    assert positions.tolist() == [n for count in counts for n in range(count)]
    assert rows_between(column, 1, 3) == slice(sum(v < 1 for v in values), sum(v < 3 for v in values))


@given(st.lists(st.integers(0, 9)))
def test_rows_by_value(values: list[int]) -> None:
    rows = rows_by_value(np.array(values, dtype=np.uint8), 10)
    assert [found.tolist() for found in rows] == [
        [n for n, value in enumerate(values) if value == wanted] for wanted in range(10)
    ]


@given(st.permutations(range(8)))
def test_positions_invert_a_permutation(order: list[int]) -> None:
    assert positions_in(np.array(order))[order].tolist() == list(range(8))
