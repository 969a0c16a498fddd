"""Where the words were given: "told MailOnline", "writing in The Sunday Telegraph", "said on Twitter".

Every naming of an outlet in the article is found first and given to whoever speaks in that sentence; a
quotation then has the last outlet that its speaker was given, until words such as "told reporters" or "in a
statement" end the interview.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import regex

from quoteattr.layout import SENTENCE_END
from quoteattr.lexicon import outlet_words
from quoteattr.lexicon import words as listed
from quoteattr.names import find_names, read_name
from quoteattr.phrases import TIMES
from quoteattr.schema import Outlet, Quotation, Span, Speaker

_KINDS_OF_TEXT = (
    r"interview|op-ed|opinion\s(?:piece|article)|article|column|piece|essay|editorial"
    r"|(?:live\s)?blog(?:\spost)?|post|comment|commentary|letter|appearance|broadcast|podcast|dispatch"
)
"""What words can be given in, at an outlet."""

# A name that may be an outlet's: "Sunday Telegraph", "MailOnline", "Channel 4", "Rossiya television"
_WORD = r"(?:\p{Lu}[\w&’'-]*(?:\.\w+)*|\d{1,3}\b)"
_CAPITALISED = regex.compile(
    rf"""
    (?:The\s+)?
    (?<name> {_WORD} (?: [ ] (?: of[ ] | the[ ] | &[ ] | and[ ] )* {_WORD} )*
             (?: [ ] (?: television | radio | news[ ]agency | newspaper | podcast | magazine
                       | programme? ) )? )
    """,
    regex.VERBOSE,
)

# What leads up to the name of an outlet. The name may follow some words in small letters: "told the
# broadcaster PR1".
_GIVEN_TO = regex.compile(
    rf"""
    \b (?i:
      (?: told | tells | tell | telling )   # 1. told MailOnline
    | (?: speak | speaks | speaking | spoke | talk | talking | talked | said | says | saying )
      (?: \s+ (?: exclusively | live | earlier | briefly | \w+day | this\smorning | today ) )* ,?
      \s+ (?: to | with | on | in )  # 2. speaking to Sky News
    | interview(?:ed|s)? (?: \s+ (?! with|by|on|in|for|to ) [\w’']+ ){{0,4}}
      \s+ (?: with | by | on | in | for | to )   # 3. an interview with
    | appear(?:ed|ing|ance|ances|s)? (?: \s+ \w+day )? \s+ on   # 4. appeared on CNN
    | (?: write | writes | writing | wrote | written ) (?: \s+ \w+day )?
      \s+ (?: in | for | on )  # 5. writing in The Times
    | (?: {_KINDS_OF_TEXT} ) (?: \s+ (?: published | printed | posted | \w+day | that\sappeared ) )?
      \s+ (?: in | for | on | by | with )   # 6. op-ed in The Times
    | (?: letter | post | posted | posting | statement | comments? | remarks | message | e-?mail )
      \s+ (?: on | to )   # 7. posted on Facebook
    | (?: took | taking | takes | turned ) \s+ to   # 8. took to Twitter
    | (?: published | quoted | printed ) \s+ (?: in | by | on )   # 9. quoted by Tass
    | in (?= \s+ (?-i:The) \s )  # 10. in The Coastal Review
    | (?<= \A | [,.”’'"\s] ) on   # 11. on Fox News
    )
    \s+ (?<words> (?: [\p{{Ll}}’'-]+ \s+ ){{0,6}} (?: The \s+ )? )
    (?= \p{{Lu}} )
    """,
    regex.VERBOSE,
)
# "in a SkyNews interview", "in a Washington Post op-ed"
_IN_ITS = regex.compile(
    rf"""
    \b [Ii]n \s+ (?: an? | his | her | their | another | the\ssame ) \s+
    (?: [\p{{Ll}}-]+ \s+ )? (?= \p{{Lu}} )
    (?<name> [^,.;:“”"\n]{{2,40}}? ) (?: [’']s )? \s+ (?: {_KINDS_OF_TEXT} ) \b
    """,
    regex.VERBOSE,
)
# "|Russian state-run news outlet |RIA Novosti"
_DESCRIBED = regex.compile(r"\p{Lu}\p{Ll}+\s+(?<words>(?:[\p{Ll}-]+\s+){0,4})(?=\p{Lu})")

# "she tweeted", "in a series of tweets": given on Twitter without its name.
_TWEET = regex.compile(
    r"""
    \b (?: (?:re)?tweeted | tweeting | tweets (?= : | ,? \s+ that\b | \s+ [“"‘'] )
        | in \s+ (?: an?|his|her|another|one ) \s+ (?: \w+ \s+ )? tweet ) \b
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

# "On this weekend’s broadcast of “Fox News Sunday,”", "on “Morning Joe”"
_SHOW = regex.compile(
    r"""
    \b [Oo]n \s+ (?: [\w’'-]+ \s+ ){0,5}?
    (?: (?: show|programme?|broadcast|edition|episode|podcast ) \s+ (?: of\s+ )? )?
    ["“‘'] (?<name> \p{Lu} [^"”\n]{2,40}? ) ,? ["”’'] (?! \w )
    """,
    regex.VERBOSE,
)

# "she told the paper": the one that was named before.
_THE_SAME = regex.compile(
    r"""
    \b (?: told | tells | telling | spoke\sto | speaking\sto | in ) \s the \s
    (?: newspaper | paper | magazine | station | broadcaster | network | programme? | website | site | channel
      | (?:news\s)?agency | outlet | interview ) \b
    """,
    regex.VERBOSE,
)
# Words given elsewhere: the interview is over.
_ELSEWHERE = regex.compile(
    r"""
      \b (?: told | telling | tells ) \s+ (?: a | an | the | his | her | their | some | [\d,]+ )? \s*
         (?: [\p{Ll}-]+ \s+ )?
         (?: reporters | journalists | supporters | voters | crowd | audience | rally | court
           | lawmakers | mps | committee | hearing | inquiry | jury | conference | gathering | group
           | meeting | parliament | congress | senate | students | activists | donors
           | delegates ) \b                                                      # 1. told a crowd
    | \b in \s+ (?: a | an | his | her | their | another | the ) \s+ (?: [\p{Ll}-]+ \s+ ){0,2}
         (?: statement | speech | letter | memo | e-?mail | address | report | filing | testimony | book
           | memoir | press\srelease ) \b   # 2. in a written statement
    | \b (?: at | during | in ) \s+ (?: a | an | the | his | her | last | \w+day’s ) \s+
         (?: [\w’'-]+ \s+ ){0,3}
         (?: news\sconference | press\sconference | rally | debate | town\shall | hearing | event
           | fundraiser | summit | meeting | inquest ) \b   # 3. at a news conference
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "Read more at DailyMail.co.uk", "This article first appeared in The Echo"
_PRINTED_BY = regex.compile(
    r"""
    ^ \W{0,4}
    (?: Read \s (?: more | it | the\sfull\s(?:story|article) ) \s (?: at | on | in | from )
      | (?: This\s(?:article|story)\s )? (?: first | originally ) \s (?: appeared | published )
        \s (?: in | on | by | at )
      | Source: | Copyright \s (?: © | \(c\) )? \s? (?: \d{4} ,? \s )? )
    \s* (?: the\s+ )? (?<name> \p{Lu} [^\n]{1,50}? ) [.\s]* $
    """,
    regex.VERBOSE | regex.MULTILINE | regex.IGNORECASE,
)
_HE = regex.compile(r"\b(?:he|she)\b", regex.IGNORECASE)


_LONGEST_NAME = 60
"""Characters; "Frankfurter Allgemeine Sonntagszeitung" has 38."""


_POSTED = frozenset(
    "twitter facebook instagram telegram x snapchat tiktok linkedin reddit weibo youtube whatsapp".split()
)
"""Posts are short: what is said a paragraph later need not be from there."""

# American stations: KRVT, WNYC-FM
_CALL_SIGN = regex.compile(r"[KW]\p{Lu}{2,3}(?:-(?:TV|FM|AM))?")


@attrs.frozen
class _Naming:
    """A place that names an outlet or, with None, says that words were given elsewhere."""

    at: int
    start: int
    """First character of its sentence."""
    end: int
    outlet: Outlet | None


def find_outlets(
    text: str, quotations: Sequence[Quotation], speakers: Sequence[Speaker | None]
) -> list[Outlet | None]:
    """The outlet of each quotation, or None where the text names none for its speaker.

    Args:
        text: the article.
        quotations: all of it, in order.
        speakers: one for each quotation; None where nobody speaks.
    """
    quoted = [(q.content.start, q.content.end) for q in quotations]
    places = [(q.outer.start, speaker) for q, speaker in zip(quotations, speakers, strict=True)]
    owned: dict[str, list[_Naming]] = {}
    for naming in _namings(text, quoted):
        for speaker in _owners(text, naming, places):
            owned.setdefault(speaker.name, []).append(naming)
    return [
        _outlet(text, owned.get(speaker.name, ()), quotation) if speaker else None
        for quotation, speaker in zip(quotations, speakers, strict=True)
    ]


def _outlet(text: str, namings: Sequence[_Naming], quotation: Quotation) -> Outlet | None:
    """What the speaker was last given by the end of the quotation's sentence."""
    start, end = quotation.outer.start, quotation.outer.end
    here = [n for n in namings if n.start <= start < n.end or n.start <= end < n.end]
    if here:
        return next((n.outlet for n in here if n.outlet), None)
    before = [n for n in namings if n.at < start]
    if not before or before[-1].outlet is None:
        return None
    between = text[before[-1].at : start]
    far = len(regex.findall(r"[\r\n]+", between)) > 1
    return None if far and before[-1].outlet.name.casefold() in _POSTED else before[-1].outlet


def _namings(text: str, quoted: Sequence[tuple[int, int]]) -> Iterator[_Naming]:
    """Namings outside of quotations, in order."""
    found: list[tuple[int, Outlet | None]] = [(outlet.span.start, outlet) for outlet in _named(text)]
    found += [(match.start(), None) for match in _ELSEWHERE.finditer(text)]
    for match in _THE_SAME.finditer(text):
        named = [outlet for at, outlet in found if outlet and at < match.start()]
        if named:
            found.append((match.start(), max(named, key=lambda outlet: outlet.span.start)))
    for at, outlet in sorted(found, key=lambda item: item[0]):
        # The name of a show stands in marks of its own: on “Fox News Sunday”.
        inside = any(start < at < end or (start == at and outlet is None) for start, end in quoted)
        if not inside:
            yield _Naming(at, *_sentence(text, at, quoted), outlet)


def _sentence(text: str, at: int, quoted: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sentence around `at`, quoted sentences counted as part of it."""

    def inside(place: int) -> bool:
        return any(start <= place < end for start, end in quoted)

    line = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    ends = [m.end() for m in SENTENCE_END.finditer(text, line, stop) if not inside(m.start())]
    return max((e for e in ends if e <= at), default=line), min((e for e in ends if e > at), default=stop)


def _named(text: str) -> Iterator[Outlet]:
    seen: set[int] = set()
    for match in _GIVEN_TO.finditer(text):
        yield from _new(seen, _outlet_at(text, match.end(), match["words"]) or _described(text, match.end()))
    for match in _TWEET.finditer(text):
        yield from _new(seen, Outlet("Twitter", Span.of(text, *match.span())))
    for match in _SHOW.finditer(text):
        if is_outlet(match["name"], "the show " if "of" in match.group().split() else "the"):
            yield from _new(seen, Outlet(match["name"], Span.of(text, *match.span("name"))))
    for match in _IN_ITS.finditer(text):
        span = Span.of(text, *match.span("name"))
        yield from _new(seen, Outlet(span.text, span) if is_outlet(span.text, "the") else None)


def _described(text: str, start: int) -> Outlet | None:
    """The outlet after a nationality and a noun."""
    match = _DESCRIBED.match(text, start)
    return _outlet_at(text, match.end(), match["words"]) if match else None


def _new(seen: set[int], outlet: Outlet | None) -> Iterator[Outlet]:
    if outlet is not None and outlet.span.start not in seen:
        seen.add(outlet.span.start)
        yield outlet


def _outlet_at(text: str, start: int, before: str) -> Outlet | None:
    """The outlet whose name begins at `start`, if what stands there is one."""
    match = _CAPITALISED.match(text, start, start + _LONGEST_NAME)
    if not match:
        return None
    name = regex.sub(r"[’'](?:s\b.*)?\Z", "", match["name"])
    if _is_body(name.casefold().split()):
        return None
    while name and not is_outlet(name, before + text[start : match.start("name")]):
        name = name.rpartition(" ")[0]
    return Outlet(name, Span.of(text, match.start("name"), match.start("name") + len(name))) if name else None


def is_outlet(name: str, before: str = "") -> bool:
    """Whether a name is that of a medium. `before` is what stands in front of it.

    >>> is_outlet("RIA Novosti"), is_outlet("Ann Lee"), is_outlet("PR1", "the broadcaster ")
    (True, False, True)
    >>> is_outlet("Evening Herald"), is_outlet("Herald", "the "), is_outlet("Herald")
    (True, True, False)
    """
    folded = name.casefold().removeprefix("the ")
    words = folded.split()
    if not words or folded in outlet_words("nouns"):
        return False
    if folded in outlet_words("known"):
        return True
    if set(before.casefold().split()[-1:]) & outlet_words("nouns") and words[0] not in TIMES:
        return True
    if _CALL_SIGN.fullmatch(name) and before:
        return True
    if len(words) > 1 and words[-1] in outlet_words("nouns"):
        return True
    if not set(words) & outlet_words("masthead") or _is_body(words):
        return False
    return len(words) > 1 or "the" in before.casefold().split()


def _is_body(words: Sequence[str]) -> bool:
    """The World Bank, the Courier Group: not a medium, whatever word of mastheads it holds."""
    return bool(words) and words[-1] in listed("organisation_words") - outlet_words("masthead")


def _owners(text: str, naming: _Naming, places: Sequence[tuple[int, Speaker | None]]) -> list[Speaker]:
    """Who speaks in the sentence of a naming; failing that, who is named in it, or was speaking before it."""
    itself = naming.outlet.name.casefold() if naming.outlet else None
    here = [
        s
        for at, s in places
        if s and naming.start <= at < naming.end and s.name.casefold() not in (itself or "")
    ]
    if here:
        return list(dict.fromkeys(here))
    sentence = text[naming.start : naming.end]
    people = list(dict.fromkeys(s for _, s in places if s))
    named = {read_name(span.text).last for span in find_names(sentence)}
    found = [s for s in people if read_name(s.name).last in named]
    if found or not _HE.search(sentence):
        return found
    earlier = [s for at, s in places if s and at < naming.at]
    return earlier[-1:]


def find_publisher(text: str) -> str | None:
    """Who printed the article, if a line of its own says so.

    >>> find_publisher("It rained.\\n\\nRead more at DailyMail.co.uk")
    'DailyMail.co.uk'
    >>> find_publisher("She criticised the BBC.") is None
    True
    """
    lines = list(_PRINTED_BY.finditer(text))
    return lines[-1]["name"] if lines else None
