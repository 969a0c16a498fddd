"""A run over a corpus that may be killed at any time and goes on where it was.

Batches are finished in order, and each is kept as a file of its own in a folder beside the output
(``quotes.parquet.unfinished``): written under another name, flushed to disk, renamed. So what is there is
whole, and a run that goes on reads past as many rows as it finds kept. When all are there, the output is
made from them, in one step. As batches are cut by the corpus alone, a run that was interrupted gives byte
for byte what one run gives.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
from filelock import FileLock, Timeout

from quoteattr import records
from quoteattr.corpus.reader import Corpus, Reject, check_output, replacing, write_rows
from quoteattr.dedup.pipeline import deduplicate
from quoteattr.parallel import Lost, map_batches
from quoteattr.parsing.parser import Parser, default_parser
from quoteattr.pipeline import attributer
from quoteattr.schema import Article

BATCH_CHARACTERS = 400_000
"""Some 80 articles, which parsed together fill the models; a few seconds of work, which a kill may cost."""
BATCH_ROWS = 1000
"""Where articles are very short."""
FORMAT = 1
"""Number of the layout of what is kept."""

Placed = tuple[str, Article | Reject]
Outcome = tuple[str, int]
"""A line of JSON, an article row or a reject under the key "reject"; and how many quotations it has, -1 for a
reject."""


@attrs.frozen
class Progress:
    """How far a run is."""

    fraction: float = 0.0
    """How much of the corpus has been read, from 0 to 1."""
    articles: int = 0
    """Articles done."""
    quotations: int = 0
    """Quotations found in them."""
    rejects: int = 0
    """Rows set aside."""

    def plus(self, articles: int, quotations: int, rejects: int) -> Progress:
        """With so many more."""
        return attrs.evolve(
            self,
            articles=self.articles + articles,
            quotations=self.quotations + quotations,
            rejects=self.rejects + rejects,
        )


@attrs.frozen
class Summary:
    """What a run has made."""

    articles: int
    """Articles written."""
    quotations: int
    """Quotations in them."""
    rejects: Counter[str]
    """Rows set aside, by kind."""
    rejects_path: Path | None
    """The file that says which and why: a JSON object a line. None if there is none."""
    utterances: int | None = None
    """Lines told once; None if that was not asked for."""


class RunError(Exception):
    """The run cannot start or go on; says why."""


class AlreadyThere(RunError):
    """The output is complete."""


def run(
    corpus: Corpus,
    out: str | os.PathLike[str],
    *,
    kind: records.RowKind = "quotation",
    workers: int = 1,
    load: Callable[[], Parser] = default_parser,
    min_confidence: float = 0.0,
    dedup: bool = False,
    resume: bool = False,
    settings: str = "",
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Attribute every article of a corpus, and write what was found to a file.

    Rows that hold no article, and articles that no worker can finish, are set aside in a file beside the
    output, with place and reason, and the rest goes on.

    Args:
        corpus: what to read.
        out: ``.parquet``, ``.jsonl`` or ``.jsonl.gz``. It appears when the run is complete.
        kind: one row a quotation or one row an article.
        workers: processes, each with a parser of its own and one thread.
        load: gives the parser; called once in each worker, so it must be picklable.
        min_confidence: as in `attribute`.
        dedup: also tell every line once, with all places that carry it (`deduplicate`), in a file beside the
            output. This step holds all articles with quotations in memory.
        resume: go on where an earlier run ended; start if there was none.
        settings: what else results depend on, such as the models and the version of this package; must be the
            same when a run goes on.
        on_progress: called whenever a batch is kept.

    Raises:
        AlreadyThere: if `out` is complete.
        RunError: if an unfinished run is there and `resume` is false, or it was
            begun with other settings, or another process is at it.
        ValueError, TypeError: for wrong arguments.
        OSError: if the disk is full, or something cannot be read or written. What is done is kept.
        KeyboardInterrupt: on Ctrl-C. What is done is kept.
    """
    out = Path(out)
    check_output(out)
    if around := [path for path in corpus.paths if path.resolve() in out.resolve().parents]:
        raise ValueError(f"{out} lies in {around[0]}, which is read: it would become part of the corpus")
    kept = _Kept(out.with_name(f"{out.name}.unfinished"))
    if out.exists() and not (resume and kept.folder.exists()):
        raise AlreadyThere(f"{out} is there already")
    with kept.opened(resume, _settings(corpus, min_confidence, settings)):
        on_progress(kept.progress)
        rest = islice(corpus.placed(), kept.progress.articles + kept.progress.rejects, None)
        task = partial(_load_task, load, min_confidence)
        for results in map_batches(task, _batches(rest), workers=workers):
            kept.keep([_reject_lost(found) if isinstance(found, Lost) else found for found in results])
            on_progress(attrs.evolve(kept.progress, fraction=corpus.fraction))
        return _assembled(kept, out, kind, dedup)


def _settings(corpus: Corpus, min_confidence: float, more: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "corpus": [str(path) for path in corpus.paths],
        "files": corpus.fingerprint(),
        "columns": attrs.asdict(corpus.columns),
        "longest": corpus.longest,
        "min_confidence": min_confidence,
        "settings": more,
    }


