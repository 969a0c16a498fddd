"""No pattern of the package takes more than linear time, whatever the text."""

from __future__ import annotations

import random

import pytest
import regex

from tests.attacks import (
    ROOT,
    Attack,
    Compiled,
    Growth,
    compiled_patterns,
    growth,
    read_pattern,
    sample,
    seconds,
    slowest_attacks,
    uncollected,
    worst_growth,
)

EXPONENT = 1.5
"""Of the growth of time with length; 1 is linear, 2 quadratic. A busy machine adds up to 0.4."""
MICROSECONDS = 1.0
"""A character, of a text of 12,000. Patterns that take less are not quadratic: one that looks at each pair of
characters for a nanosecond takes 6."""
MOST_MICROSECONDS = 20.0
"""A character, however slowly the time grows. The slowest, the tokenizer's, takes 8."""

WINDOWS = {
    "attribution.ranker_features._LAST_WORD": (30, "the last characters before or in a quotation"),
    "coreference.descriptions._NOUN_BEFORE": (30, "the characters before a name: _NOUN_WITHIN"),
    "outlets.article_context.SUBJECT_BEFORE": (60, "the characters before a noun: LONGEST_SUBJECT"),
    "outlets.name_reading.FROM_ROLE_OR_DAY": (60, "a name that NAME found within LONGEST_NAME"),
    "outlets.name_reading.NAME": (60, "the characters where a name may begin: LONGEST_NAME"),
    "outlets.patterns.NAME_AT_END": (60, "the characters before a verb: LONGEST_NAME"),
    "outlets.patterns.NETWORK_OF_SHOW": (60, "the characters before an opening mark: LONGEST_NAME"),
}
"""Patterns whose time grows with the square of a text, but which only read a short one: its length in
characters, and what it is. To anchor them at the start of a word would change what they find."""
WINDOW_SECONDS = 1e-3


def faults(found: list[tuple[Compiled, Growth]]) -> list[str]:
    return [
        f"{compiled.name}.{worst.method}: time grows with length to the {worst.exponent:.2f}, "
        f"{worst.microseconds:.1f} µs a character, for {worst.attack}"
        for compiled, worst in found
        if (worst.exponent > EXPONENT and worst.microseconds > MICROSECONDS)
        or worst.microseconds > MOST_MICROSECONDS
    ]


def unbounded() -> list[Compiled]:
    return [compiled for compiled in compiled_patterns() if compiled.name not in WINDOWS]


def test_time_is_linear_for_a_few_attacks() -> None:
    found = [(compiled, worst_growth(compiled, seed=1, rounds=1, measured=1)) for compiled in unbounded()]
    assert faults(found) == []


@pytest.mark.slow
def test_time_is_linear_for_many_attacks() -> None:
    found = [(compiled, worst_growth(compiled, seed=2, rounds=25)) for compiled in unbounded()]
    worst = max((w.exponent for _, w in found if w.microseconds > MICROSECONDS), default=1.0)
    print(f"{len(compiled_patterns())} patterns, growth at most to the {worst:.2f}")
    assert faults(found) == []


@pytest.mark.parametrize("name", WINDOWS)
def test_patterns_of_short_texts_are_fast_on_them(name: str) -> None:
    compiled = next(each for each in compiled_patterns() if each.name == name)
    length, _ = WINDOWS[name]
    for method, attack, _ in slowest_attacks(compiled, 1, 5, length, 5):
        text = attack.text(length)[:length]
        assert min(seconds(compiled.pattern, method, text) for _ in range(3)) < WINDOW_SECONDS, attack


def test_every_pattern_is_in_a_variable_of_its_module() -> None:
    assert uncollected() == []
    written = sum(path.read_text(encoding="utf-8").count("regex.compile(") for path in ROOT.rglob("*.py"))
    collected = sum(isinstance(each.pattern, regex.Pattern) for each in compiled_patterns())
    assert collected > 0.9 * written  # equal patterns are one object


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "attack"),
    [
        (r"(?:\p{Lu}[\w.]*[ ]?){1,4}:", Attack("", "A", "!:")),
        (r"\s+(?:early)?\s*\w+day", Attack("", " ", "!day")),
        (r"\p{Lu}\w*\s\Z", Attack("", "A")),
        (r"(?:[a-z]+)*\.", Attack("", "ab", "!.")),
    ],
)
def test_growth_tells_slow_patterns(pattern: str, attack: Attack) -> None:
    method = "finditer" if "day" in pattern else "search"
    assert growth(regex.compile(pattern), method, attack).exponent > EXPONENT


@pytest.mark.slow
@pytest.mark.parametrize(
    "pattern",
    [r"(?:\p{Lu}[\w.]*[ ]?){1,4}:\s*\Z", r"tweet(?:\s+(?:early|late)?\s*\w+day)?\b", r"\d+-?\d+,\d+$"],
)
def test_attacks_find_slow_patterns(pattern: str) -> None:
    found = worst_growth(Compiled("", regex.compile(pattern), frozenset({"search"})), seed=1, rounds=25)
    assert faults([(Compiled("", regex.compile(pattern), frozenset()), found)])


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<name>\p{Lu}[\w.’'-]*+)(?:\s(?:of|[a-c]{2,3}))*+[^a]?\Z",
        r"(?: told | tells ) [ ]{2} # a comment (with brackets",
        r"(?i:\N{EN DASH}|\x41)\(\[[^\]\n]{0,3}\]\)",
    ],
)
def test_samples_match_their_pattern(pattern: str) -> None:
    compiled = regex.compile(pattern, regex.VERBOSE if "#" in pattern else 0)
    node, rng = read_pattern(compiled), random.Random(1)
    assert all(compiled.fullmatch(sample(node, rng)) for _ in range(50))
