"""Outlet mentions of a text: kinds, names and order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.outlets.outlet_mentions import MentionKind, find_outlet_mentions

PIECES = (
    "“We go,” she told the Herald Reuters paper Tapper reporters said in an interview with Sky News on "
    "Twitter tweeted a statement “Morning Joe” writing The Sunday Times . , : \n\n ’s court"
).split(" ")
ANY_TEXT = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("She told Reuters.", "interview", "Reuters"),
        ("She wrote on Facebook.", "post", "Facebook"),
        ("She tweeted.", "post", "Twitter"),
        ("She said so on her own website.", "interview", "website"),
        ("She spoke on Glenn Beck’s radio programme.", "interview", "Glenn Beck’s radio programme"),
        ("She spoke on “Morning Joe”.", "interview", "Morning Joe"),
        ("Interfax quoted her as saying it.", "interview", "Interfax"),
        ("During a CNN interview she said it.", "interview", "CNN"),
        ("It holds, according to Reuters.", "report", "Reuters"),
        ("It holds, Reuters reported.", "report", "Reuters"),
        ("The editor of the Herald wrote it.", "author", "Herald"),
        ("Twitter user Ann Lee said it.", "post", "Twitter"),
        ("She told the paper.", "same_outlet", None),
        ("She wrote in the paper.", "same_text", None),
        ("One user wrote it.", "same_network", None),
        ("She told Tapper.", "interviewer", None),
        ("She told reporters.", "elsewhere", None),
    ],
)
def test_kind_and_name(text: str, kind: MentionKind, name: str | None) -> None:
    mention = find_outlet_mentions(text)[0]
    assert (mention.kind, mention.outlet and mention.outlet.name) == (kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It rained.",
        "Her attack on CNN was long.",
        "She criticised the BBC.",
    ],
)
def test_no_mention(text: str) -> None:
    assert find_outlet_mentions(text) == []


def test_a_show_has_the_name_of_its_network() -> None:
    names = [m.outlet and m.outlet.name for m in find_outlet_mentions("She spoke on MSNBC’s “Morning Joe”.")]
    assert names == ["MSNBC’s Morning Joe"]


def test_who_plays_a_part_in_a_show_gives_it_no_words() -> None:
    assert find_outlet_mentions("She is a host on the show “Shark Tank”.") == []
    *_, mention = find_outlet_mentions("She spoke on the show “Shark Tank”.")
    assert mention.outlet is not None
    assert mention.outlet.name == "Shark Tank"


def test_a_person_is_an_interviewer_unless_an_outlet_is_named_at_once() -> None:
    kinds = [mention.kind for mention in find_outlet_mentions("She told Chris Cuomo of CNN that it rained.")]
    assert kinds == ["interviewer", "interview"]
    assert [mention.kind for mention in find_outlet_mentions("She told Reuters that it rained.")] == [
        "interview"
    ]


def test_nouns_of_mentions() -> None:
    text = "In an article in The Times, she told the paper, and then she told Tapper."
    assert [mention.noun for mention in find_outlet_mentions(text)] == ["article", "paper", "Tapper"]


@given(ANY_TEXT)
def test_mentions_are_in_order_and_spans_of_the_text(text: str) -> None:
    mentions = find_outlet_mentions(text)
    assert all(one.start <= two.start for one, two in pairwise(mentions))
    for mention in mentions:
        assert (mention.outlet is not None) == (mention.kind in ("interview", "post", "report", "author"))
        if mention.outlet:
            span = mention.outlet.span
            assert text[span.start : span.end] == span.text
            assert mention.start == span.start
