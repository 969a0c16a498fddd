"""Finds utterances in a stream of articles, and keeps the articles in one SQLite file.

Each batch is one transaction: if the process is killed or an error is raised, the file has all finished
batches and nothing of the unfinished one. Articles that are already in the file are skipped, so an
interrupted stream can be read again from its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING

from quoteattr.dedup.pipeline import deduplicate
from quoteattr.schema import AttributedArticle, Utterance

if TYPE_CHECKING:
    from quoteattr.dedup.store import ArticleStore


class Deduplicator:
    """Takes attributed articles in batches, and returns the utterances of each batch and of all articles.

    Args:
        path: the file, which is created if it does not exist. None keeps everything in memory until `save`.

    The file is not trusted: an article in it that was damaged or changed is left out, `unreadable` names it,
    and the logger ``quoteattr.dedup`` warns about it once.

    Raises:
        ValueError: if the file is not one of this class, or has another format; nothing is written to it.
            Every method raises it if SQLite finds that the file is damaged.

    >>> with Deduplicator() as deduplicator:
    ...     deduplicator.add([])
    ...     deduplicator.utterances()
    []
    []
    """

    def __init__(self, path: str | PathLike[str] | None = None) -> None:
        # Imported here because SQLite and JSON take some .03 s, and `deduplicate` does not need them.
        from quoteattr.dedup.store import ArticleStore

        self._store: ArticleStore = ArticleStore(path)

    def __enter__(self) -> Deduplicator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of articles, unreadable ones included."""
        return len(self._store)

    def add(self, articles: Iterable[AttributedArticle]) -> list[Utterance]:
        """Adds a batch, in one transaction, and returns the utterances with an appearance in it.

        The batch is compared only with articles that share words with it. The returned utterances may differ
        from those of `utterances` if an utterance depends on other articles; `docs/deduplication-record.md`
        says how often.

        Returns:
            Utterances, as `deduplicate` returns them.

        Raises:
            TypeError: if an element of ``articles`` is not an `AttributedArticle`, or a value in it has
                another type than its class says.
            ValueError: if an article has a span with other words than its text, or a kind or number that is
                not allowed. If any error is raised, nothing of the batch is added.
        """
        with self._store.adding(articles) as new:
            return self._utterances_of(new) if new else []

    def _utterances_of(self, new: dict[int, AttributedArticle]) -> list[Utterance]:
        """The utterances with an appearance in some articles of the store, given by number."""
        near = self._store.with_neighbours(new)
        # A second round includes the articles that share words with other appearances of these utterances.
        carriers = {id(a.article) for u in _with_appearance_in(near, new) for a in u.appearances}
        touched = {number: found for number, found in near.items() if id(found.article) in carriers}
        return _with_appearance_in({**self._store.with_neighbours(touched), **near}, new)

    def utterances(self) -> list[Utterance]:
        """Returns all utterances: the result of `deduplicate` for all articles, however they were batched."""
        return deduplicate(self.articles())

    def articles(self) -> Iterator[AttributedArticle]:
        """Yields the articles, in order of arrival, without those that cannot be read."""
        return self._store.articles()

    def unreadable(self) -> dict[int, str]:
        """Returns the articles of the file that cannot be read, each with the reason; empty for a sound file.

        Returns:
            Reasons by the number of the article, counted from 1 in order of arrival.

        >>> with Deduplicator() as deduplicator:
        ...     deduplicator.unreadable()
        {}
        """
        return self._store.unreadable()

    def save(self, path: str | PathLike[str]) -> None:
        """Writes everything to a file, which must not contain articles yet.

        Raises:
            ValueError: if the file contains articles.
        """
        with Deduplicator(path) as other:
            if len(other):
                raise ValueError(f"{path} holds {len(other)} articles already")
            self._store.copy_to(other._store)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Deduplicator:
        """Opens an existing file.

        Raises:
            FileNotFoundError: if it does not exist.
            ValueError: if it is not a file of this class, or has another format; nothing is written to it.
        """
        with open(path, "rb"):
            return cls(path)

    def close(self) -> None:
        """Closes the file."""
        self._store.close()


def _with_appearance_in(
    articles: dict[int, AttributedArticle], batch: dict[int, AttributedArticle]
) -> list[Utterance]:
    """The utterances of some articles that have an appearance in an article of the batch."""
    in_batch = {id(found.article) for found in batch.values()}
    found = deduplicate(articles.values())
    return [u for u in found if any(id(a.article) in in_batch for a in u.appearances)]
