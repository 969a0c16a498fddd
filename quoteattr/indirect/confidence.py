"""The confidence of a report: the probability that its words and its speaker are right.

A logistic regression combines the probabilities of the tagger with the rule that proposed the report.
benchmarks/indirect fits its weights; data/report_confidence.json has them with a description of the data.
"""

from __future__ import annotations

import json
from functools import cache
from math import exp, log

from quoteattr.indirect.tagger import TaggedSite
from quoteattr.lexicon import DATA

_LEAST, _MOST = 0.001, 0.999
"""Probabilities of the tagger are taken within these limits."""


def probability_of_report(tags: TaggedSite, rule: str) -> float:
    """Returns the probability that a report is right.

    Args:
        tags: what the tagger decided.
        rule: name of the rule that proposed it, or "tagged".
    """
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in evidence(tags, rule).items())
    return 1 / (1 + exp(-score))


def evidence(tags: TaggedSite, rule: str) -> dict[str, float]:
    """Returns the features of a report and their values."""
    return {
        "always": 1.0,
        "some": _logit(tags.probability),
        "exactly": _logit(tags.certainty),
        "has source": float(bool(tags.source)),
        f"rule {rule}": 1.0,
    }


def _logit(share: float) -> float:
    share = min(_MOST, max(_LEAST, share))
    return log(share / (1 - share))


@cache
def _weights() -> dict[str, float]:
    content = (DATA / "report_confidence.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(content)["weights"]
    return weights
