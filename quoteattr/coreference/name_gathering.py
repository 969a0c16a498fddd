"""Finds the names of an article among its capitalised words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import pairwise

import attrs
import regex

from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.name_boundaries import fit_to_persons
from quoteattr.coreference.nouns import is_human, nouns_for_people, phrase_words
from quoteattr.coreference.offices import is_common, is_title, length_of_field, office_before
from quoteattr.layout import looks_like_headline
from quoteattr.lexicon import full_forms, organisation_kinds, word_list, words
from quoteattr.names import (
    JOINERS,
    OFFICES,
    Name,
    NameKind,
    Tagging,
    find_names,
    gender_of,
    given_names,
    is_common_word,
    is_joined_office,
    is_organisation,
    read_name,
    tagging_of,
)
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.schema import Span

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")
_LINE = regex.compile(r"[^\r\n]+")
# "Tom| and Alice Renwick"
_COUPLE = regex.compile(r"\s(?:and|&)\s\p{Lu}\p{Ll}+\s(?<surname>\p{Lu}[\p{L}’'-]+)")
# "Alliance to Reclaim Our Schools| (AROS)"
_ACRONYM_NEXT = regex.compile(r"[,’'s]*\s\((?:the\s)?[“\"‘']?(?<acronym>\p{Lu}[\p{L}.&-]{1,9})[”\"’']?\)")
_ACRONYM_WITHIN = 40
"""Characters after a name that are read for its acronym in brackets. Without a limit, each search would scan
the rest of the text for a bracket."""
_QUOTATION_MARKS = frozenset("“‘\"'«„‚")
_NOT_NAMES = frozenset({"VERB", "AUX", "ADJ", "ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ", "NUM", "INTJ"})
"""Parts of speech that a name cannot have. NOUN is not one of them, as models take many names for nouns."""
_BARE_TITLE = 0.8
"""Probability of naming a person from which a title alone is a name: "We met |Dame|."."""
_ORDINARY = 0.1
"""Mean probability of being part of a name below which common words are none."""
_NAME_OF_COMMON_WORDS = 3
"""Words with capitals that are a name though each is common: "Big Machine Records". Set by hand."""
_NOT_FIRST_NAMES = word_list("coreference", "not_first_names")
_VERBS_BEFORE_NAMES = word_list("coreference", "verbs_before_names")
_PLACE_MODIFIERS = word_list("coreference", "place_modifiers")


@attrs.frozen
class FoundName:
    """One name in the text."""

    span: Span
    """Its position, with its title."""
    name: Name
    """The parsed name."""
    odds: Mapping[NameKind, float] = attrs.field(factory=dict)
    """What the name tagger says that it names; empty if it was not asked."""


@attrs.frozen
class _Source:
    """The article that is searched for names."""

    text: str
    """The article."""
    parsed: Mapping[int, Word]
    """The parsed words by offset."""
    index: MentionIndex
    """The sentences."""
    tagging: Tagging
    """What the name tagger says of its words."""

    def opens(self, start: int) -> bool:
        """Whether a sentence or a quotation begins at the offset."""
        return opens_sentence(self.text, start, self.index)


def gather_names(text: str, sentences: Collection[Sentence], index: MentionIndex) -> list[FoundName]:
    """Finds the names of people, organisations and places.

    Args:
        text: the article.
        sentences: its parsed sentences; their parts of speech distinguish names from other capitalised words.
        index: the sites of its mentions.

    Returns:
        The names in order. Bare offices ("Foreign Secretary") are left out.

    >>> text = "Reached at home, Ann Lee laughed."
    >>> [found.name.text for found in gather_names(text, (), MentionIndex(text, (), ()))]
    ['Ann Lee']
    """
    tagging = tagging_of(text)
    source = _Source(text, {w.start: w for s in sentences for w in s}, index, tagging)
    fitted = fit_to_persons(text, _cut(source, _name_spans(source)), tagging)
    named = [
        FoundName(span, _with_shared_surname(text, span) or name, _odds(span, name, tagging))
        for span, name in fitted
    ]
    surnames = {f.name.last for f in named if len(f.name.words) > 1 and gender_of(f.name)}
    named = [f for f in _with_offices(text, named) if f.name.words]
    named = [f for f in named if not (_is_office(f.name) and f.name.last not in surnames)]
    names = {f.name.words for f in named if not _is_ordinary(f)}
    return [f for f in named if f.name.words in names]


def _odds(span: Span, name: Name, tagging: Tagging) -> Mapping[NameKind, float]:
    """What the tagger says of a name without its title and what follows it."""
    start = span.start + max(0, span.text.rfind(name.text))
    return tagging.odds(start, start + len(name.text))


def opens_sentence(text: str, start: int, index: MentionIndex) -> bool:
    """Whether a sentence or a quotation begins at the offset."""
    return index.opens_sentence(start) or text[start - 1 : start] in _QUOTATION_MARKS


def spelled_out(text: str, names: Sequence[FoundName]) -> dict[str, Name]:
    """Maps each acronym to its name.

    Either the acronym stands in brackets after the name, or only one name has these initials.

    >>> text = "The Road Users Board (RUB) met. RUB is new."
    >>> found = gather_names(text, (), MentionIndex(text, (), ()))
    >>> spelled_out(text, found)["RUB"].text
    'Road Users Board'
    """
    names_only = [found.name for found in names]
    acronyms = {n.text.replace(".", "") for n in names_only if len(n.words) == 1 and n.text.isupper()}
    found_names: dict[str, Name] = {}
    initials: dict[str, list[Name]] = {}
    for name in {name.words: name for name in names_only if not name.title}.values():
        for letters in set(_initials(name)):
            initials.setdefault(letters, []).append(name)
    for found in names:
        match = _ACRONYM_NEXT.match(text, found.span.end, found.span.end + _ACRONYM_WITHIN)
        if match is not None and len(found.name.words) > 1:
            found_names[match["acronym"].replace(".", "")] = found.name
    for acronym in acronyms - set(found_names):
        if len(initials.get(acronym, ())) == 1:
            found_names[acronym] = initials[acronym][0]
    return found_names


def is_known_place(name: Name) -> bool:
    """Whether the name is that of a country, a state, a large city or a part of one.

    >>> [is_known_place(read_name(name)) for name in ("Russia", "North Carolina", "Ann Lee")]
    [True, True, False]
    """
    named = name.words if len(name.words) == 1 or name.words[0] not in _PLACE_MODIFIERS else name.words[1:]
    return len(named) == 1 and named[0] in words("places") and not name.title


def is_people(name: Name) -> bool:
    """Whether the name is that of people by origin or party.

    >>> [is_people(read_name(name)) for name in ("Democrats", "Kent County Republican", "Ann Lee")]
    [True, True, False]
    """
    forms = {name.last, name.last.removesuffix("s"), name.last.removesuffix("ies") + "y"}
    given = len(name.words) == 2 and name.words[0] in given_names()
    demonyms, adjectives = words("demonyms"), full_forms("affiliation_words")
    listed = any(form in demonyms or form in adjectives for form in forms)
    return listed and not name.title and not given


# --- which capitalised stretches are names ----------------------------------------------------------------


def _name_spans(source: _Source) -> list[Span]:
    """Capitalised stretches, without first words of sentences that are not names ("Reached at home, he …").

    A single capitalised word at the start of a sentence is a name if it also occurs inside a sentence, or if
    the parse shows it. In headlines Set Like This, only names that also occur elsewhere are found.
    """
    headlines = [m.span() for m in _LINE.finditer(source.text) if looks_like_headline(m.group())]
    starts = [start for start, _ in headlines]

    def in_headline(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.start < headlines[at][1]

    found = find_names(source.text)
    spans = [span for span in found if not in_headline(span)]
    surnames = {word for span in spans for word in span.text.split()}
    for span in filter(in_headline, found):
        spans += _known_in(source.text, span, surnames)
    spans.sort(key=lambda span: span.start)
    opening = {span.start for span in spans if len(span.text.split()) == 1 and source.opens(span.start)}
    elsewhere = {word for span in spans if span.start not in opening for word in span.text.split()}
    elsewhere |= {word.upper() for word in elsewhere}
    return [
        span
        for span in spans
        if span.text in elsewhere or _may_be_name(span, source, opening=span.start in opening)
    ]


def _known_in(text: str, span: Span, surnames: Set[str]) -> Iterator[Span]:
    """Yields names in a headline: first names with a surname that occurs elsewhere in the article."""
    for first, last in pairwise(_WORD.finditer(text, span.start, span.end)):
        if first.group().casefold() in given_names() and last.group() in surnames:
            yield Span.of(text, first.start(), last.end())


def _may_be_name(span: Span, source: _Source, *, opening: bool) -> bool:
    """Whether a stretch is a name, according to the parse of its first word; without a parse, according to
    the name tagger. Used if its words occur in no other name."""
    word = source.parsed.get(span.start)
    if word is None or word.text != span.text:
        listed = not opening or span.text.casefold() in given_names()
        return listed or (not _is_common_noun(span.text) and _is_tagged(span, source.tagging))
    return word.upos == "PROPN" or (not opening and word.upos not in _NOT_NAMES)


def _is_common_noun(word: str) -> bool:
    """Whether a word is common in small letters, in the singular or the plural."""
    singular = word.removesuffix("s")
    return is_common_word(word) or is_common_word(singular) or is_human(singular.casefold())


def _is_tagged(span: Span, tagging: Tagging) -> bool:
    return sum(tagging.odds(span.start, span.end).values()) >= _ORDINARY


def _with_shared_surname(text: str, span: Span) -> Name | None:
    """The full name of the first of two people who share a surname: Tom Renwick in "Tom and Alice
    Renwick"."""
    couple = _COUPLE.match(text, span.end) if span.text.isalpha() else None
    first, places = span.text.casefold(), words("places")
    if couple is None or first not in given_names():
        return None
    if first in places or couple["surname"].casefold() in places:  # "Florida and New York"
        return None
    return read_name(f"{span.text} {couple['surname']}")


