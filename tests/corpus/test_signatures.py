"""What a content seems to be: formats of articles, formats without text, and texts that look like them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from quoteattr.corpus.signatures import content_suffix, foreign_format
from tests.strategies import TEXTS

TEXT = "“The ice is thin,” Ann Lee said."


def archive() -> bytes:
    with zipfile.ZipFile(found := io.BytesIO(), "w") as file:
        file.writestr("word/document.xml", TEXT)
    return found.getvalue()


def tar() -> bytes:
    with tarfile.open(fileobj=(found := io.BytesIO()), mode="w") as file:
        file.addfile(tarfile.TarInfo("a.txt"))
    return found.getvalue()


def parquet() -> bytes:
    pq.write_table(pa.table({"text": [TEXT]}), found := io.BytesIO())
    return found.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "a PDF file"),
        (gzip.compress(TEXT.encode()), "a gzip file"),
        (archive(), "a Zip archive, as DOCX, XLSX, ODT and EPUB files are"),
        (tar(), "a tar archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP image"),
        (b"{\\rtf1\\ansi It rained.}", "an RTF file"),
    ],
)
def test_formats_without_text_are_named(content: bytes, name: str) -> None:
    assert foreign_format(content) == name


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        ("<!DOCTYPE html>\n<p>It rained.", ".html"),
        ("\ufeff <!-- saved --> <HTML lang=en>\n<head><title>Rain</title>", ".html"),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', ".html"),
        ('<?xml version="1.0"?><rss><item>It rained.</item></rss>', ".xml"),
        ('{"text": "It rained."}\n{"text": 7}\n', ".jsonl"),
        ('\n{"body": "It rained."}', ".jsonl"),
        ('{\n  "text": "It rained."\n}', ".json"),
        ('[\n  {"text": "It rained."}\n]', ".json"),
        ("id,text\r\n1,It rained.\r\n", ".csv"),
        ('"id","text"\n1,It rained.\n', ".csv"),
        ("id\ttext\n1\tIt rained.\n", ".tsv"),
    ],
)
def test_formats_are_recognised(content: str, suffix: str) -> None:
    assert content_suffix(content.encode()) == suffix
    assert foreign_format(content.encode()) is None


def test_parquet_is_recognised() -> None:
    assert content_suffix(parquet()) == ".parquet"
    assert content_suffix(b"PAR1 is the best station, she said.") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{Editor’s note: it rained.}\n\n“Go,” she said.",
        "{}, said the programmer, is “an object”.",
        "[Applause]\n“Thank you,” she said.",
        "[1]\n“Thank you,” she said.",
        "<b>“Go,”</b> she said.",
        "<html> is “the root element”, said Ann Lee.",
        "Rain, snow, and text, she said, “are coming”.\nMore, of, it.",
        "text\nis “a word”, she said.",
        "“Yes,” she said,text\n“No,” he said, text",
        "BZh is “a name”, she said.",
        "“A”\t“B”\ttext\nsaid she.",
    ],
)
def test_a_text_may_look_like_a_format(text: str) -> None:
    assert (content_suffix(text.encode()), foreign_format(text.encode())) == (None, None)


@given(TEXTS)
def test_news_is_a_text_whatever_its_marks(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    assert content_suffix(content) is None
    assert foreign_format(content) is None


def test_json_that_is_nested_too_deeply_is_a_text() -> None:
    assert content_suffix(b"[" * 100_000) is None
    assert content_suffix(json.dumps("It rained.").encode()) is None
