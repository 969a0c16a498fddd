"""The canonical wording, and what an occurrence carries of it."""

from __future__ import annotations

import pytest

from quoteattr.dedup.canonical_wording import CanonicalWording, choose_canonical, most_common_text
from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.dedup.vocabulary import Vocabulary
from quoteattr.schema import Attribution, Quotation, Span

TEXT = "We sail tonight, but if we sail tonight we sail to Marsh End, for the ferry will not wait for us"


def compare(printed: str) -> tuple[str, list[str], list[tuple[str, str]]]:
    """The relation, the covered texts and the edits (canonical and printed words)."""
    vocabulary = Vocabulary()
    string = vocabulary.encode(normalized_tokens(TEXT))
    canonical = CanonicalWording(TEXT, string, vocabulary)
    relation, covers, edits = canonical.compare(printed, vocabulary.encode(normalized_tokens(printed)))
    assert all(TEXT[span.start : span.end] == span.text for span in covers)
    changed = [(span.text, printed[start:end]) for span, start, end in edits]
    return relation, [span.text for span in covers], changed


@pytest.mark.parametrize(
    ("printed", "covered"),
    [
        ("We sail tonight,", ["We sail tonight"]),
        ("we sail tonight", ["we sail tonight"]),  # with its capitals, though it is the second place
        ("we sail to", ["we sail to"]),  # not the beginning of "tonight"
        ("the ferry won’t", ["the ferry will not"]),
        ("We [they] sail tonight", ["We", "sail tonight"]),
    ],
)
def test_a_part(printed: str, covered: list[str]) -> None:
    assert compare(printed) == ("part", covered, [])


def test_other_spelling_is_the_whole() -> None:
    assert compare(TEXT.upper()) == ("whole", [TEXT], [])


def test_other_words_are_edits() -> None:
    relation, _, edits = compare(TEXT.replace("ferry will", "old ferry will"))
    assert (relation, edits) == ("edited", [("", "old")])


@pytest.mark.parametrize(
    ("strings", "articles", "canonical"),
    [
        (["abcdefghij", "abc"], [1, 2], "abcdefghij"),
        (["abcdefghij", "abcdefghi", "abcdefghi"], [1, 2, 3], "abcdefghi"),
        (["abcdefghij", "abcdefghi", "abcdefghi"], [1, 2, 2], "abcdefghij"),
        (["abcdefghij", "abcd", "abcd"], [1, 2, 3], "abcdefghij"),
        (["abcde\0fghij", "abcde"], [1, 2], "abcde"),
    ],
)
def test_choice(strings: list[str], articles: list[int], canonical: str) -> None:
    assert choose_canonical(strings, articles) == canonical


def test_the_most_common_text_of_a_string() -> None:
    def attribution(text: str) -> list[Attribution]:
        span = Span.of(text, 0, len(text))
        return [Attribution(Quotation(span, span))]

    parts = [attribution(text) for text in ("we sail", "We sail,", "We sail", "Elsewhere")]
    assert most_common_text(parts, ["ab", "ab", "ab", "c"], "ab") == "We sail"
    assert most_common_text(parts[:2], ["ab", "ab"], "ab") == "we sail"
