"""Patterns that find where a text names an outlet, or says that words were given to no outlet.

They are matched against the text around quotations. `quoteattr.outlets.name_reading` decides whether the
words after a match name an outlet. In the examples a bar shows where a match begins or ends.
"""

from __future__ import annotations

import regex

from quoteattr.lexicon import alternatives

_SPEECH = alternatives("outlets", "speech_verbs")
_KIND_OF_TEXT = (
    r"interview|op-ed|opinion\s(?:piece|article)|article|column|piece|essay|editorial|conversation|Q&A"
    r"|paper|(?:live\s)?blog(?:\spost)?|post|comment|commentary|letter|appearance|broadcast|podcast|dispatch"
    r"|edition|episode|segment|story|video|live\s?stream|profile|feature|cover\sstory|AMA|thread|reel"
)
# Verbs that "to" follows: "confirmed to Sky News"
TOLD_TO = (
    r"confirmed|admitted|explained|revealed|complained|e-?mailed|claimed|insisted|stressed|disclosed|lamented"
    r"|commented|reiterated|acknowledged|confided|denied"
)
_SPOKE = r"speak|speaks|speaking|spoke|talk|talking|talked|said|says|saying"
_WHEN = r"exclusively|live|earlier|later|afterwards|briefly|\w+day|this\smorning|today"
_PREPOSITION = r"with|by|on|in|for|to"

LONGEST_NAME = 60
"""Most characters of a name; "Frankfurter Allgemeine Sonntagszeitung" has 38."""
LONGEST_WORD_BEFORE = 15
"""Characters that are read before a match for patterns that end there; "contributor " has 12."""

NAME_WORD = r"(?:\p{Lu}[\w&’'-]*(?:\.\w+|!(?=[ ]\p{Lu}))*|\d{1,3}\b)"
"""A word that the name of an outlet may contain: "Telegraph", "DailyMail.co.uk", the "4" of "Channel 4"."""
DOMAIN = r"[\p{Ll}\d][\w-]*(?:\.\p{Ll}{2,})+"
"""A web address as a name: "news.com.au"."""
UP_TO_NAME = rf"(?<words> (?: [\p{{Ll}}’'-]+ \s+ ){{0,6}} (?: The \s+ )? ) (?= \p{{Lu}} | {DOMAIN} )"
"""The words in small letters in front of a name (in verbose patterns): "the broadcaster |PR1"."""

# What leads up to the name of an outlet: "told the broadcaster |PR1".
LEAD_IN = regex.compile(
    rf"""
    \b (?i:
        # 1. "told |MailOnline", "confirmed to |MailOnline"
        (?: told | tells | tell | telling | reminded | (?: {TOLD_TO} ) \s to )
        # 2. "speaking exclusively to |Sky News"
      | (?: {_SPOKE} ) (?: \s++ (?: {_WHEN} ) )*+ ,? \s+ (?: to | with | on | in )
        # 3. "an interview last week with |Sky News"
      | interview(?:ed|s)? (?: \s+ (?! {_PREPOSITION} ) [\w’']+ ){{0,4}} \s+ (?: {_PREPOSITION} )
        # 4. "sat down with |Sky News"
      | (?: conversation | chat | sit-down | Q&A | sat\sdown | meeting ) \s+ with
        # 5. "remarks made to |Sky News"
      | (?: remarks? | comments? | claims? ) ,? \s made \s (?: to | in | on )
        # 6. "appeared Sunday on |CNN"
      | (?: appear(?:ed|ing|ance|ances|s)? | guest ) (?: \s+ \w+day )? \s+ on
        # 7. "called in to |Fox News"
      | (?: call(?:ed|ing)? | phon(?:ed|ing) ) \s in \s? to
        # 8. "pressed later by the |BBC", "reached for comment by the |BBC"
      | (?: asked | pressed | questioned | quizzed | grilled | contacted | approached | reached )
        (?: \s+ (?: \w+day | later | live | for\scomment | by\sphone ) )? \s+ (?: by | on )
        # 9. "writing Sunday in The |Times", "written for The |Times"
      | (?: (?: write | writes | writing | wrote | written ) (?: \s+ \w+day )? \s+ (?: in | on )
          | (?: writing | wrote | written ) \s for )
        # 10. "op-ed published in The |Times"
      | (?<text> {_KIND_OF_TEXT} )
        (?: \s+ (?: published | printed | posted | \w+day | that\sappeared ) )?
        \s+ (?: in | for | on | by | with | of )
        # 11. "posted on |Facebook", "a statement emailed to |NBC"
      | (?: letter | post | posted | posting | statement | comments? | remarks | message | e-?mail )
        (?: \s+ (?: e-?mailed | sent | given | provided | released | issued | texted | shared ) )?
        \s+ (?: on | to | with )
        # 12. "took to |Twitter", "using |Twitter to mock"
      | (?: took | taking | takes | turned ) \s+ to | us(?:ed|ing) (?= \s [\w\s]{{2,20}} \s to \b )
        # 13. "quoted by |Tass", "quoted as saying by |Tass"
      | (?: published | quoted | printed ) \s+ (?: as \s (?: saying | telling ) \s+ )? (?: in | by | on )
        # 14. "noted last week in |Politico"
      | (?: {_SPEECH} ) (?: \s+ (?: recently | earlier | last\s\w+ | this\s\w+ | \w+day ) )? ,? \s+ in
        # 15. "in The |Coastal Review"
      | in (?= \s+ (?-i:The) \s )
        # 16. "in |Friday’s Sun"
      | in (?= \s+ \w+day[’']s \s )
        # 17. "on |Fox News"
      | (?<on> on )
    )
    \s+ {UP_TO_NAME}
    """,
    regex.VERBOSE,
)

