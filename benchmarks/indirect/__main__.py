"""``python -m benchmarks.indirect STEP``: train the tagger of reports, fit its confidence, score it."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from unittest.mock import patch

from benchmarks import floors
from benchmarks.indirect import gold
from benchmarks.indirect.measure import measure
from quoteattr.indirect import tagger

STEPS = ("train", "calibrate", "score")
BUNDLED = Path(__file__).parents[2] / "quoteattr" / "data" / "report_tagger.npz"
FLOORS = Path(__file__).parents[1] / "floors_indirect.toml"
PARTS = 5
"""Parts of the training articles; ``--without 0`` leaves out every fifth of them."""


def main(arguments: list[str] | None = None) -> None:
    """Run the step named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.indirect", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--part", choices=("train", "dev"), default="dev", help="what is scored")
    parser.add_argument("--weights", type=Path, default=BUNDLED, help="the weights, written and read")
    parser.add_argument(
        "--without",
        type=int,
        choices=range(PARTS),
        help=f"train without a {PARTS}th of the articles; calibrate on it alone",
    )
    parser.add_argument("--floors", action="store_true", help="fail if a figure is below its floor")
    parser.add_argument(
        "--raise", dest="raised", action="store_true", help="raise floors to what is measured"
    )
    options = parser.parse_args(arguments)
    {"train": _train, "calibrate": _calibrate, "score": _score}[options.step](options)


def _train(options: argparse.Namespace) -> None:
    from benchmarks.indirect.sites import labelled_sites
    from benchmarks.indirect.training import train

    sites = list(labelled_sites(gold.read("train")))
    kept = [site for site in sites if options.without is None or site.article % PARTS != options.without]
    print(f"{len(kept):,} of {len(sites):,} sites", flush=True)
    train(kept, options.weights)


def _calibrate(options: argparse.Namespace) -> None:
    from benchmarks.indirect.calibration import examples, fit, write

    if options.without is None:
        raise SystemExit("calibrate: say --without which part the weights were trained")
    weights = tagger.read_weights(options.weights)
    with patch.object(tagger, "load_weights", lambda: weights):
        found = list(examples(gold.read("train")[options.without :: PARTS]))
    fitted = fit(found)
    print(f"{len(found):,} reports, {sum(e.right for e in found):,} right", fitted)
    write(fitted, len(found))


def _score(options: argparse.Namespace) -> None:
    figures, report = measure(options.part)
    print(report)
    if not (options.floors or options.raised):
        return
    name, path = f"polnear-indirect-{options.part}", gold.path_of(options.part)
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
    pinned = floors.read(FLOORS) if FLOORS.is_file() else {}
    if options.raised:
        pinned[name] = floors.raised(pinned.get(name, floors.Pinned()), hashes, figures)
        floors.write(pinned, FLOORS)
    kept = floors.check(name, hashes, figures, pinned)
    print(kept.table)
    sys.exit(not kept.ok)


if __name__ == "__main__":
    main()
