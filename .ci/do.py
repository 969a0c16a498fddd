"""Set the project up, then run its demonstration or its checks.

    python3 .ci/do.py demo [FILE...]               every quotation of two articles (or of yours), as a table
    python3 .ci/do.py test --quick [ARGUMENT...]   lint, types and the tests that load no model
    python3 .ci/do.py test [ARGUMENT...]           every check, the fast ones first; arguments go to pytest
    python3 .ci/do.py setup [--dev]                only set up: the library, or with what the checks need
    python3 .ci/do.py browser                      install Chromium (Debian, Ubuntu; as root) for its tests

Needs Python 3.11 or later. The first use makes a virtual environment, .venv, and installs the library into
it, which needs the network; the first check adds what the checks need. What pip prints is in
.venv/install.log. Later uses start at once unless pyproject.toml or the constraints have changed.

QUOTEATTR_CONSTRAINTS names a file of versions to use instead of .ci/constraints.txt, for another torch, for
example. If it is empty, pip chooses the versions.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "install.log"
OLDEST = (3, 11)

Setup = Literal["run", "dev"]
EXTRAS: dict[Setup, str] = {"run": "", "dev": "[dev,browser,spark]"}
"""What is installed to run the library, and to check it."""
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
"""Where PyTorch's builds for the CPU are. The usual index has those for CUDA for Linux, 2 GB larger."""
INDEX_PATIENCE = 3
"""Seconds that it may take to answer; behind a mirror it is not reached at all."""

ARTICLES = [Path("seeds", "articles", name) for name in ("reservoir-tabloid.txt", "ferry.txt")]

