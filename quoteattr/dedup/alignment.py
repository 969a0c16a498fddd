"""Whether one folded wording is another, whole, in part or edited, and which words differ.

Wordings are compared as strings of one character for each token, so that Python's own search and rapidfuzz do
the work in C. The gap of an ellipsis or an insert is the
character NUL, and stands for any words or none.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from enum import IntEnum
from math import ceil
from operator import itemgetter

import attrs
import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, MatchingBlock

from quoteattr.dedup import normalize, sorted_columns
from quoteattr.dedup.bounded_cache import Remembered
from quoteattr.dedup.sorted_columns import Numbers

GAP_CHAR = "\0"
"""The token of a gap, as a character."""


CHAR_BITS = sys.maxunicode.bit_length()


class Kind(IntEnum):
    """How a shorter wording stands to a longer one, strongest last."""

    OVERLAP = 1
    """They share a long run of words and each goes on without the other."""
    NEAR = 2
    """A few words differ, none of them a number or a negation."""
    CONTAINED = 3
    """The shorter stands in the longer word for word, gaps apart."""
    EQUAL = 4
    """The same words."""


@attrs.frozen
class Match:
    """What two wordings have in common."""

    kind: Kind
    """How the shorter stands to the longer."""
    common: int
    """Tokens in common; for an overlap, those of the shared run."""
    whole: bool
    """Whether the longer has next to nothing besides, so that both are forms of one wording."""


LONG_RUN = 10
"""A shared run of so many words is enough, however long the wordings are."""
RUN = 6
"""Shortest shared run that makes an overlap. Runs of 5 ("the people of the United States", "going to be a
lot of") are common property."""
SWAPPED = 1.5
"""What another content word in place of one costs besides: with the word itself more than `allowed` grants a
line of fourteen words. "A school in every village" is not "a prison in every village"."""
WINDOW = 3
"""Tokens beside the best window that an alignment may still use, for words put in."""


def allowed(length: int) -> float:
    """Cost of edits that a wording of so many tokens may bear.

    The steps were measured on synthetic edits before this project's code was written; they admit one word in
    seven and keep short lines exact.

    >>> [allowed(n) for n in (4, 7, 14, 40)]
    [0, 1, 2, 6.0]
    """
    if length <= 4:
        return 0
    if length <= 7:
        return 1
    return 2 if length <= 14 else 0.15 * length


BEYOND_BLANK, BOUND = "\udfff", "\udffe"
"""In place of a token that may go on beyond a blank, and of the bound between two texts; surrogates stand for
no token."""
_BETWEEN = f"\n{BOUND}\n"
"""Between texts that are read together: no insert goes over a line's end."""


class Vocabulary:
    """Tokens as characters: `string` turns a wording into a string that `compare` takes.

    Function words have the first characters, so that one comparison tells a content word from them.

    >>> words = Vocabulary()
    >>> wording = words.string(["…", "will", "…", "harbour", "…"])
    >>> len(wording), wording[1] == GAP_CHAR, words.telling(wording) == wording[2]
    (3, True, True)
    >>> words.tellings([wording, GAP_CHAR]) == [words.telling(wording), ""]
    True
    """

    def __init__(self) -> None:
        self.words: list[str] = [normalize.GAP, *sorted(normalize.FUNCTION_WORDS)]
        self.chars: Remembered[str, str] = Remembered(self._new, sys.maxsize)
        self.chars.update({word: chr(n) for n, word in enumerate(self.words)})
        self.last = chr(len(self.words) - 1)
        self._function = frozenset(self.chars.values())
        self.numbers: set[str] = set()
        self.turning = {self.chars[word] for word in sorted(normalize.NEGATIONS)}
        self.chars[normalize.GOES_ON] = BEYOND_BLANK
        self._stretches: Remembered[str, str] = Remembered(self._stretch, normalize.STRETCHES)

    def of_text(self, text: str) -> str:
        """One character for each token of a text."""
        return self.of_texts([text])[0]

    def of_texts(self, texts: Sequence[str]) -> list[str]:
        """For each of some texts one character for each token. Best some dozen at a time: one by one takes a
        third longer, and of 1,000, what each step leaves for the next is no longer in the cache.

        >>> words = Vocabulary()
        >>> texts = ["Ships [sic]", "per", "cent [of", "them] . . ."]
        >>> words.of_texts(texts) == [words.full(normalize.tokens(text)) for text in texts]
        True
        """
        if not texts:
            return []
        together = _BETWEEN.join(texts)
        if together.count(BOUND) >= len(texts):  # no token has one
            return self.of_texts([text.replace(BOUND, " ") for text in texts])
        found = "".join(map(self._stretches.__getitem__, normalize.cut(together))).split(BOUND)
        return [
            self.full(normalize.tokens(text)) if BEYOND_BLANK in string else string
            for text, string in zip(texts, found, strict=True)
        ]

    def _stretch(self, stretch: str) -> str:
        return BOUND if stretch == BOUND else self.full(normalize.alone(stretch))

    def string(self, tokens: Sequence[str]) -> str:
        """One character for each token, gaps at either end left out."""
        return self.full(tokens).strip(GAP_CHAR)

    def full(self, tokens: Sequence[str]) -> str:
        """One character for each token."""
        return "".join(map(self.chars.__getitem__, tokens))

    def _new(self, token: str) -> str:
        """The character of a token that has none yet."""
        number = len(self.words)
        # Numbers of surrogates are left out; past the last code point, words share characters.
        if 0xD800 <= number < 0xE000:
            self.words.extend([""] * (0xE000 - number))
            number = 0xE000
        if number > 0x10FFFF:
            return chr(ord(self.last) + 1 + hash_number(token) % 0xC000)
        self.words.append(token)
        char = chr(number)
        if normalize.is_number(token):
            self.numbers.add(char)
            self.turning.add(char)
        return char

    def alphabetic(self) -> dict[int, str]:
        """A table for `str.translate` that makes strings sort as their words do."""
        order = sorted(range(len(self.words)), key=self.words.__getitem__)
        return {number: chr(place) for place, number in enumerate(order)}

    def word(self, char: str) -> str:
        """The token that a character stands for."""
        return self.words[ord(char)]

    def content(self, string: str) -> int:
        """How many distinct content words a wording has."""
        return len(set(string).difference(self._function))

    def counted(self, strings: Sequence[str]) -> tuple[Numbers, Numbers]:
        """For each wording how many words it has, and how many distinct content words.

        >>> words = Vocabulary()
        >>> strings = words.of_texts(["Ships … and ships", "She said", ""])
        >>> [column.tolist() for column in words.counted(strings)]
        [[3, 2, 0], [1, 0, 0]]
        """
        lengths = np.fromiter(map(len, strings), np.int64, len(strings))
        flat = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
        of = np.repeat(np.arange(len(strings)), lengths)
        gaps = np.bincount(of[flat == ord(GAP_CHAR)], minlength=len(strings))
        telling = flat > ord(self.last)
        found = np.sort(of[telling] << CHAR_BITS | flat[telling])
        distinct = found[sorted_columns.begins(found)] >> CHAR_BITS
        return lengths - gaps, np.bincount(distinct, minlength=len(strings))

    def telling(self, string: str) -> str:
        """The content words of a wording, in order."""
        return "".join(filter(self.last.__lt__, string))

    def tellings(self, strings: Sequence[str]) -> list[str]:
        """`telling` of at least one wording, in a quarter of the time where they are many."""
        whole = BOUND.join(strings).encode("utf-32-le", "surrogatepass")
        chars = np.frombuffer(whole, dtype=np.uint32)
        kept = chars[chars > ord(self.last)].tobytes()
        return kept.decode("utf-32-le", "surrogatepass").split(BOUND)


def hash_number(token: str) -> int:
    """A number for a token that is the same on every machine and in every run (Python's ``hash`` is not).

    >>> hash_number("line") == hash_number("line") != hash_number("lime")
    True
    """
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest(), "little")


