"""Who is meant by "her mother" and "his uncle": the character with a fitting title who is named near such
words most often."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import attrs
import regex

from quoteattr.fiction.characters import Character, CharacterTable, Site, gender_of_titles
from quoteattr.lexicon import alternatives, word_list
from quoteattr.names import Gender
from quoteattr.schema import Span

_NEAR = 1500
"""Characters around words of kinship in which a character must be named to be counted. Set by hand."""
_LOCAL = 4000
"""Characters before words of kinship in which the character is named if it is the one meant. Set by
hand."""
_LEAST_NEAR = 6
"""Least number of times that a character is named near words of kinship. Set by hand."""
_NOUNS = f"{alternatives('fiction', 'male_kin')}|{alternatives('fiction', 'female_kin')}"
_KINSHIP = regex.compile(rf"\b(?:her|his|my|their|our|the)\s+(?<noun>{_NOUNS})\b", regex.IGNORECASE)
_GENDERS: tuple[tuple[str, Gender], ...] = (("male_kin", "male"), ("female_kin", "female"))


@attrs.frozen
class Kinship:
    """Which characters words of kinship may mean in one text."""

    near: Mapping[str, Counter[Character]]
    """For each noun how often characters with a fitting title are named near it."""

    def meant_by(self, phrase: Span) -> Character | None:
        """The character that words of kinship mean; None if none is likely."""
        found = _KINSHIP.fullmatch(phrase.text)
        return self._find(found["noun"].casefold(), phrase.start) if found else None

    def _find(self, noun: str, offset: int) -> Character | None:
        counts = self.near.get(noun, Counter())
        local = [who for who in counts if _is_named_between(who, offset - _LOCAL, offset)]
        best = max(local or counts, key=lambda who: counts[who], default=None)
        return best if best is not None and counts[best] >= _LEAST_NEAR else None


def _is_named_between(who: Character, start: int, end: int) -> bool:
    at = bisect_left(who.sites, start)
    return at < len(who.sites) and who.sites[at] < end


def read_kinship(text: str, table: CharacterTable) -> Kinship:
    """Counts which characters a text names near words of kinship."""
    near: dict[str, Counter[Character]] = defaultdict(Counter)
    starts = [site.start for site in table.sites]
    for name, gender in _GENDERS:
        nouns = word_list("fiction", name)
        fitting = {who for who in table.characters if who.gender == gender and _is_elder(who)}
        for match in _KINSHIP.finditer(text):
            if match["noun"].casefold() not in nouns:
                continue
            first, last = (bisect_left(starts, match.start() + step) for step in (-_NEAR, _NEAR))
            near[match["noun"].casefold()].update(_distinct(table.sites[first:last]) & fitting)
    return Kinship(near)


def _distinct(sites: Sequence[Site]) -> set[Character]:
    return {site.character for site in sites}


def _is_elder(who: Character) -> bool:
    """Whether a title of the character is not that of a girl: Mr., Mrs., Aunt, Captain."""
    maiden = word_list("fiction", "maiden_titles")
    return any(gender_of_titles(form.titles) and not maiden.intersection(form.titles) for form in who.keys)
