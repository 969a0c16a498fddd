"""Measures speed: start, `find_quotations`, each stage, the whole, and peers on the same machine in the same
run.

    python -m pytest benchmarks/test_speed.py
    python -m pytest benchmarks/test_speed.py --benchmark-autosave --benchmark-compare

Everything runs on one thread. The texts are PolNeAR's dev articles if they are available, because they are
typical news (890 quotations in 68,000 words); otherwise the project's own annotated articles, in which every
third sentence is quoted. Rates (words or MB per second) are in each benchmark's ``extra_info`` and printed at
the end of its line; benchmarks/profile.py prints the stages as one table.

These benchmarks are not part of the default test run, because timings on a busy machine mean nothing. Work in
this process is measured in CPU time, processes and peers by the clock. The limits below are asserted after
the timing; they are for one core of an idle server.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks import gold_sets
from benchmarks.peers.__main__ import default_python
from benchmarks.peers.__main__ import run as run_peer
from benchmarks.profile import STAGES, Seconds, watched
from quoteattr import attribute, attribute_many, find_quotations

SENTENCE = "“Yes,” Ann Lee said."

IMPORT = 0.1
"""Most seconds of `import quoteattr`, the interpreter's own start taken off."""
COLD_START = 3.0
"""Most seconds from the start of a process to its first answer."""
MEMORY = 650
"""Most MB that a process holds over all texts."""
SCANNED = 20.0
"""Least MB a second of `find_quotations`."""
ONE_ARTICLE = 0.120
"""Most seconds of an article of 800 words, models loaded."""
MANY = 12_000
"""Least words a second of `attribute_many`."""
TIMES_A_PEER = 3.0
"""How many times as fast as any peer that names speakers `attribute_many` is."""

SPENT: Seconds = defaultdict(float)
"""CPU time of each stage so far: the clock by which its benchmark is timed."""


@pytest.fixture(scope="module")
def articles() -> gold_sets.GoldSet:
    try:
        return gold_sets.load("polnear-dev")
    except gold_sets.Absent:
        return gold_sets.load("articles")


@pytest.fixture(scope="module")
def texts(articles: gold_sets.GoldSet) -> list[str]:
    return [article.text for article in articles.articles]


@pytest.fixture(scope="module")
def one_thread() -> None:
    """Torch on one thread, as a worker of a larger job would run it; models loaded."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    attribute(SENTENCE)


def tell(benchmark: Any, capsys: pytest.CaptureFixture[str], amount: float, unit: str) -> float:
    """Note an amount done in each round as a rate, and print it."""
    rate: float = amount / benchmark.stats.stats.median
    benchmark.extra_info[f"{unit}/s"] = round(rate, 1)
    say(capsys, f"{rate:,.1f} {unit}/s")
    return rate


def say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        print(f" {text} ", end="", flush=True)


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def python(code: str) -> str:
    """What a fresh process prints that runs the code."""
    ran = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=gold_sets.ROOT, capture_output=True, text=True
    )
    return ran.stdout


# --- start and memory --------------------------------------------------------------------------------------


@pytest.mark.benchmark(group="start")
def test_import(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """``import quoteattr`` in a fresh process, beside a process that does nothing."""
    started = time.perf_counter()
    for _ in range(5):
        python("pass")
    nothing = (time.perf_counter() - started) / 5
    benchmark.pedantic(python, ("import quoteattr",), rounds=5, warmup_rounds=1)
    took = benchmark.stats.stats.median - nothing
    benchmark.extra_info["import"] = took
    say(capsys, f"{took:.3f} s")
    assert took <= IMPORT


@pytest.mark.benchmark(group="start")
def test_cold_start(benchmark: Any) -> None:
    """A fresh process up to its first answer, models loaded."""
    code = f"import quoteattr; assert len(quoteattr.attribute({SENTENCE!r})) == 1"
    benchmark.pedantic(python, (code,), rounds=3, warmup_rounds=1)
    assert benchmark.stats.stats.median <= COLD_START


@pytest.mark.benchmark(group="start")
def test_memory(benchmark: Any, texts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The most that a fresh process holds over all texts."""
    pytest.importorskip("resource")
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    code = (
        "import pathlib, resource, quoteattr; "
        f"texts = [path.read_text(encoding='utf-8') for path in pathlib.Path({str(tmp_path)!r}).iterdir()]; "
        "list(quoteattr.attribute_many(texts)); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    most = int(benchmark.pedantic(python, (code,), rounds=1)) // (
        1024 if sys.platform == "linux" else 1024**2
    )
    benchmark.extra_info["MB"] = most
    say(capsys, f"{most} MB")
    assert most <= MEMORY


