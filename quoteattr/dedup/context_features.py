"""What articles tell of two units besides their words, looked up when it is asked for.

Most pairs are judged by speaker and date alone; only few words, and words of two speakers, take more.
"""

from __future__ import annotations

from collections.abc import Callable, Set

import attrs
import numpy as np

from quoteattr.dedup.candidates import Columns
from quoteattr.dedup.same_utterance import (
    SAID,
    SENTENCE_WORDS,
    TOPIC_WORDS,
    Circumstances,
    Manner,
    Relation,
    Voice,
)
from quoteattr.dedup.wordings import Table

Surroundings = Callable[[int, int], frozenset[str]]
"""Given a unit and a number of characters, the content words that stand so near around it."""
AROUND = 400
"""Characters before and after a quotation that tell its subject: about the paragraphs beside it."""
SENTENCE = 100
"""Characters before and after it that are about its sentence."""
COPIED, COPIED_SHARE = 8, 0.5
"""Content words beside equal words in two articles that are copied with them, and their share of the fewer.
Of the news' equal words that speaker and date do not join, ten pairs have them: nine passages, one standing
notice."""
RETOLD, RETOLD_SHARE = 5, 0.4
"""The same for words that may be a statement: two reports of one sentence."""


def _printed(known: Columns, manner: Manner) -> set[int]:
    """The units whose first printing stands so in its article."""
    return set(np.flatnonzero(known.which(phrase.manner is manner for phrase in known.phrases)).tolist())


class Evidence:
    """What is known of any two units of a table.

    Args:
        table: the units.
        known: their columns.
        around: tells the surroundings of a unit.
        common: wordings of so many people that they are nobody's.
    """

    def __init__(self, table: Table, known: Columns, around: Surroundings, common: Set[str]) -> None:
        self.table, self.around, self.common = table, around, common
        self.shown, self.named = (_printed(known, manner) for manner in (Manner.SHOWN, Manner.NAMED))

    def of(self, u: int, v: int, relation: Relation) -> Circumstances:
        """The circumstances of two units whose voices are so to each other."""
        table = self.table
        return _Seen(relation, table.articles[u] == table.articles[v], table.days(u, v), self, u, v)


@attrs.frozen(eq=False)
class _Seen(Circumstances):
    """Two units, and where to look them up."""

    evidence: Evidence
    u: int
    """The shorter."""
    v: int
    """The longer."""

    @property
    def voices(self) -> tuple[Voice, Voice]:
        table = self.evidence.table
        return table.people[table.voices[self.u]], table.people[table.voices[self.v]]

    @property
    def common(self) -> bool:
        return self.evidence.table.strings[self.u] in self.evidence.common

    @property
    def shown(self) -> bool:
        return not self.evidence.shown.isdisjoint((self.u, self.v))

    @property
    def named(self) -> bool:
        return not self.evidence.named.isdisjoint((self.u, self.v))

    def same_topic(self) -> bool:
        # What stands in their sentences mostly tells it, and takes half the time to read.
        return any(len(self._shared(reach)) >= TOPIC_WORDS for reach in (SENTENCE, AROUND))

    def named_beside(self) -> bool:
        return self._named_within(AROUND)

    def retold(self) -> bool:
        ours, theirs = self._around(SENTENCE)
        return len(ours & theirs) >= SENTENCE_WORDS and self._named_within(SENTENCE)

    def reprinted(self) -> bool:
        shared = len(self._shared(SENTENCE))
        if shared < RETOLD:
            return False
        names = self._names()
        least = min(len(words.difference(*names)) for words in self._around(SENTENCE))
        if shared >= COPIED and shared >= COPIED_SHARE * least:
            return True
        phrase = self.evidence.table.phrases[self.u]
        return phrase.size >= SAID and phrase.content > 0 and shared >= RETOLD_SHARE * least

    def _around(self, reach: int) -> tuple[frozenset[str], frozenset[str]]:
        around = self.evidence.around
        return around(self.u, reach), around(self.v, reach)

    def _shared(self, reach: int) -> frozenset[str]:
        """The words around both, without those of the speakers' names."""
        ours, theirs = self._around(reach)
        return (ours & theirs).difference(*self._names())

    def _names(self) -> tuple[tuple[str, ...], ...]:
        return tuple(voice.words for voice in self.voices)

    def _named_within(self, reach: int) -> bool:
        """Whether the surroundings of one unit name the other's voice."""
        ours, theirs = self.voices
        return self._calls(self.u, theirs, reach) or self._calls(self.v, ours, reach)

    def _calls(self, unit: int, voice: Voice, reach: int) -> bool:
        called = voice.called
        return bool(called) and not called.isdisjoint(self.evidence.around(unit, reach))