def _is_office(name: Name) -> bool:
    """Whether the name is a role in capitals: "Foreign Secretary", but not "Larry King"."""
    if name.words[0] in OFFICES and len(name.words) > 1 and name.words[1] in JOINERS:  # Director of Bridges
        return True
    if not (name.last in words("roles") or is_joined_office(name.last)) or is_organisation(name):
        return False
    return not set(name.title) & words("courtesy_titles") and gender_of(name) is None


def _with_offices(text: str, named: Sequence[FoundName]) -> list[FoundName]:
    """Returns the names. A name after a long office gets it as its title: "|Minister of Finance Ann Lee|"."""
    result: list[FoundName] = []
    for found in named:
        start = found.span.start
        office = office_before(text, start)
        if office and not found.name.title:
            span = Span.of(text, office.start, found.span.end)
            titled = attrs.evolve(found.name, title=tuple(phrase_words(office.text)))
            found = attrs.evolve(found, span=span, name=titled)
            while result and result[-1].span.start >= span.start:
                result.pop()
        result.append(found)
    return result


def _is_ordinary(found: FoundName) -> bool:
    """Whether a supposed name is ordinary words. Either it has no title, the tagger takes it for no name, and
    its words are common in small letters ("Farmers", "Human Rights"); or it is a title alone ("His
    |Highness|")."""
    if all(word in words("courtesy_titles") or word in words("short_titles") for word in found.name.words):
        return found.odds.get("person", 0.0) < _BARE_TITLE
    if found.name.title or gender_of(found.name) is not None:
        return False
    several = found.name.text.split()
    return (
        len(several) < _NAME_OF_COMMON_WORDS
        and sum(found.odds.values()) < _ORDINARY
        and all(map(is_common_word, several))
    )


