"""Prints the quotations of articles as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quoteattr.cli.console import counted, shown, standard_output
from quoteattr.layout import one_line
from quoteattr.schema import AttributedArticle, Attribution

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

WIDTH_FOR_RULE = 100
"""Least width of a terminal, in columns, at which the table shows the rule. In a narrower one, the quotations
would be too short."""


def print_tables(results: Iterable[AttributedArticle], *, titles: bool) -> None:
    """Prints a table for each article as soon as it is attributed."""
    terminal = standard_output()
    for number, result in enumerate(results):
        if titles:
            terminal.print("\n" * bool(number), shown(result.article.id or "standard input", "bold"), sep="")
        if not len(result):
            terminal.print("no quotations found")
            continue
        terminal.print(quotation_table(result, terminal.width))
        terminal.print(shown(speakers_line(result)))


def quotation_table(result: AttributedArticle, width: int) -> Table:
    """A table with a row per quotation. The quoted words get the width that the other columns leave free."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    table.add_column("Quotation", ratio=1, no_wrap=True, overflow="ellipsis")
    titles = ("Speaker", "Outlet", "Decided by")[: 3 if width >= WIDTH_FOR_RULE else 2]
    for title in titles:
        table.add_column(title, max_width=width // 5, no_wrap=True, overflow="ellipsis")
    table.add_column("Sure", justify="right", no_wrap=True)
    for attribution in result:
        words, *cells = _cells(attribution)
        table.add_row(words, *cells[: len(titles)], f"{attribution.confidence:.2f}")
    return table


def _cells(attribution: Attribution) -> list[Text]:
    return [
        shown(one_line(attribution.quotation.outer.text)),
        shown(attribution.speaker.name, "bold") if attribution.speaker else shown("–", "dim"),
        shown(attribution.outlet.name if attribution.outlet else ""),
        shown(attribution.decided_by or "", "dim"),
    ]


def speakers_line(result: AttributedArticle) -> str:
    """The number of quotations of an article, and of each speaker.

    >>> from quoteattr.schema import Article, Quotation, Span, Speaker
    >>> text = "“Yes,” said Ann Lee."
    >>> quotation = Quotation(Span.of(text, 1, 5), Span.of(text, 0, 6))
    >>> ann = Speaker("Ann Lee", "person")
    >>> speakers_line(AttributedArticle(Article(text), (Attribution(quotation, speaker=ann),), (ann,)))
    '1 quotation. Speakers: Ann Lee (1)'
    """
    counts = Counter(attribution.speaker.name for attribution in result if attribution.speaker)
    total = f"{counted(len(result), 'quotation')}."
    if not counts:
        return f"{total} No speaker found"
    return f"{total} Speakers: " + ", ".join(f"{name} ({count})" for name, count in counts.items())
