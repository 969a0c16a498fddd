"""The files that a run makes: their names, and checks that they do not replace other files."""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path
from typing import Any

import attrs

from quoteattr import records
from quoteattr.corpus.checkpoint import RunError
from quoteattr.corpus.reader import Corpus, encodable
from quoteattr.corpus.writer import check_output
from quoteattr.schema import Article

QUOTATION_COLUMNS = frozenset({"article", "start", "end", "content", "speaker"})
"""Columns that show that a row is a quotation row."""
ARTICLE_COLUMNS = frozenset({"article", "text", "speakers", "quotations"})
"""Columns that show that a row is an article row."""


class OutputExistsError(RunError):
    """An output exists already, and was not made by this run."""

    def __init__(self, message: str, *, complete: bool = False) -> None:
        super().__init__(message)
        self.complete = complete
        """Whether the output seems to be that of this run, so that the run is already complete."""


def sibling_path(out: Path, ending: str) -> Path:
    """The path of a file beside an output, with another ending.

    >>> sibling_path(Path("quotes.jsonl.gz"), "rejects.jsonl").name
    'quotes.rejects.jsonl'
    """
    return out.with_name(f"{out.name.removesuffix('.gz').rpartition('.')[0]}.{ending}")


def utterances_path(out: Path) -> Path:
    """The path of the file with the distinct utterances, in the format of the output.

    >>> utterances_path(Path("quotes.jsonl.gz")).name
    'quotes.utterances.jsonl.gz'
    """
    suffixes = out.suffixes[-2:] if out.suffix == ".gz" else [out.suffix]
    return sibling_path(out, "utterances" + "".join(suffixes))


@attrs.frozen
class Outputs:
    """Everything that a run makes."""

    out: Path
    """The rows."""
    rejects: Path
    """The rejects."""
    utterances: Path | None
    """The distinct utterances, if they are wanted."""
    folder: Path
    """The folder with the finished batches; it exists while the run is unfinished."""

    @classmethod
    def of(cls, out: Path, *, dedup: bool) -> Outputs:
        """The outputs that belong to the file of rows."""
        utterances = utterances_path(out) if dedup else None
        folder = out.with_name(f"{out.name}.unfinished")
        return cls(out, sibling_path(out, "rejects.jsonl"), utterances, folder)

    @property
    def files(self) -> list[Path]:
        """The files that exist when the run is complete."""
        return [path for path in (self.out, self.rejects, self.utterances) if path]

    def check(self, corpus: Corpus, kind: records.RowKind) -> None:
        """Checks the paths of the outputs before anything is written.

        Raises:
            ValueError: for a suffix that cannot be written, or if an output would be a part of the corpus.
            RunError: if the folder for the outputs does not exist.
            ImportError: if Parquet is requested and pyarrow is not installed.
        """
        check_output(self.out, kind)
        if self.out.suffix == ".parquet":
            records.arrow_schema(kind)
        if not self.out.parent.is_dir():
            raise RunError(f"{encodable(self.out.parent)}: no such folder for the output")
        if os.path.isdir(self.out):
            raise RunError(f"{encodable(self.out)} is a folder; name a file")
        links = [path for path in corpus.files() if path.is_symlink()]
        for output in (*self.files, self.folder):
            _check_apart(output, [*corpus.paths, *links])

    def check_free(self, corpus: Corpus, kind: records.RowKind, resume: bool) -> None:
        """Checks that the run will not replace a file. A resumed run may replace files that it has placed.

        Raises:
            OutputExistsError: if it would replace another file.
        """
        existing = [
            path for path in self.files if os.path.lexists(path) and not has_placed(self.folder, path)
        ]
        if not existing:
            return
        names = ", ".join(map(encodable, existing))
        exists = f"{names} exist{'s' if len(existing) == 1 else ''} already"
        if resume and self.out in existing and not self.folder.exists():
            if not _is_output_of(self.out, corpus, kind):
                raise OutputExistsError(
                    f"{encodable(self.out)} exists already and is no output of this corpus"
                )
            raise OutputExistsError(f"{encodable(self.out)} exists already", complete=True)
        raise OutputExistsError(exists)


def has_placed(folder: Path, path: Path) -> bool:
    """Whether the run of a checkpoint folder has moved a file to its place, and the file is unchanged.

    This happens if a run is killed after it has placed its files and before it has removed the folder.
    """
    try:
        return _identity(path) in json.loads((folder / "placed.json").read_text(encoding="utf-8"))[path.name]
    except (OSError, ValueError, LookupError):
        return False


def place(folder: Path, made: str, path: Path, *, overwrite: bool) -> None:
    """Moves a file from the checkpoint folder to its place.

    Raises:
        OutputExistsError: if another file is there and ``overwrite`` is false.
    """
    was_placed = has_placed(folder, path)
    replaces = overwrite or was_placed
    record = folder / "placed.json"
    placed = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    # Both: if the run is killed before the next step, the file there is still the earlier one.
    placed[path.name] = [_identity(folder / made), *([_identity(path)] if was_placed else [])]
    temporary = folder / ".placed.json.unfinished"
    temporary.write_text(json.dumps(placed), encoding="utf-8")
    os.replace(temporary, record)
    if not replaces and not _link(folder / made, path):
        raise OutputExistsError(f"{encodable(path)} exists already: something else made it during the run")
    if (folder / made).exists():
        if replaces or not path.exists():
            os.replace(folder / made, path)
        else:
            (folder / made).unlink()


def _link(made: Path, path: Path) -> bool:
    """Links a file to its place and returns True, or returns False if another file is there. On file systems
    with hard links this is one step."""
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:
        return not os.path.lexists(path)
    return True


def _identity(path: Path) -> list[int]:
    status = path.lstat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def _check_apart(output: Path, given: list[Path]) -> None:
    resolved = Path(os.path.realpath(output))  # `Path.resolve` raises on a link to itself
    for path in given:
        source = Path(os.path.realpath(path))
        if source == resolved or resolved in source.parents:
            raise ValueError(f"{encodable(output)} is read, so it cannot be an output as well")
        if source in resolved.parents:
            raise ValueError(
                f"{encodable(output)} is inside {encodable(path)}: the output would become part of the corpus"
            )


def _is_output_of(out: Path, corpus: Corpus, kind: records.RowKind) -> bool:
    """Whether a file may be the output of a run over a corpus, according to its first row."""
    try:
        row = _first_row(out)
    except Exception:  # of many types: the file may be anything
        return False
    if row is None:
        return True
    needed = ARTICLE_COLUMNS if kind == "article" else QUOTATION_COLUMNS
    if not needed <= set(row):
        return False
    return any(isinstance(found, Article) and found.id == row["article"] for found in corpus)


def _first_row(out: Path) -> dict[str, Any] | None:
    if out.suffix == ".parquet":
        import pyarrow.parquet as pq

        with pq.ParquetFile(out) as file:
            return next((dict(row) for batch in file.iter_batches(1) for row in batch.to_pylist()), None)
    if out.suffix == ".csv":
        with open(out, encoding="utf-8", newline="") as table:
            return next(({**row, "content": row["quotation"]} for row in csv.DictReader(table)), None)
    with gzip.open(out) if out.suffix == ".gz" else open(out, "rb") as stream:
        line = stream.readline()
    return dict(json.loads(line)) if line else None
