"""Tags the words of a sentence for one word of saying in it: reported, the speaker, or neither.

Two layers of LSTM read the words in both directions, and a chain of labels is scored over their output
(a linear-chain CRF): Huang, Xu and Yu, "Bidirectional LSTM-CRF Models for Sequence Tagging" (2015). Needs
numpy alone; benchmarks/indirect trains the weights with the same layers in PyTorch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from quoteattr.indirect.labels import CONTENT, SOURCE, best_paths
from quoteattr.indirect.labels import Path as LabelPath
from quoteattr.indirect.tag_features import SentenceFeatures, SiteFeatures
from quoteattr.lexicon import DATA

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

_BATCH = 64
"""Sites that are read at once, of similar length."""


@attrs.frozen
class TaggedSite:
    """What the tagger decides for one word of saying."""

    content: tuple[int, ...]
    """The indexes of the reported words, at least one, if anything is reported."""
    source: tuple[int, ...]
    """The indexes of the words that name the speaker."""
    probability: float
    """Probability that anything is reported."""
    certainty: float
    """Probability that exactly these words are reported, by exactly this speaker."""


@attrs.frozen(eq=False)
class Layer:
    """The weights of one layer: of its input, of its state, and the constant, each for both directions. The
    columns are those of three gates (input, forget, output) and the new value."""

    input: Any
    state: Any
    bias: Any


@attrs.frozen(eq=False)
class Weights:
    """The trained weights."""

    features: dict[str, int]
    """The row of each feature in `table`."""
    table: Any
    """A vector for each feature."""
    layers: tuple[Layer, ...]
    """The first and the second layer."""
    output: Any
    """The last layer."""
    output_bias: Any
    """Its constant."""
    transitions: Any
    """The score of each label after each other one."""
    start: Any
    """The score of each label at the start."""


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    return read_weights(DATA / "report_tagger.npz")


def read_weights(path: Path) -> Weights:
    """The weights in a file."""
    import numpy as np

    with np.load(path) as stored:
        names = bytes(stored["features"]).decode().split("\n")
        value = {name: stored[name].astype(np.float32) for name in stored.files if name != "features"}
    layers = tuple(_layer(value, name) for name in ("first", "second"))
    return Weights(
        {name: row for row, name in enumerate(names)},
        value["table"],
        layers,
        value["output"].T.copy(),
        value["output_bias"],
        value["transitions"],
        value["start"],
    )


def _layer(value: dict[str, Array], name: str) -> Layer:
    """A layer, whose gates PyTorch stores as input, forget, new value, output."""
    import numpy as np

    def stacked(part: str) -> Array:
        ways = [np.split(value[f"{name}.{way}.{part}"], 4) for way in ("forward", "backward")]
        return np.stack([np.concatenate([i, f, o, new]).T for i, f, new, o in ways]).copy()

    return Layer(stacked("input"), stacked("state"), stacked("bias"))


def tag_sites(sites: Sequence[SiteFeatures], weights: Weights | None = None) -> list[TaggedSite]:
    """Tags the words around some words of saying.

    Args:
        sites: the features of their sentences.
        weights: the bundled weights by default.

    Returns:
        For each site, the likeliest tags that report at least one word, and how probable they are.
    """
    weights = weights or load_weights()
    own: dict[int, Array] = {}
    found: dict[int, TaggedSite] = {}
    order = sorted(range(len(sites)), key=lambda n: -len(sites[n].words))
    for at in range(0, len(order), _BATCH):
        batch = order[at : at + _BATCH]
        paths = _paths([_vectors(sites[n], own, weights) for n in batch], weights)
        found.update((n, _tagged(path)) for n, path in zip(batch, paths, strict=True))
    return [found[n] for n in range(len(sites))]


def _tagged(path: LabelPath) -> TaggedSite:
    content = tuple(at for at, label in enumerate(path.labels) if label == CONTENT)
    source = tuple(at for at, label in enumerate(path.labels) if label == SOURCE)
    return TaggedSite(content, source, path.some, path.probability)


def _vectors(site: SiteFeatures, own: dict[int, Array], weights: Weights) -> Array:
    """The vector of each word of a site: the sum of the vectors of its features. `own` has the sums of those
    that do not depend on the cue, by sentence."""
    import numpy as np

    if id(site.own) not in own:
        own[id(site.own)] = _sums(site.own.words, weights)
    shared = _sums([site.shared], weights)
    vectors: Array = np.tanh(own[id(site.own)] + shared + _sums(site.words, weights))
    return vectors


def _sums(rows: Iterable[Sequence[str]], weights: Weights) -> Array:
    """For each row of features the sum of their vectors; unknown features have none."""
    import numpy as np

    known = weights.features
    numbers = [[known[name] for name in row if name in known] for row in rows]
    sums: Array = np.zeros((len(numbers), weights.table.shape[1]), np.float32)
    filled = [at for at, row in enumerate(numbers) if row]
    starts = np.cumsum([0, *(len(numbers[at]) for at in filled[:-1])])
    if filled:
        chosen = weights.table[list(chain.from_iterable(numbers))]
        sums[filled] = np.add.reduceat(chosen, starts, axis=0)
    return sums


def _paths(sentences: Sequence[Array], weights: Weights) -> list[LabelPath]:
    """The best labels of some sentences, the longest first."""
    import numpy as np

    lengths = np.array([len(vectors) for vectors in sentences])
    states: Array = np.zeros((len(sentences), lengths[0], sentences[0].shape[1]), np.float32)
    for row, vectors in enumerate(sentences):
        states[row, : len(vectors)] = vectors
    active = (lengths[:, None] > np.arange(lengths[0])).sum(axis=0).tolist()
    for layer in weights.layers:
        states = _read(states, lengths, active, layer)
    scores = states @ weights.output + weights.output_bias
    return best_paths(scores, lengths, weights.transitions, weights.start)


def _reversed(states: Array, lengths: Any) -> Array:
    """The rows of each sentence in the opposite order."""
    import numpy as np

    steps = np.arange(states.shape[1])
    order = np.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)
    turned: Array = states[np.arange(len(states))[:, None], order]
    return turned


def _read(vectors: Array, lengths: Any, active: Sequence[int], layer: Layer) -> Array:
    """The output of a layer, both directions side by side, for sentences, the longest first.

    Args:
        vectors: of each word of each sentence.
        lengths: the words of each sentence.
        active: for each step, the number of sentences that are as long.
        layer: the weights of both directions.
    """
    import numpy as np

    width = layer.state.shape[1]
    both = np.stack([vectors, _reversed(vectors, lengths)])
    given = (both @ layer.input[:, None] + layer.bias[:, None, None]).transpose(2, 0, 1, 3).copy()
    states: Array = np.zeros((2, *vectors.shape[:2], width), np.float32)
    state, cell = np.zeros((2, 2, len(vectors), width), np.float32)
    for step, number in enumerate(active):
        gates = given[step, :, :number] + state[:, :number] @ layer.state
        opened = 1 / (1 + np.exp(-gates[..., : 3 * width]))
        taken, kept, shown = (opened[..., at * width : (at + 1) * width] for at in range(3))
        cell[:, :number] = kept * cell[:, :number] + taken * np.tanh(gates[..., 3 * width :])
        state[:, :number] = shown * np.tanh(cell[:, :number])
        states[:, :number, step] = state[:, :number]
    return np.concatenate([states[0], _reversed(states[1], lengths)], axis=2)


__all__ = ["SentenceFeatures", "TaggedSite", "Weights", "load_weights", "read_weights", "tag_sites"]
