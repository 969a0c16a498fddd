"""Finds who issued a document: "a letter signed by |Ann Lee|", "|Halden Council| said in a statement".

What a statement, a report or a letter says is said by its author, so that an unnamed document that speaks is
identified with the person or organisation that the text names as its issuer.
"""

from __future__ import annotations

from collections.abc import Collection

import regex

from quoteattr.coreference.discourse_state import DiscourseState
from quoteattr.coreference.entity import Entity
from quoteattr.coreference.name_gathering import is_known_place
from quoteattr.coreference.nouns import Phrase
from quoteattr.layout import SENTENCE_END
from quoteattr.lexicon import alternatives, cue_kind, similar_documents, word_list
from quoteattr.names.outlet_names import is_outlet

DOCUMENTS = word_list("coreference", "issued_documents")
"""Nouns for what somebody issues: "statement", "report"."""
_POSTS = word_list("coreference", "posts")
_SHORT_STATEMENTS = word_list("coreference", "short_statements")

_SEARCHED = 6_000
"""Characters before a document's mention that are searched for where the text introduces it: about a
thousand words, the length of most articles."""
_AFTER = 150
"""Characters after a document's noun that are read for its issuer: the longest seen have 110."""
_OCCURRENCES = 12
"""Earlier occurrences of the noun that are read; articles seen have at most ten."""
_PREVIOUS = 2
"""Sentences before "the statement" that may hold the announcement that it means. Set by hand."""

