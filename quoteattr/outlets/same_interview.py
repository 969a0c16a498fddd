"""Whether two sentences may be about one interview, by days, times and verbs."""

from __future__ import annotations

import regex

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SEASON = r"year|month|spring|summer|fall|autumn|winter"

# Times that are not those of the article's own interviews: "in May", "last year".
ANOTHER_TIME = regex.compile(
    rf"""
    \b (?:
        # 1. "in May", "in late 2014", "in a January"
        [Ii]n \s (?: (?: early | late | mid ) [\s-] )? (?: an? \s )? (?: {_MONTH} | (?: the \s )? \d{{4}}s? )
        # 2. "a 2014 interview", "last March"
      | (?: a | his | her | their | [Ll]ast ) \s (?: \d{{4}} | (?! May ) {_MONTH} )
        # 3. "earlier this year"
      | (?: [Ll]ast | [Ee]arlier\sthis ) \s (?: {_SEASON} )
        # 4. "two years ago"
      | (?: years? | months? | decades? ) \s (?: ago | earlier | before )
        # 5. "three weeks later"
      | (?: a | one | two | three | \d+ ) \s (?: day | week | month )s? \s later
        # 6. "the following day"
      | the \s (?: next | following ) \s (?: day | week | month | year )
        # 7. "back in", "at the time", "previously", "once told"
      | [Bb]ack\sin | [Aa]t\sthe\stime | [Pp]reviously | once \s (?: said | told | called | wrote )
        # 8. "as she later explained"
      | later \s (?: said | told | called | wrote | explained | described | claimed | admitted )
        # 9. "told Reuters then."
      | then (?= [.,;] )
    ) \b
    """,
    regex.VERBOSE,
)
# Words for what somebody has said several times, and so not in one interview: "has called", "had long said".
OFTEN_SAID = regex.compile(
    r"""
    \b (?: has | have | had | [’']s | [’']ve ) \s (?: \w+ly \s | long \s | often \s | also \s | since \s )?
    (?: said | called | told | described | argued | vowed | promised | pledged | insisted | dismissed
      | referred | criticized | criticised | denounced | labell?ed | claimed | warned ) \b
    """,
    regex.VERBOSE,
)
# "Monday"
WEEKDAY = regex.compile(r"\b (?: Mon | Tues | Wednes | Thurs | Fri | Satur | Sun )day \b", regex.VERBOSE)
# "told", "in an interview", "appeared"
SPOKEN = regex.compile(
    r"\b (?: told | tell | telling | [Ii]nterview\w* | [Ss]peaking | spoke | talk\w* | appear\w* ) \b",
    regex.VERBOSE,
)
# "wrote", "in an op-ed", "tweeted"
WRITTEN = regex.compile(
    r"""
    \b (?: [Ww]r(?:[io]tes?|itten|iting) | posted | tweeted
        | op-ed | article | column | piece | essay | blog ) \b
    """,
    regex.VERBOSE,
)


def is_another_time(sentence: str) -> bool:
    """Whether a sentence names a time other than that of the article's own interviews.

    >>> is_another_time("She told Reuters in May"), is_another_time("She told Reuters on Monday")
    (True, False)
    """
    return ANOTHER_TIME.search(sentence) is not None


def is_said_often(sentence: str) -> bool:
    """Whether a sentence reports what somebody has said more than once.

    >>> is_said_often("She has long called it"), is_said_often("She called it")
    (True, False)
    """
    return OFTEN_SAID.search(sentence) is not None


def is_written(sentence: str) -> bool:
    """Whether a sentence reports words that were written.

    >>> is_written("She wrote in The Times"), is_written("She told The Times")
    (True, False)
    """
    return WRITTEN.search(sentence) is not None


def may_share_interview(first: str, second: str, *, same_days: bool) -> bool:
    """Whether the words of a later sentence may come from the interview that an earlier one names.

    They may not if the later sentence names another day, or if one sentence reports spoken words and the
    other written ones.

    Args:
        first: the sentence that names the outlet, without quoted words.
        second: the later sentence, without quoted words.
        same_days: whether the later sentence may name a day only if the earlier one names the same. Otherwise
            it may also name a day if the earlier one names none.

    >>> may_share_interview("She told Reuters on Monday", "she said on Friday", same_days=False)
    False
    """
    first_days, second_days = set(WEEKDAY.findall(first)), set(WEEKDAY.findall(second))
    if second_days - first_days and (first_days or same_days):
        return False
    only_spoken = SPOKEN.search(first) is not None and not is_written(first)
    return not (only_spoken and is_written(second))
