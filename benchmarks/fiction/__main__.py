"""Measures speakers in novels, and fits the weights of the conversation stage.

    python -m benchmarks.fiction score novels            # five novels of PDNC
    python -m benchmarks.fiction score litbank --style news
    python -m benchmarks.fiction score novels --floors   # fail if a figure is below
    benchmarks/fiction/floors.toml python -m benchmarks.fiction fit                      # LitBank to
    quoteattr/data/conversations.json

`fit` also prints the figures of a five-fold cross-validation over all of LitBank's texts, and fits the
calibration of confidence to its answers. The shipped weights leave out the openings of four of the novels,
so that the figures on the novels are of unseen text.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

import attrs
import click
import torch

import quoteattr
from benchmarks import floors, gold_sets
from benchmarks.fiction import books, calibration, fitting
from benchmarks.fiction.scores import TYPES, Judged, figures, judge
from quoteattr.fiction.conversations import Weights
from quoteattr.fiction.scenes import LINKS
from quoteattr.fiction.speaker_features import FEATURES
from quoteattr.lexicon import DATA
from quoteattr.schema import STYLES, Style

FLOORS = Path(__file__).with_name("floors.toml")
"""What is pinned."""
SKIPPED = 77
"""Exit status where the books are not on this machine."""
FOLDS = 5
ABOUT = (
    "Weights of quoteattr.fiction: for each feature what it adds to the score of a character as the "
    "speaker of a quotation, and for each way in which a quotation follows another one the scores of "
    "the same speaker, the last other one and a third (natural logarithms); 'calibration' turns the "
    "logit of the probability of the path into that of the confidence. Fitted to LitBank (Bamman, Lewke "
    "and Mansoor 2020; Sims and Bamman 2020; CC BY 4.0) without its openings of four novels, by python "
    "-m benchmarks.fiction fit."
)


@click.group()
def main() -> None:
    """Speakers in novels."""
    torch.set_num_threads(1)


@main.command()
@click.argument("name", metavar="SET", type=click.Choice(list(books.FILES)))
@click.option("--style", type=click.Choice(STYLES), default="fiction", show_default=True)
@click.option("--floors", "check", is_flag=True, help="Compare with floors.toml; fail if below.")
@click.option("--raise", "lift", is_flag=True, help="With --floors: raise each floor to what was measured.")
def score(name: str, style: Style, check: bool, lift: bool) -> None:
    """The share of quotations whose speaker is right."""
    path = _path(name)
    judged: list[Judged] = []
    for book in books.read(path):
        began = time.process_time()
        own = judge(book, quoteattr.attribute(book.text, style=style).attributions)
        judged += own
        if name == "novels":
            _show(f"{book.id} ({time.process_time() - began:.1f} s)", own)
    _show("all", judged)
    click.echo(_by_rule(judged))
    if check:
        digest = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
        pinned = floors.read(FLOORS)
        kept = floors.check(name, digest, figures(judged), pinned)
        click.echo(kept.table)
        if lift:
            pinned[name] = floors.raised(pinned.get(name, floors.Pinned()), digest, figures(judged))
            floors.write(pinned, FLOORS)
        sys.exit(0 if kept.ok else 1)


@main.command()
def fit() -> None:
    """Fits the weights to LitBank, and cross-validates them."""
    texts = books.read(_path("litbank"))
    scenes = [fitting.examples(book) for book in texts]
    judged: list[Judged] = []
    for fold in range(FOLDS):
        rest = [scene for number, some in enumerate(scenes) if number % FOLDS != fold for scene in some]
        weights = _weights(fitting.fit(rest))
        for book in texts[fold::FOLDS]:
            judged += judge(book, fitting.attributed(book.text, weights))
        click.echo(f"fold {fold + 1} of {FOLDS}", err=True)
    _show("cross-validation", judged)
    kept = [
        s
        for b, some in zip(texts, scenes, strict=True)
        if not b.id.startswith(books.ALSO_NOVELS)
        for s in some
    ]
    weights = attrs.evolve(_weights(fitting.fit(kept)), calibration=calibration.fit(judged))
    content = {
        "about": ABOUT,
        "calibration": [round(value, 3) for value in weights.calibration],
        "features": {name: round(float(w), 3) for name, w in zip(FEATURES, weights.features, strict=True)},
        "moves": {link: [round(float(w), 3) for w in weights.moves[link]] for link in LINKS},
    }
    (DATA / "conversations.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _weights(fitted: fitting.Fitted) -> Weights:
    return Weights(fitted.features.tolist(), dict(zip(LINKS, fitted.moves.tolist(), strict=True)), (1.0, 0.0))


def _path(name: str) -> Path:
    try:
        return gold_sets.data_file(books.FILES[name])
    except gold_sets.Absent as reason:
        click.echo(f"SKIPPED {name}: {reason}", err=True)
        sys.exit(SKIPPED)


def _show(title: str, judged: list[Judged]) -> None:
    found = figures(judged)
    shown = "  ".join(f"{kind} {found[kind]:.3f}" for kind in (*TYPES, "all.ece") if kind in found)
    click.echo(f"{title}: {len(judged)} quotations  {shown}")


def _by_rule(judged: list[Judged]) -> str:
    number = Counter(j.decided_by for j in judged)
    right = Counter(j.decided_by for j in judged if j.right)
    return "\n".join(
        f"  {rule or 'missed':22} {n:5} {right[rule] / n:.3f}" for rule, n in number.most_common()
    )


if __name__ == "__main__":
    main()
