"""Finds the occurrences in attributed articles. An occurrence is a quotation, or all pieces of a split
one."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import attrs

from quoteattr.dedup.grouping import group_wordings
from quoteattr.dedup.occurrence_columns import OccurrenceColumns
from quoteattr.dedup.presentation import presentation_of
from quoteattr.dedup.speakers import speaker_key
from quoteattr.dedup.surroundings import Surroundings, words_around
from quoteattr.dedup.wordings import NO_DAY, WordingTable
from quoteattr.layout import SENTENCE_END
from quoteattr.lexicon import word_list
from quoteattr.schema import AttributedArticle, Attribution

FRAME_CHARACTERS = 160
"""Characters of the longest reporting clause between two pieces of a sentence: "said Ida Holm, who has led
the harbour office of Marsh End since it was founded"."""
BREAKS = ",-\N{EN DASH}\N{EM DASH}"
"""Marks at which a sentence is split."""
ALWAYS_CAPITALISED = word_list("dedup", "always_capitalised")
LEFT_BY_FRAME = " ,;:-\N{EN DASH}\N{EM DASH}\N{NO-BREAK SPACE}\t\n"
"""Characters at the end of a quotation that belong to a following reporting clause."""
DOUBLE_MARKS_SHARE = 0.8
"""If a quotation inside another one has at least this share of its characters, both are the same quotation in
two pairs of marks."""
ARTICLES_AT_ONCE = 1 << 4
"""Articles that are read together: they have about as many quotations as `Vocabulary.encode_texts` reads
best."""
CACHED_SURROUNDINGS = 1 << 14
"""Surroundings that are cached, at some 3 kB each."""


class Positions:
    """The position of each occurrence: its article, its first attribution there, and one past its last.

    Stored as columns of integers, because a million tuples take 100 MB.

    >>> positions = Positions()
    >>> positions.extend([7], [range(2, 3)])
    >>> len(positions), positions[0], positions.find(7, 2)
    (1, (7, 2, 3), 0)
    """

    def __init__(self) -> None:
        self._articles, self._starts, self._ends = array("q"), array("q"), array("q")

    def __len__(self) -> int:
        return len(self._articles)

    def __getitem__(self, occurrence: int) -> tuple[int, int, int]:
        return self._articles[occurrence], self._starts[occurrence], self._ends[occurrence]

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return zip(*self.columns, strict=True)

    @property
    def columns(self) -> tuple[array[int], array[int], array[int]]:
        """The articles, first attributions and ends of all occurrences."""
        return self._articles, self._starts, self._ends

    def find(self, article: int, attribution: int) -> int:
        """Returns the number of the occurrence that an attribution of an article belongs to.

        Args:
            article: the number of the article.
            attribution: the position of the attribution in it.
        """
        return next(
            n for n, (a, start, end) in enumerate(self) if a == article and start <= attribution < end
        )

    def extend(self, articles: Sequence[int], ranges: Sequence[range]) -> None:
        """Adds occurrences: for each the number of its article, and the range of its attributions there."""
        self._articles.extend(articles)
        self._starts.extend([attributions.start for attributions in ranges])
        self._ends.extend([attributions.stop for attributions in ranges])


@attrs.frozen(eq=False)
class Occurrences:
    """The occurrences of some articles, grouped into wordings."""

    articles: Sequence[AttributedArticle]
    """The articles, in order of date."""
    positions: Positions
    """Where each occurrence is."""
    table: WordingTable
    """Their wordings."""

    def surroundings(self) -> Surroundings:
        """Returns a function that gives the words around the first occurrence of a wording."""

        @lru_cache(maxsize=CACHED_SURROUNDINGS)
        def surroundings_of(wording: int, reach: int) -> frozenset[str]:
            number, first, end = self.positions[self.table.first_occurrences[wording]]
            found = self.articles[number]
            start = found.attributions[first].quotation.content.start
            stop = found.attributions[end - 1].quotation.content.end
            return words_around(found.article.text, start, stop, reach)

        return surroundings_of


def between_marks(found: AttributedArticle) -> AttributedArticle:
    """Returns an article without the speech that it reports without marks; the same object if it has none."""
    kept = tuple(a for a in found.attributions if a.quotation.kind == "direct")
    return found if len(kept) == len(found.attributions) else attrs.evolve(found, attributions=kept)


def read_occurrences(
    articles: Sequence[AttributedArticle], ranges: Sequence[Sequence[range]] | None = None
) -> Occurrences:
    """Returns the occurrences of articles, grouped into wordings.

    Args:
        articles: attributed articles, in order of date.
        ranges: for each article the ranges of attributions that are one occurrence, if they are known;
            otherwise `occurrence_ranges` finds them.
    """
    positions = Positions()
    columns = OccurrenceColumns([_day(found) for found in articles])
    for at in range(0, len(articles), ARTICLES_AT_ONCE):
        numbered = range(at, min(at + ARTICLES_AT_ONCE, len(articles)))
        _read_batch({n: articles[n] for n in numbered}, ranges, columns, positions)
    return Occurrences(articles, positions, group_wordings(columns))


