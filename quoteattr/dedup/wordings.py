"""The table of wordings. A wording stands for all occurrences of the same words by the same speaker. The
table is ranked longest first."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quoteattr.dedup.speakers import SpeakerKey
from quoteattr.dedup.vocabulary import Vocabulary
from quoteattr.dedup.wording_profile import WordingProfile

NO_DAY = -(10**6)
"""The day of an article without a date."""
NO_DATE_DISTANCE = 10**6
"""The number of days between a wording with a date and one without."""


@attrs.frozen(eq=False)
class WordingTable:
    """The wordings of some occurrences, one row for each, ranked longest first.

    Columns are sequences of plain integers, of which a million take 8 MB.
    """

    vocabulary: Vocabulary
    """The vocabulary of the strings."""
    speakers: Sequence[SpeakerKey]
    """The distinct speakers."""
    strings: Sequence[str]
    """For each wording its tokens, one character each."""
    profiles: Sequence[WordingProfile]
    """For each wording its profile: how much it says."""
    speaker_of: Sequence[int]
    """For each wording the number of its speaker."""
    articles: Sequence[int]
    """For each wording the article of its first occurrence."""
    first_days: Sequence[int]
    """For each wording the earliest day."""
    last_days: Sequence[int]
    """For each wording the latest day."""
    nested: dict[int, list[str]]
    """By wording, the strings of the quotations inside the quotation, if there are any."""
    wording_of: Sequence[int] = ()
    """For each occurrence its wording."""
    first_occurrences: Sequence[int] = ()
    """For each wording its first occurrence."""

    def __len__(self) -> int:
        return len(self.strings)

    def days_between(self, a: int, b: int) -> int | None:
        """Returns the days between two wordings: 0 if their dates overlap, None if a date is missing."""
        first, other = self.first_days[a], self.first_days[b]
        if first == NO_DAY or other == NO_DAY:
            return None
        return max(0, first - self.last_days[b], other - self.last_days[a])
