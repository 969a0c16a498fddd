"""Keeps the finished batches of a run on disk, so that a killed run can be resumed.

Each batch is written in one step to a file of its own, in a folder beside the output
(``quotes.parquet.unfinished``). A resumed run skips as many rows of the corpus as the folder has.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import attrs
from filelock import FileLock, Timeout

from quoteattr import records
from quoteattr.corpus.reader import Reject
from quoteattr.corpus.writer import atomic_write

FORMAT = 2
"""Version of the folder's layout."""


OWN_FILES = re.compile(
    r"lock|(settings|outputs|placed)\.json|\d{8}\.jsonl\.gz"
    r"|(rows|utterances)\.(parquet|jsonl|jsonl\.gz)|rejects\.jsonl|\..+\.unfinished"
)
"""Names of the files that a run makes in its folder. A run deletes no other files in it."""


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
    warnings: int = 0
    """Warnings about articles, such as a date that could not be read."""

    def plus(self, articles: int, quotations: int, rejects: int, warnings: int = 0) -> Progress:
        """Returns the progress after some more rows."""
        return attrs.evolve(
            self,
            articles=self.articles + articles,
            quotations=self.quotations + quotations,
            rejects=self.rejects + rejects,
            warnings=self.warnings + warnings,
        )


@attrs.frozen
class FinishedRow:
    """The result for one row of the corpus, encoded as JSON in the worker."""

    json: str
    """The article row, or ``{"reject": ...}``."""
    quotations: int | None
    """Number of quotations found; None for a reject."""
    is_warning: bool = False
    """Whether the reject is a warning."""

    @classmethod
    def of_article(cls, row: records.Row) -> FinishedRow:
        """Returns the result for an attributed article."""
        return cls(json.dumps(row, ensure_ascii=False), len(row["quotations"]))

    @classmethod
    def of_reject(cls, reject: Reject) -> FinishedRow:
        """Returns the result for a row without a valid article."""
        return cls(json.dumps({"reject": attrs.asdict(reject)}, ensure_ascii=False), None, reject.is_warning)


class Checkpoint:
    """The folder with the finished batches of a run. The first line of each batch has its counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.progress = Progress()
        self._batches: list[Path] = []

    @contextmanager
    def opened(
        self, resume: bool, options: dict[str, Any], *, outputs: Sequence[Path] = (), overwrite: bool = False
    ) -> Iterator[None]:
        """Starts or resumes a run and locks the folder. At the end, removes the folder if the run is complete
        or has no finished batch.

        Args:
            resume: whether to continue the run in the folder.
            options: the settings that the results depend on.
            outputs: the files that the run makes beside the folder. No other unfinished run may make them.
            overwrite: whether to discard another run in the folder.

        Raises:
            RunError: if another process has the lock, the folder has batches and `resume` is false, the run
                was started with other options, the folder has files that no run made or cannot be written,
                or another unfinished run makes one of the outputs.
        """
        lock = self._locked()
        complete = False
        try:
            try:
                if overwrite and not resume:
                    self._remove_files()
                self._load()
                self._check(resume, {"format": FORMAT, **options})
                self._claim([path.name for path in outputs])
            except OSError as error:
                raise RunError(f"cannot begin in {self.folder}: {error.strerror or error}") from None
            yield
            complete = True
        finally:
            if complete or not self._batches:
                self._remove_files()
            lock.release()
            if complete or not self._batches:
                self._remove_folder()

    def _locked(self) -> FileLock:
        try:
            self.folder.mkdir(exist_ok=True)
            foreign = [name for name in os.listdir(self.folder) if not OWN_FILES.fullmatch(name)]
        except OSError as error:
            raise RunError(f"cannot make the folder {self.folder}: {error.strerror or error}") from None
        if foreign:
            raise RunError(f"{self.folder} holds {foreign[0]!r}, which no run made: move it away")
        lock = FileLock(self.folder / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise RunError(f"another process is working in {self.folder}") from None
        except OSError as error:
            self._remove_folder()
            raise RunError(f"cannot begin in {self.folder}: {error.strerror or error}") from None
        return lock

    def _claim(self, names: list[str]) -> None:
        """Records the outputs in the folder. Raises a RunError if another run makes one of them."""
        with atomic_write(self.folder / "outputs.json") as temporary:
            temporary.write_text(json.dumps(names), encoding="utf-8")
        for path in self.folder.parent.glob("*.unfinished/outputs.json"):
            other = path.parent
            if other == self.folder or not _is_alive(other):
                continue
            try:
                shared = set(names) & set(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                continue
            if shared:
                raise RunError(f"{min(shared)} belongs to the unfinished run in {other}: name another output")

    def add(self, rows: Sequence[FinishedRow]) -> None:
        """Writes a finished batch to disk."""
        quotations = [row.quotations for row in rows if row.quotations is not None]
        counts = {
            "articles": len(quotations),
            "quotations": sum(quotations),
            "rejects": len(rows) - len(quotations) - sum(row.is_warning for row in rows),
            "warnings": sum(row.is_warning for row in rows),
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
        if not (self.folder / "settings.json").exists():  # a run was killed while it removed the folder
            self._remove_files()
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

    def _remove_files(self) -> None:
        # The settings are removed first: after a kill during the removal, the rest must not look like a run.
        (self.folder / "settings.json").unlink(missing_ok=True)
        for path in self.folder.iterdir():
            if OWN_FILES.fullmatch(path.name) and path.name != "lock":
                path.unlink(missing_ok=True)

    def _remove_folder(self) -> None:
        (self.folder / "lock").unlink(missing_ok=True)
        with suppress(OSError):  # another run has begun in it
            self.folder.rmdir()


def _is_alive(folder: Path) -> bool:
    """Whether a folder has a run that can be resumed or that a process is working on."""
    if (folder / "00000000.jsonl.gz").exists():
        return True
    lock = FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False
