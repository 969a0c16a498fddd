"""Gives the people, places and half of the organisations of a labelled article other names.

A model that has read a hundred articles about Bush and Iraq knows these names and not what names look like;
with new names in the same sentences it has to read the sentences.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks.name_tagger.corpora import OUTSIDE, Document
from benchmarks.name_tagger.generator import Composer
from quoteattr.names import given_names
from quoteattr.names.tagger_words import tokenize

_ORGANISATIONS = 0.5
"""Share of the organisations that get another name: those of the corpora are worth knowing."""


def stretches(document: Document) -> Iterator[tuple[int, int, str]]:
    """First token, end and kind of each name, and of what stands between two; "" is the kind of the latter.

    >>> list(stretches(Document(("Mr", "Lee", "left"), ("O", "B-person", "O"))))
    [(0, 1, ''), (1, 2, 'person'), (2, 3, '')]
    """
    begin = 0
    labels = (*document.labels, "B-")
    for at in range(1, len(labels)):
        kind = labels[begin][2:]
        if labels[at] != (f"I-{kind}" if kind else OUTSIDE):
            yield begin, at, kind
            begin = at


class Renamer:
    """Renames one article after the other; the same name gets the same new one throughout an article."""

    def __init__(self, composer: Composer, draw: random.Random) -> None:
        self._composer, self._random = composer, draw

    def rename(self, document: Document) -> Document:
        """The article with other names."""
        self._words: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        tokens: list[str] = []
        labels: list[str] = []
        for first, end, kind in stretches(document):
            old = list(document.tokens[first:end])
            new = self._other(old, kind) if kind else old
            tokens += new
            labels += (
                [f"{'I' if at else 'B'}-{kind}" for at in range(len(new))] if kind else [OUTSIDE] * len(new)
            )
        return Document(tuple(tokens), tuple(labels))

    def _other(self, name: list[str], kind: str) -> list[str]:
        if kind == "person":
            return self._person(name)
        if kind == "place":
            return self._whole(name, self._composer.place)
        if kind == "organisation" and self._random.random() < _ORGANISATIONS:
            return self._whole(name, self._composer.organisation)
        return name

    def _whole(self, name: list[str], make: Callable[[], str]) -> list[str]:
        key = " ".join(name).lower()
        if key not in self._names:
            new = make()
            self._names[key] = [new[start:end] for start, end in tokenize(new)]
        return self._names[key]

    def _person(self, name: list[str]) -> list[str]:
        """A person's name, word by word: the last is a surname, those before are first names."""
        culture = self._composer.culture()
        named = [at for at, word in enumerate(name) if word[0].isupper() and len(word) > 1]
        new: list[str] = []
        for at, word in enumerate(name):
            if at not in named:
                new.append(word)
                continue
            low = word.lower()
            if low not in self._words:
                is_surname = at == named[-1] and (len(named) > 1 or low not in given_names())
                self._words[low] = self._composer.drawn(
                    culture.family if is_surname else culture.given
                ).split()
            new += (
                [w.upper() for w in self._words[low]]
                if word.isupper() and len(word) > 3
                else self._words[low]
            )
        return new
