"""Whom a pronoun means: the most salient of those whom the text has named or described before.

Salience falls with every sentence and line since a mention; it is less for a mention that is no subject, an
owner's ("Lee’s") or inside quoted words. After Lappin and Leass (Computational Linguistics 20:4, 1994). The
numbers were set by hand on PolNeAR's training articles and seeds/articles. A conditional logit over the same
evidence, fitted to GUM's training documents, was less right on GUM's test documents and on news.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quoteattr.coreference.mention_index import Place


@attrs.frozen
class Candidate:
    """Somebody whom the pronoun may mean."""

    heard: Sequence[Place]
    """Their last mentions, in order; at least one."""
    count: int
    """How often they were mentioned so far."""
    same_sex: bool
    """Whether they are known to be of the pronoun's sex; otherwise their sex is not known."""
    sure: bool
    """Whether more than a capital says that this is a person."""
    spoke: bool
    """Whether they are the last who spoke."""
    favour: float = 0.0
    """What else speaks for them."""


def choose(place: Place, candidates: Sequence[Candidate]) -> int:
    """Index of the most salient, the first of equals.

    Raises:
        ValueError: if there is no candidate.
    """
    scores = [salience(place, candidate) for candidate in candidates]
    return scores.index(max(scores))


def salience(place: Place, candidate: Candidate) -> float:
    """How likely a pronoun means the candidate; comparable for one place only."""
    score = max(recency(place, earlier) for earlier in candidate.heard)
    score += 0.15 * candidate.spoke + 0.3 * candidate.same_sex - 0.5 * (not candidate.sure)
    return score + 0.02 * min(5, candidate.count) + candidate.favour


def recency(place: Place, earlier: Place) -> float:
    """How much an earlier mention brings somebody to mind at the place."""
    back, lines = place.sentence - earlier.sentence, place.paragraph - earlier.paragraph
    weight = 1.4 / (1 + 0.5 * back + 0.3 * lines)
    if earlier.role == "other":
        # "Turning to Lee, he said": what stands before a subject in its own sentence is seldom meant.
        weight *= 0.7 if back else 0.6 if place.role == "other" else 0.4
    if earlier.role == "subject":
        weight *= 0.9
    quoted = earlier.quoted and not place.quoted
    owner = (0.8 if earlier.role == "subject" else 0.7) if earlier.owner else 1.0
    return weight * owner * (0.3 if quoted else 1.0)
