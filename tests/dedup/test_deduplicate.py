"""Lines across articles: cases by provenance, what an utterance tells, and properties of any input."""

from __future__ import annotations

import datetime
import gc
import json
import random
import re
import signal
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks import synthetic_lines
from quoteattr import deduplicate
from quoteattr.dedup import Deduplicator, ngram_hashes, ngram_index, occurrence_columns, occurrences
from quoteattr.dedup.alignment import Aligner, contains_pieces
from quoteattr.dedup.candidates import CandidatePairs, WordingColumns, find_candidates
from quoteattr.dedup.clustering import Clusterer, count_users
from quoteattr.dedup.prefilter import MOST_CONTAINING, MOST_SIMILAR, Shortlist
from quoteattr.dedup.speakers import relation_between
from quoteattr.dedup.vocabulary import GAP_CHAR
from quoteattr.dedup.wordings import WordingTable
from quoteattr.schema import (
    Article,
    AttributedArticle,
    Attribution,
    Outlet,
    Quotation,
    Span,
    Speaker,
    Utterance,
)

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases"


def said(
    name: str,
    *quotes: tuple[Any, ...],
    day: str | None = "2022-05-03",
    about: str = "",
    publisher: str | None = None,
    outlets: dict[int, str] | None = None,
) -> AttributedArticle:
    """An article made of quotations (words, speaker or None, statement)."""
    text, found = about, []
    for n, (words, speaker, statement) in enumerate(quotes):
        at = len(text) + 2
        text += f" “{words}”"
        content = Span.of(text, at, at + len(words))
        outer = Span.of(text, at - 1, at + len(words) + 1)
        person = Speaker(speaker, "person") if isinstance(speaker, str) else speaker
        outlet = None
        if outlets and n in outlets:
            text += f" told {outlets[n]}"
            outlet = Outlet(outlets[n], Span.of(text, len(text) - len(outlets[n]), len(text)))
        found.append(
            Attribution(
                Quotation(content, outer), speaker=person, outlet=outlet, statement=statement, confidence=0.9
            )
        )
    published = datetime.date.fromisoformat(day) if day else None
    return AttributedArticle(Article(text, id=name, publisher=publisher, published=published), tuple(found))


def load(name: str) -> list[Any]:
    return [pytest.param(case, id=case["case"]) for case in json.loads((CASES / name).read_text("utf-8"))]


def articles_of(case: dict[str, Any]) -> tuple[list[AttributedArticle], dict[tuple[str, int], int]]:
    """The case's articles, and for each quotation the number of its line."""
    rows: dict[str, list[tuple[int, list[Any]]]] = {}
    for number, line in enumerate(case["lines"]):
        for printing in line:
            rows.setdefault(printing[0], []).append((number, printing))
    articles, lines = [], {}
    for name, found in rows.items():
        quotes = [(p[1], p[2], p[4] if len(p) > 4 else 100 + n) for n, (_, p) in enumerate(found)]
        articles.append(said(name, *quotes, day=found[0][1][3], about=case.get("about", "")))
        lines.update({(name, n): number for n, (number, _) in enumerate(found)})
    return articles, lines


def places(line: Utterance) -> set[tuple[str | None, int]]:
    return {(a.article.id, a.attribution.quotation.content.start) for a in line.appearances}


def check(case: dict[str, Any]) -> None:
    articles, lines = articles_of(case)
    wanted: dict[int, set[tuple[str | None, int]]] = {}
    for found in articles:
        for n, attribution in enumerate(found):
            place = (found.article.id, attribution.quotation.content.start)
            wanted.setdefault(lines[found.article.id or "", n], set()).add(place)
    got = sorted(sorted(places(line), key=str) for line in deduplicate(articles))
    assert got == sorted(sorted(line, key=str) for line in wanted.values())


