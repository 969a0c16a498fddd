"""Runs ``quoteattr run`` on corrupted files, and checks that no file ends the run and no readable article is
lost."""

from __future__ import annotations

import ctypes
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from benchmarks.fuzz import damaged_files, damaged_rows
from benchmarks.fuzz.damaged_files import Maker
from benchmarks.fuzz.findings import Findings
from benchmarks.fuzz.rows import Made, json_lines, rows, words

KINDS: tuple[Maker, ...] = (
    damaged_files.truncated_gzip,
    damaged_files.truncated_zstandard,
    damaged_files.truncated_parquet,
    damaged_files.wrong_encoding,
    damaged_files.byte_order_mark,
    damaged_files.utf_16,
    damaged_files.carriage_returns,
    damaged_files.nul_bytes,
    damaged_files.zero_bytes,
    damaged_files.binary,
    damaged_files.pdf,
    damaged_files.fifo,
    damaged_files.dangling_link,
    damaged_files.link_loop,
    damaged_files.named_folder,
    damaged_files.unreadable,
    damaged_files.odd_name,
    damaged_rows.huge_field,
    damaged_rows.open_quotation,
    damaged_rows.bad_dates,
    damaged_rows.odd_arrow_dates,
    damaged_rows.duplicate_columns,
    damaged_rows.nested_json,
    damaged_rows.no_objects,
    damaged_rows.surrogate_escapes,
    damaged_rows.wrong_types,
    damaged_rows.wrong_arrow_types,
    damaged_rows.ragged_rows,
)
"""The kinds of corrupted files."""
TOGETHER = 2 * len(KINDS)
"""Files in a folder: two of each kind, so that a run's start-up is shared by many."""
SECONDS = 300
"""A run that takes longer counts as hanging: ten times what one takes on a busy machine."""
COMPLETE = (0, 3)
"""Exit statuses of a complete run, without and with rejects."""
DROP, MAY_OVERRIDE, MAY_READ = 24, 1, 2
"""Linux's numbers of PR_CAPBSET_DROP, CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


@attrs.frozen
class Outcome:
    """What a run over a folder gave."""

    status: int | None
    """Exit status; None if it took too long."""
    message: str
    """The end of its standard error."""
    texts: str
    """The texts of all articles that came out."""
    rejects: Counter[str]
    """The number of rejects of each file, by its name."""


@attrs.define
class FilesReport:
    """What runs over corrupted files have found."""

    seed: int
    files: int = 0
    readable: int = 0
    """Articles that can be read."""
    rejects: int = 0
    ended: Findings = attrs.Factory(Findings)
    lost: Findings = attrs.Factory(Findings)

    def __str__(self) -> str:
        return (
            f"seed {self.seed} files {self.files} of {len(KINDS)} kinds, readable rows {self.readable}, "
            f"rejects {self.rejects}, runs ended {len(self.ended)}, rows lost {len(self.lost)}"
        )


def run_files(seed: int, files: int, log: Callable[[str], None] = print) -> FilesReport:
    """Makes folders of corrupted files and runs the command over each."""
    report = FilesReport(seed)
    for first in range(0, files, TOGETHER):
        numbers = range(first, min(first + TOGETHER, files))
        try_files(seed, numbers, report)
        log(str(report))
    return report


def try_files(seed: int, numbers: Sequence[int], report: FilesReport) -> None:
    """Runs over a folder with the files of these numbers; if it ends, over each file alone to find which."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = make_folder(seed, numbers, Path(folder, "corpus"))
        outcome = run_over(Path(folder))
    if outcome.status not in COMPLETE and len(numbers) > 1:
        for number in numbers:
            try_files(seed, [number], report)
        return
    report.files += len(numbers)
    report.rejects += outcome.rejects.total()
    if outcome.status not in COMPLETE:
        ending = "hangs" if outcome.status is None else f"ends with status {outcome.status}"
        source = f"number {numbers[0]}"
        report.ended.add(f"{kind_of(numbers[0]).__name__} {ending}", source, source, outcome.message)
        return
    for number, (name, found) in made.items():
        report.readable += len(found.words)
        note(number, name, found, outcome, report)


