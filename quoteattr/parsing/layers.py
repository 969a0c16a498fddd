"""Layers of the bundled models: recurrent layers and word embeddings without padding.

The sentences of a batch are one after another in one tensor. Values that depend on a word only are computed
once and cached.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import regex
import torch
from torch import Tensor
from torch.nn import functional

from quoteattr.parallel import use_one_thread

Weights = Mapping[str, Tensor]
Vocabulary = Mapping[str, int]

_UNKNOWN, _ROOT = 1, 3
"""Numbers that each of Stanza's vocabularies gives to unknown units and to the root of a sentence."""

_CACHED_WORDS = 8_000
"""Words whose projections are cached, at 7 kB each in the tagger and 10 in the parser; a batch has fewer.
The dev articles of PolNeAR have 4,200 forms in 22,000 words of frames."""

_LONGEST_FORM = 100
"""Most characters of a form that are read. No English word has more. The rest of a longer form is ignored to
save time, because the characters are read one after the other."""

_SHOWN_REASON = 60
"""Characters of torch's reason that a message shows; it lists all devices after them."""

_MARKS = (
    (regex.compile(r"[?？︖﹖⁇][?？︖﹖⁇!！︕﹗‼]+"), "?"),
    (regex.compile(r"[!！︕﹗‼][?？︖﹖⁇!！︕﹗‼]+"), "!"),
)
"""Runs of marks that Stanza reads as one: "?!" as "?"."""


def check_device(device: str) -> None:
    """Raises a ValueError if torch cannot use a device on this machine."""
    try:
        torch.zeros(1, device=device).cpu()
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        reason = str(error).splitlines()[0][:_SHOWN_REASON]
        raise ValueError(
            f'device must be one that torch can use here, such as "cpu", got {device!r} ({reason})'
        ) from None


def load_weights(path: Path, device: str) -> dict[str, Any]:
    """Loads a file that Stanza saved, its weights as float32.

    Args:
        path: of the file.
        device: where the weights are put, in torch's terms: "cpu", "cuda".
    """
    saved: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    model = saved.get("model") or {}
    saved["model"] = {name: weight.to(device, torch.float32) for name, weight in model.items()}
    return saved


class Packing:
    """The order in which a recurrent layer reads the words of a batch.

    The first words of all sentences come first, sorted by the length of their sentences, then the second
    words, and so on. In the other direction, the last words come first, then the ones before them.
    """

    def __init__(self, lengths: Sequence[int], device: torch.device) -> None:
        ends = np.cumsum(lengths)
        longest_first = np.argsort(lengths, kind="stable")[::-1]
        lasts = ends[longest_first] - 1
        starts = (ends - lengths)[longest_first]
        sizes = np.searchsorted(-np.asarray(lengths)[longest_first], -np.arange(max(lengths)))
        steps = list(enumerate(sizes.tolist()))
        self.sizes = [size for _, size in steps]
        """The number of sentences that have a first word, the number of those that have a second word, and so
        on."""
        self.order = torch.from_numpy(np.concatenate([starts[:n] + step for step, n in steps])).to(device)
        self.reverse = torch.from_numpy(np.concatenate([lasts[:n] - step for step, n in steps])).to(device)


