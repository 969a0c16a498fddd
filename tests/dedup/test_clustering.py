"""Clusters of wordings."""

from __future__ import annotations

import pytest

from quoteattr.dedup.candidates import WordingColumns
from quoteattr.dedup.clustering import (
    COMMON_PROPERTY_USERS,
    SLOGAN_DAYS,
    Clusters,
    cluster_wordings,
    count_users,
)
from quoteattr.dedup.occurrences import read_occurrences
from quoteattr.schema import AttributedArticle
from tests.dedup.articles import Quote, article_of_quotes

SENTENCE = "The ferry will not sail before the winter ends"


def cluster(*articles: AttributedArticle) -> Clusters:
    found = read_occurrences(articles)
    return cluster_wordings(found.table, found.surroundings())


def test_a_fragment_joins_its_sentence() -> None:
    found = cluster(
        article_of_quotes("a", Quote(SENTENCE, "Ida Holm"), Quote("Nobody asked us about it", "Ida Holm")),
        article_of_quotes("b", Quote("will not sail before the winter", "Holm")),
    )
    assert (sorted(found.cluster_of), found.conflicts) == ([0, 0, 1], [])


def test_a_fragment_of_two_sentences_joins_one() -> None:
    found = cluster(
        article_of_quotes("a", Quote(f"{SENTENCE} and the new harbour opens", "Ida Holm")),
        article_of_quotes("b", Quote(f"I have to say that {SENTENCE}", "Ida Holm"), day="2022-08-01"),
        article_of_quotes("c", Quote("will not sail before the winter ends", "Ida Holm")),
    )
    assert sorted(found.cluster_of) == [0, 0, 1]


def test_the_same_words_of_two_speakers_conflict() -> None:
    words = "We will not be moved from this square"
    found = cluster(
        article_of_quotes("a", Quote(words, "Ida Holm")), article_of_quotes("b", Quote(words, "Carl Moss"))
    )
    assert (found.cluster_of, found.conflicts) == ([0, 1], [(0, 1)])


def test_no_wordings() -> None:
    assert cluster() == Clusters([], [])


@pytest.mark.parametrize(
    ("speakers", "users"),
    [
        (["Ida Holm", "Carl Moss", "Jon Reed"], 3),
        (["Ida Holm", "Ida Holm", "Carl Moss"], None),  # two thirds are one speaker's
        (["Ida Holm", "Ida Holm"], None),
        ([None, None], None),
    ],
)
def test_users_of_a_phrase(speakers: list[str | None], users: int | None) -> None:
    table = read_occurrences(
        [article_of_quotes(str(n), Quote("no more", speaker)) for n, speaker in enumerate(speakers)]
    ).table
    assert count_users(table, WordingColumns.of(table)).get(table.strings[0]) == users


def test_a_slogan_counts_as_common_property() -> None:
    articles = [
        article_of_quotes(day, Quote("people before profit", "Ida Holm"), day=day)
        for day in ("2022-01-01", "2022-04-01")
    ]
    assert SLOGAN_DAYS < 90
    table = read_occurrences(articles).table
    assert count_users(table, WordingColumns.of(table)) == {table.strings[0]: COMMON_PROPERTY_USERS}
