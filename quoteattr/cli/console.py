"""What the commands have in common: how they fail, load models, and write to a terminal or a pipe."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

import quoteattr
from quoteattr.schema import Article, AttributedArticle

if TYPE_CHECKING:
    from rich.console import Console

    from quoteattr.parsing.parser import Parser

PIPED_WIDTH = 120
"""Columns of a table that goes to a file or a pipe, unless COLUMNS says otherwise."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells count it: 128 + SIGINT."""


class Failure(click.ClickException):
    """Ends the program with one line on standard error."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"quoteattr: {self.format_message()}", err=True, file=file)


class Unreadable(Failure):
    """A file that cannot be opened: wrong usage, so far as shells care."""

    exit_code = 2


def interruptible(task: Callable[..., None]) -> Callable[..., None]:
    """The task, ended quietly by Ctrl-C."""

    def run(*args: Any, **kwargs: Any) -> None:
        try:
            task(*args, **kwargs)
        except KeyboardInterrupt:
            click.get_current_context().exit(INTERRUPTED)

    run.__doc__ = task.__doc__
    return run


models_option = click.option(
    "--models",
    default="bundled",
    metavar="bundled|stanza|PATH",
    help="The models that parse: the package's own, Stanza's where they are installed, or a folder.",
)


min_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Name no speaker that is less sure than P (0 to 1).",
)


html_option = click.option(
    "--html",
    "page",
    metavar="PATH",
    help='Write a page for a browser to PATH ("-": standard output), and no table.',
)


def write_page(page: str, path: str) -> None:
    """Put a page into a file, or on standard output ("-")."""
    try:
        with click.open_file(path, "wb") as file:
            file.write(page.encode())
    except OSError as error:
        raise Failure(f"{path}: {(error.strerror or str(error)).lower()}") from None


def read_bytes(name: str) -> bytes:
    """What is in a file, or on standard input ("-")."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable(f"{name}: {(error.strerror or str(error)).lower()}") from None


def chosen_parser(models: str) -> Parser | None:
    """The parser with the models asked for; None for the bundled ones."""
    if models == "bundled":
        return None
    try:
        return quoteattr.load_parser("stanza" if models == "stanza" else Path(models))
    except (OSError, ValueError, ImportError, LookupError) as error:
        raise Failure(" ".join(str(error).split())) from None


def attributed(
    articles: Iterable[Article], models: str, min_confidence: float = 0.0
) -> Iterator[AttributedArticle]:
    """The articles with their attributions, by the models asked for; speakers less sure are not named."""
    return quoteattr.attribute_many(articles, parser=chosen_parser(models), min_confidence=min_confidence)


def dumps(value: object, indent: int | None = None) -> str:
    """JSON in the letters that standard output can carry."""
    unicode = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "") == "utf8"
    return json.dumps(value, ensure_ascii=not unicode, indent=indent)


def standard_output() -> Console:
    """Standard output as rich sees it; letters that it cannot carry become question marks."""
    from rich.console import Console

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    found = Console(highlight=False, emoji=False, markup=False)
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found.width = PIPED_WIDTH
    return found
