"""Scores groups of quotations that people sorted into lines, for each stratum of the sample."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import attrs

from benchmarks.lines import Pairs, Place, count_pairs

SAMPLES = 1000
"""Samples of groups from which an interval is estimated."""

Rows = list[tuple[Pairs, bool]]
"""For each group its pairs, and whether all are right."""


def strata_of(groups: Sequence[Any], answer: dict[Place, int]) -> dict[str, Rows]:
    """Returns the groups, all and by stratum."""
    strata: dict[str, Rows] = defaultdict(list)
    nearest = Nearest(answer)
    for group in groups:
        pairs = group_pairs(group, nearest)
        for stratum in ("all", group["stratum"]):
            strata[stratum].append((pairs, not pairs.wrong and not pairs.missed))
    return strata


def summed(rows: Rows) -> Pairs:
    return Pairs(*(sum(column) for column in zip(*(attrs.astuple(p) for p, _ in rows), strict=True)))


def interval(rows: Rows) -> tuple[float, float]:
    """Returns the interval of the F1s of 95 % of the samples of as many groups (bootstrap over groups)."""
    rng = random.Random(7)
    drawn = sorted(summed(rng.choices(rows, k=len(rows))).f1 for _ in range(SAMPLES))
    return drawn[SAMPLES // 40], drawn[-SAMPLES // 40 - 1]


class Nearest:
    """Answers by article, for matching them to gold by overlap."""

    def __init__(self, answer: dict[Place, int]) -> None:
        self.answer = answer
        self.by_article: dict[str, list[Place]] = defaultdict(list)
        for place in answer:
            self.by_article[place[0]].append(place)

    def label(self, place: Place) -> object:
        """Returns the label of the answer that overlaps a place by half or more; else one of its own."""
        best = max(self.by_article.get(place[0], ()), key=lambda p: overlap(place, p), default=None)
        return self.answer[best] if best is not None and overlap(place, best) >= 0.5 else ("alone", place)


def overlap(a: Place, b: Place) -> float:
    """Returns intersection over union."""
    shared = max(0, min(a[2], b[2]) - max(a[1], b[1]))
    return shared / (max(a[2], b[2]) - min(a[1], b[1])) if shared else 0.0


def group_pairs(group: Any, nearest: Nearest) -> Pairs:
    return count_pairs(
        (number, nearest.label((place[0], place[1], place[2])))
        for number, line in enumerate(group["lines"])
        for place in line
    )
