"""The registry of the rules of indirect speech, in the order in which they are tried.

`Attribution.decided_by` is the name of the rule that proposed the report; "tagged" if only the tagger did.
"""

from __future__ import annotations

from quoteattr.indirect.report import CueSite, Report, ReportRule
from quoteattr.indirect.rules import (
    according_to,
    after_label,
    clause_after,
    clause_before,
    infinitive_after,
    noun_clause,
)

REPORT_RULES: tuple[ReportRule, ...] = (
    ReportRule(
        name="reported_according_to",
        reason="The sentence names its source after “according to”.",
        example="Prices will fall next year, according to Ann Lee.",
        said="Prices will fall next year",
        find=according_to,
    ),
    ReportRule(
        name="reported_clause",
        reason="A verb of saying is followed by the clause that it reports.",
        example="Ann Lee said on Monday that prices would fall.",
        said="prices would fall",
        find=clause_after,
    ),
    ReportRule(
        name="reported_infinitive",
        reason="A verb of asking or promising is followed by what is to be done.",
        example="Ann Lee urged the council to rebuild the bridge.",
        said="the council to rebuild the bridge",
        find=infinitive_after,
    ),
    ReportRule(
        name="reported_by_noun",
        reason="A noun such as “claim” is followed by what was said.",
        example="Ann Lee issued a warning that the bridge would fall.",
        said="the bridge would fall",
        find=noun_clause,
    ),
    ReportRule(
        name="reported_label",
        reason="A name and a colon stand before it.",
        example="Ann Lee: Prices will fall next year",
        said="Prices will fall next year",
        find=after_label,
    ),
    ReportRule(
        name="reported_before",
        reason="The sentence says it, and adds who said so.",
        example="Prices would fall next year, Ann Lee said.",
        said="Prices would fall next year",
        find=clause_before,
    ),
)
"""The rules of indirect speech."""

TAGGED = "tagged"
"""Name of the tagger, as the source of a report that no rule proposes."""
_TAGGED_REASON = "The words around a word of saying show that they are reported."
REPORT_REASONS = {rule.name: rule.reason for rule in REPORT_RULES} | {TAGGED: _TAGGED_REASON}
"""Why each kind of report was given, by the names that `decided_by` can have."""


def reason_of_report(rule: str) -> str | None:
    """Returns the reason for the reports of a rule, in words for readers of news; None if no rule has this
    name.

    >>> reason_of_report("reported_before")
    'The sentence says it, and adds who said so.'
    """
    return REPORT_REASONS.get(rule)


def propose_report(site: CueSite) -> Report | None:
    """Returns the answer of the first rule that has one, or None."""
    return next((report for rule in REPORT_RULES if (report := rule.propose(site)) is not None), None)
