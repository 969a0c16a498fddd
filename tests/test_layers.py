"""The shape of the package: who may import whom, and what an import costs."""

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

LEVELS = (
    # 0: the ideas, and packages that hold nothing but modules
    ("schema", "dedup", "exchange", "pages", "rules"),
    # 1: knowledge; frames, what of a text is parsed; phrases and ranking, how it is read; from keys on,
    # what utterances are found by; rows, results as plain values; workers, processes for any task; views,
    # what pages show of results
    (
        *("marks", "layout", "lexicon", "syntax", "names", "frames", "phrases", "ranking", "media", "voices"),
        *("segmentation", "trees", "networks", "parser"),
        *("repairs", "excerpts", "chains"),
        *("positions", "origins", "cast", "antecedents", "memory", "bodies", "sexes", "pronouns", "nominals"),
        *("rules.findings", "rules.labels", "rules.silence", "rules.told"),
        *("rules.after", "rules.before", "rules.across"),
        *(
            "dedup.memory",
            "dedup.keys",
            "dedup.wording",
            "dedup.tokens",
            "dedup.occasions",
            "dedup.grouping",
            "dedup.units",
            "dedup.blocking",
            "dedup.candidates",
            "dedup.screening",
            "dedup.evidence",
            "dedup.lines",
            "dedup.printings",
            "dedup.telling",
        ),
        *("rows", "formats", "workers", "pages.overlay", "pages.views", "pages.line_views"),
    ),
    # 2: steps; none imports another
    ("quotations", "attribution", "coreference", "echoes", "outlets", "dedup.utterances"),
    # 3: composition
    (
        *("pipeline", "corpus", "runs", "dedup.deduplicator"),
        *("spark.rows", "spark.attribution", "spark.printings"),
        *("spark.candidates", "spark.clusters", "spark.telling", "spark.lines"),
    ),
    # 4: faces
    (
        *("__init__", "__main__", "cli", "cli.dedup", "cli.run", "cli.console"),
        *(
            "spark",
            "processor",
            "spacy_docs",
            "pages.render",
            "exchange.brat",
            "exchange.conllu",
            "exchange.tei",
            "exchange.webanno",
        ),
    ),
)
STEPS = LEVELS[2]
SEAMS = {("schema", "pages.render")}
"""The imports that run upward: results show themselves, by methods that import the renderer when called."""
LEVEL_OF = {module: level for level, modules in enumerate(LEVELS) for module in modules}


def module_of(path: Path) -> str:
    """Its name below the package: `dedup.keys`, `spark` for the package of that name."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


SOURCES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(path: Path, names: frozenset[str] | set[str]) -> set[str]:
    """The modules of the package that a file imports, wherever in it, type checking included.

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
                longest = (".".join(part[1:end]) for end in (3, 2))
                found.add(next((name for name in longest if name in names), "__init__"))
    return found


IMPORTS = {
    module: imports_of(path, set(SOURCES)) - {module, *(upper for lower, upper in SEAMS if lower == module)}
    for module, path in SOURCES.items()
}


@pytest.mark.parametrize("module", SOURCES)
def test_every_module_has_a_level(module: str) -> None:
    assert module in LEVEL_OF, f"quoteattr/{module}.py has no place in the table of this file"


@pytest.mark.parametrize("module", SOURCES)
def test_imports_run_downward(module: str) -> None:
    if LEVEL_OF.get(module) is None:
        pytest.skip(f"{module} has no level")
    upward = [m for m in IMPORTS[module] if LEVEL_OF.get(m, 0) > LEVEL_OF[module]]
    assert upward == []


@pytest.mark.parametrize("module", [m for m in SOURCES if m in STEPS])
def test_no_step_imports_another(module: str) -> None:
    assert IMPORTS[module] & set(STEPS) == set()


def test_imports_have_no_circle() -> None:
    TopologicalSorter(IMPORTS).prepare()


def test_few_modules_know_stanza_and_torch() -> None:
    knows = {
        module
        for module, path in SOURCES.items()
        if re.search(
            r"^\s*(?:import|from) (?:stanza|torch)\b", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert knows <= {"networks", "parser", "processor"}


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
    assert functions & set(LEVEL_OF) == set()


def test_exports_are_no_modules() -> None:
    package = importlib.import_module("quoteattr")
    assert set(package.__all__) & set(LEVEL_OF) == set()
