"""Normalizes quotations: finds their tokens, which are the same for all occurrences of the same words, and
the offsets of the tokens.

Newspapers print the same words with different punctuation, spelling, figures or number words, ellipses and
bracketed inserts. Normalization removes these differences. The tokens keep their order, and the characters of
each token are known, so that differences between tokens can be shown in the text.

Source of the method: Quotebank (Vaucher et al., WSDM 2021) compares lower-case text without punctuation,
which separates "don’t" from "don't"; normalization here also covers apostrophes, contractions, British and
American spelling, and numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from quoteattr.lexicon import word_list, word_pairs

GAP = "\N{HORIZONTAL ELLIPSIS}"
"""The token of an ellipsis or a bracketed insert. It matches any words, or none."""

APOSTROPHES = (
    "'"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{ACUTE ACCENT}\N{GRAVE ACCENT}\N{PRIME}"
)
"""Characters that newspapers use as an apostrophe inside a word ("Europe´s" with an acute accent)."""

JOINER = "\N{WORD JOINER}"
"""Replaces the blank of "per cent" while a text is split at its blanks."""

LONGEST_INSERT = 120
"""Characters of the longest bracketed insert: about a clause. Longer brackets are text of their own."""

TOKEN = re.compile(
    rf"""
      \[ [^\]\n]{{0,{LONGEST_INSERT}}} \]    # 1. an insert: "he [Trump] said"
    | \( (?: \.\.\. | … ) \)                 # 2. a bracketed ellipsis
    | … | \.(?:\s?\.){{2,}}                  # 3. an ellipsis: "…", "...", ". . ."
    | \d+ (?: [.,]\d+ )* (?: (?:m|mn|bn|tn|k)\b )?      # 4. a number: "100,000", "3.5", "5m"
    | (?i:per[\s{JOINER}]+cent\b) | %        # 5. "20%" and "20 per cent" are "20 percent"
    | [^\W\d] [\w\u00AD\u0300-\u036F]* (?: [{APOSTROPHES}] [^\W\d]\w* )*   # 6. a word: "don’t", "F16"
    """,
    re.VERBOSE,
)
"""One printed token. Combining accents are listed because `re`, unlike `regex`, does not count them as word
characters; `re` is used because it is the faster of the two on this pattern."""

_INSERT = re.compile(rf"\[[^\]\n]{{0,{LONGEST_INSERT}}}\]")

CONTRACTIONS = {word: tuple(full.split()) for word, full in word_pairs("dedup", "contractions").items()}
ENDINGS = word_pairs("dedup", "endings")
WORDS_BEFORE_IS = word_list("dedup", "words_before_is")
SPELLINGS = word_pairs("dedup", "spellings")
NUMBER_WORDS = word_pairs("dedup", "number_words")
AMOUNT_LETTERS = word_pairs("dedup", "amount_letters")
NEGATIONS = word_list("dedup", "negations")
FUNCTION_WORDS = word_list("dedup", "function_words")

SPELLING_PATTERNS = (
    (re.compile(r"(?<=\w{2})i[sz](e[ds]?|ing|ation|ations|er|ers)$"), r"is\1"),  # organize, organise
    (re.compile(r"(?<=\w{2})yz(e[ds]?|ing)$"), r"ys\1"),  # analyze, analyse
    (re.compile(r"(?<=\w{2})our(s|ed|ing|able|ful|ite|ites|ly|hood)?$"), r"or\1"),  # colour, favourite
    (re.compile(r"(?<=[aeiou])ll(ed|ing|er|ers)$"), r"l\1"),  # travelled, traveled
)
"""Word endings with two spellings, each with its replacement. All wordings are normalized in the same way, so
a wrong replacement ("filled" becomes "filed") only matters if two wordings differ in this word alone."""
_SPELLED_TWICE = re.compile(r"i[sz]|yz|our|ll")
"""Letters of which each word that `SPELLING_PATTERNS` can change has some."""

_WITHOUT_CONTENT = FUNCTION_WORDS | {GAP}

CACHED_CHUNKS = 1 << 18
"""Chunks (see `split_chunks`) whose tokens are cached: as many as a large corpus has distinct words, each
with the punctuation beside it."""
CONTINUES = ""
"""Takes the place of a token that may continue in the next chunk. No token is empty."""


def normalized_tokens(text: str) -> list[str]:
    """Returns the normalized tokens of a text; `GAP` for an ellipsis or an insert.

    >>> normalized_tokens("We don’t … need 20% [more].")
    ['we', 'do', 'not', '…', 'need', '20', 'percent', '…']
    >>> normalized_tokens("The Centre's 5m organisers")
    ['the', 'centers', '5', 'million', 'organisers']
    >>> normalized_tokens("the center’s five million organizers")
    ['the', 'centers', '5', 'million', 'organisers']
    """
    found = [*chain.from_iterable(map(chunk_tokens, split_chunks(text)))]
    if CONTINUES in found:
        return [token for raw in TOKEN.findall(text) for token in normalize_token(raw)]
    return found


def may_have_gaps(text: str) -> bool:
    """Whether a text contains anything that may be an ellipsis or an insert.

    >>> may_have_gaps("Yes [he said]."), may_have_gaps("Yes."), may_have_gaps("Well. . .")
    (True, False, True)
    """
    return "[" in text or GAP in text or text.count(".") > 2


def token_offsets(text: str) -> list[tuple[int, int]]:
    """Returns the offsets of each normalized token: its first character, and one past its last.

    >>> token_offsets("It’s two")
    [(0, 4), (0, 4), (5, 8)]
    """
    return [match.span() for match in TOKEN.finditer(text) for _ in normalize_token(match.group())]


def split_chunks(text: str) -> list[str]:
    """Splits a text at its blanks, but not inside "per cent" or an insert."""
    text = text.replace("per cent", f"per{JOINER}cent")
    if "[" in text:
        text = _INSERT.sub(lambda insert: GAP if normalize_token(insert.group()) else "]", text)
    return text.split()


@lru_cache(maxsize=CACHED_CHUNKS)
def chunk_tokens(chunk: str) -> tuple[str, ...]:
    """Returns the normalized tokens of a chunk, or `CONTINUES` if the next chunk is needed, as
    for "per" ("per cent") and an open bracket.

    >>> chunk_tokens("centre’s,"), chunk_tokens("per"), chunk_tokens("[the")
    (('centers',), ('',), ('',))
    """
    found = TOKEN.findall(chunk)
    if "[" in chunk or chunk[0] == "." or (found and found[-1].lower() == "per"):
        return (CONTINUES,)
    return tuple([token for raw in found for token in normalize_token(raw)])


@lru_cache(maxsize=1 << 16)
def normalize_token(raw: str) -> tuple[str, ...]:
    """Returns the normalized tokens of one printed token (a match of `TOKEN`): none, one, two or three.

    None of them is empty. A letter that is only a mark, such as a modifier apostrophe or a halfwidth voicing
    mark, gives no token, and "n't" without a verb gives one.

    >>> [normalize_token(raw) for raw in ("Isn’t", "Calderón", "[sic]", "...")]
    [('is', 'not'), ('calderon',), (), ('…',)]
    >>> [normalize_token(raw) for raw in ("n't", "\N{MODIFIER LETTER APOSTROPHE}")]
    [('not',), ()]
    """
    first = raw[0]
    if first in "[(.…":
        return () if raw.casefold() == "[sic]" else (GAP,)
    if raw == "%" or raw[-5:-4].isspace() or raw[-5:-4] == JOINER:
        return ("percent",)
    if first.isdecimal():  # "²" is a digit as well, but not one of a figure
        return _normalize_number(raw.replace(",", ""))
    return tuple(filter(None, _normalize_word(_simplify(raw))))


def _normalize_number(raw: str) -> tuple[str, ...]:
    figures = raw.rstrip("mnbtk")
    return (figures, AMOUNT_LETTERS[raw[len(figures) :]]) if figures != raw else (raw,)


_DROPPED = " \N{SOFT HYPHEN}"
"""Characters that `_simplify` drops besides accents. Some letters are compatible with a blank and an
accent."""


def _simplify(raw: str) -> str:
    """The word in lower case, with plain apostrophes, without accents and soft hyphens; empty if nothing is
    left."""
    if not (raw.isalpha() and raw.isascii()):
        for mark in APOSTROPHES[1:]:
            raw = raw.replace(mark, "'")
    if raw.isascii():
        return raw.lower()
    decomposed = unicodedata.normalize("NFKD", raw.casefold())
    return "".join(c for c in decomposed if not (c in _DROPPED or unicodedata.combining(c)))


def _normalize_word(word: str) -> tuple[str, ...]:
    if word in CONTRACTIONS:
        return CONTRACTIONS[word]
    head, apostrophe, tail = word.rpartition("'")
    if not apostrophe:
        return (_normalize_spelling(word),)
    if word.endswith("n't"):
        return (*_normalize_word(word[:-3]), "not")
    ending = "is" if tail == "s" and head in WORDS_BEFORE_IS else ENDINGS.get("'" + tail)
    if ending:
        return (*_normalize_word(head), ending)
    return (_normalize_spelling(word.replace("'", "")),)


def _normalize_spelling(word: str) -> str:
    """The word in American spelling; a number word as figures."""
    word = NUMBER_WORDS.get(word) or SPELLINGS.get(word, word)
    if _SPELLED_TWICE.search(word) is None:
        return word
    for pattern, kept in SPELLING_PATTERNS:
        word, changed = pattern.subn(kept, word)
        if changed:
            break
    return word


def is_number(token: str) -> bool:
    """Whether a normalized token is a number.

    >>> is_number("20"), is_number("percent")
    (True, False)
    """
    return token[:1].isdigit()


def content_words(tokens: Iterable[str]) -> frozenset[str]:
    """Returns the tokens that are neither function words nor gaps.

    >>> sorted(content_words(normalized_tokens("We will not look away")))
    ['away', 'look']
    """
    return frozenset(tokens).difference(_WITHOUT_CONTENT)


def content_words_of_text(text: str) -> frozenset[str]:
    """Returns the content words of a text, as `content_words` of its normalized tokens.

    >>> sorted(content_words_of_text("We will not look away"))
    ['away', 'look']
    """
    found = frozenset(chain.from_iterable(map(_chunk_content_words, split_chunks(text))))
    return content_words(normalized_tokens(text)) if CONTINUES in found else found


@lru_cache(maxsize=CACHED_CHUNKS)
def _chunk_content_words(chunk: str) -> tuple[str, ...]:
    return tuple([token for token in chunk_tokens(chunk) if token not in _WITHOUT_CONTENT])
