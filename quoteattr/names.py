"""Names: where they stand, what they are made of, and when two of them are one person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

import attrs
import regex

from quoteattr.lexicon import first_names, words
from quoteattr.schema import Span

Gender = Literal["male", "female"]
GENDERS: tuple[Gender, ...] = ("female", "male")

_PARTICLE = "de|del|della|der|den|van|von|di|da|du|la|le|bin|ibn|al|el|ben|ter|zu|dos"
_PARTICLES = frozenset(_PARTICLE.split("|"))

_LONGEST = 30
"""Words after the first. Headlines in capitals have twenty, a text in capitals any number."""

# "Dr Volodymyr O’Neill-Smith Jr.", "Ursula von der Leyen", "J. D. Vance", "the Ministry of Defence"
_NAME = regex.compile(
    rf"""
    (?<![\w’'.@\#/-])
    (?<part> (?: \p{{Lu}}\.(?:-?\p{{Lu}}\.)*                                # 1. initials: J.D.
               | (?:[OD]['’])? \p{{Lu}}[\p{{L}}\p{{M}}\p{{N}}]*                 # 2. O’Neill, McCarthy, PR1
                 (?: [-–'’] (?! [sS]\b ) \p{{L}}[\p{{L}}\p{{M}}]+ )* )          # 3. Smith-Jones
      \.? )
    (?: (?: , (?= (?: [ ]\p{{Lu}}\p{{Ll}}++ ,?){{0,6}} [ ]and[ ]\p{{Lu}} )         # 8. for Food, Work and …
          | (?<! \.) | (?<= \b
              (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Lt|Gen|Col|Capt|Sgt|Maj|Adm|Prof|Rev|St|\p{{Lu}})\.) )
        [ \N{{NO-BREAK SPACE}}]+
        (?: [“"‘'(] \p{{Lu}}[\w’'-]+ [”"’')] [ ]+ (?=\p{{Lu}}) )?              # 0. Edward “Teddy” Marsh
        (?: (?:{_PARTICLE}) [ ] (?= (?:[a-z]{{2,4}}[ ])? \p{{Lu}} )             # 4. von der Leyen
          | (?:al|el|bin)[-’'] (?=\p{{Lu}})                                    # 5. al-Assad
          | (?: of | for | & | on | to | and ) [ ] (?: the [ ] )? (?=\p{{Lu}})  # 6. Bank of England
          | (?<= \b (?: Save | Stop | Keep | Protect | Defend ) [ ] )
            (?: the | our ) [ ] (?=\p{{Lu}}) )*                                # 7. Save the Children
        (?&part) ){{0,{_LONGEST}}}
    """,
    regex.VERBOSE,
)
# "the Ministry |of Defence" is one name, "Ted Cruz |of Texas" is not.
_JOINT = regex.compile(
    r"""
    (?<! \p{L} ) (?<before> \p{L}++ )
    (?<joint> (?<joiner> , ) [ ]
            | ,? [ \N{NO-BREAK SPACE}] (?<joiner> of | for | on | to | and ) [ ] (?: the [ ] )? )
    (?= (?<after> [\p{L}-]+ ) )
    """,
    regex.VERBOSE,
)
# "Department |of| Work and Pensions"
_IN_BODY = regex.compile(r"\s(?:of|for|on)\s")
OFFICES = frozenset("archbishop attorney bishop chief director secretary".split())
"""Roles whose name goes on after "of": "Secretary of State"."""
_NOBLES = frozenset("duke duchess earl countess prince princess".split())
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.’'–-][\p{L}\p{M}\p{N}]+)*\.?")
_HONOURS = frozenset("phd md qc kc sc mp msp mep obe cbe mbe kbe dbe esq".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split()) | _HONOURS
_ABBREVIATION = regex.compile(r"\b(?:\p{Lu}|Jr|Sr|Inc|Corp|Co|Ltd)\.\Z")
_POSSESSIVE = regex.compile(r"(?<=\w)['’]s?\Z")
JOINERS = frozenset({"of", "for", "and", "&", "the", "on", "to"})
"""Small words inside the names of bodies."""

_KEPT = 2_000
"""Names whose reading is kept: an article of news has some 60 and asks three times for each."""

_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_DAYS = frozenset("ash black bloody cyber giving good palm ruby sheffield shrove super".split())
"""What makes a name of a weekday: "Super Tuesday"."""


@attrs.frozen
class Name:
    """A name taken apart. All words are in small letters, without full stops."""

    text: str
    """As written, without courtesy titles, honours ("QC") and possessive."""
    words: tuple[str, ...]
    """The words that tell who it is: first names and surname."""
    title: tuple[str, ...]
    """What stood before them: courtesy titles and roles ("president", "ms")."""

    @property
    def last(self) -> str:
        """The surname, or the only word; empty for a bare title."""
        return self.words[-1] if self.words else ""


@lru_cache(_KEPT)
def read_name(text: str) -> Name:
    """Take a name apart.

    >>> read_name("Foreign Secretary Liz Truss’s")
    Name(text='Liz Truss', words=('liz', 'truss'), title=('foreign', 'secretary'))
    >>> read_name("Ms Truss").words, read_name("Midwife Ann Lee").text, read_name("Helen Marsh QC").text
    (('truss',), 'Ann Lee', 'Helen Marsh')
    """
    text = _POSSESSIVE.sub("", text.strip())
    found = list(_TOKEN.finditer(text))
    joined = any(match.group() in JOINERS for match in found)
    tokens = [(_plain(match.group()), match.start()) for match in found]
    end = len(text)
    while len(tokens) > 1 and tokens[-1][0] in _SUFFIXES:
        end = tokens[-1][1] if tokens[-1][0] in _HONOURS else end
        tokens.pop()
    first = _title_length([token for token, _ in tokens], joined)
    start = tokens[first][1] if first < len(tokens) else len(text)
    kept = tuple(token for token, _ in tokens[first:])
    title = tuple(token for token, _ in tokens[:first] if token != "the")
    return Name(text[start:end].strip(" ,"), kept, title)


def _plain(word: str) -> str:
    """In small letters, without accents and full stop: "Márquez" is "Marquez"."""
    word = word.rstrip(".").replace("’", "'")
    if word.isascii():
        return word.lower()
    # Case last: "𝕬" has none until it is an "A".
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _title_length(tokens: list[str], joined: bool) -> int:
    """How many leading words are a title: up to the last role word that a name follows.

    `joined` is whether a small word joins them ("Bank of England").
    """
    if "secretary" in tokens and tokens[tokens.index("secretary") + 1 :][:2] == ["of", "state"]:
        return tokens.index("secretary") + 3
    if joined:
        return _office_length(tokens) or (1 if tokens[:1] == ["the"] else 0)
    titles = _titles()
    if len(tokens) > 2 and tokens[0] in _callings() and tokens[1] in given_names():
        return 1
    named = enumerate(tokens[:-1])
    ends = [i + 1 for i, token in named if token in titles or (i == 0 and token.removesuffix("s") in titles)]
    return max(ends, default=1 if tokens[:1] == ["the"] else 0)


@cache
def _titles() -> frozenset[str]:
    return words("courtesy_titles") | words("short_titles") | words("roles")


@cache
def _callings() -> frozenset[str]:
    """What somebody is called by at the start of a sentence: "Midwife |Ann Lee", "Neighbour |Ann Lee"."""
    return words("trades") | words("person_nouns") | words("epithets")


def _office_length(tokens: list[str]) -> int:
    """How many words are an office with a small word in it: "Chief of Staff |Ann Lee|", "Bank of England
    Governor |Ann Lee|"; 0 where none is followed by a name."""
    offices = words("roles") | OFFICES
    joined = max(i for i, token in enumerate(tokens) if token in JOINERS)
    if not words("organisation_words").isdisjoint(tokens[joined + 2 :]):
        return 0
    for at in reversed(range(joined + 2, len(tokens) - 1)):
        after_office = tokens[at - 1] in words("roles")
        if after_office or (tokens[at] in given_names() and not offices.isdisjoint(tokens[:joined])):
            return at
    return 0


def find_names(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Stretches of capitalised words that look like names, in order.

    A lone capitalised word that is no name anywhere ("The", "Monday") is left out, and cut off from the
    front of a longer stretch.

    >>> [span.text for span in find_names("But Mr Blair’s aide met Ursula von der Leyen on Monday.")]
    ['Mr Blair', 'Ursula von der Leyen']
    """
    found = []
    for match in _NAME.finditer(text, start, len(text) if end is None else end):
        for begin, stop in _parts(text, *match.span()):
            found += _trimmed(text, begin, stop)
    return found


def _parts(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    for match in _JOINT.finditer(text, begin, stop):
        if not _is_joined(match, text[begin : match.start("joint")], text[match.end("joint") : stop]):
            yield begin, match.start("joint")
            begin = match.end("joint")
    yield begin, stop


def _is_joined(match: regex.Match[str], begun: str, rest: str) -> bool:
    """Whether a small word stands inside the name of a body: "Council |on| Foreign Relations"."""
    before, joiner, after = (match[part].casefold() for part in ("before", "joiner", "after"))
    bodies, fields = words("organisation_words"), words("fields")
    if joiner in ("of", "for") and _IN_BODY.search(begun) and not bodies.isdisjoint(begun.casefold().split()):
        return (
            after not in words("places") and after not in given_names()
        )  # Association for the Care |of| Otters
    if joiner == "for" and before in words("founders"):
        return after not in words("places") and after not in given_names()
    if joiner in ("of", "for"):
        return before in bodies or before in OFFICES or before in _NOBLES
    if joiner == "to":
        return before in bodies and after in words("aims")
    if joiner == "on":
        others = words("not_names") | words("places") | words("demonyms") | given_names()
        return before in bodies and after not in others
    # "Department of Health |and| Social Care", "Food |and| Drug Administration", not "Senate |and| Ann Lee"
    if after not in fields:
        return False
    return bool(_IN_BODY.search(begun)) or (
        before in fields and not bodies.isdisjoint(rest.casefold().split())
    )


def _trimmed(text: str, begin: int, stop: int) -> list[Span]:
    """The stretch without words that are no name, before it and alone, without a weekday after it ("Lee
    |Monday|") and without a sentence's stop."""
    if text[stop - 1] == "." and not _ABBREVIATION.search(text, begin, stop):
        stop -= 1
    found = list(_TOKEN.finditer(text, begin, stop))
    lows = [match.group().casefold().rstrip(".") for match in found]
    if len(lows) > 1 and lows[-1] in _WEEKDAYS and lows[-2] not in _DAYS:
        found, lows, stop = found[:-1], lows[:-1], found[-2].end()
    for match, word in zip(found, lows, strict=True):
        if word not in words("not_names") and word not in JOINERS:
            return [Span.of(text, match.start(), stop)]
    return []


def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person: one's words are a part of the other's and the surnames agree.

    Initials stand for names, and small differences of spelling are borne (Zelensky, Zelenskiy).

    >>> same_person("Liz Truss", "Ms Truss"), same_person("Bill Clinton", "Hillary Clinton")
    (True, False)
    >>> same_person("Volodymyr Zelenskiy", "Zelensky"), same_person("J. Smith", "John Smith")
    (True, True)
    """
    one, two = read_name(a), read_name(b)
    if not one.words or not two.words:
        return False
    return compatible(one, two)


def compatible(a: Name, b: Name) -> bool:
    """`same_person` for names already taken apart; both must have words."""
    short, long = sorted((a.words, b.words), key=len)
    if same_spelling(short[-1], long[-1]):
        alike = _in_order(short[:-1], long[:-1])
    else:
        alike = len(short) == 1 and len(long) == 2 and short[0] == long[0] and not _is_of_surname(a, b)
    return alike and len({gender_of(a), gender_of(b)} - {None}) < 2


def _is_of_surname(a: Name, b: Name) -> bool:
    """Whether the shorter is a surname by its title ("Mr Lee"), or the longer is of a thing ("Lee Tower")."""
    short, long = sorted((a, b), key=lambda name: len(name.words))
    surname = words("surname_titles") | words("short_titles")
    things = words("thing_words") | words("organisation_words") | words("places") | _WEEKDAYS
    if is_organisation(short):  # the State Department is "State"
        return False
    return not surname.isdisjoint(short.title) or (
        long.words[1] in things and long.words[0] not in given_names()
    )


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether every word of `short` stands, in order, among those of `long`."""
    rest = iter(long)
    return all(any(_same_given(word, other) for other in rest) for word in short)


def _same_given(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return (
        (len(short) == 1 and long.startswith(short))
        or same_spelling(a, b)
        or (len(short) > 2 and long.startswith(short))
    )


def same_spelling(a: str, b: str) -> bool:
    """Equal, or alike but for a vowel at the end (Zelensky, Zelenskiy, Zelenskyy).

    >>> same_spelling("zelensky", "zelenskiy"), same_spelling("martin", "martins")
    (True, False)
    """
    # Five letters in common: below that the ends are what tells names apart (Kelly, Keley).
    if a == b or a[:5] != b[:5] or min(len(a), len(b)) < 5:
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


@lru_cache(_KEPT)
def gender_of(name: Name) -> Gender | None:
    """The gender that title or first name shows, or None.

    >>> [gender_of(read_name(name)) for name in ("Ms Truss", "Mary Robinson", "Robinson")]
    ['female', 'female', None]
    """
    titles = {*name.title, *(_NOBLES & set(name.words[:1]))}
    for gender in GENDERS:
        if not titles.isdisjoint(words(f"{gender}_words")):
            return gender
    # Ben with a capital is a first name; Van and other particles have one at the start of a sentence too.
    particles = _PARTICLES - ({"ben"} if name.text[:1].isupper() else set())
    given = name.words[0] if len(name.words) > 1 and name.words[0] not in particles else ""
    return next((gender for gender in GENDERS if given in first_names(gender)), None)


def is_organisation(name: Name) -> bool:
    """Whether the words are those of a body rather than a person: "Ministry of Defence", "BBC News".

    >>> is_organisation(read_name("the Ministry of Defence")), is_organisation(read_name("Ann Lee"))
    (True, False)
    """
    bodies = words("organisation_words")
    if name.words[:1] and name.words[0] in OFFICES | _NOBLES:
        return False
    if name.title and not {"the"} & set(name.title):
        return False
    return (
        bool(JOINERS & set(name.words))
        or any(word in bodies for word in name.words)
        or (len(name.words) > 1 and name.last in words("thing_words") and name.words[0] not in given_names())
        or (len(name.words) == 1 and name.text.isupper() and len(name.text) > 1)
    )
