"""Finds evidence around a name that it is an organisation or a place and not a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import regex

from quoteattr.coreference.descriptions import organisation_noun_before, role_after
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.nouns import head_noun, is_human
from quoteattr.lexicon import cue_kind, outlet_words, word_list, words

# "in |Orsk"
_IN = regex.compile(r"\b(?:in|at|near|across|outside|around|throughout|outside)\s\Z", regex.IGNORECASE)
_IN_BEFORE = 12
"""Characters before a name that hold the longest of these prepositions."""
# "Madison|, Alabama,"
_IN_STATE = regex.compile(r",\s(?:\p{Lu}\p{L}+\.|(?<state>\p{Lu}\p{L}+)),?")
_NEXT_WORD = regex.compile(r"\s(\p{Ll}+)")
_AFTER_ORGANISATIONS = word_list("coreference", "after_organisation_names")


@attrs.frozen
class NameContext:
    """An article with the positions of its names."""

    text: str
    """The article."""
    ends: Mapping[int, int]
    """The end of each name by its start."""
    index: MentionIndex
    """The sites of mentions."""

    def show_organisation(self, starts: Sequence[int]) -> bool:
        """Whether the text around an entity's names shows that it is not a person.

        One description as an organisation ("its insurer, |Aviso|") or one "which" is enough. Otherwise more
        than half of the names must follow "the", or all of them must be where names of places usually are
        ("in |Orsk|").
        """
        if any(self._is_described_as_organisation(start) for start in starts):
            return True
        if any(self.text.startswith(", which", self.ends[start]) for start in starts):
            return True
        articles = sum(self._has_article(start) for start in starts)
        return 2 * articles > len(starts) or all(map(self._is_place, starts))

    def show_person(self, starts: Sequence[int]) -> bool:
        """Whether an apposition describes a person of one of these names: "|Arden|, a baker from Orsk"."""
        return any(is_human(head_noun(role_after(self.text, self.ends[start]))) for start in starts)

    def _is_described_as_organisation(self, start: int) -> bool:
        """Whether a noun for organisations describes the name: "its insurer, |Aviso|", "|Aviso|, a French
        insurer,"."""
        before = organisation_noun_before(self.text, start)
        role = role_after(self.text, self.ends[start])
        nouns, outlets = words("organisation_nouns"), outlet_words("nouns")
        return any(noun in nouns or noun in outlets for noun in (before, head_noun(role)))

    def _has_article(self, start: int) -> bool:
        """Whether "the" belongs to the name: "The |Kremlin| denied it", but not "the |Clinton| campaign"."""
        if self.text[max(0, start - 4) : start].lower() != "the ":
            return False
        subject = self.index.role(start, self.ends[start]) != "other"
        match = _NEXT_WORD.match(self.text, self.ends[start])
        word = match[1] if match is not None else ""
        return subject or not word or cue_kind(word, word) is not None or word in _AFTER_ORGANISATIONS

    def _is_place(self, start: int) -> bool:
        """Whether the name is where names of places usually are: "in |Orsk|", "|Madison|, Alabama,"."""
        return bool(_IN.search(self.text, max(0, start - _IN_BEFORE), start)) or self._is_in_state(start)

    def _is_in_state(self, start: int) -> bool:
        match = _IN_STATE.match(self.text, self.ends[start])
        state = match["state"] if match is not None else None
        return match is not None and (not state or state.casefold() in words("places"))
