"""Score the library, or saved predictions, on gold sets.

    python -m benchmarks.evaluate polnear-dev dev-entities seeds
    python -m benchmarks.evaluate polnear-train --workers 2 --kept-parses .work/parses --save train.jsonl
    python -m benchmarks.evaluate polnear-train --predictions train.jsonl --errors - --rule RULE --sample 50
    python -m benchmarks.evaluate --floors
    python -m benchmarks.evaluate --corpus FOLDER --workers 2 --sample 10000 --against OTHER-CHECKOUT

A SET is polnear-train, polnear-dev, dev-entities, seeds, articles, the path of a JSONL file of the same form,
of a folder of brat standoff, or FORMAT:PATH for a corpus in another format (docs/larger-corpora.md).
docs/evaluation.md says what each figure means.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import attrs
import click

from benchmarks import archive, errors, floors, gold_sets, origins, predictions
from benchmarks.calibration import Calibration, calibrate
from benchmarks.corpus_formats import FORMATS, split_name
from benchmarks.scoring import Figures, Interval, Row, Scored, by_kind, by_rule, figures, intervals, score

HELP = (__doc__ or "").replace("\n\n    ", "\n\n\b\n    ")
"""The module's own text, its examples marked for click to leave their lines alone."""
FAILED, SKIPPED = 1, 77
"""Exit codes: a floor broken or an article that raised; nothing of what was asked for is on this machine
(77 is what automake and meson take for a skipped test)."""


GUIDE = "docs/evaluation.md"
"""The page that logs each look at a held set."""


