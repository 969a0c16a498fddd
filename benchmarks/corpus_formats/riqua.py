"""RiQuA: quotations, cues, speakers and addressees in eleven works of English fiction, as brat standoff.

    T1  Quotation 0 5   “Go,”
    T2  Cue 6 10    said
    T3  Speaker 11 18   Ann Lee
    R1  cue-quote Arg1:T2 Arg2:T1
    R2  cue-speaker Arg1:T2 Arg2:T3

The speaker of a quotation is the annotation Speaker that a relation joins to it, or to its cue. Names of
relations and the direction of their arguments do not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus_formats.tokens import MARKS, files_in, quote_of_mention

_ENTITY = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
_ARGUMENT = re.compile(r":(T\d+)")


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yields a record for each .ann file with the .txt beside it."""
    for file in files_in(path, "*.ann"):
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        yield _record(file.stem, text, file.read_text(encoding="utf-8").splitlines())


def _record(name: str, text: str, lines: list[str]) -> dict[str, Any]:
    entities = {m[1]: (m[2].lower(), _span(m[3])) for line in lines if (m := _ENTITY.match(line))}
    joined: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line[:1] in ("R", "E", "*"):
            related = [name for name in _ARGUMENT.findall(line) if name in entities]
            for one in related:
                joined[one] += [other for other in related if other != one]
    quotes = []
    for name_of, (kind, span) in entities.items():
        if kind == "quotation" and text[span[0]] in MARKS:  # others are reported without marks
            cues = [other for other in joined[name_of] if entities[other][0] == "cue"]
            near = [*joined[name_of], *(other for cue in cues for other in joined[cue])]
            speakers = dict.fromkeys(entities[other][1] for other in near if entities[other][0] == "speaker")
            quotes.append(quote_of_mention(text, span, sorted(speakers)))
    return {"id": name, "text": text, "quotes": sorted(quotes, key=lambda quote: int(quote["start"]))}


def _span(places: str) -> tuple[int, int]:
    """From the first character of the first fragment to the last of the last."""
    numbers = [int(number) for number in re.findall(r"\d+", places)]
    return numbers[0], numbers[-1]
