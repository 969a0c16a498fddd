"""The project as a stranger finds it: links lead somewhere, versions agree, no machine is named."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [path for folder in (".", "docs", "seeds") for path in sorted((ROOT / folder).glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

UNWANTED = re.compile(
    r"/wor[k]/|/far[m]/|/tm[p]/|/hom[e]/|/User[s]/|pyp[i]\.org|pythonhos[t]ed|registry\.npm[j]s|C:\\User[s]"
)


def tracked_files() -> list[Path]:
    """Every file that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_machine() -> None:
    named = []
    for path in tracked_files():
        if not path.is_file() or b"\0" in (raw := path.read_bytes())[:8000]:
            continue
        text = raw.decode("utf-8", errors="replace")
        named += [f"{path.relative_to(ROOT)}: {found[0]}" for found in UNWANTED.finditer(text)]
    assert named == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_constraints_hold_a_version_of_every_direct_dependency() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    held = {line.partition("==")[0] for line in lines if "==" in line}
    extras = PROJECT["optional-dependencies"]
    asked = PROJECT["dependencies"] + extras["dev"] + extras["browser"]
    names = {re.match(r"[\w.-]+", line)[0] for line in asked}  # type: ignore[index]
    assert names - held == set()


def test_both_licences_are_named_where_a_user_looks() -> None:
    assert PROJECT["license"] == "Apache-2.0 AND CC-BY-SA-4.0"
    for name in PROJECT["license-files"]:
        assert (ROOT / name).is_file()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "Apache License 2.0" in readme
    assert "CC BY-SA 4.0" in readme


def test_the_readmes_commands_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    tasks = re.findall(r"^    python3 \.ci/do\.py (\w+)", readme, re.MULTILINE)
    assert tasks == ["demo", "test"]
    helped = subprocess.run([sys.executable, ".ci/do.py", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert helped.returncode == 0
    assert all(f"do.py {task}" in helped.stdout for task in tasks)
