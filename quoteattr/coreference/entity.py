"""Entities of an article: people, organisations, groups and unnamed speakers."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from quoteattr.coreference.affiliations import NO_AFFILIATIONS, Affiliations, affiliations_in
from quoteattr.coreference.nouns import gender_of_noun, head_noun, is_human, nouns_for_people
from quoteattr.lexicon import roles_of, words
from quoteattr.names import Gender, Name, given_names, is_common_word, is_joined_office
from quoteattr.schema import SpeakerKind


@attrs.frozen
class Profile:
    """What is known about an entity at one point of the article."""

    kind: SpeakerKind
    """As in `Speaker`."""
    name: str
    """The fullest name; of an unnamed speaker the fullest noun phrase."""
    forms: tuple[str, ...] = ()
    """Every form of the name, in order of appearance."""
    gender: Gender | None = None
    """None if it is not known."""
    confirmed: bool = False
    """Whether there is more evidence for a person than a capital letter: a title, a first name, a role, a
    quotation."""
    roles: frozenset[str] = frozenset()
    """Nouns with which the text describes the entity: "secretary", "spokesman"."""
    affiliations: Affiliations = NO_AFFILIATIONS
    """Places and parties."""

    @property
    def is_human(self) -> bool:
        """Whether the entity may be one or more people."""
        return self.kind == "person" or (self.kind == "unnamed" and any(map(is_human, self.roles)))


@attrs.frozen(eq=False)
class Entity:
    """One person, organisation, group or unnamed speaker of an article, compared by identity.

    The fields hold what the article as a whole shows. What is learned while the article is read in order is
    in `DiscourseState`, which starts from `profile`.
    """

    key: Name
    """The parsed name."""
    profile: Profile
    """What the names, titles and descriptions of the whole article show."""
    first: int = 0
    """Offset of the first of its longest names."""
    names: tuple[int, ...] = ()
    """Offsets of the entity's names in order; empty for an unnamed speaker and a group."""
    full_names: int = 0
    """How many of the names have more than one word."""
    is_place: bool = False
    """Whether the name tagger takes it for a place."""
    age: str = ""
    """Years, if the article gives them beside the name."""
    plural: bool = False
    """Whether the entity is several people: "officials", "Ann Lee and Tom Day"."""
    members: tuple[Entity, ...] = ()
    """The people in a group; empty for other entities."""

    @property
    def is_bare_word(self) -> bool:
        """Whether the name is a single word, other than a first name, without an age: "Toyota"."""
        single = len(self.key.words) == 1 and not self.age and not self.plural
        return single and self.key.last not in given_names()


@attrs.frozen
class Description:
    """A phrase with which the article describes an entity."""

    words: tuple[str, ...]
    """The words in lower case, without an article: "foreign", "secretary"."""
    head: str
    """The head noun: "secretary"."""
    title: bool = False
    """Whether it is a title before a name."""

    @property
    def phrase(self) -> str:
        """The words as one string, a possessive joined to its noun: "governor's husband"."""
        return " ".join(self.words).replace("’", "'").replace(" 's", "'s")

    @property
    def is_courtesy(self) -> bool:
        """Whether it is a courtesy title, which describes no role: "Ms", but not "First Lady"."""
        return self.head in words("courtesy_titles") and self.words[0] != "first"


def describe(phrase: Sequence[str], head: str = "", *, title: bool = False) -> Description:
    """Returns the description that a phrase gives of an entity.

    Args:
        phrase: words in lower case, without an article.
        head: the head noun, if it is not the one that `head_noun` finds.
        title: whether the phrase is a title before a name.

    >>> describe(["spokesman", "for", "the", "mayor"]).head
    'spokesman'
    """
    return Description(tuple(phrase), head or head_noun(phrase), title)


def with_description(profile: Profile, description: Description) -> Profile:
    """Returns the profile with the gender, roles and affiliations of a description added.

    >>> known = with_description(Profile("person", "Ann Lee"), describe(["german", "actress"]))
    >>> known.gender, known.roles, known.confirmed
    ('female', frozenset({'actress'}), True)
    """
    head = description.head
    gender = profile.gender or gender_of_noun(head)
    if description.is_courtesy:
        return profile if gender == profile.gender else attrs.evolve(profile, gender=gender)
    return Profile(
        profile.kind,
        profile.name,
        profile.forms,
        gender,
        profile.confirmed or head in nouns_for_people() or is_joined_office(head),
        profile.roles.union(roles_of(head)),
        profile.affiliations | affiliations_in(description.words),
    )


def may_be_organisation(entity: Entity, profile: Profile) -> bool:
    """Whether nothing shows that an entity is a person, and its name is a single word ("Toyota") or ends in a
    common one ("Zandriver Minerals").

    Args:
        entity: the entity.
        profile: what is known about it at this point.
    """
    unknown = profile.kind == "person" and profile.gender is None and not profile.roles
    return unknown and (entity.is_bare_word or (not profile.confirmed and _ends_in_common_word(entity.key)))


def _ends_in_common_word(name: Name) -> bool:
    """Whether a full name seems one of a firm: "Zandriver |Minerals|"."""
    return len(name.words) > 1 and is_common_word(name.last)
