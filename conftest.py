"""Profiles of hypothesis, and marks for examples that run live models: these count as slow tests."""

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
STANZA_EXAMPLES = {
    ROOT / "quoteattr/integrations/stanza.py",
    ROOT / "quoteattr/parsing/stanza_parser.py",
}
"""Modules whose examples load a pipeline of Stanza."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        is_page = item.path.suffix == ".md" and item.path.parent in (ROOT, ROOT / "docs")
        if is_page or item.path in STANZA_EXAMPLES:
            item.add_marker(pytest.mark.slow)
