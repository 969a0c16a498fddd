"""Quotebank: quotations of news from 2008 to 2020, attributed by a model, as JSON with a line per article.

    {"articleID": "…", "quotations": [{"quotation": "…", "leftContext": "…", "rightContext": "…",
     "globalTopSpeaker": "Ann Lee", …}, …]}

The article itself is not there: each quotation with its contexts becomes a text. The speakers are those of a
model, so that the figures are agreement with it and not accuracy.
"""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from benchmarks.corpus_formats.tokens import files_in, quote_of_entity


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yields a record for each quotation of the .json, .json.bz2 and .json.gz files."""
    for file in files_in(path, "*.json", "*.json.bz2", "*.json.gz"):
        with _opened(file) as lines:
            for line in lines:
                article = json.loads(line)
                for number, quotation in enumerate(article["quotations"]):
                    yield _record(f"{article['articleID']}:{number}", quotation)


def _opened(file: Path) -> IO[str]:
    opened = {".bz2": bz2.open, ".gz": gzip.open}.get(file.suffix, open)
    stream: IO[str] = opened(file, "rt", encoding="utf-8")
    return stream


def _record(name: str, quotation: dict[str, Any]) -> dict[str, Any]:
    words, left = quotation["quotation"], quotation.get("leftContext") or ""
    before = f"{left} “" if left else "“"
    text = f"{before}{words}” {quotation.get('rightContext') or ''}".rstrip()
    speaker = quotation.get("globalTopSpeaker") or quotation.get("localTopSpeaker") or "None"
    names = [speaker] if speaker != "None" else []
    quote = quote_of_entity(text, (len(before), len(before) + len(words)), names)
    return {"id": name, "text": text, "quotes": [quote]}
