"""Rules of context: what the neighbours of a quotation tell about its speaker."""

from __future__ import annotations

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.context import (
    Context,
    open_paragraph,
    paragraph_before,
    same_paragraph,
    same_sentence,
    sentence_before,
    speaker_after,
    speaker_before,
    statement_goes_on,
    subject_before,
)
from quoteattr.schema import Mention, Span
from tests.attribution.written import settings_of


def context(text: str, number: int, spoken: dict[int, str], *trees: str) -> Context:
    """A quotation of a text, of whose others some have a speaker: name by number."""
    settings = settings_of(text, *trees)
    names = {n: Span.of(text, text.index(name), text.index(name) + len(name)) for n, name in spoken.items()}
    findings = [
        Finding(mention=Mention(names[n], "name")) if n in names else Finding() for n in range(len(settings))
    ]
    return Context(number, settings, findings, [[] for _ in settings])


def shared(finding: Finding | None) -> int | None:
    """The quotation whose speaker a finding shares."""
    return None if finding is None else finding.follows


SENTENCE = "Lee/PROPN/2/nsubj called/VERB/0/root one/NUM/2/obj left/VERB/2/conj two/NUM/4/obj"


def test_same_sentence() -> None:
    text = "Lee called “one” left “two”"
    assert shared(same_sentence(context(text, 1, {0: "Lee"}, SENTENCE))) == 0
    assert shared(same_sentence(context(text, 0, {1: "Lee"}, SENTENCE))) == 1
    assert same_sentence(context(text, 1, {}, SENTENCE)) is None
    assert same_sentence(context(text, 1, {0: "Lee"})) is None


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("Lee: “We won.\n\n“We lost.”", 0),
        ("Lee: “We won.”\n\n“We lost.”", None),
        ("Lee: “We won.\n\nBut “We lost.”", None),
    ],
)
def test_open_paragraph(text: str, follows: int | None) -> None:
    assert shared(open_paragraph(context(text, 1, {0: "Lee"}))) == follows


def test_same_paragraph() -> None:
    text = "“We won,” said Lee. “We lost.”"
    assert shared(same_paragraph(context(text, 1, {0: "Lee"}))) == 0
    assert same_paragraph(context(text, 1, {})) is None
    fragment = "She/PRON/2/nsubj was/VERB/0/root never/ADV/4/advmod lost/VERB/2/xcomp"
    assert (
        same_paragraph(context("“We won,” said Lee. She was never “lost”", 1, {0: "Lee"}, fragment)) is None
    )


def test_paragraph_before() -> None:
    assert shared(paragraph_before(context("“We won,” said Lee.\n\n“We lost.”", 1, {0: "Lee"}))) == 0
    assert paragraph_before(context("“We won,” said Lee.\n\nIt rained.\n\n“We lost.”", 1, {0: "Lee"})) is None
    assert paragraph_before(context("“We won,” said Lee.\n\nThen “We lost.”", 1, {0: "Lee"})) is None


def test_statement_goes_on() -> None:
    crews = "Boats/NOUN/2/nsubj kept/VERB/0/root calm/ADJ/2/xcomp"
    said = "Boats/NOUN/2/nsubj said/VERB/0/root calm/ADJ/2/xcomp"
    first = "Lee/PROPN/2/nsubj said/VERB/0/root it/PRON/4/nsubj won/VERB/2/ccomp ./PUNCT/2/punct"
    text = "Lee said it “won”. Boats {} “calm”"
    assert shared(statement_goes_on(context(text.format("kept"), 1, {0: "Lee"}, first, crews))) == 0
    assert statement_goes_on(context(text.format("said"), 1, {0: "Lee"}, first, said)) is None


def subject(finding: Finding | None) -> str | None:
    mention = (finding or Finding()).mention
    return mention.span.text if mention else None


PAUSED = "Lee/PROPN/2/nsubj paused/VERB/0/root ./PUNCT/2/punct"
WON = "We/PRON/2/nsubj won/VERB/0/root"


def test_sentence_before() -> None:
    assert subject(sentence_before(context("Lee paused. “We won.”", 0, {}, PAUSED, WON))) == "Lee"
    assert sentence_before(context("“We won.”", 0, {}, WON)) is None


def test_a_thing_in_the_sentence_before_does_not_speak() -> None:
    rain = "Rain/NOUN/2/nsubj fell/VERB/0/root ./PUNCT/2/punct"
    assert sentence_before(context("Rain fell. “We won.”", 0, {}, rain, WON)) is None
    assert subject_before(context("Rain fell.\n\n“We won.”", 0, {}, rain)) is None
    mayor = "Mayor/NOUN/2/nsubj fell/VERB/0/root ./PUNCT/2/punct"
    assert subject(subject_before(context("Mayor fell.\n\n“We won.”", 0, {}, mayor))) == "Mayor"


def test_subject_before() -> None:
    assert subject(subject_before(context("Lee paused.\n\n“We won.”", 0, {}, PAUSED))) == "Lee"
    assert subject_before(context("Lee paused.\n\nThen “We won.”", 0, {}, PAUSED)) is None


def test_speakers_for_the_ranker() -> None:
    text = "“We won,” said Lee. “We lost.” “We won,” said Day."
    assert shared(speaker_before(context(text, 1, {0: "Lee", 2: "Day"}))) == 0
    assert shared(speaker_after(context(text, 1, {0: "Lee", 2: "Day"}))) == 2
    assert speaker_before(context(text, 0, {2: "Day"})) is None
    assert speaker_after(context("“We lost.”\n\n“We won,” said Day.", 0, {1: "Day"})) is None


def test_a_quotation_inside_another_is_no_speaker_before() -> None:
    text = "“He said ‘no’ to us,” said Lee.\n\n“We lost.”"
    assert shared(speaker_before(context(text, 2, {0: "Lee", 1: "He"}))) == 0
