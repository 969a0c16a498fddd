"""What grids of made-up articles share: each cell is asked and its answer graded, and the shares are compared
with floors.

A part of the cells is unseen: a hash chooses them, and they are only counted, never shown.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, Protocol

import click

import quoteattr
from benchmarks import floors
from quoteattr.schema import AttributedArticle, Attribution

Part = Literal["seen", "unseen"]


class Cell(Protocol):
    """One case of a grid."""

    @property
    def text(self) -> str:
        """The article."""

    @property
    def part(self) -> Part:
        """Whether its answer may be looked at."""

    @property
    def group(self) -> str:
        """The group whose share is shown by itself."""

    @property
    def title(self) -> str:
        """What was asked, for the list of wrong cells."""

    def graded(self, article: AttributedArticle) -> Sequence[Attribution]:
        """The attributions that have to be right."""

    def is_right(self, article: AttributedArticle) -> bool:
        """Whether the answer is right."""


def hash_of(text: str) -> int:
    """Returns a number from 0 to 2**32 - 1 that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def figures(results: Sequence[tuple[Cell, bool]]) -> dict[str, float]:
    """The shares that are right, by part, and by part and group."""
    asked, right = Counter[str](), Counter[str]()
    for cell, good in results:
        for key in (cell.part, f"{cell.part}.{cell.group}"):
            asked[key] += 1
            right[key] += good
    return {key: right[key] / n for key, n in sorted(asked.items())}


def wrong_cells(results: Sequence[tuple[Cell, bool]], answers: Sequence[AttributedArticle]) -> Iterator[str]:
    """The wrong cells of the seen part, each with its answer."""
    for (cell, good), article in zip(results, answers, strict=True):
        if not good and cell.part == "seen":
            got = [(a.speaker and a.speaker.name, a.decided_by, a.resolved_by) for a in cell.graded(article)]
            yield f"{cell.title} -> {got}\n    {cell.text!r}"


def command(
    help_text: str, name: str, path: Path, floors_path: Path, cells: Callable[[], Iterator[Cell]]
) -> click.Command:
    """Returns the command line of a grid.

    Args:
        help_text: what it says with --help.
        name: the name under which the floors are pinned.
        path: the file of the grid's parts.
        floors_path: the file of the floors.
        cells: yields every case.
    """

    @click.command(help=help_text)
    @click.option("--wrong", is_flag=True, help="Print the wrong cells of the seen part.")
    @click.option(
        "--sample", type=click.IntRange(1), help="At most so many of them, drawn from a fixed seed."
    )
    @click.option("--floors", "check", is_flag=True, help=f"Compare with {floors_path.name}; fail if below.")
    def main(wrong: bool, sample: int | None, check: bool) -> None:
        grid = list(cells())
        answers = list(quoteattr.attribute_many([cell.text for cell in grid]))
        results = [(cell, cell.is_right(article)) for cell, article in zip(grid, answers, strict=True)]
        counts = Counter(cell.part for cell in grid)
        click.echo(f"{name}: {len(grid)} cells, {counts['seen']} seen, {counts['unseen']} unseen")
        measured = figures(results)
        for key, share in measured.items():
            click.echo(f"  {key:20} {share:.4f}")
        if wrong:
            lines = list(wrong_cells(results, answers))
            click.echo("\n".join(random.Random(0).sample(lines, min(sample or len(lines), len(lines)))))
        if check:
            hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
            kept = floors.check(name, hashes, measured, floors.read(floors_path))
            click.echo(kept.table)
            sys.exit(0 if kept.ok else 1)

    return main
