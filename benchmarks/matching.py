"""When an answer is the gold's: spans that are the same stretch, names that are the same name.

The rules are those of the scorers that everybody's figures are made with (``../shared/eval``), written
again; tests/benchmarks/test_evaluate.py holds the two to the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from benchmarks.gold import GoldArticle, GoldQuotation
from benchmarks.predictions import Prediction

SAME_STRETCH = 0.8
"""Intersection over union from which two stretches are one quotation."""
EXCUSED = 0.5
"""Intersection over union from which a stretch is one that is quoted but attributed to nobody."""
DOUBLE_MARKS = ("“", '"', "''", "``")
"""PolNeAR knows double marks only: what other marks open is no mistake there."""
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "sen", "senator", "rep", "gov",
    "governor", "president", "prof", "judge", "gen", "sgt", "col", "the", "rev",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-.][^\W\d_]+)*")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'.-]*")


class Stretch(Protocol):
    """Whatever has a start and an end."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def iou(a: Stretch, b: Stretch) -> float:
    """Intersection over union of two stretches, in characters."""
    return _iou(a.start, a.end, b.start, b.end)


def _iou(a_start: int, a_end: int, b_start: int, b_end: int) -> float:
    inside = max(0, min(a_end, b_end) - max(a_start, b_start))
    around = max(a_end, b_end) - min(a_start, b_start)
    return inside / around if around else 0.0


def name_words(name: str | None) -> list[str]:
    """The words of a name, without titles and possessives.

    >>> name_words("Sen. Ted Cruz’s")
    ['ted', 'cruz']
    """
    bare = re.sub(r"[’']s\b", "", name or "")
    return [word for word in _WORD.findall(bare.casefold()) if word.strip(".") not in TITLES]


def same_name(accepted: Sequence[str], got: str | None) -> bool:
    """Whether a name is one of the accepted: equal, or with the same last word and no clash before it.

    >>> same_name(["Liz Truss"], "Truss"), same_name(["Liz Truss"], "Hugh Truss")
    (True, False)
    """
    answer = name_words(got)
    return any(_fits(name_words(name), answer) for name in accepted)


def _fits(a: list[str], b: list[str]) -> bool:
    if not a or not b:
        return False
    return a == b or (a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a)))


def names_it(gold_words: str, got: str | None) -> bool:
    """Whether the last word of a resolved name stands, capitalised, in the gold speaker's words.

    >>> names_it("Trump’s campaign manager", "Donald Trump"), names_it("the president", "Donald Trump")
    (True, False)
    """
    last = name_words(got)[-1:]
    return (
        bool(last) and len(last[0]) > 2 and last[0] in name_words(" ".join(_CAPITALISED.findall(gold_words)))
    )


def same_outlet(gold: str | None, got: str | None) -> bool:
    """Whether two outlets share a word, or there are rightly none.

    >>> same_outlet("the Sunday Telegraph", "Telegraph"), same_outlet(None, None), same_outlet("CNN", None)
    (True, True, False)
    """
    if not gold or not got:
        return not gold and not got
    a, b = name_words(gold), name_words(got)
    return bool((set(a) & set(b)) - {"the"}) or "".join(a) == "".join(b)


def opened_double(text: str, start: int) -> bool:
    """Whether a double mark opens the stretch that starts there."""
    return text[:start].rstrip().endswith(DOUBLE_MARKS)


def points_at(prediction: Prediction, gold: GoldQuotation) -> bool:
    """Whether the predicted mention overlaps words that the gold marks as the speaker."""
    start, end = prediction.speaker_start, prediction.speaker_end
    if start is None or end is None:
        return False
    return any(start < b and end > a for a, b in gold.speaker_spans or ())


@attrs.frozen
class Match:
    """An article's gold and answers side by side; everything is an index into their lists."""

    partner: Mapping[int, int]
    """Gold to answer, one to one, best overlap first."""
    left: tuple[int, ...]
    """Answers without a partner that are judged all the same."""
    excused: frozenset[int]
    """Those of them that are quoted but attributed to nobody: finding them is no invention."""


def match(article: GoldArticle, answers: Sequence[Prediction], *, double_only: bool) -> Match:
    """Pair gold and answers. ``double_only``: answers that no double mark opens are judged only if paired."""
    overlaps = sorted(
        ((iou(g, p), i, j) for i, g in enumerate(article.quotations) for j, p in enumerate(answers)),
        reverse=True,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for overlap, i, j in overlaps:
        if overlap >= SAME_STRETCH and i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    left = tuple(
        j
        for j, p in enumerate(answers)
        if j not in taken and (not double_only or opened_double(article.text, p.start))
    )
    return Match(partner, left, frozenset(j for j in left if is_excused(article, answers[j])))


def is_excused(article: GoldArticle, found: Stretch) -> bool:
    """Whether a stretch is one that is quoted but attributed to nobody."""
    return any(_iou(found.start, found.end, start, end) >= EXCUSED for start, end in article.others)


def first_closest(gold: GoldQuotation, answers: Sequence[Prediction]) -> Prediction | None:
    """The answer that overlaps most (the first of equals), as outlets are matched."""
    best = max(answers, key=lambda p: iou(gold, p), default=None)
    return best if best is not None and iou(gold, best) >= SAME_STRETCH else None


def last_closest(gold: GoldQuotation, answers: Sequence[Prediction]) -> int | None:
    """Index of the answer that overlaps most (the last of equals), as the seeds are matched."""
    overlap, j = max(((iou(gold, p), j) for j, p in enumerate(answers)), default=(0.0, -1))
    return j if overlap >= SAME_STRETCH else None
