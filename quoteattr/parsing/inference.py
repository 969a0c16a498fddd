"""The bundled tagger and parser, run on their weights as Stanza saved them.

Stanza's own path prepares, pads and copies more than it computes when sentences are as short as frames
are. Here the sentences of a batch lie one after another without padding, what depends on a word's form
alone is computed once and kept, and relations are scored for the arcs of the tree and no others. The
answers are Stanza's, but for rounding; a test holds the two side by side.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import regex
import torch
from torch import Tensor
from torch.nn import functional

from quoteattr.parsing.spanning_tree import Numbers, search_tree

Weights = Mapping[str, Tensor]
Ids = Mapping[str, int]
Rows = Sequence[Sequence[str]]
"""What belongs to the words of each sentence."""

_UNKNOWN, _ROOT, _SPECIAL = 1, 3, 4
"""Stanza's numbers for a unit that a vocabulary lacks and for the root of a sentence, and how many such
units stand before the others."""

_KEPT_WORDS = 8_000
"""Words whose projections are kept, at 7 kB each in the tagger and 10 in the parser; more than a batch has.
The dev articles of PolNeAR have 4,200 forms in 22,000 words of frames."""

_LONGEST_FORM = 100
"""Characters of a form that are read: a word has fewer, and a megabyte would be read one by one."""

_WORDS_A_BATCH = 2_000
"""Batches of 1,000 words take a twelfth longer a word. So do those of 3,000: the memory that they need is
given back to the system and asked for again each time."""

_MARKS = (
    (regex.compile(r"[?？︖﹖⁇][?？︖﹖⁇!！︕﹗‼]+"), "?"),
    (regex.compile(r"[!！︕﹗‼][?？︖﹖⁇!！︕﹗‼]+"), "!"),
)
"""Stanza reads "?!" as "?"."""


def load_weights(path: Path, device: str) -> dict[str, Any]:
    """A file that Stanza saved, its numbers as float32 on the device."""
    saved: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    model = saved.get("model") or {}
    saved["model"] = {name: weight.to(device, torch.float32) for name, weight in model.items()}
    return saved


class Packing:
    """The order in which a recurrent layer reads sentences that lie one after another: the first words of
    all, longest sentence first, then the second words, and so on; and the same from their ends."""

    def __init__(self, lengths: Sequence[int], device: torch.device) -> None:
        ends = np.cumsum(lengths)
        longest_first = np.argsort(lengths, kind="stable")[::-1]
        lasts = ends[longest_first] - 1
        starts = (ends - lengths)[longest_first]
        sizes = np.searchsorted(-np.asarray(lengths)[longest_first], -np.arange(max(lengths)))
        steps = list(enumerate(sizes.tolist()))
        self.sizes = [size for _, size in steps]
        """How many sentences have a first word, a second word, and so on."""
        self.order = torch.from_numpy(np.concatenate([starts[:n] + step for step, n in steps])).to(device)
        self.reverse = torch.from_numpy(np.concatenate([lasts[:n] - step for step, n in steps])).to(device)


class Highway:
    """A long short-term memory in both directions, with a gated way around it.

    Its input is projected apart (`project`), since that of the first layer depends on the word alone. torch's
    own does both at once. For tanh(x) it takes 1 - 2 sigmoid(-2x), as torch's tanh is five times as slow as
    its sigmoid where MKL computes it on AMD processors: weights of what goes into one are kept times -2, and
    so is the cell.
    """

    def __init__(self, weights: Weights, name: str, layer: int) -> None:
        def parts(kind: str) -> list[Tensor]:
            ways = (weights[f"{name}.lstm.{layer}.lstm.{kind}_l0{way}"] for way in ("", "_reverse"))
            return [_for_sigmoids(way) for way in ways]

        def around(kind: str) -> list[Tensor]:
            gate, new = (weights[f"{name}.{part}.{layer}.{kind}"] for part in ("gate", "highway"))
            return [gate, -2 * new]

        self._weight = torch.cat([*parts("weight_ih"), *around("weight")])
        biases = [ours + theirs for ours, theirs in zip(parts("bias_ih"), parts("bias_hh"), strict=True)]
        self._bias = torch.cat([*biases, *around("bias")])
        self._recurrent = [way.T.contiguous() for way in parts("weight_hh")]
        both = slice(2 * layer, 2 * layer + 2)
        self._start = list(
            zip(weights[f"{name}_h_init"][both], -2 * weights[f"{name}_c_init"][both], strict=True)
        )
        self.size = len(self._recurrent[0])
        """Numbers of the state in one direction."""
        self.width = len(self._bias)
        """Numbers that a word is projected to."""

    def project(self, vectors: Tensor) -> Tensor:
        """What the layer reads of each word."""
        return functional.linear(vectors, self._weight, self._bias)

    def __call__(self, projected: Tensor, packing: Packing) -> Tensor:
        """A vector for each word in its sentence, in the order of the input."""
        gates, ways = 4 * self.size, 8 * self.size
        answer = projected.new_empty(len(projected), 2 * self.size)
        for way, order in enumerate((packing.order, packing.reverse)):
            read = projected[:, way * gates : (way + 1) * gates].index_select(0, order)
            answer[order, way * self.size : (way + 1) * self.size] = self._run(read, way, packing.sizes)
        gate, new = projected[:, ways:].sigmoid().chunk(2, dim=1)
        return answer.addcmul_(gate, new.sub_(0.5), value=-2)

    def _run(self, read: Tensor, way: int, sizes: Sequence[int]) -> Tensor:
        """The states of one direction, step by step; what was read is overwritten."""
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


def _for_sigmoids(weights: Tensor) -> Tensor:
    """The rows of the four gates, those of the one that takes tanh times -2."""
    into, keep, new, out = weights.chunk(4)
    return torch.cat([into, keep, -2 * new, out])


class Forms:
    """Vectors of word forms: from the treebank, pretrained, and from the characters."""

    def __init__(self, saved: Mapping[str, Any], vectors: Mapping[str, Any]) -> None:
        weights: Weights = saved["model"]
        self._words: Ids = saved["vocab"]["word"]["_unit2id"]
        self._letters: Ids = saved["vocab"]["char"]["_unit2id"]
        self._pretrained: Ids = vectors["vocab"]["_unit2id"]
        self._word_vectors = weights["word_emb.weight"]
        self._pretrained_vectors = vectors["emb"].to(self._word_vectors.device)
        self._shrink = weights["trans_pretrained.weight"]
        self._letter_vectors = weights["charmodel.char_emb.weight"]
        self._start = weights["charmodel.charlstm_h_init"], weights["charmodel.charlstm_c_init"]
        kinds = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        self._reader = [weights[f"charmodel.charlstm.lstm.{kind}_l0"] for kind in kinds]
        self._attention = weights["charmodel.char_attn.weight"]
        self._spell = weights["trans_char.weight"]

    def __call__(self, forms: Sequence[str]) -> tuple[Tensor, Tensor, Tensor]:
        """The three vectors of each form; an empty form is the root."""
        device = self._shrink.device
        read = [_read_marks(form) for form in forms]
        lower = [form.lower() for form in read]
        words = torch.tensor([_number(self._words, form) for form in lower], device=device)
        known = torch.tensor([_number(self._pretrained, form) for form in lower], device=device)
        pretrained = functional.linear(self._pretrained_vectors[known].float(), self._shrink)
        return self._word_vectors[words], pretrained, self._spelled(read)

    def _spelled(self, forms: Sequence[str]) -> Tensor:
        """What the characters say: a weighted sum over what was read up to each of them."""
        device = self._shrink.device
        letters = [
            [self._letters.get(letter, _UNKNOWN) for letter in form[:_LONGEST_FORM]] if form else [_ROOT]
            for form in forms
        ]
        packing = Packing(list(map(len, letters)), device)
        flat = torch.tensor([letter for form in letters for letter in form], device=device)[packing.order]
        owners = torch.tensor([n for n, form in enumerate(letters) for _ in form], device=device)[
            packing.order
        ]
        start = [state.expand(-1, len(forms), -1).contiguous() for state in self._start]
        sizes = torch.tensor(packing.sizes)
        vectors = self._letter_vectors[flat]
        states = torch.lstm(vectors, sizes, start, self._reader, True, 1, 0.0, False, False)[0]
        weighed = states * functional.linear(states, self._attention).sigmoid_()
        total = weighed.new_zeros(len(forms), weighed.shape[1]).index_add_(0, owners, weighed)
        return functional.linear(total, self._spell)


Key = TypeVar("Key", bound=Hashable)


class Kept(Generic[Key]):
    """Rows of numbers that depend on a key alone, made once; when they are too many, all are forgotten."""

    def __init__(self, make: Callable[[list[Key]], Tensor], width: int, device: torch.device) -> None:
        self._make = make
        self._places: dict[Key, int] = {}
        self._rows = torch.empty(_KEPT_WORDS, width, device=device)

    def __call__(self, keys: Sequence[Key]) -> Tensor:
        """A row for each key."""
        new = set(keys).difference(self._places)
        if len(self._places) + len(new) > len(self._rows):
            self._places.clear()
            new = set(keys)
        if new:
            fresh, at = list(new), len(self._places)
            self._rows[at : at + len(fresh)] = self._make(fresh)
            self._places.update(zip(fresh, range(at, at + len(fresh)), strict=True))
        places = torch.tensor([self._places[key] for key in keys], device=self._rows.device)
        return self._rows.index_select(0, places)  # a third of the time of indexing


def _read_marks(form: str) -> str:
    if len(form) > 1 and not form.isalnum():
        for marks, mark in _MARKS:
            if marks.fullmatch(form):
                return mark
    return form


def _number(ids: Ids, unit: str) -> int:
    return ids.get(unit, _UNKNOWN) if unit else _ROOT


class Tagger:
    """Parts of speech."""

    def __init__(self, saved: Mapping[str, Any], vectors: Mapping[str, Any]) -> None:
        weights: Weights = saved["model"]
        self._forms = Forms(saved, vectors)
        self._layer = Highway(weights, "taggerlstm", 0)
        self._read = Kept(self._project, self._layer.width, weights["upos_hid.bias"].device)
        self._hidden = weights["upos_hid.weight"], weights["upos_hid.bias"]
        self._heads = [
            (weights[f"{head}.weight"], weights[f"{head}.bias"], saved["vocab"][column]["_id2unit"])
            for head, column in (("upos_clf", "upos"), ("tag_clf.xpos", "xpos"))
        ]

    def __call__(self, sentences: Rows) -> tuple[Rows, Rows]:
        """Universal and Penn tags of each sentence's words."""
        lengths = [len(sentence) for sentence in sentences]
        read = self._read([word for sentence in sentences for word in sentence])
        states = self._layer(read, Packing(lengths, read.device))
        hidden = functional.linear(states, *self._hidden).relu_()
        universal, penn = (
            [tags[number] for number in functional.linear(hidden, weight, bias).argmax(1).tolist()]
            for weight, bias, tags in self._heads
        )
        return split(universal, lengths), split(penn, lengths)

    def _project(self, forms: list[str]) -> Tensor:
        return self._layer.project(torch.cat(self._forms(forms), dim=1))


