"""Stores attributed articles in one SQLite file, and finds those whose quotations share words."""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from typing import Any

from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.dedup.occurrences import between_marks
from quoteattr.dedup.store_file import StorePath, damage_reported, open_store
from quoteattr.dedup.stored_article import decode_article, encode_article, unpack
from quoteattr.names import read_name
from quoteattr.schema import AttributedArticle

MOST_SHARING = 64
"""Articles that share a hash are neighbours, unless more than this many share it.
`quoteattr.dedup.ngram_index` reads posting lists of about this length completely."""
VALUES_AT_ONCE = 500
"""Values in one query; the oldest limit of SQLite is 999."""
CACHED_TOKENS = 1 << 18
"""Tokens whose numbers are cached: as many as a large corpus has distinct words."""

_logger = logging.getLogger("quoteattr.dedup")


class ArticleStore:
    """Attributed articles by number, in order of arrival.

    Articles that cannot be read are left out. The logger ``quoteattr.dedup`` reports each of them once.

    Args:
        path: the file, which is created if it does not exist; None keeps everything in memory.

    Raises:
        ValueError: if the file is not a store, or one of another format. Then nothing is written.

    >>> from quoteattr.schema import Article
    >>> store = ArticleStore(None)
    >>> article = AttributedArticle(Article("It rained.", id="a"))
    >>> with store.adding([article, article]) as new:
    ...     print(new == {1: article})
    True
    >>> len(store), list(store.articles()) == [article]
    (1, True)
    """

    def __init__(self, path: StorePath | None) -> None:
        self._path = path
        self._db = open_store(path)
        self._warned: set[int] = set()

    def __len__(self) -> int:
        ((count,),) = self._rows("SELECT count(*) FROM article")
        return int(count)

    @contextmanager
    def adding(self, articles: Iterable[AttributedArticle]) -> Iterator[dict[int, AttributedArticle]]:
        """Adds articles and yields those that are new, by number. If the body of the ``with`` statement
        raises an error, or the process ends while it runs, nothing is added.

        Raises:
            TypeError: if an element is not an `AttributedArticle`, or a value in it has another type than
                its class says.
            ValueError: if an article fails `check_article`.
        """
        with damage_reported(self._path), self._db:
            yield {number: found for found in articles if (number := self._insert(found)) is not None}

    def articles(self) -> Iterator[AttributedArticle]:
        """Yields all articles that can be read, in order of arrival."""
        return (found for _, found in self._readable(self._stored()))

    def unreadable(self) -> dict[int, str]:
        """Returns the articles that cannot be read, by number, each with the reason."""
        outcomes = ((number, _decode(digest, body)) for number, digest, body in self._stored())
        return {number: outcome for number, outcome in outcomes if isinstance(outcome, str)}

    def with_neighbours(self, articles: Mapping[int, AttributedArticle]) -> dict[int, AttributedArticle]:
        """Returns some articles, and all others that share words with them, by number."""
        wanted = sorted({h for found in articles.values() for h in article_hashes(found)})
        numbers: set[int] = set()
        for values in _slices(wanted):
            sharing: dict[int, list[int]] = defaultdict(list)
            for value, article in self._select("SELECT hash, article FROM run WHERE hash", values):
                if isinstance(article, int):
                    sharing[value].append(article)
            numbers.update(n for found in sharing.values() if len(found) <= MOST_SHARING for n in found)
        near = dict(articles)
        for values in _slices(sorted(numbers - set(articles))):
            query = "SELECT number, digest, body FROM article WHERE number"
            near.update(self._readable(self._select(query, values)))
        return near

    def copy_to(self, other: ArticleStore) -> None:
        """Writes everything into another store, replacing what it has."""
        with damage_reported(self._path):
            self._db.backup(other._db)

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _insert(self, found: AttributedArticle) -> int | None:
        """Inserts an article and returns its number; None if the store has it already."""
        if not isinstance(found, AttributedArticle):
            raise TypeError(f"add takes attributed articles, not {type(found).__name__}")
        try:
            body = encode_article(found)
        except (TypeError, ValueError) as error:
            raise type(error)(f"article {found.article.id!r} cannot be added: {error}") from error
        digest, packed = _digest(body), zlib.compress(body, 1)
        row = self._db.execute("INSERT OR IGNORE INTO article (digest, body) VALUES (?, ?)", (digest, packed))
        number = row.lastrowid if row.rowcount else self._mended(digest, packed)
        if number is None:
            return None
        rows = [(h, number) for h in article_hashes(found)]
        self._db.executemany("INSERT OR IGNORE INTO run VALUES (?, ?)", rows)
        return number

    def _mended(self, digest: bytes, packed: bytes) -> int | None:
        """Replaces the damaged body of an article that the store has already, and returns its number; None if
        the body is not damaged."""
        ((number, stored),) = self._rows("SELECT number, body FROM article WHERE digest = ?", (digest,))
        if stored == packed or isinstance(_decode(digest, stored), AttributedArticle):
            return None
        self._db.execute("UPDATE article SET body = ? WHERE number = ?", (packed, number))
        self._warned.discard(number)
        return int(number)

    def _stored(self) -> Iterator[tuple[Any, ...]]:
        """The number, digest and body of every article.

        Raises:
            ValueError: if the numbers do not increase. This happens in a damaged file, which might be read
                without end.
        """
        last = None
        for row in self._rows("SELECT number, digest, body FROM article ORDER BY number"):
            if last is not None and row[0] <= last:
                raise ValueError(f"{self._path} is damaged: article {row[0]} follows article {last}")
            last = row[0]
            yield row

    def _readable(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, AttributedArticle]]:
        """Yields the stored articles (given as number, digest and body) that can be read, and reports the
        others."""
        for number, digest, body in rows:
            outcome = _decode(digest, body)
            if isinstance(outcome, AttributedArticle):
                yield number, outcome
            elif number not in self._warned:
                self._warned.add(number)
                _logger.warning("article %s of %s is left out: %s", number, self._path, outcome)

    def _select(self, query: str, values: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        marks = ",".join("?" * len(values))
        return self._rows(f"{query} IN ({marks})", values)

    def _rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        with damage_reported(self._path):
            yield from self._db.execute(query, values)


def _slices(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[at : at + VALUES_AT_ONCE] for at in range(0, len(values), VALUES_AT_ONCE))


def _decode(digest: object, body: object) -> AttributedArticle | str:
    """The article of a compressed body, or why it cannot be read."""
    try:
        row = unpack(body)
        if _digest(row) != digest:
            return "its content is not what was added"
        return decode_article(row)
    except ValueError as error:
        return str(error)


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()


def article_hashes(found: AttributedArticle) -> set[int]:
    """Returns the hashes by which an article is found: those of the runs of three words in its quotations,
    and those of words and pairs of words together with the speaker's surname."""
    hashes: set[int] = set()
    for attribution in between_marks(found):
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
    """Combines numbers into one signed 64-bit integer, the type that SQLite stores."""
    total = len(numbers)
    for number in numbers:
        total = (total * 0x9E3779B97F4A7C15 + number) & 0xFFFFFFFFFFFFFFFF
        total ^= total >> 29
    return total - (1 << 63)
