"""Prints utterances with their appearances as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quoteattr.cli.console import shown, standard_output
from quoteattr.layout import one_line
from quoteattr.schema import Appearance, Utterance
from quoteattr.schema.arguments import counted

if TYPE_CHECKING:
    from rich.table import Table

NAME_WIDTH = 36
"""Width of the columns for a publisher and for an outlet. Nearly all names fit, and half of 120 columns is
left for the words."""


def print_utterances(utterances: Sequence[Utterance], articles: int) -> None:
    """Prints each utterance with a row per appearance, and the totals.

    Args:
        utterances: the utterances, in order.
        articles: the number of articles in which they were found.
    """
    terminal = standard_output()
    for utterance in utterances:
        terminal.print(shown(f"“{one_line(utterance.text)}”", "bold"))
        terminal.print(shown(heading(utterance)))
        terminal.print(appearance_table(utterance))
        for conflict in utterance.conflicts:
            if conflict.kind == "speaker":
                source = article_label(conflict.appearance)
                terminal.print(shown(f"  conflict: {source} attributes it to {conflict.detail}", "yellow"))
        terminal.print()
    terminal.print(f"{counted(len(utterances), 'utterance')} in {counted(articles, 'article')}")


def heading(utterance: Utterance) -> str:
    """The speaker and outlets of an utterance, and in how many articles it appears."""
    parts = [utterance.speaker.name if utterance.speaker else "no speaker", *utterance.outlets]
    parts.append(counted(len(utterance.articles), "article"))
    if utterance.publishers:
        parts.append(counted(len(utterance.publishers), "publisher"))
    return "  " + " · ".join(parts)


def appearance_table(utterance: Utterance) -> Table:
    """A table with the day, publisher, relation, differing words and outlet of each appearance."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=NAME_WIDTH)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=NAME_WIDTH)
    for appearance in utterance.appearances:
        outlet = appearance.outlet.name if appearance.outlet else ""
        table.add_row(
            shown(f"  {appearance.article.published or '–'}"),
            shown(article_label(appearance)),
            shown(appearance.relation),
            shown(differing_words(appearance)),
            shown(outlet + " (inferred)" * appearance.outlet_inferred),
        )
    return table


def article_label(appearance: Appearance) -> str:
    """The publisher of an appearance's article; if it is not known, the id of the article."""
    return appearance.article.publisher or appearance.article.id or "–"


def differing_words(appearance: Appearance) -> str:
    """The words of a partial appearance, or the changed words of an edited one; empty for a whole one."""
    if appearance.relation == "edited":
        return "; ".join(f"{e.canonical.text or '–'} → {e.printed.text or '–'}" for e in appearance.edits)
    if appearance.relation == "part":
        return one_line(" … ".join(span.text for span in appearance.covers))
    return ""
