"""Counts right and wrong answers, and computes figures from the counts.

Answers are counted for each article. The figures of a set come from sums over its articles, and intervals
from sums over resampled articles. Figures have dotted names ("detect.f1"), which the floors use, too.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from benchmarks.gold_sets import GoldArticle, GoldQuotation, GoldSet
from benchmarks.matching import (
    first_closest,
    last_closest,
    match,
    names_it,
    points_at,
    same_name,
    same_outlet,
)
from benchmarks.predictions import Prediction, Predictions

Counts = Counter[str]
Figures = dict[str, float]
Interval = tuple[float, float]


@attrs.frozen
class Case:
    """One gold quotation, one answer, or the two together, and what is right about it."""

    article: GoldArticle
    """Where it stands."""
    gold: GoldQuotation | None
    """What people marked; None for an answer that they did not mark."""
    answer: Prediction | None
    """What was answered; None for a quotation that was not found."""
    found: bool = False
    """Whether both are there."""
    mention: bool = False
    """Whether the mention overlaps the gold's speaker."""
    speaker: bool = False
    """The same, or the resolved name is in the gold speaker's words."""
    entity: bool | None = None
    """Whether the name is the person meant (or rightly none); None where nobody looked."""
    outlet: bool | None = None
    """Whether the outlet is right (or rightly none); None where nobody looked."""
    excused: bool = False
    """Whether the answer is a stretch that is quoted but attributed to nobody."""

    @property
    def right(self) -> bool:
        """Whether "who speaks?" is answered right: by who is meant where a person looked, else by the words.

        Where the gold has no quotation, "nobody" is the right answer.
        """
        if self.gold is None:
            return self.answer is not None and not self.answer.claims
        return self.speaker if self.entity is None else self.entity

    @property
    def kind(self) -> str:
        """Kind of the gold's mention; "none" where there is no gold."""
        return self.gold.kind if self.gold else "none"

    @property
    def rule(self) -> str:
        """What decided the answer."""
        if self.answer is None:
            return "(not found)"
        return self.answer.decided_by or ("(no rule named)" if self.answer.claims else "(no answer)")


@attrs.frozen
class Scored:
    """A gold set with the answers to it."""

    cases: tuple[Case, ...]
    """In the order of the text, optional quotations left out."""
    counts: tuple[Counts, ...]
    """By article."""
    has_mentions: bool
    """Whether the gold says where speakers are named."""
    articles: tuple[str, ...] = ()
    """The articles' ids, in the order of the counts."""

    @property
    def total(self) -> Counts:
        """The counts of all articles."""
        return add(self.counts)

    @property
    def answers(self) -> list[Case]:
        """The cases that an answer was given to."""
        return [case for case in self.cases if case.answer is not None]


def add(counts: Iterable[Counts]) -> Counts:
    """The sum, zeros kept."""
    total: Counts = Counter()
    for each in counts:
        total.update(each)
    return total


def score(gold: GoldSet, predictions: Predictions) -> Scored:
    """Compare every article of the set with the answers to it."""
    mentions = gold.has_mentions
    cases: list[Case] = []
    counts = []
    for article in gold.articles:
        answers = predictions.get(article.id, ())
        mine = compare(article, answers, double_only=mentions)
        cases += [case for case in mine if case.gold is None or not case.gold.optional]
        counts.append(count(article, answers, mine, mentions))
    return Scored(tuple(cases), tuple(counts), mentions, tuple(a.id for a in gold.articles))


def compare(article: GoldArticle, answers: Sequence[Prediction], *, double_only: bool) -> list[Case]:
    """Every gold quotation and every judged answer of an article as a case, in the order of the text."""
    matched = match(article, answers, double_only=double_only)
    cases = [
        _case(article, gold, answers[matched.partner[i]] if i in matched.partner else None, answers)
        for i, gold in enumerate(article.quotations)
    ]
    cases += [Case(article, None, answers[j], excused=j in matched.excused) for j in matched.left]
    return sorted(cases, key=_position)