class Lemmas:
    """Dictionary forms by part of speech and word; a word that the dictionary lacks is its own."""

    def __init__(self, saved: Mapping[str, Any]) -> None:
        self._by_tag: dict[str, dict[str, str]] = json.loads(gzip.decompress(saved["dicts"]))
        self._whatever_tag = self._by_tag.get("*", {})

    def __call__(self, word: str, tag: str) -> str:
        return self._by_tag.get(tag, {}).get(word) or self._whatever_tag.get(word) or word


class Arcs:
    """Heads and relations."""

    def __init__(self, saved: Mapping[str, Any], vectors: Mapping[str, Any]) -> None:
        weights: Weights = saved["model"]
        vocabulary = saved["vocab"]
        self._forms = Forms(saved, vectors)
        self._lemmas: Ids = vocabulary["lemma"]["_unit2id"]
        self._tags: Ids = vocabulary["upos"]["_unit2id"]
        self._relations: list[str] = vocabulary["deprel"]["_id2unit"][_SPECIAL:]
        self._lemma_vectors, self._tag_vectors = weights["lemma_emb.weight"], weights["upos_emb.weight"]
        self._first, self._second = (Highway(weights, "parserlstm", layer) for layer in (0, 1))
        self._read = Kept(self._project, self._first.width, self._tag_vectors.device)
        names = [f"{scorer}.{side}" for scorer in ("unlabeled", "deprel") for side in ("W1", "W2")]
        self._sides = (
            torch.cat([weights[f"{name}.weight"] for name in names]),
            torch.cat([weights[f"{name}.bias"] for name in names]),
        )
        self._arc = weights["unlabeled.scorer.W_bilin.weight"].flatten(1)
        # A relation that is never chosen makes 52 of 51: matrices of odd sizes take twice as long.
        relation, bias = weights["deprel.scorer.W_bilin.weight"], weights["deprel.scorer.W_bilin.bias"]
        self._relation = functional.pad(relation.transpose(0, 1), (0, 1)).flatten(1)
        self._relation_bias = functional.pad(bias, (0, 1), value=-torch.inf)

    def __call__(self, sentences: Rows, tags: Rows, lemmas: Rows) -> tuple[list[list[int]], Rows]:
        """The head of each word, numbered from 1 in its sentence, 0 for the root; and its relation."""
        lengths = [len(sentence) + 1 for sentence in sentences]
        ends = list(accumulate(lengths))
        read = self._read(list(zip(*map(_rooted, (sentences, tags, lemmas)), strict=True)))
        packing = Packing(lengths, read.device)
        states = self._second(self._second.project(self._first(read, packing)), packing)
        sides = functional.linear(states, *self._sides).relu_()
        ones = sides.new_ones(len(sides), 1)
        arc_word, arc_head, word, head = (torch.cat([side, ones], dim=1) for side in sides.chunk(4, dim=1))
        ours, theirs = (arc_word @ self._arc.squeeze()).cpu().numpy(), arc_head.cpu().numpy()
        trees = [
            maximum_tree(ours[end - length : end] @ theirs[end - length : end].T)
            for end, length in zip(ends, lengths, strict=True)
        ]
        chosen = np.concatenate(
            [tree + end - length for tree, end, length in zip(trees, ends, lengths, strict=True)]
        )
        relations = self._related(word, head, chosen)
        return [tree[1:].tolist() for tree in trees], [row[1:] for row in split(relations, lengths)]

    def _project(self, words: list[tuple[str, str, str]]) -> Tensor:
        forms, tags, lemmas = zip(*words, strict=True)
        device = self._tag_vectors.device
        word, pretrained, spelled = self._forms(forms)
        lemma = torch.tensor([_number(self._lemmas, lemma.lower()) for lemma in lemmas], device=device)
        tag = torch.tensor([_number(self._tags, tag) for tag in tags], device=device)
        parts = pretrained, word, self._lemma_vectors[lemma], self._tag_vectors[tag], spelled
        return self._first.project(torch.cat(parts, dim=1))

    def _related(self, words: Tensor, heads: Tensor, chosen: Numbers) -> list[str]:
        """The relation of each word to the head whose number is chosen for it.

        What a head makes of the words below it is computed once for all of them, heads with as many words
        together: two words in five have any.
        """
        numbers, owners, counts = np.unique(chosen, return_inverse=True, return_counts=True)
        best, width, relations = np.empty_like(chosen), words.shape[1], len(self._relation_bias)
        for count in np.unique(counts):
            scorers = (heads[numbers[counts == count]] @ self._relation).view(-1, width, relations)
            below = np.flatnonzero(counts[owners] == count)
            below = below[np.argsort(owners[below], kind="stable")]
            scores = torch.bmm(words[below].view(-1, count, width), scorers).flatten(0, 1)
            best[below] = (scores + self._relation_bias).argmax(1).cpu()
        return [self._relations[number] for number in best.tolist()]


