"""The shape of the package: which package may import which, and what an import costs."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "quoteattr"

LAYERS = (
    ("schema",),
    ("records", "parallel"),
    ("names", "lexicon", "layout"),
    ("detection",),
    ("parsing",),
    ("attribution",),
    ("coreference",),
    ("outlets",),
    ("indirect", "fiction"),
    ("pipeline",),
    ("batches",),
    ("dedup",),
    ("corpus",),
    ("export", "integrations"),
    ("cli",),
    ("__init__", "__main__"),
)
"""Each package or module imports only those above it and its neighbours in the same row."""
LAYER_OF = {room: number for number, rooms in enumerate(LAYERS) for room in rooms}
LISTED = 24
"""Entries that the package's folder may show, ``py.typed`` and ``__main__.py`` counted."""
LONGEST = 400
"""Lines that a module may have."""


def module_of(path: Path) -> str:
    """The module's name below the package: `dedup.normalize`, or `dedup` for the package of that name."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


SOURCES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(path: Path) -> set[str]:
    """The modules of the package that a file imports anywhere, type checking included.

    `from quoteattr import schema` counts as `schema`; `from quoteattr import Article` as `__init__`.
    """
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            parts = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ["quoteattr"] if node.level else []
            base += (node.module or "").split(".") if node.module else []
            parts = [[*base, alias.name] for alias in node.names]
        else:
            continue
        for part in parts:
            if part[0] == "quoteattr":
                longest = (".".join(part[1:end]) for end in range(len(part), 1, -1))
                found.add(next((name for name in longest if name in SOURCES), "__init__"))
    return found


IMPORTS = {module: imports_of(path) - {module} for module, path in SOURCES.items()}


def room(module: str) -> str:
    """The package or top-level module that a module belongs to."""
    return module.partition(".")[0]


@pytest.mark.parametrize("module", SOURCES)
def test_imports_run_downward(module: str) -> None:
    assert room(module) in LAYER_OF, f"quoteattr/{room(module)} has no place in the table of this file"
    upward = [m for m in IMPORTS[module] if LAYER_OF[room(m)] > LAYER_OF[room(module)]]
    assert [m for m in upward if m != "__init__"] == []


def test_imports_have_no_circle() -> None:
    TopologicalSorter(IMPORTS).prepare()


def test_rooms_have_no_circle() -> None:
    rooms: dict[str, set[str]] = {}
    for module, imported in IMPORTS.items():
        rooms.setdefault(room(module), set()).update({room(m) for m in imported} - {room(module)})
    TopologicalSorter(rooms).prepare()


def test_the_listing_is_short() -> None:
    listed = [path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"]
    assert len(listed) <= LISTED, sorted(listed)


@pytest.mark.parametrize("module", SOURCES)
def test_no_module_is_long(module: str) -> None:
    assert len(SOURCES[module].read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_few_modules_know_stanza_and_torch() -> None:
    knows = {
        module
        for module, path in SOURCES.items()
        if re.search(
            r"^\s*(?:import|from) (?:stanza|torch)\b", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert knows <= {"parsing.inference", "parsing.layers", "parsing.stanza_parser", "integrations.stanza"}


def imported_with(statement: str) -> set[str]:
    """The top-level packages that are loaded after a statement, in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(ran.stdout.split())


HEAVY = {"torch", "stanza", "jinja2", "numpy", "spacy", "pyspark", "pyarrow"}


@pytest.mark.parametrize("statement", ["import quoteattr", "import quoteattr.cli"])
def test_importing_loads_no_heavy_package(statement: str) -> None:
    assert imported_with(statement) & HEAVY == set()


@pytest.mark.parametrize("module", [m for m in SOURCES if m != "__main__"])
def test_no_public_function_shares_its_name_with_a_module(module: str) -> None:
    tree = ast.parse(SOURCES[module].read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert functions & {name.rpartition(".")[2] for name in SOURCES} == set()


def test_exports_are_no_modules() -> None:
    package = importlib.import_module("quoteattr")
    assert set(package.__all__) & set(SOURCES) == set()


def test_deduplication_loads_neither_rules_nor_the_store() -> None:
    code = "import quoteattr, sys; quoteattr.deduplicate([]); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name for name in ran.stdout.split() if name.startswith("quoteattr.")}
    assert "quoteattr.dedup.presentation" in loaded
    assert {
        name for name in loaded if re.match(r"quoteattr\.(attribution|parsing|detection)\b", name)
    } == set()
