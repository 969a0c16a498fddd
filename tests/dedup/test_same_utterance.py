"""The decision whether two wordings are one utterance."""

from __future__ import annotations

import attrs
import pytest

from quoteattr.dedup.match import Match, MatchKind
from quoteattr.dedup.pair_context import PairContext
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.same_utterance import (
    ALWAYS,
    EDIT_DAYS,
    NEVER,
    PHRASE_DAYS,
    SPEECH_DAYS,
    WORD_DAYS,
    is_same_utterance,
    max_days_apart,
)
from quoteattr.dedup.speakers import NO_SPEAKER, SpeakerKey, SpeakerRelation
from quoteattr.dedup.wording_profile import WordingProfile


@attrs.frozen(eq=False)
class Known(PairContext):
    """A context whose answers are given."""

    yes: frozenset[str] = frozenset()
    """The names of the answers that are "yes"."""
    keys: tuple[SpeakerKey, SpeakerKey] = (NO_SPEAKER, NO_SPEAKER)

    @property
    def speakers(self) -> tuple[SpeakerKey, SpeakerKey]:
        return self.keys

    @property
    def common_property(self) -> bool:
        return "common_property" in self.yes

    @property
    def in_heading(self) -> bool:
        return "in_heading" in self.yes

    @property
    def is_name(self) -> bool:
        return "is_name" in self.yes

    def same_topic(self) -> bool:
        return "same_topic" in self.yes

    def names_other_speaker(self) -> bool:
        return "names_other_speaker" in self.yes

    def repeated_in_article(self) -> bool:
        return "repeated_in_article" in self.yes

    def copied_passage(self) -> bool:
        return "copied_passage" in self.yes


SAME, UNKNOWN, CONFLICT = SpeakerRelation.SAME, SpeakerRelation.UNKNOWN, SpeakerRelation.CONFLICT
WORD, PHRASE, SENTENCE = WordingProfile(1, 1), WordingProfile(3, 2), WordingProfile(14, 7)
NAME, FUNCTION_WORDS = WordingProfile(3, 2, title_case=True), WordingProfile(5, 0)
MINISTER = SpeakerKey(("foreign", "minister"), "unnamed")
OFFICE, TRUSS, HOLM = (
    SpeakerKey(("harbour", "office"), "organisation"),
    SpeakerKey(("liz", "truss"), "person"),
    SpeakerKey(("ida", "holm"), "person"),
)


def decide(
    kind: MatchKind,
    profile: WordingProfile,
    relation: SpeakerRelation,
    days: int | None,
    *yes: str,
    same_article: bool = False,
    keys: tuple[SpeakerKey, SpeakerKey] = (NO_SPEAKER, NO_SPEAKER),
) -> bool:
    match = Match(kind, profile.size, near_equal=kind is MatchKind.EQUAL)
    return is_same_utterance(match, profile, Known(relation, same_article, days, frozenset(yes), keys))


EQUAL, CONTAINED, NEAR, OVERLAP = (
    MatchKind.EQUAL,
    MatchKind.CONTAINED,
    MatchKind.NEAR,
    MatchKind.OVERLAP,
)


def test_a_sentence_of_one_speaker_is_said_once() -> None:
    assert decide(CONTAINED, SENTENCE, SAME, 5000)
    assert decide(EQUAL, SENTENCE, SAME, None)


@pytest.mark.parametrize(
    ("kind", "profile", "most"),
    [
        (EQUAL, PHRASE, PHRASE_DAYS),
        (EQUAL, WordingProfile(3, 1), SPEECH_DAYS),
        (NEAR, SENTENCE, EDIT_DAYS),
        (NEAR, WordingProfile(6, 3), SPEECH_DAYS),
        (OVERLAP, SENTENCE, SPEECH_DAYS),
    ],
)
def test_one_speaker_within_some_days(kind: MatchKind, profile: WordingProfile, most: int) -> None:
    assert decide(kind, profile, SAME, most)
    assert not decide(kind, profile, SAME, most + 1)


def test_a_word_needs_the_topic() -> None:
    assert not decide(EQUAL, WORD, SAME, WORD_DAYS)
    assert decide(EQUAL, WORD, SAME, WORD_DAYS, "same_topic")
    assert not decide(EQUAL, WORD, SAME, WORD_DAYS + 1, "same_topic")
    assert decide(EQUAL, WORD, SAME, 0, same_article=True)


