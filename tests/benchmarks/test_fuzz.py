"""The generators and checks of benchmarks/fuzz. What they find in the library is not tested here."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.fuzz import checks, damaged_rows, files, kills, store_check, stores, tampering, targets
from benchmarks.fuzz.damaged_files import Maker
from benchmarks.fuzz.findings import Fault, Findings, key_of
from benchmarks.fuzz.generators import GENERATORS, LONG, WEIGHTS, text_of
from benchmarks.fuzz.rows import Made, rows, words
from quoteattr import Article, AttributedArticle, Attribution, Deduplicator, Quotation, Span, Speaker
from quoteattr.schema import Mention

TEXT = "“We go,” said Ann Lee."
LEE = Speaker("Ann Lee", "person")


def result(**changes: object) -> AttributedArticle:
    """A right result of `TEXT`, with some fields of its attribution changed."""
    fields = {
        "quotation": Quotation(Span.of(TEXT, 1, 7), Span.of(TEXT, 0, 8)),
        "mention": Mention(Span.of(TEXT, 14, 21), "name"),
        "speaker": LEE,
        "confidence": 0.9,
    }
    attribution = Attribution(**{**fields, **changes})  # type: ignore[arg-type]
    return AttributedArticle(Article(TEXT), (attribution,), tuple(filter(None, [attribution.speaker])))


# Texts


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_makes_texts_of_bounded_length(name: str) -> None:
    texts = {GENERATORS[name](random.Random(seed)) for seed in range(20)}
    assert len(texts) > 10
    assert max(map(len, texts)) < 2 * LONG


def test_every_generator_has_a_weight() -> None:
    assert len(WEIGHTS) == len(GENERATORS)
    assert {text_of(1, number).generator for number in range(1000)} == set(GENERATORS)


def test_an_input_depends_on_seed_and_number_alone() -> None:
    assert [text_of(3, number) for number in (7, 8)] == [text_of(3, number) for number in (8, 7)][::-1]


# Checks


def test_a_right_result_passes() -> None:
    checks.check_result(result(), TEXT)
    checks.check_exports(result())
    checks.check_utterances([result(), result()])


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"cue": Span(9, 13, "told")}, "other words"),
        ({"cue": Span(90, 94, "said")}, "outside"),
        ({"confidence": 1.5}, "confidence"),
        ({"mention": None}, "no mention"),
        ({"speaker": Speaker("\u200b\x96", "person")}, "blank"),
        ({"quotation": Quotation(Span.of(TEXT, 1, 5), Span.of(TEXT, 0, 8))}, "finds others"),
    ],
)
def test_a_wrong_result_is_noticed(changes: dict[str, object], problem: str) -> None:
    with pytest.raises(Fault, match=problem):
        checks.check_result(result(**changes), TEXT)


@pytest.mark.parametrize(
    ("spans", "problem"),
    [([(0, 5), (3, 8)], "cross"), ([(0, 9), (1, 4), (3, 6)], "cross"), ([(4, 6), (0, 2)], "order")],
)
def test_crossing_quotations_are_noticed(spans: list[tuple[int, int]], problem: str) -> None:
    with pytest.raises(Fault, match=problem):
        checks.check_nesting([Span(start, end, "") for start, end in spans])


def test_findings_keep_the_smallest_input() -> None:
    findings = Findings()
    for text in ("long text", "text", "other"):
        findings.add("IndexError", text, "soup, number 1", "trace")
    assert len(findings) == 3
    assert "3 times, smallest 4 characters" in findings.report()
    assert "smallest 1 characters" in findings.report(lambda key, text: text[:1])


def test_a_finding_is_named_by_its_place() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        rows(random.Random(1), 1 // 0)
    assert key_of(caught.value).startswith("ZeroDivisionError: test_fuzz.py")


# Files


@pytest.mark.parametrize("maker", files.KINDS, ids=lambda maker: maker.__name__)
def test_a_maker_writes_a_file_and_says_what_is_in_it(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damaged_rows, "TOO_LONG_FIELD", 1000)
    for number in range(8):
        made = maker(random.Random(f"quick {number}"), tmp_path / f"{number}-x")
        assert isinstance(made, Made)
    assert len(list(tmp_path.iterdir())) >= 8


def test_the_kinds_are_more_than_twenty() -> None:
    assert len({maker.__name__ for maker in files.KINDS}) == len(files.KINDS) > 20


def test_a_folder_has_files_as_they_should_be_too(tmp_path: Path) -> None:
    made = files.make_folder(1, range(4), tmp_path / "corpus")
    content = (tmp_path / "corpus" / "good.jsonl").read_text(encoding="utf-8")
    assert all(word in content for word in made[-1][1].words)


@pytest.fixture
def good_row() -> tuple[str, Made]:
    made = rows(random.Random(1), 1)
    return made[0]["text"], Made(words(made), most_rejects=1)


@pytest.mark.parametrize(
    ("texts", "rejects", "lost"), [(True, 0, 0), (True, 1, 0), (False, 1, 1), (True, 5, 1), (False, 5, 2)]
)
def test_lost_rows_and_surplus_rejects_are_noticed(
    good_row: tuple[str, Made], texts: bool, rejects: int, lost: int
) -> None:
    report, (text, made) = files.FilesReport(1), good_row
    outcome = files.Outcome(3, "", text if texts else "", Counter({"00000-pdf": rejects}))
    files.note(0, "00000-pdf", made, outcome, report)
    assert len(report.lost) == lost


def test_a_field_is_longer_than_the_default_limit(tmp_path: Path) -> None:
    damaged_rows.huge_field(random.Random(1), tmp_path / "a")
    assert (tmp_path / "a.csv").stat().st_size > 131_072


# Stores


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    with Deduplicator(path) as made:
        made.add(
            [AttributedArticle(Article(f"{TEXT} {n}", id=f"a{n}"), result().attributions) for n in range(9)]
        )
    return path


def test_an_untouched_store_gives_its_articles(store: Path) -> None:
    assert store_check.outcome_of(str(store)) == {"ids": [f"a{n}" for n in range(9)]}


@pytest.mark.parametrize("number", range(len(tampering.TAMPERINGS)))
def test_a_tampering_changes_the_file(number: int, store: Path) -> None:
    before = store.read_bytes()
    changed = tampering.TAMPERINGS[number](random.Random("quick 3"), store)
    assert store.read_bytes() != before
    assert changed is None or changed <= set(range(1, 10))


def test_a_lost_article_is_noticed(store: Path) -> None:
    report = stores.StoresReport(1)
    number = tampering.TAMPERINGS.index(tampering.odd_body)
    stores.note(1, number, frozenset({1}), {"ids": ["a2"]}, ["a1", "a2"], report)
    assert (len(report.wrong), report.left_out) == (0, 1)
    stores.note(1, number, frozenset({1}), {"ids": ["a1"]}, ["a1", "a2"], report)
    stores.note(1, number, frozenset({1}), {"ids": [], "refused": "no"}, ["a1", "a2"], report)
    stores.note(1, number, None, {"wrong": "Traceback\nKeyError: 1"}, ["a1", "a2"], report)
    assert len(report.wrong) == 3


# Targets


@pytest.mark.parametrize("name", targets.TARGETS)
def test_the_inputs_of_a_target_differ(name: str) -> None:
    assert len({targets.input_of(name, 1, number) for number in range(20)}) > 15


@pytest.mark.parametrize("way", targets.WAYS[1:])
def test_a_store_is_written_with_a_given_body(way: str, tmp_path: Path) -> None:
    targets.write_store(tmp_path / "a.db", b"[]", way)
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        assert db.execute("SELECT count(*) FROM article").fetchone() == (1,)


# Kills


def test_a_folder_with_other_files_is_noticed(tmp_path: Path) -> None:
    report = kills.KillsReport(1)
    write: Callable[[str, str], object] = lambda name, text: (tmp_path / name).write_text(text)  # noqa: E731
    for name in ("expected", "kill0"):
        (tmp_path / name).mkdir()
        write(f"{name}/out.jsonl", "{}\n{}\n")
    expected = kills.digests(tmp_path / "expected")
    kills.note(0, tmp_path / "kill0", expected, report)
    assert not report.faults
    write("kill0/out.jsonl", "{}\n")
    write("kill0/.out.jsonl.unfinished", "")
    kills.note(0, tmp_path / "kill0", expected, report)
    (finding,) = report.faults.found.values()
    assert finding.details == ".out.jsonl.unfinished: not expected\nout.jsonl: 1 rows, 2 expected"


def test_the_corpus_has_bad_rows_between_good_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kills, "ROWS", 30)
    monkeypatch.setattr(kills, "BAD_ROWS", 5)
    kills.write_corpus(tmp_path / "corpus", random.Random(1))
    content = "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / "corpus").iterdir()))
    assert content.count("\n") == 35
