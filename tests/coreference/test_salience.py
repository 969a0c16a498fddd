"""Salience of mentions and candidates."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from quoteattr.coreference.mention_index import MentionSite
from quoteattr.coreference.salience import WEIGHTS, Candidate, candidate_salience, most_salient, recency

HERE = MentionSite(100, 102, 5, 2, "main", quoted=False, owner=False, opens_sentence=False)
BEFORE = attrs.evolve(HERE, start=50, end=57, sentence=4)


def candidate(**changes: Any) -> Candidate:
    plain = Candidate([BEFORE], 1, same_gender=False, confirmed=True, spoke_last=False)
    return attrs.evolve(plain, **changes)


@pytest.mark.parametrize(
    ("changes", "factor"),
    [
        ({"role": "subject"}, WEIGHTS.subordinate_subject),
        ({"role": "other"}, WEIGHTS.no_subject),
        ({"quoted": True}, WEIGHTS.quoted),
        ({"owner": True}, WEIGHTS.owner),
        ({"owner": True, "role": "subject"}, WEIGHTS.subordinate_subject * WEIGHTS.owner_of_subject),
    ],
)
def test_what_makes_a_mention_less_salient(changes: dict[str, Any], factor: float) -> None:
    assert recency(HERE, attrs.evolve(BEFORE, **changes)) == pytest.approx(factor * recency(HERE, BEFORE))


def test_salience_falls_with_distance() -> None:
    far = attrs.evolve(BEFORE, sentence=2)
    line_before = attrs.evolve(BEFORE, paragraph=1)
    assert recency(HERE, far) < recency(HERE, BEFORE) < WEIGHTS.recent
    assert recency(HERE, line_before) < recency(HERE, BEFORE)


def test_a_mention_before_the_subject_is_seldom_meant() -> None:
    fronted = attrs.evolve(HERE, start=90, end=93, role="other")
    object_ = attrs.evolve(HERE, role="other")
    assert recency(HERE, fronted) == pytest.approx(WEIGHTS.before_subject * WEIGHTS.recent)
    assert recency(object_, fronted) == pytest.approx(WEIGHTS.no_subject_here * WEIGHTS.recent)


def test_a_quoted_pronoun_finds_a_quoted_name() -> None:
    quoted = attrs.evolve(BEFORE, quoted=True)
    assert recency(attrs.evolve(HERE, quoted=True), quoted) == recency(HERE, BEFORE)


@pytest.mark.parametrize(
    ("changes", "bonus"),
    [
        ({"spoke_last": True}, WEIGHTS.spoke_last),
        ({"same_gender": True}, WEIGHTS.same_gender),
        ({"confirmed": False}, WEIGHTS.unconfirmed),
        ({"count": 3}, 2 * WEIGHTS.per_mention),
        ({"count": 99}, (WEIGHTS.counted_mentions - 1) * WEIGHTS.per_mention),
        ({"bonus": 0.7}, 0.7),
    ],
)
def test_bonuses(changes: dict[str, Any], bonus: float) -> None:
    plain, other = candidate_salience(HERE, candidate()), candidate_salience(HERE, candidate(**changes))
    assert other - plain == pytest.approx(bonus)


def test_the_best_mention_counts() -> None:
    far = attrs.evolve(BEFORE, sentence=0, role="other")
    assert candidate_salience(HERE, candidate(sites=[far, BEFORE])) == candidate_salience(HERE, candidate())


def test_the_first_of_equals_is_chosen() -> None:
    assert most_salient(HERE, [candidate(confirmed=False), candidate(), candidate()]) == 1


def test_one_candidate_is_needed() -> None:
    with pytest.raises(ValueError, match="empty"):
        most_salient(HERE, [])