# Words after which "on" (case 17 above) does not say where words were given: "an attack |on CNN",
# "she works |on Fox News".
NOT_GIVEN_BEFORE_ON = regex.compile(
    r"""
    \b (?: attacks? | back | based | reports? | story | stories | focus(?:ed)? | pressure | bans? | criticism
        | bets? | ads? | money | heavily | sued? | war | stake | work(?:s|ed|ing)? | here | hosts? | judge
        | stars? | starred | starring | anchors? | contestant | contributor | commentator ) \s \Z
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

# Words before the name of an outlet that only saw a text, or of a sea: "an email to staff |seen by |Reuters",
# "on |both sides of |the Atlantic".
ONLY_SEEN = regex.compile(
    r"""
    \b (?: (?: seen | obtained | reviewed | viewed | verified | owned | hosted ) \s by
        | (?: sides? | shores? | coasts? ) \s of ) \b
    """,
    regex.VERBOSE,
)
# What follows the name of an outlet that only named it: "a Wall Street Journal| lunch".
NAMED_AFTER = regex.compile(
    rf"""
    \s (?i: {alternatives("outlets", "named_after_outlets")} ) \b
    | [’']s \s (?: {alternatives("outlets", "named_after_outlets")} ) \b
    """,
    regex.VERBOSE,
)
# Somebody who uses a network: "|Twitter| user Ann Lee", "one |Weibo| commenter".
NETWORK_USER = regex.compile(
    rf"""
    \b (?<name> {alternatives("outlets", "social_networks")} )
    \s (?: users? | commenters? | posters? | followers? | commentators? ) \b
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
# Another one on the network that was named before: "another |user|", "one |commenter|".
SAME_NETWORK = regex.compile(
    r"""
    \b (?: [Aa]nother | [Oo]ne | [Aa] | [Tt]he | [Ss]ome | [Oo]ther | [Mm]any ) \s
    (?<noun> users? | commenters? | posters? ) \b (?! \s of \b )   # 1. "another |user| wrote"
    | \b (?<noun> posted ) (?= [:,] \s ["“‘'] )   # 2. "Hale |posted|: “…”"
    """,
    regex.VERBOSE,
)
# The outlet from which words are taken: "via Ann Lee of the |Post", "according to |Reuters", "per the |Post".
TAKEN_FROM = regex.compile(
    rf"""
    \b (?i: via | per | according \s to | (?<! first \s ) reported \s by )
    \s (?: an? \s (?: new \s )? (?: report | story | article | interview ) \s (?: by | in | from ) \s )?
    (?! [\p{{Ll}}\s]{{0,60}} \s (?: to | by | with ) \s ) {UP_TO_NAME}
    """,
    regex.VERBOSE,
)
# The same with the verb first, after the words: "“It works,” said Lee, |reports |USA Today".
REPORTS = regex.compile(
    rf"(?<= [,”\"’'] \s ) (?: reported | reports | writes ) \s {UP_TO_NAME}", regex.VERBOSE
)
# The same at the end of a sentence: "The |Post| reported."
REPORTED = regex.compile(
    r"""
    (?<! \s ) \s (?: reported | reports )
    (?= [.,] | \s (?: on \s )? \w+day | \s (?: last | earlier | this ) )
    """,
    regex.VERBOSE,
)
# Who wrote the words for whom: "the editor of |Al Wafd", "a columnist for the |Times".
AUTHOR_OF = regex.compile(
    rf"""
    \b (?: (?: {alternatives("outlets", "journalists")} | writer | contributor | blogger | critic | chief ) )
    \s (?: of | for | at | with ) \s {UP_TO_NAME}
    """,
    regex.VERBOSE,
)
# The same with the outlet first: "|Al Wafd| editor Ann Lee".
OUTLET_S_AUTHOR = regex.compile(
    rf"""
    (?<! [\s] ) \s (?: chief \s | senior \s | political \s )?
    (?: {alternatives("outlets", "journalists")} | writer | contributor | blogger | critic ) \s (?= \p{{Lu}} )
    """,
    regex.VERBOSE,
)

# A verb after the name: "Interfax| quoted Hale as saying".
QUOTED_BY = regex.compile(r"(?<! \s ) \s++ (?: news\sagency \s+ )? (?: quoted | quotes ) \s", regex.VERBOSE)
# A name that ends where the verb begins: "the |Interfax|".
NAME_AT_END = regex.compile(
    rf"(?: \b (?<the> [Tt]he ) \s+ )? (?<name> {NAME_WORD} (?: [ ] {NAME_WORD} )* ) \Z", regex.VERBOSE
)

# The name before the kind of text: "in a |SkyNews| interview", "his |Washington Post| op-ed".
NAME_BEFORE_TEXT = regex.compile(
    rf"""
    \b (?: [Ii]n | [Dd]uring | [Ff]rom | [Oo]f | [Tt]o | [Oo]n ) \s+
    (?: an? | his | her | their | another | the (?: \s same )? | [\p{{L}} ]{{2,30}}[’']s ) \s+
    (?: [\p{{Ll}}\d-]+ \s+ )? (?= \p{{Lu}} )
    (?<name> [^,.;:“”"\n]{{2,40}}? ) (?: [’']s )? \s+ (?: (?: live | exclusive | op-ed | Live ) \s+ )?
    (?: {_KIND_OF_TEXT} | panel | programme? ) \b
    """,
    regex.VERBOSE,
)

# Words for a post on Twitter that do not name it: "she tweeted".
TWEET = regex.compile(
    r"""
    \b (?: (?:re)?tweeted | tweeting   # 1. "she tweeted"
        | tweets? (?: \s++ (?: early | late | on )? \s*+ \w+day )?
          (?= : | \s+ [“"‘'] | ,? \s+
              (?: that | in\swhich | saying | accusing | calling | claiming | reading | which\sread ) \b )
                                       # 2. "a tweet Monday: “…”", "a tweet |saying"
        | in \s+ (?: [\w’'-]+ \s+ ){1,4} tweets?   # 3. "in a series of tweets"
        | Twitter \s followers ) \b   # 4. "her Twitter followers"
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

# The speaker's own site: "on its |website|", "on her own campaign |web site|".
OWN_WEBSITE = regex.compile(
    r"""
    \b on \s+ (?: his | her | its | their ) \s+
    (?: (?: own | official | campaign | personal ) \s+ ){0,2} (?<name> web\s?site ) \b
    """,
    regex.VERBOSE,
)

# The speaker's own podcast or newsletter: "on her podcast, |Loose Ends|,".
OWN_SHOW = regex.compile(
    rf"""
    \b (?: [Oo]n | [Ii]n ) \s (?: his | her | their ) \s (?: [\p{{Ll}}-]+ \s ){{0,2}}
    (?: podcast | newsletter | blog | show | programme? | column ) ,? \s ["“‘]?
    (?<name> (?> (?: The[ ] )? {NAME_WORD}
                 (?: [ ] (?: (?: of | the | and | in ) [ ] )? {NAME_WORD} ){{0,4}} ) )
    """,
    regex.VERBOSE,
)
# A show that is named after its host: "on |Glenn Beck’s radio programme|".
HOST_S_SHOW = regex.compile(
    r"""
    \b (?i: on | to ) \s+
    (?<name> (?: \p{Lu}[\w.-]+ \s ){1,2} \p{Lu}[\w-]+[’']s \s
             (?: (?: radio | talk | TV | television | online ) \s ){0,2}
             (?: show | programme? | podcast ) ) \b
    """,
    regex.VERBOSE,
)

# A show in quotation marks: "on this weekend’s broadcast of “|Fox News Sunday|,”", "on “|Morning Joe|”".
SHOW_IN_MARKS = regex.compile(
    r"""
    \b (?: [Oo]n | [Ii]n | [Dd]uring | told | tells
        | (?: spoke | speaking | interview ) \s (?: to | with | for ) )
    \s+ (?: (?! ["“‘'] (?! s\s ) ) [\w’'-]+ \s+ ){0,5}?
    (?<after_show> (?: show | programme? | broadcast | edition | episode | podcast | series ) ,? \s+
                   (?: of\s+ )? )?
    (?<show> ["“‘'] [ ]? (?<name> \p{Lu} [^"”\n]{2,40}? ) [,.]? ["”’'] ) (?! \w )
    (?<noun_after> \s (?: show | programme? | broadcast | podcast | segment | series ) \b )?
    """,
    regex.VERBOSE,
)
# A role in a show, which does not mean that words were spoken on it: "is a host |on the show “Shark Tank”".
PART_IN_SHOW = regex.compile(
    r"""
    \b (?: hosts? | star(?:s|red|ring)? | anchors? | contestant | judge | contributor | role | parody ) \s \Z
    """,
    regex.VERBOSE,
)
# A network before its show; the show is the outlet: "on |MSNBC|’s “Morning Joe”".
NETWORK_OF_SHOW = regex.compile(
    r"(?<name> \p{Lu}[\w&]* (?: [ ] \p{Lu}[\w&]* )* ) [ ]? [’']s? \s+ \Z", regex.VERBOSE
)

# The outlet that was named before: "she told the |paper|".
SAME_OUTLET = regex.compile(
    rf"""
    \b (?: told | tells | telling | (?<in> in | on | during )
        | (?: spoke | speaking | speaks | said | {TOLD_TO} ) \s (?: exclusively \s )? (?: to | with ) )
    \s the \s (?<same> same \s )?
    (?<noun> newspaper | paper | magazine | station | broadcaster | network | programme? | website | site
      | channel | (?:news\s)?agency | (?:news\s)?outlet | publication | tabloid | daily | weekly
      | journal | show | podcast | interview | article | op-ed | piece | essay | column | segment
      | broadcast | episode ) \b
    (?! [’'] | \s [“"‘] ) (?(in) (?! \s+ (?: with | of | for | in | on | about ) \b ) )
    """,
    regex.VERBOSE,
)
# A person who may be the interviewer: "she told host Jake |Tapper|".
INTERVIEWER = regex.compile(
    r"""
    \b (?: told | tells | telling ) \s+ (?: host\s+ | anchor\s+ )? (?: \p{Lu}[\w.’-]+ \s+ ){0,2}?
    (?<noun> \p{Lu}[\w-]++ ) (?! \s+ \p{Lu} )
    """,
    regex.VERBOSE,
)

_LISTENERS = alternatives("outlets", "listeners")
_DOCUMENT = (
    r"statement|speech|letter|memo|e-?mail(?=\sto\b)|address|report|filing|testimony|book|memoir"
    r"|press\srelease"
)
_EVENT = (
    r"(?:news|press)\sconference|appearance\sat|rally|debate|town\shall|hearing|event|fundraiser|summit"
    r"|meeting|inquest|campaign\sstop|convention|breakfast"
)
# Words that were given elsewhere. They end an interview.
ELSEWHERE = regex.compile(
    rf"""
      # 1. "told a small crowd"
      \b (?: told | telling | tells ) \s++ (?: a | an | the | his | her | their | some | [\d,]+ )? \s*+
         (?: [\p{{Ll}}-]+ \s+ )? (?: {_LISTENERS} ) \b
      # 2. "in a written statement"
    | \b in \s+ (?: a | an | his | her | their | another | the ) \s+ (?: [\p{{Ll}}-]+ \s+ ){{0,2}}
         (?<document> {_DOCUMENT} ) \b
      # 3. "at a rally", "during Monday’s debate"
    | \b (?: at | during | in ) \s+ (?: a | an | the | his | her | last | \w+day’s ) \s+
         (?: [\w’'-]+ \s+ ){{0,3}} (?: {_EVENT} ) \b
      # 4. "in court"
    | \b in \s (?: court | parliament ) \b
      # 5. "in an interview", but not "in an interview last week with …"
    | \b in \s an? \s (?: [\p{{Ll}}-]+ \s )? interview \b
         (?! (?: \s+ (?! {_PREPOSITION} ) [\w’']+ ){{0,4}} \s+ (?: with | by | on | for | to ) )
      # 6. "issued a brief statement"
    | \b (?: issued | released ) \s (?: a | an | the | his | her | its ) \s+
         (?: [\p{{Ll}}-]+ \s+ )? statement \b
      # 7. "told me", "on a conference call", "to a crowd"
    | \b (?: told \s (?: me | us ) | (?: phone | conference ) \s call | to \s a \s (?: crowd | rally ) ) \b
      # 8. "outside the Capitol"
    | \b outside \s (?: the | his | her | a ) \s+ (?: [\w’'-]+ ) \b
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
