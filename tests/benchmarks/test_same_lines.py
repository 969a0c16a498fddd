"""Groups of quotations that share words are drawn, read and merged."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from benchmarks import gold_sets, same_lines
from benchmarks.gold_sets import GoldArticle, GoldQuotation, GoldSet
from benchmarks.same_lines import Quoted, draw_groups, neighbours, part_of, stratum_of, words_of

LONG = "We will build the bridge again before the first snow falls"


def quoted(article: str, text: str, start: int = 0) -> Quoted:
    return Quoted((article, start, start + len(text)), words_of(text))


@pytest.mark.parametrize(
    ("other", "stratum"),
    [
        (quoted("b", LONG), "long_exact"),
        (quoted("b", "build the bridge again"), "fragment"),
        (quoted("b", "We will build the bridge again in spring"), "edited"),
        (quoted("a", "build the bridge again", 90), "requote_or_repeat"),
    ],
)
def test_stratum(other: Quoted, stratum: str) -> None:
    assert stratum_of([quoted("a", LONG), other]) == stratum


def test_short_words_are_a_common_phrase() -> None:
    assert stratum_of([quoted("a", "a disaster"), quoted("b", "a disaster")]) == "common_phrase"


def test_quotations_are_joined_by_words_that_they_share() -> None:
    found = [quoted("a", LONG), quoted("b", "the bridge again"), quoted("c", "Nothing was said")]
    assert neighbours(found) == {0: {1}, 1: {0}}


def test_groups_leave_out_what_is_taken() -> None:
    found = [quoted("a", LONG), quoted("b", LONG), quoted("c", "a disaster"), quoted("d", "a disaster")]
    assert len(draw_groups(found, set())) == 2
    (group,) = draw_groups(found, {("a", 0, len(LONG))})
    assert group["stratum"] == "common_phrase"
    assert group["part"] == part_of(("c", 0, 10))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Two groups of made-up articles, and a folder for what readers write."""
    texts = {"herald_2024-05-01_a": LONG, "echo_2024-05-02_b": LONG}
    articles = tuple(GoldArticle(n, t, (GoldQuotation(0, len(t)),)) for n, t in texts.items())
    monkeypatch.setattr(gold_sets, "load", lambda _: GoldSet("made", (), articles))
    monkeypatch.setattr(same_lines, "LIST", tmp_path / "line_groups.jsonl")
    places = [[name, 0, len(text)] for name, text in texts.items()]
    rows = [
        {"group": n, "stratum": "long_exact", "part": part, "places": places}
        for n, part in ((1, "read"), (2, "held"))
    ]
    (tmp_path / "line_groups.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    answers = {
        "a": [{"group": 1, "lines": ["AB"]}, {"group": 2, "lines": ["AB"]}],
        "b": [{"group": 1, "lines": ["AB"]}, {"group": 2, "lines": ["A", "B"]}],
        "third": [{"group": 2, "lines": ["A"], "unsure": ["B"]}],
    }
    for name, given in answers.items():
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, given)), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> str:
    done = CliRunner().invoke(same_lines.main, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.output


def test_two_readers_and_a_third(desk: Path) -> None:
    assert "A (herald, 2024-05-01)" in run("show", "--part", "held")
    first, second, third = (desk / f"{name}.jsonl" for name in ("a", "b", "third"))
    assert "F1 of one against the other 0.667; 1 groups differ" in run(
        "agree", first, second, "--cases", desk / "cases"
    )
    assert "##### group 2" in (desk / "cases").read_text(encoding="utf-8")
    run("merge", first, second, third)
    (row,) = gold_sets.read_jsonl(desk / "lines_held.jsonl")
    assert [len(line) for line in row["lines"]] == [1]
    assert row["unsure"] == [["echo_2024-05-02_b", 0, len(LONG)]]


def test_a_letter_in_two_lines_is_refused(desk: Path) -> None:
    wrong = desk / "wrong.jsonl"
    wrong.write_text('{"group": 1, "lines": ["AB", "A"]}', encoding="utf-8")
    with pytest.raises(click.ClickException, match="each of AB once"):
        same_lines.answers(wrong, {1: {"places": [0, 0]}})