def _position(case: Case) -> int:
    place = case.gold or case.answer
    return place.start if place else 0


def _case(
    article: GoldArticle, gold: GoldQuotation, answer: Prediction | None, answers: Sequence[Prediction]
) -> Case:
    closest = first_closest(gold, answers)
    mention = answer is not None and points_at(answer, gold)
    name = answer.speaker_name if answer else None
    return Case(
        article,
        gold,
        answer,
        found=answer is not None,
        mention=mention,
        speaker=mention or names_it(gold.speaker_text, name),
        entity=_entity_right(gold, answer) if gold.entity_read else None,
        outlet=_outlet_right(gold, closest) if gold.outlet_read else None,
    )


def _entity_right(gold: GoldQuotation, answer: Prediction | None) -> bool:
    if answer is None:
        return False
    return same_name(gold.entity, answer.speaker_name) if gold.entity else not answer.speaker_name


def _outlet_right(gold: GoldQuotation, answer: Prediction | None) -> bool:
    if answer is None:
        return False
    return same_outlet(gold.outlet, answer.outlet) or (gold.outlet_any and not answer.outlet)


def count(
    article: GoldArticle, answers: Sequence[Prediction], cases: Sequence[Case], mentions: bool
) -> Counts:
    """What an article adds to each figure."""
    counts: Counts = Counter(articles=1)
    if mentions:
        _count_spans(counts, cases)
    for case in cases:
        if case.gold and case.gold.entity and case.gold.entity_read:
            counts.update(entity_n=1, entity_right=bool(case.entity))
    _count_outlets(counts, article, answers)
    _count_read(counts, article, answers)
    return counts


def _count_spans(counts: Counts, cases: Sequence[Case]) -> None:
    """Detection, mention and end to end. An answer without a speaker is no claim and costs no precision."""
    for case in cases:
        counts.update(
            gold=case.gold is not None,
            predicted=case.answer is not None and not case.excused,
            found=case.found,
            claims=case.answer is not None and case.answer.claims,
            mention_right=case.mention,
            speaker_right=case.speaker,
        )


def _count_outlets(counts: Counts, article: GoldArticle, answers: Sequence[Prediction]) -> None:
    """Outlets as precision and recall, where a person looked; rightly none counts as nothing."""
    for gold in article.quotations:
        if not gold.outlet_read:
            continue
        closest = first_closest(gold, answers)
        got = closest.outlet if closest else None
        if gold.outlet_any and not got:
            continue
        right = bool(gold.outlet and got and same_outlet(gold.outlet, got))
        counts.update(outlet_gold=bool(gold.outlet), outlet_predicted=bool(got), outlet_right=right)


def _count_read(counts: Counts, article: GoldArticle, answers: Sequence[Prediction]) -> None:
    """Shares of quotations that a person read, as the seeds are scored: several may share one answer."""
    if not any(g.entity_read for g in article.quotations):
        return
    used: set[int] = set()
    for gold in article.quotations:
        j = last_closest(gold, answers)
        answer = None if j is None else answers[j]
        used.update([] if j is None else [j])
        if not gold.entity_read:
            continue
        rejected = answer is not None and same_name(gold.rejected, answer.speaker_name)
        named = _entity_right(gold, answer) and not rejected
        counts.update(read_n=1, read_found=answer is not None, read_speaker=named)
        counts.update(read_outlet=_outlet_right(gold, answer))
        spoken = bool(gold.entity)
        counts.update(spoken_n=spoken, spoken_right=named and spoken)
        counts.update(nobody_n=not spoken, nobody_right=named and not spoken)
        strict = named and spoken and answer is not None and answer.speaker_name in gold.entity
        counts.update(strict_right=strict)
    counts.update(answers=len(answers), invented=len(answers) - len(used))


def share(part: float, whole: float) -> float:
    """Part of whole; nothing of nothing is 0."""
    return part / whole if whole else 0.0


