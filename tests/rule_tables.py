"""Writes the tables of rules, sieves and parse corrections in docs/how-it-decides.md from their registries.

    python -m tests.rule_tables

Each table is what stands between two comments, `<!-- rules: local -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from quoteattr.attribution.registry import CONTEXT, LOCAL, NOBODY, RANKED, RANKER_ONLY, REPEATED
from quoteattr.attribution.rule import Outcome
from quoteattr.coreference.registry import (
    IDENTIFIED_LATER,
    NAME_SIEVES,
    NOMINAL_SIEVES,
    PRONOUN_SIEVES,
    QUOTED_SPEAKER,
)
from quoteattr.coreference.sieve import ResolutionStep
from quoteattr.parsing.corrections import CORRECTIONS

PAGE = Path(__file__).parent.parent / "docs" / "how-it-decides.md"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; line breaks in its cells become ¶."""
    cells = [[re.sub(r"\n+", " ¶ ", cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, ["---"] * len(header), *cells])


def rules(outcomes: Iterable[Outcome]) -> str:
    """The table of some rules: name, reason, example."""
    rows = [[f"`{outcome.name}`", outcome.reason, outcome.example] for outcome in outcomes]
    return table(["rule", "reason", "example"], rows)


def sieves(registered: Iterable[ResolutionStep]) -> str:
    """The table of some sieves: name, reason, and an example with the speaker of its last mention."""
    rows = [
        [f"`{sieve.name}`", sieve.reason, re.sub(r"\[(.*?)\]", r"**\1**", sieve.example), sieve.speaker]
        for sieve in registered
    ]
    return table(["sieve", "reason", "example, with the mention in bold", "speaker"], rows)


TABLES = {
    "local": rules(LOCAL),
    "context": rules([*CONTEXT, *RANKER_ONLY]),
    "other": rules([RANKED, NOBODY, REPEATED]),
    "names": sieves(NAME_SIEVES[: NAME_SIEVES.index(NOMINAL_SIEVES[0])]),
    "nominals": sieves(NOMINAL_SIEVES),
    "pronouns": sieves(PRONOUN_SIEVES),
    "later": sieves([IDENTIFIED_LATER, QUOTED_SPEAKER]),
    "corrections": table(["correction", "example"], [[c.name, c.example] for c in CORRECTIONS]),
}


def with_tables(page: str) -> str:
    """The page with every table as its registry has it."""

    def replaced(found: re.Match[str]) -> str:
        return f"{found[1]}\n\n{TABLES[found[2]]}\n\n{found[3]}"

    return re.sub(r"(<!-- rules: (\w+) -->)\n.*?(<!-- end -->)", replaced, page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
