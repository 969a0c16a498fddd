"""Trains the name tagger: labelled articles, half of them renamed anew in each round, and composed ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import torch
from torch import nn

from benchmarks.name_tagger.corpora import LABELS, Document
from benchmarks.name_tagger.generator import Composer
from benchmarks.name_tagger.network import Batch, Network, Words, export
from benchmarks.name_tagger.renaming import Renamer
from benchmarks.name_tagger.word_vectors import WordVectors
from quoteattr.names.tagger_network import asked_tokens
from quoteattr.names.tagger_words import BREAK, ROWS, article_words, word_features

SEED = 17
"""Any fixed number: the same articles and number of threads give the same weights."""
RENAMED = 0.5
"""Share of the labelled articles that get other names in a round."""
SENTENCES = (8, 25)
"""Fewest and most sentences of a composed article."""
BATCH = 4_000
"""Tokens of a batch."""
STEP, LAST_STEP = 3e-3, 2e-5
"""Learning rate at the start and at the end; it falls evenly."""
MOST_FEATURES = 24
"""Features of a word that are kept; few words have more than 12."""


@attrs.frozen
class Encoded:
    """The rows of one article."""

    words: list[int]
    sites: list[list[float]]
    groups: list[int]
    labels: list[int]
    asked: list[bool]


class Encoder:
    """Numbers the words of all articles."""

    def __init__(self, vectors: WordVectors) -> None:
        self._vectors = vectors
        self._numbers: dict[str, int] = {}
        self._features: list[list[int]] = []
        self._rows: list[int] = []
        self._common: list[list[float]] = []

    def encode(self, document: Document) -> Encoded:
        """The rows of an article; line breaks at its end keep it apart from the next."""
        tokens = [*document.tokens, *(BREAK,) * 3]
        words = article_words(tokens)
        labels = [LABELS.index(label) for label in document.labels] + [0] * 3
        return Encoded(
            [self._number(token) for token in tokens],
            words.sites.astype(float).tolist(),
            words.groups.tolist(),
            labels,
            asked_tokens(words).tolist(),
        )

    def words(self) -> Words:
        """All words so far."""
        return Words(torch.tensor(self._features), torch.tensor(self._rows), torch.tensor(self._common))

    def _number(self, word: str) -> int:
        if word not in self._numbers:
            self._numbers[word] = len(self._numbers)
            features = list(word_features(word))[:MOST_FEATURES]
            self._features.append(features + [ROWS] * (MOST_FEATURES - len(features)))
            self._rows.append(self._vectors.row(word))
            self._common.append([float(self._vectors.is_common(word))])
        return self._numbers[word]


def train(
    documents: Sequence[Document], vectors: WordVectors, out: Path, *, rounds: int, composed: int
) -> None:
    """Trains on labelled articles and writes the weights after each round.

    Args:
        documents: labelled articles; those without a name are left out.
        vectors: the word vectors.
        out: the file of the weights.
        rounds: how often every article is read.
        composed: articles that are composed for each round.
    """
    torch.manual_seed(SEED)
    draw, composer = random.Random(SEED), Composer(SEED)
    renamer, encoder, network = Renamer(composer, draw), Encoder(vectors), Network(vectors)
    named = [document for document in documents if set(document.labels) != {"O"}]
    fixed = [encoder.encode(document) for document in named]
    optimizer = torch.optim.Adam(network.parameters(), lr=STEP)
    for number in range(rounds):
        articles = [
            encoder.encode(renamer.rename(document)) if draw.random() < RENAMED else encoded
            for document, encoded in zip(named, fixed, strict=True)
        ]
        articles += [encoder.encode(composer.article(draw.randint(*SENTENCES))) for _ in range(composed)]
        draw.shuffle(articles)
        loss = _round(network, optimizer, list(_batches(articles)), encoder.words(), number / rounds, rounds)
        print(f"round {number + 1}: loss {loss:.4f}", flush=True)
        export(network, vectors, out)


def _round(
    network: Network,
    optimizer: torch.optim.Optimizer,
    batches: Sequence[Batch],
    words: Words,
    done: float,
    rounds: int,
) -> float:
    """Reads every batch once; the mean loss. `done` is the share of the training before it."""
    network.train()
    total = 0.0
    for at, batch in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = STEP * (1 - done - at / len(batches) / rounds) + LAST_STEP
        loss = nn.functional.cross_entropy(network(batch, words), batch.labels[batch.asked])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        total += loss.item()
    return total / len(batches)


def _batches(articles: Sequence[Encoded]) -> Iterator[Batch]:
    inside: list[Encoded] = []
    for article in articles:
        inside.append(article)
        if sum(len(one.words) for one in inside) >= BATCH:
            yield _batch(inside)
            inside = []
    if inside:
        yield _batch(inside)


def _batch(articles: Sequence[Encoded]) -> Batch:
    groups: list[int] = []
    for article in articles:
        before = max(groups, default=-1) + 1
        groups += [group + before if group >= 0 else -1 for group in article.groups]
    return Batch(
        torch.tensor([word for article in articles for word in article.words]),
        torch.tensor([site for article in articles for site in article.sites], dtype=torch.float32),
        torch.tensor(groups),
        torch.tensor([label for article in articles for label in article.labels]),
        torch.tensor([asked for article in articles for asked in article.asked]),
    )
