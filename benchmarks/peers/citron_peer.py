"""Runs BBC Citron, from a checkout of its repository (``--checkout``) with a complete model.

The published model lacks the cue classifier; the trainer in the repository builds it (scripts/train). Curly
marks are replaced by straight ones, one by one. Citron returns stretches of speech with or without marks;
each pair of marks inside such a stretch is a quotation. Offsets are read from Citron's spans, because its
JSON counts tokens.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers.wire import STRAIGHT, Answer, Extract, serve, spacy_model

_MARKED = re.compile(r'"([^"]+)"')
_TOUCHING = 2
"""Characters around a content in which its marks may stand: a mark, and a comma or full stop."""


def load(options: argparse.Namespace) -> Extract:
    """The model, and what answers with it. The newest model folder of the checkout is used."""
    checkout = Path(options.checkout or ".")
    sys.path.insert(0, str(checkout))
    from citron.citron import Citron  # type: ignore[import-not-found]

    nlp = spacy_model(options.model)
    model = max(path for path in (checkout / "models").iterdir() if path.is_dir())
    citron = Citron(str(model), nlp)

    def extract(text: str) -> list[Answer]:
        straight = text.translate(STRAIGHT)
        quotes = citron.get_quotes(nlp(straight))
        return [answer for quote in quotes for answer in _answers(straight, quote)]

    return extract


def _answers(text: str, quote: Any) -> list[Answer]:
    """Every stretch between marks that a quote's contents cover."""
    source = quote.sources[0]
    resolved = quote.coreferences[0] if quote.coreferences else source
    return [
        {
            "start": marked.start(1),
            "end": marked.end(1),
            "speaker_start": source.start_char,
            "speaker_end": source.end_char,
            "speaker_name": resolved.text,
            "confidence": quote.confidence,
            "kind": "direct",
        }
        for content in quote.contents
        for low in [max(0, content.start_char - _TOUCHING)]
        for marked in _MARKED.finditer(text, low, content.end_char + _TOUCHING)
    ]


if __name__ == "__main__":
    serve(load)
