"""The share of quotations whose speaker is right, by how the text names the speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from benchmarks.fiction.books import Book
from benchmarks.fiction.names import meant
from quoteattr.schema import Attribution

TYPES = ("all", "explicit", "anaphoric", "implicit")
"""Explicit: named beside the quotation; anaphoric: a pronoun or a description; implicit: nothing beside
it."""
BINS = 10
"""Bins of the calibration error."""


@attrs.frozen
class Judged:
    """A gold quotation and its answer."""

    type: str
    """As the gold says."""
    right: bool
    """Whether the speaker is right; a quotation that was not found is wrong."""
    confidence: float
    """The confidence of the answer; 0 where there is none."""
    answer: str | None
    """The name of the speaker."""
    gold: str
    """The right speaker."""
    decided_by: str | None
    """What decided."""


def judge(book: Book, attributions: Sequence[Attribution]) -> list[Judged]:
    """Judges the answers for a book. The answer of a quotation in parts is that of its longest part with a
    speaker."""
    contents = [attribution.quotation.content for attribution in attributions]
    found = book.found([(span.start, span.end) for span in contents])
    judged = []
    for number in book.judged:
        quote = book.quotes[number]
        parts = [at for (quotation, _), at in found.items() if quotation == number]
        named = [at for at in parts if attributions[at].speaker is not None]
        best = max(named or parts, key=lambda at: len(contents[at]), default=None)
        answer = None if best is None else attributions[best]
        name = answer.speaker.name if answer is not None and answer.speaker is not None else None
        right = name is not None and quote["speaker"] in meant(book.characters, name)
        confidence = answer.confidence if answer is not None and name is not None else 0.0
        rule = answer.decided_by if answer is not None else None
        judged.append(Judged(quote["type"], right, confidence, name, quote["speaker"], rule))
    return judged


def figures(judged: Iterable[Judged]) -> dict[str, float]:
    """The share of right answers for each type, and the calibration error ("all.ece")."""
    rows = list(judged)
    right: Counter[str] = Counter()
    number: Counter[str] = Counter()
    for row in rows:
        for kind in ("all", row.type):
            number[kind] += 1
            right[kind] += row.right
    found = {kind: right[kind] / number[kind] for kind in TYPES if number[kind]}
    return {**found, "all.ece": calibration_error([row for row in rows if row.answer is not None])}


def calibration_error(rows: Sequence[Judged]) -> float:
    """The expected calibration error over bins of equal width."""
    bins: dict[int, list[Judged]] = {}
    for row in rows:
        bins.setdefault(min(BINS - 1, int(row.confidence * BINS)), []).append(row)
    gaps = (
        abs(sum(row.confidence for row in some) - sum(row.right for row in some)) for some in bins.values()
    )
    return sum(gaps) / max(1, len(rows))
