"""Finds the offsets of single tokens of a text."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from quoteattr.dedup import normalize
from quoteattr.dedup.vocabulary import Vocabulary
from quoteattr.schema import Span

CACHED_CHUNKS = 1 << 16
"""Chunks whose token offsets are cached: the words of some thousand utterances."""


class TokenSpans:
    """A text with the offsets of its tokens.

    Only a few offsets are needed, so only the chunk of a wanted token (the text between two blanks) is
    tokenized. The whole text is tokenized only if a token may contain a blank.

    Args:
        text: the text.
        string: its tokens as `Vocabulary.encode` writes them.
        vocabulary: that vocabulary.

    >>> vocabulary = Vocabulary()
    >>> spans = TokenSpans("We don’t know …", vocabulary.encode(["we", "do", "not", "know"]), vocabulary)
    >>> len(spans.string), spans.offsets(2, 4), spans.span(0, 1)
    (5, (3, 13), Span(start=0, end=2, text='We'))
    """

    def __init__(self, text: str, string: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.string = vocabulary.encode_texts([text])[0] if _may_have_outer_gap(text) else string
        """One character for each token, gaps at the ends included."""
        self._whole: list[tuple[int, int]] | None = None
        if _may_continue_beyond_blank(text):
            self._chunks, self._whole = [text], normalize.token_offsets(text)
            self._ends = [len(self._whole)]
        else:
            self._chunks = text.replace("per cent", f"per{normalize.JOINER}cent").split(" ")
            self._ends = [*accumulate(map(len, map(_chunk_offsets, self._chunks)))]

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Returns the characters of the tokens from ``start`` up to ``end``.

        If ``end`` is not greater than ``start``, both offsets are the start of the token ``start``, or the
        end of the last token if there is no such token.
        """
        if end > start:
            begin, stop = self._token_offsets(start)
            return begin, stop if end == start + 1 else self._token_offsets(end - 1)[1]
        if not self._ends[-1]:
            return 0, 0
        at = self._token_offsets(start)[0] if start < self._ends[-1] else self._token_offsets(start - 1)[1]
        return at, at

    def _token_offsets(self, token: int) -> tuple[int, int]:
        nth = bisect_right(self._ends, token)
        found = self._whole or _chunk_offsets(self._chunks[nth])
        begin, end = found[token - self._ends[nth]]  # counted from the last token of the chunk
        before = len(" ".join(self._chunks[:nth])) + (nth > 0)
        return before + begin, before + end

    def span(self, start: int, end: int) -> Span:
        """Returns the span of the text from the token ``start`` up to ``end``."""
        return Span.of(self.text, *self.offsets(start, end))


def _may_have_outer_gap(text: str) -> bool:
    """Whether the first or the last token may be a gap."""
    begins, ends = _makes_token(text[:1]), _makes_token(text[-2:-1] if text[-1:] in ".,!?" else text[-1:])
    return not (begins and ends) and normalize.may_have_gaps(text)


def _makes_token(letter: str) -> bool:
    """Whether a letter is a token by itself: a modifier apostrophe is none."""
    return letter.isalnum() and bool(normalize.normalize_token(letter))


def _may_continue_beyond_blank(text: str) -> bool:
    """Whether a token may contain a blank (an insert, the dots of an ellipsis, "Per cent"), or the text has
    other blanks than plain spaces."""
    if not text.isprintable() or "[" in text or " ." in text:
        return True
    lower = text.lower()
    return " cent" in lower and lower.count("per ") > text.count("per cent")


@lru_cache(maxsize=CACHED_CHUNKS)
def _chunk_offsets(chunk: str) -> list[tuple[int, int]]:
    return normalize.token_offsets(chunk)
