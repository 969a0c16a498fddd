"""The documents say what the code does: every rule, every option, every export has its place in them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import quoteattr
from docs.notebook import NOTEBOOK, notebook
from quoteattr import schema
from quoteattr.cli import main
from tests.rule_tables import with_tables

DOCS = Path(__file__).parent.parent / "docs"


def page(name: str) -> str:
    """A page of the documents."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def test_tables_are_those_of_the_registries() -> None:
    assert with_tables(page("how-it-decides")) == page("how-it-decides"), "run python -m tests.rule_tables"


@pytest.mark.parametrize(
    "option", [name for param in main.params for name in param.opts if name.startswith("--")]
)
def test_every_option_is_described(option: str) -> None:
    assert f"`{option}" in page("api")


@pytest.mark.parametrize("name", quoteattr.__all__)
def test_every_export_is_described(name: str) -> None:
    assert f"quoteattr.{name}\n" in page("reference") or hasattr(schema, name)  # automodule has all of schema


def test_every_page_is_reached_from_the_first() -> None:
    assert "\n*\n```" in page("index")  # the table of contents ends in whatever else there is


def messages() -> list[str]:
    """The messages in the table of the page on troubleshooting."""
    return re.findall(r"^\| `([^`]+)` \|", page("troubleshooting"), re.MULTILINE)


@pytest.mark.parametrize("message", messages())
def test_every_message_exists(message: str) -> None:
    package = Path(quoteattr.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py")))
    joined = re.sub(r'"\s*\n\s*f?"', "", source).replace('\\"', '"')
    assert [part for part in map(str.strip, message.split("…")) if part not in joined] == []


@pytest.mark.slow
def test_the_notebook_shows_what_its_cells_give_today() -> None:
    """If this fails, run ``python -m docs.notebook``."""
    pytest.importorskip("pandas")
    stored = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert [cell["source"] for cell in stored["cells"]] == [cell["source"] for cell in notebook()["cells"]]
    assert _shown(stored) == _shown(notebook())


def _shown(cells: dict[str, list[dict[str, list[dict[str, dict[str, list[str]]]]]]]) -> list[object]:
    """What the cells of a notebook print and return, without pages."""
    outputs = [output for cell in cells["cells"] for output in cell.get("outputs", ())]
    return [output.get("text") or output["data"]["text/plain"] for output in outputs]
