"""Keeps the finished batches of a run on disk, so that a killed run can be resumed.

Batches are stored in order, each in a file of its own in a folder beside the output
(``quotes.parquet.unfinished``), with an atomic write. A resumed run skips as many rows of the corpus as the
folder holds.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
from filelock import FileLock, Timeout

from quoteattr import records
from quoteattr.corpus.reader import Reject
from quoteattr.corpus.writer import atomic_write

FORMAT = 1
"""Version of the folder's layout."""


class RunError(Exception):
    """A run cannot start or continue."""


@attrs.frozen
class Progress:
    """How far a run has come."""

    fraction: float = 0.0
    """Fraction of the corpus read, from 0 to 1."""
    articles: int = 0
    """Articles attributed."""
    quotations: int = 0
    """Quotations found in them."""
    rejects: int = 0
    """Rows rejected."""

    def plus(self, articles: int, quotations: int, rejects: int) -> Progress:
        """Returns the progress after some more rows."""
        return attrs.evolve(
            self,
            articles=self.articles + articles,
            quotations=self.quotations + quotations,
            rejects=self.rejects + rejects,
        )


@attrs.frozen
class FinishedRow:
    """The result for one row of the corpus, encoded as JSON in the worker."""

    json: str
    """The article row, or ``{"reject": ...}``."""
    quotations: int | None
    """Number of quotations found; None for a reject."""

    @classmethod
    def of_article(cls, row: records.Row) -> FinishedRow:
        """Returns the result for an attributed article."""
        return cls(json.dumps(row, ensure_ascii=False), len(row["quotations"]))

    @classmethod
    def of_reject(cls, reject: Reject) -> FinishedRow:
        """Returns the result for a row without a valid article."""
        return cls(json.dumps({"reject": attrs.asdict(reject)}, ensure_ascii=False), None)


class Checkpoint:
    """The folder with the finished batches of a run. The first line of each batch has its counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.progress = Progress()
        self._batches: list[Path] = []

    @contextmanager
    def opened(self, resume: bool, options: dict[str, Any]) -> Iterator[None]:
        """Starts or resumes a run and locks the folder; removes it when the run completes or has no batch.

        Raises:
            RunError: if another process has the lock, the folder holds batches and `resume` is false, or the
                options are not those the run was started with.
        """
        self.folder.mkdir(exist_ok=True)
        lock = FileLock(self.folder / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise RunError(f"another process is working in {self.folder}") from None
        complete = False
        try:
            self._load()
            self._check(resume, {"format": FORMAT, **options})
            yield
            complete = True
        finally:
            lock.release()
            if complete or not self._batches:
                self._remove()

    def add(self, rows: Sequence[FinishedRow]) -> None:
        """Writes a finished batch to disk."""
        quotations = [row.quotations for row in rows if row.quotations is not None]
        counts = {
            "articles": len(quotations),
            "quotations": sum(quotations),
            "rejects": len(rows) - len(quotations),
        }
        path = self._next_batch()
        with atomic_write(path) as temporary:
            lines = [json.dumps(counts), *(row.json for row in rows)]
            temporary.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 1))
        self._add_batch(path, counts)

    def articles(self) -> Iterator[records.Row]:
        """Yields the article rows of all batches, in order."""
        return (line for line in self._lines() if "reject" not in line)

    def rejects(self) -> Iterator[dict[str, Any]]:
        """Yields the rejects of all batches as plain values, in order."""
        return (line["reject"] for line in self._lines() if "reject" in line)

    def _lines(self) -> Iterator[dict[str, Any]]:
        for path in self._batches:
            with gzip.open(path, "rt", encoding="utf-8") as stream:
                next(stream)
                yield from map(json.loads, stream)

    def _next_batch(self) -> Path:
        return self.folder / f"{len(self._batches):08}.jsonl.gz"

    def _add_batch(self, path: Path, counts: dict[str, int]) -> None:
        self._batches.append(path)
        self.progress = self.progress.plus(**counts)

    def _load(self) -> None:
        while (path := self._next_batch()).exists():
            with gzip.open(path, "rt", encoding="utf-8") as stream:
                self._add_batch(path, json.loads(stream.readline()))

    def _check(self, resume: bool, options: dict[str, Any]) -> None:
        if self._batches and not resume:
            raise RunError(f"{self.folder} holds an unfinished run: resume it, or remove the folder")
        path = self.folder / "settings.json"
        if not self._batches:
            with atomic_write(path) as temporary:
                temporary.write_text(json.dumps(options, indent=2), encoding="utf-8")
        saved = json.loads(path.read_text(encoding="utf-8"))
        if changed := [name for name in options if saved.get(name) != options[name]]:
            old, new = ({name: found.get(name) for name in changed} for found in (saved, options))
            raise RunError(f"{self.folder} was started with other settings: {old}, not {new}")

    def _remove(self) -> None:
        # Renamed in one step first: a kill during the removal must not leave what looks like a run.
        removed = self.folder.with_name(f".{self.folder.name}.removed")
        shutil.rmtree(removed, ignore_errors=True)
        self.folder.rename(removed)
        shutil.rmtree(removed)
