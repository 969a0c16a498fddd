"""Figures of a packed set: raw test text in, Stanza's CoNLL-18 scorer on what comes out."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

from benchmarks.training import conllu, frames, styles, treebanks
from benchmarks.training.conllu import Sentence

METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UAS", "LAS")


def test_sets(data: Path) -> dict[str, list[Sentence]]:
    """The test sentences to score on: both treebanks, GUM's news alone, and the masked frames of both."""
    ewt, gum = treebanks.load(data, "ewt", "test"), treebanks.load(data, "gum", "test")
    news = [sentence for sentence in gum if treebanks.genre(sentence.document) == "news"]
    masked = [conllu.as_paragraph([frame])[0] for frame in frames.made_from(ewt + gum)]
    return {"EWT": ewt, "GUM": gum, "GUM news": news, "frames": masked}


def figures(pipeline: Any, gold: list[Sentence]) -> dict[str, float]:
    """F1 in percent for each of ``METRICS``, and ``words_per_second`` of CPU time over the raw text."""
    from stanza import Document
    from stanza.models.common.utils import ud_scores

    groups = conllu.paragraphs(gold)
    texts = [" ".join(conllu.text(sentence) for sentence in group) for group in groups]
    start = time.process_time()  # what else the machine does must not count
    parsed = pipeline([Document([], text=text) for text in texts])
    seconds = time.process_time() - start
    found = "".join(f"{document:C}\n\n" for document in parsed)
    scores = ud_scores(io.StringIO(conllu.write(gold)), io.StringIO(found))
    out = {name: 100 * scores[name].f1 for name in METRICS}
    return out | {"words_per_second": sum(len(s.words) for s in gold) / seconds}


def report(models: Path, data: Path) -> str:
    """A Markdown table of figures, each test set as it stands and in curly quotation marks."""
    pipeline = load(models)
    lines = ["| test set | " + " | ".join(METRICS) + " | words/s |", "|---" * (len(METRICS) + 2) + "|"]
    for name, gold in test_sets(data).items():
        for label, version in ((name, gold), (f"{name}, curly", curly(gold))):
            scores = figures(pipeline, version)
            cells = [f"{scores[metric]:.1f}" for metric in METRICS]
            lines.append(f"| {label} | " + " | ".join(cells) + f" | {scores['words_per_second']:,.0f} |")
    return "\n".join(lines)


def curly(gold: list[Sentence]) -> list[Sentence]:
    """The sentences in curly double quotation marks, paragraph by paragraph."""
    restyled = [styles.restyle(group, styles.STYLES[1]) for group in conllu.paragraphs(gold)]
    return [sentence for group in restyled for sentence in group]


def load(models: Path) -> Any:
    """A Stanza pipeline of a packed set, on the CPU, with no network."""
    import stanza
    from stanza.models.common.foundation_cache import FoundationCache
    from stanza.models.common.pretrain import Pretrain

    path = str(models / "en" / "pretrain" / "compact.pt")
    vectors = Pretrain(path)
    vectors.load()
    vectors._emb = vectors._emb.float()  # the cell of an LSTM takes no float16 beside its own float32
    cache = FoundationCache(local_files_only=True)
    cache.pretrains[path] = vectors
    processors = "tokenize,mwt,pos,lemma,depparse"
    options = {"tokenize_max_seqlen": 1000, "use_gpu": False, "logging_level": "ERROR"}
    return stanza.Pipeline(
        "en", dir=str(models), download_method=None, processors=processors, foundation_cache=cache, **options
    )
