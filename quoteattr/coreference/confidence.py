"""Calibrates confidence: from the probability that the right words were chosen to that of the right speaker.

The ranker's probability is that of the mention. Whether the speaker is right depends as well on the rule that
decided, on the step that resolved the mention, and on the kind of speaker. A logistic regression combines
them. benchmarks/confidence.py fits its weights; data/confidence.json has them with a description of the data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import exp, log

from quoteattr.attribution import Finding
from quoteattr.coreference.resolver import Resolution
from quoteattr.lexicon import DATA

LEAST, MOST = 0.01, 0.995
"""Probabilities of mentions are taken within these limits: nearer to 0 and 1 they are no more often wrong or
right."""


def calibrate(findings: Sequence[Finding], resolutions: Sequence[Resolution]) -> list[float]:
    """Returns the confidence of each answer.

    Args:
        findings: one for each quotation.
        resolutions: one for each finding.

    Returns:
        For an answer that names a speaker, the probability that it is the right one, from 0 to 1. The others
        keep the probability of the finding.
    """
    weights = _weights()
    return [
        _probability(evidence(finding, resolution), weights) if resolution.speaker else finding.confidence
        for finding, resolution in zip(findings, resolutions, strict=True)
    ]


def evidence(finding: Finding, resolution: Resolution) -> dict[str, float]:
    """Returns the features of an answer and their values: "rule ranked", "step apposition", "kind person"."""
    mention = min(MOST, max(LEAST, finding.confidence))
    kind = resolution.speaker.kind if resolution.speaker else "nobody"
    values = {"always": 1.0, "mention": log(mention / (1 - mention))}
    return values | dict.fromkeys(_names(finding, resolution, kind), 1.0)


def _names(finding: Finding, resolution: Resolution, kind: str) -> Iterator[str]:
    yield f"rule {finding.rule}"
    yield f"step {resolution.resolved_by}"
    yield f"kind {kind}"


def _probability(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability for some evidence; rules and steps that are too rare for a weight have that of
    "other"."""
    score = 0.0
    for name, value in values.items():
        group = name.partition(" ")[0]
        score += value * weights.get(name, weights.get(f"{group} other", 0.0))
    return 1 / (1 + exp(-score))


@cache
def _weights() -> dict[str, float]:
    content = (DATA / "confidence.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(content)["weights"]
    return weights
