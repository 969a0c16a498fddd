"""Rules for names beside a quotation, without a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.labels import (
    credit,
    interviewee,
    name_colon,
    name_line,
    name_on,
    question,
    signed,
    transcript,
)
from quoteattr.attribution.setting import Setting
from tests.attribution.written import settings_of

CASES = [
    (name_line, "LEE: “We won.”", "LEE"),
    (name_line, "Mary Beth Lee (mayor): “We won.”", "Mary Beth Lee"),
    (name_line, "the mayor: “We won.”", None),
    (name_line, "Then Lee: “We won.” No. Day: “Yes.”", None),
    (name_on, "Lee on the offer: “No.”", "Lee"),
    (name_on, "Lee on the offer. It failed: “No.”", None),
    (name_colon, "Pollsters agree - Carl Lund: “One of us.”", "Carl Lund"),
    (name_colon, "It rained. Carl Lund: “One of us.”", "Carl Lund"),
    (name_colon, "It rained on Carl Lund: “One of us.”", None),
    (name_on, "Commenting on the deal, Dan Day said: “No.”", None),
    (name_on, "Fleming on pay: “No.” It was hard for Fleming.", "Fleming"),
    (name_colon, "It rained. Carl Lund (Labour): “One of us.”", "Carl Lund"),
    (transcript, "“LEE: Will she come?”", "LEE"),
    (transcript, "“Lee: Will she come?”", None),
    (credit, "“We won.” — Mary Lee, the mayor", "Mary Lee"),
    (credit, "“We won.”\n— Mary Lee", "Mary Lee"),
    (credit, "“We won.” – the mayor", None),
    (credit, "He said “We won.” — Mary Lee", None),
    (credit, "“We won”: Mary Lee", "Mary Lee"),
    (signed, "“We won” (Mary Lee, Hull)", "Mary Lee"),
    (signed, "“We won” (Hull, 2019)", None),
    (signed, "“The Long Day” (Mary Lee, 2019)", None),
    (signed, "It was “over” (Mary Lee, Hull)", None),
    (signed, "The ward was full.\n“We need beds”\nMary Lee, doctor\nIt rained.", "Mary Lee"),
    (signed, "The ward was full.\n“We need beds”\nMary Lee\nIt rained.", "Mary Lee"),
    (signed, "The ward was full.\n“We need beds”\nMary Lee left the room.", None),
    (signed, "“We need beds”\nMary Lee\nIt rained.", None),
    (signed, "FOCUS\n“We need beds”\nMary Lee, health editor\nIt rained.", None),
    (interviewee, "We met Mary Lee.\n\nQ: Why?\n\nA: “We won.”", "Mary Lee"),
    (interviewee, "We met Mary Lee and Tom Day.\n\nQ: Why?\n\nA: “We won.”", None),
    (interviewee, "We met Mary Lee.\n\nA: “We won.”", None),
]


@pytest.mark.parametrize(("rule", "text", "name"), CASES)
def test_label(rule: Callable[[Setting], Finding | None], text: str, name: str | None) -> None:
    mention = (rule(settings_of(text)[-1]) or Finding()).mention
    assert (mention and mention.span.text) == name
    assert mention is None or mention.kind == "name"


def test_nobody_who_is_named_asks_the_question() -> None:
    assert question(settings_of("Mary Lee won.\n\nQ: “Why?”")[-1]) == Finding()
    assert question(settings_of("Mary Lee won.\n\nQuinn: “Why?”")[-1]) is None
