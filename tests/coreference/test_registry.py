"""The registry of sieves: each decides on its example, in an order that holds."""

from __future__ import annotations

import pytest

from quoteattr.coreference.registry import (
    IDENTIFIED_LATER,
    NAME_SIEVES,
    NOMINAL_SIEVES,
    PRONOUN_SIEVES,
    QUOTED_SPEAKER,
    SIEVES,
    STEPS,
)
from quoteattr.coreference.resolver import resolve
from quoteattr.coreference.sieve import Sieve
from quoteattr.detection.quotations import find_quotations
from quoteattr.schema import Mention, MentionKind, Span
from tests.coreference.articles import read_mentions, resolutions

CASES: list[tuple[MentionKind, Sieve]] = [
    *(("name", sieve) for sieve in NAME_SIEVES if sieve not in NOMINAL_SIEVES),
    *(("nominal", sieve) for sieve in NOMINAL_SIEVES),
    *(("pronoun", sieve) for sieve in PRONOUN_SIEVES),
]


@pytest.mark.parametrize(("kind", "sieve"), CASES, ids=[f"{kind}, {sieve.name}" for kind, sieve in CASES])
def test_a_sieve_decides_on_its_example(kind: MentionKind, sieve: Sieve) -> None:
    found = resolutions(sieve.example, kind)[-1]
    assert found.resolved_by == sieve.name
    assert found.speaker is not None
    assert found.speaker.name == sieve.speaker


def test_an_unnamed_speaker_is_identified_later() -> None:
    [found] = resolutions(IDENTIFIED_LATER.example, "nominal")
    assert found.speaker is not None
    assert (found.speaker.name, found.resolved_by) == (IDENTIFIED_LATER.speaker, IDENTIFIED_LATER.name)


def test_i_in_quoted_words_is_their_speaker() -> None:
    text, [pronoun] = read_mentions(QUOTED_SPEAKER.example)
    name, quoted = text.index("Ann Lee"), [q.content for q in find_quotations(text)]
    speaker = Mention(Span.of(text, name, name + len("Ann Lee")), "name")
    outer, inner = resolve(text, [speaker, Mention(pronoun, "pronoun")], (), quoted)
    assert outer.speaker is inner.speaker is not None
    assert inner.speaker.name == QUOTED_SPEAKER.speaker
    assert inner.resolved_by == QUOTED_SPEAKER.name


@pytest.mark.parametrize("kind", SIEVES)
def test_names_are_unique(kind: MentionKind) -> None:
    names = [sieve.name for sieve in SIEVES[kind]]
    assert len(set(names)) == len(names)


def test_every_step_has_a_reason_in_a_sentence() -> None:
    assert [step.name for step in STEPS.values() if not step.reason.endswith(".")] == []


def test_the_last_sieve_for_noun_phrases_always_decides() -> None:
    assert NOMINAL_SIEVES[-1].name == NAME_SIEVES[-1].name == "unnamed_speaker"
