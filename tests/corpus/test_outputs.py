"""What a run makes: it replaces and deletes nothing of others, and fails before it makes anything."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from quoteattr.corpus import Corpus, OutputExistsError, RunError, Summary, outputs, run, runs
from quoteattr.corpus.checkpoint import Checkpoint, FinishedRow
from quoteattr.corpus.outputs import has_placed, place
from quoteattr.corpus.reader import Reject
from tests import stub
from tests.corpus.test_runs import Stop, stop_at

ROWS = [{"id": f"a{n}", "text": f"“We mended pipe {n},” said Lee {n} ."} for n in range(6)]
BROKEN = "not JSON"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "BATCH_ROWS", 2)
    monkeypatch.setattr(runs, "map_batches", stub.map_in_this_process)


def news(path: Path, *, broken: bool = True) -> Path:
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS] + [BROKEN] * broken
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def state(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def attempt(source: Path, out: Path, **options: Any) -> Summary:
    return run(Corpus(source), out, load=stub.Flat, **options)


class TestNothingOfOthersIsReplaced:
    @pytest.mark.parametrize("name", ["out.jsonl", "out.rejects.jsonl", "out.utterances.jsonl"])
    @pytest.mark.parametrize("resume", [False, True])
    def test_files_at_the_place_of_an_output(self, name: str, resume: bool, tmp_path: Path) -> None:
        source = news(tmp_path / "news.jsonl")
        (tmp_path / name).write_text("somebody's\n")
        before = state(tmp_path)
        with pytest.raises(OutputExistsError, match=f"{name} exists already") as caught:
            attempt(source, tmp_path / "out.jsonl", dedup=True, resume=resume)
        assert not caught.value.complete
        assert state(tmp_path) == before

    def test_overwrite_replaces_them_all(self, tmp_path: Path) -> None:
        source = news(tmp_path / "news.jsonl")
        for name in ("out.jsonl", "out.rejects.jsonl", "out.utterances.jsonl"):
            (tmp_path / name).write_text("old")
        attempt(source, tmp_path / "out.jsonl", dedup=True, overwrite=True)
        assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 6
        assert json.loads((tmp_path / "out.rejects.jsonl").read_text())["kind"] == "bad-row"
        assert "old" not in (tmp_path / "out.utterances.jsonl").read_text()

    def test_overwrite_removes_rejects_that_no_longer_apply(self, tmp_path: Path) -> None:
        attempt(news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl")
        attempt(news(tmp_path / "news.jsonl", broken=False), tmp_path / "out.jsonl", overwrite=True)
        assert set(state(tmp_path)) == {"news.jsonl", "out.jsonl"}

    @pytest.mark.parametrize("given", ["out.jsonl", "out.rejects.jsonl", "out.utterances.jsonl"])
    def test_an_input_is_never_an_output(self, given: str, tmp_path: Path) -> None:
        source = news(tmp_path / given)
        before = state(tmp_path)
        with pytest.raises(ValueError, match="is read, so it cannot be an output"):
            attempt(source, tmp_path / "out.jsonl", dedup=True, overwrite=True)
        assert state(tmp_path) == before

    def test_an_input_behind_a_link_is_no_output(self, tmp_path: Path) -> None:
        news(tmp_path / "out.rejects.jsonl")
        (tmp_path / "corpus").mkdir()
        (tmp_path / "corpus" / "link.jsonl").symlink_to(tmp_path / "out.rejects.jsonl")
        with pytest.raises(ValueError, match="is read, so it cannot be an output"):
            attempt(tmp_path / "corpus", tmp_path / "out.jsonl", overwrite=True)

    @pytest.mark.parametrize("overwrite", [False, True])
    def test_files_in_the_folder_of_the_run(self, overwrite: bool, tmp_path: Path) -> None:
        source = news(tmp_path / "news.jsonl")
        (tmp_path / "out.jsonl.unfinished").mkdir()
        (tmp_path / "out.jsonl.unfinished" / "notes.txt").write_text("somebody's")
        before = state(tmp_path)
        with pytest.raises(RunError, match=r"holds 'notes\.txt', which no run made"):
            attempt(source, tmp_path / "out.jsonl", overwrite=overwrite)
        assert state(tmp_path) == before

    def test_a_file_that_appears_during_the_run(self, tmp_path: Path) -> None:
        source, out = news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl"
        with pytest.raises(OutputExistsError, match="something else made it during the run"):
            attempt(source, out, on_progress=lambda progress: out.write_text("somebody's"))
        assert out.read_text() == "somebody's"
        out.unlink()
        attempt(source, out, resume=True)
        assert set(state(tmp_path)) == {"news.jsonl", "out.jsonl", "out.rejects.jsonl"}

    def test_overwrite_discards_an_unfinished_run(self, tmp_path: Path) -> None:
        source, out = news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl"
        with pytest.raises(Stop):
            attempt(source, out, on_progress=stop_at(2))
        assert attempt(source, out, overwrite=True).articles == 6


class TestResume:
    def test_an_output_of_this_corpus_is_complete(self, tmp_path: Path) -> None:
        source, out = news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl"
        attempt(source, out)
        with pytest.raises(OutputExistsError) as caught:
            attempt(source, out, resume=True)
        assert caught.value.complete

    @pytest.mark.parametrize("kind", ["quotation", "article"])
    def test_an_output_of_another_corpus(self, kind: Any, tmp_path: Path) -> None:
        attempt(news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl")
        other = tmp_path / "other.jsonl"
        other.write_text('{"id": "b", "text": "It rained."}')
        with pytest.raises(OutputExistsError, match="is no output of this corpus") as caught:
            attempt(other, tmp_path / "out.jsonl", resume=True, kind=kind)
        assert not caught.value.complete

    def test_a_run_killed_after_it_placed_its_outputs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source, out = news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl"
        monkeypatch.setattr(runs, "place", killed_after(3))
        with pytest.raises(Stop):
            attempt(source, out, dedup=True)
        assert out.exists()
        monkeypatch.setattr(runs, "place", place)
        attempt(source, out, dedup=True, resume=True)
        names = {"news.jsonl", "out.jsonl", "out.rejects.jsonl", "out.utterances.jsonl"}
        assert set(state(tmp_path)) == names

    @pytest.mark.parametrize("first", range(1, 7))
    def test_a_run_killed_at_any_step_of_placing_and_again_when_it_is_resumed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
    ) -> None:
        source = news(tmp_path / "news.jsonl")
        attempt(source, tmp_path / "expected.jsonl", dedup=True)
        for second in range(1, 7):
            out = tmp_path / f"{second}.jsonl"
            for number in (first, second):
                monkeypatch.setattr(outputs, "os", StoppingOs(number))
                with contextlib.suppress(Stop):
                    attempt(source, out, dedup=True, resume=True)
            monkeypatch.setattr(outputs, "os", os)
            with contextlib.suppress(OutputExistsError):  # it may be complete already
                attempt(source, out, dedup=True, resume=True)
            assert not out.with_name(f"{out.name}.unfinished").exists()
            for suffix in (".jsonl", ".rejects.jsonl", ".utterances.jsonl"):
                expected = tmp_path.joinpath(f"expected{suffix}").read_bytes()
                assert out.with_suffix(suffix).read_bytes() == expected

    def test_an_output_that_was_changed_after_it_was_placed(self, tmp_path: Path) -> None:
        made, out = tmp_path / "out.jsonl.unfinished" / "rows.jsonl", tmp_path / "out.jsonl"
        made.parent.mkdir()
        made.write_text("rows")
        place(made.parent, made.name, out, overwrite=False)
        assert has_placed(made.parent, out)
        out.write_text("somebody's")
        assert not has_placed(made.parent, out)


class StoppingOs:
    """The module os for the placing of outputs, which stops the run after so many links and moves."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __getattr__(self, name: str) -> Any:
        function = getattr(os, name)
        return function if name not in ("link", "replace") else partial(self.call, function)

    def call(self, function: Any, *paths: Path) -> None:
        function(*paths)
        self.left -= 1
        if not self.left:
            raise Stop


