"""Measures reports of speech on PolNeAR: precision, recall, F1, by rule, calibration and speed."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence

import quoteattr
from benchmarks.indirect.gold import Judged, Score, Words, answer_rows, gold_rows, judge, read, total

BINS = 10
"""Bins of the expected calibration error, of equal size."""


def measure(part: str) -> tuple[dict[str, float], str]:
    """Returns the figures of a part, and a report in words."""
    articles = read(part)
    words = sum(len(article["text"].split()) for article in articles)
    quoteattr.attribute("“Yes,” said Ann Lee.", indirect=True)
    began = time.process_time()
    results = list(quoteattr.attribute_many([a["text"] for a in articles], indirect=True))
    rate = words / (time.process_time() - began)
    judgements = []
    for article, result in zip(articles, results, strict=True):
        at = Words(article["text"])
        judgements.append(judge(gold_rows(at, article["attributions"]), list(answer_rows(at, result))))
    score, judged = total(judgements)
    figures = {
        "end.p": score.precision,
        "end.r": score.recall,
        "end.f1": score.f1,
        "confidence.ece": calibration_error(judged),
    }
    return figures, "\n".join(
        [*_summary(score, figures, rate), *_by_rule(judged), *_by_confidence(judged, score)]
    )


def calibration_error(judged: Sequence[Judged]) -> float:
    """The mean difference between confidence and share of right answers, over bins of equal size."""
    order = sorted(judged, key=lambda j: j.answer.confidence)
    error = 0.0
    for at in range(BINS):
        bin_ = order[len(order) * at // BINS : len(order) * (at + 1) // BINS]
        error += abs(sum(j.answer.confidence - j.right for j in bin_))
    return error / max(1, len(order))


def _summary(score: Score, figures: dict[str, float], rate: float) -> list[str]:
    shown = ", ".join(f"{name} {value:.3f}" for name, value in figures.items())
    return [f"{score.wanted} wanted, {score.answers} answers: {shown}; {rate:,.0f} words/s", ""]


def _by_rule(judged: Sequence[Judged]) -> list[str]:
    rules: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        rules[one.answer.name].append(one.right)
    rows = sorted(rules.items(), key=lambda item: -len(item[1]))
    return [
        "| rule | answers | share | right |",
        "|---|---:|---:|---:|",
        *(f"| `{n}` | {len(r)} | {len(r) / len(judged):.3f} | {sum(r) / len(r):.3f} |" for n, r in rows),
        "",
    ]


def _by_confidence(judged: Sequence[Judged], score: Score) -> list[str]:
    lines = ["| `min_confidence` | answers | P | R |", "|---:|---:|---:|---:|"]
    for least in (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        kept = [j.right for j in judged if j.answer.confidence >= least]
        p, r = sum(kept) / max(1, len(kept)), sum(kept) / max(1, score.wanted)
        lines.append(f"| {least} | {len(kept)} | {p:.3f} | {r:.3f} |")
    return lines
