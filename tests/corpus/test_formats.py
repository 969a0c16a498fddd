"""Rows of files: what each format yields, and what it reports instead of a row that cannot be read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from quoteattr.corpus import raw_rows
from quoteattr.corpus.formats import format_suffix, is_readable, read_rows
from quoteattr.corpus.raw_rows import Problem, RawRow


def rows(path: Path, content: bytes) -> list[RawRow]:
    path.write_bytes(content)
    return list(read_rows(path, ["text", "id"]))


def values(path: Path, content: bytes) -> list[object]:
    """The values of each row, or the kind of its problem."""
    found = (row.values for row in rows(path, content))
    return [found.kind if isinstance(found, Problem) else dict(found) for found in found]


class TestNames:
    @pytest.mark.parametrize("name", ["a.jsonl", "a.NDJSON", "a.csv.zst", "a.jsonl.gz", "a.txt", "a.htm"])
    def test_readable(self, name: str) -> None:
        assert is_readable(Path(name))

    @pytest.mark.parametrize("name", ["a", "a.xml", "a.json.gz", "a.gz", "a.parquet.gz", "a.txt.gz", "a.pdf"])
    def test_not_readable(self, name: str) -> None:
        assert not is_readable(Path(name))

    def test_the_suffix_is_in_lower_case_and_without_compression(self) -> None:
        assert format_suffix(Path("News.JSONL.GZ")) == ".jsonl"

    def test_reading_an_unknown_format_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").touch()
        with pytest.raises(ValueError, match=r"a\.pdf: not \.jsonl"):
            list(read_rows(tmp_path / "a.pdf", ["text"]))


class TestJsonLines:
    def test_rows_have_their_line_numbers(self, tmp_path: Path) -> None:
        found = rows(tmp_path / "a.jsonl", b'{"text": "a"}\n\n{"text": "b"}\n')
        assert [(row.number, row.values) for row in found] == [(1, {"text": "a"}), (3, {"text": "b"})]

    def test_read_is_the_fraction_of_the_file(self, tmp_path: Path) -> None:
        found = rows(tmp_path / "a.jsonl", b'{"a": 1}\n' * 3000)
        fractions = [row.read for row in found]
        assert fractions == sorted(fractions)
        assert (fractions[0] < 0.5, fractions[-1]) == (True, 1.0)

    def test_a_byte_order_mark_is_skipped(self, tmp_path: Path) -> None:
        assert values(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"text": "a"}\n') == [{"text": "a"}]

    def test_a_last_line_without_line_break(self, tmp_path: Path) -> None:
        assert values(tmp_path / "a.jsonl", b'{"text": "a"}') == [{"text": "a"}]

    def test_a_truncated_gzip_file_is_reported_at_its_end(self, tmp_path: Path) -> None:
        content = gzip.compress(b'{"text": "a"}\n')
        assert values(tmp_path / "a.jsonl.gz", content[:-4])[-1] == "damaged-file"


class TestCsv:
    def test_empty_fields_are_none(self, tmp_path: Path) -> None:
        assert values(tmp_path / "a.csv", b"id,text\n1,\n") == [{"id": "1", "text": None}]

    def test_a_quoted_line_break_does_not_end_a_row(self, tmp_path: Path) -> None:
        found = rows(tmp_path / "a.csv", b'id,text\n1,"a\nb"\n2,c\n')
        assert [(row.number, row.values) for row in found] == [
            (2, {"id": "1", "text": "a\nb"}),
            (4, {"id": "2", "text": "c"}),
        ]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.csv", b"id;text\n1;a, b\n"),
            ("a.csv", b"id\ttext\n1\ta, b\n"),
            ("a.tsv", b"id\ttext\n1\ta, b\n"),
            ("a.tsv", b'id,text\n1,"a, b"\n'),
            ("a.csv", b'"id;x";text\n1;a, b\n'.replace(b'"id;x"', b"id")),
        ],
    )
    def test_the_separator_is_the_one_that_gives_the_text(
        self, name: str, content: bytes, tmp_path: Path
    ) -> None:
        assert values(tmp_path / name, content) == [{"id": "1", "text": "a, b"}]

    def test_without_the_text_the_separator_gives_most_columns(self, tmp_path: Path) -> None:
        (found,) = rows(tmp_path / "a.csv", b"id;body;url\n1;a;b\n")
        assert isinstance(found.values, Problem)
        assert found.values.reason == "no column 'text'; it has 'id', 'body', 'url'"

    def test_an_unclosed_quotation_mark_does_not_stop_reading(self, tmp_path: Path) -> None:
        assert values(tmp_path / "a.csv", b'id,text\n1,"a\n') == [{"id": "1", "text": "a\n"}]


class TestJson:
    @pytest.mark.parametrize(
        "content",
        [
            b'[{"text": "a"}, {"text": "b"}]',
            b'{"source": "x", "articles": [{"text": "a"}, {"text": "b"}]}',
            b'{"text": "a"}\n{"text": "b"}\n',
        ],
    )
    def test_a_list_is_a_table(self, content: bytes, tmp_path: Path) -> None:
        assert values(tmp_path / "a.json", content) == [{"text": "a"}, {"text": "b"}]

    def test_an_object_is_a_row(self, tmp_path: Path) -> None:
        content = b'{"text": "a", "tags": [{"name": "x"}]}'
        assert values(tmp_path / "a.json", content) == [{"text": "a", "tags": [{"name": "x"}]}]

    @pytest.mark.parametrize("content", [b"[1]", b'"a"', b"{", b"["])
    def test_anything_else_is_a_bad_row(self, content: bytes, tmp_path: Path) -> None:
        assert values(tmp_path / "a.json", content) == ["bad-row"]

    def test_an_empty_list_has_no_rows(self, tmp_path: Path) -> None:
        assert values(tmp_path / "a.json", b"[]") == []


class TestSingleArticles:
    def test_a_text_file_is_one_row_without_number(self, tmp_path: Path) -> None:
        assert rows(tmp_path / "a.txt", "“Ja”\r\n".encode()) == [RawRow(None, {"text": "“Ja”\r\n"}, 1.0)]

    def test_a_file_that_is_too_long(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(raw_rows, "LONGEST_LINE", 3)
        assert values(tmp_path / "a.txt", b"four") == ["too-long"]
