"""Runs a peer on a gold set, writes its predictions to a file, and prints its words per second."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from benchmarks import gold_sets
from benchmarks.evaluate import FAILED, SKIPPED

PEERS = ("textacy", "sayswho", "ggt", "citron")
ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
"""What the libraries beneath spaCy ask for how many threads they may start."""


def default_python() -> Path:
    """The peers' Python: QUOTEATTR_PEERS_PYTHON, or the environment that docs/evaluation.md makes."""
    return Path(
        os.environ.get("QUOTEATTR_PEERS_PYTHON", gold_sets.ROOT / ".work" / "peers-venv" / "bin" / "python")
    )


def run(peer: str, articles: gold_sets.GoldSet, out: Path, python: Path, extra: tuple[str, ...] = ()) -> Any:
    """Predictions of a peer to ``out``; what it took: words, seconds, load, rss_mb, raised.

    Raises:
        RuntimeError: if the adapter fails; the message is the last line that it wrote.
    """
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        lines = [json.dumps({"id": a.id, "text": a.text}) for a in articles.articles]
        texts.write_text("\n".join(lines), encoding="utf-8")
        command = [str(python), "-m", f"benchmarks.peers.{peer}_peer", str(texts), str(out.resolve()), *extra]
        alone = {**os.environ, **dict.fromkeys(ONE_CORE, "1")}
        done = subprocess.run(
            command, cwd=gold_sets.ROOT, env=alone, text=True, capture_output=True, check=False
        )
    if done.returncode:
        raise RuntimeError((done.stderr.strip() or "no word of why").splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


@click.command(help=__doc__, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("peer", type=click.Choice(PEERS))
@click.option(
    "--set", "name", default="polnear-dev", show_default=True, help="Gold set whose texts to run over."
)
@click.option("--save", type=click.Path(path_type=Path), help="Predictions. [default: PEER-SET.jsonl]")
@click.option("--python", type=click.Path(path_type=Path), help="The peer's Python.")
@click.option("--limit", type=click.IntRange(1), help="Only the first so many articles.")
@click.option("--model", help="spaCy model, by name or path.")
@click.option("--checkout", help="The peer's source, for those that are no package (ggt, citron).")
def main(
    peer: str,
    name: str,
    save: Path | None,
    python: Path | None,
    limit: int | None,
    model: str | None,
    checkout: str | None,
) -> None:
    """Command line."""
    python = python or default_python()
    if not python.exists():
        click.echo(f"SKIPPED {peer}: no Python at {python}; docs/evaluation.md says how to make it", err=True)
        sys.exit(SKIPPED)
    try:
        texts = gold_sets.load(name).first(limit)
    except gold_sets.Absent as reason:
        click.echo(f"SKIPPED {name}: {reason}", err=True)
        sys.exit(SKIPPED)
    extra = [word for pair in (("--model", model), ("--checkout", checkout)) if pair[1] for word in pair]
    out = save or Path(f"{peer}-{texts.name}.jsonl")
    try:
        took = run(peer, texts, out, python, tuple(str(word) for word in extra))
    except RuntimeError as error:
        click.echo(f"{peer} failed: {error}", err=True)
        sys.exit(FAILED)
    click.echo(
        f"{peer} on {texts.name}: {took['words'] / took['seconds']:.0f} words/s, load {took['load']:.1f} s, "
        f"{took['rss_mb']} MB, raised on {took['raised']} articles; {out}"
    )


if __name__ == "__main__":
    main()
