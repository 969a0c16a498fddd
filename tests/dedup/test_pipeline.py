"""`deduplicate` as a whole: cases by provenance, and properties of any input."""

from __future__ import annotations

import gc
import json
import random
from itertools import combinations
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import synthetic_lines
from quoteattr import deduplicate
from quoteattr.dedup import ngram_hashes, ngram_index, occurrence_columns, occurrences
from quoteattr.schema import AttributedArticle, Speaker
from tests.dedup.articles import Quote, article_of_quotes, article_with_text, articles_of_case, corpora

CASES = Path(__file__).parents[1] / "cases"
SENTENCE = "The United Kingdom will not look away from the frontier of freedom"


def cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["case"]) for case in json.loads((CASES / name).read_text("utf-8"))]


def check(case: dict[str, Any]) -> None:
    articles, numbers = articles_of_case(case)
    wanted: dict[int, set[tuple[str, int]]] = {}
    for found, of_article in zip(articles, numbers, strict=True):
        for attribution, number in zip(found, of_article, strict=True):
            place = (found.article.id or "", attribution.quotation.content.start)
            wanted.setdefault(number, set()).add(place)
    got = [
        {(a.article.id or "", a.attribution.quotation.content.start) for a in utterance.appearances}
        for utterance in deduplicate(articles)
    ]
    assert sorted(map(sorted, got)) == sorted(map(sorted, wanted.values()))


