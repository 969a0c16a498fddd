"""``quoteattr run``: a corpus in, a file of quotations out."""

from __future__ import annotations

import logging
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal

import attrs
import click

import quoteattr
from quoteattr.cli.console import INTERRUPTED, Failure, min_confidence_option, models_option
from quoteattr.corpus.reader import LONGEST, Columns, Corpus
from quoteattr.corpus.runs import AlreadyThere, Progress, RunError, Summary, run, utterances_path
from quoteattr.parsing.parser import load_parser

SOME_REJECTED = 3
"""Exit status where all is done but rows were set aside."""
LOG_EVERY = 60.0
"""Seconds between two lines of a log."""

Shown = Literal["auto", "bar", "log", "none"]


def column_option(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option that says which column holds a field of an article."""
    default = getattr(Columns(), name)
    return click.option(
        f"--{name}", default=default, metavar="COLUMN", help=f"Column of the {name}.", show_default=True
    )


@click.command("run", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument(
    "corpus", nargs=-1, required=True, metavar="CORPUS...", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write: .parquet, .jsonl or .jsonl.gz. It appears when all is done.",
)
@click.option(
    "--articles", is_flag=True, help="One row an article, its text among it, instead of one a quotation."
)
@click.option(
    "--workers", default=1, type=click.IntRange(1), metavar="N", help="Processes.", show_default=True
)
@click.option(
    "--dedup",
    is_flag=True,
    help="Also write every line once, with all its places, to a file like FILE with .utterances.",
)
@click.option("--resume", is_flag=True, help="Go on where an earlier run was ended; start if there was none.")
@min_confidence_option
@column_option("text")
@column_option("id")
@column_option("publisher")
@column_option("published")
@column_option("url")
@click.option(
    "--longest",
    default=LONGEST,
    type=click.IntRange(1),
    metavar="N",
    show_default=True,
    help="Set articles of more characters aside.",
)
@click.option(
    "--progress",
    "shown",
    type=click.Choice(["auto", "bar", "log", "none"]),
    default="auto",
    show_default=True,
    help="auto: a bar on a terminal, nothing in a pipe, a line a minute otherwise.",
)
@models_option
def attribute_corpus(
    corpus: tuple[Path, ...],
    out: Path,
    articles: bool,
    workers: int,
    dedup: bool,
    resume: bool,
    min_confidence: float,
    longest: int,
    shown: Shown,
    models: str,
    **columns: str,
) -> None:
    """Attribute a whole corpus, with several processes, and write one row a quotation.

    CORPUS is files and folders: JSON Lines and CSV (also .gz and .zst) and Parquet hold an article a row;
    plain text and HTML are one article a file. A row that holds none is set aside, in a file named like FILE
    with .rejects.jsonl, and the rest goes on. A run that was ended, in whatever way, goes on with --resume,
    and gives the same.

    Exit status: 0 done; 3 done, with rows set aside; 1 not done; 130 interrupted.
    """
    load = partial(load_parser, models if models in ("bundled", "stanza") else Path(models))  # type: ignore[arg-type]
    try:
        source = Corpus(*corpus, columns=Columns(**columns), longest=longest)
        with progress_shown(shown) as on_progress:
            summary = run(
                source,
                out,
                kind="article" if articles else "quotation",
                workers=workers,
                load=load,
                min_confidence=min_confidence,
                dedup=dedup,
                resume=resume,
                settings=f"quoteattr {quoteattr.__version__}, models {models}",
                on_progress=on_progress,
            )
    except AlreadyThere as error:
        if not resume:
            raise Failure(f"{error}; remove it first") from None
        click.echo(f"quoteattr: {error}, complete", err=True)
    except KeyboardInterrupt:
        click.echo("quoteattr: interrupted; what is done is kept: go on with --resume", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        kept = "; what is done is kept: go on with --resume" if error.errno else ""
        raise Failure(f"{error}{kept}") from None
    except (RunError, ValueError, ImportError, RuntimeError) as error:
        raise Failure(str(error)) from None
    else:
        click.echo(told(summary, out), err=True)
        sys.exit(SOME_REJECTED if summary.rejects else 0)


def told(summary: Summary, out: Path) -> str:
    """The summary for a person.

    >>> from collections import Counter
    >>> told(Summary(1200, 5300, Counter({"bad-row": 2}), Path("q.rejects.jsonl")), Path("q.jsonl"))
    'q.jsonl: 1,200 articles, 5,300 quotations. 2 rows set aside (2 bad-row): q.rejects.jsonl'
    """
    line = f"{out}: {summary.articles:,} articles, {summary.quotations:,} quotations."
    if summary.utterances is not None:
        line += f" {summary.utterances:,} lines: {utterances_path(out)}."
    if summary.rejects:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in summary.rejects.most_common())
        total = summary.rejects.total()
        line += f" {total:,} row{'s' * (total != 1)} set aside ({kinds}): {summary.rejects_path}"
    return line


# Progress


@contextmanager
def progress_shown(shown: Shown) -> Iterator[Callable[[Progress], None]]:
    """What to call with each progress, so that it is shown on standard error as asked."""
    how = kind_of_stderr() if shown == "auto" else shown
    if how == "bar":
        with bar() as on_progress:
            yield on_progress
    elif how == "log":
        yield Log()
    else:
        yield lambda progress: None


def kind_of_stderr() -> Shown:
    """A bar for a terminal, nothing for a pipe, a log for a file or a service manager's socket."""
    if sys.stderr.isatty():
        return "bar"
    try:
        piped = stat.S_ISFIFO(os.fstat(sys.stderr.fileno()).st_mode)
    except (OSError, ValueError):
        piped = True
    return "none" if piped else "log"


@contextmanager
def bar() -> Iterator[Callable[[Progress], None]]:
    """A bar with rate, time left, quotations and rejects."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("loading", total=1.0)
        pace = Pace()

        def on_progress(progress: Progress) -> None:
            shown.update(task, completed=progress.fraction, description=pace.told(progress))

        yield on_progress


class Log:
    """A line in the log at the first progress, and then as often as `LOG_EVERY` says."""

    def __init__(self) -> None:
        logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
        self._logger = logging.getLogger("quoteattr.run")
        self._pace = Pace()
        self._last = -LOG_EVERY

    def __call__(self, progress: Progress) -> None:
        """Log it, if it is time."""
        if time.monotonic() - self._last >= LOG_EVERY:
            self._last = time.monotonic()
            self._logger.info("%.1f %%, %s", 100 * progress.fraction, self._pace.told(progress))


@attrs.define
class Pace:
    """Counts from its first progress on, so that what was kept from an earlier run makes no rate."""

    began: float = attrs.Factory(lambda: time.monotonic())
    articles: int | None = None

    def told(self, progress: Progress) -> str:
        """Articles, rate, quotations and rejects."""
        if self.articles is None:
            self.articles = progress.articles
        rate = (progress.articles - self.articles) / max(time.monotonic() - self.began, 1e-6)
        return (
            f"{progress.articles:,} articles ({rate:.1f}/s), {progress.quotations:,} quotations, "
            f"{progress.rejects:,} set aside"
        )
