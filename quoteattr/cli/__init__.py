"""The command line: articles in; a table, JSON or another form of exchange out.

``quoteattr article.txt`` needs no subcommand. Other tasks are subcommands of the same program, known by
their first word (``quoteattr NAME …``); a file of that name is reached as ``./NAME``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

import click

import quoteattr
from quoteattr import records
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
    standard_output,
    write_page,
)
from quoteattr.cli.dedup_command import lines_of_articles
from quoteattr.cli.run_command import attribute_corpus
from quoteattr.layout import one_line
from quoteattr.parsing.parser import default_parser
from quoteattr.schema import Article, AttributedArticle

ROOMY = 100
"""Columns from which the table also has room for the rule that decided."""


Format = Literal["json", "jsonl", "tei", "conllu", "brat", "webanno"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Program(click.Command):
    """A command that also has subcommands: those are known by the first word, all else is its own."""

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
        """List the subcommands under the options."""
        if self.subcommands:
            with formatter.section("Commands"):
                formatter.write_dl([(n, c.get_short_help_str()) for n, c in self.subcommands.items()])
        super().format_epilog(ctx, formatter)


@click.command(
    "quoteattr",
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Print one JSON document (json), a JSON object a quotation (jsonl), TEI, CoNLL-U, brat standoff "
    "(of one FILE) or W3C Web Annotations (webanno), instead of a table.",
)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Short for --format jsonl.")
@min_confidence_option
@html_option
@models_option
@click.version_option(quoteattr.__version__, message="quoteattr %(version)s")
@interruptible
def main(
    files: tuple[str, ...],
    form: Format | None,
    min_confidence: float,
    page: str | None,
    models: str,
) -> None:
    """Find every quotation in news articles: who said it, and to which outlet.

    Each FILE is one article, plain text in UTF-8. With no FILE, or when FILE is "-", read standard input.
    """
    if not files and sys.stdin.isatty():
        raise click.UsageError("name an article, or pipe one in")
    if page and form:
        raise click.UsageError(f"--html or --format {form}: one of them at a time")
    if form == "brat" and len(files) > 1:
        raise click.UsageError("brat keeps each article in files of its own: give one FILE at a time")
    articles = [read(name) for name in files or ("-",)]
    results = attributed(articles, models, min_confidence)
    if page:
        from quoteattr.export.html.render import article_page

        write_page(article_page(results), page)
    elif form == "json":
        click.echo(dumps([article_as_json(result) for result in results], indent=2))
    elif form == "jsonl":
        for result in results:
            for row in records.quotation_rows(result):
                click.echo(dumps(rounded(row)))
    elif form:
        for piece in exported(results, form, models):
            click.echo(piece.encode("utf-8"), nl=False)
    else:
        show(results, titles=len(articles) > 1)


def read(name: str) -> Article:
    """The article in a file, or on standard input ("-"), line breaks as they are."""
    raw = read_bytes(name)
    try:
        return Article(raw.decode("utf-8"), id=None if name == "-" else name)
    except UnicodeDecodeError as error:
        where = "standard input" if name == "-" else name
        raise Failure(
            f"{where}: not UTF-8 (byte 0x{raw[error.start]:02x} at {error.start}); convert it first, "
            f"for example: iconv -f windows-1252 -t utf-8 {'' if name == '-' else name}".rstrip()
        ) from None


main.subcommands["dedup"] = lines_of_articles
main.subcommands["run"] = attribute_corpus


def exported(results: Iterable[AttributedArticle], form: Format, models: str) -> Iterator[str]:
    """The results in a form of exchange. Each is imported when it is asked for: some need an extra."""
    if form == "tei":
        from quoteattr.export.tei import to_tei

        try:
            yield to_tei(results)
        except ImportError as error:
            raise Failure(str(error)) from None
    elif form == "webanno":
        from quoteattr.export.webanno import to_webanno

        yield json.dumps(to_webanno(results), ensure_ascii=False, indent=2) + "\n"
    elif form == "brat":
        from quoteattr.export.brat import to_brat

        yield from map(to_brat, results)
    else:
        from quoteattr.export.conllu import to_conllu

        parser = chosen_parser(models) or default_parser()
        for result in results:
            (parse,) = parser.parse([result.article.text])
            yield to_conllu([(result, parse)])


# JSON


def article_as_json(result: AttributedArticle) -> records.Row:
    """An article row for people: without the text, which they have; docs/api.md describes it."""
    row = records.article_row(result)
    del row["text"]
    return {**row, "quotations": list(map(rounded, row["quotations"]))}


def rounded(quotation: records.Row) -> records.Row:
    """The row with its confidence to three places.

    >>> rounded({"confidence": 0.98765})
    {'confidence': 0.988}
    """
    return {**quotation, "confidence": round(quotation["confidence"], 3)}


# Table


def show(results: Iterable[AttributedArticle], *, titles: bool) -> None:
    """Print a table for each article, as soon as it is there."""
    from rich.text import Text

    terminal = standard_output()
    for number, result in enumerate(results):
        if titles:
            terminal.print("\n" * bool(number), Text(result.article.id or "standard input", "bold"), sep="")
        if not len(result):
            terminal.print("no quotations found")
            continue
        terminal.print(table(result, terminal.width))
        terminal.print(speakers_line(result))


def table(result: AttributedArticle, width: int) -> Any:
    """A row for each quotation; the words get the room that the names leave them."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    lines = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    lines.add_column("Quotation", ratio=1, no_wrap=True, overflow="ellipsis")
    names = ("Speaker", "Outlet", "Decided by")[: 3 if width >= ROOMY else 2]
    for title in names:
        lines.add_column(title, max_width=width // 5, no_wrap=True, overflow="ellipsis")
    lines.add_column("Sure", justify="right", no_wrap=True)
    for attribution in result:
        cells = (
            Text(attribution.speaker.name, "bold") if attribution.speaker else Text("–", "dim"),
            Text(attribution.outlet.name if attribution.outlet else ""),
            Text(attribution.decided_by or "", "dim"),
        )
        words = Text(one_line(attribution.quotation.outer.text))
        lines.add_row(words, *cells[: len(names)], f"{attribution.confidence:.2f}")
    return lines


def speakers_line(result: AttributedArticle) -> str:
    """Who speaks how often.

    >>> from quoteattr.schema import Attribution, Quotation, Span, Speaker
    >>> text = "“Yes,” said Ann Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> ann = Speaker("Ann Lee", "person")
    >>> speakers_line(AttributedArticle(Article(text), (Attribution(quotation, speaker=ann),), (ann,)))
    '1 quotation. Speakers: Ann Lee (1)'
    """
    count = Counter(attribution.speaker.name for attribution in result if attribution.speaker)
    number = f"{len(result)} quotation{'s' * (len(result) != 1)}."
    if not count:
        return f"{number} No speaker found"
    return f"{number} Speakers: " + ", ".join(f"{name} ({times})" for name, times in count.items())
