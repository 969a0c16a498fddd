"""Fit the ranker: ``python -m benchmarks.ranker``.

Reads PolNeAR's training articles, lets the library propose candidates for every quotation, and fits a
conditional logit with an L2 penalty by L-BFGS (scipy, of the extra "train"). A quotation whose gold speaker
none of its candidates meets teaches nothing and is left out. Gold knows double marks only, so quotations in
single marks are left out too; one in double marks that the gold gives to no source teaches "nobody".
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import attrs
import click
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks import gold
from benchmarks.matching import iou, opened_double
from benchmarks.parses import KeptParses
from quoteattr.attribution import candidates, contexts
from quoteattr.phrases import Setting
from quoteattr.pipeline import read_settings
from quoteattr.ranking import features

WEIGHTS = Path(__file__).parents[2] / "quoteattr" / "data" / "ranker.json"
SAME = 0.8
"""Intersection over union from which a quotation is the gold's, as in scoring."""


@attrs.frozen
class Example:
    """One quotation: its candidates' features and which of them are right."""

    features: list[list[str]]
    right: list[bool]


def examples(articles: Sequence[gold.GoldArticle], parses: KeptParses) -> list[Example]:
    """What there is to learn from."""
    found = []
    for article in articles:
        [settings] = read_settings([article.text], parses)
        for context in contexts(settings):
            answers = candidates(context)
            spans = _gold_spans(article, context.setting)
            if spans is None:
                continue
            right = [
                (f.mention is None and not spans)
                or (f.mention is not None and any(f.mention.span.start < e and s < f.mention.span.end for s, e in spans))
                for _, f in answers
            ]
            if any(right):
                found.append(Example([features(context.setting, c) for c, _ in answers], right))
    return found


def _gold_spans(article: gold.GoldArticle, setting: Setting) -> Sequence[tuple[int, int]] | None:
    """The gold's speaker spans; empty for nobody, None where the gold cannot tell."""
    content = setting.content
    for quotation in article.quotations:
        if iou(quotation, content) >= SAME:
            return quotation.speaker_spans
    return () if opened_double(article.text, content.start) else None


def fit(data: Sequence[Example], least: int, penalty: float) -> dict[str, float]:
    """Weights of the features that stand in at least `least` candidates."""
    counts = Counter(f for example in data for c in example.features for f in c)
    names = sorted(f for f, n in counts.items() if n >= least)
    number = {f: i for i, f in enumerate(names)}
    rows = [[number[f] for f in c if f in number] for example in data for c in example.features]
    pointers = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix((np.ones(pointers[-1]), np.concatenate(rows).astype(int), pointers), (len(rows), len(names)))
    starts = np.cumsum([0, *(len(e.right) for e in data)])[:-1]
    group = np.repeat(np.arange(len(data)), [len(e.right) for e in data])
    right = np.array([r for e in data for r in e.right])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts)[group]
        odds = np.exp(scores)
        every = np.add.reduceat(odds, starts)
        good = np.add.reduceat(odds * right, starts)
        slope = odds / every[group] - odds * right / np.maximum(good, 1e-12)[group]
        cost = -np.log(np.maximum(good, 1e-12) / every).sum() + penalty * weights @ weights / 2
        return float(cost), matrix.T @ slope + penalty * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(w), 2) for name, w in zip(names, best.x, strict=True) if abs(w) >= 0.01}


@click.command()
@click.option("--set", "name", default="polnear-train", help="Gold set to learn from.")
@click.option("--least", default=6, help="Candidates that a feature must stand in.")
@click.option("--penalty", default=2.0, help="L2 penalty.")
@click.option("--kept-parses", default=".work/parses", type=click.Path(path_type=Path), help="Folder of parses.")
@click.option("--out", default=WEIGHTS, type=click.Path(path_type=Path))
def main(name: str, least: int, penalty: float, kept_parses: Path, out: Path) -> None:
    """Fit the weights of the ranker and write them."""
    data = examples(gold.load(name).articles, KeptParses(kept_parses))
    weights = fit(data, least, penalty)
    card = {
        "fitted_to": name,
        "quotations": len(data),
        "features": len(weights),
        "method": f"conditional logit, L2 {penalty}, features in at least {least} candidates",
        "date": datetime.date.today().isoformat(),
    }
    out.write_text(json.dumps({"card": card, "weights": weights}, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(json.dumps(card))


if __name__ == "__main__":
    main()
