"""The gold of who is meant: articles are chosen by their texts; rows are checked, compared, merged."""

from __future__ import annotations

import ast
import doctest
import importlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.who_is_meant import __main__ as tool
from benchmarks.who_is_meant import articles as store
from benchmarks.who_is_meant.adjudication import cases, merge, shown_case
from benchmarks.who_is_meant.agreement import measure, pair_rows
from benchmarks.who_is_meant.annotation import Row, check, standoff
from benchmarks.who_is_meant.articles import Article, Listed, ToolError
from benchmarks.who_is_meant.passages import Passage
from benchmarks.who_is_meant.selection import group_keys, near_identical, part_of, take
from benchmarks.who_is_meant.stretches import stretches

FERRY = Article(
    "world_xx_ferry_1",
    "wide_dev",
    """Ferry “too slow”, says council

The ferry is “a disgrace to the island,” councillor Ann Lee told Radio Skerry on Monday.
“We were promised two boats,” she said, “and we got half of one.”

Her rival, Tom Baird, called the plan 'the people's folly'. “It was bold. It was new.

“It was never meant to float,” he said. He said Lee had told him: “My motto is ‘never again’ now.”

The boat, known as “Iron Ann”, was called “bold” by critics of Lee. The novel “Low Tide” is set there.""",
)
OTHER = Article("world_xx_quiet_2", "wide_dev", "Nothing was said.\n\nNobody came.")
ARTICLES = {article.id: article for article in (FERRY, OTHER)}
LEE: dict[str, Any] = {
    "id": FERRY.id,
    "speaker": "Ann Lee",
    "accept": ["Lee"],
    "kind": "person",
    "outlet": "Radio Skerry",
}
BAIRD: dict[str, Any] = {"id": FERRY.id, "speaker": "Tom Baird", "accept": ["Baird"], "kind": "person"}
NOBODY: dict[str, Any] = {"id": FERRY.id, "speaker": None}
READER: list[dict[str, Any]] = [
    {**NOBODY, "quote": "too slow", "note": "headline: the council, or Lee"},
    {**LEE, "quote": "a disgrace to the island,", "mention": "Ann Lee", "statement": 1},
    {**LEE, "quote": "We were promised two boats,", "mention": "she", "statement": 1},
    {**LEE, "quote": "and we got half of one", "mention": "she", "statement": 1},
    {**BAIRD, "quote": "the people’s folly", "mention": "Tom Baird", "statement": 2},
    {**BAIRD, "quote": "It was bold. It was new.", "mention": "he", "statement": 3},
    {**BAIRD, "quote": "It was never meant to float,", "mention": "he", "statement": 3},
    {**LEE, "quote": "My motto … now.", "mention": "Lee", "statement": 4, "outlet": None},
    {**NOBODY, "quote": "never again"},
    {**NOBODY, "quote": "Iron Ann"},
    {
        "id": FERRY.id,
        "quote": "bold",
        "speaker": "critics of Lee",
        "kind": "unnamed",
        "mention": "critics of Lee",
    },
    {**NOBODY, "quote": "Low Tide"},
]
NONE = {"id": OTHER.id, "none": True}


def rows_of(records: list[dict[str, Any]]) -> list[Row]:
    """The checked rows of the ferry article; they have to be right."""
    checked = check([("row", record) for record in records], ARTICLES)
    assert checked.errors == []
    return checked.rows[FERRY.id]


def edited(quote: str, **changes: Any) -> list[dict[str, Any]]:
    """The reader's rows with one changed."""
    return [record | changes if record["quote"] == quote else record for record in READER]


def problems_of(*records: dict[str, Any]) -> list[str]:
    """The errors of some rows."""
    return [problem.text for problem in check([("row", record) for record in records], ARTICLES).errors]


@pytest.mark.parametrize(
    "name", [p.stem for p in Path(store.__file__).parent.glob("*.py") if p.stem != "__main__"]
)
def test_examples_run_and_nothing_of_the_library_is_imported(name: str) -> None:
    module = importlib.import_module(f"benchmarks.who_is_meant.{name}".removesuffix(".__init__"))
    assert doctest.testmod(module).failed == 0
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    imported = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [line for line in imported if "quoteattr" in line] == []


