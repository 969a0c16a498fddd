"""Attributed articles read for comparison: which quotations are one printing, and what stands around them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quoteattr.attribution.registry import NAMES_AND_TERMS
from quoteattr.dedup import normalize
from quoteattr.dedup.same_utterance import Manner, voice
from quoteattr.dedup.wordings import NO_DAY, Gathering, titled
from quoteattr.layout import SENTENCE_END
from quoteattr.schema import AttributedArticle, Attribution


def pieces(found: AttributedArticle) -> list[range]:
    """The article's quotations in runs: pieces of one sentence together, all others alone.

    The first piece breaks off at a comma, a short frame follows that ends in one, and the next piece goes on
    in lower case ("“If that makes him smart,” she asked, “what does it make you?”"); one statement or one
    speaker holds them together. Sentences of one statement are separate lines, for they travel separately,
    and so are scraps ("“shabby” and “dishonest”").
    """
    return _pieces(found.attributions, _frames(found))


def _frames(found: AttributedArticle) -> list[str]:
    """What stands between each quotation and the next; nothing, if that is inside it."""
    text, outers = found.article.text, [said.quotation.outer for said in found.attributions]
    return [text[before.end : after.start] for before, after in pairwise(outers)]


def _pieces(said: Sequence[Attribution], frames: Sequence[str]) -> list[range]:
    begins = [
        n
        for n, frame in enumerate(frames, start=1)  # most frames end a sentence: asked first
        if frame.rstrip()[-1:] not in BREAKS or not _continues(frame, said[n - 1], said[n])
    ]
    return list(map(range, [0, *begins], [*begins, len(said)])) if said else []


def _continues(frame: str, before: Attribution, after: Attribution) -> bool:
    if len(frame) > FRAME:
        return False
    same = before.statement is not None and before.statement == after.statement
    if not same and (before.speaker is None or before.speaker != after.speaker):
        return False
    if before.cue is not None and after.cue is not None and before.cue != after.cue:
        return False  # a cue of its own begins a sentence of its own: “…,” he said then, though he added, “…”
    first, then = before.quotation.content.text.rstrip(), after.quotation.content.text.lstrip()
    if not first or not then or "\n" in frame.strip(" "):
        return False
    breaks_off = first[-1] in BREAKS or frame[:1] == ","
    goes_on = then[0].islower() or then.split()[0] in _ALWAYS_CAPITAL or not then[0].isalpha()
    return breaks_off and goes_on and _is_frame(frame)


def _is_frame(text: str) -> bool:
    """Whether words stand between two pieces, and all in one sentence; with none, they are two of a list."""
    return any(map(str.isalpha, text)) and SENTENCE_END.search(text) is None


FRAME = 160
"""Longest frame between two pieces of a sentence, in characters: "said Ida Holm, who has led the harbour
office of Marsh End since it was founded"."""
BREAKS = ",-\N{EN DASH}\N{EM DASH}"
"""What a sentence breaks off with."""
_ALWAYS_CAPITAL = frozenset(["I", "I'm", "I'll", "I've", "I'd", "I’m", "I’ll", "I’ve", "I’d"])


def wording_of(parts: Sequence[Attribution]) -> str:
    """The words of a printing, without what a frame leaves behind them."""
    if len(parts) == 1:
        return parts[0].quotation.content.text.strip().rstrip(LEFT)
    return " ".join([part.quotation.content.text.strip() for part in parts]).rstrip(LEFT)


SHOWN_WORDS = 8
"""Longest quotation on a line of its own that is a heading rather than a paragraph of speech. Of the news'
headings in marks the longest has seven words."""
HEADLINE = 200
"""Longest headline without its quotation, in characters."""
_SMALL = frozenset(
    """
    a an and as at but by for from if in into nor of off on onto or over per so than the to up via vs with
    """.split()
)
"""What headlines in capitals leave small."""


def manner(text: str, parts: Sequence[Attribution], wording: str) -> Manner:
    r"""How an article prints some words, pieces of one sentence.

    >>> from quoteattr.schema import Quotation, Span
    >>> def printed(text, words, by="nobody"):
    ...     content = Span.of(text, text.index(words), text.index(words) + len(words))
    ...     return manner(text, [Attribution(Quotation(content, content), decided_by=by)], words)
    >>> printed("Mayor Calls Dam ‘A Bad Idea’ Again\n\n“It is a bad idea,” she said.", "A Bad Idea").name
    'SHOWN'
    >>> printed("The so-called ‘bounce’ is over.", "bounce", "term").name
    'NAMED'
    """
    start, stop = parts[0].quotation.outer.start, parts[-1].quotation.outer.end
    end = text.find("\n", stop)
    end = len(text) if end < 0 else end
    begin = text.rfind("\n", 0, start) + 1 if end - stop <= HEADLINE else 0
    short = start - begin + end - stop <= HEADLINE
    if short and (
        _is_heading(text[begin:start] + " " + text[stop:end], wording)
        or (begin == 0 and _loses_capitals(wording, text[end:]))
    ):
        # Capitals that the body has, too, are no headline's: "Town Drops ‘Golden Mile’ Plan".
        return Manner.PLAIN if titled(wording) and wording in text[stop:] else Manner.SHOWN
    named = parts[0].speaker is None and parts[0].decided_by in NAMES_AND_TERMS
    return Manner.NAMED if named else Manner.PLAIN


def _is_heading(rest: str, wording: str) -> bool:
    """Whether a line is short, or capitals throughout, and the rest of it capitals or nothing at all."""
    if not _is_capitals(rest):
        return False
    return len(wording.split()) <= SHOWN_WORDS or (any(map(str.isalpha, rest)) and _is_capitals(wording))


