"""Clusters wordings into utterances: compares the remaining candidates and joins those that are one
utterance.

Wordings are added from the longest to the shortest, and each joins only one cluster, the best one. So a
fragment that may come from two utterances never connects them. If it did (connected components), F1 on
106,710 synthetic quotations would fall from .985 to .84.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import numpy as np

from quoteattr.dedup.alignment import Aligner, containment_match
from quoteattr.dedup.candidates import CandidatePairs, WordingColumns, find_candidates
from quoteattr.dedup.context_lookup import ContextLookup
from quoteattr.dedup.disjoint_set import DisjointSet
from quoteattr.dedup.match import Match, MatchKind
from quoteattr.dedup.pair_context import PairContext
from quoteattr.dedup.prefilter import Prefilter, Shortlist
from quoteattr.dedup.same_utterance import EDIT_DAYS, PHRASE_DAYS, is_same_utterance
from quoteattr.dedup.sorted_columns import positions_in
from quoteattr.dedup.speakers import SpeakerRelation, cached_relations
from quoteattr.dedup.surroundings import Surroundings
from quoteattr.dedup.wordings import NO_DATE_DISTANCE, NO_DAY, WordingTable

MOST_ALIGNED = 4
"""Most similar wordings of a shortlist that are aligned. Recall on 10,000 synthetic quotations, for this
number and the length of the shortlist: 4 of 5 .993, 4 of 8 .993, 3 of 3 .991, 2 of 4 .987."""
COMMON_PROPERTY_USERS = 3
"""If at least this many people use a short wording, it does not identify its speaker and is treated like a
single word."""
SLOGAN_DAYS = 2 * PHRASE_DAYS
"""If a speaker repeats a short wording after more than this many days, it is a slogan. Occurrences of one
utterance are at most half as many days apart."""


@attrs.frozen
class Clusters:
    """The clusters of some wordings."""

    cluster_of: list[int]
    """The cluster number of each wording. Numbers start from 0, in order of rank."""
    conflicts: list[tuple[int, int]]
    """Pairs of wordings with the same words and two different speakers."""


def cluster_wordings(table: WordingTable, surroundings: Surroundings) -> Clusters:
    """Returns the clusters of a table's wordings.

    Args:
        table: the wordings, ranked.
        surroundings: gives the text around a wording.
    """
    columns = WordingColumns.of(table)
    clusterer = Clusterer(table, columns, surroundings, count_users(table, columns))
    clusterer.add(find_candidates(table, columns))
    return clusterer.clusters()


def count_users(table: WordingTable, columns: WordingColumns) -> dict[str, int]:
    """Returns for each short wording the number of people who use exactly these words.

    Only wordings of several people are listed, and only if none of these people has two thirds of the
    occurrences that name a speaker. A slogan, which one speaker repeats after `SLOGAN_DAYS`, counts as used
    by `COMMON_PROPERTY_USERS` people.
    """
    days_of: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    distinctive = columns.flag_by_profile(profile.distinctive for profile in columns.profiles)
    for wording in np.flatnonzero((columns.surname > 0) & ~distinctive).tolist():
        surname = table.speakers[table.speaker_of[wording]].surname
        days_of[table.strings[wording]][surname].append(table.first_days[wording])
    return {string: count for string, people in days_of.items() if (count := _user_count(people)) > 1}


def _user_count(days_of: Mapping[str, Sequence[int]]) -> int:
    """The number of people who use some words, given the days on which each person uses them."""
    if any(_is_slogan(days) for days in days_of.values()):
        return max(len(days_of), COMMON_PROPERTY_USERS)
    most, total = max(map(len, days_of.values())), sum(map(len, days_of.values()))
    return len(days_of) if 3 * most < 2 * total else 1


def _is_slogan(days: Sequence[int]) -> bool:
    dated = [day for day in days if day != NO_DAY]
    return len(dated) > 1 and max(dated) - min(dated) > SLOGAN_DAYS


@attrs.frozen
class Edge:
    """A longer wording that a shorter one may join."""

    longer: int
    """The longer wording."""
    match: Match
    """How the two match."""
    context: PairContext
    """Their speakers, dates and surroundings."""

    @property
    def has_conflict(self) -> bool:
        """Whether the two have different speakers."""
        return self.context.relation is SpeakerRelation.CONFLICT

    @property
    def merges_clusters(self) -> bool:
        """Whether the edge may merge two clusters, because both are forms of one wording."""
        return self.match.near_equal and not self.has_conflict

    @property
    def weakness(self) -> tuple[int, ...]:
        """A sort key: the best edge of a wording has the lowest one."""
        match, context = self.match, self.context
        days = NO_DATE_DISTANCE if context.days is None else context.days
        return (-context.relation, -match.kind, -context.same_article, -match.common, days, self.longer)


class Clusterer:
    """Adds every wording, in order of rank, to the one cluster that it belongs to.

    Args:
        table: the wordings, ranked; they may be some of a larger table, in the same order.
        columns: their columns.
        surroundings: gives the text around a wording.
        users: the result of `count_users` for the whole table.
    """

    def __init__(
        self,
        table: WordingTable,
        columns: WordingColumns,
        surroundings: Surroundings,
        users: Mapping[str, int],
    ) -> None:
        self.table = table
        common_property = {string for string, people in users.items() if people >= COMMON_PROPERTY_USERS}
        self.context_lookup = ContextLookup(table, columns, surroundings, common_property)
        self.relation_of = cached_relations(table.speakers)
        self.prefilter = Prefilter(table, columns, self.relation_of, common_property)
        self.conflicts: set[tuple[int, int]] = set()
        self._sets = DisjointSet(len(table))
        self._single_speakers = [frozenset([speaker]) for speaker in range(len(table.speakers))]
        self._speakers_of_cluster: dict[int, frozenset[int]] = {}  # of clusters with several speakers

    def clusters(self) -> Clusters:
        """Returns the clusters so far."""
        representatives = self._sets.representatives()
        _, firsts, number = np.unique(representatives, return_index=True, return_inverse=True)
        cluster_of = positions_in(np.argsort(firsts))[number]
        return Clusters(cluster_of.tolist(), sorted(self.conflicts))

    def add(self, chunks: Iterable[CandidatePairs]) -> None:
        """Adds the shorter wordings of some candidate pairs to clusters, in order of rank."""
        for shortlist in self.prefilter.shortlists(chunks):
            self.add_wording(shortlist)

    def add_wording(self, shortlist: Shortlist) -> None:
        """Adds one wording to the cluster of its best candidate that is the same utterance."""
        if shortlist.is_settled:
            wording, longer = shortlist.wording, shortlist.containing[0]
            self._union(wording, longer, wording, self._sets.find(longer))
        else:
            self._add_by_edges(shortlist)

    def are_joined(self, a: int, b: int) -> bool:
        """Whether two wordings are in one cluster so far."""
        return self._sets.find(a) == self._sets.find(b)

    def _add_by_edges(self, shortlist: Shortlist) -> None:
        wording = shortlist.wording
        for edge in sorted(self.edges(shortlist), key=lambda edge: edge.weakness):
            ours, theirs = self._sets.find(wording), self._sets.find(edge.longer)
            if ours != theirs and (ours == wording or edge.merges_clusters):
                self._union(wording, edge.longer, ours, theirs, edge.has_conflict)

    def _union(self, wording: int, longer: int, ours: int, theirs: int, has_conflict: bool = False) -> None:
        """Merges two clusters, given by their representatives, if their speakers allow it.

        Clusters with different speakers are merged only in two cases: the edge itself has the conflict, or
        both wordings come from one speaker in one article.
        """
        mine, others = self._speakers(ours), self._speakers(theirs)
        if mine is not others and mine != others:
            conflict = any(self.relation_of(a, b) is SpeakerRelation.CONFLICT for a in mine for b in others)
            in_own_article = ours == wording and self._from_one_speaker_and_article(wording, longer)
            if conflict and not (has_conflict or in_own_article):
                return
            if conflict:
                self.conflicts.add((longer, wording))
            if not mine <= others:
                self._speakers_of_cluster[theirs] = mine | others
        self._sets.union(ours, theirs)

    def _from_one_speaker_and_article(self, a: int, b: int) -> bool:
        articles, speaker_of = self.table.articles, self.table.speaker_of
        relation = self.relation_of(speaker_of[a], speaker_of[b])
        return articles[a] == articles[b] and relation is SpeakerRelation.SAME

    def _speakers(self, representative: int) -> frozenset[int]:
        """The speakers of a cluster."""
        found = self._speakers_of_cluster.get(representative)
        return found or self._single_speakers[self.table.speaker_of[representative]]

    def matching_pairs(self, chunks: Iterable[CandidatePairs]) -> Iterator[tuple[int, int]]:
        """Yields the pairs that are one utterance. Must be called before any wording is added to a
        cluster."""
        for shortlist in self.prefilter.shortlists(chunks):
            for edge in self.edges(shortlist):
                yield shortlist.wording, edge.longer

    def edges(self, shortlist: Shortlist) -> list[Edge]:
        """Returns the edges of a wording, at most one to each cluster.

        The best edge to a wording of the same speaker decides the cluster. After it, only longer wordings
        with exactly the same words are considered, because these may be the same utterance, too.
        """
        wording, strings = shortlist.wording, self.table.strings
        edges: list[Edge] = []
        done: set[int] = set()
        is_settled = False
        for longer in shortlist.containing:
            cluster = self._sets.find(longer)
            if cluster in done or (is_settled and strings[longer] != strings[wording]):
                continue
            edge = self.containment_edge(wording, longer)
            if edge and self._is_same_utterance(wording, edge):
                done.add(cluster)
                edges.append(edge)
                is_settled = is_settled or edge.context.relation is SpeakerRelation.SAME
                if is_settled and self.table.profiles[wording].distinctive:
                    return edges
        if is_settled or not shortlist.similar:
            return edges
        return edges + self._alignment_edges(wording, shortlist.similar, done)

    def containment_edge(self, wording: int, longer: int) -> Edge | None:
        """Returns the edge from a wording to a longer one that contains it; whether they are one utterance is
        decided later.

        None if the wording is short, in no heading, and has another speaker than the longer one, or if the
        longer one itself quotes it.
        """
        table, profile, string = self.table, self.table.profiles[wording], self.table.strings[wording]
        context = self.context_of(wording, longer)
        if string != table.strings[longer]:
            if context.relation is SpeakerRelation.CONFLICT and not (
                profile.distinctive or context.in_heading
            ):
                return None
            # A longer wording that quotes the words is a later utterance.
            if longer in table.nested and any(string in inner for inner in table.nested[longer]):
                return None
        return Edge(longer, containment_match(string, table.strings[longer], profile.size), context)

    def context_of(self, wording: int, longer: int) -> PairContext:
        """Returns the speakers, dates and surroundings of a wording and a longer one."""
        speaker_of = self.table.speaker_of
        return self.context_lookup.context_of(
            wording, longer, self.relation_of(speaker_of[wording], speaker_of[longer])
        )

    def _alignment_edges(self, wording: int, similar: Sequence[int], done: set[int]) -> list[Edge]:
        """The edges to longer wordings that do not contain this one; ``done`` are the clusters that already
        have an edge."""
        found: list[Edge] = []
        strings, aligned = self.table.strings, 0
        aligner = Aligner(strings[wording], self.table.vocabulary)
        for longer in similar:
            context = self.context_of(wording, longer)
            if context.relation is SpeakerRelation.CONFLICT and not self.may_be_wrong(wording, context):
                continue
            cluster = self._sets.find(longer)
            match = None if cluster in done else aligner.match(strings[longer])
            edge = match and Edge(longer, match, context)
            if edge and self._is_same_utterance(wording, edge):
                done.add(cluster)
                found.append(edge)
            aligned += 1
            if aligned == MOST_ALIGNED:
                break
        return found

    def may_be_wrong(self, wording: int, context: PairContext) -> bool:
        """Whether an edited wording may be compared although the speakers differ, because one attribution may
        be wrong."""
        return self.table.profiles[wording].distinctive and (
            context.days is None or context.days <= EDIT_DAYS
        )

    def _is_same_utterance(self, wording: int, edge: Edge) -> bool:
        """Whether a wording is the same utterance as the longer wording of an edge. If it is not, and both
        have the same words but different speakers, the conflict is noted."""
        profile = self.table.profiles[wording]
        if is_same_utterance(edge.match, profile, edge.context):
            return True
        if edge.has_conflict and edge.match.kind is MatchKind.EQUAL and profile.content >= 2:
            self.conflicts.add((edge.longer, wording))
        return False
