"""Frames: the sentences around quotations, with the quoted words masked.

The quoted words rarely show who speaks, and they mislead a parser. Most words of a news text stand in
quotations or in paragraphs without any. So only paragraphs with a quotation are parsed, and a quotation that
is a sentence or has `MASKED_WORDS` words or more is replaced by a short clause, the placeholder. Offsets of
the parse are converted to those of the article; the words of a placeholder get those of the quoted words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import attrs
import regex

from quoteattr.detection.marks import APOSTROPHE, OPENING
from quoteattr.layout import paragraphs
from quoteattr.lexicon import alternatives, cue_kind
from quoteattr.parsing.dependency_tree import Parse, Sentence
from quoteattr.schema import Quotation

MASKED_WORDS = 4
"""Least number of words of a quotation that is masked. A shorter one is kept: "an ‘unprecedented’ build-up"
needs its adjective. Trials with 3 to 6 differed by less than half a point of accuracy."""

PLACEHOLDER = ("It", "works")
"""A clause of common words that can replace any quotation."""

LOOKAHEAD = 60
"""Characters after a quotation that are searched for a cue. "Prime Minister Mateusz Morawiecki asked" has
40."""

# "RENO, Nev. (AP) — Mr Trump said": a dateline is left out, because parsers take the place for the subject.
_DATELINE = regex.compile(
    rf"""
    \s* (?: \p{{Lu}}[\p{{Lu}}\p{{M}}.’' -]{{2,40}} (?: ,\s*+ (?: [\w.][\w. ]{{0,24}} | (?<= \s ) ) ){{0,2}}
           \s*+ (?: \([^()\n]{{1,40}}\) \s*+ )? (?: [—–] | --? ) \s+           # 1. LONDON, Ont. (Reuters) —
       | (?: \p{{Lu}}[\w.’'-]*+,? [ ]? ){{1,5}} (?: \d{{1,2}} [ ] )?          # 2. Calif., Jan. 1 (UPI)
           \( (?: {alternatives("parsing", "agencies")} ) \) \s* (?: [—–] | --? )? \s* )
    """,
    regex.VERBOSE,
)
_OPENS = rf"""[{"".join(sorted(OPENING))}"']"""
# "- “We need more beds.”", "• Lee said", "2. “We need them now.”": the mark of a list is no part of its item.
_BULLET = regex.compile(
    rf"""
    \s* (?: [•▪◦‣●○■▶►❖✔*·] \s* | \p{{Dash}} (?: \s+ | (?= {_OPENS} ) )     # 1. • Lee said
         | \d{{1,2}} [.)] \s+ (?= {_OPENS} ) )                               # 2. 2. “We”
    """,
    regex.VERBOSE,
)
_WORD = regex.compile(r"\w+(?:['’-]\w+)*")
# “Yes,” “No way!”: a capital and a final mark make a sentence of a few words.
_SENTENCE = regex.compile(r"[\W\d]*+\p{Lu}.*+(?<=[,.!?…—–-]\s*)", regex.DOTALL)
_FINAL_MARK = regex.compile(r"[,.;:?!…—–-](?=\s*$)")
# The words after a quotation that may hold a cue: "Prime Minister Mateusz Morawiecki asked".
_FIRST_WORDS = regex.compile(r"\s*((?:\w[\w.’'-]*\s+){0,5}\w[\w’'-]*)")
_PLAIN_CHARACTERS = str.maketrans(
    dict.fromkeys(APOSTROPHE, "'") | dict.fromkeys("\N{NO-BREAK SPACE}\t\r\n\v\f", " ")
)
"""Translation of apostrophes and white space to the characters that the treebanks use."""


@attrs.frozen
class _Piece:
    """A part of a frame's text that comes from one stretch of the article."""

    offset: int
    """Its first character in the frame's text."""
    start: int
    """First character of the stretch in the article."""
    end: int
    """One past its last character."""
    masked: bool
    """Whether the text was replaced (a placeholder or a mark): each of its words then has the offsets of the
    whole stretch. Otherwise it corresponds to the article character by character."""


@attrs.frozen
class Frame:
    """One paragraph, or the inside of one quotation, ready for the parser."""

    start: int
    """First character of the region in the article."""
    end: int
    """One past its last character."""
    text: str
    """The text to parse."""
    quotations: tuple[Quotation, ...]
    """The outermost quotations of the region, in order."""
    _pieces: tuple[_Piece, ...]
    """The parts of `text`, in order."""
    inside_quotation: bool = False
    """Whether the region is the inside of a quotation."""
    item_start: int = attrs.field(default=attrs.Factory(lambda self: self.start, takes_self=True))
    """First character after the mark of a list, such as a bullet, at the start of the region."""

    @property
    def parsed_start(self) -> int:
        """First character of the part of the region that is parsed, which is after a dateline."""
        return self._pieces[0].start

    @cached_property
    def has_context(self) -> bool:
        """Whether there are words outside the quotations."""
        bounds = pairwise([*self._piece_offsets, len(self.text)])
        return any(
            _WORD.search(self.text, start, end)
            for piece, (start, end) in zip(self._pieces, bounds, strict=True)
            if not piece.masked
        )

    def is_quoted(self, offset: int) -> bool:
        """Whether a character of the article is in any of the quotations, marks included."""
        last = bisect_right(self._quotation_starts, offset) - 1
        return last >= 0 and offset < self._quotation_ends[last]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [quotation.outer.start for quotation in self.quotations]

    @cached_property
    def _quotation_ends(self) -> list[int]:
        """For each quotation, the latest end of this and all earlier quotations, which may enclose it."""
        return list(accumulate((quotation.outer.end for quotation in self.quotations), max))

    @cached_property
    def _piece_offsets(self) -> list[int]:
        return [piece.offset for piece in self._pieces]

    def article_offsets(self, start: int, end: int) -> tuple[int, int]:
        """Converts the offsets of a word in `text` to those in the article."""
        return self._article_range(start)[0], self._article_range(end - 1)[1]

    def _article_range(self, offset: int) -> tuple[int, int]:
        """The stretch of the article that one character of `text` corresponds to."""
        piece = self._pieces[bisect_right(self._piece_offsets, offset) - 1]
        if piece.masked:
            return piece.start, piece.end
        start = piece.start + offset - piece.offset
        return start, start + 1

    def sentences(self, parse: Parse) -> tuple[Sentence, ...]:
        """Converts a parse of `text` to offsets of the article."""
        return tuple(sentence.map_offsets(self.article_offsets) for sentence in parse.sentences)


def find_frames(text: str, quotations: Sequence[Quotation]) -> list[Frame]:
    """Finds the parts of an article that have to be parsed.

    These are every paragraph that contains or introduces a quotation, and the inside of every quotation that
    contains another one.

    Args:
        text: the article.
        quotations: as `find_quotations` returns them: in order, outer before inner.

    Returns:
        Frames in order of start, an enclosing one first; none for an article without quotations.
    """
    outermost, inner = _outermost(quotations)
    frames = [*_paragraph_frames(text, outermost), *_inner_frames(text, outermost, inner)]
    return sorted(frames, key=lambda frame: (frame.start, -frame.end))


def _outermost(quotations: Sequence[Quotation]) -> tuple[list[Quotation], dict[int, list[Quotation]]]:
    """Returns the quotations that are in no other one, and by their index those inside each."""
    inner: dict[int, list[Quotation]] = {}
    outermost: list[Quotation] = []
    for quotation in quotations:
        if outermost and quotation.outer.end <= outermost[-1].outer.end:
            inner.setdefault(len(outermost) - 1, []).append(quotation)
        else:
            outermost.append(quotation)
    return outermost, inner


def _inner_frames(
    text: str, outermost: Sequence[Quotation], inner: Mapping[int, Sequence[Quotation]]
) -> Iterator[Frame]:
    """Yields a frame for the inside of each quotation that holds another one, at every depth."""
    for number, held in inner.items():
        content = outermost[number].content
        below, deeper = _outermost(held)
        yield attrs.evolve(make_frame(text, content.start, content.end, below), inside_quotation=True)
        yield from _inner_frames(text, below, deeper)


def _paragraph_frames(text: str, quotations: Sequence[Quotation]) -> Iterator[Frame]:
    """Yields the frame of each paragraph that contains a quotation, preceded by the frame of the paragraph
    that introduces it, if there is one.

    A paragraph such as "Ms Lee wrote:" introduces the next one. Any paragraph may introduce one that consists
    of a quotation.
    """
    rest = iter(quotations)
    following = next(rest, None)
    before: tuple[int, int] | None = None
    for start, end in paragraphs(text):
        held = []
        while following is not None and following.outer.start < end:
            held.append(following)
            following = next(rest, None)
        if held:
            frame = make_frame(text, start, end, held)
            if before and (text[slice(*before)].rstrip().endswith(":") or not frame.has_context):
                yield make_frame(text, *before, ())
            yield frame
        before = None if held else (start, end)


def make_frame(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> Frame:
    """The frame of a region of an article.

    Args:
        text: the article.
        start: first character of the region.
        end: one past its last character.
        quotations: the outermost quotations of the region, in order.
    """
    bullet = _BULLET.match(text, start, end)
    item_start = bullet.end() if bullet else start
    dateline = _DATELINE.match(text, item_start, end)
    parts: list[str] = []
    pieces: list[_Piece] = []
    offset = 0
    for part, first, last, masked in _parts(
        text, dateline.end() if dateline else item_start, end, quotations
    ):
        parts.append(part)
        pieces.append(_Piece(offset, first, last, masked))
        offset += len(part)
    return Frame(start, end, "".join(parts), tuple(quotations), tuple(pieces), item_start=item_start)


def _parts(
    text: str, start: int, end: int, quotations: Sequence[Quotation]
) -> Iterator[tuple[str, int, int, bool]]:
    """Yields the parts of a frame's text, each with its start and end in the article, and whether it is
    masked.

    All marks are written as double ones, so that the parser sees only one kind. Marks that are missing in the
    article are added.
    """
    for quotation in quotations:
        content, outer = quotation.content, quotation.outer
        yield text[start : outer.start].translate(_PLAIN_CHARACTERS), start, outer.start, False
        yield "“", outer.start, content.start, True
        if is_masked(content.text):
            after = text[outer.end : outer.end + LOOKAHEAD]
            yield _placeholder(content.text, after), content.start, content.end, True
        else:
            yield content.text.translate(_PLAIN_CHARACTERS), content.start, content.end, False
        yield "”", content.end, outer.end, True
        start = outer.end
    yield text[start:end].translate(_PLAIN_CHARACTERS), start, end, False


def is_masked(content: str) -> bool:
    """Whether a placeholder replaces a quotation: if it is a sentence, or is long.

    >>> is_masked("unprecedented"), is_masked("No way!")
    (False, True)
    """
    return len(_WORD.findall(content)) >= MASKED_WORDS or bool(_SENTENCE.fullmatch(content))


def _placeholder(content: str, after: str) -> str:
    """The placeholder of a quotation, with the capital and the final mark of the quotation.

    If the sentence continues after the quotation, a final question mark, exclamation mark, full stop or dash
    becomes a comma. Otherwise the tokenizer would end the sentence there.

    >>> _placeholder("We will not look away, whatever it costs,", " she said.")
    'It works,'
    >>> _placeholder("Who will pay for all this?", " asked Lee.")
    'It works,'
    """
    first, rest = PLACEHOLDER
    final = _FINAL_MARK.search(content)
    mark = final[0] if final else ""
    if mark and mark in "?!…—–-." and sentence_continues(content, after):
        mark = ","
    has_capital = content.lstrip("“‘'\"…. [(")[:1].isupper()
    return f"{first if has_capital else first.lower()} {rest}{mark}"


def sentence_continues(content: str, after: str) -> bool:
    """Whether the sentence around a quotation continues after it, even if the quotation ends in a "?".

    Args:
        content: the quoted words.
        after: the text right after the closing mark, `LOOKAHEAD` characters of it.

    >>> [sentence_continues("Who will pay?", after) for after in (" asked Lee.", " Nobody knew.")]
    [True, False]
    """
    return after.lstrip()[:1].islower() or (content.rstrip()[-1:] != "." and _begins_with_cue(after))


def _begins_with_cue(after: str) -> bool:
    """Whether a text begins with a verb of saying, or with a subject and then such a verb."""
    match = _FIRST_WORDS.match(after)
    found = match[1].split() if match else []
    return any(cue_kind(word, word) == "say" for word in found) and not (
        found and found[0].lower() in ("but", "and")
    )
