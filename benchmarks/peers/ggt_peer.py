"""The Gender Gap Tracker's English quote extractor, from a checkout of its repository (``--checkout``).

It is no package: ``nlp/english`` of the checkout is put on the path, its logger and database helpers are left
unused. It looks for straight marks only and rewrites the text for that; here marks are straightened one
for one, so that its places stay those of the text. Quotations carry their marks, which are taken off.
"""

from __future__ import annotations

import argparse
import re
import sys
import types
from pathlib import Path
from typing import Any

from benchmarks.peers.wire import STRAIGHT, Answer, Extract, serve, spacy_model


def load(options: argparse.Namespace) -> Extract:
    """The model, and what answers with it."""
    folder = Path(options.checkout or ".") / "nlp" / "english"
    sys.path.insert(0, str(folder))
    # Stand-ins for what it imports for its database: none of it is used to extract quotations.
    sys.modules.setdefault("bson", _Anything("bson"))
    sys.modules.setdefault("utils", _Anything("utils"))
    from quote_extractor import QuoteExtractor  # type: ignore[import-not-found]

    nlp = spacy_model(options.model)
    verbs = str(folder / "rules" / "quote_verb_list.txt")
    extractor = QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": verbs}})

    def extract(text: str) -> list[Answer]:
        straight = text.translate(STRAIGHT)
        found = extractor.extract_quotes(nlp(straight))
        return [answer for quote in found if (answer := _answer(straight, quote))]

    return extract


class _Anything(types.ModuleType):
    """A module that has every name, each a function that does nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: _Anything(name)


def _answer(text: str, quote: dict[str, Any]) -> Answer | None:
    """A direct quotation without its marks; None for speech that is reported without marks."""
    (start, end), speaker = _span(quote["quote_index"]), quote["speaker_index"]
    stretch = re.search(r'"([^"]+)"?', text[max(0, start - 1) : end + 1])
    if stretch is None:
        return None
    low = max(0, start - 1)
    inside = stretch[1].rstrip()
    who = _span(speaker) if speaker and quote["speaker"] else None
    return {
        "start": low + stretch.start(1),
        "end": low + stretch.start(1) + len(inside),
        "speaker_start": who[0] if who else None,
        "speaker_end": who[1] if who else None,
        "speaker_name": quote["speaker"] or None,
        "kind": "direct",
        "decided_by": quote["quote_type"],
    }


def _span(index: str) -> tuple[int, int]:
    """(12,15), as it writes places.

    >>> _span("(12,15)")
    (12, 15)
    """
    start, end = index.strip("()").split(",")
    return int(start), int(end)


if __name__ == "__main__":
    serve(load)
