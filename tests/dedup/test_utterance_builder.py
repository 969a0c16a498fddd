"""Utterances: wording, speaker, appearances with their edits, outlets, conflicts."""

from __future__ import annotations

import attrs
import pytest

from quoteattr import deduplicate
from quoteattr.dedup.clustering import Clusters
from quoteattr.dedup.occurrences import read_occurrences
from quoteattr.dedup.utterance_builder import UtteranceBuilder, build_utterances, merge_speakers
from quoteattr.schema import Speaker
from tests.dedup.articles import Quote, article_of_quotes

SENTENCE = "The United Kingdom will not look away from the frontier of freedom"


def test_one_utterance_for_each_cluster_in_order_of_first_appearance() -> None:
    articles = [
        article_of_quotes("a", Quote("We sail", "Jon Reed"), day="2022-05-01"),
        article_of_quotes("b", Quote("The ferry will not sail tonight", "Jon Reed"), day="2022-05-02"),
        article_of_quotes("c", Quote("We sail", "Ida Holm"), day="2022-05-03"),
    ]
    found = read_occurrences(articles)
    wordings = dict(zip("abc", found.table.wording_of, strict=True))
    cluster_of = [0, 0, 0]
    cluster_of[wordings["b"]] = 1
    built = build_utterances(found, Clusters(cluster_of, []))
    assert [[a.article.id for a in u.appearances] for u in built] == [["a", "c"], ["b"]]
    by_cluster = UtteranceBuilder(found).by_cluster(Clusters(cluster_of, []))
    assert by_cluster == {0: built[0], 1: built[1]}


def test_all_fields_of_an_utterance() -> None:
    whole = article_of_quotes(
        "a",
        Quote(SENTENCE + ",", "Liz Truss", outlet="The Sunday Post"),
        day="2021-11-14",
        publisher="One",
    )
    part = article_of_quotes("b", Quote("will not look away", "Ms Truss"), day="2021-11-13", publisher="Two")
    (utterance,) = deduplicate([whole, part])
    assert utterance.text == SENTENCE
    assert utterance.speaker == Speaker("Liz Truss", "person", ("Ms Truss",))
    assert [(a.article.id, a.relation, a.outlet_inferred) for a in utterance.appearances] == [
        ("b", "part", True),
        ("a", "whole", False),
    ]
    assert utterance.first.article.id == "b"
    assert [a.outlet.name for a in utterance.appearances if a.outlet] == ["The Sunday Post"] * 2
    assert utterance.outlets == ("The Sunday Post",)
    assert utterance.publishers == ("Two", "One")
    assert [span.text for span in utterance.appearances[0].covers] == ["will not look away"]
    assert not utterance.conflicts


def test_edits() -> None:
    words = "We have waited for this road since my father was a boy in the village"
    edited = "We have waited for the road ever since my father was a boy in the village"
    articles = [
        article_of_quotes("a", Quote(words, "Sara Lund")),
        article_of_quotes("b", Quote(edited, "Sara Lund")),
        article_of_quotes("c", Quote(words, "Sara Lund")),
    ]
    (utterance,) = deduplicate(articles)
    appearance = next(a for a in utterance.appearances if a.article.id == "b")
    assert appearance.relation == "edited"
    assert [(e.canonical.text, e.printed.text) for e in appearance.edits] == [("this", "the"), ("", "ever")]
    for edit in appearance.edits:
        assert appearance.article.text[edit.printed.start : edit.printed.end] == edit.printed.text
        assert utterance.text[edit.canonical.start : edit.canonical.end] == edit.canonical.text
    assert [(c.kind, c.appearance.article.id, c.detail) for c in utterance.conflicts] == [
        ("wording", "b", "the; ever")
    ]


