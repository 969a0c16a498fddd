"""How fast it is: start, scanner, parser, the whole, and a peer on the same machine in the same run.

    python -m pytest benchmarks/test_speed.py
    python -m pytest benchmarks/test_speed.py --benchmark-autosave --benchmark-compare

One thread. The texts are PolNeAR's dev articles where they are at hand, as news is mixed there (890
quotations in 68,000 words); else the project's own annotated articles, in which every third sentence is
quoted. Rates (words a second, MB a second) stand in each benchmark's ``extra_info`` and are printed at the
end of its line.
Not part of the default test run: timings on a busy machine prove nothing.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks import gold
from benchmarks.peers.__main__ import default_python
from benchmarks.peers.__main__ import run as run_peer
from quoteattr import Parser, attribute, attribute_many, find_quotations, load_parser
from quoteattr.syntax import Parse

SENTENCE = "“Yes,” Ann Lee said."


@pytest.fixture(scope="module")
def articles() -> gold.GoldSet:
    try:
        return gold.load("polnear-dev")
    except gold.Absent:
        return gold.load("articles")


@pytest.fixture(scope="module")
def texts(articles: gold.GoldSet) -> list[str]:
    return [article.text for article in articles.articles]


@pytest.fixture(scope="module")
def one_thread() -> None:
    """Torch on one thread, as a worker of a larger job would run it."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)


def tell(benchmark: Any, capsys: pytest.CaptureFixture[str], amount: float, unit: str) -> None:
    """Note an amount done in each round as a rate, and print it."""
    rate = amount / benchmark.stats.stats.min
    benchmark.extra_info[f"{unit}/s"] = round(rate, 1)
    with capsys.disabled():
        print(f" {rate:,.1f} {unit}/s ", end="", flush=True)


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, cwd=gold.ROOT)


@pytest.mark.benchmark(group="start")
def test_interpreter_alone(benchmark: Any) -> None:
    """What every start costs; take it off the two below."""
    benchmark.pedantic(python, ("pass",), rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group="start")
def test_import(benchmark: Any) -> None:
    """``import quoteattr`` in a fresh process."""
    benchmark.pedantic(python, ("import quoteattr",), rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group="start")
def test_cold_start(benchmark: Any) -> None:
    """A fresh process up to its first answer, models loaded."""
    code = f"import quoteattr; assert len(quoteattr.attribute({SENTENCE!r})) == 1"
    benchmark.pedantic(python, (code,), rounds=3, warmup_rounds=1)


@pytest.mark.benchmark(group="stages")
def test_find_quotations(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The scanner alone: no model."""
    found = benchmark(lambda: [find_quotations(text) for text in texts])
    assert any(found)
    tell(benchmark, capsys, sum(len(text.encode()) for text in texts) / 1e6, "MB")


class Remembered:
    """A parser that parses each text once, so that the second time shows what the rest costs."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self.parses: dict[str, Parse] = {}

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        new = [text for text in dict.fromkeys(texts) if text not in self.parses]
        if new:
            self.parses.update(zip(new, self.parser.parse(new), strict=True))
        return [self.parses[text] for text in texts]


@pytest.mark.benchmark(group="stages")
@pytest.mark.usefixtures("one_thread")
def test_parse(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The parser alone, on the frames of all articles at once; in words of the articles."""
    parser = Remembered(load_parser())
    for text in texts:
        attribute(text, parser=parser)
    benchmark.pedantic(lambda: parser.parser.parse(list(parser.parses)), rounds=3)
    tell(benchmark, capsys, words(texts), "words")


@pytest.mark.benchmark(group="stages")
@pytest.mark.usefixtures("one_thread")
def test_all_but_the_parser(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Scanner, rules, coreference and outlets on parses that are there already."""
    parser = Remembered(load_parser())
    benchmark.pedantic(lambda: [attribute(text, parser=parser) for text in texts], rounds=5, warmup_rounds=1)
    tell(benchmark, capsys, words(texts), "words")


@pytest.mark.benchmark(group="whole")
@pytest.mark.usefixtures("one_thread")
def test_attribute(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Everything, one article after another, as a caller with one text at a time has it."""
    attribute(SENTENCE)
    benchmark.pedantic(lambda: [attribute(text) for text in texts], rounds=3)
    tell(benchmark, capsys, words(texts), "words")


@pytest.mark.benchmark(group="whole")
@pytest.mark.usefixtures("one_thread")
def test_attribute_many(benchmark: Any, texts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Everything, in batches."""
    attribute(SENTENCE)
    benchmark.pedantic(lambda: list(attribute_many(texts)), rounds=3)
    tell(benchmark, capsys, words(texts), "words")


@pytest.mark.benchmark(group="peers, load included")
@pytest.mark.parametrize("peer", ["textacy", "sayswho"])
def test_peer(
    peer: str, benchmark: Any, articles: gold.GoldSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A peer over the same texts. The time of the benchmark holds its load; the rate printed does not."""
    if not default_python().exists():
        pytest.skip(f"no Python for peers at {default_python()}; docs/evaluation.md says how to make it")
    try:
        took = benchmark.pedantic(
            run_peer, (peer, articles, tmp_path / "answers.jsonl", default_python()), rounds=1
        )
    except RuntimeError as error:
        pytest.skip(f"{peer} does not run here: {error}")
    rate = took["words"] / took["seconds"]
    benchmark.extra_info["words/s"] = round(rate, 1)
    with capsys.disabled():
        print(f" {rate:,.1f} words/s ", end="", flush=True)
