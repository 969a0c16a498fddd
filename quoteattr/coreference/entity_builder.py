"""Joins the names of an article into entities, and gathers the titles, appositions and clauses that describe
each.

The builder works on mutable drafts, from which `entity_table` makes frozen entities.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs
import regex

from quoteattr.coreference.affiliations import NO_AFFILIATIONS, affiliations_after
from quoteattr.coreference.descriptions import apposed_descriptions, clause_descriptions, title_descriptions
from quoteattr.coreference.entity import Description, Profile, with_description
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.name_evidence import NameContext
from quoteattr.coreference.name_gathering import (
    FoundName,
    gather_names,
    is_known_place,
    is_people,
    opens_sentence,
    spelled_out,
)
from quoteattr.coreference.name_index import NameIndex
from quoteattr.lexicon import first_names, words
from quoteattr.names import (
    Name,
    NameKind,
    compatible,
    gender_of,
    given_names,
    is_common_word,
    is_organisation,
)
from quoteattr.parsing.dependency_tree import Sentence

_MOST_PERSON, _LEAST_THING = 0.1, 0.4
"""Mean probabilities of naming a person and of naming something else, over all names of an entity, up to
which and from which it is taken for an organisation."""
_PLACE = 0.7
"""Least mean probability of naming a place, over all names of an entity. Set by hand."""
_SURE_PERSON = 0.9
"""Least mean probability of a person over the words of a name that is kept whole."""
_LEAST_FULL_THING = 0.9
"""The latter for a name of several words of which none is common: most such names are persons'."""
_APOSTROPHES = ("'", "’")
# "Lena Kurz|, 28, won", "Lena Kurz| (28)", "Lena Kurz|, a 28-year-old baker"
_AGE = regex.compile(r",?\s\(?(?:aged?\s)?(?:an?\s)?(?<age>\d{1,3})(?=[,.;)]|-year-old)")


@attrs.define(eq=False)
class Draft:
    """An entity while the table is built."""

    key: Name
    """As in `Entity`."""
    first: int
    """As in `Entity`."""
    profile: Profile
    """What is known so far; replaced when more is learned."""
    names: list[int] = attrs.field(factory=list)
    """As in `Entity`."""
    full_names: int = 0
    """As in `Entity`."""
    forms: dict[str, None] = attrs.field(factory=dict)
    """Every form of the name, in order of appearance."""
    age: str = ""
    """As in `Entity`."""
    odds: list[Mapping[NameKind, float]] = attrs.field(factory=list)
    """What the name tagger says of each name."""

    @property
    def is_tagged_as_thing(self) -> bool:
        """Whether the name tagger is sure, over all names, that they are names of organisations, places or
        the like."""
        told = [odds for odds in self.odds if odds]
        person = sum(odds["person"] for odds in told)
        named = sum(sum(odds.values()) for odds in told)
        full = len(self.key.words) > 1 and not any(map(is_common_word, self.key.words))
        least = _LEAST_FULL_THING if full else _LEAST_THING
        return bool(told) and person <= _MOST_PERSON * len(told) and named - person >= least * len(told)

    @property
    def is_tagged_as_no_person(self) -> bool:
        """Whether the name tagger is sure, of each of the names, that it names no person: "Covid"."""
        told = [odds for odds in self.odds if odds]
        return bool(told) and max(odds["person"] for odds in told) <= _MOST_PERSON / 2

    @property
    def is_tagged_as_place(self) -> bool:
        """Whether the name tagger takes most of the names for those of a place."""
        told = [odds["place"] for odds in self.odds if odds]
        return bool(told) and sum(told) > _PLACE * len(told)

    sure_forms: set[str] = attrs.field(factory=set)
    """The forms of which the name tagger is sure that they name a person."""

    @property
    def name(self) -> str:
        """The longest form of the name. If it begins with a shorter form that is a full name, the words after
        that are left out, unless the tagger is sure of them: "Ann Lee| Election Day"."""
        longest = self.profile.name
        if longest in self.sure_forms:
            return longest
        full = [form for form in self.forms if " " in form and longest.startswith(form + " ")]
        return min(full, key=len) if full and self.profile.kind == "person" else longest