@pytest.mark.parametrize("case", load("lines_news.json"))
def test_one_line(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", load("lines_apart.json"))
def test_lines_apart(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", load("lines_known_failures.json"))
def test_known_failures(case: dict[str, Any]) -> None:
    check(case)


SENTENCE = "The United Kingdom will not look away from the frontier of freedom"


def test_what_an_utterance_tells() -> None:
    whole = said(
        "a",
        (SENTENCE + ",", "Liz Truss", 0),
        day="2021-11-14",
        publisher="One",
        outlets={0: "The Sunday Post"},
    )
    part = said("b", ("will not look away", "Ms Truss", 0), day="2021-11-13", publisher="Two")
    (line,) = deduplicate([whole, part])
    assert line.text == SENTENCE
    assert line.speaker == Speaker("Liz Truss", "person", ("Ms Truss",))
    assert [(a.article.id, a.relation, a.outlet_inferred) for a in line.appearances] == [
        ("b", "part", True),
        ("a", "whole", False),
    ]
    assert line.first.article.id == "b"
    assert [a.outlet.name for a in line.appearances if a.outlet] == ["The Sunday Post"] * 2
    assert line.outlets == ("The Sunday Post",)
    assert line.publishers == ("Two", "One")
    assert [span.text for span in line.appearances[0].covers] == ["will not look away"]
    assert not line.conflicts


def test_words_that_differ() -> None:
    one = said("a", ("We have waited for this road since my father was a boy in the village", "Sara Lund", 0))
    other = said(
        "b", ("We have waited for the road ever since my father was a boy in the village", "Sara Lund", 0)
    )
    (line,) = deduplicate([one, other, attrs.evolve(one, article=attrs.evolve(one.article, id="c"))])
    edited = next(a for a in line.appearances if a.article.id == "b")
    assert edited.relation == "edited"
    assert [(e.canonical.text, e.printed.text) for e in edited.edits] == [("this", "the"), ("", "ever")]
    for edit in edited.edits:
        assert edited.article.text[edit.printed.start : edit.printed.end] == edit.printed.text
        assert line.text[edit.canonical.start : edit.canonical.end] == edit.canonical.text
    assert [(c.kind, c.appearance.article.id, c.detail) for c in line.conflicts] == [
        ("wording", "b", "the; ever")
    ]


@pytest.mark.parametrize(
    ("printed", "covered"),
    [
        ("We sail tonight,", "We sail tonight"),
        ("we sail tonight", "we sail tonight"),  # the place with its capitals, though it is the second
        ("we sail to", "we sail to"),  # not the beginning of "tonight"
        ("the ferry won’t", "the ferry will not"),
        ("We [they] sail tonight", None),
    ],
)
def test_where_a_part_stands(printed: str, covered: str | None) -> None:
    words = "We sail tonight, but if we sail tonight we sail to Marsh End, for the ferry will not wait for us"
    whole, part = said("a", (words, "Jon Reed", 0)), said("b", (printed, "Jon Reed", 0))
    (line,) = deduplicate([whole, part])
    found = next(a for a in line.appearances if a.article.id == "b")
    assert found.relation == "part"
    assert [span.text for span in found.covers] == ([covered] if covered else ["We", "sail tonight"])
    assert all(line.text[span.start : span.end] == span.text for span in found.covers)


def test_an_ellipsis_is_no_edit() -> None:
    whole = said(
        "a", ("The ferry will sail on Friday, with or without me, whatever the union says", "Jon Reed", 0)
    )
    gapped = said("b", ("The ferry will sail … whatever the union says", "Jon Reed", 0))
    (line,) = deduplicate([whole, gapped])
    part = next(a for a in line.appearances if a.article.id == "b")
    assert part.relation == "part"
    assert [span.text for span in part.covers] == ["The ferry will sail", "whatever the union says"]


def test_the_same_words_by_somebody_else_are_a_conflict_on_both_sides() -> None:
    words = "We will not be moved from this square"
    lines = deduplicate([said("a", (words, "Ida Holm", 0)), said("b", (words, "Carl Moss", 0))])
    assert [(line.speaker and line.speaker.name, [c.detail for c in line.conflicts]) for line in lines] == [
        ("Ida Holm", ["Carl Moss"]),
        ("Carl Moss", ["Ida Holm"]),
    ]


def test_a_long_line_given_to_two_people_is_one_with_a_conflict() -> None:
    words = "Nobody asked the people who sleep under that roof whether they wanted it torn down by spring"
    articles = [said(n, (words, "Ida Holm", 0)) for n in "ab"] + [said("c", (words, "Carl Moss", 0))]
    (line,) = deduplicate(articles)
    assert line.speaker is not None
    assert line.speaker.name == "Ida Holm"
    assert [(c.kind, c.appearance.article.id, c.detail) for c in line.conflicts] == [
        ("speaker", "c", "Carl Moss")
    ]


def test_a_role_stands_for_its_holder_in_another_article() -> None:
    holder = Speaker("Liz Truss", "person", ("the foreign secretary",))
    role = Speaker("foreign secretary", "unnamed")
    words = "shameful manufactured crisis"
    (line,) = deduplicate([said("a", (words, holder, 0)), said("b", (words, role, 0))])
    assert line.speaker is not None
    assert line.speaker.name == "Liz Truss"


def test_two_outlets_are_not_inferred() -> None:
    first = said("a", (SENTENCE, "Liz Truss", 0), outlets={0: "The Sunday Post"})
    second = said("b", (SENTENCE, "Liz Truss", 0), outlets={0: "Radio Four"})
    third = said("c", (SENTENCE, "Liz Truss", 0))
    (line,) = deduplicate([first, second, third])
    assert next(a for a in line.appearances if a.article.id == "c").outlet is None
    assert line.outlets == ("The Sunday Post", "Radio Four")


def test_lines_that_travel_together_share_their_outlet() -> None:
    other = "Our allies stand with us on the eastern border"
    first = said("a", (SENTENCE, "Liz Truss", 0), (other, "Liz Truss", 1), outlets={0: "The Sunday Post"})
    second = said("b", (SENTENCE, "Liz Truss", 0), (other, "Liz Truss", 1))
    third = said("c", (SENTENCE, "Liz Truss", 0), ("Something of another day altogether", "Liz Truss", 1))
    lines = {line.text: line for line in deduplicate([first, second, third])}
    assert lines[other].outlets == ("The Sunday Post",)
    assert all(a.outlet_inferred for a in lines[other].appearances)
    assert lines["Something of another day altogether"].outlets == ()


def test_low_confidence_is_no_conflict() -> None:
    words = "Nobody asked the people who sleep under that roof"
    doubtful = said("b", (words, "Carl Moss", 0))
    doubtful = attrs.evolve(
        doubtful, attributions=tuple(attrs.evolve(a, confidence=0.2) for a in doubtful.attributions)
    )
    assert len(deduplicate([said("a", (words, "Ida Holm", 0)), doubtful])) == 1


@pytest.mark.parametrize("collecting", [True, False])
def test_the_cycle_collector_is_left_as_it_was(collecting: bool) -> None:
    was = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        deduplicate([said("a", (SENTENCE, "Liz Truss", 0))])
        assert gc.isenabled() == collecting
        assert 0 < gc.get_freeze_count() <= frozen  # of what is frozen, something may have been let go of
    finally:
        gc.unfreeze()
        (gc.enable if was else gc.disable)()


def test_wrong_argument() -> None:
    with pytest.raises(TypeError, match="attributed articles, not str"):
        deduplicate(["text"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="attributed articles, not str"), Deduplicator() as lines:
        lines.add(["text"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    "words", ["", "…", "?!", " ", "[sic]", "\u00ad", "’", "\U0001f600", "0" * 50, "ß" * 400]
)
def test_odd_words(words: str) -> None:
    articles = [said(n, (words, "Ida Holm", 0), (words, None, 1)) for n in "ab"]
    assert sum(len(line.appearances) for line in deduplicate(articles)) == 4


WORDS = st.sampled_from(
    "we will not never sell the old harbour to 5 6 seven strangers … [they] can’t ferry Marsh End boats "
    "is it I think that must close before winter".split()
)
QUOTES = st.tuples(
    st.lists(WORDS, min_size=0, max_size=14).map(" ".join),
    st.sampled_from([None, "Ida Holm", "Bertil Holm", "Holm", "Carl Moss", "Ministry of Fish"]),
    st.integers(0, 2),
)
DAYS = st.sampled_from([None, "2022-05-03", "2022-05-05", "2022-05-30", "2022-12-24"])


@st.composite
def corpora(draw: st.DrawFn) -> list[AttributedArticle]:
    rows = draw(st.lists(st.tuples(st.lists(QUOTES, max_size=4), DAYS), max_size=6))
    return [said(str(n), *quotes, day=day) for n, (quotes, day) in enumerate(rows)]


@given(corpora(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_order_makes_no_difference(articles: list[AttributedArticle], rng: random.Random) -> None:
    shuffled = list(articles)
    rng.shuffle(shuffled)
    assert deduplicate(shuffled) == deduplicate(articles)


@given(corpora())
@settings(max_examples=200, deadline=None)
def test_no_appearance_is_lost_and_spans_are_true(articles: list[AttributedArticle]) -> None:
    lines = deduplicate(articles)
    given_ = sorted((f.article.id or "", a.quotation.content.start) for f in articles for a in f)
    assert (
        sorted(
            (a.article.id or "", a.attribution.quotation.content.start) for x in lines for a in x.appearances
        )
        == given_
    )
    for line in lines:
        for a in line.appearances:
            assert all(line.text[s.start : s.end] == s.text for s in a.covers)
            assert all(line.text[e.canonical.start : e.canonical.end] == e.canonical.text for e in a.edits)
            assert all(a.article.text[e.printed.start : e.printed.end] == e.printed.text for e in a.edits)
            assert (a.relation == "edited") == bool(a.edits)


@given(corpora())
@settings(max_examples=200, deadline=None)
def test_a_speaker_conflict_is_never_silent(articles: list[AttributedArticle]) -> None:
    apart = [{"Ida Holm", "Bertil Holm"}, {"Ida Holm", "Carl Moss"}, {"Bertil Holm", "Carl Moss"}]
    for line in deduplicate(articles):
        names = {a.attribution.speaker.name for a in line.appearances if a.attribution.speaker}
        if any(set(pair) in apart for pair in combinations(names, 2)):
            assert any(conflict.kind == "speaker" for conflict in line.conflicts)


@given(corpora(), st.integers(1, 3))
@settings(max_examples=50, deadline=None)
def test_batches_come_to_the_same(articles: list[AttributedArticle], size: int) -> None:
    with Deduplicator() as lines:
        for at in range(0, len(articles), size):
            lines.add(articles[at : at + size])
        assert lines.utterances() == deduplicate(articles)
        assert list(lines.articles()) == articles
        assert lines.add(articles) == []


def test_how_much_is_done_at_a_time_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = synthetic_lines.generate(400).articles
    once = deduplicate(articles)
    assert any(len(line.appearances) > 5 for line in once)
    monkeypatch.setattr(ngram_hashes, "TOKENS_AT_ONCE", 7)
    monkeypatch.setattr(ngram_index, "CHUNK", 50)
    monkeypatch.setattr(ngram_index, "PIECE_BITS", 4)
    monkeypatch.setattr(ngram_index, "BLOCK_BITS", 3)
    monkeypatch.setattr(occurrences, "CACHED_SURROUNDINGS", 1)
    monkeypatch.setattr(occurrence_columns, "CACHED_TEXTS", 1)
    assert deduplicate(articles) == once


@given(corpora())
@example(synthetic_lines.generate(2000).articles)
@settings(max_examples=100, deadline=None)
def test_comparison_agrees_with_the_prefilter(articles: list[AttributedArticle]) -> None:
    found = occurrences.read_occurrences(articles)
    table = found.table
    columns = WordingColumns.of(table)
    clusterer = Clusterer(table, columns, found.surroundings(), count_users(table, columns))
    chunks = list(find_candidates(table, columns))
    shortlists = {shortlist.wording: shortlist for shortlist in clusterer.prefilter.shortlists(chunks)}
    for wording, others in _by_wording(chunks).items():
        shortlist = shortlists.get(wording, Shortlist(wording, [], [], False))
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
    keys = (table.speakers[table.speaker_of[n]] for n in (wording, other))
    return (
        -relation_between(*keys),
        table.strings[wording] != table.strings[other],
        table.articles[wording] != table.articles[other],
        float("inf") if days is None else days,
        other,
    )


def test_a_batch_tells_what_it_touches(tmp_path: Path) -> None:
    first = said("a", (SENTENCE, "Liz Truss", 0), ("Something else entirely was said here", "Carl Moss", 1))
    with Deduplicator(tmp_path / "lines.sqlite") as lines:
        assert len(lines.add([first])) == 2
        (touched,) = lines.add([said("b", ("will not look away", "Truss", 0))])
        assert [a.article.id for a in touched.appearances] == ["a", "b"]
    with Deduplicator.load(tmp_path / "lines.sqlite") as lines:
        assert len(lines) == 2
        assert len(lines.utterances()) == 2


STREAM = [
    said("a", (SENTENCE, "Liz Truss", 0)),
    said("b", ("will not look away", "Truss", 0), ("Nobody asked us about the road", "Ida Holm", 1)),
    said("c", ("Nobody asked us about the road", "Holm", 0)),
    said("d", (SENTENCE, "Liz Truss", 0)),
]
DYING = """
import os, signal, sys
from tests.dedup.test_deduplicate import STREAM
from quoteattr.dedup import Deduplicator

def killed(articles):
    yield from articles
    os.kill(os.getpid(), signal.SIGKILL)

lines = Deduplicator(sys.argv[1])
finished = int(sys.argv[2])
for article in STREAM[:finished]:
    lines.add([article])
lines.add(killed(STREAM[finished:]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing kills so surely here")
@pytest.mark.parametrize("finished", [0, 2])
def test_a_killed_process_loses_only_the_batch_at_work(tmp_path: Path, finished: int) -> None:
    path = tmp_path / "lines.sqlite"
    ended = subprocess.run([sys.executable, "-c", DYING, path, str(finished)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    with Deduplicator.load(path) as lines:
        assert list(lines.articles()) == STREAM[:finished]
        lines.add(STREAM)
        assert lines.utterances() == deduplicate(STREAM)


def test_saving_and_strange_files(tmp_path: Path) -> None:
    with Deduplicator() as lines:
        lines.add([said("a", (SENTENCE, "Liz Truss", 0))])
        lines.save(tmp_path / "lines.sqlite")
        with pytest.raises(ValueError, match="holds 1 articles already"):
            lines.save(tmp_path / "lines.sqlite")
        with Deduplicator.load(tmp_path / "lines.sqlite") as again:
            assert again.utterances() == lines.utterances()
    with pytest.raises(FileNotFoundError):
        Deduplicator.load(tmp_path / "nothing.sqlite")


def printed(
    name: str,
    text: str,
    *quotes: tuple[str | None, ...],
    day: str = "2022-05-03",
) -> AttributedArticle:
    """An article with quotations (words, speaker or None, what decided) of its text, in order."""
    found, at = [], 0
    for n, (words, speaker, *by) in enumerate(quotes):
        assert words
        at = text.index(words, at)
        content = Span.of(text, at, at + len(words))
        found.append(
            Attribution(
                Quotation(content, Span.of(text, at - 1, at + len(words) + 1)),
                speaker=Speaker(speaker, "person") if speaker else None,
                statement=n,
                confidence=0.9,
                decided_by=by[0] or "" if by else "governed",
            )
        )
        at += len(words)
    published = datetime.date.fromisoformat(day)
    return AttributedArticle(Article(text, id=name, published=published), tuple(found))


def grouped(articles: list[AttributedArticle]) -> list[list[str]]:
    """The words of each line's printings."""
    return [
        [a.attribution.quotation.content.text for a in line.appearances] for line in deduplicate(articles)
    ]


def test_a_headlines_capitals_make_no_name() -> None:
    text = "Ida Holm Calls Dam ‘A Bad Idea’ Again\n\n“That dam is a bad idea, as it was then,” she said."
    body = ("That dam is a bad idea, as it was then,", "Ida Holm")
    assert len(deduplicate([printed("a", text, ("A Bad Idea", None, "nickname"), body)])) == 1
    careless = text.replace("Again", "until this Day")
    assert len(deduplicate([printed("a", careless, ("A Bad Idea", "Ida Holm"), body)])) == 1


def test_a_name_in_a_headline_stays_a_name() -> None:
    text = "Town Drops ‘Golden Mile’ Plan\n\n“The Golden Mile has been good to this town,” said Ida Holm."
    body = ("The Golden Mile has been good to this town,", "Ida Holm")
    assert len(deduplicate([printed("a", text, ("Golden Mile", None, "nobody"), body)])) == 2


def test_a_heading_is_its_articles_whoever_spoke_before_it() -> None:
    text = (
        "“We had no say,” said Carl Moss.\n\n‘So Much Anger’\n\nIn town it is no better."
        " “There is so much anger here, and nobody listens,” Ida Holm said."
    )
    quotes = [("We had no say,", "Carl Moss"), ("So Much Anger", "Carl Moss", "paragraph_before")]
    body = ("There is so much anger here, and nobody listens,", "Ida Holm")
    first, second = deduplicate([printed("a", text, *quotes, body)])
    assert first.text == "We had no say"
    assert len(second.appearances) == 2
    assert [conflict.kind for conflict in second.conflicts] == ["speaker"]


def test_what_names_something_is_no_line() -> None:
    text = (
        "The “Marsh First” camp was loud, the “Marsh First” slogan everywhere."
        " “Marsh First is all that they ever say,” said Ida Holm."
    )
    quotes = [("Marsh First", None, "named"), ("Marsh First", None, "named")]
    found = printed("a", text, *quotes, ("Marsh First is all that they ever say,", "Ida Holm"))
    assert len(deduplicate([found])) == 3


def test_a_copy_of_an_article_has_every_line_again() -> None:
    text = (
        "Boats Stay Home\n\nMost of the fleet, in what the harbour office calls a “pause”, stayed in port on"
        " Monday. Skippers of the northern villages wait for the ministry, for the price of diesel, or for"
        " “The Long Haul”, a film about them.\n\n“It is what it is,” said Ida Holm, who has two boats and no"
        " crew since the spring."
    )
    quotes = (("pause", None, "nobody"), ("The Long Haul", None, "title"), ("It is what it is,", "Ida Holm"))
    one, other = printed("a", text, *quotes), printed("b", "UPDATED: " + text, *quotes, day="2022-05-04")
    assert [len(line.appearances) for line in deduplicate([one, other])] == [2, 2, 2]


def test_one_sentence_told_by_two_papers_under_two_names() -> None:
    one = "Carl Moss sang of it. “I sold nothing,” he told the harbour inquiry last autumn in Denholm."
    other = "“I sold nothing,” Ida Holm told the Denholm harbour inquiry in autumn. She never has."
    articles = [
        printed("a", one, ("I sold nothing,", "Carl Moss")),
        printed("b", other, ("I sold nothing,", "Ida Holm")),
    ]
    (line,) = deduplicate(articles)
    assert any(conflict.kind == "speaker" for conflict in line.conflicts)


def test_the_same_few_words_of_two_people_about_one_subject_are_two_lines() -> None:
    one = (
        "Carl Moss went to the harbour inquiry. “I sold nothing,” he said of the lorries that left by night."
    )
    other = "“I sold nothing,” Ida Holm said after the harbour inquiry, and of the eels: “Nor did he.”"
    articles = [
        printed("a", one, ("I sold nothing,", "Carl Moss")),
        printed("b", other, ("I sold nothing,", "Ida Holm")),
    ]
    assert len(deduplicate(articles)) == 2


def test_words_that_one_speaker_owns_are_followed_for_weeks() -> None:
    about = "The ferry boss on the harbour accounts."
    days = ["2022-05-03", "2022-05-15", "2022-05-28"]
    owned = [
        said(f"o{n}", ("grossly untidy", "Ida Holm", 0), day=day, about=about) for n, day in enumerate(days)
    ]
    others = [said(f"x{n}", ("grossly untidy", name, 0)) for n, name in enumerate(["Carl Moss"])]
    assert sorted(map(len, grouped([*owned, *others]))) == [1, 3]
    others += [said(f"y{n}", ("grossly untidy", name, 0)) for n, name in enumerate(["Jon Reed", "Sara Lund"])]
    assert max(map(len, grouped([*owned, *others]))) == 1


def test_a_body_has_said_what_its_head_said_where_the_text_names_both() -> None:
    office = Speaker("Harbour Office", "organisation")
    one = said("a", ("grossly untidy", office, 0), about="The Harbour Office on the accounts of Ida Holm.")
    named = said("b", ("grossly untidy", "Tom Reed", 0), about="Tom Reed, head of the Harbour Office, spoke.")
    assert len(deduplicate([one, named])) == 1
    other = said("b", ("grossly untidy", "Tom Reed", 0), about="Tom Reed, who sold the eels, spoke.")
    assert len(deduplicate([one, other])) == 2


def test_what_a_quotation_quotes_is_not_its_speakers() -> None:
    text = (
        "“When he says ‘It’s the boats that must pay,’ he means us,” said Ida Holm."
        " Carl Moss had said that it was “the boats that must pay”."
    )
    quotes = [
        ("When he says ‘It’s the boats that must pay,’ he means us,", "Ida Holm"),
        ("It’s the boats that must pay,", "Carl Moss"),
    ]
    found = printed("a", text, quotes[0])
    inner = printed("a", text, quotes[1], ("the boats that must pay", "Carl Moss")).attributions
    both = attrs.evolve(found, attributions=(*found.attributions, *inner))
    assert sorted(map(len, grouped([both]))) == [1, 2]


def test_a_speakers_words_join_a_line_that_another_is_given_too() -> None:
    words = "Nobody asked the people who sleep under that roof whether they wanted it torn down by spring"
    wrong = said("b", (words, "Carl Moss", 0), day="2022-05-04")
    (line,) = deduplicate([said("a", (words, "Ida Holm", 0), ("torn down by spring", "Ida Holm", 1)), wrong])
    assert len(line.appearances) == 3
    assert [conflict.kind for conflict in line.conflicts] == ["speaker"]


def test_three_words_repeated_in_an_article_are_one_line_whoever_reports_them() -> None:
    between = "The lorries had left by night, the eels went with them, and no book was kept. " * 3
    text = (
        f"A member of the board spoke of a “{{0}}” by the town. {between}In May Ida Holm wrote of a “{{0}}”."
    )
    reported = Speaker("member of the harbour board", "unnamed")
    for words, count in (("plain breach of trust", 1), ("plain breach", 2)):
        found = printed("a", text.format(words), (words, "Ida Holm"), (words, "Ida Holm"))
        first, second = found.attributions
        found = attrs.evolve(found, attributions=(attrs.evolve(first, speaker=reported), second))
        assert len(deduplicate([found])) == count


def test_a_body_and_its_head_overlap_in_a_statement_of_the_same_days() -> None:
    body = Speaker("Brook Trust", "organisation")
    one = said("a", ("As such, the trust has no comment on the conduct of that man", body, 0))
    other = said(
        "b",
        ("has no comment on the conduct of that man who sold the sluice", "Tom Reed", 0),
        day="2022-05-04",
    )
    assert len(deduplicate([one, other])) == 1
    later = said(
        "b",
        ("has no comment on the conduct of that man who sold the sluice", "Tom Reed", 0),
        day="2022-05-24",
    )
    assert len(deduplicate([one, later])) == 2


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("“When they ask me,” Ida Holm said, “I say no.”", True),
        (
            "“The risk,” said Ida Holm, who has led the harbour office of Marsh End since May, “is rain.”",
            True,
        ),
        ("“They had no plan,” said Gov. Ida Holm, “and no money.”", True),
        ("“They had no plan,” said Ida Holm. Instead, “they closed the gates.”", False),
        ("Ida Holm called it “a shock,” “incredibly ugly” and wrong.", False),
    ],
)
def test_pieces_of_a_sentence(text: str, together: bool) -> None:
    words = [text[m.start() + 1 : m.end() - 1] for m in re.finditer("“[^”]*”", text)]
    found = printed("a", text, *[(piece, "Ida Holm") for piece in words])
    assert len(occurrences.occurrence_ranges(found)) == (1 if together else 2)


def test_a_cue_of_its_own_begins_a_sentence_of_its_own() -> None:
    text = "“We are not ready,” she said last week, though she added, “I hope to be.”"
    speaker = Speaker("Ida Holm", "person")

    def piece(words: str, cue: str) -> Attribution:
        at = text.index(words)
        quotation = Quotation(Span.of(text, at, at + len(words)), Span.of(text, at - 1, at + len(words) + 1))
        verb = Span.of(text, text.index(cue), text.index(cue) + len(cue))
        return Attribution(quotation, verb, speaker=speaker, statement=0, confidence=0.9)

    apart = (piece("We are not ready,", "said"), piece("I hope to be.", "added"))
    assert occurrences.occurrence_ranges(AttributedArticle(Article(text), apart)) == [range(1), range(1, 2)]
    one = (apart[0], attrs.evolve(apart[1], cue=apart[0].cue))
    assert occurrences.occurrence_ranges(AttributedArticle(Article(text), one)) == [range(2)]
