"""Measuring an archive, and comparing two versions."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from benchmarks import archive, evaluate
from quoteattr import Article, AttributedArticle, Attribution, Outlet, Quotation, Span, Speaker
from quoteattr.corpus import Reject, write_results

TEXT = "“Go,” said Ann Lee. “No,” said Bo Ray, who told the Echo."
ECHO = Outlet("Echo", Span.of(TEXT, len(TEXT) - 5, len(TEXT) - 1))


def said(words: str, speaker: str | None, outlet: Outlet | None = None) -> Attribution:
    start = TEXT.index(words)
    outer = Span.of(TEXT, start - 1, start + len(words) + 1)
    named = Speaker(speaker, "person") if speaker else None
    content = Span.of(TEXT, start, start + len(words))
    return Attribution(Quotation(content, outer), speaker=named, outlet=outlet, confidence=0.9)


def result(*attributions: Attribution, name: str = "a") -> AttributedArticle:
    return AttributedArticle(Article(TEXT, id=name), attributions)


HERE = result(said("Go,", "Ann Lee"), said("No,", "Bo Ray", ECHO))


def test_a_sample_is_drawn_without_rejects_and_in_order() -> None:
    found: list[Article | Reject] = [Article("x", id=f"{n:03}") for n in range(50)]
    found.insert(3, Reject("a:4", "missing", "no text"))
    sample = archive.draw(found, 10, seed=1)
    names = [article.id for article in sample.articles]
    assert (len(names), sample.total, sample.rejects) == (10, 50, {"missing": 1})
    assert names == sorted(names, key=str)
    assert names != [article.id for article in archive.draw(found, 10, seed=2).articles]
    assert len(archive.draw(found, None).articles) == len(archive.draw(found, 99).articles) == 50


def test_the_same_answers_agree() -> None:
    agreement = archive.compare([HERE], [HERE])
    assert (agreement.share, agreement.counts, agreement.differences) == (1.0, {"same": 2}, [])


@pytest.mark.parametrize(
    ("there", "kinds"),
    [
        (result(said("Go,", "Bo Ray"), said("No,", "Bo Ray", ECHO)), ["speaker"]),
        (result(said("Go,", None), said("No,", "Bo Ray")), ["speaker", "outlet"]),
        (result(said("Go,", "Ann Lee")), ["only here"]),
        (result(*HERE, said("Ann", "Ann Lee")), ["only there"]),
        (result(name="another"), []),
    ],
)
def test_differences_are_named(there: AttributedArticle, kinds: list[str]) -> None:
    assert [found.kind for found in archive.compare([HERE], [there]).differences] == kinds


def test_a_difference_shows_both_answers_and_the_passage() -> None:
    there = attrs.evolve(HERE, attributions=(said("Go,", None), HERE[1]))
    (found,) = archive.compare([HERE], [there]).differences
    assert (found.here, found.there) == ("Ann Lee (0.90)", "nobody (0.90)")
    assert found.passage.startswith("⟦“Go,”⟧ said Ann Lee.")


@pytest.mark.slow
def test_an_archive_is_measured_and_compared_with_earlier_answers(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for name in "abc":
        (tmp_path / "news" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "news" / "broken.jsonl").write_text("{\n", encoding="utf-8")
    saved = tmp_path / "saved.jsonl"
    command = ["--corpus", str(tmp_path / "news"), "--sample", "2", "--json"]
    first = CliRunner().invoke(evaluate.main, [*command, "--save", str(saved)])
    assert first.exit_code == 0, first.output
    value = json.loads(first.stdout.splitlines()[-1])
    assert (value["articles"], value["of"], value["rejects"], value["lost"]) == (2, 3, {"bad-row": 1}, 0)
    assert value["quotations"] == 4
    assert value["megabytes"] > 100
    second = CliRunner().invoke(evaluate.main, [*command, "--against", str(saved)])
    assert json.loads(second.stdout.splitlines()[-1])["agreement"] == {"share": 1.0, "same": 4}
    write_results([], empty := tmp_path / "empty.jsonl", "article")
    third = CliRunner().invoke(evaluate.main, [*command, "--against", str(empty)])
    assert json.loads(third.stdout.splitlines()[-1])["agreement"] == {"share": 1.0}


def test_a_corpus_takes_no_set(tmp_path: Path) -> None:
    result = CliRunner().invoke(evaluate.main, ["--corpus", str(tmp_path), "articles"])
    assert result.exit_code == 2
    assert CliRunner().invoke(evaluate.main, ["articles", "--against", str(tmp_path)]).exit_code == 2
