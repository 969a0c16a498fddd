"""A quotation's words, folded until two printings of one line agree, and their places in the text.

Newspapers print one line with other marks, another spelling, figures for words, an ellipsis or a
bracketed insert. The key removes exactly those differences and nothing else: words stay in order, and
every token knows the characters it came from, so that a comparison of keys can be shown in the text.

Source of the method: the key of Quotebank (Vaucher et al., WSDM 2021) is lower case without
punctuation, and so holds "don’t" and "don't" apart; folding here goes on to apostrophes, contractions,
British and American spelling, and numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from quoteattr.dedup.bounded_cache import Remembered

GAP = "\N{HORIZONTAL ELLIPSIS}"
"""The token of words left out or put in: an ellipsis or a bracketed insert."""

APOSTROPHES = (
    "'"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{ACUTE ACCENT}\N{GRAVE ACCENT}\N{PRIME}"
)
"""What stands for an apostrophe inside a word; the acute accent is the Daily Mail's ("Europe´s")."""


JOINER = "\N{WORD JOINER}"
"""Stands for the blank of "per cent" while a text is cut at its blanks."""


def _words(line: str) -> list[str]:
    return line.split()


TOKEN = re.compile(
    rf"""
      \[ [^\]\n]{{0,120}} \]             # 1. an insert: "he [Trump] said"; no longer than a clause
    | \( (?: \.\.\. | … ) \)             # 2. a bracketed ellipsis
    | … | \.(?:\s?\.){{2,}}              # 3. an ellipsis: "…", "...", ". . ."
    | \d+ (?: [.,]\d+ )* (?: (?:m|mn|bn|tn|k)\b )?      # 4. a number: "100,000", "3.5", "5m"
    | (?i:per[\s{JOINER}]+cent\b) | %    # 5. "20%" and "20 per cent" are "20 percent"
    | [^\W\d] [\w\u00AD\u0300-\u036F]* (?: [{APOSTROPHES}] [^\W\d]\w* )*   # 6. a word: "don’t", "F16"
    """,
    re.VERBOSE,
)
"""What a token is. The standard library's ``re`` takes 7 microseconds for a quotation, ``regex`` 10,
and folding is a third of all work; accents that are characters of their own are spelled out for it."""

_INSERT = re.compile(r"\[[^\]\n]{0,120}\]")

_NOT = ("not",)
CONTRACTIONS: dict[str, tuple[str, ...]] = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "i'm": ("i", "am"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "y'all": ("you", "all"),
}
"""Contractions that are not pronoun or verb plus an ending of `ENDINGS`."""

ENDINGS = {"'ll": "will", "'re": "are", "'ve": "have", "'d": "would"}
"""Endings that are always the same word; "'d" is "had" at times, alike in every printing."""

_IS_HOSTS = frozenset(_words("he she it that this there here what who where how when everybody everyone"))
"""Words after which "'s" is "is"; after any other it marks a possessor."""

SPELLINGS = {
    "okay": "ok",
    "grey": "gray",
    "cheque": "check",
    "cheques": "checks",
    "tyre": "tire",
    "tyres": "tires",
    "programme": "program",
    "programmes": "programs",
    "mum": "mom",
    "mums": "moms",
    "centre": "center",
    "centres": "centers",
    "theatre": "theater",
    "theatres": "theaters",
    "metre": "meter",
    "metres": "meters",
    "litre": "liter",
    "litres": "liters",
    "defence": "defense",
    "offence": "offense",
    "offences": "offenses",
    "licence": "license",
    "dialog": "dialogue",
    "catalog": "catalogue",
    "whilst": "while",
    "amongst": "among",
    "towards": "toward",
    "learnt": "learned",
    "sceptical": "skeptical",
    "jewellery": "jewelry",
    "aluminium": "aluminum",
    "ageing": "aging",
    "judgement": "judgment",
    "mr": "mr",
    "mister": "mr",
    "mrs": "mrs",
    "missus": "mrs",
    "v": "versus",
    "vs": "versus",
}
"""British to American, and words with two spellings, where no rule of `SPELLING_RULES` does it."""

