"""Functions that the commands share: error messages, options, loading of models, and output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

import quoteattr
from quoteattr.corpus.reader import encodable
from quoteattr.layout import escape_unseen, one_line, visible
from quoteattr.schema import STYLES, Article, AttributedArticle, Style

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from quoteattr.parsing.parser import Parser

PIPED_WIDTH = 120
"""Width in columns of a table in a file or pipe, unless COLUMNS is set. Most editors show this width."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as in shells: 128 + SIGINT."""
SOME_REJECTED = 3
"""Exit status of all commands if the output is complete but for rows or files that could not be read."""


COMMAND_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""Settings of all commands: -h means --help, and lines of the help have at most 100 columns."""


class Failure(click.ClickException):
    """Ends the program with one line on standard error and exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the line."""
        say(self.format_message(), file)


class SomeRejected(Failure):
    """Rows or files could not be read; the others are in the output."""

    exit_code = SOME_REJECTED


class Unreadable(Failure):
    """A file cannot be opened. The exit status is 2, as for wrong usage."""

    exit_code = 2


class Command(click.Command):
    """A command whose messages about wrong usage show control characters as symbols."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Reads the arguments."""
        with _visible_messages():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        with _visible_messages():
            return super().invoke(ctx)


@contextmanager
def _visible_messages() -> Iterator[None]:
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = visible(encodable(error.message))
        raise


def interruptible(task: Callable[..., None]) -> Callable[..., None]:
    """Returns a function that runs the task, and ends without a traceback on Ctrl-C."""

    def run_task(*args: Any, **kwargs: Any) -> None:
        try:
            task(*args, **kwargs)
        except KeyboardInterrupt:
            click.get_current_context().exit(INTERRUPTED)

    run_task.__doc__ = task.__doc__
    return run_task


models_option = click.option(
    "--models",
    default="bundled",
    metavar="bundled|stanza|PATH",
    help="Models of the parser: those in this package (bundled), those of an installed Stanza, or a folder.",
)


min_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Leave out speakers with a confidence below P (0 to 1).",
)


indirect_option = click.option(
    "--indirect",
    is_flag=True,
    help="Also report speech without quotation marks (she said prices would fall).",
)


style_option = click.option(
    "--style",
    type=click.Choice(STYLES),
    default="news",
    help="Style of the texts: news, fiction (novels and stories), or auto, which chooses for each text.",
    show_default=True,
)


workers_option = click.option(
    "--workers",
    default=1,
    type=click.IntRange(1),
    metavar="N",
    help="Number of processes.",
    show_default=True,
)


metadata_option = click.option(
    "--metadata",
    metavar="TABLE",
    type=click.Path(exists=True, dir_okay=False),
    help='Table about text and HTML files, with the columns "file", "publisher", "published", "url".',
)

publisher_option = click.option(
    "--publisher", metavar="NAME", help="Publisher of the articles for which the input names none."
)

published_option = click.option(
    "--published",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of publication (2024-05-02) of the articles for which the input has none.",
)


html_option = click.option(
    "--html",
    "page",
    metavar="PATH",
    help='Write an HTML page to PATH ("-": standard output) instead of a table.',
)


def write_page(page: str, path: str) -> None:
    """Writes a page to a file, or to standard output ("-")."""
    try:
        with click.open_file(path, "wb") as file:
            file.write(escape_unseen(page, "&#x{:x};").encode())
    except OSError as error:
        raise Failure(f"{path}: {(error.strerror or str(error)).lower()}") from None


def read_bytes(name: str) -> bytes:
    """The content of a file, or of standard input ("-")."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Unreadable(f"{name}: {(error.strerror or str(error)).lower()}") from None


def chosen_parser(models: str) -> Parser | None:
    """The parser with the requested models; None for the bundled ones, the default of `attribute_many`."""
    if models == "bundled":
        return None
    try:
        return quoteattr.load_parser("stanza" if models == "stanza" else Path(models))
    except (OSError, ValueError, ImportError, LookupError) as error:
        raise Failure(str(error)) from None


def attributed(
    articles: Iterable[Article],
    models: str,
    min_confidence: float = 0.0,
    indirect: bool = False,
    workers: int = 1,
    style: Style = "news",
) -> Iterator[AttributedArticle]:
    """Attributes articles with the requested models; speakers of lower confidence are left out."""
    return quoteattr.attribute_many(
        articles,
        parser=chosen_parser(models),
        min_confidence=min_confidence,
        indirect=indirect,
        style=style,
        workers=workers,
    )


def say(message: str, file: IO[Any] | None = None) -> None:
    """Prints a message as one line on standard error, or to a file."""
    click.echo(f"quoteattr: {visible(one_line(encodable(message)))}", err=True, file=file)


def shown(text: str, style: str = "") -> Text:
    """Returns a text that the library rich prints on one line, with symbols for control characters
    and line breaks.

    >>> shown("Ann\\x1b[31m Lee").plain
    'Ann␛[31m Lee'
    """
    from rich.text import Text

    return Text(visible(text, kept=""), style)


def dumps(value: object, indent: int | None = None) -> str:
    """JSON with escapes for characters that standard output cannot encode, or that act on a terminal."""
    unicode = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "") == "utf8"
    return escape_unseen(json.dumps(value, ensure_ascii=not unicode, indent=indent), "\\u{:04x}")


def standard_output() -> Console:
    """Standard output for rich; characters that it cannot encode become question marks."""
    from rich.console import Console

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    found = Console(highlight=False, emoji=False, markup=False)
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found.width = PIPED_WIDTH
    return found
