"""The step that makes printings of attributed articles: what two quotations are compared by."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from quoteattr.dedup.context_features import AROUND
from quoteattr.dedup.occurrences import Corpus, window
from quoteattr.dedup.same_utterance import Manner
from quoteattr.dedup.wordings import NO_DAY, Table
from quoteattr.integrations.spark.batches import QUOTATIONS, Batches, Row, values
from quoteattr.records import arrow_schema, attribution_from_row
from quoteattr.schema import Article, AttributedArticle

ARTICLES = 256
"""Articles read into Python at a time: some megabytes of text."""
SAID_BY = pa.struct(
    [
        ("words", pa.list_(pa.string())),
        ("kind", pa.string()),
        ("sex", pa.string()),
        ("roles", pa.list_(pa.list_(pa.string()))),
        ("proper", pa.list_(pa.string())),
        ("sure", pa.bool_()),
    ]
)
"""A voice, its fields in the order by which `quoteattr.dedup.clustering` ranks voices."""
ABOUT = pa.struct([arrow_schema("article").field(n) for n in ("article", "publisher", "published", "url")])
PRINTINGS = pa.schema(
    [
        ("key", pa.binary()),  # of its unit
        ("number", pa.int64()),  # of its article, in order of date
        ("begin", pa.int32()),  # its first attribution
        ("day", pa.int32()),
        ("about", ABOUT),  # its article
        ("run", QUOTATIONS),  # its attributions
        ("wording", pa.string()),  # its folded words with blanks between them
        ("voice", SAID_BY),
        ("surname", pa.string()),
        ("size", pa.int32()),
        ("content", pa.int32()),
        ("titled", pa.bool_()),
        ("manner", pa.int8()),
        ("distinctive", pa.bool_()),
        ("inner", pa.list_(pa.string())),  # the wordings of what it quotes
        ("window", pa.string()),  # it and what stands around it
        ("start", pa.int32()),  # where in the window it starts
        ("stop", pa.int32()),
    ]
)


def printed(batches: Batches, *, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """The printings of article rows that have a "number" in order of date, and "quotations"."""
    for batch in batches:
        for at in range(0, batch.num_rows, ARTICLES):
            part = batch.slice(at, ARTICLES)
            rows = list(values(part, {**columns, "number": "number"}))
            yield pa.RecordBatch.from_pylist(list(_printings(rows)), schema=PRINTINGS)


def _printings(rows: Sequence[Row]) -> Iterator[Row]:
    rows = sorted(rows, key=lambda row: row["number"])
    corpus = Corpus([_attributed_article(row) for row in rows])
    for unit, (n, begin, end) in zip(corpus.table.unit_of, corpus.places, strict=True):
        found, number = corpus.articles[n], rows[n]["number"]
        yield {
            "number": number,
            "begin": begin,
            "about": _about(found.article),
            "run": rows[n]["quotations"][begin:end],
            **_unit(corpus.table, unit, number, begin),
            **_window(found, begin, end),
            "day": _ordinal(found.article.published),
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


def _unit(table: Table, unit: int, number: int, begin: int) -> Row:
    """What of a printing, the attribution of that number in its article, makes its unit."""
    wording = _words(table, table.strings[unit])
    phrase, voice = table.phrases[unit], table.people[table.voices[unit]]
    said_by = {
        "words": list(voice.words),
        "kind": voice.kind,
        "sex": voice.sex,
        "roles": sorted(map(list, voice.roles)),
        "proper": sorted(voice.proper),
        "sure": voice.sure,
    }
    place = None if phrase.distinctive else number
    one = repr((wording, said_by, (number, begin) if phrase.manner is Manner.NAMED else place))
    return {
        "key": hashlib.blake2b(one.encode(), digest_size=16).digest(),
        "wording": wording,
        "voice": said_by,
        "surname": voice.surname,
        "size": phrase.size,
        "content": phrase.content,
        "titled": phrase.titled,
        "manner": phrase.manner,
        "distinctive": phrase.distinctive,
        "inner": [_words(table, string) for string in table.quoting.get(unit, ())],
    }


def _words(table: Table, string: str) -> str:
    return " ".join(map(table.words.word, string))


def _window(found: AttributedArticle, begin: int, end: int) -> Row:
    """The text around a printing, as far as `quoteattr.dedup.clustering` looks."""
    start = found.attributions[begin].quotation.content.start
    stop = found.attributions[end - 1].quotation.content.end
    first, last = window(found.article.text, start, stop, AROUND)
    return {"window": found.article.text[first:last], "start": start - first, "stop": stop - first}
