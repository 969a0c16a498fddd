"""Files given to the plain command: read as what they are, or refused with advice."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.test_program import TEXT, fake_attribute_many, run

__all__ = ["fake_attribute_many"]

OTHER = "Nobody spoke."
PAGE = (
    "<!doctype html><html><head><title>Rain</title><style>p::before { content: “x” }</style></head><body>"
    f"<article><p>{'It rained in the valley for a day and a night. ' * 9}</p><p>{TEXT}</p></article>"
)
LINES = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("a", TEXT), ("b", OTHER)))
TABLE = f'id,publisher,text\na,Echo,"{TEXT}"\nb,Post,{OTHER}\n'

TABS = f'id\ttext\na\t"{TEXT}"\nb\t{OTHER}\n'
SEMICOLONS = f'id;publisher;text\na;Echo;"{TEXT}"\nb;Post;{OTHER}\n'
LIST = f"[{LINES.replace(chr(10), ',').rstrip(',')}]"

pytestmark = pytest.mark.usefixtures("fake_attribute_many")


def write_parquet(path: Path) -> None:
    pq.write_table(pa.table({"id": ["a", "b"], "text": [TEXT, OTHER]}), path)


ROWS: dict[str, Callable[[Path], object]] = {
    "news.jsonl": lambda path: path.write_text(LINES, encoding="utf-8"),
    "news.ndjson": lambda path: path.write_text(LINES, encoding="utf-8"),
    "news.jsonl.gz": lambda path: path.write_bytes(gzip.compress(LINES.encode())),
    "news.csv": lambda path: path.write_bytes(TABLE.encode()),
    "news.tsv": lambda path: path.write_text(TABS, encoding="utf-8"),
    "semicolons.csv": lambda path: path.write_bytes(SEMICOLONS.encode()),
    "news.json": lambda path: path.write_text(LIST, encoding="utf-8"),
    "object.json": lambda path: path.write_text(f'{{"page": 1, "articles": {LIST}}}', encoding="utf-8"),
    "lines.json": lambda path: path.write_text(LINES, encoding="utf-8"),
    "list": lambda path: path.write_text(LIST, encoding="utf-8"),
    "tabs.txt": lambda path: path.write_text(TABS, encoding="utf-8"),
    "news.parquet": write_parquet,
    "lines": lambda path: path.write_text(LINES, encoding="utf-8"),
    "table.txt": lambda path: path.write_bytes(TABLE.encode()),
    "parquet": write_parquet,
}


@pytest.mark.parametrize("name", ROWS)
class TestRows:
    def test_each_row_is_an_article(self, name: str, tmp_path: Path) -> None:
        ROWS[name](path := tmp_path / name)
        result = run("--json", str(path))
        assert (result.exit_code, result.stderr) == (0, "")
        found = [(row["article"], len(row["quotations"])) for row in json.loads(result.stdout)]
        assert found == [("a", 2), ("b", 0)]

    def test_tables_have_titles(self, name: str, tmp_path: Path) -> None:
        ROWS[name](path := tmp_path / name)
        lines = run(str(path)).stdout.splitlines()
        assert [line.strip() for line in lines if line.strip() in ("a", "b")] == ["a", "b"]


class TestPages:
    @pytest.mark.parametrize("name", ["page.html", "page.htm", "page", "page.txt"])
    def test_the_main_text_is_the_article(self, name: str, tmp_path: Path) -> None:
        (path := tmp_path / name).write_text(PAGE, encoding="utf-8")
        (row,) = json.loads(run("--json", str(path)).stdout)
        assert row["article"] == str(path)
        result = run("--format", "webanno", str(path))
        assert "content:" not in result.stdout

    def test_without_trafilatura_the_extra_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "trafilatura", None)
        (path := tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
        for result, name in ((run(str(path)), str(path)), (run(stdin=PAGE), "standard input")):
            assert (result.exit_code, result.stdout) == (2, "")
            assert f"quoteattr: {name} needs trafilatura: pip install 'quoteattr[html]'" in result.stderr
            assert result.stderr.count("\n") == 1

    def test_brat_needs_a_text(self, tmp_path: Path) -> None:
        (path := tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
        result = run("--format", "brat", str(path))
        assert result.exit_code == 2
        assert "brat needs a plain text" in result.stderr


class TestStandardInput:
    @pytest.mark.parametrize("content", [LINES, TABLE])
    def test_rows(self, content: str) -> None:
        rows = json.loads(run("--json", stdin=content.encode()).stdout)
        assert [(row["article"], len(row["quotations"])) for row in rows] == [("a", 2), ("b", 0)]

    def test_a_page_has_no_name(self) -> None:
        (row,) = json.loads(run("--json", stdin=PAGE).stdout)
        assert row["article"] is None

    def test_rows_without_id_are_numbered(self) -> None:
        (row,) = json.loads(run("--json", stdin='{"text": "It rained."}\n').stdout)
        assert row["article"] == "-:1"


@pytest.mark.parametrize("name", ["a.txt", "a", "a.html.md"])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\n", "seems to be a PDF file; save the text"),
        (gzip.compress(TEXT.encode()), "seems to be a gzip file"),
        (b"PK\x03\x04\x14\0word/document.xml", "DOCX"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "seems to be a PNG image"),
        (b"<?xml version='1.0'?><rss/>", "seems to be XML"),
    ],
)
def test_what_is_no_article_is_refused(content: bytes, what: str, name: str, tmp_path: Path) -> None:
    (path := tmp_path / name).write_bytes(content)
    for result, shown in ((run(str(path)), str(path)), (run(stdin=content), "standard input")):
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"quoteattr: {shown}: ")
        assert what in line


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("std.csv", "id,body\n1,It rained.\n", "no column 'text'; it has 'id', 'body'"),
        ("std.jsonl", '{"body": "It rained."}\n' * 3, "no 'text'"),
    ],
)
def test_a_table_without_texts_names_the_command(
    name: str, content: str, problem: str, tmp_path: Path
) -> None:
    (path := tmp_path / name).write_text(content, encoding="utf-8")
    result = run(str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert problem in line
    assert line.endswith(f"'quoteattr run {path} --out quotations.jsonl --text COLUMN'")


def test_a_folder_names_the_command(tmp_path: Path) -> None:
    result = run(str(tmp_path))
    assert result.exit_code == 2
    assert f"'quoteattr run {tmp_path} --out quotations.jsonl'" in result.stderr


def test_rejected_rows_are_reported_and_the_others_printed(tmp_path: Path) -> None:
    (path := tmp_path / "news.jsonl").write_text(LINES + '{"text": 7}\n', encoding="utf-8")
    result = run("--json", str(path))
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)) == 2
    assert f"{path}:3: 'text' must be a string" in result.stderr
    assert result.stderr.endswith("quoteattr: 1 of 3 articles rejected, for the reasons above\n")


@pytest.mark.parametrize("text", ["{“Go,” she said.", "<p>“Go,” she said.", "a, b, text\n“Go,” she said."])
def test_a_text_stays_a_text(text: str) -> None:
    assert run("--json", stdin=text).exit_code == 0
