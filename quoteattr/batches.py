"""Attributes many articles, in batches and in several processes. Articles that fail can be skipped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Literal

import attrs

from quoteattr.parallel import FailedItem, map_batches, use_one_thread
from quoteattr.parsing import Parser
from quoteattr.parsing.parser import check_parser, default_parser
from quoteattr.pipeline import Options, Prepared, attribute_batch, attribute_prepared, parse_articles
from quoteattr.schema import Article, AttributedArticle, Style

OnError = Literal["raise", "skip"]

_logger = logging.getLogger(__name__)
_NAMED = 40
"""Characters of an article without an id that name it in a message."""


@attrs.frozen
class _Failure:
    """Takes the place of a result where an article could not be attributed."""

    name: str
    """The article's id or the beginning of its text, in quotation marks; empty if it is not an article."""
    reason: str
    """What happened."""
    error: Exception | None = None
    """The exception; None if it was raised in another process."""

    @classmethod
    def of(cls, article: Article, error: Exception) -> _Failure:
        return cls(_name(article), f"{type(error).__name__}: {error}", error)


_Outcome = AttributedArticle | _Failure


def attribute_many(
    articles: Iterable[str | Article],
    *,
    parser: Parser | None = None,
    batch_size: int = 64,
    workers: int = 1,
    min_confidence: float = 0.0,
    indirect: bool = False,
    style: Style = "news",
    characters: Mapping[str, Sequence[str]] | Sequence[str] = (),
    on_error: OnError = "raise",
) -> Iterator[AttributedArticle]:
    """`attribute` for many articles. Their frames are parsed together, in full batches.

    Args:
        articles: an iterable of strings or articles, which is read lazily.
        parser: as in `attribute`. With several workers it must be picklable, as those of `load_parser` are.
        batch_size: how many articles are parsed at once.
        workers: number of processes. With 1, this process does the work. With more, each worker process loads
            its own parser and uses one thread, and a worker that dies is replaced.
        min_confidence: as in `attribute`.
        indirect: as in `attribute`.
        style: as in `attribute`.
        characters: as in `attribute`, the same for all articles.
        on_error: what to do if an article cannot be attributed, because it is neither a str nor an Article,
            the parser fails on it, or its worker dies each time. "raise": yield the results of the articles
            before it, then raise an error that names it. "skip": leave it out and log an error with the
            logger ``quoteattr.batches``. The results of the other articles do not change.

    Returns:
        An iterator over the results, in the order of the articles. With "skip", an article that fails has no
        result. `AttributedArticle.article` is the article of a result.

    Raises:
        TypeError: if `articles` is one article instead of an iterable of them, `parser` has no method
            `parse`, or `batch_size` or `workers` is not an int; while iterating, if an article is neither a
            str nor an Article (unless it is skipped), or the parser cannot be pickled for the workers.
        ValueError: if `batch_size`, `workers` or `min_confidence` is out of range, `style` is not one of the
            three, or `on_error` is neither "raise" nor "skip".
        RuntimeError: while iterating, if an article cannot be attributed; the message says which and why.

    >>> [len(result) for result in attribute_many(["“Yes,” she said.", None, "It rained."], on_error="skip")]
    [1, 0]
    """
    if isinstance(articles, (str, Article)) or not isinstance(articles, Iterable):
        kind = type(articles).__name__
        raise TypeError(f"articles must be an iterable of str or Article, got one {kind}; see attribute()")
    check_parser(parser)
    for name, number in (("batch_size", batch_size), ("workers", workers)):
        if not isinstance(number, int):
            raise TypeError(f"{name} must be an int, got {number!r}")
    if batch_size < 1:
        raise ValueError(f"batch_size must be 1 or more, got {batch_size}")
    if workers < 1:
        raise ValueError(f"workers must be 1 or more, got {workers}")
    options = Options(min_confidence, indirect, style, characters)
    if on_error not in ("raise", "skip"):
        raise ValueError(f'on_error must be "raise" or "skip", got {on_error!r}')
    stream = map(_article_or_failure, articles)
    batches = iter(lambda: list(islice(stream, batch_size)), [])
    if workers > 1:
        load = partial(_load_task, parser, options)
        return _successes(_in_processes(batches, load, workers), on_error)
    attribute_each = partial(_attribute_each, parser=parser, options=options)
    return _successes(chain.from_iterable(map(attribute_each, batches)), on_error)


