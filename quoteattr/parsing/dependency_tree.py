"""A dependency parse: words, sentences and texts.

The rules read parses only in this form, whether a model has made them or a person has written them. Offsets
count characters of the parsed text; `Sentence.map_offsets` converts them to those of another text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property

import attrs

ROOT = -1
"""Head of a word that no other word governs."""


@attrs.frozen
class Word:
    """A syntactic word of Universal Dependencies."""

    index: int
    """Position in its sentence, from 0."""
    start: int
    """First character."""
    end: int
    """One past the last character."""
    text: str
    """The word as written."""
    lemma: str
    """Dictionary form, lower case for common words."""
    upos: str
    """Universal part of speech: "VERB", "PROPN"."""
    xpos: str
    """Penn Treebank tag: "VBD", "NNP"; "_" if there is none."""
    head: int
    """Index of the governor in the sentence; ROOT for the root."""
    deprel: str
    """Universal relation to the governor: "nsubj", "flat"."""


@attrs.frozen
class Sentence:
    """A parsed sentence. Several roots and cycles are accepted, as a parser may produce them."""

    words: tuple[Word, ...]
    """Its words, in order."""

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def start(self) -> int:
        """First character of the first word."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """One past the last character of the last word."""
        return self.words[-1].end

    @cached_property
    def _children(self) -> tuple[tuple[Word, ...], ...]:
        below: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != ROOT:
                below[word.head].append(word)
        return tuple(map(tuple, below))

    def children(self, word: Word, *relations: str) -> tuple[Word, ...]:
        """The dependents of a word, in order.

        Args:
            word: of this sentence.
            relations: only dependents with one of these; "nsubj" includes "nsubj:pass". All by default.
        """
        below = self._children[word.index]
        if not relations:
            return below
        return tuple(w for w in below if w.deprel in relations or w.deprel.partition(":")[0] in relations)

    def child(self, word: Word, *relations: str) -> Word | None:
        """The first of `children`, or None."""
        return next(iter(self.children(word, *relations)), None)

    def between(self, low: int, high: int) -> tuple[Word, ...]:
        """The words that begin after the offset `low` and before the offset `high`."""
        starts = self._starts
        return self.words[bisect_right(starts, low) : bisect_left(starts, high)]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def head(self, word: Word) -> Word | None:
        """The governor of a word, or None for the root."""
        return None if word.head == ROOT else self.words[word.head]

    def ancestors(self, word: Word) -> Iterator[Word]:
        """Yields the governors of a word, from the nearest to the root. In a cycle, it stops when a word
        would be repeated."""
        seen = {word.index}
        above = self.head(word)
        while above is not None and above.index not in seen:
            seen.add(above.index)
            yield above
            above = self.head(above)

    def subtree(self, word: Word, skip: Callable[[Word], bool] = lambda _: False) -> list[Word]:
        """A word and all words below it in the tree, in order.

        Args:
            word: of this sentence.
            skip: dependents for which this returns True are left out, with all words below them.
        """
        found, todo = {word.index}, [word]
        while todo:
            for below in self.children(todo.pop()):
                if below.index not in found and not skip(below):
                    found.add(below.index)
                    todo.append(below)
        return [self.words[i] for i in sorted(found)]

    def map_offsets(self, convert: Callable[[int, int], tuple[int, int]]) -> Sentence:
        """Returns the same sentence with the offsets of another text.

        Args:
            convert: takes the start and end of a word, and returns the new ones.
        """

        def move(word: Word) -> Word:
            # Not attrs.evolve, which is too slow for every word of every frame.
            start, end = convert(word.start, word.end)
            return Word(
                word.index, start, end, word.text, word.lemma, word.upos, word.xpos, word.head, word.deprel
            )

        return Sentence(tuple(map(move, self.words)))


@attrs.frozen
class Parse:
    """The sentences of one text."""

    text: str
    """The text that was parsed."""
    sentences: tuple[Sentence, ...]
    """Its sentences, in order."""
