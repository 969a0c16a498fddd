"""Names: finds them in a text, divides them into parts, and decides whether two may belong together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

import attrs
import regex

from quoteattr.lexicon import alternatives, first_names, word_list, words
from quoteattr.schema import Span

Gender = Literal["male", "female"]
GENDERS: tuple[Gender, ...] = ("female", "male")
"""The genders, in the order in which they are tried."""

OFFICES = word_list("names", "offices")
"""Roles whose name may continue after "of": "Secretary of State"."""
JOINERS = word_list("names", "joiners")
"""Small words inside the names of organisations: "Bank of England"."""
_PARTICLES = word_list("names", "particles")
_PEERS = word_list("names", "peers")
_HONOURS = word_list("names", "honours")
_SUFFIXES = word_list("names", "generations") | _HONOURS
_WEEKDAYS = word_list("names", "weekdays")

_CACHED = 2_000
"""Parsed names that are cached. An article of news has some 60 names, each read about three times."""
_LONGEST = 30
"""Most words of a name after the first: headlines in capitals have some twenty."""
_LEAST_COMMON_START = 5
"""Letters at the start that two spellings of one name share; shorter names may differ only in the end."""

_TITLE = "Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Lt|Gen|Col|Capt|Sgt|Maj|Adm|Prof|Rev|St"

# Capitalised words with small words between them: "Dr Volodymyr O’Neill-Smith Jr.", "Bank of England".
_NAME = regex.compile(
    rf"""
    (?<! [\w’'.@\#/-] )
    (?<part>
        # 1. Initials: "J.D."
        (?: \p{{Lu}}\. (?: -?\p{{Lu}}\. )*
        # 2. A word, "McCarthy", "O’Neill", "PR1", and what is joined to it, "Smith-Jones"
          | (?: [OD]['’] )? \p{{Lu}}[\p{{L}}\p{{M}}\p{{N}}]*
            (?: [-–'’] (?! [sS]\b ) \p{{L}}[\p{{L}}\p{{M}}]+ )* )
        \.?
    )
    (?:
        # 3. A comma of an organisation's name: "Department for Food, |Work and Pensions"
        (?: , (?= (?: [ ]\p{{Lu}}\p{{Ll}}++ ,? ){{0,6}} [ ]and[ ]\p{{Lu}} )
        # 4. No full stop before the next word but that of an initial or a title: "Dr. |Lee"
          | (?<! \.) | (?<= \b (?: {_TITLE} | \p{{Lu}} ) \. ) )
        [ \N{{NO-BREAK SPACE}}]+
        # 5. A nickname: "Edward “Teddy” |Marsh"
        (?: [“"‘'(] \p{{Lu}}[\w’'-]+ [”"’')] [ ]+ (?= \p{{Lu}} ) )?
        # 6. Particles: "Ursula von der |Leyen"
        (?: (?: {alternatives("names", "particles")} ) [ ] (?= (?: [a-z]{{2,4}}[ ] )? \p{{Lu}} )
        # 7. "Bashir al-|Assad"
          | (?: al | el | bin ) [-’'] (?= \p{{Lu}} )
        # 8. "Bank of |England", "Ministry for the |Environment"
          | (?: of | for | & | on | to | and ) [ ] (?: the [ ] )? (?= \p{{Lu}} )
        # 9. "Save the |Children"
          | (?<= \b (?: Save | Stop | Keep | Protect | Defend ) [ ] ) (?: the | our ) [ ] (?= \p{{Lu}} ) )*
        (?&part)
    ){{0,{_LONGEST}}}
    """,
    regex.VERBOSE,
)
# A small word or comma in such a stretch: "Ministry| of |Defence", but two names in "Ted Cruz| of |Texas".
_JOINT = regex.compile(
    r"""
    (?<! \p{L} ) (?<before> \p{L}++ )
    (?<joint> (?<joiner> , ) [ ]
            | ,? [ \N{NO-BREAK SPACE}] (?<joiner> of | for | on | to | and ) [ ] (?: the [ ] )? )
    (?= (?<after> [\p{L}-]+ ) )
    """,
    regex.VERBOSE,
)
# "Department |of |Work and Pensions"
_OF_OR_FOR = regex.compile(r"\s (?: of | for | on ) \s", regex.VERBOSE)
# "O’Neill", "J.", "Smith-Jones"
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+ (?: [.’'–-] [\p{L}\p{M}\p{N}]+ )* \.?", regex.VERBOSE)
# A full stop that belongs to the name: "Earl Petrie |Jr.|"
_ABBREVIATION = regex.compile(r"\b (?: \p{Lu} | Jr | Sr | Inc | Corp | Co | Ltd ) \. \Z", regex.VERBOSE)
# "Lee|’s|", "Jones|’|"
_POSSESSIVE = regex.compile(r"(?<= \w ) ['’]s? \Z", regex.VERBOSE)


@attrs.frozen
class Name:
    """A name divided into its parts. All words are in small letters, without accents and full stops."""

    text: str
    """The name as written, without courtesy titles, honours ("QC") and possessive."""
    words: tuple[str, ...]
    """First names and surname."""
    title: tuple[str, ...]
    """The words before the name: courtesy titles and roles ("president", "ms")."""

    @property
    def last(self) -> str:
        """The surname, or the only word; empty for a bare title."""
        return self.words[-1] if self.words else ""


@lru_cache(_CACHED)
def read_name(text: str) -> Name:
    """The parts of a name.

    >>> read_name("Foreign Secretary Liz Truss’s")
    Name(text='Liz Truss', words=('liz', 'truss'), title=('foreign', 'secretary'))
    >>> read_name("Ms Truss").words, read_name("Midwife Ann Lee").text, read_name("Helen Marsh QC").text
    (('truss',), 'Ann Lee', 'Helen Marsh')
    """
    text = _POSSESSIVE.sub("", text.strip())
    found = list(_TOKEN.finditer(text))
    has_joiner = any(match.group() in JOINERS for match in found)
    normalized = ((_normalized(match.group()), match.start()) for match in found)
    tokens = [(token, start) for token, start in normalized if token]  # a lone accent leaves nothing
    end = len(text)
    while len(tokens) > 1 and tokens[-1][0] in _SUFFIXES:
        end = tokens[-1][1] if tokens[-1][0] in _HONOURS else end
        tokens.pop()
    first = _title_length([token for token, _ in tokens], has_joiner)
    start = tokens[first][1] if first < len(tokens) else len(text)
    name_words = tuple(token for token, _ in tokens[first:])
    title = tuple(token for token, _ in tokens[:first] if token != "the")
    return Name(text[start:end].strip(" ,"), name_words, title)


def _normalized(word: str) -> str:
    """The word in small letters, without accents and full stop: "Márquez" is "marquez"."""
    word = word.rstrip(".").replace("’", "'")
    if word.isascii():
        return word.lower()
    # Case last: "𝕬" has none until it is an "A".
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _title_length(tokens: list[str], has_joiner: bool) -> int:
    """The number of leading words that are a title: up to the last word of a role that is followed by a name.

    `has_joiner` says whether a small word joins the tokens ("Bank of England").
    """
    if "secretary" in tokens and tokens[tokens.index("secretary") + 1 :][:2] == ["of", "state"]:
        return tokens.index("secretary") + 3
    article = 1 if tokens[:1] == ["the"] else 0
    if has_joiner:
        return _office_length(tokens) or article
    if len(tokens) > 2 and tokens[0] in _descriptive_nouns() and tokens[1] in given_names():
        return 1
    titles = _titles()
    ends = [
        index + 1
        for index, token in enumerate(tokens[:-1])
        if token in titles or (index == 0 and token.removesuffix("s") in titles)
    ]
    return max(ends, default=article)


@cache
def _titles() -> frozenset[str]:
    return words("courtesy_titles") | words("short_titles") | words("roles")


@cache
def _descriptive_nouns() -> frozenset[str]:
    """Nouns that stand before a full name without an article: "Midwife Ann Lee", "Neighbour Ann Lee"."""
    return words("trades") | words("person_nouns") | words("epithets")


def _office_length(tokens: list[str]) -> int:
    """The number of leading words that are an office with a small word in it; 0 if there is none, or if no
    name follows.

    "Chief of Staff |Ann Lee", "Bank of England Governor |Ann Lee".
    """
    offices = words("roles") | OFFICES
    last_joiner = max(index for index, token in enumerate(tokens) if token in JOINERS)
    if not words("organisation_words").isdisjoint(tokens[last_joiner + 2 :]):
        return 0
    for index in reversed(range(last_joiner + 2, len(tokens) - 1)):
        follows_role = tokens[index - 1] in words("roles")
        if follows_role or (tokens[index] in given_names() and not offices.isdisjoint(tokens[:last_joiner])):
            return index
    return 0


def find_names(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Finds stretches of capitalised words that look like names.

    A capitalised word that is never a name ("The", "Monday") is left out if it is alone, and cut off at the
    start of a longer stretch.

    Args:
        text: the text.
        start: first character to look at.
        end: end of the stretch to look at; by default that of the text.

    Returns:
        The names in order.

    >>> [span.text for span in find_names("But Mr Blair’s aide met Ursula von der Leyen on Monday.")]
    ['Mr Blair', 'Ursula von der Leyen']
    """
    matches = _NAME.finditer(text, start, len(text) if end is None else end)
    trimmed = (_trimmed(text, *part) for match in matches for part in _split(text, *match.span()))
    return [span for span in trimmed if span]


def _split(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """First characters and ends of the names in a stretch: "Ann Lee", "Texas" for "Ann Lee of Texas"."""
    for match in _JOINT.finditer(text, begin, stop):
        if not _is_joined(match, text[begin : match.start("joint")], text[match.end("joint") : stop]):
            yield begin, match.start("joint")
            begin = match.end("joint")
    yield begin, stop


def _is_joined(match: regex.Match[str], begun: str, rest: str) -> bool:
    """Whether a small word or comma is part of an organisation's name: "Council| on |Foreign Relations".

    `match` is a match of `_JOINT`, `begun` the name before it, `rest` the words after it.
    """
    before, joiner, after = (match[part].casefold() for part in ("before", "joiner", "after"))
    if joiner in (",", "and"):
        return _is_list_of_fields(before, after, begun, rest)
    is_body = before in words("organisation_words")
    if joiner == "to":
        return is_body and after in words("aims")
    if joiner == "on":
        return is_body and after not in _words_after_on()
    # "Association for the Care| of |Otters"
    has_organisation = not words("organisation_words").isdisjoint(begun.casefold().split())
    goes_on = has_organisation and _OF_OR_FOR.search(begun) is not None
    if goes_on or (joiner == "for" and before in words("founders")):
        return after not in words("places") and after not in given_names()
    return is_body or before in OFFICES or before in _PEERS


def _is_list_of_fields(before: str, after: str, begun: str, rest: str) -> bool:
    """Whether "and" or a comma joins fields of an organisation: "Department of Health| and |Social Care"."""
    if after not in words("fields"):
        return False
    # "Food| and |Drug Administration", but not "Senate| and |Ann Lee"
    ends_in_organisation = not words("organisation_words").isdisjoint(rest.casefold().split())
    return bool(_OF_OR_FOR.search(begun)) or (before in words("fields") and ends_in_organisation)


@cache
def _words_after_on() -> frozenset[str]:
    """Words before which "on" is not part of a name: "the Council on |Monday"."""
    return words("not_names") | words("places") | words("demonyms") | given_names()


def _trimmed(text: str, begin: int, stop: int) -> Span | None:
    """The stretch without the words around the name; None if it is not a name.

    Words that are never names are cut off at the start; a weekday ("Ann Lee| Monday") and a full stop at the
    end.
    """
    if text[stop - 1] == "." and not _ABBREVIATION.search(text, begin, stop):
        stop -= 1
    tokens = list(_TOKEN.finditer(text, begin, stop))
    lower = [match.group().casefold().rstrip(".") for match in tokens]
    if len(lower) > 1 and lower[-1] in _WEEKDAYS and lower[-2] not in word_list("names", "day_names"):
        tokens, lower, stop = tokens[:-1], lower[:-1], tokens[-2].end()
    for match, word in zip(tokens, lower, strict=True):
        if word not in words("not_names") and word not in JOINERS:
            return Span.of(text, match.start(), stop)
    return None


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
    """Whether a name of one word, with which the other name begins, is not a first name.

    It is a surname after a title ("Mr Lee"), and if the other name is that of a thing ("Lee Tower").
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

    One of them is an initial ("J."), another spelling or a short form ("Rob", "Robert") of the other.
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


@cache
def given_names() -> frozenset[str]:
    """First names of both genders."""
    return first_names("male") | first_names("female")


@lru_cache(_CACHED)
def gender_of(name: Name) -> Gender | None:
    """Returns the gender that the title or the first name shows, or None.

    >>> [gender_of(read_name(name)) for name in ("Ms Truss", "Mary Robinson", "Robinson")]
    ['female', 'female', None]
    """
    titles = {*name.title, *(_PEERS & set(name.words[:1]))}
    for gender in GENDERS:
        if not titles.isdisjoint(words(f"{gender}_words")):
            return gender
    # "Ben" is a first name; other particles have a capital at the start of a sentence, too.
    particles = _PARTICLES - ({"ben"} if name.text[:1].isupper() else set())
    given = name.words[0] if len(name.words) > 1 and name.words[0] not in particles else ""
    return next((gender for gender in GENDERS if given in first_names(gender)), None)


def is_organisation(name: Name) -> bool:
    """Whether a name is that of an organisation or thing, not of a person.

    >>> is_organisation(read_name("the Ministry of Defence")), is_organisation(read_name("Ann Lee"))
    (True, False)
    """
    first = name.words[0] if name.words else ""
    if first in OFFICES or first in _PEERS:
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
