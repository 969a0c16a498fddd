"""Sieves for a noun phrase beside a name: "|City Attorney| Brad Holm", "|its director|, Ann Lee"."""

from __future__ import annotations

import regex

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import Entity, describe
from quoteattr.coreference.name_gathering import is_known_place
from quoteattr.coreference.nouns import (
    Phrase,
    is_human,
    is_plural,
    is_thing,
    phrase_words,
    without_determiner,
)
from quoteattr.coreference.organisations import kinds_of
from quoteattr.coreference.sieve import Decision
from quoteattr.lexicon import organisation_kinds, words
from quoteattr.names import is_organisation

# "the managing director, |Callum Strachan|", "the former striker |Lee Pargeter|"
_NAME_NEXT = regex.compile(
    r"""
    (?: ,? \s+                                                              # 1. its boss, |Ann Lee
      | , \s+ (?: the|a|an|its|his|her|their ) \s+ (?: [\w’'-]+ \s+ ){1,4}?
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ [,.] )     # 2. its boss, the former striker |Ann Lee,
      | \s (?: of|at|for|in ) \s [^,.;\n]{2,50} , \s
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ , )        # 3. the master at St Orme, |Ann Lee,
      | \s (?: -- | [–—] ) \s
        (?= \p{Lu} [\w’'-]+ \s \p{Lu} [\w’'-]+ (?: , | \s (?: -- | [–—] ) ) ) )  # 4. a rival – |Ann Lee –
    (?= \p{Lu} )
    """,
    regex.VERBOSE,
)
# "Rosa Delgado, |president of the union|"
_NAME_BEFORE = regex.compile(r"(?<=[\w.’']),\s+\Z")
# "As for |Rosa Delgado, the letter", "In an interview with the host |Rosa Delgado, the mayor". Here the
# phrase after the comma is not an apposition.
_FRONTED = regex.compile(
    r"""
    (?: \A | [\r\n] | [.!?…][”’"')]* \s )
    (?: (?: as\sfor | according\sto | asked\s(?:about|by) | led\sby
          | about | at | by | for | from | in | like | unlike | to | with | without )
        \s (?: [\w’'.-]+ \s ){0,3}
      | (?: (?: after | at | during | in ) \s (?: an? | the | his | her ) \s (?: [\w’'-]+ \s ){0,2}
            (?: conversation | debate | interview | letter | meeting | speech | statement )
          | appearing | speaking | talking | writing )
        \s (?: about | at | by | for | on | to | with ) \s (?: [\w’'.-]+ \s ){0,8} ) \Z
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "lead researcher| and NASA planetary scientist |Ann Lee"
_MORE_TITLES = regex.compile(
    r"(?:,?\s(?!(?:an?|the|his|her|its|their|said|says|told|who)\b)[\w’'-]+){0,8}\sand(?:\s(?!(?:an?|the|his|her|its|their)\b)"
    r"[\w’'-]+){0,4}?\s(?<noun>\p{Ll}[\p{Ll}-]+)\s"
)
_TITLES_WITHIN = 120
"""Characters between a title and the name after the titles that "and" joins to it."""
_NAME_BEFORE_WITHIN = 4
"""Characters before a phrase that hold the comma after a name, and its last letter."""
_FRONTED_WITHIN = 120
"""Characters before a name that hold the longest fronted phrase: a limit for long sentences."""


def part_of_name(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The entity whose name follows the phrase or continues it: "|City Attorney| Brad Holm", "|The Council|
    on"."""
    start, end = phrase.span.start, phrase.span.end
    demonym = phrase.head in words("demonyms")
    for name, entity in state.table.names_in(start, end):
        of_another = phrase.core.end <= name  # a spokesman |for Lee|
        inside = end <= state.table.ends[name] and not of_another and not phrase.has_noun
        whole = not demonym and not without_determiner(state.text[start : max(start, name)])
        if inside and (whole or state.is_person(entity)):
            return Decision(entity)
    return None


def apposition(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The entity whose name stands right after or before the phrase.

    "|Its director|, Ann Lee", "|his boss|, the former striker Ann Lee,", "|its insurer|, Aviso", and "Ann
    Lee, |its director|".
    """
    if (joined := _named_after_titles(phrase, state)) is not None:
        return Decision(joined)
    after = _NAME_NEXT.match(state.text, phrase.span.end)
    entity = state.table.at.get(after.end()) if after else None
    kind = state.profile(entity).kind if entity else None
    if entity and after and kind == "organisation" and _is_apposed_person(phrase, entity, after.end(), state):
        return Decision(entity)
    if entity and kind == "organisation":
        return Decision(entity) if phrase.head in words("organisation_nouns") else None
    if is_plural(phrase.head) or (is_thing(phrase.head) and not organisation_kinds(phrase.head)):
        return None
    if entity and after and kind == "person" and not is_thing(phrase.head):
        return _with_name_after(phrase, entity, comma="," in after.group())
    return _name_before(phrase, state)


def _named_after_titles(phrase: Phrase, state: DiscourseState) -> Entity | None:
    """The person whose name follows more words of a title without an article: "lead researcher| and NASA
    scientist |Ann Lee", "Halden chief people|, legal affairs and marketing officer |Ann Lee"."""
    text, end = state.text, phrase.span.end
    titled = any(map(is_human, phrase.words)) and not is_plural(phrase.head)
    if not titled or without_determiner(phrase.span.text) != phrase.span.text:
        return None
    for start in state.table.starts_after(end):
        gap = _MORE_TITLES.fullmatch(text, end, start)
        if gap and is_human(gap["noun"].lower()) and state.is_person(state.table.at[start]):
            return state.table.at[start]
        if start - end > _TITLES_WITHIN:
            return None
    return None


def _is_apposed_person(phrase: Phrase, entity: Entity, start: int, state: DiscourseState) -> bool:
    """Whether to take a name for a person only because it stands between commas after a noun for a person:
    "the commissioner, |Quynh Tran|, left"."""
    name, end = entity.key, state.table.ends[start]
    by_name = is_organisation(name) or is_known_place(name) or len(name.words) < 2
    closed = state.text[end : end + 1] in {",", ".", ";"}
    return phrase.head not in words("organisation_nouns") and is_human(phrase.head) and closed and not by_name


def _with_name_after(phrase: Phrase, entity: Entity, *, comma: bool) -> Decision:
    last = phrase.words[-1] if phrase.words else ""
    if last != phrase.head and is_human(last) and comma:  # a spokesman for the mayor, |Ann Lee
        return Decision(None, (Fact(entity, describe([last])),))
    description = describe(phrase_words(without_determiner(phrase.span.text)))
    return Decision(entity, (Fact(entity, description),))


def _name_before(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """ "Ann Lee, |its director|"."""
    start, ends = phrase.span.start, state.table.ends
    comma = _NAME_BEFORE.search(state.text, max(0, start - _NAME_BEFORE_WITHIN), start)
    if comma is None:
        return None
    names = state.table.names_in(comma.start() - 1, comma.start())
    near = [e for at, e in names if ends[at] == comma.start() and not _is_fronted(at, state.text)]
    if organisation_kinds(phrase.head):
        organisations = (e for e in near if state.profile(e).kind == "organisation")
        found = next((e for e in organisations if kinds_of(e, state.profile(e))), None)
    else:
        people = [e for e in near if state.is_person(e) and state.profile(e).confirmed]
        found = people[-1] if people else None
    return Decision(found) if found else None


def _is_fronted(start: int, text: str) -> bool:
    """Whether a name stands in a phrase before the subject of its sentence: "According to |Lee|, the mayor
    …"."""
    return bool(_FRONTED.search(text, max(0, start - _FRONTED_WITHIN), start))
