"""Kills runs at random and resumes them, and starts runs at once that write the same output. Checks that the
output has the same bytes as that of an uninterrupted run.

The corpus has enough rows for several batches, most of them without a quotation. So a run may be killed while
it loads models, reads, parses, writes a batch, or assembles the output.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from benchmarks.fuzz.findings import Findings
from benchmarks.fuzz.rows import json_lines, rows

ROWS = 12_000
"""Rows of the corpus: twelve batches."""
QUOTING = 0.02
"""Share of rows with a quotation: enough for utterances, and few enough that a run takes seconds."""
BAD_ROWS = 40
"""Rows without an article among them, so that a file of rejects is written as well."""
PATIENCE = 900
"""Seconds until a run counts as hanging: far more than one takes on a busy machine."""
KILLS = 3
"""Most kills of one run before it is allowed to complete."""
OUT = "out.jsonl"

Digests = dict[str, str]
"""The SHA-256 of every file that a run leaves, by name."""


@attrs.define
class KillsReport:
    """What killed and racing runs have left."""

    seed: int
    times: int = 0
    kills: int = 0
    """Runs that were killed before they were complete."""
    races: int = 0
    faults: Findings = attrs.Factory(Findings)

    def __str__(self) -> str:
        return (
            f"seed {self.seed} killed runs {self.times} with {self.kills} kills, races {self.races}, "
            f"differences {len(self.faults)}"
        )


def run_kills(seed: int, times: int, log: Callable[[str], None] = print) -> KillsReport:
    """Kills so many runs and resumes them, and lets so many pairs of runs race."""
    report = KillsReport(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_corpus(folder / "corpus", random.Random(seed))
        start = time.monotonic()
        expected = complete(folder, folder / "expected")
        seconds = time.monotonic() - start
        for number in range(times):
            rng = random.Random(f"{seed} {number}")
            report.kills += kill(folder, folder / f"kill{number}", rng, seconds)
            report.times += 1
            note(number, folder / f"kill{number}", expected, report)
            race(folder, folder / f"race{number}", rng, seconds)
            report.races += 1
            note(number, folder / f"race{number}", expected, report)
            log(str(report))
    return report


def write_corpus(folder: Path, rng: random.Random) -> None:
    """Writes the corpus: two files, with bad rows in them."""
    folder.mkdir()
    made = json_lines(rows(rng, ROWS, QUOTING)).splitlines(keepends=True)
    for _ in range(BAD_ROWS):
        made.insert(rng.randrange(len(made)), rng.choice(("[]\n", '{"id": "x"}\n', "{\n")))
    for number, part in enumerate((made[: ROWS // 3], made[ROWS // 3 :])):
        folder.joinpath(f"{number}.jsonl").write_text("".join(part), encoding="utf-8")


def start(folder: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    """Starts a run in a process group of its own. It also deduplicates, so that it has three outputs."""
    out.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "quoteattr", "run", "corpus", "--out", str(out / OUT), "--dedup"]
    options = (*options, "--progress", "none", "--articles")
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*command, *options], cwd=folder, stderr=quiet, start_new_session=True)


def complete(folder: Path, out: Path) -> Digests:
    """Runs, or resumes, to the end, and returns the digests of what is there."""
    start(folder, out, "--resume").wait(PATIENCE)
    return digests(out)


def digests(out: Path) -> Digests:
    """The digests of all files in a folder, hidden ones included."""
    paths = sorted(path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def kill(folder: Path, out: Path, rng: random.Random, seconds: float) -> int:
    """Kills a run up to `KILLS` times, at any moment of its life, and then lets it complete."""
    killed = 0
    for _ in range(rng.randint(1, KILLS)):
        process = start(folder, out, "--resume")
        killed += _kill_after(process, rng.uniform(0.05, 1.1) * seconds, whole_group=rng.random() < 0.7)
        if out.joinpath(OUT).exists():
            break
    complete(folder, out)
    return killed


def race(folder: Path, out: Path, rng: random.Random, seconds: float) -> None:
    """Starts two runs for one output, kills one of them or neither, and then lets a third complete."""
    first = start(folder, out, "--resume")
    time.sleep(rng.choice((0, 0, rng.uniform(0, seconds))))
    second = start(folder, out, "--resume")
    if rng.random() < 0.5:
        _kill_after(rng.choice((first, second)), rng.uniform(0.05, 1) * seconds, whole_group=True)
    for process in (first, second):
        process.wait(PATIENCE)
    complete(folder, out)


def note(number: int, out: Path, expected: Digests, report: KillsReport) -> None:
    """Notes in which files a folder differs from the expected one, and how."""
    found = digests(out)
    if found == expected:
        return
    names = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
    source = f"seed {report.seed}, number {number}"
    details = "\n".join(f"{name}: {_difference(out.parent, out, name)}" for name in names)
    report.faults.add(f"{out.name.rstrip('0123456789')}: other {', '.join(names)}", source, source, details)


def _difference(folder: Path, out: Path, name: str) -> str:
    """How a file differs from the expected one."""
    found, expected = out / name, folder / "expected" / name
    if not found.exists() or not expected.exists():
        return "missing" if expected.exists() else "not expected"
    return f"{_ids(found)} rows, {_ids(expected)} expected"


def _ids(path: Path) -> int | str:
    """The number of rows of a file."""
    try:
        return len([json.loads(line) for line in path.read_bytes().splitlines()])
    except ValueError as error:
        return f"not readable ({error})"


def _kill_after(process: subprocess.Popen[bytes], seconds: float, *, whole_group: bool) -> int:
    """Kills a process after so many seconds, with its workers or alone; 0 if it ended by itself before."""
    try:
        process.wait(seconds)
        return 0
    except subprocess.TimeoutExpired:
        if whole_group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        return 1
