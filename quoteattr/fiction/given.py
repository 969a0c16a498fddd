"""People whom a caller names: their forms, and the speakers that bear them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from quoteattr.coreference import Resolution
from quoteattr.fiction.characters import CharacterNames, read_form
from quoteattr.schema import Speaker


def named_characters(given: Mapping[str, Sequence[str]] | Sequence[str] | CharacterNames) -> CharacterNames:
    """Returns the people whom a caller names: of each the name, then its other forms.

    Raises:
        TypeError: if they are not strings.

    >>> named_characters({"Elizabeth Bennet": ["Lizzy"]}), named_characters(["Mr. Darcy"])
    ((('Elizabeth Bennet', 'Lizzy'),), (('Mr. Darcy',),))
    """
    if isinstance(given, str):
        raise TypeError(f"characters must be a list of names or a mapping from name to forms, got {given!r}")
    if isinstance(given, Mapping):
        if any(isinstance(forms, str) for forms in given.values()):
            raise TypeError("characters must map each name to a list of forms, got a str")
        people = tuple((name, *forms) for name, forms in given.items())
    else:
        people = tuple(
            (one,) if isinstance(one, str) else tuple(one) if isinstance(one, Sequence) else (one,)
            for one in given
        )
    for form in (form for forms in people for form in forms):
        if not isinstance(form, str) or not form.strip():
            raise TypeError(f"characters must be names, got {form!r}")
    return people


def with_characters(resolutions: Sequence[Resolution], given: CharacterNames) -> list[Resolution]:
    """Returns the resolutions; a speaker with a form of one of the given people gets the name and all
    forms."""
    if not given:
        return list(resolutions)
    known: dict[str, tuple[str, ...]] = {}
    for forms in given:
        for form in forms:
            known.setdefault(_plain(form), tuple(forms))
    return [_with_character(resolution, known) for resolution in resolutions]


def _plain(name: str) -> str:
    form = read_form(name)
    return " ".join(form.words or form.titles)


def _with_character(resolution: Resolution, known: Mapping[str, tuple[str, ...]]) -> Resolution:
    speaker = resolution.speaker
    if speaker is None:
        return resolution
    found = next(
        (forms for name in (speaker.name, *speaker.aliases) if (forms := known.get(_plain(name)))), None
    )
    if found is None:
        return resolution
    aliases = dict.fromkeys((*found[1:], speaker.name, *speaker.aliases))
    aliases.pop(found[0], None)
    return attrs.evolve(resolution, speaker=Speaker(found[0], "person", tuple(aliases)))
