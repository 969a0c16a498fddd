"""Encodes wordings as strings with one character for each token. String search and rapidfuzz, which are
written in C, compare these strings fast."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from quoteattr.dedup import normalize
from quoteattr.dedup.sorted_columns import Int64Array, group_starts

GAP_CHAR = "\0"
"""The character of `normalize.GAP`."""
CHAR_BITS = sys.maxunicode.bit_length()
CONTINUES_CHAR, TEXT_BOUND = "\udfff", "\udffe"
"""The character of `normalize.CONTINUES`, and the one between two texts. Both are surrogates, which never
stand for a token."""
OTHER_MARK = "\N{REPLACEMENT CHARACTER}"
"""Takes the place of `TEXT_BOUND` in a text: it is part of no token, and divides tokens like any mark."""
_BETWEEN_TEXTS = f"\n{TEXT_BOUND}\n"
"""Separates texts that are encoded together. It contains line breaks, because no insert extends over the end
of a line."""
SURROGATES = range(0xD800, 0xE000)
SHARED_CHARS = 0xC000
"""Number of characters that all further tokens share after every code point has been used."""


class Vocabulary:
    """Assigns a character to each distinct token.

    Function words have the lowest code points, so one comparison of a character shows whether a token is a
    function word.

    >>> vocabulary = Vocabulary()
    >>> string = vocabulary.encode(["…", "will", "…", "harbour", "…"])
    >>> len(string), string[1] == GAP_CHAR, vocabulary.content_of(string) == string[2]
    (3, True, True)
    >>> vocabulary.contents_of([string, GAP_CHAR]) == [vocabulary.content_of(string), ""]
    True
    """

    def __init__(self) -> None:
        self.tokens: list[str] = [normalize.GAP, *sorted(normalize.FUNCTION_WORDS)]
        """The tokens by the number of their character."""
        self._char_of: dict[str, str] = {token: chr(n) for n, token in enumerate(self.tokens)}
        self._function_chars = frozenset(self._char_of.values())
        self.last_function_char = chr(len(self.tokens) - 1)
        self.number_chars: set[str] = set()
        self.number_and_negation_chars = {self._char(word) for word in sorted(normalize.NEGATIONS)}
        self._char_of[normalize.CONTINUES] = CONTINUES_CHAR
        self._chunk_string = lru_cache(maxsize=normalize.CACHED_CHUNKS)(self._encode_chunk)

    def encode_texts(self, texts: Sequence[str]) -> list[str]:
        """Returns for each text one character for each of its tokens.

        This is fastest for a few dozen texts at once. They share the cost of the calls, and intermediate
        results fit into the processor's cache.

        >>> vocabulary = Vocabulary()
        >>> texts = ["Ships [sic]", "per", "cent [of", "them] . . ."]
        >>> strings = [vocabulary.encode_all(normalize.normalized_tokens(text)) for text in texts]
        >>> vocabulary.encode_texts(texts) == strings
        True
        """
        if not texts:
            return []
        together = _BETWEEN_TEXTS.join(texts)
        if together.count(TEXT_BOUND) >= len(texts):  # a text itself contains the character; no token has it
            return self.encode_texts([text.replace(TEXT_BOUND, OTHER_MARK) for text in texts])
        chunks = normalize.split_chunks(together)
        found = "".join(map(self._chunk_string, chunks)).split(TEXT_BOUND)
        return [
            self.encode_all(normalize.normalized_tokens(text)) if CONTINUES_CHAR in string else string
            for text, string in zip(texts, found, strict=True)
        ]

    def _encode_chunk(self, chunk: str) -> str:
        return TEXT_BOUND if chunk == TEXT_BOUND else self.encode_all(normalize.chunk_tokens(chunk))

    def encode(self, tokens: Sequence[str]) -> str:
        """Returns one character for each token, without gaps at either end."""
        return self.encode_all(tokens).strip(GAP_CHAR)

    def encode_all(self, tokens: Sequence[str]) -> str:
        """Returns one character for each token."""
        return "".join(map(self._char, tokens))

    def _char(self, token: str) -> str:
        char = self._char_of.get(token)
        if char is None:
            char = self._char_of[token] = self._new_char(token)
        return char

    def _new_char(self, token: str) -> str:
        """Assigns a character to a token that has none yet."""
        number = len(self.tokens)
        if number in SURROGATES:
            self.tokens.extend([""] * (SURROGATES.stop - number))
            number = SURROGATES.stop
        if number > sys.maxunicode:
            return chr(ord(self.last_function_char) + 1 + token_hash(token) % SHARED_CHARS)
        self.tokens.append(token)
        char = chr(number)
        if normalize.is_number(token):
            self.number_chars.add(char)
            self.number_and_negation_chars.add(char)
        return char

    def alphabetic(self) -> dict[int, str]:
        """Returns a table for `str.translate`: translated wordings sort in the alphabetical order of their
        tokens."""
        order = sorted(range(len(self.tokens)), key=self.tokens.__getitem__)
        return {number: chr(position) for position, number in enumerate(order)}

    def token(self, char: str) -> str:
        """Returns the token of a character."""
        return self.tokens[ord(char)]

    def count_content(self, string: str) -> int:
        """Returns the number of distinct content words of a string."""
        return len(set(string).difference(self._function_chars))

    def count_words(self, strings: Sequence[str]) -> tuple[Int64Array, Int64Array]:
        """Returns for each string its number of words, and its number of distinct content words.

        >>> vocabulary = Vocabulary()
        >>> strings = vocabulary.encode_texts(["Ships … and ships", "She said", ""])
        >>> [column.tolist() for column in vocabulary.count_words(strings)]
        [[3, 2, 0], [1, 0, 0]]
        """
        lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        chars = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
        owners = np.repeat(np.arange(len(strings)), lengths)
        gaps = np.bincount(owners[chars == ord(GAP_CHAR)], minlength=len(strings))
        content = chars > ord(self.last_function_char)
        found = np.sort(owners[content] << CHAR_BITS | chars[content])
        distinct = found[group_starts(found)] >> CHAR_BITS
        return lengths - gaps, np.bincount(distinct, minlength=len(strings))

    def content_of(self, string: str) -> str:
        """Returns the content words of a string, in order."""
        return "".join(filter(self.last_function_char.__lt__, string))

    def contents_of(self, strings: Sequence[str]) -> list[str]:
        """Returns `content_of` for each of one or more strings."""
        joined = TEXT_BOUND.join(strings).encode("utf-32-le", "surrogatepass")
        chars = np.frombuffer(joined, dtype=np.uint32)
        kept = chars[chars > ord(self.last_function_char)].tobytes()
        return kept.decode("utf-32-le", "surrogatepass").split(TEXT_BOUND)


def token_hash(token: str) -> int:
    """Returns a 64-bit hash that is the same on every machine and in every run (Python's ``hash`` is not).

    >>> token_hash("line") == token_hash("line") != token_hash("lime")
    True
    """
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little")
