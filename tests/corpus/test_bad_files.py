"""Files that cannot be read, in any way: each is a reject, and the other files of the corpus are read."""

from __future__ import annotations

import csv
import errno
import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr import Article
from quoteattr.corpus import Corpus, Reject, formats, raw_rows, run, runs
from quoteattr.corpus.formats import read_rows
from tests import stub

GOOD = "“The ice is thin,” Ann Lee said."


def found_in(folder: Path) -> tuple[list[str], list[Reject]]:
    """The texts of a folder's articles, and its rejects."""
    found = list(Corpus(folder))
    texts = [article.text for article in found if isinstance(article, Article)]
    return texts, [reject for reject in found if isinstance(reject, Reject)]


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


BAD: dict[str, tuple[str, Callable[[Path], Any], str, str]] = {
    "PDF": (
        "x.txt",
        lambda path: path.write_text("%PDF-1.4\n1 0 obj\n"),
        "no-text",
        "seems to be a PDF file",
    ),
    "PDF named as a page": (
        "x.html",
        lambda path: path.write_text("%PDF-1.4"),
        "no-text",
        "seems to be a PDF",
    ),
    "dangling link": ("x.txt", lambda path: path.symlink_to("/nowhere"), "unreadable", "a link to nothing"),
    "link to itself": ("x.txt", lambda path: path.symlink_to(path), "unreadable", "a link to nothing"),
    "pipe": ("x.jsonl", make_fifo, "unreadable", "not a file but a named pipe"),
    "socket": ("x.csv", make_socket, "unreadable", "not a file but a socket"),
    "device": ("x.txt", lambda path: path.symlink_to("/dev/zero"), "unreadable", "not a file but a device"),
    "empty CSV": ("x.csv", lambda path: path.touch(), "missing", "no column 'text'; it has none"),
    "empty Parquet": ("x.parquet", lambda path: path.touch(), "damaged-file", "the rest of the file"),
    "no Parquet": ("x.parquet", lambda path: path.write_text(GOOD), "damaged-file", "the rest of the file"),
    "no gzip": ("x.csv.gz", lambda path: path.write_text(GOOD), "damaged-file", "the rest of the file"),
    "no zstd": ("x.jsonl.zst", lambda path: path.write_text(GOOD), "damaged-file", "the rest of the file"),
    "binary text": ("x.txt", lambda path: path.write_bytes(bytes(range(256))), "encoding", "not UTF-8"),
    "odd UTF-16": ("x.txt", lambda path: path.write_bytes(b"\xff\xfea"), "encoding", "not UTF-16-LE"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_reject(case: str, tmp_path: Path) -> None:
    name, make, kind, reason = BAD[case]
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    make(tmp_path / name)
    texts, (reject,) = found_in(tmp_path)
    assert texts == [GOOD, GOOD]
    assert (reject.location, reject.kind) == (str(tmp_path / name), kind)
    assert reject.reason.startswith(reason)
    assert Corpus(tmp_path).fingerprint() == Corpus(tmp_path).fingerprint()


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
@pytest.mark.parametrize("case", [*BAD, "two links"])
def test_a_run_survives_a_bad_file(case: str, tmp_path: Path) -> None:
    (corpus := tmp_path / "corpus").mkdir()
    (corpus / "a.txt").write_text(GOOD, encoding="utf-8")
    if case == "two links":
        (corpus / "x.jsonl").symlink_to(corpus / "y.jsonl")
        (corpus / "y.jsonl").symlink_to(corpus / "x.jsonl")
    else:
        BAD[case][1](corpus / BAD[case][0])
    summary = run(Corpus(corpus), tmp_path / "out.jsonl", load=stub.Flat)
    assert (summary.articles, summary.rejects.total()) == (1, 2 if case == "two links" else 1)


@pytest.mark.parametrize("name", ["x.txt", "x.jsonl", "x.csv", "x.html", "x.jsonl.gz"])
def test_a_file_that_may_not_be_read(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: Any, **options: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    for module in ("formats", "text_files"):
        monkeypatch.setattr(f"quoteattr.corpus.{module}.open", refused, raising=False)
    _, (reject,) = found_in(tmp_path)
    assert (reject.kind, reject.reason) == ("unreadable", "the file cannot be read: Permission denied")


def test_too_many_open_files_end_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: Any) -> Any:
        raise OSError(errno.EMFILE, "Too many open files")

    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(formats, "open", refused, raising=False)
    with pytest.raises(OSError, match="Too many open files"):
        found_in(tmp_path)


def test_a_folder_with_the_name_of_a_file_is_searched(tmp_path: Path) -> None:
    (tmp_path / "part.jsonl").mkdir()
    (tmp_path / "part.jsonl" / "a.txt").write_text(GOOD, encoding="utf-8")
    assert found_in(tmp_path) == ([GOOD], [])


def test_a_link_to_another_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "corpus" / "here").mkdir(parents=True)
    (tmp_path / "corpus" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "corpus" / "latest").symlink_to(tmp_path / "corpus" / "here")
    texts, (reject,) = found_in(tmp_path / "corpus")
    assert (texts, reject.location) == ([], str(tmp_path / "corpus" / "link"))


def test_a_pipe_given_by_name_is_refused(tmp_path: Path) -> None:
    make_fifo(tmp_path / "x.jsonl")
    with pytest.raises(ValueError, match="is neither a file nor a folder"):
        Corpus(tmp_path / "x.jsonl")


class TestNames:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir()
        try:
            with open(os.path.join(os.fsencode(folder), b"caf\xe9.txt"), "w", encoding="utf-8") as stream:
                stream.write(GOOD)
        except OSError as error:
            pytest.skip(f"the file system allows no such names: {error}")
        return folder

    def test_an_id_shows_the_bytes_of_a_name_that_is_not_utf8(self, folder: Path) -> None:
        (article,) = Corpus(folder)
        assert isinstance(article, Article)
        assert article.id == f"{folder}/caf\\xe9.txt"

    def test_a_run_over_such_files(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(runs, "map_batches", stub.map_in_this_process)
        with open(os.path.join(os.fsencode(folder), b"\xff.jsonl"), "w", encoding="utf-8") as stream:
            stream.write('{"id": "\\ud83d", "text": "a"}\n{"text": 7}\n')
        summary = run(Corpus(folder), tmp_path / "out.jsonl", load=stub.Flat)
        assert (summary.articles, summary.rejects.total()) == (1, 2)


class TestEncodings:
    @pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
    @pytest.mark.parametrize(
        "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
    )
    def test_the_text_is_the_same(self, name: str, encoding: str, tmp_path: Path) -> None:
        text = "“Café owners laughed,” said Zoë Lee. It was the first time in many years."
        content = {"a.txt": text, "a.jsonl": f'{{"text": "{text}"}}\n', "a.csv": f'text\n"{text}"\n'}[name]
        (tmp_path / name).write_bytes(content.encode(encoding))
        texts, rejects = found_in(tmp_path)
        assert texts == [text]
        assumed = encoding in ("utf-16-le", "utf-16-be", "cp1252")
        assert [reject.kind for reject in rejects] == ["assumed-encoding"] * assumed
        assert all(reject.is_warning for reject in rejects)

    def test_an_assumption_is_said_once_for_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "a.jsonl").write_bytes(b'{"text": "caf\xe9"}\n' * 3)
        texts, (warning,) = found_in(tmp_path)
        assert texts == ["café"] * 3
        assert warning.reason == "not UTF-8; read as windows-1252"

    def test_another_script_is_not_taken_for_windows_1252(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("Лёд тонок, сказала Анна.".encode("cp1251"))
        _, (reject,) = found_in(tmp_path)
        assert reject.kind == "encoding"


class TestCsv:
    @pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
    def test_every_line_break_ends_a_row(self, end: str, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(f'id,text{end}1,"a{end}b"{end}2,c{end}'.encode())
        found = list(Corpus(tmp_path))
        assert found == [Article(f"a{end}b", "1"), Article("c", "2")]

    @pytest.mark.parametrize("lines", [3, 40])
    def test_a_field_over_the_limit_is_one_reject(
        self, lines: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(raw_rows, "LONGEST_LINE", 1000)
        long = "\n".join(["x" * (3000 // lines)] * lines)
        (tmp_path / "a.csv").write_text(f'id,text\n1,a\n2,"{long}"\n3,b\n')
        texts, (reject,) = found_in(tmp_path)
        assert texts == ["a", "b"]
        assert (reject.location, reject.kind) == (f"{tmp_path / 'a.csv'}:3", "too-long")

    def test_a_quotation_mark_that_is_never_closed_is_one_reject(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(raw_rows, "LONGEST_LINE", 1000)
        (tmp_path / "a.csv").write_text('id,text\n1,a\n2,"b\n' + "3,c\n" * 2000)
        texts, (reject,) = found_in(tmp_path)
        assert (texts, reject.kind) == (["a"], "too-long")
        assert reject.reason == "a field of more than 1,000 characters, in lines 3 to 2003"

    def test_a_header_over_the_limit(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(raw_rows, "LONGEST_LINE", 10)
        (tmp_path / "a.csv").write_text('"a\nb\nc\nd\ne\nf\ng\nh"\n')
        texts, (reject,) = found_in(tmp_path)
        assert (texts, reject.kind) == ([], "bad-row")


class TestParquet:
    @pytest.mark.parametrize(
        ("column", "days"),
        [
            (pa.array([19000, 5_000_000, 19001], pa.date32()), ["2022-01-08", None, "2022-01-09"]),
            (pa.array([0, 2**62, 1], pa.timestamp("us")), ["1970-01-01", None, "1970-01-01"]),
            (pa.array([0, -(2**48), 1], pa.timestamp("s")), ["1970-01-01", None, "1970-01-01"]),
            (
                pa.array([0, 1_700_000_000_123_456_789, 1], pa.timestamp("ns")),
                ["1970-01-01", "2023-11-14", "1970-01-01"],
            ),
            (pa.array([0, 1, 2], pa.timestamp("us", tz="Mars/Olympus")), [None] * 3),
            (pa.array([0, 1, 2], pa.timestamp("ns", tz="Mars/Olympus")), [None] * 3),
            (pa.array([0, 2**62, 2], pa.duration("us")), [None] * 3),
            (pa.array([0, 1, 2], pa.time64("ns")), [None] * 3),
        ],
        ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
    )
    def test_a_date_that_python_cannot_hold_costs_the_date(
        self, column: Any, days: list[str | None], tmp_path: Path
    ) -> None:
        path = tmp_path / "a.parquet"
        pq.write_table(pa.table({"text": ["a", "b", "c"], "published": column}), path)
        found = list(Corpus(path))
        articles = [article for article in found if isinstance(article, Article)]
        assert [article.text for article in articles] == ["a", "b", "c"]
        assert [article.published and str(article.published) for article in articles] == days
        warnings = [reject.kind for reject in found if isinstance(reject, Reject)]
        assert warnings == ["date"] * days.count(None)

    def test_the_row_group_after_a_damaged_one_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        table = pa.table({"text": [f"{n} " * 200 for n in range(30)]})
        pq.write_table(table, path, row_group_size=10, compression="none", use_dictionary=False)
        start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
        content = bytearray(path.read_bytes())
        content[start : start + 8] = b"\xff" * 8
        path.write_bytes(content)
        texts, (reject,) = found_in(tmp_path)
        assert texts == table.column("text").to_pylist()[:10] + table.column("text").to_pylist()[20:]
        assert (reject.location, reject.kind) == (f"{path}:11", "damaged-file")
        assert reject.reason.startswith("rows 11 to 20 cannot be read")


def csv_bytes(encoding: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([["id", "text"], ["1", "“Café”\nsaid"], ["2", 'a "b"']])
    return stream.getvalue().encode(encoding)


def parquet_bytes() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": ["a", "b"] * 20, "published": [0, 1] * 20}), sink)
    return sink.getvalue()


SEEDS = [
    b"",
    csv_bytes("utf-8"),
    csv_bytes("utf-16"),
    b'{"text": "caf\xe9"}\n{"text": "b"}\n',
    parquet_bytes(),
]
NAMES = ["a.jsonl", "a.csv", "a.txt", "a.html", "a.parquet", "a.jsonl.gz", "a.csv.zst"]


@given(
    name=st.sampled_from(NAMES),
    seed=st.sampled_from(SEEDS),
    cut=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    inserted=st.binary(max_size=40),
)
def test_reading_never_raises(
    name: str, seed: bytes, cut: tuple[int, int], inserted: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(seed[: cut[0]] + inserted + seed[cut[0] + cut[1] :])
    for found in Corpus(path):
        assert isinstance(found, (Article, Reject))
    list(read_rows(path, ["text"]))
