"""Examples in README.md and docs/ run the live models, so they count as slow tests."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
NEED_SPARK = ["quoteattr/integrations/spark", "docs/examples/spark_job.py"]
collect_ignore = [] if find_spec("pyspark") else NEED_SPARK


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.suffix == ".md" and item.path.parent in (ROOT, ROOT / "docs"):
            item.add_marker(pytest.mark.slow)
