"""Results written to files: complete or not at all, and read back as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoteattr import Article, AttributedArticle, records
from quoteattr.corpus import read_results, write_results
from quoteattr.corpus.writer import atomic_write, write_rows
from tests.test_records import RESULTS


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".parquet"])
class TestResults:
    @settings(deadline=None, max_examples=20)
    @given(results=st.lists(RESULTS, max_size=4))
    def test_come_back(
        self, suffix: str, results: list[AttributedArticle], tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        path = tmp_path_factory.mktemp("results") / f"out{suffix}"
        assert write_results(results, path, "article") == len(results)
        assert list(read_results(path)) == results

    def test_same_results_same_bytes(self, suffix: str, tmp_path: Path) -> None:
        results = [AttributedArticle(Article(f"It rained {n} times.", id=f"a{n}")) for n in range(2500)]
        for name in ("one", "two"):
            write_results(results, tmp_path / (name + suffix), "article")
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
        assert list(read_results(tmp_path / f"one{suffix}")) == results

    def test_appear_complete_or_not_at_all(self, suffix: str, tmp_path: Path) -> None:
        def failing() -> Iterator[AttributedArticle]:
            yield AttributedArticle(Article("It rained."))
            raise ZeroDivisionError

        (tmp_path / f"out{suffix}").write_bytes(b"what was there")
        with pytest.raises(ZeroDivisionError):
            write_results(failing(), tmp_path / f"out{suffix}", "article")
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"what was there"]


def test_quotation_rows_hold_no_results(tmp_path: Path) -> None:
    write_results([], tmp_path / "out.parquet", "quotation")
    assert pq.read_schema(tmp_path / "out.parquet").equals(records.arrow_schema("quotation"))


@pytest.mark.parametrize("suffix", ["xlsx", "parquet.gz", "json"])
def test_unknown_suffixes_are_rejected(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{suffix}"
    with pytest.raises(ValueError, match=r"written as \.parquet, \.jsonl, "):
        write_results([], path, "article")
    with pytest.raises(ValueError, match=r"written as \.parquet, \.jsonl, "):
        read_results(path)


def test_utterances_are_no_kind_of_results(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="got 'utterance'"):
        write_results([], tmp_path / "out.jsonl", "utterance")


def test_write_rows_counts(tmp_path: Path) -> None:
    assert write_rows(({"n": n} for n in range(3)), tmp_path / "out.jsonl", "article") == 3
    assert (tmp_path / "out.jsonl").read_text() == '{"n": 0}\n{"n": 1}\n{"n": 2}\n'


def test_atomic_write_removes_its_file_on_an_error(tmp_path: Path) -> None:
    def interrupted() -> None:
        with atomic_write(tmp_path / "out") as temporary:
            temporary.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_articles_are_not_written_as_csv(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a row per quotation"):
        write_results([], tmp_path / "out.csv", "article")
    assert list(tmp_path.iterdir()) == []
