"""Findings: what a rule answers for one quotation."""

from __future__ import annotations

import attrs

from quoteattr.schema import Mention, Span


@attrs.frozen
class Finding:
    """The cue and the mention of one quotation, and the rule that decided."""

    cue: Span | None = None
    """The words that mark the quotation as said, if there are any."""
    mention: Mention | None = None
    """The words that name the speaker; None if nobody speaks."""
    antecedent: Mention | None = None
    """If the mention is a relative pronoun, the phrase that it refers to: "|Lee|, who called it “…”"."""
    follows: int | None = None
    """Number of the quotation whose speaker and statement this one shares."""
    rule: str | None = None
    """Name of the rule that decided; None if none did."""
    confidence: float = 0.0
    """Probability that the answer is right."""
