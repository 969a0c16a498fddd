"""Runs the English quote extractor of the Gender Gap Tracker, from a checkout of its repository
(``--checkout``).

The tool is not a package, so ``nlp/english`` of the checkout is added to the path. Its logger and database
are not used. Its own preparation of the text (a full stop after each line, straight marks) is run, and
offsets are mapped back. The tool reports speech with and without marks, often only the last sentence of a
quotation. Each stretch in marks that overlaps a report counts as a quotation, which is the reading that
favours the tool most.
"""

from __future__ import annotations

import argparse
import re
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.wire import Answer, Extract, places_in, serve, spacy_model

_MARKED = re.compile(r'"([^"\n]+)["\n]')
"""A stretch between marks, or from a mark to the end of its line."""


def load(options: argparse.Namespace) -> Extract:
    """The model, and what answers with it."""
    folder = Path(options.checkout or ".") / "nlp" / "english"
    sys.path.insert(0, str(folder))
    for database in ("bson", "pymongo"):
        sys.modules.setdefault(database, _Anything(database))
    import utils  # type: ignore[import-not-found]

    utils.create_logger = _Anything("logger")  # the real one makes a folder of logs where it is run
    from quote_extractor import QuoteExtractor  # type: ignore[import-not-found]

    nlp = spacy_model(options.model)
    verbs = str(folder / "rules" / "quote_verb_list.txt")
    extractor = QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": verbs}})

    def extract(text: str) -> list[Answer]:
        prepared = utils.preprocess_text(text)
        places = _places(text, prepared)
        found = extractor.extract_quotes(nlp(prepared))
        return [answer for quote in found for answer in _answers(prepared, places, quote)]

    return extract


class _Anything(types.ModuleType):
    """A module that has every name, each a function that does nothing."""

    def __getattr__(self, name: str) -> Any:
        return _Anything(name)

    def __call__(self, *_: object, **__: object) -> Any:
        return self


def _places(text: str, prepared: str) -> list[int]:
    """Where each character of the prepared text stood, line by line (none is added or taken away)."""
    places: list[int] = []
    start = 0
    for line, ready in zip(text.split("\n"), prepared.split("\n"), strict=True):
        places += [*places_in(line, ready, start), start + len(line)]
        start += len(line) + 1
    return places


def _answers(prepared: str, places: Sequence[int], quote: dict[str, Any]) -> list[Answer]:
    """Every marked stretch that a report touches, without its marks."""
    start, end = _span(quote["quote_index"])
    who = _span(quote["speaker_index"]) if quote["speaker"] else None
    return [
        {
            "start": places[marked.start(1)],
            "end": places[marked.end(1) - 1] + 1,
            "speaker_start": places[who[0]] if who else None,
            "speaker_end": places[who[1] - 1] + 1 if who else None,
            "speaker_name": quote["speaker"] or None,
            "kind": "direct",
            "decided_by": quote["quote_type"],
        }
        for marked in _MARKED.finditer(prepared)
        if start < marked.end(1) and marked.start(1) < end
    ]


def _span(index: str) -> tuple[int, int]:
    """(12,15), as it writes places."""
    start, end = index.strip("()").split(",")
    return int(start), int(end)


if __name__ == "__main__":
    serve(load)