@attrs.frozen
class Report:
    """Everything there is to say of one set."""

    name: str
    """The set."""
    scored: Scored
    """Cases and counts."""
    figures: Figures
    """Shares by dotted name."""
    intervals: dict[str, Interval]
    """95 % bootstrap intervals of them."""
    claims: Calibration | None
    """Calibration of the answers that name a speaker."""
    answers: Calibration | None
    """Calibration of all answers, "nobody" among them."""

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, shares rounded to four places."""
        value = {
            "set": self.name,
            "counts": dict(self.scored.total),
            "figures": self.figures,
            "intervals": self.intervals,
            "by_kind": {kind: attrs.asdict(row) for kind, row in by_kind(self.scored).items()},
            "by_rule": {rule: attrs.asdict(row) for rule, row in by_rule(self.scored).items()},
            "calibration": self.claims and attrs.asdict(self.claims),
            "calibration_of_all_answers": self.answers and attrs.asdict(self.answers),
        }
        return json.loads(json.dumps(value), parse_float=lambda x: round(float(x), 4))  # type: ignore[no-any-return]


def evaluate(
    gold_set: gold_sets.GoldSet, answers: predictions.Predictions, *, draws: int = 1000, seed: int = 0
) -> Report:
    """Score answers to a set. ``draws`` bootstrap samples of its articles are drawn from ``seed``."""
    scored = score(gold_set, answers)
    measured = figures(scored.total)
    if (stated := calibrate(scored, claims_only=True)) is not None:
        measured["calibration.ece"] = stated.ece
    return Report(
        name=gold_set.name,
        scored=scored,
        figures=measured,
        intervals=intervals(scored.counts, draws, seed),
        claims=stated,
        answers=calibrate(scored, claims_only=False),
    )


def text(report: Report) -> str:
    """The report as tables for a terminal."""
    total = report.scored.total
    marked = sum(case.gold is not None for case in report.scored.cases)
    judged = len(report.scored.answers)
    parts = [
        f"\n== {report.name}: {total['articles']} articles, {marked} quotations, {judged} answers judged"
    ]
    parts += [_figure_line(name, value, report.intervals.get(name)) for name, value in report.figures.items()]
    if report.name in gold_sets.HAND_READ:
        parts.append(_origins(report.scored))
    if report.name in gold_sets.HELD:
        return "\n".join(parts)
    parts.append(_rows("kind", by_kind(report.scored)))
    parts.append(_rows("rule", by_rule(report.scored)))
    if report.claims and report.answers:
        parts.append(_calibration(report.claims, report.answers))
    return "\n".join(parts)


def _origins(scored: Scored) -> str:
    """The share of right speakers by where the articles come from."""
    lines = [f"\n{'origin':26}      n  of all                     spoken"]
    for name, (n, shares, between) in origins.by_origin(scored.articles, scored.counts).items():
        cells = (
            f"{shares[key]:.3f} [{between[key][0]:.3f}, {between[key][1]:.3f}]" for key in origins.KEYS[:2]
        )
        lines.append(f"{name:26} {n:6}  {'    '.join(cells)}")
    return "\n".join(lines)


def _figure_line(name: str, value: float, interval: Interval | None) -> str:
    between = f"  [{interval[0]:.4f}, {interval[1]:.4f}]" if interval else ""
    return f"{name:18} {value:.4f}{between}"


def _rows(title: str, rows: dict[str, Row]) -> str:
    width = max([len(title), *map(len, rows)])
    lines = [f"\n{title:{width}}      n  share  found claims mention  right   conf"]
    for name, row in rows.items():
        sure = "" if row.confidence is None else f"{row.confidence:7.3f}"
        lines.append(f"{name:{width}} {row.n:6} {row.share:6.3f} {row.found:6.3f} {row.claims:6.3f} "
                     f"{row.mention:7.3f} {row.right:6.3f}{sure}")  # fmt: skip
    return "\n".join(lines)


def _calibration(claims: Calibration, answers: Calibration) -> str:
    lines = [f"\ncalibration error {claims.ece:.4f} over {claims.n} answers that name a speaker "
             f"({answers.ece:.4f} over all {answers.n})", "confidence      n   mean  right"]  # fmt: skip
    lines += [f"  {b.low:.1f}-{b.high:.1f}  {b.n:6} {b.confidence:6.3f} {b.right:6.3f}" for b in claims.bins]
    lines.append("at least        n  precision recall")
    lines += [
        f"     {t.at_least:.2f}  {t.n:6} {t.precision:10.3f} {t.recall:6.3f}" for t in claims.thresholds
    ]
    return "\n".join(lines)


def write_errors(report: Report, target: str, chosen: errors.Filter, group: str) -> None:
    """The wrong cases to the end of a file, or to standard output for "-"."""
    body = errors.report(chosen(errors.wrong_cases(report.scored.cases)), group=group)
    if target == "-":
        click.echo(body)
    else:
        with Path(target).open("a", encoding="utf-8") as out:
            out.write(f"{report.name}: {body}\n")


@click.command(help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sets", nargs=-1, metavar="SET...")
@click.option(
    "--predictions",
    "given",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Score this file; run nothing.",
)
@click.option(
    "--save", type=click.Path(path_type=Path), help="Write the answers to this file (one SET only)."
)
@click.option("--errors", "errors_to", metavar="FILE", help="Write the wrong cases to FILE ('-': here).")
@click.option(
    "--group", type=click.Choice(errors.GROUPS), default="error", help="Headings of the wrong cases."
)
@click.option("--rule", multiple=True, help="Only wrong cases that this rule decided. Repeatable.")
@click.option(
    "--kind", multiple=True, help="Only wrong cases of this kind of mention ('none': no gold). Repeatable."
)
@click.option(
    "--error", multiple=True, type=click.Choice(errors.ERRORS), help="Only this mistake. Repeatable."
)
@click.option("--sample", type=click.IntRange(1), help="At most so many wrong cases, drawn from the seed.")
@click.option("--seed", default=0, show_default=True, help="Seed of --sample and of the intervals.")
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(0), help="Bootstrap samples.")
@click.option("--limit", type=click.IntRange(1), help="Only the first so many articles.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes, one thread each."
)
@click.option(
    "--kept-parses", "kept", type=click.Path(path_type=Path), help="Folder of parses to use and fill."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a set.")
@click.option(
    "--floors", "check_floors", is_flag=True, help="Compare with benchmarks/floors.toml; fail if below."
)
@click.option(
    "--raise", "raise_floors", is_flag=True, help="With --floors: raise each floor to what was measured."
)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True),
    help="Measure a run over this file or folder of articles without gold (at most --sample of them).",
)
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True),
    help="With --corpus: compare with another checkout, or with answers that --save wrote.",
)
def main(
    sets: tuple[str, ...], check_floors: bool, corpus: Path | None, against: Path | None, **options: Any
) -> None:
    """Command line; `evaluate` is the function to call from Python."""
    asked = Options(**options)
    if corpus is not None:
        if sets or check_floors:
            raise click.UsageError("--corpus takes no SET and no --floors")
        _measure_corpus(corpus, against, asked)
        return
    if against is not None:
        raise click.UsageError("--against needs --corpus")
    if not sets and not check_floors:
        raise click.UsageError(f"name a gold set: {', '.join(gold_sets.SETS)}, or a JSONL file")
    for name in sets:
        if name not in gold_sets.SETS and not split_name(name) and not Path(name).exists():
            raise click.UsageError(
                f"{name} is neither a file or folder nor one of {', '.join(gold_sets.SETS)}, "
                f"nor FORMAT:PATH with one of {', '.join(FORMATS)}"
            )
    if asked.errors_to and any(name in gold_sets.HELD for name in sets):
        raise click.UsageError(f"the errors of {', '.join(gold_sets.HELD)} are not to be read: see {GUIDE}")
    if asked.save and len(sets) != 1:
        raise click.UsageError("--save takes one SET")
    if asked.raise_floors and (asked.limit or asked.given):
        raise click.UsageError("--raise measures whole sets: leave out --limit and --predictions")
    if asked.errors_to not in (None, "-"):
        Path(asked.errors_to).write_text("", encoding="utf-8")
    pinned = floors.read() if check_floors else None
    ok = [done for name in sets or tuple(pinned or ()) if (done := _one_set(name, asked, pinned)) is not None]
    if pinned is not None and asked.raise_floors:
        floors.write(pinned)
    if not ok:
        sys.exit(SKIPPED)
    sys.exit(0 if all(ok) else FAILED)


def _measure_corpus(corpus: Path, against: Path | None, asked: Options) -> None:
    text_of_report, value = archive.report(
        corpus, size=asked.sample, seed=asked.seed, workers=asked.workers, against=against, save=asked.save
    )
    click.echo(json.dumps(value, ensure_ascii=False) if asked.as_json else text_of_report)


@attrs.frozen
class Options:
    """What the command line asks for; the names are its options'."""

    given: Path | None
    save: Path | None
    errors_to: str | None
    group: str
    rule: tuple[str, ...]
    kind: tuple[str, ...]
    error: tuple[str, ...]
    sample: int | None
    seed: int
    draws: int
    limit: int | None
    workers: int
    kept: Path | None
    as_json: bool
    raise_floors: bool


