"""``quoteattr dedup``: finds the same utterance in several articles and prints it once."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence

import attrs
import click

import quoteattr
from quoteattr import records
from quoteattr.cli.article_files import Details, Tally, read_articles
from quoteattr.cli.console import (
    COMMAND_SETTINGS,
    Command,
    attributed,
    dumps,
    html_option,
    interruptible,
    metadata_option,
    min_confidence_option,
    models_option,
    published_option,
    publisher_option,
    workers_option,
    write_page,
)
from quoteattr.cli.progress import ProgressDisplay, progress_display, progress_option
from quoteattr.cli.utterance_tables import print_utterances
from quoteattr.corpus import Progress
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
@click.option("--top", type=click.IntRange(1), metavar="N", help="Print only the first N utterances.")
@min_confidence_option
@publisher_option
@published_option
@metadata_option
@workers_option
@progress_option
@html_option
@models_option
@interruptible
def deduplicate_files(
    files: tuple[str, ...],
    as_json: bool,
    min_articles: int,
    top: int | None,
    min_confidence: float,
    publisher: str | None,
    published: datetime.datetime | None,
    metadata: str | None,
    workers: int,
    display: ProgressDisplay,
    page: str | None,
    models: str,
) -> None:
    """Find utterances that several articles quote, whole, in part or edited.

    FILE is a JSON Lines, JSON, CSV or Parquet file with one article per row, in "text" and, if known, "id",
    "publisher", "published" and "url"; a text or HTML file, which is one article; or a folder of such files.
    A row that also has "quotations", as article rows have, is not attributed again. Without FILE, or if FILE
    is "-", read JSON Lines from standard input. Utterances of the most publishers come first.
    """
    if not files and sys.stdin.isatty():
        raise click.UsageError("name a file of articles, or pipe one in")
    if page and as_json:
        raise click.UsageError("--html and --json cannot be combined")
    details, tally = Details.of(metadata, publisher, published), Tally()
    found = [details.complete_result(a) for name in files or ("-",) for a in read_articles(name, tally)]
    with progress_display(display) as on_progress:
        results = with_attributions(found, models, min_confidence, workers, tally, on_progress)
    utterances = most_carried(quoteattr.deduplicate(results), min_articles)[:top]
    if page:
        from quoteattr.export import utterances_to_html

        write_page(utterances_to_html(utterances), page)
    elif as_json:
        made_by = records.made_by(models)
        click.echo(dumps([{**utterance_json(u), "made_by": made_by} for u in utterances], indent=2))
    else:
        print_utterances(utterances, len(results))
    tally.check()


def with_attributions(
    found: Sequence[Article | AttributedArticle],
    models: str,
    min_confidence: float,
    workers: int,
    tally: Tally,
    on_progress: Callable[[Progress], None],
) -> list[AttributedArticle]:
    """Returns the results among some articles, then the results of attributing the others; both without the
    speakers whose confidence is too low."""
    results = [_without_doubtful(a, min_confidence) for a in found if isinstance(a, AttributedArticle)]
    articles = [article for article in found if isinstance(article, Article)]
    quotations = 0
    if articles:
        on_progress(Progress(0.0, 0, 0, tally.rejected))
        for number, result in enumerate(attributed(articles, models, min_confidence, workers=workers), 1):
            results.append(result)
            quotations += len(result)
            on_progress(Progress(number / len(articles), number, quotations, tally.rejected))
    return results


def _without_doubtful(result: AttributedArticle, min_confidence: float) -> AttributedArticle:
    if not min_confidence:
        return result
    kept = (a if a.confidence >= min_confidence or not a.speaker else a.withheld() for a in result)
    return attrs.evolve(result, attributions=tuple(kept))


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
