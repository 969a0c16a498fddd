"""Stores attributed articles in one SQLite file, and finds those whose quotations share words."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from os import PathLike
from typing import Any

from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.names import read_name
from quoteattr.records import article_from_row, article_row
from quoteattr.schema import AttributedArticle

FORMAT = 2
"""Number of the file's format (SQLite's ``user_version``)."""
MOST_SHARING = 64
"""Articles that share a hash are neighbours, unless more than this many share it.
`quoteattr.dedup.ngram_index` reads posting lists of about this length completely."""
VALUES_AT_ONCE = 500
"""Values in one query; the oldest limit of SQLite is 999."""
CACHED_TOKENS = 1 << 18
"""Tokens whose numbers are cached: the distinct words of a large corpus."""
_TABLES = f"""
    CREATE TABLE IF NOT EXISTS article (number INTEGER PRIMARY KEY, digest BLOB UNIQUE, body BLOB);
    CREATE TABLE IF NOT EXISTS run (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) WITHOUT ROWID;
    PRAGMA user_version = {FORMAT};
"""


class ArticleStore:
    """Attributed articles by number, in order of arrival.

    Args:
        path: the file, which is created if it does not exist; None keeps everything in memory.

    Raises:
        ValueError: if the file has another format.

    >>> from quoteattr.schema import Article
    >>> store = ArticleStore(None)
    >>> article = AttributedArticle(Article("It rained.", id="a"))
    >>> store.add([article, article]) == {1: article}, len(store), list(store.articles()) == [article]
    (True, 1, True)
    """

    def __init__(self, path: str | PathLike[str] | None) -> None:
        self._db = sqlite3.connect(":memory:" if path is None else path)
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, FORMAT):
            raise ValueError(f"{path} has format {found}; this version reads format {FORMAT}")
        self._db.executescript(_TABLES)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM article").fetchone()[0])

    def add(self, articles: Iterable[AttributedArticle]) -> dict[int, AttributedArticle]:
        """Adds articles in one transaction and returns those that are new, by number.

        Raises:
            TypeError: if an element is not an `AttributedArticle`; then nothing is added.
        """
        with self._db:
            return {number: found for found in articles if (number := self._insert(found)) is not None}

    def articles(self) -> Iterator[AttributedArticle]:
        """Yields all articles, in order of arrival."""
        for (body,) in self._db.execute("SELECT body FROM article ORDER BY number"):
            yield _decode(body)

    def with_neighbours(self, articles: Mapping[int, AttributedArticle]) -> dict[int, AttributedArticle]:
        """Returns some articles, and all others that share words with them, by number."""
        wanted = sorted({h for found in articles.values() for h in article_hashes(found)})
        numbers: set[int] = set()
        for values in _slices(wanted):
            sharing: dict[int, list[int]] = defaultdict(list)
            for value, article in self._select("SELECT hash, article FROM run WHERE hash", values):
                sharing[value].append(article)
            numbers.update(n for found in sharing.values() if len(found) <= MOST_SHARING for n in found)
        near = dict(articles)
        for values in _slices(sorted(numbers - set(articles))):
            rows = self._select("SELECT number, body FROM article WHERE number", values)
            near.update((number, _decode(body)) for number, body in rows)
        return near

    def copy_to(self, other: ArticleStore) -> None:
        """Writes everything into another store, replacing what it has."""
        self._db.backup(other._db)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _insert(self, found: AttributedArticle) -> int | None:
        """Inserts an article and returns its number; None if the store has it already."""
        if not isinstance(found, AttributedArticle):
            raise TypeError(f"add takes attributed articles, not {type(found).__name__}")
        body = _encode(found)
        digest = hashlib.blake2b(body, digest_size=16).digest()
        row = self._db.execute(
            "INSERT OR IGNORE INTO article (digest, body) VALUES (?, ?)", (digest, zlib.compress(body, 1))
        )
        if not row.rowcount:
            return None
        number = row.lastrowid
        assert number is not None
        rows = [(h, number) for h in article_hashes(found)]
        self._db.executemany("INSERT OR IGNORE INTO run VALUES (?, ?)", rows)
        return number

    def _select(self, query: str, values: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        marks = ",".join("?" * len(values))
        return iter(self._db.execute(f"{query} IN ({marks})", values))


def _slices(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[at : at + VALUES_AT_ONCE] for at in range(0, len(values), VALUES_AT_ONCE))


def _encode(found: AttributedArticle) -> bytes:
    """The article row (see `quoteattr.records`) as JSON."""
    return json.dumps(article_row(found), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _decode(body: bytes) -> AttributedArticle:
    return article_from_row(json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass")))


def article_hashes(found: AttributedArticle) -> set[int]:
    """Returns the hashes by which an article is found: those of the runs of three words in its quotations,
    and those of words and pairs of words together with the speaker's surname."""
    hashes: set[int] = set()
    for attribution in found:
        numbers = [_number(token) for token in normalized_tokens(attribution.quotation.content.text)]
        hashes.update(map(_mix, zip(numbers, numbers[1:], numbers[2:], strict=False)))
        speaker = attribution.speaker
        if speaker is not None:
            surname = _number("\0" + read_name(speaker.name).last)
            hashes.update(_mix((surname, number)) for number in numbers)
            hashes.update(_mix((surname, *pair)) for pair in pairwise(numbers))
    return hashes


@lru_cache(maxsize=CACHED_TOKENS)
def _number(token: str) -> int:
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little")


def _mix(numbers: tuple[int, ...]) -> int:
    """One signed 64-bit integer, the type that SQLite stores."""
    total = len(numbers)
    for number in numbers:
        total = (total * 0x9E3779B97F4A7C15 + number) & 0xFFFFFFFFFFFFFFFF
        total ^= total >> 29
    return total - (1 << 63)
