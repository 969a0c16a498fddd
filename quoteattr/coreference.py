"""From mentions to speakers, over the whole article.

The people and bodies of an article are first gathered from its names. Then each mention is resolved, in the
order of the text: a name to its fullest form, a role to its holder, a pronoun to the most salient person
that fits; what stays without a name is an unnamed voice. In the manner of the deterministic sieves of Lee
et al. (Computational Linguistics 39:4, 2013): the surest evidence first, one entity at a time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import attrs
import regex

from quoteattr.layout import SENTENCE_END
from quoteattr.lexicon import first_names, roles_of, words
from quoteattr.names import SEXES, Name, Sex, compatible, find_names, is_organisation, read_name, sex_of
from quoteattr.schema import Mention, Span, Speaker, SpeakerKind
from quoteattr.syntax import Sentence, Word

_SEX: dict[str, Sex] = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_BODY = frozenset({"it", "they", "them", "its", "their"})
_NOBODY = frozenset(
    {"i", "we", "you", "me", "us", "my", "our", "your", "there", "what", "which", "that", "this"}
)
_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")
_ARTICLE = regex.compile(
    r"^(?:(?:one|another|some)(?!\s+of\b)|the|a|an|this|that|these|those|its|his|her|their|our|my|your)\s+",
    regex.IGNORECASE,
)
# "the managing director, |Callum Strachan|", "the former striker |Lee Pargeter|"
_NAME_NEXT = regex.compile(
    r"""
    (?: ,? \s+                                                              # 1. its boss, |Ann Lee
      | , \s+ (?: the|a|an|its|his|her|their ) \s+ (?: [\w’'-]+ \s+ ){1,4}?
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ [,.] ) )    # 2. its boss, the former striker |Ann Lee,
    (?= \p{Lu} )
    """,
    regex.VERBOSE,
)
# "Rosa Delgado, |president of the union|"
_NAME_BEFORE = regex.compile(r"(?<=[\w.’']),\s+\Z")
# "Liz Truss|, the foreign secretary,"
_APPOSED = regex.compile(
    r"""
    , \s+ (?: \d{1,3}, \s+ )? (?: the | a | an | its | who\sis\sthe ) \s+
    ( (?: (?! of|for|at|in|who|and ) [\w’'-]+ \s ){0,4} [\w’'-]+ )
    (?= [,.] | \s (?: of|for|at|in|who|and ) \b )
    """,
    regex.VERBOSE,
)
# "Tom| and Alice Renwick"
_COUPLE = regex.compile(r"\sand\s\p{Lu}\p{Ll}+\s(?<surname>\p{Lu}[\p{L}’'-]+)")
_PREPOSITION = regex.compile(r"(?<=\w)\s(?:of|in|from|for|at|on|with|to)\s")
_OWNER = regex.compile(r"[’']s?\s")
# What ends the noun phrase's head: "a spokesman |for the mayor"
_PHRASE_END = frozenset("of for at in from with who to on near by and that which whose named called".split())


# Parts of speech that a name cannot be, though models take many a name for a noun.
_NO_NAME = frozenset({"VERB", "AUX", "ADJ", "ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "NUM", "INTJ"})
_MARKS = frozenset("“‘\"'«„‚")

# Sentences from the start of an article that count as headline, standfirst and lead.
_LEAD = 4


# Nouns that news puts for the name of whom it is about: "the Republican nominee said".
_EPITHETS = frozenset(
    "nominee candidate contender hopeful front-runner frontrunner businessman businesswoman billionaire "
    "mogul republican democrat incumbent challenger veteran star striker midfielder".split()
)

# Sentences back in which "the company" finds its name.
_NEAR = 3


@attrs.define(eq=False)
class _Entity:
    """One person, body or voice while an article is read; never leaves this module."""

    name: str
    kind: SpeakerKind
    key: Name
    sex: Sex | None = None
    sure: bool = False
    """Whether more than a capital says that this is a person: a title, a first name, a role, a speech."""
    full: int = 0
    """How often the article gives more than one word of the name."""
    places: list[int] = attrs.field(factory=list)
    """Start of every mention, in characters and in order."""
    forms: dict[str, None] = attrs.field(factory=dict)
    """Every form of the name, in order."""
    roles: set[str] = attrs.field(factory=set)
    """What the text calls them by one noun: "secretary", "spokesman"."""
    descriptions: set[str] = attrs.field(factory=set)
    """The phrases themselves, in small letters without article: "foreign secretary"."""

    def speaker(self) -> Speaker:
        return Speaker(self.name, self.kind, tuple(form for form in self.forms if form != self.name))

    def describe(self, phrase: Sequence[str]) -> None:
        """Note that the text calls them so."""
        head = _head_noun(phrase)
        self.sex = self.sex or next((sex for sex in SEXES if head in words(f"{sex}_words")), None)
        if head in words("courtesy_titles"):
            return
        self.roles.update(roles_of(head))
        self.descriptions.add(" ".join(phrase[: phrase.index(head) + 1] if head in phrase else phrase))
        if len(phrase) == 1:
            self.descriptions.update(roles_of(head))
        if head in _people():
            self.sure = True


def resolve(
    text: str, mentions: Sequence[Mention | None], sentences: Iterable[Sentence], quoted: Sequence[Span]
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
    cast = _Cast(text, tuple(sentences), quoted)
    found = [cast.meet(mention) if mention else None for mention in mentions]
    speakers = [entity.speaker() if entity else None for entity in found]
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
    around = zip(quoted, speakers, strict=False)
    return next((s for q, s in around if s and q.start <= mention.span.start < q.end), None)


class _Cast:
    """The people and bodies of one article."""

    def __init__(self, text: str, sentences: tuple[Sentence, ...], quoted: Sequence[Span]) -> None:
        self.text = text
        self.quoted = sorted((span.start, span.end) for span in quoted)
        self.breaks = [match.end() for match in SENTENCE_END.finditer(text)]
        self.lines = [match.end() for match in regex.finditer(r"[\r\n]+", text)]
        self.starts = {0, *self.breaks}
        self.entities: list[_Entity] = []
        self.at: dict[int, _Entity] = {}
        self.ends: dict[int, int] = {}
        self.met: dict[tuple[int, int], _Entity | None] = {}
        self.spoken: list[tuple[int, _Entity]] = []
        self._gather_names({w.start: w for s in sentences for w in s})
        self.subjects = set(self._subjects(sentences))
        self._gather_roles(sentences)
        self.persons = list(self._person_nouns(sentences))

    # --- who is in the article ---------------------------------------------------------------------------

    def _gather_names(self, parsed: Mapping[int, Word]) -> None:
        headlines = self._title_case()
        spans = [s for s in self._names(parsed) if not any(a <= s.start < b for a, b in headlines)]
        named = [(span, self._with_surname(span) or read_name(span.text)) for span in spans]
        named = [(span, name) for span, name in named if name.words and not _is_office(name)]
        # Longer names first, so that "Clinton" meets both Clintons and it shows that it is unclear.
        for span, name in sorted(named, key=lambda item: (-len(item[1].words), item[0].start)):
            entity = self._same(span, name) or self._new(name, span)
            entity.places.append(span.start)
            entity.full += len(name.words) > 1
            self.at[span.start], self.ends[span.start] = entity, span.end
            self._learn(entity, name)
        for span, name in named:
            self.at[span.start].forms.setdefault(name.text)
        for entity in self.entities:
            entity.places.sort()

    def _names(self, parsed: Mapping[int, Word]) -> list[Span]:
        """Capitalised stretches without first words of sentences that are no names ("Reached at home, he …").

        A lone first word is a name if it stands inside a sentence elsewhere, or is parsed as one.
        """
        spans = find_names(self.text)
        opening = {span.start for span in spans if len(span.text.split()) == 1 and self._opens(span.start)}
        elsewhere = {word for span in spans if span.start not in opening for word in span.text.split()}
        elsewhere |= {word.upper() for word in elsewhere}
        return [
            span
            for span in spans
            if span.text in elsewhere or _may_be_named(span, parsed.get(span.start), span.start in opening)
        ]

    def _with_surname(self, span: Span) -> Name | None:
        """In "Tom and Alice Renwick", Tom is Tom Renwick."""
        couple = _COUPLE.match(self.text, span.end) if span.text.isalpha() else None
        if couple is None or span.text.casefold() not in _given():
            return None
        return read_name(f"{span.text} {couple['surname']}")

    def _title_case(self) -> list[tuple[int, int]]:
        """Lines That Are Set Like This, where capitals do not tell what is a name."""
        bounds = zip([0, *self.lines], [*self.lines, len(self.text)], strict=True)
        return [(start, end) for start, end in bounds if _is_title_case(self.text[start:end])]

    def _opens(self, place: int) -> bool:
        """Whether a sentence or a quotation begins there."""
        return place in self.starts or self.text[place - 1 : place] in _MARKS

    def _same(self, span: Span, name: Name) -> _Entity | None:
        sex = sex_of(name)
        fits = [e for e in self.entities if e.key.words == name.words and (not sex or e.sex in (None, sex))]
        fits = fits or [e for e in self.entities if compatible(name, e.key)]
        if name.title and not fits and len(name.words) == 1:  # Sir Brian
            fits = [e for e in self.entities if len(e.key.words) > 1 and e.key.words[0] == name.words[0]]
        # A bare surname goes to whoever the article gives most often by the full name: "Clinton" of two.
        return max(fits, key=lambda e: (e.full, -self._away(e, span.start)), default=None)

    def _new(self, name: Name, span: Span) -> _Entity:
        article = self.text[max(0, span.start - 4) : span.start].lower() == "the "
        body = is_organisation(name) or (article and not name.title)
        entity = _Entity(name.text, "organisation" if body else "person", name)
        self.entities.append(entity)
        return entity

    def _learn(self, entity: _Entity, name: Name) -> None:
        entity.sex = entity.sex or sex_of(name)
        if name.title or sex_of(name):
            entity.sure = True
        if len(entity.key.words) == 1 and name.last in first_names("female"):
            # A first name alone ("Melanie"). Not so for men: Clinton, Grant and Kelly are surnames.
            entity.sex, entity.sure = entity.sex or "female", True
        if name.title:
            entity.describe(name.title)

    def _away(self, entity: _Entity, place: int) -> float:
        """Characters back to the last mention or, counted a thousandfold, forward to the first."""
        before = max((p for p in entity.places if p < place), default=None)
        if before is not None:
            return place - before
        return 1000.0 * (min(entity.places, default=place) - place)

    def _subjects(self, sentences: tuple[Sentence, ...]) -> Iterator[int]:
        """Where subjects stand; in a sentence that was not parsed, its first name counts for one."""
        starts = sorted(w.start for s in sentences for w in s if _is_subject(s, w))
        yield from starts
        for place, end in self.ends.items():
            at = bisect_left(starts, place)
            if at < len(starts) and starts[at] < end:
                yield place
        parsed = {bisect_right(self.breaks, w.start) for s in sentences for w in s}
        for place in sorted(self.at):
            if (number := bisect_right(self.breaks, place)) not in parsed:
                parsed.add(number)
                yield place

    def _gather_roles(self, sentences: tuple[Sentence, ...]) -> None:
        """Appositions and the like: "Liz Truss, the foreign secretary", "Ann Lee is the mayor"."""
        for place, end in self.ends.items():
            apposed = _APPOSED.match(self.text, end)
            if (
                apposed
                and self.at[place].kind == "person"
                and _head_noun(_tokens(apposed[1])) in words("roles")
            ):
                self.at[place].describe(_tokens(apposed[1]))
        for sentence in sentences:
            for word in sentence:
                for name, role in _said_to_be(sentence, word):
                    entity = self._named_by(sentence, name)
                    if entity is not None and entity.kind == "person":
                        entity.describe(_phrase(sentence, role))

    def _named_by(self, sentence: Sentence, word: Word) -> _Entity | None:
        run = [w for w in sentence.subtree(word) if w.upos == "PROPN"] if word.upos == "PROPN" else []
        return next((self.at[w.start] for w in run if w.start in self.at), None)

    def _person_nouns(self, sentences: tuple[Sentence, ...]) -> Iterator[Span]:
        """Phrases for people without a name: a pronoun may mean them."""
        for sentence in sentences:
            for word in sentence:
                noun = word.text.lower()
                if word.upos == "NOUN" and (noun in _people() or noun.removesuffix("s") in _people()):
                    run = [w for w in sentence.subtree(word) if word.index - 5 < w.index <= word.index]
                    yield Span.of(self.text, run[0].start, word.end)

    # --- who a mention is --------------------------------------------------------------------------------

    def meet(self, mention: Mention) -> _Entity | None:
        """The entity of a speaker's mention, which is remembered as having spoken there."""
        place = (mention.span.start, mention.span.end)
        if place not in self.met:
            self.met[place] = self._resolve(mention)
        entity = self.met[place]
        if entity is not None:
            entity.sure = True
            self.spoken.append((mention.span.start, entity))
        return entity

    def _resolve(self, mention: Mention) -> _Entity | None:
        word = mention.span.text.lower()
        if mention.kind == "pronoun" and word in _SEX:
            return self._person(mention.span, _SEX[word])
        if mention.kind == "pronoun" and word in _BODY:
            return self._body(mention.span)
        if mention.kind == "pronoun":
            return None if word in _NOBODY else self._voice(mention.span)
        return self._name(mention.span) if mention.kind == "name" else self._nominal(mention.span)

    def _inside(self, span: Span) -> list[_Entity]:
        """The entities whose names the span holds or stands in ("Sir |Brian|"), down to a preposition and
        without owners: of "Ted Cruz’s friend Ann Lee of Texas", Ann Lee."""
        stop = _PREPOSITION.search(self.text, span.start + 1, span.end)
        end = stop.start() if stop else span.end
        places = [p for p in sorted(self.at) if p < end and span.start < self.ends[p]]
        return [self.at[p] for p in places if not _OWNER.match(self.text, self.ends[p])]

    def _name(self, span: Span) -> _Entity:
        inside = self._inside(span)
        people = [entity for entity in inside if entity.kind == "person"]
        return people[-1] if people else inside[0] if inside else self._nominal(span)

    def _nominal(self, span: Span) -> _Entity:
        return (
            self._titled(span)
            or self._apposed(span)
            or self._holder(span)
            or self._headlined(span)
            or self._body_called(span)
            or self._voice(span)
        )

    def _titled(self, span: Span) -> _Entity | None:
        """The person whose name the phrase ends in or is a part of: "|City Attorney| Brad Holm"."""
        for place, end in self.ends.items():
            of_another = _PREPOSITION.search(self.text, span.start, place)  # a spokesman |for Lee|
            if place < span.end <= end and not of_another and self.at[place].kind == "person":
                return self.at[place]
        return None

    def _apposed(self, span: Span) -> _Entity | None:
        """ "its director, Ann Lee", "his boss, the former striker Ann Lee," and "Ann Lee, its director"."""
        after = _NAME_NEXT.match(self.text, span.end)
        if after and after.end() in self.at and self.at[after.end()].kind == "person":
            return self.at[after.end()]
        if before := _NAME_BEFORE.search(self.text, max(0, span.start - 4), span.start):
            near = [p for p, end in self.ends.items() if end == before.start()]
            people = [self.at[p] for p in near if self.at[p].kind == "person" and self.at[p].sure]
            return people[-1] if people else None
        return None

    def _holder(self, span: Span) -> _Entity | None:
        """Who is called so: by the same phrase, then by its head noun; only for "the …" and "its …"."""
        phrase = _tokens(span.text)
        if not phrase or phrase[0] in ("a", "an", "one", "another", "some") or self._inside(span):
            return None
        head, bare = _head_noun(phrase), " ".join(phrase[1:] if _ARTICLE.match(span.text) else phrase)
        called = [e for e in self.entities if bare in e.descriptions]
        called = called or [e for e in self.entities if any(_ends_alike(d, bare) for d in e.descriptions)]
        if not called and bare == head:
            called = [e for e in self.entities if head in e.roles]
        if not called and head in _EPITHETS and phrase[0] == "the":
            return self._person(span, None)
        return min(called, key=lambda e: self._away(e, span.start), default=None)

    def _headlined(self, span: Span) -> _Entity | None:
        """ "The foreign secretary" of a lead whose headline names somebody, if nobody else is called so.

        Leads vary the headline's name by the office, and often the article never joins the two.
        """
        phrase = _tokens(span.text)
        if phrase[:1] != ["the"] or _head_noun(phrase) not in words("roles"):
            return None
        named = [e for e in self.entities if e.kind == "person" and e.places and e.places[0] < span.start]
        first = min(named, key=lambda e: e.places[0], default=None)
        if first is None or first.roles or bisect_right(self.breaks, span.start) > _LEAD:
            return None
        first.describe(phrase[1:])
        return first

    def _body_called(self, span: Span) -> _Entity | None:
        """ "The charity", "the company": the body with a name of its own that came up shortly before."""
        phrase = _tokens(span.text)
        if len(phrase) != 2 or phrase[0] != "the" or phrase[1] not in words("body_nouns"):
            return None
        here = bisect_right(self.breaks, span.start)
        near = [
            (p, e)
            for p, e in self.at.items()
            if e.kind == "organisation" and p < span.start and here - bisect_right(self.breaks, p) <= _NEAR
        ]
        return max(near, key=lambda item: item[0])[1] if near else None

    def _voice(self, span: Span) -> _Entity:
        """An unnamed voice; the same phrase is the same voice unless the article says "another"."""
        name = _ARTICLE.sub("", span.text)
        phrase = _tokens(span.text)
        kind: SpeakerKind = (
            "organisation" if phrase and _head_noun(phrase) in words("organisation_words") else "unnamed"
        )
        fresh = phrase[:1] in (["another"], ["one"])
        for entity in self.entities:
            if not fresh and entity.kind == kind and entity.name.lower() == name.lower():
                entity.places.append(span.start)
                return entity
        entity = _Entity(name, kind, Name(name, tuple(phrase), ()), places=[span.start], forms={name: None})
        entity.describe([w for w in phrase if not _ARTICLE.match(w + " ")] or phrase)
        self.entities.append(entity)
        return entity

    # --- pronouns ----------------------------------------------------------------------------------------

    def _person(self, span: Span, sex: Sex | None) -> _Entity | None:
        self._meet_nouns_before(span.start)
        fits = [
            e
            for e in self.entities
            if _may_be_a_person(e)
            and (sex is None or e.sex in (None, sex))
            and e.places
            and min(e.places) < span.start
        ]
        best = max(fits, key=lambda e: self._salience(e, span.start, sex), default=None)
        best = best or self._named_next(span, sex)
        if best is not None:
            best.sex = best.sex or sex
        return best

    def _named_next(self, span: Span, sex: Sex | None) -> _Entity | None:
        """Where nobody came before, who is named soon after: "“We won,” he said. Lee had …"."""
        here = bisect_right(self.breaks, span.start)
        later = [(p, e) for p, e in sorted(self.at.items(), key=lambda item: item[0]) if p > span.start]
        near = [e for p, e in later if bisect_right(self.breaks, p) - here <= 2 and not self._is_quoted(p)]
        return next((e for e in near if e.kind == "person" and (sex is None or e.sex in (None, sex))), None)

    def _meet_nouns_before(self, place: int) -> None:
        """Resolve the person nouns of this paragraph that stand before the pronoun."""
        start = (
            self.lines[bisect_right(self.lines, place) - 1] if self.lines and self.lines[0] <= place else 0
        )
        for span in self.persons:
            if start <= span.start < place and (span.start, span.end) not in self.met:
                entity = self._nominal(span)
                self.met[span.start, span.end] = entity
                if span.start not in entity.places:
                    entity.places.append(span.start)

    def _salience(self, entity: _Entity, place: int, sex: Sex | None) -> float:
        """How likely a pronoun at `place` means the entity: recent, a subject, a speaker, of known sex.

        The weights were set by hand on the PolNeAR training articles and the articles of seeds/.
        """
        score = max((self._recency(p, place) for p in entity.places if p < place), default=0.0)
        last = next((e for p, e in reversed(self.spoken) if p < place), None)
        score += 0.15 * (last is entity) + 0.1 * (entity.sex == sex) - 0.5 * (not entity.sure)
        return score + 0.02 * min(5, len(entity.places))

    def _recency(self, mentioned: int, place: int) -> float:
        back = bisect_right(self.breaks, place) - bisect_right(self.breaks, mentioned)
        lines = bisect_right(self.lines, place) - bisect_right(self.lines, mentioned)
        weight = 1.4 / (1 + 0.5 * back + 0.3 * lines)
        if mentioned not in self.subjects:
            # "Turning to Lee, he said": what stands before a pronoun in its own sentence is seldom meant.
            weight *= 0.7 if back else 0.4
        if self.text[self.ends.get(mentioned, mentioned) :][:2] in ("’s", "'s"):
            weight *= 0.7
        return weight * (0.3 if self._is_quoted(mentioned) else 1.0)

    def _is_quoted(self, place: int) -> bool:
        at = bisect_right(self.quoted, (place, len(self.text))) - 1
        return at >= 0 and self.quoted[at][0] <= place < self.quoted[at][1]

    def _body(self, span: Span) -> _Entity | None:
        """It, they: the body that is most salient; they may also be an unnamed group."""
        self._meet_nouns_before(span.start)
        plural = span.text.lower() not in ("it", "its")
        fits = [
            e
            for e in self.entities
            if e.kind != "person"
            and (plural or not _may_be_a_person(e))
            and any(p < span.start for p in e.places)
        ]

        def salience(entity: _Entity) -> float:
            return max(self._recency(p, span.start) for p in entity.places if p < span.start)

        return max(fits, key=salience, default=None)


def _is_title_case(line: str) -> bool:
    """Whether four words in five of a line begin with a capital, short words aside.

    >>> _is_title_case("Obama Says Museum Will Tell the Whole Story"), _is_title_case("Ann Lee told Tom Day.")
    (True, False)
    """
    long = [word for word in _tokens_as_written(line) if len(word) > 3]
    return len(long) >= 5 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _tokens_as_written(text: str) -> list[str]:
    return [match.group() for match in _WORD.finditer(text)]


@cache
def _given() -> frozenset[str]:
    return first_names("male") | first_names("female")


def _may_be_named(span: Span, word: Word | None, opening: bool) -> bool:
    """Whether a stretch whose words stand in no other name is one, by the parse of its first word."""
    if word is None or word.text != span.text:
        return not opening or span.text.casefold() in _given()
    return word.upos == "PROPN" or (not opening and word.upos not in _NO_NAME)


def _may_be_a_person(entity: _Entity) -> bool:
    return entity.kind == "person" or (entity.kind == "unnamed" and not entity.roles.isdisjoint(_people()))


@cache
def _people() -> frozenset[str]:
    """Nouns for people: what they do, and what they are to others."""
    return words("roles") | words("person_nouns")


def _is_office(name: Name) -> bool:
    """A role in capitals, and nobody's name: "Foreign Secretary", not "Larry King"."""
    if name.words[-1] not in words("roles") or is_organisation(name):
        return False
    return not set(name.title) & words("courtesy_titles") and sex_of(name) is None


def _is_subject(sentence: Sentence, word: Word) -> bool:
    """A subject, or in apposition to one: "the harbour master, Ewan Pirie, was less impressed"."""
    head = sentence.head(word)
    apposed = word.deprel == "appos" and head is not None and head.deprel.startswith("nsubj")
    return apposed or word.deprel.startswith("nsubj")


def _said_to_be(sentence: Sentence, word: Word) -> Iterator[tuple[Word, Word]]:
    """(name, role) pairs that hang on `word`: "Lee, the mayor", "the mayor, Lee", "Lee is the mayor"."""
    head = sentence.head(word)
    if head is None:
        return
    if word.deprel == "appos":
        yield from ((a, b) for a, b in ((head, word), (word, head)) if b.upos == "NOUN")
    if word.deprel == "nsubj" and head.upos == "NOUN" and sentence.child(head, "cop"):
        yield word, head


def _phrase(sentence: Sentence, role: Word) -> list[str]:
    """The role with the words right before it, in small letters, without article."""
    run = [w for w in sentence.subtree(role) if role.index - 4 < w.index <= role.index and w.upos != "PUNCT"]
    return [w.text.lower() for w in run if not _ARTICLE.match(w.text + " ")] or [role.text.lower()]


def _tokens(text: str) -> list[str]:
    return [token.lower() for token in _tokens_as_written(text)]


def _head_noun(phrase: Sequence[str]) -> str:
    """The noun that a phrase is about.

    >>> _head_noun(["a", "spokesman", "for", "the", "mayor"])
    'spokesman'
    """
    end = next((i for i, token in enumerate(phrase) if i and token in _PHRASE_END), len(phrase))
    return phrase[end - 1] if phrase else ""


_OTHER_OFFICE = frozenset("shadow deputy vice assistant former ex acting under co".split())


def _ends_alike(description: str, bare: str) -> bool:
    """Whether one phrase is the other with words before it that do not make another office of it.

    >>> _ends_alike("uk foreign secretary", "foreign secretary")
    True
    >>> _ends_alike("shadow foreign secretary", "foreign secretary")
    False
    """
    short, long = sorted((description, bare), key=len)
    more = long.removesuffix(short)
    return more != long and (not more or (more.endswith(" ") and not _OTHER_OFFICE & set(more.split())))
