"""Infers the gender of people from pronouns if their names do not show it: "Tiller says |her| book took ten
years"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from quoteattr.coreference.entity import Entity
from quoteattr.coreference.entity_table import EntityTable
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.lexicon import word_list
from quoteattr.names import Gender, Name, gender_of
from quoteattr.schema import Span

PRONOUN_GENDER: dict[str, Gender] = {
    **dict.fromkeys(sorted(word_list("coreference", "male_pronouns")), "male"),
    **dict.fromkeys(sorted(word_list("coreference", "female_pronouns")), "female"),
}
"""The pronouns that show a gender."""

_SENTENCES_BACK = 3
"""Sentences before a pronoun that are searched for the name that it refers to. Set by hand."""

_MAJORITY = 2
"""A gender is accepted if the pronouns for it are more than this many times as frequent as those for the
other one. Set by hand."""

_AGAINST_A_NAME = 2
"""Least number of pronouns that outweigh a first name. Set by hand: one may refer to somebody else."""

_NAMES_BACK = 50
"""Most names that are read before a pronoun. A few sentences have fewer; a long list of people may have
more."""


def pronoun_genders(
    pronouns: Iterable[Span], table: EntityTable, index: MentionIndex
) -> dict[Entity, Gender]:
    """Infers the gender of people from pronouns that can only refer to them.

    A pronoun shows the gender of a person who is a subject and is the only possible person named before the
    pronoun in its sentence, or, if nobody is named there, in the sentence before.

    Args:
        pronouns: the pronouns of PRONOUN_GENDER outside quoted words, in order.
        table: the entities.
        index: the sites of mentions.

    Returns:
        The gender of each person whose gender the table does not have and on whom most of these pronouns
        agree; and of each whose first name alone shows another gender than most of them ("Tory"), where
        nobody named in the article has the gender of these pronouns.
    """
    votes: dict[Entity, Counter[Gender]] = {}
    for span in pronouns:
        gender = PRONOUN_GENDER[span.text.lower()]
        named = {table.at[start]: start for start in _people_before(span, table, index)}
        fits = [entity for entity in named if entity.profile.gender in (None, gender)]
        fits = [entity for entity in fits if entity.profile.confirmed] or fits
        fits = fits or list(named)
        if len(fits) != 1 or not _is_doubted(fits[0]):
            continue
        is_only = len(named) == 1 and fits[0].profile.gender is not None
        if is_only or _is_subject(named[fits[0]], table, index):
            votes.setdefault(fits[0], Counter())[gender] += 1
    known = {entity.profile.gender for entity in table.people}
    leading = {entity: counts.most_common(1)[0] for entity, counts in votes.items()}
    return {
        entity: gender
        for entity, (gender, most) in leading.items()
        if most > _MAJORITY * (votes[entity].total() - most)
        and (entity.profile.gender is None or (most >= _AGAINST_A_NAME and gender not in known))
    }


def _is_doubted(entity: Entity) -> bool:
    """Whether pronouns may show the gender of an entity: it is not known, or only the first name shows it."""
    gender, key = entity.profile.gender, entity.key
    return gender is None or (not key.title and gender == gender_of(Name(key.text, key.words, ())))


def _people_before(span: Span, table: EntityTable, index: MentionIndex) -> list[int]:
    """The offsets of people's names before a pronoun in its sentence; if there are none, those in the
    sentence before.

    If the only one is a capitalised word that occurs once ("Snow fell"), it may not be a person. Then the
    names in the last few sentences are returned as well.
    """
    here = index.sentence(span.start)
    near: list[list[int]] = [[] for _ in range(_SENTENCES_BACK + 1)]
    end = bisect_right(table.starts, span.start)
    for start in reversed(table.starts[max(0, end - _NAMES_BACK) : end]):
        back = here - index.sentence(start)
        if back > _SENTENCES_BACK:
            break
        if table.at[start].profile.kind == "person" and not index.is_quoted(start):
            near[back].append(start)
    found = near[0] or near[1]
    doubtful = len(found) == 1 and _is_doubtful(table.at[found[0]])
    return [start for some in near for start in some] if doubtful else found


def _is_doubtful(entity: Entity) -> bool:
    """Whether the only evidence for the person is one capitalised word."""
    return len(entity.names) == 1 and len(entity.key.words) == 1 and not entity.profile.confirmed


def _is_subject(start: int, table: EntityTable, index: MentionIndex) -> bool:
    """Whether a name is a subject or opens a sentence."""
    return index.role(start, table.ends[start]) != "other" or index.opens_sentence(start)
