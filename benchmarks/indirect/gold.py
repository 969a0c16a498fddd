"""PolNeAR's attributions, and how answers are compared with them.

The target is what people say, in clauses and infinitives, as a text reports it without marks, or with marks
around a part. Contents are pieces; marks, punctuation and a leading "that" do not count. Contents of one
article are paired one to one, by falling share of common words (IoU). An answer is right end to end if IoU
is .8 or more and the words for the speaker overlap, or neither side has any. An answer that is paired with an
attribution outside of the target (a belief, a bare object) is neither right nor wrong.
"""

from __future__ import annotations

import json
import lzma
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

LEAST_IOU = 0.8
"""Least share of common words of the same content."""
CLAUSAL = ("clause", "infinitive")
"""Forms of the contents of the target."""
_WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")
_QUOTED = re.compile(r"“[^“”\n]*(?:”|(?=\n|$))|\"[^\"\n]*(?:\"|(?=\n|$))|(?:``|'').*?(?:''|(?=\n|$))")

Offsets = Sequence[Sequence[int]]
"""Starts and ends, in characters."""


@attrs.frozen
class Row:
    """A content with its source, as indexes of words of the article."""

    content: frozenset[int]
    """The words of the content."""
    source: frozenset[int]
    """The words for the speaker."""
    marked: bool = False
    """Whether all of its words stand between double marks."""
    wanted: bool = True
    """Whether it belongs to the target."""
    name: str = ""
    """The rule of an answer."""
    confidence: float = 0.0
    """The confidence of an answer."""


class Words:
    """The words of an article."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _WORD.finditer(text)]
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        self._quoted = frozenset(
            i for i, (start, _) in enumerate(self._spans) if any(a <= start < b for a, b in quoted)
        )

    def at(self, spans: Offsets, *, content: bool = False) -> frozenset[int]:
        """The indexes of the words that share a character with some spans; without a leading "that" if they
        are a content."""
        found = [i for i, (x, y) in enumerate(self._spans) if any(x < e and y > s for s, e in spans)]
        if content and len(found) > 1 and self._text[slice(*self._spans[found[0]])].lower() == "that":
            found = found[1:]
        return frozenset(found)

    def all_quoted(self, words: frozenset[int]) -> bool:
        """Whether all of some words stand between double marks."""
        return words <= self._quoted


def folder() -> Path:
    """The folder with the gold."""
    return Path(os.environ.get("QUOTEATTR_DATA", "../shared/data"))


def path_of(part: str) -> Path:
    """The file of a part, "train" or "dev"."""
    return folder() / f"polnear_indirect_{part}.jsonl.xz"


def read(part: str) -> list[dict[str, Any]]:
    """The articles of a part, each with its attributions."""
    with lzma.open(path_of(part), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def is_wanted(attribution: dict[str, Any]) -> bool:
    """Whether an attribution is speech that is reported in a clause or an infinitive."""
    clausal = attribution["type"] == "direct" or attribution.get("form", "clause") in CLAUSAL
    return attribution["class"] == "speech" and clausal


def gold_rows(words: Words, attributions: Iterable[dict[str, Any]]) -> list[Row]:
    """The attributions of an article."""
    return [
        Row(
            words.at(a["content_spans"], content=True),
            words.at(a["source_spans"]),
            a["type"] == "direct",
            is_wanted(a),
        )
        for a in attributions
    ]


def pairs_of(gold: Sequence[Row], answers: Sequence[Row]) -> dict[int, tuple[int, float]]:
    """For each answer that is paired, the attribution and their IoU."""
    scored = sorted(
        (
            (len(g.content & a.content) / len(g.content | a.content), -i, -j)
            for i, g in enumerate(gold)
            for j, a in enumerate(answers)
            if g.content & a.content
        ),
        reverse=True,
    )
    taken: set[int] = set()
    found: dict[int, tuple[int, float]] = {}
    for share, minus_i, minus_j in scored:
        if -minus_i not in taken and -minus_j not in found:
            taken.add(-minus_i)
            found[-minus_j] = (-minus_i, share)
    return found


def is_right(gold: Row, answer: Row, share: float) -> bool:
    """Whether an answer is right end to end."""
    same = bool(gold.source & answer.source) or not (gold.source or answer.source)
    return share >= LEAST_IOU and same


@attrs.frozen
class Judged:
    """An answer of the target's kind, and whether it is right."""

    answer: Row
    """The answer."""
    right: bool
    """Whether it is right end to end."""


@attrs.frozen
class Score:
    """Precision, recall and F1 end to end."""

    right: int
    """Answers that are right."""
    answers: int
    """Answers that are scored."""
    found: int
    """Attributions of the target that are found."""
    wanted: int
    """Attributions of the target."""

    @property
    def precision(self) -> float:
        """The share of the answers that are right."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def recall(self) -> float:
        """The share of the target that is found."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def judge(gold: Sequence[Row], answers: Sequence[Row]) -> tuple[list[Judged], int, int]:
    """Judges the answers of one article.

    Returns:
        The answers that are scored, how many attributions of the target are found, and how many there are.
    """
    pairs = pairs_of(gold, answers)
    right = {j for j, (i, share) in pairs.items() if is_right(gold[i], answers[j], share)}
    judged = [
        Judged(answer, j in right)
        for j, answer in enumerate(answers)
        if not answer.marked and (j not in pairs or gold[pairs[j][0]].wanted)
    ]
    target = {i for i, row in enumerate(gold) if row.wanted and not row.marked}
    return judged, len(target & {pairs[j][0] for j in right}), len(target)


def total(judgements: Iterable[tuple[list[Judged], int, int]]) -> tuple[Score, list[Judged]]:
    """The score over articles, and all answers that are scored."""
    every: list[Judged] = []
    found = wanted = 0
    for judged, of_article, number in judgements:
        every += judged
        found, wanted = found + of_article, wanted + number
    return Score(sum(j.right for j in every), len(every), found, wanted), every


def answer_rows(words: Words, result: Any) -> Iterator[Row]:
    """The attributions of a result as rows: the pieces of a direct statement are one row, and a quotation
    inside a mixed one has none."""
    reported = [a for a in result if a.quotation.kind != "direct"]
    parts = [(p.start, p.end) for a in reported for p in a.quotation.parts]
    statements: dict[int | None, list[Any]] = {}
    for a in result:
        if a.quotation.kind == "direct" and (a.cue or a.mention):
            statements.setdefault(a.statement, []).append(a)
    for group in [[a] for a in reported] + list(statements.values()):
        contents = [(p.start, p.end) for a in group for p in a.quotation.parts]
        inside = [any(s <= x and y <= e for s, e in parts) for x, y in contents]
        if group[0].quotation.kind == "direct" and all(inside):
            continue
        content = words.at(contents, content=True)
        mention = group[0].mention
        source = words.at([(mention.span.start, mention.span.end)]) if mention else frozenset()
        if content:
            yield Row(
                content,
                source,
                words.all_quoted(content),
                name=group[0].decided_by or "",
                confidence=group[0].confidence,
            )
