"""The network of the name tagger: from the words of an article to a probability of each label for each word.

A word's vector is the sum of the rows of its features (`tagger_words`) beside a word vector, where it has
one. Two layers read the words around it. Between them the article is pooled: a word is also given the mean
and the greatest of what the first layer found wherever the article has the same word, so that "Mr Kato" in
one sentence tells what "Kato" is in the next. Needs numpy alone; benchmarks/name_tagger trains the weights
with the same layers in PyTorch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import attrs

from quoteattr.lexicon import DATA
from quoteattr.names.tagger_words import SITE_FEATURES, ArticleWords, word_features

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

FIRST, SECOND = 2, 2
"""Words on each side that the first and the second layer read."""
_BLOCK = 4_096
"""Tokens that the second layer reads at once: 16 MB. An article has some 400 of them."""
_CACHED = 20_000
"""Words whose share in the first layer is cached: 25 MB. Those that come when it is full are read anew."""


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
    """What words that were seen add to the first layer."""


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


def _shares_of(new: Sequence[str], weights: Weights) -> Any:
    """What some words add to the first layer at each distance from them: a row for each word and distance.

    A word's own vector is the sum of its features' rows, its word vector or zeros, and whether it is common.
    """
    import numpy as np

    features = [word_features(word) for word in new]
    starts = np.cumsum([0, *(len(rows) for rows in features[:-1])])
    chosen = weights.table[np.fromiter(chain.from_iterable(features), np.intp)]
    summed = np.add.reduceat(chosen, starts, axis=0, dtype=np.float32) * weights.table_scale
    keys = np.array([key_of(word) for word in new], np.uint32)
    found = _positions(keys, weights.keys)
    known = weights.vectors[weights.rows[found]] * weights.vector_scale * (found >= 0)[:, None]
    common = (_positions(keys, weights.common) >= 0)[:, None]
    vectors = np.concatenate([summed, known, common], axis=1, dtype=np.float32)
    return np.einsum("wv,dvh->wdh", vectors, _by_distance(weights)[:, :-SITE_FEATURES], optimize=True)


def _by_distance(weights: Weights) -> Any:
    """The first layer by the distance of the words that it reads."""
    return weights.first.reshape(2 * FIRST + 1, -1, weights.first.shape[1])


def _positions(keys: Any, known: Any) -> Any:
    """Where each of some hashes stands among sorted ones; -1 for those that are not among them."""
    import numpy as np

    at = np.minimum(known.searchsorted(keys), len(known) - 1)
    return np.where(known[at] == keys, at, -1)


def is_common_word(word: str, weights: Weights | None = None) -> bool:
    """Whether a word is an English word that is written in small letters; its own capitals do not count.

    >>> is_common_word("Asking"), is_common_word("Zameer")
    (True, False)
    """
    common = (weights or load_weights()).common
    at = int(common.searchsorted(key_of(word)))
    return bool(at < len(common) and common[at] == key_of(word))


def _first_layer(words: ArticleWords, weights: Weights) -> Any:
    """The output of the first layer for each token."""
    import numpy as np

    known = weights.known
    new = [word for word in words.distinct if word not in known]
    made = dict(zip(new, _shares_of(new, weights), strict=True)) if new else {}
    if len(known) + len(made) <= _CACHED:
        known.update(made)
    shares = np.concatenate([made[word] if word in made else known[word] for word in words.distinct])
    shares = shares.reshape(len(words.distinct), 2 * FIRST + 1, -1)
    of_sites = _by_distance(weights)[:, -SITE_FEATURES:].reshape(-1, shares.shape[2])
    sites = words.sites.astype(np.float32)
    scores = _windows(sites, FIRST, np.arange(len(sites))) @ of_sites + weights.first_bias
    for distance in range(-FIRST, FIRST + 1):  # the word that stands so far from the token
        here, there = max(0, -distance), max(0, distance)
        length = len(sites) - abs(distance)
        if length > 0:
            numbers = words.numbers[there : there + length]
            scores[here : here + length] += shares[numbers, distance + FIRST]
    return np.maximum(scores, 0)


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
    hidden = _first_layer(words, weights)
    article = (*_pooled(words.groups, hidden), np.pad(words.groups, SECOND, constant_values=-1))
    hidden = np.pad(hidden, ((SECOND, SECOND), (0, 0)))
    blocks = [asked[at : at + _BLOCK] for at in range(0, max(1, len(asked)), _BLOCK)]
    odds = np.concatenate([_second_layer(block, hidden, article, weights) for block in blocks])
    return asked.tolist(), odds


def _second_layer(asked: Any, hidden: Any, article: tuple[Any, Any, Any], weights: Weights) -> Any:
    """The probability of each label for some tokens.

    Args:
        asked: their indices.
        hidden: the output of the first layer, with rows of zeros before the first token and after the last.
        article: mean and greatest output of each group, and the group of each row of `hidden`.
        weights: the weights.
    """
    import numpy as np

    mean, most, groups = article
    rows = [asked + step for step in range(2 * SECOND + 1)]
    parts = [part for row in rows for part in (hidden[row], mean[groups[row]], most[groups[row]])]
    second = np.maximum(np.concatenate(parts, axis=1) @ weights.second + weights.second_bias, 0)
    scores = second @ weights.output + weights.output_bias
    odds = np.exp(scores - scores.max(axis=1, keepdims=True, initial=0.0))
    return odds / odds.sum(axis=1, keepdims=True)


def _windows(rows: Any, reach: int, at: Any) -> Any:
    """Some rows, each beside the rows around it; zeros stand before the first and after the last.

    `at` are the indices of the rows.
    """
    import numpy as np

    padded = np.pad(rows, ((reach, reach), (0, 0)))
    return np.concatenate([padded[at + step] for step in range(2 * reach + 1)], axis=1)


def _pooled(groups: Any, hidden: Any) -> tuple[Any, Any]:
    """The mean and the greatest values over the rows of each group; the last row, for no group, is zeros."""
    import numpy as np

    number = int(groups.max(initial=-1)) + 1
    mean, most = (np.zeros((number + 1, hidden.shape[1]), np.float32) for _ in range(2))
    members = np.flatnonzero(groups >= 0)
    if len(members):
        order = members[np.argsort(groups[members], kind="stable")]
        starts = np.flatnonzero(np.r_[True, np.diff(groups[order]) > 0])
        counts = np.diff(np.r_[starts, len(order)])
        of = groups[order][starts]
        mean[of] = np.add.reduceat(hidden[order], starts, axis=0) / counts[:, None]
        most[of] = np.maximum.reduceat(hidden[order], starts, axis=0)
    return mean, most
