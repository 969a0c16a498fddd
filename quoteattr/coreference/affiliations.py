"""Where people come from and what they belong to, as far as words near their names say: "(R-Fla.)", "the
Texas senator", "her German counterpart"."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import regex

from quoteattr.lexicon import full_words, words

_STEM = 4
"""Letters that a place and the words for its people have in common: Texas, Texan; Germany, German."""
_BESIDE = 80
"""Characters after a name that are read. `regex` looks for the hyphen that a label needs as far as it may
read, before it tries to match."""
# "Ann Lee| (R-Fla.)", "Ann Lee|, D-Ohio,"
_LABEL = regex.compile(r"(?:\s\(|,\s)(?<party>[RDI])-(?<state>\p{Lu}[\p{L}.]*)")
# "Ann Lee| of Ohio", "Ann Lee|, Democrat of New York,"
_OF = regex.compile(r"(?:,\s(?<party>\p{Lu}\p{Ll}+))?\sof\s(?<place>\p{Lu}[\p{L}.]*(?:\s\p{Lu}\p{L}+)?)")
_LETTERS = {"r": "republican", "d": "democrat", "i": "independent"}


@attrs.frozen
class Origin:
    """What is known of it; nothing is known of an empty one."""

    places: frozenset[str] = frozenset()
    """First letters of the places."""
    parties: frozenset[str] = frozenset()
    """Parties, by the word for a member."""

    def __or__(self, other: Origin) -> Origin:
        return Origin(self.places | other.places, self.parties | other.parties)

    def agrees(self, other: Origin) -> bool:
        """Whether both tell of a place or a party that is the same."""
        return bool(self.places & other.places or self.parties & other.parties)

    def clashes(self, other: Origin) -> bool:
        """Whether both tell of a place or of a party, and of none that is the same."""
        pairs = ((self.places, other.places), (self.parties, other.parties))
        return any(ours and theirs and not ours & theirs for ours, theirs in pairs)


def origin_of(phrase: Iterable[str]) -> Origin:
    """What words in small letters tell of it.

    >>> origin_of(["german", "counterpart"]) == origin_of(["germany"])
    True
    """
    full = [full_words("origin_words").get(word, word) for word in phrase]
    parties = frozenset(word for word in full if word in words("parties"))
    known = words("places") | words("demonyms")
    return Origin(frozenset(word[:_STEM] for word in full if word in known and word not in parties), parties)


def origin_after(text: str, end: int, *, titled: bool) -> Origin:
    """What stands right after a name that ends there; "of Ohio" tells of people with a title only.

    >>> text = "Sen. Ann Lee (R-Fla.) left."
    >>> origin_after(text, 12, titled=True) == origin_of(["florida", "republican"])
    True
    """
    if label := _LABEL.match(text, end, end + _BESIDE):
        state = label["state"].lower().replace(".", "")
        return origin_of([_LETTERS[label["party"].lower()], full_words("state_words").get(state, state)])
    match = _OF.match(text, end, end + _BESIDE)
    if match is None or not (titled or match["party"]):
        return Origin()
    return origin_of([(match["party"] or "").lower(), *match["place"].lower().split()])
