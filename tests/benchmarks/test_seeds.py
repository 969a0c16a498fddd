"""The annotated articles: each record fits its text."""

from __future__ import annotations

import hashlib
import json
import os
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = Path(os.environ.get("QUOTEATTR_SEEDS", ROOT.parent / "shared" / "seeds"))

OPENING = re.compile(r"""["'“‘„«]\Z|``\Z""")
CLOSING = re.compile(r"""\A["'”’“»]|\A''""")
KEYS = {"start", "end", "entity", "outlet", "line", "optional"}


def records(name: str) -> list[Any]:
    """The records of a file of seeds, as parameters."""
    lines = (ROOT / "seeds" / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["id"]) for line in lines]


def text_of(record: dict[str, Any], folder: Path) -> str:
    """The article's text, exactly as its bytes are; skips where it is absent."""
    path = folder / str(record["id"])
    if not path.is_file():
        pytest.skip(f"no {path.name} in {folder}: set QUOTEATTR_SEEDS to the folder of the seed articles")
    raw = path.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == record["sha256"], f"{path.name} is not the annotated text"
    return raw.decode("utf-8")


def is_open_at_one_side_only(text: str, start: int, end: int) -> bool:
    """A lost mark is forgiven at the edge of a paragraph, or of a sentence."""
    before, after = text[:start], text[end:]
    if OPENING.search(before):
        return after == "" or after.startswith("\n")
    return bool(CLOSING.match(after)) and bool(re.search(r"(?:\A|\n|[.!?]\s)\Z", before))


def check(record: dict[str, Any], text: str) -> None:
    assert set(record) == {"id", "sha256", "publisher", "quotes"}
    assert record["publisher"] is None or all(record["publisher"])
    starts = [quote["start"] for quote in record["quotes"]]
    assert starts == sorted(set(starts))
    for quote in record["quotes"]:
        start, end = quote["start"], quote["end"]
        words = text[start:end]
        assert set(quote) - {"outlet_any"} == KEYS, quote
        assert words, quote
        assert words == words.strip(), words
        assert quote["entity"] is None or (quote["entity"] and all(n.strip() == n for n in quote["entity"]))
        assert quote["entity"] or not quote["outlet"], f"an outlet, and nobody speaks: {words}"
        assert quote["outlet"] is None or quote["outlet"].strip(), words
        assert isinstance(quote["optional"], bool), words
        between = bool(OPENING.search(text[:start])) and bool(CLOSING.match(text[end:]))
        assert between or is_open_at_one_side_only(text, start, end), text[start - 5 : end + 5]


@pytest.mark.parametrize("record", records("articles.jsonl"))
def test_own_articles_fit_their_records(record: dict[str, Any]) -> None:
    check(record, text_of(record, ROOT / "seeds" / "articles"))


@pytest.mark.parametrize("record", records("seeds.jsonl"))
def test_newspaper_articles_fit_their_records(record: dict[str, Any]) -> None:
    check(record, text_of(record, SEEDS))


@pytest.mark.parametrize("record", records("articles.jsonl"))
def test_marking_up_an_article_loses_nothing(record: dict[str, Any]) -> None:
    annotate = runpy.run_path(str(ROOT / "seeds" / "annotate.py"))
    text = text_of(record, ROOT / "seeds" / "articles")
    assert annotate["read_marked"](record["id"], annotate["write_marked"](record, text)) == (text, record)


def test_every_own_article_has_a_record_and_a_place_in_the_readme() -> None:
    files = {path.name for path in (ROOT / "seeds" / "articles").iterdir()}
    readme = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    assert files == {param.values[0]["id"] for param in records("articles.jsonl")}
    assert [name for name in files if f"`{name.removesuffix('.txt')}`" not in readme] == []


def test_articles_are_of_the_length_of_news() -> None:
    lengths = [len(p.read_text(encoding="utf-8").split()) for p in (ROOT / "seeds" / "articles").iterdir()]
    assert len(lengths) >= 8
    assert all(250 <= length <= 600 for length in lengths)


def test_two_pairs_of_articles_share_lines() -> None:
    lines = {
        p.values[0]["id"]: {q["line"] for q in p.values[0]["quotes"] if q["line"]}
        for p in records("articles.jsonl")
    }
    assert len(lines["reservoir-tabloid.txt"] & lines["reservoir-broadsheet.txt"]) >= 5
    assert len(lines["ridge-fire.txt"] & lines["clipboard.txt"]) >= 3


def test_no_text_of_the_newspaper_articles_is_kept_here() -> None:
    """Records are offsets and names; the longest string in them is shorter than a sentence."""
    for param in records("seeds.jsonl"):
        for quote in param.values[0]["quotes"]:
            assert all(len(name) < 40 for name in quote["entity"] or [])
