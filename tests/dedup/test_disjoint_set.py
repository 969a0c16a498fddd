"""Disjoint sets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quoteattr.dedup.disjoint_set import DisjointSet


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_sets_are_connected_components(pairs: list[tuple[int, int]]) -> None:
    sets = DisjointSet(10)
    expected = {n: {n} for n in range(10)}
    for a, b in pairs:
        sets.union(sets.find(a), sets.find(b))
        merged = expected[a] | expected[b]
        expected |= dict.fromkeys(merged, merged)
    found = sets.representatives().tolist()
    assert found == [sets.find(n) for n in range(10)]
    assert {n: {m for m in range(10) if found[m] == found[n]} for n in range(10)} == expected
