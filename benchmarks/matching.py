"""Decides whether an answer matches the gold: whether two spans are the same stretch, and two names the same
name.

The rules are those of the scorers in ``../shared/eval``. tests/benchmarks/test_evaluate.py checks that both
give the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

from benchmarks.gold_sets import GoldArticle, GoldQuotation
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
PARTICLES = frozenset("de la le du da di von van der den ten bin ibn al el abu the and of".split())
"""Small words inside a name: "Ursula von der Leyen" is no phrase around "Leyen"."""
SHORT_OUTLETS = {
    "ft": "financial times",
    "nyt": "new york times",
    "wapo": "washington post",
    "ap": "associated press",
    "wsj": "wall street journal",
    "bmj": "british medical journal",
    "scmp": "south china morning post",
}
"""Full names of outlets by their abbreviations."""
OUTLET_NOUNS = frozenset(
    "the a newspaper news agency television tv radio website programme program show magazine com".split()
)
"""Words that do not tell outlets apart: "BBC" is "BBC News", but "Sky News" is not."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-.][^\W\d_]+)*")
_ARTICLE = re.compile(r"^(?:the|an?)\s", re.IGNORECASE)
# "|critics| of John Selby", "|Bank| of England"
_BEFORE_PREPOSITION = re.compile(r"(.*?)\s(?:of|for|to|at|from|in|near|around|behind|with|by)\s")
# "|rival candidate |John Selby"
_SMALL_WORDS_BEFORE_NAME = re.compile(r"(?:[^\W\dA-Z_][\w’'-]*\s+)+(?=[^\W\d_a-z])")
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
    """Whether a name is one of the accepted ones.

    It is if the two are equal, or have the last word in common, differ in no other word, and are about the
    same thing.

    >>> same_name(["Liz Truss"], "Truss"), same_name(["Liz Truss"], "Hugh Truss")
    (True, False)
    >>> same_name(["critics of Liz Truss"], "Liz Truss"), same_name(["Bank of England"], "England")
    (False, False)
    """
    return got is not None and any(_fits(name, got) for name in accepted)


def _fits(accepted: str, got: str) -> bool:
    a, b = name_words(accepted), name_words(got)
    if not a or not b:
        return False
    if a == b:
        return True
    in_one_another = a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))
    return in_one_another and _has_head(b, head_words(accepted)) and _has_head(a, head_words(got))


def _has_head(words: Sequence[str], head: set[str]) -> bool:
    return not head or not head.isdisjoint(words)


def head_words(name: str) -> set[str]:
    """The words for what a phrase is about, where it is more than a name.

    >>> head_words("the critics of John Selby"), sorted(head_words("rival candidate John Selby"))
    ({'critics'}, ['candidate', 'rival'])
    >>> head_words("spokesman John Selby"), head_words("John Selby")
    (set(), set())
    """
    name = _ARTICLE.sub("", name)
    before = _BEFORE_PREPOSITION.match(name)
    if before and (words := name_words(before[1])):
        return {words[-1]}
    small = _SMALL_WORDS_BEFORE_NAME.match(name)
    lower = [word for word in name_words(small[0]) if word not in PARTICLES] if small else []
    return set(lower) if len(lower) > 1 else set()


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
    """Whether the words of one outlet are among the other's, or there are rightly none.

    >>> same_outlet("the Sunday Telegraph", "Telegraph"), same_outlet(None, None), same_outlet("CNN", None)
    (True, True, False)
    >>> same_outlet("BBC", "BBC Radio 4"), same_outlet("BBC News", "Sky News")
    (True, False)
    >>> same_outlet("FT", "Financial Times")
    True
    """
    if not gold or not got:
        return not gold and not got
    a, b = _outlet_words(gold), _outlet_words(got)
    return a <= b or b <= a or "".join(name_words(gold)) == "".join(name_words(got))


def _outlet_words(name: str) -> set[str]:
    full = name_words(SHORT_OUTLETS.get(name.casefold(), name))
    return {word for word in full if word not in OUTLET_NOUNS} or set(name_words(name))


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
