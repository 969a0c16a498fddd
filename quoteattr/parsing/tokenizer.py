"""Rules that split English text into the words and sentences of Universal Dependencies.

``don't`` is ``do`` ``n't``, ``Ann's`` is ``Ann`` ``'s``, ``long-term`` is three words, and no sentence ends
inside "Jan. 5". `benchmarks/training` measures the rules on the treebanks.
"""

from __future__ import annotations

import regex

from quoteattr.layout import TITLE_ABBREVIATIONS, WORD_ABBREVIATIONS
from quoteattr.lexicon import alternatives, word_list

TokenSpan = tuple[int, int]
"""Start and end of a word, in characters, end exclusive."""

# Abbreviations whose full stop is part of the word.
_TITLES = f"{TITLE_ABBREVIATIONS}|{alternatives('parsing', 'other_titles')}"
_ABBREVIATIONS = "|".join(
    (
        WORD_ABBREVIATIONS,
        alternatives("parsing", "states"),
        alternatives("parsing", "other_abbreviations"),
    )
)

# Endings that are words of their own: "she's", "didn't".
_CLITIC = "['’] (?i: s|m|d|re|ve|ll ) \\b"
_NOT = "(?i: n['’]t ) \\b"

_PREFIX = alternatives("parsing", "prefixes")
_UNIT = alternatives("parsing", "units")
_ELIDED = alternatives("parsing", "elided_words")

_TOKEN = regex.compile(
    rf"""
      (?: https?:// | www\. ) [^\s“”"<>]* [^\s“”"<>.,;:!?)'’\]]              # 1. www.example.org
    | [\w.+-]{{1,64}}+ @ [\w-]++ (?: \. [\w-]++ )++                         # 2. ann@example.org
    | [\w-]{{1,64}}+ (?: \. [\w-]{{1,64}}+ ){{0,4}}? \. (?: com|org|net|gov|edu|co\.uk ) \b  # 3. example.org
    | (?P<title> \b (?: {_TITLES} ) \. )                                      # 4. Sen.
    | (?P<short> (?: \b \p{{L}} \. ){{2,}}                                  # 5. U.S., a.m.
        | \b \p{{Lu}} \. (?= \s* \p{{L}} )                                  #    J. Smith
        | \b (?! No\. (?! \s* \d ) ) (?: {_ABBREVIATIONS} ) \. )            #    Co., No. 10, Calif.
    | (?P<end> \.{{2,}} | …+ | [!?]+ | \. ) | -{{2,}} | \*+ | =+ | _+       # 6. ... -- ?!
    | ['’] (?: \d\ds? | {_ELIDED} ) \b                                   # 7. '90s, 'em
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

_SENTENCE_OPENERS = word_list("parsing", "sentence_openers")
_CLOSING = frozenset("”’\"')]»")
_OPENING = frozenset("“‘\"'([«")
_CAPITALISED = regex.compile(r"[“‘\"'(]?(\p{Lu}\p{Ll}*)\b")

_LONGEST_SENTENCE = 150
"""Most words of a sentence; longer ones are split. The longest of 13,649 sentences in the frames of PolNeAR's
articles has 141. The time to parse a sentence, and to read one with many quotations, grows with the square of
its length."""


def split_sentences(text: str) -> list[list[TokenSpan]]:
    """Splits a text into sentences and words.

    Args:
        text: a paragraph or more; every empty line ends a sentence.

    Returns:
        For each sentence the start and end of its words, in characters; an empty list for white space.

    >>> text = "Sen. Lee didn't speak on Jan. 5. She’s away."
    >>> [[text[a:b] for a, b in sentence] for sentence in split_sentences(text)]
    [['Sen.', 'Lee', 'did', "n't", 'speak', 'on', 'Jan.', '5', '.'], ['She', '’s', 'away', '.']]
    """
    sentences: list[list[TokenSpan]] = [[]]
    ending, last = "", 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        words = sentences[-1]
        ends = start > last and _ends_sentence(ending, text, last, start)
        if words and (ends or len(words) == _LONGEST_SENTENCE):
            sentences.append([])
        sentences[-1].append((start, end))
        # In `we left.”` the full stop decides whether the sentence ends, not the mark right after it.
        if start > last or match[0] not in _CLOSING:
            ending = match.lastgroup or ""
        last = end
    return sentences if sentences[-1] else []


def _ends_sentence(ending: str, text: str, last: int, start: int) -> bool:
    """Whether a sentence ends in the white space between two words.

    Args:
        ending: the kind of the word before: "end" for a final mark, "short" for an abbreviation that may end
            a sentence, "title" for an abbreviation that does not, empty for other words.
        text: of the words.
        last: end of the word before.
        start: start of the word after.
    """
    if text.count("\n", last, start) > 1:
        return True
    if ending == "end":
        return text[start].isupper() or text[start].isdigit() or text[start] in _OPENING
    word = _CAPITALISED.match(text, start) if ending == "short" else None
    return word is not None and word[1].lower() in _SENTENCE_OPENERS