def _prf(name: str, right: int, predicted: int, gold: int) -> Figures:
    p, r = share(right, predicted), share(right, gold)
    return {f"{name}.p": p, f"{name}.r": r, f"{name}.f1": share(2 * p * r, p + r)}


def figures(c: Mapping[str, int]) -> Figures:
    """Every figure that the counts carry, as shares from 0 to 1; what the gold does not tell is not there."""
    out: Figures = {}
    if c.get("gold"):
        out |= _prf("detect", c["found"], c["predicted"], c["gold"])
        out["mention"] = share(c["mention_right"], c["found"])
        out["speaker"] = share(c["speaker_right"], c["found"])
        out |= _prf("end_to_end", c["speaker_right"], c["claims"], c["gold"])
    if c.get("entity_n"):
        out["entity"] = share(c["entity_right"], c["entity_n"])
    if "outlet_gold" in c:
        out |= _prf("outlet", c["outlet_right"], c["outlet_predicted"], c["outlet_gold"])
    if n := c.get("read_n"):
        out |= {f"read.{key}": share(c[f"read_{key}"], n) for key in ("found", "speaker", "outlet")}
        out["read.spoken"] = share(c["spoken_right"], c["spoken_n"])
        out["read.nobody"] = share(c["nobody_right"], c["nobody_n"])
        out["read.strict"] = share(c["strict_right"], c["spoken_right"])
        out["read.invented"] = share(c["invented"], c["answers"])
    return out


def intervals(counts: Sequence[Counts], draws: int = 1000, seed: int = 0) -> dict[str, Interval]:
    """95 % bootstrap intervals of every figure: all articles drawn again, ``draws`` times, from a seed."""
    keys = sorted(add(counts))
    columns = [[c[key] for c in counts] for key in keys]
    dice = random.Random(seed)
    everyone = range(len(counts))
    drawn: dict[str, list[float]] = {name: [] for name in figures(add(counts))}
    for _ in range(draws):
        sample = dice.choices(everyone, k=len(counts))
        sums = {key: sum(map(column.__getitem__, sample)) for key, column in zip(keys, columns, strict=True)}
        for name, value in figures(sums).items():
            drawn[name].append(value)
    return {name: _middle(sorted(values)) for name, values in drawn.items() if values}


def _middle(values: Sequence[float]) -> Interval:
    """The middle 95 % of sorted values."""
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]


@attrs.frozen
class Row:
    """One line of a table of kinds or rules."""

    n: int
    """Cases."""
    share: float
    """Of all cases in the table."""
    found: float
    """Share of them with gold and answer both."""
    claims: float
    """Share of them that were given a speaker."""
    mention: float
    """Share with the right mention."""
    right: float
    """Share with the right speaker (or rightly none)."""
    confidence: float | None
    """Mean confidence of the answers that state one."""


def by_kind(scored: Scored) -> dict[str, Row]:
    """Gold quotations by the kind of words that name their speaker, found or not."""
    return _table([case for case in scored.cases if case.gold], lambda case: case.kind)


def by_rule(scored: Scored) -> dict[str, Row]:
    """Judged answers by the rule that decided."""
    return _table(scored.answers, lambda case: case.rule)


def _table(cases: Sequence[Case], key: Callable[[Case], str]) -> dict[str, Row]:
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(key(case), []).append(case)
    return {
        name: _row(group, len(cases))
        for name, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    }


def _row(cases: Sequence[Case], out_of: int) -> Row:
    n = len(cases)
    stated = [c.answer.confidence for c in cases if c.answer and c.answer.confidence is not None]
    return Row(
        n=n,
        share=share(n, out_of),
        found=share(sum(c.found for c in cases), n),
        claims=share(sum(c.answer is not None and c.answer.claims for c in cases), n),
        mention=share(sum(c.mention for c in cases), n),
        right=share(sum(c.right for c in cases), n),
        confidence=sum(stated) / len(stated) if stated else None,
    )
