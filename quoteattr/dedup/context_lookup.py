"""Looks up the context of two wordings in the articles, if a decision needs it.

Speaker and date decide most pairs. For short phrases, and for words with two speakers, the decision also
reads the text around them.
"""

from __future__ import annotations

from collections.abc import Set

import attrs
import numpy as np

from quoteattr.dedup.candidates import WordingColumns
from quoteattr.dedup.pair_context import PairContext
from quoteattr.dedup.presentation import Presentation
from quoteattr.dedup.same_utterance import STATEMENT_WORDS
from quoteattr.dedup.speakers import SpeakerKey, SpeakerRelation
from quoteattr.dedup.surroundings import Surroundings
from quoteattr.dedup.wordings import WordingTable

PARAGRAPH_REACH = 400
"""Characters before and after a quotation that show its topic: about the paragraphs beside it."""
SENTENCE_REACH = 100
"""Characters before and after a quotation that are about its sentence."""
TOPIC_WORDS = 3
"""Two occurrences have the same topic if their surroundings share at least this many content words; the words
of the speakers' names do not count. F1 on the news groups is the same at 2 and at 5."""
SENTENCE_WORDS = 4
"""Two sentences of one article report the same words twice if they share at least this many content words
around them."""
COPIED_WORDS, COPIED_SHARE = 8, 0.5
"""Equal words in two articles are a copied passage if their surroundings share at least this many content
words, and at least this share of the content words of the smaller surroundings. In the news groups, ten pairs
that speaker and date do not join meet this condition: nine copied passages and a notice that a newspaper
repeats."""
REPORTED_WORDS, REPORTED_SHARE = 5, 0.4
"""The same for words that may be a statement, so that both articles report one sentence. F1 on the news
groups is the same with shares of .33 and .5."""


class ContextLookup:
    """Looks up the context of any two wordings of a table.

    Args:
        table: the wordings.
        columns: the same wordings as numpy arrays.
        surroundings: returns the content words around a wording.
        common_property: wordings that many people use.
    """

    def __init__(
        self,
        table: WordingTable,
        columns: WordingColumns,
        surroundings: Surroundings,
        common_property: Set[str],
    ) -> None:
        self.table, self.surroundings, self.common_property = table, surroundings, common_property
        self.headings = _presented_as(columns, Presentation.HEADING)
        self.names = _presented_as(columns, Presentation.NAME)

    def context_of(self, shorter: int, longer: int, relation: SpeakerRelation) -> PairContext:
        """Returns the context of two wordings, given the relation of their speakers."""
        articles = self.table.articles
        same_article = articles[shorter] == articles[longer]
        return _LookupContext(
            relation, same_article, self.table.days_between(shorter, longer), self, shorter, longer
        )


def _presented_as(columns: WordingColumns, presentation: Presentation) -> set[int]:
    """The wordings whose first occurrence has the given presentation."""
    flags = columns.flag_by_profile(p.presentation is presentation for p in columns.profiles)
    return set(np.flatnonzero(flags).tolist())


@attrs.frozen(eq=False)
class _LookupContext(PairContext):
    """The context of two wordings of a table. Each answer is looked up when it is needed."""

    lookup: ContextLookup
    shorter: int
    longer: int

    @property
    def speakers(self) -> tuple[SpeakerKey, SpeakerKey]:
        table = self.lookup.table
        return table.speakers[table.speaker_of[self.shorter]], table.speakers[table.speaker_of[self.longer]]

    @property
    def common_property(self) -> bool:
        return self.lookup.table.strings[self.shorter] in self.lookup.common_property

    @property
    def in_heading(self) -> bool:
        return not self.lookup.headings.isdisjoint((self.shorter, self.longer))

    @property
    def is_name(self) -> bool:
        return not self.lookup.names.isdisjoint((self.shorter, self.longer))

    def same_topic(self) -> bool:
        # The narrow surroundings usually show the topic and take less time to read.
        return any(
            len(self._shared_words(reach)) >= TOPIC_WORDS for reach in (SENTENCE_REACH, PARAGRAPH_REACH)
        )

    def names_other_speaker(self) -> bool:
        return self._names_other_speaker(PARAGRAPH_REACH)

    def repeated_in_article(self) -> bool:
        ours, theirs = self._surroundings(SENTENCE_REACH)
        return len(ours & theirs) >= SENTENCE_WORDS and self._names_other_speaker(SENTENCE_REACH)

    def copied_passage(self) -> bool:
        shared = len(self._shared_words(SENTENCE_REACH))
        if shared < REPORTED_WORDS:
            return False
        names = self._name_words()
        fewer = min(len(words.difference(*names)) for words in self._surroundings(SENTENCE_REACH))
        if shared >= COPIED_WORDS and shared >= COPIED_SHARE * fewer:
            return True
        profile = self.lookup.table.profiles[self.shorter]
        is_statement = profile.size >= STATEMENT_WORDS and profile.content > 0
        return is_statement and shared >= REPORTED_SHARE * fewer

    def _surroundings(self, reach: int) -> tuple[frozenset[str], frozenset[str]]:
        surroundings = self.lookup.surroundings
        return surroundings(self.shorter, reach), surroundings(self.longer, reach)

    def _shared_words(self, reach: int) -> frozenset[str]:
        """The content words around both, without the words of the speakers' names."""
        ours, theirs = self._surroundings(reach)
        return (ours & theirs).difference(*self._name_words())

    def _name_words(self) -> tuple[tuple[str, ...], ...]:
        return tuple(speaker.words for speaker in self.speakers)

    def _names_other_speaker(self, reach: int) -> bool:
        """Whether the text around one wording names the speaker of the other."""
        ours, theirs = self.speakers
        return self._is_named(theirs, self.shorter, reach) or self._is_named(ours, self.longer, reach)

    def _is_named(self, speaker: SpeakerKey, wording: int, reach: int) -> bool:
        words = speaker.identifying_words
        return bool(words) and not words.isdisjoint(self.lookup.surroundings(wording, reach))
