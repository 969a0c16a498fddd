"""``quoteattr dedup``: every line that some articles quote, once, with all places that carry it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import attrs
import click

import quoteattr
from quoteattr.cli.console import (
    Failure,
    Unreadable,
    attributed,
    dumps,
    html_option,
    interruptible,
    models_option,
    standard_output,
    write_page,
)
from quoteattr.corpus.reader import Corpus, Reject
from quoteattr.layout import one_line
from quoteattr.schema import Appearance, Article, AttributedArticle, Conflict, Utterance

if TYPE_CHECKING:
    from rich.table import Table

NAME_WIDTH = 36
"""Columns that a publisher or an outlet may take."""


@click.command("dedup", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, a list of lines.")
@click.option(
    "--min-articles",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="Leave out lines that fewer than N articles carry.",
)
@html_option
@models_option
@interruptible
def lines_of_articles(
    files: tuple[str, ...], as_json: bool, min_articles: int, page: str | None, models: str
) -> None:
    """Find the same line again, whole, in part or edited.

    A FILE is JSON Lines, CSV or Parquet with one article a row, in "text", and if known "id", "publisher",
    "published" and "url"; plain text or HTML, which is one article; or a folder of such files. A row that
    has "quotations" too, as article rows do, is not attributed again. With no FILE, or when FILE is "-",
    read JSON Lines from standard input. The most widely carried lines come first.
    """
    if not files and sys.stdin.isatty():
        raise click.UsageError("name a file of articles, or pipe one in")
    if page and as_json:
        raise click.UsageError("--html or --json: one of them at a time")
    rejects: list[Reject] = []
    given = [article for name in files or ("-",) for article in read(name, rejects)]
    found = [article for article in given if isinstance(article, AttributedArticle)]
    bare = [article for article in given if isinstance(article, Article)]
    if bare:
        found.extend(attributed(bare, models))
    lines = [line for line in quoteattr.deduplicate(found) if len(carriers(line)) >= min_articles]
    lines.sort(key=lambda line: (-len(line.publishers), -len(carriers(line)), -len(line.appearances)))
    if page:
        from quoteattr.export.html.render import lines_page

        write_page(lines_page(lines), page)
    elif as_json:
        click.echo(dumps([line_as_json(line) for line in lines], indent=2))
    else:
        show(lines, len(found))
    if rejects:
        raise Failure(f"{len(rejects)} of {len(given) + len(rejects)} articles set aside; reasons above")


def carriers(line: Utterance) -> set[Article]:
    """The articles that carry a line."""
    return {appearance.article for appearance in line.appearances}


# Reading


def read(name: str, rejects: list[Reject]) -> Iterator[Article | AttributedArticle]:
    """The articles of a file, a folder or standard input; rows that hold none are told and collected."""
    try:
        with source(name) as path:
            corpus = Corpus(path)
            if not any(corpus.files()):
                raise Unreadable(f"{name}: no articles in this folder")
            for place, found in corpus.results():
                if isinstance(found, Reject):
                    rejects.append(found)
                    click.echo(f"quoteattr: {called_from(name, place)}: {one_line(found.reason)}", err=True)
                elif isinstance(found, Article):
                    yield renamed(found, name, place)
                else:
                    yield attrs.evolve(found, article=renamed(found.article, name, place))
    except (ValueError, ImportError) as error:
        raise Unreadable(str(error)) from None
    except OSError as error:
        raise Unreadable(f"{name}: {(error.strerror or 'no such file or folder').lower()}") from None


@contextmanager
def source(name: str) -> Iterator[Path]:
    """Where to read: for "-" a copy of standard input, which is JSON Lines."""
    if name != "-":
        yield Path(name)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield path


def renamed(article: Article, name: str, place: str) -> Article:
    """An article that is known by its place, known by it as who gave the name knows it."""
    return attrs.evolve(article, id=called_from(name, place)) if article.id == place else article


def called_from(name: str, place: str) -> str:
    """A place as who gave the name knows it.

    >>> called_from("-", "copy/articles.jsonl:3"), called_from("news.csv", "news.csv:3")
    ('-:3', 'news.csv:3')
    """
    return f"-:{place.rpartition(':')[2]}" if name == "-" else place


# JSON


def line_as_json(line: Utterance) -> dict[str, Any]:
    """One line as plain values; docs/deduplication.md describes them."""
    return {
        "text": line.text,
        "speaker": line.speaker and attrs.asdict(line.speaker),
        "articles": len(carriers(line)),
        "publishers": line.publishers,
        "outlets": line.outlets,
        "appearances": [appearance_as_json(appearance) for appearance in line.appearances],
        "conflicts": [conflict_as_json(conflict) for conflict in line.conflicts],
    }


def appearance_as_json(appearance: Appearance) -> dict[str, Any]:
    """One place that carries a line as plain values."""
    speaker, outlet = appearance.attribution.speaker, appearance.outlet
    return {
        **place_as_json(appearance),
        "speaker": speaker and speaker.name,
        "relation": appearance.relation,
        "covers": [attrs.asdict(span) for span in appearance.covers],
        "edits": [attrs.asdict(edit) for edit in appearance.edits],
        "outlet": outlet and outlet.name,
        "outlet_inferred": appearance.outlet_inferred,
    }


def conflict_as_json(conflict: Conflict) -> dict[str, Any]:
    """One disagreement as plain values."""
    return {"kind": conflict.kind, "detail": conflict.detail, **place_as_json(conflict.appearance)}


def place_as_json(appearance: Appearance) -> dict[str, Any]:
    """Where a quotation stands."""
    article, content = appearance.article, appearance.attribution.quotation.content
    return {
        "article": article.id,
        "publisher": article.publisher,
        "published": article.published and article.published.isoformat(),
        "url": article.url,
        "start": content.start,
        "end": content.end,
        "content": content.text,
    }


# Table


def show(lines: Sequence[Utterance], articles: int) -> None:
    """Print each line with a row for each of its places."""
    from rich.text import Text

    terminal = standard_output()
    for line in lines:
        terminal.print(Text(f"“{one_line(line.text)}”", "bold"))
        terminal.print(Text(heading(line)))
        terminal.print(places(line))
        for conflict in line.conflicts:
            if conflict.kind == "speaker":
                told = f"  conflict: {called(conflict.appearance)} gives it to {conflict.detail}"
                terminal.print(Text(told, "yellow"))
        terminal.print()
    terminal.print(f"{counted(len(lines), 'line')} of {counted(articles, 'article')}")


def heading(line: Utterance) -> str:
    """Who said it, where, and how widely it was carried."""
    parts = [line.speaker.name if line.speaker else "nobody", *line.outlets]
    parts.append(counted(len(carriers(line)), "article"))
    if line.publishers:
        parts.append(counted(len(line.publishers), "publisher"))
    return "  " + " · ".join(parts)


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "line"), counted(0, "line")
    ('1 line', '0 lines')
    """
    return f"{number} {thing}{'s' * (number != 1)}"