def test_an_ellipsis_is_not_an_edit() -> None:
    words = "The ferry will sail on Friday, with or without me, whatever the union says"
    gapped = "The ferry will sail … whatever the union says"
    articles = [
        article_of_quotes("a", Quote(words, "Jon Reed")),
        article_of_quotes("b", Quote(gapped, "Jon Reed")),
    ]
    (utterance,) = deduplicate(articles)
    part = next(a for a in utterance.appearances if a.article.id == "b")
    assert part.relation == "part"
    assert [span.text for span in part.covers] == ["The ferry will sail", "whatever the union says"]


def test_the_same_words_of_two_speakers_are_a_conflict_of_both_utterances() -> None:
    words = "We will not be moved from this square"
    utterances = deduplicate(
        [
            article_of_quotes("a", Quote(words, "Ida Holm")),
            article_of_quotes("b", Quote(words, "Carl Moss")),
        ]
    )
    assert [(u.speaker and u.speaker.name, [c.detail for c in u.conflicts]) for u in utterances] == [
        ("Ida Holm", ["Carl Moss"]),
        ("Carl Moss", ["Ida Holm"]),
    ]


def test_a_long_utterance_with_two_speakers_is_one_with_a_conflict() -> None:
    words = "Nobody asked the people who sleep under that roof whether they wanted it torn down by spring"
    articles = [article_of_quotes(n, Quote(words, "Ida Holm")) for n in "ab"]
    (utterance,) = deduplicate([*articles, article_of_quotes("c", Quote(words, "Carl Moss"))])
    assert utterance.speaker is not None
    assert utterance.speaker.name == "Ida Holm"
    assert [(c.kind, c.appearance.article.id, c.detail) for c in utterance.conflicts] == [
        ("speaker", "c", "Carl Moss")
    ]


@pytest.mark.parametrize("outlets", [("The Sunday Post", "Radio Four"), ("The Sunday Post", None)])
def test_an_outlet_is_inferred_if_the_appearances_agree(outlets: tuple[str, str | None]) -> None:
    articles = [
        article_of_quotes(n, Quote(SENTENCE, "Liz Truss", outlet=outlet))
        for n, outlet in zip("abc", (*outlets, None), strict=True)
    ]
    (utterance,) = deduplicate(articles)
    last = next(a for a in utterance.appearances if a.article.id == "c")
    agree = None in outlets
    assert (last.outlet and last.outlet.name) == ("The Sunday Post" if agree else None)
    assert last.outlet_inferred == agree
    assert utterance.outlets == tuple(filter(None, outlets))


def test_pieces_of_one_sentence_are_appearances_of_their_own() -> None:
    whole = article_of_quotes("a", Quote("When they ask me I say no and go home", "Ida Holm"))
    text = "“When they ask me,” Ida Holm said, “I say no and go home.”"
    found = article_of_quotes("b", Quote("When they ask me,", "Ida Holm", statement=0))
    quotations = [
        attrs.evolve(
            found.attributions[0].quotation,
            content=type(found.attributions[0].quotation.content).of(text, start, end),
            outer=type(found.attributions[0].quotation.content).of(text, start - 1, end + 1),
        )
        for start, end in ((1, 18), (text.index("I say"), len(text) - 1))
    ]
    split = attrs.evolve(
        found,
        article=attrs.evolve(found.article, text=text),
        attributions=tuple(attrs.evolve(found.attributions[0], quotation=q) for q in quotations),
    )
    (utterance,) = deduplicate([whole, split])
    assert [(a.article.id, a.relation) for a in utterance.appearances] == [
        ("a", "whole"),
        ("b", "part"),
        ("b", "part"),
    ]


def test_the_speaker_of_an_utterance_has_the_titles_and_gender_of_all_articles() -> None:
    forms = [
        Speaker("Ms Truss", "person", (), ("ms",), "female"),
        Speaker("Liz Truss", "person", (), ("foreign secretary", "ms")),
    ]
    merged = Speaker("Liz Truss", "person", ("Ms Truss",), ("ms", "foreign secretary"), "female")
    assert merge_speakers(forms) == merged
    contradicted = merge_speakers([*forms, Speaker("Truss", "person", (), (), "male")])
    assert contradicted.gender is None
