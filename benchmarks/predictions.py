"""Predictions: the answers for each quotation, from a run of the library or from a file.

A file has one article per line: ``{"id", "quotes": [{"start", "end", "speaker_start", "speaker_end",
"speaker_name", "outlet", "statement", "confidence", "decided_by", "kind"}]}``. A missing key is None,
so a peer that returns only spans and names can be scored, too.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import attrs

from benchmarks.gold_sets import GoldArticle, read_jsonl

Predictions = Mapping[str, Sequence["Prediction"]]


@attrs.frozen
class Prediction:
    """One quotation as answered. Offsets are characters of the text, marks left out."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    speaker_start: int | None = None
    """First character of the mention taken as speaker."""
    speaker_end: int | None = None
    """One past its last."""
    speaker_name: str | None = None
    """The name that the mention was resolved to."""
    outlet: str | None = None
    """Where the words were given."""
    statement: int | None = None
    """Number of the utterance inside the article."""
    confidence: float | None = None
    """Probability, from 0 to 1, that the speaker is right."""
    decided_by: str | None = None
    """Name of the rule that decided."""
    kind: str | None = None
    """"direct" or "indirect"."""
    cue_start: int | None = None
    """First character of the verb or phrase of saying."""
    cue_end: int | None = None
    """One past its last."""

    @property
    def claims(self) -> bool:
        """Whether it names a speaker at all; one that does not is no claim."""
        return bool(self.speaker_name) or self.speaker_start is not None


_FIELDS = frozenset(field.name for field in attrs.fields(Prediction))


def read(path: Path) -> dict[str, list[Prediction]]:
    """Predictions from a JSONL file; keys that are not known here are passed over."""
    return {
        record["id"]: [Prediction(**{k: v for k, v in q.items() if k in _FIELDS}) for q in record["quotes"]]
        for record in read_jsonl(path)
    }


def write(path: Path, predictions: Predictions) -> None:
    """Predictions to a JSONL file that `read` and the shared scorers take."""
    with path.open("w", encoding="utf-8") as out:
        for name, quotes in predictions.items():
            record = {"id": name, "quotes": [attrs.asdict(q) for q in quotes]}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def one(text: str, attribution: Any) -> Prediction:
    """A `quoteattr.schema.Attribution` in the form that is scored.

    Raises:
        ValueError: if its span does not hold the words that it says.
    """
    span = attribution.quotation.content
    if text[span.start : span.end] != span.text:
        raise ValueError(f"text[{span.start}:{span.end}] is not {span.text!r}")
    mention = attribution.mention.span if attribution.mention else None
    cue = attribution.cue
    return Prediction(
        start=span.start,
        end=span.end,
        speaker_start=mention.start if mention else None,
        speaker_end=mention.end if mention else None,
        speaker_name=attribution.speaker.name if attribution.speaker else None,
        outlet=attribution.outlet.name if attribution.outlet else None,
        statement=attribution.statement,
        confidence=attribution.confidence,
        decided_by=attribution.decided_by,
        kind=attribution.quotation.kind,
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
    )


@attrs.frozen
class Run:
    """The library run over a set."""

    predictions: dict[str, list[Prediction]]
    """By article id."""
    crashed: tuple[str, ...]
    """Articles that raised; they count as articles without answers."""
    words: int
    """Words run over."""
    seconds: float
    """Wall time of it, the models' load left out where there is one worker."""
    load: float
    """Seconds of that load."""


def run(articles: Sequence[GoldArticle], workers: int = 1, *, kept: Path | None = None) -> Run:
    """`quoteattr.attribute` over every article, in ``workers`` processes of one thread each.

    ``kept``: a folder of parses to use and to add to (`benchmarks.parses`).
    """
    began = time.perf_counter()
    if workers == 1:
        _prepare(kept)
    loaded = time.perf_counter()
    predictions: dict[str, list[Prediction]] = {}
    crashed = []
    with _answers(articles, workers, kept) as answers:
        for n, (name, quotes, error) in enumerate(answers, 1):
            predictions[name] = quotes
            if error:
                crashed.append(name)
                print(f"\n{name} raised:\n{error}", file=sys.stderr)
            if sys.stderr.isatty():
                print(
                    f"\r{n}/{len(articles)} articles",
                    end="\n" * (n == len(articles)),
                    file=sys.stderr,
                    flush=True,
                )
    words = sum(len(a.text.split()) for a in articles)
    return Run(predictions, tuple(crashed), words, time.perf_counter() - loaded, loaded - began)


Answered = tuple[str, list[Prediction], str | None]


@contextmanager
def _answers(
    articles: Sequence[GoldArticle], workers: int, kept: Path | None
) -> Iterator[Iterator[Answered]]:
    """Every article's answers, in order. Pools start fresh: forking a process that ran torch can lock up."""
    if workers == 1:
        yield map(partial(_attribute, kept), articles)
        return
    with multiprocessing.get_context("spawn").Pool(workers, _prepare, (kept,)) as pool:
        yield pool.imap(partial(_attribute, kept), articles)


@cache
def _parser(kept: Path | None) -> Any:
    """The parser to use; None is the library's own choice."""
    if kept is None:
        return None
    from benchmarks.parses import KeptParses

    return KeptParses(kept)


def _prepare(kept: Path | None) -> None:
    """Load the models and hold them to one thread, so that words a second mean one core."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import quoteattr

    quoteattr.attribute("“Yes,” Ann Lee said.", parser=_parser(kept))
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)


def _attribute(kept: Path | None, article: GoldArticle) -> Answered:
    """One article's answers, or the traceback of what went wrong."""
    import quoteattr

    try:
        result = quoteattr.attribute(article.text, parser=_parser(kept))
        return article.id, [one(article.text, a) for a in result], None
    except Exception:  # one bad article must not cost a long run; the caller reports it
        return article.id, [], traceback.format_exc(limit=-4)
