"""The calibration of confidence."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.attribution import Finding
from quoteattr.coreference import Resolution, calibrate
from quoteattr.coreference.confidence import evidence
from quoteattr.schema import Speaker, SpeakerKind

KINDS: tuple[SpeakerKind, ...] = ("person", "organisation", "unnamed")


def finding(confidence: float, rule: str = "after_quotation") -> Finding:
    return attrs.evolve(Finding(rule=rule), confidence=confidence)


def resolution(kind: SpeakerKind = "person", step: str = "name_inside") -> Resolution:
    return Resolution(Speaker("Ann Lee", kind), step)


def calibrated(found: Finding, resolved: Resolution) -> float:
    [confidence] = calibrate([found], [resolved])
    return confidence


def test_nobody_keeps_the_probability_of_the_finding() -> None:
    assert calibrated(finding(0.4, "nobody"), Resolution(None, None)) == 0.4


def test_the_evidence_has_names() -> None:
    assert evidence(finding(0.5), resolution()) == {
        "always": 1.0,
        "mention": 0.0,
        "rule after_quotation": 1.0,
        "step name_inside": 1.0,
        "kind person": 1.0,
    }


def test_a_rare_rule_counts_as_one_of_the_others() -> None:
    assert calibrated(finding(0.9, "lead_in"), resolution()) == calibrated(
        finding(0.9, "owned"), resolution()
    )


def test_a_named_person_is_surer_than_an_unnamed_speaker() -> None:
    assert calibrated(finding(0.9), resolution()) > calibrated(
        finding(0.9), resolution("unnamed", "unnamed_speaker")
    )


@pytest.mark.parametrize("kind", KINDS)
@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_confidence_grows_with_that_of_the_mention(kind: SpeakerKind, low: float, high: float) -> None:
    low, high = sorted((low, high))
    found = [calibrated(finding(p), resolution(kind)) for p in (low, high)]
    assert 0 < found[0] <= found[1] < 1
