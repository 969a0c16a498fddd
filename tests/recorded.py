"""Parses that stand still: a Parser that reads tests/parses/*.conllu, and the cases of tests/cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quoteattr.syntax import Parse, from_conllu

TESTS = Path(__file__).parent
CASES = TESTS / "cases"
PARSES = TESTS / "parses"
STEPS = ("attribution", "coreference", "outlets")
PROVENANCES = ("in_the_wild", "synthetic", "negative", "known_failures")

MARKER = "# newdoc\n"
CORRECTED = "# corrected"


class Recorded:
    """A Parser that knows only the frames it was given, and says how to record another."""

    def __init__(self, parses: Mapping[str, Parse]) -> None:
        self._parses = parses

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """The recorded parse of each text."""
        missing = [text for text in texts if text not in self._parses]
        if missing:
            raise LookupError(f"no parse of {missing[0]!r} is recorded: run python -m tests.record")
        return [self._parses[text] for text in texts]


def read_blocks(path: Path) -> dict[str, str]:
    """Text of every recorded frame and its part of the file, as it stands there."""
    content = path.read_text(encoding="utf-8") if path.is_file() else ""
    blocks = [MARKER + block for block in content.split(MARKER)[1:]]
    return {from_conllu(block)[0].text: block for block in blocks}


def recorded() -> Recorded:
    """Every parse under tests/parses."""
    blocks = [block for path in sorted(PARSES.glob("*.conllu")) for block in read_blocks(path).values()]
    return Recorded({parse.text: parse for block in blocks for parse in from_conllu(block)})


def read_cases(step: str, provenance: str) -> list[dict[str, Any]]:
    """The cases of one file of tests/cases."""
    path = CASES / f"{step}_{provenance}.json"
    return list(json.loads(path.read_text(encoding="utf-8")))


def all_cases(step: str) -> Iterator[dict[str, Any]]:
    """The cases of a step, whatever their provenance."""
    for provenance in PROVENANCES:
        yield from read_cases(step, provenance)
