"""Measures a run over somebody's own archive, and compares the answers of two versions of the library.

A sample of the articles is drawn, attributed by the command ``quoteattr run`` in processes of its own, and
counted: articles a second, memory, rejects by kind. The answers of another version come from another checkout
(``--against FOLDER``) or from a file that an earlier measurement saved (``--save``, ``--against FILE``).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from benchmarks.corpora import watch_memory
from benchmarks.gold_sets import ROOT
from quoteattr.corpus import Corpus, Reject, read_results
from quoteattr.schema import Article, AttributedArticle, Attribution

DIFFERENCES_SHOWN = 20
"""Changed answers that a report shows."""
CONTEXT = 90
"""Characters of the text that are shown before and after a quotation."""


@attrs.frozen
class Sample:
    """Some articles of an archive."""

    articles: list[Article]
    """In the order of the archive."""
    total: int
    """Articles in the archive."""
    rejects: Counter[str]
    """Rows and files of the archive without an article, by kind."""


def draw(found: Iterable[Article | Reject], size: int | None, seed: int = 0) -> Sample:
    """Draws articles at random, each with the same probability; all of them if there are no more.

    >>> sample = draw([Article("It rained.", id=str(n)) for n in range(100)], 3)
    >>> len(sample.articles), sample.total
    (3, 100)
    """
    rng, kept, total = random.Random(seed), list[tuple[int, Article]](), 0
    rejects: Counter[str] = Counter()
    for article in found:
        if isinstance(article, Reject):
            rejects[article.kind] += 1
            continue
        total += 1
        if size is None or len(kept) < size:
            kept.append((total, article))
        elif (at := rng.randrange(total)) < size:
            kept[at] = total, article
    return Sample([article for _, article in sorted(kept, key=lambda pair: pair[0])], total, rejects)


@attrs.frozen
class Measured:
    """One run over a sample."""

    seconds: float
    """From start to end, loading included."""
    megabytes: int
    """Most resident memory of all processes together."""
    words: int
    """Words of the articles."""
    results: list[AttributedArticle]
    """The answers."""


def run_version(sample: Path, out: Path, checkout: Path, workers: int) -> float:
    """Runs ``quoteattr run`` of a checkout over a file of articles. Returns the most megabytes used.

    Raises:
        RuntimeError: if the command fails.
    """
    command = [sys.executable, "-m", "quoteattr", "run", str(sample), "--out", str(out), "--articles"]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [*command, "--workers", str(workers), "--progress", "none"], cwd=checkout, env=environment
    )
    peak = [0]
    watch = threading.Thread(target=watch_memory, args=(process, peak), daemon=True)
    watch.start()
    if process.wait() not in (0, 3):  # 3: some articles were rejected
        raise RuntimeError(f"quoteattr run of {checkout} ended with status {process.returncode}")
    watch.join()
    return peak[0] / 1024


def measure(articles: Sequence[Article], checkout: Path, workers: int) -> Measured:
    """Attributes articles with a checkout of the library."""
    with tempfile.TemporaryDirectory() as folder:
        sample, out = Path(folder, "sample.jsonl"), Path(folder, "out.jsonl")
        with sample.open("w", encoding="utf-8") as stream:
            for number, article in enumerate(articles):
                name = article.id or str(number)
                stream.write(json.dumps({"id": name, "text": article.text}, ensure_ascii=False) + "\n")
        began = time.monotonic()
        peak = run_version(sample, out, checkout.resolve(), workers)
        seconds = time.monotonic() - began
        words = sum(len(article.text.split()) for article in articles)
        return Measured(seconds, round(peak), words, list(read_results(out)))


# Agreement


@attrs.frozen
class Difference:
    """A quotation about which two versions disagree."""

    kind: str
    """"only here", "only there", "speaker" or "outlet"."""
    article: str
    """Id of the article."""
    here: str
    """Speaker and outlet of this version."""
    there: str
    """Those of the other version."""
    passage: str
    """The quotation between ⟦ ⟧ with what surrounds it, on one line."""


@attrs.frozen
class Agreement:
    """How two versions answer the same articles."""

    counts: Counter[str]
    """Quotations by "same" or by the kind of difference."""
    differences: list[Difference]
    """Every difference, in the order of the articles."""

    @property
    def share(self) -> float:
        """Share of quotations with the same speaker and outlet; 1 if there are no quotations."""
        total = self.counts.total()
        return self.counts["same"] / total if total else 1.0


def compare(here: Iterable[AttributedArticle], there: Iterable[AttributedArticle]) -> Agreement:
    """Compares the answers of two versions. Articles that only one of them has are left out."""
    others = {_key(result): result for result in there}
    counts: Counter[str] = Counter()
    differences = []
    for result in here:
        if (other := others.get(_key(result))) is None:
            continue
        for kind, mine, theirs in _pairs(_by_place(result), _by_place(other)):
            counts[kind] += 1
            if kind != "same":
                differences.append(_difference(kind, result.article, mine, theirs))
    return Agreement(counts, differences)


def _key(result: AttributedArticle) -> tuple[str | None, str]:
    return result.article.id, result.article.text


def _by_place(result: AttributedArticle) -> dict[tuple[int, int], Attribution]:
    return {(a.quotation.content.start, a.quotation.content.end): a for a in result}


def _pairs(
    here: Mapping[tuple[int, int], Attribution], there: Mapping[tuple[int, int], Attribution]
) -> Iterator[tuple[str, Attribution | None, Attribution | None]]:
    for place in sorted({*here, *there}):
        mine, theirs = here.get(place), there.get(place)
        if mine is None or theirs is None:
            yield "only there" if mine is None else "only here", mine, theirs
        elif mine.speaker_name != theirs.speaker_name:
            yield "speaker", mine, theirs
        else:
            yield "same" if mine.outlet_name == theirs.outlet_name else "outlet", mine, theirs


def _difference(
    kind: str, article: Article, mine: Attribution | None, theirs: Attribution | None
) -> Difference:
    found = mine or theirs
    assert found is not None, "one of the versions has the quotation"
    outer, text = found.quotation.outer, article.text
    before, after = text[max(0, outer.start - CONTEXT) : outer.start], text[outer.end : outer.end + CONTEXT]
    passage = " ".join(f"{before}⟦{outer.text}⟧{after}".split())
    return Difference(kind, article.id or "", _answer(mine), _answer(theirs), passage)


def _answer(found: Attribution | None) -> str:
    if found is None:
        return "–"
    outlet = f" · {found.outlet_name}" if found.outlet_name else ""
    return f"{found.speaker_name or 'nobody'}{outlet} ({found.confidence:.2f})"


# Report


def report(
    folder: Path, *, size: int | None, seed: int, workers: int, against: Path | None, save: Path | None
) -> tuple[str, dict[str, Any]]:
    """Measures an archive. Returns the report as text and as plain values.

    Args:
        folder: a file or folder of articles, as `quoteattr.corpus.Corpus` reads them.
        size: articles to draw; None for all.
        seed: of the draw.
        workers: processes.
        against: another checkout of the project, or a file of answers; None to compare with nothing.
        save: a file for the answers, .jsonl or .parquet; None to keep none.
    """
    sample = draw(Corpus(folder), size, seed)
    ran = measure(sample.articles, ROOT, workers)
    if save is not None:
        from quoteattr.corpus import write_results

        write_results(ran.results, save, "article")
    quotations = sum(map(len, ran.results))
    value: dict[str, Any] = {
        "articles": len(sample.articles),
        "of": sample.total,
        "rejects": dict(sample.rejects),
        "lost": len(sample.articles) - len(ran.results),
        "words": ran.words,
        "quotations": quotations,
        "seconds": round(ran.seconds, 1),
        "articles_per_second": round(len(sample.articles) / ran.seconds, 1),
        "words_per_second": round(ran.words / ran.seconds),
        "megabytes": ran.megabytes,
        "workers": workers,
    }
    lines = [f"{name:20} {shown}" for name, shown in value.items()]
    if against is not None:
        other = list(read_results(against)) if against.is_file() else None
        if other is None:
            other = measure(sample.articles, against, workers).results
        agreement = compare(ran.results, other)
        value["agreement"] = {"share": round(agreement.share, 4), **agreement.counts}
        value["differences"] = list(map(attrs.asdict, agreement.differences))
        lines += list(_agreement_lines(agreement))
    return "\n".join(lines), value


def _agreement_lines(agreement: Agreement) -> Iterator[str]:
    counts = ", ".join(f"{number:,} {kind}" for kind, number in agreement.counts.most_common())
    yield f"{'agreement':20} {agreement.share:.4f} ({counts})"
    for found in agreement.differences[:DIFFERENCES_SHOWN]:
        yield f"\n{found.kind} in {found.article}: {found.here} | {found.there}\n  {found.passage}"
    if (more := len(agreement.differences) - DIFFERENCES_SHOWN) > 0:
        yield f"\n{more:,} more; --json has all of them"
