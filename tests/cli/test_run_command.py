"""``quoteattr run``: options, exit status, messages and Ctrl-C, with a stub in place of the models."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import quoteattr
from quoteattr import cli
from quoteattr.cli import console, progress, run_command
from quoteattr.cli.progress import ProgressLog, Rate, progress_bar
from quoteattr.corpus import Corpus, Progress, read_results, runs
from quoteattr.records import made_by
from tests import stub
from tests.corpus.test_reader import FORMATS
from tests.corpus.test_runs import json_lines, news, output_names


@pytest.fixture(autouse=True)
def stub_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_command, "load_parser", stub.flat_models)
    monkeypatch.setattr(runs, "map_batches", stub.map_in_this_process)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    FORMATS["news.jsonl"](path, news(5))
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, ["run", *map(str, arguments)], prog_name="quoteattr")


def test_quotations_are_written_and_counted(source: Path, tmp_path: Path) -> None:
    result = call(source, "--out", tmp_path / "out.jsonl", "--workers", 2)
    assert result.exit_code == 0, result.output
    assert (result.stdout, result.stderr) == ("", f"{tmp_path / 'out.jsonl'}: 5 articles, 10 quotations.\n")
    assert [row["article"] for row in json_lines(tmp_path / "out.jsonl")] == [
        f"a{n}" for n in range(5) for _ in "12"
    ]


def test_articles_are_written(source: Path, tmp_path: Path) -> None:
    assert call(source, "--out", tmp_path / "out.parquet", "--articles").exit_code == 0
    assert [result.article.id for result in read_results(tmp_path / "out.parquet")] == [
        f"a{n}" for n in range(5)
    ]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".parquet"])
def test_dedup_writes_each_utterance_once(suffix: str, source: Path, tmp_path: Path) -> None:
    out, lines = tmp_path / f"out{suffix}", tmp_path / f"out.utterances{suffix}"
    result = call(source, "--out", out, "--dedup")
    assert result.exit_code == 0, result.output
    articles = [row for row in Corpus(source) if isinstance(row, quoteattr.Article)]
    found = quoteattr.deduplicate(quoteattr.attribute_many(articles, parser=stub.Flat()))
    assert result.stderr == f"{out}: 5 articles, 10 quotations. {len(found)} utterances: {lines}.\n"
    read = pq.read_table(lines).to_pylist() if suffix == ".parquet" else list(map(json.loads, opened(lines)))
    places = [[place["article"] for place in row["appearances"]] for row in read]
    assert places == [[place.article.id for place in line.appearances] for line in found]


def opened(path: Path) -> list[bytes]:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines()


def test_columns(tmp_path: Path) -> None:
    FORMATS["news.csv"](tmp_path / "news.csv", [{"body": "‘No,’ said Lee.", "key": 7}])
    result = call(tmp_path / "news.csv", "--out", tmp_path / "o.jsonl", "--text", "body", "--id", "key")
    assert result.exit_code == 0, result.output
    assert [row["article"] for row in json_lines(tmp_path / "o.jsonl")] == ["7"]


def test_rejects_are_counted_and_change_the_exit_status(source: Path, tmp_path: Path) -> None:
    source.write_text(source.read_text() + '{"text": 7}\nno JSON\n[]\n')
    result = call(source, "--out", tmp_path / "out.jsonl")
    assert result.exit_code == console.SOME_REJECTED == 3
    rejects = tmp_path / "out.rejects.jsonl"
    assert "5 articles, 10 quotations. 3 rows rejected (2 bad-row, 1 wrong-type): " in result.stderr
    assert result.stderr.endswith(f"{rejects}\n")
    assert [reject["location"] for reject in json_lines(rejects)] == [f"{source}:{n}" for n in (6, 7, 8)]


class TestErrors:
    def one_line(self, result: Result, status: int = 1) -> str:
        assert (result.exit_code, result.stdout) == (status, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith("quoteattr: ")
        return line

    def test_an_existing_output(self, source: Path, tmp_path: Path) -> None:
        assert call(source, "--out", tmp_path / "out.jsonl").exit_code == 0
        again = call(source, "--out", tmp_path / "out.jsonl")
        assert self.one_line(again).endswith(
            "out.jsonl exists already; name another output, or replace it with --overwrite"
        )
        resumed = call(source, "--out", tmp_path / "out.jsonl", "--resume")
        assert self.one_line(resumed, status=0).endswith("out.jsonl exists already, complete")

    def test_a_missing_column(self, tmp_path: Path) -> None:
        FORMATS["news.csv"](tmp_path / "news.csv", [{"body": "It rained."}])
        result = call(tmp_path / "news.csv", "--out", tmp_path / "out.jsonl")
        assert "no column 'text'; it has 'body'" in self.one_line(result)

    def test_an_unknown_format(self, source: Path, tmp_path: Path) -> None:
        assert "written as .parquet" in self.one_line(call(source, "--out", tmp_path / "out.xlsx"))

    def test_models_that_cannot_be_loaded(
        self, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run_command, "load_parser", stub.no_models)
        result = call(source, "--out", tmp_path / "out.jsonl", "--models", "nowhere")
        assert self.one_line(result) == "quoteattr: no models in nowhere"

    def test_no_corpus(self, tmp_path: Path) -> None:
        assert call(tmp_path / "nowhere.jsonl", "--out", tmp_path / "out.jsonl").exit_code == 2
        assert call("--out", tmp_path / "out.jsonl").exit_code == 2


PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell runs in the background ignores it
from quoteattr import cli
from quoteattr.cli import run_command
from quoteattr.corpus import runs
from tests import stub
runs.BATCH_ROWS = 10
run_command.load_parser = stub.slow_models
cli.main()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT from outside")
def test_ctrl_c_keeps_finished_batches_and_resume_continues(source: Path, tmp_path: Path) -> None:
    FORMATS["news.jsonl"](source, news(2000))
    arguments = ["run", str(source), "--out", str(tmp_path / "out.jsonl"), "--workers", "2", "--resume"]
    command = [sys.executable, "-c", PROGRAM, *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    batch = tmp_path / "out.jsonl.unfinished" / "00000003.jsonl.gz"
    while not batch.exists() and process.poll() is None:
        pass
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the group
    _, errors = process.communicate()
    assert process.returncode == 130
    assert errors == "quoteattr: interrupted; finished work is kept: continue with --resume\n"
    assert batch.exists()
    assert output_names(tmp_path) == {"out.jsonl.unfinished"}
    ran = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True)
    assert "2,000 articles, 4,000 quotations" in ran.stderr
    assert output_names(tmp_path) == {"out.jsonl"}


def test_a_csv_table(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = call(source, "--out", out, "--dedup")
    assert result.exit_code == 0, result.stderr
    with out.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 10
    assert {row["made_by"] for row in rows} == {made_by()}
    with (tmp_path / "out.utterances.csv").open(encoding="utf-8", newline="") as table:
        appearances = list(csv.DictReader(table))
    assert {row["relation"] for row in appearances} <= {"whole", "part", "edited"}
    assert len(appearances) == 10
    assert call(source, "--out", out, "--resume", "--dedup").exit_code == 0  # it is complete
    assert call(source, "--out", tmp_path / "all.csv", "--articles").exit_code == 2


def test_resume_and_overwrite_conflict(source: Path, tmp_path: Path) -> None:
    result = call(source, "--out", tmp_path / "out.jsonl", "--resume", "--overwrite")
    assert result.exit_code == 2
    assert "--resume and --overwrite cannot be combined" in result.stderr


def test_rows_name_what_made_them(source: Path, tmp_path: Path) -> None:
    call(source, "--out", tmp_path / "out.jsonl")
    call(source, "--out", tmp_path / "out.parquet")
    first = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["made_by"] == made_by()
    assert pq.read_schema(tmp_path / "out.parquet").metadata[b"quoteattr.made_by"].decode() == made_by()


def test_publishers_of_text_files(tmp_path: Path) -> None:
    (folder := tmp_path / "texts").mkdir()
    (folder / "a.txt").write_text("“Go,” she said.", encoding="utf-8")
    (table := tmp_path / "files.csv").write_text("file,publisher\na.txt,Echo\n", encoding="utf-8")
    call(folder, "--out", tmp_path / "out.jsonl", "--metadata", table)
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["publisher"] == "Echo"


class TestProgress:
    def test_a_pipe_gets_only_the_summary(self, source: Path, tmp_path: Path) -> None:
        result = call(source, "--out", tmp_path / "out.jsonl")
        assert len(result.stderr.splitlines()) == 1

    def test_a_bar(self, source: Path, tmp_path: Path) -> None:
        result = call(source, "--out", tmp_path / "out.jsonl", "--progress", "bar")
        assert "100 %" in result.stderr
        assert "5 articles" in result.stderr
        assert "0 rejected" in " ".join(result.stderr.split())

    def test_a_bar_fits_80_columns(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        with progress_bar() as on_progress:
            on_progress(Progress(0.1, 0))
            on_progress(Progress(0.5, 1_234_567, 9_999_999, 12_345))
        shown = capsys.readouterr().err
        assert "1,234,567 articles" in shown
        assert "12,345 rejected" in shown
        assert max(map(len, shown.splitlines())) <= 80

    def test_a_log(self, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = iter([0, 0, 0, 0, 30, 60, 60, 60])
        monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(clock)))
        caplog.set_level("INFO", logger="quoteattr.run")
        log = ProgressLog()
        for fraction, articles in ((0.0, 100), (0.25, 150), (0.5, 220)):
            log(Progress(fraction, articles, 2 * articles, 1))
        assert [record.getMessage() for record in caplog.records] == [
            "0.0 %, 100 articles, 0.0/s, 1 rejected, 200 quotations",
            "50.0 %, 220 articles, 2.0/s, 1 rejected, 440 quotations",
        ]

    def test_earlier_articles_do_not_count_in_the_rate(self) -> None:
        assert "1,000 articles, 0.0/s" in Rate().describe(Progress(0.5, 1000))


def test_help_names_every_option() -> None:
    text = call("--help").stdout
    assert text.startswith("Usage: quoteattr run [OPTIONS] CORPUS...")
    for option in (
        "--out",
        "--workers",
        "--dedup",
        "--resume",
        "--articles",
        "--text",
        "--longest",
        "--progress",
    ):
        assert option in text


@pytest.mark.slow
def test_with_the_models(tmp_path: Path) -> None:
    texts = [{"text": f"“We mended {n} pipes,” Ann Lee told the Herald."} for n in range(3)]
    FORMATS["news.parquet"](tmp_path / "news.parquet", texts)
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "quoteattr", "run", str(tmp_path / "news.parquet"), "--out", str(out)]
    ran = subprocess.run([*command, "--workers", "2"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, f"{out}: 3 articles, 3 quotations.\n")
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["speaker"]["name"], row["outlet"]["name"]) for row in found] == [("Ann Lee", "Herald")] * 3
