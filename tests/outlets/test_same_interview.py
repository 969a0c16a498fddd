"""Times, habits and verbs that tell interviews apart."""

from __future__ import annotations

import pytest

from quoteattr.outlets.same_interview import (
    ANOTHER_TIME,
    is_another_time,
    is_said_often,
    is_written,
    may_share_interview,
)

OTHER_TIMES = [
    (1, "told Reuters in May"),
    (1, "told Reuters in late 2014"),
    (1, "told Reuters in the 1990s"),
    (1, "told Reuters in a January interview"),
    (2, "in a 2014 interview"),
    (2, "told Reuters last March"),
    (3, "told Reuters earlier this year"),
    (3, "told Reuters last summer"),
    (4, "told Reuters two years ago"),
    (5, "three weeks later"),
    (6, "the following day"),
    (7, "back in spring"),
    (7, "she once told Reuters"),
    (8, "as she later explained"),
    (9, "told Reuters then."),
]


@pytest.mark.parametrize(("case", "sentence"), OTHER_TIMES)
def test_another_time(case: int, sentence: str) -> None:
    assert is_another_time(sentence)


def test_every_case_of_another_time_has_an_example() -> None:
    numbers = [int(line.split()[1][:-1]) for line in ANOTHER_TIME.pattern.splitlines() if " # " in line]
    assert sorted(numbers) == sorted({case for case, _ in OTHER_TIMES})


@pytest.mark.parametrize(
    "sentence",
    ["told Reuters on Monday", "told Reuters last week", "Last May’s", "and then she said", "Theresa May"],
)
def test_the_same_time(sentence: str) -> None:
    assert not is_another_time(sentence)


@pytest.mark.parametrize(
    "sentence", ["she has called", "had long said", "she’s often described", "have since argued"]
)
def test_said_often(sentence: str) -> None:
    assert is_said_often(sentence)


@pytest.mark.parametrize("sentence", ["she called", "she has gone", "had it said"])
def test_said_once(sentence: str) -> None:
    assert not is_said_often(sentence)


def test_written() -> None:
    assert all(map(is_written, ("she wrote", "in an op-ed", "writing for", "tweeted", "written by")))
    assert not any(map(is_written, ("she told", "in an interview", "a bridge")))


@pytest.mark.parametrize(
    ("first", "second", "same_days", "expected"),
    [
        ("she told Reuters", "she said", False, True),
        ("she told Reuters on Monday", "she said on Monday", True, True),
        ("she told Reuters on Monday", "she said on Friday", False, False),
        ("she told Reuters on Monday", "she said", True, True),
        ("she told Reuters", "she said on Friday", False, True),
        ("she told Reuters", "she said on Friday", True, False),
        ("she told Reuters", "she wrote", False, False),
        ("she wrote in The Times", "she wrote", False, True),
        ("she wrote in The Times", "she said", False, True),
        ("in an interview about her article", "she wrote", False, True),
    ],
)
def test_may_share_an_interview(first: str, second: str, same_days: bool, expected: bool) -> None:
    assert may_share_interview(first, second, same_days=same_days) == expected
