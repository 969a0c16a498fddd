"""Frames: the sentences around quotations, without the quoted words.

What is quoted tells little of who speaks and leads a parser astray, and most of the words of a news text
stand in quotations or in paragraphs that have none. So only paragraphs with a quotation are parsed, and
each quotation that is a sentence or has `SPELLED_OUT` words or more is replaced by a short clause. Words of
the parse are placed back into the article; those of a stand-in get the offsets of the quoted words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import attrs
import regex

from quoteattr.detection.marks import APOSTROPHE
from quoteattr.layout import paragraphs
from quoteattr.lexicon import cue_kind
from quoteattr.parsing.dependency_tree import Parse, Sentence
from quoteattr.schema import Quotation

SPELLED_OUT = 4
"""Quotations of fewer words stay: "an ‘unprecedented’ build-up" needs its adjective. Trials with 3 to 6
differed by less than half a point."""

STAND_IN = ("It", "works")
"""A whole clause, known to every treebank, that takes every place a quotation can take."""

_FINAL = regex.compile(r"[,.;:?!…—–-](?=\s*$)")
# "RENO, Nev. (AP) — Mr Trump said": the place is not what says.
_DATELINE = regex.compile(
    r"""
    \s* (?: \p{Lu}[\p{Lu}\p{M}.’' -]{2,40} (?: ,\s* [\w. ]{1,25} ){0,2} \s*   # 1. LONDON, Ont. (Reuters) —
           (?: \([^()\n]{1,40}\) \s* )? (?: [—–] | --? ) \s+
       | (?: \p{Lu}[\w.’'-]*,? [ ]? ){1,5} (?: \d{1,2} [ ] )?                # 2. Calif., Jan. 1 (UPI)
           \( (?: AP|UPI|Reuters|AFP|CNN|PA|TNS|JTA|RNS ) \) \s* (?: [—–] | --? )? \s* )
    """,
    regex.VERBOSE,
)
_WORD = regex.compile(r"\w+(?:['’-]\w+)*")
_PLAIN = str.maketrans(dict.fromkeys(APOSTROPHE, "'") | dict.fromkeys("\N{NO-BREAK SPACE}\t\r\n\v\f", " "))


@attrs.frozen
class Frame:
    """One paragraph, or the inside of one quotation, ready for the parser."""

    start: int
    """First character of the region in the article."""
    end: int
    """One past its last character."""
    text: str
    """What is parsed."""
    quotations: tuple[Quotation, ...]
    """The outermost quotations of the region, in order."""
    _pieces: tuple[tuple[int, int, int], ...]
    """(first character in `text`, first and last offset in the article) of each piece; a stand-in's words
    all map to the whole of the words they stand for."""
    _masked: frozenset[int]
    """Which pieces are stand-ins, marks among them: one for two (``), and one where the text has none."""
    inside: bool = False
    """Whether the region is the inside of a quotation."""

    @property
    def begin(self) -> int:
        """First character of the region that is parsed: a dateline before it is not."""
        return self._pieces[0][1]

    @cached_property
    def speaks(self) -> bool:
        """Whether there are words beside the quotations."""
        return any(
            _WORD.search(self.text, begin, end)
            for piece, (begin, end) in enumerate(self._bounds())
            if piece not in self._masked
        )

    def quotes(self, offset: int) -> bool:
        """Whether a character of the article stands in any of the quotations, marks included."""
        last = bisect_right(self._openings, offset) - 1
        return last >= 0 and offset < self._closings[last]

    @cached_property
    def _openings(self) -> list[int]:
        return [quotation.outer.start for quotation in self.quotations]

    @cached_property
    def _closings(self) -> list[int]:
        """For each quotation where it and all before it have ended: one may hold the next."""
        return list(accumulate((quotation.outer.end for quotation in self.quotations), max))

    @cached_property
    def _begins(self) -> list[int]:
        return [piece[0] for piece in self._pieces]

    def _bounds(self) -> Iterator[tuple[int, int]]:
        return pairwise([*self._begins, len(self.text)])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the article for offsets in `text`."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, offset: int) -> tuple[int, int]:
        piece = bisect_right(self._begins, offset) - 1
        begin, start, end = self._pieces[piece]
        if piece in self._masked:
            return start, end
        return start + offset - begin, start + offset - begin + 1

    def sentences(self, parse: Parse) -> tuple[Sentence, ...]:
        """The parse of `text` with offsets of the article."""
        return tuple(sentence.moved(self.place) for sentence in parse.sentences)


def find_frames(text: str, quotations: Sequence[Quotation]) -> list[Frame]:
    """The frame of every paragraph that holds a quotation or leads up to one, and the inside of every
    quotation that holds another.

    Args:
        text: the article.
        quotations: as `find_quotations` gives them: in order, outer before inner.

    Returns:
        Frames in order of start, an enclosing one first. No quotation, no frame.
    """
    inner: dict[int, list[Quotation]] = {}
    outermost: list[Quotation] = []
    for quotation in quotations:
        if outermost and quotation.outer.end <= outermost[-1].outer.end:
            inner.setdefault(len(outermost) - 1, []).append(quotation)
        else:
            outermost.append(quotation)
    frames = list(_paragraph_frames(text, outermost))
    for i, held in inner.items():
        content = outermost[i].content
        frames.append(attrs.evolve(_frame(text, content.start, content.end, held), inside=True))
    return sorted(frames, key=lambda frame: (frame.start, -frame.end))


def _paragraph_frames(text: str, quotations: Sequence[Quotation]) -> Iterator[Frame]:
    rest = iter(quotations)
    waiting = next(rest, None)
    lead: tuple[int, int] | None = None
    for start, end in paragraphs(text):
        held = []
        while waiting is not None and waiting.outer.start < end:
            held.append(waiting)
            waiting = next(rest, None)
        if held:
            frame = _frame(text, start, end, held)
            # "Ms Lee wrote:" speaks of the next paragraph, and any paragraph of one that only quotes.
            if lead and (text[slice(*lead)].rstrip().endswith(":") or not frame.speaks):
                yield _frame(text, *lead, ())
            yield frame
        lead = None if held else (start, end)


def _frame(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> Frame:
    parts: list[str] = []
    length = 0
    pieces: list[tuple[int, int, int]] = []
    masked: set[int] = set()

    def add(part: str, begin: int, stop: int) -> None:
        nonlocal length
        pieces.append((length, begin, stop))
        parts.append(part)
        length += len(part)

    dateline = _DATELINE.match(text, start, end)
    at = dateline.end() if dateline else start
    for quotation in quotations:
        content, outer = quotation.content, quotation.outer
        add(text[at : outer.start].translate(_PLAIN), at, outer.start)
        masked.add(len(pieces))
        add("“", outer.start, content.start)
        if is_spelled_out(content.text):
            masked.add(len(pieces))
            add(_stand_in(content.text, text[outer.end : outer.end + LOOK_AHEAD]), content.start, content.end)
        else:
            add(content.text.translate(_PLAIN), content.start, content.end)
        masked.add(len(pieces))
        add("”", content.end, outer.end)
        at = outer.end
    add(text[at:end].translate(_PLAIN), at, end)
    return Frame(start, end, "".join(parts), tuple(quotations), tuple(pieces), frozenset(masked))


# “Yes,” “No way!”: a few words that are a sentence.
_SENTENCE = regex.compile(r"[\W\d]*\p{Lu}.*[,.!?…—–-]\s*", regex.DOTALL)


def is_spelled_out(content: str) -> bool:
    """Whether a quotation of these words is a sentence, or long enough for one: a stand-in takes its place.

    >>> is_spelled_out("unprecedented"), is_spelled_out("No way!")
    (False, True)
    """
    return len(_WORD.findall(content)) >= SPELLED_OUT or bool(_SENTENCE.fullmatch(content))


def _stand_in(content: str, after: str) -> str:
    """The stand-in with the capital and the last mark of what it stands for.

    A question mark, an exclamation mark or a dash becomes a comma if a cue or small letters follow, or the
    splitter would end the sentence there.

    >>> _stand_in("We will not look away, whatever it costs,", " she said.")
    'It works,'
    >>> _stand_in("Who will pay for all this?", " asked Lee.")
    'It works,'
    """
    first, rest = STAND_IN
    last = _FINAL.search(content)
    stop = last[0] if last else ""
    if stop and stop in "?!…—–-." and goes_on(content, after):
        stop = ","
    capital = content.lstrip("“‘'\"…. [(")[:1].isupper()
    return f"{first if capital else first.lower()} {rest}{stop}"


_FIRST_WORDS = regex.compile(r"\s*((?:[\w.’'-]+\s+){0,5}[\w’'-]+)")
LOOK_AHEAD = 60
"""Characters: "Prime Minister Mateusz Morawiecki asked" has 40."""


def goes_on(content: str, after: str) -> bool:
    """Whether the sentence around a quotation goes on after it, whatever its last mark.

    >>> goes_on("Who will pay?", " asked Lee."), goes_on("Who will pay?", " Nobody knew.")
    (True, False)
    """
    return after.lstrip()[:1].islower() or (content.rstrip()[-1:] != "." and _cue_follows(after))


def _cue_follows(after: str) -> bool:
    """Whether a name or pronoun and then a verb of saying, or the verb first, come before any other mark."""
    match = _FIRST_WORDS.match(after)
    found = match[1].split() if match else []
    return any(cue_kind(word, word) == "say" for word in found) and not (
        found and found[0].lower() in ("but", "and")
    )
