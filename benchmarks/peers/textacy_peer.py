"""Runs textacy's ``extract.direct_quotations``, one call per paragraph.

A call raises an exception if the text has an odd number of quotation marks. With one call per paragraph, a
stray mark loses the quotations of its paragraph and not of the whole article.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from benchmarks.peers.wire import Answer, Extract, serve, spacy_model, triple


def load(options: argparse.Namespace) -> Extract:
    """The model, and what answers with it."""
    from textacy.extract import direct_quotations  # type: ignore[import-not-found]

    nlp = spacy_model(options.model)

    def extract(text: str) -> list[Answer]:
        answers = []
        places, paragraphs = zip(*_paragraphs(text), strict=True)
        for start, doc in zip(places, nlp.pipe(paragraphs), strict=True):
            try:
                found = list(direct_quotations(doc))
            except ValueError:  # an odd number of marks
                continue
            answers += [triple(quotation, start.__add__) for quotation in found]
        return answers

    return extract


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Every line with the place where it starts."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


if __name__ == "__main__":
    serve(load)
