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
    without = np.where(np.arange(labels) == CONTENT, -np.inf, 0.0)
    every = start + scores[:, 0]
    none = every + without
    # Two values for each label: the best path so far without a reported word, and the best with one.
    best = np.stack([none, every + np.where(np.arange(labels) == CONTENT, 0.0, -np.inf)], axis=1)
    back = np.zeros((steps, number, 2, labels), np.intp)
    for step in range(1, steps):
        active = int((lengths > step).sum())
        here = scores[:active, step]
        every[:active] = _log_sum(every[:active, :, None] + transitions) + here
        none[:active] = _log_sum(none[:active, :, None] + transitions) + here + without
        options = best[:active, :, :, None] + transitions
        both = options.reshape(active, -1, labels)
        first = options[:, 0].argmax(axis=1)
        # A reported word may follow either kind of path; any other word keeps the kind.
        later = options[:, 1].argmax(axis=1) + labels
        later[:, CONTENT] = both[:, :, CONTENT].argmax(axis=1)
        back[step, :active] = np.stack([first, later], axis=1)
        best[:active] = np.take_along_axis(both, back[step, :active], axis=1) + here[:, None]
        best[:active, 0] += without
    return [
        _path(best[row, 1], back[: lengths[row], row], _log_sum(every[row]), _log_sum(none[row]))
        for row in range(number)
    ]


def _log_sum(values: Any) -> Any:
    """The logarithm of the sum of exponentials over the axis of the labels, the last or last but one."""
    import numpy as np

    axis = 1 if values.ndim == 3 else 0
    most = values.max(axis=axis, keepdims=True)
    most = np.where(np.isfinite(most), most, 0.0)
    with np.errstate(divide="ignore"):
        return np.log(np.exp(values - most).sum(axis=axis)) + most.squeeze(axis)


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
