"""Compares figures with floors: no figure may fall below its floor.

``floors.toml`` has, for each gold set, the SHA-256 of its files and the floor of each figure. ``--floors
--raise`` raises floors to what was measured. A floor is lowered only by hand, with the reason in
CHANGELOG.md. For figures that are better when small ("….ece", "….invented") the value is a ceiling.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

import attrs

PATH = Path(__file__).with_name("floors.toml")
PLACES = 3
"""Decimals that a raised floor keeps, rounded to the easy side."""
SMALLER_IS_BETTER = (".ece", ".invented")
HEAD = """\
# The lowest that each figure may fall (the highest, for .ece and .invented), and the gold it was measured on.
# Raised by `--floors --raise` of the benchmark; lowered only by hand, with the reason in CHANGELOG.md.
"""


@attrs.frozen
class Pinned:
    """What is pinned for one gold set."""

    sha256: dict[str, str] = attrs.field(factory=dict)
    """Of each gold file, by name."""
    floors: dict[str, float] = attrs.field(factory=dict)
    """By figure."""


@attrs.frozen
class Kept:
    """Whether a set's floors hold."""

    ok: bool
    """Nothing below its floor, and the gold is the gold it was pinned on."""
    table: str
    """Measured and floor, side by side."""


def read(path: Path = PATH) -> dict[str, Pinned]:
    """Everything pinned, by set."""
    return {name: Pinned(**entry) for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def write(pinned: Mapping[str, Pinned], path: Path = PATH) -> None:
    """Pin these floors."""
    lines = [HEAD]
    for name, entry in pinned.items():
        lines.append(f'["{name}".sha256]')
        lines += [f'"{file}" = "{digest}"' for file, digest in sorted(entry.sha256.items())]
        lines.append(f'\n["{name}".floors]')
        lines += [f'"{figure}" = {value:.{PLACES}f}' for figure, value in entry.floors.items()]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def check(
    name: str, hashes: Mapping[str, str], figures: Mapping[str, float], pinned: Mapping[str, Pinned]
) -> Kept:
    """Compare one set's figures with its floors."""
    entry = pinned.get(name, Pinned())
    changed = [file for file, digest in entry.sha256.items() if hashes.get(file) != digest]
    lines = [
        f"\n{name}",
        *(f"  GOLD CHANGED: {file}" for file in changed),
        f"  {'figure':18} measured   floor",
    ]
    ok = not changed
    for figure, floor in entry.floors.items():
        measured = figures.get(figure)
        held = measured is not None and not _worse(figure, measured, floor)
        ok = ok and held
        shown = "  absent" if measured is None else f"{measured:8.4f}"
        lines.append(f"  {figure:18} {shown} {floor:7.3f}{'' if held else '  BELOW'}")
    return Kept(ok, "\n".join(lines if entry.floors or changed else [*lines, "  (no floor pinned)"]))


def raised(entry: Pinned, hashes: Mapping[str, str], figures: Mapping[str, float]) -> Pinned:
    """One set's floors raised to what was measured; none is lowered while the gold is the same."""
    same_gold = all(hashes.get(file) == digest for file, digest in entry.sha256.items())
    floors = dict(entry.floors) if same_gold else {}
    for figure, measured in figures.items():
        candidate = _rounded(figure, measured)
        if figure not in floors or _worse(figure, floors[figure], candidate):
            floors[figure] = candidate
    return Pinned(dict(hashes), floors)


def _worse(figure: str, a: float, b: float) -> bool:
    return a > b if figure.endswith(SMALLER_IS_BETTER) else a < b


def _rounded(figure: str, value: float) -> float:
    scale: int = 10**PLACES
    rounding = math.ceil if figure.endswith(SMALLER_IS_BETTER) else math.floor
    return rounding(round(value * scale, 6)) / scale