class HighwayLSTM:
    """A bidirectional LSTM with highway connections.

    Its input is projected in a separate step (`project`), which torch's LSTM does not allow. The projection
    for the first layer depends on the word only and is cached.

    tanh(x) is computed as 1 - 2 sigmoid(-2x), because torch's tanh takes five times as long as its sigmoid if
    MKL computes it on AMD processors. The factor -2 is part of the stored weights and of the cell.
    """

    def __init__(self, weights: Weights, name: str, layer: int) -> None:
        def lstm(kind: str) -> list[Tensor]:
            directions = (weights[f"{name}.lstm.{layer}.lstm.{kind}_l0{way}"] for way in ("", "_reverse"))
            return [_scale_cell_gate(direction) for direction in directions]

        def highway(kind: str) -> list[Tensor]:
            gate, new = (weights[f"{name}.{part}.{layer}.{kind}"] for part in ("gate", "highway"))
            return [gate, -2 * new]

        self._weight = torch.cat([*lstm("weight_ih"), *highway("weight")])
        biases = [i + h for i, h in zip(lstm("bias_ih"), lstm("bias_hh"), strict=True)]
        self._bias = torch.cat([*biases, *highway("bias")])
        self._recurrent = [direction.T.contiguous() for direction in lstm("weight_hh")]
        both = slice(2 * layer, 2 * layer + 2)
        self._start = list(
            zip(weights[f"{name}_h_init"][both], -2 * weights[f"{name}_c_init"][both], strict=True)
        )
        self.size = len(self._recurrent[0])
        """Size of the state in one direction."""
        self.width = len(self._bias)
        """Size of the projection of a word."""

    def project(self, vectors: Tensor) -> Tensor:
        """Projects the vectors of words to the input of the layer."""
        return functional.linear(vectors, self._weight, self._bias)

    def __call__(self, projected: Tensor, packing: Packing) -> Tensor:
        """Runs the layer.

        Args:
            projected: from `project`, a row for each word.
            packing: of the sentences.

        Returns:
            A vector for each word, in the order of the input.
        """
        gates, directions = 4 * self.size, 8 * self.size
        answer = projected.new_empty(len(projected), 2 * self.size)
        for way, order in enumerate((packing.order, packing.reverse)):
            read = projected[:, way * gates : (way + 1) * gates].index_select(0, order)
            answer[order, way * self.size : (way + 1) * self.size] = self._run(read, way, packing.sizes)
        gate, new = projected[:, directions:].sigmoid().chunk(2, dim=1)
        return answer.addcmul_(gate, new.sub_(0.5), value=-2)

    def _run(self, read: Tensor, way: int, sizes: Sequence[int]) -> Tensor:
        """Computes the states of one direction, step by step; overwrites `read`."""
        states = read.new_empty(len(read), self.size)
        hidden, cell = (state.expand(sizes[0], -1) for state in self._start[way])
        at = 0
        for count in sizes:
            now = read[at : at + count].addmm_(hidden[:count], self._recurrent[way]).sigmoid_()
            into, keep, new, out = now.chunk(4, dim=1)
            cell = (keep * cell[:count]).addcmul_(into, new.sub_(0.5), value=4)
            hidden = torch.addcmul(out, out, cell.sigmoid(), value=-2, out=states[at : at + count])
            at += count
        return states


def _scale_cell_gate(weights: Tensor) -> Tensor:
    """Multiplies the rows of the gate with tanh by -2; the rows of the other three are not changed."""
    into, keep, new, out = weights.chunk(4)
    return torch.cat([into, keep, -2 * new, out])


