"""Compares two wordings: whether one contains the other or is an edited form of it, and which words differ.

Wordings are strings of one character for each token, as `quoteattr.dedup.vocabulary.Vocabulary` writes them.
The character of a gap stands for any words or none.
"""

from __future__ import annotations

from math import ceil
from operator import itemgetter

import attrs
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, MatchingBlock

from quoteattr.dedup.match import Match, MatchKind
from quoteattr.dedup.vocabulary import GAP_CHAR, Vocabulary

LONGEST_REQUIRED_RUN = 10
"""A shared run of this many words is enough, however long the wordings are."""
SHORTEST_RUN = 6
"""Shortest shared run that makes an overlap. Runs of five words ("the people of the United States", "going to
be a lot of") occur in unrelated statements."""
REPLACEMENT_COST = 1.5
"""Additional cost of replacing one content word by another. Together with the cost of the word itself, it is
more than `edit_budget` allows for fourteen words, because "a prison in every village" is not an edited form
of "a school in every village"."""
WINDOW_MARGIN = 3
"""Tokens on each side of the best window that are also aligned, to allow for inserted words."""


def edit_budget(size: int) -> float:
    """Returns the highest cost of edits at which a wording of ``size`` tokens still counts as the same.

    The values were chosen on synthetic edits: about one word in seven may differ, and short wordings may not
    differ at all.

    >>> [edit_budget(n) for n in (4, 7, 14, 40)]
    [0, 1, 2, 6.0]
    """
    if size <= 4:
        return 0
    if size <= 7:
        return 1
    return 2 if size <= 14 else 0.15 * size


TokenRange = tuple[int, int]
"""The first of some consecutive tokens, and one past the last."""


def contains_pieces(longer: str, shorter: str) -> bool:
    """Whether a wording contains the pieces of another one between gaps, in order.

    >>> contains_pieces("xabcdy", "ab\\0d"), contains_pieces("dab", "ab\\0d")
    (True, False)
    """
    return find_pieces(longer, shorter) is not None


def find_pieces(longer: str, shorter: str) -> list[TokenRange] | None:
    """Returns where a wording contains the pieces of another one between gaps, in order; None if it does not.

    >>> find_pieces("xabcdy", "ab\\0d"), find_pieces("dab", "ab\\0d")
    ([(1, 3), (4, 5)], None)
    """
    if shorter and GAP_CHAR not in shorter:  # most wordings: one search is enough
        start = longer.find(shorter)
        return None if start < 0 else [(start, start + len(shorter))]
    found = []
    at = 0
    for piece in filter(None, shorter.split(GAP_CHAR)):
        start = longer.find(piece, at)
        if start < 0:
            return None
        at = start + len(piece)
        found.append((start, at))
    return found


def containment_match(shorter: str, longer: str, size: int) -> Match:
    """Returns the match of a wording of ``size`` words with one that is known to contain it.

    >>> containment_match("bc", "abcd", 2).kind, containment_match("bc", "bc", 2).kind
    (<MatchKind.CONTAINED: 3>, <MatchKind.EQUAL: 4>)
    """
    if shorter == longer:
        return Match(MatchKind.EQUAL, size, True)
    return Match(MatchKind.CONTAINED, size, len(longer) - len(shorter) <= edit_budget(size))


def required_run(size: int) -> int:
    """Returns the length of a shared run that makes an overlap, if the shorter wording has ``size`` words.

    >>> [required_run(n) for n in (6, 15, 40)]
    [6, 8, 10]
    """
    return max(SHORTEST_RUN, min(LONGEST_REQUIRED_RUN, ceil(size / 2)))


def required_common(size: int, gapped: bool) -> int:
    """Returns how many of its ``size`` words an edited wording must share with the other one, in order.

    A missing function word costs one half. Any words may be missing at a gap, but half of the wording must be
    shared.

    >>> [required_common(n, False) for n in (4, 7, 14, 40)], required_common(14, True)
    ([4, 5, 10, 28], 7)
    """
    least = ceil(size - 2 * edit_budget(size))
    return min(least, ceil(size / 2)) if gapped else least


def share_run(shorter: str, longer: str, size: int) -> bool:
    """Whether two wordings share a run of ``size`` words.

    >>> share_run("abcd", "xbcdy", 3), share_run("abcd", "abxcd", 3)
    (True, False)
    """
    # Every run of this size contains one of the blocks below, and usually none of these occurs in both.
    block, last = (size + 1) // 2, len(shorter) - size
    for at in range(0, len(shorter) - block + 1, size - block + 1):
        if shorter[at : at + block] in longer:
            for start in range(max(0, at + block - size), min(at, last) + 1):
                if shorter[start : start + size] in longer:
                    return True
    return False


