"""Runs a target with atheris, which prefers inputs that reach new code.

    pip install -e ".[fuzz]"
    python -m benchmarks.fuzz.guided detection -max_total_time=600 FOLDER

The arguments after the target are libFuzzer's. The folder keeps inputs that reach new code. An input that
fails is written to a file; to try it again, pass the name of this file.
"""

from __future__ import annotations

import importlib
import logging
import sys

INSTRUMENTED = ["detection", "layout", "corpus", "dedup", "records", "names"]
"""The packages whose branches guide the inputs."""


def main(arguments: list[str]) -> None:
    """Runs a target until libFuzzer ends or the target fails."""
    import atheris

    logging.disable()
    with atheris.instrument_imports(include=[f"quoteattr.{name}" for name in INSTRUMENTED]):
        targets = importlib.import_module("benchmarks.fuzz.targets").TARGETS
    if not arguments or arguments[0] not in targets:
        sys.exit(f"usage: python -m benchmarks.fuzz.guided {'|'.join(targets)} [libFuzzer's arguments]")
    name, *rest = arguments
    atheris.Setup([f"{sys.argv[0]} {name}", *rest], targets[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