@pytest.mark.parametrize("case", cases("lines_news.json"))
def test_one_utterance(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.parametrize("case", cases("lines_apart.json"))
def test_separate_utterances(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("lines_known_failures.json"))
def test_known_failures(case: dict[str, Any]) -> None:
    check(case)


def sizes(articles: list[AttributedArticle]) -> list[int]:
    """The numbers of appearances of the utterances, sorted."""
    return sorted(len(utterance.appearances) for utterance in deduplicate(articles))


def test_a_role_identifies_its_holder_in_another_article() -> None:
    holder = Speaker("Liz Truss", "person", ("the foreign secretary",))
    role = Speaker("foreign secretary", "unnamed")
    words = "shameful manufactured crisis"
    (utterance,) = deduplicate(
        [article_of_quotes("a", Quote(words, holder)), article_of_quotes("b", Quote(words, role))]
    )
    assert utterance.speaker is not None
    assert utterance.speaker.name == "Liz Truss"


def test_an_unreliable_attribution_does_not_contradict() -> None:
    words = "Nobody asked the people who sleep under that roof"
    found = article_of_quotes("b", Quote(words, "Carl Moss"))
    unreliable = attrs.evolve(found, attributions=tuple(attrs.evolve(a, confidence=0.2) for a in found))
    assert sizes([article_of_quotes("a", Quote(words, "Ida Holm")), unreliable]) == [2]


def test_capitals_of_a_headline_are_not_a_name() -> None:
    text = "Ida Holm Calls Dam ‘A Bad Idea’ Again\n\n“That dam is a bad idea, as it was then,” she said."
    body = Quote("That dam is a bad idea, as it was then,", "Ida Holm")
    headline = Quote("A Bad Idea", None, rule="nickname")
    assert sizes([article_with_text("a", text, headline, body)]) == [2]
    careless = text.replace("Again", "until this Day")
    assert sizes([article_with_text("a", careless, Quote("A Bad Idea", "Ida Holm"), body)]) == [2]


def test_a_name_in_a_headline_stays_a_name() -> None:
    text = "Town Drops ‘Golden Mile’ Plan\n\n“The Golden Mile has been good to this town,” said Ida Holm."
    body = Quote("The Golden Mile has been good to this town,", "Ida Holm")
    assert sizes([article_with_text("a", text, Quote("Golden Mile", rule="nobody"), body)]) == [1, 1]


def test_a_heading_belongs_to_its_article_and_not_to_the_speaker_before_it() -> None:
    text = (
        "“We had no say,” said Carl Moss.\n\n‘So Much Anger’\n\nIn town it is no better."
        " “There is so much anger here, and nobody listens,” Ida Holm said."
    )
    first, second = deduplicate(
        [
            article_with_text(
                "a",
                text,
                Quote("We had no say,", "Carl Moss"),
                Quote("So Much Anger", "Carl Moss", rule="paragraph_before"),
                Quote("There is so much anger here, and nobody listens,", "Ida Holm"),
            )
        ]
    )
    assert first.text == "We had no say"
    assert len(second.appearances) == 2
    assert [conflict.kind for conflict in second.conflicts] == ["speaker"]


def test_names_are_not_grouped() -> None:
    text = (
        "The “Marsh First” camp was loud, the “Marsh First” slogan everywhere."
        " “Marsh First is all that they ever say,” said Ida Holm."
    )
    names = [Quote("Marsh First", rule="named")] * 2
    body = Quote("Marsh First is all that they ever say,", "Ida Holm")
    assert sizes([article_with_text("a", text, *names, body)]) == [1, 1, 1]


def test_a_copied_article_has_the_same_utterances() -> None:
    text = (
        "Boats Stay Home\n\nMost of the fleet, in what the harbour office calls a “pause”, stayed in port on"
        " Monday. Skippers of the northern villages wait for the ministry, for the price of diesel, or for"
        " “The Long Haul”, a film about them.\n\n“It is what it is,” said Ida Holm, who has two boats and no"
        " crew since the spring."
    )
    quotes = (
        Quote("pause", rule="nobody"),
        Quote("The Long Haul", rule="title"),
        Quote("It is what it is,", "Ida Holm"),
    )
    copy = article_with_text("b", "UPDATED: " + text, *quotes, day="2022-05-04")
    assert sizes([article_with_text("a", text, *quotes), copy]) == [2, 2, 2]


REPORT = "Carl Moss sang of it. “I sold nothing,” he told the harbour inquiry last autumn in Denholm."
SAME_REPORT = "“I sold nothing,” Ida Holm told the Denholm harbour inquiry in autumn. She never has."


def test_one_sentence_reported_with_two_names() -> None:
    one = article_with_text("a", REPORT, Quote("I sold nothing,", "Carl Moss"))
    other = article_with_text("b", SAME_REPORT, Quote("I sold nothing,", "Ida Holm"))
    (utterance,) = deduplicate([one, other])
    assert any(conflict.kind == "speaker" for conflict in utterance.conflicts)


def test_a_few_words_of_two_people_on_one_topic_are_separate() -> None:
    one = (
        "Carl Moss went to the harbour inquiry. “I sold nothing,” he said of the lorries that left by night."
    )
    other = "“I sold nothing,” Ida Holm said after the harbour inquiry, and of the eels: “Nor did he.”"
    articles = [
        article_with_text("a", one, Quote("I sold nothing,", "Carl Moss")),
        article_with_text("b", other, Quote("I sold nothing,", "Ida Holm")),
    ]
    assert sizes(articles) == [1, 1]


def test_a_phrase_of_one_speaker_is_found_again_for_weeks_and_one_of_many_is_not() -> None:
    about = "The ferry boss on the harbour accounts."
    days = ["2022-05-03", "2022-05-15", "2022-05-28"]

    def quoted(name: str, speaker: str, **options: str) -> AttributedArticle:
        return article_of_quotes(name, Quote("grossly untidy", speaker), **options)

    own = [quoted(f"o{n}", "Ida Holm", day=day, about=about) for n, day in enumerate(days)]
    assert sizes([*own, quoted("x", "Carl Moss")]) == [1, 3]
    others = [quoted(f"y{n}", name) for n, name in enumerate(["Carl Moss", "Jon Reed", "Sara Lund"])]
    assert sizes([*own, *others]) == [1] * 6


def test_an_organisation_and_its_head_are_one_speaker_where_the_text_names_both() -> None:
    office = Speaker("Harbour Office", "organisation")
    about = "The Harbour Office on the accounts of Ida Holm."
    one = article_of_quotes("a", Quote("grossly untidy", office), about=about)
    quote = Quote("grossly untidy", "Tom Reed")
    named = article_of_quotes("b", quote, about="Tom Reed, head of the Harbour Office, spoke.")
    assert sizes([one, named]) == [2]
    unnamed = article_of_quotes("b", quote, about="Tom Reed, who sold the eels, spoke.")
    assert sizes([one, unnamed]) == [1, 1]


def test_a_quotation_inside_a_quotation_is_not_its_speakers() -> None:
    text = (
        "“When he says ‘It’s the boats that must pay,’ he means us,” said Ida Holm."
        " Carl Moss had said that it was “the boats that must pay”."
    )
    found = article_with_text(
        "a", text, Quote("When he says ‘It’s the boats that must pay,’ he means us,", "Ida Holm")
    )
    inner = article_with_text(
        "a",
        text,
        Quote("It’s the boats that must pay,", "Carl Moss"),
        Quote("the boats that must pay", "Carl Moss"),
    )
    both = attrs.evolve(found, attributions=(*found.attributions, *inner.attributions))
    assert sizes([both]) == [1, 2]


def test_words_of_a_speaker_join_an_utterance_that_is_attributed_to_another_one_too() -> None:
    words = "Nobody asked the people who sleep under that roof whether they wanted it torn down by spring"
    wrong = article_of_quotes("b", Quote(words, "Carl Moss"), day="2022-05-04")
    right = article_of_quotes("a", Quote(words, "Ida Holm"), Quote("torn down by spring", "Ida Holm"))
    (utterance,) = deduplicate([right, wrong])
    assert len(utterance.appearances) == 3
    assert [conflict.kind for conflict in utterance.conflicts] == ["speaker"]


def test_three_words_repeated_in_an_article_are_one_utterance_of_whatever_speaker() -> None:
    between = "The lorries had left by night, the eels went with them, and no book was kept. " * 3
    text = (
        f"A member of the board spoke of a “{{0}}” by the town. {between}In May Ida Holm wrote of a “{{0}}”."
    )
    member = Speaker("member of the harbour board", "unnamed")
    for words, count in (("plain breach of trust", 1), ("plain breach", 2)):
        quotes = Quote(words, member), Quote(words, "Ida Holm")
        assert len(deduplicate([article_with_text("a", text.format(words), *quotes)])) == count


def test_an_organisation_and_its_head_overlap_in_a_statement_of_the_same_days() -> None:
    trust = Speaker("Brook Trust", "organisation")
    one = article_of_quotes("a", Quote("As such, the trust has no comment on the conduct of that man", trust))
    quote = Quote("has no comment on the conduct of that man who sold the sluice", "Tom Reed")
    assert sizes([one, article_of_quotes("b", quote, day="2022-05-04")]) == [2]
    assert sizes([one, article_of_quotes("b", quote, day="2022-05-24")]) == [1, 1]


@pytest.mark.parametrize("is_enabled", [True, False])
def test_garbage_collection_is_restored(is_enabled: bool) -> None:
    was_enabled = gc.isenabled()
    (gc.enable if is_enabled else gc.disable)()
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        deduplicate([article_of_quotes("a", Quote(SENTENCE, "Liz Truss"))])
        assert gc.isenabled() == is_enabled
        assert 0 < gc.get_freeze_count() <= frozen  # some frozen objects may have been deleted
    finally:
        gc.unfreeze()
        (gc.enable if was_enabled else gc.disable)()


def test_wrong_argument() -> None:
    with pytest.raises(TypeError, match="attributed articles, not str"):
        deduplicate(["text"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    "words", ["", "…", "?!", " ", "[sic]", "\u00ad", "’", "\U0001f600", "0" * 50, "ß" * 400]
)
def test_odd_words(words: str) -> None:
    articles = [article_of_quotes(n, Quote(words, "Ida Holm"), Quote(words)) for n in "ab"]
    assert sum(sizes(articles)) == 4


@given(corpora(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_makes_no_difference(articles: list[AttributedArticle], rng: random.Random) -> None:
    shuffled = list(articles)
    rng.shuffle(shuffled)
    assert deduplicate(shuffled) == deduplicate(articles)


@given(corpora())
@settings(max_examples=50, deadline=None)
def test_every_quotation_is_in_one_utterance_and_spans_are_true(articles: list[AttributedArticle]) -> None:
    utterances = deduplicate(articles)
    given_quotations = sorted((f.article.id or "", a.quotation.content.start) for f in articles for a in f)
    found = [
        (a.article.id or "", a.attribution.quotation.content.start) for u in utterances for a in u.appearances
    ]
    assert sorted(found) == given_quotations
    for u in utterances:
        for a in u.appearances:
            assert all(u.text[s.start : s.end] == s.text for s in a.covers)
            assert all(u.text[e.canonical.start : e.canonical.end] == e.canonical.text for e in a.edits)
            assert all(a.article.text[e.printed.start : e.printed.end] == e.printed.text for e in a.edits)
            assert (a.relation == "edited") == bool(a.edits)


@given(corpora())
@settings(max_examples=50, deadline=None)
def test_different_speakers_of_an_utterance_are_a_conflict(articles: list[AttributedArticle]) -> None:
    different = [{"Ida Holm", "Bertil Holm"}, {"Ida Holm", "Carl Moss"}, {"Bertil Holm", "Carl Moss"}]
    for utterance in deduplicate(articles):
        names = {a.attribution.speaker.name for a in utterance.appearances if a.attribution.speaker}
        if any(set(pair) in different for pair in combinations(names, 2)):
            assert any(conflict.kind == "speaker" for conflict in utterance.conflicts)


def test_sizes_of_batches_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = synthetic_lines.generate(200).articles
    expected = deduplicate(articles)
    assert any(len(utterance.appearances) > 5 for utterance in expected)
    monkeypatch.setattr(ngram_hashes, "TOKENS_AT_ONCE", 7)
    monkeypatch.setattr(ngram_index, "CHUNK", 50)
    monkeypatch.setattr(ngram_index, "PIECE_BITS", 4)
    monkeypatch.setattr(ngram_index, "BLOCK_BITS", 3)
    monkeypatch.setattr(occurrences, "CACHED_SURROUNDINGS", 1)
    monkeypatch.setattr(occurrence_columns, "CACHED_TEXTS", 1)
    assert deduplicate(articles) == expected
