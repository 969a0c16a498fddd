"""Makes training and development files from UD English EWT and GUM, and adds texts that are typical of
news."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.training import conllu, frames, recombine, styles
from benchmarks.training.conllu import Sentence

FREE_GENRES = frozenset(
    (
        *("academic", "bio", "conversation", "court", "interview"),
        *("news", "speech", "textbook", "vlog", "voyage"),
    )
)
"""GUM genres under CC BY, CC BY-SA or in the public domain; the others forbid commercial use."""

RECOMBINED = 3000
"""Frames made of parts: a tenth of the training sentences, as the speakers to make them of are some 800."""

SEED = 20
"""Any fixed number: the same treebanks give the same files."""


def genre(document: str) -> str:
    """Genre of a GUM document.

    >>> genre("GUM_news_asylum")
    'news'
    """
    return document.split("_")[1] if document.startswith("GUM_") else ""


def free(sentence: Sentence) -> bool:
    """Whether weights trained on the sentence may be shipped."""
    name = genre(sentence.document)
    return name in FREE_GENRES or not name


def load(data: Path, treebank: str, part: str) -> list[Sentence]:
    """Sentences of a treebank ("ewt", "gum") part ("train", "dev", "test"), under ``data/ud``."""
    [path] = (data / "ud").glob(f"en_{treebank}-ud-{part}.conllu*")
    return conllu.read_file(path)


def training(sentences: list[Sentence]) -> list[Sentence]:
    """Training sentences: every paragraph in its styles, then the frames that run time will meet."""
    rng = random.Random(SEED)
    out: list[Sentence] = []
    for paragraph in conllu.paragraphs(sentences):
        for version in styles.styled(paragraph, rng):
            out += conllu.as_paragraph(version)
    for frame in _frames(sentences, rng):
        out += conllu.as_paragraph(styles.restyle(frame, rng.choice(styles.STYLES)))
    return out


def _frames(sentences: list[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Paragraphs of frames: the masked sentences, in two styles, then new ones from their parts."""
    masked = [[frame] for frame in frames.made_from(sentences)]
    return masked * 2 + recombine.made_from(recombine.found_in(sentences), RECOMBINED, rng)


def development(sentences: list[Sentence]) -> list[Sentence]:
    """Development sentences: each paragraph once, in a style drawn at random, with no frames made."""
    rng = random.Random(SEED)
    out: list[Sentence] = []
    for paragraph in conllu.paragraphs(sentences):
        out += conllu.as_paragraph(styles.restyle(paragraph, rng.choice(styles.STYLES)))
    return out


def prepare(data: Path, out: Path) -> dict[str, int]:
    """Write ``train.conllu`` and ``dev.conllu`` to ``out``; the number of sentences of each."""
    out.mkdir(parents=True, exist_ok=True)
    sizes = {}
    for part, make in (("train", training), ("dev", development)):
        gold = [s for bank in ("ewt", "gum") for s in load(data, bank, part) if free(s)]
        made = make(gold)
        (out / f"{part}.conllu").write_text(conllu.write(made), encoding="utf-8")
        sizes[part] = len(made)
    return sizes
