"""The program: attributes the quotations of articles and prints a table, JSON or another format.

``quoteattr article.txt`` needs no subcommand. A subcommand is recognised by the first word
(``quoteattr NAME ...``); a file with the name of a subcommand can be given as ``./NAME``.
"""

from __future__ import annotations

import datetime
import difflib
import os
import sys
from collections.abc import Sequence
from itertools import chain
from typing import Any

import click
from click.shell_completion import CompletionItem

from quoteattr.cli.article_files import Details, Tally, open_sources
from quoteattr.cli.article_tables import print_tables
from quoteattr.cli.console import (
    COMMAND_SETTINGS,
    Command,
    attributed,
    html_option,
    indirect_option,
    interruptible,
    metadata_option,
    min_confidence_option,
    models_option,
    published_option,
    publisher_option,
    style_option,
    write_page,
)
from quoteattr.cli.dedup_command import deduplicate_files
from quoteattr.cli.output_formats import FORMATS, formats_help, formatted
from quoteattr.cli.run_command import attribute_corpus
from quoteattr.records import made_by
from quoteattr.schema import Style


def _meant_command(words: Sequence[str]) -> str | None:
    """Returns the subcommand that the first word seems to misspell, if there is no file of this name."""
    near = difflib.get_close_matches(words[0], main.subcommands, 1)
    return near[0] if near and words[0] not in main.subcommands and not os.path.exists(words[0]) else None


def _print_version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(made_by())
        ctx.exit()


def _complete_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Returns what a shell may complete a word to: a file or, for the first word, a subcommand."""
    first = not ctx.params.get("files")
    names = [name for name in main.subcommands if first and name.startswith(incomplete)]
    return [*map(CompletionItem, names), CompletionItem(incomplete, type="file")]


class Program(Command):
    """A command with subcommands. If the first word is not the name of a subcommand, all words are its own
    arguments."""

    subcommands: dict[str, click.Command]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subcommands = {}

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Runs the subcommand that the first word names, or else this command."""
        words = list(sys.argv[1:] if args is None else args)
        name = prog_name or self.name or ""
        if words and words[0] in self.subcommands:
            return self.subcommands[words[0]].main(words[1:], f"{name} {words[0]}", **extra)
        return super().main(words, name, **extra)

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> click.Context:
        """Reads the arguments; when a shell completes them, those of the subcommand, if there is one."""
        if extra.get("resilient_parsing") and args and args[0] in self.subcommands:
            return self.subcommands[args[0]].make_context(args[0], args[1:], *rest, **extra)
        return super().make_context(info_name, args, *rest, **extra)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the subcommands after the options."""
        if self.subcommands:
            with formatter.section("Commands"):
                formatter.write_dl([(n, c.get_short_help_str(limit=80)) for n, c in self.subcommands.items()])
        super().format_epilog(ctx, formatter)


@click.command(
    "quoteattr",
    cls=Program,
    context_settings=COMMAND_SETTINGS,
)
@click.argument("files", nargs=-1, metavar="[FILE]...", shell_complete=_complete_files)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(FORMATS)),
    help=f"Print this instead of a table: {formats_help()}.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Short for --format jsonl.")
@click.option("--csv", "as_csv", is_flag=True, help="Short for --format csv.")
@click.option("--full", is_flag=True, help="Show whole quotations in the table, with the line of each.")
@min_confidence_option
@indirect_option
@style_option
@publisher_option
@published_option
@metadata_option
@html_option
@models_option
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and a digest of the weights, and exit.",
)
@interruptible
def main(
    files: tuple[str, ...],
    output_format: str | None,
    as_json: bool,
    as_jsonl: bool,
    as_csv: bool,
    full: bool,
    min_confidence: float,
    indirect: bool,
    style: Style,
    publisher: str | None,
    published: datetime.datetime | None,
    metadata: str | None,
    page: str | None,
    models: str,
) -> None:
    """Find the quotations in news articles: who said them, and in or to which outlet.

    FILE is one article, as plain text in UTF-8 or as an HTML page, or a table with an article in each row:
    JSON Lines, JSON, CSV or Parquet. Without FILE, or if FILE is "-", read standard input.
    """
    asked = {"json": as_json, "jsonl": as_jsonl, "csv": as_csv, output_format: output_format is not None}
    output_format = _only_output([name for name, given in asked.items() if name and given], page, full)
    _check_usage(files, output_format)
    details, tally = Details.of(metadata, publisher, published), Tally()
    sources = open_sources(files or ("-",), tally)
    if output_format and FORMATS[output_format].takes_one_file and not sources[0].is_text:
        raise click.UsageError(f"{output_format} needs a plain text, in which its offsets count")
    articles = map(details.complete, chain.from_iterable(source.articles for source in sources))
    results = attributed(articles, models, min_confidence, indirect, style=style)
    if page:
        from quoteattr.export import to_html

        write_page(to_html(results), page)
    elif output_format is None:
        print_tables(results, titles=len(files) > 1 or sources[0].has_rows, full=full)
    else:
        for text in formatted(results, output_format, models):
            click.echo(text.encode("utf-8"), nl=False)
    tally.check()


main.subcommands["dedup"] = deduplicate_files
main.subcommands["run"] = attribute_corpus


def _only_output(formats: Sequence[str], page: str | None, full: bool) -> str | None:
    """Returns the one requested format; None for a table or a page."""
    options = [f"--format {name}" for name in formats] + ["--html"] * bool(page)
    options += ["--full"] * full
    if len(options) > 1:
        raise click.UsageError(f"{options[0]} and {options[1]} cannot be combined")
    return formats[0] if formats else None


def _check_usage(files: tuple[str, ...], output_format: str | None) -> None:
    if not files and sys.stdin.isatty():
        raise click.UsageError("name an article, or pipe one in")
    if files and (near := _meant_command(files)):
        raise click.UsageError(f"{files[0]}: no such file or command; did you mean 'quoteattr {near}'?")
    if output_format and FORMATS[output_format].takes_one_file and len(files) > 1:
        raise click.UsageError(f"{output_format} needs a separate file per article: give one FILE at a time")
