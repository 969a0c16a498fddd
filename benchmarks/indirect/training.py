"""Trains the tagger of reports in PyTorch, and writes the weights that `quoteattr.indirect.tagger` reads."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.indirect.sites import LabelledSite

FEATURE, FIRST, SECOND = 64, 56, 40
"""Numbers of a feature's vector, and of each direction of the first and the second layer. With 72, 64 and 48,
trained on all articles, the F1 on dev was .785, not .791."""
LEAST_WORDS = 20
"""Words of the training articles that a feature must have."""
EPOCHS, BATCH, RATE, WARM_UP = 24, 48, 3e-3, 200
"""Rounds over the sites, sites of a batch, highest learning rate, and steps until it is reached. With 14
rounds the F1 of articles left out was .008 lower."""
DROPPED, DROPPED_FEATURES = 0.35, 0.1
"""Shares of states and of features that are dropped."""
AVERAGED = 0.998
"""Share of the mean weights that each step keeps. The means are written."""
LABELS = 3
NOISE = 4.0
"""Sites whose lengths differ by less come in random order."""

Encoded = tuple[Tensor, Tensor, float]
"""The numbers of the features of each word, padded with 0; the labels; the weight."""


class Network(nn.Module):
    """The layers of `quoteattr.indirect.tagger`."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.table = nn.Embedding(features + 1, FEATURE, padding_idx=0)
        nn.init.normal_(self.table.weight, 0, 0.15)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.first = nn.LSTM(FEATURE, FIRST, bidirectional=True, batch_first=True)
        self.second = nn.LSTM(2 * FIRST, SECOND, bidirectional=True, batch_first=True)
        self.output = nn.Linear(2 * SECOND, LABELS)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.start = nn.Parameter(torch.zeros(LABELS))
        self.dropout = nn.Dropout(DROPPED)

    def forward(self, numbers: Tensor, lengths: Tensor) -> Tensor:
        """The score of each label for each word."""
        states = self.dropout(torch.tanh(self.table(numbers).sum(2)))
        for layer in (self.first, self.second):
            packed = nn.utils.rnn.pack_padded_sequence(
                states, lengths, batch_first=True, enforce_sorted=False
            )
            states = self.dropout(nn.utils.rnn.pad_packed_sequence(layer(packed)[0], batch_first=True)[0])
        scores: Tensor = self.output(states)
        return scores

    def loss(self, scores: Tensor, labels: Tensor, lengths: Tensor) -> Tensor:
        """The negative logarithm of the probability of the labels of each sentence."""
        rows = torch.arange(len(labels))
        every = self.start + scores[:, 0]
        right = self.start[labels[:, 0]] + scores[rows, 0, labels[:, 0]]
        for step in range(1, labels.shape[1]):
            active = lengths > step
            then = torch.logsumexp(every[:, :, None] + self.transitions, 1) + scores[:, step]
            every = torch.where(active[:, None], then, every)
            gain = (
                self.transitions[labels[:, step - 1], labels[:, step]] + scores[rows, step, labels[:, step]]
            )
            right = right + gain * active
        return torch.logsumexp(every, 1) - right


def train(sites: Sequence[LabelledSite], path: Path, *, seed: int = 0) -> None:
    """Trains on some sites and writes the weights, on one thread."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    random.seed(seed)
    counts = Counter(f for s in sites for i in range(len(s.labels)) for f in set(s.features.of_word(i)))
    features = sorted(feature for feature, count in counts.items() if count >= LEAST_WORDS)
    numbers = {feature: number for number, feature in enumerate(features, 1)}
    data = [_encoded(site, numbers) for site in sites]
    network = Network(len(features))
    mean = {name: value.detach().clone() for name, value in network.state_dict().items()}
    steps = EPOCHS * -(-len(data) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    for step, batch in enumerate(_batches(data)):
        optimizer.zero_grad()
        value = _batch_loss(network, batch)
        value.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        _average(mean, network, min(AVERAGED, (2 + step) / (11 + step)))
        if step % 400 == 0:
            print(f"step {step} of {steps}: {value.item():.3f}", flush=True)
    write_weights(features, mean, path)


def _rate(step: int, steps: int) -> float:
    return min(1.0, step / WARM_UP) * max(0.02, 0.5 * (1 + cos(pi * min(1.0, step / steps))))


def _encoded(site: LabelledSite, numbers: dict[str, int]) -> Encoded:
    rows = [
        [numbers[feature] for feature in site.features.of_word(index) if feature in numbers]
        for index in range(len(site.labels))
    ]
    padded = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for row, known in zip(padded, rows, strict=True):
        row[: len(known)] = torch.tensor(known, dtype=torch.long)
    return padded, torch.tensor(site.labels), site.weight


def _batches(data: Sequence[Encoded]) -> Iterator[list[Encoded]]:
    """Yields the batches of all rounds; a batch has sentences of about the same length."""
    for _ in range(EPOCHS):
        order = sorted(data, key=lambda one: len(one[1]) + random.random() * NOISE)
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        random.shuffle(batches)
        yield from batches


def _batch_loss(network: Network, batch: Sequence[Encoded]) -> Tensor:
    lengths = torch.tensor([len(labels) for _, labels, _ in batch])
    numbers = torch.zeros(len(batch), int(lengths.max()), max(n.shape[1] for n, _, _ in batch)).long()
    labels = torch.zeros(len(batch), int(lengths.max())).long()
    for row, (known, given, _) in enumerate(batch):
        numbers[row, : known.shape[0], : known.shape[1]] = known
        labels[row, : len(given)] = given
    numbers = numbers * (torch.rand(numbers.shape) > DROPPED_FEATURES)
    weights = torch.tensor([weight for _, _, weight in batch])
    loss: Tensor = (network.loss(network(numbers, lengths), labels, lengths) * weights).mean()
    return loss


@torch.no_grad()
def _average(mean: dict[str, Tensor], network: Network, kept: float) -> None:
    for name, value in network.state_dict().items():
        mean[name].mul_(kept).add_(value, alpha=1 - kept)


def write_weights(features: Sequence[str], state: Mapping[str, Tensor], path: Path) -> None:
    """Writes the state of a network as the file that the tagger reads."""
    weights: dict[str, Any] = {name: value.numpy() for name, value in state.items()}
    stored = {
        "table": weights["table.weight"][1:],
        "output": weights["output.weight"],
        "output_bias": weights["output.bias"],
        "transitions": weights["transitions"],
        "start": weights["start"],
    }
    for layer in ("first", "second"):
        for suffix, way in (("", "forward"), ("_reverse", "backward")):
            stored[f"{layer}.{way}.input"] = weights[f"{layer}.weight_ih_l0{suffix}"]
            stored[f"{layer}.{way}.state"] = weights[f"{layer}.weight_hh_l0{suffix}"]
            biases = (weights[f"{layer}.bias_{side}_l0{suffix}"] for side in ("ih", "hh"))
            stored[f"{layer}.{way}.bias"] = sum(biases)
    names = np.frombuffer("\n".join(features).encode(), np.uint8)
    halves = {name: value.astype(np.float16) for name, value in stored.items()}
    np.savez_compressed(path, features=names, **halves)
    print(f"{path}: {sum(value.size for value in stored.values()):,} numbers")
