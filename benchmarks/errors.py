"""Prints wrong answers in a short form, so that a person can read many of them.

A case is one block: the kind of mistake, the rule that decided and its confidence, then the passage with the
quotation in [[…]], the gold's speaker in {{…}}, the mention of the answer in <<…>> and the cue in ((…)).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from benchmarks.scoring import Case

ERRORS = (
    "missed", "bounds", "no-speaker", "wrong-mention", "wrong-entity", "not-spoken", "invented", "outlet",
)  # fmt: skip
"""missed: not found. bounds: found, but cut elsewhere. no-speaker: found, nobody named. wrong-mention: other
words than the gold's. wrong-entity: the right words, somebody else meant by them. not-spoken: a speaker for
words that nobody speaks. invented: a speaker for what the gold has no quotation for. outlet: the outlet is
wrong, missing or made up."""
GROUPS = ("error", "rule", "kind", "article")
AROUND = 320
"""Characters shown on either side of a quotation, over paragraphs."""
NEARBY = 80
"""Characters shown on either side of a speaker or cue, to whole words."""
LONG_GAP = 500
"""Characters between two shown places from which the middle is left out."""


@attrs.frozen
class Wrong:
    """A wrong case and the kind of mistake."""

    case: Case
    """The case."""
    error: str
    """One of `ERRORS`."""
    cut: Case | None = None
    """For "bounds": what was found instead."""

    def group(self, by: str) -> str:
        """The heading it belongs under."""
        names = {"rule": self.case.rule, "kind": self.case.kind, "article": self.case.article.id}
        return names.get(by, self.error)


@attrs.frozen
class Filter:
    """Which wrong cases to write. Empty means all."""

    rules: tuple[str, ...] = ()
    """Only these deciding rules."""
    kinds: tuple[str, ...] = ()
    """Only these kinds of gold mention ("none": no gold quotation)."""
    errors: tuple[str, ...] = ()
    """Only these kinds of mistake."""
    sample: int | None = None
    """At most this many, drawn from the seed."""
    seed: int = 0
    """Seed of the draw."""

    def __call__(self, wrong: Iterable[Wrong]) -> list[Wrong]:
        kept = [w for w in wrong if self._wants(w)]
        if self.sample is None or self.sample >= len(kept):
            return kept
        chosen = sorted(random.Random(self.seed).sample(range(len(kept)), self.sample))
        return [kept[i] for i in chosen]

    def _wants(self, w: Wrong) -> bool:
        asked = ((self.rules, w.case.rule), (self.kinds, w.case.kind), (self.errors, w.error))
        return all(not wanted or got in wanted for wanted, got in asked)


def wrong_cases(cases: Sequence[Case]) -> list[Wrong]:
    """Every mistake, in the order of the text; a case may have two (speaker and outlet)."""
    found = []
    for case in cases:
        if not case.right:
            cut = _cut_elsewhere(case, cases) if case.answer is None else None
            found.append(Wrong(case, _speaker_error(case, cut), cut))
        if case.outlet is False and case.found:
            found.append(Wrong(case, "outlet"))
    return found


def _speaker_error(case: Case, cut: Case | None) -> str:
    gold, answer = case.gold, case.answer
    if answer is None:
        return "bounds" if cut else "missed"
    if gold is None:
        return "not-spoken" if case.excused else "invented"
    if gold.entity_read and not gold.entity:
        return "not-spoken"
    if not answer.claims:
        return "no-speaker"
    return "wrong-entity" if case.mention or gold.speaker_spans is None else "wrong-mention"


def _cut_elsewhere(case: Case, cases: Sequence[Case]) -> Case | None:
    """The answer without gold of its own that overlaps a quotation that was not found."""
    gold = case.gold
    for other in cases:
        answer = other.answer
        if gold is None or answer is None or other.gold or other.article is not case.article:
            continue
        if gold.start < answer.end and answer.start < gold.end:
            return other
    return None


def report(wrong: Sequence[Wrong], *, group: str = "error") -> str:
    """All blocks under their headings, the largest group first, after a table of rules by mistakes."""
    groups: dict[str, list[Wrong]] = {}
    for w in wrong:
        groups.setdefault(w.group(group), []).append(w)
    parts = [_summary(wrong)]
    for name, members in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        parts.append(f"{'=' * 20} {group}: {name} ({len(members)}) {'=' * 20}\n")
        parts += [block(w, i) for i, w in enumerate(members, 1)]
    return "\n".join(parts)


def _summary(wrong: Sequence[Wrong]) -> str:
    """How many mistakes of each kind each rule made."""
    pairs = Counter((w.case.rule, w.error) for w in wrong)
    used = [error for error in ERRORS if any(e == error for _, e in pairs)]
    rules = Counter(w.case.rule for w in wrong)
    width = max((len(rule) for rule in rules), default=4)
    lines = [f"{len(wrong)} wrong", " " * width + "".join(f"{e:>15}" for e in (*used, "all"))]
    for rule, n in rules.most_common():
        lines.append(f"{rule:{width}}" + "".join(f"{pairs[rule, e] or '':>15}" for e in used) + f"{n:>15}")
    return "\n".join(lines) + "\n"


def block(wrong: Wrong, number: int) -> str:
    """One case to read."""
    case, gold, answer = wrong.case, wrong.case.gold, wrong.case.answer
    place = gold or answer
    where = f"{case.article.id} {place.start}-{place.end}" if place else case.article.id
    sure = f" · {answer.confidence:.2f}" if answer and answer.confidence is not None else ""
    lines = [f"#{number} {wrong.error} · {case.rule}{sure} · {case.kind} · {where}"]
    lines.append(f"  gold:   {_gold_words(case)}")
    lines.append(f"  answer: {_answer_words(case)}")
    if wrong.cut and wrong.cut.answer:
        cut = wrong.cut.answer
        lines.append(
            f"  cut as: [{_flat(case.article.text[cut.start : cut.end])}] {_answer_words(wrong.cut)}"
        )
    return "\n".join(lines) + "\n" + passage(case) + "\n"


def _gold_words(case: Case) -> str:
    gold = case.gold
    if gold is None:
        return "quoted, attributed to nobody" if case.excused else "no quotation here"
    words = [f"“{_flat(gold.speaker_text)}”"] if gold.speaker_text else []
    if gold.entity_read:
        words.append("= " + (" / ".join(gold.entity) or "nobody speaks"))
    if gold.outlet_read and gold.outlet:
        words.append(f"in {gold.outlet}")
    return " ".join(words)


def _answer_words(case: Case) -> str:
    answer = case.answer
    if answer is None:
        return "not found"
    text, words = case.article.text, []
    if answer.speaker_start is not None and answer.speaker_end is not None:
        words.append(f"“{_flat(text[answer.speaker_start : answer.speaker_end])}”")
    words.append(f"= {answer.speaker_name or 'nobody'}")
    if answer.cue_start is not None and answer.cue_end is not None:
        words.append(f"cue “{_flat(text[answer.cue_start : answer.cue_end])}”")
    if answer.outlet:
        words.append(f"in {answer.outlet}")
    return " ".join(words)


def passage(case: Case) -> str:
    """The text around the quotation, the gold's speaker and the answer, marked; long gaps left out."""
    text, marks = case.article.text, _marks(case)
    shown = _join(
        _widen(text, start, end, AROUND if opening == "[[" else NEARBY) for start, end, opening, _ in marks
    )
    stretches = [_marked(text, start, end, marks) for start, end in shown]
    body = " […] ".join(stretches)
    return "\n".join(f"    {line.strip()}" for line in re.split(r"\n+", body) if line.strip())


