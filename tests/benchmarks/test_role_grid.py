"""The grid of voices for, of or near somebody: its cells, its scores, and a sample with the models."""

from __future__ import annotations

import attrs
import pytest
from click.testing import CliRunner

import quoteattr
from benchmarks import grids, role_grid
from benchmarks.role_grid import Cell
from quoteattr.schema import SpeakerKind

GRID = list(role_grid.cells())
EVERY = 45
"""Of the seen cells, the one in so many that is asked here."""


def test_a_third_of_the_phrases_and_names_is_unseen() -> None:
    phrases = {cell.phrase for cell in GRID if not cell.meant}
    names = {cell.name for cell in GRID}
    seen = [cell for cell in GRID if cell.part == "seen"]
    assert 0.6 < len({cell.phrase for cell in seen if not cell.meant}) / len(phrases) < 0.75
    assert 0.6 < len({cell.name for cell in seen}) / len(names) < 0.75


def _cell(meant: bool, phrase: str) -> Cell:
    return Cell("", phrase, "John Selby", "seen", meant)


def _article(name: str | None, kind: SpeakerKind) -> quoteattr.AttributedArticle:
    result = quoteattr.attribute("“It is over,” Ann Lee said.")
    speaker = None if name is None else quoteattr.Speaker(name, kind)
    return attrs.evolve(result, attributions=(attrs.evolve(result.attributions[0], speaker=speaker),))


@pytest.mark.parametrize(
    ("meant", "phrase", "name", "kind", "right"),
    [
        (False, "critics of {N}", "critics of John Selby", "unnamed", True),
        (False, "critics of {N}", "critics", "unnamed", True),
        (False, "critics of {N}", "John Selby", "person", False),
        (False, "critics of {N}", "critics", "organisation", False),
        (False, "{N}’s lawyer", "John Selby’s lawyer", "unnamed", True),
        (False, "a spokesman for {N} in London", "spokesman for John Selby", "unnamed", True),
        (False, "critics of {N}", None, "unnamed", False),
        (True, "spokesman {N}", "John Selby", "person", True),
        (True, "Minister of Finance {N}", "Finance John Selby", "person", False),
    ],
)
def test_what_is_right(meant: bool, phrase: str, name: str | None, kind: SpeakerKind, right: bool) -> None:
    assert _cell(meant, phrase).is_right(_article(name, kind)) is right


def test_shares_by_part() -> None:
    voice, meant = _cell(False, "critics of {N}"), _cell(True, "spokesman {N}")
    shares = grids.figures([(voice, True), (voice, False), (meant, True)])
    assert shares == {"seen": 2 / 3, "seen.meant": 1.0, "seen.voice": 0.5}


def test_unseen_cells_are_never_shown() -> None:
    cells = [next(c for c in GRID if c.part == part) for part in ("seen", "unseen")]
    wrong = [attrs.evolve(cell, text="“It is over,” Ann Lee said.") for cell in cells]
    command = grids.command("", role_grid.SET, role_grid.PATH, role_grid.FLOORS, lambda: iter(wrong))
    shown = CliRunner().invoke(command, ["--wrong"]).output
    assert wrong[0].phrase in shown
    assert f"{wrong[1].phrase} | {wrong[1].name}" not in shown


def test_a_sample_of_the_seen_cells_is_right() -> None:
    sample = [cell for cell in GRID if cell.part == "seen"][::EVERY]
    answers = quoteattr.attribute_many([cell.text for cell in sample])
    wrong = [c.text for c, article in zip(sample, answers, strict=True) if not c.is_right(article)]
    assert wrong == []
