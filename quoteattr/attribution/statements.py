"""Finds statements: quotations that are pieces of what one speaker said without a break."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution.finding import Finding


def number_statements(findings: Sequence[Finding]) -> list[int | None]:
    """Returns for each quotation the number of the statement that it is a piece of.

    Quotations with the same cue are one statement. So are a quotation and the one that it continues
    (`Finding.follows`).

    Args:
        findings: what was found for each quotation of an article, in order.

    Returns:
        Numbers from 0 in order of the text; None for a quotation that has no speaker.

    >>> number_statements([Finding(), Finding()])
    [None, None]
    """
    numbers: list[int | None] = []
    cues: dict[int, int] = {}
    following = 0
    for number, finding in enumerate(findings):
        if finding.mention is None:
            numbers.append(None)
            continue
        shared = None
        if finding.follows is not None and finding.follows < number:
            shared = numbers[finding.follows]
        elif finding.cue is not None:
            shared = cues.get(finding.cue.start)
        if shared is None:
            shared, following = following, following + 1
        if finding.cue is not None:
            cues.setdefault(finding.cue.start, shared)
        numbers.append(shared)
    return numbers
