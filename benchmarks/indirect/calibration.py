"""Fits the confidence of reports to articles that the tagger was not trained on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import attrs
import numpy as np
from scipy.optimize import minimize

from benchmarks.indirect.gold import Row, Words, gold_rows, judge
from benchmarks.indirect.sites import passages_of
from quoteattr.indirect import decision
from quoteattr.indirect.confidence import evidence

WEIGHTS = Path(__file__).parents[2] / "quoteattr" / "data" / "report_confidence.json"
PENALTY = 1.0
"""L2 penalty of the weights of rules."""
_FREE = ("always", "some", "exactly")
"""Evidence without a penalty."""


@attrs.frozen
class Example:
    """A report with what is known of it."""

    evidence: dict[str, float]
    """As `quoteattr.indirect.confidence.evidence` returns it."""
    right: bool
    """Whether it is right end to end."""


def examples(articles: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """Yields the reports of some articles that are scored."""
    for article in articles:
        words = Words(article["text"])
        passages, quotations = passages_of(article["text"])
        with patch.object(decision, "LEAST_RIGHT", 0.0):
            reports = decision.find_reports(article["text"], passages, quotations)
        rows = [_row(words, report, number) for number, report in enumerate(reports)]
        judged, _, _ = judge(gold_rows(words, article["attributions"]), rows)
        for one in judged:
            report = reports[int(one.answer.confidence)]
            if report.tags is not None:
                yield Example(evidence(report.tags, report.finding.rule or ""), one.right)


def _row(words: Words, report: decision.FoundReport, number: int) -> Row:
    """A report as a row that keeps its number."""
    content = words.at([(p.start, p.end) for p in report.quotation.parts], content=True)
    mention = report.finding.mention
    source = words.at([(mention.span.start, mention.span.end)]) if mention else frozenset()
    return Row(content, source, words.all_quoted(content), confidence=number)


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Returns the weight of each piece of evidence."""
    names = sorted({name for example in found for name in example.evidence})
    values = np.array([[example.evidence.get(name, 0.0) for name in names] for example in found])
    right = np.array([example.right for example in found], float)
    penalised = np.array([name not in _FREE for name in names], float) * PENALTY

    def loss(weights: Any) -> Any:
        scores = values @ weights
        return (np.logaddexp(0, scores) - right * scores).sum() + (penalised * weights**2).sum() / 2

    best = minimize(loss, np.zeros(len(names)), method="L-BFGS-B").x
    return {name: round(float(weight), 4) for name, weight in zip(names, best, strict=True)}


def write(weights: dict[str, float], count: int, path: Path = WEIGHTS) -> None:
    """Writes the weights, with a description of the data."""
    about = (
        f"Fitted by `python -m benchmarks.indirect calibrate` to {count:,} reports in a fifth of PolNeAR's "
        "training articles, by a tagger that was trained on the others."
    )
    path.write_text(json.dumps({"about": about, "weights": weights}, indent=1) + "\n", encoding="utf-8")