def test_a_complete_reading_has_no_problem() -> None:
    checked = check([("row", record) for record in [*READER, NONE]], ARTICLES, ARTICLES)
    assert checked.problems == []
    assert {name: len(rows) for name, rows in checked.rows.items()} == {FERRY.id: 12, OTHER.id: 0}


def test_offsets_leave_the_marks_out_and_keep_the_punctuation() -> None:
    words = [FERRY.text[row.start : row.end] for row in rows_of(READER)]
    assert "and we got half of one." in words
    assert "the people's folly" in words
    assert "My motto is ‘never again’ now." in words
    assert all(FERRY.text[row.end] in "”’'" or FERRY.text[row.end] == "\n" for row in rows_of(READER))


def test_a_word_is_found_where_it_is_quoted() -> None:
    (span,) = Passage(FERRY.text).find_quotation("bold")
    assert FERRY.text[span[0] - 1 : span[1] + 1] == "“bold”"


def test_mentions_stand_outside_quotations_and_near() -> None:
    row = next(row for row in rows_of(READER) if FERRY.text[row.start :].startswith("We were"))
    assert row.mention is not None
    assert FERRY.text[row.mention[0] :].startswith("she said")


@pytest.mark.parametrize(
    ("record", "error"),
    [
        ({**LEE, "quote": "a disgrace for the island"}, "do not stand between"),
        ({**LEE, "quote": "the plan"}, "do not stand between"),
        ({**LEE, "quote": "Low Tide", "speaker": "Anna Lee"}, "the text has no 'anna'"),
        ({**LEE, "quote": "Low Tide", "kind": "human"}, '"kind": one of person'),
        ({**LEE, "quote": "Low Tide", "speakr": "x"}, "unknown key 'speakr'"),
        ({**LEE, "quote": "Low Tide", "mention": "he who"}, '"mention": the text has no'),
        ({**LEE, "quote": "Low Tide", "statement": "1"}, "a whole number"),
        ({**LEE, "quote": "Low Tide", "note": "x" * 201}, '"note": at most'),
        ({**NOBODY, "quote": "Low Tide", "nth": 2}, '"nth" is 2'),
        ({**NOBODY, "quote": "Low Tide", "kind": "person"}, "without a speaker"),
        ({"id": FERRY.id, "quote": "Low Tide"}, '"speaker": a name, or null'),
        ({"id": "world_yy", "quote": "Low Tide", "speaker": None}, "no article 'world_yy'"),
        ({"id": FERRY.id, "none": True, "quote": "Low Tide"}, 'has an "id" and nothing else'),
    ],
)
def test_errors_say_what_is_wrong(record: dict[str, Any], error: str) -> None:
    assert any(error in text for text in problems_of(record)), problems_of(record)


def test_rows_are_checked_together() -> None:
    low = {**NOBODY, "quote": "Low Tide"}
    assert any("in two rows" in text for text in problems_of(low, low))
    assert any("other rows" in text for text in problems_of(low, {"id": FERRY.id, "none": True}))
    mixed = edited("We were promised two boats,", speaker="Tom Baird", accept=[])
    assert any("several speakers" in text for text in problems_of(*mixed))


def test_the_same_words_twice_need_a_number() -> None:
    twice = Article("t", "wide_dev", "“Go,” he said. “Go,” she said.")
    row = {"id": "t", "quote": "Go", "speaker": None}
    unsure = check([("row", row)], {"t": twice})
    assert "2 times" in unsure.errors[0].text
    second = check([("row", row | {"nth": 2})], {"t": twice})
    assert second.errors == []
    assert second.rows["t"][0].start == 16


def test_what_no_row_covers_is_listed() -> None:
    checked = check([("row", record) for record in READER[:-1]], ARTICLES, ARTICLES)
    assert [(p.wrong, p.where) for p in checked.problems] == [(False, FERRY.id), (True, OTHER.id)] or [
        (p.wrong, p.where) for p in checked.problems
    ] == [(True, OTHER.id), (False, FERRY.id)]
    assert any("Low Tide" in problem.text for problem in checked.problems)


