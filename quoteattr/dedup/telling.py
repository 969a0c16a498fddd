"""What a cluster of printings tells: wording, speaker, places with what they changed, outlet, conflicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, starmap

import attrs
import numpy as np

from quoteattr.dedup import grouping, keys, lines
from quoteattr.dedup.occasions import Relation, Relations, Voice, relation, voice
from quoteattr.dedup.printings import Corpus, wording_of
from quoteattr.dedup.tokens import Tokens
from quoteattr.dedup.wording import GAP_CHAR, Stretch, Vocabulary, align, stretches
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
        self._relations = Relations(corpus.table.people)

    def utterances(self) -> list[Utterance]:
        """One for each cluster, in order of first appearance."""
        told = self.told()
        self._note_conflicts(told)
        return with_companions_outlets(list(told.values()))

    def told(self) -> dict[int, Utterance]:
        """For each cluster its utterance, as far as its own printings tell of it."""
        return {cluster: self._tell(printings) for cluster, printings in self._printings()}

    def _printings(self) -> Iterator[tuple[int, list[int]]]:
        """Each cluster with its printings, in order of first appearance."""
        of_unit = np.array(self.clusters.of_unit, dtype=np.int64)
        of_printing = of_unit[np.array(self.corpus.table.unit_of, dtype=np.int64)]
        _, firsts, numbers = np.unique(of_printing, return_index=True, return_inverse=True)
        order = np.argsort(firsts[numbers], kind="stable")
        begins = grouping.begins(firsts[numbers][order]).tolist()
        for begin, end in pairwise([*begins, len(order)]):
            printings = order[begin:end].tolist()
            yield int(of_printing[printings[0]]), printings

    def _tell(self, printings: list[int]) -> Utterance:
        table, articles, places = self.corpus.table, self.corpus.articles, self.corpus.places
        numbers, runs = [], []
        for number, begin, end in map(places.__getitem__, printings):
            numbers.append(number)
            runs.append(articles[number].attributions[begin:end])
        carriers = [articles[number].article for number in numbers]
        if len(runs) == 1 == len(runs[0]):
            return _printed_once(carriers[0], runs[0][0])
        units = [table.unit_of[printing] for printing in printings]
        strings = [table.strings[unit] for unit in units]
        chosen = strings[0] if len(set(strings)) == 1 else _fullest(strings, numbers)
        whole = _Whole(_commonest(runs, strings, chosen), chosen, table.words)
        speaker, odd = self._speaker(units, [run[0] for run in runs])
        named = [a.outlet for run in runs for a in run if a.outlet is not None]
        inferred = _fullest_outlet(named) if named else None
        appearances = []
        for article, string, run in zip(carriers, strings, runs, strict=True):
            for attribution in run:
                content, given = attribution.quotation.content, attribution.outlet
                found = whole.carried(content.text, string if len(run) == 1 else None)
                relation, covers, changed = found.relation, found.covers, found.edits
                edits = tuple([_edit(content, *edit) for edit in changed]) if changed else ()
                outlet = given or inferred
                appearances.append(
                    Appearance(article, attribution, relation, outlet, outlet is not given, covers, edits)
                )
        conflicts = [Conflict("wording", a, _said_instead(a)) for a in appearances if a.edits]
        if odd:
            conflicts = _contradicting(appearances, odd) + conflicts
        return Utterance(
            whole.text,
            speaker,
            tuple(appearances),
            _distinct([a.outlet.name for a in appearances if a.outlet]) if named else (),
            _distinct([article.publisher for article in carriers]),
            tuple(conflicts),
        )

    def _speaker(
        self, units: Sequence[int], said: Sequence[Attribution]
    ) -> tuple[Speaker | None, set[Voice]]:
        """Who said it, with the names of all articles; and the voices that disagree."""
        speakers = dict.fromkeys([a.speaker for a in said])
        if len(speakers) - (None in speakers) < 2:
            return next(filter(None, speakers), None), set()
        people, voices = self.corpus.table.people, self.corpus.table.voices
        votes = Counter([voices[unit] for unit, a in zip(units, said, strict=True) if a.speaker])
        main = max(votes, key=lambda v: (people[v].kind != "unnamed", votes[v], len(people[v].words)))
        odd = {people[v] for v in votes if self._relations[main, v] is Relation.CONFLICT}
        if odd:
            speakers = dict.fromkeys([a.speaker for a in said if voice(a) not in odd])
        return _merged([speaker for speaker in speakers if speaker is not None]), odd

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


_Edited = tuple[Span, int, int]
"""Canonical words; the first character of those printed instead, and one past their last."""


@attrs.frozen
class _Carried:
    """What a printing carries of the canonical wording."""

    relation: Part
    covers: tuple[Span, ...]
    edits: Sequence[_Edited] = ()


class _Whole:
    """The canonical wording of a line, and what its printings carry of it."""

    def __init__(self, text: str, string: str, words: Vocabulary) -> None:
        self.text, self._string, self._words = text, string, words
        # By their folded words, printings that have no others; by their texts, those that have.
        self._within = {string: _Carried("whole", (Span(0, len(text), text),))}
        self._edited: dict[str, _Carried] = {}

    @cached_property
    def _tokens(self) -> Tokens:
        """Asked for where a printing differs: most lines are printed once, or alike everywhere."""
        return Tokens(self.text, self._string, self._words)

    def carried(self, text: str, string: str | None) -> _Carried:
        """What a printed text carries; its folded words, if they are known, need not be read."""
        if string is None:
            string = self._words.of_text(text).strip(GAP_CHAR)
        found = self._within.get(string) or self._edited.get(text)
        if found is None:
            same = stretches(string, self._tokens.full)
            if same is None:
                found = self._edited[text] = self._aligned(text, string)
            else:
                found = self._within[string] = self._covering(same)
        return found

    def _aligned(self, text: str, string: str) -> _Carried:
        whole, printed = self._tokens, Tokens(text, string, self._words)
        found = align(whole.full, printed.full)
        edits = [(whole.span(*ours), *printed.bounds(*theirs)) for ours, theirs in found.edits]
        return self._covering(found.same, edits)

    def _covering(self, same: Sequence[Stretch], edits: Sequence[_Edited] = ()) -> _Carried:
        everything = sum([end - start for start, end in same]) == len(self._tokens.full)
        covers = tuple(starmap(self._tokens.span, same))
        return _Carried("edited" if edits else "whole" if everything else "part", covers, edits)


def _printed_once(article: Article, said: Attribution) -> Utterance:
    """The utterance that one quotation is, as most are: all that `Describer` tells of it, at once."""
    text = wording_of([said])
    covers = (Span(0, len(text), text),)
    found = Appearance(article, said, "whole", said.outlet, covers=covers)
    outlets = (said.outlet.name,) if said.outlet and said.outlet.name else ()
    publishers = (article.publisher,) if article.publisher else ()
    return Utterance(text, said.speaker, (found,), outlets, publishers)


def _contradicting(appearances: Sequence[Appearance], odd: set[Voice]) -> list[Conflict]:
    """The appearances that name another speaker."""
    return [
        Conflict("speaker", a, a.attribution.speaker.name)
        for a in appearances
        if a.attribution.speaker is not None and voice(a.attribution) in odd
    ]


def _edit(content: Span, canonical: Span, start: int, end: int) -> Edit:
    return Edit(canonical, Span(content.start + start, content.start + end, content.text[start:end]))


def _fullest(strings: Sequence[str], articles: Sequence[int]) -> str:
    """Of the wordings of some printings, and their articles' numbers: the canonical one."""
    distinct = dict.fromkeys(strings)
    gapless = [string for string in distinct if GAP_CHAR not in string] or [*distinct]
    least = FULLER * max(map(len, gapless))
    carriers: dict[str, set[int]] = {string: set() for string in gapless if len(string) >= least}
    if len(carriers) == 1:
        return next(iter(carriers))
    for string, number in zip(strings, articles, strict=True):
        if string in carriers:
            carriers[string].add(number)
    shared = [string for string, found in carriers.items() if len(found) > 1]
    return max(shared or carriers, key=lambda string: (len(string), len(carriers[string])))


