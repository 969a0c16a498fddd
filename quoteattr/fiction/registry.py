"""How speakers are chosen in fiction where no words beside a quotation name one: the names that
`decided_by` and
`resolved_by` can have besides those of news."""

from __future__ import annotations

from quoteattr.attribution.rule import Outcome
from quoteattr.coreference.sieve import ResolutionStep

TURN = Outcome(
    name="turn",
    reason="Two people take turns, and it is this speaker’s turn.",
    example="“Will you go?” said Ann Lee.\n\n“No,” said Tom Day.\n\n“Why not?”",
)
GOES_ON = Outcome(
    name="goes_on",
    reason="The speaker of the quotation before goes on.",
    example="“Will you go?” said Ann Lee. She laughed. “I will.”",
)
VOCATIVE = Outcome(
    name="vocative",
    reason="The quotation before or after is addressed to the speaker by name.",
    example="“Will you go, Tom?” said Ann Lee.\n\n“No.”",
)
ACTION = Outcome(
    name="action",
    reason="The narration beside the quotation is about the speaker.",
    example="Ann Lee shook her head. “No.”",
)
TELLS = Outcome(
    name="narrator",
    reason="The narrator takes part in the conversation.",
    example="“Will you go?” said Ann Lee.\n\n“No,” I said.\n\n“Why not?”\n\n“I am tired.”",
)
PRESENT = Outcome(
    name="present",
    reason="The speaker is the most probable one of those who are present.",
    example="Ann Lee and Tom Day sat down.\n\n“It is late.”",
)
TURN_OUTCOMES = {one.name: one for one in (TURN, GOES_ON, VOCATIVE, ACTION, TELLS, PRESENT)}
"""By name."""

CONVERSATION = ResolutionStep(
    name="conversation",
    reason="The speaker is the most probable one in the course of the conversation.",
    example="Ann Lee met Tom Day. [She] left.",
    speaker="Ann Lee",
)
NAMED_CHARACTER = ResolutionStep(
    name="character_name",
    reason="The words are a form of the character’s name.",
    example="Ann Lee met Tom Day. [Miss Lee] left.",
    speaker="Ann Lee",
)
NARRATOR = ResolutionStep(
    name="narrator",
    reason="“I” outside quoted words means the narrator.",
    example="I laughed.",
    speaker="narrator",
)
CONVERSATION_STEPS = {one.name: one for one in (CONVERSATION, NAMED_CHARACTER, NARRATOR)}
"""By name."""


def reason_of_turn(rule: str) -> str | None:
    """Returns the reason for a speaker that was chosen in a conversation; None if nothing has this name.

    >>> reason_of_turn("turn")
    'Two people take turns, and it is this speaker’s turn.'
    """
    outcome = TURN_OUTCOMES.get(rule)
    return None if outcome is None else outcome.reason