# "a letter |signed by seven doctors and |Ann Lee", "a report |by |Ann Lee", "the study |from |Halden Council"
_BY = regex.compile(
    rf"""
    (?: \s [\w’'-]++ ){{0,8}}? \s (?: {alternatives("coreference", "verbs_of_issuing")} )
        (?: \s [\w’'-]++ ){{0,6}}? \s by \s
    | \s (?: by | from ) \s
    """,
    regex.VERBOSE,
)
# "Lee|’s| letter", "Halden Council| |report"
_OWNER = regex.compile(r"[’']s?\s(?:[\p{Ll}\p{N}-]+\s){0,3}\Z|\s(?:press\s|news\s)?\Z")
_OWNER_WITHIN = 60
"""Characters before a noun that hold a possessive, three words and the end of a name."""
# "Lee |issued a short |statement", "Lee said |in a |letter"
_ISSUING = regex.compile(
    rf"""
    \b (?: (?<said> in | via | through ) | {alternatives("coreference", "verbs_of_issuing")} )
    \s (?: (?: a | an | the | his | her | its | their | this | another ) \s )?
    (?: [\w’'.-]+ \s ){{0,4}} \Z
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_ISSUING_WITHIN = 80
"""Characters before a noun that hold the longest match of _ISSUING."""
# "In a letter| on Monday, |Lee rejected it"
_COMMA_NEXT = regex.compile(r"[^,.;:\n“”\"]{0,60},\s(?:the\s)?")
# "Lee |said| in a letter", but not "Lee |was named| in a letter"
_WORD = regex.compile(r"(?:\b(?:was|were|been|being|be|is|are)\s)?+(?<verb>\p{L}++)")
_NOUN = regex.compile(r"(?<![\p{L}-])\p{Ll}[\p{L}-]*+")
_SMALL_WORD = regex.compile(r"\b\p{Ll}++")
_WORDS_BETWEEN = 3
"""Words in small letters between "by" and a name: "the city auditor |Ann Lee|". Set by hand."""
# "by |the auditor Ann Lee| before the court", "by |Halden Council|."
_ISSUERS_END = regex.compile(r"[,;:.()\n”\"]|\s(?:after|at|before|during|in|on|to|when|which|who|with)\s")


def issuer(phrase: Phrase, state: DiscourseState) -> Entity | None:
    """The named person or organisation that issued the document that a phrase means; None if the text does
    not say, or the phrase means no document.

    Args:
        phrase: the mention: "the letter", "a report from Halden Council".
        state: the state of the discourse at the mention.
    """
    noun = phrase.head
    if noun not in DOCUMENTS:
        return None
    start = phrase.span.start
    occurrences = _occurrences(phrase, {noun}, state)
    if phrase.words[0] == "the" and len(occurrences) < 2:
        occurrences = [*_occurrences(phrase, similar_documents(noun), state), *occurrences]
    found = (_issuer_at(match.start(), match.end(), state) for match in reversed(occurrences))
    named = next((entity for entity in found if entity is not None), None)
    if named is None and phrase.words[0] == "the" and noun in _SHORT_STATEMENTS:
        return _announcer(start, state)
    return named


def _occurrences(phrase: Phrase, nouns: Collection[str], state: DiscourseState) -> list[regex.Match[str]]:
    """The last occurrences of some nouns up to the end of a phrase, outside quoted words."""
    start, end = phrase.span.start, phrase.span.end
    words = _NOUN.finditer(state.text, max(0, start - _SEARCHED), end) if nouns else ()
    found = [match for match in words if match.group() in nouns]
    return [match for match in found if not state.index.is_quoted(match.start())][-_OCCURRENCES:]


def _issuer_at(start: int, end: int, state: DiscourseState) -> Entity | None:
    """The issuer that the words around one occurrence of the noun name."""
    text, sentence = state.text, state.index.sentence(start)
    if by := _BY.match(text, end, end + _AFTER):
        stop = _ISSUERS_END.search(text, by.end(), by.end() + _AFTER)
        return _issuing(state, by.end(), stop.start() if stop else by.end() + _AFTER)
    owner = _owner(start, state)
    if owner is not None and not (text[start:end] in _POSTS and is_outlet(owner.profile.name)):
        return owner
    issuing = _ISSUING.search(text, max(0, start - _ISSUING_WITHIN), start)
    if issuing is None:
        return None
    if issuing["said"] and state.index.opens_sentence(issuing.start()):
        after = _COMMA_NEXT.match(text, end, end + _AFTER)
        if after and after.end() in state.table.at:
            return state.table.at[after.end()]
    if issuing["said"] and not _is_said(start, state):
        return None
    return _subject(sentence, issuing.start(), state)


def _issuing(state: DiscourseState, start: int, end: int) -> Entity | None:
    """The last person named in a stretch of text; if there is none, the first organisation.

    The names must follow at once or after a few words: "by seven doctors and |Ann Lee|".
    """
    names = state.table.names_in(start, end)
    if not names or len(_SMALL_WORD.findall(state.text, start, names[0][0])) > _WORDS_BETWEEN:
        return None
    named = [entity for _, entity in names if not is_known_place(entity.key)]
    people = [entity for entity in named if state.is_person(entity)]
    return people[-1] if people else next(iter(named), None)


def _owner(start: int, state: DiscourseState) -> Entity | None:
    """The person or organisation whose name stands before the noun: "Lee’s letter", "a council report"."""
    begin = max(0, start - _OWNER_WITHIN)
    for at, entity in reversed(state.table.names_in(begin, start)):
        after = _OWNER.match(state.text, state.table.ends[at], start)
        if after and not is_known_place(entity.key):
            return entity
        return None
    return None


def _is_said(start: int, state: DiscourseState) -> bool:
    """Whether the sentence of the noun at an offset has a verb of saying: "Lee |said| in a letter"."""
    begin, end = _sentence(start, state)
    others = (match for match in _WORD.finditer(state.text, begin, end) if match.start("verb") != start)
    active = (match["verb"] for match in others if match.group() == match["verb"])
    return any(cue_kind(verb, verb) == "say" for verb in active)


def _sentence(offset: int, state: DiscourseState) -> tuple[int, int]:
    """The stretch around an offset up to the ends of its sentence, at most `_AFTER` characters each way."""
    low = max(0, offset - _AFTER)
    starts = [match.end() for match in SENTENCE_END.finditer(state.text, low, offset)]
    stop = SENTENCE_END.search(state.text, offset, offset + _AFTER)
    return starts[-1] if starts else low, stop.start() + 1 if stop else offset + _AFTER


def _subject(sentence: int, offset: int, state: DiscourseState) -> Entity | None:
    """The named subject of a sentence: the last one before an offset; if there is none, the first after
    it."""
    before = [
        (site.start, entity)
        for entity in state.latest()
        for site in state.sites(entity)
        if site.sentence == sentence and site.role != "other" and site.start < offset and not site.quoted
    ]
    if before:
        named = max(before, key=lambda pair: pair[0])[1]
        return named if named.names or state.profile(named).is_human else None
    for start in state.table.starts_after(offset):
        if state.index.sentence(start) != sentence:
            return None
        if state.index.role(start, state.table.ends[start]) != "other" and not state.index.is_quoted(start):
            return state.table.at[start]
    return None


def _announcer(start: int, state: DiscourseState) -> Entity | None:
    """The named subject of a verb of saying in the sentences right before "the statement"."""
    here = state.index.sentence(start)
    for entity in state.latest():
        if not entity.names:
            continue
        for site in reversed(state.sites(entity)):
            near = 0 < here - site.sentence <= _PREVIOUS
            if near and not site.quoted and state.index.says(site.end):
                return entity
    return None
