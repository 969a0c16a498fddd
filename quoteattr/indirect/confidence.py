"""The confidence of a report: the probability that its words and its speaker are right."""

from __future__ import annotations

from math import exp, log

from quoteattr.indirect.tagger import TaggedSite

_LEAST, _MOST = 0.001, 0.999
"""Limits of the tagger's probabilities."""
_WEIGHTS = {"always": 0.0, "some": 0.5, "exactly": 0.5}


def probability_of_report(tags: TaggedSite, rule: str) -> float:
    """Returns the probability that a report is right.

    Args:
        tags: what the tagger decided.
        rule: name of the rule that proposed it.
    """
    score = _WEIGHTS["always"] + _WEIGHTS["some"] * _logit(tags.probability)
    score += _WEIGHTS["exactly"] * _logit(tags.certainty) + _WEIGHTS.get(rule, 0.0)
    return 1 / (1 + exp(-score))


def _logit(share: float) -> float:
    share = min(_MOST, max(_LEAST, share))
    return log(share / (1 - share))
