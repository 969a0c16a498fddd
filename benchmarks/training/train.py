"""The training steps. Each calls one of Stanza's trainers on files that ``treebanks.prepare`` wrote."""

from __future__ import annotations

import importlib
from pathlib import Path

NAME = "en_quoteattr"
"""Stanza's "shorthand": language, underscore, data set."""

DROPOUT = {"dropout": 0.3, "word_dropout": 0.2}
"""For 0.5 and 0.33, the defaults of tagger and parser, which are set for ten times as many steps."""

TAGGER = {
    "word_cutoff": 4,
    "num_layers": 1,
    "hidden_dim": 150,
    "char_hidden_dim": 100,
    "char_emb_dim": 50,
    "deep_biaff_hidden_dim": 150,
    "share_hid": True,  # XPOS from the layer of UPOS: a biaffine of the two takes 5 times as long
    "batch_size": 32,  # sentences; the default of 250 takes 10 s a step on a CPU
    "fix_eval_interval": True,
    **DROPOUT,
}
"""One layer, for speed at run time."""

PARSER = {
    "word_cutoff": 4,
    "num_layers": 2,
    "hidden_dim": 200,
    "char_hidden_dim": 100,
    "char_emb_dim": 50,
    "deep_biaff_hidden_dim": 100,
    "no_xpos": True,
    "no_ufeats": True,
    "no_linearization": True,
    "no_distance": True,
    "optim": "adam",
    "beta2": 0.95,
    "weight_decay": 0,
    "no_second_optim": True,
    "batch_size": 1500,
    **DROPOUT,
}
"""UPOS alone (no XPOS, no FEATS) and two layers, for speed at run time; a batch is in words.

A step took 1.33 s of CPU with 150 hidden units in the scorers of arcs, 1.01 s with 100, and 0.86 s
without linearization and distance. Adam in one stage, for the default, AdaDelta, needs more steps
than one core has time for.
"""


def lemma(data: Path, models: Path) -> None:
    """Make the lemma dictionary; a word that it lacks is its own lemma."""
    _stanza("lemmatizer", models / "lemma.pt", data, dict_only=True)


def pos(data: Path, models: Path, vectors: Path, steps: int) -> None:
    """Train the tagger (UPOS and XPOS; the FEATS column is empty, so none are learned)."""
    pace = {"lr": 0.003, "max_steps": steps, "eval_interval": 500}
    _stanza("tagger", models / "pos_fast.pt", data, wordvec_pretrain_file=vectors, **TAGGER, **pace)


def anneal_pos(data: Path, models: Path, vectors: Path, steps: int) -> None:
    """Go on from the best tagger at a sixth of its learning rate; same data, so that its numbers hold."""
    _start_taggers_from(models / "pos_fast.pt")
    pace = {"lr": 0.0005, "max_steps": steps, "eval_interval": 300}
    _stanza("tagger", models / "pos.pt", data, wordvec_pretrain_file=vectors, **TAGGER, **pace)


def _start_taggers_from(path: Path) -> None:
    """Have the tagger's trainer begin with the weights of a file; it cannot be asked to (1.15.0)."""
    import torch
    from stanza.models import tagger

    class Warm(tagger.Trainer):  # type: ignore[misc]
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)
            if options.get("model_file") is None:
                saved = torch.load(path, map_location="cpu", weights_only=True)
                self.model.load_state_dict(saved["model"], strict=False)  # vectors are not saved

    tagger.Trainer = Warm


def depparse(data: Path, models: Path, vectors: Path, steps: int) -> None:
    """Train the parser; a checkpoint beside the model is gone on from where there is one."""
    _shuffle_first_epoch()
    model = models / "depparse_fast.pt"
    pace = {"lr": 0.003, "max_steps": steps, "eval_interval": 500}
    _stanza("parser", model, data, wordvec_pretrain_file=vectors, **PARSER, **pace)


def anneal(data: Path, models: Path, vectors: Path, steps: int) -> None:
    """Go on from the best parser at a fifth of its learning rate, to even out the noise of large steps."""
    _shuffle_first_epoch()
    start = {"continue_from": models / "depparse_fast.pt", "wordvec_pretrain_file": vectors}
    pace = {"lr": 0.0006, "max_steps": steps, "eval_interval": 200}
    _stanza("parser", models / "depparse.pt", data, **start, **PARSER, **pace)


def _shuffle_first_epoch() -> None:
    """Have the parser's trainer shuffle its batches from the start.

    It goes through the first epoch by sentence length and shuffles from the second on (1.15.0), and a
    short training has few epochs: the loss on ever shorter sentences fell to 0.5, then rose to 2.9.
    """
    from stanza.models import parser

    class Shuffled(parser.InfiniteBatch):  # type: ignore[misc]
        def __init__(self, *batches: object, **options: object) -> None:
            super().__init__(*batches, **options)
            self.reshuffle()

    if parser.InfiniteBatch.__name__ != "Shuffled":
        parser.InfiniteBatch = Shuffled


def retag(data: Path, models: Path, vectors: Path, out: Path) -> None:
    """Write the files again with the tagger's own tags, as the parser will meet them."""
    out.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev"):
        source, target = data / f"{part}.conllu", out / f"{part}.conllu"
        files = {"eval_file": source, "output_file": target, "wordvec_pretrain_file": vectors}
        _stanza("tagger", models / "pos.pt", mode="predict", **files)


def _stanza(trainer: str, model: Path, data: Path | None = None, **options: object) -> None:
    """Run a trainer of Stanza's by its command-line options; ``True`` is a switch."""
    if data is not None:
        options |= {"train_file": data / "train.conllu", "eval_file": data / "dev.conllu"}
    options |= {"shorthand": NAME, "save_dir": model.parent, "save_name": model.name}
    if trainer != "lemmatizer":  # the one that takes the language from the shorthand
        options["lang"] = "en"
    given = [(f"--{name}", () if value is True else (str(value),)) for name, value in options.items()]
    importlib.import_module(f"stanza.models.{trainer}").main(
        [part for flag, value in given for part in (flag, *value)]
    )