def maximum_tree(scores: Numbers) -> Numbers:
    """The head of each word in the best tree with one word below its root, by the sum of scores[word, head].

    Each word takes its best head, but only the word that gains most by it takes the root. Where this is a
    tree, none scores higher: making the root dearer changes nothing between trees with one word below it, and
    at some price all take these heads. It is one for nine sentences in ten.
    """
    np.fill_diagonal(scores, -np.inf)
    heads: Numbers = scores[:, 1:].argmax(axis=1) + 1
    gains = scores[:, 0] - scores[np.arange(len(scores)), heads]
    gains[0] = -np.inf
    first = int(gains.argmax())
    heads[[0, first]] = 0
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    if not above.any():
        return heads
    return search_tree(scores)


def split(values: Sequence[Any], lengths: Sequence[int]) -> list[Any]:
    """Values in rows of those lengths."""
    return [values[end - length : end] for end, length in zip(accumulate(lengths), lengths, strict=True)]


def _rooted(rows: Rows) -> list[str]:
    """All rows one after another, an empty unit for the root before each."""
    return [unit for row in rows for unit in ("", *row)]


class Networks:
    """Tagger, lemma dictionary and parser together."""

    def __init__(self, folder: Path, device: str) -> None:
        def load(name: str) -> dict[str, Any]:
            return load_weights(folder / name / "compact.pt", device)

        vectors = load("pretrain")
        self._tagger = Tagger(load("pos"), vectors)
        self._lemmas = Lemmas(load("lemma"))
        self._arcs = Arcs(load("depparse"), vectors)

    @torch.inference_mode()
    def __call__(self, sentences: Rows) -> list[list[tuple[str, str, str, int, str]]]:
        """For each word its lemma, universal tag, Penn tag, head (from 1; 0 for the root) and relation.

        Sentences that follow one another should be about as long: they are read together.
        """
        return [rows for batch in batches(sentences) for rows in self._analysed(batch)]

    def _analysed(self, batch: Rows) -> Iterator[list[tuple[str, str, str, int, str]]]:
        tags, penn = self._tagger(batch)
        lemmas = [list(map(self._lemmas, *row)) for row in zip(batch, tags, strict=True)]
        heads, relations = self._arcs(batch, tags, lemmas)
        for row in zip(lemmas, tags, penn, heads, relations, strict=True):
            yield list(zip(*row, strict=True))


def batches(sentences: Rows) -> Iterator[Rows]:
    """Sentences in order, in batches of at most `_WORDS_A_BATCH` words unless one alone has more."""
    start = held = 0
    for at, sentence in enumerate(sentences):
        if held and held + len(sentence) > _WORDS_A_BATCH:
            yield sentences[start:at]
            start, held = at, 0
        held += len(sentence)
    if held:
        yield sentences[start:]
