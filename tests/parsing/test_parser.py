"""Loading of parsers: what is accepted, and what is imported when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quoteattr.parsing.parser import load_parser

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("wrong", [7, None, ["bundled"]])
def test_a_wrong_type_is_named(wrong: object) -> None:
    with pytest.raises(TypeError, match='models must be "bundled", "stanza" or a path, got'):
        load_parser(wrong)  # type: ignore[arg-type]


def test_a_folder_without_models_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a folder with a resources\.json, got") as raised:
        load_parser(tmp_path)
    assert str(tmp_path) in str(raised.value)


@pytest.mark.parametrize("device", ["nowhere", "cuda:77"])
def test_a_device_that_torch_cannot_use_is_named(device: str) -> None:
    with pytest.raises(ValueError, match=f'such as "cpu", got {device!r}'):
        load_parser(device=device)


def test_importing_the_package_loads_no_model_library() -> None:
    code = "import sys, quoteattr.parsing; print({'torch', 'stanza', 'numpy'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "set()"
