"""Books with gold speakers: five novels of PDNC (to measure) and the texts of LitBank (to fit and
measure)."""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

FILES = {"novels": "novels_dev.jsonl.xz", "litbank": "litbank.jsonl.xz"}
"""The file of each set."""
ALSO_NOVELS = ("45_", "160_", "1342_", "5230_")
"""How the ids of LitBank's openings of four of the novels begin; left out of the fit."""
UNKNOWN = ("nan", "")
"""Speakers that the gold does not know, besides those that begin with "_"."""
LEAST_OVERLAP = 0.8
"""Least intersection over union of a quotation of the gold and one that was found."""
Offsets = tuple[int, int]


@attrs.frozen(slots=False)
class Book:
    """A text with gold speakers."""

    id: str
    """Its id."""
    set: str
    """"litbank", or another set."""
    text: str
    """The text."""
    characters: dict[str, list[str]]
    """The aliases of each character."""
    quotes: list[dict[str, Any]]
    """The gold quotations: "type", "speaker", "parts"."""

    @cached_property
    def judged(self) -> list[int]:
        """The quotations with a known speaker."""
        return [n for n, quote in enumerate(self.quotes) if self._is_judged(quote)]

    def _is_judged(self, quote: dict[str, Any]) -> bool:
        known = quote["speaker"] not in UNKNOWN and not quote["speaker"].startswith("_")
        return known and (quote["type"] != "other" or self.set == "litbank")

    def found(self, spans: Sequence[Offsets]) -> dict[tuple[int, int], int]:
        """Which of some quotations (their words) each part of the gold is, one to one: number of the
        quotation and of
        its part, and the number of the span."""
        pairs = []
        for number, quote in enumerate(self.quotes):
            for part, (start, end) in enumerate(quote["parts"]):
                for at, span in enumerate(spans):
                    if span[0] < end and start < span[1]:
                        pairs.append((_overlap((start, end), span), (number, part), at))
        matched: dict[tuple[int, int], int] = {}
        used: set[int] = set()
        for overlap, key, at in sorted(pairs, reverse=True):
            if overlap >= LEAST_OVERLAP and key not in matched and at not in used:
                matched[key] = at
                used.add(at)
        return matched


def _overlap(a: Offsets, b: Offsets) -> float:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0]))


def read(path: Path) -> list[Book]:
    """The books of a file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return [Book(r["id"], r["set"], r["text"], r["characters"], r["quotes"]) for r in rows]
