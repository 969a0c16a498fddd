"""The characters of tokens."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from quoteattr.dedup.normalize import token_offsets
from quoteattr.dedup.token_spans import TokenSpans
from quoteattr.dedup.vocabulary import GAP_CHAR, Vocabulary
from tests.dedup.test_normalize import PIECES


@example("\N{MODIFIER LETTER APOSTROPHE}…per")
@example("per…\N{MODIFIER LETTER APOSTROPHE}")
@given(st.lists(PIECES, max_size=12).map("".join))
def test_offsets_are_those_of_the_whole_text(text: str) -> None:
    vocabulary = Vocabulary()
    expected = token_offsets(text)
    found = TokenSpans(text, vocabulary.encode_texts([text])[0].strip(GAP_CHAR), vocabulary)
    assert [found.offsets(n, n + 1) for n in range(len(found.string))] == expected
    if expected:
        assert found.offsets(0, len(expected)) == (expected[0][0], expected[-1][1])
        assert found.offsets(0, 0) == (expected[0][0],) * 2
        assert found.offsets(len(expected), len(expected)) == (expected[-1][1],) * 2


def test_a_text_without_tokens() -> None:
    assert TokenSpans("?!", "", Vocabulary()).offsets(0, 0) == (0, 0)
