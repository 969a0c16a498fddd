"""The order of the stages.

detection     find_quotations    characters to quotations
parsing       parse_frames       the sentences around quotations, parsed with the quoted words masked
attribution   find_cues          the cue, and the words that name the speaker
coreference   resolve            those words to a person, an organisation or an unnamed speaker
              share_speakers     quotations that repeat another one share its speaker
outlets       find_outlets       the outlet that the speaker talked to
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Literal

import attrs

from quoteattr.attribution import Setting, find_cues, make_settings, number_statements, parsed_sentences
from quoteattr.coreference import Chain, check_chains, resolve, share_speakers, speaker_mentions
from quoteattr.detection import find_quotations
from quoteattr.detection.language import report_other_language
from quoteattr.outlets import find_outlets, with_publisher
from quoteattr.parallel import FailedItem, map_batches, use_one_thread
from quoteattr.parsing import Parse, Parser, check_parse, cut_frames, find_frames, parse_frames
from quoteattr.parsing.parser import default_parser
from quoteattr.schema import Article, AttributedArticle, Attribution, Speaker

OnError = Literal["raise", "skip"]

_logger = logging.getLogger(__name__)


@attrs.frozen
class _Failure:
    """Takes the place of a result where an article could not be attributed."""

    name: str
    """The article's id or the beginning of its text, in quotation marks; empty for what is no article."""
    reason: str
    """What happened."""
    error: Exception | None = None
    """The exception; None if it was raised in another process."""

    @classmethod
    def of(cls, article: Article, error: Exception) -> _Failure:
        return cls(_name(article), f"{type(error).__name__}: {error}", error)


_Outcome = AttributedArticle | _Failure


def attribute(
    text: str | Article, *, parser: Parser | None = None, min_confidence: float = 0.0
) -> AttributedArticle:
    """Finds every quotation of an article, who spoke it and in which outlet.

    Args:
        text: the text as a string, or an `Article` with its metadata.
        parser: from `load_parser`; the bundled models by default, loaded at the first call.
        min_confidence: from 0 to 1. If a speaker is less probable, the quotation is kept, and its cue,
            mention, speaker and outlet are None.

    Returns:
        The article with an attribution for each quotation, in order.

    Raises:
        TypeError: if `text` is neither a str nor an Article.
        ValueError: if `min_confidence` is not from 0 to 1.

    >>> result = attribute("“The ice is thin,” Ms Lee told the Herald. Ann Lee is the mayor.")
    >>> for line in result:
    ...     print(line.quotation.content.text, "|", line.speaker.name, "|", line.outlet.name)
    The ice is thin, | Ann Lee | Herald
    """
    check_parser(parser)
    check_confidence(min_confidence)
    (result,) = _attribute_batch([Article.of(text)], parser, min_confidence)
    return result


def attribute_parsed(
    article: Article, parse: Parse, *, chains: Sequence[Chain] = (), min_confidence: float = 0.0
) -> AttributedArticle:
    """`attribute` for a text that another tool has parsed: no model is loaded.

    Args:
        article: the article.
        parse: of the whole of its text, in Universal Dependencies, offsets in the text; see
            `quoteattr.integrations.stanza` and `quoteattr.integrations.spacy` for their documents.
        chains: coreference chains that a model found, each a list of spans that refer to one person or
            organisation.
        min_confidence: as in `attribute`.

    Returns:
        As `attribute` does.

    Raises:
        ValueError: if the parse or a chain is of another text, the words of the parse are not in order or
            have heads that are no words, or `min_confidence` is not from 0 to 1.

    >>> article = Article("Nobody spoke.")
    >>> len(attribute_parsed(article, Parse(article.text, ())))
    0
    """
    if parse.text != article.text:
        raise ValueError(f"the parse must be of the article's text, got one of {parse.text[:40]!r}")
    check_parse(parse)
    check_chains(article.text, chains)
    check_confidence(min_confidence)
    quotations = find_quotations(article.text)
    frames = find_frames(article.text, quotations)
    settings = make_settings(article.text, quotations, frames, cut_frames(frames, parse))
    return _attribute_settings(article, settings, chains, min_confidence)


