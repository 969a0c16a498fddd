"""The examples of docs/frames.md for datasets and DuckDB, run as they are printed there."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

import quoteattr
from quoteattr import records

PAGE = Path(__file__).parents[2] / "docs" / "frames.md"
TEXTS = ["“The ice is thin,” said Ann Lee.", "It rained.", "‘Nobody pays,’ Bob Stone told the BBC."]

pytestmark = pytest.mark.slow


def run_example(heading: str) -> dict[str, Any]:
    """Runs the indented example under a heading, and returns its variables."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    code = textwrap.dedent("\n".join(re.findall(r"^    .*$", section, re.MULTILINE)))
    variables = {"quoteattr": quoteattr, "records": records, "texts": TEXTS}
    lines = code.rstrip().splitlines()
    if heading == "DuckDB":
        lines[-1] = f"answer = {lines[-1]}"
    exec("\n".join(lines), variables)
    return variables


def test_a_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("datasets", reason="datasets is not installed: pip install datasets")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path))
    said = run_example("Hugging Face datasets")["said"]
    assert [len(found) for found in said["quotations"]] == [1, 0, 1]
    assert said[2]["quotations"][0]["outlet"]["name"] == "BBC"


def test_a_query() -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb")
    assert sorted(run_example("DuckDB")["answer"]) == [("Ann Lee", 1), ("Bob Stone", 1)]


def test_a_query_of_a_written_table(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb")
    from quoteattr.corpus import write_results

    write_results(quoteattr.attribute_many(TEXTS), tmp_path / "quotes.csv", "quotation")
    found = duckdb.sql(f"SELECT speaker, count(*) FROM '{tmp_path / 'quotes.csv'}' GROUP BY ALL").fetchall()
    assert sorted(found) == [("Ann Lee", 1), ("Bob Stone", 1)]