def _initials(name: Name) -> Iterator[str]:
    """The acronyms that an organisation's name may have: "FBI", "DOJ"."""
    if len(name.words) > 1 and gender_of(name) is None:
        yield "".join(word[0] for word in name.words if word not in JOINERS).upper()
        yield "".join(word[0] for word in name.words if word != "the").upper()


# --- where a name begins ----------------------------------------------------------------------------------


def _cut(source: _Source, spans: list[Span]) -> Iterator[Span]:
    """The names without capitalised words before them: "Washington Post |Trump"."""
    known = {read_name(span.text).words for span in spans}
    bearers = Counter(name[-1] for name in known if len(name) > 1 and not is_common(name[-1]))
    surnames = {(last,) for last, number in bearers.items() if number > 1} & known
    for span in spans:
        begin = _beginning(source, span, known, surnames)
        yield Span.of(source.text, begin, span.end) if begin > span.start else span


def _beginning(
    source: _Source, span: Span, known: Set[tuple[str, ...]], surnames: Set[tuple[str, ...]]
) -> int:
    """The offset at which the name in a capitalised stretch begins."""
    found = list(_WORD.finditer(span.text))
    lows = [match.group().casefold() for match in found]
    # "Mayor |Ann Lee|" is one name. An accent of its own ends a word here, but not in `read_name`.
    titled = max(0, len(found) - len(read_name(span.text).words))
    opens = source.opens(span.start)
    word = source.parsed.get(span.start) if opens else None
    if (at := length_of_field(source.text, span.start, lows, known)) > 0:
        return span.start + found[at].start()
    for at in range(titled + 1, len(found)):
        before, rest = lows[:at], tuple(lows[at:])
        alone = rest in surnames and _is_no_first_name(before, word)
        if alone or (at == 1 and _is_described(lows, opens)) or _is_cut(before, rest, known):
            return span.start + found[at].start()
    return span.start


