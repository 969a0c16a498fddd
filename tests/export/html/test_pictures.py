"""The pictures and example pages of the documentation show what the library answers today."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from click.testing import CliRunner

import quoteattr
from docs.screenshots import GALLERY, IMAGES, PAGES, PICTURES, ROOT, SHOWN, article, shown
from quoteattr.cli import main

FACTS: dict[str, dict[str, int]] = json.loads(SHOWN.read_text(encoding="utf-8"))


def test_every_picture_is_listed() -> None:
    assert sorted(FACTS) == sorted(PICTURES)
    assert {path.stem for path in IMAGES.glob("*.png")} >= set(FACTS)


@pytest.mark.parametrize("name", PAGES)
def test_an_example_page_shows_what_its_picture_shows(name: str) -> None:
    assert shown((GALLERY / f"{name}.html").read_text(encoding="utf-8")) == FACTS[name]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("article", "reservoir-tabloid.txt"),
        ("article-dark", "ballpark.txt"),
        ("article-narrow", "ridge-fire.txt"),
    ],
)
def test_a_picture_shows_what_the_command_prints(name: str, text: str) -> None:
    """If this fails, answers have changed: run ``python -m docs.screenshots``."""
    result = CliRunner().invoke(main, ["--jsonl", str(ROOT / "seeds" / "articles" / text)])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    printed = Counter(row["speaker"]["name"] if row["speaker"] else "Nobody" for row in rows)
    assert printed == FACTS[name]


@pytest.mark.slow
def test_the_picture_of_lines_shows_what_is_found() -> None:
    assert shown(PICTURES["lines"].make()) == FACTS["lines"]


def test_the_articles_of_pictures_exist() -> None:
    assert isinstance(article("ballpark.txt"), quoteattr.Article)
