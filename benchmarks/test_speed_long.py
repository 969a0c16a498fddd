"""Measures how the time of attribution grows with the length of a text, and the time of texts that are made
to be slow.

    python -m pytest benchmarks/test_speed_long.py

The figures are CPU time on one thread, on which other work of the machine has little effect. The limits are
asserted here and not in tests/, because timings on a busy machine mean little.
"""

from __future__ import annotations

import math
import time
from functools import cache
from typing import Any

import pytest

from benchmarks.long_texts import KINDS, ordinary
from quoteattr import attribute

LENGTHS = (10_000, 100_000, 1_000_000)
"""Characters; the first is some two articles, the last a short novel."""
EXPONENT = 1.05
"""Of the growth of time with length, from the shortest to the longest: 1 is linear."""

LENGTH = 100_000
TIMES = 5
"""How many times as long as ordinary text of its length a text may take."""

BEGINNING = "“Yes, we will go there,” Ann Lee said. "
"""Stands before each of them: nothing is read of a text that quotes nobody."""

ODD = {
    "one mark": '"',
    "alternating marks": "“”",
    "nested openings": "“a ‘b ",
    "one word": "a",
    "one word in capitals": "A",
    "capital words": "Ab ",
    "no newline": "He left the house and ",
    "initials": "A. ",
    "dots": "a.a",
    "commas": "a, ",
    "nested parentheses": "(a ",
    "said": "he said ",
    "pronouns": "He she him it they. ",
    "names in a list": "John Aab, Ann Smith, ",
    "names without commas": "John Aab met Ann Smith and ",
    "bodies": "Bank of ",
    "invisible characters": "a\N{ZERO WIDTH SPACE}",
    "combining marks": "e\N{COMBINING ACUTE ACCENT}\N{COMBINING DIAERESIS}",
    "NUL": "\0a ",
    "emoji": "😀",
    "CRLF": "He left.\r\n",
}
"""What is repeated, most without a line break."""

QUOTATIONS = {
    "one line": "“It is so,” said Ann Lee. ",
    "short paragraphs": "“No,” she said.\n",
    "and he said": "and he said “we go there now” ",
    "roles": "“We go,” the mayor said. ",
    "ages": "the 28-year-old said “we go now”. ",
    "one sentence": "“we go” and ",
    "said": "“a” said, ",
    "speakerless": "“a” ",
    "said inside": "‘b,’ I said, ",
    "openings": "\N{RIGHT-TO-LEFT OVERRIDE}“a",
}
"""What holds little but quotations, up to a hundred times as many as ordinary text of its length: the work is
that of so many quotations, and each may cost no more than ordinary ones."""


def seconds(text: str) -> tuple[float, int]:
    """CPU time of one text, models loaded, and its quotations."""
    attribute(ordinary(1_000))
    start = time.process_time()
    found = attribute(text)
    return time.process_time() - start, len(found)


@cache
def ordinary_seconds() -> tuple[float, int]:
    return seconds(ordinary(LENGTH))


def made(repeated: str) -> str:
    return (BEGINNING + repeated * (LENGTH // len(repeated) + 1))[:LENGTH]


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_length(benchmark: Any, kind: str) -> None:
    spent = benchmark.pedantic(lambda: [seconds(KINDS[kind](length))[0] for length in LENGTHS], rounds=1)
    exponent = math.log(spent[-1] / spent[0]) / math.log(LENGTHS[-1] / LENGTHS[0])
    benchmark.extra_info |= {"seconds": spent, "exponent": exponent}
    assert exponent <= EXPONENT, (spent, exponent)


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_not_much_slower(benchmark: Any, name: str) -> None:
    spent, _ = benchmark.pedantic(seconds, (made(ODD[name]),), rounds=1)
    usual, _ = ordinary_seconds()
    benchmark.extra_info["times ordinary text"] = round(spent / usual, 2)
    assert spent <= TIMES * usual, (spent, usual)


@pytest.mark.parametrize("name", QUOTATIONS)
def test_a_quotation_among_many_costs_no_more(benchmark: Any, name: str) -> None:
    spent, found = benchmark.pedantic(seconds, (made(QUOTATIONS[name]),), rounds=1)
    usual, usually = ordinary_seconds()
    benchmark.extra_info |= {
        "times ordinary text": round(spent / usual, 2),
        "ms a quotation": round(1000 * spent / found, 2),
        "ms an ordinary one": round(1000 * usual / usually, 2),
    }
    assert spent / found <= usual / usually