def attributer(
    parser: Parser | None,
    *,
    min_confidence: float = 0.0,
    indirect: bool = False,
    style: Style = "news",
    characters: Mapping[str, Sequence[str]] | Sequence[str] = (),
) -> Callable[[Sequence[Article]], list[AttributedArticle]]:
    """Returns the function that attributes batches in a worker process.

    Loads the parser and limits the process to one thread.
    """
    options = Options(min_confidence, indirect, style, characters)
    ready = parser or default_parser()
    use_one_thread()
    return lambda batch: list(attribute_batch(batch, ready, options))


def _attribute_each(
    batch: Sequence[Article | _Failure], *, parser: Parser | None, options: Options
) -> Iterator[_Outcome]:
    """Yields the result of each article, or its failure. A failure does not affect the other articles."""
    articles = [article for article in batch if isinstance(article, Article)]
    prepared: Sequence[Prepared | None]
    try:
        prepared = parse_articles(
            [article.text for article in articles], parser, indirect=options.indirect, style=options.style
        )
    except Exception:  # parsed one at a time, to find the article that fails
        prepared = [None] * len(articles)
    rest = iter(prepared)
    for article in batch:
        if isinstance(article, Article):
            yield _attribute_or_failure(article, next(rest), parser, options)
        else:
            yield article


def _attribute_or_failure(
    article: Article, prepared: Prepared | None, parser: Parser | None, options: Options
) -> _Outcome:
    """Attributes an article. If `prepared` is None, the article is parsed first."""
    try:
        if prepared is None:
            (prepared,) = parse_articles(
                [article.text], parser, indirect=options.indirect, style=options.style
            )
        return attribute_prepared(article, prepared, (), options)
    except Exception as error:
        return _Failure.of(article, error)


def _successes(outcomes: Iterable[_Outcome], on_error: OnError) -> Iterator[AttributedArticle]:
    """Yields the results; raises or logs the failures."""
    for number, outcome in enumerate(outcomes):
        if isinstance(outcome, AttributedArticle):
            yield outcome
            continue
        which = f"article {number}" + (f" ({outcome.name})" if outcome.name else "")
        if on_error == "raise":
            kind = RuntimeError if outcome.name else TypeError
            raise kind(f"{which} cannot be attributed: {outcome.reason}") from outcome.error
        _logger.error("skipped %s: %s", which, outcome.reason, exc_info=outcome.error)


def _in_processes(
    batches: Iterator[list[Article | _Failure]],
    load: Callable[[], Callable[[Sequence[Article | _Failure]], list[_Outcome]]],
    workers: int,
) -> Iterator[_Outcome]:
    for outcomes in map_batches(load, batches, workers=workers):
        for outcome in outcomes:
            if isinstance(outcome, FailedItem):
                item = outcome.item
                yield item if isinstance(item, _Failure) else _Failure(_name(item), outcome.reason)
            else:
                yield outcome


def _load_task(
    parser: Parser | None, options: Options
) -> Callable[[Sequence[Article | _Failure]], list[_Outcome]]:
    """Returns the function that attributes batches in a worker process.

    Its failures contain no exception objects, because not all of these can be pickled.
    """
    ready = parser or default_parser()
    use_one_thread()

    def task(batch: Sequence[Article | _Failure]) -> list[_Outcome]:
        outcomes = _attribute_each(batch, parser=ready, options=options)
        return [attrs.evolve(o, error=None) if isinstance(o, _Failure) else o for o in outcomes]

    return task


def _article_or_failure(text: str | Article) -> Article | _Failure:
    try:
        return Article.of(text)
    except TypeError as error:
        return _Failure("", str(error))


def _name(article: Article) -> str:
    return repr(article.id) if article.id else f"{article.text[:_NAMED]!r}…"
