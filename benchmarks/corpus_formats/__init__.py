"""Reads corpora of quotations in the formats in which others publish them.

Each module has one function ``read``, which yields the records of a file or a folder: an id, a text, and the
quotations with their speakers, as `benchmarks.gold_sets.article` takes them. None of the corpora is part of
the project. docs/larger-corpora.md says where each comes from and what to cite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpus_formats import columns, litbank, parc3, pdnc, quotebank, quoteli3, riqua

Record = dict[str, Any]

FORMATS: dict[str, Callable[[Path], Iterator[Record]]] = {
    "conll": columns.read,
    "directquote": columns.read,
    "litbank": litbank.read,
    "parc3": parc3.read,
    "pdnc": pdnc.read,
    "quotebank": quotebank.read,
    "quoteli3": quoteli3.read,
    "riqua": riqua.read,
}
"""The readers by the name that precedes a path on the command line: ``parc3:folder``."""


def split_name(name: str) -> tuple[str, Path] | None:
    """Returns the format and the path of a name like "parc3:folder"; None if it names no format.

    >>> split_name("parc3:parc/test"), split_name("polnear-dev")
    (('parc3', PosixPath('parc/test')), None)
    """
    form, colon, path = name.partition(":")
    return (form, Path(path)) if colon and form in FORMATS else None