Check = tuple[str, list[str]]
FIRST: tuple[Check, ...] = (
    ("lint", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
)
"""The quick checks, one after the other."""
BESIDE: tuple[Check, ...] = (
    ("floors", ["-m", "benchmarks.evaluate", "--floors"]),
    ("lines", ["-m", "benchmarks.deduplication", "--floors"]),
    ("links", ["-m", "benchmarks.links", "gum-test", "--floors"]),
    ("roles", ["-m", "benchmarks.role_grid", "--floors"]),
    ("docs", ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", ".docs"]),
)
"""Checks that use one core, one after the other, while the tests run on another."""
THOROUGH = "--hypothesis-profile=thorough"
TESTS: Check = ("tests", ["-m", "pytest", "-rs", THOROUGH])
COVERAGE = ["--cov=quoteattr", "--cov-append", "--cov-report=term:skip-covered", "--cov-fail-under=85"]
"""Added where every test runs. The floor lies some points under what is measured; worker processes and
Spark's Python workers are not counted."""
QUICK: Check = ("quick", ["-m", "pytest", "-q", "-m", "not slow"])
"""The tests that load no model."""
FIRST_COVERAGE = ["--cov=quoteattr", "--cov-report="]
"""Added to the quick tests where every test runs; the others report the sum."""
PATIENCE = 240
"""Seconds that apt-get may take for one step: ten times what it usually takes."""
SKIPPED = 77
"""Exit status of a check whose data is not on this machine."""


def constraints() -> Path | None:
    """The file of versions in force."""
    asked = os.environ.get("QUOTEATTR_CONSTRAINTS")
    if asked is None:
        return ROOT / ".ci" / "constraints.txt"
    return Path(asked).expanduser().resolve() if asked else None


def fingerprint() -> str:
    """Changes when what is installed may have to change."""
    held = constraints()
    parts = [(ROOT / "pyproject.toml").read_bytes(), held.read_bytes() if held else b"", str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(kind: Setup) -> Path:
    """The file that says what was installed last."""
    return VENV / f"quoteattr-installed-{kind}"


def is_set_up(kind: Setup, wanted: str) -> bool:
    """Whether everything that is wanted is installed. What the checks need includes the library."""
    stamps = [stamp("dev"), stamp(kind)]
    return PYTHON.exists() and any(s.exists() and s.read_text(encoding="ascii") == wanted for s in stamps)


def set_up(kind: Setup) -> None:
    """Make .venv and install the library, unless that is done."""
    try:
        wanted = fingerprint()
    except OSError as error:
        sys.exit(f"do.py: QUOTEATTR_CONSTRAINTS: {error}")
    if is_set_up(kind, wanted):
        return
    if not PYTHON.exists():
        print("Making .venv", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            sys.exit(
                "do.py: this Python makes no virtual environments (Debian, Ubuntu: install python3-venv)"
            )
    held = constraints()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    pip += ["--progress-bar=off", *(["--constraint", str(held)] if held else []), *cpu_index()]
    if status := install([*pip, "--editable", f".{EXTRAS[kind]}"]):
        lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
        print("\n".join([line for line in lines if line.startswith("ERROR")] or lines[-5:]), file=sys.stderr)
        print(
            f"do.py: pip could not install the project; all that it said is in {LOG.relative_to(ROOT)}.\n"
            "       Where a version is the trouble, leave the choice to pip: QUOTEATTR_CONSTRAINTS= "
            f"{Path(sys.executable).name} .ci/do.py …",
            file=sys.stderr,
        )
        sys.exit(status)
    stamp(kind).write_text(wanted, encoding="ascii")


def cpu_index() -> list[str]:
    """The arguments with which pip finds PyTorch for the CPU, on Linux without an NVIDIA card."""
    if not sys.platform.startswith("linux") or shutil.which("nvidia-smi") or "PIP_INDEX_URL" in os.environ:
        return []
    try:
        urllib.request.urlopen(f"{CPU_INDEX}/torch/", timeout=INDEX_PATIENCE).close()
    except (OSError, ValueError):
        return []
    return ["--extra-index-url", CPU_INDEX]


def install(pip: list[str]) -> int:
    """Run pip, with its output in a log and what it does on one line; its exit status."""
    began, shown = time.monotonic(), sys.stdout.isatty()
    print(f"Installing into .venv, once; log: {LOG.relative_to(ROOT)}", end="" if shown else "\n", flush=True)
    with (
        LOG.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            pip, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as process,
    ):
        for line in process.stdout or ():
            log.write(line)
            step = line.split()[:2]
            if shown and step and step[0] in ("Collecting", "Installing", "Building"):
                seconds = f"{time.monotonic() - began:4.0f} s"
                print(f"\r\033[KInstalling into .venv: {seconds}  {' '.join(step)[:40]}", end="", flush=True)
    megabytes = sum(path.lstat().st_size for path in VENV.rglob("*") if path.is_file()) / 1_000_000
    done = f"{time.monotonic() - began:.0f} s, {megabytes:,.0f} MB in .venv"
    print(f"{chr(13)}{chr(27)}[KInstalled: {done}" if shown else f"Installed: {done}", flush=True)
    return process.returncode


def run(*arguments: str) -> int:
    """Run .venv's Python in the project's folder; its exit status."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


def demo(files: list[str]) -> int:
    """Show what the library finds in the files, or in two articles of the project."""
    given = [str(Path(file).resolve()) if file != "-" else file for file in files]
    return run("-m", "quoteattr", *(given or map(str, ARTICLES)))


def report(name: str, status: int, seconds: float) -> str:
    """The line that says how a check ended."""
    verdict = {0: "ok", SKIPPED: "skipped"}.get(status, f"FAILED ({status})")
    return f"{name:8}{verdict:12}{seconds:6.1f} s"


def summary(lines: list[str]) -> int:
    """Print how each check ended; 1 if any failed."""
    print("\n" + "\n".join(lines), flush=True)
    if any("skipped" in line for line in lines):
        print(
            "\nskipped: it measures on articles that may not be redistributed (PolNeAR, newspapers)."
            "\n         Nobody needs them to use or to change the library; maintainers run these checks."
        )
    return int(any("FAILED" in line for line in lines))


def announced(check: Check) -> str:
    """Run a check with its output shown as it comes; its report."""
    name, command = check
    print(f"\n== {name}: python {' '.join(command)}", flush=True)
    began = time.monotonic()
    return report(name, run(*command), time.monotonic() - began)


def captured(check: Check) -> tuple[str, str]:
    """Run a check in the background; its report, and what it printed."""
    name, command = check
    began = time.monotonic()
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [str(PYTHON), *command],
        cwd=ROOT,
        check=False,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    line = report(name, done.returncode, time.monotonic() - began)
    return line, f"\n== {name}: python {' '.join(command)}\n{done.stdout}"


def test(arguments: list[str]) -> int:
    """Run every check, even if one fails, the fast ones first, and print how each ended; 1 if any failed.

    The slow tests run beside the checks that measure, which print what they have to say when the tests are
    done.
    """
    if arguments[:1] == ["--quick"]:
        return quick(arguments[1:])
    name, command = QUICK
    lines = [announced(check) for check in FIRST]
    if not arguments:
        lines.append(announced((name, [*command, "-rs", THOROUGH, *FIRST_COVERAGE])))
    name, command = TESTS
    command = command if arguments else [*command, "-m", "slow"]
    print(
        f"\nIn the background: {', '.join(check[0] for check in BESIDE)}; reported after the tests",
        flush=True,
    )
    with ThreadPoolExecutor(1) as aside:
        measured = aside.map(captured, BESIDE)
        lines.append(announced((name, [*command, *(arguments or COVERAGE)])))
        for line, printed in measured:
            print(printed, flush=True)
            lines.append(line)
    return summary(lines)


def quick(arguments: list[str]) -> int:
    """Run the checks that need no model; 1 if any failed."""
    name, command = QUICK
    return summary([announced(check) for check in (*FIRST, (name, [*command, *arguments]))])


def setup(arguments: list[str]) -> int:
    """Only set up; 2 for an unknown argument."""
    if arguments not in ([], ["--dev"]):
        print("do.py: setup takes no argument but --dev", file=sys.stderr)
        return 2
    set_up("dev" if arguments else "run")
    return 0


def browser() -> int:
    """Install Chromium where there is none; 1, with the reason told, where that cannot be done."""
    if shutil.which("chromium") or shutil.which("google-chrome"):
        return 0
    if not shutil.which("apt-get"):
        print("do.py: no apt-get here; install Chromium by other means, or the browser tests are skipped")
        return 1
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        try:
            ran = subprocess.run(["apt-get", "--quiet", *step], check=False, timeout=PATIENCE)
            trouble = f"exit status {ran.returncode}" if ran.returncode else ""
        except subprocess.TimeoutExpired:
            trouble = f"not done after {PATIENCE} s"
        if trouble:
            print(f"do.py: apt-get {step[0]}: {trouble}; the browser tests are skipped")
            return 1
    return 0


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit status."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"do.py: quoteattr needs Python 3.11 or later, and this is {found}")
    task, rest = (arguments[0] if arguments else ""), arguments[1:]
    tasks: dict[str, Callable[[list[str]], int]] = {
        "demo": demo,
        "test": test,
        "quick": quick,
        "setup": setup,
    }
    if task == "browser":
        return browser()
    if task not in tasks:
        print(__doc__)
        return 0 if task in ("-h", "--help") else 2
    if task != "setup":
        set_up("run" if task == "demo" else "dev")
    return tasks[task](rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
