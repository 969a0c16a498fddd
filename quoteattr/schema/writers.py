"""The functions of other packages that the methods of results call: HTML pages, plain values, data
frames and conversations. They are registered by name, so that the classes do not import them."""

from __future__ import annotations

from collections.abc import Mapping
from pkgutil import resolve_name
from typing import Any, Literal

WriterName = Literal[
    "article_page",
    "article_fragment",
    "utterance_page",
    "utterance_fragment",
    "article",
    "conversations",
    "utterance",
    "frame",
]

_writers: dict[WriterName, str] = {}


def register_writers(functions: Mapping[WriterName, str]) -> None:
    """Sets the functions that write results as HTML, plain values and data frames.

    Args:
        functions: each function as "module:function", which is imported at the first call. It takes the
            result and, for "frame", the name of the library.
    """
    _writers.update(functions)


def written(name: WriterName, *arguments: Any) -> Any:
    """Calls a registered function."""
    return resolve_name(_writers[name])(*arguments)
