"""One vocabulary: terms that were given up do not come back as identifiers, nor certain phrases in the prose.

docs/glossary.md has the terms in use. The table of DESIGN.md says which term replaced which.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "quoteattr"
SOURCES = sorted(PACKAGE.rglob("*.py"))
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "seeds" / "README.md",
    ROOT / "benchmarks" / "training" / "README.md",
    ROOT / "benchmarks" / "name_tagger" / "README.md",
    PACKAGE / "data" / "models" / "README.md",
]

MODULES = frozenset(
    """
    across after antecedents before blocking bodies cast circumstances context_features echoes evidence
    excerpts exchange favour hear homes keys lines media memory mention_sites networks occasions origins
    pages phrases places positions printings processor ranking repairs rows screening segmentation sexes
    silence spacy_docs syntax telling told trees units voices wording workers
    """.split()
)
"""Names that no module may have."""

DEFINITIONS = frozenset(
    """
    apposed away both called contextfeatures few fold hear heard holder homes is_acted_on kept keys kin
    places printings read_settings remembered shorter told units view_article who
    """.split()
)
"""Names that no class or function may have, leading underscores and case aside."""

VALUES = frozenset("fold hear heard homes kin printings remembered told units".split())
"""Names that no parameter or attribute may have. The others are plain words for a value: the places of an
affiliation, the holder of an office, the word "who" of a sentence."""

WORDS = frozenset(
    """
    bodies cast echo echoes favour hear heard homes occasion occasions printing printings sexes
    telling voice voices
    """.split()
)
"""Words that no such name may contain: `voice_of` is as wrong as `voice`."""

PHRASES = (
    "public face",
    "with no network",
    "whoever",
    "whomever",
    "nobody's",
    "nobody’s",
    "tells of",
    "is told of",
    "columns tell",
    "what columns",
    "gives out",
    "used to be",
    "what is left of",
    "it is of the",
    "so says",
)
"""Phrases that a reader has to read twice, or that speak about earlier versions."""


def definitions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every class and function of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name


def values(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every parameter, field and attribute that a module defines."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef():
                fields = [f.target for f in node.body if isinstance(f, ast.AnnAssign)]
                yield from ((field.lineno, field.id) for field in fields if isinstance(field, ast.Name))
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr


def words_of(name: str) -> list[str]:
    """The words of an identifier, in lower case.

    >>> words_of("_HeardVoice_of")
    ['heard', 'voice', 'of']
    """
    return [word.casefold() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def outdated(name: str, names: frozenset[str]) -> bool:
    """Whether an identifier is one of the names, or contains one of the words that were given up."""
    return name.strip("_").casefold() in names or not WORDS.isdisjoint(words_of(name))


def docstrings(tree: ast.AST) -> Iterator[str]:
    """Every docstring of a module, those under fields and constants included."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield text


def test_no_module_has_an_outdated_name() -> None:
    parts = {(path, part) for path in SOURCES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert sorted(str(path.relative_to(ROOT)) for path, part in parts if part in MODULES) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_identifier_is_outdated(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [item for item in definitions(tree) if outdated(item[1], DEFINITIONS)]
    found += [item for item in values(tree) if outdated(item[1], VALUES)]
    assert [f"{line}: {name}" for line, name in found] == []


@pytest.mark.parametrize("name", ["Voice", "voice_of", "_who", "_Cast", "cast", "learn_sexes"])
def test_outdated_names_are_recognised(name: str) -> None:
    assert outdated(name, DEFINITIONS)


@pytest.mark.parametrize("name", ["whole", "broadcast", "invoice", "unit", "somebody"])
def test_other_names_are_accepted(name: str) -> None:
    assert not outdated(name, DEFINITIONS)


def phrases_in(text: str) -> list[str]:
    """The unwanted phrases that a text contains, line breaks aside."""
    plain = " ".join(text.casefold().split())
    return [phrase for phrase in PHRASES if re.search(rf"\b{re.escape(phrase)}\b", plain)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_has_an_unwanted_phrase(page: Path) -> None:
    assert phrases_in(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_docstring_has_an_unwanted_phrase(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [phrase for text in docstrings(tree) for phrase in phrases_in(text)] == []