class Aligner:
    """Compares one wording with longer ones that do not contain it.

    Args:
        string: the wording.
        vocabulary: the vocabulary of its characters.

    >>> from quoteattr.dedup import normalize
    >>> vocabulary = Vocabulary()
    >>> s = lambda line: vocabulary.encode(normalize.normalized_tokens(line))
    >>> aligner = Aligner(s("We have 5 ships in the Baltic now"), vocabulary)
    >>> aligner.match(s("We have 5 big ships in the Baltic now, they say")).kind
    <MatchKind.NEAR: 2>
    >>> aligner.match(s("We have 6 ships in the Baltic now"))
    """

    def __init__(self, string: str, vocabulary: Vocabulary) -> None:
        self.string, self.vocabulary = string, vocabulary
        self.size = len(string) - string.count(GAP_CHAR)
        self.run = required_run(self.size)
        self.least = required_common(self.size, GAP_CHAR in string)

    def match(self, longer: str) -> Match | None:
        """Returns how the wording matches a longer one, or None if it does not."""
        return self._match_edited(longer) or self._match_overlap(longer)

    def _share_enough(self, longer: str) -> bool:
        """Whether the two share so many words that the other words may be edits."""
        least = min(self.least, self.run) if GAP_CHAR in longer else self.least
        return bool(LCSseq.similarity(self.string, longer, score_cutoff=least))

    def _match_edited(self, longer: str) -> Match | None:
        """The match of two wordings that differ in a few words; None if they differ in more."""
        shorter, vocabulary = self.string, self.vocabulary
        budget = edit_budget(self.size)
        if not budget and GAP_CHAR not in longer:
            return None
        if not self._share_enough(longer):
            return None
        window, outside = _best_window(shorter, longer)
        differences = _differences(shorter, window)
        cost = 0.0
        for ours, theirs in differences:
            cost += _edit_cost(ours, theirs, vocabulary)
            if cost > budget:
                return None
        common = len(shorter) - sum([len(ours) for ours, _ in differences])
        return Match(MatchKind.NEAR, common, outside <= budget)

    def _match_overlap(self, longer: str) -> Match | None:
        """The match of two wordings with a long shared run, or None. The run must end one wording and begin
        the other, or it must be longer still and the other words must not change the sense."""
        shorter, vocabulary = self.string, self.vocabulary
        if self.size < SHORTEST_RUN or not share_run(self.string, longer, self.run):
            return None
        at, to, length = max(_matching_blocks(shorter, longer), key=itemgetter(2))
        if length < self.run or vocabulary.count_content(shorter[at : at + length]) < 2:
            return None
        crosses = (at + length == len(shorter) and to == 0) or (at == 0 and to + length == len(longer))
        if crosses or (length >= SHORTEST_RUN + 2 and not _differ_in_sense(shorter, longer, vocabulary)):
            return Match(MatchKind.OVERLAP, length, False)
        return None


def _best_window(shorter: str, longer: str) -> tuple[str, int]:
    """Returns the part of the longer wording to align with, and the number of its tokens outside that
    part."""
    if GAP_CHAR in shorter or len(longer) <= len(shorter) + WINDOW_MARGIN:
        return longer, 0
    best = fuzz.partial_ratio_alignment(shorter, longer)
    if best is None:
        return longer, 0
    start, end = max(0, best.dest_start - WINDOW_MARGIN), best.dest_end + WINDOW_MARGIN
    return longer[start:end], len(longer) - (best.dest_end - best.dest_start)


def _differences(shorter: str, longer: str) -> list[tuple[str, str]]:
    """Returns the tokens in which the two wordings differ, in order. Additional tokens at the ends of the
    longer one are left out.

    >>> _differences("abcd", "xabycz")
    [('', 'y'), ('d', '')]
    """
    found = []
    at = to = 0
    for a, b, size in _matching_blocks(shorter, longer):
        ours, theirs = shorter[at:a], longer[to:b] if at > 0 and a < len(shorter) else ""
        if ours or theirs:
            found.append((ours, theirs))
        at, to = a + size, b + size
    return found