def _commonest(runs: Sequence[Sequence[Attribution]], strings: Sequence[str], chosen: str) -> str:
    """The commonest text of a wording, of several the earliest."""
    printed = [wording_of(run) for run, string in zip(runs, strings, strict=True) if string == chosen]
    # In order of date, and most_common keeps the order of ties.
    return printed[0] if len(set(printed)) == 1 else Counter(printed).most_common(1)[0][0]


def _merged(forms: Sequence[Speaker]) -> Speaker:
    """One speaker of several forms: the fullest name, every other form once, in order of appearance."""
    best = max(forms, key=lambda s: (s.kind != "unnamed", len(s.name.split()), len(s.name)))
    names = dict.fromkeys(name for s in forms for name in (s.name, *s.aliases))
    names.pop(best.name, None)
    return Speaker(best.name, best.kind, tuple(names))


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
    fullest = _fullest_outlet(named)
    if fullest is None:
        return line
    given = [attrs.evolve(a, outlet=fullest, outlet_inferred=True) for a in line.appearances]
    return attrs.evolve(line, appearances=tuple(given), outlets=(fullest.name,))


def _same_speaker(a: Utterance, b: Utterance) -> bool:
    one, two = (voice(x.first.attribution) for x in (a, b))
    return a.speaker == b.speaker or relation(one, two) is Relation.SAME


def _fullest_outlet(named: Sequence[Outlet]) -> Outlet | None:
    """The outlet that all of some are, by its fullest name; None where they differ, and of none."""
    most = max(map(_outlet_words, named), key=len, default=set())
    if not all(_outlet_words(outlet) <= most for outlet in named):  # "Telegraph" is "Sunday Telegraph"
        return None
    return max(named, key=lambda outlet: len(_outlet_words(outlet)), default=None)


def _outlet_words(outlet: Outlet) -> set[str]:
    return set(keys.tokens(outlet.name)) - {"the"}


def _said_instead(appearance: Appearance) -> str:
    return "; ".join(edit.printed.text for edit in appearance.edits)


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(names)))
