"""From mentions to speakers, over the whole article.

The cast of an article is gathered from its names first (`cast`). Then the text is read in order, and every
mention of a person is resolved as it comes, asked for or not: a name to its fullest form, a role to its
holder, a pronoun to whom it most probably means (`antecedents`); what stays without a name is an unnamed
voice. The surest evidence goes first, one entity at a time, in the manner of the deterministic sieves of Lee
et al. (Computational Linguistics 39:4, 2013).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import islice
from typing import Literal

import attrs
import regex

from quoteattr.antecedents import Candidate, choose, recency
from quoteattr.cast import Cast, Entity, head_noun, is_human, tokens, without_article
from quoteattr.lexicon import words
from quoteattr.names import SEXES, Name, Sex, read_name
from quoteattr.positions import Place, Places
from quoteattr.schema import Mention, Span, Speaker, SpeakerKind
from quoteattr.syntax import Sentence

_SEX: dict[str, Sex] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_BODY = frozenset("it its itself they them their theirs themselves".split())
_ONE_BODY = frozenset({"it", "its", "itself"})
_NOBODY = frozenset({"i", "we", "you", "me", "us", "my", "our", "your", "there", "what", "that", "this"})
_RELATIVE = frozenset({"who", "whom", "which", "whose"})
_PRONOUN = regex.compile(rf"\b(?:{'|'.join(_SEX)})\b", regex.IGNORECASE)
# "the managing director, |Callum Strachan|", "the former striker |Lee Pargeter|"
_NAME_NEXT = regex.compile(
    r"""
    (?: ,? \s+                                                              # 1. its boss, |Ann Lee
      | , \s+ (?: the|a|an|its|his|her|their ) \s+ (?: [\w’'-]+ \s+ ){1,4}?
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ [,.] )     # 2. its boss, the former striker |Ann Lee,
      | \s (?: of|at|for|in ) \s [^,.;\n]{2,50} , \s
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ , ) )      # 3. the master at St Orme, |Ann Lee,
    (?= \p{Lu} )
    """,
    regex.VERBOSE,
)
# "Rosa Delgado, |president of the union|"
_NAME_BEFORE = regex.compile(r"(?<=[\w.’']),\s+\Z")
# "the |28|-year-old"
_YEARS = regex.compile(r"\b(\d{1,3})[-‑ ]years?[-‑ ]old\b")
_OF_CHILDREN = regex.compile(
    r"\b(?:mother|father|mum|dad|grandmother|grandfather)[- ]of[- ]\w+\Z", regex.IGNORECASE
)
# "the man |at the border"
_WHERE = regex.compile(r"(?<=\w)\s(?:at|in|on|near|from|with|outside|inside|behind)\s")
_PREPOSITION = regex.compile(r"(?<=\w)\s(?:of|in|from|for|at|on|with|to)\s")
_OWNER = regex.compile(r"[’']s?\s")

# "In an article for the Ledger, |Ann Lee"
_OPENING = regex.compile(r"(?:\A|[\r\n]|[.!?…][”’\"')]*\s)[^.!?…\r\n“”]{3,70},\s\Z")
_OTHERS_VOICE = frozenset("spokesman spokeswoman spokesperson official aide source insider".split())
"""Who speaks for others and is seldom named."""
_INDEFINITE = frozenset({"a", "an", "one", "another", "some"})

# Sentences from the start of an article that count as headline, standfirst and lead.
_LEAD = 4

_NEAR = 3
"""Sentences back in which "the company" finds its name, and forward in which a pronoun does."""

_CLEAR = 2
"""How many times more pronouns must tell of one sex than of the other."""

_WIDE = 12
"""Characters between a name and "who": an age and commas."""

_KEPT = 4
"""Mentions of somebody that are remembered."""

_FAR = 200
"""People and bodies that are looked at for one mention; more are only ever passed over."""

_MANY = 50
"""Names that are looked at on one side of a mention: a few sentences have fewer, a list has more."""


def resolve(
    text: str, mentions: Sequence[Mention | None], sentences: Collection[Sentence], quoted: Sequence[Span]
) -> list[Speaker | None]:
    """Who each mention is.

    Args:
        text: the article.
        mentions: one for each quotation in order; None where nobody speaks.
        sentences: what was parsed, offsets of the article; subjects and appositions are read off it.
        quoted: the quoted words, in order. Names in them make people known, and count little for whom a
            pronoun outside means.

    Returns:
        A speaker for each mention; None for None and for a mention that cannot be resolved ("I").

    >>> she = Mention(Span(22, 25, "She"), "pronoun")
    >>> [speaker.name for speaker in resolve("Ann Lee is the mayor. She left.", [she], (), ())]
    ['Ann Lee']
    """
    reading = Reading(text, sentences, quoted)
    met = reading.read([mention for mention in mentions if mention])
    found = [met[m.span.start, m.span.end] if m else None for m in mentions]
    known = {entity: entity.speaker() for entity in found if entity}
    speakers = [known[entity] if entity else None for entity in found]
    return [
        speaker or (_speaker_around(mention, quoted, speakers) if mention else None)
        for speaker, mention in zip(speakers, mentions, strict=True)
    ]


def _speaker_around(
    mention: Mention, quoted: Sequence[Span], speakers: Sequence[Speaker | None]
) -> Speaker | None:
    """Who says "I" inside a quotation: its speaker."""
    if mention.span.text.lower() not in ("i", "we"):
        return None
    end = bisect_right(quoted, mention.span.start, key=lambda span: span.start)
    near = slice(max(0, end - _FAR), end)
    around = zip(quoted[near], speakers[near], strict=False)
    return next((speaker for span, speaker in around if speaker and mention.span.start < span.end), None)


@attrs.frozen
class _Event:
    """Something to be resolved when the reading comes to it."""

    span: Span
    """The words."""
    sort: Literal["name", "noun", "pronoun", "asked"]
    """Where it comes from: the cast, the parse, the text, the caller."""
    mention: Mention | None = None
    """What the caller asks."""


class Reading:
    """One reading of an article from its start to its end."""

    def __init__(self, text: str, sentences: Collection[Sentence], quoted: Sequence[Span]) -> None:
        self.text = text
        self.places = Places(text, sentences, quoted)
        self.cast = Cast(text, sentences, self.places)
        self._nouns = list(_phrases(text, sentences))
        self._pronouns = [
            Span.of(text, *match.span())
            for match in _PRONOUN.finditer(text)
            if not self.places.is_quoted(match.start())
        ]
        self._learn_sexes()
        self._met: dict[tuple[int, int], Entity | None] = {}
        self._heard: dict[Entity, list[Place]] = {}
        self._counts: dict[Entity, int] = {}
        self._voices: dict[tuple[str, str], Entity] = {}
        self._spoke: Entity | None = None

    def read(self, asked: Sequence[Mention]) -> dict[tuple[int, int], Entity | None]:
        """Who each mention is, by its start and end."""
        for event in self._events(asked):
            place = (event.span.start, event.span.end)
            if event.sort == "name":
                self._hear_name(event.span)
                continue
            if place not in self._met:
                self._met[place] = self._resolve(event)
            entity = self._met[place]
            if entity is not None and event.sort == "asked":
                entity.sure = True
                self._spoke = entity
        return self._met

    def _events(self, asked: Sequence[Mention]) -> list[_Event]:
        """In the order of the text; what is asked before what the text has at the same place."""
        found = [_Event(m.span, "asked", m) for m in asked]
        found += [_Event(Span.of(self.text, p, self.cast.ends[p]), "name") for p in self.cast.starts]
        found += [_Event(span, "noun") for span in self._nouns]
        found += [_Event(span, "pronoun") for span in self._pronouns]
        return sorted(found, key=lambda event: (event.span.start, event.sort != "asked"))

    def _learn_sexes(self) -> None:
        """What pronouns tell of those whose names do not: "Tiller says |her| book took ten years".

        A pronoun tells where one person alone can be meant: the only one named before it in its sentence,
        or else in the sentences before, if as a subject.
        """
        votes: dict[Entity, Counter[Sex]] = {}
        for span in self._pronouns:
            sex = _SEX[span.text.lower()]
            named = {self.cast.at[start]: start for start in self._named_before(span)}
            fits = [entity for entity in named if entity.sex in (None, sex)]
            fits = [entity for entity in fits if entity.sure] or fits
            if len(fits) == 1 and fits[0].sex is None and self._acts(named[fits[0]]):
                votes.setdefault(fits[0], Counter())[sex] += 1
        for entity, counts in votes.items():
            [(sex, most), *_] = counts.most_common()
            if most > _CLEAR * (counts.total() - most):
                entity.sex, entity.sure = sex, True

    def _named_before(self, span: Span) -> list[int]:
        """Where people are named before it in its sentence, or else in the one before.

        A lone capital that the text gives once ("Snow fell") is nobody where others were named before.
        """
        starts, here = self.cast.starts, self.places.sentence(span.start)
        near: list[list[int]] = [[] for _ in range(_NEAR + 1)]
        end = bisect_right(starts, span.start)
        for start in reversed(starts[max(0, end - _MANY) : end]):
            back = here - self.places.sentence(start)
            if back > _NEAR:
                break
            if self.cast.at[start].kind == "person" and not self.places.is_quoted(start):
                near[back].append(start)
        found = near[0] or near[1]
        lone = len(found) == 1 and self._is_lone(self.cast.at[found[0]])
        return [start for some in near for start in some] if lone else found

    def _is_lone(self, entity: Entity) -> bool:
        return len(entity.names) == 1 and len(entity.key.words) == 1 and not entity.sure

    def _acts(self, start: int) -> bool:
        """Whether the name there is a subject or a sentence's first words."""
        return self.places.role(start, self.cast.ends[start]) != "other" or self.places.opens(start)

    def _hear(self, entity: Entity, span: Span, form: Literal["name", "noun", "pronoun"]) -> None:
        """Remember that somebody was mentioned; the latest is last."""
        kept = self._heard.pop(entity, [])
        if kept and kept[-1].start >= span.start:
            self._heard[entity] = kept
            return
        self._heard[entity] = [*kept[1 - _KEPT :], self.places.place(span.start, span.end, form)]
        self._counts[entity] = self._counts.get(entity, 0) + 1

    def _hear_name(self, span: Span) -> None:
        """Remember a name and, where it begins that of a group, the group after its members."""
        self._hear(self.cast.at[span.start], span, "name")
        end, group = self.cast.groups.get(span.start, (0, None))
        if group is not None:
            for member in (*group.members, group):
                self._hear(member, Span.of(self.text, span.start, end), "name")

    # --- who a mention is --------------------------------------------------------------------------------

    def _resolve(self, event: _Event) -> Entity | None:
        span, word = event.span, event.span.text.lower()
        kind = event.mention.kind if event.mention else "pronoun" if event.sort == "pronoun" else "nominal"
        if kind == "pronoun":
            entity = self._pronoun(span, word)
        else:
            entity = self._name(span) if kind == "name" else self._nominal(span)
        if entity is not None:
            by_name = any(entity is other for _, other in self.cast.inside(span.start, span.end))
            self._hear(entity, span, "name" if by_name else "pronoun" if kind == "pronoun" else "noun")
        return entity

    def _pronoun(self, span: Span, word: str) -> Entity | None:
        if word in _SEX:
            return self._person(span, _SEX[word])
        if word in _BODY:
            return self._body(span)
        if word in _RELATIVE:
            return self._just_before(span)
        return None if word in _NOBODY else self._voice(span)

    def _inside(self, span: Span) -> list[Entity]:
        """The entities whose names the span holds or stands in, down to a preposition and without owners: of
        "Ted Cruz’s friend Ann Lee of Texas", Ann Lee."""
        stop = _PREPOSITION.search(self.text, span.start + 1, span.end)
        names = self.cast.inside(span.start, stop.start() if stop else span.end)
        return [entity for p, entity in names if not _OWNER.match(self.text, self.cast.ends[p])]

    def _name(self, span: Span) -> Entity:
        if group := self._group_named(span):
            return group
        if epithet := self._epithet(span):
            return epithet
        inside = self._inside(span)
        people = [entity for entity in inside if entity.kind == "person"]
        if people or inside:
            return people[-1] if people else inside[0]
        return self.cast.named(read_name(span.text), span.start) or self._nominal(span)

    def _group_named(self, span: Span) -> Entity | None:
        """ "Carl Dunn and Faye Dunn", "the Renwicks"."""
        near = [
            self.cast.groups[p] for p, _ in self.cast.inside(span.start, span.end) if p in self.cast.groups
        ]
        return next((group for end, group in near if end == span.end), None)

    def _nominal(self, span: Span) -> Entity:
        return (
            self._titled(span)
            or self._apposed(span)
            or self._kin(span)
            or self._both(span)
            or self._holder(span)
            or self._headlined(span)
            or self._epithet(span)
            or self._named_later(span)
            or self._body_called(span)
            or self._voice(span)
        )

    def _titled(self, span: Span) -> Entity | None:
        """Whose name the phrase ends in or is a part of: "|City Attorney| Brad Holm", "|The Council| on"."""
        people_ = head_noun(tokens(span.text)) in words("demonyms")
        for place, entity in self.cast.inside(span.start, span.end):
            of_another = _PREPOSITION.search(self.text, span.start, place)  # a spokesman |for Lee|
            inside = span.end <= self.cast.ends[place] and not of_another
            whole = not people_ and not without_article(self.text[span.start : max(span.start, place)])
            if inside and (entity.kind == "person" or whole):
                return entity
        return None

    def _apposed(self, span: Span) -> Entity | None:
        """ "its director, Ann Lee", "his boss, the former striker Ann Lee," and "Ann Lee, its director"."""
        at = self.cast.at
        if _is_plural(head_noun(tokens(span.text))):
            return None
        after = _NAME_NEXT.match(self.text, span.end)
        if after and after.end() in at and at[after.end()].kind == "person":
            self.cast.describe(at[after.end()], tokens(without_article(span.text)))
            return at[after.end()]
        if before := _NAME_BEFORE.search(self.text, max(0, span.start - 4), span.start):
            near = self.cast.inside(before.start() - 1, before.start())
            people = [
                e for p, e in near if self.cast.ends[p] == before.start() and e.kind == "person" and e.sure
            ]
            return people[-1] if people else None
        return None

    def _holder(self, span: Span) -> Entity | None:
        """Who is called so: by the same phrase, then by its head noun; only for "the …" and "its …"."""
        phrase = tokens(span.text)
        if not phrase or phrase[0] in _INDEFINITE or self._ends_in_name(span):
            return None
        where = _WHERE.search(span.text)
        name = without_article(span.text[: where.start()] if where else span.text)
        head, bare = head_noun(phrase), " ".join(tokens(name))
        called = self.cast.called(bare) or (self.cast.holders(head) if bare == head else [])
        found = min(self._few(called), key=lambda e: (not e.names, self._away(e, span.start)), default=None)
        if found is not None and not found.names:
            found.forms.setdefault(name)
            found.name = max(found.name, name, key=lambda form: len(form.split()))
        return found

    def _few(self, groups: Sequence[Set[Entity]]) -> list[Entity]:
        """Everyone in the groups or, if they are many, those of them who were mentioned last."""
        many = sum(map(len, groups)) > _FAR
        latest = [e for e in self._latest() if any(e in group for group in groups)] if many else []
        return latest or [entity for group in groups for entity in group]

    def _both(self, span: Span) -> Entity | None:
        """ "The couple", "the brothers": the two who were named together last."""
        phrase = tokens(span.text)
        if phrase[:1] not in (["the"], ["both"]) or head_noun(phrase) not in words("pair_nouns"):
            return None
        return next((entity for entity in self._latest() if entity.members), None)

    def _kin(self, span: Span) -> Entity | None:
        """ "His wife": the other of two who are named together, if "his" means one of them."""
        phrase = tokens(span.text)
        if len(phrase) != 2 or phrase[0] not in ("his", "her") or phrase[1] not in words("kin_nouns"):
            return None
        owner = self._person(Span.of(self.text, span.start, span.start + 3), _SEX[phrase[0]])
        sex = _sex_of_noun(phrase[1])
        pairs = [group.members for group in self._latest() if owner in group.members]
        others = dict.fromkeys(e for pair in pairs for e in pair if e is not owner)
        fits = [e for e in others if e.sex in (None, sex)]
        return fits[0] if len(fits) == 1 else None

    def _ends_in_name(self, span: Span) -> bool:
        stop = _PREPOSITION.search(self.text, span.start + 1, span.end)
        names = self.cast.inside(span.start, stop.start() if stop else span.end)
        return bool(names) and self.cast.ends[names[-1][0]] >= (stop.start() if stop else span.end)

    def _named_later(self, span: Span) -> Entity | None:
        """ "A teacher …", "the foreign secretary …" in a lead: who opens one of the next sentences by a full
        name that is new, if nobody stands between and nothing else is known of them."""
        phrase, here = tokens(span.text), self.places.sentence(span.start)
        noun = head_noun(phrase)
        if here > _LEAD or self._spoke is not None or not is_human(noun) or noun in _OTHERS_VOICE:
            return None
        if phrase[0] in ("another", "one", "some", "his", "her", "their") or self._is_late(span):
            return None
        for start in self._names_after(span.end):
            entity, number = self.cast.at[start], self.places.sentence(start)
            if number - here > _NEAR:
                return None
            if number > here and entity.kind == "person" and not self.places.is_quoted(start):
                new = entity.names[0] == start and " " in entity.name
                fits = entity.sex is None or _sex_of_noun(noun) in (None, entity.sex)
                other = entity.roles and noun not in entity.roles and phrase[0] != noun
                same_paragraph = phrase[0] != "the" and "\n" not in self.text[span.end : start]
                if not new or not fits or other or same_paragraph or not self._leads(start):
                    return None
                self.cast.describe(entity, tokens(without_article(span.text)))
                return entity
        return None

    def _names_after(self, offset: int) -> Sequence[int]:
        """Where the next names begin."""
        first = bisect_right(self.cast.starts, offset)
        return self.cast.starts[first : first + _MANY]

    def _leads(self, start: int) -> bool:
        """Whether a name stands first in its sentence, or after a phrase and a comma."""
        before = _OPENING.search(self.text, max(0, start - 80), start)
        return self.places.opens(start) or bool(before)

    def _is_late(self, span: Span) -> bool:
        """Whether another phrase for people or a name of one comes before it in its sentence."""
        here = self.places.sentence(span.start)
        return any(
            (last := self._heard[entity][-1]).sentence == here and last.start < span.start and entity.human
            for entity in self._latest()
        )

    def _latest(self) -> Iterator[Entity]:
        """Who was mentioned, the latest first."""
        return islice(reversed(self._heard), _FAR)

    def _epithet(self, span: Span) -> Entity | None:
        """ "The German", "the 28-year-old", "the Texas senator", "the striker": whom the text is about there.

        An age is that of whoever is of that age. Otherwise the phrase means the most salient person nearby,
        if it tells nothing but where somebody comes from or what they are known for.
        """
        phrase, inside = tokens(span.text), [e for _, e in self.cast.inside(span.start, span.end)]
        if phrase[:1] != ["the"] or len(phrase) < 2 or any(e.kind == "person" for e in inside):
            return None
        head = head_noun(phrase)
        if age := _YEARS.search(span.text):
            aged = self.cast.aged.get(age[1], [])
            return aged[0] if len(aged) == 1 else self._near_by(span, head)
        origin = head in words("demonyms") or any(word in words("places") for word in phrase[1:-1])
        placed = head in words("roles") and bool(inside)
        if origin or placed or head in words("epithets") or _OF_CHILDREN.search(span.text):
            return self._near_by(span, head)
        return None

    def _near_by(self, span: Span, noun: str) -> Entity | None:
        """The most salient person whose name came up shortly before and whose sex is not the noun's other."""
        place = self.places.place(span.start, span.end, "noun")
        sex = _sex_of_noun(noun)
        fits = [
            e
            for e in self._fitting(place, sex)
            if e.kind == "person" and place.sentence - self._heard[e][-1].sentence <= _NEAR
        ]
        return fits[choose(place, [self._candidate(e, sex) for e in fits])] if fits else None

    def _away(self, entity: Entity, offset: int) -> float:
        heard = self._heard.get(entity)
        return offset - heard[-1].start if heard else self.cast.away(entity, offset)

    def _headlined(self, span: Span) -> Entity | None:
        """ "The foreign secretary" of a lead whose headline names somebody, if nobody else is called so.

        Leads vary the headline's name by the office, and often the article never joins the two.
        """
        phrase = tokens(span.text)
        if phrase[:1] != ["the"] or head_noun(phrase) not in words("roles"):
            return None
        if self.places.sentence(span.start) > _LEAD and self._spoke is not None:
            return None
        first = self.cast.first_person
        if first is None or first.names[0] >= span.start or first.roles:
            return None
        self.cast.describe(first, phrase[1:])
        return first

    def _body_called(self, span: Span) -> Entity | None:
        """ "The charity", "the company": the body with a name of its own that came up shortly before."""
        phrase = tokens(span.text)
        if len(phrase) != 2 or phrase[0] != "the" or phrase[1] not in words("body_nouns"):
            return None
        here = self.places.sentence(span.start)
        for entity, heard in reversed(self._heard.items()):
            if here - heard[-1].sentence > _NEAR:
                return None
            if entity.kind == "organisation" and entity.names:
                return entity
        return None

    def _voice(self, span: Span) -> Entity:
        """An unnamed voice; the same phrase is the same voice unless the article says "another"."""
        name, phrase = without_article(span.text), tokens(span.text)
        noun = head_noun(phrase)
        body = noun in words("organisation_words") and not is_human(noun)
        kind: SpeakerKind = "organisation" if body else "unnamed"
        key = (kind, name.lower())
        if phrase[:1] not in (["another"], ["one"]) and key in self._voices:
            return self._voices[key]
        entity = Entity(name, kind, Name(name, tuple(phrase), ()), forms={name: None})
        entity.plural = _is_plural(noun) or noun in words("pair_nouns")
        self.cast.entities.append(entity)
        self.cast.describe(entity, tokens(name) or phrase)
        self._voices.setdefault(key, entity)
        return entity

    # --- pronouns ----------------------------------------------------------------------------------------

    def _person(self, span: Span, sex: Sex | None) -> Entity | None:
        place = self.places.place(span.start, span.end, "pronoun")
        fits = self._fitting(place, sex)
        if fits:
            best = fits[choose(place, [self._candidate(entity, sex) for entity in fits])]
        else:
            found = self._named_next(span, sex)
            if found is None:
                return None
            best = found
        best.sex = best.sex or sex
        return best

    def _fitting(self, place: Place, sex: Sex | None) -> list[Entity]:
        """People mentioned before who may be meant, the latest first."""
        found: list[Entity] = []
        for entity in self._latest():
            if found and place.sentence - self._heard[entity][-1].sentence > 10 * _NEAR:
                break
            if entity.human and not entity.plural and (sex is None or entity.sex in (None, sex)):
                found.append(entity)
        return found

    def _candidate(self, entity: Entity, sex: Sex | None) -> Candidate:
        return Candidate(
            self._heard[entity],
            self._counts[entity],
            same_sex=entity.sex == sex is not None,
            sure=entity.sure,
            spoke=entity is self._spoke,
        )

    def _named_next(self, span: Span, sex: Sex | None) -> Entity | None:
        """Where nobody came before, who is named soon after: "“We won,” he said. Lee had …"."""
        here = self.places.sentence(span.start)
        for place in self._names_after(span.start):
            if self.places.sentence(place) - here >= _NEAR:
                return None
            entity = self.cast.at[place]
            fits = entity.kind == "person" and (sex is None or entity.sex in (None, sex))
            if fits and not self.places.is_quoted(place):
                return entity
        return None

    def _just_before(self, span: Span) -> Entity | None:
        """ "Ann Lee, |who| joked", "Tom Day, 83, |who| had told": whoever was mentioned right before."""
        entity, heard = next(reversed(self._heard.items()), (None, []))
        return entity if heard and span.start - heard[-1].end <= _WIDE else None

    def _body(self, span: Span) -> Entity | None:
        """It, they: the body that is most salient; they may also be people."""
        place = self.places.place(span.start, span.end, "pronoun")
        several = span.text.lower() not in _ONE_BODY
        fits = [e for e in self._latest() if (e.plural or e.kind != "person" if several else not e.human)]
        return max(fits, key=lambda e: self._salience_of_body(e, place, several), default=None)

    def _salience_of_body(self, entity: Entity, place: Place, several: bool) -> float:
        """As for people, though names of places and the like are seldom meant."""
        score = max(recency(place, earlier) for earlier in self._heard[entity])
        return score + 0.3 * (entity is self._spoke) + 0.5 * (several and entity.plural)


