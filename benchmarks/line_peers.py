"""Other ways to find a quotation again, over the texts alone: what `quoteattr.deduplicate` is held against.

Each takes the quotations' texts and gives a label for each; equal labels are one line. None of them knows
who speaks. datasketch and rensa count if they are installed (``pip install datasketch rensa``).
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from quoteattr.dedup.disjoint_set import DisjointSet

Labels = list[int]

SIZE = 3
"""Words in a shingle."""
THRESHOLD = 0.5
"""Jaccard similarity from which MinHash takes two texts for one, as is usual for near-duplicates."""
PERMUTATIONS = 128
BANDS = 32
"""rensa's bands of four rows, which meet at a similarity near one half."""


def words(text: str) -> list[str]:
    """Lower case, marks left out: the key of Quotebank, apostrophes mended."""
    return re.findall(r"\w+", text.lower().replace("’", "'").replace("'", ""))


def exact(texts: Sequence[str]) -> Labels:
    """The same words.

    >>> exact(["Yes, sir.", "yes sir", "No."])
    [0, 0, 1]
    """
    numbers: dict[str, int] = {}
    return [numbers.setdefault(" ".join(words(text)), len(numbers)) for text in texts]


def containment(texts: Sequence[str]) -> Labels:
    """One text of three words or more stands in the other; whatever is tied so is one line.

    >>> containment(["we will not sell it", "will not sell", "will not", "will not"])
    [0, 0, 1, 1]
    """
    found = [words(text) for text in texts]
    postings: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, tokens in enumerate(found):
        for gram in set(_shingles(tokens)):
            postings[gram].append(n)
    sets = DisjointSet(len(texts))
    for n, tokens in enumerate(found):
        grams = _shingles(tokens)
        if grams:
            inner = f" {' '.join(tokens)} "
            rarest = min(grams, key=lambda gram: len(postings[gram]))
            for other in postings[rarest]:
                if inner in f" {' '.join(found[other])} ":
                    _join(sets, n, other)
    first: dict[str, int] = {}
    for n, tokens in enumerate(found):
        _join(sets, n, first.setdefault(" ".join(tokens), n))
    return _labels(sets)


def _shingles(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(tokens[i:] for i in range(SIZE)), strict=False))


def _shingles_or_words(text: str) -> list[str]:
    tokens = words(text)
    return [" ".join(gram) for gram in _shingles(tokens)] or tokens or [""]


def datasketch(texts: Sequence[str]) -> Labels:
    """MinHash with locality-sensitive hashing, as datasketch has it."""
    library = importlib.import_module("datasketch")
    index = library.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sets = DisjointSet(len(texts))
    for n, text in enumerate(texts):
        sketch = library.MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in _shingles_or_words(text)])
        for other in index.query(sketch):
            _join(sets, n, other)
        index.insert(n, sketch)
    return _labels(sets)


def rensa(texts: Sequence[str]) -> Labels:
    """The same, as rensa has it, in Rust."""
    library = importlib.import_module("rensa")
    index = library.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    sets = DisjointSet(len(texts))
    for n, text in enumerate(texts):
        sketch = library.RMinHash(num_perm=PERMUTATIONS, seed=7)
        sketch.update(_shingles_or_words(text))
        for other in index.query(sketch):
            _join(sets, n, other)
        index.insert(n, sketch)
    return _labels(sets)


def _join(sets: DisjointSet, a: int, b: int) -> None:
    """Merges the sets of two texts; the least number represents the result."""
    one, other = sorted((sets.find(a), sets.find(b)))
    if one != other:
        sets.union(other, one)


def _labels(sets: DisjointSet) -> Labels:
    """The number of each text's set, in order of first text."""
    numbers: dict[int, int] = {}
    return [numbers.setdefault(found, len(numbers)) for found in sets.representatives().tolist()]


def present() -> dict[str, Callable[[Sequence[str]], Labels]]:
    """The peers that can run here, by name."""
    found: dict[str, Callable[[Sequence[str]], Labels]] = {"exact": exact, "containment": containment}
    for name, peer in (("datasketch", datasketch), ("rensa", rensa)):
        if importlib.util.find_spec(name):
            found[name] = peer
    return found
