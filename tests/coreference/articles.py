"""Articles with mentions in square brackets, and what the modules of the package make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quoteattr.coreference.discourse_state import DiscourseState
from quoteattr.coreference.entity import Entity
from quoteattr.coreference.entity_table import EntityTable, build_entity_table
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.resolver import Resolution, resolve
from quoteattr.coreference.sieve import Decide, Decision, read_phrase
from quoteattr.detection.quotations import find_quotations
from quoteattr.parsing.dependency_tree import Sentence
from quoteattr.schema import Mention, MentionKind, Span


def read_mentions(marked: str) -> tuple[str, list[Span]]:
    """The text without square brackets, and the spans that these enclosed."""
    parts = re.split(r"[\[\]]", marked)
    text = "".join(parts)
    starts = [sum(map(len, parts[:number])) for number in range(len(parts) + 1)]
    return text, [Span.of(text, starts[n], starts[n + 1]) for n in range(1, len(parts), 2)]


def resolutions(
    marked: str, kind: MentionKind, sentences: Sequence[Sentence] = (), *, speak: bool = True
) -> list[Resolution]:
    """The resolution of each mention in square brackets."""
    text, spans = read_mentions(marked)
    quoted = [quotation.content for quotation in find_quotations(text)]
    return resolve(text, [Mention(span, kind) for span in spans], sentences, quoted, speak=speak)


def table_of(text: str, sentences: Sequence[Sentence] = ()) -> EntityTable:
    """The entity table of an article."""
    return build_entity_table(text, sentences, MentionIndex(text, sentences, ()))


def state_before(text: str, end: int) -> DiscourseState:
    """The state of the discourse when the names before an offset have been read."""
    quoted = [quotation.content for quotation in find_quotations(text)]
    index = MentionIndex(text, (), quoted)
    state = DiscourseState(text, build_entity_table(text, (), index), index)
    for start in state.table.starts:
        if start < end:
            state.add_mention(state.table.at[start], start, state.table.ends[start])
            if named := state.table.groups.get(start):
                state.add_mention(named.group, start, named.end)
    return state


def decision_on(decide: Decide, marked: str) -> tuple[Decision | None, DiscourseState]:
    """What a sieve decides on the mention in square brackets, and the state that it reads."""
    text, [span] = read_mentions(marked)
    state = state_before(text, span.start)
    return decide(read_phrase(span, state), state), state


def name_of(decision: Decision | None) -> str | None:
    """The name of the entity that a sieve found in the table; None if it found none."""
    return decision.entity.profile.name if decision and decision.entity else None


def entity(table: EntityTable, name: str) -> Entity:
    """The entity of a name."""
    return next(e for e in table.at.values() if e.profile.name == name)
