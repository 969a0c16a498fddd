"""What a cluster of printings tells: wording, speaker, places with what they changed, outlet, conflicts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import attrs

from quoteattr.dedup import keys, lines
from quoteattr.dedup.occasions import Relation, Voice, relation, voice
from quoteattr.dedup.printings import Corpus, wording_of
from quoteattr.dedup.wording import GAP_CHAR, Vocabulary, align, stretches
from quoteattr.schema import (
    Appearance,
    Article,
    Attribution,
    Conflict,
    Edit,
    Outlet,
    Span,
    Speaker,
    Utterance,
)
from quoteattr.schema import Relation as Part

FULLER = 0.8
"""A wording that two articles carry is canonical before a longer one of a single article, if it has this
share of its words: the longer one may be a slip, a shorter one is a scrap."""
TOGETHER = 2
"""Articles that carry two lines of one speaker, from which these were given on one occasion."""


class Describer:
    """Tells of each cluster what it found."""

    def __init__(self, corpus: Corpus, clusters: lines.Clusters) -> None:
        self.corpus, self.clusters = corpus, clusters

    def utterances(self) -> list[Utterance]:
        """One for each cluster, in order of first appearance."""
        told = self.told()
        self._note_conflicts(told)
        return with_companions_outlets(list(told.values()))

    def told(self) -> dict[int, Utterance]:
        """For each cluster its utterance, as far as its own printings tell of it."""
        printings: dict[int, list[_Printing]] = defaultdict(list)
        articles, strings, of_unit = self.corpus.articles, self.corpus.table.strings, self.clusters.of_unit
        for unit, (number, begin, end) in zip(self.corpus.table.unit_of, self.corpus.places, strict=True):
            found = articles[number]
            printing = _Printing(found.article, number, found.attributions[begin:end], strings[unit])
            printings[of_unit[unit]].append(printing)
        # Let go of as they are told: those of a million quotations take 100 MB.
        return {cluster: self._tell(printings.pop(cluster)) for cluster in list(printings)}

    def _tell(self, printings: list[_Printing]) -> Utterance:
        whole = _canonical(printings, self.corpus.table.words)
        speaker, odd = _speaker([p.parts[0] for p in printings])
        appearances = _with_outlets(_appearances(printings, whole))
        conflicts = [
            Conflict("speaker", a, a.attribution.speaker.name)
            for a in (appearances if odd else ())
            if a.attribution.speaker is not None and voice(a.attribution) in odd
        ]
        conflicts += [Conflict("wording", a, _said_instead(a)) for a in appearances if a.relation == "edited"]
        return Utterance(
            text=whole.text,
            speaker=speaker,
            appearances=tuple(appearances),
            outlets=_distinct([a.outlet.name for a in appearances if a.outlet]),
            publishers=_distinct([a.article.publisher for a in appearances]),
            conflicts=tuple(conflicts),
        )

    def _note_conflicts(self, told: dict[int, Utterance]) -> None:
        """The same words, kept apart because two speakers are named, are noted on both sides."""
        noted: set[tuple[int, int]] = set()
        of_unit = self.clusters.of_unit
        for u, v in self.clusters.conflicts:
            for a, b in ((u, v), (v, u)):
                ours, theirs = of_unit[a], of_unit[b]
                if ours == theirs or (ours, theirs) in noted:
                    continue
                noted.add((ours, theirs))
                other = told[theirs].first
                name = other.attribution.speaker.name if other.attribution.speaker else ""
                conflict = Conflict("speaker", other, name)
                told[ours] = attrs.evolve(told[ours], conflicts=(*told[ours].conflicts, conflict))


@attrs.frozen
class _Printing:
    """One place that carries a line."""

    article: Article
    number: int
    """The article's."""
    parts: tuple[Attribution, ...]
    """The quotation, or the pieces of it."""
    string: str
    """Its folded words."""

    @property
    def text(self) -> str:
        """The words as printed."""
        return wording_of(self.parts)


@attrs.frozen
class _Aligned:
    """How one printed wording stands to the canonical one."""

    relation: Part
    covers: tuple[Span, ...]
    edits: tuple[tuple[Span, int, int], ...] = ()


