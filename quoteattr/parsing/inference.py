"""The bundled tagger, lemmatizer and parser, computed from the weights that Stanza saved.

With sentences as short as those of frames, Stanza's own code spends most of its time on padding and copying.
Here nothing is padded, and relations are scored only for the arcs of the tree. The results are Stanza's,
apart from rounding; a test compares the two.

Source: Dozat and Manning, "Deep Biaffine Attention for Neural Dependency Parsing" (ICLR 2017);
https://stanfordnlp.github.io/stanza
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from quoteattr.parsing.layers import (
    EmbeddingCache,
    FormEmbeddings,
    HighwayLSTM,
    Packing,
    Vocabulary,
    Weights,
    load_weights,
    unit_number,
)
from quoteattr.parsing.spanning_tree import Matrix, maximum_spanning_tree

Rows = Sequence[Sequence[str]]
"""One string for each word of each sentence."""
Analysis = tuple[str, str, str, int, str]
"""Lemma, universal tag, Penn tag, number of the head (from 1; 0 for the root) and relation of a word."""

_SPECIAL = 4
"""Units at the start of each of Stanza's vocabularies: padding, unknown, empty and root."""

_BATCH_WORDS = 2_000
"""Words in a batch: the fastest of 1,000, 2,000 and 3,000, by a twelfth. Small batches use the processor less
well; the memory of large ones is returned to the system and requested again each time."""


class Tagger:
    """Tags words with parts of speech."""

    def __init__(self, saved: Mapping[str, Any], vectors: Mapping[str, Any]) -> None:
        weights: Weights = saved["model"]
        self._forms = FormEmbeddings(saved, vectors)
        self._layer = HighwayLSTM(weights, "taggerlstm", 0)
        self._project_words = EmbeddingCache(
            self._project, self._layer.width, weights["upos_hid.bias"].device
        )
        self._hidden = weights["upos_hid.weight"], weights["upos_hid.bias"]
        self._heads = [
            (weights[f"{head}.weight"], weights[f"{head}.bias"], saved["vocab"][column]["_id2unit"])
            for head, column in (("upos_clf", "upos"), ("tag_clf.xpos", "xpos"))
        ]

    def __call__(self, sentences: Rows) -> tuple[Rows, Rows]:
        """Returns the universal tags and the Penn tags of the words of each sentence."""
        lengths = [len(sentence) for sentence in sentences]
        read = self._project_words([word for sentence in sentences for word in sentence])
        states = self._layer(read, Packing(lengths, read.device))
        hidden = functional.linear(states, *self._hidden).relu_()
        universal, penn = (
            [tags[number] for number in functional.linear(hidden, weight, bias).argmax(1).tolist()]
            for weight, bias, tags in self._heads
        )
        return split_by_length(universal, lengths), split_by_length(penn, lengths)

    def _project(self, forms: list[str]) -> Tensor:
        return self._layer.project(torch.cat(self._forms(forms), dim=1))


class Lemmatizer:
    """Looks up dictionary forms; a word that the dictionary lacks is its own lemma."""

    def __init__(self, saved: Mapping[str, Any]) -> None:
        self._by_tag: dict[str, dict[str, str]] = json.loads(gzip.decompress(saved["dicts"]))
        self._any_tag = self._by_tag.get("*", {})

    def __call__(self, word: str, tag: str) -> str:
        """Returns the lemma of a word with a universal tag."""
        return self._by_tag.get(tag, {}).get(word) or self._any_tag.get(word) or word


