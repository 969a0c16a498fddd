"""Uses coreference chains that another tool found: replaces a pronoun by the fullest name in its chain."""

from __future__ import annotations

from collections.abc import Sequence

from quoteattr.attribution.finding import Finding
from quoteattr.names import find_names
from quoteattr.schema import Mention, Span

Chain = Sequence[Span]
"""Spans of one text that refer to the same person or organisation, pronouns among them."""


def check_chains(text: str, chains: Sequence[Chain]) -> None:
    """Raises a ValueError if the text of a span differs from the article's text at its offsets.

    >>> check_chains("Ann Lee left.", [[Span(0, 3, "Bob")]])
    Traceback (most recent call last):
    ...
    ValueError: a chain has 'Bob' at 0 to 3, where the text has 'Ann'
    """
    for span in (span for chain in chains for span in chain):
        found = text[max(0, span.start) : span.end]
        if found != span.text or span.start < 0:
            raise ValueError(
                f"a chain has {span.text!r} at {span.start} to {span.end}, where the text has {found!r}"
            )


def named_in_chain(mention: Mention, chains: Sequence[Chain]) -> Mention:
    """The longest name in the chain of a pronoun or noun phrase.

    Other mentions are returned unchanged: names, mentions in no chain, and those whose chain has no name.

    >>> she, ann = Mention(Span(22, 25, "She"), "pronoun"), Span(0, 7, "Ann Lee")
    >>> named_in_chain(she, [[ann, she.span]]).span.text
    'Ann Lee'
    """
    if mention.kind == "name":
        return mention
    chain = next((chain for chain in chains if mention.span in chain), ())
    names = [name for span in chain for name in _names_in(span)]
    return Mention(max(names, key=len), "name") if names else mention


def _names_in(span: Span) -> list[Span]:
    """The name that a span consists of or ends in ("the mayor, |Ann Lee|"), if there is one."""
    found = find_names(span.text)
    return [
        Span(span.start + name.start, span.start + name.end, name.text)
        for name in found[-1:]
        if name.end == len(span.text) or name.start == 0
    ]


def speaker_mentions(findings: Sequence[Finding], chains: Sequence[Chain] = ()) -> list[Mention | None]:
    """Returns the mention to resolve for each quotation. A relative pronoun is replaced by its antecedent; a
    mention in one of the chains is replaced by a name in that chain."""
    mentions = [finding.antecedent or finding.mention for finding in findings]
    return [mention and named_in_chain(mention, chains) for mention in mentions] if chains else mentions
