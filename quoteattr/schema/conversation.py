"""A conversation: turns of speakers that follow each other in a text."""

from __future__ import annotations

from collections import Counter

import attrs

from quoteattr.schema.values import Attribution, Speaker


@attrs.frozen
class ConversationTurn:
    """What one speaker says before another one speaks."""

    speaker: Speaker | None
    """The speaker; None if it was not found."""
    attributions: tuple[Attribution, ...]
    """The quotations, in order."""

    @property
    def text(self) -> str:
        """The quoted words, with a blank between two quotations."""
        return " ".join(attribution.quotation.content.text for attribution in self.attributions)


@attrs.frozen
class Conversation:
    """Turns that follow each other without a long stretch of narration between them."""

    turns: tuple[ConversationTurn, ...]
    """The turns, in order."""

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.turns[0].attributions[0].quotation.outer.start

    @property
    def end(self) -> int:
        """One past the last character."""
        return max(attribution.quotation.outer.end for attribution in self.turns[-1].attributions)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Its speakers, in order of first turn."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker is not None))

    def exchanges(self) -> Counter[tuple[Speaker, Speaker]]:
        """Counts the turns of each speaker that follow a turn of another one: a key is the speaker before,
        and the one who follows."""
        pairs = zip(self.turns, self.turns[1:], strict=False)
        return Counter((a.speaker, b.speaker) for a, b in pairs if a.speaker and b.speaker)
