"""The program: attributes the quotations of articles and prints a table, JSON or another format.

``quoteattr article.txt`` needs no subcommand. A subcommand is recognised by the first word
(``quoteattr NAME ...``); a file with the name of a subcommand can be given as ``./NAME``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import chain
from typing import Any

import click

import quoteattr
from quoteattr.cli.article_files import Tally, open_source
from quoteattr.cli.article_tables import print_tables
from quoteattr.cli.console import (
    COMMAND_SETTINGS,
    Command,
    attributed,
    html_option,
    indirect_option,
    interruptible,
    min_confidence_option,
    models_option,
    write_page,
)
from quoteattr.cli.dedup_command import deduplicate_files
from quoteattr.cli.output_formats import FORMATS, formats_help, formatted
from quoteattr.cli.run_command import attribute_corpus


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
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(FORMATS)),
    help=f"Print this instead of a table: {formats_help()}.",
)
@click.option("--json", "output_format", flag_value="json", help="Short for --format json.")
@click.option("--jsonl", "output_format", flag_value="jsonl", help="Short for --format jsonl.")
@min_confidence_option
@indirect_option
@html_option
@models_option
@click.version_option(quoteattr.__version__, message="quoteattr %(version)s")
@interruptible
def main(
    files: tuple[str, ...],
    output_format: str | None,
    min_confidence: float,
    indirect: bool,
    page: str | None,
    models: str,
) -> None:
    """Find the quotations in news articles: who said them, and in or to which outlet.

    FILE is one article, as plain text in UTF-8 or as an HTML page, or a table with an article in each row:
    JSON Lines, CSV or Parquet. Without FILE, or if FILE is "-", read standard input.
    """
    _check_usage(files, output_format, page)
    tally = Tally()
    sources = [open_source(name, tally) for name in files or ("-",)]
    if output_format and FORMATS[output_format].takes_one_file and not sources[0].is_text:
        raise click.UsageError(f"{output_format} needs a plain text, in which its offsets count")
    articles = chain.from_iterable(source.articles for source in sources)
    results = attributed(articles, models, min_confidence, indirect)
    if page:
        from quoteattr.export import to_html

        write_page(to_html(results), page)
    elif output_format is None:
        print_tables(results, titles=len(sources) > 1 or sources[0].has_rows)
    else:
        for text in formatted(results, output_format, models):
            click.echo(text.encode("utf-8"), nl=False)
    tally.check()


main.subcommands["dedup"] = deduplicate_files
main.subcommands["run"] = attribute_corpus


def _check_usage(files: tuple[str, ...], output_format: str | None, page: str | None) -> None:
    if not files and sys.stdin.isatty():
        raise click.UsageError("name an article, or pipe one in")
    if page and output_format:
        raise click.UsageError(f"--html and --format {output_format} cannot be combined")
    if output_format and FORMATS[output_format].takes_one_file and len(files) > 1:
        raise click.UsageError(f"{output_format} needs a separate file per article: give one FILE at a time")
