"""Whether two printings of the same words are one utterance: who spoke, when, and about what.

People repeat themselves. A long sentence is hardly ever spoken twice, so that words alone decide; "a
disgrace" is spoken every week, so that only the same article, or the same days and the same subject, make it
one line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import IntEnum

import attrs

from quoteattr.dedup.alignment import Kind, Match
from quoteattr.dedup.bounded_cache import Remembered
from quoteattr.names import Name, compatible, gender_of, read_name
from quoteattr.schema import Attribution, SpeakerKind


class Relation(IntEnum):
    """What is known of two speakers."""

    CONFLICT = 0
    """Two people, or two bodies."""
    UNKNOWN = 1
    """One of them has no name, or nobody was found."""
    SAME = 2
    """One name is a form of the other."""


DISTINCTIVE_WORDS = 6
"""From so many words on, two of them content words, a line is taken for spoken once. On the news groups F1 is
.945 at 5, .941 at 6 and .931 at 8; at 5, slogans of a noun and its adjectives would count."""
DISTINCTIVE_CONTENT = 2

SAME_WEEKS = 21
"""Days between two printings of a short phrase with two content words or more, of one speaker: three weeks.
Of the marked pairs that are one line, the farthest apart are 19 days; slogans recur from month to month."""
SAME_DAYS = 3
"""The same for one word, which has to share its subject too."""
EDIT_DAYS = 30
"""Days within which another wording is an edit and not another occasion."""
SPEECH_DAYS = 7
"""Days within which two long quotations with a common run come from one speech, and a few words are still
the talk of the week."""
TOPIC_WORDS = 3
"""Content words that the surroundings of two printings of a word must share, the words of the speaker's name
left out."""
SENTENCE_WORDS = 4
"""Content words that two sentences of one article must share around the same words to be one told twice."""
EMPTY_WORDS = 4
"""Function words in a row that are a sentence of their own; three ("that it is") are in every other one."""
SAID = 3
"""Words that may be a statement. Two sentences on one subject share fewer without one repeating the other."""
RARE_CONTENT = 4
"""Content words in a row ("shameful manufactured migrant crisis") that stand for a distinctive line where the
days agree and the speaker of one printing is not told."""
LONG = 8
"""Words that bear an edit, or a missing speaker, over `EDIT_DAYS`."""
VERY_LONG = 12
"""Words that make a line the same where a speaker is missing, whenever, and where printings of the same days
name two speakers: one of them is wrong. Shorter, both may have said it."""
OFFICES = frozenset(
    """
    candidate ceo chair chairman chairwoman chancellor chief director governor king leader mayor minister
    nominee pope premier president principal queen secretary senator sheriff speaker
    """.split()
)
"""Words that end the title of somebody who has a name: "the foreign secretary"."""
ROLE_WORDS = 2
"""Words of a role that stands for its holder in another article: "foreign secretary", not "spokesman"."""
NEVER, ALWAYS = -1, 10**7
"""As a number of days: not even a day, and all time."""
SURE = 0.5
"""Below this confidence an attribution is no evidence against another."""


class Manner(IntEnum):
    """How an article prints words, besides speaking them in its sentences."""

    PLAIN = 0
    """As speech, as far as can be told."""
    SHOWN = 1
    """In a headline, or on a line of its own: words of the article's quotations, shown once more."""
    NAMED = 2
    """As the name of something, or as a term: nobody speaks."""


@attrs.frozen(cache_hash=True)
class Voice:
    """A speaker as far as comparison over articles needs it."""

    words: tuple[str, ...] = ()
    """Words of the name, folded; empty: nobody."""
    kind: str = "unnamed"
    """As in `Speaker`; "unnamed" for nobody."""
    sex: str = ""
    """What titles and first name say, over all forms that the article uses."""
    roles: frozenset[tuple[str, ...]] = frozenset()
    """Titles ("foreign secretary") and the other forms of the name, folded."""
    proper: frozenset[str] = frozenset()
    """Of a body or an unnamed voice the words with capitals: "Clinton" of "Clinton spokesman"."""
    sure: bool = True
    """Whether the attribution is more likely right than wrong."""

    @property
    def is_office(self) -> bool:
        """Whether it is an office without its holder's name."""
        return self.kind == "unnamed" and bool(self.words) and self.words[-1] in OFFICES

    @property
    def surname(self) -> str:
        """The last word of the name; empty for who has none outside the article."""
        return self.words[-1] if self.words and self.kind != "unnamed" else ""

    @property
    def called(self) -> frozenset[str]:
        """Words that name the voice in a text: the surname, or the capitals of a body."""
        return frozenset([self.surname]) if self.surname else self.proper


