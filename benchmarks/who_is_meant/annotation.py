"""Checks the rows that a reader wrote, and converts them to stand-off rows with offsets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.who_is_meant.articles import Article, ToolError, read_jsonl
from benchmarks.who_is_meant.faults import clipped, faults_of_form, faults_of_names, is_words
from benchmarks.who_is_meant.passages import Passage, Span
from benchmarks.who_is_meant.stretches import uncovered


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One quotation as a reader marked it. Offsets are characters of the text, marks left out."""

    start: int
    """First character."""
    end: int
    """One past the last."""
    entity: tuple[str, ...]
    """Accepted names of the speaker, fullest first; empty if nobody speaks."""
    kind: str | None
    """"person", "organisation" or "unnamed"; None if nobody speaks."""
    outlet: str | None
    """Where the words were given, as the text says."""
    statement: int
    """Pieces of one utterance share it."""
    mention: Span | None
    """Where the nearest words stand that name the speaker."""
    note: str | None
    """Where people would differ."""

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a reader's file that is wrong, or that should be looked at again."""

    where: str
    """The row or the article."""
    wrong: bool
    """Whether it has to be put right; if not, it may be right as it is."""
    text: str
    """What was found, and what is expected."""

    def __str__(self) -> str:
        return f"{self.where}: {'error' if self.wrong else 'look again'}: {self.text}"


@dataclass(slots=True)
class Checked:
    """What a reader's rows come to."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    """The quotations of each article that was read, in the order of the text."""
    problems: list[Problem] = field(default_factory=list)
    """Everything to put right or to look at again."""

    @property
    def errors(self) -> list[Problem]:
        """The problems that have to be put right."""
        return [problem for problem in self.problems if problem.wrong]


def reader_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and every ``.jsonl`` in the folders named."""
    files = [f for path in paths for f in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    if not files:
        raise ToolError("no .jsonl file there")
    return files


def read_files(
    paths: Iterable[Path], articles: Mapping[str, Article], expected: Iterable[str] = ()
) -> Checked:
    """The checked rows of a reader's files. ``expected``: ids of articles that have to be there."""
    records = [
        (f"{path.name}, row {n}", r)
        for path in reader_files(paths)
        for n, r in enumerate(read_jsonl(path), 1)
    ]
    return check(records, articles, expected)


def check(
    records: Sequence[tuple[str, Mapping[str, Any]]],
    articles: Mapping[str, Article],
    expected: Iterable[str] = (),
) -> Checked:
    """Check rows, each with the place where it was written, and compute their offsets."""
    checked = Checked()
    by_article: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for where, record in records:
        if record.get("id") in articles:
            by_article[record["id"]].append((where, record))
        else:
            checked.problems.append(Problem(where, True, f'"id": no article {record.get("id")!r} is listed'))
    missing = [name for name in expected if name not in by_article]
    checked.problems += [
        Problem(name, True, 'no row; write {"id": …, "none": true} if the article has no quotation')
        for name in missing
    ]
    for name, written in by_article.items():
        rows, problems = check_article(articles[name], written)
        checked.rows[name] = rows
        checked.problems += problems
    return checked


def check_article(
    article: Article, written: Sequence[tuple[str, Mapping[str, Any]]]
) -> tuple[list[Row], list[Problem]]:
    """The rows of one article with offsets, and their problems."""
    passage = Passage(article.text)
    problems: list[Problem] = []
    placed: list[tuple[str, Mapping[str, Any], Span]] = []
    for where, record in written:
        faults = [*faults_of_form(record), *(() if record.get("none") else faults_of_names(passage, record))]
        span, fault = (None, None) if record.get("none") else place(passage, record)
        if fault:
            faults.append((True, fault))
        problems += [Problem(f"{where} ({article.id})", wrong, text) for wrong, text in faults]
        if span is not None:
            placed.append((where, record, span))
    if len(written) > 1 and any(record.get("none") for _, record in written):
        problems.append(Problem(article.id, True, '"none" and other rows of one article'))
    spans = [span for *_, span in placed]
    for where, _, span in placed:
        if spans.count(span) > 1:
            problems.append(
                Problem(f"{where} ({article.id})", True, 'the same quotation in two rows; give "nth"')
            )
    for start, end in uncovered(article.text, spans):
        between = f"no row for what stands between marks: {clipped(article.text[start:end])!r}"
        problems.append(Problem(article.id, False, between))
    rows = numbered([make_row(passage, record, span, spans) for _, record, span in placed])
    problems += [Problem(article.id, True, text) for text in faults_of_statements(rows)]
    return rows, problems


def place(passage: Passage, record: Mapping[str, Any]) -> tuple[Span | None, str | None]:
    """Where the quotation of a row stands, or what is wrong with it."""
    quote = record.get("quote")
    if not is_words(quote):
        return None, None
    found = passage.find_quotation(str(quote))
    nth = record.get("nth")
    if not found:
        return None, f"these words do not stand between quotation marks in the text: {clipped(str(quote))!r}"
    if type(nth) is not int:
        several = (
            f'{clipped(str(quote))!r} stands {len(found)} times between marks; give "nth": 1 to {len(found)}'
        )
        return (found[0], several) if len(found) > 1 else (found[0], None)
    if not 1 <= nth <= len(found):
        return None, f'"nth" is {nth}, but {clipped(str(quote))!r} stands {len(found)} times between marks'
    return found[nth - 1], None


def make_row(passage: Passage, record: Mapping[str, Any], span: Span, others: Sequence[Span]) -> Row:
    """A row with offsets. Its statement is 0 where the reader gave none."""
    speaker, mention = record.get("speaker"), record.get("mention")
    accept = record.get("accept")
    names = [speaker, *(accept if isinstance(accept, list) else [])] if is_words(speaker) else []
    statement = record.get("statement")
    return Row(
        start=span[0],
        end=span[1],
        entity=tuple(dict.fromkeys(" ".join(str(name).split()) for name in names)),
        kind=record.get("kind"),
        outlet=record.get("outlet") or None,
        statement=statement if type(statement) is int else 0,
        mention=passage.find_mention(mention, span, others) if is_words(mention) else None,
        note=record.get("note") or None,
    )


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows in the order of the text; each without a statement gets one of its own."""
    rows = sorted(rows, key=lambda row: row.span)
    free = max((row.statement for row in rows), default=0)
    result = []
    for row in rows:
        free += row.statement == 0
        result.append(replace(row, statement=row.statement or free))
    return result


def faults_of_statements(rows: Sequence[Row]) -> list[str]:
    """Statements whose pieces have different speakers."""
    speakers: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        speakers[row.statement].add(row.entity[:1])
    return [
        f"statement {number} has several speakers" for number, names in speakers.items() if len(names) > 1
    ]


def standoff(article: Article, rows: Iterable[Row], **more: str) -> list[dict[str, Any]]:
    """The rows of an article as they are stored: no text of it but names.

    An article without quotations has one row, "none".
    """
    head = {"id": article.id, "sha256": article.sha256}
    stored = [
        {
            **head,
            "start": row.start,
            "end": row.end,
            "entity": list(row.entity) or None,
            "kind": row.kind,
            "outlet": row.outlet,
            "statement": row.statement,
            "mention": list(row.mention) if row.mention else None,
            **more,
            "note": row.note,
        }
        for row in rows
    ]
    return stored or [{**head, "none": True}]
