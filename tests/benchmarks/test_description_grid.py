"""The grid of introductions and later words: its cells, its scores, and a sample with the models."""

from __future__ import annotations

import attrs
import pytest
from click.testing import CliRunner

import quoteattr
from benchmarks import description_grid, grids
from benchmarks.description_grid import Cell

GRID = list(description_grid.cells())
EVERY = 12
"""Of the seen cells, the one in so many that is asked here."""


def test_a_third_of_the_pairs_is_unseen() -> None:
    seen = [cell for cell in GRID if cell.part == "seen"]
    assert 0.6 < len(seen) / len(GRID) < 0.75


@pytest.mark.parametrize(
    ("group", "later", "name", "answer", "right"),
    [
        ("person", "the skipper", "John Selby", "John Selby", True),
        ("person", "the skipper", "John Selby", "skipper", False),
        ("person", "the skipper", "John Selby", None, False),
        ("other", "the judge", "John Selby", "judge", True),
        ("other", "the judge", "John Selby", "John Selby", False),
        ("body", "the council", "the Halden Council", "Halden Council", True),
        ("body", "the council", "Halden Council", "Leeds", False),
    ],
)
def test_what_is_right(group: str, later: str, name: str, answer: str | None, right: bool) -> None:
    result = quoteattr.attribute("“It is over,” Ann Lee said.")
    speaker = None if answer is None else quoteattr.Speaker(answer, "person")
    article = attrs.evolve(result, attributions=(attrs.evolve(result.attributions[0], speaker=speaker),))
    assert Cell("", group, later, name, "seen").is_right(article) is right


def test_shares_by_part_and_group() -> None:
    person, other = (Cell("", group, "the judge", "John Selby", "seen") for group in ("person", "other"))
    shares = grids.figures([(person, True), (person, False), (other, True)])
    assert shares == {"seen": 2 / 3, "seen.person": 0.5, "seen.other": 1.0}


def test_wrong_cells_of_the_unseen_part_are_not_shown() -> None:
    cells = [Cell("“No,” Ann Lee said.", "person", "the skipper", "Tom Day", p) for p in ("seen", "unseen")]
    command = grids.command(
        "", description_grid.SET, description_grid.PATH, description_grid.FLOORS, lambda: iter(cells)
    )
    shown = CliRunner().invoke(command, ["--wrong"]).output
    assert shown.count("the skipper") == 1


def test_most_seen_cells_are_right() -> None:
    sample = [cell for cell in GRID if cell.part == "seen"][::EVERY]
    answers = quoteattr.attribute_many([cell.text for cell in sample])
    right = [cell.is_right(article) for cell, article in zip(sample, answers, strict=True)]
    assert sum(right) / len(right) > 0.8
