"""Decides whether two names may belong to one person, and what a name shows about the person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from quoteattr.lexicon import first_names, word_list, words
from quoteattr.names.name import CACHED, JOINERS, OFFICES, PEERS, Name, given_names, read_name
from quoteattr.schema import Gender

GENDERS: tuple[Gender, ...] = ("female", "male")
"""The genders, in the order in which they are tried."""
_LEAST_COMMON_START = 5
"""Letters at the start that two spellings of one name share; shorter names may differ only in the end."""
_PARTICLES = word_list("names", "particles")
_WEEKDAYS = word_list("names", "weekdays")
_FAMILY_FIRST = word_list("names", "family_names_first")
_FAMILY_BEFORE_DOUBLE = word_list("names", "family_names_before_double_names")


def same_person(a: str, b: str) -> bool:
    """Whether two names may be names of one person.

    Their surnames agree, and the words of one are among the other's. Initials stand for names, and small
    differences in spelling are allowed (Zelensky, Zelenskiy).

    >>> same_person("Liz Truss", "Ms Truss"), same_person("Bill Clinton", "Hillary Clinton")
    (True, False)
    >>> same_person("Volodymyr Zelenskiy", "Zelensky"), same_person("J. Smith", "John Smith")
    (True, True)
    """
    one, two = read_name(a), read_name(b)
    return bool(one.words and two.words) and compatible(one, two)


def compatible(a: Name, b: Name) -> bool:
    """`same_person` for names that are read already; both must have words.

    >>> compatible(read_name("Liz Truss"), read_name("Ms Truss"))
    True
    """
    short, long = sorted((a.words, b.words), key=len)
    if same_spelling(short[-1], long[-1]):
        fits = _are_in_order(short[:-1], long[:-1])
    else:
        is_first_name = len(short) == 1 and len(long) == 2 and short[0] == long[0]
        fits = is_first_name and not _shares_only_surname(a, b)
    return fits and len({gender_of(a), gender_of(b)} - {None}) < 2


def _shares_only_surname(a: Name, b: Name) -> bool:
    """Whether one of the names is a single word that the other name begins with, but not as a first name.

    It is not a first name after a title ("Mr Lee"), or if the other name is that of a thing ("Lee Tower").
    """
    short, long = sorted((a, b), key=lambda name: len(name.words))
    if is_organisation(short):  # the State Department is "State"
        return False
    surname_titles = words("surname_titles") | words("short_titles")
    is_thing = long.words[1] in _words_of_things() and long.words[0] not in given_names()
    return is_thing or not surname_titles.isdisjoint(short.title)


@cache
def _words_of_things() -> frozenset[str]:
    """Last words of names of things, organisations and places."""
    return words("thing_words") | words("organisation_words") | words("places") | _WEEKDAYS


def _are_in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the first names of `short` occur, in the same order, among those of `long`."""
    rest = iter(long)
    return all(any(_same_first_name(word, other) for other in rest) for word in short)


def _same_first_name(a: str, b: str) -> bool:
    """Whether two first names may belong to one person.

    They may if one is an initial ("J."), another spelling or a short form ("Rob", "Robert") of the other.
    """
    short, long = sorted((a, b), key=len)
    can_be_short_form = len(short) == 1 or len(short) > 2
    return (can_be_short_form and long.startswith(short)) or same_spelling(a, b)


def same_spelling(a: str, b: str) -> bool:
    """Whether two words are equal apart from a vowel at the end (Zelensky, Zelenskiy, Zelenskyy).

    >>> same_spelling("zelensky", "zelenskiy"), same_spelling("martin", "martins")
    (True, False)
    """
    least = _LEAST_COMMON_START
    if a == b or a[:least] != b[:least] or min(len(a), len(b)) < least:
        return a == b
    pairs = enumerate(zip(a, b, strict=False))
    shared = next((i for i, (ours, theirs) in pairs if ours != theirs), min(len(a), len(b)))
    rests = a[shared:], b[shared:]
    # "Zelensky" goes on as "Zelenskyy", "Christ" not as "Christie".
    return {*rests[0], *rests[1]} <= {"y", "i", "j", "e"} and (all(rests) or a[shared - 1] in "yi")


@lru_cache(CACHED)
def gender_of(name: Name) -> Gender | None:
    """Returns the gender that the title or the first name shows, or None.

    >>> [gender_of(read_name(name)) for name in ("Ms Truss", "Mary Robinson", "Robinson")]
    ['female', 'female', None]
    >>> [gender_of(read_name(name)) for name in ("Kim Clark", "Kim Jong Un", "Wen Sheng")]
    ['female', None, None]
    """
    titles = {*name.title, *(PEERS & set(name.words[:1]))}
    for gender in GENDERS:
        if not titles.isdisjoint(words(f"{gender}_words")):
            return gender
    # "Ben" is a first name; other particles have a capital at the start of a sentence, too.
    particles = _PARTICLES - ({"ben"} if name.text[:1].isupper() else set())
    given = name.words[0] if len(name.words) > 1 and name.words[0] not in particles else ""
    if given in _FAMILY_FIRST or (given in _FAMILY_BEFORE_DOUBLE and _is_double(name.words[1:])):
        return None
    return next((gender for gender in GENDERS if given in first_names(gender)), None)


def _is_double(given: Sequence[str]) -> bool:
    """Whether given names are two, or one with a hyphen: "Jong Un", "Min-ji"."""
    return len(given) > 1 or "-" in given[0]


def is_organisation(name: Name) -> bool:
    """Whether a name is that of an organisation or thing, not of a person.

    >>> is_organisation(read_name("the Ministry of Defence")), is_organisation(read_name("Ann Lee"))
    (True, False)
    """
    first = name.words[0] if name.words else ""
    if first in OFFICES or first in PEERS:
        return False
    if name.title and "the" not in name.title:
        return False
    is_thing = len(name.words) > 1 and name.last in words("thing_words") and first not in given_names()
    is_acronym = len(name.words) == 1 and name.text.isupper() and len(name.text) > 1
    return (
        is_thing
        or is_acronym
        or not JOINERS.isdisjoint(name.words)
        or not words("organisation_words").isdisjoint(name.words)
    )
