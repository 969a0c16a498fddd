"""Scores the bundled models: parses raw test text and compares it with the gold by Stanza's CoNLL-18
scorer."""

from __future__ import annotations

import io
import time
from pathlib import Path

from benchmarks.training import conllu, frames, styles, treebanks
from benchmarks.training.conllu import Sentence
from quoteattr import Parser, load_parser
from quoteattr.parsing.conllu import to_conllu

METRICS = ("Words", "Sentences", "UPOS", "UAS", "LAS")


def test_sets(data: Path) -> dict[str, list[Sentence]]:
    """The test sentences to score on: both treebanks, GUM's news alone, and the masked frames of both."""
    ewt, gum = treebanks.load(data, "ewt", "test"), treebanks.load(data, "gum", "test")
    news = [sentence for sentence in gum if treebanks.genre(sentence.document) == "news"]
    masked = [conllu.as_paragraph([frame])[0] for frame in frames.made_from(ewt + gum)]
    return {"EWT": ewt, "GUM": gum, "GUM news": news, "frames": masked}


def figures(parser: Parser, gold: list[Sentence]) -> dict[str, float]:
    """F1 in percent for each of ``METRICS``, and ``words_per_second`` of CPU time over the raw text."""
    from stanza.models.common.utils import ud_scores

    groups = conllu.paragraphs(gold)
    texts = [" ".join(conllu.text(sentence) for sentence in group) for group in groups]
    start = time.process_time()  # what else the machine does must not count
    found = parser.parse(texts)
    seconds = time.process_time() - start
    scores = ud_scores(io.StringIO(conllu.write(gold)), io.StringIO(to_conllu(found)))
    out = {name: 100 * scores[name].f1 for name in METRICS}
    return out | {"words_per_second": sum(len(s.words) for s in gold) / seconds}


def report(data: Path) -> str:
    """A Markdown table of figures, each test set as it stands and in curly quotation marks."""
    lines = ["| test set | " + " | ".join(METRICS) + " | words/s |", "|---" * (len(METRICS) + 2) + "|"]
    for name, gold in test_sets(data).items():
        for label, version in ((name, gold), (f"{name}, curly", curly(gold))):
            scores = figures(load_parser(), version)
            cells = [f"{scores[metric]:.1f}" for metric in METRICS]
            lines.append(f"| {label} | " + " | ".join(cells) + f" | {scores['words_per_second']:,.0f} |")
    return "\n".join(lines)


def curly(gold: list[Sentence]) -> list[Sentence]:
    """The sentences in curly double quotation marks, paragraph by paragraph."""
    restyled = [styles.restyle(group, styles.STYLES[1]) for group in conllu.paragraphs(gold)]
    return [sentence for group in restyled for sentence in group]