def test_stretches_know_apostrophes() -> None:
    text = "The Smiths' dog isn't 'ours', it's ``theirs''. He’s ‘a dog’s dog’ and 6\" tall"
    assert [text[s:e] for s, e in stretches(text)] == ["ours", "theirs", "a dog’s dog", "tall"]


def test_stored_rows_hold_names_and_offsets_only() -> None:
    (first, *_, last) = standoff(FERRY, rows_of(READER), readers="agreed")
    assert list(first) == "id sha256 start end entity kind outlet statement mention readers note".split()
    assert first["entity"] is None
    assert FERRY.text[last["start"] : last["end"]] == "Low Tide"
    assert standoff(OTHER, []) == [{"id": OTHER.id, "sha256": OTHER.sha256, "none": True}]


def test_readers_are_compared() -> None:
    other = edited("bold", speaker="Lee", kind="person")[1:]
    pairs = pair_rows(rows_of(READER), rows_of(other))
    counts = measure([pairs])
    assert counts["quotations"] == (22, 23)
    assert counts["speaker"] == (10, 11)
    assert counts["nobody"] == (3, 3)
    assert counts["outlet stated"] == (3, 3)
    assert counts["statement pairs"] == (4, 4)
    assert [case.about for case in cases(FERRY, pairs)] == [("quotation",), ("speaker", "kind")]


def test_a_shared_surname_is_no_agreement() -> None:
    other = edited("It was never meant to float,", speaker="Tom Lee", accept=["Baird"], statement=9)
    pairs = pair_rows(rows_of(READER), rows_of(other))
    assert {name for case in cases(FERRY, pairs) for name in case.about} == {"speaker", "statement"}


def test_numbers_of_statements_do_not_matter() -> None:
    other = [
        record | ({"statement": record["statement"] + 7} if "statement" in record else {})
        for record in READER
    ]
    assert cases(FERRY, pair_rows(rows_of(READER), rows_of(other))) == []


def test_the_passage_of_a_case_shows_where_it_stands() -> None:
    pairs = pair_rows(rows_of(READER), rows_of(READER[1:]))
    (case,) = cases(FERRY, pairs)
    shown = shown_case(case)
    assert "“⟦too slow⟧”" in shown
    assert "B: no such quotation" in shown


def test_agreed_rows_and_decisions_are_merged() -> None:
    ours, theirs = rows_of(READER), rows_of(edited("bold", speaker="Lee", kind="person", accept=[])[1:])
    slow, bold = (case.name for case in cases(FERRY, pair_rows(ours, theirs)))
    with pytest.raises(ToolError, match="not decided"):
        merge(FERRY, ours, theirs, [{"case": slow, "take": "drop"}])
    gold = merge(
        FERRY, ours, theirs, [{"case": slow, "take": "drop"}, {"case": bold, "take": "B", "note": "hard"}]
    )
    assert [how for _, how in gold].count("adjudicated") == 1
    row = next(row for row, how in gold if how == "adjudicated")
    assert (row.entity, row.kind, row.note) == (("Lee",), "person", "hard")
    assert [row.statement for row, _ in gold][:3] == [1, 1, 1]
    changed = {"case": bold, "speaker": None}
    assert ((), None) in [
        (r.entity, r.kind) for r, _ in merge(FERRY, ours, theirs, [{"case": slow}, changed])
    ]
    low = {**NOBODY, "quote": "Low Tide", "note": "added"}
    assert ("added", "adjudicated") in [
        (r.note, how) for r, how in merge(FERRY, ours, theirs, [{"case": slow}, {"case": bold}, low])
    ]


def test_names_of_both_readers_are_accepted_fullest_first() -> None:
    short = edited("Iron Ann", speaker="Lee", accept=[], kind="person")
    full = edited("Iron Ann", speaker="Ann Lee", accept=["Lee"], kind="person")
    gold = merge(FERRY, rows_of(short), rows_of(full), [])
    names = next(r.entity for r, _ in gold if FERRY.text[r.start : r.end] == "Iron Ann")
    assert names == ("Ann Lee", "Lee")


