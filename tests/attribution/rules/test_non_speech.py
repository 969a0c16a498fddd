"""Rules for marked words that nobody speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.rules.non_speech import listed, name_given, named, nickname, programme, term, title
from quoteattr.attribution.setting import Setting
from tests.attribution.written import parsed, settings_of

CASES = [
    (nickname, "Robert “Bob” Dole ran again.", True),
    (nickname, "Robert “bob” Dole ran again.", False),
    (nickname, "Robert said “Bob” ran again.", False),
    (nickname, "Obama Tells Robert “Bob” Lee the Whole Story", False),
    (title, "She starred in the film “The Long Day” in May.", True),
    (title, "On CNN’s “State of the Union” she said so.", True),
    (title, "In “Rivers in Crisis”, Lee says so.", True),
    (title, "She praised the film “as long as a day” in May.", False),
    (title, "She shouted at the film “Long Live Bath!” in May.", False),
    (title, "She called him “The Long Day” in May.", False),
    (programme, "Lee told “Meet the Press” that it failed.", True),
    (programme, "Lee told “Tom Day of Bath” that it failed.", False),
    (programme, "Lee loved “Meet the Press” then.", False),
    (listed, "Her hits including “Blue Moon” and “Sun” sold.", True),
    (listed, "Her hits including “Sun” and “Moon” sold.", True),
    (listed, "Her fears including “Sun” and “Moon” grew.", False),
    (listed, "Her hits including “Blue Moon” and “no more” sold.", False),
    (listed, "Her hits and “Blue Moon” sold.", False),
    (name_given, "He was known as “the Dentist”, Lee said.", True),
    (name_given, "She, identified as “Dee”, wept.", True),
    (name_given, "She was identified as “a person of interest”.", False),
    (name_given, "Operation “Clean Sweep” began.", True),
    (name_given, "In the operation “all went well”.", False),
    (name_given, "He was known as “the man who would never give up”.", False),
    (term, "The so-called “bounce” never came.", True),
    (term, "In it the word “fair” was used.", True),
    (term, "The town’s name means “place of bridges” here.", True),
    (term, "They call it “fair” now.", False),
    (term, "The word “fair to one and all” was used.", False),
]


@pytest.mark.parametrize(("rule", "text", "applies"), CASES)
def test_nobody_speaks(rule: Callable[[Setting], Finding | None], text: str, applies: bool) -> None:
    assert rule(settings_of(text)[-1]) == (Finding() if applies else None)


def vote(before: str, words: str, tree: str, noun: str = "vote/NOUN") -> Finding | None:
    """What `named` answers for words in marks before a noun."""
    marked = " ".join(f"{word}/X/1/dep" for word in words.split())
    return named(parsed(f"{before} “{words}” {noun.partition('/')[0]}", f"{tree} {marked} {noun}/1/dep"))


def test_a_name_before_its_noun() -> None:
    assert vote("We saw the", "Leave", "We/PRON/2/nsubj saw/VERB/0/root the/DET/4/det") == Finding()
    assert vote("We saw Bath’s", "Leave", "We/PRON/2/nsubj saw/VERB/0/root Bath/PROPN/4/nmod") == Finding()


@pytest.mark.parametrize(
    ("before", "words", "noun"),
    [
        ("We saw the", "leave it", "vote/NOUN"),
        ("We saw the", "One Two Three Four Five", "vote/NOUN"),
        ("We saw the", "Leave", "Vote/NOUN"),
        ("We saw the", "Leave", "won/VERB"),
        ("We saw many", "Leave", "vote/NOUN"),
    ],
)
def test_no_name_before_its_noun(before: str, words: str, noun: str) -> None:
    tree = "We/PRON/2/nsubj saw/VERB/0/root"
    assert vote(before, words, tree, noun) is None


def test_what_somebody_is_called_is_spoken() -> None:
    tree = "She/PRON/2/nsubj called/VERB/0/root him/PRON/2/obj a/DET/5/det"
    assert vote("She called him a", "Marxist", tree, "man/NOUN") is None