class FormEmbeddings:
    """Embeddings of word forms: from the treebank, pretrained, and from the characters."""

    def __init__(self, saved: Mapping[str, Any], vectors: Mapping[str, Any]) -> None:
        weights: Weights = saved["model"]
        self._word_numbers: Vocabulary = saved["vocab"]["word"]["_unit2id"]
        self._char_numbers: Vocabulary = saved["vocab"]["char"]["_unit2id"]
        self._pretrained_numbers: Vocabulary = vectors["vocab"]["_unit2id"]
        self._word_vectors = weights["word_emb.weight"]
        self._pretrained_vectors = vectors["emb"].to(self._word_vectors.device)
        self._pretrained_projection = weights["trans_pretrained.weight"]
        self._char_vectors = weights["charmodel.char_emb.weight"]
        self._start = weights["charmodel.charlstm_h_init"], weights["charmodel.charlstm_c_init"]
        kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        self._char_lstm = [weights[f"charmodel.charlstm.lstm.{kind}_l0"] for kind in kinds]
        self._char_attention = weights["charmodel.char_attn.weight"]
        self._char_projection = weights["trans_char.weight"]

    def __call__(self, forms: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """Returns the embeddings of forms from the three sources; an empty form is the root."""
        device = self._pretrained_projection.device
        read = [_read_marks(form) for form in forms]
        lower = [form.lower() for form in read]
        words = torch.tensor([unit_number(self._word_numbers, form) for form in lower], device=device)
        known = torch.tensor([unit_number(self._pretrained_numbers, form) for form in lower], device=device)
        pretrained = functional.linear(self._pretrained_vectors[known].float(), self._pretrained_projection)
        return self._word_vectors[words], pretrained, self._from_characters(read)

    def _from_characters(self, forms: Sequence[str]) -> Tensor:
        """Embeddings from the characters: the states after each of them, summed with attention weights."""
        device = self._pretrained_projection.device
        letters = [
            [self._char_numbers.get(letter, _UNKNOWN) for letter in form[:_LONGEST_FORM]] if form else [_ROOT]
            for form in forms
        ]
        packing = Packing(list(map(len, letters)), device)
        flat = torch.tensor([letter for form in letters for letter in form], device=device)[packing.order]
        owners = torch.tensor([n for n, form in enumerate(letters) for _ in form], device=device)[
            packing.order
        ]
        start = [state.expand(-1, len(forms), -1).contiguous() for state in self._start]
        sizes = torch.tensor(packing.sizes)
        vectors = self._char_vectors[flat]
        states = torch.lstm(vectors, sizes, start, self._char_lstm, True, 1, 0.0, False, False)[0]
        weighed = states * functional.linear(states, self._char_attention).sigmoid_()
        total = weighed.new_zeros(len(forms), weighed.shape[1]).index_add_(0, owners, weighed)
        return functional.linear(total, self._char_projection)


Key = TypeVar("Key", bound=Hashable)


_CACHES = threading.RLock()
"""The lock that a thread holds while it reads or fills a cache, because threads may share a parser."""

if hasattr(os, "register_at_fork"):  # not on Windows
    # A forked child has only the thread that forked. It would wait forever for a lock that another thread
    # held, and torch would wait for its own threads, so the child computes on one thread.
    os.register_at_fork(
        before=_CACHES.acquire, after_in_parent=_CACHES.release, after_in_child=_CACHES.release
    )
    os.register_at_fork(after_in_child=use_one_thread)


class EmbeddingCache(Generic[Key]):
    """Vectors of words, computed once for each; emptied when it is full.

    The vectors are rows of one tensor: one `index_select` takes those of a batch, and new ones are computed
    together. With a dict of vectors or `functools.lru_cache`, words would be computed one at a time, and the
    vectors of a batch would have to be stacked one by one.
    """

    def __init__(self, compute: Callable[[list[Key]], Tensor], width: int, device: torch.device) -> None:
        self._compute = compute
        self._row_of: dict[Key, int] = {}
        self._rows = torch.empty(_CACHED_WORDS, width, device=device)

    def __call__(self, keys: Sequence[Key]) -> Tensor:
        """Returns a row for each key. There must be at most `_CACHED_WORDS` different keys."""
        with _CACHES:
            return self._look_up(keys)

    def _look_up(self, keys: Sequence[Key]) -> Tensor:
        new = set(keys).difference(self._row_of)
        if len(self._row_of) + len(new) > len(self._rows):
            self._row_of.clear()
            new = set(keys)
        if new:
            fresh, first = list(new), len(self._row_of)
            self._rows[first : first + len(fresh)] = self._compute(fresh)
            self._row_of.update(zip(fresh, range(first, first + len(fresh)), strict=True))
        rows = torch.tensor([self._row_of[key] for key in keys], device=self._rows.device)
        return self._rows.index_select(0, rows)  # takes a third of the time that indexing takes


def _read_marks(form: str) -> str:
    """Reads a run of marks as Stanza does: "?!" is "?". Returns other forms unchanged."""
    if len(form) > 1 and not form.isalnum():
        for marks, mark in _MARKS:
            if marks.fullmatch(form):
                return mark
    return form


def unit_number(vocabulary: Vocabulary, unit: str) -> int:
    """Returns the number of a word, tag or lemma in a vocabulary; an empty one is the root."""
    return vocabulary.get(unit, _UNKNOWN) if unit else _ROOT
