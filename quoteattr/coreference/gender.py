"""What pronouns tell of the sex of those whose names do not: "Tiller says |her| book took ten years"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from quoteattr.coreference.entity_table import Cast, Entity
from quoteattr.coreference.mention_index import Places
from quoteattr.names import Gender
from quoteattr.schema import Span

SEX: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
"""Pronouns that tell it."""

_NEAR = 3
"""Sentences back in which a pronoun finds its name."""

_CLEAR = 2
"""How many times more pronouns must tell of one sex than of the other."""

_MANY = 50
"""Names that are looked at before a pronoun: a few sentences have fewer, a list has more."""


def learn_sexes(pronouns: Iterable[Span], cast: Cast, places: Places) -> None:
    """Note the sex of those whom pronouns can mean alone.

    That is the only one named before a pronoun in its sentence, or else in the sentences before, if as a
    subject.
    """
    votes: dict[Entity, Counter[Gender]] = {}
    for span in pronouns:
        sex = SEX[span.text.lower()]
        named = {cast.at[start]: start for start in _named_before(span, cast, places)}
        fits = [entity for entity in named if entity.sex in (None, sex)]
        fits = [entity for entity in fits if entity.sure] or fits
        if len(fits) == 1 and fits[0].sex is None and _acts(named[fits[0]], cast, places):
            votes.setdefault(fits[0], Counter())[sex] += 1
    for entity, counts in votes.items():
        [(sex, most), *_] = counts.most_common()
        if most > _CLEAR * (counts.total() - most):
            entity.sex, entity.sure = sex, True


def _named_before(span: Span, cast: Cast, places: Places) -> list[int]:
    """Where people are named before it in its sentence, or else in the one before.

    A lone capital that the text gives once ("Snow fell") is nobody where others were named before.
    """
    here = places.sentence(span.start)
    near: list[list[int]] = [[] for _ in range(_NEAR + 1)]
    end = bisect_right(cast.starts, span.start)
    for start in reversed(cast.starts[max(0, end - _MANY) : end]):
        back = here - places.sentence(start)
        if back > _NEAR:
            break
        if cast.at[start].kind == "person" and not places.is_quoted(start):
            near[back].append(start)
    found = near[0] or near[1]
    lone = len(found) == 1 and _is_lone(cast.at[found[0]])
    return [start for some in near for start in some] if lone else found


def _is_lone(entity: Entity) -> bool:
    return len(entity.names) == 1 and len(entity.key.words) == 1 and not entity.sure


def _acts(start: int, cast: Cast, places: Places) -> bool:
    """Whether the name there is a subject or a sentence's first words."""
    return places.role(start, cast.ends[start]) != "other" or places.opens(start)
