"""Caches parses on disk, so that a change of rules can be measured without parsing the same frames again.

A cached parse is only used with the models, parser and parse classes that it was made with. In rare cases a
parse depends on the other texts of its batch, so published figures are measured without cached parses.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path

from quoteattr.parsing.dependency_tree import Parse
from quoteattr.parsing.parser import Parser, load_parser

WAIT = 60.0
"""Seconds that one process waits for another to finish writing."""


class KeptParses:
    """A parser that asks a file first and the bundled models only for what is not there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._store = sqlite3.connect(folder / f"{fingerprint()[:16]}.sqlite", timeout=WAIT)
        with self._store:
            self._store.execute("CREATE TABLE IF NOT EXISTS parses (text BLOB PRIMARY KEY, parse BLOB)")

    @cached_property
    def _parser(self) -> Parser:
        return load_parser()

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One Parse for each text, in order."""
        kept = [self._kept(text) for text in texts]
        new = [text for text, parse in zip(texts, kept, strict=True) if parse is None]
        made = iter(self._made(new))
        return [next(made) if parse is None else parse for parse in kept]

    def _kept(self, text: str) -> Parse | None:
        row = self._store.execute("SELECT parse FROM parses WHERE text = ?", (_key(text),)).fetchone()
        parse: Parse | None = pickle.loads(row[0]) if row else None
        return parse

    def _made(self, texts: Sequence[str]) -> list[Parse]:
        if not texts:
            return []
        parses = self._parser.parse(texts)
        rows = [(_key(text), pickle.dumps(parse)) for text, parse in zip(texts, parses, strict=True)]
        with self._store:
            self._store.executemany("INSERT OR REPLACE INTO parses VALUES (?, ?)", rows)
        return parses


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def fingerprint() -> str:
    """Changes with everything that a parse depends on: the models, and the code that makes parses of them."""
    package = Path(str(resources.files("quoteattr")))
    models = sorted(path for path in (package / "data" / "models").rglob("*") if path.is_file())
    digest = hashlib.sha256()
    names = ("bundled_parser", "inference", "layers", "dependency_tree", "tokenizer", "spanning_tree")
    modules = [package / "parsing" / f"{name}.py" for name in names]
    for path in [*modules, *models]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
