"""Time grows with the length of a text and not faster, whatever is repeated in it. Runs the models.

Patterns have a test of their own, and benchmarks/test_speed_long.py measures more texts and longer ones.
"""

from __future__ import annotations

import gc
import math
import time

import pytest

from quoteattr import attribute

pytestmark = pytest.mark.slow

BEGINNING = "“Yes, we will go there,” Ann Lee said. "
SHORT, LONG = 3_000, 12_000
"""Characters."""
EXPONENT = 1.5
"""Of the growth from the short to the long text; 1 is linear, 2 quadratic. A busy machine adds up to 0.3."""
TRIES = 3
"""Texts, each a character longer than the last. Growth shows in all of them; another process or the garbage
collector disturbs one."""
QUICK = 0.3
"""Seconds for the long text below which growth is not judged: fixed costs would hide it."""

UNITS = {
    # Detection and frames
    "marks": "“‘\"'”’",
    "line breaks": "\n",
    "line breaks in a sentence": "said\n",
    "capitals": "A",
    "capitals before a dash": "LONDON, ",
    "dashes": "A — ",
    # Attribution
    "name and colon": "ANN LEE: ",
    "titles of works": "The Long Day on CNN’s ",
    "possessives": "Ass on As’s ",
    "quotations in one sentence": "avoid “a” The Times ",
    "cues": "said told added asked ",
    "days": "said today Monday ",
    # Coreference
    "titles": "Mr Dr Mrs Sen. ",
    "offices": "Secretary of State for ",
    "roles": "the mayor, the 28-year-old coach, ",
    "lists": "Ann Lee and Tom Day, ",
    "pronouns": "He she his her wife they ",
    "described": "Ann Lee of Ohio (D-Ohio), ",
    # Outlets
    "told": "told the BBC ",
    "told the paper": "told Tapper told the paper ",
    "tweets": "tweeted was Texas lawsuit ",
    "interviews": "in an interview with ",
    "told and quoted": "he told CNN “a” ",
    "published by": "Read more at The Echo\n",
}


def seconds(unit: str, length: int) -> float:
    text = (BEGINNING + unit * (length // len(unit) + 1))[:length]
    gc.collect()
    start = time.thread_time()
    attribute(text)
    return time.thread_time() - start


@pytest.mark.parametrize("name", UNITS)
@pytest.mark.usefixtures("warm")
def test_time_is_linear(name: str) -> None:
    tried = []
    for more in range(TRIES):
        # Sentences are cached, so that the long text comes first.
        longest, shortest = seconds(UNITS[name], LONG + more), seconds(UNITS[name], SHORT + more)
        tried.append((shortest, longest))
        if longest < QUICK or math.log(longest / shortest) / math.log(LONG / SHORT) < EXPONENT:
            return
    raise AssertionError(tried)


@pytest.fixture(scope="module")
def warm() -> None:
    attribute(BEGINNING)
