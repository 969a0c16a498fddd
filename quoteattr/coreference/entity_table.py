"""Who is in an article: the people and bodies that its names name, and what the text calls them.

Names are gathered from the whole article before any mention is resolved, the longest first, so that it does
not matter where the full name stands. Roles come from titles ("Gov. Ann Lee"), appositions ("Lee, the
mayor") and clauses ("Lee is the mayor", "Lee, who has been mayor since May").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from itertools import pairwise

import attrs
import regex

from quoteattr.coreference.affiliations import Origin, origin_after, origin_of
from quoteattr.coreference.mention_index import Places
from quoteattr.layout import is_title_case
from quoteattr.lexicon import body_kinds, cue_kind, first_names, full_words, outlet_words, roles_of, words
from quoteattr.names import (
    GENDERS,
    JOINERS,
    OFFICES,
    Gender,
    Name,
    compatible,
    find_names,
    gender_of,
    given_names,
    is_organisation,
    read_name,
)
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.schema import Span, Speaker, SpeakerKind

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")
_LINE = regex.compile(r"[^\r\n]+")
_ARTICLE = regex.compile(
    r"(?:(?:one|another|some)(?!\s+of\b)|the|a|an|this|that|these|those|its|his|her|their|our|my|your)\s+",
    regex.IGNORECASE,
)
# "Liz Truss|, the foreign secretary,", "Neil Hathersage|, who has been health secretary since"
_APPOSED = regex.compile(
    r"""
    , \s+ (?: \d{1,3}, \s+ )?
    (?: (?: the | a | an | its ) \s+
      | who \s (?: [\w’'-]+ \s ){0,8}? (?: is | was | has\sbeen | became | works\sas | serves\sas ) \s
        (?: (?: the|a|an ) \s )? )
    (?<role> (?: (?! (?: of|for|at|in|who|and ) \b ) [\w’'-]+ \s ){0,4}? [\w’'-]+ )
    (?= [,.] | \s (?: of|for|at|in|who|and|since|until ) \b )
    """,
    regex.VERBOSE,
)
# "Lena Kurz|, 28, won", "Lena Kurz| (28)", "Lena Kurz|, a 28-year-old baker"
_AGE = regex.compile(r",?\s\(?(?:aged?\s)?(?:an?\s)?(?<age>\d{1,3})(?=[,.;)]|-year-old)")
# "keeper |Sven Aldiss"
_NOUN_BEFORE = regex.compile(r"\b(\p{Ll}[\p{Ll}-]+)\s\Z")
# "her German counterpart, |Kurt Weiss|"
_PHRASE_BEFORE = regex.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|\p{L}+[’']s)\s(?<phrase>(?:[\w-]+\s){0,3}?[\p{Ll}-]+),\s\Z"
)
_CLOSED = regex.compile(r"[,.;:)\r\n”\"]")
# "its insurer, |Aviso|", "the charity |Shelterline|"
_BODY_BEFORE = regex.compile(
    r"(?:\b(?:[Tt]he|an?|[Ii]ts|[Tt]heir|[’']s)\s|(?<=\A|[.!?\n]\s?)(?=\p{Lu}))"
    r"(?:[\p{L}-]+\s){0,3}?(?<noun>\p{Ll}[\p{Ll}-]+),?\s\Z"
)
# "Tom| and Alice Renwick"
_COUPLE = regex.compile(r"\s(?:and|&)\s\p{Lu}\p{Ll}+\s(?<surname>\p{Lu}[\p{L}’'-]+)")
# What may stand between the names of two who act together: "Ann Lee| of Ohio and |Tom Day"
_TOGETHER = regex.compile(r"(?:\s(?:of|from)\s[\w .]{2,30})?,?\s(?:and|&)\s(?:(?:his|her)\s[\w-]+,?\s)?")
# "Alliance to Reclaim Our Schools| (AROS)"
_ACRONYM_NEXT = regex.compile(r"[,’'s]*\s\((?:the\s)?[“\"‘']?(?<acronym>\p{Lu}[\p{L}.&-]{1,9})[”\"’']?\)")
# "in |Orsk", and "Madison|, Alabama,"
_IN = regex.compile(r"\b(?:in|at|near|across|outside|around|throughout|outside)\s\Z", regex.IGNORECASE)
_IN_STATE = regex.compile(r",\s(?:\p{Lu}\p{L}+\.|(?<state>\p{Lu}\p{L}+)),?")
_NEXT_WORD = regex.compile(r"\s(\p{Ll}+)")
_PHRASE_END = frozenset("of for at in from with who to on near by and that which whose named called".split())
"""What ends the noun phrase's head: "a spokesman |for the mayor"."""
_HUMAN = regex.compile(r"\p{Ll}{3,}(?:er|or|ist|ian|man|woman|eer|ess|ee|boss|chief|head)")
_THINGS = frozenset(
    "address banner business chapter charter coffee committee computer corner counter degree error factor "
    "guarantee jubilee letter manner matter mirror motor newsletter newspaper number offer office order "
    "other paper pedigree poster power process progress quarter register river sector server success summer "
    "tower twitter water weather winter".split()
)
"""Nouns that end as those for people do."""
_VERBS = frozenset(
    "is was are were has have had will would could should may might can did does in on of and".split()
)
"""After a body's name, and never a noun that the name describes."""
_MANY = 50
"""People of one surname who are looked at on either side of a name: an article has few, a long list many."""
_BESIDE = 40
"""Characters after a name that are read for its short form: `regex` looks ahead for the bracket that the form
needs before it tries to match."""
_LONGEST_OFFICE = 10
"""Words that are taken off a phrase one by one: "foreign secretary" of "the uk foreign secretary"."""
_MARKS = frozenset("“‘\"'«„‚")
_NO_NAME = frozenset({"VERB", "AUX", "ADJ", "ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "NUM", "INTJ"})
"""Parts of speech that a name cannot be, though models take many a name for a noun."""
_OTHER_OFFICE = frozenset(
    "shadow deputy vice assistant former ex acting under co other first second third fourth".split()
)


@attrs.define(eq=False)
class Entity:
    """One person, body, group or unnamed voice of an article."""

    name: str
    """The fullest name; for an unnamed voice its noun phrase."""
    kind: SpeakerKind
    """As in `Speaker`."""
    key: Name
    """The name taken apart."""
    sex: Gender | None = None
    """Where it is known."""
    sure: bool = False
    """Whether more than a capital says that this is a person: a title, a first name, a role, a speech."""
    plural: bool = False
    """Whether it is more than one: "officials", "Ann Lee and Tom Day"."""
    full: int = 0
    """How often the article gives more than one word of the name."""
    names: list[int] = attrs.field(factory=list)
    """Where the names begin, in order."""
    forms: dict[str, None] = attrs.field(factory=dict)
    """Every form of the name, in order."""
    roles: set[str] = attrs.field(factory=set)
    """What the text calls them by one noun: "secretary", "spokesman"."""
    origin: Origin = attrs.field(factory=Origin)
    """Where they come from and what they belong to."""
    age: str = ""
    """Years, if the text gives them beside the name."""
    members: tuple[Entity, ...] = ()
    """Who a group is made of."""
    first: int = 0
    """Where the name that they were taken in by stands."""
    revealed: Entity | None = None
    """Of an unnamed voice, who the text says later that it is."""

    def speaker(self) -> Speaker:
        """What the library answers."""
        if self.revealed is not None:
            return self.revealed.speaker()
        return Speaker(self.name, self.kind, tuple(form for form in self.forms if form != self.name))

    @property
    def human(self) -> bool:
        """Whether it may be a person or people."""
        return self.kind == "person" or (self.kind == "unnamed" and any(map(is_human, self.roles)))

    @property
    def may_be_body(self) -> bool:
        """Whether a single word names it of which nothing says that it is a person: "Toyota"."""
        bare = len(self.key.words) == 1 and self.sex is None and not self.roles and not self.age
        return self.kind == "person" and bare and not self.plural and self.key.last not in given_names()


class Cast:
    """The people and bodies of one article."""

    def __init__(self, text: str, sentences: Collection[Sentence], places: Places) -> None:
        self.text = text
        self.entities: list[Entity] = []
        self.at: dict[int, Entity] = {}
        self.ends: dict[int, int] = {}
        self.aged: dict[str, list[Entity]] = {}
        self._places = places
        self._worded: dict[tuple[str, ...], list[Entity]] = {}
        self._surnamed: dict[str, list[Entity]] = {}
        self._alike: dict[str, list[Entity]] = {}
        self._described: dict[str, dict[Entity, None]] = {}
        self._briefly: dict[str, dict[Entity, None]] = {}
        self._holders: dict[str, dict[Entity, None]] = {}
        self._gather_names({w.start: w for s in sentences for w in s})
        self.starts = sorted(self.at)
        self._gather_roles(sentences)
        self._gather_groups()

    # --- asking ------------------------------------------------------------------------------------------

    def inside(self, start: int, end: int) -> list[tuple[int, Entity]]:
        """The names that the stretch holds or stands in ("Sir |Brian|"), in order."""
        first = bisect_left(self.starts, start)
        if first and self.ends[self.starts[first - 1]] > start:
            first -= 1
        return [(p, self.at[p]) for p in self.starts[first : bisect_left(self.starts, end)]]

    def starts_after(self, offset: int) -> Sequence[int]:
        """Where the next names begin."""
        first = bisect_right(self.starts, offset)
        return self.starts[first : first + _MANY]

    def named(self, name: Name, at: int) -> Entity | None:
        """Whose name it can be at that place, the most often named in full first; None if nobody's."""
        fits = [e for e in self._like(name, at) if compatible(name, e.key)] if name.words else []
        return max(fits, key=lambda e: (e.full, len(e.names), len(e.key.words), -e.first), default=None)

    def called(self, phrase: str) -> list[Set[Entity]]:
        """Everyone whom the text calls so; if nobody, those who by another phrase have the same office."""
        if phrase in self._described:
            return [self._described[phrase].keys()]
        shorter = (self._described.get(end, {}) for end in _same_offices(phrase))
        return [found.keys() for found in (self._briefly.get(phrase, {}), *shorter) if found]

    def holders(self, noun: str) -> list[Set[Entity]]:
        """Everyone whom a phrase of the text calls so by its noun."""
        return [self._holders[noun].keys()] if noun in self._holders else []

    @cached_property
    def first_person(self) -> Entity | None:
        """Who is named first."""
        return next((e for e in map(self.at.__getitem__, self.starts) if e.kind == "person"), None)

    def away(self, entity: Entity, offset: int) -> float:
        """Characters back to the last name or, counted a thousandfold, forward to the first."""
        at = bisect_left(entity.names, offset)
        if at:
            return offset - entity.names[at - 1]
        return 1000.0 * (entity.names[0] - offset) if entity.names else float("inf")

    # --- telling -----------------------------------------------------------------------------------------

    def add(self, entity: Entity) -> Entity:
        """Take somebody in."""
        words_ = entity.key.words
        self.entities.append(entity)
        self._worded.setdefault(words_, []).append(entity)
        insort(self._surnamed.setdefault(_stem(words_[-1]), []), entity, key=_first)
        for word in set(map(_stem, words_)):
            insort(self._alike.setdefault(word, []), entity, key=_first)
        return entity

    def describe(self, entity: Entity, phrase: Sequence[str], head: str = "") -> None:
        """Note that the text calls them so: a phrase in small letters, without article, and the noun that it
        is about, where that is known."""
        head = head or head_noun(phrase)
        entity.sex = entity.sex or next((sex for sex in GENDERS if head in words(f"{sex}_words")), None)
        if head in words("courtesy_titles"):
            return
        entity.origin |= origin_of(phrase)
        entity.roles.update(roles_of(head))
        for role in roles_of(head):
            self._holders.setdefault(role, {})[entity] = None
        ends = head not in phrase or phrase[-2:] == ("of", "state")
        description = " ".join(phrase if ends else phrase[: phrase.index(head) + 1])
        for called in (description, *(roles_of(head) if len(phrase) == 1 else ())):
            self._described.setdefault(called, {})[entity] = None
            for end in _same_offices(called):
                self._briefly.setdefault(end, {})[entity] = None
        if head in people():
            entity.sure = True

    # --- names -------------------------------------------------------------------------------------------

    def _gather_names(self, parsed: Mapping[int, Word]) -> None:
        named = [
            (s, self._with_surname(s) or read_name(s.text)) for s in self._cut(self._names(parsed), parsed)
        ]
        surnames = {name.last for _, name in named if len(name.words) > 1 and gender_of(name)}
        named = [(s, n) for s, n in named if n.words and not (_is_office(n) and n.last not in surnames)]
        acronyms = self._acronyms(named)
        # Longer names first, so that "Clinton" meets both Clintons and it shows that it is unclear.
        for span, name in sorted(named, key=lambda item: (-len(item[1].words), item[0].start)):
            spelled_out = acronyms.get(name.text.replace(".", ""))
            entity = self.named(spelled_out, span.start) if spelled_out else self._same(span, name)
            entity = entity or self._new(name, span)
            insort(entity.names, span.start)
            entity.full += len(name.words) > 1
            self.at[span.start], self.ends[span.start] = entity, span.end
            self._learn(entity, name, span)
        for span, name in named:
            self.at[span.start].forms.setdefault(name.text)
        for entity in self.entities:
            if entity.kind == "person" and not entity.sure and self._is_thing(entity):
                entity.kind = "organisation"
            entity.name = _fullest(entity)
            if entity.age:
                self.aged.setdefault(entity.age, []).append(entity)

    def _names(self, parsed: Mapping[int, Word]) -> list[Span]:
        """Capitalised stretches without first words of sentences that are no names ("Reached at home, he …").

        A lone first word is a name if it stands inside a sentence elsewhere, or is parsed as one. Lines Set
        Like This are left out, as capitals do not tell there what is a name.
        """
        headlines = [m.span() for m in _LINE.finditer(self.text) if is_title_case(m.group())]
        starts = [start for start, _ in headlines]

        def in_headline(span: Span) -> bool:
            at = bisect_right(starts, span.start) - 1
            return at >= 0 and span.start < headlines[at][1]

        found = find_names(self.text)
        spans = [span for span in found if not in_headline(span)]
        surnames = {word for span in spans for word in span.text.split()}
        for span in filter(in_headline, found):
            spans += _known_in(self.text, span, surnames)
        spans.sort(key=lambda span: span.start)
        opening = {span.start for span in spans if len(span.text.split()) == 1 and self._opens(span.start)}
        elsewhere = {word for span in spans if span.start not in opening for word in span.text.split()}
        elsewhere |= {word.upper() for word in elsewhere}
        return [
            span
            for span in spans
            if span.text in elsewhere or _may_be_named(span, parsed.get(span.start), span.start in opening)
        ]

    def _opens(self, start: int) -> bool:
        return self._places.opens(start) or self.text[start - 1 : start] in _MARKS

    def _cut(self, spans: list[Span], parsed: Mapping[int, Word]) -> Iterator[Span]:
        """Names without capitals before them that are no part of them: "Washington Post |Trump"."""
        known = {read_name(span.text).words for span in spans}
        bearers = Counter(name[-1] for name in known if len(name) > 1 and not _is_common(name[-1]))
        surnames = {(last,) for last, number in bearers.items() if number > 1} & known
        for span in spans:
            tokens = list(_WORD.finditer(span.text))
            lows = [token.group().casefold() for token in tokens]
            titled = len(tokens) - len(read_name(span.text).words)  # "Mayor |Ann Lee|" is one name
            word = parsed.get(span.start) if self._opens(span.start) else None
            for at in range(titled + 1, len(tokens)):
                before, rest = lows[:at], tuple(lows[at:])
                alone = rest in surnames and _is_no_first_name(before, word)
                alone = alone or (at == 1 and _is_body_called(lows, self._opens(span.start)))
                if alone or _is_cut(before, rest, known):
                    yield Span.of(self.text, span.start + tokens[at].start(), span.end)
                    break
            else:
                yield span

    def _with_surname(self, span: Span) -> Name | None:
        """In "Tom and Alice Renwick", Tom is Tom Renwick."""
        couple = _COUPLE.match(self.text, span.end) if span.text.isalpha() else None
        first, places = span.text.casefold(), words("places")
        if couple is None or first not in given_names():
            return None
        if first in places or couple["surname"].casefold() in places:  # "Florida and New York"
            return None
        return read_name(f"{span.text} {couple['surname']}")

    def _acronyms(self, named: Sequence[tuple[Span, Name]]) -> dict[str, Name]:
        """Short forms of bodies: in brackets after the name, or the initials of one name alone."""
        short = {
            name.text.replace(".", "") for _, name in named if len(name.words) == 1 and name.text.isupper()
        }
        found: dict[str, Name] = {}
        bodies = {name.words: name for _, name in named if not name.title}
        initials: dict[str, list[Name]] = {}
        for name in bodies.values():
            for letters in set(_initials(name)):
                initials.setdefault(letters, []).append(name)
        for span, name in named:
            match = _ACRONYM_NEXT.match(self.text, span.end, span.end + _BESIDE)
            if match is not None and len(name.words) > 1:
                found[match["acronym"].replace(".", "")] = name
        for acronym in short - set(found):
            if len(initials.get(acronym, ())) == 1:
                found[acronym] = initials[acronym][0]
        return found

    def _same(self, span: Span, name: Name) -> Entity | None:
        sex = gender_of(name)
        fits = [e for e in self._worded.get(name.words, ()) if not sex or e.sex in (None, sex)]
        alike = [] if fits else self._like(name, span.start)
        fits = fits or [e for e in alike if compatible(name, e.key)]
        if name.title and not fits and len(name.words) == 1:  # Sir Brian, Ms Ruiz of Carmen Ruiz Ortega
            held = [e for e in alike if name.last in e.key.words and e.kind == "person"]
            fits = [e for e in held if not sex or e.sex in (None, sex)]
        if not fits and len(name.words) == 1:
            fits = [e for e in alike if e.key.words[0] == name.last and _is_firm(e.key.words[1:])]
        return min(fits, key=lambda e: self._rank(e, name, span), default=None)

    def _rank(self, entity: Entity, name: Name, span: Span) -> tuple[bool, bool, bool, int]:
        """Whom a part of a name means, the least first.

        A surname goes before a first name. A capital that opens one sentence alone is hardly a first name
        ("Debating Clinton"). Of two Clintons the one is meant who was named in full right before, else whom
        the article names first: the other keeps the first name.
        """
        first = entity.names[0] if entity.names else span.start
        alone = entity.full == 1 and self._opens(first) and entity.key.words[0] not in given_names()
        near = not name.title and self._in_full_before(entity, span.start)
        return name.last != entity.key.last, alone, not near, first

    def _in_full_before(self, entity: Entity, offset: int) -> bool:
        """Whether the last name before the place is a full one, in that sentence or the one before."""
        at = bisect_left(entity.names, offset)
        last = entity.names[at - 1] if at else offset
        full = " " in self.text[last : self.ends.get(last, last)] and not self._is_owner(last)
        return full and self._places.sentence(offset) - self._places.sentence(last) <= 1

    def _is_owner(self, start: int) -> bool:
        return self.text[self.ends[start] : self.ends[start] + 1] in ("'", "’")

    def _like(self, name: Name, at: int) -> list[Entity]:
        """Everyone near the place whose name may be this one: of one word, that word; else its surname or, as
        a whole, its first word."""
        if len(name.words) == 1:
            return _near(self._alike.get(_stem(name.last), []), at)
        alone = [e for e in self._worded.get(name.words[:1], ()) if e.key.last != name.last]
        return _near(self._surnamed.get(_stem(name.last), []), at) + alone

    def _is_thing(self, entity: Entity) -> bool:
        """Whether the name stands as those of places do throughout, or mostly after "the", or is told to be
        that of a body."""
        if any(self._is_called_body(start) for start in entity.names):
            return True
        if any(self.text.startswith(", which", self.ends[start]) for start in entity.names):
            return True
        articles = sum(self._has_article(start) for start in entity.names)
        return 2 * articles > len(entity.names) or all(map(self._is_place, entity.names))

    def _is_called_body(self, start: int) -> bool:
        """ "its insurer, |Aviso|", "|Aviso|, a French insurer,"."""
        before = _BODY_BEFORE.search(self.text, max(0, start - 30), start)
        after = _APPOSED.match(self.text, self.ends[start])
        called = {before["noun"]} if before else set()
        if after is not None and after["role"]:
            called.add(head_noun(tokens(after["role"])))
        return not called.isdisjoint(words("body_nouns") | outlet_words("nouns"))

    def _has_article(self, start: int) -> bool:
        """ "The |Kremlin| denied it", not "the |Clinton| campaign"."""
        if self.text[max(0, start - 4) : start].lower() != "the ":
            return False
        subject = self._places.role(start, self.ends[start]) != "other"
        match = _NEXT_WORD.match(self.text, self.ends[start])
        word = match[1] if match is not None else ""
        return subject or not word or cue_kind(word, word) is not None or word in _VERBS

    def _is_place(self, start: int) -> bool:
        """Whether a name stands where the names of places stand."""
        return bool(_IN.search(self.text, max(0, start - 12), start)) or self._is_in_state(start)

    def _is_in_state(self, start: int) -> bool:
        """ "|Madison|, Alabama," """
        match = _IN_STATE.match(self.text, self.ends[start])
        state = match["state"] if match is not None else None
        return match is not None and (not state or state.casefold() in words("places"))

    def _new(self, name: Name, span: Span) -> Entity:
        body = is_organisation(name) or is_known_place(name) or is_people(name)
        return self.add(Entity(name.text, "organisation" if body else "person", name, first=span.start))

    def _learn(self, entity: Entity, name: Name, span: Span) -> None:
        entity.sex = entity.sex or gender_of(name)
        if name.title or gender_of(name):
            entity.sure = True
        if entity.kind == "person" and len(entity.key.words) == 1 and name.last in first_names("female"):
            # A first name alone ("Melanie"). Not so for men: Clinton, Grant and Kelly are surnames.
            entity.sex, entity.sure = entity.sex or "female", True
        if name.title:
            self.describe(entity, name.title, name.title[-1] if name.title[-1] in words("roles") else "")
            if name.title[-1] in words("short_titles") and name.title[0] in words("roles"):
                self.describe(entity, name.title[:1])  # "Detective Sgt. Lane" is the detective as well
        before = _NOUN_BEFORE.search(self.text, max(0, span.start - 30), span.start)
        if before and entity.kind == "person" and before[1] in people():
            self.describe(entity, [before[1]])
        phrase = _PHRASE_BEFORE.search(self.text, max(0, span.start - 60), span.start)
        if phrase and entity.kind == "person" and _CLOSED.match(self.text, span.end):
            self._describe_as(entity, tokens(phrase["phrase"]))
        entity.origin |= origin_after(self.text, span.end, titled=bool(name.title))
        if age := _AGE.match(self.text, span.end):
            entity.age = entity.age or age["age"]

    def _describe_as(self, entity: Entity, phrase: Sequence[str]) -> None:
        if is_human(head_noun(phrase)):
            self.describe(entity, phrase)

    # --- roles -------------------------------------------------------------------------------------------

    def _gather_roles(self, sentences: Iterable[Sentence]) -> None:
        for start in self.starts:
            entity, apposed = self.at[start], _APPOSED.match(self.text, self.ends[start])
            head = head_noun(tokens(apposed["role"])) if apposed and apposed["role"] else ""
            if apposed and (is_human(head) if entity.kind == "person" else head and body_kinds(head)):
                self.describe(entity, tokens(apposed["role"]))
            before = _BODY_BEFORE.search(self.text, max(0, start - 30), start)
            if before and entity.kind == "organisation" and body_kinds(before["noun"]):
                self.describe(entity, [before["noun"]])
        for sentence in sentences:
            for word in sentence:
                for name, role in _said_to_be(sentence, word):
                    named = self._named_by(sentence, name)
                    if named is not None and named.kind == "person":
                        self.describe(named, _phrase(sentence, role))

    def _named_by(self, sentence: Sentence, word: Word) -> Entity | None:
        run = [w for w in sentence.subtree(word) if w.upos == "PROPN"] if word.upos == "PROPN" else []
        return next((self.at[w.start] for w in run if w.start in self.at), None)

    # --- groups ------------------------------------------------------------------------------------------

    def _gather_groups(self) -> None:
        """Two people named with "and" between them: "Carl Dunn and Faye Dunn", "Joan and Peter Fisk"."""
        self.groups: dict[int, tuple[int, Entity]] = {}
        known: dict[tuple[int, int], Entity] = {}
        for at, start in enumerate(self.starts):
            second = self.at[start]
            for before in self.starts[max(0, at - 2) : at]:
                first = self.at[before]
                pair = first is not second and first.kind == second.kind == "person"
                if pair and _TOGETHER.fullmatch(self.text, self.ends[before], start):
                    key = (id(first), id(second))
                    group = known.get(key) or self._group(first, second)
                    known[key] = self.groups.setdefault(before, (self.ends[start], group))[1]
                    break

        families: dict[str, list[Entity]] = {}
        for group in dict.fromkeys(group for _, group in self.groups.values()):
            if len(surnames := {member.key.last for member in group.members}) == 1:
                families.setdefault(surnames.pop(), []).append(group)
        for start in self.starts:
            # "The |Renwicks|": the two people of that name who are named together, if they are.
            name = self.at[start].key
            bearers = families.get(name.last.removesuffix("s"), [])
            if len(bearers) == 1 and len(name.words) == 1:
                self.groups[start] = (self.ends[start], bearers[0])

    def _group(self, first: Entity, second: Entity) -> Entity:
        one, two = first.name, second.name
        name = f"{one.rpartition(' ')[0]} and {two}" if _share_surname(first, second) else f"{one} and {two}"
        group = Entity(name, "person", read_name(name), plural=True, members=(first, second))
        self.entities.append(group)
        return group


def tokens(text: str) -> list[str]:
    """The words of a phrase in small letters."""
    return [match.group().lower() for match in _WORD.finditer(text)]


def without_article(text: str) -> str:
    """A noun phrase without its first word, if that is an article or the like.

    >>> without_article("one aide to Ms Lee"), without_article("one of them")
    ('aide to Ms Lee', 'one of them')
    """
    match = _ARTICLE.match(text)
    return text[match.end() :] if match else text


def head_noun(phrase: Sequence[str]) -> str:
    """The noun that a phrase is about.

    >>> head_noun(["a", "spokesman", "for", "the", "mayor"])
    'spokesman'
    """
    end = next((i for i, token in enumerate(phrase) if i and token in _PHRASE_END), len(phrase))
    return phrase[end - 1] if phrase else ""


def _same_offices(phrase: str) -> Iterator[str]:
    """The phrase without words before it that do not make another office of it.

    >>> list(_same_offices("uk foreign secretary")), list(_same_offices("shadow foreign secretary"))
    (['foreign secretary', 'secretary'], [])
    """
    found = phrase.split()
    for at, before in enumerate(found[:-1][:_LONGEST_OFFICE]):
        if before in _OTHER_OFFICE:
            return
        yield " ".join(found[at + 1 :])


@cache
def people() -> frozenset[str]:
    """Nouns for people: what they do, and what they are to others."""
    return words("roles") | words("person_nouns") | words("epithets") | {"guard"}


@cache
def is_human(noun: str) -> bool:
    """Whether a noun is one for people, by the lists or by how it ends.

    >>> is_human("announcer"), is_human("letter"), is_human("council")
    (True, False, False)
    """
    return noun in people() or (noun not in _THINGS and not is_thing(noun) and bool(_HUMAN.fullmatch(noun)))


def is_thing(noun: str) -> bool:
    """Whether a noun is known for one of bodies, writings or other things.

    >>> is_thing("council"), is_thing("letter"), is_thing("letters"), is_thing("constituent")
    (True, True, True, False)
    """
    one = noun.removesuffix("s")
    kinds = (words("organisation_words"), words("body_nouns"), words("writings"))
    return noun not in people() and any(noun in kind or one in kind for kind in kinds)


def _first(entity: Entity) -> int:
    return entity.first


def _near(entities: list[Entity], at: int) -> list[Entity]:
    """Those who come in before and after the place, if there are many; in order."""
    middle = bisect_left(entities, at, key=_first)
    return entities[max(0, middle - _MANY) : middle + _MANY]


def _stem(word: str) -> str:
    """What names that may be spelled in two ways have in common: see `names.same_spelling`."""
    return word[:5]


def _known_in(text: str, span: Span, surnames: Set[str]) -> Iterator[Span]:
    """First names with surnames that the text has elsewhere, in a headline that capitals tell nothing of."""
    for first, last in pairwise(_WORD.finditer(text, span.start, span.end)):
        if first.group().casefold() in given_names() and last.group() in surnames:
            yield Span.of(text, first.start(), last.end())


def _may_be_named(span: Span, word: Word | None, opening: bool) -> bool:
    """Whether a stretch whose words stand in no other name is one, by the parse of its first word."""
    if word is None or word.text != span.text:
        return not opening or span.text.casefold() in given_names()
    return word.upos == "PROPN" or (not opening and word.upos not in _NO_NAME)


def _is_cut(before: Sequence[str], rest: tuple[str, ...], known: set[tuple[str, ...]]) -> bool:
    """Whether the name begins after the words before it.

    A body's name ends and a name that stands elsewhere begins; or capitals lead up to a full name that stands
    elsewhere without them and begins with a first name, as they do not.
    """
    titles = words("roles") | words("short_titles") | words("courtesy_titles")
    bodies = words("organisation_words")
    if before[-1] in JOINERS or len(before[-1]) == 1:
        return False
    full = 1 < len(rest) < 4 and rest[0] in given_names() and not given_names() & set(before)
    if full and not bodies.intersection(rest) and not JOINERS.intersection(rest) and _leads_up(before):
        return True
    if rest not in known or titles & set(before):
        return False
    if before[-1] in bodies and rest[-1] not in bodies:
        return len(before) > 1
    return full


_NO_FIRST = frozenset(
    "absent against ex former like neither never nor old poor said says see team then top unlike "
    "young".split()
)
"""What stands in capitals before a surname at the start of a sentence or in a headline."""


def _is_no_first_name(before: Sequence[str], word: Word | None) -> bool:
    """Whether what stands before a surname is no first name: "|Neither| Lee", "|Chasing| Lee", "|Ohio| Lee";
    `word` is the first word, where a sentence begins with it."""
    if not given_names().isdisjoint(before):
        return False
    placed = before[-1] in words("places") or before[-1].endswith("-area")
    verb = word is not None and (word.upos in _NO_NAME or before[0].endswith(("ing", "ly")))
    return placed or verb or before[-1] in _NO_FIRST


def _is_body_called(name: Sequence[str], opens: bool) -> bool:
    """ "|Airline| Jetway" at the start of a sentence; not "Group Lotus" inside of one."""
    calls = name[0] in words("body_nouns") and "company" in body_kinds(name[0])
    return opens and calls and not any(body_kinds(word) or word in JOINERS for word in name[1:])


def _is_common(word: str) -> bool:
    """Whether the last word of a name is one that many names end in: "Carolina Democrat"."""
    kinds = (words("demonyms"), words("places"), words("organisation_words"), words("thing_words"))
    return any(word in kind for kind in kinds)


def _leads_up(before: Sequence[str]) -> bool:
    """Whether words in capitals tell of the one named after them: "Supreme Court |Ann Lee|", "Utah-born |Ann
    Lee|", "Celebrities |Ann Lee|"."""
    last = before[-1]
    human = last.removesuffix("s") in people() or last.endswith(("-born", "-based")) or last in _SAYING
    return human or (len(before) > 1 and last in words("organisation_words"))


_SAYING = frozenset({"said", "says", "added", "asked", "wrote", "thanks"})
"""Verbs that open a sentence in capitals: "|Said| Ann Lee"."""


def _is_office(name: Name) -> bool:
    """A role in capitals, and nobody's name: "Foreign Secretary", not "Larry King"."""
    if name.words[0] in OFFICES and len(name.words) > 1 and name.words[1] in JOINERS:  # Director of Bridges
        return True
    if name.last not in words("roles") or is_organisation(name):
        return False
    return not set(name.title) & words("courtesy_titles") and gender_of(name) is None


_OF_PLACES = frozenset(
    "north south east west northern southern eastern western new central independent democratic "
    "republican".split()
)
"""Words that a place's name begins with, or that headlines and offices put before it."""


def is_known_place(name: Name) -> bool:
    """A country, a state or a large city, or a part of it: "Russia", "North Carolina", "Republican Texas"."""
    words_ = name.words if len(name.words) == 1 or name.words[0] not in _OF_PLACES else name.words[1:]
    return len(words_) == 1 and words_[0] in words("places") and not name.title


def is_people(name: Name) -> bool:
    """Where people come from or what they belong to: "Democrats", "Kent County Republican"."""
    forms = {name.last, name.last.removesuffix("s"), name.last.removesuffix("ies") + "y"}
    given = len(name.words) == 2 and name.words[0] in given_names()
    known = words("demonyms") | full_words("origin_words").keys()
    return bool(forms & known) and not name.title and not given


def _is_firm(rest: Sequence[str]) -> bool:
    """Whether the words only say what kind of firm it is: "Brightwell |Holdings plc|"."""
    return bool(rest) and words("firm_words").issuperset(rest)


def _initials(name: Name) -> Iterator[str]:
    """Both ways to shorten a body's name: "FBI", "DOJ"."""
    if len(name.words) > 1 and gender_of(name) is None:
        yield "".join(word[0] for word in name.words if word not in JOINERS).upper()
        yield "".join(word[0] for word in name.words if word != "the").upper()


def _fullest(entity: Entity) -> str:
    """The longest form, without words after a shorter form that is a full name: "Ann Lee| Election Day"."""
    full = [form for form in entity.forms if " " in form and entity.name.startswith(form + " ")]
    return min(full, key=len) if full and entity.kind == "person" else entity.name


def _share_surname(first: Entity, second: Entity) -> bool:
    one, two = first.key.words, second.key.words
    return len(one) > 1 and len(two) > 1 and one[-1] == two[-1]


def _said_to_be(sentence: Sentence, word: Word) -> Iterator[tuple[Word, Word]]:
    """(name, role) pairs that hang on `word`: "Lee, the mayor", "the mayor, Lee", "Lee is the mayor"."""
    head = sentence.head(word)
    if head is None:
        return
    if word.deprel == "appos":
        yield from ((a, b) for a, b in ((head, word), (word, head)) if _is_human(b))
    if word.deprel == "nsubj" and _is_human(head) and sentence.child(head, "cop"):
        yield word, head


def _is_human(word: Word) -> bool:
    """Whether the noun is one for people, as far as its ending tells."""
    return word.upos == "NOUN" and is_human(word.text.lower())


def _phrase(sentence: Sentence, role: Word) -> list[str]:
    """The role with the words right before it, in small letters, without article."""
    run = [w for w in sentence.subtree(role) if role.index - 4 < w.index <= role.index and w.upos != "PUNCT"]
    return [w.text.lower() for w in run if not _ARTICLE.match(w.text + " ")] or [role.text.lower()]
