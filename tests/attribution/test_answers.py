"""Answers from cues and subjects."""

from __future__ import annotations

import pytest

from quoteattr.attribution.answers import answer_of, first_answer, first_subject, inverted_answer
from quoteattr.attribution.finding import Finding
from tests.attribution.written import parsed, word


def mention(finding: Finding | None) -> str | None:
    found = (finding or Finding()).mention
    return found.span.text if found else None


def test_a_relative_pronoun_comes_with_its_antecedent() -> None:
    setting = parsed(
        "Lee , who said “no”",
        "Lee/PROPN/0/root ,/PUNCT/4/punct who/PRON/4/nsubj said/VERB/1/acl:relcl no/INTJ/4/obj",
    )
    finding = answer_of(setting, word(setting, "said"))
    assert finding is not None
    assert mention(finding) == "who"
    assert finding.antecedent is not None
    assert finding.antecedent.span.text == "Lee"


def test_a_cue_without_an_agent_has_no_answer() -> None:
    setting = parsed("said “no”", "said/VERB/0/root no/INTJ/1/obj")
    assert answer_of(setting, word(setting, "said")) is None


def test_the_first_cue_with_an_agent_answers() -> None:
    setting = parsed(
        "said it Lee asked “no”",
        "said/VERB/0/root it/PRON/1/obj Lee/PROPN/4/nsubj asked/VERB/1/dep no/INTJ/4/obj",
    )
    finding = first_answer(setting, [word(setting, "said"), word(setting, "asked")])
    assert finding is not None
    assert finding.cue is not None
    assert (finding.cue.text, mention(finding)) == ("asked", "Lee")


@pytest.mark.parametrize(
    ("text", "tree", "subject"),
    [
        ("“no” said Lee", "no/INTJ/0/root said/VERB/1/dep Lee/PROPN/2/obj", "Lee"),
        ("“no” said in May", "no/INTJ/0/root said/VERB/1/dep in/ADP/4/case May/PROPN/2/obl", None),
        (
            "“no” said to win Lee",
            "no/INTJ/0/root said/VERB/1/dep to/PART/4/mark win/VERB/2/xcomp Lee/PROPN/4/obj",
            None,
        ),
    ],
)
def test_an_inverted_subject_stands_right_after_its_cue(text: str, tree: str, subject: str | None) -> None:
    setting = parsed(text, tree)
    assert mention(inverted_answer(setting, word(setting, "said"))) == subject


def test_the_first_subject_is_no_day() -> None:
    setting = parsed(
        "Monday Lee was “no”", "Monday/PROPN/4/nsubj Lee/PROPN/4/nsubj was/AUX/4/cop no/INTJ/0/root"
    )
    assert mention(first_subject(setting, setting.outside)) == "Lee"
