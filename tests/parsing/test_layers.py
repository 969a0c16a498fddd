"""Layers of the models, on small tensors."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from quoteattr.parsing import layers
from quoteattr.parsing.layers import EmbeddingCache, Packing, unit_number

CPU = torch.device("cpu")


def test_packing_reads_the_longest_sentence_first() -> None:
    packing = Packing([1, 3, 2], CPU)
    assert packing.sizes == [3, 2, 1]
    assert packing.order.tolist() == [1, 4, 0, 2, 5, 3]
    assert packing.reverse.tolist() == [3, 5, 0, 2, 4, 1]


def test_packing_holds_every_word_once() -> None:
    packing = Packing([4, 1, 4, 2], CPU)
    assert sorted(packing.order.tolist()) == sorted(packing.reverse.tolist()) == list(range(11))


def test_unknown_units_and_the_root_have_numbers() -> None:
    assert [unit_number({"go": 9}, unit) for unit in ("go", "went", "")] == [9, 1, 3]


@pytest.fixture
def computed() -> list[str]:
    return []


@pytest.fixture
def cache(computed: list[str], monkeypatch: pytest.MonkeyPatch) -> EmbeddingCache[str]:
    """Holds three words; the vector of a word is its length, twice."""
    monkeypatch.setattr(layers, "_CACHED_WORDS", 3)

    def compute(words: list[str]) -> torch.Tensor:
        computed.extend(sorted(words))
        return torch.tensor([[float(len(word))] * 2 for word in words])

    return EmbeddingCache(compute, 2, CPU)


def test_vectors_are_computed_once(cache: EmbeddingCache[str], computed: list[str]) -> None:
    assert cache(["a", "bb", "a"]).tolist() == [[1, 1], [2, 2], [1, 1]]
    assert cache(["bb", "ccc"]).tolist() == [[2, 2], [3, 3]]
    assert computed == ["a", "bb", "ccc"]


def test_a_full_cache_is_emptied(cache: EmbeddingCache[str], computed: list[str]) -> None:
    cache(["a", "bb"])
    assert cache(["ccc", "dddd"]).tolist() == [[3, 3], [4, 4]]
    assert cache(["a"]).tolist() == [[1, 1]]
    assert computed == ["a", "bb", "ccc", "dddd", "a"]


def test_threads_share_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "_CACHED_WORDS", 50)

    def compute(numbers: list[int]) -> torch.Tensor:
        time.sleep(0.001)  # lets the other threads run, as torch does
        return torch.tensor([[float(number)] for number in numbers])

    cache = EmbeddingCache(compute, 1, CPU)
    rows = [[(7 * row + column) % 60 for column in range(9)] for row in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(cache, rows))
    assert [vectors.flatten().tolist() for vectors in found] == rows
