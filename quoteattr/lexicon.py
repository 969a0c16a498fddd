"""Word lists and other knowledge of words, read from data/*.toml. Each file states its source.

`word_list` reads any list; `words` reads those of persons.toml, and `outlet_words` those of outlets.toml.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).parent / "data"
"""Lexicons, weights and models that ship with the package."""

CueKind = Literal["say", "judge", "weak"]


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def word_list(file: str, name: str) -> frozenset[str]:
    """The words of a list, in small letters unless the list says that it is case-sensitive.

    Args:
        file: the name of a file in data/ without its ending: "persons", "outlets", "parsing".
        name: the table of the list in this file.

    >>> "mr" in word_list("persons", "courtesy_titles"), "reuters" in word_list("outlets", "known")
    (True, True)
    """
    return frozenset(_table(f"{file}.toml")[name]["words"])


@cache
def word_pairs(file: str, name: str) -> dict[str, str]:
    """Returns the words of a table of pairs in ``data/<file>.toml``, each with the word that it stands for.

    >>> word_pairs("dedup", "spellings")["centre"]
    'center'
    """
    pairs: dict[str, str] = _table(f"{file}.toml")[name]["pairs"]
    return pairs


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list about people, organisations and places: short for ``word_list("persons", name)``.

    >>> "senator" in words("roles")
    True
    """
    return word_list("persons", name)


@cache
def outlet_words(name: str) -> frozenset[str]:
    """The words of a list about outlets: short for ``word_list("outlets", name)``.

    >>> "telegraph" in outlet_words("masthead")
    True
    """
    return word_list("outlets", name)


def alternatives(file: str, name: str) -> str:
    """The words of a list as alternatives of a pattern (regex.VERBOSE).

    Args:
        file: as in `word_list`.
        name: as in `word_list`.

    >>> alternatives("parsing", "places")
    'inside|outside'
    """
    return "|".join(re.escape(word) for word in sorted(word_list(file, name)))


@cache
def cue_verbs() -> dict[str, CueKind]:
    """Returns the class of every cue verb by its lemma; data/cues.toml defines the classes.

    >>> cue_verbs()["say"], cue_verbs()["call"], cue_verbs()["smile"]
    ('say', 'judge', 'weak')
    """
    kinds: tuple[CueKind, ...] = ("weak", "judge", "say")
    return {verb: kind for kind in kinds for verb in _table("cues.toml")[kind]}


@cache
def cue_kind(form: str, lemma: str) -> CueKind | None:
    """The class of a cue verb in any of its forms, or None for another word.

    Args:
        form: the word as written.
        lemma: its lemma. Parsers return an unknown word unchanged as its lemma, so regular endings are cut
            off, too.

    >>> [cue_kind(*pair) for pair in (("said", "say"), ("tweeted", "tweeted"), ("ran", "run"))]
    ['say', 'say', None]
    """
    verbs, form = cue_verbs(), form.casefold()
    irregular = _table("cues.toml")["irregular"].get(form, form)
    stems = (lemma.casefold(), irregular, *(form.removesuffix(end) for end in ("s", "es", "ed", "d", "ing")))
    tries = (*stems, form.removesuffix("ing") + "e", form[:-3] + "y", form[:-3], form[:-4])
    return next((verbs[stem] for stem in tries if stem in verbs), None)


@cache
def cue_nouns() -> frozenset[str]:
    """Nouns of saying: "statement", "claim", "letter"."""
    return frozenset(_table("cues.toml")["nouns"]["words"])


@cache
def cue_examples() -> dict[str, str]:
    """Returns an example for each cue verb, by lemma: a text with a quotation that Ann Lee speaks."""
    return {
        verb: text for kind in ("weak", "judge", "say") for verb, text in _table("cues.toml")[kind].items()
    }


@cache
def roles_of(title: str) -> tuple[str, ...]:
    """Returns the nouns that refer to a person with a title: "governor" for "Gov."; else the title itself.

    Args:
        title: the title in small letters, without full stop.

    >>> roles_of("gov"), roles_of("mayor")
    (('governor',), ('mayor',))
    """
    return tuple(_table("persons.toml")["title_roles"].get(title, (title,)))


@cache
def similar_roles(noun: str) -> tuple[str, ...]:
    """The roles of people for whom a noun may stand; empty for most nouns.

    >>> similar_roles("skipper"), similar_roles("nurse")
    (('captain',), ())
    """
    return tuple(_table("coreference.toml")["similar_roles"]["nouns"].get(noun, ()))


@cache
def similar_documents(noun: str) -> tuple[str, ...]:
    """The documents for which a noun may stand; empty for most nouns.

    >>> similar_documents("missive"), similar_documents("survey")
    (('letter',), ())
    """
    return tuple(_table("coreference.toml")["similar_documents"]["nouns"].get(noun, ()))


@cache
def abbreviated_offices(letters: str) -> tuple[str, ...]:
    """The offices that an abbreviation in small letters stands for, if it is not made of their initials.

    >>> abbreviated_offices("ceo"), abbreviated_offices("cfo")
    (('chief executive',), ())
    """
    return tuple(_table("coreference.toml")["office_abbreviations"]["offices"].get(letters, ()))


@cache
def organisation_kinds(word: str) -> frozenset[str]:
    """Returns the kinds of organisations that a noun, or a word of a name, expresses; none for most words.

    >>> sorted(organisation_kinds("carrier")), sorted(organisation_kinds("smith"))
    (['company'], [])
    """
    kinds = _table("persons.toml")["organisation_kinds"]
    return frozenset(kind for kind, nouns in kinds.items() if word in nouns)


@cache
def kinds_of_body(name: str) -> frozenset[str]:
    """The kinds of organisations of a well-known body, by its name in small letters.

    >>> sorted(kinds_of_body("ofcom")), sorted(kinds_of_body("ryanair"))
    (['authority'], [])
    """
    kinds = _table("coreference.toml")["known_bodies"]["kinds"]
    return frozenset(kind for kind, names in kinds.items() if name in names)


@cache
def full_forms(name: Literal["affiliation_words", "state_words"]) -> dict[str, str]:
    """Returns full forms by short forms: places and parties by adjective, or states by abbreviation.

    >>> full_forms("affiliation_words")["gop"], full_forms("state_words")["fla"]
    ('republican', 'florida')
    """
    table = _table("persons.toml")[name]
    return {short: full for full, shorts in table.items() for short in shorts}


@cache
def first_names(gender: Literal["male", "female"]) -> frozenset[str]:
    """First names that are far more frequent with one gender than with the other, in small letters.

    >>> "mary" in first_names("female"), "mary" in first_names("male")
    (True, False)
    """
    return frozenset(_table("first_names.toml")[gender]["words"].split())
