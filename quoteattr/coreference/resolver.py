"""Resolves mentions to speakers over a whole article.

The entities that the article names are gathered first (`entity_table`). Then the text is read in order, and
every mention of a person or organisation is resolved in turn, not only the requested ones. Sieves for names,
noun phrases and pronouns decide which entity it refers to, and the discourse state is updated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

import attrs
import regex

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.documents import issuer
from quoteattr.coreference.entity import Entity
from quoteattr.coreference.entity_table import build_entity_table
from quoteattr.coreference.gender import PRONOUN_GENDER, pronoun_genders
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.nouns import is_human, is_plural
from quoteattr.coreference.registry import IDENTIFIED_LATER, ISSUER, QUOTED_SPEAKER, SIEVES
from quoteattr.coreference.sieve import Resolved, read_phrase, run_sieves
from quoteattr.coreference.unnamed import only_unnamed
from quoteattr.layout import one_line, plain_blanks
from quoteattr.lexicon import word_list, words
from quoteattr.parsing.dependency_tree import Sentence
from quoteattr.schema import Mention, MentionKind, Span, Speaker

# Because case is ignored, it also matches "ſhe", which is not on the list of pronouns.
_PRONOUN = regex.compile(rf"\b(?:{'|'.join(PRONOUN_GENDER)})\b", regex.IGNORECASE)
_SPEAKER_PRONOUNS = word_list("coreference", "speaker_pronouns")
_QUOTATIONS_BACK = 200
"""Most quotations before "I" that are searched for the one that contains it. The limit matters for very long
texts."""

# "The officer, |Sgt Dana Whitcombe", "She was later named as |Priya Nand"
_IDENTIFYING = regex.compile(
    r"""
    \b (?: [Tt]he \s (?: [\w’'-]+ \s ){0,2}? (?<role> \p{Ll}+ ), \s (?: \p{Lu}\p{Ll}+\.? \s )?
      | (?: (?<pronoun> [Ss]?[Hh]e ) | [Tt]he \s (?: [\w’'-]+ \s ){0,2}? (?<noun> \p{Ll}+ ) )
        \s (?: was | has\sbeen | had\sbeen | is ) \s (?: \w+ \s ){0,2} (?: named | identified )
        \s (?: [\w’'-]+ \s ){0,5}? as \s (?: \d+-year-old \s )? ) \Z
    """,
    regex.VERBOSE,
)
_IDENTIFYING_WITHIN = 120
"""Characters before a name that are searched for such a phrase: more than the longest one has."""


@attrs.frozen
class Resolution:
    """The speaker that one mention refers to."""

    speaker: Speaker | None
    """The speaker; None for a mention that cannot be resolved."""
    resolved_by: str | None
    """Name of the sieve that identified the speaker; None if there is no speaker."""


UNRESOLVED = Resolution(None, None)


def resolve(
    text: str,
    mentions: Sequence[Mention | None],
    sentences: Collection[Sentence],
    quoted: Sequence[Span],
    *,
    speak: bool = True,
) -> list[Resolution]:
    """Resolves mentions to speakers.

    Args:
        text: the article.
        mentions: one for each quotation, in order; None if nobody speaks it.
        sentences: the parsed sentences, offsets in the article; subjects and appositions are read from them.
        quoted: the quoted words, in order. Names in them belong to entities, too, but make them less salient
            for pronouns outside.
        speak: whether the mentions are speakers. Speakers are as salient as subjects.

    Returns:
        A resolution for each mention. Its speaker is None if the mention is None or cannot be resolved ("I").

    >>> she = Mention(Span(22, 25, "She"), "pronoun")
    >>> [found] = resolve("Ann Lee is the mayor. She left.", [she], (), ())
    >>> found.speaker.name, found.resolved_by
    ('Ann Lee', 'salient_person')
    """
    text = plain_blanks(text)
    mentions = [mention and _in_text(mention, text) for mention in mentions]
    reading = Reading(text, sentences, quoted)
    reading.read([mention for mention in mentions if mention], speak=speak)
    found = [_with_single_blanks(resolution) for resolution in reading.resolutions(mentions)]
    return [
        _quoted_speaker(mention, quoted, found) if mention and resolution is UNRESOLVED else resolution
        for mention, resolution in zip(mentions, found, strict=True)
    ]


def _in_text(mention: Mention, text: str) -> Mention:
    """The mention with the characters of a text at its offsets."""
    return attrs.evolve(mention, span=Span.of(text, mention.span.start, mention.span.end))


def _with_single_blanks(resolution: Resolution) -> Resolution:
    """The resolution with a speaker whose name has no runs of blanks: "Lars  Enger"."""
    speaker = resolution.speaker
    if speaker is None or "  " not in speaker.name:
        return resolution
    return attrs.evolve(resolution, speaker=attrs.evolve(speaker, name=one_line(speaker.name)))


def _quoted_speaker(mention: Mention, quoted: Sequence[Span], found: Sequence[Resolution]) -> Resolution:
    """The speaker of the quotation that contains "I"."""
    if mention.span.text.lower() not in _SPEAKER_PRONOUNS:
        return UNRESOLVED
    end = bisect_right(quoted, mention.span.start, key=lambda span: span.start)
    near = slice(max(0, end - _QUOTATIONS_BACK), end)
    for span, resolution in zip(quoted[near], found[near], strict=False):
        if resolution.speaker and mention.span.start < span.end:
            return Resolution(resolution.speaker, QUOTED_SPEAKER.name)
    return UNRESOLVED


@attrs.frozen
class _Event:
    """A mention that is resolved or added when the text is read."""

    span: Span
    """The words."""
    kind: MentionKind
    """The kind of mention, which selects the sieves."""
    source: Literal["asked", "name", "text"]
    """Where the mention comes from: the caller, the names of the table, or the text."""


class Reading:
    """One reading of an article from its start to its end."""

    def __init__(self, text: str, sentences: Collection[Sentence], quoted: Sequence[Span]) -> None:
        self._text = text
        index = MentionIndex(text, sentences, quoted)
        self._table = build_entity_table(text, sentences, index)
        self._nominals = list(_nominals(text, sentences))
        self._pronouns = [
            Span.of(text, *match.span())
            for match in _PRONOUN.finditer(text)
            if match[0].lower() in PRONOUN_GENDER and not index.is_quoted(match.start())
        ]
        self._state = DiscourseState(text, self._table, index)
        genders = pronoun_genders(self._pronouns, self._table, index)
        self._state.learn(
            Fact(entity, gender=g, corrects=True, confirmed=True) for entity, g in genders.items()
        )
        self._resolved: dict[tuple[int, int], Resolved | None] = {}

    def read(self, asked: Sequence[Mention], *, speak: bool) -> None:
        """Reads the article, resolving all mentions.

        Args:
            asked: the mentions whose speakers are wanted.
            speak: as in `resolve`.
        """
        for event in self._events(asked):
            if event.source == "name":
                self._add_name(event.span)
                continue
            site, asks = (event.span.start, event.span.end), event.source == "asked"
            if site not in self._resolved:
                self._resolved[site] = self._resolve(event, subject=speak and asks)
            resolved = self._resolved[site]
            if resolved is not None and asks:
                self._state.add_speaker(resolved.entity)

    def resolutions(self, mentions: Sequence[Mention | None]) -> list[Resolution]:
        """The resolution of each mention, with everything that is known at the end of the article."""
        speakers: dict[Entity, Speaker] = {}
        found = []
        for mention in mentions:
            resolved = self._resolved[mention.span.start, mention.span.end] if mention else None
            if resolved is None:
                found.append(UNRESOLVED)
                continue
            entity = resolved.entity
            if entity not in speakers:
                speakers[entity] = self._state.speaker(entity)
            step = self._state.identified_by(entity) or resolved.sieve
            found.append(Resolution(speakers[entity], step))
        return found

    def _events(self, asked: Sequence[Mention]) -> list[_Event]:
        """All mentions in the order of the text; of those with the same start, the requested ones come
        first."""
        found = [_Event(m.span, m.kind, "asked") for m in asked]
        ends = self._table.ends
        found += [_Event(Span.of(self._text, at, ends[at]), "name", "name") for at in self._table.starts]
        found += [_Event(span, "nominal", "text") for span in self._nominals]
        found += [_Event(span, "pronoun", "text") for span in self._pronouns]
        return sorted(found, key=lambda event: (event.span.start, event.source != "asked"))

    def _resolve(self, event: _Event, *, subject: bool) -> Resolved | None:
        resolved = run_sieves(SIEVES[event.kind], read_phrase(event.span, self._state), self._state)
        if resolved is not None:
            span = event.span
            self._state.add_mention(resolved.entity, span.start, span.end, subject=subject)
            self._identify_issuer(resolved.entity, event)
        return resolved

    def _identify_issuer(self, document: Entity, event: _Event) -> None:
        """Identifies an unnamed document with who issued it: "a letter signed by |Ann Lee|"."""
        state = self._state
        if event.kind == "pronoun" or document.names or state.identified_by(document):
            return
        named = issuer(read_phrase(event.span, state), state)
        if named is not None:
            state.identify(document, named, ISSUER.name)

    def _add_name(self, span: Span) -> None:
        """Adds a mention for a name and, if it is the first of a group's name, a mention of the group after
        its members."""
        self._identify(span)
        self._state.add_mention(self._table.at[span.start], span.start, span.end)
        if named := self._table.groups.get(span.start):
            for entity in (*named.group.members, named.group):
                self._state.add_mention(entity, span.start, named.end)

    def _identify(self, span: Span) -> None:
        """Identifies an unnamed speaker: "The officer, |Ann Lee|", "She was named as |Ann Lee|"."""
        named, state = self._table.at[span.start], self._state
        found = _IDENTIFYING.search(self._text, max(0, span.start - _IDENTIFYING_WITHIN), span.start)
        if found is None or named.names[0] != span.start or not state.is_person(named):
            return
        unnamed = self._unnamed_meant(found)
        if unnamed is not None and not unnamed.names and not unnamed.plural:
            gender, other = state.profile(named).gender, state.profile(unnamed).gender
            if gender is None or other in (None, gender):
                state.identify(unnamed, named, IDENTIFIED_LATER.name)

    def _unnamed_meant(self, match: regex.Match[str]) -> Entity | None:
        """The entity that the pronoun or noun in a match of _IDENTIFYING refers to."""
        if match["pronoun"]:
            resolved = self._resolved.get(match.span("pronoun"))
            return resolved.entity if resolved else None
        return only_unnamed(match["role"] or match["noun"], self._state)


_BEFORE_NOUN_PHRASE = frozenset("ADP ADV AUX CCONJ PART PUNCT SCONJ VERB".split())
"""Parts of speech that do not belong to the noun phrase after them: "|by| a porter"."""
_PHRASE_WORDS = 5
"""Most words of a noun phrase that are read, counted back from its head. Most phrases have no more."""


def _nominals(text: str, sentences: Collection[Sentence]) -> Iterator[Span]:
    """The noun phrases for people and organisations, to which a pronoun may refer."""
    for sentence in sentences:
        for word in sentence:
            if word.upos == "NOUN" and word.deprel != "compound" and _may_be_meant(word.text.lower()):
                start = word.index - _PHRASE_WORDS
                run = [w for w in sentence.subtree(word) if start < w.index <= word.index]
                first = next((w for w in run if w.upos not in _BEFORE_NOUN_PHRASE), word)
                yield Span.of(text, first.start, word.end)


def _may_be_meant(noun: str) -> bool:
    organisation = noun in words("organisation_nouns") or noun in words("organisation_words")
    return organisation or is_human(noun) or is_plural(noun) or noun in words("pair_nouns")
