"""Measures how far two readers agree on quotations, speakers, outlets and statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from benchmarks.who_is_meant.annotation import Row
from benchmarks.who_is_meant.passages import Passage
from benchmarks.who_is_meant.stretches import overlap, same_span


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotation as one reader marked it, or both."""

    a: Row | None
    """As the first reader marked it."""
    b: Row | None
    """As the second reader marked it; its statement is in the numbers of the first reader."""

    @property
    def span(self) -> tuple[int, int]:
        """The longer of the two spans."""
        rows = [row for row in (self.a, self.b) if row]
        return max((row.span for row in rows), key=lambda span: span[1] - span[0])


def pair_rows(ours: Sequence[Row], theirs: Sequence[Row]) -> list[Pair]:
    """The quotations of one article by both readers, one to one, in the order of the text."""
    candidates = [
        (-overlap(a.span, b.span), i, j)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
        if same_span(a.span, b.span)
    ]
    partner: dict[int, int] = {}
    for _, i, j in sorted(candidates):
        if i not in partner and j not in partner.values():
            partner[i] = j
    theirs = renumbered(ours, theirs, partner)
    pairs = [Pair(a, theirs[partner[i]] if i in partner else None) for i, a in enumerate(ours)]
    pairs += [Pair(None, b) for j, b in enumerate(theirs) if j not in partner.values()]
    return sorted(pairs, key=lambda pair: pair.span)


def renumbered(ours: Sequence[Row], theirs: Sequence[Row], partner: Mapping[int, int]) -> list[Row]:
    """The second reader's rows with the first reader's numbers of statements.

    Two statements are the same if most of their pieces are. A statement that only the second reader has gets
    a new number.
    """
    shared = Counter((theirs[j].statement, ours[i].statement) for i, j in partner.items())
    number: dict[int, int] = {}
    for (their, our), _ in shared.most_common():
        if their not in number and our not in number.values():
            number[their] = our
    free = max((row.statement for row in ours), default=0)
    for row in theirs:
        if row.statement not in number:
            free += 1
            number[row.statement] = free
    return [replace(row, statement=number[row.statement]) for row in theirs]


def folded_name(name: str | None) -> str:
    """A name in small letters, without the article, whatever its apostrophes and white space.

    >>> folded_name("The  People’s Party"), folded_name(None)
    ("people's party", '')
    """
    return Passage((name or "").casefold().strip()).folded.removeprefix("the ")


def same_speaker(a: Row, b: Row) -> bool:
    """Whether two readers mean the same: the fullest name of one is accepted by the other; or nobody."""
    ours, theirs = ([folded_name(name) for name in row.entity] for row in (a, b))
    if not ours or not theirs:
        return ours == theirs
    return ours[0] in theirs or theirs[0] in ours


def same_outlet(a: Row, b: Row) -> bool:
    """Whether two readers give the same outlet, or none."""
    return folded_name(a.outlet) == folded_name(b.outlet)


def differences(pairs: Sequence[Pair]) -> list[tuple[Pair, list[str]]]:
    """For each quotation, what the two readers disagree on.

    That is "quotation", or some of "speaker", "kind", "outlet" and "statement".
    """
    together = {reader: statements(pairs, reader) for reader in ("a", "b")}
    result = []
    for at, pair in enumerate(pairs):
        if pair.a is None or pair.b is None:
            result.append((pair, ["quotation"]))
            continue
        differ = {
            "speaker": not same_speaker(pair.a, pair.b),
            "kind": pair.a.kind != pair.b.kind,
            "outlet": not same_outlet(pair.a, pair.b),
            "statement": any(at in joined for joined in together["a"] ^ together["b"]),
        }
        result.append((pair, [name for name, differs in differ.items() if differs]))
    return result


def statements(pairs: Sequence[Pair], reader: str) -> set[tuple[int, int]]:
    """Pairs of quotations, both found by both readers, that one reader counts as pieces of one statement."""
    pieces: dict[int, list[int]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        if pair.a and pair.b:
            pieces[(pair.a if reader == "a" else pair.b).statement].append(at)
    return {joined for group in pieces.values() for joined in combinations(group, 2)}


def measure(articles: Iterable[Sequence[Pair]]) -> dict[str, tuple[int, int]]:
    """Agreement over articles as counts: how often the readers agree, out of how many cases.

    "quotations" counts each reader's rows, so that its share is the F1 of one reader against the other.
    "spoken" leaves out what both give to nobody; "nobody" and "outlet stated" take the cases where either
    reader says so. "statement pairs" are of quotations that either reader joins.
    """
    hits: Counter[str] = Counter()
    cases: Counter[str] = Counter()

    def count(name: str, agrees: bool, *, applies: bool = True) -> None:
        hits[name] += applies and agrees
        cases[name] += applies

    for pairs in articles:
        for pair in pairs:
            a, b = pair.a, pair.b
            hits["quotations"] += 2 * (a is not None and b is not None)
            cases["quotations"] += (a is not None) + (b is not None)
            if a is None or b is None:
                continue
            count("speaker", same_speaker(a, b))
            count("spoken", same_speaker(a, b), applies=bool(a.entity or b.entity))
            count("nobody", same_speaker(a, b), applies=not (a.entity and b.entity))
            count("kind", a.kind == b.kind)
            count("outlet", same_outlet(a, b))
            count("outlet stated", same_outlet(a, b), applies=bool(a.outlet or b.outlet))
        ours, theirs = statements(pairs, "a"), statements(pairs, "b")
        hits["statement pairs"] += len(ours & theirs)
        cases["statement pairs"] += len(ours | theirs)
    return {name: (hits[name], number) for name, number in cases.items()}


def table(counts: Mapping[str, Mapping[str, tuple[int, int]]]) -> str:
    """A plain table: one row for each measure, one column for each group of articles."""
    names = list(dict.fromkeys(name for group in counts.values() for name in group))
    lines = [" " * 16 + "".join(f"{group:>22}" for group in counts)]
    for name in names:
        cells = (group.get(name, (0, 0)) for group in counts.values())
        lines.append(f"{name:16}" + "".join(f"{share(*cell):>22}" for cell in cells))
    return "\n".join(lines)


def share(hits: int, cases: int) -> str:
    """A share with its counts.

    >>> share(9, 10), share(0, 0)
    ('.900 (9/10)', '-')
    """
    return f"{hits / cases:.3f} ({hits}/{cases})".removeprefix("0") if cases else "-"
