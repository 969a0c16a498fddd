"""Finds the cue and the words that name the speaker of each quotation."""

from quoteattr.attribution.decision import find_cues

__all__ = ["find_cues"]
