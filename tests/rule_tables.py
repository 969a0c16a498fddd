"""Write the tables of rules in docs/how-it-decides.md from the registry of rules.

    python -m tests.rule_tables

Each table is what stands between two comments, `<!-- rules: local -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from quoteattr.attribution.registry import CONTEXT, LOCAL, NOBODY, RANKED, RANKER_ONLY, REPEATED
from quoteattr.attribution.rule import Outcome

PAGE = Path(__file__).parent.parent / "docs" / "how-it-decides.md"
TABLES: dict[str, Sequence[Outcome]] = {
    "local": LOCAL,
    "context": (*CONTEXT, *RANKER_ONLY),
    "other": (RANKED, NOBODY, REPEATED),
}


def table(outcomes: Sequence[Outcome]) -> str:
    """A Markdown table of rules: name, reason, example with its paragraphs joined by ¶."""
    rows = []
    for outcome in outcomes:
        example = re.sub(r"\n+", " ¶ ", outcome.example)
        rows.append(f"| `{outcome.name}` | {outcome.reason} | {example} |")
    return "\n".join(["| rule | reason | example |", "|---|---|---|", *rows])


def with_tables(page: str) -> str:
    """The page with every table made anew."""

    def made(found: re.Match[str]) -> str:
        return f"{found[1]}\n\n{table(TABLES[found[2]])}\n\n{found[3]}"

    return re.sub(r"(<!-- rules: (\w+) -->)\n.*?(<!-- end -->)", made, page, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