def make_folder(seed: int, numbers: Sequence[int], folder: Path) -> dict[int, tuple[str, Made]]:
    """Makes the files of these numbers, and one that is as it should be; by number how its name begins."""
    folder.mkdir()
    made = {}
    for number in numbers:
        maker = kind_of(number)
        name = f"{number:05}-{maker.__name__}"
        made[number] = (name, maker(random.Random(f"{seed} {number}"), folder / name))
    good = rows(random.Random(f"{seed} {numbers} good"), 3)
    folder.joinpath("good.jsonl").write_text(json_lines(good), encoding="utf-8")
    made[-1] = ("good", Made(words(good), most_rejects=0))
    return made


def kind_of(number: int) -> Maker:
    """The maker of the file of that number."""
    return KINDS[number % len(KINDS)]


def run_over(folder: Path) -> Outcome:
    """Runs the command over ``corpus`` in a folder."""
    command = [sys.executable, "-m", "quoteattr", "run", "corpus", "--out", "out.jsonl", "--articles"]
    process = subprocess.Popen(
        [*command, "--progress", "none"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        errors="backslashreplace",
        start_new_session=True,
        preexec_fn=_give_up_privileges,
    )
    try:
        message, status = process.communicate(timeout=SECONDS)[1], process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        message, status = process.communicate()[1], None
    texts = [row["text"] for row in _read(folder / "out.jsonl")]
    rejects = Counter(_file_of(reject["location"]) for reject in _read(folder / "out.rejects.jsonl"))
    return Outcome(status, message[-1500:], "\n".join(texts), rejects)


def _give_up_privileges() -> None:
    """Takes from the superuser the right to read every file, so that unreadable files are unreadable."""
    if sys.platform == "linux" and os.geteuid() == 0:
        system = ctypes.CDLL(None)
        system.prctl(DROP, MAY_OVERRIDE, 0, 0, 0)
        system.prctl(DROP, MAY_READ, 0, 0, 0)


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def _file_of(location: str) -> str:
    """How the name of a file begins, from the location of a reject: its number and kind.

    >>> _file_of("corpus/00007-pdf.html:3")
    '00007-pdf'
    """
    name = location.partition("corpus/")[2]
    return next((name[: len(start)] for start in _beginnings(name)), name)


def _beginnings(name: str) -> list[str]:
    return [start for maker in KINDS if name.startswith(start := f"{name[:5]}-{maker.__name__}")]


def note(number: int, name: str, found: Made, outcome: Outcome, report: FilesReport) -> None:
    """Notes what the outcome of a run shows about one file."""
    kind, source = name.partition("-")[2] or name, f"number {number}"
    lost = [word for word in sorted(found.words) if word not in outcome.texts]
    if lost:
        details = f"{len(lost)} of {len(found.words)} rows lost; {outcome.rejects[name]} rejects of the file"
        report.lost.add(f"{kind} loses rows", source, source, details)
    elif not found.words and not outcome.rejects[name] and kind in SILENT:
        report.lost.add(f"{kind} is passed over in silence", source, source, "no reject names the file")
    if found.most_rejects is not None and outcome.rejects[name] > found.most_rejects:
        details = f"{outcome.rejects[name]} rejects of the file, at most {found.most_rejects} expected"
        report.lost.add(f"{kind} gives too many rejects", source, source, details)


SILENT = frozenset(
    maker.__name__
    for maker in (
        damaged_files.truncated_zstandard,
        damaged_files.fifo,
        damaged_files.dangling_link,
        damaged_files.unreadable,
        damaged_files.pdf,
    )
)
"""Kinds that hold no article: a reject must say so."""