def _loses_capitals(wording: str, body: str) -> bool:
    """Whether words in capitals stand in the text without them: then the capitals are a headline's."""
    return wording.lower() in body and titled(wording)


def _is_capitals(text: str) -> bool:
    words = (
        match[0] for match in normalize.TOKEN.finditer(text)
    )  # one by one, for mostly the first is small
    return all(word[0].isupper() or not word[0].isalpha() or word in _SMALL for word in words)


LEFT = " ,;:-\N{EN DASH}\N{EM DASH}\N{NO-BREAK SPACE}\t\n"
"""What a reporting frame leaves at the end of a quotation."""

ARTICLES = 1 << 4
"""Articles that are read together, so that there are about as many quotations as
`quoteattr.dedup.alignment.Vocabulary.of_texts` reads best."""
REMEMBERED = 1 << 14
"""Surroundings that are remembered: those of some thousand quotations, at 3 kB each."""


class Places:
    """For each printing its article, its first attribution there, and one past its last.

    Arrays, for a million tuples take 100 MB.

    >>> places = Places()
    >>> places.extend([7], [range(2, 3)])
    >>> len(places), places[0]
    (1, (7, 2, 3))
    """

    def __init__(self) -> None:
        self._articles, self._begins, self._ends = array("q"), array("q"), array("q")

    def __len__(self) -> int:
        return len(self._articles)

    def __getitem__(self, printing: int) -> tuple[int, int, int]:
        return self._articles[printing], self._begins[printing], self._ends[printing]

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return zip(*self.columns, strict=True)

    @property
    def columns(self) -> tuple[array[int], array[int], array[int]]:
        """The articles, first attributions and ends of all printings."""
        return self._articles, self._begins, self._ends

    def extend(self, articles: Sequence[int], runs: Sequence[range]) -> None:
        """Add the next printings: for each its article, and the run of its attributions there."""
        self._articles.extend(articles)
        self._begins.extend([run.start for run in runs])
        self._ends.extend([run.stop for run in runs])


class Corpus:
    """The articles, and every run of theirs as one printing of the table.

    Args:
        articles: attributed, in order of date.
        runs: for each article its attributions in runs, where that is known; else as `pieces` finds them.
    """

    def __init__(
        self, articles: list[AttributedArticle], runs: Sequence[Sequence[range]] | None = None
    ) -> None:
        self.articles = articles
        self.places = Places()
        gathering = Gathering(list(map(_day, articles)))
        for at in range(0, len(articles), ARTICLES):
            numbers: list[int] = []
            read: list[range] = []
            printed: list[tuple[str, tuple[Attribution, ...]]] = []
            quoted: dict[int, list[str]] = {}
            for number, found in enumerate(articles[at : at + ARTICLES], start=at):
                text, said = found.article.text, found.attributions
                frames = _frames(found)
                parts = _pieces(said, frames) if runs is None else runs[number]
                if "" in frames:
                    quoted |= {len(read) + nth: inner for nth, inner in _quoted(said, parts).items()}
                numbers += [number] * len(parts)
                read += parts
                printed += [(text, said[run.start : run.stop]) for run in parts]
            texts = [wording_of(parts) for _, parts in printed]
            voices = [voice(parts[0]) for _, parts in printed]
            manners = [manner(*whole, words) for whole, words in zip(printed, texts, strict=True)]
            gathering.add(numbers, texts, voices, manners, quoted)
            self.places.extend(numbers, read)
        self.table = gathering.table()
        self._around: dict[tuple[int, int], frozenset[str]] = {}

    def around(self, unit: int, reach: int) -> frozenset[str]:
        """The content words beside a unit's first printing, its own left out."""
        known = self._around.get((unit, reach))
        if known is None:
            if len(self._around) >= REMEMBERED:
                self._around.clear()
            number, begin, end = self.places[self.table.heads[unit]]
            found = self.articles[number]
            start = found.attributions[begin].quotation.content.start
            stop = found.attributions[end - 1].quotation.content.end
            known = self._around[unit, reach] = beside(found.article.text, start, stop, reach)
        return known


def _day(found: AttributedArticle) -> int:
    published = found.article.published
    return published.toordinal() if published else NO_DAY


def _quoted(said: Sequence[Attribution], runs: Sequence[range]) -> dict[int, list[str]]:
    """By their places, for runs that have any, the quotations inside the last of them; without those that are
    all of it in two pairs of marks."""
    told: dict[int, list[str]] = {}
    for nth, run in enumerate(runs[:-1]):
        outer = said[run.stop - 1].quotation.content
        for attribution in said[run.stop :]:
            inner = attribution.quotation.content
            if inner.start >= outer.end:
                break
            if len(inner.text) < DOUBLED * len(outer.text):
                told.setdefault(nth, []).append(inner.text)
    return told


DOUBLED = 0.8
"""Share of a quotation's characters from which one inside it is the same one in two pairs of marks."""


def beside(text: str, start: int, stop: int, reach: int) -> frozenset[str]:
    """The content words so many characters before and after a stretch of a text, its own left out.

    >>> sorted(beside("The mayor said “The mayor agrees” on Monday.", 16, 32, 12))
    ['monday']
    """
    begin, end = window(text, start, stop, reach)
    near = text[begin:start] + " " + text[stop:end]
    return normalize.content_of(near) - normalize.content_of(text[start:stop])


def window(text: str, start: int, stop: int, reach: int) -> tuple[int, int]:
    """Where the surroundings of a stretch begin and end: so many characters from it, and there between words.

    Halves of words tell nothing, and made one slogan of two in a million synthetic quotations.

    >>> window("The mayor said “The mayor agrees” on Monday.", 16, 32, 5)
    (10, 44)
    """
    end = text.find(" ", stop + reach)
    return text.rfind(" ", 0, max(0, start - reach)) + 1, len(text) if end < 0 else end
