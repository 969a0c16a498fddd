"""The best chain of labels for the words of a sentence, and how probable it is."""

from __future__ import annotations

from typing import Any

import attrs

OTHER, CONTENT, SOURCE = 0, 1, 2
"""The labels: a word that is neither, a reported word, a word that names the speaker."""


@attrs.frozen
class Path:
    """The likeliest labels of a sentence with at least one reported word."""

    labels: tuple[int, ...]
    """The label of each word."""
    some: float
    """Probability that any word is reported."""
    probability: float
    """Probability of exactly these labels."""


def best_paths(scores: Any, lengths: Any, transitions: Any, start: Any) -> list[Path]:
    """Finds the best labels of sentences by the Viterbi algorithm, and sums over all labels.

    Args:
        scores: of each sentence, word and label.
        lengths: the words of each sentence, the longest sentence first.
        transitions: the score of each label (second axis) after each other one.
        start: the score of each label at the start.

    Returns:
        A path for each sentence.
    """
    import numpy as np

    scores = scores.astype(np.float64)
    number, steps, labels = scores.shape
    # Row 0 is for chains without a reported word. Row 1 is for all chains in `sums`, and in `best` for those
    # with a reported word.
    bars = np.zeros((2, labels))
    bars[0, CONTENT] = -np.inf
    sums = (start + scores[:, 0])[:, None] + bars
    best = sums.copy()
    best[:, 1] = np.where(np.arange(labels) == CONTENT, best[:, 1], -np.inf)
    back = np.zeros((steps, number, 2, labels), np.intp)
    active = (lengths[:, None] > np.arange(steps)).sum(axis=0).tolist()
    rows = np.arange(number)[:, None]
    for step in range(1, steps):
        count = active[step]
        here = scores[:count, step, None] + bars
        sums[:count] = _log_sum(sums[:count, :, :, None] + transitions) + here
        options = best[:count, :, :, None] + transitions
        both = options.reshape(count, -1, labels)
        # A reported word may follow either kind of path; any other word keeps the kind.
        chosen = options.argmax(axis=2)
        chosen[:, 1] += labels
        chosen[:, 1, CONTENT] = both[:, :, CONTENT].argmax(axis=1)
        back[step, :count] = chosen
        taken = both[rows[:count, :, None], chosen, np.arange(labels)]
        best[:count] = taken + here
    ends = _log_sum(sums[..., None])[..., 0]
    return [
        _path(best[row, 1], back[: lengths[row], row], float(ends[row, 1]), float(ends[row, 0]))
        for row in range(number)
    ]


def _log_sum(values: Any) -> Any:
    """The logarithm of the sum of exponentials over the last axis but one."""
    import numpy as np

    most = values.max(axis=-2, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(np.exp(values - most).sum(axis=-2)) + most.squeeze(-2)


def _path(last: Any, back: Any, every: float, none: float) -> Path:
    """Follows the best path back from the last word."""
    import numpy as np

    label, count = int(last.argmax()), len(last)
    labels, kind = [label], 1
    for step in range(len(back) - 1, 0, -1):
        before = int(back[step][kind, label])
        kind, label = divmod(before, count)
        labels.append(label)
    share = float(np.exp(last.max() - every))
    return Path(tuple(reversed(labels)), float(1 - np.exp(none - every)), share)
