"""Attributes a whole corpus and writes the results to a file; an interrupted run can be resumed.

Finished batches are kept in a checkpoint folder. When all are finished, the output is assembled from them and
appears in one step. The division into batches depends on the corpus only, so that a resumed run writes the
same bytes as an uninterrupted one.
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
from quoteattr.corpus.checkpoint import Checkpoint, FinishedRow, Progress, RunError
from quoteattr.corpus.reader import Corpus, Reject
from quoteattr.corpus.writer import atomic_write, check_output, write_rows
from quoteattr.dedup import deduplicate
from quoteattr.parallel import FailedItem, map_batches
from quoteattr.parsing.parser import Parser, default_parser
from quoteattr.pipeline import attributer
from quoteattr.schema import Article

BATCH_CHARACTERS = 400_000
"""Characters in a batch: some 80 articles, enough to fill the models' batches. They are a few seconds of
work, which may be lost if the process is killed."""
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
    """The file with the rejects, one JSON object per line; None if there are none."""
    utterances: int | None = None
    """Distinct utterances; None if deduplication was not requested."""


class OutputExistsError(RunError):
    """The output exists already."""


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
    version: str = "",
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    """Attributes every article of a corpus and writes the results to a file.

    Rows without a valid article, and articles that no worker could finish, are written to a file of rejects
    beside the output, with location and reason.

    Args:
        corpus: the articles.
        out: ``.parquet``, ``.jsonl`` or ``.jsonl.gz``. It appears when the run is complete.
        kind: "quotation" for one row per quotation or "article" for one row per article.
        workers: number of processes, each with its own parser and one thread.
        load: returns the parser; called once in each worker, so it must be picklable.
        min_confidence: as in `quoteattr.attribute`.
        dedup: whether to write the distinct utterances of all articles as well (`quoteattr.deduplicate`), to
            a file beside the output. This step holds all articles with quotations in memory.
        resume: whether to continue an earlier unfinished run; a new run starts if there is none.
        version: a name for everything else that the results depend on, such as the models. A run can be
            resumed only with the same value.
        on_progress: called after each finished batch.

    Raises:
        OutputExistsError: if `out` exists.
        RunError: if an unfinished run exists and `resume` is false, or it was started with other settings,
            or another process is working on it.
        ValueError: if `out` has another suffix or lies in a folder of the corpus.
        OSError: if a file cannot be read or written. Finished batches are kept.
        KeyboardInterrupt: on Ctrl-C. Finished batches are kept.
    """
    out = Path(out)
    checkpoint = Checkpoint(out.with_name(f"{out.name}.unfinished"))
    _check(corpus, out, resumable=resume and checkpoint.folder.exists())
    with checkpoint.opened(resume, _run_options(corpus, min_confidence, version)):
        on_progress(checkpoint.progress)
        done = checkpoint.progress.articles + checkpoint.progress.rejects
        task = partial(_load_task, load, min_confidence)
        for rows in map_batches(task, _batches(islice(corpus.located(), done, None)), workers=workers):
            checkpoint.add([_rejected(row) if isinstance(row, FailedItem) else row for row in rows])
            on_progress(attrs.evolve(checkpoint.progress, fraction=corpus.fraction))
        return _assemble(checkpoint, out, kind, dedup)


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


def _check(corpus: Corpus, out: Path, *, resumable: bool) -> None:
    check_output(out)
    if parents := [path for path in corpus.paths if path.resolve() in out.resolve().parents]:
        raise ValueError(f"{out} is inside {parents[0]}: the output would become part of the corpus")
    if out.exists() and not resumable:
        raise OutputExistsError(f"{out} exists already")


def _run_options(corpus: Corpus, min_confidence: float, version: str) -> dict[str, Any]:
    return {
        "corpus": [str(path) for path in corpus.paths],
        "files": corpus.fingerprint(),
        "columns": attrs.asdict(corpus.columns),
        "longest": corpus.longest,
        "min_confidence": min_confidence,
        "version": version,
    }


def _batches(rows: Iterable[Located]) -> Iterator[list[Located]]:
    """Yields batches of about `BATCH_CHARACTERS` characters. Given the first row, the division is always the
    same."""
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
    load: Callable[[], Parser], min_confidence: float
) -> Callable[[Sequence[Located]], list[FinishedRow]]:
    """Runs once in each worker. Returns the function that turns a batch into finished rows."""
    attribute_batch = attributer(load(), min_confidence=min_confidence)

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


def _assemble(checkpoint: Checkpoint, out: Path, kind: records.RowKind, dedup: bool) -> Summary:
    """Writes the output after all other files, because its existence means that the run is complete."""
    rejects = _write_rejects(checkpoint, sibling_path(out, "rejects.jsonl"))
    utterances = _write_utterances(checkpoint, utterances_path(out)) if dedup else None
    articles = checkpoint.articles()
    quotations = (quotation for row in articles for quotation in records.split_article_row(row))
    write_rows(articles if kind == "article" else quotations, out, kind)
    progress = checkpoint.progress
    rejects_path = sibling_path(out, "rejects.jsonl") if rejects else None
    return Summary(progress.articles, progress.quotations, rejects, rejects_path, utterances)


def _write_rejects(checkpoint: Checkpoint, path: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    path.unlink(missing_ok=True)
    if checkpoint.progress.rejects:
        with atomic_write(path) as temporary, open(temporary, "w", encoding="utf-8") as stream:
            for reject in checkpoint.rejects():
                stream.write(json.dumps(reject, ensure_ascii=False) + "\n")
                counts[reject["kind"]] += 1
    return counts


def _write_utterances(checkpoint: Checkpoint, path: Path) -> int:
    results = (records.article_from_row(row) for row in checkpoint.articles() if row["quotations"])
    return write_rows(map(records.utterance_row, deduplicate(results)), path, "utterance")
