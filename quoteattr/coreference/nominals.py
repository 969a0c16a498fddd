"""Whom a noun phrase means: the name beside it, whoever is called so, whoever is spoken of there under
another word, or an unnamed voice."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quoteattr.coreference.affiliations import origin_of
from quoteattr.coreference.discourse_state import Memory
from quoteattr.coreference.entity_table import (
    Cast,
    Entity,
    head_noun,
    is_human,
    is_thing,
    tokens,
    without_article,
)
from quoteattr.coreference.gender import SEX
from quoteattr.coreference.mention_index import Place, Places
from quoteattr.coreference.organisations import body_called, kinds_of
from quoteattr.coreference.pronouns import Pronouns
from quoteattr.lexicon import body_kinds, words
from quoteattr.names import GENDERS, Gender, Name
from quoteattr.schema import Span, SpeakerKind

# "the managing director, |Callum Strachan|", "the former striker |Lee Pargeter|"
_NAME_NEXT = regex.compile(
    r"""
    (?: ,? \s+                                                              # 1. its boss, |Ann Lee
      | , \s+ (?: the|a|an|its|his|her|their ) \s+ (?: [\w’'-]+ \s+ ){1,4}?
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ [,.] )     # 2. its boss, the former striker |Ann Lee,
      | \s (?: of|at|for|in ) \s [^,.;\n]{2,50} , \s
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ , )        # 3. the master at St Orme, |Ann Lee,
      | \s (?: -- | [–—] ) \s
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ (?: , | \s (?: -- | [–—] ) ) ) )  # 4. a rival – |Ann Lee –
    (?= \p{Lu} )
    """,
    regex.VERBOSE,
)
# "Rosa Delgado, |president of the union|"
_NAME_BEFORE = regex.compile(r"(?<=[\w.’']),\s+\Z")
# "As for |Rosa Delgado, the letter", "In an interview with the host |Rosa Delgado, the mayor": no apposition
_FRONTED = regex.compile(
    r"""
    (?: \A | [\r\n] | [.!?…][”’"')]* \s )
    (?: (?: as\sfor | according\sto | asked\s(?:about|by) | led\sby
          | about | at | by | for | from | in | like | unlike | to | with | without )
        \s (?: [\w’'.-]+ \s ){0,3}
      | (?: (?: after | at | during | in ) \s (?: an? | the | his | her ) \s (?: [\w’'-]+ \s ){0,2}
            (?: conversation | debate | interview | letter | meeting | speech | statement )
          | appearing | speaking | talking | writing )
        \s (?: about | at | by | for | on | to | with ) \s (?: [\w’'.-]+ \s ){0,8} ) \Z
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "the |28|-year-old"
_YEARS = regex.compile(r"\b(\d{1,3})[-‑ ]years?[-‑ ]old\b")
_OF_CHILDREN = regex.compile(
    r"\b(?:mother|father|mum|dad|grandmother|grandfather)[- ]of[- ]\w+\Z", regex.IGNORECASE
)
_OF_OTHERS = regex.compile(r"\s(?:of|for)\s|[’']s?\s")
_RUNNING = frozenset(
    "candidate contender favorite favourite front-runner frontrunner hopeful nominee".split()
)
"""What somebody is for an office, not for others: "the nominee for the November election"."""
# "the man |at the border"
_WHERE = regex.compile(r"(?<=\w)\s(?:at|in|on|near|from|with|outside|inside|behind)\s")
PREPOSITION = regex.compile(r"(?<=\w)\s(?:of|in|from|for|at|on|with|to)\s")

# "In an article for the Ledger, |Ann Lee"
_OPENING = regex.compile(r"(?:\A|[\r\n]|[.!?…][”’\"')]*\s)[^.!?…\r\n“”]{3,70},\s\Z")
_OTHERS_VOICE = frozenset("spokesman spokeswoman spokesperson official aide source insider".split())
"""Who speaks for others and is seldom named."""
_INDEFINITE = frozenset({"a", "an", "one", "another", "some"})

# Sentences from the start of an article that count as headline, standfirst and lead.
_LEAD = 4

_NEAR = 3
"""Sentences back in which "the company" finds its name."""


class Nominals:
    """Resolves the noun phrases of one article, in the order of the text."""

    def __init__(self, text: str, cast: Cast, places: Places, memory: Memory, pronouns: Pronouns) -> None:
        self._text, self._cast, self._places = text, cast, places
        self._memory, self._pronouns = memory, pronouns
        self._voices: dict[tuple[str, str], Entity] = {}

    def who(self, span: Span) -> Entity:
        """Whom the phrase means; a new voice where nobody known is meant."""
        return (
            self._titled(span)
            or self._apposed(span)
            or self._kin(span)
            or self._both(span)
            or self._holder(span, named=True)
            or self.epithet(span)
            or self._holder(span, named=False)
            or self._headlined(span)
            or self._named_later(span)
            or self._body_called(span)
            or self.voice(span)
        )

    def _titled(self, span: Span) -> Entity | None:
        """Whose name the phrase ends in or is a part of: "|City Attorney| Brad Holm", "|The Council| on"."""
        people_ = head_noun(tokens(span.text)) in words("demonyms")
        for place, entity in self._cast.inside(span.start, span.end):
            of_another = PREPOSITION.search(self._text, span.start, place)  # a spokesman |for Lee|
            inside = span.end <= self._cast.ends[place] and not of_another
            whole = not people_ and not without_article(self._text[span.start : max(span.start, place)])
            if inside and (entity.kind == "person" or whole):
                return entity
        return None

    def _apposed(self, span: Span) -> Entity | None:
        """ "its director, Ann Lee", "his boss, the former striker Ann Lee,", "its insurer, Aviso", and "Ann
        Lee, its director"."""
        at, head = self._cast.at, head_noun(tokens(span.text))
        after = _NAME_NEXT.match(self._text, span.end)
        if after and after.end() in at and at[after.end()].kind == "organisation":
            return at[after.end()] if head in words("body_nouns") else None
        if is_plural(head) or (is_thing(head) and not body_kinds(head)):
            return None
        if after and after.end() in at and at[after.end()].kind == "person" and not is_thing(head):
            last = tokens(span.text)[-1]
            if (
                last != head and is_human(last) and "," in after.group()
            ):  # a spokesman for the mayor, |Ann Lee
                self._cast.describe(at[after.end()], [last])
                return None
            self._cast.describe(at[after.end()], tokens(without_article(span.text)))
            return at[after.end()]
        if before := _NAME_BEFORE.search(self._text, max(0, span.start - 4), span.start):
            near = self._cast.inside(before.start() - 1, before.start())
            near = [(p, e) for p, e in near if self._cast.ends[p] == before.start()]
            near = [(p, e) for p, e in near if not self._is_fronted(p)]
            if body_kinds(head):
                return next((e for _, e in near if e.kind == "organisation" and kinds_of(e)), None)
            people = [e for _, e in near if e.kind == "person" and e.sure]
            return people[-1] if people else None
        return None

    def _is_fronted(self, start: int) -> bool:
        """Whether a name stands in a phrase that opens its sentence: "According to |Lee|, the mayor …"."""
        return bool(_FRONTED.search(self._text, max(0, start - 120), start))

    def _holder(self, span: Span, *, named: bool) -> Entity | None:
        """Who is called so, with or without a name: by the same phrase, then by its head noun; only for "the"
        and "its".
        """
        phrase = tokens(span.text)
        if not phrase or phrase[0] in _INDEFINITE or self._ends_in_name(span):
            return None
        where = _WHERE.search(span.text)
        name = without_article(span.text[: where.start()] if where else span.text)
        head, bare, origin = head_noun(phrase), " ".join(tokens(name)), origin_of(phrase)
        called = self._cast.called(bare) or (self._cast.holders(head) if bare == head else [])
        fits = [
            e for e in self._memory.few(called) if bool(e.names) is named and not origin.clashes(e.origin)
        ]
        found = min(
            fits, key=lambda e: (not origin.agrees(e.origin), self._away(e, span.start)), default=None
        )
        if found is None or found.names:
            shared = head in words("shared_roles") and found is not None and not self._is_near(found, span)
            return (shared and self.epithet(span)) or found
        found.forms.setdefault(name)
        found.name = max(found.name, name, key=lambda form: len(form.split()))
        return found

    def _is_near(self, entity: Entity, span: Span) -> bool:
        """Whether somebody was mentioned shortly before."""
        heard = self._memory.heard(entity)
        return bool(heard) and self._places.sentence(span.start) - heard[-1].sentence <= _NEAR

    def _both(self, span: Span) -> Entity | None:
        """ "The couple", "the brothers": the two who were named together last."""
        phrase = tokens(span.text)
        if phrase[:1] not in (["the"], ["both"]) or head_noun(phrase) not in words("pair_nouns"):
            return None
        return next((entity for entity in self._memory.latest() if entity.members), None)

    def _kin(self, span: Span) -> Entity | None:
        """ "His wife": the other of two who are named together, if "his" means one of them."""
        phrase = tokens(span.text)
        if len(phrase) != 2 or phrase[0] not in ("his", "her") or phrase[1] not in words("kin_nouns"):
            return None
        owner = self._pronouns.person(Span.of(self._text, span.start, span.start + 3), SEX[phrase[0]])
        sex = _sex_of_noun(phrase[1])
        pairs = [group.members for group in self._memory.latest() if owner in group.members]
        others = dict.fromkeys(e for pair in pairs for e in pair if e is not owner)
        fits = [e for e in others if e.sex in (None, sex)]
        return fits[0] if len(fits) == 1 else None

    def _ends_in_name(self, span: Span) -> bool:
        stop = PREPOSITION.search(self._text, span.start + 1, span.end)
        names = self._cast.inside(span.start, stop.start() if stop else span.end)
        return bool(names) and self._cast.ends[names[-1][0]] >= (stop.start() if stop else span.end)

    def _named_later(self, span: Span) -> Entity | None:
        """ "A teacher …", "the foreign secretary …" in a lead: who opens one of the next sentences by a full
        name that is new, if nobody stands between and nothing else is known of them."""
        phrase, here = tokens(span.text), self._places.sentence(span.start)
        noun = head_noun(phrase)
        if here > _LEAD or self._memory.spoke is not None or not is_human(noun) or noun in _OTHERS_VOICE:
            return None
        if phrase[0] in ("another", "one", "some", "his", "her", "their") or self._is_late(span):
            return None
        for start in self._cast.starts_after(span.end):
            entity, number = self._cast.at[start], self._places.sentence(start)
            if number - here > _NEAR:
                return None
            if number > here and entity.kind == "person" and not self._places.is_quoted(start):
                new = entity.names[0] == start and " " in entity.name
                fits = entity.sex is None or _sex_of_noun(noun) in (None, entity.sex)
                other = entity.roles and noun not in entity.roles and phrase[0] != noun
                same_paragraph = phrase[0] != "the" and "\n" not in self._text[span.end : start]
                if not new or not fits or other or same_paragraph or not self._leads(start):
                    return None
                self._cast.describe(entity, tokens(without_article(span.text)))
                return entity
        return None

    def _leads(self, start: int) -> bool:
        """Whether a name stands first in its sentence, or after a phrase and a comma."""
        before = _OPENING.search(self._text, max(0, start - 80), start)
        return self._places.opens(start) or bool(before)

    def _is_late(self, span: Span) -> bool:
        """Whether another phrase for people or a name of one comes before it in its sentence."""
        here = self._places.sentence(span.start)
        return any(
            (last := self._memory.heard(entity)[-1]).sentence == here
            and last.start < span.start
            and entity.human
            for entity in self._memory.latest()
        )

    def epithet(self, span: Span) -> Entity | None:
        """ "The German", "the 28-year-old", "the Texas senator", "the striker": whom the text is about there.

        An age is that of whoever is of that age. Otherwise the phrase means the most salient person nearby,
        if it tells nothing but where somebody comes from or what they are known for.
        """
        phrase, inside = tokens(span.text), [e for _, e in self._cast.inside(span.start, span.end)]
        if phrase[:1] != ["the"] or len(phrase) < 2 or any(e.kind == "person" for e in inside):
            return None
        head = head_noun(phrase)
        if age := _YEARS.search(span.text):
            aged = self._cast.aged.get(age[1], [])
            return aged[0] if len(aged) == 1 else self._near_by(span, head)
        if head in _OTHERS_VOICE or (self._ends_in_name(span) and not _is_kind(head)):
            return None
        parent = _OF_CHILDREN.search(span.text)
        if _OF_OTHERS.search(span.text) and not parent and head not in _RUNNING:
            return None  # few are "the French minister of war"
        known_for = head in words("epithets") or head in words("shared_roles") or head in words("demonyms")
        varied = known_for or parent or (is_human(head) and _tells_little(phrase[1:]))
        return self._near_by(span, head) if varied else None

    def _near_by(self, span: Span, noun: str) -> Entity | None:
        """The most salient person who came up shortly before and of whom the phrase can be said.

        Those of whom the text says it weigh more. The weights were set by hand on PolNeAR's training
        articles: a place decides, a role is as much as a sentence.
        """
        place = self._places.place(span.start, span.end, "noun")
        sex, origin = _sex_of_noun(noun), origin_of(tokens(span.text))

        def favour(entity: Entity) -> float:
            placed, party = origin.places & entity.origin.places, origin.parties & entity.origin.parties
            role = noun in words("roles") and noun not in words("demonyms")
            called, other = noun in entity.roles, bool(entity.roles) and noun not in entity.roles
            return 1.0 * bool(placed) + 0.2 * bool(party) + role * (0.5 * called - 0.15 * other)

        people_ = self._memory.people(place, sex)
        near = [e for e in people_ if e.kind == "person" and self._is_near(e, span)]
        fits = [e for e in near if not origin.clashes(e.origin) and not self._does_to(e, place)]
        return self._memory.choose(place, fits, sex, favour) if fits else None

    def _does_to(self, entity: Entity, place: Place) -> bool:
        """Whether somebody is the subject of a sentence and the phrase no subject in it: "|Lee| quoted the
        judge"."""
        heard = self._memory.heard(entity)
        if not heard:
            return False
        last = heard[-1]
        return last.sentence == place.sentence and last.role != "other" and place.role == "other"

    def _away(self, entity: Entity, offset: int) -> float:
        heard = self._memory.heard(entity)
        return offset - heard[-1].start if heard else self._cast.away(entity, offset)

    def _headlined(self, span: Span) -> Entity | None:
        """ "The foreign secretary" of a lead whose headline names somebody, if nobody else is called so.

        Leads vary the headline's name by the office, and often the article never joins the two.
        """
        phrase = tokens(span.text)
        if phrase[:1] != ["the"] or head_noun(phrase) not in words("roles"):
            return None
        if self._places.sentence(span.start) > _LEAD and self._memory.spoke is not None:
            return None
        first = self._cast.first_person
        if first is None or first.names[0] >= span.start or first.roles:
            return None
        if self._does_to(first, self._places.place(span.start, span.end, "noun")):
            return None
        self._cast.describe(first, phrase[1:])
        return first

    def _body_called(self, span: Span) -> Entity | None:
        """ "The charity", "the budget office": the body with a name of its own that is called so."""
        phrase = tokens(span.text)
        head = head_noun(phrase)
        if phrase[:1] != ["the"] or phrase[-1] != head or len(phrase) not in (2, 3):
            return None
        if head not in words("body_nouns") and not body_kinds(head):
            return None
        return body_called(phrase[1:], self._places.place(span.start, span.end, "noun"), self._memory)

    def only_voice(self, noun: str) -> Entity | None:
        """The one unnamed voice that the text calls so, if there is one alone."""
        voices = [
            e for e in self._memory.few(self._cast.holders(noun)) if not e.names and e.kind == "unnamed"
        ]
        return voices[0] if len(voices) == 1 else None

    def voice(self, span: Span) -> Entity:
        """An unnamed voice; the same phrase is the same voice unless the article says "another"."""
        name, phrase = without_article(span.text), tokens(span.text)
        noun = head_noun(phrase)
        body = noun in words("organisation_words") | words("body_nouns") and not is_human(noun)
        kind: SpeakerKind = "organisation" if body else "unnamed"
        key = (kind, name.lower())
        if phrase[:1] not in (["another"], ["one"]) and key in self._voices:
            return self._voices[key]
        entity = Entity(name, kind, Name(name, tuple(phrase), ()), forms={name: None})
        entity.plural = is_plural(noun) or noun in words("pair_nouns")
        self._cast.entities.append(entity)
        self._cast.describe(entity, tokens(name) or phrase)
        self._voices.setdefault(key, entity)
        return entity


def _sex_of_noun(noun: str) -> Gender | None:
    return next((sex for sex in GENDERS if noun in words(f"{sex}_words")), None)


def _is_kind(noun: str) -> bool:
    """Whether a capital does not make a name of it: "the Texas Republican", "the Texas Senator"."""
    return noun in words("demonyms") or noun in words("roles")


def _tells_little(phrase: Sequence[str]) -> bool:
    """Whether what stands before the noun says only where somebody comes from, or what they are like."""
    origin = origin_of(phrase[:-1])
    adjectives = words("epithet_adjectives")
    return bool(origin.places or origin.parties) or not adjectives.isdisjoint(phrase[:-1])


def is_plural(noun: str) -> bool:
    """ "officials", but not "boss"."""
    return noun.endswith("s") and not noun.endswith("ss") and is_human(noun.removesuffix("s"))
