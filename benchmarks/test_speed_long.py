"""How time grows with one text's length, and what a text made to be slow costs; from quotation to speaker.

    python -m pytest benchmarks/test_speed_long.py

CPU time, so that what else the machine does counts little; one thread. The ceilings are asserted here and not
in tests/, as time proves nothing on a busy machine.
"""

from __future__ import annotations

import math
import time
from functools import cache
from typing import Any

import pytest

from benchmarks.test_speed_quotations import ARTICLE
from quoteattr import attribute

LENGTHS = (10_000, 100_000, 1_000_000)
"""Characters; the first is some four articles, the last a novel."""
EXPONENT = 1.15
"""Of the growth of time with length: 1 is linear."""

LENGTH = 100_000
TIMES = 5
"""How many times as long as ordinary text of its length a text may take."""

ODD = {
    "one mark": '"',
    "alternating marks": "“”",
    "nested openings": "“a ‘b ",
    "one word": "a",
    "capitals": "A",
    "capital words": "Ab ",
    "no newline": "He left the house and ",
    "initials": "A. ",
    "quotations in one line": "“It is so,” said Ann Lee. ",
    "dots": "a.a",
}
"""What is repeated without a line break."""


def seconds(text: str) -> float:
    """CPU time of one text, models loaded."""
    attribute("“Yes,” Ann Lee said.")
    start = time.process_time()
    attribute(text)
    return time.process_time() - start


def ordinary(length: int) -> str:
    return (ARTICLE * (length // len(ARTICLE) + 1))[:length]


@cache
def ordinary_seconds() -> float:
    return seconds(ordinary(LENGTH))


def test_time_grows_with_length(benchmark: Any) -> None:
    spent = benchmark.pedantic(lambda: [seconds(ordinary(length)) for length in LENGTHS], rounds=1)
    exponents = [
        math.log(spent[i + 1] / spent[i]) / math.log(LENGTHS[i + 1] / LENGTHS[i])
        for i in range(len(LENGTHS) - 1)
    ]
    benchmark.extra_info |= {"seconds": spent, "exponents": exponents}
    assert max(exponents) <= EXPONENT, (spent, exponents)


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_not_much_slower(benchmark: Any, name: str) -> None:
    text = (ODD[name] * (LENGTH // len(ODD[name]) + 1))[:LENGTH]
    spent = benchmark.pedantic(seconds, (text,), rounds=1)
    benchmark.extra_info["times ordinary text"] = round(spent / ordinary_seconds(), 2)
    assert spent <= TIMES * ordinary_seconds(), (spent, ordinary_seconds())
