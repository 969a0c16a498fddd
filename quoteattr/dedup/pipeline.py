"""The same line again, in other articles and in the same one: attributed articles to utterances.

How it goes: every quotation is folded (`keys`), the pieces of a sentence that "she wrote" splits are put
together (`printings`), equal wordings of one speaker collapse (`units`), the rest meets by rare runs of words
(`candidates`), is told apart by columns as far as these go (`screening`), compared (`wording`), judged by
speaker, date and subject (`occasions`, with what `evidence` looks up) and joined (`lines`); of each cluster
is told what it holds (`telling`).
"""

from __future__ import annotations

import contextlib
import datetime
import gc
from collections.abc import Iterable, Iterator

from quoteattr.schema import Article, AttributedArticle, Utterance


def deduplicate(articles: Iterable[AttributedArticle]) -> list[Utterance]:
    """Every line that the articles quote, once, with all places that carry it.

    The order of the articles makes no difference. Every quotation of every article is in exactly one
    utterance, also those that nobody speaks.

    Args:
        articles: as `quoteattr.attribute_many` gives them; publishers and dates make the result better.

    Returns:
        Utterances in order of first appearance; those without a date come last.

    Raises:
        TypeError: if something in ``articles`` is no `AttributedArticle`.

    >>> import datetime
    >>> from quoteattr.schema import Attribution, Quotation, Span, Speaker
    >>> def article(name, text, words):
    ...     span = Span.of(text, text.index(words), text.index(words) + len(words))
    ...     truss = Speaker("Liz Truss", "person")
    ...     said = Attribution(Quotation(span, span), speaker=truss, statement=0, confidence=0.9)
    ...     printed = Article(text, id=name, published=datetime.date(2021, 11, 14))
    ...     return AttributedArticle(printed, (said,), (truss,))
    >>> whole = article("a", "“Britain will not look away,” said Truss.", "Britain will not look away")
    >>> scrap = article("b", "Britain ‘will not look away’, she said.", "will not look away")
    >>> for line in deduplicate([scrap, whole]):
    ...     print(line.text, [(a.article.id, a.relation) for a in line.appearances])
    Britain will not look away [('a', 'whole'), ('b', 'part')]
    """
    # numpy and rapidfuzz take a tenth of a second to import; who only attributes does not need them.
    from quoteattr.dedup import clustering
    from quoteattr.dedup.occurrences import Corpus
    from quoteattr.dedup.utterance_builder import Describer

    known = sorted(map(_checked, articles), key=lambda found: _article_order(found.article))
    with _no_collection():
        corpus = Corpus(known)
        clusters = clustering.cluster(corpus.table, corpus.around)
        return Describer(corpus, clusters).utterances()


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cycle collector, which finds nothing here and walks over all articles again and again: a
    tenth of the time at 100,000 quotations, and more with more. What is there afterwards counts as old, for
    to walk over it at once takes another twenty-fifth."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # unless somebody else has frozen what must stay so
            gc.freeze()
            gc.unfreeze()
        if collecting:
            gc.enable()


def _checked(found: AttributedArticle) -> AttributedArticle:
    if not isinstance(found, AttributedArticle):
        raise TypeError(f"deduplicate takes attributed articles, not {type(found).__name__}")
    return found


def _article_order(article: Article) -> tuple[int, str, str, str, str]:
    """Earliest first; what has no date comes last."""
    day = (article.published or datetime.date.max).toordinal()
    return day, article.id or "", article.publisher or "", article.url or "", article.text
