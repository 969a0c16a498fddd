"""Utterances over a stream of articles, kept in one SQLite file.

A batch is one transaction: after a kill the file holds every batch that was finished, and nothing of the one
that was not. An article that the file holds already is passed over, so that a stream may simply start again.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from os import PathLike
from types import TracebackType
from typing import Any

from quoteattr.dedup import normalize
from quoteattr.dedup.pipeline import deduplicate
from quoteattr.names import read_name
from quoteattr.schema import (
    Article,
    AttributedArticle,
    Attribution,
    Mention,
    Outlet,
    Quotation,
    Span,
    Speaker,
    Utterance,
)

FORMAT = 1
"""Number of the file's layout (SQLite's ``user_version``)."""
SHARED_BY = 64
"""Articles that may share a run of words before it stops telling anything: as long as a posting list that
`quoteattr.dedup.ngram_index` reads to its end."""
AT_ONCE = 500
"""Values in one query; SQLite's oldest limit is 999."""
_LAYOUT = f"""
    CREATE TABLE IF NOT EXISTS article (number INTEGER PRIMARY KEY, digest BLOB UNIQUE, body BLOB);
    CREATE TABLE IF NOT EXISTS run (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) WITHOUT ROWID;
    PRAGMA user_version = {FORMAT};
"""


