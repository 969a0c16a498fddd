"""The script that sets the project up: what is installed when, and what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent / ".ci" / "do.py"


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with an environment that does not exist yet."""
    spec = importlib.util.spec_from_file_location("quoteattr_do", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(module, "LOG", tmp_path / ".venv" / "install.log")
    monkeypatch.setattr(module, "fingerprint", lambda: "now")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "python").touch()
    return module


def asked_of_pip(do: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """What pip is asked to install by a command, whose task itself does nothing."""
    asked: list[str] = []

    def install(pip: list[str]) -> int:
        asked.append(pip[-1])
        return 0

    monkeypatch.setattr(do, "cpu_index", list)
    monkeypatch.setattr(do, "install", install)
    for task in ("demo", "test", "quick"):
        monkeypatch.setattr(do, task, lambda rest: 0)
    assert do.main(list(arguments)) == 0
    return asked


@pytest.mark.parametrize(
    ("arguments", "installed"),
    [
        (["demo"], "."),
        (["setup"], "."),
        (["setup", "--dev"], ".[dev,browser,spark]"),
        (["test"], ".[dev,browser,spark]"),
    ],
)
def test_each_task_installs_what_it_needs(
    arguments: list[str], installed: str, do: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked_of_pip(do, monkeypatch, *arguments) == [installed]
    assert asked_of_pip(do, monkeypatch, *arguments) == []


def test_what_the_checks_need_includes_the_library(do: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_of_pip(do, monkeypatch, "setup", "--dev")
    assert asked_of_pip(do, monkeypatch, "demo") == []


def test_the_library_is_not_what_the_checks_need(do: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_of_pip(do, monkeypatch, "demo")
    assert asked_of_pip(do, monkeypatch, "test") == [".[dev,browser,spark]"]


def test_pip_speaks_to_the_log(do: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    code = "print('Collecting torch'); print('noise'); raise SystemExit(3)"
    assert do.install([sys.executable, "-c", code]) == 3
    assert do.LOG.read_text(encoding="utf-8").splitlines() == ["Collecting torch", "noise"]
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == f"Installing into .venv, once; log: {Path('.venv', 'install.log')}"
    assert printed[1].endswith("MB in .venv")
    assert len(printed) == 2


def test_a_failure_shows_the_errors_of_pip(
    do: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def install(pip: Any) -> int:
        do.LOG.write_text("Collecting x\nERROR: no version of x\nnoise\n", encoding="utf-8")
        return 1

    monkeypatch.setattr(do, "install", install)
    monkeypatch.setattr(do, "cpu_index", list)
    with pytest.raises(SystemExit):
        do.main(["demo"])
    assert capsys.readouterr().err.startswith("ERROR: no version of x\ndo.py: pip could not install")


def test_an_unknown_argument_of_setup(do: ModuleType) -> None:
    assert do.setup(["--all"]) == 2


@pytest.mark.parametrize(
    ("arguments", "checks"),
    [
        (["--quick"], ["lint", "format", "types", "quick"]),
        ([], ["lint", "format", "types", "quick", "tests"]),
        (["-k", "marks"], ["lint", "format", "types", "tests"]),
    ],
)
def test_fast_checks_come_first(
    arguments: list[str], checks: list[str], do: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []

    def announced(check: tuple[str, list[str]]) -> str:
        run.append(check[0])
        return str(do.report(check[0], 0, 0.0))

    monkeypatch.setattr(do, "announced", announced)
    monkeypatch.setattr(do, "captured", lambda check: (do.report(check[0], do.SKIPPED, 0.0), ""))
    assert do.test(arguments) == 0
    assert run == checks


def test_a_summary_says_that_nobody_needs_what_is_skipped(
    do: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert do.summary([do.report("floors", do.SKIPPED, 1.0), do.report("lint", 0, 1.0)]) == 0
    assert "Nobody needs them to use or to change the library" in capsys.readouterr().out
    assert do.summary([do.report("lint", 1, 1.0)]) == 1
