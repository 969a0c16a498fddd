"""Chooses who speaks in novels and stories, where most turns of a conversation name nobody."""

from quoteattr.fiction.characters import CharacterNames
from quoteattr.fiction.conversations import find_speakers
from quoteattr.fiction.given import named_characters, with_characters
from quoteattr.fiction.style import Style, check_style, style_of

__all__ = [
    "CharacterNames",
    "Style",
    "check_style",
    "find_speakers",
    "named_characters",
    "style_of",
    "with_characters",
]
