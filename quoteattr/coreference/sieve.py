"""A sieve: a named rule that decides to which entity a mention refers, or leaves the decision to the next
sieve.

Sieves are tried in order, the most precise first, in the manner of the deterministic sieves of Lee et al.
(Computational Linguistics 39:4, 2013).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import attrs
import regex

from quoteattr.coreference.discourse_state import DiscourseState, Fact
from quoteattr.coreference.entity import Entity
from quoteattr.coreference.mention_index import MentionSite
from quoteattr.coreference.nouns import Phrase, is_text
from quoteattr.schema import Span

# "Holidaymakers| in |Bath"
_BEFORE_NAME = regex.compile(r"\s(?:around|at|from|in|near|of|on)\s(?:the\s)?(?=\p{Lu})")


@attrs.frozen
class Decision:
    """The result of a sieve for one mention."""

    entity: Entity | None
    """The entity to which the mention refers; None leaves this to the next sieve."""
    facts: tuple[Fact, ...] = ()
    """What the mention shows about entities; these facts are added even if `entity` is None."""
    site: MentionSite | None = None
    """The site of the mention, if the sieve has used it to compare candidates. After that, no later mention
    counts as the first one of the sentence."""


Decide = Callable[[Phrase, DiscourseState], Decision | None]


@attrs.frozen(kw_only=True)
class ResolutionStep:
    """One way to identify a speaker; `Attribution.resolved_by` is its name."""

    name: str
    """Its name."""
    reason: str
    """Why the speaker was chosen, in a sentence for readers of news who do not know the sieves."""
    example: str
    """A text with mentions in square brackets; a test resolves them."""
    speaker: str
    """The speaker's name for the last of these mentions."""


@attrs.frozen(kw_only=True)
class Sieve(ResolutionStep):
    """A rule of coreference resolution."""

    decide: Decide
    """Decides about a mention from the state of the discourse; returns None if the sieve does not apply."""


@attrs.frozen
class Resolved:
    """An entity, and the name of the sieve that found it."""

    entity: Entity
    """The entity to which a mention refers."""
    sieve: str
    """The name of the sieve."""


def read_phrase(span: Span, state: DiscourseState) -> Phrase:
    """The words of a mention, read with the names that the article has there."""
    names = state.table.names_in(span.start, span.end)
    ends = [(at, state.table.ends[at]) for at, entity in names if not _is_opening_noun(at, entity, state)]
    return Phrase.of(span, ends)


def _is_opening_noun(start: int, entity: Entity, state: DiscourseState) -> bool:
    """Whether a name is a noun in the plural with the capital of its sentence: "|Holidaymakers| in Bath"."""
    alone = len(entity.key.words) == 1 and len(entity.names) == 1 and entity.key.last.endswith("s")
    opens = alone and state.index.opens_sentence(start)
    return opens and bool(_BEFORE_NAME.match(state.text, state.table.ends[start]))


def run_sieves(sieves: Iterable[Sieve], phrase: Phrase, state: DiscourseState) -> Resolved | None:
    """The decision of the first sieve that decides about a mention; None if none does.

    A phrase with a head noun never refers to somebody whose name is inside it: a spokesman for Ann Lee is not
    Ann Lee. Adds the facts of this decision to the state, and those of earlier sieves that did not decide.
    """
    others = _named_inside(phrase, state)
    for sieve in sieves:
        decision = sieve.decide(phrase, state)
        if decision is None or decision.entity in others:
            continue
        if decision.site is not None:
            state.open_sentence(decision.site)
        if decision.facts:
            state.learn(decision.facts)
        if decision.entity is not None:
            return Resolved(decision.entity, sieve.name)
    return None


def _named_inside(phrase: Phrase, state: DiscourseState) -> Collection[Entity]:
    """The entities that are named inside a phrase for somebody else; a text may be from them."""
    if not phrase.has_noun or is_text(phrase.head):
        return ()
    return [entity for _, entity in state.table.names_in(phrase.span.start, phrase.span.end)]