def attribute_many(
    articles: Iterable[str | Article],
    *,
    parser: Parser | None = None,
    batch_size: int = 64,
    workers: int = 1,
    min_confidence: float = 0.0,
    on_error: OnError = "raise",
) -> Iterator[AttributedArticle]:
    """`attribute` for many articles. Their frames are parsed together, in full batches.

    Args:
        articles: an iterable of strings or articles, which is read lazily.
        parser: as in `attribute`. With several workers it must be picklable, as those of `load_parser` are.
        batch_size: how many articles are parsed at once.
        workers: how many processes. With 1 the work is done in this one; with more, each loads the parser
            for itself and works on one thread, and a worker that dies is replaced.
        min_confidence: as in `attribute`.
        on_error: what happens where an article cannot be attributed: it is neither a str nor an Article, the
            parser fails on it, or it ends its worker again and again. "raise" raises an error that names it,
            after the results of the articles before it. "skip" leaves it out, and reports it with the logger
            ``quoteattr.pipeline``; the other articles get the same results as without it.

    Returns:
        An iterator over one result for each article, in order; with "skip", for each that could be
        attributed. `AttributedArticle.article` says which one it is.

    Raises:
        TypeError: if `articles` is one article instead of an iterable of them, `parser` has no parse, or
            `batch_size` or `workers` is no int; while iterating, if an article is neither a str nor an
            Article (unless it is skipped), or the parser cannot be pickled for other workers.
        ValueError: if `batch_size`, `workers` or `min_confidence` is out of range, or `on_error` is another
            word.
        RuntimeError: while iterating, if an article could not be attributed; says which and why.

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
    check_confidence(min_confidence)
    if on_error not in ("raise", "skip"):
        raise ValueError(f'on_error must be "raise" or "skip", got {on_error!r}')
    stream = map(_article_or_failure, articles)
    batches = iter(lambda: list(islice(stream, batch_size)), [])
    if workers > 1:
        return _successes(_in_processes(batches, parser, min_confidence, workers), on_error)
    attribute_each = partial(_attribute_each, parser=parser, min_confidence=min_confidence)
    return _successes(chain.from_iterable(map(attribute_each, batches)), on_error)


def parse_quotations(texts: Sequence[str], parser: Parser | None = None) -> list[list[Setting]]:
    """Returns the settings of each text: its quotations in their parsed frames. These are all steps before
    the rules."""
    quotations = [find_quotations(text) for text in texts]
    frames = [find_frames(text, found) for text, found in zip(texts, quotations, strict=True)]
    parses = parse_frames([frame for found in frames for frame in found], parser)
    return [
        make_settings(text, found, framed, list(islice(parses, len(framed))))
        for text, found, framed in zip(texts, quotations, frames, strict=True)
    ]


def _attribute_settings(
    article: Article, settings: Sequence[Setting], chains: Sequence[Chain], min_confidence: float
) -> AttributedArticle:
    """Runs the stages after parsing over the quotations of one article."""
    report_other_language(article)
    if not settings:  # gathering the names of a text costs more than everything else
        return AttributedArticle(with_publisher(article))
    text, quotations = article.text, [setting.quotation for setting in settings]
    findings = find_cues(settings)
    mentions = speaker_mentions(findings, chains)
    resolutions = resolve(text, mentions, parsed_sentences(settings), [q.content for q in quotations])
    findings, resolutions = share_speakers(settings, findings, resolutions)
    outlets = find_outlets(text, quotations, [resolution.speaker for resolution in resolutions])
    statements = number_statements(findings)
    attributions = [
        Attribution(q, f.cue, f.mention, r.speaker, outlet, statement, f.confidence, f.rule, r.resolved_by)
        for q, f, r, outlet, statement in zip(
            quotations, findings, resolutions, outlets, statements, strict=True
        )
    ]
    kept = tuple(a if a.confidence >= min_confidence or not a.mention else a.withheld() for a in attributions)
    return AttributedArticle(with_publisher(article), kept, _distinct(a.speaker for a in kept))


def _distinct(speakers: Iterable[Speaker | None]) -> tuple[Speaker, ...]:
    return tuple(dict.fromkeys(speaker for speaker in speakers if speaker is not None))


def _attribute_batch(
    articles: Sequence[Article], parser: Parser | None, min_confidence: float
) -> Iterator[AttributedArticle]:
    settings = parse_quotations([article.text for article in articles], parser)
    for article, found in zip(articles, settings, strict=True):
        yield _attribute_settings(article, found, (), min_confidence)


def attributer(
    parser: Parser | None, *, min_confidence: float = 0.0
) -> Callable[[Sequence[Article]], list[AttributedArticle]]:
    """Returns the function that attributes batches in a worker process.

    Loads the parser and limits the process to one thread.
    """
    ready = parser or default_parser()
    use_one_thread()
    return lambda batch: list(_attribute_batch(batch, ready, min_confidence))


def _attribute_each(
    batch: Sequence[Article | _Failure], *, parser: Parser | None, min_confidence: float
) -> Iterator[_Outcome]:
    """Yields the result of each article, or its failure, which leaves the others as they are."""
    articles = [article for article in batch if isinstance(article, Article)]
    settings: Sequence[list[Setting] | None]
    try:
        settings = parse_quotations([article.text for article in articles], parser)
    except Exception:  # parsed one at a time, to find the article that fails
        settings = [None] * len(articles)
    rest = iter(settings)
    for article in batch:
        if isinstance(article, Article):
            yield _attribute_or_failure(article, next(rest), parser, min_confidence)
        else:
            yield article


def _attribute_or_failure(
    article: Article, settings: Sequence[Setting] | None, parser: Parser | None, min_confidence: float
) -> _Outcome:
    """Attributes an article; `settings` is None if it is still to be parsed."""
    try:
        if settings is None:
            (settings,) = parse_quotations([article.text], parser)
        return _attribute_settings(article, settings, (), min_confidence)
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
    batches: Iterator[list[Article | _Failure]], parser: Parser | None, min_confidence: float, workers: int
) -> Iterator[_Outcome]:
    load = partial(_load_task, parser, min_confidence)
    for outcomes in map_batches(load, batches, workers=workers):
        for outcome in outcomes:
            if isinstance(outcome, FailedItem):
                item = outcome.item
                yield item if isinstance(item, _Failure) else _Failure(_name(item), outcome.reason)
            else:
                yield outcome


def _load_task(
    parser: Parser | None, min_confidence: float
) -> Callable[[Sequence[Article | _Failure]], list[_Outcome]]:
    """Called in a worker: the function that attributes a batch.

    It keeps exceptions to itself, as not all can be pickled.
    """
    ready = parser or default_parser()
    use_one_thread()

    def task(batch: Sequence[Article | _Failure]) -> list[_Outcome]:
        outcomes = _attribute_each(batch, parser=ready, min_confidence=min_confidence)
        return [attrs.evolve(o, error=None) if isinstance(o, _Failure) else o for o in outcomes]

    return task


def check_parser(parser: Parser | None) -> None:
    """Raises a TypeError if a parser is none."""
    if parser is not None and not hasattr(parser, "parse"):
        raise TypeError(f"parser must be a Parser from load_parser(), got {parser!r}")


def check_confidence(least: float) -> None:
    """Raises a ValueError if `min_confidence` is not a probability."""
    if not 0 <= least <= 1:
        raise ValueError(f"min_confidence must be from 0 to 1, got {least}")


def _article_or_failure(text: str | Article) -> Article | _Failure:
    try:
        return Article.of(text)
    except TypeError as error:
        return _Failure("", str(error))


_NAMED = 40
"""Characters of an article without an id that name it in a message."""


def _name(article: Article) -> str:
    return repr(article.id) if article.id else f"{article.text[:_NAMED]!r}…"
