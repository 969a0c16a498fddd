"""The program: attributes the quotations of articles and prints a table, JSON or another format.

``quoteattr article.txt`` needs no subcommand. A subcommand is recognised by the first word
(``quoteattr NAME ...``); a file with the name of a subcommand can be given as ``./NAME``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

import click

import quoteattr
from quoteattr import records
from quoteattr.cli.article_tables import print_tables
from quoteattr.cli.console import (
    Failure,
    attributed,
    chosen_parser,
    dumps,
    html_option,
    interruptible,
    min_confidence_option,
    models_option,
    read_bytes,
    write_page,
)
from quoteattr.cli.dedup_command import deduplicate_files
from quoteattr.cli.run_command import attribute_corpus
from quoteattr.parsing.parser import default_parser
from quoteattr.schema import Article, AttributedArticle

ExchangeFormat = Literal["tei", "conllu", "brat", "webanno"]
Format = Literal["json", "jsonl", "tei", "conllu", "brat", "webanno"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Program(click.Command):
    """A command with subcommands, recognised by the first word; any other words are its own arguments."""

    subcommands: dict[str, click.Command]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subcommands = {}

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run the subcommand that the first word names, or else this command."""
        words = list(sys.argv[1:] if args is None else args)
        name = prog_name or self.name or ""
        if words and words[0] in self.subcommands:
            return self.subcommands[words[0]].main(words[1:], f"{name} {words[0]}", **extra)
        return super().main(words, name, **extra)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands after the options."""
        if self.subcommands:
            with formatter.section("Commands"):
                formatter.write_dl([(n, c.get_short_help_str(limit=80)) for n, c in self.subcommands.items()])
        super().format_epilog(ctx, formatter)


@click.command(
    "quoteattr",
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    help="Instead of a table, print one JSON document (json), one JSON object per quotation (jsonl), TEI, "
    "CoNLL-U, brat standoff (one FILE only) or W3C Web Annotations (webanno).",
)
@click.option("--json", "output_format", flag_value="json", help="Short for --format json.")
@click.option("--jsonl", "output_format", flag_value="jsonl", help="Short for --format jsonl.")
@min_confidence_option
@html_option
@models_option
@click.version_option(quoteattr.__version__, message="quoteattr %(version)s")
@interruptible
def main(
    files: tuple[str, ...],
    output_format: Format | None,
    min_confidence: float,
    page: str | None,
    models: str,
) -> None:
    """Find the quotations in news articles: who said them, and in or to which outlet.

    Each FILE is one article: plain text in UTF-8. Without FILE, or if FILE is "-", read standard input.
    """
    _check_usage(files, output_format, page)
    articles = [read_article(name) for name in files or ("-",)]
    results = attributed(articles, models, min_confidence)
    if page:
        from quoteattr.export import to_html

        write_page(to_html(results), page)
    elif output_format is None:
        print_tables(results, titles=len(articles) > 1)
    else:
        for text in formatted(results, output_format, models):
            click.echo(text.encode("utf-8"), nl=False)


main.subcommands["dedup"] = deduplicate_files
main.subcommands["run"] = attribute_corpus


def _check_usage(files: tuple[str, ...], output_format: Format | None, page: str | None) -> None:
    if not files and sys.stdin.isatty():
        raise click.UsageError("name an article, or pipe one in")
    if page and output_format:
        raise click.UsageError(f"--html and --format {output_format} cannot be combined")
    if output_format == "brat" and len(files) > 1:
        raise click.UsageError("brat needs a separate file per article: give one FILE at a time")


def read_article(name: str) -> Article:
    """The article in a file, or on standard input ("-"), with its line breaks unchanged."""
    content = read_bytes(name)
    try:
        return Article(content.decode("utf-8"), id=None if name == "-" else name)
    except UnicodeDecodeError as error:
        source = "standard input" if name == "-" else name
        raise Failure(
            f"{source}: not UTF-8 (byte 0x{content[error.start]:02x} at {error.start}); convert it first, "
            f"for example: iconv -f windows-1252 -t utf-8 {'' if name == '-' else name}".rstrip()
        ) from None


def formatted(results: Iterable[AttributedArticle], output_format: Format, models: str) -> Iterator[str]:
    """Yields the output in a format, in pieces."""
    if output_format == "json":
        yield dumps([article_json(result) for result in results], indent=2) + "\n"
    elif output_format == "jsonl":
        for result in results:
            for row in records.quotation_rows(result):
                yield dumps(with_rounded_confidence(row)) + "\n"
    else:
        yield from exported(results, output_format, models)


def exported(
    results: Iterable[AttributedArticle], output_format: ExchangeFormat, models: str
) -> Iterator[str]:
    """Yields the output in an exchange format, in pieces."""
    from quoteattr import export

    if output_format == "tei":
        try:
            yield export.to_tei(results)
        except ImportError as error:
            raise Failure(str(error)) from None
    elif output_format == "webanno":
        yield json.dumps(export.to_webanno(results), ensure_ascii=False, indent=2) + "\n"
    elif output_format == "brat":
        yield from map(export.to_brat, results)
    else:
        parser = chosen_parser(models) or default_parser()
        for result in results:
            (parse,) = parser.parse([result.article.text])
            yield export.to_conllu([(result, parse)])


def article_json(result: AttributedArticle) -> records.Row:
    """The article row without the text, which the user has; docs/api.md describes it."""
    row = records.article_row(result)
    del row["text"]
    return {**row, "quotations": list(map(with_rounded_confidence, row["quotations"]))}


def with_rounded_confidence(quotation: records.Row) -> records.Row:
    """The row with its confidence rounded to three decimals.

    >>> with_rounded_confidence({"confidence": 0.98765})
    {'confidence': 0.988}
    """
    return {**quotation, "confidence": round(quotation["confidence"], 3)}
