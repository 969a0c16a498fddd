"""Rules and other ways to decide on a speaker, each with a reason and an example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import attrs

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.context import Context
from quoteattr.attribution.setting import Setting
from quoteattr.schema import NAMES_AND_TERMS

Case = TypeVar("Case", bound=Setting | Context)
"""What a rule reads: a `Setting`, a `ParsedSetting` or a `Context`."""


@attrs.frozen(kw_only=True)
class Outcome:
    """One way to decide on a speaker; `Attribution.decided_by` is its name."""

    name: str
    """Its name."""
    reason: str
    """Why the answer was given, in a sentence for readers of news who do not know the rules."""
    example: str
    """A text with a quotation that is decided in this way; a test runs it."""
    quotation: int = -1
    """Index of that quotation in the example; by default it is the last one."""
    nobody: bool = attrs.field(
        default=attrs.Factory(lambda self: self.name in NAMES_AND_TERMS, takes_self=True)
    )
    """Whether the answer is that nobody speaks; by default that of the rules in `NAMES_AND_TERMS`."""


@attrs.frozen(kw_only=True)
class Rule(Outcome, Generic[Case]):
    """A function that finds the cue and the speaker of one quotation, or answers None."""

    scope: type[Case]
    """What the function reads: the paragraph (`Setting`), the parsed sentence (`ParsedSetting`) or what was
    found for the other quotations (`Context`)."""
    find: Callable[[Case], Finding | None]
    """Returns the answer for a quotation; None if the rule does not apply."""
    certain: float | None = None
    """Probability that an answer is right; None for rules whose answers the ranker judges."""
    holds_in_headings: bool = False
    """Whether the answer that nobody speaks is kept even if the quotation is a heading and the article has
    its words again, with a speaker."""

    def propose(self, case: Setting | Context) -> Finding | None:
        """Returns the answer of the rule, with the rule's name; None if it does not apply."""
        finding = self.find(case) if isinstance(case, self.scope) else None
        return None if finding is None else attrs.evolve(finding, rule=self.name)
