"""The file of attributed articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from quoteattr.dedup import store
from quoteattr.dedup.store import ArticleStore, article_hashes
from quoteattr.schema import AttributedArticle
from tests.dedup.articles import Quote, article_of_quotes

HARBOUR = article_of_quotes(
    "a", Quote("We will open the new harbour before the winter", "Ann Lee", outlet="Sky News")
)
ODD = article_of_quotes("b", Quote("half a \ud83d pair, “nested” and\nbroken"), day=None, publisher="Post")
PART = article_of_quotes("c", Quote("open the new harbour", "Bob Stone"))


def test_articles_return_as_they_were(tmp_path: Path) -> None:
    articles = ArticleStore(tmp_path / "articles.sqlite")
    assert articles.add([HARBOUR, ODD, HARBOUR]) == {1: HARBOUR, 2: ODD}
    assert articles.add([ODD]) == {}
    articles.close()
    again = ArticleStore(tmp_path / "articles.sqlite")
    assert (len(again), list(again.articles())) == (2, [HARBOUR, ODD])
    again.close()


def test_a_batch_that_fails_adds_nothing() -> None:
    def batch() -> Iterator[AttributedArticle]:
        yield HARBOUR
        raise RuntimeError("the stream broke")

    articles = ArticleStore(None)
    with pytest.raises(RuntimeError, match="the stream broke"):
        articles.add(batch())
    assert len(articles) == 0


def test_neighbours_share_words(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = ArticleStore(None)
    numbers = articles.add([HARBOUR, ODD, PART])
    part = {3: numbers[3]}
    assert set(articles.with_neighbours(part)) == {1, 3}
    monkeypatch.setattr(store, "VALUES_AT_ONCE", 2)
    assert set(articles.with_neighbours(part)) == {1, 3}
    monkeypatch.setattr(store, "MOST_SHARING", 1)
    assert set(articles.with_neighbours(part)) == {3}


def test_copy() -> None:
    one, other = ArticleStore(None), ArticleStore(None)
    one.add([HARBOUR])
    one.copy_to(other)
    assert list(other.articles()) == [HARBOUR]


def test_another_format(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(ValueError, match=f"has format 1; this version reads format {store.FORMAT}"):
        ArticleStore(path)


def test_hashes_are_runs_of_three_words_and_words_of_the_speaker() -> None:
    unnamed = article_of_quotes("a", Quote("the new harbour"))
    assert len(article_hashes(unnamed)) == 1
    named = article_of_quotes("a", Quote("the new harbour", "Ann Lee"))
    assert article_hashes(named) > article_hashes(unnamed)
    assert len(article_hashes(named)) == 1 + 3 + 2
    surname = article_of_quotes("b", Quote("harbour", "Lee"))
    assert article_hashes(surname) < article_hashes(named)
