"""Cases and the parses on which they run: what the tests of rules and of live models share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from quoteattr import Attribution
from quoteattr.parsing.conllu import from_conllu
from quoteattr.parsing.dependency_tree import Parse

TESTS = Path(__file__).parent
CASES = TESTS / "cases"
PARSES = TESTS / "parses"
STEPS = ("attribution", "coreference", "outlets", "reported")
PROVENANCES = ("in_the_wild", "synthetic", "negative", "known_failures")

Case = dict[str, Any]

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


def read_cases(step: str, provenance: str) -> list[Case]:
    """The cases of one file of tests/cases."""
    path = CASES / f"{step}_{provenance}.json"
    return list(json.loads(path.read_text(encoding="utf-8")))


def all_cases(step: str) -> Iterator[Case]:
    """The cases of a step, whatever their provenance."""
    for provenance in PROVENANCES:
        yield from read_cases(step, provenance)


def wrong(case: Case, attributions: list[Attribution]) -> list[str]:
    """What is not as a case expects, in words; nothing if all of it is."""
    quotes = case["quotes"]
    if len(attributions) != len(quotes):
        return [f"quotations are {[a.quotation.content.text for a in attributions]}"]
    found = [line for pair in zip(quotes, attributions, strict=True) for line in _mistakes(*pair)]
    return (
        found + _mixed_up(quotes, attributions, "statement") + _mixed_up(quotes, attributions, "speaker_id")
    )


def _found(attribution: Attribution) -> dict[str, str | None]:
    return {
        "speaker": attribution.speaker.name if attribution.speaker else None,
        "mention": attribution.mention.span.text if attribution.mention else None,
        "cue": attribution.cue.text if attribution.cue else None,
        "outlet": attribution.outlet.name if attribution.outlet else None,
    }


def _accepted(expected: Any) -> list[Any]:
    return expected if isinstance(expected, list) else [expected]


def _mistakes(quote: Case, attribution: Attribution) -> list[str]:
    """What of one quotation is not as expected, in words."""
    found = _found(attribution)
    keys = [key for key in found if key in quote and found[key] not in _accepted(quote[key])]
    words, rule = attribution.quotation.content.text, attribution.decided_by
    return [f"{words!r}: {key} is {found[key]!r}, not {quote[key]!r} ({rule})" for key in keys]


def _mixed_up(quotes: list[Case], attributions: list[Attribution], label: str) -> list[str]:
    """Pairs of quotations that should share a statement (a speaker) and do not, or the other way about."""
    field = {"statement": "statement", "speaker_id": "speaker"}[label]
    marked = [(q[label], getattr(a, field)) for q, a in zip(quotes, attributions, strict=True) if label in q]
    return [
        f"{label}s {one!r} and {two!r} are {a!r} and {b!r}"
        for (one, a), (two, b) in combinations(marked, 2)
        if (one == two) != (a == b)
    ]
