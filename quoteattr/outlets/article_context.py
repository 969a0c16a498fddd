"""The parts of an article that the outlet rules read: sentences, paragraphs, quotations and outlet
mentions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import accumulate
from operator import itemgetter

import attrs
import regex

from quoteattr.layout import SENTENCE_END, paragraphs
from quoteattr.names import read_name
from quoteattr.outlets.name_reading import outlets_named
from quoteattr.outlets.outlet_mentions import OutletMention, find_outlet_mentions
from quoteattr.schema import Outlet, Quotation, Speaker

_LONGEST_SENTENCE = 2_000
"""Characters after which a sentence is cut. Sentences of news are far shorter, even with the quoted sentences
inside them."""


WORD = regex.compile(r"[\w’'-]+")
# What stands before the last noun of a subject: "|The senior judicial |source told".
SUBJECT_BEFORE = regex.compile(
    r"""
    (?: \A | [.!?”"’'\n,] \s* | \b (?: that | and | but | as ) \s )
    (?: [Tt]he | [Aa]n? | [Oo]ne | [Aa]nother | \p{Lu}[\w-]*[’']s ) \s (?: [\w’'-]+ \s ){0,4} \Z
    """,
    regex.VERBOSE,
)
LONGEST_SUBJECT = 60
"""Characters before the last noun of a subject that are read. Set by hand."""


# Where the noun of an unnamed speaker ends: "spokesperson| for the ministry".
AFTER_NOUN = regex.compile(
    r",? \s (?: of | for | on | at | in | from | with | to | by | who ) \s .*", regex.VERBOSE
)


def last_noun(name: str) -> str:
    """The noun of an unnamed speaker without what follows it.

    >>> last_noun("senior official of the ministry")
    'official'
    """
    return AFTER_NOUN.sub("", name).rpartition(" ")[2]


@attrs.frozen
class ArticleContext:
    """An article with its quotations, their speakers and its outlet mentions."""

    text: str
    quoted: Sequence[tuple[int, int]]
    """First character and end of the content of each quotation, in order."""
    spoken: Sequence[tuple[int, Speaker]]
    """First character (of the marks) and speaker of each quotation that has a speaker, in order."""
    paragraph_starts: Sequence[int]
    """First character of each paragraph."""
    mentions: Sequence[OutletMention]
    """All outlet mentions, quoted ones included, in order."""

    def paragraph_at(self, at: int) -> int:
        """The number of the paragraph that holds a character, counted from 1."""
        return bisect_right(self.paragraph_starts, at)

    def speakers_between(self, start: int, end: int) -> list[Speaker]:
        """The speakers of the quotations that open in a stretch of the text, one for each quotation."""
        first, last = bisect_left(self._spoken_starts, start), bisect_left(self._spoken_starts, end)
        return [speaker for _, speaker in self.spoken[first:last]]

    def speaker_before(self, at: int) -> Speaker | None:
        """The speaker of the last quotation that opens before a character."""
        earlier = bisect_left(self._spoken_starts, at)
        return self.spoken[earlier - 1][1] if earlier else None

    @cached_property
    def _spoken_starts(self) -> list[int]:
        return [start for start, _ in self.spoken]

    @cached_property
    def speakers_by_surname(self) -> dict[str, list[Speaker]]:
        """The speakers of the article, by the last word of their names."""
        found: dict[str, list[Speaker]] = {}
        for speaker in dict.fromkeys(speaker for _, speaker in self.spoken):
            is_noun = speaker.kind == "unnamed"
            last = last_noun(speaker.name).casefold() if is_noun else read_name(speaker.name).last
            found.setdefault(last, []).append(speaker)
        return found

    def unnamed_speakers_in(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Start and end of each noun in a stretch that may be a subject and names an unnamed speaker:
        "spokesperson"."""
        first = bisect_left(self._unnamed_speakers, start, key=itemgetter(0))
        last = bisect_left(self._unnamed_speakers, end, key=itemgetter(0))
        return self._unnamed_speakers[first:last]

    @cached_property
    def _unnamed_speakers(self) -> list[tuple[int, int]]:
        unnamed = {speaker.name for _, speaker in self.spoken if speaker.kind == "unnamed"}
        heads = {last_noun(name) for name in unnamed}
        nouns = (match.span() for match in WORD.finditer(self.text) if match[0] in heads) if heads else ()
        return [(start, end) for start, end in nouns if self._may_end_subject(start)]

    def _may_end_subject(self, at: int) -> bool:
        """Whether a noun that begins at a character may be the last of a subject."""
        return SUBJECT_BEFORE.search(self.text, max(0, at - LONGEST_SUBJECT), at) is not None

    def last_outlet_named(self, before: int) -> Outlet | None:
        """The outlet that the text names last before a character, in whatever connection."""
        count = bisect_left(self._outlets_named, before, key=lambda outlet: outlet.span.start)
        return self._outlets_named[count - 1] if count else None

    first_place: Callable[[str], int] = attrs.field(init=False, eq=False, repr=False)
    """The first character of the first occurrence of a name in the text; -1 if there is none."""

    @first_place.default
    def _cached_by_name(self) -> Callable[[str], int]:
        return cache(self.text.find)

    @cached_property
    def _outlets_named(self) -> list[Outlet]:
        return list(outlets_named(self.text))

    @cached_property
    def interview_mentions(self) -> list[OutletMention]:
        """The mentions that name an outlet other than a social network."""
        return [mention for mention in self.mentions if mention.outlet and mention.kind == "interview"]

    def sentence_at(self, at: int) -> tuple[int, int]:
        """First character and end of the sentence around a character; quoted sentences are part of it."""
        lines, ends, last = self._line_breaks, self._sentence_ends, len(self.text)
        line, after = bisect_left(lines, at), bisect_right(ends, at)
        start = max(lines[line - 1] + 1 if line else 0, ends[after - 1] if after else 0)
        stop = min(lines[line] if line < len(lines) else last, ends[after] if after < len(ends) else last)
        start += (at - start) // _LONGEST_SENTENCE * _LONGEST_SENTENCE
        return start, min(stop, start + _LONGEST_SENTENCE)

    @cached_property
    def _line_breaks(self) -> list[int]:
        return [at for at, character in enumerate(self.text) if character == "\n"]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        """The ends of sentences that are not quoted.

        A full stop before a closing mark ends the sentence around the quotation (“It works.” |She left.). A
        question mark or the like may not end it (“Does it?” Lee asked). No mark ends it if the next words are
        quoted, too.
        """
        ends = SENTENCE_END.finditer(self.text)
        stops = (
            (m, m[0][0] == "." and self.text[m.end()].isalpha()) for m in ends if m.end() < len(self.text)
        )
        return [m.end() for m, stop in stops if not self.is_quoted(m.end() - 1 if stop else m.start())]

    @cached_property
    def _openings(self) -> list[int]:
        return [start for start, _ in self.quoted]

    @cached_property
    def _closings(self) -> list[int]:
        """For each quotation, the latest end of this and all earlier quotations, which may enclose it."""
        return list(accumulate((end for _, end in self.quoted), max))

    def is_quoted(self, at: int) -> bool:
        """Whether a character is quoted."""
        return self._is_in_first(bisect_right(self._openings, at), at)

    def is_inside_quotation(self, at: int) -> bool:
        """Whether both a character and the one before it are quoted."""
        return self._is_in_first(bisect_left(self._openings, at), at)

    def _is_in_first(self, count: int, at: int) -> bool:
        """Whether one of the first `count` quotations extends beyond a character."""
        return count > 0 and at < self._closings[count - 1]

    def unquoted(self, start: int, end: int) -> str:
        """The text of a stretch without its quotations."""
        return self._unquoted(start, end)

    _unquoted: Callable[[int, int], str] = attrs.field(init=False, eq=False, repr=False)

    @_unquoted.default
    def _cached_by_stretch(self) -> Callable[[int, int], str]:
        return lru_cache(maxsize=8)(partial(_unquoted, self.text, self.quoted, self._closings))


def _unquoted(
    text: str, quoted: Sequence[tuple[int, int]], closings: Sequence[int], start: int, end: int
) -> str:
    kept, at = [], start
    for index in range(bisect_right(closings, start), len(quoted)):
        begin, stop = quoted[index]
        if begin >= end:
            break
        if stop > at:
            kept.append(text[at : max(at, begin)])
            at = max(at, stop)
    return "".join(kept) + text[min(at, end) : end]


def context_of_article(
    text: str, quotations: Sequence[Quotation], speakers: Sequence[Speaker | None]
) -> ArticleContext:
    """Returns the context of an article.

    Args:
        text: the article.
        quotations: all its quotations, in order.
        speakers: one for each quotation; None if nobody speaks it.
    """
    return ArticleContext(
        text,
        [(q.content.start, q.content.end) for q in quotations],
        [(q.outer.start, speaker) for q, speaker in zip(quotations, speakers, strict=True) if speaker],
        [start for start, _ in paragraphs(text)],
        find_outlet_mentions(text),
    )
