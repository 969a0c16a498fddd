"""Set the project up, then run its demonstration or its checks.

    python3 .ci/do.py demo [FILE...]       every quotation of two articles (or of yours), as a table
    python3 .ci/do.py test [ARGUMENT...]   every check; arguments go to pytest
    python3 .ci/do.py quick [ARGUMENT...]  lint, types and the tests that load no model
    python3 .ci/do.py setup                only set up
    python3 .ci/do.py browser              install Chromium for the browser tests (Debian, Ubuntu; as root)

Needs Python 3.11 or later. The first use makes a virtual environment, .venv, and installs the project into
it, which needs the network. Later uses start at once unless pyproject.toml or the constraints have changed.

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
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "quoteattr-installed"
OLDEST = (3, 11)

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
TESTS: Check = ("tests", ["-m", "pytest", "-rs", "--hypothesis-profile=thorough"])
COVERAGE = ["--cov=quoteattr", "--cov-report=term:skip-covered", "--cov-fail-under=85"]
"""Added where every test runs. The floor lies some points under what is measured; worker processes and
Spark's Python workers are not counted."""
QUICK: Check = ("tests", ["-m", "pytest", "-q", "-m", "not slow"])
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


def set_up() -> None:
    """Make .venv and install the project, unless that is done."""
    try:
        wanted = fingerprint()
    except OSError as error:
        sys.exit(f"do.py: QUOTEATTR_CONSTRAINTS: {error}")
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    if not PYTHON.exists():
        print("Making .venv", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            sys.exit(
                "do.py: this Python makes no virtual environments (Debian, Ubuntu: install python3-venv)"
            )
    print("Installing into .venv; once, and it takes minutes (torch is large)", flush=True)
    held = constraints()
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    pip += ["--constraint", str(held)] if held else []
    pip += ["--editable", ".[dev,browser,spark]"]
    if status := subprocess.run(pip, cwd=ROOT, check=False).returncode:
        print(
            "do.py: pip could not install the project (its reason stands above).\n"
            "       Where a version is the trouble, leave the choice to pip: QUOTEATTR_CONSTRAINTS= "
            f"{Path(sys.executable).name} .ci/do.py …",
            file=sys.stderr,
        )
        sys.exit(status)
    STAMP.write_text(wanted, encoding="ascii")


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
    """Run every check, even if one fails, and print how each ended; 1 if any failed.

    The tests run beside the checks that measure, which print what they have to say when the tests are done.
    """
    lines = [announced(check) for check in FIRST]
    name, command = TESTS
    with ThreadPoolExecutor(1) as aside:
        measured = aside.map(captured, BESIDE)
        lines.append(announced((name, [*command, *(arguments or COVERAGE)])))
        for line, printed in measured:
            print(printed, flush=True)
            lines.append(line)
    print("\n" + "\n".join(lines), flush=True)
    return int(any("FAILED" in line for line in lines))


def quick(arguments: list[str]) -> int:
    """Run the checks that need no model; 1 if any failed."""
    name, command = QUICK
    lines = [announced(check) for check in (*FIRST, (name, [*command, *arguments]))]
    print("\n" + "\n".join(lines), flush=True)
    return int(any("FAILED" in line for line in lines))


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
        "setup": lambda rest: 0,
    }
    if task == "browser":
        return browser()
    if task not in tasks:
        print(__doc__)
        return 0 if task in ("-h", "--help") else 2
    set_up()
    return tasks[task](rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