NOBODY = Voice()


def voice(attribution: Attribution) -> Voice:
    """The voice of an attribution.

    >>> from quoteattr.schema import Quotation, Span, Speaker
    >>> nobody = Span(0, 0, "")
    >>> said = Attribution(Quotation(nobody, nobody), speaker=Speaker("Liz Truss", "person"), confidence=0.9)
    >>> voice(said).words, voice(said).surname
    (('liz', 'truss'), 'truss')
    """
    speaker = attribution.speaker
    if speaker is None:
        return NOBODY
    return _voices[speaker.name, speaker.kind, speaker.aliases, attribution.confidence >= SURE]


def _voice(told: tuple[str, SpeakerKind, tuple[str, ...], bool]) -> Voice:
    """The voice of a speaker's name, kind and aliases that is sure or not."""
    name, kind, aliases, sure = told
    forms = [read_name(form) for form in (name, *aliases)]
    if kind == "unnamed" and _is_name(forms[0].text):
        kind = "person"
    sexes = {sex for form in forms if kind == "person" and (sex := gender_of(form))}
    titles = {form.title for form in forms if len(form.title) >= ROLE_WORDS}
    others = {form.words for form in forms[1:] if len(form.words) >= ROLE_WORDS}
    capitals = [word for word in forms[0].text.split() if kind != "person" and word[0].isupper()]
    return Voice(
        words=tuple(map(_plain, forms[0].words)),
        kind=kind,
        sex=sexes.pop() if len(sexes) == 1 else "",
        roles=frozenset(titles | others),
        proper=frozenset(word for form in map(read_name, capitals) for word in form.words),
        sure=sure,
    )


# Speakers recur from article to article, and a voice takes long to make. The hash of a tuple takes a third of
# the time that a speaker's own does.
_voices = Remembered(_voice, 1 << 16)


def _is_name(text: str) -> bool:
    """Whether a form is capitals throughout: a surname that its article never told more of."""
    return 0 < len(text.split()) <= 3 and all(word[0].isupper() for word in text.split())


