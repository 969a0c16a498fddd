"""Finds the passages that a reader copied: the words of a quotation, and the words that name its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

Span = tuple[int, int]

FOLDED = {
    **dict.fromkeys(("“", "”", "„", "‟", "«", "»", "``", "''"), '"'),
    **dict.fromkeys("‘’‚‛‹›`´", "'"),
    **dict.fromkeys("‐‑‒–—―", "-"),
    "...": "…",
}
UNITS = re.compile(r"\s+|\.\.\.|``|''|[\u200b\u200c\u200d\u2060\ufeff\xad]|.", re.DOTALL)
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad")
TO_MARK = re.compile(r"(?:\s?[,.;:!?…-])*(?=[\"'])")
"""Punctuation that a reader left out before the closing mark."""
LONGEST = 6000
"""Characters of a quotation of which only the first and last words are given."""


class Passage:
    """A text in which words are found whatever the shape of their marks, dashes and white space."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def units(self) -> list[tuple[str, int, int]]:
        """Each folded character with where it stands in the text."""
        return [
            (" " if unit[0].isspace() else FOLDED.get(unit[0], unit[0]), *unit.span())
            for unit in UNITS.finditer(self.text)
            if unit[0] not in INVISIBLE
        ]

    @cached_property
    def folded(self) -> str:
        """The text with one shape of marks, dashes and white space."""
        return "".join(unit[0] for unit in self.units)

    def find_quotation(self, quote: str) -> list[Span]:
        """Every place where the words stand beside quotation marks, as spans of the text without the marks.

        Places with marks on both sides win over those with a mark on one side. A long quotation may be
        given as "first words … last words".

        >>> text = "A bold plan, “bold” to some: “We go now, all of us,” she said."
        >>> [text[start:end] for start, end in Passage(text).find_quotation("bold")]
        ['bold']
        >>> [text[start:end] for start, end in Passage(text).find_quotation("We go … of us")]
        ['We go now, all of us,']
        """
        words = Passage(quote.strip()).folded
        exact = [(i, self.closed(j)) for i, j in self.occurrences(words)]
        found = self.beside_marks(exact)
        if not found:
            found = self.beside_marks(self.shortened(words.replace("[…]", "…")))
        return [self.span(i, j) for i, j in found]

    def find_mention(self, words: str, near: Span, avoid: Iterable[Span] = ()) -> Span | None:
        """The place of the words that is nearest to a span and not in it.

        Places inside the spans to avoid are taken only if there is no other.
        """
        places = [self.span(i, j) for i, j in self.occurrences(Passage(words.strip()).folded)]
        places = [p for p in places if p[1] <= near[0] or p[0] >= near[1]]
        avoided = [a for a in avoid if not (a[0] <= near[0] and near[1] <= a[1])]
        free = [p for p in places if not any(a[0] <= p[0] and p[1] <= a[1] for a in avoided)]
        return min(free or places, key=lambda place: self.distance(place, near), default=None)

    def distance(self, place: Span, near: Span) -> tuple[bool, int]:
        """How far a place is from a span: a place in another paragraph is further than any in the same."""
        gap = (place[1], near[0]) if place[1] <= near[0] else (near[1], place[0])
        return "\n" in self.text[gap[0] : gap[1]], gap[1] - gap[0]

    def occurrences(self, words: str) -> list[Span]:
        """Where folded words stand in the folded text, as whole words."""
        if not words:
            return []
        first = r"(?<!\w)" if words[0].isalnum() else ""
        last = r"(?!\w)" if words[-1].isalnum() else ""
        return [m.span(1) for m in re.finditer(f"(?={first}({re.escape(words)}){last})", self.folded)]

    def shortened(self, words: str) -> list[Span]:
        """Where the words before and after an ellipsis stand with something between them."""
        for cut in re.finditer(r"\s*…\s*", words):
            head, tail = words[: cut.start()], words[cut.end() :]
            starts = self.occurrences(head)
            starts = [s for s in starts if self.is_opened(s[0])] or starts
            ends = [(i, self.closed(j)) for i, j in self.occurrences(tail)]
            ends = [e for e in ends if self.is_closed(e[1]) or self.ends_paragraph(e[1])] or ends
            pairs = [
                (start[0], min(after))
                for start in starts
                if (after := [e[1] for e in ends if start[1] <= e[0] and e[1] - start[0] <= LONGEST])
            ]
            if pairs:
                return pairs
        return []

    def beside_marks(self, places: list[Span]) -> list[Span]:
        """The places with marks on both sides; if there are none, those with a mark on one side."""
        both = [(i, j) for i, j in places if self.is_opened(i) and self.is_closed(j)]
        return both or [(i, j) for i, j in places if self.is_opened(i) or self.is_closed(j)]

    def is_opened(self, at: int) -> bool:
        """Whether a quotation mark stands before this place, at most a space between."""
        return bool(re.search(r"[\"']$|(?:^|[\s(])[\"'] $", self.folded[max(0, at - 3) : at]))

    def is_closed(self, at: int) -> bool:
        """Whether a quotation mark stands at this place, or after a space if no word follows it."""
        return bool(re.match(r"[\"']| [\"'](?:\W|$)", self.folded[at : at + 3]))

    def closed(self, at: int) -> int:
        """The place itself, or that of the closing mark if only punctuation stands between."""
        found = TO_MARK.match(self.folded, at)
        return found.end() if found else at

    def ends_paragraph(self, at: int) -> bool:
        """Whether a line ends at this place of the folded text."""
        end = self.units[at - 1][2]
        return not self.text[end:].split("\n", 1)[0].strip()

    def span(self, start: int, end: int) -> Span:
        """A span of the folded text as one of the text."""
        return self.units[start][1], self.units[end - 1][2]