# --- stages ------------------------------------------------------------------------------------------------


@pytest.mark.benchmark(group="scanner", timer=time.process_time)
def test_find_quotations(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The scanner alone: no model."""
    found = benchmark.pedantic(lambda: [find_quotations(text) for text in texts], rounds=9, warmup_rounds=1)
    assert any(found)
    assert tell(benchmark, capsys, sum(len(text.encode()) for text in texts) / 1e6, "MB") >= SCANNED


def timed_by_itself(stage: str) -> Any:
    return pytest.param(
        stage, marks=pytest.mark.benchmark(group="stages", timer=partial(SPENT.__getitem__, stage))
    )


@pytest.mark.parametrize("stage", list(map(timed_by_itself, STAGES)))
@pytest.mark.usefixtures("one_thread")
def test_stage(stage: str, benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What one stage takes of `attribute_many`."""
    with watched(SPENT):
        benchmark.pedantic(lambda: list(attribute_many(texts)), rounds=3, warmup_rounds=1)
    tell(benchmark, capsys, words(texts), "words")


# --- the whole ---------------------------------------------------------------------------------------------


@pytest.mark.benchmark(group="whole", timer=time.process_time)
@pytest.mark.usefixtures("one_thread")
def test_one_article(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """One article at a time, those nearest to 800 words."""
    some = sorted(texts, key=lambda text: abs(words([text]) - 800))[:9]
    benchmark.pedantic(lambda: [attribute(text) for text in some], rounds=5, warmup_rounds=1)
    took = benchmark.stats.stats.median * 800 / words(some)
    benchmark.extra_info["800 words"] = took
    say(capsys, f"{took * 1000:.1f} ms for 800 words")
    assert took <= ONE_ARTICLE


@pytest.mark.benchmark(group="whole", timer=time.process_time)
@pytest.mark.usefixtures("one_thread")
def test_attribute(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Everything, one article after another, as a caller with one text at a time has it."""
    benchmark.pedantic(lambda: [attribute(text) for text in texts], rounds=5, warmup_rounds=1)
    tell(benchmark, capsys, words(texts), "words")


@pytest.mark.benchmark(group="whole", timer=time.process_time)
@pytest.mark.usefixtures("one_thread")
def test_attribute_many(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Everything, in batches."""
    benchmark.pedantic(lambda: list(attribute_many(texts)), rounds=5, warmup_rounds=1)
    assert tell(benchmark, capsys, words(texts), "words") >= MANY


@pytest.mark.benchmark(group="peers, load included")
@pytest.mark.parametrize("peer", ["textacy", "sayswho"])
@pytest.mark.usefixtures("one_thread")
def test_peer(
    peer: str, benchmark: Any, articles: gold_sets.GoldSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A peer over the same texts, then `attribute_many`, both by the clock. The time of the benchmark holds
    the peer's load; the rate printed does not."""
    if not default_python().exists():
        pytest.skip(f"no Python for peers at {default_python()}; docs/evaluation.md says how to make it")
    try:
        took = benchmark.pedantic(
            run_peer, (peer, articles, tmp_path / "answers.jsonl", default_python()), rounds=1
        )
    except RuntimeError as error:
        pytest.skip(f"{peer} does not run here: {error}")
    rate = took["words"] / took["seconds"]
    texts = [article.text for article in articles.articles]
    times = words(texts) / statistics.median(clocked(texts) for _ in range(5)) / rate
    benchmark.extra_info |= {"words/s": round(rate, 1), "times as fast": round(times, 2)}
    say(capsys, f"{rate:,.1f} words/s, attribute_many {times:.2f} times as fast")
    assert times >= TIMES_A_PEER


def clocked(texts: list[str]) -> float:
    """Seconds of one run by the clock."""
    started = time.perf_counter()
    list(attribute_many(texts))
    return time.perf_counter() - started
