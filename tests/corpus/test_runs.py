"""Runs that are killed, run out of disk space or read invalid rows: the output stays the same, byte for byte.

The parser is a stub, but the processes are real and are really killed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from quoteattr import records
from quoteattr.corpus import (
    Columns,
    Corpus,
    OutputExistsError,
    Progress,
    RunError,
    Summary,
    read_results,
    run,
    runs,
)
from tests import stub
from tests.corpus.test_reader import BROKEN, FORMATS

SAID = "“We mended pipe {0},” said Lee {0} .\n‘No,’ said Mr Hale."


def news(number: int) -> list[dict[str, str]]:
    return [{"id": f"a{n}", "text": SAID.format(n)} for n in range(number)]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Small batches, and real workers only in slow tests."""
    monkeypatch.setattr(runs, "BATCH_ROWS", 10)
    if request.node.get_closest_marker("slow") is None:
        monkeypatch.setattr(runs, "map_batches", stub.map_in_this_process)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    FORMATS["news.jsonl"](path, news(35))
    return path


def json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def output_names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"news.jsonl"}


class TestOneRun:
    @pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
    def test_one_row_per_quotation(self, name: str, source: Path, tmp_path: Path) -> None:
        summary = run(Corpus(source), tmp_path / name, load=stub.Flat)
        assert summary == Summary(35, 70, Counter(), None)
        if name == "out.parquet":
            table = pq.read_table(tmp_path / name)
            assert table.schema.equals(records.arrow_schema("quotation"))
            assert table.column("article").to_pylist() == [f"a{n}" for n in range(35) for _ in range(2)]
        assert output_names(tmp_path) == {name}

    @pytest.mark.slow
    def test_two_workers_write_articles_in_order(self, source: Path, tmp_path: Path) -> None:
        run(Corpus(source), tmp_path / "out.parquet", kind="article", load=stub.Flat, workers=2)
        found = list(read_results(tmp_path / "out.parquet"))
        assert [result.article for result in found] == list(Corpus(source))
        assert {len(result) for result in found} == {2}

    def test_an_empty_corpus(self, tmp_path: Path) -> None:
        (tmp_path / "news.jsonl").touch()
        summary = run(Corpus(tmp_path / "news.jsonl"), tmp_path / "out.jsonl", load=stub.Flat)
        assert (summary.articles, (tmp_path / "out.jsonl").read_bytes()) == (0, b"")

    def test_progress_is_reported_after_each_batch(self, source: Path, tmp_path: Path) -> None:
        seen: list[Progress] = []
        run(Corpus(source), tmp_path / "out.jsonl", load=stub.Flat, on_progress=seen.append)
        assert [p.articles for p in seen] == [0, 10, 20, 30, 35]
        assert [p.quotations for p in seen] == [0, 20, 40, 60, 70]
        assert seen[-1].fraction == 1.0

    def test_min_confidence_leaves_out_speakers(self, source: Path, tmp_path: Path) -> None:
        run(Corpus(source), tmp_path / "out.jsonl", load=stub.Flat, min_confidence=1)
        assert {row["speaker"] for row in json_lines(tmp_path / "out.jsonl")} == {None}


class TestRejects:
    @pytest.mark.slow
    def test_a_thousand_invalid_rows_of_all_kinds(self, tmp_path: Path) -> None:
        """Every row is in the output or rejected, with location and kind; one of them has 50 MB."""
        path = tmp_path / "news.jsonl"
        chance = random.Random(5)
        expected: list[tuple[str, str]] = []
        with open(path, "wb") as stream:
            for number, row in enumerate(news(1200)):
                if number < 1000:
                    line, kind, _ = BROKEN[number % len(BROKEN)] if number else (huge(), "too-long", "")
                    number_in_file = 2 * number + 1
                    if chance.random() < 0.5:
                        line += b"\r"
                    stream.write(line + b"\n")
                    expected.append((f"{path}:{number_in_file}", kind))
                stream.write(json.dumps(row).encode() + b"\n")
        out = tmp_path / "out.jsonl"
        summary = run(Corpus(path, longest=100), out, kind="article", load=stub.Flat, workers=2)
        assert summary.articles == 1200
        assert [row["article"] for row in json_lines(out)] == [f"a{n}" for n in range(1200)]
        assert summary.rejects == Counter(kind for _, kind in expected)
        assert summary.rejects_path == tmp_path / "out.rejects.jsonl"
        rejects = json_lines(summary.rejects_path)
        assert [(reject["location"], reject["kind"]) for reject in rejects] == expected
        assert all(reject["reason"] for reject in rejects)

    @pytest.mark.slow
    def test_an_article_that_kills_its_worker_is_rejected(self, source: Path, tmp_path: Path) -> None:
        summary = run(Corpus(source), tmp_path / "out.jsonl", kind="article", load=stub.Deadly, workers=2)
        assert (summary.articles, summary.rejects) == (34, Counter(worker=1))
        (reject,) = json_lines(tmp_path / "out.rejects.jsonl")
        assert reject == {
            "location": f"{source}:8",
            "kind": "worker",
            "reason": "the worker process was killed or ended",
            "article": "a7",
        }


