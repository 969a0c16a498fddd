"""The longer wordings that each wording is compared with."""

from __future__ import annotations

import numpy as np

from quoteattr.dedup.candidates import MOST_CANDIDATES, CandidatePairs, WordingColumns, find_candidates
from quoteattr.dedup.occurrences import read_occurrences
from quoteattr.dedup.wordings import NO_DATE_DISTANCE, WordingTable
from quoteattr.schema import AttributedArticle
from tests.dedup.articles import Quote, article_of_quotes

SENTENCE = "The ferry will not sail before the winter ends"


def table_of(*articles: AttributedArticle) -> WordingTable:
    return read_occurrences(articles).table


def candidates_of(table: WordingTable) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pairs in find_candidates(table, WordingColumns.of(table)):
        for shorter, longer in zip(pairs.shorter.tolist(), pairs.longer.tolist(), strict=True):
            found.setdefault(shorter, []).append(longer)
    return found


def test_a_fragment_meets_its_sentence() -> None:
    table = table_of(
        article_of_quotes("a", Quote(SENTENCE, "Ida Holm"), Quote("Nobody asked us about it", "Ida Holm")),
        article_of_quotes("b", Quote("will not sail before the winter", "Carl Moss")),
    )
    sentence, other, fragment = table.wording_of
    assert candidates_of(table) == {fragment: [sentence]}
    assert other not in candidates_of(table)


def test_a_word_meets_its_speaker_within_weeks() -> None:
    def found(day: str, speaker: str) -> dict[int, list[int]]:
        return candidates_of(
            table_of(
                article_of_quotes("a", Quote(SENTENCE, "Ida Holm")),
                article_of_quotes("b", Quote("winter", speaker), day=day),
            )
        )

    assert found("2022-05-20", "Holm") == {1: [0]}
    assert found("2022-05-20", "Carl Moss") == {}
    assert found("2022-09-20", "Holm") == {}


def test_a_short_phrase_meets_the_quotations_of_its_article() -> None:
    table = table_of(article_of_quotes("a", Quote(SENTENCE, "Ida Holm"), Quote("winter", "Carl Moss")))
    assert candidates_of(table) == {1: [0]}


def test_equal_words_meet() -> None:
    articles = [article_of_quotes(n, Quote("winter", f"Ann {n.upper()}lee")) for n in "abc"]
    assert candidates_of(table_of(*articles)) == {1: [0], 2: [0, 1]}


def test_the_same_speaker_comes_first_and_the_number_is_limited() -> None:
    lines = [f"{SENTENCE} {word}" for word in "in May in June in July in August in Marsh End".split(" in ")]
    articles = [
        article_of_quotes(f"{n}{speaker}", Quote(f"{line} {n} times", speaker))
        for n, line in enumerate(lines, start=2)
        for speaker in ("Ida Holm", "Carl Moss")
    ]
    table = table_of(*articles, article_of_quotes("z", Quote(SENTENCE, "Carl Moss")))
    fragment = table.wording_of[-1]
    found = candidates_of(table)[fragment]
    assert len(found) == MOST_CANDIDATES
    surnames = [table.speakers[table.speaker_of[n]].surname for n in found]
    assert surnames == sorted(surnames, reverse=True)


def test_columns() -> None:
    table = table_of(
        article_of_quotes("a", Quote(SENTENCE, "Ida Holm"), day="2022-05-01"),
        article_of_quotes("b", Quote("will not sail", "Carl Moss"), day="2022-05-04"),
        article_of_quotes("c", Quote("winter"), day=None),
        article_of_quotes("d", Quote("spring"), day=None),
    )
    columns = WordingColumns.of(table)
    sentence, fragment, winter, spring = table.wording_of
    pairs = CandidatePairs(np.array([fragment, winter, spring]), np.array([sentence, sentence, winter]))
    assert columns.same_words(pairs).tolist() == [False] * 3
    assert columns.may_contain(pairs).tolist()[0]
    assert columns.days_between(pairs).tolist() == [3, NO_DATE_DISTANCE, 0]
    assert columns.known_days_between(pairs).tolist() == [3, NO_DATE_DISTANCE, NO_DATE_DISTANCE]
    assert (columns.surname[sentence], columns.surname[winter]) == (1, 0) or columns.surname[winter] == 0
    sizes = columns.by_profile(profile.size for profile in columns.profiles)
    assert sizes[sentence] == 9
