"""Compares speakers of different articles: whether two of them can be the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import lru_cache

import attrs

from quoteattr.lexicon import word_list
from quoteattr.names import Name, compatible, gender_of, read_name
from quoteattr.schema import Attribution, SpeakerKind


class SpeakerRelation(IntEnum):
    """What is known about two speakers."""

    CONFLICT = 0
    """They are two people, or two organisations."""
    UNKNOWN = 1
    """One of them is unnamed, or no speaker was found."""
    SAME = 2
    """One name is a form of the other."""


OFFICES = word_list("dedup", "offices")
WORDS_OUTSIDE_INITIALS = word_list("dedup", "words_outside_initials")
ROLE_WORDS = 2
"""Least number of words of a role that identifies its holder in another article: "foreign secretary", not
"spokesman"."""
RELIABLE_CONFIDENCE = 0.5
"""An attribution with a lower confidence is more likely wrong than right, so it does not count as a
contradiction to another one."""
NAME_WORDS = 3
"""Most words of an unnamed speaker's description that counts as a name if all its words have capitals."""
COMPARED_LETTERS = 4
"""First letters of a surname that are compared. If two surnames differ in these letters, and the names share
no word, they are the names of different people."""
CACHED_SPEAKERS = 1 << 16
"""Speakers whose keys are cached. Speakers recur from article to article."""
CACHED_RELATIONS = 1 << 19
"""Pairs of speakers whose relation is cached. The limit bounds the memory for many speakers."""


@attrs.frozen(cache_hash=True)
class SpeakerKey:
    """The properties of a speaker by which speakers of different articles are compared."""

    words: tuple[str, ...] = ()
    """Words of the name, in lower case without accents; empty if no speaker was found."""
    kind: SpeakerKind = "unnamed"
    """As in `Speaker`; "unnamed" if no speaker was found."""
    gender: str = ""
    """The gender that titles and first names imply, over all forms of the name; empty if unknown."""
    roles: frozenset[tuple[str, ...]] = frozenset()
    """Words of the titles ("foreign secretary") and of the other forms of the name."""
    proper_words: frozenset[str] = frozenset()
    """Capitalised words of an organisation or an unnamed speaker: "clinton" of "Clinton spokesman"."""
    reliable: bool = True
    """Whether the attribution is more likely right than wrong."""

    @property
    def is_office(self) -> bool:
        """Whether it is an office without the name of its holder."""
        return self.kind == "unnamed" and bool(self.words) and self.words[-1] in OFFICES

    @property
    def surname(self) -> str:
        """The last word of the name; empty for an unnamed speaker."""
        return self.words[-1] if self.words and self.kind != "unnamed" else ""

    @property
    def identifying_words(self) -> frozenset[str]:
        """Words with which a text may name the speaker: the surname, or else the capitalised words."""
        return frozenset([self.surname]) if self.surname else self.proper_words

    @property
    def order(self) -> tuple[object, ...]:
        """A sort key that is the same in every run."""
        return (
            self.words,
            self.kind,
            self.gender,
            sorted(self.roles),
            sorted(self.proper_words),
            self.reliable,
        )


NO_SPEAKER = SpeakerKey()


def speaker_key(attribution: Attribution) -> SpeakerKey:
    """Returns the key of an attribution's speaker, `NO_SPEAKER` if it has none.

    >>> from quoteattr.schema import Quotation, Span, Speaker
    >>> empty = Span(0, 0, "")
    >>> truss = Speaker("Liz Truss", "person")
    >>> key = speaker_key(Attribution(Quotation(empty, empty), speaker=truss, confidence=0.9))
    >>> key.words, key.surname
    (('liz', 'truss'), 'truss')
    """
    speaker = attribution.speaker
    if speaker is None:
        return NO_SPEAKER
    return _key(speaker.name, speaker.kind, speaker.aliases, attribution.confidence >= RELIABLE_CONFIDENCE)


