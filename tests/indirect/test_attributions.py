"""Speakers, statements and what follows of reports, on the bundled models."""

from __future__ import annotations

import pytest

import quoteattr
from quoteattr import Article, Attribution, deduplicate
from quoteattr.dedup import explain
from quoteattr.records import article_from_row, article_row

MIXED = "Ann Lee said that the plan would “cost the town a fortune” and hurt families."
pytestmark = pytest.mark.slow


def of_kind(text: str, kind: str) -> list[Attribution]:
    return [a for a in quoteattr.attribute(text, indirect=True) if a.quotation.kind == kind]


def test_a_mixed_report_shares_statement_and_speaker_with_the_quotation_inside() -> None:
    [mixed], [direct] = of_kind(MIXED, "mixed"), of_kind(MIXED, "direct")
    assert mixed.quotation.content.text == "the plan would “cost the town a fortune” and hurt families"
    assert (mixed.statement, mixed.speaker) == (direct.statement, direct.speaker)
    assert mixed.speaker is not None


def test_a_pronoun_is_resolved() -> None:
    text = "Ann Lee opened the bridge on Monday. She said that it would last for a century."
    [found] = of_kind(text, "indirect")
    assert found.mention is not None
    assert found.mention.span.text == "She"
    assert found.speaker is not None
    assert found.speaker.name == "Ann Lee"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Asked whether it would rain, Ann Lee laughed.", None),
        ("Bob Day was told that it would rain.", None),
        ("Asked by Ann Lee whether it would rain, Bob Day laughed.", "Ann Lee"),
        ("Ann Lee has asked whether it would rain.", "Ann Lee"),
    ],
)
def test_the_subject_of_a_passive_does_not_speak(text: str, speaker: str | None) -> None:
    [found] = of_kind(text, "indirect")
    assert (found.speaker and found.speaker.name) == speaker


def test_according_to_is_one_cue() -> None:
    [found] = of_kind("According to Ann Lee, prices will fall next year.", "indirect")
    assert found.cue is not None
    assert found.cue.text == "According to"


def test_the_outlet_is_found() -> None:
    text = "Ann Lee told the Daily Echo that the bridge would last for a century."
    [found] = of_kind(text, "indirect")
    assert found.outlet is not None
    assert found.outlet.name == "Daily Echo"


def test_least_confidence_leaves_rows_out() -> None:
    [found] = of_kind("Ann Lee said that it rained.", "indirect")
    confidence = found.confidence
    text = "Ann Lee said that it rained."
    assert len(quoteattr.attribute(text, indirect=True, min_confidence=confidence)) == 1
    assert len(quoteattr.attribute(text, indirect=True, min_confidence=min(1.0, confidence + 1e-6))) == 0


def test_rows_restore_reports() -> None:
    result = quoteattr.attribute(Article(MIXED, id="a1"), indirect=True)
    row = article_row(result)
    assert "parts" in row["quotations"][0]
    assert "parts" not in row["quotations"][1]
    assert article_from_row(row) == result


def test_deduplication_leaves_reports_out() -> None:
    articles = [Article(MIXED, id=name) for name in "ab"]
    reports = list(quoteattr.attribute_many(articles, indirect=True))
    assert deduplicate(reports) == deduplicate(list(quoteattr.attribute_many(articles)))
    assert explain(reports, (0, 1), (1, 1)).joined
    with pytest.raises(ValueError, match="speech without marks"):
        explain(reports, (0, 0), (1, 1))
