"""Reads the name of an outlet in a text: decides whether one begins at a character, and finds its end."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import regex

from quoteattr.lexicon import outlet_words
from quoteattr.names.outlet_names import (
    is_known_outlet,
    is_other_organisation,
    is_outlet,
    is_show,
    is_social_network,
    known_prefix,
)
from quoteattr.outlets.patterns import DOMAIN, LONGEST_NAME, NAME_WORD, NAMED_AFTER, UP_TO_NAME
from quoteattr.schema import Outlet, Span

# A name that may be an outlet's: "The |Sunday Telegraph|", "|Mail on Sunday|", "|Rossiya television|".
NAME = regex.compile(
    rf"""
    (?: The\s+ )?
    (?<name> {DOMAIN} | {NAME_WORD}
             (?: [ ] (?: of[ ] | the[ ] | &[ ] | \+[ ] | and[ ] | (?<= (?:Mail|Sun)[ ] ) on[ ] (?=Sunday) )*+
                 {NAME_WORD} )*
             (?: [ ] (?: television | radio | news[ ]agency | newspaper | podcast | magazine
                       | programme? | website ) )? )
    """,
    regex.VERBOSE,
)
# The first word of a name.
CAPITALISED = regex.compile(r"(?<! \p{Lu} [\w’'&-]* [ ] ) (?<! \w ) \p{Lu}", regex.VERBOSE)
# A person before the employer: "told |Chris Cuomo of |CNN", "told host |Chuck Todd on |NBC".
PERSON_OF_OUTLET = regex.compile(
    rf"(?: \p{{Lu}}[\p{{L}}.’'-]+ [ ] ){{1,3}} (?: of | on | at | from | for ) \s+ {UP_TO_NAME}",
    regex.VERBOSE,
)
# A country before the outlet: "|Russian state-run news outlet |RIA Novosti".
DESCRIPTION = regex.compile(
    r"\p{Lu}\p{Ll}+ (?: [’']s )? \s+ (?<words> (?: [\p{Ll}-]+ \s+ ){0,4} ) (?= \p{Lu} )", regex.VERBOSE
)
# The possessive between a network and its show, and a noun after the show.
OWNER = regex.compile(r"[’']s \s (?= \p{Lu} )", regex.VERBOSE)
SHOW_NOUN = regex.compile(r"\s (?: show | programme? | podcast ) \b", regex.VERBOSE)
# What stands between a description that looks like a name and the actual name.
NAME_IN_APPOSITION = regex.compile(
    r"""
    (?: (?<= \b (?<noun> \p{Ll}+ ) )   # 1. "Dutch newspaper| |De Echo"
      | \s+ (?<noun> affiliate | station | partner ) )   # 2. "Fox| affiliate |KRVT"
    \s+ (?= \p{Lu} )
    """,
    regex.VERBOSE,
)
# Words after a name that show that it is an outlet: "the Forward|, a Jewish newspaper".
DESCRIBED_AFTER = regex.compile(
    r"""
    , \s (?: an? | the ) \s (?: [\w’'-]+ \s ){0,4}
    (?: newspaper | magazine | broadcaster | website | station | network | channel | newswire | daily | weekly
      | podcast | tabloid | news\ssite | news\sagency ) \b
    """,
    regex.VERBOSE,
)
# A name ends before a possessive: "Fox News|’s Sunday show".
FROM_POSSESSIVE = regex.compile(r"[’'] (?: s\b .* | [ ] .* )? \Z", regex.VERBOSE)
# The last word of a name, or the possessive of it.
FROM_LAST_WORD = regex.compile(r"(?: [ ] [^ ]* | [’'] s? | \A [^ ’']+ ) \Z", regex.VERBOSE)
# A name ends before a role or a day: "NBC News| Senior Correspondent", "CNN| Tuesday".
FROM_ROLE_OR_DAY = regex.compile(
    r"""
    [ ] (?: (?: Senior | Chief | Investigative | Political | White[ ]House | National )[ ] )*
        (?: [Cc]orrespondent | [Hh]ost | [Aa]nchor | [Ee]ditor | [Rr]eporter | [Cc]olumnist | [Mm]oderator
          | [Cc]ontributor | Mon | Tues | Wednes | Thurs | Fri | Satur ) .*
    """,
    regex.VERBOSE,
)


def outlet_after(text: str, start: int, before: str, shown: Collection[str] = frozenset()) -> Outlet | None:
    """Returns the outlet whose name the text has from `start` on, or None.

    The name may begin at `start`, after the country of the outlet, or after a person who works for it.

    Args:
        text: the article.
        start: first character after the words that lead up to a name.
        before: the last of these words, which may show that an outlet follows ("the broadcaster ").
        shown: names, in small letters, that the article shows to be outlets.

    >>> [outlet_after(f"told {name} on Monday", 5, "").name for name in ("Sky News", "Chris Cuomo of CNN")]
    ['Sky News', 'CNN']
    """
    described = DESCRIPTION.match(text, start)
    if described and outlet_words("nouns").isdisjoint(described["words"].split()[-1:]):
        described = None
    found = None if described else outlet_at(text, start, before, shown)
    if found:
        return _outlet_in_apposition(text, found.span.end) or _with_show(text, found)
    described = described or DESCRIPTION.match(text, start)
    if described and (found := outlet_at(text, described.end(), described["words"], shown)):
        return found
    person = PERSON_OF_OUTLET.match(text, start, start + 2 * LONGEST_NAME)
    return outlet_at(text, person.end(), person["words"], shown) if person else None


def _with_show(text: str, network: Outlet) -> Outlet:
    """The network with the show that is named after it: "CNN|’s State of the Union"; without one, the
    network."""
    owner = OWNER.match(text, network.span.end)
    show = NAME.match(text, owner.end(), owner.end() + LONGEST_NAME) if owner else None
    if show is None or not (is_show(show["name"]) or SHOW_NOUN.match(text, show.end())):
        return network
    name = f"{network.name}’s {show['name']}"
    return Outlet(name, Span.of(text, network.span.start, show.end("name")))


def outlets_named(text: str) -> Iterator[Outlet]:
    """Yields every outlet that a text names, in order; no social networks."""
    end = 0
    for match in CAPITALISED.finditer(text):
        outlet = None if match.start() < end else outlet_at(text, match.start(), "the ")
        if outlet is not None and not is_social_network(outlet.name):
            end = outlet.span.end
            yield outlet


def _outlet_in_apposition(text: str, end: int) -> Outlet | None:
    """The outlet whose name follows its network or a noun for outlets: KRVT in "Fox affiliate KRVT"."""
    link = NAME_IN_APPOSITION.match(text, end)
    if link is None:
        return None
    is_station = link["noun"] in outlet_words("station_nouns")
    return outlet_at(text, link.end(), "station " if is_station else f"{link['noun']} ")


def outlet_at(text: str, start: int, before: str, shown: Collection[str] = frozenset()) -> Outlet | None:
    """Returns the outlet whose name begins at `start`, with or without "the"; None if there is none.

    Args:
        text: the article.
        start: first character of the name or of "The" before it.
        before: the text in front of it, as in `is_outlet`.
        shown: as in `outlet_after`.

    >>> outlet_at("CNN Tuesday", 0, ""), outlet_at("Ann Lee", 0, "")
    (Outlet(name='CNN', span=Span(start=0, end=3, text='CNN')), None)
    """
    match = NAME.match(text, start, start + LONGEST_NAME)
    if not match:
        return None
    whole = match["name"]
    person, of, employer = whole.rpartition(" of ")
    employer = employer.removeprefix("the ")
    if of and is_outlet(employer, "the") and not is_outlet(person):
        return outlet_at(text, match.end("name") - len(employer), "", shown)
    begin = match.start("name")
    is_known = (before + text[start:begin]).endswith("The ") and is_known_outlet(f"the {whole}")
    name = whole if is_known else _shown_beginning(whole, shown) or _without_words_after(whole)
    if not name:
        return None
    before += text[start:begin]
    if DESCRIBED_AFTER.match(text, begin + len(name)):
        before += "newspaper "
    if name.casefold() not in shown:
        name = _longest_outlet(name, before)
    if not name or _is_topic(name, whole) or NAMED_AFTER.match(text, begin + len(name)):
        return None
    return Outlet(name, Span.of(text, begin, begin + len(name)))


def _shown_beginning(whole: str, shown: Collection[str]) -> str:
    """The longest beginning of a name that the article shows to be an outlet's; empty if there is none."""
    name = whole
    while shown and name:
        if name.casefold() in shown:
            return name
        name = FROM_LAST_WORD.sub("", name)
    return ""


def _without_words_after(whole: str) -> str:
    """The name without words that do not belong to it; empty if it is the name of another organisation."""
    if known := _known_with_possessive(whole):
        return known
    name = FROM_POSSESSIVE.sub("", whole).removesuffix(" news agency")
    if is_known_outlet(name):
        return name
    if is_other_organisation([word.casefold() for word in name.split() if not word.islower()]):
        return ""
    return _cut_after_known(FROM_ROLE_OR_DAY.sub("", name))


def _known_with_possessive(whole: str) -> str:
    """The known name with a possessive in it that a name begins with: "People’s Daily"; empty if there is
    none."""
    words = whole.split(" ")
    folded = [word.replace("'", "’") for word in words]
    known = len(words) if is_known_outlet(" ".join(folded)) else known_prefix(folded)
    return " ".join(words[:known]) if "’" in "".join(folded[:known]) else ""


def _cut_after_known(name: str) -> str:
    """The name up to the end of a known one of several words: "Washington Post| Trump"."""
    words = name.split()
    known = known_prefix(words, shortest=2) or len(words)
    more = {word.casefold() for word in words[known:]}
    of_outlets = outlet_words("masthead") | outlet_words("parts") | outlet_words("nouns")
    return name if more & of_outlets or any(map(str.isdigit, more)) else " ".join(words[:known])


def _longest_outlet(name: str, before: str) -> str:
    """The longest beginning of a name that is an outlet's: "Reuters" of "Reuters Hale"."""
    while name and not is_outlet(name, before):
        name = name.rpartition(" ")[0]
    return name


def _is_topic(name: str, whole: str) -> bool:
    """Whether a social network is the topic and not the outlet: "on |Facebook|’s policy"."""
    possessive = name != whole and whole.startswith((f"{name}’", f"{name}'"))
    return possessive and is_social_network(name)
