"""``quoteattr run``: attributes a whole corpus and writes a file of quotations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from quoteattr.cli.console import (
    COMMAND_SETTINGS,
    INTERRUPTED,
    SOME_REJECTED,
    Command,
    Failure,
    indirect_option,
    metadata_option,
    min_confidence_option,
    models_option,
    say,
    style_option,
    workers_option,
)
from quoteattr.cli.progress import ProgressDisplay, progress_display, progress_option
from quoteattr.corpus import Columns, Corpus, OutputExistsError, RunError, Summary, run
from quoteattr.corpus.outputs import utterances_path
from quoteattr.corpus.reader import LONGEST_ARTICLE
from quoteattr.layout import visible
from quoteattr.parallel import BATCH_TIMEOUT
from quoteattr.parsing.parser import load_parser
from quoteattr.records import made_by
from quoteattr.schema import Style
from quoteattr.schema.arguments import counted


def column_option(name: str, content: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An option for the name of the column with a field of an article."""
    default = getattr(Columns(), name)
    return click.option(
        f"--{name}", default=default, metavar="COLUMN", help=f"Column with {content}.", show_default=True
    )


@click.command("run", cls=Command, context_settings=COMMAND_SETTINGS)
@click.argument(
    "corpus", nargs=-1, required=True, metavar="CORPUS...", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Output file: .parquet, .jsonl, .jsonl.gz or .csv. It appears when the run is complete.",
)
@click.option(
    "--articles",
    is_flag=True,
    help="Write one row per article, with its text, instead of one row per quotation.",
)
@workers_option
@click.option(
    "--dedup",
    is_flag=True,
    help="Also deduplicate: write each utterance once, with all its appearances, to FILE with .utterances "
    "before its suffix.",
)
@click.option(
    "--resume", is_flag=True, help="Continue an interrupted run. Starts a new run if there is none."
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace FILE and the files of rejects and utterances beside it, and discard an unfinished run. "
    "Without it, nothing that exists is replaced.",
)
@min_confidence_option
@indirect_option
@style_option
@column_option("text", "the text")
@column_option("id", "the id")
@column_option("publisher", "the publisher")
@column_option("published", "the day of publication")
@column_option("url", "the web address")
@click.option(
    "--date-format",
    metavar="FORMAT",
    help="How dates are written, like %d/%m/%Y (strptime). Not needed for 2024-05-02, 2 May 2024 and "
    "May 2, 2024. An article with a date that cannot be read has none, with a warning among the rejects.",
)
@metadata_option
@click.option(
    "--longest",
    default=LONGEST_ARTICLE,
    type=click.IntRange(1),
    metavar="N",
    show_default=True,
    help="Reject articles of more than N characters.",
)
@click.option(
    "--timeout",
    default=BATCH_TIMEOUT,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    show_default=True,
    help="End a worker that takes longer for a batch of some 80 articles; reject the article responsible.",
)
@progress_option
@models_option
def attribute_corpus(
    corpus: tuple[Path, ...],
    out: Path,
    articles: bool,
    workers: int,
    dedup: bool,
    resume: bool,
    overwrite: bool,
    min_confidence: float,
    indirect: bool,
    style: Style,
    date_format: str | None,
    metadata: str | None,
    longest: int,
    timeout: float,
    display: ProgressDisplay,
    models: str,
    **columns: str,
) -> None:
    """Attribute all articles of a corpus and write one row per quotation.

    CORPUS is one or more files and folders. JSON Lines, CSV (both also as .gz and .zst), JSON and Parquet
    files have one article per row; text and HTML files are one article each. Rows without a valid article are
    written to a file of rejects beside FILE (.rejects.jsonl), and the run continues, as it does after files
    that cannot be read. Warnings about dates and encodings are written there, too. A run that was
    interrupted in any way can be continued with --resume, with the same result.

    Exit status: 0 complete; 3 complete, but rows were rejected; 1 failed; 2 wrong usage; 130 interrupted.
    """
    if resume and overwrite:
        raise click.UsageError("--resume and --overwrite cannot be combined")
    if articles and out.suffix.lower() == ".csv":
        raise click.UsageError("--articles and a .csv output cannot be combined: it has a row per quotation")
    load = partial(load_parser, models if models in ("bundled", "stanza") else Path(models))  # type: ignore[arg-type]
    with _errors_as_messages():
        source = Corpus(
            *corpus, columns=Columns(**columns), longest=longest, date_format=date_format, metadata=metadata
        )
        with progress_display(display) as on_progress:
            summary = run(
                source,
                out,
                kind="article" if articles else "quotation",
                workers=workers,
                load=load,
                min_confidence=min_confidence,
                indirect=indirect,
                style=style,
                dedup=dedup,
                resume=resume,
                overwrite=overwrite,
                timeout=timeout,
                version=made_by(models),
                on_progress=on_progress,
            )
        click.echo(visible(summary_line(summary, out), kept=""), err=True)
        sys.exit(SOME_REJECTED if summary.rejects else 0)


@contextmanager
def _errors_as_messages() -> Iterator[None]:
    """If a run fails, prints the error as one line on standard error and exits with the status for it."""
    try:
        yield
    except OutputExistsError as error:
        if not error.complete:
            raise Failure(f"{error}; name another output, or replace it with --overwrite") from None
        say(f"{error}, complete")
    except KeyboardInterrupt:
        say("interrupted; finished work is kept: continue with --resume")
        sys.exit(INTERRUPTED)
    except OSError as error:
        kept = "; finished work is kept: continue with --resume" if error.errno else ""
        raise Failure(f"{error}{kept}") from None
    except (RunError, ValueError, ImportError, RuntimeError) as error:
        raise Failure(str(error)) from None


def summary_line(summary: Summary, out: Path) -> str:
    """The summary of a run for a user.

    >>> from collections import Counter
    >>> summary = Summary(1200, 5300, Counter({"bad-row": 2}), Path("q.rejects.jsonl"))
    >>> summary_line(summary, Path("q.jsonl"))
    'q.jsonl: 1,200 articles, 5,300 quotations. 2 rows rejected (2 bad-row): q.rejects.jsonl'
    """
    line = f"{out}: {counted(summary.articles, 'article')}, {counted(summary.quotations, 'quotation')}."
    if summary.utterances is not None:
        line += f" {counted(summary.utterances, 'utterance')}: {utterances_path(out)}."
    if summary.rejects:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in summary.rejects.most_common())
        line += f" {counted(summary.rejects.total(), 'row')} rejected ({kinds})"
    if summary.warnings:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in summary.warnings.most_common())
        line += f"{',' if summary.rejects else ''} {counted(summary.warnings.total(), 'warning')} ({kinds})"
    return f"{line}: {summary.rejects_path}" if summary.rejects_path else line