@lru_cache(maxsize=CACHED_SPEAKERS)
def _key(name: str, kind: SpeakerKind, aliases: tuple[str, ...], reliable: bool) -> SpeakerKey:
    forms = [read_name(form) for form in (name, *aliases)]
    if kind == "unnamed" and _looks_like_name(forms[0].text):
        kind = "person"
    genders = {gender for form in forms if kind == "person" and (gender := gender_of(form))}
    titles = {form.title for form in forms if len(form.title) >= ROLE_WORDS}
    others = {form.words for form in forms[1:] if len(form.words) >= ROLE_WORDS}
    capitals = [word for word in forms[0].text.split() if kind != "person" and word[0].isupper()]
    return SpeakerKey(
        words=tuple(map(_without_accents, forms[0].words)),
        kind=kind,
        gender=genders.pop() if len(genders) == 1 else "",
        roles=frozenset(titles | others),
        proper_words=frozenset(word for form in map(read_name, capitals) for word in form.words),
        reliable=reliable,
    )


def _looks_like_name(text: str) -> bool:
    """Whether all words have capitals: probably a surname whose full form the article does not have."""
    return 0 < len(text.split()) <= NAME_WORDS and all(word[0].isupper() for word in text.split())


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def relation_between(a: SpeakerKey, b: SpeakerKey) -> SpeakerRelation:
    """Returns what is known about two speakers of two articles.

    >>> liz, hugh = SpeakerKey(("liz", "truss"), "person"), SpeakerKey(("hugh", "truss"), "person")
    >>> relation_between(liz, SpeakerKey(("truss",), "person")).name, relation_between(liz, hugh).name
    ('SAME', 'CONFLICT')
    """
    if not a.words or not b.words:
        return SpeakerRelation.UNKNOWN
    found = SpeakerRelation.CONFLICT if _share_nothing(a, b) else _relation_by_names(a, b)
    if found is SpeakerRelation.CONFLICT and not (a.reliable and b.reliable):
        return SpeakerRelation.UNKNOWN
    return found


def cached_relations(speakers: Sequence[SpeakerKey]) -> Callable[[int, int], SpeakerRelation]:
    """Returns a function that takes the numbers of two speakers and returns their relation.

    >>> liz, ida = SpeakerKey(("liz", "truss"), "person"), SpeakerKey(("ida", "hale"), "person")
    >>> cached_relations([liz, ida])(0, 1).name
    'CONFLICT'
    """

    @lru_cache(maxsize=CACHED_RELATIONS)
    def relation_of(a: int, b: int) -> SpeakerRelation:
        return relation_between(speakers[a], speakers[b])

    return relation_of


def _share_nothing(a: SpeakerKey, b: SpeakerKey) -> bool:
    """Whether the names of two people share no word and the surnames begin differently, as in most pairs."""
    if a.kind != "person" or b.kind != "person" or a.roles or b.roles:
        return False
    if a.words[-1][:COMPARED_LETTERS] == b.words[-1][:COMPARED_LETTERS]:
        return False
    return set(a.words).isdisjoint(b.words)


def _relation_by_names(a: SpeakerKey, b: SpeakerKey) -> SpeakerRelation:
    if a.gender and b.gender and a.gender != b.gender:
        return SpeakerRelation.CONFLICT
    if _is_role_of(a, b) or _is_role_of(b, a) or (a.proper_words and a.proper_words == b.proper_words):
        return SpeakerRelation.SAME
    if "unnamed" in (a.kind, b.kind):
        return SpeakerRelation.UNKNOWN
    if a.words == b.words or _have_one_name(a, b):
        return SpeakerRelation.SAME
    return SpeakerRelation.CONFLICT if a.kind == b.kind else SpeakerRelation.UNKNOWN


def _is_role_of(role: SpeakerKey, holder: SpeakerKey) -> bool:
    """Whether a description ends in a title of the holder, or in another form of the holder's name."""
    return any(role.words[-len(form) :] == form for form in holder.roles)


def _have_one_name(a: SpeakerKey, b: SpeakerKey) -> bool:
    if a.kind == b.kind == "person":
        return compatible(Name("", a.words, ()), Name("", b.words, ()))
    short, long = sorted((a.words, b.words), key=len)
    initials = "".join(word[0] for word in long if word not in WORDS_OUTSIDE_INITIALS)
    return set(short) <= set(long) or short == (initials,)
