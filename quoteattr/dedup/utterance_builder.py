"""Builds an utterance from each cluster: wording, speaker, appearances with their edits, outlets,
conflicts."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import attrs
import numpy as np

from quoteattr.dedup.canonical_wording import CanonicalWording, choose_canonical, most_common_text
from quoteattr.dedup.clustering import Clusters
from quoteattr.dedup.occurrences import Occurrences, wording_text
from quoteattr.dedup.outlet_inference import common_outlet, infer_outlets_of_companions
from quoteattr.dedup.speakers import SpeakerKey, SpeakerRelation, cached_relations, speaker_key
from quoteattr.dedup.vocabulary import GAP_CHAR
from quoteattr.schema import (
    Appearance,
    Article,
    Attribution,
    Conflict,
    Edit,
    Span,
    Speaker,
    Utterance,
)

Occurrence = tuple[int, int, int, int]
"""The number of its wording, the number of its article, its first attribution there, and one past its
last."""


def build_utterances(occurrences: Occurrences, clusters: Clusters) -> list[Utterance]:
    """Returns one utterance for each cluster, in order of first appearance.

    Args:
        occurrences: all occurrences.
        clusters: the clusters of their wordings.
    """
    by_cluster = UtteranceBuilder(occurrences).by_cluster(clusters)
    return infer_outlets_of_companions(list(_with_conflicts(by_cluster, clusters).values()))


class UtteranceBuilder:
    """Builds utterances of some occurrences."""

    def __init__(self, occurrences: Occurrences) -> None:
        self._articles, self._positions = occurrences.articles, occurrences.positions
        self._table = occurrences.table
        self._relation_of = cached_relations(occurrences.table.speakers)

    def by_cluster(self, clusters: Clusters) -> dict[int, Utterance]:
        """Returns the utterance of each cluster, without the information that other clusters add (conflicts,
        inferred outlets)."""
        return {cluster: self._build(found) for cluster, found in self._occurrences_by_cluster(clusters)}

    def _occurrences_by_cluster(self, clusters: Clusters) -> Iterator[tuple[int, list[Occurrence]]]:
        """Yields each cluster with its occurrences, in order of first appearance."""
        # Columns are used because a million objects take 100 MB, and columns take 32 MB.
        columns = [np.array(column) for column in (self._table.wording_of, *self._positions.columns)]
        cluster_of = np.array(clusters.cluster_of, dtype=np.int64)[columns[0]]
        names, firsts, numbers = np.unique(cluster_of, return_index=True, return_inverse=True)
        ranked, order = np.argsort(firsts), np.argsort(firsts[numbers], kind="stable")
        sizes = np.bincount(numbers)
        ordered = (names[ranked], sizes[ranked], *(column[order] for column in columns))
        in_order, counts, *rows = (array("q", column.tobytes()) for column in ordered)
        return _groups(in_order, counts, zip(*rows, strict=True))

    def _build(self, occurrences: list[Occurrence]) -> Utterance:
        """The utterance of some occurrences."""
        if len(occurrences) == 1:
            ((_, number, start, end),) = occurrences
            if end - start == 1:
                found = self._articles[number]
                return _single_appearance(found.article, found.attributions[start])
        wordings, numbers, _, _ = zip(*occurrences, strict=True)
        parts = [self._articles[number].attributions[start:end] for _, number, start, end in occurrences]
        strings = [self._table.strings[wording] for wording in wordings]
        string = strings[0] if len(set(strings)) == 1 else choose_canonical(strings, numbers)
        text = most_common_text(parts, strings, string)
        canonical = CanonicalWording(text, string, self._table.vocabulary)
        speaker, contradicting = self._speaker(wordings, [attributions[0] for attributions in parts])
        articles = [self._articles[number].article for number in numbers]
        publishers = _distinct([article.publisher for article in articles])
        if max(map(len, parts)) > 1:
            strings, articles = self._split_pieces(parts, strings, articles)
        appearances = _appearances(canonical, articles, [*chain.from_iterable(parts)], strings)
        outlets = _distinct([a.outlet.name for a in appearances if a.outlet])
        conflicts = [Conflict("wording", a, _replacing_words(a)) for a in appearances if a.edits]
        if contradicting:
            conflicts = _speaker_conflicts(appearances, contradicting) + conflicts
        return Utterance(text, speaker, tuple(appearances), outlets, publishers, tuple(conflicts))

    def _speaker(
        self, wordings: Sequence[int], attributions: Sequence[Attribution]
    ) -> tuple[Speaker | None, set[SpeakerKey]]:
        """The speaker, with the names from all articles, and the other speakers to whom the words are
        attributed."""
        speakers = dict.fromkeys([a.speaker for a in attributions])
        if len(speakers) - (None in speakers) < 2:
            return next(filter(None, speakers), None), set()
        keys, speaker_of = self._table.speakers, self._table.speaker_of
        votes = Counter([speaker_of[w] for w, a in zip(wordings, attributions, strict=True) if a.speaker])
        main = max(votes, key=lambda s: (keys[s].kind != "unnamed", votes[s], len(keys[s].words)))
        others = [speaker for speaker in votes if speaker != main]
        contradicting = {
            keys[other] for other in others if self._relation_of(main, other) is SpeakerRelation.CONFLICT
        }
        if contradicting:
            speakers = dict.fromkeys([a.speaker for a in attributions if speaker_key(a) not in contradicting])
        return merge_speakers([speaker for speaker in speakers if speaker is not None]), contradicting

    def _split_pieces(
        self, parts: Sequence[Sequence[Attribution]], strings: Sequence[str], articles: Sequence[Article]
    ) -> tuple[list[str], list[Article]]:
        """The string and the article of each attribution of some occurrences."""
        texts = [a.quotation.content.text for found in parts if len(found) > 1 for a in found]
        encoded = iter(self._table.vocabulary.encode_texts(texts))
        split: list[str] = []
        for found, string in zip(parts, strings, strict=True):
            split += [string] if len(found) == 1 else [next(encoded).strip(GAP_CHAR) for _ in found]
        return split, [article for article, found in zip(articles, parts, strict=True) for _ in found]


def _groups(
    names: Iterable[int], sizes: Iterable[int], rows: Iterator[Occurrence]
) -> Iterator[tuple[int, list[Occurrence]]]:
    for name, size in zip(names, sizes, strict=True):
        yield name, list(islice(rows, size))


def _single_appearance(article: Article, attribution: Attribution) -> Utterance:
    """The utterance of a single quotation. Most utterances have only one."""
    text = wording_text([attribution])
    outlet = attribution.outlet
    covers = (Span(0, len(text), text),)
    appearance = Appearance(article, attribution, "whole", outlet, covers=covers)
    outlets = (outlet.name,) if outlet and outlet.name else ()
    publishers = (article.publisher,) if article.publisher else ()
    return Utterance(text, attribution.speaker, (appearance,), outlets, publishers)


def _appearances(
    canonical: CanonicalWording,
    articles: Sequence[Article],
    attributions: Sequence[Attribution],
    strings: Sequence[str],
) -> list[Appearance]:
    """The appearances of some attributions, given with their articles and strings.

    An appearance without an outlet gets the outlet of the others, if these agree.
    """
    named = [a.outlet for a in attributions if a.outlet is not None]
    inferred = common_outlet(named) if named else None
    found = []
    for article, attribution, string in zip(articles, attributions, strings, strict=True):
        content, given = attribution.quotation.content, attribution.outlet
        comparison = canonical.by_string.get(string) or canonical.compare(content.text, string)
        relation, covers, changed = comparison
        edits = tuple([_edit(content, *edit) for edit in changed]) if changed else ()
        outlet = given or inferred
        found.append(Appearance(article, attribution, relation, outlet, outlet is not given, covers, edits))
    return found


def _edit(content: Span, canonical: Span, start: int, end: int) -> Edit:
    return Edit(canonical, Span(content.start + start, content.start + end, content.text[start:end]))


def _replacing_words(appearance: Appearance) -> str:
    return "; ".join(edit.printed.text for edit in appearance.edits)


def _speaker_conflicts(appearances: Sequence[Appearance], contradicting: set[SpeakerKey]) -> list[Conflict]:
    """Conflicts with the appearances that name one of the contradicting speakers."""
    return [
        Conflict("speaker", a, a.attribution.speaker.name)
        for a in appearances
        if a.attribution.speaker is not None and speaker_key(a.attribution) in contradicting
    ]


def _with_conflicts(utterances: dict[int, Utterance], clusters: Clusters) -> dict[int, Utterance]:
    """The utterances by cluster, with conflicts added: if two utterances have the same words and different
    speakers, each gets a conflict."""
    others_of: dict[int, dict[int, None]] = defaultdict(dict)  # a dict keeps the order
    for a, b in clusters.conflicts:
        one, other = clusters.cluster_of[a], clusters.cluster_of[b]
        if one != other:
            others_of[one][other] = others_of[other][one] = None
    found = dict(utterances)
    for cluster, others in others_of.items():
        firsts = [utterances[other].first for other in others]
        names = [a.attribution.speaker.name if a.attribution.speaker else "" for a in firsts]
        conflicts = [Conflict("speaker", *pair) for pair in zip(firsts, names, strict=True)]
        utterance = utterances[cluster]
        found[cluster] = attrs.evolve(utterance, conflicts=(*utterance.conflicts, *conflicts))
    return found


def merge_speakers(forms: Sequence[Speaker]) -> Speaker:
    """Returns one speaker for several forms of a name: the fullest form is the name, and the others are its
    aliases, in order of appearance."""
    best = max(forms, key=lambda s: (s.kind != "unnamed", len(s.name.split()), len(s.name)))
    names = dict.fromkeys(name for s in forms for name in (s.name, *s.aliases))
    names.pop(best.name, None)
    titles = dict.fromkeys(title for s in forms for title in s.titles)
    genders = {s.gender for s in forms if s.gender}
    gender = genders.pop() if len(genders) == 1 else None
    return Speaker(best.name, best.kind, tuple(names), tuple(titles), gender)


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(names)))
