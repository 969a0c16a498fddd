"""Calls the stages of deduplication in order; the docstring of the package lists them."""

from __future__ import annotations

import contextlib
import datetime
import gc
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from quoteattr.schema import Article, AttributedArticle, Utterance

if TYPE_CHECKING:
    from quoteattr.dedup.explanation import Explanation


def deduplicate(articles: Iterable[AttributedArticle]) -> list[Utterance]:
    """Returns the utterances that the articles quote, each once and with all its appearances.

    The result does not depend on the order of the articles. Each quotation, with or without a speaker,
    belongs to exactly one utterance. Speech without marks (`Quotation.kind` "indirect" or "mixed") is left
    out, because its words are those of the reporter.

    Args:
        articles: results of `quoteattr.attribute_many`; publishers and dates improve the result.

    Returns:
        Utterances in order of their first appearance; those without a date come last.

    Raises:
        TypeError: if an element of ``articles`` is not an `AttributedArticle`.

    >>> import datetime
    >>> from quoteattr.schema import Attribution, Quotation, Span, Speaker
    >>> def article(name, text, words):
    ...     span = Span.of(text, text.index(words), text.index(words) + len(words))
    ...     truss = Speaker("Liz Truss", "person")
    ...     attribution = Attribution(Quotation(span, span), speaker=truss, statement=0, confidence=0.9)
    ...     published = datetime.date(2021, 11, 14)
    ...     return AttributedArticle(Article(text, id=name, published=published), (attribution,), (truss,))
    >>> whole = article("a", "“Britain will not look away,” said Truss.", "Britain will not look away")
    >>> fragment = article("b", "Britain ‘will not look away’, she said.", "will not look away")
    >>> for utterance in deduplicate([fragment, whole]):
    ...     print(utterance.text, [(a.article.id, a.relation) for a in utterance.appearances])
    Britain will not look away [('a', 'whole'), ('b', 'part')]
    """
    # Imported here because numpy and rapidfuzz take a tenth of a second, and attribution does not need them.
    from quoteattr.dedup.clustering import cluster_wordings
    from quoteattr.dedup.occurrences import between_marks, read_occurrences
    from quoteattr.dedup.utterance_builder import build_utterances

    quoting = map(between_marks, map(_checked, articles))
    in_order = sorted(quoting, key=lambda found: _article_order(found.article))
    with _paused_garbage_collection():
        occurrences = read_occurrences(in_order)
        clusters = cluster_wordings(occurrences.table, occurrences.surroundings())
        return build_utterances(occurrences, clusters)


def explain(
    articles: Sequence[AttributedArticle], first: tuple[int, int], second: tuple[int, int]
) -> Explanation:
    """Returns at which step of `deduplicate` two quotations were joined or kept apart.

    Args:
        articles: all articles to deduplicate, because the other articles influence what is joined.
        first: the position of an article in ``articles``, and the position of a quotation in that article.
        second: the same for the other quotation.

    Returns:
        An explanation; ``print`` shows one sentence for each step.

    Raises:
        IndexError: if there is no such article or quotation.
        TypeError: if an element of ``articles`` is not an `AttributedArticle`.
        ValueError: if one of the two is speech without marks, which is not deduplicated.

    >>> from quoteattr.schema import Attribution, Quotation, Span, Speaker
    >>> def article(text, speaker):
    ...     span = Span.of(text, 1, len(text) - 1)
    ...     found = Attribution(Quotation(span, span), speaker=Speaker(speaker, "person"), confidence=0.9)
    ...     return AttributedArticle(Article(text), (found,))
    >>> both = [article("“A disgrace”", "Ida Holm"), article("“A disgrace”", "Carl Moss")]
    >>> print(explain(both, (0, 0), (1, 0)))
    First quotation: “a disgrace”; speaker: ida holm.
    Second quotation: “a disgrace”; speaker: carl moss.
    Both have the same words.
    The shorter wording has 2 words, 1 of them content words: not distinctive.
    The speakers are different.
    A date is missing, so that the topic must be the same.
    The topic around them is not the same.
    They are not the same utterance.
    """
    from quoteattr.dedup.explanation import explain_occurrences
    from quoteattr.dedup.occurrences import between_marks, read_occurrences

    checked = list(map(_checked, articles))
    order = sorted(range(len(checked)), key=lambda n: _article_order(checked[n].article))
    occurrences = read_occurrences([between_marks(checked[n]) for n in order])
    numbers = []
    for article, quotation in (first, second):
        number = order.index(range(len(checked))[article])
        numbers.append(occurrences.positions.find(number, _position(checked[article], quotation)))
    return explain_occurrences(occurrences, *numbers)


@contextlib.contextmanager
def _paused_garbage_collection() -> Iterator[None]:
    """Pauses the garbage collector, which would check all articles again and again and free nothing.

    Objects that exist at the end are moved to the oldest generation, so that they are not checked at once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # otherwise the caller has frozen objects that must stay frozen
            gc.freeze()
            gc.unfreeze()
        if was_enabled:
            gc.enable()


def _checked(found: AttributedArticle) -> AttributedArticle:
    if not isinstance(found, AttributedArticle):
        raise TypeError(f"deduplicate takes attributed articles, not {type(found).__name__}")
    return found


def _position(found: AttributedArticle, quotation: int) -> int:
    """The position of a quotation among those between marks."""
    at = range(len(found.attributions))[quotation]
    if found.attributions[at].quotation.kind != "direct":
        raise ValueError(f"quotation {quotation} is speech without marks, which is not deduplicated")
    return sum(attribution.quotation.kind == "direct" for attribution in found.attributions[:at])


def _article_order(article: Article) -> tuple[int, str, str, str, str]:
    """Returns the sort key of an article: date, id, publisher, address, text. Undated articles come last."""
    day = (article.published or datetime.date.max).toordinal()
    return day, article.id or "", article.publisher or "", article.url or "", article.text
