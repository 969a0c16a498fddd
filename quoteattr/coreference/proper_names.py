"""The sieves for names: a name refers to its entity in the table."""

from __future__ import annotations

import regex

from quoteattr.coreference.discourse_state import DiscourseState
from quoteattr.coreference.nouns import Phrase, is_text
from quoteattr.coreference.sieve import Decision
from quoteattr.names import read_name

_OWNER = regex.compile(r"[’']s?\s")
# "a letter| from the |Halden Council"
_BY = regex.compile(r"\s(?:by|from)\s(?:the\s)?")


def group_name(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The group whose name ends where the phrase ends: "Carl Dunn and Faye Dunn", "the Renwicks"."""
    table, end = state.table, phrase.span.end
    groups = [table.groups[at] for at, _ in table.names_in(phrase.span.start, end) if at in table.groups]
    return next((Decision(named.group) for named in groups if named.end == end), None)


def name_inside(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The entity with a name in the phrase: the last person; if there is none, the organisation at its end,
    or else the first.

    Names after a preposition and possessives do not count: "Ted Cruz’s friend |Ann Lee| of Texas".
    """
    text, table, span = state.text, state.table, phrase.span
    if phrase.has_noun:
        return None
    names = table.names_in(span.start, phrase.core.end)
    inside = [entity for at, entity in names if not _OWNER.match(text, table.ends[at])]
    people = [entity for entity in inside if state.is_person(entity)]
    if people:
        return Decision(people[-1])
    if not inside:
        return None
    at, last = table.names_in(span.start, span.end)[-1]  # "the Israeli newspaper |Haaretz|"
    return Decision(last if table.ends[at] == span.end and last in inside else inside[0])


def author(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The entity that a text is from: "a letter from |Ann Lee|", "|Halden Council|’s report"."""
    if not phrase.has_noun or not is_text(phrase.head):
        return None
    text, table, core = state.text, state.table, phrase.core
    names = table.names_in(phrase.span.start, phrase.span.end)
    owners = [
        entity for at, entity in names if at < core.end and _OWNER.match(text, table.ends[at], core.end)
    ]
    makers = [entity for at, entity in names if _BY.fullmatch(text, core.end, at)]
    found = owners[-1:] or makers
    return Decision(found[0]) if found else None


def compatible_name(phrase: Phrase, state: DiscourseState) -> Decision | None:
    """The entity with a compatible name elsewhere in the article."""
    found = None if phrase.has_noun else state.table.find(read_name(phrase.core.text), phrase.core.start)
    return Decision(found) if found else None
