"""Shows the progress of a command on standard error: a bar, or a log."""

from __future__ import annotations

import logging
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import attrs
import click

from quoteattr.corpus import Progress
from quoteattr.schema.arguments import counted

BAR_WIDTH = 10
"""Columns of the progress bar, so that its line fits a terminal of 80 columns."""
LOG_INTERVAL = 60.0
"""Seconds between two log lines. They show that a run of several hours is still working."""

ProgressDisplay = Literal["auto", "bar", "log", "none"]


progress_option = click.option(
    "--progress",
    "display",
    type=click.Choice(["auto", "bar", "log", "none"]),
    default="auto",
    show_default=True,
    help="How to show progress. auto: a bar on a terminal, nothing in a pipe, otherwise a line per minute.",
)


@contextmanager
def progress_display(display: ProgressDisplay) -> Iterator[Callable[[Progress], None]]:
    """Yields the function that shows progress on standard error, in the requested way."""
    resolved = display_for_stderr() if display == "auto" else display
    if resolved == "bar":
        with progress_bar() as on_progress:
            yield on_progress
    elif resolved == "log":
        yield ProgressLog()
    else:
        yield lambda progress: None


def display_for_stderr() -> ProgressDisplay:
    """A bar for a terminal, nothing for a pipe, a log for a file or the socket of a service manager."""
    if sys.stderr.isatty():
        return "bar"
    try:
        is_pipe = stat.S_ISFIFO(os.fstat(sys.stderr.fileno()).st_mode)
    except (OSError, ValueError):
        is_pipe = True
    return "none" if is_pipe else "log"


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """Shows a bar with rate, remaining time, quotations and rejects."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(BAR_WIDTH),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("loading", total=1.0)
        rate = Rate()

        def on_progress(progress: Progress) -> None:
            bar.update(task, completed=progress.fraction, description=rate.describe(progress))

        yield on_progress


class ProgressLog:
    """Logs the progress at the first call, and then at most once in `LOG_INTERVAL` seconds."""

    def __init__(self) -> None:
        logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
        self._logger = logging.getLogger("quoteattr.run")
        self._rate = Rate()
        self._last = -LOG_INTERVAL

    def __call__(self, progress: Progress) -> None:
        """Logs the progress if the interval has passed."""
        if time.monotonic() - self._last >= LOG_INTERVAL:
            self._last = time.monotonic()
            found = f"{self._rate.describe(progress)}, {counted(progress.quotations, 'quotation')}"
            self._logger.info("%.1f %%, %s", 100 * progress.fraction, found)


@attrs.define
class Rate:
    """Articles per second since the first call. Articles that were finished before a run was resumed do not
    count."""

    start: float = attrs.Factory(lambda: time.monotonic())
    articles_at_start: int | None = None

    def describe(self, progress: Progress) -> str:
        """The number of articles, their rate, and the number of rejects: short enough for a line with a
        bar."""
        if self.articles_at_start is None:
            self.articles_at_start = progress.articles
        seconds = max(time.monotonic() - self.start, 1e-6)
        rate = (progress.articles - self.articles_at_start) / seconds
        articles = counted(progress.articles, "article")
        return f"{articles}, {rate:.1f}/s, {progress.rejects:,} rejected"
