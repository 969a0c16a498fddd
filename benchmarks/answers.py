"""Digests of predictions, to show that two versions of the library give the same answers.

    python -m benchmarks.answers BEFORE.jsonl AFTER.jsonl

Each file holds one JSON object per article with a list under "quotes", as prediction scripts write them.
Prints the sha256 of the answers of each file. The names of renamed rules are mapped by
``renamed_rules.toml``, and fields that only one version has are left out. Exit status 1 if the digests
differ; the first differing quotations are listed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

RENAMED = Path(__file__).parent / "renamed_rules.toml"
SHOWN = 10
"""Differences that are listed."""

Quote = dict[str, Any]


def renamed_rules() -> dict[str, str]:
    """The new name of each rule that was renamed, by its old name."""
    table = tomllib.loads(RENAMED.read_text(encoding="utf-8")) if RENAMED.is_file() else {}
    return dict(table.get("decided_by", {}))


def read(path: Path, names: Mapping[str, str]) -> dict[str, list[Quote]]:
    """The quotations of each article by its id, under the new names of rules."""
    articles = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        article["id"]: [
            {**quote, "decided_by": _new(quote.get("decided_by"), names)} for quote in article["quotes"]
        ]
        for article in articles
    }


def _new(rule: str | None, names: Mapping[str, str]) -> str | None:
    return None if rule is None else names.get(rule, rule)


def fields_of(answers: Mapping[str, Sequence[Quote]]) -> set[str]:
    """The fields that any quotation has."""
    return {field for quotes in answers.values() for quote in quotes for field in quote}


def digest(answers: Mapping[str, Sequence[Quote]], fields: Iterable[str]) -> str:
    """The sha256 of the chosen fields of every quotation, in the order of the file.

    >>> digest({"a": [{"start": 1, "speaker_name": "Ann Lee"}]}, ["start"])[:12]
    '3e30d9fb28dc'
    """
    chosen = sorted(fields)
    rows = [
        [name, [[quote.get(field) for field in chosen] for quote in quotes]]
        for name, quotes in answers.items()
    ]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()


def differences(
    before: Mapping[str, Sequence[Quote]], after: Mapping[str, Sequence[Quote]], fields: Iterable[str]
) -> list[str]:
    """One line for each field of a quotation that differs, and for each article with other quotations."""
    chosen, found = sorted(fields), []
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name, ()), after.get(name, ())
        if len(one) != len(other):
            found.append(f"{name}: {len(one)} quotations, {len(other)} afterwards")
            continue
        found += [
            f"{name} [{a.get('start')}]: {field} {a.get(field)!r} -> {b.get(field)!r}"
            for a, b in zip(one, other, strict=True)
            for field in chosen
            if a.get(field) != b.get(field)
        ]
    return found


def main(arguments: Sequence[str]) -> int:
    """Compare two files of predictions; the exit status."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    names = renamed_rules()
    before, after = (read(Path(path), names) for path in arguments)
    fields = fields_of(before) & fields_of(after)
    for path, answers in zip(arguments, (before, after), strict=True):
        print(f"{digest(answers, fields)}  {sum(map(len, answers.values())):6} quotations  {path}")
    found = differences(before, after, fields)
    print(*found[:SHOWN], sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
