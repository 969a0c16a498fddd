"""``quoteattr dedup``: finds the same utterance in several articles and prints it once."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

import quoteattr
from quoteattr import records
from quoteattr.cli.article_files import Tally, read_articles
from quoteattr.cli.console import (
    COMMAND_SETTINGS,
    Command,
    attributed,
    dumps,
    html_option,
    interruptible,
    models_option,
    write_page,
)
from quoteattr.cli.utterance_tables import print_utterances
from quoteattr.schema import Appearance, Article, AttributedArticle, Conflict, Utterance


@click.command("dedup", cls=Command, context_settings=COMMAND_SETTINGS)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document: a list of utterances.")
@click.option(
    "--min-articles",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="Leave out utterances that appear in fewer than N articles.",
)
@html_option
@models_option
@interruptible
def deduplicate_files(
    files: tuple[str, ...], as_json: bool, min_articles: int, page: str | None, models: str
) -> None:
    """Find utterances that several articles quote, whole, in part or edited.

    FILE is a JSON Lines, CSV or Parquet file with one article per row, in "text" and, if known, "id",
    "publisher", "published" and "url"; a text or HTML file, which is one article; or a folder of such files.
    A row that also has "quotations", as article rows have, is not attributed again. Without FILE, or if FILE
    is "-", read JSON Lines from standard input. Utterances of the most publishers come first.
    """
    if not files and sys.stdin.isatty():
        raise click.UsageError("name a file of articles, or pipe one in")
    if page and as_json:
        raise click.UsageError("--html and --json cannot be combined")
    tally = Tally()
    found = [article for name in files or ("-",) for article in read_articles(name, tally)]
    results = with_attributions(found, models)
    utterances = most_carried(quoteattr.deduplicate(results), min_articles)
    if page:
        from quoteattr.export import utterances_to_html

        write_page(utterances_to_html(utterances), page)
    elif as_json:
        click.echo(dumps([utterance_json(utterance) for utterance in utterances], indent=2))
    else:
        print_utterances(utterances, len(results))
    tally.check()


def with_attributions(found: Sequence[Article | AttributedArticle], models: str) -> list[AttributedArticle]:
    """Yields the results among some articles, then the results of attributing the others."""
    results = [article for article in found if isinstance(article, AttributedArticle)]
    if articles := [article for article in found if isinstance(article, Article)]:
        results.extend(attributed(articles, models))
    return results


def most_carried(utterances: Sequence[Utterance], min_articles: int) -> list[Utterance]:
    """The utterances that appear in at least the given number of articles, sorted by the number of publishers
    and then of articles, the largest first."""
    chosen = [utterance for utterance in utterances if len(utterance.articles) >= min_articles]
    return sorted(chosen, key=lambda u: (-len(u.publishers), -len(u.articles), -len(u.appearances)))


# JSON


def utterance_json(utterance: Utterance) -> records.Row:
    """An utterance as plain values; docs/deduplication.md describes them."""
    row = records.utterance_row(utterance)
    return {
        "text": row["text"],
        "speaker": row["speaker"],
        "articles": len(utterance.articles),
        "publishers": row["publishers"],
        "outlets": row["outlets"],
        "appearances": list(map(appearance_json, utterance.appearances)),
        "conflicts": list(map(conflict_json, utterance.conflicts)),
    }


def appearance_json(appearance: Appearance) -> records.Row:
    """An appearance as plain values: speaker and outlet by name."""
    row = records.appearance_row(appearance)
    speaker, outlet = row["quotation"]["speaker"], row["outlet"]
    return {
        **location_json(row),
        "speaker": speaker and speaker["name"],
        "relation": row["relation"],
        "covers": row["covers"],
        "edits": row["edits"],
        "outlet": outlet and outlet["name"],
        "outlet_inferred": row["outlet_inferred"],
    }


def conflict_json(conflict: Conflict) -> records.Row:
    """A conflict as plain values."""
    location = location_json(records.appearance_row(conflict.appearance))
    return {"kind": conflict.kind, "detail": conflict.detail, **location}


def location_json(row: records.Row) -> records.Row:
    """The article and the quoted words of an appearance row."""
    words = {key: row["quotation"][key] for key in ("start", "end", "content")}
    return {**{key: row[key] for key in records.METADATA}, **words}
