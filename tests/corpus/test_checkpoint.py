"""The folder of finished batches: what it counts, keeps, refuses and removes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock

from quoteattr import Article, AttributedArticle
from quoteattr.corpus.checkpoint import FORMAT, Checkpoint, FinishedRow, Progress, RunError
from quoteattr.corpus.reader import Reject
from quoteattr.records import article_row

ROW = article_row(AttributedArticle(Article("It rained.", id="a1")))
REJECT = Reject("news.jsonl:2", "missing", "no 'text'")
BATCH = [FinishedRow.of_article(ROW), FinishedRow.of_reject(REJECT)]
SETTINGS = {"longest": 100}


class Killed(Exception):
    """Stands for the end of a process."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl.unfinished"


@pytest.fixture
def interrupted(folder: Path) -> Path:
    """A folder with one finished batch."""

    def run() -> None:
        checkpoint = Checkpoint(folder)
        with checkpoint.opened(resume=False, options=SETTINGS):
            checkpoint.add(BATCH)
            raise Killed

    with pytest.raises(Killed):
        run()
    return folder


def open_and_close(folder: Path, *, resume: bool, options: dict[str, int] = SETTINGS) -> Checkpoint:
    checkpoint = Checkpoint(folder)
    with checkpoint.opened(resume, options):
        pass
    return checkpoint


def test_progress_adds_up() -> None:
    progress = Progress(0.5, 1, 2, 3).plus(articles=10, quotations=20, rejects=30)
    assert progress == Progress(0.5, 11, 22, 33)


def test_finished_rows_count_quotations() -> None:
    assert [row.quotations for row in BATCH] == [0, None]
    assert json.loads(BATCH[1].json)["reject"]["location"] == "news.jsonl:2"


def test_batches_are_restored(interrupted: Path) -> None:
    checkpoint = Checkpoint(interrupted)
    with checkpoint.opened(resume=True, options=SETTINGS):
        assert checkpoint.progress == Progress(articles=1, rejects=1)
        checkpoint.add(BATCH)
        assert list(checkpoint.articles()) == [ROW, ROW]
        assert [reject["kind"] for reject in checkpoint.rejects()] == ["missing"] * 2
        assert checkpoint.progress == Progress(articles=2, rejects=2)


def test_the_folder_is_removed_when_a_run_completes(interrupted: Path) -> None:
    open_and_close(interrupted, resume=True)
    assert list(interrupted.parent.iterdir()) == []


def test_a_folder_without_batches_is_removed_on_an_error(folder: Path) -> None:
    def run() -> None:
        with Checkpoint(folder).opened(resume=False, options=SETTINGS):
            raise Killed

    with pytest.raises(Killed):
        run()
    assert not folder.exists()


def test_an_unfinished_run_is_not_overwritten(interrupted: Path) -> None:
    with pytest.raises(RunError, match="holds an unfinished run"):
        open_and_close(interrupted, resume=False)
    assert (interrupted / "00000000.jsonl.gz").exists()


def test_other_settings_are_refused_and_named(interrupted: Path) -> None:
    with pytest.raises(RunError, match=r"other settings: {'longest': 100}, not {'longest': 7}"):
        open_and_close(interrupted, resume=True, options={"longest": 7})


def test_another_format_is_refused(interrupted: Path) -> None:
    path = interrupted / "settings.json"
    path.write_text(json.dumps({**SETTINGS, "format": FORMAT + 1}))
    with pytest.raises(RunError, match="format"):
        open_and_close(interrupted, resume=True)


def test_a_locked_folder_is_refused(interrupted: Path) -> None:
    with FileLock(interrupted / "lock"), pytest.raises(RunError, match="another process is working"):
        open_and_close(interrupted, resume=True)
