"""Fit the calibration of confidence: ``python -m benchmarks.confidence``.

Reads the articles of `wide-read`. The answers to each quarter of them are those of a ranker that is fitted
without it, so that they are as uncertain as on other articles. A logistic regression with an L2 penalty on
rules, steps and kinds is fitted to whether the speaker of each answer is right.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import attrs
import click
import numpy as np
from scipy.optimize import minimize

from benchmarks import gold_sets
from benchmarks.matching import SAME_STRETCH, iou, same_name
from benchmarks.parses import KeptParses
from benchmarks.ranker.__main__ import Example, fit, hand_read_examples, learned_examples
from quoteattr.attribution import find_cues, parsed_sentences, ranker
from quoteattr.coreference import resolve, share_speakers, speaker_mentions
from quoteattr.coreference.confidence import evidence
from quoteattr.pipeline import parse_quotations

WEIGHTS = Path(__file__).parents[1] / "quoteattr" / "data" / "confidence.json"
QUARTERS = 4
"""Parts of the articles; the ranker that answers one is fitted to the others."""
LEAST_ANSWERS = 20
"""Answers that a rule or step must have decided for a weight of its own."""
PENALTY = 1.0
"""L2 penalty. With .3 and 3 the calibration error over articles left out was the same, .018 to .020."""
_ALWAYS = ("always", "mention")
"""Evidence without a penalty."""


@attrs.frozen
class Answer:
    """One answer that names a speaker."""

    article: str
    """The id of its article."""
    evidence: dict[str, float]
    """As `quoteattr.coreference.confidence.evidence` returns it."""
    right: bool
    """Whether the speaker is the one whom people marked."""


def answers(
    articles: Sequence[gold_sets.GoldArticle], weights: Mapping[str, float], parses: KeptParses
) -> Iterator[Answer]:
    """Yields the answers of the library with some weights of the ranker."""
    with patch.object(ranker, "_weights", lambda: weights):
        for article in articles:
            yield from _answers(article, parses)


def _answers(article: gold_sets.GoldArticle, parses: KeptParses) -> Iterator[Answer]:
    [settings] = parse_quotations([article.text], parses)
    findings, contents = find_cues(settings), [setting.content for setting in settings]
    mentions = speaker_mentions(findings, ())
    resolutions = resolve(article.text, mentions, parsed_sentences(settings), contents)
    findings, resolutions = share_speakers(settings, findings, resolutions)
    for content, finding, resolution in zip(contents, findings, resolutions, strict=True):
        gold = next((q for q in article.quotations if iou(q, content) >= SAME_STRETCH), None)
        if resolution.speaker is None or (gold is not None and gold.optional):
            continue
        name = resolution.speaker.name
        right = gold is not None and bool(gold.entity) and same_name(gold.entity, name)
        yield Answer(article.id, evidence(finding, resolution), right)


def quarters(parses: KeptParses, seed: int = 1) -> Iterator[Answer]:
    """Yields the answers to each quarter of the articles by a ranker that is fitted without it."""
    articles = list(gold_sets.load("wide-read").articles)
    random.Random(seed).shuffle(articles)
    learned, read = list(learned_examples("polnear-train", parses)), dict(hand_read_examples(parses))
    for number in range(QUARTERS):
        part = articles[number::QUARTERS]
        left_out = {article.id for article in part}
        others: list[Example] = [e for name, found in read.items() if name not in left_out for e in found]
        yield from answers(part, fit([*learned, *others], least=6, penalty=2.0), parses)


def regress(data: Sequence[Answer]) -> dict[str, float]:
    """Returns the weight of each kind of evidence; rare rules and steps share that of "other"."""
    counts = Counter(name for answer in data for name in answer.evidence)
    named = [_with_others(answer.evidence, counts) for answer in data]
    names = sorted({name for values in named for name in values})
    matrix = np.array([[values.get(name, 0.0) for name in names] for values in named])
    right = np.array([answer.right for answer in data], dtype=float)
    penalties = np.array([0.0 if name in _ALWAYS else PENALTY for name in names])

    def loss(weights: Any) -> tuple[float, Any]:
        """Returns minus the log likelihood of what is right, with the penalty, and its gradient."""
        scores = matrix @ weights
        cost = np.logaddexp(0, scores).sum() - right @ scores + penalties @ weights**2 / 2
        return float(cost), matrix.T @ (1 / (1 + np.exp(-scores)) - right) + penalties * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(weight), 3) for name, weight in zip(names, best.x, strict=True)}


def _with_others(values: Mapping[str, float], counts: Counter[str]) -> dict[str, float]:
    return {
        name if counts[name] >= LEAST_ANSWERS else f"{name.partition(' ')[0]} other": value
        for name, value in values.items()
    }


@click.command()
@click.option(
    "--kept-parses", default=".work/parses", type=click.Path(path_type=Path), help="Folder of parses."
)
@click.option("--out", default=WEIGHTS, type=click.Path(path_type=Path), help="Where to write the weights.")
def main(kept_parses: Path, out: Path) -> None:
    """Fit the weights of the calibration and write them."""
    data = list(quarters(KeptParses(kept_parses)))
    card = {
        "fitted_to": f"{len(data)} answers to {len({a.article for a in data})} articles of wide-read",
        "credit": "read by hand for this project: benchmarks/gold; numbers only, no text of the articles",
        "right": round(sum(answer.right for answer in data) / len(data), 4),
        "method": f"logistic regression, L2 {PENALTY}; rules and steps with {LEAST_ANSWERS} answers or more",
    }
    content = json.dumps({"card": card, "weights": regress(data)}, indent=1, ensure_ascii=False)
    out.write_text(content + "\n", encoding="utf-8")
    click.echo(json.dumps(card))


if __name__ == "__main__":
    main()
