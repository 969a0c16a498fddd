"""The layers of `quoteattr.names.tagger_network` in PyTorch, to be trained, and how they are written down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs
import numpy as np
import torch
from torch import nn

from benchmarks.name_tagger.corpora import LABELS
from benchmarks.name_tagger.word_vectors import WordVectors
from quoteattr.names.tagger_network import FIRST, SECOND
from quoteattr.names.tagger_words import ROWS, SITE_FEATURES

COLUMNS = 64
"""Columns of the table of features: with 16,384 rows a megabyte as int8."""
HIDDEN = 64
"""Outputs of each layer; 96 were no better on wide_dev."""
DROPOUT = 0.15
FORGET_WORD, FORGET_FEATURE, FORGET_VECTOR = 0.4, 0.05, 0.15
"""Shares of the words, features and word vectors that are left out while training, so that the network
learns to do without them: names are seldom known."""


@attrs.frozen(eq=False)
class Batch:
    """The tokens of some articles in a row."""

    words: torch.Tensor
    """The number of each token's word."""
    sites: torch.Tensor
    """As in `ArticleWords`."""
    groups: torch.Tensor
    """As in `ArticleWords`, numbered through the articles."""
    labels: torch.Tensor
    """The number of each token's label."""
    asked: torch.Tensor
    """For each token, whether it is labelled at all."""


@attrs.frozen(eq=False)
class Words:
    """All words of the training articles."""

    features: torch.Tensor
    """The rows of each word's features, filled up with `ROWS`."""
    vectors: torch.Tensor
    """The row of each word's vector."""
    common: torch.Tensor
    """For each word, whether it is common: a column of zeros and ones."""


class Network(nn.Module):
    """The tagger's layers."""

    def __init__(self, vectors: WordVectors) -> None:
        super().__init__()
        known = np.vstack([vectors.rows * vectors.scale, np.zeros((1, vectors.rows.shape[1]))])
        self.known = torch.tensor(known, dtype=torch.float32)
        width = COLUMNS + self.known.shape[1] + 1 + SITE_FEATURES
        self.table = nn.Embedding(ROWS + 1, COLUMNS, padding_idx=ROWS)
        nn.init.normal_(self.table.weight, std=0.1)
        self.table.weight.data[ROWS] = 0
        self.first = nn.Linear((2 * FIRST + 1) * width, HIDDEN)
        self.second = nn.Linear((2 * SECOND + 1) * 3 * HIDDEN, HIDDEN)
        self.output = nn.Linear(HIDDEN, len(LABELS))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, batch: Batch, words: Words) -> torch.Tensor:
        """Scores of the labels, a row for each token that is labelled."""
        distinct, inverse = torch.unique(batch.words, return_inverse=True)
        inputs = self.drop(self._vectors(words, distinct))[inverse]
        hidden = torch.relu(self.first(windows(torch.cat([inputs, batch.sites], 1), FIRST)))
        hidden = self.drop(torch.cat([hidden, *pooled(batch.groups, hidden)], 1))
        scores: torch.Tensor = self.output(
            self.drop(torch.relu(self.second(windows(hidden, SECOND)[batch.asked])))
        )
        return scores

    def _vectors(self, words: Words, distinct: torch.Tensor) -> torch.Tensor:
        features, known = words.features[distinct], self.known[words.vectors[distinct]]
        if self.training:
            features = features.clone()
            features[torch.rand(len(distinct)) < FORGET_WORD, 0] = ROWS
            features[torch.rand(features.shape) < FORGET_FEATURE] = ROWS
            known = known * (torch.rand(len(distinct), 1) > FORGET_VECTOR)
        return torch.cat([self.table(features).sum(1), known, words.common[distinct]], 1)


def windows(rows: torch.Tensor, reach: int) -> torch.Tensor:
    """Each row beside the rows around it."""
    padded = nn.functional.pad(rows, (0, 0, reach, reach))
    return torch.cat([padded[at : at + len(rows)] for at in range(2 * reach + 1)], 1)


def pooled(groups: torch.Tensor, hidden: torch.Tensor) -> Sequence[torch.Tensor]:
    """For each row, the mean and the greatest values over the rows of its group; zeros if it has none."""
    number, inside = int(groups.max()) + 1, groups >= 0
    members, rows = groups[inside], hidden[inside]
    counts = torch.zeros(number).index_add(0, members, torch.ones(len(members))).clamp(min=1)
    mean = torch.zeros(number, hidden.shape[1]).index_add(0, members, rows) / counts[:, None]
    most = torch.zeros(number, hidden.shape[1]).scatter_reduce(
        0, members[:, None].expand(-1, hidden.shape[1]), rows, "amax"
    )
    at = groups.clamp(min=0)
    return mean[at] * inside[:, None], most[at] * inside[:, None]


def export(network: Network, vectors: WordVectors, path: Path) -> None:
    """Writes the weights as the tagger reads them."""
    table = network.table.weight.detach().numpy()[:ROWS]
    scale = np.abs(table).max(axis=0) / 127
    layers = {"first": network.first, "second": network.second, "output": network.output}
    halves = {name: layer.weight.detach().numpy().T.astype(np.float16) for name, layer in layers.items()}
    halves |= {
        f"{name}_bias": layer.bias.detach().numpy().astype(np.float16) for name, layer in layers.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        table=np.round(table / scale).astype(np.int8),
        table_scale=scale.astype(np.float32),
        common=vectors.common,
        keys=vectors.keys,
        rows=vectors.row_of,
        vectors=vectors.rows,
        vector_scale=vectors.scale.astype(np.float32),
        **halves,  # type: ignore[arg-type]
    )
