"""Corpora: every format gives the same articles, and rows without a valid article give rejects."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeGuard

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quoteattr import Article
from quoteattr.corpus import Columns, Corpus, Reject, raw_rows

Row = dict[str, Any]

NEWS: list[Row] = [
    {
        "id": "a1",
        "text": "“Yes,” said Ann Lee.\r\nIt rained.\n",
        "publisher": "Echo",
        "published": "2024-05-02",
        "url": "https://example.org/1",
    },
    {"id": "a2", "text": 'A "straight", comma and 🎈.', "publisher": None, "published": None, "url": None},
    {"id": "a3", "text": "Third.", "publisher": "Herald", "published": None, "url": None},
]
ARTICLES = [
    Article(NEWS[0]["text"], "a1", "Echo", datetime.date(2024, 5, 2), "https://example.org/1"),
    Article(NEWS[1]["text"], "a2"),
    Article("Third.", "a3", "Herald"),
]


def lines(found: list[Row]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in found)


def write_jsonl(path: Path, found: list[Row]) -> None:
    path.write_bytes(lines(found))


def write_gz(path: Path, found: list[Row]) -> None:
    path.write_bytes(gzip.compress(lines(found[:1])) + gzip.compress(lines(found[1:])))


def write_zst(path: Path, found: list[Row]) -> None:
    pack = pa.Codec("zstd").compress
    path.write_bytes(pack(lines(found[:1]), asbytes=True) + pack(lines(found[1:]), asbytes=True))


def write_csv(path: Path, found: list[Row]) -> None:
    with open(path, "w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def write_csv_gz(path: Path, found: list[Row]) -> None:
    write_csv(path, found)
    path.write_bytes(gzip.compress(path.read_bytes()))


def write_parquet(path: Path, found: list[Row]) -> None:
    pq.write_table(pa.Table.from_pylist(found), path, row_group_size=2)


FORMATS: dict[str, Callable[[Path, list[Row]], None]] = {
    "news.jsonl": write_jsonl,
    "news.ndjson": write_jsonl,
    "news.jsonl.gz": write_gz,
    "news.jsonl.zst": write_zst,
    "news.csv": write_csv,
    "news.csv.gz": write_csv_gz,
    "news.parquet": write_parquet,
}


@pytest.mark.parametrize("name", FORMATS)
class TestTables:
    def test_the_articles_are_the_same_in_all_formats(self, name: str, tmp_path: Path) -> None:
        FORMATS[name](tmp_path / name, NEWS)
        found = Corpus(tmp_path / name)
        assert list(found) == ARTICLES
        assert found.fraction == 1.0

    def test_columns_may_have_other_names(self, name: str, tmp_path: Path) -> None:
        renamed = [{"body": row["text"], "key": row["id"], "source": row["publisher"]} for row in NEWS]
        FORMATS[name](tmp_path / name, renamed)
        columns = Columns(text="body", id="key", publisher="source", published=None, url=None)
        found = [(a.text, a.id, a.publisher) for a in Corpus(tmp_path / name, columns=columns) if accepted(a)]
        assert found == [(row["body"], row["key"], row["source"]) for row in renamed]

    def test_an_article_without_id_gets_its_location(self, name: str, tmp_path: Path) -> None:
        FORMATS[name](tmp_path / name, [{"text": "One."}, {"text": "Two."}])
        first = 2 if ".csv" in name else 1  # a header is a line
        locations = [f"{tmp_path / name}:{number}" for number in (first, first + 1)]
        assert [article.id for article in Corpus(tmp_path / name) if accepted(article)] == locations

    def test_a_row_without_text_is_rejected(self, name: str, tmp_path: Path) -> None:
        FORMATS[name](tmp_path / name, [NEWS[0], {**NEWS[1], "text": None}, NEWS[2]])
        first, reject, third = Corpus(tmp_path / name)
        assert [first, third] == [ARTICLES[0], ARTICLES[2]]
        assert isinstance(reject, Reject)
        assert (reject.kind, reject.reason, reject.article) == ("missing", "no 'text'", "a2")


def accepted(found: Article | Reject) -> TypeGuard[Article]:
    assert isinstance(found, Article), found
    return True


class TestDocuments:
    def test_a_folder_in_order_of_names(self, tmp_path: Path) -> None:
        (tmp_path / "b").mkdir()
        (tmp_path / "b" / "2.txt").write_bytes("Zwei–\r\n".encode())
        (tmp_path / "b" / "1.txt").write_text("Eins")
        (tmp_path / "a.txt").write_text("Null")
        (tmp_path / "notes.docx").write_bytes(b"\xff")
        write_jsonl(tmp_path / "c.jsonl", NEWS)
        found = list(Corpus(tmp_path))
        assert found == [
            Article("Null", str(tmp_path / "a.txt")),
            *ARTICLES,
            Article("Eins", str(tmp_path / "b" / "1.txt")),
            Article("Zwei–\r\n", str(tmp_path / "b" / "2.txt")),
        ]

    def test_html_gives_the_main_text(self, tmp_path: Path) -> None:
        words = "“We mended the pipe,” said Ann Lee, the mayor of the town by the sea. "
        page = f"""<html><head><meta property="og:site_name" content="The Echo">
            <meta property="article:published_time" content="2024-05-02T10:00:00Z"></head>
            <body><nav>Home News Sport</nav><article><h1>Pipes</h1>
            <p>{words * 3}</p><p>{words * 3}</p></article><footer>Imprint</footer></body></html>"""
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        (article,) = Corpus(tmp_path)
        assert isinstance(article, Article)
        assert words.strip() in article.text
        assert "Imprint" not in article.text
        assert (article.publisher, article.published) == ("The Echo", datetime.date(2024, 5, 2))

    def test_a_page_without_text_is_rejected(self, tmp_path: Path) -> None:
        (tmp_path / "page.html").write_text("<html></html>")
        (reject,) = Corpus(tmp_path)
        assert reject == Reject(str(tmp_path / "page.html"), "no-text", "no main text found in the page")

    def test_text_that_is_neither_utf8_nor_windows_1252(self, tmp_path: Path) -> None:
        (tmp_path / "mixed.txt").write_bytes("Café, ".encode() + "Café".encode("latin-1"))
        (reject,) = Corpus(tmp_path)
        assert isinstance(reject, Reject)
        assert (reject.kind, reject.reason) == ("encoding", "not UTF-8: byte 0xe9 at byte 10")


LONG = json.dumps({"id": "long", "text": "x" * 101}).encode()
BROKEN: list[tuple[bytes, str, str]] = [
    (b'{"text": "cut', "bad-row", "bad JSON"),
    (b"[1, 2]", "bad-row", "expected a JSON object, got a list"),
    (b'"text"', "bad-row", "expected a JSON object, got a str"),
    (b"[" * 100_000, "bad-row", "bad JSON: nested too deeply"),
    (b'{"text": ' + b"1" * 5000 + b"}", "bad-row", "bad JSON"),
    (b'{"id": "x"}', "missing", "no 'text'"),
    (b'{"text": 7}', "wrong-type", "'text' must be a string, got int 7"),
    (b'{"text": "a", "id": [1]}', "wrong-type", "'id' must be a string, got list [1]"),
    (b'{"text": "a", "id": []}', "wrong-type", "'id' must be a string, got list []"),
    (b'{"text": "a", "id": {}}', "wrong-type", "'id' must be a string, got dict {}"),
    (b'{"text": 7, "id": false}', "wrong-type", "'text' must be a string, got int 7"),
    (b'{"text": "caf\xc3\xa9, caf\xe9"}', "encoding", "not UTF-8: byte 0xe9 at byte 20"),
    (b'{"text": "a", "id": "\\ud83d"}', "encoding", "'id' has a lone surrogate at character 0"),
    (b'{"text": "\\ud83d"}', "encoding", "'text' has a lone surrogate at character 0"),
    (LONG, "too-long", "'text' has 101 characters; the limit is 100"),
]


@pytest.mark.parametrize(("line", "kind", "reason"), BROKEN, ids=[f"{k}: {r}" for _, k, r in BROKEN])
def test_an_invalid_line_is_rejected_and_reading_continues(
    line: bytes, kind: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(lines(NEWS[:1]) + b"\n" + line + b"\n" + lines(NEWS[1:]))
    first, reject, *rest = Corpus(path, longest=100)
    assert [first, *rest] == ARTICLES
    assert isinstance(reject, Reject)
    assert (reject.location, reject.kind) == (f"{path}:3", kind)
    assert reject.reason.startswith(reason)


class TestBrokenTables:
    def test_csv_with_another_number_of_fields(self, tmp_path: Path) -> None:
        path = tmp_path / "news.csv"
        path.write_text('id,text\n1,"two\nlines"\n2,a,b\n\n3\n4,four\n')
        found = list(Corpus(path))
        assert [a.id for a in found if isinstance(a, Article)] == ["1", "4"]
        assert [(r.location, r.reason) for r in found if isinstance(r, Reject)] == [
            (f"{path}:4", "the header has 2 fields, this row has 3"),
            (f"{path}:6", "the header has 2 fields, this row has 1"),
        ]

    def test_csv_that_is_not_utf8_loses_one_row(self, tmp_path: Path) -> None:
        path = tmp_path / "news.csv"
        path.write_bytes(b"id,text\n1,one\n2,caf\xc3\xa9 caf\xe9\n3,three\n")
        one, reject, three = Corpus(path)
        assert isinstance(one, Article)
        assert isinstance(three, Article)
        assert reject == Reject(f"{path}:3", "encoding", "not UTF-8: byte 0xe9")

    def test_parquet_strings_that_are_not_utf8(self, tmp_path: Path) -> None:
        path = tmp_path / "news.parquet"
        raw = pa.array([b"one", b"caf\xe9", b"three"], pa.binary())
        unchecked = pa.StringArray.from_buffers(3, raw.buffers()[1], raw.buffers()[2])
        pq.write_table(pa.table({"text": unchecked}), path)
        found = [a.text if isinstance(a, Article) else a.kind for a in Corpus(path)]
        assert found == ["one", "encoding", "three"]

    def test_parquet_of_other_types(self, tmp_path: Path) -> None:
        path = tmp_path / "news.parquet"
        when = datetime.datetime(2024, 5, 2, 23, 30, tzinfo=datetime.UTC)
        columns = {"id": [7], "text": pa.array(["a"]).dictionary_encode(), "published": [when]}
        pq.write_table(pa.table(columns), path)
        (article,) = Corpus(path)
        assert article == Article("a", "7", published=datetime.date(2024, 5, 2))
        pq.write_table(pa.table({"text": [7]}), path)
        (reject,) = Corpus(path)
        assert isinstance(reject, Reject)
        assert reject.reason == "'text' must be a string, got int 7"

    @pytest.mark.parametrize("name", ["news.csv", "news.parquet"])
    def test_a_table_without_the_text_column_is_rejected(self, name: str, tmp_path: Path) -> None:
        FORMATS[name](tmp_path / name, [{"body": "One."}])
        (tmp_path / "z.txt").write_text("Two.")
        reject, article = Corpus(tmp_path)
        assert reject == Reject(str(tmp_path / name), "missing", "no column 'text'; it has 'body'")
        assert isinstance(article, Article)
        Corpus(tmp_path).check()
        with pytest.raises(ValueError, match=r"news\.\w+: no column 'text'; it has 'body'"):
            Corpus(tmp_path / name).check()

    @pytest.mark.parametrize("name", ["news.jsonl.gz", "news.jsonl.zst", "news.parquet"])
    def test_a_damaged_file_gives_its_first_rows_and_the_next_file_follows(
        self, name: str, tmp_path: Path
    ) -> None:
        FORMATS[name](tmp_path / name, NEWS)
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) - 15])
        write_jsonl(tmp_path / "z.jsonl", NEWS[2:])
        *_, reject, last = Corpus(tmp_path / name, tmp_path / "z.jsonl")
        assert isinstance(reject, Reject)
        assert reject.kind == "damaged-file"
        assert last == ARTICLES[2]

    def test_a_line_that_is_too_long(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(raw_rows, "LONGEST_LINE", 1000)
        for name, header in (("news.jsonl", b""), ("news.csv", b"text\n")):
            short = b'{"text": "a"}\n' if not header else b"a\n"
            (tmp_path / name).write_bytes(header + short + b"x" * 5000 + b"\n" + short)
            found = list(Corpus(tmp_path / name))
            assert [a.text if isinstance(a, Article) else a.kind for a in found] == ["a", "too-long", "a"]


class TestWrongCalls:
    def test_a_missing_path(self) -> None:
        with pytest.raises(FileNotFoundError, match="nowhere"):
            Corpus("nowhere.jsonl")

    def test_an_unknown_format(self, tmp_path: Path) -> None:
        (tmp_path / "news.docx").touch()
        with pytest.raises(ValueError, match=r"news\.docx: unknown format; accepted are \.jsonl"):
            Corpus(tmp_path / "news.docx")


@pytest.mark.parametrize("name", ["news.jsonl", "news.csv", "news.parquet"])
def test_memory_does_not_grow_with_the_corpus(name: str, tmp_path: Path) -> None:
    peaks = []
    for number in (300, 3000):
        FORMATS[name](tmp_path / name, [{"id": str(n), "text": "It rained. " * 100} for n in range(number)])
        tracemalloc.start()
        assert Counter(type(found) for found in Corpus(tmp_path / name)) == {Article: number}
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


def test_the_fingerprint_changes_with_the_files(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", NEWS)
    before = Corpus(tmp_path).fingerprint()
    assert Corpus(tmp_path).fingerprint() == before
    write_jsonl(tmp_path / "b.jsonl", NEWS)
    added = Corpus(tmp_path).fingerprint()
    write_jsonl(tmp_path / "b.jsonl", NEWS[:2])
    assert len({before, added, Corpus(tmp_path).fingerprint()}) == 3
