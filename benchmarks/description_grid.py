"""Who is meant by "the skipper", "the AG" or "the watchdog": introductions and later words, crossed.

    python -m benchmarks.description_grid
    python -m benchmarks.description_grid --wrong --sample 40

description_grid.toml holds the parts. Each cell is one short article: it introduces a person or a body by
name, other names may follow, and then the later words speak. In the groups `other` and `other_body` they mean
somebody whom the article does not name. A hash chooses a third of the pairs of an introduction and its later
words, which are unseen: their cells are only counted, never shown.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks import grids
from benchmarks.grids import Part, hash_of
from benchmarks.matching import name_words
from quoteattr.schema import AttributedArticle, Attribution

PATH = Path(__file__).with_name("description_grid.toml")
SET = "description-grid"
"""The name under which the floors are pinned."""
FLOORS = Path(__file__).with_name("floors_descriptions.toml")
CELLS_A_PAIR = 4
"""Cells of each pair of an introduction and later words; a hash of the pair chooses names, orders and
distractors."""
UNSEEN_ONE_OF = 3
"""One of so many pairs is unseen."""
GROUPS = ("person", "other", "body", "other_body", "document")


@attrs.frozen
class Cell:
    """One case of the grid."""

    text: str
    """The article."""
    group: str
    """The group of its introduction."""
    later: str
    """The words that speak."""
    name: str
    """The name in the introduction."""
    part: Part
    """Whether its answer may be looked at."""

    @property
    def title(self) -> str:
        """The group, the words that speak, and the name."""
        return f"{self.group} | {self.later} | {self.name}"

    def graded(self, article: AttributedArticle) -> Sequence[Attribution]:
        """The last attribution."""
        return article.attributions[-1:]

    def is_right(self, article: AttributedArticle) -> bool:
        """Whether the last quotation has the right speaker."""
        speaker = article.attributions[-1].speaker if article.attributions else None
        if speaker is None:
            return False
        if self.group.startswith("other"):
            return name_words(speaker.name) == name_words(_bare(self.later))
        return name_words(speaker.name) == name_words(_bare(self.name))


def cells(path: Path = PATH) -> Iterator[Cell]:
    """Every case of the grid, in the order of the file.

    >>> first = next(cells())
    >>> first.group, first.later
    ('person', 'the First Minister')
    """
    grid = tomllib.loads(path.read_text(encoding="utf-8"))
    for group in GROUPS:
        for case in grid[group]:
            for later in case["later"]:
                yield from _pair(grid, group, case, later)


def _pair(grid: Mapping[str, Any], group: str, case: Mapping[str, Any], later: str) -> Iterator[Cell]:
    """The cells of one introduction with later words."""
    seed = hash_of(case["intro"] + later)
    draw = random.Random(seed)
    part: Part = "unseen" if seed % UNSEEN_ONE_OF == 0 else "seen"
    names = case.get("names", grid["names"]["person"])
    between = grid["between"]["person" if group in ("person", "other") else "body"]
    for number in range(CELLS_A_PAIR):
        name, other = draw.choice(names), draw.choice(grid["names"]["other"])
        said = later.replace("{N}", _bare(name) if later.startswith("the ") else name)
        distractor = between[number % len(between)].replace("{other_last}", other.split()[-1])
        paragraphs = (
            _opened(case["intro"].replace("{N}", name)),
            distractor.replace("{other}", other),
            _in_order(draw.choice(grid["orders"]["texts"]), said),
        )
        yield Cell("\n\n".join(filter(None, paragraphs)), group, said, name, part)


def _in_order(order: str, said: str) -> str:
    return order.replace("{D}", _opened(said)).replace("{d}", said)


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bare(phrase: str) -> str:
    """The phrase without its article."""
    first, _, rest = phrase.partition(" ")
    return rest if first in ("the", "a", "an") else phrase


main = grids.command(__doc__ or "", SET, PATH, FLOORS, cells)


if __name__ == "__main__":
    main()
