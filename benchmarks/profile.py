"""Measures the time of each stage of `attribute_many`, in words per second and as a share of the whole.

    python -m benchmarks.profile              the texts of benchmarks/test_speed.py
    python -m benchmarks.profile FILE...      these, one article each

The figures are the CPU time of this process with one thread, after the models are loaded, as the median of
three runs. Other work of the machine is not counted, but may make caches less effective.
"""

from __future__ import annotations

import functools
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks import gold_sets
from quoteattr import attribute_many, pipeline
from quoteattr.parsing import bundled_parser, frame_parser, inference

RUNS = 3
Seconds = defaultdict[str, float]
"""CPU time of each stage."""

STAGES: dict[str, tuple[object, str]] = {
    "scan": (pipeline, "find_quotations"),
    "frames": (pipeline, "find_frames"),
    "tokenize": (bundled_parser, "split_sentences"),
    "tag": (inference.Tagger, "__call__"),
    "lemma": (inference.Lemmatizer, "__call__"),
    "parse": (inference.BiaffineParser, "__call__"),
    "place": (frame_parser, "_corrected"),
    "rules": (pipeline, "find_cues"),
    "resolve": (pipeline, "resolve"),
    "outlet": (pipeline, "find_outlets"),
    "publisher": (pipeline, "find_publisher"),
}
"""The function that is each stage; none calls another. What they leave is "rest"."""


def texts() -> list[str]:
    """PolNeAR's dev articles where they are at hand, as news is mixed there; else the project's own."""
    try:
        return [article.text for article in gold_sets.load("polnear-dev").articles]
    except gold_sets.Absent:
        return [article.text for article in gold_sets.load("articles").articles]


@contextmanager
def watched(seconds: Seconds) -> Iterator[None]:
    """While inside, the CPU time of each stage is added to `seconds` as it is spent."""
    with ExitStack() as stack:
        for stage, (owner, name) in STAGES.items():
            timed = _timed(getattr(owner, name), stage, seconds)
            stack.enter_context(mock.patch.object(owner, name, timed))
        yield


def profile(articles: Sequence[str]) -> dict[str, float]:
    """Seconds of CPU time in each stage of one run, and in all ("total")."""
    seconds: Seconds = defaultdict(float)
    with watched(seconds), _clocked("total", seconds):
        list(attribute_many(articles))
    spent = {stage: seconds[stage] for stage in STAGES}
    return {**spent, "rest": seconds["total"] - sum(spent.values()), "total": seconds["total"]}


@contextmanager
def _clocked(stage: str, seconds: Seconds) -> Iterator[None]:
    start = time.process_time()
    yield
    seconds[stage] += time.process_time() - start


def _timed(function: Callable[..., Any], stage: str, seconds: Seconds) -> Callable[..., Any]:
    @functools.wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        with _clocked(stage, seconds):
            return function(*given, **named)

    return timed


def report(articles: Sequence[str]) -> str:
    """A Markdown table of the stages."""
    import torch

    torch.set_num_threads(1)
    list(attribute_many(articles[:2]))
    runs = [profile(articles) for _ in range(RUNS)]
    median = {stage: statistics.median(run[stage] for run in runs) for stage in runs[0]}
    words = sum(len(text.split()) for text in articles)
    lines = [f"{words:,} words", "", "| stage | seconds | words/s | share |", "|---|---:|---:|---:|"]
    lines += [
        f"| {stage} | {spent:.2f} | {words / spent:,.0f} | {spent / median['total']:.1%} |"
        for stage, spent in median.items()
        if spent
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    files = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    print(report(files or texts()))
