"""Collects the findings of a fuzzing run: what went wrong, how often, and the smallest input that shows
it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import PurePath

import attrs

SHOWN = 300
"""Characters of an input that a report shows."""
TRIES = 400
"""Most attempts to make an input smaller."""


class Fault(AssertionError):
    """A result that is not as promised."""


@attrs.define
class Finding:
    """One kind of fault."""

    smallest: str
    """The smallest input so far."""
    source: str
    """The generator and number of that input."""
    details: str
    """The traceback, or what was wrong."""
    count: int = 0
    """Inputs that showed it."""


@attrs.define
class Findings:
    """All kinds of faults of a run, by a key that names kind and place."""

    found: dict[str, Finding] = attrs.Factory(dict)

    def add(self, key: str, text: str, source: str, details: str) -> None:
        """Notes a fault; of several inputs with the same key the shortest is kept."""
        finding = self.found.setdefault(key, Finding(text, source, details))
        finding.count += 1
        if len(text) < len(finding.smallest):
            finding.smallest, finding.source, finding.details = text, source, details

    def __len__(self) -> int:
        return sum(finding.count for finding in self.found.values())

    def report(self, shrink: Callable[[str, str], str] = lambda key, text: text) -> str:
        """All findings for a reader, each with its smallest input made smaller still by `shrink`."""
        lines = []
        for key, finding in sorted(self.found.items()):
            small = shrink(key, finding.smallest)
            lines += [
                f"== {key}: {finding.count} times, smallest {len(small)} characters ({finding.source})",
                ascii(small)[:SHOWN],
                finding.details.rstrip(),
            ]
        return "\n".join(lines)


def key_of(error: Exception) -> str:
    """Kind and place of an exception: what makes two of them the same finding.

    >>> try:
    ...     [][0]
    ... except IndexError as error:
    ...     key_of(error).split(":")[0]
    'IndexError'
    """
    if isinstance(error, Fault):
        return f"Fault: {str(error.args[0]).split(':')[0]}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {PurePath(last.filename).name}, line {last.lineno}"


def shrunk(text: str, fails: Callable[[str], bool]) -> str:
    """A smaller text that still fails: stretches are cut out as long as it does.

    >>> shrunk("one two bad three", lambda text: "bad" in text)
    'bad'
    """
    tries, size = 0, max(1, len(text) // 2)
    while size and tries < TRIES:
        at = 0
        while at < len(text) and tries < TRIES:
            tries += 1
            smaller = text[:at] + text[at + size :]
            if fails(smaller):
                text = smaller
            else:
                at += size
        size = size // 2
    return text
