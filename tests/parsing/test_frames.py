"""Frames: what is parsed, and that every word of a parse lies where its text is."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.detection.quotations import find_quotations
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.frames import Frame, find_frames

WORDS = "We will not go there again today she said Ann Lee asked and but it was “no” ‘so’ … — , . ? ! : \n\n"
PIECES = [
    *WORDS.split(" "),
    "“We shall go home now,”",
    "“What is it ‘to us all here’ now?”",
    "LONDON (AP) —",
    "don’t",
]
NEWS = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
ANY_TEXT = NEWS | st.text(max_size=60)


def frames_of(text: str) -> list[Frame]:
    return find_frames(text, find_quotations(text))


def split(text: str) -> Parse:
    """A parse of nothing but words: whatever has no white space inside."""
    words = [
        Word(i, m.start(), m.end(), m.group(), m.group(), "X", "_", ROOT, "dep")
        for i, m in enumerate(regex.finditer(r"\w+|[^\w\s]", text))
    ]
    return Parse(text, (Sentence(tuple(words)),) if words else ())


def straight(text: str) -> str:
    return regex.sub(r"\p{P}|`|´|′", "'", text)


def test_a_long_quotation_becomes_a_clause() -> None:
    (frame,) = frames_of("“We will not look away now,” said Ann Lee.")
    assert frame.text == "“It works,” said Ann Lee."


def test_a_short_one_stays() -> None:
    (frame,) = frames_of("Lee called it an ‘unprecedented’ step.")
    assert frame.text == "Lee called it an “unprecedented” step."


def test_capital_and_last_mark_are_those_of_the_words() -> None:
    (frame,) = frames_of("Lee said that “we will not look away now”. “Who will pay for it all?”")
    assert frame.text == "Lee said that “it works”. “It works?”"


def test_a_question_before_its_cue_ends_no_sentence() -> None:
    (frame,) = frames_of("“Who will pay for it all?” asked Ann Lee.")
    assert frame.text == "“It works,” asked Ann Lee."


def test_a_dateline_is_left_out() -> None:
    (frame,) = frames_of("WEXCOMBE, England (AP) — Ann Lee said it was “fine”.")
    assert frame.text == "Ann Lee said it was “fine”."


def test_paragraphs_without_quotation_are_not_parsed() -> None:
    text = "It rained.\n\nAnn Lee said it was “fine”.\n\nIt rained again."
    assert [frame.text for frame in frames_of(text)] == ["Ann Lee said it was “fine”."]
    assert frames_of("It rained.") == []


def test_a_paragraph_that_hands_over_with_a_colon_is() -> None:
    text = "Ann Lee wrote to them:\n\n“We will not look away now.”"
    assert [frame.text for frame in frames_of(text)] == ["Ann Lee wrote to them:", "“It works.”"]


def test_the_inside_of_a_quotation_that_holds_another_is_a_frame() -> None:
    text = "“She told us, ‘You will all go home,’ and we did,” said Ann Lee."
    assert [frame.text for frame in frames_of(text)] == [
        "“It works,” said Ann Lee.",
        "She told us, “It works,” and we did,",
    ]


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("“We will not look away now.”", False),
        ("“No.” She left.", True),
        ("“We will not look,” she said.", True),
    ],
)
def test_only_frames_with_words_of_their_own_speak(text: str, speaks: bool) -> None:
    (frame,) = frames_of(text)
    assert frame.has_context is speaks


def is_at_home(text: str, frame: Frame, word: Word) -> bool:
    """Whether a word lies on its own text, on the quotation it stands for, or, a lost mark, on nothing."""
    there = text[word.start : word.end]
    stands_in = any((word.start, word.end) == (q.content.start, q.content.end) for q in frame.quotations)
    lost = word.text in "“”" and word.start == word.end
    return stands_in or lost or straight(there) == straight(word.text)


@given(ANY_TEXT)
def test_every_word_is_placed_where_its_text_is(text: str) -> None:
    for frame in frames_of(text):
        for sentence in frame.sentences(split(frame.text)):
            assert all(is_at_home(text, frame, word) for word in sentence)


@given(ANY_TEXT)
def test_words_lie_inside_their_frame_and_in_order(text: str) -> None:
    for frame in frames_of(text):
        words = [word for sentence in frame.sentences(split(frame.text)) for word in sentence]
        assert all(frame.start <= word.start <= word.end <= frame.end for word in words)
        assert [word.start for word in words] == sorted(word.start for word in words)


@given(ANY_TEXT)
def test_a_stand_in_is_placed_on_the_words_it_stands_for(text: str) -> None:
    for frame in frames_of(text):
        for match in regex.finditer(r"“([Ii]t works\W?)”", frame.text):
            place = frame.article_offsets(*match.span(1))
            assert place in {(q.content.start, q.content.end) for q in frame.quotations}


@given(ANY_TEXT)
def test_every_quotation_is_in_one_frame(text: str) -> None:
    held = [quotation for frame in frames_of(text) for quotation in frame.quotations]
    assert sorted(held, key=str) == sorted(find_quotations(text), key=str)


@given(ANY_TEXT)
def test_frames_are_in_order_and_not_much_longer_than_the_text(text: str) -> None:
    frames = frames_of(text)
    assert [(f.start, -f.end) for f in frames] == sorted((f.start, -f.end) for f in frames)
    assert all(len(f.text) <= f.end - f.start + 12 * len(f.quotations) for f in frames)
