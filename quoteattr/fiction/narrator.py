"""Who tells the story: "I" outside quoted words, and the name by which others address the narrator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs
import regex

from quoteattr.attribution import Finding, Setting
from quoteattr.fiction.characters import Character, CharacterTable
from quoteattr.lexicon import word_list
from quoteattr.schema import Span

_I = regex.compile(r"\b(?:I|me|my)\b")
_LEAST_SHARE = 0.004
"""Least number of "I", "me" and "my" outside quoted words, for each word there. Novels in the third person
have
fewer than one in a thousand."""
NAME = "narrator"
"""The name of a narrator whom the text does not name."""


@attrs.frozen
class Narrator:
    """Somebody who tells the story."""

    character: Character
    """Who it is: a character of the text, or an unnamed one."""


def find_narrator(
    text: str, settings: Sequence[Setting], findings: Sequence[Finding], table: CharacterTable
) -> Narrator | None:
    """Returns who tells a text as "I"; None if nobody does."""
    outside = _outside(text, [setting.quotation.outer for setting in settings])
    words = sum(part.count(" ") for part in outside)
    if sum(len(_I.findall(part)) for part in outside) < max(3, _LEAST_SHARE * words):
        return None
    named = _named(settings, findings, table)
    return Narrator(named or Character(NAME, "unnamed"))


def _outside(text: str, quoted: Sequence[Span]) -> list[str]:
    parts, end = [], 0
    for span in quoted:
        if span.start >= end:
            parts.append(text[end : span.start])
        end = max(end, span.end)
    return [*parts, text[end:]]


def _named(
    settings: Sequence[Setting], findings: Sequence[Finding], table: CharacterTable
) -> Character | None:
    """The character who is named in quoted words beside the narrator's own, and seldom outside them."""
    pronouns = word_list("fiction", "narrator_pronouns")
    spans = [setting.quotation for setting in settings]
    own = {
        n
        for n, f in enumerate(findings)
        if f.mention is not None and f.mention.span.text.casefold() in pronouns
    }
    votes: Counter[Character] = Counter()
    for n, quotation in enumerate(spans):
        if n not in own and not own.isdisjoint(range(n - 3, n + 4)):
            for site in table.named_in(quotation.content.start, quotation.content.end):
                votes[site.character] += 1
    quoted = sum_inside(table, [q.outer for q in spans])
    tagged = {
        site.character
        for f in findings
        if f.mention and f.mention.kind == "name"
        for site in table.named_in(f.mention.span.start, f.mention.span.end)
    }
    for character, _ in votes.most_common():
        if character not in tagged and quoted[character] >= max(3, 0.7 * character.count):
            return character
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
