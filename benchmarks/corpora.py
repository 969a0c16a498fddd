"""Measures a run over many articles: rate, memory, speed-up by workers, and whether anything is lost.

    python -m benchmarks.corpora --articles 10000 --articles 100000 --workers 2
    python -m benchmarks.corpora --articles 10000 --articles 100000 --words 700 --quoting 0.005

The articles are synthetic: sentences of a few forms with names, roles and papers. Long articles have a
quotation in about every sixty words, short ones in every twenty-five. An article without quotations is not
parsed, so a corpus with few quotations shows the use of memory in a short time. Each run is the command
`quoteattr run` in processes of its own. Memory is the sum over the command and its workers, sampled four
times a second; pages that they share are counted for each process.
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import click
import pyarrow.parquet as pq

from benchmarks.synthetic_lines import ADJECTIVES, NOUNS, VERBS

FIRST = "Ann Bashir Carla Dev Erin Femi Grace Hugo Imani Jonas Karin Leo Mina Noel Olga Piet Rosa".split()
LAST = "Adler Brandt Cole Dhillon Ekwueme Frost Grant Hale Ivers Jansen Khan Lowe Mwangi Nair Osman".split()
ROLES = ("the mayor", "a councillor", "the chief engineer", "a shopkeeper", "the head teacher", "a farmer")
PAPERS = ("the Herald", "the Daily Echo", "BBC News", "the Sunday Ledger", "Reuters", "the Northern Times")
WORDS_A_QUOTATION = 60
"""In PolNeAR's development set there is one in 62."""


def articles(number: int, words: int, quoting: float = 1.0, seed: int = 3) -> Iterator[dict[str, str]]:
    """Articles of some so many words, each with an id; so many of them with a quotation or more.

    >>> one, two = articles(2, 120)
    >>> one["id"], two["id"], one["text"] != two["text"], one["text"].count("“")
    ('00000000', '00000001', True, 2)
    """
    rng = random.Random(seed)
    for at in range(number):
        first = scene if rng.random() < quoting else plain
        paragraphs = [f"{first(rng)} {plain(rng)}" for _ in range(words // WORDS_A_QUOTATION)]
        yield {"id": f"{at:08}", "text": "\n".join(paragraphs or [first(rng)])}


def scene(rng: random.Random) -> str:
    """Somebody comes and says something: some twenty-five words."""
    last = rng.choice(LAST)
    said = rng.choice(
        (
            f"“{wish(rng)},” {last} told {rng.choice(PAPERS)}.",
            f"“{wish(rng)},” said {last}.",
            f"{last} said: “{wish(rng)}.”",
            f"According to {last}, “{wish(rng, capital=False)}”.",
        )
    )
    came = f"{rng.choice(FIRST)} {last}, {rng.choice(ROLES)}, came to see the {thing(rng)} on Monday morning."
    return f"{came} {said}"


def plain(rng: random.Random) -> str:
    """Some thirty-five words that nobody says."""
    return (
        f"The {thing(rng)} beside it has stood there since {rng.randrange(1850, 2015)}, and the town wants "
        f"to {rng.choice(VERBS)} it next year, with a {thing(rng)} that would cost {rng.randrange(2, 90)} "
        f"million pounds and take {rng.randrange(3, 30)} months."
    )


def wish(rng: random.Random, *, capital: bool = True) -> str:
    """What somebody says."""
    return f"{'We' if capital else 'we'} must {rng.choice(VERBS)} the {thing(rng)} before the winter"


def thing(rng: random.Random) -> str:
    """An adjective and a noun."""
    return f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"


@attrs.frozen
class Ran:
    """One run, measured."""

    seconds: float
    """From start to end, loading included."""
    cpu: float
    """Seconds of all processes together, which hardly depend on what else the machine does."""
    megabytes: int
    """Most resident memory, of all processes together."""
    lost: int
    """Articles that are not in the output, in their place, with a quotation if they have one."""
    digest: str
    """Of the output: the same for any number of workers."""


def measure(corpus: Path, out: Path, number: int, workers: int) -> Ran:
    """Run the command and measure it."""
    command = [sys.executable, "-m", "quoteattr", "run", str(corpus), "--out", str(out), "--articles"]
    began, spent = time.monotonic(), cpu_of_children()
    process = subprocess.Popen([*command, "--workers", str(workers), "--progress", "none"])
    peak = [0]
    watch = threading.Thread(target=watch_memory, args=(process, peak), daemon=True)
    watch.start()
    if process.wait():
        sys.exit(f"quoteattr run ended with status {process.returncode}")
    seconds = time.monotonic() - began
    watch.join()
    with open(out, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()[:8]
    return Ran(seconds, cpu_of_children() - spent, peak[0] // 1024, number - found_in(out, number), digest)


def cpu_of_children() -> float:
    """Seconds that children of this process have used, and theirs, once they have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def found_in(out: Path, number: int) -> int:
    """How many articles are there in their place, with a quotation if they have one."""
    columns = ["article", "text", "quotations"]
    batches = pq.ParquetFile(out).iter_batches(1000, columns=columns)
    rows = (row for batch in batches for row in zip(*(batch[c].to_pylist() for c in columns), strict=True))
    ids = (f"{at:08}" for at in range(number))
    right = (
        name == wanted and bool(said) == ("“" in text)
        for (name, text, said), wanted in zip(rows, ids, strict=True)
    )
    return sum(right)


def watch_memory(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    """Keep the greatest sum of resident memory, in kB, of the process and its children."""
    while process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        try:
            pids = [process.pid, *map(int, children.read_text().split())]
        except OSError:
            pids = []
        peak[0] = max(peak[0], sum(map(resident, pids)))
        time.sleep(0.25)


def resident(pid: int) -> int:
    """Resident memory in kB; 0 if the process has gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)


@click.command()
@click.option(
    "--articles", "numbers", multiple=True, type=click.IntRange(1), default=[1000], show_default=True
)
@click.option("--words", default=25, show_default=True, help="Words of an article.")
@click.option("--quoting", default=1.0, show_default=True, help="Share of articles with quotations.")
@click.option("--workers", multiple=True, type=click.IntRange(1), default=[2], show_default=True)
def main(numbers: Sequence[int], words: int, quoting: float, workers: Sequence[int]) -> None:
    """Synthesise corpora, run over them, and print what was measured."""
    click.echo(
        f"{'articles':>9} {'words':>11} {'workers':>7} {'s':>7} {'CPU s':>7} {'articles/s':>10} "
        f"{'words/s':>8} {'MB':>6} {'lost':>5} output"
    )
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            corpus, total = Path(folder, "corpus.jsonl"), 0
            with open(corpus, "w", encoding="utf-8") as stream:
                for article in articles(number, words, quoting):
                    total += len(article["text"].split())
                    stream.write(json.dumps(article) + "\n")
            for count in workers:
                out = Path(folder, "out.parquet")
                ran = measure(corpus, out, number, count)
                out.unlink()
                click.echo(
                    f"{number:9,} {total:11,} {count:7} {ran.seconds:7.1f} {ran.cpu:7.1f} "
                    f"{number / ran.seconds:10.1f} {total / ran.seconds:8,.0f} {ran.megabytes:6,} "
                    f"{ran.lost:5} {ran.digest}"
                )


if __name__ == "__main__":
    main()
