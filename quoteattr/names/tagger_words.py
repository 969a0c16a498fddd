"""The words of an article as the name tagger sees them: tokens, what each word looks like, what its site
shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

import attrs
import regex

from quoteattr.lexicon import word_list
from quoteattr.names.name import given_names

ROWS = 16_384
"""Rows of the table of hashed features; each feature has one. Half a million weights, half of the file."""
SITE_FEATURES = 7
"""Length of a row of `ArticleWords.sites`."""
BREAK = "\n"
"""The token that stands for any number of line breaks."""
_CACHED = 50_000
"""Words whose features are cached. An article has some 300 different ones, a day's news some 30,000."""
# 1. Line breaks. 2. "U.S.", "J.D." 3. A word with what is joined to it: "O’Neill", "Smith-Jones", "4th". 4.
# A possessive. 5. Any other sign.
_TOKEN = regex.compile(
    r"""
        [\r\n] \s*+
      | (?: \p{L}\. ){2,}
      | [\p{L}\p{N}][\p{L}\p{M}\p{N}]*+ (?: [-–'’] (?! [sS]\b ) [\p{L}\p{N}][\p{L}\p{M}\p{N}]*+ )*+
      | ['’] [sS]\b
      | \S
    """,
    regex.VERBOSE,
)
_SENTENCE_ENDS = frozenset('.?!:;“"‘«' + BREAK)
_LISTS = (
    ("courtesy_titles", "persons"),
    ("short_titles", "persons"),
    ("roles", "persons"),
    ("trades", "persons"),
    ("thing_words", "persons"),
    ("organisation_words", "persons"),
    ("organisation_nouns", "persons"),
    ("fields", "persons"),
    ("places", "persons"),
    ("demonyms", "persons"),
    ("firm_words", "persons"),
    ("not_names", "persons"),
    ("particles", "names"),
    ("weekdays", "names"),
    ("honours", "names"),
)
"""The lists whose words are marked, with the file of each."""
_LONGEST_AFFIX = 4
"""Letters of the longest beginnings and endings that are features."""
_SHORT = 3
"""Letters of the longest words that headlines may set in small letters."""
_HEADLINE_WORDS = 4
"""Fewest longer words of a line that may be a headline."""
_HEADLINE_CAPITALS = 0.7
"""Share of a headline's longer words that have a capital."""


def tokenize(text: str) -> list[tuple[int, int]]:
    """First character and end of each token: words, possessives, other signs, line breaks.

    >>> [text[start:end] for text in ["Ms O’Neill’s U.S. tour."] for start, end in tokenize(text)]
    ['Ms', 'O’Neill', '’s', 'U.S.', 'tour', '.']
    """
    return [match.span() for match in _TOKEN.finditer(text)]


@lru_cache(_CACHED)
def word_features(word: str) -> tuple[int, ...]:
    """The rows of a word's features in the table: the word, its beginnings and endings, its shape, its
    lists."""
    lower = word.lower().replace("’", "'")
    found = [f"w{lower}", f"s{_shape(word)}"]
    found += [f"{length}<{lower[:length]}" for length in range(2, _LONGEST_AFFIX + 1)]
    found += [f"{length}>{lower[-length:]}" for length in range(1, _LONGEST_AFFIX + 1)]
    found += _memberships().get(lower, ())
    return tuple(crc32(feature.encode("utf-8", "surrogatepass")) % ROWS for feature in found)


@cache
def _memberships() -> dict[str, tuple[str, ...]]:
    """The features of each word that is in a list."""
    lists = [(name, word_list(file, name)) for name, file in _LISTS] + [("given", given_names())]
    found: dict[str, tuple[str, ...]] = {}
    for name, listed in lists:
        for word in listed:
            found[word] = (*found.get(word, ()), f"l{name}")
    return found


def _shape(word: str) -> str:
    """The kinds of a word's letters, each run of one kind shortened to two: "Xxx", "XX", "Xx-Xx"."""
    shape = ""
    for letter in word:
        kind = "X" if letter.isupper() else "x" if letter.isalpha() else "d" if letter.isdigit() else letter
        if shape[-2:] != kind * 2:
            shape += kind
    return shape[:8]


@attrs.frozen(eq=False)
class ArticleWords:
    """The tokens of an article by number, so that each distinct one is looked at once."""

    distinct: tuple[str, ...]
    """Each token once, in order of appearance."""
    numbers: Any
    """The number of each token of the article in `distinct`."""
    sites: Any
    """What the place of each token shows, a row of zeros and ones: see `article_words`."""
    candidates: Any
    """For each token, whether it may stand in a name by itself: it begins with a capital or a digit."""
    groups: Any
    """For each token, the number of its word, whatever its case; -1 if it is no candidate."""


def article_words(tokens: Sequence[str]) -> ArticleWords:
    """Numbers the tokens of an article and reads what their sites show.

    A row of `sites` says in this order: the token has a capital; it has no small letter; a sentence or a
    quotation may begin with it; it stands in a line set as a headline; the article has the word in small
    letters; the article has it with a capital inside a sentence; it is a word.

    Args:
        tokens: the tokens, line breaks as `BREAK`.
    """
    import numpy as np

    index: dict[str, int] = {}
    numbers = np.array([index.setdefault(token, len(index)) for token in tokens])
    distinct = tuple(index)
    capital, upper, word, ends, begins_name = (
        np.array(row)[numbers] for row in zip(*map(_looks, distinct), strict=True)
    )
    starts = np.r_[True, ends[:-1]]
    titled = _in_headline(distinct, numbers, index.get(BREAK, -1))
    in_small = np.array([token[:1].isupper() and token.lower() in index for token in distinct])[numbers]
    is_inside = np.zeros(len(distinct), bool)
    is_inside[numbers[capital & ~starts & ~titled]] = True
    sites = np.stack([capital, upper, starts, titled, in_small, is_inside[numbers], word], axis=1)
    words_of: dict[str, int] = {}
    groups = np.array([words_of.setdefault(token.lower(), len(words_of)) for token in distinct])[numbers]
    return ArticleWords(distinct, numbers, sites, begins_name, np.where(begins_name, groups, -1))


@lru_cache(_CACHED)
def _looks(token: str) -> tuple[bool, bool, bool, bool, bool]:
    """Whether a token has a capital, has no small letter, is a word, ends a sentence, may stand in a name
    alone."""
    capital = token[:1].isupper()
    ends = token in _SENTENCE_ENDS
    return capital, token.isupper(), token[:1].isalnum(), ends, capital or token[:1].isdigit()


def _in_headline(distinct: Sequence[str], numbers: Any, line_break: int) -> Any:
    """Whether each token stands in a line of which most longer words have a capital."""
    import numpy as np

    long = np.array([len(token) > _SHORT and token.isalpha() for token in distinct])[numbers]
    capital = long & np.array([token[:1].isupper() for token in distinct])[numbers]
    breaks = numbers == line_break
    lines = np.cumsum(breaks) - breaks
    longs = np.bincount(lines, long)
    capitals = np.bincount(lines, capital)
    return ((longs >= _HEADLINE_WORDS) & (capitals >= _HEADLINE_CAPITALS * longs))[lines]
