"""``python -m benchmarks.training STEP``: runs one step of the training, or all."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.training import pack, score, train, treebanks, vectors

STEPS = (
    "prepare",
    "vectors",
    "lemma",
    "pos",
    "anneal-pos",
    "retag",
    "depparse",
    "anneal",
    "pack",
    "score",
)
"""In the order in which they need each other; ``all`` runs every one."""

BUNDLED = Path(__file__).parents[2] / "quoteattr" / "data" / "models"

FREQUENT = 3
"""Times that a word must stand in the training treebanks to have its vector whatever its rank in wordfreq."""


def main(arguments: list[str] | None = None) -> None:
    """Run the steps named on the command line."""
    options = _options(arguments)
    for step in STEPS if options.step == "all" else [options.step]:
        print(f"{step}: {_run(step, options) or 'done'}", flush=True)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description=__doc__)
    parser.add_argument("step", choices=("all", *STEPS))
    data = os.environ.get("QUOTEATTR_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(data), help="folder that holds ud/*.conllu.xz")
    parser.add_argument(
        "--out", type=Path, default=Path(".work/training"), help="folder for all that is made"
    )
    parser.add_argument("--models", type=Path, default=BUNDLED, help="the packed set, written")
    parser.add_argument("--vectors-wheel", type=Path, help="wheel that holds spaCy's en_core_web_md")
    parser.add_argument("--pos-steps", type=int, default=4500)
    parser.add_argument("--anneal-pos-steps", type=int, default=1200)
    parser.add_argument("--depparse-steps", type=int, default=4000)
    parser.add_argument("--anneal-steps", type=int, default=700)
    return parser.parse_args(arguments)


def _run(step: str, options: argparse.Namespace) -> object:
    data, tagged, models = options.out / "data", options.out / "retagged", options.out / "models"
    table = options.out / "vectors.pt"
    steps: dict[str, Callable[[], object]] = {
        "prepare": lambda: treebanks.prepare(options.data, data),
        "vectors": lambda: _vectors(options, table),
        "lemma": lambda: train.lemma(data, models),
        "pos": lambda: train.pos(data, models, table, options.pos_steps),
        "anneal-pos": lambda: train.anneal_pos(data, models, table, options.anneal_pos_steps),
        "retag": lambda: train.retag(data, models, table, tagged),
        "depparse": lambda: train.depparse(tagged, models, table, options.depparse_steps),
        "anneal": lambda: train.anneal(tagged, models, table, options.anneal_steps),
        "pack": lambda: pack.pack(models, table, options.models),
        "score": lambda: "\n" + score.report(options.data),
    }
    return steps[step]()


def _vectors(options: argparse.Namespace, table: Path) -> int:
    if options.vectors_wheel is None:
        raise SystemExit("vectors: give --vectors-wheel, a wheel that holds spaCy's en_core_web_md")
    gold = (
        s for bank in ("ewt", "gum") for s in treebanks.load(options.data, bank, "train") if treebanks.free(s)
    )
    counts = Counter(word.form.lower() for sentence in gold for word in sentence.words)
    frequent = {word for word, count in counts.items() if count >= FREQUENT}
    return vectors.make(options.vectors_wheel, frequent, table)


if __name__ == "__main__":
    main()
