"""What is built for users: the wheel and the sdist, looked into, and the wheel run away from the checkout."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Mapping
from email.message import Message
from pathlib import Path

import pytest

import quoteattr

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MOST_BYTES = 40_000_000


def run(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """What the command prints; fails with all of it if the command does."""
    ran = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return email.message_from_bytes(archive.read(name))


def test_the_checkers_have_no_complaint(built: Path, wheel: Path) -> None:
    assert "FAILED" not in run(sys.executable, "-m", "twine", "check", "--strict", *built.iterdir())
    assert run(sys.executable, "-m", "check_wheel_contents", wheel).endswith(": OK\n")


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "quoteattr").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert {name for name in names if ".dist-info/" not in name} == package
    assert {"quoteattr/py.typed", "quoteattr/data/models/en/depparse/compact.pt"} <= package
    assert wheel.stat().st_size < MOST_BYTES


def test_the_sdist_holds_what_the_wheel_needs_and_no_tests(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        tops = {Path(name).parts[1] for name in archive.getnames() if len(Path(name).parts) > 1}
    assert tops == {
        *("quoteattr", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-MODELS"),
        *("pyproject.toml", "PKG-INFO", ".gitignore"),
    }


def test_the_metadata_say_what_the_package_is(metadata: Message) -> None:
    assert metadata["Name"] == "quoteattr"
    assert metadata["Version"] == quoteattr.__version__
    assert metadata["License-Expression"] == "Apache-2.0 AND CC-BY-SA-4.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert set(metadata.get_all("Provides-Extra", [])) >= {"corpus", "spacy", "tei"}


def test_the_wheel_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, that borrows this one's dependencies to spare the network."""
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    bin_ = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / Path(sys.executable).name
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=tmp_path, env=env)
    borrowed = env | {
        "PYTHONPATH": os.pathsep.join([site_of(python, tmp_path), sysconfig.get_path("purelib")])
    }
    where = run(python, "-c", "import quoteattr; print(quoteattr.__file__)", cwd=tmp_path, env=borrowed)
    assert Path(where.strip()).is_relative_to(tmp_path)
    version = run(python, "-m", "quoteattr", "--version", cwd=tmp_path, env=borrowed)
    assert version.startswith(f"quoteattr {quoteattr.__version__}, weights ")
    (tmp_path / "article.txt").write_text("“The ice is thin,” said Ann Lee.", encoding="utf-8")
    shown = run(bin_ / "quoteattr", "article.txt", cwd=tmp_path, env=borrowed)
    assert "Ann Lee" in shown


def site_of(python: Path, cwd: Path) -> str:
    """The folder where that interpreter's packages are."""
    return run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=cwd).strip()