@attrs.frozen(slots=False)
class _Wording:
    """A text, ready to be aligned. Its words get their places when they are first asked for: most lines are
    printed once, or alike everywhere."""

    text: str
    string: str
    words: Vocabulary
    known: dict[str, _Aligned] = attrs.field(factory=dict, init=False)
    """By their texts, printings that were aligned with it."""

    @cached_property
    def full(self) -> str:
        """One character for each word, gaps at the ends included."""
        if not keys.may_have_gaps(self.text):
            return self.string
        return self.words.of_text(self.text)

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """The characters of each word."""
        found = list(map(re.Match.span, keys.TOKEN.finditer(self.text)))
        # Mostly no token is folded into two, or, as some inserts are, into none.
        alike = len(found) == len(self.full) and "[" not in self.text
        return found if alike else keys.places(self.text)

    @cached_property
    def all(self) -> _Aligned:
        """The alignment of a printing that carries everything."""
        return _Aligned("whole", (Span(0, len(self.text), self.text),))

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The characters of some tokens; for none, the empty stretch where they would stand."""
        places = self.places
        if end > start:
            return places[start][0], places[end - 1][1]
        at = places[start][0] if start < len(places) else places[-1][1] if places else 0
        return at, at

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text that some tokens take."""
        return Span.of(self.text, *self.bounds(start, end))

    def aligned(self, printed: str, string: str | None) -> _Aligned:
        """How a printed text stands to this one; its folded words, if they are known, need not be read."""
        if string == self.string or printed == self.text:
            return self.all
        found = self.known.get(printed)
        if found is None:
            if string is None:
                string = self.words.of_text(printed).strip(GAP_CHAR)
            found = self.known[printed] = self._compared(printed, string)
        return found

    def _compared(self, printed: str, string: str) -> _Aligned:
        pieces = stretches(string, self.full)
        if pieces is not None:
            carried = sum([end - start for start, end in pieces])
            covers = tuple([self.span(start, end) for start, end in pieces])
            return _Aligned("whole" if carried == len(self.full) else "part", covers)
        part = _Wording(printed, string, self.words)
        rows = align(self.full, part.full)
        covers = tuple(self.span(row.start, row.end) for row in rows if row.same)
        edits = tuple(
            (self.span(row.start, row.end), *part.bounds(row.printed_start, row.printed_end))
            for row in rows
            if row.edit
        )
        missing = any(not row.same and row.end > row.start for row in rows)
        return _Aligned("edited" if edits else "part" if missing else "whole", covers, edits)


def _appearances(printings: Sequence[_Printing], whole: _Wording) -> list[Appearance]:
    found = []
    for printing in printings:
        string = printing.string if len(printing.parts) == 1 else None
        for attribution in printing.parts:
            content = attribution.quotation.content
            known = whole.aligned(content.text, string)
            edits = tuple([_edit(content, *edit) for edit in known.edits]) if known.edits else ()
            given = attribution.outlet
            found.append(
                Appearance(printing.article, attribution, known.relation, given, False, known.covers, edits)
            )
    return found


def _edit(content: Span, canonical: Span, start: int, end: int) -> Edit:
    return Edit(canonical, Span(content.start + start, content.start + end, content.text[start:end]))


def _canonical(printings: Sequence[_Printing], words: Vocabulary) -> _Wording:
    """The fullest wording; its commonest printing, or of several the earliest."""
    if len(printings) == 1:
        return _Wording(printings[0].text, printings[0].string, words)
    carriers: dict[str, set[int]] = defaultdict(set)
    for printing in printings:
        carriers[printing.string].add(printing.number)
    chosen = _fullest(carriers)
    # In order of date, and most_common keeps the order of ties.
    printed = Counter([p.text for p in printings if p.string == chosen])
    return _Wording(printed.most_common(1)[0][0], chosen, words)


