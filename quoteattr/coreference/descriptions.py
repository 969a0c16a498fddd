"""Descriptions of named entities: titles ("Gov. Ann Lee"), appositions ("Lee, the mayor") and clauses ("Lee
is the mayor", "Lee, who has been mayor since May"); and an index of entities by their descriptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set

import regex

from quoteattr.coreference.entity import Description, Entity, describe
from quoteattr.coreference.name_gathering import FoundName
from quoteattr.coreference.nouns import (
    head_noun,
    is_human,
    nouns_for_people,
    phrase_words,
    without_determiner,
)
from quoteattr.lexicon import organisation_kinds, roles_of, word_list, words
from quoteattr.names import JOINERS, is_joined_office
from quoteattr.parsing.dependency_tree import Sentence, Word

# "Liz Truss|, the foreign secretary,", "Neil Hathersage|, who has been health secretary since"
_ROLE_AFTER = regex.compile(
    r"""
    , \s+ (?: \d{1,3}, \s+ )?
    (?: (?: the | a | an | its ) \s+
      | (?= \p{Ll} | (?: \p{Lu}[\p{L}-]+ \s ){1,4} (?: of|at|for ) \b )
        (?! (?: his | her | their | our | my | your | who | whose | which | where | when ) \b )
      | who \s (?: [\w’'-]+ \s ){0,8}? (?: is | was | has\sbeen | became | works\sas | serves\sas ) \s
        (?: (?: the|a|an ) \s )? )
    (?<role> (?: (?! (?: of|for|at|in|who|and ) \b ) [\w’'-]+ \s ){0,4}? [\w’'-]+ )
    (?= [,.] | \s (?: of|for|at|in|who|and|since|until ) \b )
    """,
    regex.VERBOSE,
)
# "Prime Minister| of India|", "Prime Minister| of the Republic of India|"
_OF_PLACE = regex.compile(r"\s(?:of|for)\s(?:the\s)?(?:\p{Lu}\p{Ll}+\sof\s)?(?<place>\p{Lu}\p{L}+)")
# "keeper |Sven Aldiss"
_NOUN_BEFORE = regex.compile(r"\b(\p{Ll}[\p{Ll}-]+)\s\Z")
_NOUN_WITHIN = 30
"""Characters before a name that hold a noun and up to three words before it."""
# "her German counterpart, |Kurt Weiss|", "the Commissioner of Police (CP), |Kurt Weiss|"
_PHRASE_BEFORE = regex.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|\p{L}+[’']s)\s"
    r"(?<phrase>(?:[\w-]+\s){0,3}?[\p{L}-]+)(?:\s\(\p{Lu}{2,5}\))?,\s\Z"
)
_PHRASE_WITHIN = 80
"""Characters before a name that hold a phrase of a determiner and up to four words."""
# "|First| Minister Ann Lee"
_FIRST = "First "
_CLOSED = regex.compile(r"[,.;:)\r\n”\"]")
# "its insurer, |Aviso|", "the charity |Shelterline|"
_ORGANISATION_NOUN_BEFORE = regex.compile(
    r"(?:\b(?:[Tt]he|an?|[Ii]ts|[Tt]heir|[’']s)\s|(?<=\A|[.!?\n]\s?)(?=\p{Lu}))"
    r"(?:[\p{L}-]+\s){0,3}?(?<noun>\p{Ll}[\p{Ll}-]+),?\s\Z"
)
_LONGEST_OFFICE = 10
"""Most words at the start of a description that may be left out. No article of the development sets needs
more than three; the limit matters for very long phrases."""
_LONGEST_ROLE = 4
"""Words of a parsed noun phrase that are read up to its head: "the former prime minister"."""
_OFFICE_CHANGERS = word_list("coreference", "office_changers")


def title_descriptions(text: str, found: FoundName, *, person: bool) -> Iterator[Description]:
    """The descriptions in a name's title and right before it.

    Args:
        text: the article.
        found: the name.
        person: whether it is the name of a person; for others only titles are descriptions.
    """
    title = found.name.title
    if title and text.endswith(_FIRST, 0, found.span.start):
        title = ("first", *title)
    if title:
        yield describe(title, title[-1] if title[-1] in words("roles") else "", title=True)
        if title[-1] in words("short_titles") and title[0] in words("roles"):
            yield describe(title[:1], title=True)  # "Detective Sgt. Lane" is the detective as well
    if not person:
        return
    start = found.span.start
    noun = _NOUN_BEFORE.search(text, max(0, start - _NOUN_WITHIN), start)
    if noun and noun[1] in nouns_for_people():
        yield describe([noun[1]])
    phrase = _PHRASE_BEFORE.search(text, max(0, start - _PHRASE_WITHIN), start)
    if phrase and _CLOSED.match(text, found.span.end):
        before = phrase_words(phrase["phrase"])
        head = head_noun(before)
        written = phrase["phrase"].split()[before.index(head) :]  # punctuation alone is no word of `before`
        named = bool(written) and written[0][:1].isupper()
        titled = head in words("roles") or is_joined_office(head) or before[-2:] == ["first", head]
        if is_human(head) and (titled or not named):
            yield describe(before)


def apposed_descriptions(text: str, start: int, end: int, *, person: bool) -> Iterator[Description]:
    """The descriptions in an apposition after a name, and in the noun before the name of an organisation.

    Args:
        text: the article.
        start: offset of the name's first character.
        end: one past its last character.
        person: whether the name is that of a person or of an organisation.

    >>> [a.words for a in apposed_descriptions("Ann Lee, the foreign secretary, left.", 0, 7, person=True)]
    [('foreign', 'secretary')]
    """
    role = role_after(text, end)
    head = head_noun(role)
    if is_human(head) if person else organisation_kinds(head):
        yield describe(role)
    noun = "" if person else organisation_noun_before(text, start)
    if noun and organisation_kinds(noun):
        yield describe([noun])


def role_after(text: str, end: int) -> list[str]:
    """The words of the apposition or relative clause after a name; empty if there is none."""
    match = _ROLE_AFTER.match(text, end)
    bare = match is not None and match.start("role") == end + len(", ")
    if match is None or (bare and match["role"][0].isupper() and _is_of_place(text, match.end())):
        return []
    return phrase_words(match["role"])


def _is_of_place(text: str, end: int) -> bool:
    """Whether an office is that of a place: "the Prime Minister" alone is seldom the one of |India|."""
    match = _OF_PLACE.match(text, end)
    return match is not None and match["place"].lower() in words("places")


def organisation_noun_before(text: str, start: int) -> str:
    """The noun right before a name ("the charity |Shelterline|"); empty if there is none."""
    match = _ORGANISATION_NOUN_BEFORE.search(text, max(0, start - _NOUN_WITHIN), start)
    return match["noun"] if match else ""


def clause_descriptions(
    sentences: Iterable[Sentence], names: Collection[int]
) -> Iterator[tuple[int, Description]]:
    """The descriptions in parsed appositions and clauses: "Lee, the mayor", "the mayor, Lee", "Lee is the
    mayor".

    Args:
        sentences: parsed sentences.
        names: offsets at which names start.

    Yields:
        The offset of the name that is described, and the description.
    """
    for sentence in sentences:
        for word in sentence:
            for name, role in _predications(sentence, word):
                start = _name_start(sentence, name, names)
                if start is not None:
                    yield start, describe(_noun_phrase(sentence, role))


def _predications(sentence: Sentence, word: Word) -> Iterator[tuple[Word, Word]]:
    """Pairs of a name and its role: the two words that a relation between `word` and its head connects."""
    head = sentence.head(word)
    if head is None:
        return
    if word.deprel == "appos":
        yield from ((a, b) for a, b in ((head, word), (word, head)) if _is_human(b))
    if word.deprel == "nsubj" and _is_human(head) and sentence.child(head, "cop"):
        yield word, head


def _is_human(word: Word) -> bool:
    return word.upos == "NOUN" and is_human(word.text.lower())


def _name_start(sentence: Sentence, word: Word, names: Collection[int]) -> int | None:
    """Offset of the first name among the proper nouns of a word's subtree."""
    run = [w for w in sentence.subtree(word) if w.upos == "PROPN"] if word.upos == "PROPN" else []
    return next((w.start for w in run if w.start in names), None)


def _noun_phrase(sentence: Sentence, role: Word) -> list[str]:
    """A role with the words right before it, in lower case, without determiners."""
    first = role.index - _LONGEST_ROLE
    run = [w for w in sentence.subtree(role) if first < w.index <= role.index and w.upos != "PUNCT"]
    return [w.text.lower() for w in run if without_determiner(w.text + " ")] or [role.text.lower()]


class DescriptionIndex:
    """Entities by the phrases that describe them."""

    def __init__(self) -> None:
        self._by_phrase: dict[str, dict[Entity, None]] = {}
        self._by_office: dict[str, dict[Entity, None]] = {}
        self._by_role: dict[str, dict[Entity, None]] = {}
        self._by_initials: dict[str, dict[Entity, None]] = {}

    def add(self, entity: Entity, description: Description) -> None:
        """Adds a description of an entity."""
        if description.is_courtesy:
            if description.head == "dr":
                self._by_phrase.setdefault("dr", {})[entity] = None
            return
        roles = roles_of(description.head)
        for role in roles:
            self._by_role.setdefault(role, {})[entity] = None
        for phrase in (_up_to_head(description), *(roles if len(description.words) == 1 else ())):
            self._by_phrase.setdefault(_spaced(phrase), {})[entity] = None
            for office in same_offices(phrase):
                self._by_office.setdefault(_spaced(office), {})[entity] = None
        if entity.profile.kind == "person":
            for letters in office_initials(description):
                self._by_initials.setdefault(letters, {})[entity] = None

    def described_as(self, phrase: str) -> list[Set[Entity]]:
        """The entities with this description; if there are none, those whose description means the same
        office."""
        spaced = _spaced(phrase)
        if spaced in self._by_phrase:
            return [self._by_phrase[spaced].keys()]
        shorter = (self._by_phrase.get(_spaced(office), {}) for office in same_offices(phrase))
        return [found.keys() for found in (self._by_office.get(spaced, {}), *shorter) if found]

    def with_initials(self, letters: str) -> list[Set[Entity]]:
        """The people with an office that has these initials, in small letters: "ag"."""
        return [self._by_initials[letters].keys()] if letters in self._by_initials else []

    def with_role(self, noun: str) -> list[Set[Entity]]:
        """The entities with a description whose head is this noun."""
        return [self._by_role[noun].keys()] if noun in self._by_role else []


def _spaced(phrase: str) -> str:
    """The phrase with blanks for hyphens: "director-general" is the same office as "director general"."""
    return phrase.replace("-", " ")


def office_initials(description: Description) -> Iterator[str]:
    """The initials of the office that a description of a person holds, whole and up to its head noun.

    >>> sorted(set(office_initials(describe(["inspector", "general", "of", "police"]))))
    ['gp', 'ig', 'igp']
    >>> sorted(set(office_initials(describe(["kent", "vice-chancellor"]))))
    ['kvc', 'vc']
    """
    whole, to_head = " ".join(description.words), _up_to_head(description)
    for phrase in {whole, to_head, *same_offices(whole), *same_offices(to_head)}:
        initials = "".join(word[0] for word in _spaced(phrase).split() if word not in JOINERS)
        if len(initials) > 1:
            yield initials


def _up_to_head(description: Description) -> str:
    """The description up to its head noun; the title "Secretary of State" is kept whole."""
    phrase, head = description.words, description.head
    whole = head not in phrase or (description.title and phrase[-2:] == ("of", "state"))
    return " ".join(phrase if whole else phrase[: phrase.index(head) + 1])


def same_offices(phrase: str) -> Iterator[str]:
    """The phrase without one or more words at its start, if it means the same office without them.

    >>> list(same_offices("uk foreign secretary")), list(same_offices("shadow foreign secretary"))
    (['foreign secretary', 'secretary'], [])
    """
    found = phrase.split()
    for at, before in enumerate(found[:-1][:_LONGEST_OFFICE]):
        if before in _OFFICE_CHANGERS:
            return
        yield " ".join(found[at + 1 :])
