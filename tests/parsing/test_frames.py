"""Frames: their texts, and the conversion of offsets to those of the article."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from quoteattr.detection.quotations import find_quotations
from quoteattr.parsing.dependency_tree import ROOT, Parse, Sentence, Word
from quoteattr.parsing.frames import Frame, find_frames, is_masked, sentence_continues

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
    """A parse of words without governors."""
    words = [
        Word(i, m.start(), m.end(), m.group(), m.group(), "X", "_", ROOT, "dep")
        for i, m in enumerate(regex.finditer(r"\w+|[^\w\s]", text))
    ]
    return Parse(text, (Sentence(tuple(words)),) if words else ())


def straight(text: str) -> str:
    return regex.sub(r"\p{P}|`|´|′", "'", text)


def test_a_long_quotation_becomes_the_placeholder() -> None:
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


@pytest.mark.parametrize("mark", ["- ", "•", "– ", "2. "])
def test_the_mark_of_a_list_is_left_out(mark: str) -> None:
    text = f"{mark}“We won,” said Ann Lee."
    (frame,) = frames_of(text)
    assert (frame.text, text[frame.item_start :]) == ("“It works,” said Ann Lee.", "“We won,” said Ann Lee.")


def test_a_number_before_words_is_no_mark_of_a_list() -> None:
    (frame,) = frames_of("2. Ann Lee said it was “fine”.")
    assert frame.item_start == 0


def test_paragraphs_without_quotation_are_not_parsed() -> None:
    text = "It rained.\n\nAnn Lee said it was “fine”.\n\nIt rained again."
    assert [frame.text for frame in frames_of(text)] == ["Ann Lee said it was “fine”."]
    assert frames_of("It rained.") == []


def test_a_paragraph_that_introduces_a_quotation_is_parsed() -> None:
    text = "Ann Lee wrote to them:\n\n“We will not look away now.”"
    assert [frame.text for frame in frames_of(text)] == ["Ann Lee wrote to them:", "“It works.”"]


def test_the_inside_of_a_quotation_that_holds_another_is_a_frame() -> None:
    text = "“She told us, ‘You will all go home,’ and we did,” said Ann Lee."
    assert [frame.text for frame in frames_of(text)] == [
        "“It works,” said Ann Lee.",
        "She told us, “It works,” and we did,",
    ]


@pytest.mark.parametrize(
    ("text", "has_context"),
    [
        ("“We will not look away now.”", False),
        ("“No.” She left.", True),
        ("“We will not look,” she said.", True),
    ],
)
def test_context_is_words_outside_the_quotations(text: str, has_context: bool) -> None:
    (frame,) = frames_of(text)
    assert frame.has_context is has_context


def is_at_its_text(text: str, frame: Frame, word: Word) -> bool:
    """Whether a word has the offsets of its text, of its quotation, or, as a missing mark, of nothing."""
    there = text[word.start : word.end]
    is_placeholder = any((word.start, word.end) == (q.content.start, q.content.end) for q in frame.quotations)
    is_missing = word.text in "“”" and word.start == word.end
    return is_placeholder or is_missing or straight(there) == straight(word.text)


def test_is_quoted_includes_the_marks() -> None:
    text = "Lee said “fine” and left."
    (frame,) = frames_of(text)
    assert [offset for offset in range(len(text)) if frame.is_quoted(offset)] == list(range(9, 15))


def test_the_inside_of_a_quotation_says_so() -> None:
    outer, inner = frames_of("“She told us, ‘You will all go home,’ and we did,” said Ann Lee.")
    assert (outer.inside_quotation, inner.inside_quotation) == (False, True)


@pytest.mark.parametrize(
    ("content", "masked"),
    [
        ("unprecedented", False),
        ("a new dawn", False),
        ("we will all go", True),
        ("No way!", True),
        ("no way!", False),
        ("No way", False),
    ],
)
def test_is_masked(content: str, masked: bool) -> None:
    assert is_masked(content) is masked


@pytest.mark.parametrize(
    ("content", "after", "continues"),
    [
        ("Who will pay?", " asked Lee.", True),
        ("Who will pay?", " Ann Lee asked.", True),
        ("Who will pay?", " Nobody knew.", False),
        ("We will pay,", " Lee said.", True),
        ("We will pay.", " Lee said so.", False),
        ("We will pay.", " and he did.", True),
        ("We will pay!", " But Lee said no.", False),
        ("We will pay!", "", False),
    ],
)
def test_sentence_continues(content: str, after: str, continues: bool) -> None:
    assert sentence_continues(content, after) is continues


@given(ANY_TEXT)
def test_every_word_has_the_offsets_of_its_text(text: str) -> None:
    for frame in frames_of(text):
        for sentence in frame.sentences(split(frame.text)):
            assert all(is_at_its_text(text, frame, word) for word in sentence)


@given(ANY_TEXT)
def test_words_lie_inside_their_frame_and_in_order(text: str) -> None:
    for frame in frames_of(text):
        words = [word for sentence in frame.sentences(split(frame.text)) for word in sentence]
        assert all(frame.start <= word.start <= word.end <= frame.end for word in words)
        assert [word.start for word in words] == sorted(word.start for word in words)


@given(ANY_TEXT)
def test_a_placeholder_has_the_offsets_of_its_quotation(text: str) -> None:
    for frame in frames_of(text):
        for match in regex.finditer(r"“([Ii]t works\W?)”", frame.text):
            offsets = frame.article_offsets(*match.span(1))
            assert offsets in {(q.content.start, q.content.end) for q in frame.quotations}


@given(ANY_TEXT)
def test_every_quotation_is_in_one_frame(text: str) -> None:
    held = [quotation for frame in frames_of(text) for quotation in frame.quotations]
    assert sorted(held, key=str) == sorted(find_quotations(text), key=str)


@given(ANY_TEXT)
def test_frames_are_in_order_and_not_much_longer_than_the_text(text: str) -> None:
    frames = frames_of(text)
    assert [(f.start, -f.end) for f in frames] == sorted((f.start, -f.end) for f in frames)
    assert all(len(f.text) <= f.end - f.start + 12 * len(f.quotations) for f in frames)


def test_a_quotation_inside_an_inner_one_has_a_frame_of_its_own() -> None:
    frames = frames_of("“Day told us: ‘Lund said “no” to all of them’,” said Lee.")
    assert [frame.text for frame in frames][1:] == [
        "Day told us: “It works”,",
        "Lund said “no” to all of them",
    ]
