"""Finds names in a text by their capitals."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from quoteattr.lexicon import alternatives, word_list, words
from quoteattr.names.acronyms import spelled_out_names
from quoteattr.names.name import JOINERS, OFFICES, PEERS, TOKEN, given_names
from quoteattr.schema import Span

_WEEKDAYS = word_list("names", "weekdays")
_LONGEST = 30
"""Most words of a name after the first: headlines in capitals have some twenty."""
_TITLE = "Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Lt|Gen|Col|Capt|Sgt|Maj|Adm|Prof|Rev|St"
# Capitalised words with small words between them: "Dr Volodymyr O’Neill-Smith Jr.", "Bank of England".
_NAME = regex.compile(
    rf"""
    (?<! [\w’'.@\#/-] )
    (?<part>
        # 1. Initials: "J.D."
        (?: \p{{Lu}}\. (?: -?\p{{Lu}}\. )*
        # 2. A word, "McCarthy", "O’Neill", "PR1", and what is joined to it, "Smith-Jones", "Chan-o-cha"
          | (?: [OD]['’] )? \p{{Lu}}[\p{{L}}\p{{M}}\p{{N}}]*
            (?: [-–'’] (?! [sS]\b ) (?: \p{{L}}[\p{{L}}\p{{M}}]+ | \p{{L}}(?=-\p{{L}}) ) )* )
        \.?
    )
    (?:
        # 3. A comma of an organisation's name: "Department for Food, |Work and Pensions"
        (?: , (?= (?: [ ]\p{{Lu}}\p{{Ll}}++ ,? ){{0,6}} [ ]and[ ]\p{{Lu}} )
        # 4. No full stop before the next word but that of an initial or a title: "Dr. |Lee"
          | (?<! \.) | (?<= \b (?: {_TITLE} | \p{{Lu}} ) \. ) )
        [ \N{{NO-BREAK SPACE}}]+
        # 5. A nickname: "Edward “Teddy” |Marsh"
        (?: [“"‘'(] \p{{Lu}}[\w’'-]+ [”"’')] [ ]+ (?= \p{{Lu}} ) )?
        # 6. Particles: "Ursula von der |Leyen"
        (?: (?: {alternatives("names", "particles")} ) [ ] (?= (?: [a-z]{{2,4}}[ ] )? \p{{Lu}} )
        # 7. "Bashir al-|Assad"
          | (?: al | el | bin ) [-’'] (?= \p{{Lu}} )
        # 8. "Bank of |England", "Ministry for the |Environment"
          | (?: of | for | & | on | to | and ) [ ] (?: the [ ] )? (?= \p{{Lu}} )
        # 9. "Save the |Children"
          | (?<= \b (?: Save | Stop | Keep | Protect | Defend ) [ ] ) (?: the | our ) [ ] (?= \p{{Lu}} ) )*
        (?&part)
    ){{0,{_LONGEST}}}
    """,
    regex.VERBOSE,
)
# A small word or comma in such a stretch: "Ministry| of |Defence", but two names in "Ted Cruz| of |Texas".
_JOINT = regex.compile(
    r"""
    (?<! \p{L} ) (?<before> \p{L}++ )
    (?<joint> (?<joiner> , ) [ ]
            | ,? [ \N{NO-BREAK SPACE}] (?<joiner> of | for | on | to | and ) [ ] (?: the [ ] )? )
    (?= (?<after> [\p{L}-]+ ) )
    """,
    regex.VERBOSE,
)
# "Department |of |Work and Pensions"
_OF_OR_FOR = regex.compile(r"\s (?: of | for | on ) \s", regex.VERBOSE)
# A full stop that belongs to the name: "Earl Petrie |Jr.|"
_ABBREVIATION = regex.compile(r"\b (?: \p{Lu} | Jr | Sr | Inc | Corp | Co | Ltd ) \. \Z", regex.VERBOSE)


def find_names(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Finds stretches of capitalised words that look like names.

    A capitalised word that is never a name ("The", "Monday") is left out if it is alone, and cut off at the
    start of a longer stretch.

    Args:
        text: the text.
        start: first character to look at.
        end: end of the stretch to look at; by default that of the text.

    Returns:
        The names in order.

    >>> [span.text for span in find_names("But Mr Blair’s aide met Ursula von der Leyen on Monday.")]
    ['Mr Blair', 'Ursula von der Leyen']
    """
    matches = _NAME.finditer(text, start, len(text) if end is None else end)
    trimmed = (_trimmed(text, *part) for match in matches for part in _split(text, *match.span()))
    return _joined([span for span in trimmed if span], list(spelled_out_names(text, start, end)))


def _joined(found: Sequence[Span], whole: Sequence[Span]) -> list[Span]:
    """The names, with those that are part of a name that its acronym shows put together."""
    if not whole:
        return list(found)
    starts = [span.start for span in whole]

    def is_part(span: Span) -> bool:
        at = bisect_right(starts, span.end - 1) - 1
        return at >= 0 and span.start < whole[at].end

    return sorted([*(span for span in found if not is_part(span)), *whole], key=lambda span: span.start)


def _split(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yields the start and end offsets of the names in a stretch: those of "Ann Lee" and of "Texas" for "Ann
    Lee of Texas"."""
    for match in _JOINT.finditer(text, begin, stop):
        if not _is_joined(match, text[begin : match.start("joint")], text[match.end("joint") : stop]):
            yield begin, match.start("joint")
            begin = match.end("joint")
    yield begin, stop


def _is_joined(match: regex.Match[str], begun: str, rest: str) -> bool:
    """Whether a small word or comma is part of an organisation's name: "Council| on |Foreign Relations".

    `match` is a match of `_JOINT`, `begun` the name before it, `rest` the words after it.
    """
    before, joiner, after = (match[part].casefold() for part in ("before", "joiner", "after"))
    if joiner in (",", "and"):
        return _is_list_of_fields(before, after, begun, rest)
    is_body = before in words("organisation_words")
    if joiner == "to":
        return is_body and after in words("aims")
    if joiner == "on":
        return is_body and after not in _words_after_on()
    # "Association for the Care| of |Otters"
    has_organisation = not words("organisation_words").isdisjoint(begun.casefold().split())
    goes_on = has_organisation and _OF_OR_FOR.search(begun) is not None
    if goes_on or (joiner == "for" and before in words("founders")):
        return after not in words("places") and after not in given_names()
    return is_body or before in OFFICES or before in PEERS


def _is_list_of_fields(before: str, after: str, begun: str, rest: str) -> bool:
    """Whether "and" or a comma joins fields of an organisation: "Department of Health| and |Social Care"."""
    if _is_list_of_members(before, after, rest):
        return True
    if after not in words("fields"):
        return False
    # "Food| and |Drug Administration", but not "Senate| and |Ann Lee"
    ends_in_organisation = not words("organisation_words").isdisjoint(rest.casefold().split())
    return bool(_OF_OR_FOR.search(begun)) or (before in words("fields") and ends_in_organisation)


def _is_list_of_members(before: str, after: str, rest: str) -> bool:
    """Whether "and" joins the members of a body: "Bakers| and |Grocers Union", but not "Lions and Leeds
    United"."""
    plural = all(word.endswith("s") and word not in words("places") for word in (before, after))
    following = rest.casefold().split()[1:2]
    return plural and bool(following) and following[0] in word_list("names", "bodies_of_members")


@cache
def _words_after_on() -> frozenset[str]:
    """Words that show, where they follow "on", that it is no part of the name: "the Council on |Monday"."""
    return words("not_names") | words("places") | words("demonyms") | given_names()


def _trimmed(text: str, begin: int, stop: int) -> Span | None:
    """The stretch without the words around the name; None if it is not a name.

    Words that are never names are cut off at the start; a weekday ("Ann Lee| Monday") and a full stop at the
    end.
    """
    if text[stop - 1] == "." and not _ABBREVIATION.search(text, begin, stop):
        stop -= 1
    tokens = list(TOKEN.finditer(text, begin, stop))
    lower = [match.group().casefold().rstrip(".") for match in tokens]
    if len(lower) > 1 and lower[-1] in _WEEKDAYS and lower[-2] not in word_list("names", "day_names"):
        tokens, lower, stop = tokens[:-1], lower[:-1], tokens[-2].end()
    for match, word in zip(tokens, lower, strict=True):
        if word not in words("not_names") and word not in JOINERS:
            return Span.of(text, match.start(), stop)
    return None
