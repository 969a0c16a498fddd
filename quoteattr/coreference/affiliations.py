"""The places and parties of people, read from the words near their names: "(R-Fla.)", "the Texas senator"."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import regex

from quoteattr.lexicon import full_forms, words

_STEM = 4
"""Number of first letters that a place shares with the words for its people: Texas, Texan; Germany, German.
Chosen by hand."""
_READ_AFTER = 80
"""Characters after a name that are read; enough for a party, a state and the punctuation between them.
Without a limit, each search would scan the rest of the text for the hyphen of a label."""
# "Ann Lee| (R-Fla.)", "Ann Lee|, D-Ohio,"
_LABEL = regex.compile(r"(?:\s\(|,\s)(?<party>[RDI])-(?<state>\p{Lu}[\p{L}.]*)")
# "Ann Lee| of Ohio", "Ann Lee|, Democrat of New York,"
_OF = regex.compile(r"(?:,\s(?<party>\p{Lu}\p{Ll}+))?\sof\s(?<place>\p{Lu}[\p{L}.]*(?:\s\p{Lu}\p{L}+)?)")
_PARTY_LETTERS = {"r": "republican", "d": "democrat", "i": "independent"}


@attrs.frozen
class Affiliations:
    """The places and parties of one person; both are empty if the text names none."""

    places: frozenset[str] = frozenset()
    """The first letters of each place."""
    parties: frozenset[str] = frozenset()
    """Each party, by the word for a member."""

    def __or__(self, other: Affiliations) -> Affiliations:
        return Affiliations(self.places | other.places, self.parties | other.parties)

    def agrees(self, other: Affiliations) -> bool:
        """Whether the two share a place or a party."""
        return bool(self.places & other.places or self.parties & other.parties)

    def conflicts(self, other: Affiliations) -> bool:
        """Whether both have places without a common one, or both have parties without a common one."""
        pairs = ((self.places, other.places), (self.parties, other.parties))
        return any(ours and theirs and not ours & theirs for ours, theirs in pairs)


NO_AFFILIATIONS = Affiliations()


def affiliations_in(phrase: Iterable[str]) -> Affiliations:
    """The affiliations that words in lower case express.

    >>> affiliations_in(["german", "counterpart"]) == affiliations_in(["germany"])
    True
    """
    full = [full_forms("affiliation_words").get(word, word) for word in phrase]
    parties = frozenset(word for word in full if word in words("parties"))
    known, demonyms = words("places"), words("demonyms")
    places = frozenset(
        word[:_STEM] for word in full if (word in known or word in demonyms) and word not in parties
    )
    return Affiliations(places, parties)


def affiliations_after(text: str, end: int, *, titled: bool) -> Affiliations:
    """Returns the affiliations that follow directly after a name.

    Args:
        text: the article.
        end: one past the last character of the name.
        titled: whether the name has a title; without one, "of Ohio" is not an affiliation.

    >>> text = "Sen. Ann Lee (R-Fla.) left."
    >>> affiliations_after(text, 12, titled=True) == affiliations_in(["florida", "republican"])
    True
    """
    if label := _LABEL.match(text, end, end + _READ_AFTER):
        state = label["state"].lower().replace(".", "")
        party = _PARTY_LETTERS[label["party"].lower()]
        return affiliations_in([party, full_forms("state_words").get(state, state)])
    match = _OF.match(text, end, end + _READ_AFTER)
    if match is None or not (titled or match["party"]):
        return NO_AFFILIATIONS
    return affiliations_in([(match["party"] or "").lower(), *match["place"].lower().split()])
