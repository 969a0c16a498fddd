"""Attributes a whole corpus and writes the results to a file; an interrupted run can be resumed.

Finished batches are kept in a checkpoint folder. After the last batch, the output is assembled from them and
moved to its place in one step. The division into batches depends only on the corpus, so a resumed run writes
the same bytes as an uninterrupted one.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import attrs

from quoteattr import records
from quoteattr.batches import attributer
from quoteattr.corpus.checkpoint import Checkpoint, FinishedRow, Progress
from quoteattr.corpus.outputs import Outputs, has_placed, place
from quoteattr.corpus.reader import WARNINGS, Corpus, Reject
from quoteattr.corpus.writer import write_rows
from quoteattr.dedup import deduplicate
from quoteattr.parallel import BATCH_TIMEOUT, FailedItem, map_batches
from quoteattr.parsing.parser import Parser, default_parser
from quoteattr.schema import Article, Style

BATCH_CHARACTERS = 400_000
"""Characters in a batch: some 80 articles, enough to fill the models' batches. If the process is killed, the
work on one batch is lost, a few seconds."""
BATCH_ROWS = 1000
"""Most rows in a batch, for corpora of very short articles."""

Located = tuple[str, Article | Reject]
"""An article or reject with its location."""


@attrs.frozen
class Summary:
    """The numbers of articles, quotations and rejects that a run has written."""

    articles: int
    """Articles."""
    quotations: int
    """Quotations in them."""
    rejects: Counter[str]
    """Rows rejected, by kind."""
    rejects_path: Path | None
    """The file with rejects and warnings, one JSON object per line; None if there are none."""
    warnings: Counter[str] = attrs.Factory(Counter)
    """Warnings about articles, by kind; they are in the file with the rejects."""
    utterances: int | None = None
    """Number of distinct utterances; None if deduplication was not requested."""


def run(
    corpus: Corpus,
    out: str | os.PathLike[str],
    *,
    kind: records.RowKind = "quotation",
    workers: int = 1,
    load: Callable[[], Parser] = default_parser,
    min_confidence: float = 0.0,
    indirect: bool = False,
    style: Style = "news",
    dedup: bool = False,
    resume: bool = False,
    overwrite: bool = False,
    timeout: float | None = BATCH_TIMEOUT,
    version: str = "",
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Attributes every article of a corpus and writes the results to a file.

    Rows without a valid article, and articles that no worker could finish, are written to a file of rejects
    beside the output, with location and reason.

    Args:
        corpus: the articles.
        out: the output, ``.parquet``, ``.jsonl``, ``.jsonl.gz`` or ``.csv``. It exists only after the run
            is complete.
        kind: "quotation" for one row per quotation or "article" for one row per article.
        workers: number of processes, each with its own parser and one thread.
        load: returns the parser; called once in each worker, so it must be picklable.
        min_confidence: as in `quoteattr.attribute`.
        indirect: as in `quoteattr.attribute`.
        style: as in `quoteattr.attribute`.
        dedup: whether to write the distinct utterances of all articles as well (`quoteattr.deduplicate`), to
            a file beside the output. This step holds all articles with quotations in memory.
        resume: whether to continue an earlier unfinished run; a new run starts if there is none.
        overwrite: whether to replace existing outputs and discard an unfinished run. If false, a run replaces
            and deletes only files that it made itself.
        timeout: seconds that a worker may take for a batch (some 80 articles, a few seconds of work). One
            that takes longer is ended and treated like one that died. None: no limit.
        version: a name for everything else that the results depend on, such as the models. A run can only be
            resumed with the same value. If it is not empty, the outputs hold it as ``made_by``.
        on_progress: called after each finished batch.

    Raises:
        OutputExistsError: if `out`, or the file of rejects or utterances beside it, exists.
        RunError: if an unfinished run exists and `resume` is false, or it was started with other settings,
            or another process is working on it, or the outputs cannot be written.
        ValueError: if `out` has another suffix, an output would be a part of the corpus, or no file of the
            corpus has the text column.
        ImportError: if a format needs a package that is not installed.
        OSError: if a file cannot be written. Finished batches are kept.
        KeyboardInterrupt: on Ctrl-C. Finished batches are kept.
    """
    outputs = Outputs.of(Path(out), dedup=dedup)
    outputs.check(corpus, kind)
    corpus.check()
    if not overwrite:
        outputs.check_free(corpus, kind, resume)
    checkpoint = Checkpoint(outputs.folder)
    options = _run_options(corpus, min_confidence, indirect, style, version)
    with checkpoint.opened(resume, options, outputs=outputs.files, overwrite=overwrite):
        on_progress(checkpoint.progress)
        done = checkpoint.progress.articles + checkpoint.progress.rejects + checkpoint.progress.warnings
        batches = _batches(islice(corpus.located(), done, None))
        task = partial(_load_task, load, min_confidence, indirect, style)
        for rows in map_batches(task, batches, workers=workers, timeout=timeout):
            checkpoint.add([_rejected(row) if isinstance(row, FailedItem) else row for row in rows])
            on_progress(attrs.evolve(checkpoint.progress, fraction=corpus.fraction))
        return _assemble(checkpoint, outputs, kind, overwrite, version or None)


