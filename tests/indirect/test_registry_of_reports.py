"""The registry of indirect speech: every rule finds its example, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest

import quoteattr
from quoteattr.indirect import reason_of_report
from quoteattr.indirect.registry import REPORT_REASONS, REPORT_RULES, TAGGED, propose_report
from quoteattr.indirect.report import CueSite, ReportRule, cue_sites
from quoteattr.parsing import find_frames
from quoteattr.parsing.frames import make_frame
from tests.recorded import recorded

PARSER = recorded()


def name_of(rule: ReportRule) -> str:
    return rule.name


def sites_of(text: str) -> list[CueSite]:
    """The words of saying of a text without quotations."""
    assert not find_frames(text, [])
    frame = make_frame(text, 0, len(text), ())
    [parse] = PARSER.parse([frame.text])
    return list(cue_sites(text, frame, frame.sentences(parse)))


@pytest.mark.parametrize("rule", REPORT_RULES, ids=name_of)
def test_the_rule_finds_its_example(rule: ReportRule) -> None:
    found = [report for site in sites_of(rule.example) if (report := propose_report(site))]
    [report] = [report for report in found if report.rule == rule.name]
    words = report.words
    assert rule.example[words[0].start : words[-1].end] == rule.said
    assert report.source is not None
    assert report.source.text in ("Ann", "Lee")


@pytest.mark.parametrize("rule", REPORT_RULES, ids=name_of)
def test_the_example_is_decided_by_its_rule(rule: ReportRule) -> None:
    [found] = quoteattr.attribute(rule.example, parser=PARSER, indirect=True)
    assert found.decided_by == rule.name
    assert found.quotation.kind == "indirect"
    assert found.quotation.content.text == rule.said
    assert found.quotation.outer == found.quotation.content
    assert found.speaker is not None
    assert found.speaker.name == "Ann Lee"


@pytest.mark.parametrize("rule", REPORT_RULES, ids=name_of)
def test_without_indirect_nothing_is_found(rule: ReportRule) -> None:
    assert len(quoteattr.attribute(rule.example, parser=PARSER)) == 0


def test_every_rule_has_a_reason() -> None:
    assert all(reason_of_report(rule.name) == rule.reason for rule in REPORT_RULES)
    assert reason_of_report("tagged")
    assert reason_of_report("after_quotation") is None


def test_the_page_lists_every_rule_with_its_reason_and_example() -> None:
    page = (Path(__file__).parents[2] / "docs" / "indirect.md").read_text(encoding="utf-8")
    for rule in REPORT_RULES:
        assert f"| `{rule.name}` | {rule.reason} *{rule.example}* |" in page
    assert f"| `{TAGGED}` | {REPORT_REASONS[TAGGED]} |" in page
