"""Makes gold for lines: draws groups of quotations that share words, shows them to readers, and merges what
the readers say: ``python -m benchmarks.same_lines COMMAND``.

    python -m benchmarks.same_lines draw                     choose the groups, and write the list
    python -m benchmarks.same_lines show --part held         print the groups of a part for reading
    python -m benchmarks.same_lines agree A B --cases CASES  compare two readers
    python -m benchmarks.same_lines merge A B DECISIONS      merge them into the gold

The quotations are those that PolNeAR marks, and groups come from the words that they share; the library has
no part in it. A reader sees each quotation with the words around it, and writes one JSON object for a group:
``{"group": 3, "lines": ["AB", "C"], "unsure": ["D"]}``.

Quotations are one line if one person said these words on one occasion (a speech, an interview, a post), in
whole, in part or edited, however many articles print them and whenever they do. The same words that the same
person says again on another occasion are another line; without a sign of another occasion, the same sentence
by the same person is one line. Words of two people are two lines, but somebody else's words that a speaker
quotes belong to the line of the one who said them first.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import click

from benchmarks import gold_sets

LIST = gold_sets.ROOT / "benchmarks" / "gold" / "line_groups.jsonl"
"""The groups that are read: places, stratum and part."""
WANTED = {
    "common_phrase": 40,
    "fragment": 40,
    "edited": 30,
    "requote_or_repeat": 20,
    "long_exact": 10,
    "short_exact": 10,
}
"""Groups of each stratum: most of what is hard, 150 in all."""
RUN = 6
"""Words in a row that two edited wordings share."""
LONG = 8
"""Words of a long quotation."""
SHORTEST = 2
"""Words of the shortest quotation that is drawn."""
COMMON = 3
"""Most words of a common phrase."""
LARGEST = 8
"""Most quotations of a group that is shown."""
FREQUENT = 30
"""A run of words in more quotations than this joins nothing."""
AROUND = 260
"""Characters before and after a quotation that readers see."""
SEED = 18
Place = tuple[str, int, int]


@attrs.frozen
class Quoted:
    """A quotation as PolNeAR marks it."""

    place: Place
    """Article and offsets."""
    words: tuple[str, ...]
    """Its words in small letters."""


def words_of(text: str) -> tuple[str, ...]:
    """Returns the words of a text in small letters.

    >>> words_of("We’ll “build” it.")
    ('we', 'll', 'build', 'it')
    """
    return tuple(re.findall(r"[a-z0-9]+", text.lower()))


def quotations(articles: Iterable[gold_sets.GoldArticle]) -> list[Quoted]:
    """Returns the quotations of the articles that have two words or more."""
    found = [
        Quoted((a.id, q.start, q.end), words_of(a.text[q.start : q.end]))
        for a in articles
        for q in a.quotations
    ]
    return [quoted for quoted in found if len(quoted.words) >= SHORTEST]


def runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """Returns every run of so many words."""
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def neighbours(found: Sequence[Quoted]) -> dict[int, set[int]]:
    """Returns for each quotation those that share its words: all of them, or a run of `RUN`."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, quoted in enumerate(found):
        for run in runs(quoted.words, min(RUN, len(quoted.words))):
            holders[run].add(number)
    joined: dict[int, set[int]] = defaultdict(set)
    lengths = sorted({len(run) for run in holders})
    for number, quoted in enumerate(found):
        for length in lengths:
            for run in runs(quoted.words, length):
                same = holders.get(run, set())
                if len(same) <= FREQUENT:
                    joined[number] |= same - {number}
                    for other in same - {number}:
                        joined[other].add(number)
    return {number: others for number, others in joined.items() if others}


def stratum_of(group: Sequence[Quoted]) -> str:
    """Returns what makes a group hard: the stratum of its first two quotations that are joined."""
    pairs = list(itertools.combinations(group, 2))
    if all(a.place[0] == b.place[0] for a, b in pairs):
        return "requote_or_repeat"
    exact = [a for a, b in pairs if a.words == b.words]
    if exact:
        length = max(len(a.words) for a in exact)
        return "long_exact" if length >= LONG else "common_phrase" if length <= COMMON else "short_exact"
    inside = any(min(a, b, key=len) in runs(max(a, b, key=len), len(min(a, b, key=len)))
                 for a, b in ((a.words, b.words) for a, b in pairs))  # fmt: skip
    return "fragment" if inside else "edited"


def part_of(place: Place) -> str:
    """Returns the part of a group by its first quotation: half are held."""
    digest = hashlib.sha256(f"{place[0]} {place[1]}".encode()).hexdigest()
    return "held" if int(digest[-8:], 16) % 2 else "read"


def draw_groups(found: Sequence[Quoted], taken: set[Place]) -> list[dict[str, Any]]:
    """Returns groups of each stratum, as many as `WANTED` says, without quotations that are taken."""
    joined = neighbours(found)
    dice = random.Random(SEED)
    order = dice.sample(sorted(joined), len(joined))
    used: set[int] = set()
    counts: Counter[str] = Counter()
    groups: list[dict[str, Any]] = []
    for number in order:
        others = sorted(joined[number] - used)
        if number in used or not others:
            continue
        members = sorted([number, *dice.sample(others, min(len(others), LARGEST - 1))])
        group = [found[n] for n in members]
        stratum = stratum_of(group)
        if counts[stratum] >= WANTED[stratum] or any(q.place in taken for q in group):
            continue
        used.update(members)
        counts[stratum] += 1
        groups.append(
            {
                "group": len(groups) + 1,
                "stratum": stratum,
                "part": part_of(group[0].place),
                "places": [list(q.place) for q in group],
            }
        )
    return groups


