"""``quoteattr dedup``: every line that some articles quote, once, with all places that carry it."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

import quoteattr
from quoteattr import rows
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

    Each FILE holds one article a line, as JSON: an object with "text", and if known "id", "publisher",
    "published" and "url". One that has "quotations" too, as an article row does, is not attributed again. A
    FILE that ends in .txt is one article, a folder all of its .txt files. With no FILE, or when FILE is "-",
    read standard input. The most widely carried lines come first.
    """
    if not files and sys.stdin.isatty():
        raise click.UsageError("name a file of articles, or pipe one in")
    if page and as_json:
        raise click.UsageError("--html or --json: one of them at a time")
    rejects: list[str] = []
    given = [article for name in files or ("-",) for article in read(name, rejects)]
    found = [article for article in given if isinstance(article, AttributedArticle)]
    bare = [article for article in given if isinstance(article, Article)]
    if bare:
        found.extend(attributed(bare, models))
    lines = [line for line in quoteattr.deduplicate(found) if len(carriers(line)) >= min_articles]
    lines.sort(key=lambda line: (-len(line.publishers), -len(carriers(line)), -len(line.appearances)))
    if page:
        from quoteattr.pages.render import lines_page

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

Source = tuple[str, bytes, Callable[[str, bytes], Article | AttributedArticle]]
"""Where an article stands, what stands there, and how to read it."""


def read(name: str, rejects: list[str]) -> Iterator[Article | AttributedArticle]:
    """The articles of a file or folder; those that cannot be read are told and added to ``rejects``."""
    try:
        for place, raw, read_one in sources(name):
            try:
                yield read_one(place, raw)
            except (ValueError, TypeError) as error:
                rejects.append(f"{place}: {one_line(str(error))}")
                click.echo(f"quoteattr: {rejects[-1]}", err=True)
    except OSError as error:
        raise Unreadable(f"{name}: {(error.strerror or str(error)).lower()}") from None


def sources(name: str) -> Iterator[Source]:
    """The articles of a folder, of a text file, or of a file (or "-") with one on each line."""
    path = Path(name)
    if path.is_dir() or path.suffix == ".txt":
        files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
        if not files:
            raise Unreadable(f"{name}: no .txt files in this folder")
        yield from ((str(file), file.read_bytes(), from_text) for file in files)
        return
    with sys.stdin.buffer if name == "-" else path.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            if raw.strip():
                yield f"{name}:{number}", raw, from_json


def from_text(place: str, raw: bytes) -> Article:
    """An article whose text is all there is."""
    return Article(raw.decode("utf-8"), id=place)


def from_json(place: str, raw: bytes) -> Article | AttributedArticle:
    """An article in a row of JSON Lines; one without an id is called by its place."""
    try:
        row = json.loads(raw)
    except ValueError as error:
        raise ValueError(f"no JSON ({error})") from None
    if not isinstance(row, dict):
        raise TypeError(f"an article must be an object, not {type(row).__name__}")
    name = row.get("id", row.get("article"))
    row["article"] = place if name is None else str(name)
    row = {**dict.fromkeys(("text", "publisher", "published", "url")), **row}
    for key in ("text", "publisher", "published", "url"):
        if not isinstance(row[key], str) and (key == "text" or row[key] is not None):
            raise TypeError(f'"{key}" must be a text, not {row[key]!r}')
    row["published"] = row["published"] and datetime.datetime.fromisoformat(row["published"]).date()
    if row.get("quotations") is None:
        return Article(row["text"], row["article"], row["publisher"], row["published"], row["url"])
    return agreeing(row)


def agreeing(row: dict[str, Any]) -> AttributedArticle:
    """The attributed article of a row, if its quotations are of the right form and stand in its text."""
    try:
        found = rows.article_of({"speakers": [], **row})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f'"quotations" are not as in article rows: {error!r}') from None
    for attribution in found:
        span = attribution.quotation.content
        if found.article.text[span.start : span.end] != span.text:
            raise ValueError(f"the text has {found.article.text[span.start : span.end]!r}, not {span.text!r}")
    return found


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
