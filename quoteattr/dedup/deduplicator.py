"""Finds utterances in a stream of articles, and keeps the articles in one SQLite file.

Each batch is one transaction: if the process is killed, the file has all finished batches and nothing of the
unfinished one. Articles that are already in the file are skipped, so an interrupted stream can be read again
from its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from types import TracebackType

from quoteattr.dedup.pipeline import deduplicate
from quoteattr.dedup.store import ArticleStore
from quoteattr.schema import AttributedArticle, Utterance


class Deduplicator:
    """Takes attributed articles in batches, and returns the utterances of each batch and of all articles.

    Args:
        path: the file, which is created if it does not exist. None keeps everything in memory until `save`.

    Raises:
        ValueError: if the file has another format.

    >>> with Deduplicator() as deduplicator:
    ...     deduplicator.add([])
    ...     deduplicator.utterances()
    []
    []
    """

    def __init__(self, path: str | PathLike[str] | None = None) -> None:
        self._store = ArticleStore(path)

    def __enter__(self) -> Deduplicator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of articles."""
        return len(self._store)

    def add(self, articles: Iterable[AttributedArticle]) -> list[Utterance]:
        """Adds a batch, in one transaction, and returns the utterances with an appearance in it.

        The batch is compared only with articles that share words with it. The returned utterances may differ
        from those of `utterances` if an utterance depends on other articles; `docs/deduplication-record.md`
        says how often.

        Returns:
            Utterances, as `deduplicate` returns them.

        Raises:
            TypeError: if an element of ``articles`` is not an `AttributedArticle`; then nothing is added.
        """
        new = self._store.add(articles)
        if not new:
            return []
        near = self._store.with_neighbours(new)
        # A second round includes the articles that share words with other appearances of these utterances.
        carriers = {id(a.article) for u in _with_appearance_in(near, new) for a in u.appearances}
        touched = {number: found for number, found in near.items() if id(found.article) in carriers}
        return _with_appearance_in({**self._store.with_neighbours(touched), **near}, new)

    def utterances(self) -> list[Utterance]:
        """Returns all utterances: the result of `deduplicate` for all articles, however they were batched."""
        return deduplicate(self.articles())

    def articles(self) -> Iterator[AttributedArticle]:
        """Yields the articles, in order of arrival."""
        return self._store.articles()

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