def _matching_blocks(a: str, b: str) -> list[MatchingBlock]:
    """Returns the longest common subsequence as runs, each with its start in both strings and its length. The
    last one stands for the end of both, with length 0."""
    return LCSseq.editops(a, b).as_matching_blocks()


def _edit_cost(a: str, b: str, vocabulary: Vocabulary) -> float:
    """Returns the cost of replacing ``a`` by ``b``; infinite if a number or a negation differs."""
    if GAP_CHAR in a or GAP_CHAR in b:
        return 0
    critical = vocabulary.number_and_negation_chars
    if not critical.isdisjoint(a + b) and _critical_chars(a, vocabulary) != _critical_chars(b, vocabulary):
        return float("inf")
    ours, theirs = vocabulary.content_of(a), vocabulary.content_of(b)
    replaced = min(len(ours), len(theirs))
    if replaced and _are_inflections(ours, theirs, vocabulary):
        replaced = 0
    return max(len(a) + len(ours), len(b) + len(theirs)) / 2 + REPLACEMENT_COST * replaced


def _critical_chars(side: str, vocabulary: Vocabulary) -> list[str]:
    """The tokens that change the meaning of a statement: numbers, and, if there are only one or two tokens,
    negations."""
    critical = vocabulary.number_and_negation_chars if len(side) <= 2 else vocabulary.number_chars
    return [c for c in side if c in critical]


def _are_inflections(a: str, b: str, vocabulary: Vocabulary) -> bool:
    """Whether the content words are forms of the same words, judged by their first four letters: "boat" and
    "boats"."""
    return all(vocabulary.token(x)[:4] == vocabulary.token(y)[:4] for x, y in zip(a, b, strict=False))


def _differ_in_sense(shorter: str, longer: str, vocabulary: Vocabulary) -> bool:
    """Whether the two wordings have different numbers, negations, or a different single content word in the
    same place."""
    return any(
        _critical_chars(a, vocabulary) != _critical_chars(b, vocabulary)
        or (len(a) == len(b) == 1 and _edit_cost(a, b, vocabulary) > 1)
        for a, b in _differences(shorter, longer)
    )


@attrs.frozen
class Alignment:
    """How an occurrence differs from the canonical wording."""

    same: list[TokenRange]
    """The tokens of the canonical wording that the occurrence has."""
    edits: list[tuple[TokenRange, TokenRange]]
    """Pairs of token ranges: tokens of the canonical wording, and the tokens of the occurrence that replace
    them. Gaps, and additional words at the ends of the longer of the two, are not edits."""


LONGEST_EDIT_AT_END = 3
"""If both wordings differ at an end in up to this many tokens, the difference is an edit. If more tokens
differ, the wordings continue differently."""


def align(canonical: str, printed: str) -> Alignment:
    """Aligns an occurrence with the canonical wording by longest common subsequence.

    If the canonical wording is much longer, only its part that is most similar to the occurrence is aligned.

    Args:
        canonical: the canonical wording, gaps at its ends included.
        printed: the wording of the occurrence, gaps at its ends included.

    >>> align("abcd", "bxd")
    Alignment(same=[(1, 2), (3, 4)], edits=[((2, 3), (1, 2))])
    """
    start, end = 0, len(canonical)
    if end > len(printed) + WINDOW_MARGIN:
        best = fuzz.partial_ratio_alignment(printed, canonical)
        if best is not None and best.score:
            start, end = max(0, best.dest_start - WINDOW_MARGIN), min(end, best.dest_end + WINDOW_MARGIN)
    same, edits = [], []
    at, to = start, 0
    for a, b, size in _matching_blocks(canonical[start:end], printed):
        a += start
        if (a > at or b > to) and _is_edit(canonical, (at, a), printed, (to, b)):
            edits.append(((at, a), (to, b)))
        at, to = a + size, b + size
        if size:
            same.append((a, at))
    return Alignment(same, edits)


def _is_edit(canonical: str, replaced: TokenRange, printed: str, replacing: TokenRange) -> bool:
    """Whether a difference between two wordings is a change of words, and not a gap or a different end."""
    (start, end), (first, last) = replaced, replacing
    if GAP_CHAR in canonical[start:end] or GAP_CHAR in printed[first:last]:
        return False
    sides = (end - start, last - first)
    at_end = first == 0 or last == len(printed) or start == 0 or end == len(canonical)
    return not at_end or (min(sides) > 0 and max(sides) <= LONGEST_EDIT_AT_END)
