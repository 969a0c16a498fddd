"""Whether the name of an answer is that of the right character of a book.

The gold gives each character of a book with aliases. An answer is right if of all characters the right one
fits it best: an alias in the same letters; else but for titles; else with the same last word; else with the
words of one among those of the other. "Mr." never fits "Mrs.".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import regex

MALE = frozenset("baron count king lord master monsieur mr prince sir uncle".split())
FEMALE = frozenset(
    "aunt countess dame lady madam madame mademoiselle miss mlle mme mrs ms princess queen".split()
)
_NEUTRAL = frozenset(
    "a an capt captain col colonel dear doctor dr gen general inspector judge little".split()
)
_ALSO = frozenset("little major of old poor prof professor rev reverend the young".split())
TITLES = MALE | FEMALE | _NEUTRAL | _ALSO
_WORD = regex.compile(r"[^\W\d_]+(?:[’'\-.][^\W\d_]+)*")
_POSSESSIVE = regex.compile(r"[’']s\b")
SAME, SAME_BUT_TITLES, SAME_LAST, INSIDE = 4, 3, 2, 1
"""How well a name fits, from best to worst; 0 if it does not."""


@lru_cache(50_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without full stops.

    >>> words_of("Mr. Bennet’s")
    ('mr', 'bennet')
    """
    return tuple(w.strip(".") for w in _WORD.findall(_POSSESSIVE.sub("", name).replace("_", " ").casefold()))


def fit(alias: str, answer: str) -> int:
    """How well an answer fits an alias.

    >>> fit("Mr. Bennet", "Mr. Bennet"), fit("Elizabeth Bennet", "Bennet"), fit("Mr. Bennet", "Mrs. Bennet")
    (4, 2, 0)
    """
    a, b = words_of(alias), words_of(answer)
    if not a or not b:
        return 0
    if a == b:
        return SAME
    if _sex(a) and _sex(b) and _sex(a) != _sex(b):
        return 0
    both = {"mrs", "miss"}
    if both <= {*a, *b} and not both <= set(a) and not both <= set(b):
        return 0
    short, long = sorted((_core(a), _core(b)), key=len)
    if short == long:
        return SAME_BUT_TITLES
    if set(short) <= set(long):
        return SAME_LAST if short[-1] == long[-1] else INSIDE
    return 0


def _sex(words: Sequence[str]) -> str | None:
    return "f" if FEMALE & set(words) else "m" if MALE & set(words) else None


def _core(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in TITLES] or list(words)


def meant(characters: Mapping[str, Sequence[str]], answer: str) -> set[str]:
    """The characters that an answer fits best.

    >>> book = {"Mr. B": ["Mr. Bennet", "Bennet"], "Mrs. B": ["Mrs. Bennet"]}
    >>> sorted(meant(book, "Mrs. Bennet")), sorted(meant(book, "Darcy"))
    (['Mrs. B'], [])
    """
    levels = {
        name: max((fit(alias, answer) for alias in aliases), default=0)
        for name, aliases in characters.items()
    }
    best = max(levels.values(), default=0)
    return {name for name, level in levels.items() if level == best} if best else set()
