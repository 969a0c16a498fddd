"""The documents say what the code does: every rule, every option, every export has its place in them."""

from __future__ import annotations

from pathlib import Path

import pytest

import quoteattr
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
