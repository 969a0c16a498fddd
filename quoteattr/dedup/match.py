"""The result of comparing two wordings."""

from __future__ import annotations

from enum import IntEnum

import attrs


class MatchKind(IntEnum):
    """How the shorter of two wordings matches the longer one. Stronger kinds have greater values."""

    OVERLAP = 1
    """They share a long run of words, and each has other words, too."""
    NEAR = 2
    """A few words differ, none of them a number or a negation."""
    CONTAINED = 3
    """The longer wording contains the shorter one word for word, apart from gaps."""
    EQUAL = 4
    """The same words."""


@attrs.frozen
class Match:
    """How two wordings match, and how many words they share."""

    kind: MatchKind
    """How the shorter wording matches the longer one."""
    common: int
    """Number of shared tokens; for an overlap, the length of the shared run."""
    near_equal: bool
    """Whether the longer wording has almost no additional words, so that both are forms of one wording."""