def places(line: Utterance) -> Table:
    """Day, paper, how much of the line, which words, and the outlet, for each place."""
    from rich.table import Table
    from rich.text import Text

    rows = Table.grid(padding=(0, 2, 0, 0), expand=True)
    rows.add_column(no_wrap=True)
    rows.add_column(no_wrap=True, overflow="ellipsis", max_width=NAME_WIDTH)
    rows.add_column(no_wrap=True)
    rows.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    rows.add_column(no_wrap=True, overflow="ellipsis", max_width=NAME_WIDTH)
    for appearance in line.appearances:
        outlet = appearance.outlet.name if appearance.outlet else ""
        rows.add_row(
            Text(f"  {appearance.article.published or '–'}"),
            Text(called(appearance)),
            Text(appearance.relation),
            Text(told(appearance)),
            Text(outlet + " (inferred)" * appearance.outlet_inferred),
        )
    return rows


def called(appearance: Appearance) -> str:
    """What a reader knows the article by."""
    return appearance.article.publisher or appearance.article.id or "–"


def told(appearance: Appearance) -> str:
    """What a place carries of the line, where it is not all of it: the words, or the words changed."""
    if appearance.relation == "edited":
        return "; ".join(f"{e.canonical.text or '–'} → {e.printed.text or '–'}" for e in appearance.edits)
    return one_line(" … ".join(span.text for span in appearance.covers)) * (appearance.relation == "part")
