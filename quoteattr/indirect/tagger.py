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
class Weights:
    """The trained weights."""

    features: dict[str, int]
    """The row of each feature in `table`."""
    table: Any
    """A vector for each feature."""
    layers: tuple[tuple[Any, Any, Any], ...]
    """For each layer and direction the weights of the input and of the state, and the constant."""
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
    layers = tuple(
        (value[f"{layer}.input"].T.copy(), value[f"{layer}.state"].T.copy(), value[f"{layer}.bias"])
        for layer in ("first.forward", "first.backward", "second.forward", "second.backward")
    )
    return Weights(
        {name: row for row, name in enumerate(names)},
        value["table"],
        layers,
        value["output"].T.copy(),
        value["output_bias"],
        value["transitions"],
        value["start"],
    )


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
    for at in (0, 2):
        forward, backward = weights.layers[at : at + 2]
        turned = _reversed(states, lengths)
        back = _reversed(_read(turned, lengths, *backward), lengths)
        states = np.concatenate([_read(states, lengths, *forward), back], axis=2)
    scores = states @ weights.output + weights.output_bias
    return best_paths(scores, lengths, weights.transitions, weights.start)


def _reversed(states: Array, lengths: Any) -> Array:
    """The rows of each sentence in the opposite order."""
    import numpy as np

    steps = np.arange(states.shape[1])
    order = np.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)
    turned: Array = np.take_along_axis(states, order[:, :, None], axis=1)
    return turned


def _read(vectors: Array, lengths: Any, of_input: Any, of_state: Any, bias: Any) -> Array:
    """The output of one LSTM for sentences, the longest first."""
    import numpy as np

    width = of_state.shape[0]
    given = vectors @ of_input + bias
    states: Array = np.zeros((*vectors.shape[:2], width), np.float32)
    state, cell = np.zeros((2, len(vectors), width), np.float32)
    for step in range(vectors.shape[1]):
        active = int((lengths > step).sum())
        gates = given[:active, step] + state[:active] @ of_state
        opened = 1 / (1 + np.exp(-gates))  # the third quarter is not a gate
        taken, kept, _, shown = np.split(opened, 4, axis=1)
        new = np.tanh(gates[:, 2 * width : 3 * width])
        cell[:active] = kept * cell[:active] + taken * new
        state[:active] = shown * np.tanh(cell[:active])
        states[:active, step] = state[:active]
    return states


__all__ = ["SentenceFeatures", "TaggedSite", "Weights", "load_weights", "read_weights", "tag_sites"]