def _is_cut(before: Sequence[str], rest: tuple[str, ...], known: Set[tuple[str, ...]]) -> bool:
    """Whether a name begins after the words before it.

    It does in two cases: the words before are the name of an organisation, and the rest is a name elsewhere
    in the article; or the words before describe a person, and the rest is a full name that begins with a
    first name.
    """
    organisations = words("organisation_words")
    if before[-1] in JOINERS or len(before[-1]) == 1:
        return False
    full = 1 < len(rest) < 4 and rest[0] in given_names() and not given_names() & set(before)
    person = full and not organisations.intersection(rest) and not JOINERS.intersection(rest)
    if person and _describes(before):
        return True
    if (
        rest in known
        and len(rest) > 1
        and is_human(before[-1].rpartition("-")[2])
        and not is_title(before[-1])
        and given_names().isdisjoint(before)  # "|Julian| von Bibra" has the ending of a trade
    ):
        return True
    if rest not in known or any(map(is_title, before)):
        return False
    if before[-1] in organisations and rest[-1] not in organisations:
        return len(before) > 1
    return full


def _is_no_first_name(before: Sequence[str], word: Word | None) -> bool:
    """Whether the words before a surname are not a first name: "|Neither| Lee", "|Chasing| Lee", "|Ohio|
    Lee".

    Args:
        before: the words in lower case.
        word: the first of them as parsed, if it opens a sentence.
    """
    if not given_names().isdisjoint(before):
        return False
    place = before[-1] in words("places") or before[-1].endswith("-area")
    verb = word is not None and (word.upos in _NOT_NAMES or before[0].endswith(("ing", "ly")))
    return place or verb or before[-1] in _NOT_FIRST_NAMES


def _is_described(name: Sequence[str], opens: bool) -> bool:
    """Whether the first word describes the company that the rest names: "|Airline| Jetway" at the start of a
    sentence, but not "Group Lotus" inside one."""
    kind = name[0] in words("organisation_nouns") and "company" in organisation_kinds(name[0])
    return opens and kind and not any(organisation_kinds(word) or word in JOINERS for word in name[1:])


def _describes(before: Sequence[str]) -> bool:
    """Whether capitalised words describe the person named after them: "Supreme Court |Ann Lee|", "Utah-born
    |Ann Lee|", "Celebrities |Ann Lee|"."""
    last = before[-1]
    people = last.removesuffix("s") in nouns_for_people() or last.endswith(("-born", "-based"))
    organisation = len(before) > 1 and last in words("organisation_words")
    return people or last in _VERBS_BEFORE_NAMES or organisation
