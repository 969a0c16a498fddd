"""The network of the name tagger: from the words of an article to a probability of each label for each word.

A word's vector is the sum of the rows of its features (`tagger_words`) beside a word vector, where it has
one. Two layers read the words around it. Between them the article is pooled: a word is also given the mean
and the greatest of what the first layer found wherever the article has the same word, so that "Mr Kato" in
one sentence tells what "Kato" is in the next. Needs numpy alone; benchmarks/name_tagger trains the weights
with the same layers in PyTorch.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import attrs

from quoteattr.lexicon import DATA
from quoteattr.names.tagger_words import ArticleWords, word_features

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

FIRST, SECOND = 2, 2
"""Words on each side that the first and the second layer read."""
_CACHED = 60_000
"""Vectors of words that are cached: 25 MB. The cache is emptied when it is full."""


@attrs.frozen(eq=False)
class Weights:
    """The trained weights, as float32 but for the two large tables."""

    table: Any
    """A row of int8 for each hashed feature."""
    table_scale: Any
    """What a unit of each of its columns is worth."""
    keys: Any
    """Sorted hashes of the words that have a word vector."""
    rows: Any
    """The row of each of them in `vectors`."""
    vectors: Any
    """Word vectors as int8; near words share one."""
    vector_scale: Any
    """What a unit of each of their columns is worth."""
    common: Any
    """Sorted hashes of English words that are written in small letters."""
    first: Any
    """The first layer."""
    first_bias: Any
    """Its constant."""
    second: Any
    """The second layer."""
    second_bias: Any
    """Its constant."""
    output: Any
    """The last layer."""
    output_bias: Any
    """Its constant."""
    known: dict[str, Any] = attrs.field(factory=dict)
    """The vectors of words that were seen."""


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    return read_weights(DATA / "name_tagger.npz")


def read_weights(path: Path) -> Weights:
    """The weights in a file."""
    import numpy as np

    with np.load(path) as stored:
        large = {"table", "vectors", "keys", "rows", "common"}
        return Weights(
            **{name: value if name in large else value.astype(np.float32) for name, value in stored.items()}
        )


def key_of(word: str) -> int:
    """The hash by which a word's vector is found."""
    return crc32(word.lower().encode("utf-8", "surrogatepass"))


def _vector(word: str, weights: Weights) -> Any:
    """A word's vector: the sum of its features' rows, its word vector or zeros, and whether it is common."""
    import numpy as np

    features = weights.table[list(word_features(word))].sum(axis=0, dtype=np.float32) * weights.table_scale
    at = int(np.searchsorted(weights.keys, key_of(word)))
    if at < len(weights.keys) and weights.keys[at] == key_of(word):
        known = weights.vectors[weights.rows[at]] * weights.vector_scale
    else:
        known = np.zeros(len(weights.vector_scale), np.float32)
    return np.concatenate([features, known, [np.float32(is_common_word(word, weights))]])


def is_common_word(word: str, weights: Weights | None = None) -> bool:
    """Whether a word is an English word that is written in small letters; its own capitals do not count.

    >>> is_common_word("Asking"), is_common_word("Zameer")
    (True, False)
    """
    common = (weights or load_weights()).common
    at = int(common.searchsorted(key_of(word)))
    return bool(at < len(common) and common[at] == key_of(word))


def _word_vectors(words: ArticleWords, weights: Weights) -> Any:
    import numpy as np

    known = weights.known
    if len(known) > _CACHED:
        known.clear()
    found = [known.get(word) for word in words.distinct]
    for at, word in enumerate(words.distinct):
        if found[at] is None:
            found[at] = known[word] = _vector(word, weights)
    return np.array(found, np.float32)[words.numbers]


def asked_tokens(words: ArticleWords) -> Any:
    """For each token, whether it may be part of a name: it or its neighbour has a capital or is a number."""
    asked = words.candidates.copy()
    asked[1:] |= words.candidates[:-1]
    asked[:-1] |= words.candidates[1:]
    return asked


def label_probabilities(words: ArticleWords, weights: Weights | None = None) -> tuple[list[int], Array]:
    """The probability of each label for the words that may be part of a name.

    Args:
        words: the words of an article.
        weights: the bundled weights by default.

    Returns:
        The indices of the tokens that have a capital or a digit, or stand beside one; and a row for each.
    """
    import numpy as np

    weights = weights or load_weights()
    asked = np.flatnonzero(asked_tokens(words))
    inputs = np.concatenate([_word_vectors(words, weights), words.sites.astype(np.float32)], axis=1)
    hidden = np.maximum(
        _windows(inputs, FIRST, np.arange(len(inputs))) @ weights.first + weights.first_bias, 0
    )
    hidden = np.concatenate([hidden, *_pooled(words.groups, hidden)], axis=1)
    windows = _windows(hidden, SECOND, asked)
    scores = (
        np.maximum(windows @ weights.second + weights.second_bias, 0) @ weights.output + weights.output_bias
    )
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return asked.tolist(), odds / odds.sum(axis=1, keepdims=True)


def _windows(rows: Any, reach: int, at: Any) -> Any:
    """Some rows, each beside the rows around it; zeros stand before the first and after the last.

    `at` are the indices of the rows.
    """
    import numpy as np

    padded = np.pad(rows, ((reach, reach), (0, 0)))
    return np.concatenate([padded[at + step] for step in range(2 * reach + 1)], axis=1)


def _pooled(groups: Any, hidden: Any) -> tuple[Any, Any]:
    """For each row, the mean and the greatest values over the rows of its group; zeros if it has none."""
    import numpy as np

    mean, most = np.zeros_like(hidden), np.zeros_like(hidden)
    members = np.flatnonzero(groups >= 0)
    if len(members):
        order = members[np.argsort(groups[members], kind="stable")]
        starts = np.flatnonzero(np.r_[True, np.diff(groups[order]) > 0])
        counts = np.diff(np.r_[starts, len(order)])
        mean[order] = np.repeat(
            np.add.reduceat(hidden[order], starts, axis=0) / counts[:, None], counts, axis=0
        )
        most[order] = np.repeat(np.maximum.reduceat(hidden[order], starts, axis=0), counts, axis=0)
    return mean, most
