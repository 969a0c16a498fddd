"""The file of attributed articles."""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
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


def add(articles: ArticleStore, batch: Iterable[AttributedArticle]) -> dict[int, AttributedArticle]:
    """Adds articles and returns those that are new."""
    with articles.adding(batch) as new:
        return new


def test_articles_return_as_they_were(tmp_path: Path) -> None:
    articles = ArticleStore(tmp_path / "articles.sqlite")
    assert add(articles, [HARBOUR, ODD, HARBOUR]) == {1: HARBOUR, 2: ODD}
    assert add(articles, [ODD]) == {}
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
        add(articles, batch())
    assert len(articles) == 0


def test_neighbours_share_words(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = ArticleStore(None)
    numbers = add(articles, [HARBOUR, ODD, PART])
    part = {3: numbers[3]}
    assert set(articles.with_neighbours(part)) == {1, 3}
    monkeypatch.setattr(store, "VALUES_AT_ONCE", 2)
    assert set(articles.with_neighbours(part)) == {1, 3}
    monkeypatch.setattr(store, "MOST_SHARING", 1)
    assert set(articles.with_neighbours(part)) == {3}


def test_copy() -> None:
    one, other = ArticleStore(None), ArticleStore(None)
    add(one, [HARBOUR])
    one.copy_to(other)
    assert list(other.articles()) == [HARBOUR]


def test_an_error_while_a_batch_is_compared_adds_nothing() -> None:
    articles = ArticleStore(None)
    with pytest.raises(RuntimeError, match="no memory"), articles.adding([HARBOUR]):
        raise RuntimeError("no memory")
    assert len(articles) == 0
    assert set(add(articles, [HARBOUR])) == {1}


def changed(path: Path, statement: str, *values: object) -> ArticleStore:
    """A store with three articles whose tables a statement has changed."""
    articles = ArticleStore(path)
    add(articles, [HARBOUR, ODD, PART])
    articles.close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement, values)
    return ArticleStore(path)


def test_an_unreadable_article_is_left_out_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "articles.sqlite"
    caplog.set_level(logging.WARNING, "quoteattr.dedup")
    articles = changed(path, "UPDATE article SET body = ? WHERE number = 2", zlib.compress(b"{}"))
    assert list(articles.articles()) == list(articles.articles()) == [HARBOUR, PART]
    assert articles.unreadable() == {2: "its content is not what was added"}
    assert [record.getMessage() for record in caplog.records] == [
        f"article 2 of {path} is left out: its content is not what was added"
    ]
    assert len(articles) == 3
    articles.close()


def test_an_unreadable_neighbour_is_left_out(tmp_path: Path) -> None:
    articles = changed(tmp_path / "a.sqlite", "UPDATE article SET body = 1 WHERE number = 1")
    assert set(articles.with_neighbours({3: PART})) == {3}
    assert list(articles.unreadable()) == [1]
    articles.close()


@pytest.mark.parametrize("value", ["one", None, 1.5, b"\0"])
def test_numbers_of_articles_that_are_none_are_passed_over(tmp_path: Path, value: object) -> None:
    articles = changed(tmp_path / "a.sqlite", "UPDATE OR IGNORE run SET article = ? WHERE article = 2", value)
    assert list(articles.with_neighbours({3: PART})) == [3, 1]
    articles.close()


def test_a_damaged_article_can_be_added_again(tmp_path: Path) -> None:
    path = tmp_path / "articles.sqlite"
    articles = ArticleStore(path)
    add(articles, [HARBOUR, ODD])
    articles.close()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE article SET body = ? WHERE number = 1", (zlib.compress(b"{}"),))
    articles = ArticleStore(path)
    assert list(articles.unreadable()) == [1]
    assert add(articles, [ODD, HARBOUR]) == {1: HARBOUR}
    assert articles.unreadable() == {}
    assert list(articles.articles()) == [HARBOUR, ODD]
    articles.close()


def test_articles_out_of_order_are_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = changed(tmp_path / "a.sqlite", "DELETE FROM run")
    rows = [(1, b"", b""), (2, b"", b""), (2, b"", b"")]
    monkeypatch.setattr(ArticleStore, "_rows", lambda *_: iter(rows))
    with pytest.raises(ValueError, match="damaged: article 2 follows article 2"):
        list(articles.articles())
    articles.close()


def test_hashes_are_runs_of_three_words_and_words_of_the_speaker() -> None:
    unnamed = article_of_quotes("a", Quote("the new harbour"))
    assert len(article_hashes(unnamed)) == 1
    named = article_of_quotes("a", Quote("the new harbour", "Ann Lee"))
    assert article_hashes(named) > article_hashes(unnamed)
    assert len(article_hashes(named)) == 1 + 3 + 2
    surname = article_of_quotes("b", Quote("harbour", "Lee"))
    assert article_hashes(surname) < article_hashes(named)
