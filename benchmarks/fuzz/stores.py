"""Opens tampered files of `Deduplicator`, and checks that nothing crashes, no span is wrong, and unchanged
articles can be read."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks.fuzz.findings import Findings
from benchmarks.fuzz.materials import news
from benchmarks.fuzz.tampering import TAMPERINGS, Changed
from quoteattr import Article, Deduplicator, attribute_many

TOGETHER = 25
"""Stores that one process opens, so that its start-up is shared."""


@attrs.define
class StoresReport:
    """What tampered stores have shown."""

    seed: int
    stores: int = 0
    refused: int = 0
    """Stores that gave a clear error."""
    left_out: int = 0
    """Articles of the other stores that were left out."""
    wrong: Findings = attrs.Factory(Findings)
    """Wrong spans, crashes and losses."""

    def __str__(self) -> str:
        return (
            f"seed {self.seed} stores {self.stores}, refused {self.refused}, "
            f"articles left out {self.left_out}, wrong spans, crashes or losses {len(self.wrong)}"
        )


def run_stores(seed: int, stores: int, log: Callable[[str], None] = print) -> StoresReport:
    """Tampers with stores and opens them."""
    report = StoresReport(seed)
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder, "original.db")
        ids = write_store(original)
        for first in range(0, stores, TOGETHER):
            numbers = range(first, min(first + TOGETHER, stores))
            made = [make_store(seed, number, original, Path(folder)) for number in numbers]
            paths = [path for path, _ in made]
            for number, (_, changed), outcome in zip(numbers, made, outcomes(paths), strict=True):
                note(seed, number, changed, outcome, ids, report)
            for path in paths:
                path.unlink()
            log(str(report))
    return report


def write_store(path: Path) -> list[str]:
    """Writes a store with the project's articles and returns their ids, by number."""
    articles = [Article(text, id=f"a{number}", publisher="Herald") for number, text in enumerate(news(), 1)]
    with Deduplicator(path) as store:
        store.add(attribute_many(articles))
        return [str(found.article.id) for found in store.articles()]


def make_store(seed: int, number: int, original: Path, folder: Path) -> tuple[Path, Changed]:
    """Tampers with a copy of a store."""
    rng = random.Random(f"{seed} {number}")
    path = folder / f"{number}.db"
    shutil.copyfile(original, path)
    return path, TAMPERINGS[number % len(TAMPERINGS)](rng, path)


def outcomes(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The outcome of each store; a process that dies is started again after the store that ended it."""
    found: list[dict[str, Any]] = []
    while len(found) < len(paths):
        command = [sys.executable, "-m", "benchmarks.fuzz.store_check", *map(str, paths[len(found) :])]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found += map(json.loads, done.stdout.splitlines())
        if len(found) < len(paths):
            found.append({"wrong": f"the process ended with status {done.returncode}\n{done.stderr[-2000:]}"})
    return found


def note(
    seed: int,
    number: int,
    changed: Changed,
    outcome: dict[str, Any],
    ids: Sequence[str],
    report: StoresReport,
) -> None:
    """Notes what a store gave."""
    kind, source = TAMPERINGS[number % len(TAMPERINGS)].__name__, f"seed {seed}, number {number}"
    report.stores += 1
    if "wrong" in outcome:
        last = outcome["wrong"].strip().splitlines()[-1][:80]
        report.wrong.add(f"{kind}: {last}", source, source, outcome["wrong"])
        return
    if "refused" in outcome:
        report.refused += 1
        if changed is not None:
            report.wrong.add(
                f"{kind}: one article makes the file unreadable", source, source, outcome["refused"]
            )
        return
    report.left_out += len(set(ids) - set(outcome["ids"]))
    if changed is not None:
        lost = [name for at, name in enumerate(ids, 1) if at not in changed and name not in outcome["ids"]]
        if lost:
            report.wrong.add(f"{kind}: other articles are lost", source, source, str(Counter(lost)))
