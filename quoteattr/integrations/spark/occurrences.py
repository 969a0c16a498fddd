"""The step that finds the occurrences in attributed articles, with all properties that are compared."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from quoteattr.dedup.context_lookup import PARAGRAPH_REACH
from quoteattr.dedup.occurrences import read_occurrences
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.surroundings import window_around
from quoteattr.dedup.wordings import NO_DAY, WordingTable
from quoteattr.integrations.spark.batches import QUOTATIONS, Batches, Row, rows_by_field
from quoteattr.records import arrow_schema, attribution_from_row
from quoteattr.schema import Article, AttributedArticle

ARTICLES_AT_ONCE = 256
"""Articles read into Python at once: some megabytes of text."""
SPEAKER = pa.struct(
    [
        ("words", pa.list_(pa.string())),
        ("kind", pa.string()),
        ("gender", pa.string()),
        ("roles", pa.list_(pa.list_(pa.string()))),
        ("proper_words", pa.list_(pa.string())),
        ("reliable", pa.bool_()),
    ]
)
"""A `SpeakerKey`, its fields in the order of `SpeakerKey.order`, by which Spark sorts structs."""
ABOUT = pa.struct([arrow_schema("article").field(n) for n in ("article", "publisher", "published", "url")])
OCCURRENCES = pa.schema(
    [
        ("key", pa.binary()),  # of its wording
        ("number", pa.int64()),  # of its article, in order of date
        ("begin", pa.int32()),  # its first attribution
        ("day", pa.int32()),
        ("about", ABOUT),  # its article
        ("parts", QUOTATIONS),  # its attributions
        ("tokens", pa.string()),  # its normalized tokens with blanks between them
        ("speaker", SPEAKER),
        ("surname", pa.string()),
        ("size", pa.int32()),
        ("content", pa.int32()),
        ("title_case", pa.bool_()),
        ("presentation", pa.int8()),
        ("distinctive", pa.bool_()),
        ("nested", pa.list_(pa.string())),  # the tokens of the quotations inside it
        ("window", pa.string()),  # it and the text around it
        ("start", pa.int32()),  # where in the window it starts
        ("stop", pa.int32()),
    ]
)


def occurrences_of_batches(batches: Batches, *, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """Yields the occurrences of article rows. The rows also have a "number", in order of date.

    Args:
        batches: article rows.
        columns: the column of each field of an article, by field.
    """
    for batch in batches:
        for at in range(0, batch.num_rows, ARTICLES_AT_ONCE):
            part = batch.slice(at, ARTICLES_AT_ONCE)
            rows = list(rows_by_field(part, {**columns, "number": "number"}))
            yield pa.RecordBatch.from_pylist(list(_occurrences(rows)), schema=OCCURRENCES)


def _occurrences(rows: Sequence[Row]) -> Iterator[Row]:
    rows = sorted(rows, key=lambda row: row["number"])
    found = read_occurrences([_attributed_article(row) for row in rows])
    for wording, (n, begin, end) in zip(found.table.wording_of, found.positions, strict=True):
        attributed, number = found.articles[n], rows[n]["number"]
        yield {
            "number": number,
            "begin": begin,
            "about": _about(attributed.article),
            "parts": rows[n]["quotations"][begin:end],
            **_wording(found.table, wording, number, begin),
            **_window(attributed, begin, end),
            "day": _ordinal(attributed.article.published),
        }


def _attributed_article(row: Row) -> AttributedArticle:
    text, name, publisher, url = (
        value.decode(errors="replace") if isinstance(value := row.get(field), bytes) else value
        for field in ("text", "id", "publisher", "url")
    )
    name = None if name is None else str(name)
    article = Article(text or "", name, publisher, row.get("published"), url)
    return AttributedArticle(article, tuple(map(attribution_from_row, row["quotations"])))


def _about(article: Article) -> Row:
    return {
        "article": article.id,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
    }


def _ordinal(day: datetime.date | None) -> int:
    return day.toordinal() if day else NO_DAY


def _wording(table: WordingTable, wording: int, number: int, begin: int) -> Row:
    """The wording of an occurrence, with the key by which equal wordings are grouped.

    Args:
        table: the wordings of a batch.
        wording: the occurrence's wording.
        number: the number of its article.
        begin: its first attribution.
    """
    tokens = _tokens(table, table.strings[wording])
    profile, key = table.profiles[wording], table.speakers[table.speaker_of[wording]]
    speaker = {
        "words": list(key.words),
        "kind": key.kind,
        "gender": key.gender,
        "roles": sorted(map(list, key.roles)),
        "proper_words": sorted(key.proper_words),
        "reliable": key.reliable,
    }
    article = None if profile.distinctive else number
    scope = (number, begin) if profile.presentation is Presentation.NAME else article
    return {
        "key": hashlib.blake2b(repr((tokens, speaker, scope)).encode(), digest_size=16).digest(),
        "tokens": tokens,
        "speaker": speaker,
        "surname": key.surname,
        "size": profile.size,
        "content": profile.content,
        "title_case": profile.title_case,
        "presentation": profile.presentation,
        "distinctive": profile.distinctive,
        "nested": [_tokens(table, string) for string in table.nested.get(wording, ())],
    }


def _tokens(table: WordingTable, string: str) -> str:
    return " ".join(map(table.vocabulary.token, string))


def _window(found: AttributedArticle, begin: int, end: int) -> Row:
    """The text around an occurrence, as far as `quoteattr.dedup.context_lookup` reads it."""
    start = found.attributions[begin].quotation.content.start
    stop = found.attributions[end - 1].quotation.content.end
    first, last = window_around(found.article.text, start, stop, PARAGRAPH_REACH)
    return {"window": found.article.text[first:last], "start": start - first, "stop": stop - first}