def shown(group: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """Returns a group for reading: each quotation in double brackets, with the words around it."""
    lines = [f"##### group {group['group']}"]
    for letter, (article, start, end) in zip("ABCDEFGH", group["places"], strict=False):
        text = texts[article]
        before = " ".join(text[max(0, start - AROUND) : start].split())
        after = " ".join(text[end : end + AROUND].split())
        publisher, date, *_ = article.split("_")
        lines.append(f"{letter} ({publisher}, {date}) …{before} [[{text[start:end]}]] {after}…")
    return "\n".join(lines) + "\n"


Answer = tuple[frozenset[frozenset[str]], frozenset[str]]
"""The lines of a group, each a set of letters, and the letters that are unsure."""


def answers(path: Path, groups: Mapping[int, Mapping[str, Any]]) -> dict[int, Answer]:
    """Returns what a reader wrote, by group.

    Raises:
        click.ClickException: if a group is unknown, or its letters are not each in one place.
    """
    read: dict[int, Answer] = {}
    for row in gold_sets.read_jsonl(path):
        letters = "ABCDEFGH"[: len(groups[row["group"]]["places"])] if row["group"] in groups else None
        unsure = "".join(row.get("unsure", ()))
        if letters is None or sorted("".join(row["lines"]) + unsure) != list(letters):
            raise click.ClickException(
                f"{path.name}: group {row['group']}: needs each of {letters} once: {row}"
            )
        read[row["group"]] = frozenset(map(frozenset, row["lines"])), frozenset(unsure)
    return read


def pairs_of(answer: Answer) -> set[frozenset[str]]:
    """Returns the pairs of letters that are one line."""
    return {frozenset(pair) for line in answer[0] for pair in itertools.combinations(sorted(line), 2)}


@click.group(help=__doc__)
def main() -> None:
    """The command line."""


def _texts() -> dict[str, str]:
    return {article.id: article.text for article in gold_sets.load("polnear-train").articles}


def _groups(part: str | None = None) -> dict[int, dict[str, Any]]:
    listed = gold_sets.read_jsonl(LIST)
    return {int(group["group"]): dict(group) for group in listed if part in (None, group["part"])}


@main.command()
def draw() -> None:
    """Choose the groups, and write the list."""
    known = gold_sets.read_jsonl(gold_sets.data_file("dedup_dev.jsonl"))
    taken = {
        (p[0], p[1], p[2]) for group in known for line in [*group["lines"], group["unsure"]] for p in line
    }
    groups = draw_groups(quotations(gold_sets.load("polnear-train").articles), taken)
    LIST.write_text("".join(json.dumps(group) + "\n" for group in groups), encoding="utf-8")
    click.echo(dict(Counter((g["stratum"], g["part"]) for g in groups)))


@main.command()
@click.option("--part", type=click.Choice(("read", "held")))
def show(part: str | None) -> None:
    """Print the groups for reading."""
    texts = _texts()
    for group in _groups(part).values():
        click.echo(shown(group, texts))


@main.command()
@click.argument("first", type=click.Path(path_type=Path, exists=True))
@click.argument("second", type=click.Path(path_type=Path, exists=True))
@click.option("--cases", type=click.Path(path_type=Path), help="Where to write what they disagree on.")
def agree(first: Path, second: Path, cases: Path | None) -> None:
    """Print how far two readers agree on pairs; write the groups on which they do not."""
    groups = _groups()
    one, other = answers(first, groups), answers(second, groups)
    both = sorted(one.keys() & other.keys())
    ours, theirs = ({(n, p) for n in both for p in pairs_of(read[n])} for read in (one, other))
    differing = [n for n in both if one[n] != other[n]]
    click.echo(
        f"{len(both)} groups, pairs {len(ours)} and {len(theirs)}, F1 of one against the other "
        f"{2 * len(ours & theirs) / max(1, len(ours) + len(theirs)):.3f}; {len(differing)} groups differ"
    )
    if cases is not None:
        texts = _texts()
        named = [
            f"{shown(groups[n], texts)}first: {_written(one[n])}\nsecond: {_written(other[n])}\n"
            for n in differing
        ]
        cases.write_text("\n".join(named), encoding="utf-8")


def _written(answer: Answer) -> str:
    return f"lines {sorted(''.join(sorted(line)) for line in answer[0])} unsure {sorted(answer[1])}"


@main.command()
@click.argument("first", type=click.Path(path_type=Path, exists=True))
@click.argument("second", type=click.Path(path_type=Path, exists=True))
@click.argument("decisions", type=click.Path(path_type=Path, exists=True))
def merge(first: Path, second: Path, decisions: Path) -> None:
    """Merge two readers, and the decisions of a third where they differ, into the gold of each part."""
    groups = _groups()
    one, other, third = (answers(path, groups) for path in (first, second, decisions))
    undecided = [n for n in one if one[n] != other.get(n) and n not in third]
    if undecided:
        raise click.ClickException(f"the third reader has not decided on groups {undecided}")
    for part in ("read", "held"):
        rows = [_gold_row(groups[n], third.get(n, one[n])) for n in sorted(one) if groups[n]["part"] == part]
        path = LIST.with_name(f"lines_{part}.jsonl")
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        click.echo(f"{path.name}: {len(rows)} groups")


def _gold_row(group: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    place = dict(zip("ABCDEFGH", group["places"], strict=False))
    lines = sorted([place[letter] for letter in sorted(line)] for line in answer[0])
    unsure = [place[letter] for letter in sorted(answer[1])]
    return {"group": group["group"], "stratum": group["stratum"], "lines": lines, "unsure": unsure}


if __name__ == "__main__":
    main()
