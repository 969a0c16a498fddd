"""The project as a stranger finds it: links lead somewhere, versions agree, no machine is named."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import quoteattr

ROOT = Path(__file__).parent.parent
FOLDERS = (".", "docs", "seeds", "benchmarks/training", "benchmarks/name_tagger", "quoteattr/data/models")
PAGES = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.md"))]
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_pages_exist(page: Path) -> None:
    """Paths in code quotes that begin with a folder of the project; `*` stands for any characters."""
    named = re.findall(
        r"`((?:quoteattr|tests|benchmarks|docs|seeds|\.ci)/[\w./*-]*)`", page.read_text(encoding="utf-8")
    )
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


def requirements(*extras: str) -> set[str]:
    """Names of the packages that the extras ask for, with those of the extras they include."""
    names: set[str] = set()
    for line in [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]:
        included = re.match(r"quoteattr\[([\w,]+)\]", line)
        names |= requirements(*included[1].split(",")) if included else {re.split(r"[^\w.-]", line)[0]}
    return names


def test_constraints_hold_a_version_of_every_direct_dependency() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    held = {line.partition("==")[0] for line in lines if "==" in line}
    asked = {re.split(r"[^\w.-]", line)[0] for line in PROJECT["dependencies"]}
    assert (asked | requirements("dev", "browser", "spark")) - held == set()


def test_every_imported_package_is_a_dependency() -> None:
    """What a module imports unconditionally must be installed with the library."""
    provided = {re.split(r"[^\w.-]", line)[0] for line in PROJECT["dependencies"]}
    imported = set()
    for path in (ROOT / "quoteattr").rglob("*.py"):
        if "integrations" in path.parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    attrs_is_spelt = {"attr": "attrs"}
    needed = {attrs_is_spelt.get(name, name) for name in imported} - sys.stdlib_module_names - {"quoteattr"}
    assert needed - provided == set()


def test_ci_runs_the_checks_on_every_declared_python() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    declared = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)]
    listed = re.search(r"python-version: \[([^]]+)\]", workflow)
    assert listed is not None
    assert re.findall(r"[\d.]+", listed[1]) == declared
    assert "python .ci/do.py test" in workflow


def test_versions_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {quoteattr.__version__} (" in changelog
    assert f"\nversion: {quoteattr.__version__}\n" in citation


def test_changelog_is_one_readable_page_a_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = changelog.split("\n## ")[1:]
    assert [version.splitlines()[0] for version in versions if len(version.split()) > 600] == []


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
    assert tasks == ["demo", "test", "test"]
    helped = subprocess.run([sys.executable, ".ci/do.py", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert helped.returncode == 0
    assert all(f"do.py {task}" in helped.stdout for task in tasks)
