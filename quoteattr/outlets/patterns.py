"""Where an article names a medium to which words were given, or says that they were given elsewhere.

"told MailOnline", "writing in The Sunday Telegraph", "on CNN’s “State of the Union”", "she tweeted"; and
"told reporters", "in a statement", "in an interview".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

import attrs
import regex

from quoteattr.lexicon import outlet_words
from quoteattr.outlet_names import is_known_outlet, is_other_organisation, is_outlet, is_show, known_prefix
from quoteattr.schema import Outlet, Span

NamingKind = Literal["told", "post", "same", "person", "elsewhere"]


@attrs.frozen
class Naming:
    """A place that says where words were given."""

    at: int
    """First character."""
    outlet: Outlet | None
    """The medium; None for words given elsewhere, and for "the paper" until it is known which."""
    kind: NamingKind
    """"told" may hold for what follows, a "post" is short; "same" is a medium named before, a "person" may be
    the one who asks there."""
    noun: str = ""
    """For "same" and "person" what the medium or the person is called ("paper", "Tapper"); for "told" the
    kind of text that stands before the medium ("article"), if one does."""


_KINDS_OF_TEXT = (
    r"interview|op-ed|opinion\s(?:piece|article)|article|column|piece|essay|editorial|conversation|Q&A"
    r"|(?:live\s)?blog(?:\spost)?|post|comment|commentary|letter|appearance|broadcast|podcast|dispatch"
    r"|edition|episode|segment|story|video|live\s?stream|profile|feature|cover\sstory|AMA|thread|reel"
)
"""What words can be given in, at an outlet."""
_SAYING = (
    r"said|says|saying|stated|stating|wrote|writes|writing|noted|notes|argued|argues|arguing|added|asked"
    r"|asserted|claimed|claims|claiming|declared|explained|insisted|lamented|predicted|warned|joked|called"
    r"|complained|commented|remarked|announced|recalled|suggested|tweeted|posted|opined|observed"
)

# A name that may be an outlet's: "Sunday Telegraph", "MailOnline", "Channel 4", "Rossiya television"
_WORD = r"(?:\p{Lu}[\w&’'-]*(?:\.\w+)*|\d{1,3}\b)"
_CAPITALISED = regex.compile(
    rf"""
    (?:The\s+)?
    (?<name> {_WORD}
             (?: [ ] (?: of[ ] | the[ ] | &[ ] | and[ ] | (?<=(?:Mail|Sun)[ ])on[ ](?=Sunday) )* {_WORD} )*
             (?: [ ] (?: television | radio | news[ ]agency | newspaper | podcast | magazine
                       | programme? | website ) )? )
    """,
    regex.VERBOSE,
)
_SMALL_WORDS = r"(?: [\p{Ll}’'-]+ \s+ ){0,6}"

# What leads up to the name of an outlet. The name may follow some words in small letters: "told the
# broadcaster PR1".
_GIVEN_TO = regex.compile(
    rf"""
    \b (?i:
      (?: told | tells | tell | telling
        | (?: confirmed | admitted | explained | revealed | complained | emailed ) \s to )
                                                                     # 1. told MailOnline
    | (?: speak | speaks | speaking | spoke | talk | talking | talked | said | says | saying )
      (?: \s+ (?: exclusively | live | earlier | later | afterwards | briefly | \w+day | this\smorning
                | today ) )* ,?
      \s+ (?: to | with | on | in )  # 2. speaking to Sky News
    | interview(?:ed|s)? (?: \s+ (?! with|by|on|in|for|to ) [\w’']+ ){{0,4}}
      \s+ (?: with | by | on | in | for | to )   # 3. an interview with
    | (?: conversation | chat | sit-down | Q&A | sat\sdown | meeting ) \s+ with   # 4. a conversation with
    | (?: remarks? | comments? | claims? ) ,? \s made \s (?: to | in | on )
    | (?: appear(?:ed|ing|ance|ances|s)? | guest ) (?: \s+ \w+day )? \s+ on   # 5. appeared on CNN
    | (?: call(?:ed|ing)? | phon(?:ed|ing) ) \s in \s? to   # 6. called in to
    | (?: asked | pressed | questioned | quizzed | grilled ) (?: \s+ (?: \w+day | later | live ) )?
      \s+ (?: by | on )   # 7. asked by the BBC
    | (?: (?: write | writes | writing | wrote | written ) (?: \s+ \w+day )? \s+ (?: in | on )
        | (?: writing | wrote | written ) \s for )  # 8. writing in The Times
    | (?<text> {_KINDS_OF_TEXT} ) (?: \s+ (?: published | printed | posted | \w+day | that\sappeared ) )?
      \s+ (?: in | for | on | by | with | of )   # 9. op-ed in The Times
    | (?: letter | post | posted | posting | statement | comments? | remarks | message | e-?mail )
      \s+ (?: on | to )   # 10. posted on Facebook
    | (?: took | taking | takes | turned ) \s+ to | us(?:ed|ing) (?= \s [\w\s]{{2,20}} \s to \b )
                                                                     # 11. took to Twitter
    | (?: published | quoted | printed ) \s+ (?: in | by | on )   # 12. quoted by Tass
    | (?: {_SAYING} ) (?: \s+ (?: recently | earlier | last\s\w+ | this\s\w+ | \w+day ) )? ,?
      \s+ in   # 13. noted in
    | in (?= \s+ (?-i:The) \s )  # 14. in The Coastal Review
    | in (?= \s+ \w+day[’']s \s )  # 15. in Friday’s Sun
    | via   # 16. via Twitter
    | (?<on> on )   # 17. on Fox News
    )
    \s+ (?<words> {_SMALL_WORDS} (?: The \s+ )? )
    (?= \p{{Lu}} )
    """,
    regex.VERBOSE,
)
# "an attack |on CNN", "she works |on Fox News": nothing is given there
_NO_PLACE = regex.compile(
    r"""
    \b (?: attacks? | back | based | reports? | story | stories | focus(?:ed)? | pressure | bans? | criticism
        | bets? | ads? | money | heavily | sued? | war | stake | work(?:s|ed|ing)? | here | hosts? | judge
        | stars? | starred | starring | anchors? | contestant | contributor | commentator ) \s \Z
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "told |Chris Cuomo of CNN", "told host Chuck Todd on |NBC"
_HOST = regex.compile(
    rf"""
    (?: \p{{Lu}}[\p{{L}}.’'-]+ [ ] ){{1,3}} (?: of | on | at | from | for ) \s+
    (?<words> {_SMALL_WORDS} (?: The \s+ )? ) (?= \p{{Lu}} )
    """,
    regex.VERBOSE,
)
# "the Fox affiliate |KRVT", "the Dutch newspaper |De Echo"
_APPOSED = regex.compile(r"(?:(?<=\b(?<noun>\p{Ll}+))|\s+(?<noun>affiliate|station|partner))\s+(?=\p{Lu})")
# "the Forward|, a Jewish newspaper"
_IS_ONE = regex.compile(
    r",\s(?:an?|the)\s(?:[\w’'-]+\s){0,4}(?:newspaper|magazine|broadcaster|website|station|network|channel|newswire|daily|weekly"
    r"|podcast|tabloid|news\ssite|news\sagency)\b"
)
# "Interfax |quoted Hale as saying"
_QUOTED = regex.compile(r"\s+(?:news\sagency\s+)?(?:quoted|quotes)\s")
_NAME_BEFORE = regex.compile(rf"(?:\b(?<the>[Tt]he)\s+)?(?<name>{_WORD}(?:[ ]{_WORD})*)\Z")
# "in a SkyNews interview", "during a CNN interview", "his Washington Post op-ed"
_IN_ITS = regex.compile(
    rf"""
    \b (?: [Ii]n | [Dd]uring | [Ff]rom | [Oo]f | [Tt]o ) \s+
    (?: an? | his | her | their | another | the (?: \s same )? | [\p{{L}} ]{{2,30}}[’']s ) \s+
    (?: [\p{{Ll}}\d-]+ \s+ )? (?= \p{{Lu}} )
    (?<name> [^,.;:“”"\n]{{2,40}}? ) (?: [’']s )? \s+ (?: (?: live | exclusive | op-ed | Live ) \s+ )?
    (?: {_KINDS_OF_TEXT} ) \b
    """,
    regex.VERBOSE,
)
# "|Russian state-run news outlet |RIA Novosti"
_DESCRIBED = regex.compile(r"\p{Lu}\p{Ll}+(?:[’']s)?\s+(?<words>(?:[\p{Ll}-]+\s+){0,4})(?=\p{Lu})")

# "she tweeted", "in a series of tweets": given on Twitter without its name.
_TWEET = regex.compile(
    r"""
    \b (?: (?:re)?tweeted | tweeting
        | tweets? (?: \s+ (?: early | late | on )? \s* \w+day )?
          (?= : | \s+ [“"‘'] | ,? \s+
              (?: that | in\swhich | saying | accusing | calling | claiming | reading | which\sread ) \b )
        | in \s+ (?: [\w’'-]+ \s+ ){1,4} tweets? | Twitter \s followers ) \b
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# "says on its website"
_OWN_SITE = regex.compile(
    r"\bon\s+(?:his|her|its|their)\s+(?:(?:own|official|campaign|personal)\s+){0,2}(?<name>web\s?site)\b"
)

# "on Glenn Beck’s radio programme"
_HIS_SHOW = regex.compile(
    r"\b(?i:on|to)\s+(?<name>(?:\p{Lu}[\w.-]+\s){1,2}\p{Lu}[\w-]+[’']s\s"
    r"(?:(?:radio|talk|TV|television|online)\s){0,2}(?:show|programme?|podcast))\b"
)

# "On this weekend’s broadcast of “Fox News Sunday,”", "on “Morning Joe”"
_SHOW = regex.compile(
    r"""
    \b (?: [Oo]n | [Ii]n | [Dd]uring | told | tells
        | (?: spoke | speaking | interview ) \s (?: to | with | for ) )
    \s+ (?: (?! ["“‘'] ) [\w’'-]+ \s+ ){0,5}?
    (?<of> (?: show | programme? | broadcast | edition | episode | podcast | series ) ,? \s+ (?: of\s+ )? )?
    ["“‘'] (?<name> \p{Lu} [^"”\n]{2,40}? ) [,.]? ["”’'] (?! \w )
    """,
    regex.VERBOSE,
)

# "is a host |on the show “Shark Tank”"
_CAST = regex.compile(
    r"\b(?:hosts?|star(?:s|red|ring)?|anchors?|contestant|judge|contributor|role|parody)\s\Z"
)

# "on |MSNBC’s |“Morning Joe”": the network is the outlet
_OWNER = regex.compile(r"(?<name>\p{Lu}[\w&]*(?: \p{Lu}[\w&]*)*)[’']s?\s+\Z")

# "she told the paper": the one that was named before.
_THE_SAME = regex.compile(
    r"""
    \b (?: told | tells | telling | in | on | (?: spoke | speaking | said | admitted | explained ) \s to )
    \s the \s (?: same \s )?
    (?<noun> newspaper | paper | magazine | station | broadcaster | network | programme? | website | site
      | channel | (?:news\s)?agency | outlet | show | podcast | interview | article | op-ed | piece | essay
      | column ) \b
    (?! \s+ (?: with | of | for | in | on | about ) \b | [’'] )
    """,
    regex.VERBOSE,
)
# "she told Tapper"
_TOLD = regex.compile(
    r"\b(?:told|tells|telling)\s+(?:host\s+|anchor\s+)?(?:\p{Lu}[\w.’-]+\s+){0,2}?"
    r"(?<noun>\p{Lu}[\w-]++)(?!\s+\p{Lu})"
)
# Words given elsewhere: the interview is over.
_ELSEWHERE = regex.compile(
    r"""
      \b (?: told | telling | tells ) \s+ (?: a | an | the | his | her | their | some | [\d,]+ )? \s*
         (?: [\p{Ll}-]+ \s+ )?
         (?: reporters | journalists | supporters | voters | crowd | audience | rally | court
           | lawmakers | mps | councillors | committee | hearing | inquiry | jury | conference | gathering
           | group | meeting | parliament | congress | senate | students | activists | donors
           | delegates ) \b   # 1. told a crowd
    | \b in \s+ (?: a | an | his | her | their | another | the ) \s+ (?: [\p{Ll}-]+ \s+ ){0,2}
         (?: statement | speech | letter | memo | e-?mail | address | report | filing | testimony | book
           | memoir | press\srelease ) \b   # 2. in a written statement
    | \b (?: at | during | in ) \s+ (?: a | an | the | his | her | last | \w+day’s ) \s+
         (?: [\w’'-]+ \s+ ){0,3}
         (?: (?: news | press )\sconference | rally | debate | town\shall | hearing | event | fundraiser
           | summit | meeting | inquest | campaign\sstop | convention | breakfast ) \b   # 3. at a rally
    | \b in \s (?: court | parliament ) \b   # 4. in court
    | \b in \s an? \s (?: [\p{Ll}-]+ \s )? interview \b   # 5. in an interview, but not with a medium
         (?! (?: \s+ (?! with|by|on|in|for|to ) [\w’']+ ){0,4} \s+ (?: with | by | on | for | to ) )
    | \b (?: issued | released ) \s (?: a | an | the | his | her | its ) \s+
         (?: [\p{Ll}-]+ \s+ )? statement \b   # 6. issued a statement
    | \b (?: told \s (?: me | us ) | (?: phone | conference ) \s call
         | to \s a \s (?: crowd | rally ) ) \b   # 7. told me
    | \b outside \s (?: the | his | her | a ) \s+ (?: [\w’'-]+ ) \b   # 8. outside the Capitol
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

_LONGEST_NAME = 60
"""Characters; "Frankfurter Allgemeine Sonntagszeitung" has 38."""

_WORD_BEFORE = 15
"""Characters: "contributor " has 12."""

_POSTED = frozenset(
    "twitter facebook instagram telegram x snapchat tiktok linkedin reddit weibo youtube whatsapp".split()
)
"""Posts are short: what is said a paragraph later need not be from there."""

# "|Fox News|’s Sunday show"
_POSSESSED = regex.compile(r"[’'](?:s\b.*| .*)?\Z")
# Where a name that runs on is cut: "NBC News |Senior Correspondent", "CNN |Tuesday"
_RUNS_ON = regex.compile(
    r"""
    [ ] (?: (?: Senior | Chief | Investigative | Political | White[ ]House | National )[ ] )*
        (?: [Cc]orrespondent | [Hh]ost | [Aa]nchor | [Ee]ditor | [Rr]eporter | [Cc]olumnist | [Mm]oderator
          | [Cc]ontributor | Mon | Tues | Wednes | Thurs | Fri | Satur ) .*
    """,
    regex.VERBOSE,
)


def find_namings(text: str) -> list[Naming]:
    """Every place of a text that says where words were given, in order.

    >>> [(n.kind, n.outlet and n.outlet.name) for n in find_namings("She told Reuters, and in a tweet")]
    [('told', 'Reuters'), ('post', 'Twitter')]
    """
    found = [Naming(o.span.start, o, _kind(o.name), noun) for o, noun in _named(text)]
    taken = sorted({naming.at for naming in found})
    found += [Naming(m.start(), None, "same", m["noun"]) for m in _THE_SAME.finditer(text)]
    found += [Naming(m.start(), None, "person", m["noun"]) for m in _TOLD.finditer(text)
              if bisect_right(taken, m.start()) == bisect_right(taken, m.end())]  # fmt: skip
    begun = set(taken)
    found += [
        Naming(m.start(), None, "elsewhere") for m in _ELSEWHERE.finditer(text) if m.start() not in begun
    ]
    return sorted(found, key=lambda naming: naming.at)


def _kind(name: str) -> NamingKind:
    return "post" if name.casefold() in _POSTED else "told"


def _named(text: str) -> Iterator[tuple[Outlet, str]]:
    """Every outlet that is named, with the kind of text that leads up to it."""
    seen: set[int] = set()
    for outlet, noun in _candidates(text):
        if outlet is not None and outlet.span.start not in seen:
            seen.add(outlet.span.start)
            yield outlet, noun


def _candidates(text: str) -> Iterator[tuple[Outlet | None, str]]:
    for match in _GIVEN_TO.finditer(text):
        if match["on"] and _NO_PLACE.search(text, max(0, match.start() - _WORD_BEFORE), match.start()):
            continue
        yield _outlet_after(text, match.end(), match["words"]), (match["text"] or "").casefold()
    for match in _TWEET.finditer(text):
        yield Outlet("Twitter", Span.of(text, *match.span())), ""
    for pattern in (_OWN_SITE, _HIS_SHOW):
        for match in pattern.finditer(text):
            yield _outlet_of(text, match), ""
    for match in _SHOW.finditer(text):
        owner = _OWNER.search(text, match.start(), match.start("name") - 1)
        hidden = _CAST.search(text, max(0, match.start() - _WORD_BEFORE), match.start()) or (
            owner and is_outlet(owner["name"], "the")
        )
        if not hidden and is_show(match["name"], bool(match["of"])):
            yield _outlet_of(text, match), ""
    for match in _QUOTED.finditer(text):
        quoting = _NAME_BEFORE.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
        if quoting and is_outlet(quoting["name"], quoting["the"] or ""):
            yield _outlet_of(text, quoting), ""
    for match in _IN_ITS.finditer(text):
        if is_outlet(match["name"], "the"):
            yield _outlet_of(text, match), ""


def _outlet_of(text: str, match: regex.Match[str]) -> Outlet:
    span = Span.of(text, *match.span("name"))
    return Outlet(span.text, span)


def _outlet_after(text: str, start: int, before: str) -> Outlet | None:
    """The outlet that is named at `start`, at once, after its country, or after the one who works for it."""
    found = _outlet_at(text, start, before)
    if found:
        more = _APPOSED.match(text, found.span.end)
        return (
            more and _outlet_at(text, more.end(), f"{_STATION.get(more['noun'], more['noun'])} ")
        ) or found
    described = _DESCRIBED.match(text, start)
    if described and (found := _outlet_at(text, described.end(), described["words"])):
        return found
    host = _HOST.match(text, start, start + 2 * _LONGEST_NAME)
    return _outlet_at(text, host.end(), host["words"]) if host else None


_STATION = {"affiliate": "station", "partner": "station"}


def _outlet_at(text: str, start: int, before: str) -> Outlet | None:
    """The outlet whose name begins at `start`, if what stands there is one."""
    match = _CAPITALISED.match(text, start, start + _LONGEST_NAME)
    if not match:
        return None
    whole = match["name"]
    person, of, employer = whole.rpartition(" of ")
    if of and is_known_outlet(employer) and not is_outlet(person):
        return _outlet_at(text, match.end("name") - len(employer), "")
    name = _POSSESSED.sub("", whole).removesuffix(" news agency")
    if not is_known_outlet(name):
        if is_other_organisation([word.casefold() for word in name.split() if not word.islower()]):
            return None
        name = _cut(_RUNS_ON.sub("", name))
    before += text[start : match.start("name")]
    if _IS_ONE.match(text, match.start("name") + len(name)):
        before += "newspaper "
    while name and not is_outlet(name, before):
        name = name.rpartition(" ")[0]
    if not name or (
        name.casefold() in _POSTED and name != whole and whole.startswith((f"{name}’", f"{name}'"))
    ):
        return None  # nothing is given "on Facebook’s policy"
    return Outlet(name, Span.of(text, match.start("name"), match.start("name") + len(name)))


def _cut(name: str) -> str:
    """A known name of several words, cut before what does not belong to it: "Washington Post |Trump"."""
    words = name.split()
    known = known_prefix(words, shortest=2) or len(words)
    more = {word.casefold() for word in words[known:]}
    listed_more = outlet_words("masthead") | outlet_words("parts") | outlet_words("nouns")
    return name if more & listed_more or any(map(str.isdigit, more)) else " ".join(words[:known])