def _read_batch(
    articles: Mapping[int, AttributedArticle],
    known: Sequence[Sequence[range]] | None,
    columns: OccurrenceColumns,
    positions: Positions,
) -> None:
    """Adds the occurrences of some articles, given by number, to the columns and positions."""
    numbers: list[int] = []
    ranges: list[range] = []
    parts: list[tuple[str, tuple[Attribution, ...]]] = []
    nested: dict[int, list[str]] = {}
    for number, found in articles.items():
        frames = _frames(found)
        found_ranges = _ranges(found.attributions, frames) if known is None else known[number]
        if "" in frames:  # the article has a quotation inside another one
            inner = _nested_texts(found.attributions, found_ranges)
            nested |= {len(ranges) + position: texts for position, texts in inner.items()}
        numbers += [number] * len(found_ranges)
        ranges += found_ranges
        parts += [(found.article.text, found.attributions[r.start : r.stop]) for r in found_ranges]
    texts = [wording_text(attributions) for _, attributions in parts]
    speakers = [speaker_key(attributions[0]) for _, attributions in parts]
    presentations = [presentation_of(*part, text) for part, text in zip(parts, texts, strict=True)]
    columns.add(numbers, texts, speakers, presentations, nested)
    positions.extend(numbers, ranges)


def occurrence_ranges(found: AttributedArticle) -> list[range]:
    """Returns the ranges of an article's attributions that are one occurrence each.

    The pieces of one sentence are one occurrence: the first piece ends with a comma, a short reporting clause
    with a comma at its end follows, and the next piece continues in lower case ("“If that makes him smart,”
    she asked, “what does it make you?”"). The pieces must belong to one statement or have the same speaker.
    Each other quotation is an occurrence of its own, because other articles repeat sentences of a statement,
    and terms of a list ("“shabby” and “dishonest”"), separately.
    """
    return _ranges(found.attributions, _frames(found))


def _frames(found: AttributedArticle) -> list[str]:
    """The text between each quotation and the next; empty if the next one is inside the quotation."""
    text, outers = found.article.text, [a.quotation.outer for a in found.attributions]
    return [text[before.end : after.start] for before, after in pairwise(outers)]


def _ranges(attributions: Sequence[Attribution], frames: Sequence[str]) -> list[range]:
    starts = [
        n
        for n, frame in enumerate(frames, start=1)
        # Most frames end a sentence, which is tested first.
        if frame.rstrip()[-1:] not in BREAKS or not _continues(frame, attributions[n - 1], attributions[n])
    ]
    return list(map(range, [0, *starts], [*starts, len(attributions)])) if attributions else []


def _continues(frame: str, before: Attribution, after: Attribution) -> bool:
    """Whether a quotation continues the sentence of the quotation before it, with a frame between them."""
    if len(frame) > FRAME_CHARACTERS:
        return False
    same_statement = before.statement is not None and before.statement == after.statement
    if not same_statement and (before.speaker is None or before.speaker != after.speaker):
        return False
    if before.cue is not None and after.cue is not None and before.cue != after.cue:
        return False  # the second quotation has a cue of its own: “…,” he said then, though he added, “…”
    first, then = before.quotation.content.text.rstrip(), after.quotation.content.text.lstrip()
    if not first or not then or "\n" in frame.strip(" "):
        return False
    is_split = first[-1] in BREAKS or frame[:1] == ","
    goes_on = then[0].islower() or then.split()[0] in ALWAYS_CAPITALISED or not then[0].isalpha()
    return is_split and goes_on and _is_reporting_clause(frame)


def _is_reporting_clause(frame: str) -> bool:
    """Whether the text between two pieces has words and no end of a sentence. Two quotations with no words
    between them are items of a list, not pieces of one sentence."""
    return any(map(str.isalpha, frame)) and SENTENCE_END.search(frame) is None


def wording_text(parts: Sequence[Attribution]) -> str:
    """Returns the words of an occurrence, without the punctuation of a reporting clause at the end.

    >>> from quoteattr.schema import Quotation, Span
    >>> pieces = [Span(0, 8, "We wait,"), Span(9, 18, "and hope,")]
    >>> wording_text([Attribution(Quotation(piece, piece)) for piece in pieces])
    'We wait, and hope'
    """
    if len(parts) == 1:
        return parts[0].quotation.content.text.strip().rstrip(LEFT_BY_FRAME)
    return " ".join([part.quotation.content.text.strip() for part in parts]).rstrip(LEFT_BY_FRAME)


def _day(found: AttributedArticle) -> int:
    published = found.article.published
    return published.toordinal() if published else NO_DAY


def _nested_texts(attributions: Sequence[Attribution], ranges: Sequence[range]) -> dict[int, list[str]]:
    """By position of a range, the texts of the quotations inside its last attribution. A quotation that fills
    almost all of it is left out, because it is the same quotation in a second pair of marks."""
    found: dict[int, list[str]] = {}
    for position, attributed in enumerate(ranges[:-1]):
        outer = attributions[attributed.stop - 1].quotation.content
        for attribution in attributions[attributed.stop :]:
            inner = attribution.quotation.content
            if inner.start >= outer.end:
                break
            if len(inner.text) < DOUBLE_MARKS_SHARE * len(outer.text):
                found.setdefault(position, []).append(inner.text)
    return found
