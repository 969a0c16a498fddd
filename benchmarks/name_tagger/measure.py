"""Measures the name tagger: on the names that people marked in wide_dev's articles, and on GUM's test part.

wide_dev lists the names of each article by kind, without their places. A name that is tagged counts once an
article, with the kind that it is given most often. Letters alone are compared.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import perf_counter

import attrs

from benchmarks.name_tagger.corpora import Document
from benchmarks.name_tagger.renaming import stretches
from quoteattr.names import NAME_KINDS, tag_names
from quoteattr.names.name_tagger import names_of
from quoteattr.names.tagger_network import Weights

_MARKED = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "Facility": "place",
    "NORP": "other",
}


@attrs.define
class Tally:
    """Counts of one kind of name."""

    both: int = 0
    """Tagged as marked."""
    tagged: int = 0
    """Tagged at all."""
    marked: int = 0
    """Marked at all."""

    def __str__(self) -> str:
        precision, recall = self.both / max(1, self.tagged), self.both / max(1, self.marked)
        f1 = 2 * self.both / max(1, self.tagged + self.marked)
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({self.marked} marked)"


def report(data: Path, test: Sequence[Document], weights: Weights) -> str:
    """The figures of both sets and the speed, as lines of text."""
    started, words = perf_counter(), 0
    wide: dict[str, Tally] = {kind: Tally() for kind in NAME_KINDS}
    for text, marked in _marked_articles(data / "wide_dev.jsonl.xz"):
        words += len(text.split())
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name in tag_names(text, weights).names:
            votes[_letters(name.span.text)][name.kind] += 1
        _count(wide, ((name, kinds.most_common(1)[0][0]) for name, kinds in votes.items()), marked.items())
    seconds = perf_counter() - started
    gum: dict[str, Tally] = {kind: Tally() for kind in NAME_KINDS}
    for document in test:
        found = names_of(document.tokens, weights)
        gold = {(*name[:2], name[2]) for name in stretches(document) if name[2]}
        _count(gum, ((name[:2], name[2]) for name in found), ((name[:2], name[2]) for name in gold))
    lines = [
        f"{title} {kind:13} {tally}"
        for title, one in (("wide_dev", wide), ("GUM test", gum))
        for kind, tally in one.items()
    ]
    return "\n".join([*lines, f"{words / seconds:.0f} words a second"])


def _count(
    tallies: Mapping[str, Tally], tagged: Iterable[tuple[object, str]], marked: Iterable[tuple[object, str]]
) -> None:
    ours, theirs = set(tagged), set(marked)
    for kind, tally in tallies.items():
        tally.both += sum(name[1] == kind for name in ours & theirs)
        tally.tagged += sum(name[1] == kind for name in ours)
        tally.marked += sum(name[1] == kind for name in theirs)


def _marked_articles(path: Path) -> Iterable[tuple[str, dict[str, str]]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article.get("entities"):
                marked = article["entities"].items()
                yield (
                    article["text"],
                    {_letters(n): _MARKED.get(kind, "other") for kind, names in marked for n in names},
                )


def _letters(name: str) -> str:
    low = name.replace("’", "'").replace("'s", "").lower().removeprefix("the ")
    return "".join(letter for letter in low if letter.isalpha())
