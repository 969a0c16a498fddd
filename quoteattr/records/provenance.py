"""Names the version of the library and the weights that made a result."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pkgutil import resolve_name

DIGITS = 12
"""Hexadecimal digits of the digest that are shown; git shows as many for a long name."""


def made_by(models: str = "bundled") -> str:
    """Returns the name of everything that answers depend on: the version of the library, a digest of its
    weights and word lists, and the models that parse, if they are not the bundled ones.

    >>> made_by("stanza").startswith("quoteattr ")
    True
    """
    version = resolve_name("quoteattr:__version__")  # imports run downward, and the package is above
    other = "" if models == "bundled" else f", models {models}"
    return f"quoteattr {version}, weights {weights_digest()}{other}"


@cache
def weights_digest() -> str:
    """Returns a digest of the files in the folder ``data``: weights, bundled models and word lists."""
    digest = hashlib.sha256()
    for file in _files(resources.files("quoteattr") / "data"):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:DIGITS]


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry)
        elif entry.name.endswith((".toml", ".json", ".npz", ".pt")):
            found.append(entry)
    return found
