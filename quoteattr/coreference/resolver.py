"""From mentions to speakers, over the whole article.

The cast of an article is gathered from its names first (`cast`). Then the text is read in order, and every
mention of a person is resolved as it comes, asked for or not: a name to its fullest form, a role to its
holder, a pronoun to whom it most probably means (`antecedents`); what stays without a name is an unnamed
voice. The surest evidence goes first, one entity at a time, in the manner of the deterministic sieves of Lee
et al. (Computational Linguistics 39:4, 2013).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

import attrs
import regex

from quoteattr.coreference.discourse_state import Memory
from quoteattr.coreference.entity_table import Cast, Entity, is_human
from quoteattr.coreference.gender import SEX, learn_sexes
from quoteattr.coreference.mention_index import Form, Place, Places
from quoteattr.coreference.nominals import PREPOSITION, Nominals, is_plural
from quoteattr.coreference.pronouns import NOBODY, PRONOUNS, Pronouns
from quoteattr.lexicon import words
from quoteattr.names import read_name
from quoteattr.parsing.dependency_tree import Sentence
from quoteattr.schema import Mention, Span, Speaker

_PRONOUN = regex.compile(rf"\b(?:{'|'.join(SEX)})\b", regex.IGNORECASE)
_OWNER = regex.compile(r"[’']s?\s")

_FAR = 200
"""Quotations before "I" that are looked at for the one that it stands in."""

# "The officer, |Sgt Dana Whitcombe", "She was later named as |Priya Nand"
_REVEALED = regex.compile(
    r"""
    \b (?: [Tt]he \s (?: [\w’'-]+ \s ){0,2}? (?<role> \p{Ll}+ ), \s (?: \p{Lu}\p{Ll}+\.? \s )?
      | (?: (?<pronoun> [Ss]?[Hh]e ) | [Tt]he \s (?: [\w’'-]+ \s ){0,2}? (?<noun> \p{Ll}+ ) )
        \s (?: was | has\sbeen | had\sbeen | is ) \s (?: \w+ \s ){0,2} (?: named | identified )
        \s (?: [\w’'-]+ \s ){0,5}? as \s (?: \d+-year-old \s )? ) \Z
    """,
    regex.VERBOSE,
)
_LONGEST_REVEALING = 120
"""Characters."""


def resolve(
    text: str,
    mentions: Sequence[Mention | None],
    sentences: Collection[Sentence],
    quoted: Sequence[Span],
    *,
    speak: bool = True,
) -> list[Speaker | None]:
    """Who each mention is.

    Args:
        text: the article.
        mentions: one for each quotation in order; None where nobody speaks.
        sentences: what was parsed, offsets of the article; subjects and appositions are read off it.
        quoted: the quoted words, in order. Names in them make people known, and count little for whom a
            pronoun outside means.
        speak: whether those mentioned speak there, which brings them to mind as a subject does.

    Returns:
        A speaker for each mention; None for None and for a mention that cannot be resolved ("I").

    >>> she = Mention(Span(22, 25, "She"), "pronoun")
    >>> [speaker.name for speaker in resolve("Ann Lee is the mayor. She left.", [she], (), ())]
    ['Ann Lee']
    """
    reading = Reading(text, sentences, quoted)
    met = reading.read([mention for mention in mentions if mention], speak=speak)
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
        self._told = [
            Span.of(text, *match.span())
            for match in _PRONOUN.finditer(text)
            if not self.places.is_quoted(match.start())
        ]
        learn_sexes(self._told, self.cast, self.places)
        self.memory = Memory()
        self._pronouns = Pronouns(self.cast, self.places, self.memory)
        self._nominals = Nominals(text, self.cast, self.places, self.memory, self._pronouns)
        self._met: dict[tuple[int, int], Entity | None] = {}

    def read(self, asked: Sequence[Mention], *, speak: bool) -> dict[tuple[int, int], Entity | None]:
        """Who each mention is, by its start and end; `speak` as in `resolve`."""
        for event in self._events(asked):
            place = (event.span.start, event.span.end)
            if event.sort == "name":
                self._hear_name(event.span)
                continue
            if place not in self._met:
                self._met[place] = self._resolve(event, speaks=speak and event.sort == "asked")
            entity = self._met[place]
            if entity is not None and event.sort == "asked":
                entity.sure = True
                self.memory.spoke = entity
        return self._met

    def _events(self, asked: Sequence[Mention]) -> list[_Event]:
        """In the order of the text; what is asked before what the text has at the same place."""
        found = [_Event(m.span, "asked", m) for m in asked]
        found += [_Event(Span.of(self.text, p, self.cast.ends[p]), "name") for p in self.cast.starts]
        found += [_Event(span, "noun") for span in self._nouns]
        found += [_Event(span, "pronoun") for span in self._told]
        return sorted(found, key=lambda event: (event.span.start, event.sort != "asked"))

    def _hear(self, entity: Entity, span: Span, form: Form, *, speaks: bool = False) -> None:
        def place() -> Place:
            found = self.places.place(span.start, span.end, form)
            # "According to |Lee|": whoever speaks is as much in mind as a subject.
            return attrs.evolve(found, role="main") if speaks else found

        self.memory.hear(entity, span.start, place)

    def _hear_name(self, span: Span) -> None:
        """Remember a name and, where it begins that of a group, the group after its members."""
        self._reveal(span)
        self._hear(self.cast.at[span.start], span, "name")
        end, group = self.cast.groups.get(span.start, (0, None))
        if group is not None:
            for member in (*group.members, group):
                self._hear(member, Span.of(self.text, span.start, end), "name")

    def _reveal(self, span: Span) -> None:
        """A voice without a name until now: "The officer, |Ann Lee|", "She was named as |Ann Lee|"."""
        named = self.cast.at[span.start]
        told = _REVEALED.search(self.text, max(0, span.start - _LONGEST_REVEALING), span.start)
        if told is None or named.kind != "person" or named.names[0] != span.start:
            return
        if told["pronoun"]:
            voice = self._met.get(told.span("pronoun"))
        else:
            voice = self._nominals.only_voice(told["role"] or told["noun"])
        if (
            voice is not None
            and not voice.names
            and not voice.plural
            and named.sex in (None, voice.sex or named.sex)
        ):
            voice.revealed = named

    # --- who a mention is --------------------------------------------------------------------------------

    def _resolve(self, event: _Event, *, speaks: bool) -> Entity | None:
        span, word = event.span, event.span.text.lower()
        kind = event.mention.kind if event.mention else "pronoun" if event.sort == "pronoun" else "nominal"
        if kind == "pronoun":
            entity = self._pronoun(span, word)
        else:
            entity = self._name(span) if kind == "name" else self._nominals.who(span)
        if entity is not None:
            by_name = any(entity is other for _, other in self.cast.inside(span.start, span.end))
            form: Form = "name" if by_name else "pronoun" if kind == "pronoun" else "noun"
            self._hear(entity, span, form, speaks=speaks)
        return entity

    def _pronoun(self, span: Span, word: str) -> Entity | None:
        if word in PRONOUNS:
            return self._pronouns.who(span)
        return None if word in NOBODY else self._nominals.voice(span)

    def _inside(self, span: Span) -> list[Entity]:
        """The entities whose names the span holds or stands in, down to a preposition and without owners: of
        "Ted Cruz’s friend Ann Lee of Texas", Ann Lee."""
        stop = PREPOSITION.search(self.text, span.start + 1, span.end)
        names = self.cast.inside(span.start, stop.start() if stop else span.end)
        return [entity for p, entity in names if not _OWNER.match(self.text, self.cast.ends[p])]

    def _name(self, span: Span) -> Entity:
        if group := self._group_named(span):
            return group
        if epithet := self._nominals.epithet(span):
            return epithet
        inside = self._inside(span)
        people = [entity for entity in inside if entity.kind == "person"]
        if people or inside:
            last = self.cast.inside(span.start, span.end)[-1]  # "the Israeli newspaper |Haaretz|"
            whole = last[1] if self.cast.ends[last[0]] == span.end and last[1] in inside else inside[0]
            return people[-1] if people else whole
        return self.cast.named(read_name(span.text), span.start) or self._nominals.who(span)

    def _group_named(self, span: Span) -> Entity | None:
        """ "Carl Dunn and Faye Dunn", "the Renwicks"."""
        near = [
            self.cast.groups[p] for p, _ in self.cast.inside(span.start, span.end) if p in self.cast.groups
        ]
        return next((group for end, group in near if end == span.end), None)


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
    return bodies or is_human(noun) or is_plural(noun) or noun in words("pair_nouns")
