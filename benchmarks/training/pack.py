"""Packs trained models into the folder of the package: float16, no optimizer state, with a
``resources.json``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

PROCESSORS = ("pos", "lemma", "depparse")

PACKAGE = "compact"
"""Name of the package in ``resources.json``; each model is ``en/<processor>/compact.pt``."""

LIMIT = 25_000_000
"""Bytes that all the weights together may take."""

TRAINING_ONLY = ("optimizer_state_dict", "scheduler_state_dict", "dev_score_history")
"""What a Stanza file holds for going on with training only."""


def pack(models: Path, vectors: Path, out: Path) -> int:
    """Write the packed set to ``out``, replacing the one there only when it is whole; its size in bytes."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    sources = {name: models / f"{name}.pt" for name in PROCESSORS} | {"pretrain": vectors}
    for name, source in sources.items():
        _shrink(source, fresh / "en" / name / f"{PACKAGE}.pt")
    (fresh / "resources.json").write_text(json.dumps(resources(), indent=1) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in fresh.rglob("*.pt"))
    if size > LIMIT:
        raise ValueError(f"the packed models take {size} bytes, more than {LIMIT}")
    _swap(fresh, out)
    return size


def resources() -> dict[str, Any]:
    """What Stanza must find in ``resources.json`` to load the set with no network.

    >>> resources()["en"]["depparse"]["compact"]["dependencies"]
    [{'model': 'pretrain', 'package': 'compact'}]
    """
    vectors = {"dependencies": [{"model": "pretrain", "package": PACKAGE}]}
    entries: dict[str, Any] = {name: {PACKAGE: {}} for name in (*PROCESSORS, "pretrain")}
    entries |= {name: {PACKAGE: vectors} for name in ("pos", "depparse")}
    entries["tokenize"] = {}  # none, but Stanza looks for the word
    default = dict.fromkeys(PROCESSORS, PACKAGE)
    return {"en": {"lang_name": "English", "packages": {"default": default}, **entries}}


def half(value: Any) -> Any:
    """The same nested value with its float32 tensors as float16."""
    import torch

    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype == torch.float32 else value
    if isinstance(value, dict):
        return type(value)((key, half(item)) for key, item in value.items())
    return [half(item) for item in value] if isinstance(value, list) else value


def _shrink(source: Path, target: Path) -> None:
    import torch

    saved = torch.load(source, map_location="cpu", weights_only=True)
    for key in TRAINING_ONLY:
        saved.pop(key, None)
    if "config" in saved:
        saved["config"] = _without_paths(saved["config"])
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save(half(saved), target)


def _without_paths(config: dict[str, Any]) -> dict[str, Any]:
    """The settings of the model without the files and folders of the machine that trained it."""
    return {key: None if isinstance(value, str) and "/" in value else value for key, value in config.items()}


def _swap(fresh: Path, out: Path) -> None:
    """Put ``fresh`` where ``out`` is; the model card, written by hand, stays."""
    if (card := out / "README.md").exists():
        shutil.copy2(card, fresh / "README.md")
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)