Stretch = tuple[int, int]
"""Tokens that follow upon each other: the first and one past the last."""


def contained(short: str, long: str) -> bool:
    """Whether the pieces of ``short`` between gaps stand in ``long``, in order.

    >>> contained("ab\\0d", "xabcdy"), contained("ab\\0d", "dab")
    (True, False)
    """
    return stretches(short, long) is not None


def stretches(short: str, long: str) -> list[Stretch] | None:
    """Where the pieces of ``short`` between gaps stand in ``long``; None where they do not, in order.

    >>> stretches("ab\\0d", "xabcdy"), stretches("ab\\0d", "dab")
    ([(1, 3), (4, 5)], None)
    """
    if short and GAP_CHAR not in short:  # which most are: told in half the time
        begin = long.find(short)
        return None if begin < 0 else [(begin, begin + len(short))]
    found = []
    at = 0
    for piece in filter(None, short.split(GAP_CHAR)):
        begin = long.find(piece, at)
        if begin < 0:
            return None
        at = begin + len(piece)
        found.append((begin, at))
    return found


def held(short: str, long: str, size: int) -> Match:
    """How a wording of so many words stands to one that contains it.

    >>> held("bc", "abcd", 2).kind, held("bc", "bc", 2).kind
    (<Kind.CONTAINED: 3>, <Kind.EQUAL: 4>)
    """
    if short == long:
        return Match(Kind.EQUAL, size, True)
    return Match(Kind.CONTAINED, size, len(long) - len(short) <= allowed(size))


