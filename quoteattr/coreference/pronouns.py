"""Whom a pronoun means: *he* and *she* the most salient person, *it* and *they* the most salient body or
group, *who* whoever was mentioned right before."""

from __future__ import annotations

from quoteattr.coreference.discourse_state import Memory
from quoteattr.coreference.entity_table import Cast, Entity
from quoteattr.coreference.gender import SEX
from quoteattr.coreference.mention_index import Places
from quoteattr.coreference.organisations import body_meant
from quoteattr.names import Gender
from quoteattr.schema import Span

NOBODY = frozenset({"i", "we", "you", "me", "us", "my", "our", "your", "there", "what", "that", "this"})
"""Pronouns that are left alone: the reporter's, and those that mean no person."""

_BODY = frozenset("it its itself they them their theirs themselves".split())
_ONE_BODY = frozenset({"it", "its", "itself"})
_RELATIVE = frozenset({"who", "whom", "which", "whose"})
PRONOUNS = frozenset(SEX) | _BODY | _RELATIVE
"""Pronouns that somebody is looked for."""

_NEAR = 3
"""Sentences forward in which a pronoun finds a name."""

_WIDE = 12
"""Characters between a name and "who": an age and commas."""


class Pronouns:
    """Resolves the pronouns of one article, in the order of the text."""

    def __init__(self, cast: Cast, places: Places, memory: Memory) -> None:
        self._cast, self._places, self._memory = cast, places, memory

    def who(self, span: Span) -> Entity | None:
        """Whom one of PRONOUNS means; None where nobody can be meant."""
        word = span.text.lower()
        if word in SEX:
            return self.person(span, SEX[word])
        return self._body(span) if word in _BODY else self._just_before(span)

    def person(self, span: Span, sex: Gender | None) -> Entity | None:
        """The most salient person of that sex; where nobody came before, who is named soon after."""
        place = self._places.place(span.start, span.end, "pronoun")
        fits = self._memory.people(place, sex)
        best = self._memory.choose(place, fits, sex) if fits else self._named_next(span, sex)
        if best is not None:
            best.sex = best.sex or sex
        return best

    def _named_next(self, span: Span, sex: Gender | None) -> Entity | None:
        """ "“We won,” he said. Lee had …"."""
        here = self._places.sentence(span.start)
        for start in self._cast.starts_after(span.start):
            if self._places.sentence(start) - here >= _NEAR:
                return None
            entity = self._cast.at[start]
            fits = entity.kind == "person" and (sex is None or entity.sex in (None, sex))
            if fits and not self._places.is_quoted(start):
                return entity
        return None

    def _just_before(self, span: Span) -> Entity | None:
        """ "Ann Lee, |who| joked", "Tom Day, 83, |who| had told": whoever was mentioned right before."""
        entity = next(self._memory.latest(), None)
        near = entity is not None and span.start - self._memory.heard(entity)[-1].end <= _WIDE
        return entity if near else None

    def _body(self, span: Span) -> Entity | None:
        """It, they: the body that is most salient; they may also be people."""
        place = self._places.place(span.start, span.end, "pronoun")
        return body_meant(place, self._memory, several=span.text.lower() not in _ONE_BODY)
