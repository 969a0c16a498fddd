"""Words and sentences of English text, as Universal Dependencies has them, by rules.

``don't`` is ``do`` ``n't``, ``Ann's`` is ``Ann`` ``'s``, ``long-term`` is three words, and no sentence ends
in "Jan. 5". `benchmarks/training` measures it on the treebanks.
"""

from __future__ import annotations

import regex

from quoteattr.layout import BEFORE_NAMES, BEFORE_OTHERS

Span = tuple[int, int]
"""First character and one past the last."""

# Abbreviations whose full stop is part of the word, besides those that `layout` knows.
_STATES = (
    "Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ont"
    "|Ore|Pa|Que|Tenn|Tex|Va|Vt|Wash|Wis|Wyo"
)
_TITLES = "Atty|Brig|Cmdr|Cpl|Det|Drs|Fr|Messrs|Mlle|Mme|Msgr|Pres|Pvt"
_OTHERS = r"al|approx|Assoc|Ave|Blvd|Bros|Cal|Dept|Esq|etc|Ft|Jr|Ph\.D|Sr|Tues|Thurs|Wed"

# What is written together with the word before it: "she's", "didn't".
_CLITIC = "['’] (?i: s|m|d|re|ve|ll ) \\b"
_NOT = "(?i: n['’]t ) \\b"

# A hyphen does not part these from what follows: "co-founder" is a word, "long-term" is three.
_PREFIX = (
    "anti|arch|co|counter|cross|e|ex|extra|fore|inter|intra|mega|micro|mid|mini|multi|non|over|post|pre|pro"
    "|proto|pseudo|psycho|re|semi|socio|sub|super|trans|ultra|under"
)
_UNIT = "am|pm|k|m|b|bn|mm|km|kg|ft|cm|x|p|h"

_TOKEN = regex.compile(
    rf"""
      (?: https?:// | www\. ) [^\s“”"<>]* [^\s“”"<>.,;:!?)'’\]]              # 1. www.example.org
    | [\w.+-]{{1,64}}+ @ [\w-]++ (?: \. [\w-]++ )++                         # 2. ann@example.org
    | [\w-]{{1,64}}+ (?: \. [\w-]{{1,64}}+ ){{0,4}}? \. (?: com|org|net|gov|edu|co\.uk ) \b  # 3. example.org
    | (?P<title> \b (?: {BEFORE_NAMES} | {_TITLES} ) \. )                     # 4. Sen.
    | (?P<short> (?: \b \p{{L}} \. ){{2,}}                                  # 5. U.S., a.m.
        | \b \p{{Lu}} \. (?= \s* \p{{L}} )                                  #    J. Smith
        | \b (?! No\. (?! \s* \d ) ) (?: {BEFORE_OTHERS} | {_STATES} | {_OTHERS} ) \. )  # Co., No. 10, Calif.
    | (?P<end> \.{{2,}} | …+ | [!?]+ | \. ) | -{{2,}} | \*+ | =+ | _+       # 6. ... -- ?!
    | ['’] (?: \d\ds? | em|til|cause|tis|twas|n ) \b                        # 7. '90s, 'em
    | {_NOT} | {_CLITIC}                                                    # 8. n't, 's
    | \d{{3}}-\d{{3}}-\d{{4}} \b                                            # 9. 555-010-9999
    | \d++ (?: [.,:/] \d++ )*+ (?= (?i: {_UNIT} ) \b )                      # 10. 5 of 5pm
    | \d++ (?: [.,:/] \d++ )*+ (?: (?i: st|nd|rd|th|s ) \b )?+              # 11. 1,000.5 9/11 1980s 5th
    | (?i: \b can (?= not \b ) | \b (?: gon|wan ) (?= na \b ) | \b got (?= ta \b ) )  # 12. can of cannot
    | \p{{Lu}}++ (?: & \p{{Lu}}++ )++ | \b (?: US|NZ|HK|A|C ) \$ | [@#] \p{{L}}\w*+  # 13. AT&T, US$, #this
    | (?i: \b (?: {_PREFIX} ) - (?= \p{{L}} ) )?+                           # 14. words, co-founder
      (?: [\p{{L}}\p{{M}}\p{{N}}]+? (?= {_NOT} )                            #     did of didn't
        | [\p{{L}}\p{{M}}\p{{N}}]++ (?: (?! {_CLITIC} ) ['’] \p{{L}}[\p{{L}}\p{{M}}]*+ )*+ )
    | \S                                                                    # 15. any mark
    """,
    regex.VERBOSE,
)

# After an abbreviation a sentence begins with one of these, and most others are names: "the U.S. The".
_OPENERS = frozenset(
    """
    a after all although an and another as at both but by despite during each even every for from he her here
    his how however i if in instead it its last many meanwhile more most my no not now of on one or other our
    over several she since so some still such that the their then there these they this those though to under
    until we what when where which while who why with yet you your
    """.split()
)
_CLOSING = frozenset("”’\"')]»")
_OPENING = frozenset("“‘\"'([«")
_WORD = regex.compile(r"[“‘\"'(]?(\p{Lu}\p{Ll}*)\b")

_LONGEST = 150
"""Words of a sentence. The longest of 13,649 in the frames of PolNeAR's articles has 141; time grows with the
square, in the parse and where one sentence has many quotations."""


def split_sentences(text: str) -> list[list[Span]]:
    """The words of each sentence.

    Args:
        text: a paragraph or more; a sentence ends at an empty line, wherever it is.

    Returns:
        For each sentence its words' first character and one past the last; an empty list for white space.

    >>> text = "Sen. Lee didn't speak on Jan. 5. She’s away."
    >>> [[text[a:b] for a, b in sentence] for sentence in split_sentences(text)]
    [['Sen.', 'Lee', 'did', "n't", 'speak', 'on', 'Jan.', '5', '.'], ['She', '’s', 'away', '.']]
    """
    sentences: list[list[Span]] = [[]]
    ending, last = "", 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        words = sentences[-1]
        if words and (len(words) == _LONGEST or (start > last and _ends(ending, text, last, start))):
            sentences.append([])
        sentences[-1].append((start, end))
        if start > last or match[0] not in _CLOSING:  # a mark that closes leaves the end to what it closes
            ending = match.lastgroup or ""
        last = end
    return sentences if sentences[-1] else []


def _ends(ending: str, text: str, last: int, start: int) -> bool:
    """Whether a sentence ends in the white space from `last` to `start`, after what may end one."""
    if text.count("\n", last, start) > 1:
        return True
    if ending == "end":
        return text[start].isupper() or text[start].isdigit() or text[start] in _OPENING
    word = _WORD.match(text, start) if ending == "short" else None
    return word is not None and word[1].lower() in _OPENERS