def shortest_run(size: int) -> int:
    """Length of a shared run that makes an overlap, where the shorter wording has so many tokens.

    >>> [shortest_run(n) for n in (6, 15, 40)]
    [6, 8, 10]
    """
    return max(RUN, min(LONG_RUN, ceil(size / 2)))


def least_common(size: int, gapped: bool) -> int:
    """How many words, in order, a wording of so many must share with one that it may be an edit of.

    A function word that is missing costs a half; at a gap any word may be missing, though never most of them.

    >>> [least_common(n, False) for n in (4, 7, 14, 40)], least_common(14, True)
    ([4, 5, 10, 28], 7)
    """
    least = ceil(size - 2 * allowed(size))
    return min(least, ceil(size / 2)) if gapped else least


def shares_run(short: str, long: str, size: int) -> bool:
    """Whether so many words in a row stand in both.

    >>> shares_run("abcd", "xbcdy", 3), shares_run("abcd", "abxcd", 3)
    (True, False)
    """
    # Every run holds one of some blocks; mostly none of these stands in both.
    block, last = (size + 1) // 2, len(short) - size
    for at in range(0, len(short) - block + 1, size - block + 1):
        if short[at : at + block] in long:
            for begin in range(max(0, at + block - size), min(at, last) + 1):
                if short[begin : begin + size] in long:
                    return True
    return False


class Shorter:
    """A wording, ready to be compared with longer ones that do not contain it.

    Args:
        string: as `Vocabulary.string` writes it.
        words: that vocabulary.

    >>> words = Vocabulary()
    >>> s = lambda line: words.string(normalize.tokens(line))
    >>> line = Shorter(s("We have 5 ships in the Baltic now"), words)
    >>> line.compare(s("We have 5 big ships in the Baltic now, they say")).kind
    <Kind.NEAR: 2>
    >>> line.compare(s("We have 6 ships in the Baltic now"))
    """

    def __init__(self, string: str, words: Vocabulary) -> None:
        self.string, self.words = string, words
        self.size = len(string) - string.count(GAP_CHAR)
        self.run = shortest_run(self.size)
        self.least = least_common(self.size, GAP_CHAR in string)

    def compare(self, long: str) -> Match | None:
        """How the wording stands to a longer one, or None where they are not the same line."""
        return self._near(long) or self._overlap(long)

    def _enough(self, long: str) -> bool:
        """Whether they have so many words in common that the rest may be edits."""
        least = min(self.least, self.run) if GAP_CHAR in long else self.least
        return bool(LCSseq.similarity(self.string, long, score_cutoff=least))

    def _near(self, long: str) -> Match | None:
        """The same words but for a few."""
        short, words = self.string, self.words
        slack = allowed(self.size)
        if not slack and GAP_CHAR not in long:
            return None
        if not self._enough(long):
            return None
        window, outside = _window(short, long)
        differing = _differing(short, window)
        cost = 0.0
        for ours, theirs in differing:
            cost += _cost(ours, theirs, words)
            if cost > slack:
                return None
        common = len(short) - sum([len(ours) for ours, _ in differing])
        return Match(Kind.NEAR, common, outside <= slack)

    def _overlap(self, long: str) -> Match | None:
        """A shared run that ends one wording and begins the other, or most of both."""
        short, words = self.string, self.words
        if self.size < RUN or not shares_run(self.string, long, self.run):
            return None
        at, to, length = max(_blocks(short, long), key=itemgetter(2))
        if length < self.run or words.content(short[at : at + length]) < 2:
            return None
        crosses = (at + length == len(short) and to == 0) or (at == 0 and to + length == len(long))
        if crosses or (length >= RUN + 2 and not _changed(short, long, words)):
            return Match(Kind.OVERLAP, length, False)
        return None