def huge() -> bytes:
    return b'{"text": "' + b"x" * 50_000_000 + b'"}'


class TestRefusals:
    def test_an_existing_output(self, source: Path, tmp_path: Path) -> None:
        run(Corpus(source), tmp_path / "out.jsonl", load=stub.Flat)
        for resume in (False, True):
            with pytest.raises(OutputExistsError, match=r"out\.jsonl exists already"):
                run(Corpus(source), tmp_path / "out.jsonl", load=stub.Flat, resume=resume)

    @pytest.fixture
    def unfinished(self, source: Path, tmp_path: Path) -> Path:
        with pytest.raises(Stop):
            run(Corpus(source), tmp_path / "out.jsonl", load=stub.Flat, on_progress=stop_at(20))
        return tmp_path / "out.jsonl"

    def test_an_unfinished_run_is_not_overwritten(self, unfinished: Path, source: Path) -> None:
        with pytest.raises(RunError, match="holds an unfinished run: resume it, or remove"):
            run(Corpus(source), unfinished, load=stub.Flat)

    def test_other_settings(self, unfinished: Path, source: Path) -> None:
        with pytest.raises(RunError, match=r"other settings: {'longest': 5000000}, not {'longest': 70}"):
            run(Corpus(source, longest=70), unfinished, load=stub.Flat, resume=True)
        with pytest.raises(RunError, match=r"other settings: {'columns'"):
            run(Corpus(source, columns=Columns(id=None)), unfinished, load=stub.Flat, resume=True)
        source.write_text("")
        with pytest.raises(RunError, match=r"other settings: {'files'"):
            run(Corpus(source), unfinished, load=stub.Flat, resume=True)

    def test_two_processes(self, unfinished: Path, source: Path) -> None:
        folder = unfinished.with_name("out.jsonl.unfinished")
        with FileLock(folder / "lock"), pytest.raises(RunError, match="another process is working"):
            run(Corpus(source), unfinished, load=stub.Flat, resume=True)

    def test_an_output_of_unknown_format(self, source: Path, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"as \.parquet, \.jsonl, \.jsonl\.gz or \.csv"):
            run(Corpus(source), tmp_path / "out.xlsx", load=stub.Flat)
        assert output_names(tmp_path) == set()

    def test_an_output_inside_the_corpus(self, source: Path) -> None:
        (source.parent / "out").mkdir()
        with pytest.raises(ValueError, match=r"is inside .*: the output would become part"):
            run(Corpus(source.parent), source.parent / "out" / "out.jsonl", load=stub.Flat)

    def test_a_run_without_finished_batches_leaves_nothing(self, source: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        with pytest.raises(Stop):
            run(Corpus(source), out, load=stub.Flat, on_progress=stop_at(0))
        assert output_names(tmp_path) == set()
        folder = tmp_path / "out.jsonl.unfinished"  # as after a kill
        folder.mkdir()
        (folder / "settings.json").write_text("{}")
        assert run(Corpus(source), out, load=stub.Flat).articles == 35


class Stop(Exception):
    pass


def stop_at(articles: int) -> Any:
    def on_progress(progress: Progress) -> None:
        if progress.articles == articles:
            raise Stop

    return on_progress


@pytest.mark.slow
def test_finished_batches_are_not_repeated(source: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop):
        run(Corpus(source), tmp_path / "out.jsonl", load=stub.Flat, on_progress=stop_at(20))
    seen: list[Progress] = []
    run(Corpus(source), tmp_path / "out.jsonl", load=stub.Flat, resume=True, on_progress=seen.append)
    assert [progress.articles for progress in seen] == [20, 30, 35]
    run(Corpus(source), tmp_path / "whole.jsonl", load=stub.Flat)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


# Runs in a separate process, which can be killed

PROGRAM = """
import sys
from quoteattr.corpus import Corpus, runs
from tests import stub
runs.BATCH_ROWS = 10
source, out, load = sys.argv[1:]
summary = runs.run(
    Corpus(source), out, kind="article", workers=2, load=getattr(stub, load), resume=True,
    on_progress=lambda progress: print(progress.articles, flush=True),
)
"""


def started(source: Path, out: Path, load: str = "Slow", **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(source), str(out), load]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **options
    )


