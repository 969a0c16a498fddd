"""The command line: ``python -m benchmarks.fuzz COMMAND``."""

from __future__ import annotations

import sys
from typing import Any

import click

seed_option = click.option("--seed", default=1, show_default=True, help="Determines all inputs.")


@click.group()
def main() -> None:
    """Feed the library generated inputs, and report what it does not withstand."""


@main.command()
@seed_option
@click.option("--inputs", default=1000, show_default=True, type=click.IntRange(1), help="Number of texts.")
@click.option("--first", default=0, help="Number of the first text, to continue a run.")
def texts(seed: int, inputs: int, first: int) -> None:
    """Texts of many kinds over the public API."""
    import torch

    from benchmarks.fuzz.texts import run_texts, shrink_raising

    torch.set_num_threads(1)
    report = run_texts(seed, inputs, first, log=_progress)
    click.echo(report)
    for findings in (report.raised.report(shrink_raising), report.slow.report()):
        if findings:
            click.echo(findings)
    sys.exit(bool(len(report.raised) + len(report.slow)))


@main.command()
@seed_option
@click.option("--files", default=200, show_default=True, type=click.IntRange(1), help="Number of files.")
def files(seed: int, files: int) -> None:
    """Corrupted files through quoteattr run."""
    from benchmarks.fuzz.files import run_files

    _end(run_files(seed, files, log=_progress), "ended", "lost")


@main.command()
@seed_option
@click.option("--stores", default=200, show_default=True, type=click.IntRange(1), help="Number of stores.")
def stores(seed: int, stores: int) -> None:
    """Tampered files of Deduplicator."""
    from benchmarks.fuzz.stores import run_stores

    _end(run_stores(seed, stores, log=_progress), "wrong")


@main.command()
@seed_option
@click.option("--times", default=20, show_default=True, type=click.IntRange(1), help="Kills, and races.")
def kills(seed: int, times: int) -> None:
    """Runs that are killed, and runs that race for one output."""
    from benchmarks.fuzz.kills import run_kills

    _end(run_kills(seed, times, log=_progress), "faults")


@main.command()
@click.argument("target", type=click.Choice(["detection", "formats", "store"]))
@seed_option
@click.option("--inputs", default=1000, show_default=True, type=click.IntRange(1), help="Number of inputs.")
def targets(target: str, seed: int, inputs: int) -> None:
    """A target of atheris, without it."""
    from benchmarks.fuzz.targets import run_plain

    _end(run_plain(target, seed, inputs), "raised")


def _progress(line: str) -> None:
    click.echo(line, err=True)


def _end(report: Any, *kinds: str) -> None:
    """Prints a report with its findings, and ends with status 1 if there is one."""
    click.echo(report)
    for kind in kinds:
        if findings := getattr(report, kind):
            click.echo(findings.report())
    sys.exit(any(len(getattr(report, kind)) for kind in kinds))


if __name__ == "__main__":
    main()