def test_near_identical_texts_go_together() -> None:
    words = " ".join(f"word{n}" for n in range(60))
    pair = [Article("a", "wide_dev", words), Article("b", "wide_dev", f"{words} and more")]
    alone = Article("c", "wide_dev", "Something else that has quite enough words for a run of eight.")
    assert near_identical([*pair, alone]) == [("a", "b")]
    keys = group_keys([*pair, alone])
    assert keys["a"] == keys["b"] == min(pair[0].sha256, pair[1].sha256)
    assert keys["c"] == alone.sha256
    assert {a.id for a in take(2, [*pair, alone], keys, lambda article: "one")} in ({"a", "b"}, {"c"})


def test_strata_take_turns() -> None:
    articles = [Article(f"{site}{n}", "wide_dev", f"{site} {n}") for site in "xyz" for n in range(5)]
    chosen = take(6, articles, group_keys(articles), lambda article: article.id[0])
    assert sorted(article.id[0] for article in chosen) == ["x", "x", "y", "y", "z", "z"]


def test_one_text_in_three_is_held() -> None:
    parts = [part_of(Article("x", "wide_dev", str(n)).sha256) for n in range(900)]
    assert 250 < parts.count("held") < 350


def test_the_list_is_whole() -> None:
    listed = store.read_list()
    assert len({row.id for row in listed}) == len(listed) == 396
    assert sum(row.id.startswith("extract_") for row in listed) >= 50
    assert sum(row.set == "polnear_train" for row in listed) == 80
    cut = store.batches(listed)
    assert sorted(row.id for rows in cut.values() for row in rows) == sorted(row.id for row in listed)
    assert all({row.part for row in rows} == {name.partition("/")[0]} for name, rows in cut.items())


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A list of the made-up articles, one reader's file, and a folder to write to."""
    listed = [Listed(a.id, a.set, a.sha256, "held") for a in ARTICLES.values()]
    store.write_jsonl(tmp_path / "articles.jsonl", map(asdict, listed))
    monkeypatch.setattr(store, "read_list", lambda: listed)
    monkeypatch.setattr(store, "read_set", lambda name: list(ARTICLES.values()))
    store.write_jsonl(tmp_path / "a.jsonl", [*READER, NONE])
    store.write_jsonl(tmp_path / "b.jsonl", [*READER[1:], NONE])
    return tmp_path


def test_commands(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tool.main(["show", "--batch", "held/01"])
    assert "[2] The ferry is" in capsys.readouterr().out
    tool.main(["batches"])
    assert "held/1" in capsys.readouterr().out
    tool.main(["check", str(desk / "a.jsonl"), "--batch", "held/1"])
    assert capsys.readouterr().out == "2 articles, 12 quotations, 0 errors, 0 to look at again\n"
    tool.main(["compile", str(desk / "a.jsonl"), "--out", str(desk / "out.jsonl")])
    assert len(store.read_jsonl(desk / "out.jsonl")) == 13
    readers = [str(desk / "a.jsonl"), str(desk / "b.jsonl")]
    tool.main(["agree", *readers, "--cases", str(desk / "cases.txt")])
    case = (desk / "cases.txt").read_text(encoding="utf-8").split("\n")[0].removeprefix("=== ")
    (desk / "decisions.jsonl").write_text(json.dumps({"case": case, "take": "A"}) + "\n", encoding="utf-8")
    tool.main(["adjudicate", *readers, str(desk / "decisions.jsonl"), "--out", str(desk / "gold")])
    stored = store.read_jsonl(desk / "gold" / "speakers_held.jsonl")
    assert [row.get("readers") for row in stored] == ["adjudicated", *["agreed"] * 11, None]
    assert not (desk / "gold" / "speakers_read.jsonl").exists()


def test_passages_are_not_written_into_the_checkout(desk: Path) -> None:
    readers = [str(desk / "a.jsonl"), str(desk / "b.jsonl")]
    with pytest.raises(SystemExit, match="outside the checkout"):
        tool.main(["agree", *readers, "--cases", str(store.GOLD / "cases.txt")])