SPELLING_RULES = (
    (re.compile(r"(?<=\w{2})i[sz](e[ds]?|ing|ation|ations|er|ers)$"), r"is\1"),  # organize, organise
    (re.compile(r"(?<=\w{2})yz(e[ds]?|ing)$"), r"ys\1"),  # analyze, analyse
    (re.compile(r"(?<=\w{2})our(s|ed|ing|able|ful|ite|ites|ly|hood)?$"), r"or\1"),  # colour, favourite
    (re.compile(r"(?<=[aeiou])ll(ed|ing|er|ers)$"), r"l\1"),  # travelled, traveled
)
"""Endings folded to one of their two spellings. Both sides are folded, so a wrong fold ("filled" is
"filed") costs only where two lines differ in nothing else."""
_SPELLED_TWICE = re.compile(r"i[sz]|yz|our|ll")
"""What every rule of `SPELLING_RULES` asks for, and few words have."""

NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        _words(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ),
        start=2,
    )
} | {w: str(10 * n) for n, w in enumerate(_words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
"""Number words, written as figures. "One" stays: it is a pronoun more often than a number."""

UNITS = {"m": "million", "mn": "million", "bn": "billion", "tn": "trillion", "k": "thousand"}
"""What a letter after a figure stands for: "£5m" is "£5 million"."""

NEGATIONS = frozenset(_words("not no never none nobody nothing neither nor without"))
"""Words that turn a statement round: a printing with one more or one fewer says something else."""

FUNCTION_WORDS = frozenset(
    _words("""
    a about after again all also am an and any are as at be been before being but by can could did do does
    doing done down for from get gets getting go goes going gone got had has have having he her here hers
    him his how i if in into is it its just know let like made make me more most much my no nor not now of
    off on one only or other our out over own really s said say says she should so some such than that the
    their them then there these they thing things think this those through to too under up us very was way
    we well were what when where which while who whom why will with would yes yet you your mr mrs ms
    """)
)
"""Words that say nothing of what a line is about. The closed classes, and the verbs and nouns
("going", "think", "thing") that open any spoken sentence."""


_NO_CONTENT = FUNCTION_WORDS | {GAP}


def tokens(text: str) -> list[str]:
    """A text's folded words; `GAP` where words were left out or put in.

    >>> tokens("We don’t … need 20% [more].")
    ['we', 'do', 'not', '…', 'need', '20', 'percent', '…']
    >>> tokens("The Centre's 5m organisers") == tokens("the center’s five million organizers")
    True
    """
    # A stretch between blanks is folded once, however often it is printed: 3 microseconds for a quotation,
    # against 9 where the pattern takes every text apart.
    found = [*chain.from_iterable(map(_read.__getitem__, cut(text)))]
    return [token for raw in TOKEN.findall(text) for token in fold(raw)] if GOES_ON in found else found


def may_have_gaps(text: str) -> bool:
    """Whether a text has anything that may be an ellipsis or an insert.

    >>> may_have_gaps("Yes [he said]."), may_have_gaps("Yes."), may_have_gaps("Well. . .")
    (True, False, True)
    """
    return "[" in text or GAP in text or text.count(".") > 2


STRETCHES = 1 << 18
"""Stretches between blanks that are remembered: the printed words of a large corpus, with the marks beside
them."""


def places(text: str) -> list[tuple[int, int]]:
    """For each of a text's tokens its first character and one past its last.

    >>> places("It’s two")
    [(0, 4), (0, 4), (5, 8)]
    """
    return [match.span() for match in TOKEN.finditer(text) for _ in fold(match.group())]


def cut(text: str) -> list[str]:
    """The text in stretches between blanks, with no blank in "per cent" and in inserts."""
    text = text.replace("per cent", f"per{JOINER}cent")
    if "[" in text:
        text = _INSERT.sub(lambda insert: GAP if fold(insert.group()) else "]", text)
    return text.split()


GOES_ON = ""
"""In place of a token that may go on beyond a blank."""


def alone(stretch: str) -> tuple[str, ...]:
    """The tokens of a stretch without blanks.

    >>> alone("centre’s,"), alone("per"), alone("[the")
    (('centers',), ('',), ('',))
    """
    found = TOKEN.findall(stretch)
    if "[" in stretch or stretch[0] == "." or (found and found[-1].lower() == "per"):
        return (GOES_ON,)
    return tuple([token for raw in found for token in fold(raw)])


@lru_cache(maxsize=1 << 16)
def fold(raw: str) -> tuple[str, ...]:
    """One printed token as none, one or two folded ones.

    >>> fold("Isn’t"), fold("Calderón"), fold("[sic]"), fold("...")
    (('is', 'not'), ('calderon',), (), ('…',))
    """
    first = raw[0]
    if first in "[(.…":
        return () if raw.casefold() == "[sic]" else (GAP,)
    if raw == "%" or raw[-5:-4].isspace() or raw[-5:-4] == JOINER:
        return ("percent",)
    if first.isdigit():
        return _fold_number(raw.replace(",", ""))
    return _fold_word(_plain(raw))


def _fold_number(raw: str) -> tuple[str, ...]:
    figures = raw.rstrip("mnbtk")
    return (figures, UNITS[raw[len(figures) :]]) if figures != raw else (raw,)


def _plain(raw: str) -> str:
    """Lower case, one apostrophe, no accents, no soft hyphens."""
    if not (raw.isalpha() and raw.isascii()):
        for mark in APOSTROPHES[1:]:
            raw = raw.replace(mark, "'")
    if raw.isascii():
        return raw.lower()
    apart = unicodedata.normalize("NFKD", raw.casefold())
    return "".join(c for c in apart if c != "\N{SOFT HYPHEN}" and not unicodedata.combining(c))


def _fold_word(word: str) -> tuple[str, ...]:
    if word in CONTRACTIONS:
        return CONTRACTIONS[word]
    head, apostrophe, tail = word.rpartition("'")
    if not apostrophe:
        return (_spelling(word),)
    if word.endswith("n't"):
        return (*_fold_word(word[:-3]), *_NOT)
    ending = "is" if tail == "s" and head in _IS_HOSTS else ENDINGS.get("'" + tail)
    if ending:
        return (*_fold_word(head), ending)
    return (_spelling(word.replace("'", "")),)


def _spelling(word: str) -> str:
    """The word in one of its spellings; number words as figures."""
    word = NUMBERS.get(word) or SPELLINGS.get(word, word)
    if _SPELLED_TWICE.search(word) is None:
        return word
    for pattern, folded in SPELLING_RULES:
        word, changed = pattern.subn(folded, word)
        if changed:
            break
    return word


def is_number(token: str) -> bool:
    """Whether a folded token is a number.

    >>> is_number("20"), is_number("percent")
    (True, False)
    """
    return token[:1].isdigit()


def content(found: Iterable[str]) -> frozenset[str]:
    """The tokens that say what a line is about.

    >>> sorted(content(tokens("We will not look away")))
    ['away', 'look']
    """
    return frozenset(found).difference(_NO_CONTENT)


def content_of(text: str) -> frozenset[str]:
    """The same of a text: half the time of reading it token by token."""
    found = frozenset(chain.from_iterable(map(_content_read.__getitem__, cut(text))))
    return content(tokens(text)) if GOES_ON in found else found


def _content_alone(stretch: str) -> tuple[str, ...]:
    return tuple([token for token in alone(stretch) if token not in _NO_CONTENT])


_read = Remembered(alone, STRETCHES)
_content_read = Remembered(_content_alone, STRETCHES)
