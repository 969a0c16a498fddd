"""Everything after the scanner, by example: the speaker, the words that name them, and the outlet.

A case is a short text and what a careful reader expects of each of its quotations, in order. "speaker" is
always given: a name, a list of names that are all right, or null where nobody speaks. "mention", "cue" and
"outlet" are checked where a case gives them. Quotations with the same "statement" are one statement, and
those with different ones are not; the same holds for "speaker_id" and speakers. The parses are those of
tests/parses, so that a rule is tested and not a model. "known failures" are what the rules get wrong today,
with the reason; one that passes is an error too, so that an improvement is noticed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import quoteattr
from quoteattr.coreference import STEPS as RESOLUTION_STEPS
from quoteattr.parsing.frames import find_frames
from tests.recorded import STEPS, Case, read_cases, recorded, wrong

PARSER = recorded()
FILES = [(step, kind) for step in STEPS for kind in ("in_the_wild", "synthetic", "negative")]


def check(case: Case) -> None:
    attributions = list(quoteattr.attribute(case["text"], parser=PARSER))
    found = wrong(case, attributions)
    assert not found, "\n".join(found)
    assert [a for a in attributions if (a.speaker is None) != (a.resolved_by not in RESOLUTION_STEPS)] == []


def parameters(step: str, provenance: str) -> list[Any]:
    return [pytest.param(case, id=f"{step}, {case['case']}") for case in read_cases(step, provenance)]


def failing(step: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{step}, {case['case']}",
            marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["reason"]),
        )
        for case in read_cases(step, "known_failures")
    ]


@pytest.mark.parametrize("case", [case for file in FILES for case in parameters(*file)])
def test_case(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("case", [case for step in STEPS for case in failing(step)])
def test_known_failures(case: Case) -> None:
    check(case)


def restyled(marks: str) -> Callable[[str], str]:
    """Other marks for “ and ”, in texts that have no other marks yet."""
    opening, closing = marks.split("…")
    return lambda text: text.replace("“", opening).replace("”", closing)


# Printing the same text otherwise changes nothing about who speaks.
PRINTINGS: dict[str, Callable[[str], str]] = {
    "straight": restyled('"…"'),
    "straight single": restyled("'…'"),
    "curly single": restyled("‘…’"),
    "guillemets": restyled("«…»"),
    "low and high": restyled("„…“"),
    "backticks": restyled("``…''"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "no-break space after Mr": lambda text: text.replace("Mr ", "Mr\xa0").replace("Ms ", "Ms\xa0"),
}
NOT_YET = {"guillemets", "low and high", "backticks"}
READ_BY_CONTEXT = {
    "speaker is named after a place",
    "pronoun after a sentence with two men, the object speaks",
}
"""Cases with a name that may be a person's or a place's ("Paris", "Thorne"): the name tagger decides by the
words around it, over paragraphs too."""


@cache
def answers(text: str) -> list[tuple[str | None, str | None, int | None]]:
    """Speaker, outlet and statement of each quotation."""
    found = quoteattr.attribute(text, parser=PARSER)
    return [
        (a.speaker.name if a.speaker else None, a.outlet.name if a.outlet else None, a.statement)
        for a in found
    ]


def is_the_same(text: str, printing: Callable[[str], str]) -> bool:
    """Whether a printing has the same answers. Names have ordinary spaces in any printing."""

    def printed(name: str | None) -> str | None:
        return name and printing(name).replace("\xa0", " ")

    expected = [(printed(name), printed(outlet), n) for name, outlet, n in answers(text)]
    return answers(printing(text)) == expected


def printing_of(name: str) -> Any:
    reason = "marks, line ends or spaces are spelled out somewhere after the scanner"
    return pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=reason) if name in NOT_YET else [])


@pytest.mark.slow
@pytest.mark.parametrize("name", [printing_of(name) for name in PRINTINGS])
def test_printing_does_not_matter(name: str) -> None:
    texts = [case["text"] for file in FILES for case in read_cases(*file)]
    plain = [text for text in texts if not set('"‘') & set(text)]
    assert [text for text in plain if not is_the_same(text, PRINTINGS[name])] == []


@pytest.mark.slow
def test_paragraphs_around_do_not_matter() -> None:
    rain = "It rained all day in the valley."
    cases = [case for file in FILES for case in read_cases(*file)]
    texts = [case["text"] for case in cases if case["case"] not in READ_BY_CONTEXT]
    # Who speaks in a paragraph that only quotes may stand in the one before; a headline stands first.
    texts = [text for text in texts if find_frames(text, quoteattr.find_quotations(text))[0].has_context]
    texts = [
        text
        for text in texts
        if quoteattr.attribute(text, parser=PARSER).attributions[0].decided_by != "repeated"
    ]
    assert [text for text in texts if answers(f"{rain}\n\n{text}\n\n{rain}") != answers(text)] == []


def test_every_case_has_a_name_of_its_own() -> None:
    for step in STEPS:
        names = [case["case"] for file, kind in FILES if file == step for case in read_cases(step, kind)]
        names += [case["case"] for case in read_cases(step, "known_failures")]
        assert sorted(names) == sorted(set(names))


def test_a_frame_without_a_parse_is_told() -> None:
    with pytest.raises(LookupError, match=r"no parse of .* run python -m tests\.record"):
        quoteattr.attribute("“Nobody wrote this down,” whispered Zebedee Quince.", parser=PARSER)
