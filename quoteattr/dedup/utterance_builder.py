"""What a cluster of printings tells: wording, speaker, places with what they changed, outlet, conflicts."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, starmap

import attrs
import numpy as np

from quoteattr.dedup import clustering, normalize
from quoteattr.dedup.alignment import GAP_CHAR, Stretch, Vocabulary, align, stretches
from quoteattr.dedup.occurrences import Corpus, wording_of
from quoteattr.dedup.same_utterance import Relation, Relations, Voice, relation, voice
from quoteattr.dedup.token_spans import Tokens
from quoteattr.dedup.wordings import ENDS
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


_Printing = tuple[int, int, int, int]
"""Its unit, its article, its first attribution there and one past its last. Of a million, columns of these
take 32 MB, objects 100."""


class Describer:
    """Tells of each cluster what it found."""

    def __init__(self, corpus: Corpus, clusters: clustering.Clusters) -> None:
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

    def _printings(self) -> Iterator[tuple[int, list[_Printing]]]:
        """Each cluster with its printings, in order of first appearance."""
        printed = [np.array(c) for c in (self.corpus.table.unit_of, *self.corpus.places.columns)]
        of_printing = np.array(self.clusters.of_unit, dtype=np.int64)[printed[0]]
        clusters, firsts, numbers = np.unique(of_printing, return_index=True, return_inverse=True)
        ranked, order = np.argsort(firsts), np.argsort(firsts[numbers], kind="stable")
        counts = np.bincount(numbers)
        columns = (clusters[ranked], counts[ranked], *(column[order] for column in printed))
        names, sizes, *rows = (array("q", column.tobytes()) for column in columns)
        return _groups(names, sizes, zip(*rows, strict=True))

    def _tell(self, printings: list[_Printing]) -> Utterance:
        found, strings_of = self.corpus.articles, self.corpus.table.strings
        if len(printings) == 1:
            ((_, number, begin, end),) = printings
            if end - begin == 1:
                return _printed_once(found[number].article, found[number].attributions[begin])
        units, numbers, _, _ = zip(*printings, strict=True)
        runs = [found[number].attributions[begin:end] for _, number, begin, end in printings]
        strings = [strings_of[unit] for unit in units]
        chosen = strings[0] if len(set(strings)) == 1 else _fullest(strings, numbers)
        whole = _Whole(_commonest(runs, strings, chosen), chosen, self.corpus.table.words)
        speaker, odd = self._speaker(units, [run[0] for run in runs])
        articles = [found[number].article for number in numbers]
        publishers = _distinct([article.publisher for article in articles])
        if max(map(len, runs)) > 1:
            strings, articles = self._pieces(runs, strings, articles)
        appearances = _appearances(whole, articles, [*chain.from_iterable(runs)], strings)
        outlets = _distinct([a.outlet.name for a in appearances if a.outlet])
        conflicts = [Conflict("wording", a, _said_instead(a)) for a in appearances if a.edits]
        if odd:
            conflicts = _contradicting(appearances, odd) + conflicts
        return Utterance(whole.text, speaker, tuple(appearances), outlets, publishers, tuple(conflicts))

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
        others = [v for v in votes if v != main]
        odd = {people[v] for v in others if self._relations[main, v] is Relation.CONFLICT}
        if odd:
            speakers = dict.fromkeys([a.speaker for a in said if voice(a) not in odd])
        return _merged([speaker for speaker in speakers if speaker is not None]), odd

    def _pieces(
        self, runs: Sequence[Sequence[Attribution]], strings: Sequence[str], articles: Sequence[Article]
    ) -> tuple[list[str], list[Article]]:
        """For each piece of some printings its folded words and its article."""
        split = [a.quotation.content.text for run in runs if len(run) > 1 for a in run]
        read = iter(self.corpus.table.words.of_texts(split))
        found: list[str] = []
        for run, string in zip(runs, strings, strict=True):
            found += [string] if len(run) == 1 else [next(read).strip(GAP_CHAR) for _ in run]
        return found, [article for article, run in zip(articles, runs, strict=True) for _ in run]

    def _note_conflicts(self, told: dict[int, Utterance]) -> None:
        """The same words, kept apart because two speakers are named, are noted on both sides."""
        noted: dict[int, dict[int, None]] = defaultdict(dict)  # in order
        for u, v in self.clusters.conflicts:
            ours, theirs = self.clusters.of_unit[u], self.clusters.of_unit[v]
            if ours != theirs:
                noted[ours][theirs] = noted[theirs][ours] = None
        for ours, others in noted.items():
            firsts = [told[theirs].first for theirs in others]
            names = [a.attribution.speaker.name if a.attribution.speaker else "" for a in firsts]
            found = [Conflict("speaker", *pair) for pair in zip(firsts, names, strict=True)]
            told[ours] = attrs.evolve(told[ours], conflicts=(*told[ours].conflicts, *found))


def _groups(
    clusters: Iterable[int], sizes: Iterable[int], printings: Iterator[_Printing]
) -> Iterator[tuple[int, list[_Printing]]]:
    for cluster, size in zip(clusters, sizes, strict=True):
        yield cluster, list(islice(printings, size))


_Edited = tuple[Span, int, int]
"""Canonical words; the first character of those printed instead, and one past their last."""
_Carried = tuple[Part, tuple[Span, ...], Sequence[_Edited]]
"""What a printing carries of the canonical wording, and how it stands to it."""


MARKS = ENDS + "\"“”'‘’-–—"
"""Marks that a printing may have around its words."""


class _Whole:
    """The canonical wording of a line, and what its printings carry of it."""

    def __init__(self, text: str, string: str, words: Vocabulary) -> None:
        self.text, self._string, self._words = text, string, words
        self.within: dict[str, _Carried] = {string: ("whole", (Span(0, len(text), text),), ())}
        """By their folded words, what printings carry that have no others."""
        self._edited: dict[str, _Carried] = {}
        self._tokens: Tokens | None = None

    def carried(self, text: str, string: str) -> _Carried:
        """What a printed text with such folded words carries."""
        found = self._edited.get(text)
        if found is not None:
            return found
        unbroken = GAP_CHAR not in string and string in self._string
        span = self._verbatim(text) if unbroken else None
        if span is not None:  # as most parts, told in a quarter of the time
            carried = self.within[string] = ("part", (span,), ())
            return carried
        # Looked for where a printing differs: most lines are printed once, or alike everywhere.
        if self._tokens is None:
            self._tokens = Tokens(self.text, self._string, self._words)
        whole = self._tokens
        same = stretches(string, whole.full)
        if same is not None:
            found = self.within[string] = ("whole" if _all(same, whole) else "part", _covers(same, whole), ())
            return found
        printed = Tokens(text, string, self._words)
        rows = align(whole.full, printed.full)
        edits = [(whole.span(*ours), *printed.bounds(*theirs)) for ours, theirs in rows.edits]
        relation: Part = "edited" if edits else "whole" if _all(rows.same, whole) else "part"
        found = self._edited[text] = (relation, _covers(rows.same, whole), edits)
        return found

    def _verbatim(self, text: str) -> Span | None:
        """Where the words stand with the same marks between them; None where that is not told at once."""
        words = text.strip(MARKS)
        begin = self.text.find(words)
        end = begin + len(words)
        if begin < 0 or not (words[:1].isalnum() and words[-1:].isalnum()):
            return None
        before, after = self.text[begin - 1 : begin], self.text[end : end + 2]
        ends = after[:1] in ("", " ") or (after[0] in MARKS and after[1:] in ("", " "))
        return Span(begin, end, words) if before in ("", " ") and ends else None


def _all(same: Sequence[Stretch], whole: Tokens) -> bool:
    """Whether some stretches are all of a text."""
    return sum([end - start for start, end in same]) == len(whole.full)


def _covers(same: Sequence[Stretch], whole: Tokens) -> tuple[Span, ...]:
    text = whole.text
    return tuple([Span(begin, end, text[begin:end]) for begin, end in starmap(whole.bounds, same)])


def _printed_once(article: Article, said: Attribution) -> Utterance:
    """The utterance that one quotation is, as most are: all that `Describer` tells of it, at once."""
    text = wording_of([said])
    covers = (Span(0, len(text), text),)
    found = Appearance(article, said, "whole", said.outlet, covers=covers)
    outlets = (said.outlet.name,) if said.outlet and said.outlet.name else ()
    publishers = (article.publisher,) if article.publisher else ()
    return Utterance(text, said.speaker, (found,), outlets, publishers)


def _appearances(
    whole: _Whole, articles: Sequence[Article], said: Sequence[Attribution], strings: Sequence[str]
) -> list[Appearance]:
    """What attributions in some articles, with such folded words, are of a line. Those that name no outlet
    have that of their siblings, where these agree."""
    named = [a.outlet for a in said if a.outlet is not None]
    inferred = _fullest_outlet(named) if named else None
    found = []
    for article, attribution, string in zip(articles, said, strings, strict=True):
        content, given = attribution.quotation.content, attribution.outlet
        relation, covers, changed = whole.within.get(string) or whole.carried(content.text, string)
        edits = tuple([_edit(content, *edit) for edit in changed]) if changed else ()
        outlet = given or inferred
        found.append(Appearance(article, attribution, relation, outlet, outlet is not given, covers, edits))
    return found


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
    if not homes:
        return told
    return [line if line.outlets or not line.speaker else _from_companions(line, homes) for line in told]


def _from_companions(line: Utterance, homes: dict[int, list[Utterance]]) -> Utterance:
    articles = {number: None for a in line.appearances if (number := id(a.article)) in homes}
    if len(articles) < TOGETHER:
        return line
    shared = Counter(id(other) for article in articles for other in homes[article])
    clustering = {id(other): other for article in articles for other in homes[article]}
    named = [
        a.outlet
        for key, count in shared.items()
        if count >= TOGETHER and _same_speaker(clustering[key], line)
        for a in clustering[key].appearances
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
    return set(normalize.tokens(outlet.name)) - {"the"}


def _said_instead(appearance: Appearance) -> str:
    return "; ".join(edit.printed.text for edit in appearance.edits)


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(names)))
