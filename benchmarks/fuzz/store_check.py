"""Opens tampered stores in a separate process, and prints the result of each as one JSON object per line.

``python -m benchmarks.fuzz.store_check FILE...``; benchmarks/fuzz/stores.py calls it. If the process ends,
takes too much memory or hangs, the cause is the store after the last printed line.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import resource
import sys
import traceback
from collections.abc import Iterable

from benchmarks.fuzz.checks import check_span, spans_of
from benchmarks.fuzz.findings import Fault
from quoteattr import (
    Article,
    AttributedArticle,
    Attribution,
    Deduplicator,
    Quotation,
    Span,
    Speaker,
    deduplicate,
)

MEMORY = 3 << 30
"""Bytes of address space for the process: several times what a store of a few articles needs with the
libraries that deduplication loads, and less than an unpacked bomb with them."""
HANG = 120
"""Seconds that a store may take: a hundred times what one takes on a busy machine."""
NEW = "“We mended the old bridge in the winter,” said Ann Lee."
"""A text that is added to each store."""


def new_article() -> AttributedArticle:
    """An article that no store has."""
    speaker = Speaker("Ann Lee", "person")
    quotation = Quotation(Span.of(NEW, 1, 40), Span.of(NEW, 0, 41))
    return AttributedArticle(Article(NEW, id="new"), (Attribution(quotation, speaker=speaker),), (speaker,))


def outcome_of(path: str) -> dict[str, object]:
    """What a store gave: the ids of its articles, why it is refused, or what went wrong."""
    ids: list[str | None] = []
    try:
        with Deduplicator.load(path) as store:
            for found in store.articles():
                check_spans(found)
                ids.append(found.article.id)
            check_utterance_spans(store)
            store.add([new_article()])
            if "new" not in {found.article.id for found in store.articles()}:
                raise Fault("an added article is not there")
    except ValueError as error:
        if type(error) is not ValueError:  # a UnicodeDecodeError, for example, says nothing to a user
            return {"wrong": traceback.format_exc()}
        return {"ids": ids, "refused": str(error)}
    except Exception:
        return {"wrong": traceback.format_exc()}
    return {"ids": ids}


def check_spans(found: AttributedArticle) -> None:
    """Checks every span of an article."""
    for attribution in found:
        for span in spans_of(attribution):
            check_span(span, found.article.text)


def check_utterance_spans(store: Deduplicator) -> None:
    """Checks every span of the utterances, and that each article's quotations are in them."""
    utterances = store.utterances()
    for utterance in utterances:
        for appearance in utterance.appearances:
            for span in appearance.covers:
                check_span(span, utterance.text)
    expected = sum(map(len, store.articles()))
    if sum(len(utterance.appearances) for utterance in utterances) != expected:
        raise Fault("quotations are lost")


def main(paths: Iterable[str]) -> None:
    """Prints the outcome of each store."""
    logging.disable()
    deduplicate([new_article()])  # loads the libraries that it needs
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for path in paths:
        faulthandler.dump_traceback_later(HANG, exit=True)
        print(json.dumps(outcome_of(path)), flush=True)
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(sys.argv[1:])