def _run_options(
    corpus: Corpus, min_confidence: float, indirect: bool, style: Style, version: str
) -> dict[str, Any]:
    return {
        "corpus": [str(path) for path in corpus.paths],
        "files": corpus.fingerprint(),
        "columns": attrs.asdict(corpus.columns),
        "longest": corpus.longest,
        "date_format": corpus.date_format,
        "min_confidence": min_confidence,
        "indirect": indirect,
        "style": style,
        "version": version,
    }


def _batches(rows: Iterable[Located]) -> Iterator[list[Located]]:
    """Yields batches of about `BATCH_CHARACTERS` characters. The division depends only on the rows."""
    batch: list[Located] = []
    characters = 0
    for location, found in rows:
        batch.append((location, found))
        characters += len(found.text) if isinstance(found, Article) else 0
        if characters >= BATCH_CHARACTERS or len(batch) >= BATCH_ROWS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _load_task(
    load: Callable[[], Parser], min_confidence: float, indirect: bool, style: Style
) -> Callable[[Sequence[Located]], list[FinishedRow]]:
    """Runs once in each worker. Returns the function that turns a batch into finished rows."""
    attribute_batch = attributer(load(), min_confidence=min_confidence, indirect=indirect, style=style)

    def task(batch: Sequence[Located]) -> list[FinishedRow]:
        results = iter(attribute_batch([found for _, found in batch if isinstance(found, Article)]))
        return [
            FinishedRow.of_reject(found)
            if isinstance(found, Reject)
            else FinishedRow.of_article(records.article_row(next(results)))
            for _, found in batch
        ]

    return task


def _rejected(failed: FailedItem[Located]) -> FinishedRow:
    location, found = failed.item
    article = found.id if isinstance(found, Article) else None
    return FinishedRow.of_reject(Reject(location, "worker", failed.reason, article))


def _assemble(
    checkpoint: Checkpoint, outputs: Outputs, kind: records.RowKind, overwrite: bool, made_by: str | None
) -> Summary:
    """Writes the outputs in the folder and moves them to their places. The output with the rows is moved
    last, because its existence means that the run is complete."""
    folder, suffix = checkpoint.folder, outputs.out.suffix.lower()
    suffix = ".jsonl.gz" if suffix == ".gz" else suffix
    # A run that was killed may have left a second name of the file that is in its place already.
    (folder / "rejects.jsonl").unlink(missing_ok=True)
    counts = _write_rejects(checkpoint, folder / "rejects.jsonl")
    utterances = None
    if outputs.utterances:
        utterances = _write_utterances(checkpoint, folder / f"utterances{suffix}", made_by)
    articles = checkpoint.articles()
    quotations = (quotation for row in articles for quotation in records.split_article_row(row))
    write_rows(articles if kind == "article" else quotations, folder / f"rows{suffix}", kind, made_by)
    if counts:
        place(folder, "rejects.jsonl", outputs.rejects, overwrite=overwrite)
    elif overwrite or has_placed(folder, outputs.rejects):
        outputs.rejects.unlink(missing_ok=True)
    if outputs.utterances:
        place(folder, f"utterances{suffix}", outputs.utterances, overwrite=overwrite)
    place(folder, f"rows{suffix}", outputs.out, overwrite=overwrite)
    warnings = Counter({name: number for name, number in counts.items() if name in WARNINGS})
    rejects_path = outputs.rejects if counts else None
    progress = checkpoint.progress
    return Summary(
        progress.articles, progress.quotations, counts - warnings, rejects_path, warnings, utterances
    )


def _write_rejects(checkpoint: Checkpoint, path: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    with open(path, "w", encoding="utf-8") as stream:
        for reject in checkpoint.rejects():
            stream.write(json.dumps(reject, ensure_ascii=False) + "\n")
            counts[reject["kind"]] += 1
        stream.flush()
        os.fsync(stream.fileno())
    return counts


def _write_utterances(checkpoint: Checkpoint, path: Path, made_by: str | None) -> int:
    results = (records.article_from_row(row) for row in checkpoint.articles() if row["quotations"])
    return write_rows(map(records.utterance_row, deduplicate(results)), path, "utterance", made_by)
