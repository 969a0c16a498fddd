"""Finds speech that a text reports without quotation marks, and who says it.

`find_cue_frames` finds the sentences that have to be parsed in addition to the frames of quotations, and
`attribute_passages` the attributions in all parsed frames.
"""

from quoteattr.indirect.attributions import attribute_passages
from quoteattr.indirect.cue_frames import find_cue_frames
from quoteattr.indirect.registry import reason_of_report
from quoteattr.indirect.report import Passage

__all__ = ["Passage", "attribute_passages", "find_cue_frames", "reason_of_report"]
