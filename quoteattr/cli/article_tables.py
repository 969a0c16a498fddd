"""Prints the quotations of articles as tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from quoteattr.cli.console import shown, standard_output
from quoteattr.layout import one_line
from quoteattr.records import cut_confidence
from quoteattr.schema import AttributedArticle, Attribution
from quoteattr.schema.arguments import counted

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

WIDTH_FOR_RULE = 100
"""Least width of a terminal, in columns, at which the table shows the rule. In a narrower one, the quotations
would be too short."""


def print_tables(results: Iterable[AttributedArticle], *, titles: bool, full: bool = False) -> None:
    """Prints a table for each article as soon as it is attributed. See `quotation_table` for `full`."""
    terminal = standard_output()
    for number, result in enumerate(results):
        if titles:
            terminal.print("\n" * bool(number), shown(result.article.id or "standard input", "bold"), sep="")
        if not len(result):
            terminal.print("no quotations found")
            continue
        terminal.print(quotation_table(result, terminal.width, full=full))
        terminal.print(shown(speakers_line(result)))


def quotation_table(result: AttributedArticle, width: int, *, full: bool = False) -> Table:
    """A table with a row per quotation. The quoted words get the width that the other columns leave free.

    Args:
        result: the result.
        width: of the table, in columns.
        full: whether whole quotations are shown, on several lines, and the line of the text where each
            begins. If false, a quotation is cut at the end of its line.
    """
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    if full:
        table.add_column("Line", justify="right", no_wrap=True)
    table.add_column("Quotation", ratio=1, no_wrap=not full, overflow="fold" if full else "ellipsis")
    titles = ("Speaker", "Outlet", "Decided by")[: 3 if width >= WIDTH_FOR_RULE else 2]
    for title in titles:
        table.add_column(title, max_width=width // 5, no_wrap=True, overflow="ellipsis")
    table.add_column("Sure", justify="right", no_wrap=True)
    line = _line_numbers(result.article.text)
    for attribution in result:
        words, *cells = _cells(attribution)
        first = [str(line(attribution.quotation.outer.start))] if full else []
        sure = f"{cut_confidence(attribution.confidence, 2):.2f}"
        table.add_row(*first, words, *cells[: len(titles)], sure)
    return table


_LINE_END = re.compile(r"\r\n?|\n")


def _line_numbers(text: str) -> Callable[[int], int]:
    """Returns a function that returns the number of the line in which an offset is, from 1."""
    ends = [match.end() for match in _LINE_END.finditer(text)]
    return lambda offset: bisect_right(ends, offset) + 1


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