class Deduplicator:
    """Takes attributed articles as they come, and tells which lines they touch.

    Args:
        path: the file; it is made if it is not there. None keeps everything in memory until `save`.

    Raises:
        ValueError: if the file is of another layout.

    >>> with Deduplicator() as lines:
    ...     lines.add([])
    ...     lines.utterances()
    []
    []
    """

    def __init__(self, path: str | PathLike[str] | None = None) -> None:
        self._db = sqlite3.connect(":memory:" if path is None else path)
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, FORMAT):
            raise ValueError(f"{path} has layout {found}; this version reads layout {FORMAT}")
        self._db.executescript(_LAYOUT)

    def __enter__(self) -> Deduplicator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """How many articles there are."""
        return int(self._db.execute("SELECT count(*) FROM article").fetchone()[0])

    def add(self, articles: Iterable[AttributedArticle]) -> list[Utterance]:
        """Take in a batch, in one transaction, and tell the utterances that it begins or adds to.

        They are found among the articles that share words with the batch. What `utterances` says of the whole
        may differ where a line hangs on an article farther away; `docs/deduplication.md` says how often.

        Returns:
            Utterances with an appearance in the batch, as `deduplicate` gives them.

        Raises:
            TypeError: if something in ``articles`` is no `AttributedArticle`; nothing is taken in then.
        """
        with self._db:
            new = {number: found for found in articles if (number := self._insert(found)) is not None}
        if not new:
            return []
        near = self._with_neighbours(new)
        touched = [line for line in deduplicate(near.values()) if _any_of(line, new)]
        # Once more with what the touched lines' other articles share, so that no line is told by halves.
        carriers = {id(a.article) for line in touched for a in line.appearances}
        wider = {n: found for n, found in near.items() if id(found.article) in carriers}
        near = {**self._with_neighbours(wider), **near}
        return [line for line in deduplicate(near.values()) if _any_of(line, new)]

    def utterances(self) -> list[Utterance]:
        """All utterances: the same as `deduplicate` over all articles, in whatever batches they came."""
        return deduplicate(self.articles())

    def articles(self) -> Iterator[AttributedArticle]:
        """The articles, in order of arrival."""
        for (body,) in self._db.execute("SELECT body FROM article ORDER BY number"):
            yield _read(body)

    def save(self, path: str | PathLike[str]) -> None:
        """Write everything to a file, which must not hold articles yet.

        Raises:
            ValueError: if the file holds some.
        """
        with Deduplicator(path) as other:
            if len(other):
                raise ValueError(f"{path} holds {len(other)} articles already")
            self._db.backup(other._db)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Deduplicator:
        """Open a file and go on with it.

        Raises:
            FileNotFoundError: if there is none.
        """
        with open(path, "rb"):
            return cls(path)

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    def _insert(self, found: AttributedArticle) -> int | None:
        if not isinstance(found, AttributedArticle):
            raise TypeError(f"add takes attributed articles, not {type(found).__name__}")
        body = _written(found)
        digest = hashlib.blake2b(body, digest_size=16).digest()
        row = self._db.execute(
            "INSERT OR IGNORE INTO article (digest, body) VALUES (?, ?)", (digest, zlib.compress(body, 1))
        )
        if not row.rowcount:
            return None
        number = row.lastrowid
        assert number is not None
        self._db.executemany("INSERT OR IGNORE INTO run VALUES (?, ?)", [(h, number) for h in _hashes(found)])
        return number

    def _with_neighbours(self, articles: dict[int, AttributedArticle]) -> dict[int, AttributedArticle]:
        """The articles and those that share a run of words with them."""
        wanted = sorted({h for found in articles.values() for h in _hashes(found)})
        numbers: set[int] = set()
        for at in range(0, len(wanted), AT_ONCE):
            sharing: dict[int, list[int]] = defaultdict(list)
            for value, article in self._select(
                "SELECT hash, article FROM run WHERE hash", wanted[at : at + AT_ONCE]
            ):
                sharing[value].append(article)
            numbers.update(n for found in sharing.values() if len(found) <= SHARED_BY for n in found)
        missing = sorted(numbers - set(articles))
        near = dict(articles)
        for at in range(0, len(missing), AT_ONCE):
            rows = self._select("SELECT number, body FROM article WHERE number", missing[at : at + AT_ONCE])
            near.update((number, _read(body)) for number, body in rows)
        return near

    def _select(self, query: str, values: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        marks = ",".join("?" * len(values))
        return iter(self._db.execute(f"{query} IN ({marks})", values))


def _any_of(line: Utterance, new: dict[int, AttributedArticle]) -> bool:
    mine = {id(found.article) for found in new.values()}
    return any(id(a.article) in mine for a in line.appearances)


def _hashes(found: AttributedArticle) -> set[int]:
    """What an article's quotations are found by: runs of three words; words and pairs with the surname."""
    hashes: set[int] = set()
    for attribution in found:
        numbers = [_number(token) for token in normalize.tokens(attribution.quotation.content.text)]
        hashes.update(map(_mixed, zip(numbers, numbers[1:], numbers[2:], strict=False)))
        speaker = attribution.speaker
        if speaker is not None:
            surname = _number("\0" + read_name(speaker.name).last)
            hashes.update(_mixed((surname, number)) for number in numbers)
            hashes.update(_mixed((surname, *pair)) for pair in pairwise(numbers))
    return hashes


@lru_cache(maxsize=1 << 18)
def _number(token: str) -> int:
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little")


def _mixed(numbers: tuple[int, ...]) -> int:
    """One signed 64-bit number, as SQLite's integers are."""
    total = len(numbers)
    for number in numbers:
        total = (total * 0x9E3779B97F4A7C15 + number) & 0xFFFFFFFFFFFFFFFF
        total ^= total >> 29
    return total - (1 << 63)


def _written(found: AttributedArticle) -> bytes:
    """The article as JSON: offsets instead of texts, speakers by number."""
    article = found.article
    speakers = list(dict.fromkeys([*found.speakers, *(a.speaker for a in found if a.speaker)]))
    place = {speaker: n for n, speaker in enumerate(speakers)}
    day = article.published.isoformat() if article.published else None
    record = {
        "article": [article.text, article.id, article.publisher, day, article.url],
        "speakers": [[s.name, s.kind, s.aliases] for s in speakers],
        "listed": len(found.speakers),
        "said": [_attribution_row(a, place) for a in found],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _attribution_row(a: Attribution, place: dict[Speaker, int]) -> list[object]:
    q = a.quotation
    return [
        [q.content.start, q.content.end, q.outer.start, q.outer.end, q.kind],
        [a.cue.start, a.cue.end] if a.cue else None,
        [a.mention.span.start, a.mention.span.end, a.mention.kind] if a.mention else None,
        place[a.speaker] if a.speaker else None,
        [a.outlet.span.start, a.outlet.span.end, a.outlet.name] if a.outlet else None,
        a.statement,
        a.confidence,
        a.decided_by,
        a.resolved_by,
    ]


def _read(body: bytes) -> AttributedArticle:
    record = json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))
    text, name, publisher, day, url = record["article"]
    published = datetime.date.fromisoformat(day) if day else None
    speakers = [Speaker(name_, kind, tuple(aliases)) for name_, kind, aliases in record["speakers"]]
    said = tuple(_attribution(text, speakers, *row) for row in record["said"])
    article = Article(text, name, publisher, published, url)
    return AttributedArticle(article, said, tuple(speakers[: record["listed"]]))


def _attribution(
    text: str,
    speakers: list[Speaker],
    quotation: list[Any],
    cue: list[int] | None,
    mention: list[Any] | None,
    speaker: int | None,
    outlet: list[Any] | None,
    *rest: Any,
) -> Attribution:
    start, end, outer_start, outer_end, kind = quotation
    return Attribution(
        Quotation(Span.of(text, start, end), Span.of(text, outer_start, outer_end), kind),
        Span.of(text, *cue) if cue else None,
        Mention(Span.of(text, *mention[:2]), mention[2]) if mention else None,
        None if speaker is None else speakers[speaker],
        Outlet(outlet[2], Span.of(text, *outlet[:2])) if outlet else None,
        *rest,
    )
