"""Runs the rules of sayswho (``quote_finder``) after its own preparation of the text, without its coreference
model.

The preparation changes the text (spaces beside marks, a closing mark if a paragraph lacks one), so offsets
are mapped back to the given text. It raises an exception for a line of blanks, so such lines are left out.
"""

from __future__ import annotations

import argparse

from benchmarks.peers.wire import Answer, Extract, places_in, serve, spacy_model, triple


def load(options: argparse.Namespace) -> Extract:
    """The model, and what answers with it."""
    from sayswho.helpers import prep_text_for_quote_detection  # type: ignore[import-not-found]
    from sayswho.quote_finder import quote_finder  # type: ignore[import-not-found]

    nlp = spacy_model(options.model)

    def extract(text: str) -> list[Answer]:
        prepared, places = [], []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                ready = prep_text_for_quote_detection(line)
                prepared.append(ready)
                # the line feed that joins it to the next line stands at the end of this one
                places += [*places_in(line, ready, start), start + len(line)]
            start += len(line) + 1
        return [triple(found, places.__getitem__) for found in quote_finder(nlp("\n".join(prepared)))]

    return extract


if __name__ == "__main__":
    serve(load)
