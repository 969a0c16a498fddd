"""Chooses the canonical wording of an utterance, and finds which part of it an occurrence contains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import starmap

from quoteattr.dedup.alignment import TokenRange, align, find_pieces
from quoteattr.dedup.occurrence_columns import END_MARKS
from quoteattr.dedup.occurrences import wording_text
from quoteattr.dedup.token_spans import TokenSpans
from quoteattr.dedup.vocabulary import GAP_CHAR, Vocabulary
from quoteattr.schema import Attribution, Relation, Span

CANONICAL_SHARE = 0.8
"""A wording in two articles is preferred to a longer one in a single article if it has at least this share of
the longer one's words. The longer one may contain an error; a wording with a smaller share is a fragment."""
OUTER_MARKS = END_MARKS + "\"“”'‘’-–—"
"""Marks that an occurrence may have around its words."""

PrintedEdit = tuple[Span, int, int]
"""Canonical words, and the first character of the words that replace them, and one past the last."""
Comparison = tuple[Relation, tuple[Span, ...], Sequence[PrintedEdit]]
"""The relation of an occurrence to the canonical wording, the stretches of it that the occurrence covers, and
the edits."""


def choose_canonical(strings: Sequence[str], articles: Sequence[int]) -> str:
    """Returns the canonical string of some occurrences.

    This is the longest string without a gap. A shorter string that occurs in two articles is preferred if it
    has at least `CANONICAL_SHARE` of that length. If every string has a gap, gaps are ignored.

    Args:
        strings: for each occurrence its tokens, one character each.
        articles: for each occurrence the number of its article.

    >>> choose_canonical(["abcde", "abcd", "abcd", "bc"], [1, 2, 3, 4])
    'abcd'
    >>> choose_canonical(["abcde", "abc", "abc"], [1, 2, 3])
    'abcde'
    """
    distinct = dict.fromkeys(strings)
    without_gap = [string for string in distinct if GAP_CHAR not in string] or [*distinct]
    least = CANONICAL_SHARE * max(map(len, without_gap))
    carriers: dict[str, set[int]] = {string: set() for string in without_gap if len(string) >= least}
    if len(carriers) == 1:
        return next(iter(carriers))
    for string, number in zip(strings, articles, strict=True):
        if string in carriers:
            carriers[string].add(number)
    shared = [string for string, found in carriers.items() if len(found) > 1]
    return max(shared or carriers, key=lambda string: (len(string), len(carriers[string])))


def most_common_text(parts: Sequence[Sequence[Attribution]], strings: Sequence[str], string: str) -> str:
    """Returns the most frequent text of the occurrences with a certain string; of several, the earliest.

    Args:
        parts: for each occurrence, in order of date, its attributions.
        strings: for each occurrence its tokens.
        string: the string.
    """
    texts = [wording_text(found) for found, other in zip(parts, strings, strict=True) if other == string]
    # `most_common` keeps the order of equally common texts.
    return texts[0] if len(set(texts)) == 1 else Counter(texts).most_common(1)[0][0]


class CanonicalWording:
    """Compares occurrences with the canonical wording.

    Args:
        text: the canonical wording as printed.
        string: its tokens, one character each, without gaps at either end.
        vocabulary: the vocabulary of the string.

    >>> from quoteattr.dedup.normalize import normalized_tokens
    >>> vocabulary = Vocabulary()
    >>> def encode(text):
    ...     return vocabulary.encode(normalized_tokens(text))
    >>> text = "We will not look away"
    >>> canonical = CanonicalWording(text, encode(text), vocabulary)
    >>> relation, covers, edits = canonical.compare("will not look", encode("will not look"))
    >>> relation, [span.text for span in covers], edits
    ('part', ['will not look'], ())
    """

    def __init__(self, text: str, string: str, vocabulary: Vocabulary) -> None:
        self.text, self._string, self._vocabulary = text, string, vocabulary
        self.by_string: dict[str, Comparison] = {string: ("whole", (Span(0, len(text), text),), ())}
        """The comparisons so far of strings all of whose words are in the canonical wording."""
        self._by_text: dict[str, Comparison] = {}
        self._spans: TokenSpans | None = None

    def compare(self, text: str, string: str) -> Comparison:
        """Returns the comparison of an occurrence, given its text and its string."""
        known = self._by_text.get(text)
        if known is not None:
            return known
        is_unbroken_part = GAP_CHAR not in string and string in self._string
        span = self._find_verbatim(text) if is_unbroken_part else None
        if span is not None:  # true for most parts, which need no search for tokens
            part: Comparison = ("part", (span,), ())
            self.by_string[string] = part
            return part
        return self._compare_tokens(text, string)

    def _compare_tokens(self, text: str, string: str) -> Comparison:
        if self._spans is None:
            self._spans = TokenSpans(self.text, self._string, self._vocabulary)
        canonical = self._spans
        same = find_pieces(canonical.string, string)
        if same is not None:
            contained: Comparison = (_part_or_whole(same, canonical), _covered(same, canonical), ())
            self.by_string[string] = contained
            return contained
        printed = TokenSpans(text, string, self._vocabulary)
        alignment = align(canonical.string, printed.string)
        edits = [(canonical.span(*ours), *printed.offsets(*theirs)) for ours, theirs in alignment.edits]
        relation: Relation = "edited" if edits else _part_or_whole(alignment.same, canonical)
        aligned: Comparison = (relation, _covered(alignment.same, canonical), edits)
        self._by_text[text] = aligned
        return aligned

    def _find_verbatim(self, text: str) -> Span | None:
        """Returns the span of the canonical wording with the same characters; None if it is not certain that
        whole words were found."""
        words = text.strip(OUTER_MARKS)
        start = self.text.find(words)
        end = start + len(words)
        if start < 0 or not (words[:1].isalnum() and words[-1:].isalnum()):
            return None
        before, after = self.text[start - 1 : start], self.text[end : end + 2]
        ends = after[:1] in ("", " ") or (after[0] in OUTER_MARKS and after[1:] in ("", " "))
        return Span(start, end, words) if before in ("", " ") and ends else None


def _part_or_whole(ranges: Sequence[TokenRange], canonical: TokenSpans) -> Relation:
    """Returns "whole" if the given tokens are the whole canonical wording, else "part"."""
    return "whole" if sum([end - start for start, end in ranges]) == len(canonical.string) else "part"


def _covered(ranges: Sequence[TokenRange], canonical: TokenSpans) -> tuple[Span, ...]:
    text = canonical.text
    return tuple([Span(start, end, text[start:end]) for start, end in starmap(canonical.offsets, ranges)])
