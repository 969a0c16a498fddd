"""Fit the ranker: ``python -m benchmarks.ranker``.

Reads PolNeAR's training articles, lets the library propose candidates for every quotation, and fits a
conditional logit with an L2 penalty by L-BFGS (scipy, of the extra "train"). A quotation whose gold speaker
none of its candidates meets teaches nothing and is left out. One that the gold lists as quoted but attributed
to nobody teaches "nobody"; one that it does not list, or cuts elsewhere, is left out: it knows double marks
only, and pairs them wrongly where curly and straight ones are mixed.

The two settings hardly matter: trained on two thirds of the articles and scored on the third, end-to-end F1
was .904 to .907 for penalties of 1 to 5 and features in at least 3 to 20 candidates.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import click
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks import gold
from benchmarks.matching import SAME_STRETCH, iou, is_excused
from benchmarks.parses import KeptParses
from benchmarks.ranker import constructions
from quoteattr.attribution.decision import candidates_of, make_contexts
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.ranker_features import features
from quoteattr.attribution.setting import Setting
from quoteattr.pipeline import read_settings

WEIGHTS = Path(__file__).parents[2] / "quoteattr" / "data" / "ranker.json"
STEPS = 300
"""Of L-BFGS; the loss changes in the fourth digit after 150."""

Spans = Sequence[tuple[int, int]]


@attrs.frozen
class Example:
    """One quotation."""

    features: list[list[str]]
    """Of each candidate."""
    right: list[bool]
    """Whether the gold agrees with each."""


def examples(articles: Sequence[gold.GoldArticle], parses: KeptParses) -> Iterator[Example]:
    """What there is to learn from."""
    for article in articles:
        [settings] = read_settings([article.text], parses)
        for context in make_contexts(settings):
            answers = candidates_of(context)
            spans = _gold_spans(article, context.setting)
            right = [_is_right(finding, spans) for _, finding in answers] if spans is not None else []
            if any(right):
                yield Example([features(context.setting, candidate) for candidate, _ in answers], right)


def _gold_spans(article: gold.GoldArticle, setting: Setting) -> Spans | None:
    """The gold's speaker spans; empty for nobody, None where the gold cannot tell."""
    content = setting.content
    for quotation in article.quotations:
        if iou(quotation, content) >= SAME_STRETCH:
            return quotation.speaker_spans
    return () if is_excused(article, content) else None


def _is_right(finding: Finding, spans: Spans) -> bool:
    """Whether the answer touches a gold span, or rightly names nobody."""
    if finding.mention is None:
        return not spans
    mention = finding.mention.span
    return any(mention.start < end and start < mention.end for start, end in spans)


def fit(data: Sequence[Example], least: int, penalty: float) -> dict[str, float]:
    """Weights of the features that stand in at least `least` candidates."""
    counts = Counter(f for example in data for candidate in example.features for f in candidate)
    names = sorted(f for f, n in counts.items() if n >= least)
    matrix = _matrix(data, {name: i for i, name in enumerate(names)})
    sizes = [len(example.right) for example in data]
    starts = np.cumsum([0, *sizes])[:-1]
    group = np.repeat(np.arange(len(data)), sizes)
    right = np.array([r for example in data for r in example.right])

    def loss(weights: Any) -> tuple[float, Any]:
        """Minus the log probability of the right candidates together, and its slope."""
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts)[group]
        odds = np.exp(scores)
        every = np.add.reduceat(odds, starts)
        good = np.maximum(np.add.reduceat(odds * right, starts), 1e-12)
        slope = odds / every[group] - odds * right / good[group]
        cost = -np.log(good / every).sum() + penalty * weights @ weights / 2
        return float(cost), matrix.T @ slope + penalty * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return {name: round(float(w), 2) for name, w in zip(names, best.x, strict=True) if abs(w) >= 0.01}


def _matrix(data: Sequence[Example], number: dict[str, int]) -> Any:
    """A row for each candidate, a column for each feature."""
    rows = [[number[f] for f in c if f in number] for example in data for c in example.features]
    pointers = np.cumsum([0, *map(len, rows)])
    cells = np.concatenate(rows).astype(int)
    return csr_matrix((np.ones(len(cells)), cells, pointers), (len(rows), len(number)))


@click.command()
@click.option("--set", "name", default="polnear-train", help="Gold set to learn from.")
@click.option("--least", default=6, help="Candidates that a feature must stand in.")
@click.option("--penalty", default=2.0, help="L2 penalty.")
@click.option(
    "--kept-parses", default=".work/parses", type=click.Path(path_type=Path), help="Folder of parses."
)
@click.option("--out", default=WEIGHTS, type=click.Path(path_type=Path), help="Where to write the weights.")
def main(name: str, least: int, penalty: float, kept_parses: Path, out: Path) -> None:
    """Fit the weights of the ranker and write them."""
    made = list(constructions.articles())
    data = list(examples([*gold.load(name).articles, *made], KeptParses(kept_parses)))
    weights = fit(data, least, penalty)
    card = {
        "fitted_to": f"{name} and {len(made)} sentences of benchmarks/ranker/constructions.txt",
        "credit": "PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018); numbers only, no text of it",
        "quotations": len(data),
        "features": len(weights),
        "method": f"conditional logit, L2 {penalty}, features in at least {least} candidates",
    }
    content = json.dumps({"card": card, "weights": weights}, indent=0, ensure_ascii=False)
    out.write_text(content + "\n", encoding="utf-8")
    click.echo(json.dumps(card))


if __name__ == "__main__":
    main()