@attrs.frozen
class Drafts:
    """The drafts of all entities of an article."""

    entities: list[Draft]
    """In the order in which they were made."""
    at: dict[int, Draft]
    """The entity of each name by the name's offset."""
    ends: dict[int, int]
    """The end of each name by its offset."""
    descriptions: list[tuple[Draft, Description]]
    """Every description that was found."""


def build_drafts(text: str, sentences: Collection[Sentence], index: MentionIndex) -> Drafts:
    """Joins the names of an article into drafts of entities.

    Args:
        text: the article.
        sentences: its parsed sentences.
        index: the sites of its mentions.

    Returns:
        The drafts, with everything that is known about them.
    """
    builder = _Builder(text, index)
    builder.add_names(gather_names(text, sentences, index))
    builder.find_organisations()
    builder.describe_names()
    builder.describe_by_clauses(sentences)
    return builder.drafts


class _Builder:
    """Makes the drafts of one article."""

    def __init__(self, text: str, index: MentionIndex) -> None:
        self._text, self._index = text, index
        self._names: NameIndex[Draft] = NameIndex()
        self.drafts = Drafts([], {}, {}, [])

    def add_names(self, found: Sequence[FoundName]) -> None:
        """Assigns each name to its entity, longer names first.

        In this order, both Clintons are known before the ambiguous "Clinton" is assigned.
        """
        at, ends = self.drafts.at, self.drafts.ends
        acronyms = spelled_out(self._text, found)
        for one in sorted(found, key=lambda one: (-len(one.name.words), one.span.start)):
            full = acronyms.get(one.name.text.replace(".", ""))
            draft = self._names.best_match(full, one.span.start) if full else self._same(one)
            draft = draft or self._new(one)
            insort(draft.names, one.span.start)
            draft.full_names += len(one.name.words) > 1
            at[one.span.start], ends[one.span.start] = draft, one.span.end
            draft.odds.append(one.odds)
            if one.odds.get("person", 0.0) >= _SURE_PERSON:
                draft.sure_forms.add(one.name.text)
                if len(one.name.words) > 1 and draft.profile.kind == "person":
                    draft.profile = attrs.evolve(draft.profile, confirmed=True)
            self._learn(draft, one)
        for one in found:
            at[one.span.start].forms.setdefault(one.name.text)

    def find_organisations(self) -> None:
        """Marks an entity as an organisation if its names stand in positions that are typical of
        organisations and places."""
        context = NameContext(self._text, self.drafts.ends, self._index)
        for draft in self.drafts.entities:
            if draft.profile.kind != "person" or draft.profile.confirmed:
                continue
            tagged = draft.is_tagged_as_thing or draft.is_tagged_as_no_person
            thing = tagged and not context.show_person(draft.names)
            if thing or context.show_organisation(draft.names):
                draft.profile = attrs.evolve(draft.profile, kind="organisation")

    def describe_names(self) -> None:
        """Adds the descriptions in appositions to names."""
        for start in sorted(self.drafts.at):
            draft, end = self.drafts.at[start], self.drafts.ends[start]
            person = draft.profile.kind == "person"
            for description in apposed_descriptions(self._text, start, end, person=person):
                self._describe(draft, description)

    def describe_by_clauses(self, sentences: Iterable[Sentence]) -> None:
        """Adds the descriptions of people in parsed clauses."""
        for start, description in clause_descriptions(sentences, self.drafts.at):
            draft = self.drafts.at[start]
            if draft.profile.kind == "person":
                self._describe(draft, description)

    def _describe(self, draft: Draft, description: Description) -> None:
        draft.profile = with_description(draft.profile, description)
        self.drafts.descriptions.append((draft, description))

    def _new(self, found: FoundName) -> Draft:
        name = found.name
        organisation = is_organisation(name) or is_known_place(name) or is_people(name)
        profile = Profile("organisation" if organisation else "person", name.text)
        draft = Draft(name, found.span.start, profile)
        self.drafts.entities.append(draft)
        self._names.add(draft)
        return draft

    def _learn(self, draft: Draft, found: FoundName) -> None:
        """Adds the information that one name and the words beside it give about its entity."""
        name, end = found.name, found.span.end
        person = draft.profile.kind == "person"
        self._learn_gender(draft, name, person)
        for description in title_descriptions(self._text, found, person=person):
            self._describe(draft, description)
        affiliations = affiliations_after(self._text, end, titled=bool(name.title))
        if affiliations != NO_AFFILIATIONS:
            known = draft.profile.affiliations | affiliations
            draft.profile = attrs.evolve(draft.profile, affiliations=known)
        if age := _AGE.match(self._text, end):
            draft.age = draft.age or age["age"]

    def _learn_gender(self, draft: Draft, name: Name, person: bool) -> None:
        profile, shown = draft.profile, gender_of(name)
        gender, confirmed = profile.gender or shown, profile.confirmed or bool(name.title or shown)
        if person and len(draft.key.words) == 1 and name.last in first_names("female"):
            # A single word may be a woman's first name ("Melanie"). Men's first names are not used, because
            # many of them are surnames: Clinton, Grant, Kelly.
            gender, confirmed = gender or "female", True
        if (gender, confirmed) != (profile.gender, profile.confirmed):
            draft.profile = attrs.evolve(profile, gender=gender, confirmed=confirmed)

    # --- which entity a name belongs to ------------------------------------------------------------------

    def _same(self, found: FoundName) -> Draft | None:
        """The known entity that a name belongs to; None if the name is that of a new one."""
        name, gender = found.name, gender_of(found.name)

        def agree(drafts: Iterable[Draft]) -> list[Draft]:
            return [d for d in drafts if not gender or d.profile.gender in (None, gender)]

        fits = agree(self._names.same_words(name.words))
        similar = [] if fits else self._names.similar(name, found.span.start)
        fits = fits or [d for d in similar if compatible(name, d.key)]
        if name.title and not fits and len(name.words) == 1:  # Sir Brian, Ms Ruiz of Carmen Ruiz Ortega
            fits = agree(d for d in similar if name.last in d.key.words and d.profile.kind == "person")
        if not fits and len(name.words) == 1:
            fits = [d for d in similar if d.key.words[0] == name.last and _is_firm(d.key.words[1:])]
        return min(fits, key=lambda draft: self._rank(draft, found), default=None)

    def _rank(self, draft: Draft, found: FoundName) -> tuple[bool, bool, bool, int]:
        """A sort key, lowest for the entity to which a part of a name most probably refers.

        An entity with this surname is preferred to one with this first name, and a word that only occurs at
        the start of one sentence is not taken for a first name ("Debating Clinton"). Of two Clintons, the one
        named in full right before is preferred; if neither is, the one named first in the article.
        """
        first = draft.names[0] if draft.names else found.span.start
        opens = draft.full_names == 1 and opens_sentence(self._text, first, self._index)
        opens_once = opens and draft.key.words[0] not in given_names()
        near = not found.name.title and self._is_in_full_before(draft, found.span.start)
        return found.name.last != draft.key.last, opens_once, not near, first

    def _is_in_full_before(self, draft: Draft, offset: int) -> bool:
        """Whether the draft is named in full right before an offset: by the last name in the same sentence or
        the one before."""
        at = bisect_left(draft.names, offset)
        last = draft.names[at - 1] if at else offset
        end = self.drafts.ends.get(last, last)
        full = " " in self._text[last:end] and self._text[end : end + 1] not in _APOSTROPHES
        return full and self._index.sentence(offset) - self._index.sentence(last) <= 1


def _is_firm(rest: Sequence[str]) -> bool:
    """Whether all words only say what kind of company it is: "Brightwell |Holdings plc|"."""
    return bool(rest) and words("firm_words").issuperset(rest)
