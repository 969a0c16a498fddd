"""Fits the calibration of confidence: a logistic regression on the logit of the probability of the path."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from benchmarks.fiction.scores import Judged
from quoteattr.fiction.conversations import logit


def fit(judged: Sequence[Judged]) -> tuple[float, float]:
    """Returns the slope and the constant that suit some answers best.

    Args:
        judged: answers of which the confidence is the probability of the path.
    """
    rows = [row for row in judged if row.answer is not None]
    scores = torch.tensor([logit(row.confidence) for row in rows])
    right = torch.tensor([float(row.right) for row in rows])
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=50)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * scores + line[1], right)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    slope, constant = line.detach().tolist()
    return slope, constant