def _one_set(name: str, asked: Options, pinned: dict[str, floors.Pinned] | None) -> bool | None:
    """Evaluate and print one set; whether all is well, None where the set is not on this machine."""
    try:
        whole = gold_sets.load(name)
    except gold_sets.Absent as reason:
        click.echo(f"SKIPPED {name}: {reason}", err=True)
        return None
    answers, crashed = _answers(whole.first(asked.limit), asked)
    report = evaluate(whole.first(asked.limit), answers, draws=asked.draws, seed=asked.seed)
    if asked.save:
        predictions.write(asked.save, answers)
    if asked.errors_to:
        chosen = errors.Filter(asked.rule, asked.kind, asked.error, asked.sample, asked.seed)
        write_errors(report, asked.errors_to, chosen, asked.group)
    if pinned is not None:
        return _floors_hold(report, whole, asked, pinned) and not crashed
    if asked.as_json:
        click.echo(json.dumps(report.as_json()))
    elif asked.errors_to != "-":
        click.echo(text(report))
    return not crashed


def _floors_hold(
    report: Report, whole: gold_sets.GoldSet, asked: Options, pinned: dict[str, floors.Pinned]
) -> bool:
    """Print measured and floors; with --raise, lift the floors in place."""
    hashes = whole.hashes()
    kept = floors.check(whole.name, hashes, report.figures, pinned)
    click.echo(kept.table)
    if asked.raise_floors:
        pinned[whole.name] = floors.raised(pinned.get(whole.name, floors.Pinned()), hashes, report.figures)
    return kept.ok


def _answers(gold_set: gold_sets.GoldSet, asked: Options) -> tuple[predictions.Predictions, bool]:
    """The answers to a set, read or made, and whether an article raised."""
    if asked.given:
        return predictions.read(asked.given), False
    ran = predictions.run(gold_set.articles, asked.workers, kept=asked.kept)
    speed = ran.words / ran.seconds if ran.seconds else 0.0
    alone = asked.workers == 1
    loading = f"load {ran.load:.1f} s" if alone else f"{asked.workers} processes, their load included"
    click.echo(f"{gold_set.name}: {speed:.0f} words/s, {loading}", err=True)
    if ran.crashed:
        click.echo(f"{len(ran.crashed)} articles raised: {', '.join(ran.crashed)}", err=True)
    return ran.predictions, bool(ran.crashed)


if __name__ == "__main__":
    main()