Mark = tuple[int, int, str, str]


def _marks(case: Case) -> list[Mark]:
    gold, answer = case.gold, case.answer
    marks: list[Mark] = []
    if gold:
        marks.append((gold.start, gold.end, "[[", "]]"))
        marks += [(start, end, "{{", "}}") for start, end in gold.speaker_spans or ()]
    if answer:
        if not gold:
            marks.append((answer.start, answer.end, "[[", "]]"))
        if answer.speaker_start is not None and answer.speaker_end is not None:
            marks.append((answer.speaker_start, answer.speaker_end, "<<", ">>"))
        if answer.cue_start is not None and answer.cue_end is not None:
            marks.append((answer.cue_start, answer.cue_end, "((", "))"))
    return marks


def _widen(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """The stretch with at most ``around`` characters on each side, to whole words."""
    low, high = max(0, start - around), min(len(text), end + around)
    while 0 < low < start and not text[low - 1].isspace():
        low += 1
    while end < high < len(text) and not text[high].isspace():
        high -= 1
    return low, high


def _join(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those nearer than `LONG_GAP` made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start - joined[-1][1] < LONG_GAP:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _marked(text: str, low: int, high: int, marks: Sequence[Mark]) -> str:
    """The stretch, marked. At one place closing marks come first, and the longest opens first."""
    inserts: list[tuple[int, int, int, str]] = []
    for start, end, opening, closing in marks:
        if low <= start and end <= high:
            inserts.append((start, 1, -end, opening))
            inserts.append((end, 0, -start, closing))
    parts, at = [], low
    for place, _, _, mark in sorted(inserts):
        parts += [text[at:place], mark]
        at = place
    return "".join([*parts, text[at:high]])


def _flat(words: str) -> str:
    return " ".join(words.split())
