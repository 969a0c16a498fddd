"""Examples in README.md and docs/ run the live models, so they count as slow tests."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "quick", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")

ROOT = Path(__file__).parent
NEED_SPARK = ["quoteattr/integrations/spark", "docs/examples/spark_job.py"]
collect_ignore = [] if find_spec("pyspark") else NEED_SPARK


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.suffix == ".md" and item.path.parent in (ROOT, ROOT / "docs"):
            item.add_marker(pytest.mark.slow)
