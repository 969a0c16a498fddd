"""Peers of `quoteattr.deduplicate`: other methods, which read only the texts of the quotations.

Each takes the texts and returns a label for each text; texts with equal labels are one line. None of them
uses speakers. datasketch and rensa are included if they are installed (``pip install datasketch rensa``).
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
"""Jaccard similarity from which MinHash joins two texts, as is usual for near-duplicates."""
PERMUTATIONS = 128
BANDS = 32
"""Bands of rensa, of four rows each: texts with a similarity near one half share a band."""


def words(text: str) -> list[str]:
    """Returns lower-case words without marks, as Quotebank compares them, with apostrophes unified."""
    return re.findall(r"\w+", text.lower().replace("’", "'").replace("'", ""))


def exact(texts: Sequence[str]) -> Labels:
    """Labels texts with the same words.

    >>> exact(["Yes, sir.", "yes sir", "No."])
    [0, 0, 1]
    """
    numbers: dict[str, int] = {}
    return [numbers.setdefault(" ".join(words(text)), len(numbers)) for text in texts]


def containment(texts: Sequence[str]) -> Labels:
    """Labels connected components: a text of three words or more that another one contains is joined with it.

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
    """Labels texts by MinHash with locality-sensitive hashing, as datasketch implements it."""
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
    """Labels texts as `datasketch`, as rensa implements it in Rust."""
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
    """Returns the installed peers by name."""
    found: dict[str, Callable[[Sequence[str]], Labels]] = {"exact": exact, "containment": containment}
    for name, peer in (("datasketch", datasketch), ("rensa", rensa)):
        if importlib.util.find_spec(name):
            found[name] = peer
    return found
