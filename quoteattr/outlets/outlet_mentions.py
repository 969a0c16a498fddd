"""Finds every place where a text names an outlet, or says that words were given to no outlet ("told
reporters")."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Literal

import attrs
import regex

from quoteattr.lexicon import word_list
from quoteattr.names.outlet_names import is_outlet, is_show, is_social_network
from quoteattr.outlets import patterns
from quoteattr.outlets.article_outlets import shown_outlets
from quoteattr.outlets.name_reading import outlet_after
from quoteattr.schema import Outlet, Span

MentionKind = Literal[
    "interview",
    "post",
    "report",
    "author",
    "same_outlet",
    "same_text",
    "same_network",
    "interviewer",
    "elsewhere",
]


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
    - "report": names the outlet from which the words are taken ("according to Reuters");
    - "author": names the outlet of somebody who may have written the words in it ("the editor of the Times");
    - "same_outlet": refers to an outlet that was named before ("told the paper");
    - "same_text": the same for words that were given in it ("in the article", "on the programme");
    - "same_network": refers to a network that was named before ("another user");
    - "interviewer": names a person who may work for an outlet that was named before ("told Tapper");
    - "elsewhere": says that words were given to no outlet ("told reporters")."""
    noun: str = ""
    """For references: the word that refers ("paper", "Tapper"). For "interview" and
    "post": the kind of text before the name ("article"), if there is one."""
    phrase_start: int | None = None
    """The first character of the phrase around the name ("told Ann Lee of the Times"), if it is known."""


@attrs.frozen
class _Named:
    """An outlet that a pattern found."""

    outlet: Outlet
    phrase_start: int
    kind: MentionKind = "interview"
    noun: str = ""


def find_outlet_mentions(text: str) -> list[OutletMention]:
    """Finds every mention of an outlet, quoted or not, in the order of the text.

    >>> mentions = find_outlet_mentions("She told Reuters, and in a tweet")
    >>> [(mention.kind, mention.outlet.name) for mention in mentions]
    [('interview', 'Reuters'), ('post', 'Twitter')]
    """
    found = list(_named(text))
    starts = sorted(mention.start for mention in found)
    taken = set(starts)
    found += [
        OutletMention(m.start(), None, "same_text" if m["in"] and not m["same"] else "same_outlet", m["noun"])
        for m in patterns.SAME_OUTLET.finditer(text)
    ]
    found += [
        OutletMention(m.start(), None, "same_network", m["noun"])
        for m in patterns.SAME_NETWORK.finditer(text)
        if bisect_right(starts, m.start()) == bisect_right(starts, m.end())
    ]
    found += [
        OutletMention(m.start(), None, "interviewer", m["noun"])
        for m in patterns.INTERVIEWER.finditer(text)
        if bisect_right(starts, m.start()) == bisect_right(starts, m.end())
    ]
    found += [
        OutletMention(m.start(), None, "elsewhere", m["document"] or "")
        for m in patterns.ELSEWHERE.finditer(text)
        if m.start() not in taken
    ]
    return sorted(found, key=lambda mention: mention.start)


def _named(text: str) -> Iterator[OutletMention]:
    """Yields the mentions by name. If several patterns match at one character, the first wins."""
    seen: set[int] = set()
    for named in _candidates(text, shown_outlets(text)):
        start = named.outlet.span.start
        if start not in seen:
            seen.add(start)
            kind: MentionKind = "post" if is_social_network(named.outlet.name) else named.kind
            yield OutletMention(start, named.outlet, kind, named.noun, named.phrase_start)


def _candidates(text: str, shown: Collection[str]) -> Iterator[_Named]:
    """Yields the outlets that each pattern finds, pattern by pattern."""
    yield from _shows_in_marks(text)
    yield from _after_lead_in(text, shown)
    yield from _tweets(text)
    for pattern in (patterns.OWN_WEBSITE, patterns.OWN_SHOW, patterns.HOST_S_SHOW, patterns.NETWORK_USER):
        for match in pattern.finditer(text):
            yield _Named(_named_outlet(text, match), match.start())
    yield from _before_verb(text, patterns.QUOTED_BY, "interview", shown)
    yield from _before_text(text, shown)
    yield from _taken_from(text, shown)
    yield from _authors(text, shown)


