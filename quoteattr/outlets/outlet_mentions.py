"""Finds every place where a text names an outlet, or says that words were given to no outlet ("told
reporters")."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

import attrs
import regex

from quoteattr.names.outlet_names import is_outlet, is_show, is_social_network
from quoteattr.outlets import patterns
from quoteattr.outlets.name_reading import outlet_after
from quoteattr.schema import Outlet, Span

MentionKind = Literal["interview", "post", "same_outlet", "interviewer", "elsewhere"]


@attrs.frozen
class OutletMention:
    """A place where the text names an outlet, refers to one, or says that words were given to no outlet
    ("told reporters")."""

    start: int
    """The first character of the outlet's name; without a name, of the phrase ("told the paper")."""
    outlet: Outlet | None
    """The outlet. None if the words were given to no outlet, or if it is not known yet which outlet a
    reference ("the paper") means."""
    kind: MentionKind
    """The kind of mention.

    - "interview": names an outlet that may apply to later quotations, too ("told Reuters");
    - "post": names or implies a social network ("she tweeted");
    - "same_outlet": refers to an outlet that was named before ("told the paper");
    - "interviewer": names a person who may work for an outlet that was named before ("told Tapper");
    - "elsewhere": says that words were given to no outlet ("told reporters")."""
    noun: str = ""
    """For "same_outlet" and "interviewer": the word that refers ("paper", "Tapper"). For "interview" and
    "post": the kind of text before the name ("article"), if there is one."""


def find_outlet_mentions(text: str) -> list[OutletMention]:
    """Finds every mention of an outlet, quoted or not, in the order of the text.

    >>> mentions = find_outlet_mentions("She told Reuters, and in a tweet")
    >>> [(mention.kind, mention.outlet.name) for mention in mentions]
    [('interview', 'Reuters'), ('post', 'Twitter')]
    """
    found = list(_named(text))
    starts = sorted(mention.start for mention in found)
    found += [
        OutletMention(m.start(), None, "same_outlet", m["noun"]) for m in patterns.SAME_OUTLET.finditer(text)
    ]
    found += [
        OutletMention(m.start(), None, "interviewer", m["noun"])
        for m in patterns.INTERVIEWER.finditer(text)
        if bisect_right(starts, m.start()) == bisect_right(starts, m.end())
    ]
    taken = set(starts)
    found += [
        OutletMention(m.start(), None, "elsewhere")
        for m in patterns.ELSEWHERE.finditer(text)
        if m.start() not in taken
    ]
    return sorted(found, key=lambda mention: mention.start)


def _named(text: str) -> Iterator[OutletMention]:
    """Yields the mentions by name. If several patterns match at one character, the first wins."""
    seen: set[int] = set()
    for outlet, kind_of_text in _candidates(text):
        if outlet.span.start not in seen:
            seen.add(outlet.span.start)
            kind: MentionKind = "post" if is_social_network(outlet.name) else "interview"
            yield OutletMention(outlet.span.start, outlet, kind, kind_of_text)


def _candidates(text: str) -> Iterator[tuple[Outlet, str]]:
    """Yields the outlets that each pattern finds, with the kind of text before them ("article"), pattern by
    pattern."""
    yield from _after_lead_in(text)
    for finder in (_tweets, _websites_and_hosts_shows, _shows_in_marks, _quoted_by, _before_text):
        yield from ((outlet, "") for outlet in finder(text))


def _after_lead_in(text: str) -> Iterator[tuple[Outlet, str]]:
    for match in patterns.LEAD_IN.finditer(text):
        if match["on"] and _found_just_before(patterns.NOT_GIVEN_BEFORE_ON, text, match.start()):
            continue
        outlet = outlet_after(text, match.end(), match["words"])
        if outlet is not None:
            yield outlet, (match["text"] or "").casefold()


def _tweets(text: str) -> Iterator[Outlet]:
    for match in patterns.TWEET.finditer(text):
        yield Outlet("Twitter", Span.of(text, *match.span()))


def _websites_and_hosts_shows(text: str) -> Iterator[Outlet]:
    for pattern in (patterns.OWN_WEBSITE, patterns.HOST_S_SHOW):
        for match in pattern.finditer(text):
            yield _named_outlet(text, match)


def _shows_in_marks(text: str) -> Iterator[Outlet]:
    for match in patterns.SHOW_IN_MARKS.finditer(text):
        opening = match.start("name") - 1
        network = patterns.NETWORK_OF_SHOW.search(
            text, max(match.start(), opening - patterns.LONGEST_NAME), opening
        )
        hidden = _found_just_before(patterns.PART_IN_SHOW, text, match.start()) or (
            network and is_outlet(network["name"], "the")
        )
        if not hidden and is_show(match["name"], bool(match["after_show"])):
            yield _named_outlet(text, match)


def _quoted_by(text: str) -> Iterator[Outlet]:
    for verb in patterns.QUOTED_BY.finditer(text):
        match = patterns.NAME_AT_END.search(text, max(0, verb.start() - patterns.LONGEST_NAME), verb.start())
        if match and is_outlet(match["name"], match["the"] or ""):
            yield _named_outlet(text, match)


def _before_text(text: str) -> Iterator[Outlet]:
    for match in patterns.NAME_BEFORE_TEXT.finditer(text):
        if is_outlet(match["name"], "the"):
            yield _named_outlet(text, match)


def _found_just_before(pattern: regex.Pattern[str], text: str, at: int) -> bool:
    return pattern.search(text, max(0, at - patterns.LONGEST_WORD_BEFORE), at) is not None


def _named_outlet(text: str, match: regex.Match[str]) -> Outlet:
    span = Span.of(text, *match.span("name"))
    return Outlet(span.text, span)
