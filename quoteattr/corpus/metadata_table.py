"""A table beside text files that says who published each, and when."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from quoteattr.corpus import formats
from quoteattr.corpus.dates import read_day
from quoteattr.corpus.raw_rows import Problem
from quoteattr.schema import Article

FILE = "file"
"""The column with the names of the files."""
FIELDS = ("publisher", "published", "url")
"""The other columns; each may be missing."""


@attrs.frozen
class MetadataTable:
    """The publisher, date and address of files, by name of the file."""

    rows: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict, repr=False)
    """The rows by the column "file"."""

    @classmethod
    def read(cls, path: str | os.PathLike[str], date_format: str | None = None) -> MetadataTable:
        """Reads a table with the columns "file" and, if known, "publisher", "published" and "url".

        Raises:
            ValueError: if a row cannot be read, or has no file or a date that cannot be read.
            ImportError: if its format needs a package that is not installed.
        """
        path, rows = Path(path), {}
        for row in formats.read_rows(path, (FILE, *FIELDS)):
            where = f"{path}:{row.number}" if row.number else str(path)
            if isinstance(row.values, Problem):
                raise ValueError(f"{where}: {row.values.reason}")
            found = {field: row.values.get(field) for field in FIELDS}
            name, day = row.values.get(FILE), found["published"]
            if not isinstance(name, str):
                raise ValueError(f"{where}: no {FILE!r}")
            found["published"] = read_day(day, date_format)
            if day is not None and found["published"] is None:
                raise ValueError(f"{where}: 'published' must be a date like 2024-05-02, got {day!r}")
            rows[name] = found
        return cls(rows)

    def complete(self, article: Article, name: str) -> Article:
        """Returns an article with what the table says about its file, found by its path or its name."""
        found = self.rows.get(name) or self.rows.get(Path(name).name)
        known = {field: value for field, value in (found or {}).items() if value is not None}
        return attrs.evolve(article, **known) if known else article
