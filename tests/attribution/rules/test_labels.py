"""Rules for names beside a quotation, without a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.labels import credit, name_colon, name_line, name_on, transcript
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
    (transcript, "“LEE: Will she come?”", "LEE"),
    (transcript, "“Lee: Will she come?”", None),
    (credit, "“We won.” — Mary Lee, the mayor", "Mary Lee"),
    (credit, "“We won.”\n— Mary Lee", "Mary Lee"),
    (credit, "“We won.” – the mayor", None),
    (credit, "He said “We won.” — Mary Lee", None),
]


@pytest.mark.parametrize(("rule", "text", "name"), CASES)
def test_label(rule: Callable[[Setting], Finding | None], text: str, name: str | None) -> None:
    mention = (rule(settings_of(text)[-1]) or Finding()).mention
    assert (mention and mention.span.text) == name
    assert mention is None or mention.kind == "name"