def killed_after(number: int) -> Any:
    calls = []

    def place_and_stop(*arguments: Any, **options: Any) -> None:
        place(*arguments, **options)
        calls.append(1)
        if len(calls) == number:
            raise Stop

    return place_and_stop


class TestFailuresBeforeTheRun:
    def test_nothing_is_made(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        source = news(tmp_path / "news.jsonl")
        (tmp_path / "folder.jsonl").mkdir()
        before = state(tmp_path)
        for out, error in (
            (tmp_path / "nowhere" / "out.jsonl", "no such folder"),
            (tmp_path / "folder.jsonl", "is a folder"),
            (tmp_path / f"{'n' * 250}.jsonl", "cannot make the folder"),
        ):
            with pytest.raises(RunError, match=error):
                attempt(source, out)
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(ImportError, match="need pyarrow"):
            attempt(source, tmp_path / "out.parquet")
        assert state(tmp_path) == before

    def test_a_package_that_an_input_needs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        source = news(tmp_path / "news.jsonl")
        (tmp_path / "page.html").write_text("<p>It rained.</p>")
        monkeypatch.setitem(sys.modules, "trafilatura", None)
        with pytest.raises(ImportError, match=r"page\.html needs trafilatura"):
            run(Corpus(source, tmp_path / "page.html"), tmp_path / "out.jsonl", load=stub.Flat)
        assert set(state(tmp_path)) == {"news.jsonl", "page.html"}


class TestTwoRuns:
    """Runs with different outputs that share the file of rejects."""

    def test_an_unfinished_run_keeps_its_names(self, tmp_path: Path) -> None:
        source = news(tmp_path / "news.jsonl")
        with pytest.raises(Stop):
            attempt(source, tmp_path / "out.parquet", on_progress=stop_at(2))
        with pytest.raises(
            RunError, match=r"out\.rejects\.jsonl belongs to the unfinished run in .*out\.parquet"
        ):
            attempt(source, tmp_path / "out.jsonl")
        assert not (tmp_path / "out.jsonl.unfinished").exists()

    def test_a_run_at_work_keeps_its_names(self, tmp_path: Path) -> None:
        folder = tmp_path / "out.parquet.unfinished"
        folder.mkdir()
        (folder / "outputs.json").write_text('["out.parquet", "out.rejects.jsonl"]')
        source = news(tmp_path / "news.jsonl")
        with FileLock(folder / "lock"), pytest.raises(RunError, match="belongs to the unfinished run"):
            attempt(source, tmp_path / "out.jsonl")
        assert attempt(source, tmp_path / "out.jsonl").articles == 6  # the other one is dead and has nothing


def test_a_folder_killed_during_its_removal_is_no_run(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "out.jsonl.unfinished")

    def killed() -> None:
        with checkpoint.opened(resume=False, options={}):
            checkpoint.add([FinishedRow.of_reject(Reject("a", "missing", "no 'text'"))])
            raise Stop

    with pytest.raises(Stop):
        killed()
    (checkpoint.folder / "settings.json").unlink()
    assert attempt(news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl").articles == 6


def test_hard_links_are_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*paths: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_link)
    attempt(news(tmp_path / "news.jsonl"), tmp_path / "out.jsonl")
    assert set(state(tmp_path)) == {"news.jsonl", "out.jsonl", "out.rejects.jsonl"}
