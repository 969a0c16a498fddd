"""Chooses who speaks in novels and stories, where most turns of a conversation name nobody."""

from quoteattr.fiction.characters import CharacterNames
from quoteattr.fiction.conversations import find_speakers
from quoteattr.fiction.given import named_characters, with_characters
from quoteattr.fiction.registry import CONVERSATION_STEPS, reason_of_turn
from quoteattr.fiction.style import check_style, find_spoken, style_of
from quoteattr.fiction.turns import conversations_of

__all__ = [
    "CONVERSATION_STEPS",
    "CharacterNames",
    "check_style",
    "conversations_of",
    "find_speakers",
    "find_spoken",
    "named_characters",
    "reason_of_turn",
    "style_of",
    "with_characters",
]
