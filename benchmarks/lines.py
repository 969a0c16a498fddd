"""Scores deduplication by the pairs of quotations that the gold and the library put into one line.

For the seeds, every pair of quotations of a set counts. A quotation without a line in the gold is a line by
itself. Optional quotations are left out, as in the other scores.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks.gold_sets import ROOT
from quoteattr.schema import (
    Article,
    AttributedArticle,
    Attribution,
    Outlet,
    Quotation,
    Span,
    Speaker,
    Utterance,
)

Place = tuple[str, int, int]
"""Article and offsets of a quotation."""


@attrs.frozen
class Pairs:
    """Counts of pairs."""

    right: int
    """Together in both."""
    wrong: int
    """Together in the library's answer only."""
    missed: int
    """Together in the gold only."""

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def count_pairs(labels: Iterable[tuple[object, object]]) -> Pairs:
    """Counts the pairs of (gold, library) labels, in time linear in their number.

    >>> count_pairs([("a", 1), ("a", 1), ("a", 2), ("b", 2)])
    Pairs(right=1, wrong=1, missed=2)
    """
    rows = list(labels)
    both, gold, got = (
        sum(n * (n - 1) // 2 for n in Counter(column).values())
        for column in (rows, [g for g, _ in rows], [p for _, p in rows])
    )
    return Pairs(both, got - both, gold - both)


def places_of(lines: Sequence[Utterance]) -> dict[Place, int]:
    """Returns for each quotation the number of its utterance."""
    return {
        (a.article.id or "", content.start, content.end): number
        for number, line in enumerate(lines)
        for a in line.appearances
        for content in (a.attribution.quotation.content,)
    }


def seed_records(name: str) -> list[dict[str, Any]]:
    """Returns the records of ``seeds/articles.jsonl`` or ``seeds/seeds.jsonl``."""
    text = (ROOT / "seeds" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def as_attributed(record: Mapping[str, Any], folder: Path) -> AttributedArticle:
    """Returns a seed with all attributions of its record."""
    text = (folder / record["id"]).read_bytes().decode("utf-8")
    article = Article(text, id=record["id"], publisher=(record["publisher"] or [None])[0])
    return AttributedArticle(article, tuple(_attribution(text, quote) for quote in record["quotes"]))


def _attribution(text: str, quote: Mapping[str, Any]) -> Attribution:
    start, end = quote["start"], quote["end"]
    names = quote["entity"] or []
    speaker = Speaker(names[0], "person", tuple(names[1:])) if names else None
    outlet = (
        Outlet(quote["outlet"], Span(0, 0, "")) if quote["outlet"] and not quote.get("outlet_any") else None
    )
    outer = Span.of(text, max(0, start - 1), min(len(text), end + 1))
    return Attribution(Quotation(Span.of(text, start, end), outer), None, None, speaker, outlet, None, 1.0)


def seed_pairs(records: Iterable[Mapping[str, Any]], got: Mapping[Place, int]) -> Pairs:
    """Returns the pairs of all quotations of some seeds, matched to the library's by an overlap of at least
    half."""
    found = matched(records, got)
    alone = itertools.count()
    labels = [
        (quote["line"] or ("alone", next(alone)), found.get(place, ("missing", place)))
        for record in records
        for quote in record["quotes"]
        if not quote["optional"]
        for place in ((record["id"], quote["start"], quote["end"]),)
    ]
    return count_pairs(labels)


def matched(records: Iterable[Mapping[str, Any]], got: Mapping[Place, int]) -> dict[Place, int]:
    """Returns for gold places the number of the utterance of the place that overlaps them most."""
    by_article: dict[str, list[Place]] = {}
    for place in got:
        by_article.setdefault(place[0], []).append(place)
    found = {}
    for record in records:
        for quote in record["quotes"]:
            gold = (record["id"], quote["start"], quote["end"])
            best = max(by_article.get(record["id"], []), key=lambda p: _iou(gold, p), default=None)
            if best is not None and _iou(gold, best) >= 0.5:
                found[gold] = got[best]
    return found


def _iou(a: Place, b: Place) -> float:
    shared = max(0, min(a[2], b[2]) - max(a[1], b[1]))
    return shared / (max(a[2], b[2]) - min(a[1], b[1])) if shared else 0.0