class BiaffineParser:
    """Finds the head of each word and its relation to it."""

    def __init__(self, saved: Mapping[str, Any], vectors: Mapping[str, Any]) -> None:
        weights: Weights = saved["model"]
        vocabulary = saved["vocab"]
        self._forms = FormEmbeddings(saved, vectors)
        self._lemmas: Vocabulary = vocabulary["lemma"]["_unit2id"]
        self._tags: Vocabulary = vocabulary["upos"]["_unit2id"]
        self._relations: list[str] = vocabulary["deprel"]["_id2unit"][_SPECIAL:]
        self._lemma_vectors, self._tag_vectors = weights["lemma_emb.weight"], weights["upos_emb.weight"]
        self._first, self._second = (HighwayLSTM(weights, "parserlstm", layer) for layer in (0, 1))
        self._project_words = EmbeddingCache(self._project, self._first.width, self._tag_vectors.device)
        names = [f"{scorer}.{side}" for scorer in ("unlabeled", "deprel") for side in ("W1", "W2")]
        self._sides = (
            torch.cat([weights[f"{name}.weight"] for name in names]),
            torch.cat([weights[f"{name}.bias"] for name in names]),
        )
        self._arc_scorer = weights["unlabeled.scorer.W_bilin.weight"].flatten(1)
        # A relation that is never chosen makes the 51 relations 52: matrices of odd sizes take twice as long.
        relation, bias = weights["deprel.scorer.W_bilin.weight"], weights["deprel.scorer.W_bilin.bias"]
        self._relation_scorer = functional.pad(relation.transpose(0, 1), (0, 1)).flatten(1)
        self._relation_bias = functional.pad(bias, (0, 1), value=-torch.inf)

    def __call__(self, sentences: Rows, tags: Rows, lemmas: Rows) -> tuple[list[list[int]], Rows]:
        """Parses tagged sentences.

        Args:
            sentences: the words of each.
            tags: their universal tags.
            lemmas: their lemmas.

        Returns:
            The head of each word, numbered from 1 in its sentence, 0 for the root; and the relations.
        """
        lengths = [len(sentence) + 1 for sentence in sentences]
        ends = list(accumulate(lengths))
        read = self._project_words(list(zip(*map(_with_root, (sentences, tags, lemmas)), strict=True)))
        packing = Packing(lengths, read.device)
        states = self._second(self._second.project(self._first(read, packing)), packing)
        sides = functional.linear(states, *self._sides).relu_()
        ones = sides.new_ones(len(sides), 1)
        arc_word, arc_head, word, head = (torch.cat([side, ones], dim=1) for side in sides.chunk(4, dim=1))
        arc_words, arc_heads = (arc_word @ self._arc_scorer.squeeze()).cpu().numpy(), arc_head.cpu().numpy()
        trees = [
            maximum_spanning_tree(arc_words[end - length : end] @ arc_heads[end - length : end].T)
            for end, length in zip(ends, lengths, strict=True)
        ]
        chosen = np.concatenate(
            [tree + end - length for tree, end, length in zip(trees, ends, lengths, strict=True)]
        )
        relations = self._best_relations(word, head, chosen)
        return [tree[1:].tolist() for tree in trees], [row[1:] for row in split_by_length(relations, lengths)]

    def _project(self, words: list[tuple[str, str, str]]) -> Tensor:
        forms, tags, lemmas = zip(*words, strict=True)
        device = self._tag_vectors.device
        word, pretrained, spelled = self._forms(forms)
        lemma = torch.tensor([unit_number(self._lemmas, lemma.lower()) for lemma in lemmas], device=device)
        tag = torch.tensor([unit_number(self._tags, tag) for tag in tags], device=device)
        parts = pretrained, word, self._lemma_vectors[lemma], self._tag_vectors[tag], spelled
        return self._first.project(torch.cat(parts, dim=1))

    def _best_relations(self, words: Tensor, heads: Tensor, chosen: Matrix) -> list[str]:
        """The best relation of each word to its head.

        Args:
            words: vectors of the words as dependents.
            heads: vectors of the same words as heads.
            chosen: the row of each word's head.

        The scorer of a head is computed once for all dependents of the head, and heads with the same number
        of dependents are computed together. Three words in five have no dependents and need no scorer.
        """
        rows, owners, counts = np.unique(chosen, return_inverse=True, return_counts=True)
        best, width, relations = np.empty_like(chosen), words.shape[1], len(self._relation_bias)
        for count in np.unique(counts):
            scorers = (heads[rows[counts == count]] @ self._relation_scorer).view(-1, width, relations)
            below = np.flatnonzero(counts[owners] == count)
            below = below[np.argsort(owners[below], kind="stable")]
            scores = torch.bmm(words[below].view(-1, count, width), scorers).flatten(0, 1)
            best[below] = (scores + self._relation_bias).argmax(1).cpu()
        return [self._relations[number] for number in best.tolist()]


def split_by_length(values: Sequence[Any], lengths: Sequence[int]) -> list[Any]:
    """Splits values into consecutive parts of the given lengths."""
    return [values[end - length : end] for end, length in zip(accumulate(lengths), lengths, strict=True)]


def _with_root(rows: Rows) -> list[str]:
    """Joins the rows of all sentences. Each is preceded by an empty string for the root."""
    return [unit for row in rows for unit in ("", *row)]


class SentenceAnalyser:
    """Tagger, lemmatizer and parser together."""

    def __init__(self, folder: Path, device: str) -> None:
        def load(name: str) -> dict[str, Any]:
            return load_weights(folder / name / "compact.pt", device)

        vectors = load("pretrain")
        self._tagger = Tagger(load("pos"), vectors)
        self._lemmatize = Lemmatizer(load("lemma"))
        self._parser = BiaffineParser(load("depparse"), vectors)

    @torch.inference_mode()
    def __call__(self, sentences: Rows) -> list[list[Analysis]]:
        """Analyses sentences in batches.

        Args:
            sentences: the words of each; fastest if sentences of similar length follow one another.

        Returns:
            An analysis for each word of each sentence.
        """
        return [rows for batch in make_batches(sentences) for rows in self._analysed(batch)]

    def _analysed(self, batch: Rows) -> Iterator[list[Analysis]]:
        tags, penn = self._tagger(batch)
        lemmas = [list(map(self._lemmatize, *row)) for row in zip(batch, tags, strict=True)]
        heads, relations = self._parser(batch, tags, lemmas)
        for row in zip(lemmas, tags, penn, heads, relations, strict=True):
            yield list(zip(*row, strict=True))


def make_batches(sentences: Rows) -> Iterator[Rows]:
    """Yields sentences in batches of at most `_BATCH_WORDS` words. A longer sentence is a batch of its
    own."""
    start = length = 0
    for at, sentence in enumerate(sentences):
        if length and length + len(sentence) > _BATCH_WORDS:
            yield sentences[start:at]
            start, length = at, 0
        length += len(sentence)
    if length:
        yield sentences[start:]
