"""Names that no list knows, and that the article itself shows to be outlets: "contacted by Kadal", "told
Kadal in an interview"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from quoteattr.lexicon import alternatives, outlet_words, word_list
from quoteattr.names import given_names, tagging_of
from quoteattr.names.outlet_names import is_other_organisation, is_outlet, is_social_network
from quoteattr.outlets.patterns import DOMAIN, NAME_WORD, TOLD_TO

ENOUGH = 2
"""Points that a name needs. Being told something is one point each time, because people tell ministries and
companies things, too; what happens to outlets alone is two."""
NAMED_BY_TAGGER = 0.5
"""Least mean probability that the name tagger gives to an organisation, or to a work. Set by hand."""
NOT_SOMEBODY = 0.5
"""Greatest probability that it may give to a person or to a place."""

_NOT_AN_ADJECTIVE = (
    rf"(?= [^\s\w]* (?: \s* \Z | [^\w\s] | \s+ (?: {alternatives('outlets', 'after_names')} ) \b ) )"
)
_CAPITALS = rf"(?: The[ ] )? {NAME_WORD} (?: [ ] (?: &[ ] )? {NAME_WORD} ){{0,3}}"
_NAME = rf"(?<name> (?> {_CAPITALS} | {DOMAIN} ) )"
_JOURNALIST = alternatives("outlets", "journalists")
_REPORTED = r"reported|reports|understands|has\slearn(?:ed|t)|has\sapproached|has\scontacted"

# What people do with other bodies, too: "told |Kadal|".
TOLD = regex.compile(
    rf"""
    \b (?: told | tells | telling | reminded | (?: spoke | speaking | said | {TOLD_TO} ) \s to )
    \s {_NAME} {_NOT_AN_ADJECTIVE}
    """,
    regex.VERBOSE,
)
# What happens only to outlets.
ONLY_OUTLETS = regex.compile(
    rf"""
    \b (?:
        # 1. "contacted by |Kadal|", "interviewed by |Kadal|"
        (?: contacted | interviewed | quoted ) \s by \s {_NAME} {_NOT_AN_ADJECTIVE}
        # 2. "in an interview with |Kadal|", "an exclusive interview with |Kadal|"
      | interview \s (?: with | for | to ) \s {_NAME} {_NOT_AN_ADJECTIVE}
        # 3. "spoke exclusively to |Kadal|"
      | (?: exclusively | by \s phone | by \s email ) \s (?: to | with ) \s {_NAME} {_NOT_AN_ADJECTIVE}
        # 4. "told |Kadal| by email", "told |Kadal| in an interview"
      | (?: told | tells | telling ) \s {_NAME} \s
        (?: (?: by | via ) \s (?: e-?mail | phone | telephone | text )
          | (?: over | on ) \s the \s (?: phone | condition ) | exclusively
          | in \s (?: an | a ) \s (?: [\p{{Ll}}-]+ \s ){{0,2}} interview ) \b
        # 5. "writing for |Kadal|", "wrote on |Kadal|"
      | (?: writing | wrote | written | writes ) \s (?: for | on ) \s {_NAME} {_NOT_AN_ADJECTIVE}
    )
    """,
    regex.VERBOSE,
)
# What only outlets are said to have or do.
OUTLETS_OWN = regex.compile(
    rf"""
    (?<! \w [ ] | [\w.] ) (?: [Tt]he \s )? (?<name> (?> {_CAPITALS} ) )
    (?:  # 1. "|Kadal|’s request for comment"
         [’']s? \s (?: request (?: s )? \s for | questions | reporters? | readers ) \b
         # 2. "a |Kadal| reporter"
       | \s (?: {_JOURNALIST} ) \b
         # 3. "|Kadal| reported"
       | \s (?: {_REPORTED} ) \b )
    """,
    regex.VERBOSE,
)
# A web address, or "The" within a sentence.
SHAPED = regex.compile(r"\p{L}[\w-]+ (?: \. [\p{L}-]{2,} )+ | The [ ] .+", regex.VERBOSE)


def shown_outlets(text: str) -> frozenset[str]:
    """Returns the names, in small letters and without "the", that the article shows to be outlets.

    >>> sorted(shown_outlets("He told Kadal by email that it works. She told Kadal that it does not."))
    ['kadal']
    """
    points: Counter[str] = Counter()
    sites: dict[str, list[tuple[int, int]]] = {}
    for (start, end), worth in _candidates(text):
        name = text[start:end]
        key = name.casefold().removeprefix("the ")
        points[key] += worth + (bool(SHAPED.fullmatch(name)) if key not in sites else 0)
        sites.setdefault(key, []).append((start, end))
    return frozenset(
        key for key, found in sites.items() if points[key] >= ENOUGH and _is_body(text, key, found)
    )


def _candidates(text: str) -> Iterator[tuple[tuple[int, int], int]]:
    """Yields the place of each name that may be an outlet's, with its points."""
    for pattern, worth in ((TOLD, 1), (ONLY_OUTLETS, ENOUGH), (OUTLETS_OWN, 1)):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            name = text[start:end]
            if not is_outlet(name, "the") and not _is_other(name):
                yield (start, end), worth


def _is_other(name: str) -> bool:
    folded = name.casefold().removeprefix("the ")
    last = folded.split()[-1]
    return (
        is_social_network(folded)
        or folded.split()[0] in given_names()
        or is_other_organisation(folded.split())
        or not outlet_words("bodies").isdisjoint((folded, last))
        or last in word_list("names", "weekdays")
    )


def _is_body(text: str, key: str, sites: list[tuple[int, int]]) -> bool:
    """Whether it is a web address, or the tagger takes it for a body or a work, not a person or place."""
    if "." in key.strip("."):
        return True
    tagging = tagging_of(text)
    odds = [tagging.odds(start, end) for start, end in sites]
    mean = {kind: sum(one[kind] for one in odds) / len(odds) for kind in odds[0]}
    return (
        mean["organisation"] + mean["other"] >= NAMED_BY_TAGGER
        and max(mean["person"], mean["place"]) < NOT_SOMEBODY
    )
