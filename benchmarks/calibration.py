"""Measures calibration: whether answers with a confidence of 0.8 are right eight times in ten, and how
precise the answers above a threshold are."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from benchmarks.scoring import Case, Scored, share

BINS = 10
"""Equal steps of confidence, as in most published reliability diagrams."""
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@attrs.frozen
class Bin:
    """The answers of one step of confidence."""

    low: float
    """From this confidence."""
    high: float
    """To this."""
    n: int
    """Answers in it."""
    confidence: float
    """Their mean confidence."""
    right: float
    """Share of them that is right."""


@attrs.frozen
class Threshold:
    """What is left where only answers of at least some confidence are kept."""

    at_least: float
    """The confidence."""
    n: int
    """Claims kept."""
    precision: float
    """Share of them that is right."""
    recall: float
    """Share of the gold quotations that somebody speaks which they get right."""


@attrs.frozen
class Calibration:
    """How confidence and rightness go together, over one set of answers."""

    n: int
    """Answers that state a confidence."""
    ece: float
    """Expected calibration error: mean distance of confidence and share right, bins weighed by size."""
    bins: tuple[Bin, ...]
    """The reliability diagram as a table, empty steps left out."""
    thresholds: tuple[Threshold, ...]
    """Precision and recall at rising confidence."""


def calibrate(scored: Scored, *, claims_only: bool) -> Calibration | None:
    """Calibration of the answers that name a speaker, or of all of them ("nobody" is an answer too).

    None where no answer states a confidence.
    """
    stated = [c for c in scored.answers if c.answer is not None and c.answer.confidence is not None]
    used = [c for c in stated if not claims_only or (c.answer is not None and c.answer.claims)]
    if not used:
        return None
    bins = tuple(_bin(i, [c for c in used if _step(c) == i]) for i in sorted({_step(c) for c in used}))
    ece = sum(b.n * abs(b.confidence - b.right) for b in bins) / len(used)
    spoken = sum(1 for c in scored.cases if c.gold and (c.gold.entity or not c.gold.entity_read))
    return Calibration(len(used), ece, bins, tuple(_threshold(t, used, spoken) for t in THRESHOLDS))


def _confidence(case: Case) -> float:
    return (case.answer.confidence if case.answer else None) or 0.0


def _step(case: Case) -> int:
    return min(BINS - 1, int(_confidence(case) * BINS))


def _bin(step: int, cases: Sequence[Case]) -> Bin:
    n = len(cases)
    mean = sum(map(_confidence, cases)) / n
    return Bin(step / BINS, (step + 1) / BINS, n, mean, sum(c.right for c in cases) / n)


def _threshold(at_least: float, cases: Sequence[Case], spoken: int) -> Threshold:
    kept = [c for c in cases if _confidence(c) >= at_least and c.answer is not None and c.answer.claims]
    right = sum(c.right for c in kept)
    return Threshold(at_least, len(kept), share(right, len(kept)), share(right, spoken))