def _batches(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    """Batches of so many characters: their bounds depend on nothing but where the first begins."""
    batch: list[Placed] = []
    characters = 0
    for place, found in placed:
        batch.append((place, found))
        characters += len(found.text) if isinstance(found, Article) else 0
        if characters >= BATCH_CHARACTERS or len(batch) >= BATCH_ROWS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


# In the worker


def _load_task(
    load: Callable[[], Parser], min_confidence: float
) -> Callable[[Sequence[Placed]], list[Outcome]]:
    attributed = attributer(load(), min_confidence=min_confidence)

    def task(batch: Sequence[Placed]) -> list[Outcome]:
        results = iter(attributed([found for _, found in batch if isinstance(found, Article)]))
        return [
            _rejected(found) if isinstance(found, Reject) else _line(records.article_row(next(results)))
            for _, found in batch
        ]

    return task


def _line(row: records.Row) -> Outcome:
    return json.dumps(row, ensure_ascii=False), len(row["quotations"])


def _rejected(reject: Reject) -> Outcome:
    return json.dumps({"reject": attrs.asdict(reject)}, ensure_ascii=False), -1


def _reject_lost(lost: Lost[Placed]) -> Outcome:
    place, found = lost.item
    return _rejected(Reject(place, "worker", lost.reason, found.id if isinstance(found, Article) else None))


# What is kept


class _Kept:
    """The folder of finished batches. The first line of each file counts what it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.progress = Progress()
        self._files: list[Path] = []

    @contextmanager
    def opened(self, resume: bool, settings: dict[str, Any]) -> Iterator[None]:
        """Begin or go on, and keep other processes away. Of a run that is complete, or kept nothing, nothing
        stays."""
        self.folder.mkdir(exist_ok=True)
        lock = FileLock(self.folder / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise RunError(f"another process is at work in {self.folder}") from None
        complete = False
        try:
            while (path := self._next()).exists():
                self._count(path)
            self._check(resume, settings)
            yield
            complete = True
        finally:
            lock.release()
            if complete or not self._files:
                self._remove()

    def _check(self, resume: bool, settings: dict[str, Any]) -> None:
        if self._files and not resume:
            raise RunError(f"{self.folder} holds an unfinished run: resume it, or remove the folder")
        path = self.folder / "settings.json"
        if not self._files:
            with replacing(path) as unfinished:
                unfinished.write_text(json.dumps(settings, indent=2), encoding="utf-8")
        begun = json.loads(path.read_text(encoding="utf-8"))
        if changed := [name for name in settings if begun.get(name) != settings[name]]:
            was, now = ({name: found.get(name) for name in changed} for found in (begun, settings))
            raise RunError(f"{self.folder} was begun otherwise: {was}, and not {now}")

    def _next(self) -> Path:
        return self.folder / f"{len(self._files):08}.jsonl.gz"

    def _count(self, path: Path) -> None:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            counts = json.loads(stream.readline())
        self._files.append(path)
        self.progress = self.progress.plus(**counts)

    def keep(self, outcomes: Sequence[Outcome]) -> None:
        """Put a finished batch on disk."""
        found = [quotations for _, quotations in outcomes if quotations >= 0]
        counts = {
            "articles": len(found),
            "quotations": sum(found),
            "rejects": len(outcomes) - len(found),
        }
        lines = [json.dumps(counts), *(line for line, _ in outcomes)]
        with replacing(self._next()) as unfinished:
            unfinished.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 1))
        self._files.append(self._next())
        self.progress = self.progress.plus(**counts)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Everything kept, in order: article rows, and rejects under the key "reject"."""
        for path in self._files:
            with gzip.open(path, "rt", encoding="utf-8") as stream:
                next(stream)
                yield from map(json.loads, stream)

    def articles(self) -> Iterator[records.Row]:
        """The article rows kept, in order."""
        return (line for line in self.lines() if "reject" not in line)

    def _remove(self) -> None:
        """In one step first, so that a kill leaves nothing that looks like an unfinished run."""
        done = self.folder.with_name(f".{self.folder.name}.removed")
        shutil.rmtree(done, ignore_errors=True)
        self.folder.rename(done)
        shutil.rmtree(done)


def beside(out: Path, ending: str) -> Path:
    """What stands beside an output.

    >>> beside(Path("quotes.jsonl.gz"), "rejects.jsonl").name
    'quotes.rejects.jsonl'
    """
    return out.with_name(f"{out.name.removesuffix('.gz').rpartition('.')[0]}.{ending}")


def utterances_path(out: Path) -> Path:
    """Where the lines stand that are told once, in the output's own format.

    >>> utterances_path(Path("quotes.jsonl.gz")).name
    'quotes.utterances.jsonl.gz'
    """
    return beside(out, "utterances" + "".join(out.suffixes[-2:] if out.suffix == ".gz" else [out.suffix]))


def _assembled(kept: _Kept, out: Path, kind: records.RowKind, dedup: bool) -> Summary:
    """Make the output of what is kept; what stands beside it first: the output tells that all is done."""
    rejects: Counter[str] = Counter()
    told = beside(out, "rejects.jsonl")
    told.unlink(missing_ok=True)
    if kept.progress.rejects:
        with replacing(told) as unfinished, open(unfinished, "w", encoding="utf-8") as stream:
            for reject in (line["reject"] for line in kept.lines() if "reject" in line):
                stream.write(json.dumps(reject, ensure_ascii=False) + "\n")
                rejects[reject["kind"]] += 1
    lines = None
    if dedup:
        spoken = (records.article_from_row(row) for row in kept.articles() if row["quotations"])
        lines = write_rows(map(records.utterance_row, deduplicate(spoken)), utterances_path(out), "utterance")
    quotations = (quotation for row in kept.articles() for quotation in records.split_article_row(row))
    write_rows(kept.articles() if kind == "article" else quotations, out, kind)
    progress = kept.progress
    return Summary(progress.articles, progress.quotations, rejects, told if rejects else None, lines)