def _sex_of_noun(noun: str) -> Sex | None:
    return next((sex for sex in SEXES if noun in words(f"{sex}_words")), None)


def _is_plural(noun: str) -> bool:
    """ "officials", but not "boss"."""
    return noun.endswith("s") and not noun.endswith("ss") and is_human(noun.removesuffix("s"))


_BEFORE_PHRASE = frozenset("ADP ADV AUX CCONJ PART PUNCT SCONJ VERB".split())
"""Parts of speech of words before a noun phrase that are no part of it: "|by| a porter"."""


def _phrases(text: str, sentences: Collection[Sentence]) -> Iterator[Span]:
    """Phrases for people and bodies without a name: a pronoun may mean them."""
    for sentence in sentences:
        for word in sentence:
            if word.upos == "NOUN" and word.deprel != "compound" and _may_be_meant(word.text.lower()):
                run = [w for w in sentence.subtree(word) if word.index - 5 < w.index <= word.index]
                first = next((w for w in run if w.upos not in _BEFORE_PHRASE), word)
                yield Span.of(text, first.start, word.end)


def _may_be_meant(noun: str) -> bool:
    bodies = noun in words("body_nouns") or noun in words("organisation_words")
    return bodies or is_human(noun) or _is_plural(noun) or noun in words("pair_nouns")