def _window(short: str, long: str) -> tuple[str, int]:
    """The stretch of ``long`` to align with, and how many tokens of it lie outside."""

    if GAP_CHAR in short or len(long) <= len(short) + WINDOW:
        return long, 0
    best = fuzz.partial_ratio_alignment(short, long)
    if best is None:
        return long, 0
    begin, end = max(0, best.dest_start - WINDOW), best.dest_end + WINDOW
    return long[begin:end], len(long) - (best.dest_end - best.dest_start)


def _differing(short: str, long: str) -> list[tuple[str, str]]:
    """What differs, as words of short and of long; where the longer goes on at an end, that is no difference.

    >>> _differing("abcd", "xabycz")
    [('', 'y'), ('d', '')]
    """
    found = []
    at = to = 0
    for a, b, size in _blocks(short, long):
        ours, theirs = short[at:a], long[to:b] if at > 0 and a < len(short) else ""
        if ours or theirs:
            found.append((ours, theirs))
        at, to = a + size, b + size
    return found


def _blocks(a: str, b: str) -> list[MatchingBlock]:
    """Where the longest common subsequence stands in both, and how long its stretches are; last, both ends
    and 0."""
    return LCSseq.editops(a, b).as_matching_blocks()


def _cost(a: str, b: str, words: Vocabulary) -> float:
    """What it costs to print ``b`` for ``a``: infinite where the sense turns round."""
    if GAP_CHAR in a or GAP_CHAR in b:
        return 0
    if not words.turning.isdisjoint(a + b) and _turns(a, words) != _turns(b, words):
        return float("inf")
    ours, theirs = words.telling(a), words.telling(b)
    swapped = min(len(ours), len(theirs))
    if swapped and _alike(ours, theirs, words):
        swapped = 0
    return max(len(a) + len(ours), len(b) + len(theirs)) / 2 + SWAPPED * swapped


def _turns(side: str, words: Vocabulary) -> list[str]:
    """The numbers and, where few words differ, the negations: if they differ, it is another statement."""
    turning = words.turning if len(side) <= 2 else words.numbers
    return [c for c in side if c in turning]


def _alike(a: str, b: str, words: Vocabulary) -> bool:
    """Whether the content words are forms of each other: "law" and "laws"."""
    return all(words.word(x)[:4] == words.word(y)[:4] for x, y in zip(a, b, strict=False))


def _changed(short: str, long: str, words: Vocabulary) -> bool:
    """Whether the wordings differ as a sentence made into another does: by a number, a negation, a thing."""
    return any(
        _turns(a, words) != _turns(b, words) or (len(a) == len(b) == 1 and _cost(a, b, words) > 1)
        for a, b in _differing(short, long)
    )


@attrs.frozen
class Alignment:
    """How a printed wording stands to the canonical one."""

    same: list[Stretch]
    """What it prints of the canonical wording."""
    edits: list[tuple[Stretch, Stretch]]
    """What of the canonical wording it prints otherwise, and how: not where the one goes on beyond the other,
    nor at a gap."""


BEYOND = 3
"""At an end, up to so many differing tokens on both sides are an edit; more, and the two simply go on
differently."""


def align(canonical: str, printed: str) -> Alignment:
    """How a printed wording stands to the canonical one where words differ; both as `Vocabulary.full` writes
    them. By longest common subsequence, within the window that is most like the printed words.

    >>> align("abcd", "bxd")
    Alignment(same=[(1, 2), (3, 4)], edits=[((2, 3), (1, 2))])
    """
    begin, end = 0, len(canonical)
    if end > len(printed) + WINDOW:
        best = fuzz.partial_ratio_alignment(printed, canonical)
        if best is not None and best.score:
            begin, end = max(0, best.dest_start - WINDOW), min(end, best.dest_end + WINDOW)
    same, edits = [], []
    at, to = begin, 0
    for a, b, size in _blocks(canonical[begin:end], printed):
        a += begin
        if (a > at or b > to) and _is_edit(canonical, at, a, printed, to, b):
            edits.append(((at, a), (to, b)))
        at, to = a + size, b + size
        if size:
            same.append((a, at))
    return Alignment(same, edits)


def _is_edit(canonical: str, start: int, end: int, printed: str, first: int, last: int) -> bool:
    """Whether words were changed where two wordings differ."""
    if GAP_CHAR in canonical[start:end] or GAP_CHAR in printed[first:last]:
        return False
    sides = (end - start, last - first)
    at_end = first == 0 or last == len(printed) or start == 0 or end == len(canonical)
    return not at_end or (min(sides) > 0 and max(sides) <= BEYOND)
