"""Unnamed speakers."""

from __future__ import annotations

import pytest

from quoteattr.coreference.sieve import Decision
from quoteattr.coreference.unnamed import only_unnamed, unnamed_speaker
from quoteattr.schema import SpeakerKind
from tests.coreference.articles import decision_on


@pytest.mark.parametrize(
    ("marked", "name", "kind"),
    [
        ("[A night porter] left.", "night porter", "unnamed"),
        ("[One aide to Ms Lee] left.", "aide to Ms Lee", "unnamed"),
        ("[The council] left.", "council", "organisation"),
    ],
)
def test_an_unnamed_speaker_has_the_phrase_for_a_name(marked: str, name: str, kind: SpeakerKind) -> None:
    decision, state = decision_on(unnamed_speaker, marked)
    assert decision is not None
    assert decision.entity is not None
    state.learn(decision.facts)
    speaker = state.speaker(decision.entity)
    assert (speaker.name, speaker.kind) == (name, kind)


def test_several_people_are_plural() -> None:
    decision, _ = decision_on(unnamed_speaker, "[Two officials] left.")
    assert decision is not None
    assert decision.entity is not None
    assert decision.entity.plural


def test_the_state_is_not_changed_by_the_decision() -> None:
    decision, state = decision_on(unnamed_speaker, "[A porter] left.")
    assert decision is not None
    assert only_unnamed("porter", state) is None
    state.learn(decision.facts)
    assert only_unnamed("porter", state) is decision.entity


def test_two_unnamed_speakers_of_one_noun_are_not_one() -> None:
    one, state = decision_on(unnamed_speaker, "[A porter] left.")
    two, _ = decision_on(unnamed_speaker, "[A night porter] left.")
    for decision in (one, two):
        assert decision is not None
        state.learn(decision.facts)
    assert only_unnamed("porter", state) is None


@pytest.mark.parametrize("marked", ["[😀] left.", "[The \u200f] left.", "[\x1f] left.", "[the \u3164] left."])
def test_a_phrase_without_letters_is_nobody(marked: str) -> None:
    decision, _ = decision_on(unnamed_speaker, marked)
    assert decision == Decision(None)
