"""The prefilter drops only what comparison would not accept."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from benchmarks import synthetic_lines
from quoteattr.dedup.alignment import Aligner, contains_pieces
from quoteattr.dedup.candidates import CandidatePairs, WordingColumns, find_candidates
from quoteattr.dedup.clustering import Clusterer, count_users
from quoteattr.dedup.occurrences import read_occurrences
from quoteattr.dedup.prefilter import MOST_CONTAINING, MOST_SIMILAR, Prefilter, Shortlist
from quoteattr.dedup.speakers import cached_relations, relation_between
from quoteattr.dedup.vocabulary import GAP_CHAR
from quoteattr.dedup.wordings import WordingTable
from quoteattr.schema import AttributedArticle
from tests.dedup.articles import Quote, article_of_quotes, corpora

SENTENCE = "The ferry will not sail before the winter ends"


def shortlists(*articles: AttributedArticle) -> list[Shortlist]:
    table = read_occurrences(articles).table
    columns = WordingColumns.of(table)
    prefilter = Prefilter(table, columns, cached_relations(table.speakers), frozenset())
    return list(prefilter.shortlists(find_candidates(table, columns)))


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("will not sail before the winter", "Holm", [Shortlist(1, [0], [], True)]),
        ("will not sail before the winter", "Carl Moss", [Shortlist(1, [0], [], False)]),
        ("The ferry will not sail before winter ends", "Holm", [Shortlist(1, [], [0], False)]),
        ("will not sail, or so my old father told us", "Holm", []),
    ],
)
def test_shortlists(words: str, speaker: str, expected: list[Shortlist]) -> None:
    one = article_of_quotes("a", Quote(SENTENCE, "Ida Holm"))
    assert shortlists(one, article_of_quotes("b", Quote(words, speaker))) == expected


@given(corpora())
@example(synthetic_lines.generate(1000).articles)
@settings(max_examples=50, deadline=None)
def test_comparison_agrees(articles: list[AttributedArticle]) -> None:
    found = read_occurrences(articles)
    table = found.table
    columns = WordingColumns.of(table)
    clusterer = Clusterer(table, columns, found.surroundings(), count_users(table, columns))
    chunks = list(find_candidates(table, columns))
    by_wording = {shortlist.wording: shortlist for shortlist in clusterer.prefilter.shortlists(chunks)}
    for wording, others in _by_wording(chunks).items():
        shortlist = by_wording.get(wording, Shortlist(wording, [], [], False))
        string = table.strings[wording]
        containing = [other for other in others if contains_pieces(table.strings[other], string)]
        if shortlist.is_settled:
            containing.sort(key=lambda other: _weakness(table, wording, other))
            edges = clusterer.edges(Shortlist(wording, containing, [], False))
            assert [edge.longer for edge in edges] == shortlist.containing
            continue
        assert set(shortlist.containing) <= set(containing)
        assert len(shortlist.containing) == min(len(containing), MOST_CONTAINING)
        for other in [other for other in others if other not in containing][:MOST_SIMILAR]:
            longer = table.strings[other]
            is_comparable = GAP_CHAR not in string + longer and table.profiles[wording].distinctive
            if other not in shortlist.similar and is_comparable:
                assert Aligner(string, table.vocabulary).match(longer) is None


def _by_wording(chunks: list[CandidatePairs]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pairs in chunks:
        for wording, other in zip(pairs.shorter.tolist(), pairs.longer.tolist(), strict=True):
            found.setdefault(wording, []).append(other)
    return found


def _weakness(table: WordingTable, wording: int, other: int) -> tuple[float, ...]:
    """The order in which longer wordings are considered: by speaker, words, article, date and rank."""
    days = table.days_between(wording, other)
    one, two = (table.speakers[table.speaker_of[n]] for n in (wording, other))
    return (
        -relation_between(one, two),
        table.strings[wording] != table.strings[other],
        table.articles[wording] != table.articles[other],
        float("inf") if days is None else days,
        other,
    )
