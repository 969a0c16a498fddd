"""Salience: how likely it is that a pronoun refers to an entity that was mentioned before.

It falls with every sentence and line since a mention. It is lower if the mention is not a subject, is a
possessor ("Lee’s") or is inside quoted words. After Lappin and Leass (Computational Linguistics 20:4, 1994).
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quoteattr.coreference.mention_index import MentionSite


@attrs.frozen
class SalienceWeights:
    """The parameters of salience.

    The factors are those of Lappin and Leass (1994): recency, grammatical role, and a penalty for mentions
    before the subject. The values were set by hand on PolNeAR's training articles and seeds/articles. A
    conditional logit over the same features, fitted to GUM's training documents, was less accurate on GUM's
    test documents and on news.
    """

    recent: float = 1.4
    """Salience of a mention in the same sentence and line."""
    per_sentence: float = 0.5
    """How fast salience falls with each sentence. `recent` is divided by 1 + `per_sentence` * sentences +
    `per_line` * lines."""
    per_line: float = 0.3
    """How fast salience falls with each line."""
    subordinate_subject: float = 0.9
    """Factor for the subject of a verb that is not the main verb."""
    no_subject: float = 0.7
    """Factor for a mention that is not a subject, in an earlier sentence."""
    no_subject_here: float = 0.6
    """Factor for a mention that is not a subject, in the sentence of a pronoun that is not a subject
    either."""
    before_subject: float = 0.4
    """Factor for a mention before the subject, in the sentence of a pronoun that is a subject: "Turning to
    |Lee|, he said"."""
    owner: float = 0.7
    """Factor for a mention with a possessive 's."""
    owner_of_subject: float = 0.8
    """Factor for the owner of a subject: "|Lee|’s refusal angered them"."""
    quoted: float = 0.3
    """Factor for a mention inside quoted words, for a pronoun outside."""
    spoke_last: float = 0.15
    """Bonus for the person who spoke last."""
    same_gender: float = 0.3
    """Bonus for a person who is known to be of the pronoun's gender."""
    unconfirmed: float = -0.5
    """Penalty for a name whose capital letter is the only evidence for a person."""
    named_in_words: float = -0.6
    """Penalty for a person who is named in the words that the pronoun seems to speak."""
    per_mention: float = 0.02
    """Bonus for each mention so far."""
    counted_mentions: int = 5
    """Most mentions that are counted."""


WEIGHTS = SalienceWeights()


@attrs.frozen
class Candidate:
    """A person to whom a pronoun or description may refer."""

    sites: Sequence[MentionSite]
    """The last mentions, in order; at least one."""
    count: int
    """How often the person was mentioned so far."""
    same_gender: bool
    """Whether the person is known to be of the pronoun's gender; otherwise their gender is not known."""
    confirmed: bool
    """Whether there is more evidence for a person than a capital letter."""
    spoke_last: bool
    """Whether the person is the last who spoke."""
    bonus: float = 0.0
    """Salience from other evidence."""


def most_salient(site: MentionSite, candidates: Sequence[Candidate]) -> int:
    """The index of the candidate with the highest salience; of several, the first.

    Raises:
        ValueError: if there is no candidate.
    """
    scores = [candidate_salience(site, candidate) for candidate in candidates]
    return scores.index(max(scores))


def candidate_salience(site: MentionSite, candidate: Candidate) -> float:
    """Returns how salient a candidate is for a mention at a site. Compare scores of one site only."""
    score = max([recency(site, earlier) for earlier in candidate.sites])
    score += (
        WEIGHTS.spoke_last * candidate.spoke_last
        + WEIGHTS.same_gender * candidate.same_gender
        + WEIGHTS.unconfirmed * (not candidate.confirmed)
    )
    return score + WEIGHTS.per_mention * min(WEIGHTS.counted_mentions, candidate.count) + candidate.bonus


def recency(site: MentionSite, earlier: MentionSite) -> float:
    """The salience that an entity has at a site because of one earlier mention."""
    back, lines = site.sentence - earlier.sentence, site.paragraph - earlier.paragraph
    score = WEIGHTS.recent / (1 + WEIGHTS.per_sentence * back + WEIGHTS.per_line * lines)
    owner = WEIGHTS.owner
    if earlier.role == "other":
        if back:
            score *= WEIGHTS.no_subject
        else:
            score *= WEIGHTS.no_subject_here if site.role == "other" else WEIGHTS.before_subject
    elif earlier.role == "subject":
        score *= WEIGHTS.subordinate_subject
        owner = WEIGHTS.owner_of_subject
    if earlier.owner:
        score *= owner
    if earlier.quoted and not site.quoted:
        score *= WEIGHTS.quoted
    return score
