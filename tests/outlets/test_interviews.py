"""Outlets of quotations whose speakers are given (tests/cases/outlets_*.json has whole texts)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.detection.quotations import find_quotations
from quoteattr.outlets import find_outlets
from quoteattr.outlets.interviews import RULES, OutletDecision, OutletRule, decide_outlets
from quoteattr.outlets.speaker_quotations import GAP
from quoteattr.schema import Speaker

ANN = Speaker("Ann Lee", "person", ("Ms Lee",))
BOB = Speaker("Bob Hale", "person")
PIECES = (
    "“We go,” Ann Lee Bob Hale told the Herald Reuters she said in an interview with Sky News on Twitter "
    "a statement reporters writing The Sunday Times . , : \n\n’s Read more at"
).split(" ")
ANY_TEXT = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


def test_an_outlet_belongs_to_the_speaker_of_its_sentence() -> None:
    text = "“We go,” Ann Lee told the Herald. “We stay,” said Bob Hale."
    first, second = find_outlets(text, find_quotations(text), [ANN, BOB])
    assert first is not None
    assert (first.name, text[first.span.start : first.span.end]) == ("Herald", "Herald")
    assert second is None


def test_where_nobody_speaks_there_is_no_outlet() -> None:
    text = "Ann Lee told the Herald about the “gift”."
    assert find_outlets(text, find_quotations(text), [None]) == [None]


def test_every_turn_of_a_transcript_was_on_the_show() -> None:
    text = "Ann Lee was on “Fox News Sunday.” The transcript:\n\n“HALE: Will it hold?\n\n“LEE: It will.”"
    show, question, answer = find_outlets(text, find_quotations(text), [None, BOB, ANN])
    assert show is None
    assert [outlet and outlet.name for outlet in (question, answer)] == ["Fox News Sunday"] * 2


@pytest.mark.parametrize(
    ("paragraphs", "name"), [(2, "Herald"), (GAP, "Herald"), (GAP + 1, None), (GAP + 9, None)]
)
def test_an_interview_ends_after_a_gap(paragraphs: int, name: str | None) -> None:
    gap = "\n\n".join(["It rained."] * (paragraphs - 1))
    others = "“Yes.” “No.” “Yes.”"
    text = f"“We go,” Ann Lee told the Herald. {others}\n\n{gap}\n\n“We will all go in the end,” she said."
    found = find_outlets(text, find_quotations(text), [ANN, BOB, BOB, BOB, ANN])
    assert (found[-1] and found[-1].name) == name


def test_a_name_right_after_an_outlet_is_not_part_of_it() -> None:
    text = "In an interview with the Washington Post Ann Lee said that she would go. “We go,” she said."
    [found] = find_outlets(text, find_quotations(text), [ANN])
    assert found is not None
    assert found.name == "Washington Post"


def test_no_quotations_no_outlets() -> None:
    assert find_outlets("Ann Lee told the Herald.", [], []) == []


@given(ANY_TEXT, st.randoms(use_true_random=False))
def test_outlets_are_spans_of_the_text(text: str, chance: object) -> None:
    quotations = find_quotations(text)
    speakers = [chance.choice([ANN, BOB, None]) for _ in quotations]  # type: ignore[attr-defined]
    outlets = find_outlets(text, quotations, speakers)
    assert len(outlets) == len(quotations)
    for speaker, outlet in zip(speakers, outlets, strict=True):
        assert outlet is None or speaker is not None
        if outlet:
            assert outlet.name
            assert text[outlet.span.start : outlet.span.end] == outlet.span.text


def decisions(text: str, *speakers: Speaker | None) -> list[OutletDecision]:
    """The decisions about a text whose last quotations have these speakers; by default all have Ann Lee."""
    quotations = find_quotations(text)
    own = speakers or [ANN] * len(quotations)
    return decide_outlets(text, quotations, [*[None] * (len(quotations) - len(own)), *own])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_decides_its_example(rule: OutletRule) -> None:
    speaker = ANN if rule.speaker == ANN.name else Speaker(rule.speaker, "organisation")
    *_, last = decisions(rule.example, speaker)
    assert last.rule == rule.name
    assert (last.outlet is None) == (rule.name == "another_time")


@pytest.mark.parametrize(
    ("text", "rule", "outlet"),
    [
        # transcript
        ("It rained.\n\n“LEE: It will hold.”", "transcript", None),
        # own_sentence
        ("“It will hold,” Ann Lee told reporters.", "own_sentence", None),
        ("Ann Lee told Reuters “no” and CNN in a call “it will hold”.", "own_sentence", "Reuters"),
        # about_earlier_words
        ("“It holds,” says Lee. Her remarks came in a Reuters interview.", "about_earlier_words", "Reuters"),
        # another_time
        ("“It holds,” Ann Lee told Reuters. Ms Lee has called it “a very old bridge”.", "another_time", None),
        # earlier_mention
        ("“It holds,” Ann Lee told reporters. “We have looked at it,” she said.", "earlier_mention", None),
        ("“It holds,” Lee told Reuters Monday. “We looked at it,” she said Friday.", "earlier_mention", None),
        ("“It holds,” Lee told Reuters. “We have looked at it,” she wrote.", "earlier_mention", None),
        ("“It holds,” Lee told Reuters. “A risk,” she tweeted.\n\n“We looked at it,” she said. “We did.”",
         "earlier_mention", "Reuters"),
        ("“A risk,” Lee tweeted.\n\n“We have looked at it,” she said.", "earlier_mention", "Twitter"),
        # later_mention
        (
            "It rained.\n\n" * 3 + "“It holds,” says Ann Lee. Ms Lee told Reuters so.",
            "later_mention",
            "Reuters",
        ),
        # none, because what comes later is another time, too far, or not at the top of the article
        ("“It holds,” says Ann Lee.\n\nMs Lee told Reuters in May that it was old.", None, None),
        ("“It holds,” says Ann Lee." + "\n\nIt rained." * 3 + "\n\nMs Lee told Reuters so.", None, None),
        (
            "It rained.\n\n" * 3 + "“It holds,” says Ann Lee.\n\nIt rained.\n\nMs Lee told Reuters so.",
            None,
            None,
        ),
        ("“It holds,” says Ann Lee.", None, None),
    ],
)  # fmt: skip
def test_rule_and_outlet_of_the_last_quotation(text: str, rule: str | None, outlet: str | None) -> None:
    *_, last = decisions(text)
    assert (last.rule, last.outlet and last.outlet.name) == (rule, outlet)


def test_rules_have_different_names() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_a_catchphrase_is_from_the_interview_only_nearby() -> None:
    others = "“Yes,” said Hale. “No,” he said. “Yes.”"
    text = f"“It holds,” Ann Lee told Reuters. {others}\n\n{{}}“Never fear,” Lee said."
    near, far = (
        decisions(text.format("It rained.\n\n" * count), ANN, BOB, BOB, BOB, ANN) for count in (1, 2)
    )
    assert near[-1].outlet is not None
    assert far[-1].outlet is None
