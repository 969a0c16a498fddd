"""Whether a text is in English: by its commonest words, in texts that are long enough."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from quoteattr import Article, attribute_many
from quoteattr.detection import language
from quoteattr.detection.language import may_be_english
from tests.stub import Flat

OTHERS = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))
"""The same piece of news in each language."""
ENGLISH: str = OTHERS.pop("English")


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_told_from_english(name: str) -> None:
    assert not may_be_english(OTHERS[name])


def test_english_is_english_in_any_case() -> None:
    assert may_be_english(ENGLISH)
    assert may_be_english(ENGLISH.upper())


@pytest.mark.parametrize("text", ["", "„Nein“, sagte Müller.", "1 2 3 4 5\n" * 100, "— “ ” … 😀 " * 100])
def test_nothing_is_said_of_texts_with_few_letters(text: str) -> None:
    assert may_be_english(text)


def test_a_quotation_in_another_language_does_not_make_the_article_foreign() -> None:
    assert may_be_english(f"{ENGLISH}\n\n{OTHERS['French'][:200]}")


@pytest.fixture
def unreported() -> Iterator[None]:
    """Makes the process one that has not reported yet, and afterwards one that reports no more."""
    language._reported.clear()
    yield
    language._reported.set()


@pytest.mark.usefixtures("unreported")
def test_the_first_article_in_another_language_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    articles: list[str | Article] = [ENGLISH, Article(OTHERS["German"], id="g1"), OTHERS["French"]]
    assert len(list(attribute_many(articles, parser=Flat()))) == 3
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("quoteattr.detection.language", "WARNING")
    assert record.getMessage().startswith("the article 'g1' seems not to be in English")


@pytest.mark.usefixtures("unreported")
def test_an_article_without_id_is_named_by_its_beginning(caplog: pytest.LogCaptureFixture) -> None:
    list(attribute_many([OTHERS["Dutch"]], parser=Flat()))
    assert "'De burgemeester zei maandag dat de oude " in caplog.text


@pytest.mark.usefixtures("unreported")
def test_english_is_not_reported(caplog: pytest.LogCaptureFixture) -> None:
    list(attribute_many([ENGLISH, "It rained."], parser=Flat()))
    assert caplog.records == []