def _speaker(said: Sequence[Attribution]) -> tuple[Speaker | None, set[Voice]]:
    """Who said it, with the names of all articles; and the voices that disagree."""
    speakers = {a.speaker for a in said} - {None}
    if len(speakers) < 2:
        return next(iter(speakers), None), set()
    told = [a for a in said if a.speaker is not None]
    votes = Counter(map(voice, told))
    main = max(votes, key=lambda v: (v.kind != "unnamed", votes[v], len(v.words)))
    odd = {v for v in votes if _related(main, v) is Relation.CONFLICT}
    return _merged(a.speaker for a in told if a.speaker and not (odd and voice(a) in odd)), odd


_related = lru_cache(maxsize=1 << 16)(relation)
"""The voices of one line meet again in others."""


def _fullest(carriers: dict[str, set[int]]) -> str:
    """Of wordings and the articles that carry them: the canonical one."""
    gapless = {s: found for s, found in carriers.items() if GAP_CHAR not in s} or carriers
    longest = max(gapless, key=lambda s: (len(s), len(gapless[s])))
    shared = [s for s in gapless if len(gapless[s]) > 1 and len(s) >= FULLER * len(longest)]
    return max(shared, key=lambda s: (len(s), len(gapless[s]))) if shared else longest


def _merged(speakers: Iterable[Speaker]) -> Speaker:
    """One speaker of several forms: the fullest name, every other form once, in order of appearance."""
    forms: dict[Speaker, None] = dict.fromkeys(speakers)
    best = max(forms, key=lambda s: (s.kind != "unnamed", len(s.name.split()), len(s.name)))
    names = dict.fromkeys(name for s in forms for name in (s.name, *s.aliases))
    names.pop(best.name, None)
    return Speaker(best.name, best.kind, tuple(names))


def _with_outlets(appearances: Sequence[Appearance]) -> list[Appearance]:
    """The appearances, with the outlet of their siblings where they name none and their siblings agree."""
    named = [a.outlet for a in appearances if a.outlet]
    if not named or len(named) == len(appearances) or not _one_outlet(named):
        return list(appearances)
    fullest = max(named, key=lambda outlet: len(_outlet_words(outlet)))
    return [a if a.outlet else attrs.evolve(a, outlet=fullest, outlet_inferred=True) for a in appearances]


def with_companions_outlets(told: list[Utterance]) -> list[Utterance]:
    """The utterances; where no printing of a line names an outlet, that of the lines that travel with it.

    Lines of one speaker that two articles both carry were given together: to one outlet, if all of them that
    name one name the same.
    """
    homes: dict[int, list[Utterance]] = defaultdict(list)
    for line in told:
        if line.outlets and line.speaker:
            for article in {id(a.article): None for a in line.appearances}:
                homes[article].append(line)
    return [line if line.outlets or not line.speaker else _from_companions(line, homes) for line in told]


def _from_companions(line: Utterance, homes: dict[int, list[Utterance]]) -> Utterance:
    articles = {number: None for a in line.appearances if (number := id(a.article)) in homes}
    if len(articles) < TOGETHER:
        return line
    shared = Counter(id(other) for article in articles for other in homes[article])
    lines = {id(other): other for article in articles for other in homes[article]}
    named = [
        a.outlet
        for key, count in shared.items()
        if count >= TOGETHER and _same_speaker(lines[key], line)
        for a in lines[key].appearances
        if a.outlet
    ]
    if not named or not _one_outlet(named):
        return line
    fullest = max(named, key=lambda outlet: len(_outlet_words(outlet)))
    given = [attrs.evolve(a, outlet=fullest, outlet_inferred=True) for a in line.appearances]
    return attrs.evolve(line, appearances=tuple(given), outlets=(fullest.name,))


def _same_speaker(a: Utterance, b: Utterance) -> bool:
    one, two = (voice(x.first.attribution) for x in (a, b))
    return a.speaker == b.speaker or relation(one, two) is Relation.SAME


def _one_outlet(named: list[Outlet]) -> bool:
    sets = sorted(map(_outlet_words, named), key=len)
    return all(words <= sets[-1] for words in sets)  # "Telegraph" beside "Sunday Telegraph" is no other


def _outlet_words(outlet: Outlet) -> set[str]:
    return set(keys.tokens(outlet.name)) - {"the"}


def _said_instead(appearance: Appearance) -> str:
    return "; ".join(edit.printed.text for edit in appearance.edits)


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name)
