"""Lists the cases on which two readers differ for a third reader, and makes the gold from the third one's
decisions.

The third reader writes one JSON object per line: ``{"case": …, "take": "A"}``, or "B", or "drop". Other keys
of a row replace what reader A or B wrote. Without "take", the row of A is taken, or that of B if A has no
such quotation. A row with "id" and "quote" but no "case" adds a quotation, or replaces one on which both
readers agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.who_is_meant.agreement import Pair, differences, folded_name, pair_rows
from benchmarks.who_is_meant.annotation import (
    Row,
    check_article,
    make_row,
    numbered,
    place,
)
from benchmarks.who_is_meant.articles import Article, ToolError, paragraphs
from benchmarks.who_is_meant.faults import Fault, faults_of_form, faults_of_names
from benchmarks.who_is_meant.passages import Passage
from benchmarks.who_is_meant.stretches import same_span

CONTEXT = 2
"""Paragraphs shown before and after the one with the quotation."""
TAKES = ("A", "B", "drop")


@dataclass(frozen=True, slots=True)
class Case:
    """A quotation on which two readers disagree."""

    article: Article
    """Where it stands."""
    pair: Pair
    """As the readers marked it."""
    about: tuple[str, ...]
    """What they disagree on."""

    @property
    def name(self) -> str:
        """How the case is called in the decisions."""
        return f"{self.article.id}:{self.pair.span[0]}-{self.pair.span[1]}"


def cases(article: Article, pairs: Sequence[Pair]) -> list[Case]:
    """The cases of one article."""
    return [Case(article, pair, tuple(about)) for pair, about in differences(pairs) if about]


def shown_case(case: Case) -> str:
    """A case for reading: the passage with the quotation in ⟦ ⟧, and what each reader wrote."""
    text, (start, end) = case.article.text, case.pair.span
    parts = paragraphs(text)
    inside = [n for n, (first, last) in enumerate(parts) if first < end and start < last]
    lines = [f"=== {case.name}", f"about: {', '.join(case.about)}", ""]
    for number in range(max(0, inside[0] - CONTEXT), min(len(parts), inside[-1] + CONTEXT + 1)):
        first, last = parts[number]
        marks = sorted((at, sign) for at, sign in ((start, "⟦"), (end, "⟧")) if first <= at <= last)
        shown, done = "", first
        for at, sign in marks:
            shown, done = shown + text[done:at] + sign, at
        lines += [f"[{number + 1}] {(shown + text[done:last]).strip()}", ""]
    for reader, row in (("A", case.pair.a), ("B", case.pair.b)):
        lines.append(f"{reader}: {shown_row(text, row) if row else 'no such quotation'}")
    return "\n".join([*lines, ""])


def shown_row(text: str, row: Row) -> str:
    """What a reader wrote on a quotation, on one line."""
    mention = text[slice(*row.mention)] if row.mention else None
    return (
        f"speaker {' = '.join(row.entity) or None} | kind {row.kind} | outlet {row.outlet} | "
        f"statement {row.statement} | mention {mention}" + (f" | note: {row.note}" if row.note else "")
    )


def merge(
    article: Article, ours: Sequence[Row], theirs: Sequence[Row], decisions: Iterable[Mapping[str, Any]]
) -> list[tuple[Row, str]]:
    """The gold of one article: each row with "agreed" or "adjudicated".

    Raises:
        ToolError: if a case has no decision, or a decision is wrong.
    """
    pairs = pair_rows(ours, theirs)
    open_cases = {case.name: case for case in cases(article, pairs)}
    decided: dict[str, Mapping[str, Any]] = {}
    extra: list[Row] = []
    for decision in decisions:
        name = decision.get("case")
        if name is None:
            extra.append(added(article, decision))
        elif name not in open_cases or name in decided:
            raise ToolError(f"{name}: " + ("decided twice" if name in decided else "no such case"))
        else:
            decided[name] = decision
    if undecided := [name for name in open_cases if name not in decided]:
        raise ToolError(f"not decided: {', '.join(undecided)}")
    rows: list[tuple[Row, str]] = []
    disputed = {case.pair.span: name for name, case in open_cases.items()}
    for pair in pairs:
        if pair.span in disputed:
            row = judged(open_cases[disputed[pair.span]], decided[disputed[pair.span]])
            rows += [(row, "adjudicated")] if row else []
        elif pair.a and pair.b:
            rows.append((joined(pair.a, pair.b), "agreed"))
    rows = [(row, how) for row, how in rows if not any(same_span(row.span, e.span) for e in extra)]
    rows += [(row, "adjudicated") for row in extra]
    return in_order(rows)


def in_order(rows: Sequence[tuple[Row, str]]) -> list[tuple[Row, str]]:
    """The rows in the order of the text, their statements numbered from 1."""
    hows = [how for _, how in sorted(rows, key=lambda item: item[0].span)]
    ordered = numbered(row for row, _ in rows)
    numbers = {number: at for at, number in enumerate(dict.fromkeys(r.statement for r in ordered), 1)}
    return [(replace(r, statement=numbers[r.statement]), how) for r, how in zip(ordered, hows, strict=True)]


def joined(a: Row, b: Row) -> Row:
    """One row of two that agree: the longer span, all names, fullest first, and the nearer mention."""
    start, end = Pair(a, b).span
    names: dict[str, str] = {}
    for name in (*a.entity, *b.entity):
        names.setdefault(folded_name(name), name)
    # The fullest name of one reader may be a short one of the other.
    heads = sorted((row.entity[0] for row in (a, b) if row.entity), key=lambda name: -len(name.split()))
    entity = tuple(dict.fromkeys([*(names[folded_name(name)] for name in heads[:1]), *names.values()]))
    mentions = [m for m in (a.mention, b.mention) if m]
    nearest = min(mentions, key=lambda m: max(start - m[1], m[0] - end), default=None)
    notes = dict.fromkeys(note for note in (a.note, b.note) if note)
    return replace(a, start=start, end=end, entity=entity, mention=nearest, note=" / ".join(notes) or None)


def judged(case: Case, decision: Mapping[str, Any]) -> Row | None:
    """The row that a decision on a case comes to; None if the quotation is dropped."""
    take = decision.get("take") or ("A" if case.pair.a else "B")
    row = {"A": case.pair.a, "B": case.pair.b}.get(take)
    if take not in TAKES or (take != "drop" and row is None):
        raise ToolError(
            f'{case.name}: "take" is {take!r}; A, B or drop, and that reader has to have the quotation'
        )
    if row is None:
        return None
    text = case.article.text
    written: dict[str, Any] = {
        "id": case.article.id,
        "quote": text[row.start : row.end],
        "speaker": row.entity[0] if row.entity else None,
        "accept": list(row.entity[1:]),
        "kind": row.kind,
        "outlet": row.outlet,
        "statement": row.statement,
        "mention": text[slice(*row.mention)] if row.mention else None,
        "note": row.note,
    }
    given = {key: value for key, value in decision.items() if key not in ("case", "take")}
    if "speaker" in given:
        written["accept"] = []
        written["kind"] = written["kind"] if given["speaker"] else None
    written |= given
    passage = Passage(text)
    refuse(case.name, [*faults_of_form(written), *faults_of_names(passage, written)])
    span = row.span
    if "quote" in given:
        found, fault = place(passage, written)
        if fault or found is None:
            raise ToolError(f"{case.name}: {fault}")
        span = found
    new = make_row(passage, written, span, ())
    return new if "mention" in given or span != row.span else replace(new, mention=row.mention)


def added(article: Article, decision: Mapping[str, Any]) -> Row:
    """A row that the third reader wrote in full."""
    rows, problems = check_article(article, [("decisions", decision)])
    if wrong := [str(problem) for problem in problems if problem.wrong]:
        raise ToolError("; ".join(wrong))
    return replace(rows[0], statement=decision.get("statement") or 0)


def refuse(name: str, faults: Iterable[Fault]) -> None:
    """Raise a `ToolError` if something has to be put right in the row that a decision comes to."""
    if wrong := [text for is_wrong, text in faults if is_wrong]:
        raise ToolError(f"{name}: {'; '.join(wrong)}")