@pytest.fixture
def whole(source: Path, tmp_path: Path) -> dict[str, bytes]:
    """The output of an uninterrupted run over 300 articles with some invalid rows."""
    lines = [json.dumps(row).encode() for row in news(300)]
    for at, (line, _, _) in enumerate(BROKEN):
        lines.insert(20 * at, line)
    source.write_bytes(b"\n".join(lines))
    folder = tmp_path / "whole"
    folder.mkdir()
    run(Corpus(source), folder / "out.parquet", kind="article", workers=2, load=stub.Flat)
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(found) == {"out.parquet", "out.rejects.jsonl"}
    shutil.rmtree(folder)
    return found


def of_run(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.slow
class TestKilled:
    def test_twenty_random_kills_do_not_change_the_output(
        self, source: Path, whole: dict[str, bytes], tmp_path: Path
    ) -> None:
        """Kills the process alone or with its workers, while it loads, works or assembles the output."""
        chance = random.Random(11)
        folder = tmp_path / "killed"
        folder.mkdir()
        kills = 0
        while kills < 20 or not of_run(folder):
            process = started(source, folder / "out.parquet")
            if kills < 20:
                assert process.stdout is not None
                for _ in range(chance.randrange(6)):
                    process.stdout.readline()
                time.sleep(chance.random() * 0.1)
                if chance.random() < 0.5:
                    process.kill()
                else:
                    os.killpg(process.pid, signal.SIGKILL)
            _, errors = process.communicate()
            assert process.returncode in (0, -signal.SIGKILL), errors
            kills += process.returncode != 0
            if (folder / "out.parquet").exists():  # complete, so later kills cannot matter
                assert of_run(folder) == whole
                if kills < 20:
                    shutil.rmtree(folder)
                    folder.mkdir()
        assert of_run(folder) == whole
        assert not (folder / "out.parquet.unfinished").exists()

    @pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to find the workers")
    def test_ten_killed_workers_do_not_change_the_output(
        self, source: Path, whole: dict[str, bytes], tmp_path: Path
    ) -> None:
        folder = tmp_path / "killed"
        folder.mkdir()
        process = started(source, folder / "out.parquet")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        chance = random.Random(7)
        killed = 0
        assert process.stdout is not None
        for _ in process.stdout:
            workers = [int(pid) for pid in children.read_text().split() if is_worker(int(pid))]
            if workers and killed < 10:
                os.kill(chance.choice(workers), signal.SIGKILL)
                killed += 1
        assert process.wait() == 0
        assert killed == 10
        assert of_run(folder) == whole


def is_worker(pid: int) -> bool:
    """Whether a process is a worker, not the one in which Python tracks semaphores."""
    try:
        return "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"no mount here: {error}")
    if made.returncode:
        pytest.skip(f"no tmpfs may be mounted here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_a_full_disk(source: Path, whole: dict[str, bytes], small_disk: Path) -> None:
    """The run ends with the reason, keeps finished batches, and can be resumed when there is space."""
    articles = []
    for size in ("40k", "80k", "4m"):
        subprocess.run(["mount", "-o", f"remount,size={size}", str(small_disk)], check=True)
        process = started(source, small_disk / "out.parquet", "Flat")
        output, errors = process.communicate()
        articles.append([int(line) for line in output.split()])
        assert process.returncode or size != "40k"
        if process.returncode:
            assert "No space left on device" in errors
            assert not (small_disk / "out.parquet").exists()
    assert process.returncode == 0
    assert 0 < articles[0][-1] <= articles[1][0] <= articles[2][0]
    assert of_run(small_disk) == whole