def _after_lead_in(text: str, shown: Collection[str]) -> Iterator[_Named]:
    for match in patterns.LEAD_IN.finditer(text):
        if match["on"] and _found_just_before(patterns.NOT_GIVEN_BEFORE_ON, text, match.start()):
            continue
        if patterns.ONLY_SEEN.search(match["words"]):
            continue
        outlet = outlet_after(text, match.end(), match["words"], shown)
        if outlet is not None:
            yield _Named(outlet, match.start(), noun=(match["text"] or "").casefold())


def _tweets(text: str) -> Iterator[_Named]:
    for match in patterns.TWEET.finditer(text):
        yield _Named(Outlet("Twitter", Span.of(text, *match.span())), match.start())


def _shows_in_marks(text: str) -> Iterator[_Named]:
    for match in patterns.SHOW_IN_MARKS.finditer(text):
        opening = match.start("show")
        network = patterns.NETWORK_OF_SHOW.search(
            text, max(match.start(), opening - patterns.LONGEST_NAME), opening
        )
        if _found_just_before(patterns.PART_IN_SHOW, text, match.start()):
            continue
        is_named_show = is_show(match["name"], bool(match["after_show"]))
        is_on_network = network and (match["noun_after"] or is_outlet(network["name"], "the"))
        if is_named_show or is_on_network:
            yield _Named(_show(text, match, network if is_on_network else None), match.start())


def _show(text: str, show: regex.Match[str], network: regex.Match[str] | None) -> Outlet:
    """A show in quotation marks, under its network's name and its own: MSNBC’s Morning Joe."""
    if network is None:
        return _named_outlet(text, show)
    name = f"{network['name']}’s {show['name']}"
    return Outlet(name, Span.of(text, network.start("name"), show.end("name")))


def _before_verb(
    text: str, pattern: regex.Pattern[str], kind: MentionKind, shown: Collection[str]
) -> Iterator[_Named]:
    for verb in pattern.finditer(text):
        match = patterns.NAME_AT_END.search(text, max(0, verb.start() - patterns.LONGEST_NAME), verb.start())
        if match and (is_outlet(match["name"], match["the"] or "") or match["name"].casefold() in shown):
            yield _Named(_named_outlet(text, match), match.start(), kind)


def _before_text(text: str, shown: Collection[str]) -> Iterator[_Named]:
    for match in patterns.NAME_BEFORE_TEXT.finditer(text):
        name = match["name"].casefold()
        is_named = name in shown or is_outlet(name, "the")
        if is_named and name not in word_list("names", "weekdays"):
            yield _Named(_named_outlet(text, match), match.start())


def _taken_from(text: str, shown: Collection[str]) -> Iterator[_Named]:
    for pattern in (patterns.TAKEN_FROM, patterns.REPORTS):
        for match in pattern.finditer(text):
            outlet = outlet_after(text, match.end(), match["words"], shown)
            if outlet is not None:
                yield _Named(outlet, match.start(), "report")
    yield from _before_verb(text, patterns.REPORTED, "report", shown)


def _authors(text: str, shown: Collection[str]) -> Iterator[_Named]:
    for match in patterns.AUTHOR_OF.finditer(text):
        outlet = outlet_after(text, match.end(), match["words"], shown)
        if outlet is not None:
            yield _Named(outlet, match.start(), "author")
    yield from _before_verb(text, patterns.OUTLET_S_AUTHOR, "author", shown)


def _found_just_before(pattern: regex.Pattern[str], text: str, at: int) -> bool:
    return pattern.search(text, max(0, at - patterns.LONGEST_WORD_BEFORE), at) is not None


def _named_outlet(text: str, match: regex.Match[str]) -> Outlet:
    span = Span.of(text, *match.span("name"))
    return Outlet(span.text, span)
