"""What the library knows of words, read once from data/*.toml. Each file states its source."""

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
def cue_verbs() -> dict[str, CueKind]:
    """Lemma of every cue verb and its class (see data/cues.toml).

    >>> cue_verbs()["say"], cue_verbs()["call"], cue_verbs()["smile"]
    ('say', 'judge', 'weak')
    """
    kinds: tuple[CueKind, ...] = ("weak", "judge", "say")
    return {verb: kind for kind in kinds for verb in _table("cues.toml")[kind]}


@cache
def cue_kind(form: str, lemma: str) -> CueKind | None:
    """The class of a cue verb in any of its forms, or None for another word.

    A lemma that the tagger's dictionary lacks is the form itself, so regular endings are tried too.

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
    """The example of every cue verb; its speaker is Ann Lee."""
    return {
        verb: text for kind in ("weak", "judge", "say") for verb, text in _table("cues.toml")[kind].items()
    }


@cache
def words(name: str) -> frozenset[str]:
    """A list of data/persons.toml by its name.

    >>> "mr" in words("courtesy_titles"), "senator" in words("roles")
    (True, True)
    """
    return word_list("persons", name)


@cache
def word_list(file: str, name: str) -> frozenset[str]:
    """The words of one list in ``data/<file>.toml``, in small letters.

    >>> "mr" in word_list("persons", "courtesy_titles")
    True
    """
    return frozenset(_table(f"{file}.toml")[name]["words"])


def alternatives(file: str, name: str) -> str:
    """Returns the words of one list in ``data/<file>.toml`` as alternatives of a pattern (regex.VERBOSE).

    >>> alternatives("parsing", "places")
    'inside|outside'
    """
    return "|".join(re.escape(word) for word in sorted(word_list(file, name)))


@cache
def roles_of(title: str) -> tuple[str, ...]:
    """The nouns by which the bearer of a title may be called; the title itself where nothing is listed.

    >>> roles_of("gov"), roles_of("mayor")
    (('governor',), ('mayor',))
    """
    return tuple(_table("persons.toml")["title_roles"].get(title, (title,)))


@cache
def body_kinds(word: str) -> frozenset[str]:
    """What kinds of bodies a noun or a word of a name is for; none for most words.

    >>> sorted(body_kinds("carrier")), sorted(body_kinds("trust")), sorted(body_kinds("smith"))
    (['company'], ['charity'], [])
    """
    return frozenset(kind for kind, nouns in _table("persons.toml")["body_kinds"].items() if word in nouns)


@cache
def full_words(name: Literal["origin_words", "state_words"]) -> dict[str, str]:
    """Adjectives of places and parties, or abbreviations of states: what each stands for.

    >>> full_words("origin_words")["gop"], full_words("state_words")["fla"]
    ('republican', 'florida')
    """
    table = _table("persons.toml")[name]
    return {short: full for full, shorts in table.items() for short in shorts}


@cache
def first_names(gender: Literal["male", "female"]) -> frozenset[str]:
    """First names that one gender bears far more often than the other, in small letters.

    >>> "mary" in first_names("female"), "mary" in first_names("male")
    (True, False)
    """
    return frozenset(_table("first_names.toml")[gender]["words"].split())


@cache
def outlet_words(name: str) -> frozenset[str]:
    """A list of data/outlets.toml by its name.

    >>> "telegraph" in outlet_words("masthead"), "reuters" in outlet_words("known")
    (True, True)
    """
    return word_list("outlets", name)
