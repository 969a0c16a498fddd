"""Names: where they stand, what they are made of, and when two of them are one person."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

import attrs
import regex

from quoteattr.lexicon import first_names, words
from quoteattr.schema import Span

Sex = Literal["male", "female"]
SEXES: tuple[Sex, ...] = ("female", "male")

_PARTICLE = "de|del|della|der|den|van|von|di|da|du|la|le|bin|ibn|al|el|ben|ter|zu|dos"

# "Dr Volodymyr O’Neill-Smith Jr.", "Ursula von der Leyen", "J. D. Vance", "the Ministry of Defence"
_NAME = regex.compile(
    rf"""
    (?<![\w’'.@\#/-])
    (?<part> (?: \p{{Lu}}\.(?:-?\p{{Lu}}\.)*                                # 1. initials: J.D.
               | (?:[OD]['’])? \p{{Lu}}[\p{{L}}\p{{M}}\p{{N}}]*                 # 2. O’Neill, McCarthy, PR1
                 (?: [-–'’] (?! [sS]\b ) \p{{L}}[\p{{L}}\p{{M}}]+ )* )          # 3. Smith-Jones
      \.? )
    (?: (?: (?<! \.) | (?<= \b
              (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Lt|Gen|Col|Capt|Sgt|Maj|Adm|Prof|Rev|St|\p{{Lu}})\.) )
        [ \N{{NO-BREAK SPACE}}]+
        (?: [“"‘'(] \p{{Lu}}[\w’'-]+ [”"’')] [ ]+ (?=\p{{Lu}}) )?              # 0. Edward “Teddy” Marsh
        (?: (?:{_PARTICLE}) [ ] (?= (?:[a-z]{{2,4}}[ ])? \p{{Lu}} )             # 4. von der Leyen
          | (?:al|el|bin)[-’'] (?=\p{{Lu}})                                    # 5. al-Assad
          | (?: of | for | & ) [ ] (?: the [ ] )? (?=\p{{Lu}}) )*               # 6. Bank of England
        (?&part) )*
    """,
    regex.VERBOSE,
)
# "the Ministry |of Defence" is one name, "Ted Cruz |of Texas" is not.
_OF = regex.compile(r"(?<before>[\p{L}]+)(?<of>[ \N{NO-BREAK SPACE}](?:of|for)[ ])")
_OFFICES = frozenset(
    "secretary chamber duke duchess earl prince princess archbishop bishop chief attorney director".split()
)
_TOKEN = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.’'–-][\p{L}\p{M}\p{N}]+)*\.?")
_SUFFIXES = frozenset("jr sr ii iii iv phd md qc kc mp obe cbe mbe".split())
_ABBREVIATION = regex.compile(r"\b(?:\p{Lu}|Jr|Sr|Inc|Corp|Co|Ltd)\.\Z")
_JOINERS = frozenset({"of", "for", "and", "&", "the"})


@attrs.frozen
class Name:
    """A name taken apart. All words are in small letters, without full stops."""

    text: str
    """As written, without courtesy titles and possessive."""
    words: tuple[str, ...]
    """The words that tell who it is: first names and surname."""
    title: tuple[str, ...]
    """What stood before them: courtesy titles and roles ("president", "ms")."""

    @property
    def last(self) -> str:
        """The surname, or the only word; empty for a bare title."""
        return self.words[-1] if self.words else ""


def read_name(text: str) -> Name:
    """Take a name apart.

    >>> read_name("Foreign Secretary Liz Truss’s")
    Name(text='Liz Truss', words=('liz', 'truss'), title=('foreign', 'secretary'))
    >>> read_name("Ms Truss").words
    ('truss',)
    """
    text = regex.sub(r"(?<=\w)(?:['’]s?)$", "", text.strip())
    tokens = [(_plain(m.group()), m.start()) for m in _TOKEN.finditer(text)]
    while len(tokens) > 1 and tokens[-1][0] in _SUFFIXES:
        tokens.pop()
    first = _title_length([token for token, _ in tokens])
    start = tokens[first][1] if first < len(tokens) else len(text)
    kept = tuple(token for token, _ in tokens[first:])
    title = tuple(token for token, _ in tokens[:first] if token != "the")
    return Name(text[start:].strip(" ,"), kept, title)


def _plain(word: str) -> str:
    """In small letters, without accents and full stop: "Márquez" is "Marquez"."""
    # Case last: "𝕬" has none until it is an "A".
    letters = unicodedata.normalize("NFKD", word.rstrip(".").replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _title_length(tokens: list[str]) -> int:
    """How many leading words are a title: up to the last role word that a name follows."""
    if "secretary" in tokens and tokens[tokens.index("secretary") + 1 :][:2] == ["of", "state"]:
        return tokens.index("secretary") + 3
    if _JOINERS & set(tokens):
        return 1 if tokens[:1] == ["the"] else 0
    titles = words("courtesy_titles") | words("short_titles") | words("roles")
    named = enumerate(tokens[:-1])
    ends = [i + 1 for i, token in named if token in titles or (i == 0 and token.removesuffix("s") in titles)]
    return max(ends, default=1 if tokens[:1] == ["the"] else 0)


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
    bodies = words("organisation_words") | _OFFICES
    for match in _OF.finditer(text, begin, stop):
        if match["before"].casefold() not in bodies:
            yield begin, match.start("of")
            begin = match.end("of")
    yield begin, stop


def _trimmed(text: str, begin: int, stop: int) -> list[Span]:
    """The stretch without words that are no name, before it and alone, and without a sentence's stop."""
    if text[stop - 1] == "." and not _ABBREVIATION.search(text, begin, stop):
        stop -= 1
    for match in _TOKEN.finditer(text, begin, stop):
        word = match.group().casefold().rstrip(".")
        if word not in words("not_names") and word not in _JOINERS:
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
        alike = len(short) == 1 and len(long) == 2 and short[0] == long[0]
    return alike and len({sex_of(a), sex_of(b)} - {None}) < 2


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
    return {*a[shared:], *b[shared:]} <= {"y", "i", "j", "e"}


def sex_of(name: Name) -> Sex | None:
    """What title and first name say, or None.

    >>> sex_of(read_name("Ms Truss")), sex_of(read_name("Mary Robinson")), sex_of(read_name("Robinson"))
    ('female', 'female', None)
    """
    for sex in SEXES:
        if words(f"{sex}_words") & set(name.title):
            return sex
    # Ben with a capital is a first name; Van and other particles have one at the start of a sentence too.
    particles = {*_PARTICLE.split("|")} - ({"ben"} if name.text[:1].isupper() else set())
    given = name.words[0] if len(name.words) > 1 and name.words[0] not in particles else ""
    return next((sex for sex in SEXES if given in first_names(sex)), None)


def is_organisation(name: Name) -> bool:
    """Whether the words are those of a body rather than a person: "Ministry of Defence", "BBC News".

    >>> is_organisation(read_name("the Ministry of Defence")), is_organisation(read_name("Ann Lee"))
    (True, False)
    """
    bodies = words("organisation_words")
    if name.title and not {"the"} & set(name.title):
        return False
    return (
        bool({"of", "for", "&", "and"} & set(name.words))
        or any(word in bodies for word in name.words)
        or (len(name.words) == 1 and name.text.isupper() and len(name.text) > 1)
    )
