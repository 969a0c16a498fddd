"""``quoteattr dedup``: input and output, mostly with articles that are attributed already."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import quoteattr
from benchmarks.lines import as_attributed, seed_records
from quoteattr import cli, records
from quoteattr.corpus import write_results
from quoteattr.schema import Article, AttributedArticle, Attribution, Outlet, Quotation, Span, Speaker

ROOT = Path(__file__).parents[2]
NEWSPAPERS = Path(os.environ.get("QUOTEATTR_SEEDS", ROOT.parent / "shared" / "seeds"))

WHOLE = "The harbour belongs to everybody who lives on this island, and it is not for sale"
PART = "belongs to everybody who lives on this island"
EDITED = WHOLE.replace("it is", "is")


def row(name: str, words: str, speaker: str = "Ida Holm", **more: Any) -> dict[str, Any]:
    """The row of an attributed article with one quotation."""
    text = f"She told the Echo “{words}” on Monday."
    start, end = text.index(words), text.index(words) + len(words)
    quotation = Quotation(Span.of(text, start, end), Span.of(text, start - 1, end + 1))
    outlet = Outlet("Echo", Span.of(text, 13, 17)) if name == "a" else None
    said = Attribution(quotation, speaker=Speaker(speaker, "person"), outlet=outlet, confidence=0.9)
    return {**records.article_row(AttributedArticle(Article(text, id=name), (said,))), **more}


ROWS = [
    row("a", WHOLE, publisher="Daily A", published="2022-05-03"),
    row("b", PART, publisher="Weekly B", published="2022-05-02T09:00:00Z"),
    row("c", EDITED, publisher="Daily A", published="2022-05-04"),
    row("d", "We close at noon from now on, every day", publisher="Daily A", published="2022-05-04"),
    row("e", WHOLE.replace("island", "coast"), "Carl Moss", published="2022-09-04"),
    row("f", WHOLE.replace("island", "coast"), "Bo Lind", published="2023-09-04"),
]


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, ["dedup", *arguments], input=stdin, prog_name="quoteattr")


def as_lines(articles: Iterable[Any]) -> str:
    return "".join(json.dumps(found) + "\n" for found in articles)


@pytest.fixture
def articles(tmp_path: Path) -> str:
    path = tmp_path / "articles.jsonl"
    path.write_text(as_lines(ROWS), encoding="utf-8")
    return str(path)


def test_the_most_carried_utterance_comes_first_with_its_appearances(articles: str) -> None:
    result = run(articles)
    assert result.exit_code == 0, result.output
    shown = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert shown[:5] == [
        f"“{WHOLE}”",
        "Ida Holm · Echo · 3 articles · 2 publishers",
        f"2022-05-02 Weekly B part {PART} Echo (inferred)",
        "2022-05-03 Daily A whole Echo",
        "2022-05-04 Daily A edited it → – Echo (inferred)",
    ]
    assert shown[-1] == "4 utterances in 6 articles"


def test_conflicts_are_shown(articles: str) -> None:
    text = run(articles).stdout
    assert "conflict: f attributes it to Bo Lind" in text
    assert "conflict: e attributes it to Carl Moss" in text


def test_json(articles: str) -> None:
    first, *others = json.loads(run("--json", articles).stdout)
    assert (first["text"], first["speaker"]["name"], first["articles"]) == (WHOLE, "Ida Holm", 3)
    assert (first["publishers"], first["outlets"]) == (["Weekly B", "Daily A"], ["Echo"])
    part, _, edited = first["appearances"]
    assert (part["article"], part["published"], part["relation"]) == ("b", "2022-05-02", "part")
    assert (part["outlet"], part["outlet_inferred"]) == ("Echo", True)
    assert [span["text"] for span in part["covers"]] == [PART]
    assert ROWS[1]["text"][part["start"] : part["end"]] == part["content"] == PART
    assert [(e["canonical"]["text"], e["printed"]["text"]) for e in edited["edits"]] == [("it", "")]
    assert {c["detail"] for line in others for c in line["conflicts"]} == {"Carl Moss", "Bo Lind"}


def test_a_page(articles: str) -> None:
    page = run("--html", "-", articles).stdout
    assert page.count("<blockquote>") == 1
    assert "Not shown: 3 lines with one place only." in page
    assert run("--html", "-", "--json", articles).exit_code == 2


def test_min_articles_leaves_out_rarer_utterances(articles: str) -> None:
    assert len(json.loads(run("--json", "--min-articles", "2", articles).stdout)) == 1
    assert json.loads(run("--json", "--min-articles", "4", articles).stdout) == []


def test_standard_input() -> None:
    assert WHOLE in run(stdin=as_lines(ROWS)).stdout
    assert WHOLE in run("-", stdin=as_lines(ROWS)).stdout


@pytest.mark.parametrize("present", [{"text"}, {"text", "quotations", "speakers"}])
def test_an_article_without_an_id_gets_its_location(
    present: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def attribute_many(articles: Iterable[Article], **options: object) -> Iterator[AttributedArticle]:
        for article in articles:
            yield AttributedArticle(article, records.article_from_row(row("a", WHOLE)).attributions)

    monkeypatch.setattr(quoteattr, "attribute_many", attribute_many, raising=False)
    nameless = {key: value for key, value in row("a", WHOLE).items() if key in present}
    (line,) = json.loads(run("--json", stdin=as_lines([nameless])).stdout)
    assert [place["article"] for place in line["appearances"]] == ["-:1"]


def test_empty_input() -> None:
    assert run(stdin="").stdout == "0 utterances in 0 articles\n"


BROKEN = {
    "{}": "no 'text'",
    "[1]": "expected a JSON object, got a list",
    "{": "bad JSON",
    '{"text": 3}': "'text' must be a string, got int 3",
    '{"text": "", "publisher": 4}': "'publisher' must be a string, got int 4",
    '{"text": "", "quotations": 1}': "'quotations' are not as in article rows",
    '{"text": "", "quotations": [1]}': "'quotations' are not as in article rows",
    '{"text": "", "quotations": [{"start": 0, "end": 1}]}': "'quotations' are not as in article rows",
    json.dumps({**row("a", WHOLE), "text": "Another text."}): "do not match the text",
    "\xc3\xa9 \xff": "not UTF-8",
}


def test_a_date_that_cannot_be_read_is_a_warning() -> None:
    result = run(stdin='{"text": "", "published": "May"}\n' + as_lines(ROWS))
    assert result.exit_code == 0
    assert "4 utterances in 7 articles" in result.stdout
    (message,) = result.stderr.splitlines()
    assert message.startswith("quoteattr: -:1: 'published' must be a date")


@pytest.mark.parametrize(("raw", "reason"), BROKEN.items())
def test_an_invalid_row_is_rejected_with_location_and_reason(raw: str, reason: str) -> None:
    result = run(stdin=raw.encode("latin-1") + b"\n" + as_lines(ROWS).encode())
    assert result.exit_code == 3
    assert "4 utterances in 6 articles" in result.stdout
    message, summary = result.stderr.splitlines()
    assert message.startswith("quoteattr: -:1: ")
    assert reason in message
    assert summary == "quoteattr: 1 of 7 articles rejected, for the reasons above"


def test_articles_without_quotations_are_attributed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def attribute_many(articles: Iterable[Article], **options: object) -> Iterator[AttributedArticle]:
        for article in articles:
            yield AttributedArticle(article, records.article_from_row(row("a", WHOLE)).attributions)

    monkeypatch.setattr(quoteattr, "attribute_many", attribute_many, raising=False)
    for name in ("one.txt", "two.txt", "notes.md"):  # the last has an unknown format
        (tmp_path / name).write_text(row(name, WHOLE)["text"], encoding="utf-8")
    (line,) = json.loads(run("--json", str(tmp_path)).stdout)
    assert [Path(place["article"]).name for place in line["appearances"]] == ["one.txt", "two.txt"]
    bare = [{"text": row("a", WHOLE)["text"]}]
    (line,) = json.loads(run("--json", str(tmp_path / "one.txt"), "-", stdin=as_lines(bare)).stdout)
    assert [place["article"] for place in line["appearances"]] == ["-:1", str(tmp_path / "one.txt")]


@pytest.mark.parametrize("name", ["nowhere.jsonl", "nowhere.txt"])
def test_a_missing_file(name: str) -> None:
    result = run(name)
    assert (result.exit_code, result.stderr) == (2, f"quoteattr: {name}: no such file or folder\n")


def test_an_empty_folder(tmp_path: Path) -> None:
    result = run(str(tmp_path))
    assert result.exit_code == 2
    assert "no articles in this folder" in result.stderr


def test_a_file_of_unknown_format(tmp_path: Path) -> None:
    path = tmp_path / "articles.docx"
    path.touch()
    result = run(str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path}: unknown format; accepted are .jsonl," in result.stderr


def test_results_of_a_run_are_not_attributed_again(tmp_path: Path) -> None:
    found = [records.article_from_row(row("a", WHOLE)), records.article_from_row(row("b", PART))]
    for name in ("results.jsonl.gz", "results.parquet"):
        write_results(found, tmp_path / name, "article")
        (line,) = json.loads(run("--json", str(tmp_path / name)).stdout)
        assert [place["article"] for place in line["appearances"]] == ["a", "b"]


def test_the_op_ed_has_both_publishers() -> None:
    seeds = seed_records("seeds.jsonl")
    if not all((NEWSPAPERS / record["id"]).is_file() for record in seeds):
        pytest.skip("set QUOTEATTR_SEEDS to the folder of the seed articles")
    given = [records.article_row(as_attributed(record, NEWSPAPERS)) for record in seeds]
    lines = json.loads(run("--json", "--min-articles", "2", stdin=as_lines(given)).stdout)
    op_ed = [line for line in lines if "look away" in line["text"] or "responsibility" in line["text"]]
    assert len(op_ed) == 2
    for line in op_ed:
        assert len(line["publishers"]) == 2
        assert line["outlets"] == ["Sunday Telegraph"]
        assert {place["relation"] for place in line["appearances"]} == {"whole", "part"}


def test_only_the_first_utterances(articles: str) -> None:
    lines = json.loads(run("--json", "--top", "1", articles).stdout)
    assert [line["text"] for line in lines] == [WHOLE]
    assert lines[0]["made_by"] == records.made_by()


def test_doubtful_speakers_are_left_out(articles: str) -> None:
    lines = json.loads(run("--json", "--min-confidence", "0.95", articles).stdout)
    assert {line["speaker"] and line["speaker"]["name"] for line in lines} == {None}


def test_options_reach_the_attribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def attribute_many(articles: Iterable[Article], **options: Any) -> Iterator[AttributedArticle]:
        asked.append(options)
        for article in articles:
            yield AttributedArticle(article, records.article_from_row(row("a", WHOLE)).attributions)

    monkeypatch.setattr(quoteattr, "attribute_many", attribute_many, raising=False)
    (tmp_path / "one.txt").write_text(row("a", WHOLE)["text"], encoding="utf-8")
    options = ("--workers", "2", "--min-confidence", "0.5", "--progress", "bar", "--publisher", "Echo")
    result = run("--json", *options, str(tmp_path))
    (line,) = json.loads(result.stdout)
    assert line["publishers"] == ["Echo"]
    assert (asked[0]["workers"], asked[0]["min_confidence"]) == (2, 0.5)
    assert "1 article" in result.stderr