def _plain(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(c for c in apart if not unicodedata.combining(c))


def relation(a: Voice, b: Voice) -> Relation:
    """What two voices of two articles are to each other.

    >>> truss, other = Voice(("liz", "truss"), "person"), Voice(("hugh", "truss"), "person")
    >>> relation(truss, Voice(("truss",), "person")).name, relation(truss, other).name
    ('SAME', 'CONFLICT')
    """
    if not a.words or not b.words:
        return Relation.UNKNOWN
    found = Relation.CONFLICT if _strangers(a, b) else _relation(a, b)
    return Relation.UNKNOWN if found is Relation.CONFLICT and not (a.sure and b.sure) else found


class Relations(Remembered[tuple[int, int], Relation]):
    """What two of many voices, given by their numbers, are to each other.

    >>> truss, hale = Voice(("liz", "truss"), "person"), Voice(("ida", "hale"), "person")
    >>> Relations([truss, hale])[0, 1].name
    'CONFLICT'
    """

    def __init__(self, people: Sequence[Voice]) -> None:
        super().__init__(lambda pair: relation(people[pair[0]], people[pair[1]]), REMEMBERED)


REMEMBERED = 1 << 19
"""Pairs of voices whose relation is remembered, so that memory does not grow with the number of speakers."""


def _strangers(a: Voice, b: Voice) -> bool:
    """Two people whose names share no word and whose surnames begin otherwise; most pairs, told at once."""
    if a.kind != "person" or b.kind != "person" or a.roles or b.roles:
        return False
    return a.words[-1][:4] != b.words[-1][:4] and set(a.words).isdisjoint(b.words)


def _relation(a: Voice, b: Voice) -> Relation:
    if a.sex and b.sex and a.sex != b.sex:
        return Relation.CONFLICT
    if _holds(a, b) or _holds(b, a) or (a.proper and a.proper == b.proper):
        return Relation.SAME
    if "unnamed" in (a.kind, b.kind):
        return Relation.UNKNOWN
    if a.words == b.words or _one_name(a, b):
        return Relation.SAME
    return Relation.CONFLICT if a.kind == b.kind else Relation.UNKNOWN


def _holds(role: Voice, holder: Voice) -> bool:
    """Whether one voice's name ends in a title or is another form of the other's name."""
    return any(role.words[-len(form) :] == form for form in holder.roles)


def _one_name(a: Voice, b: Voice) -> bool:
    if a.kind == b.kind == "person":
        return compatible(Name("", a.words, ()), Name("", b.words, ()))
    short, long = sorted((a.words, b.words), key=len)
    return set(short) <= set(long) or short == ("".join(word[0] for word in long if word not in _SMALL),)


_SMALL = frozenset(["of", "the", "and", "for"])


@attrs.frozen
class Phrase:
    """How much a wording says."""

    size: int
    """Its words."""
    content: int
    """Distinct content words among them."""
    titled: bool = False
    """Whether all content words of a short phrase are capitals: a name ("Gang of Eight"), not a statement."""
    manner: Manner = Manner.PLAIN
    """How its first printing stands in the article."""

    @property
    def distinctive(self) -> bool:
        """Whether the words alone tell the occasion."""
        return self.size >= DISTINCTIVE_WORDS and self.content >= DISTINCTIVE_CONTENT

    @property
    def scrap(self) -> bool:
        """Whether it says something, but so little that it may be said again."""
        return not self.distinctive and (self.content > 0 or self.size >= EMPTY_WORDS)


@attrs.frozen(eq=False)
class Circumstances:
    """What is known of two printings besides their words. All but three things are looked up when they are
    asked for, by `quoteattr.dedup.context_features`; here nothing speaks for them."""

    relation: Relation
    """What their speakers are to each other."""
    same_article: bool
    """Whether one article prints both."""
    days: int | None
    """Days between the two articles; None where one has no date."""

    @property
    def voices(self) -> tuple[Voice, Voice]:
        """Who is said to speak."""
        return NOBODY, NOBODY

    @property
    def common(self) -> bool:
        """Whether several people use the words, and none of them more than the others."""
        return False

    @property
    def shown(self) -> bool:
        """Whether one of them stands in a headline, or on a line of its own."""
        return False

    @property
    def named(self) -> bool:
        """Whether one of them names something, so that nobody speaks."""
        return False

    def same_topic(self) -> bool:
        """Whether their surroundings share `TOPIC_WORDS` content words."""
        return False

    def named_beside(self) -> bool:
        """Whether one article names the other's speaker beside the words: then one of two conflicting
        attributions may be a mistake, and words that nobody is said to speak, as a headline's, are theirs."""
        return False

    def retold(self) -> bool:
        """Whether one article prints both in nearly the same sentence, and one names the other's speaker:
        "Poland says it has an ‘obligation’", "the prime minister, saying Poland has an ‘obligation’"."""
        return False

    def reprinted(self) -> bool:
        """Whether two articles print both in nearly the same sentence, as a copy of an article does."""
        return False

    @property
    def office(self) -> bool:
        """Whether one of two speakers is an office ("foreign secretary") and the other a person."""
        a, b = self.voices
        return (a.is_office and b.kind == "person") or (b.is_office and a.kind == "person")

    @property
    def body(self) -> bool:
        """Whether one of two speakers is a body ("the FBI") and the other a person, who may speak for it."""
        return {voice.kind for voice in self.voices} == {"organisation", "person"}

    @property
    def both_told(self) -> bool:
        """Whether both printings surely have a speaker, though one is nobody's name ("a spokesman")."""
        return all(voice.words and voice.sure for voice in self.voices)

    def within(self, days: int) -> bool:
        """Whether they are from one article, or from articles that so few days lie between, or whose dates
        are unknown but not their common subject."""
        if self.same_article:
            return True
        return self.same_topic() if self.days is None else self.days <= days


def same_line(match: Match, phrase: Phrase, seen: Circumstances) -> bool:
    """Whether two printings with a common wording are one utterance.

    Args:
        match: how the wordings stand to each other.
        phrase: how much the shorter one says.
        seen: who, when and about what.

    >>> word = Phrase(1, 1)
    >>> same_line(Match(Kind.EQUAL, 1, True), word, Circumstances(Relation.SAME, False, 24))
    False
    >>> same_line(Match(Kind.EQUAL, 1, True), word, Circumstances(Relation.SAME, True, 0))
    True
    """
    if not seen.named and _one_line(match, phrase, seen):
        return True
    if match.kind is not Kind.EQUAL or seen.same_article:
        return False
    return seen.within(SAME_DAYS if seen.named else EDIT_DAYS) and seen.reprinted()


def _one_line(match: Match, phrase: Phrase, seen: Circumstances) -> bool:
    """Whether words that two printings have in common are one utterance, by speaker, date and subject."""
    if (
        seen.relation is not Relation.SAME
        and match.kind is Kind.EQUAL
        and seen.same_article
        and seen.retold()
    ):
        return True
    if seen.relation is Relation.CONFLICT:
        return _despite_conflict(match, phrase, seen)
    name = phrase.titled and not (seen.same_article and seen.shown)  # a headline's capitals tell nothing
    if name or phrase.content == 0:
        return _saying_little(match, phrase, seen)
    if seen.relation is Relation.UNKNOWN:
        return _of_unknown(match, phrase, seen)
    if match.kind is Kind.OVERLAP:
        return seen.within(SPEECH_DAYS)
    if match.kind is Kind.NEAR:
        return seen.within(EDIT_DAYS if phrase.size >= LONG else SPEECH_DAYS)
    return phrase.distinctive or _short(phrase, seen)


def sure_days(phrase: Phrase, common: bool) -> int | None:
    """Days within which words of one speaker that stand in another printing are the same line, whatever they
    are about: `ALWAYS`, so many, or `NEVER`, though they are in one article. None where that is to be asked.

    >>> asked = Phrase(9, 4), Phrase(2, 2), Phrase(3, 1), Phrase(1, 1), Phrase(4, 0)
    >>> [sure_days(phrase, common=False) for phrase in asked]
    [10000000, 21, 7, -1, None]
    """
    if phrase.manner is Manner.NAMED or phrase.titled or phrase.content == 0:
        return None
    return _days(phrase, common)


def _days(phrase: Phrase, common: bool) -> int:
    if phrase.distinctive:
        return ALWAYS
    if common:
        return NEVER
    if phrase.content > 1:
        return SAME_WEEKS
    return SPEECH_DAYS if phrase.size > 2 else NEVER


def _saying_little(match: Match, phrase: Phrase, seen: Circumstances) -> bool:
    """A name, or function words alone: the same words twice in an article, or "I think she will" inside a
    longer quotation that the same speaker has there."""
    if not seen.same_article or match.kind < Kind.CONTAINED:
        return False
    if match.kind is Kind.EQUAL:
        return phrase.size > 1
    return seen.relation is Relation.SAME and not phrase.titled and phrase.size >= EMPTY_WORDS


def _short(phrase: Phrase, seen: Circumstances) -> bool:
    """A few words of one speaker."""
    days = _days(phrase, seen.common)
    if days > NEVER:
        return seen.within(days)
    return seen.same_article or (seen.within(SAME_DAYS) and seen.same_topic())


def _of_unknown(match: Match, phrase: Phrase, seen: Circumstances) -> bool:
    """Words whose speaker one printing does not tell."""
    if match.kind is Kind.OVERLAP:
        return match.common >= LONG and not seen.same_article and seen.within(SAME_DAYS)
    if phrase.size >= LONG and phrase.distinctive:
        return seen.within(EDIT_DAYS) or (phrase.size >= VERY_LONG and match.kind >= Kind.CONTAINED)
    if match.kind < Kind.CONTAINED:
        return False
    if seen.same_article and seen.shown and phrase.size > 1:
        return True
    if (seen.office or seen.body or not seen.both_told) and seen.named_beside():
        return phrase.distinctive or _short(phrase, seen)
    if seen.office and phrase.content >= 2:
        return seen.within(SAME_DAYS)
    if seen.same_article:
        repeated = match.kind is Kind.EQUAL and phrase.size >= SAID
        return phrase.distinctive or (phrase.content >= 2 and (repeated or not seen.both_told))
    return (phrase.distinctive or phrase.content >= RARE_CONTENT) and seen.within(SAME_DAYS)


def _despite_conflict(match: Match, phrase: Phrase, seen: Circumstances) -> bool:
    """Words that are given to two speakers."""
    if seen.same_article and seen.shown and match.kind >= Kind.CONTAINED:
        return phrase.content > 0 and phrase.size > 1
    sentence = phrase.distinctive or (match.kind is Kind.EQUAL and phrase.size >= DISTINCTIVE_WORDS)
    if match.kind < Kind.NEAR or not sentence:
        return False
    if seen.same_article:  # a caption or a pull quote, attributed otherwise than in the body
        return match.kind is Kind.EQUAL or (
            phrase.size >= VERY_LONG and match.whole and match.kind is Kind.CONTAINED
        )
    if seen.named_beside():
        return seen.within(SAME_DAYS if phrase.size < LONG else EDIT_DAYS)
    days = SPEECH_DAYS if match.kind is Kind.EQUAL else SAME_DAYS
    return phrase.size >= VERY_LONG and match.whole and seen.within(days)
