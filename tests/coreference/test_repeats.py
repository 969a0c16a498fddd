"""Repeated quotations."""

from __future__ import annotations

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.setting import make_settings
from quoteattr.coreference.repeats import share_speakers
from quoteattr.coreference.resolver import Resolution
from quoteattr.detection.quotations import find_quotations
from quoteattr.parsing.frames import find_frames
from quoteattr.schema import Speaker

LEE, DAY = Speaker("Ann Lee", "person"), Speaker("Tom Day", "person")
BELOW = "“Nobody rang us about it,” said Ann Lee."


def shared(
    text: str, speakers: list[Speaker | None], confidences: list[float], rule: str | None = None
) -> tuple[list[Finding], list[Speaker | None]]:
    """The findings and the speakers of the quotations of a text, without a parse."""
    quotations = find_quotations(text)
    frames = find_frames(text, quotations)
    settings = make_settings(text, quotations, frames, [()] * len(frames))
    findings = [Finding(confidence=confidence, rule=rule) for confidence in confidences]
    resolutions = [Resolution(speaker, None) for speaker in speakers]
    found, resolved = share_speakers(settings, findings, resolutions)
    return found, [resolution.speaker for resolution in resolved]


@pytest.mark.parametrize(
    ("above", "speaker"),
    [
        ("It rained.\n\n“Nobody rang us”\n\n", LEE),
        ("“Nobody rang us,” says Lee\n\n", LEE),
        ("“Nobody rang us about it”: the story\n\n", LEE),
        ("“Nobody rang us”: the story\n\n", None),
        ("“Nobody”\n\n", None),
        ("“Everybody rang us”\n\n", None),
    ],
    ids=["heading", "headline with name", "long headline", "short headline", "one word", "other words"],
)
def test_headings_and_headlines(above: str, speaker: Speaker | None) -> None:
    _, speakers = shared(above + BELOW, [None, LEE], [0.2, 0.95])
    assert speakers == [speaker, LEE]


def test_words_that_are_quoted_back() -> None:
    text = f"{BELOW}\n\nIt was more than “nobody rang us”, they say."
    assert shared(text, [LEE, None], [0.95, 0.2])[1] == [LEE, LEE]
    assert shared(text, [LEE, DAY], [0.95, 0.9])[1] == [LEE, DAY]


def test_the_source_must_be_certain() -> None:
    text = f"It rained.\n\n“Nobody rang us”\n\n{BELOW}"
    assert shared(text, [None, LEE], [0.2, 0.5])[1] == [None, LEE]


def test_all_sources_must_have_one_speaker() -> None:
    text = f"It rained.\n\n“Nobody rang us”\n\n{BELOW}\n\n“Nobody rang us before,” said Tom Day."
    assert shared(text, [None, LEE, DAY], [0.2, 0.95, 0.95])[1][0] is None
    assert shared(text, [None, LEE, LEE], [0.2, 0.95, 0.95])[1][0] is LEE


def test_a_term_in_a_heading_stands() -> None:
    text = f"It rained.\n\n“Nobody rang us”\n\n{BELOW}"
    assert shared(text, [None, LEE], [0.2, 0.95], rule="term")[1] == [None, LEE]


def test_a_repeated_quotation_has_no_cue_and_less_confidence() -> None:
    findings, _ = shared(f"It rained.\n\n“Nobody rang us”\n\n{BELOW}", [None, LEE], [0.2, 0.99])
    assert findings == [Finding(confidence=0.95, rule="repeated"), Finding(confidence=0.99)]
