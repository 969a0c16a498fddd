"""Which texts are read as fiction."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

import quoteattr
from quoteattr.detection import find_quotations
from quoteattr.fiction import find_spoken, style_of
from tests import strategies
from tests.test_any_input import check

ARTICLES = sorted((Path(__file__).parents[2] / "seeds" / "articles").glob("*.txt"))
STORY = (
    """“Will you go, Tom?” said Ann Lee.

“No,” said Tom Day.

“Why not?”

“It is late.”

“It is not so very late.”

He took off his hat. """
    + "She was cold, and he had his coat on. " * 40
)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_articles_are_news(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert style_of(text, find_quotations(text), "auto") == "news"


def test_a_story_is_fiction() -> None:
    assert style_of(STORY, find_quotations(STORY), "auto") == "fiction"


@given(strategies.TEXTS, strategies.PARSERS)
def test_news_is_the_default(text: str, parser: strategies.ChanceParser) -> None:
    assert quoteattr.attribute(text, parser=parser, style="news") == quoteattr.attribute(text, parser=parser)


@given(strategies.TEXTS, strategies.PARSERS)
def test_auto_gives_the_answers_of_the_style_it_chooses(text: str, parser: strategies.ChanceParser) -> None:
    style = style_of(text, find_quotations(text), "auto")
    expected = quoteattr.attribute(text, parser=parser, style=style)
    assert quoteattr.attribute(text, parser=parser, style="auto") == expected


@given(strategies.TEXTS, strategies.PARSERS)
def test_any_text_and_any_parse_as_fiction(text: str, parser: strategies.ChanceParser) -> None:
    result = quoteattr.attribute(text, parser=parser, style="fiction")
    if find_spoken(text, find_quotations(text), "fiction") == find_quotations(text):
        check(result, text)


def test_another_style_is_an_error() -> None:
    with pytest.raises(ValueError, match="style must be"):
        quoteattr.attribute("It rained.", style="poetry")  # type: ignore[arg-type]
