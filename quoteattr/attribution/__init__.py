"""Attributes quotations: finds the cue of each, and the words that name its speaker. `find_cues` is the
stage; the other functions prepare its settings and number statements."""

from quoteattr.attribution.decision import check_confidence, find_cues
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.registry import OUTCOMES, REPEATED, reason_of
from quoteattr.attribution.rule import Outcome, Rule
from quoteattr.attribution.setting import Setting, make_settings, parsed_sentences
from quoteattr.attribution.statements import number_statements

__all__ = [
    "OUTCOMES",
    "REPEATED",
    "Finding",
    "Outcome",
    "Rule",
    "Setting",
    "check_confidence",
    "find_cues",
    "make_settings",
    "number_statements",
    "parsed_sentences",
    "reason_of",
]
