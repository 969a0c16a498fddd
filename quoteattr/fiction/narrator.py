"""Who tells the story: "I" outside quoted words, and the name by which others address the narrator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs
import regex

from quoteattr.attribution import Finding, Setting
from quoteattr.fiction.address import is_addressed
from quoteattr.fiction.characters import Character, CharacterTable
from quoteattr.lexicon import word_list
from quoteattr.schema import Span

_I = regex.compile(r"\b(?:I|me|my)\b")
_LEAST_NUMBER = 3
"""Least number of them. Set by hand."""
_LEAST_SHARE = 0.004
"""Least number of "I", "me" and "my" outside quoted words, for each word there. Novels in the third person
have fewer than one in a thousand."""
_LEAST_QUOTED = 0.7
"""Least share of the narrator's names that stand in quoted words. Set by hand."""
_LEAST_VOTES = 3
"""Least weight of the quotations that address the narrator; one beside the narrator's own words counts
three.
Set by hand."""
NAME = "narrator"
"""The name of a narrator whom the text does not name."""


@attrs.frozen
class Narrator:
    """Somebody who tells the story."""

    character: Character
    """Who it is: a character of the text, or an unnamed one."""
    sites: Sequence[tuple[int, int]]
    """Start and end of each "I", "me" and "my" outside quoted words."""


def find_narrator(
    text: str, settings: Sequence[Setting], findings: Sequence[Finding], table: CharacterTable
) -> Narrator | None:
    """Returns who tells a text as "I"; None if nobody does."""
    outside = _outside(text, [setting.quotation.outer for setting in settings])
    words = sum(text.count(" ", *bounds) for bounds in outside)
    found = [match.span() for bounds in outside for match in _I.finditer(text, *bounds)]
    if len(found) < max(_LEAST_NUMBER, _LEAST_SHARE * words):
        return None
    named = _named(text, settings, findings, table)
    return Narrator(named or Character(NAME, "unnamed"), tuple(found))


def _outside(text: str, quoted: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches outside quoted words."""
    parts, end = [], 0
    for span in quoted:
        if span.start >= end:
            parts.append((end, span.start))
        end = max(end, span.end)
    return [*parts, (end, len(text))]


def _named(
    text: str, settings: Sequence[Setting], findings: Sequence[Finding], table: CharacterTable
) -> Character | None:
    """The character whom others address by name, and whom the narration does not name: the narrator."""
    quotations = [setting.quotation for setting in settings]
    quoted = sum_inside(table, [quotation.outer for quotation in quotations])
    mentions = [f.mention.span for f in findings if f.mention is not None and f.mention.kind == "name"]
    tagged = {site.character for span in mentions for site in table.named_in(span.start, span.end)}
    pronouns = word_list("fiction", "narrator_pronouns")
    own = {n for n, f in enumerate(findings) if f.mention and f.mention.span.text.casefold() in pronouns}
    votes: Counter[Character] = Counter()
    for n, quotation in enumerate(quotations):
        content = quotation.content
        for site in table.named_in(content.start, content.end):
            if n not in own and is_addressed(text, content, site):
                votes[site.character] += 1 if own.isdisjoint(range(n - 3, n + 4)) else 3
    for character, count in votes.most_common():
        if character in tagged or quoted[character] < _LEAST_QUOTED * character.count:
            continue
        return character if count >= _LEAST_VOTES else None
    return None


def sum_inside(table: CharacterTable, quoted: Sequence[Span]) -> Counter[Character]:
    """How often each character is named inside quoted words."""
    found: Counter[Character] = Counter()
    end = 0
    for span in quoted:
        if span.start >= end:
            found.update(site.character for site in table.named_in(span.start, span.end))
            end = span.end
    return found