def test_common_property_is_treated_like_a_word() -> None:
    assert not decide(EQUAL, PHRASE, SAME, 1, "common_property")
    assert decide(EQUAL, PHRASE, SAME, 1, "common_property", "same_topic")


def test_without_a_date_the_topic_decides() -> None:
    assert not decide(EQUAL, PHRASE, SAME, None)
    assert decide(EQUAL, PHRASE, SAME, None, "same_topic")


def test_names_and_function_words_are_found_again_in_their_article_only() -> None:
    assert not decide(EQUAL, NAME, SAME, 0)
    assert decide(EQUAL, NAME, SAME, 0, same_article=True)
    assert not decide(CONTAINED, NAME, SAME, 0, same_article=True)
    assert decide(CONTAINED, NAME, SAME, 0, "in_heading", same_article=True)
    assert decide(CONTAINED, FUNCTION_WORDS, SAME, 0, same_article=True)
    assert not decide(CONTAINED, FUNCTION_WORDS, UNKNOWN, 0, same_article=True)


def test_what_names_something_is_an_utterance_only_in_a_copied_passage() -> None:
    assert not decide(EQUAL, PHRASE, SAME, 0, "is_name")
    assert decide(EQUAL, PHRASE, SAME, WORD_DAYS, "is_name", "copied_passage")
    assert not decide(EQUAL, PHRASE, SAME, WORD_DAYS + 1, "is_name", "copied_passage")


def test_an_unknown_speaker_needs_a_long_wording_or_near_days() -> None:
    assert decide(CONTAINED, SENTENCE, UNKNOWN, 5000)
    assert not decide(NEAR, SENTENCE, UNKNOWN, EDIT_DAYS + 1)
    assert decide(CONTAINED, WordingProfile(7, 3), UNKNOWN, WORD_DAYS)
    assert not decide(CONTAINED, PHRASE, UNKNOWN, 0)


def test_an_unknown_speaker_who_is_named_beside_the_words() -> None:
    assert decide(CONTAINED, PHRASE, UNKNOWN, 1, "names_other_speaker", keys=(NO_SPEAKER, TRUSS))
    assert decide(CONTAINED, PHRASE, UNKNOWN, 1, "names_other_speaker", keys=(OFFICE, TRUSS))
    spokesman = SpeakerKey(("spokesman",), "unnamed")
    assert not decide(CONTAINED, PHRASE, UNKNOWN, 1, "names_other_speaker", keys=(spokesman, TRUSS))
    assert decide(CONTAINED, PHRASE, UNKNOWN, WORD_DAYS, keys=(MINISTER, TRUSS))


def test_a_heading_repeats_its_article() -> None:
    for relation in (UNKNOWN, CONFLICT):
        assert decide(CONTAINED, PHRASE, relation, 0, "in_heading", same_article=True)
        assert not decide(CONTAINED, WORD, relation, 0, "in_heading", same_article=True)


def test_two_speakers() -> None:
    keys = (TRUSS, HOLM)
    assert not decide(EQUAL, PHRASE, CONFLICT, 0, keys=keys)
    assert decide(EQUAL, SENTENCE, CONFLICT, SPEECH_DAYS, keys=keys)
    assert not decide(EQUAL, SENTENCE, CONFLICT, SPEECH_DAYS + 1, keys=keys)
    assert decide(EQUAL, SENTENCE, CONFLICT, EDIT_DAYS, "names_other_speaker", keys=keys)
    assert decide(EQUAL, WordingProfile(7, 3), CONFLICT, 0, same_article=True)
    assert not decide(OVERLAP, SENTENCE, CONFLICT, 0, keys=keys)


def test_one_sentence_reported_twice_in_an_article() -> None:
    assert decide(EQUAL, WORD, CONFLICT, 0, "repeated_in_article", same_article=True)
    assert not decide(CONTAINED, WORD, CONFLICT, 0, "repeated_in_article", same_article=True)


def test_days_without_context() -> None:
    assert max_days_apart(SENTENCE, common_property=True) == ALWAYS
    assert max_days_apart(PHRASE, common_property=False) == PHRASE_DAYS
    assert max_days_apart(PHRASE, common_property=True) == NEVER
    assert max_days_apart(WORD, common_property=False) == NEVER
    naming = attrs.evolve(PHRASE, presentation=Presentation.NAME)
    assert [max_days_apart(p, common_property=False) for p in (NAME, FUNCTION_WORDS, naming)] == [None] * 3
