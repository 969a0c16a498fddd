"""Explains in plain sentences at which step two quotations were joined or kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

from quoteattr.dedup.alignment import Aligner, contains_pieces
from quoteattr.dedup.candidates import (
    MOST_CANDIDATES,
    CandidatePairs,
    WordingColumns,
    find_candidates,
)
from quoteattr.dedup.clustering import MOST_ALIGNED, Clusterer, count_users
from quoteattr.dedup.match import Match, MatchKind
from quoteattr.dedup.occurrences import Occurrences
from quoteattr.dedup.pair_context import PairContext
from quoteattr.dedup.prefilter import MOST_CONTAINING, MOST_SIMILAR, Shortlist
from quoteattr.dedup.same_utterance import is_same_utterance
from quoteattr.dedup.speakers import NO_SPEAKER, SpeakerKey, SpeakerRelation
from quoteattr.dedup.vocabulary import GAP_CHAR

Step = Literal["occurrence", "wording", "candidates", "prefilter", "alignment", "decision", "cluster"]
"""A step of deduplication at which two quotations can be joined or kept apart."""

RELATIONS = {
    SpeakerRelation.SAME: "the same",
    SpeakerRelation.UNKNOWN: "not known to be the same, and not known to differ",
    SpeakerRelation.CONFLICT: "different",
}
MATCHES = {
    MatchKind.EQUAL: "Both have the same words.",
    MatchKind.CONTAINED: "The longer wording contains the shorter one.",
    MatchKind.NEAR: "The wordings differ in a few words.",
    MatchKind.OVERLAP: "The wordings share a long run of words, and each has other words besides.",
}


@attrs.frozen
class Explanation:
    """Why two quotations are one utterance or two."""

    joined: bool
    """Whether both are in one utterance."""
    step: Step
    """The step that joined them or kept them apart."""
    sentences: tuple[str, ...]
    """What each step found, in order. The last sentence says why they were joined or kept apart."""

    def __str__(self) -> str:
        return "\n".join(self.sentences)


def explain_occurrences(occurrences: Occurrences, first: int, second: int) -> Explanation:
    """Explains the result for two occurrences.

    Args:
        occurrences: all occurrences.
        first: the number of one of them.
        second: the number of the other one.
    """
    if first == second:
        return Explanation(True, "occurrence", ("Both are pieces of one quoted sentence: one occurrence.",))
    table = occurrences.table
    wordings = [table.wording_of[number] for number in (first, second)]
    sentences = [
        f"{name} quotation: {_words(occurrences, wording)}; speaker: {_speaker(occurrences, wording)}."
        for name, wording in zip(("First", "Second"), wordings, strict=True)
    ]
    if wordings[0] == wordings[1]:
        sentences.append("Both have the same normalized words and the same speaker: one wording.")
        return Explanation(True, "wording", tuple(sentences))
    found = _PairExplainer(occurrences, max(wordings), min(wordings)).explain()
    return attrs.evolve(found, sentences=(*sentences, *found.sentences))


def _words(occurrences: Occurrences, wording: int) -> str:
    table = occurrences.table
    return f"“{' '.join(map(table.vocabulary.token, table.strings[wording]))}”"


def _speaker(occurrences: Occurrences, wording: int) -> str:
    key: SpeakerKey = occurrences.table.speakers[occurrences.table.speaker_of[wording]]
    if key == NO_SPEAKER:
        return "none"
    return " ".join(key.words) + ("" if key.reliable else " (doubtful)")


class _PairExplainer:
    """Follows two wordings through the steps after grouping.

    Args:
        occurrences: all occurrences.
        shorter: the number of the shorter wording.
        longer: the number of the longer one.
    """

    def __init__(self, occurrences: Occurrences, shorter: int, longer: int) -> None:
        table = occurrences.table
        columns = WordingColumns.of(table)
        self._occurrences, self._columns = occurrences, columns
        self._shorter, self._longer = shorter, longer
        self._clusterer = Clusterer(table, columns, occurrences.surroundings(), count_users(table, columns))
        self._candidates: list[int] = []

    def explain(self) -> Explanation:
        """Returns the explanation, without the sentences about the two wordings themselves."""
        found = Explanation(False, "prefilter", (self._sentence_of_prefilter(None),))
        chunks = self._recorded(find_candidates(self._occurrences.table, self._columns))
        for shortlist in self._clusterer.prefilter.shortlists(chunks):
            if shortlist.wording == self._shorter:
                found = self._add_and_explain(shortlist)
            else:
                self._clusterer.add_wording(shortlist)
        if self._longer not in self._candidates:
            found = Explanation(False, "candidates", (self._sentence_of_candidates(),))
        return self._with_clusters(found)

    def _recorded(self, chunks: Iterable[CandidatePairs]) -> Iterator[CandidatePairs]:
        """Yields the chunks unchanged, and records the candidates of the shorter wording."""
        for pairs in chunks:
            self._candidates += pairs.longer[pairs.shorter == self._shorter].tolist()
            yield pairs

    def _sentence_of_candidates(self) -> str:
        count = len(self._candidates)
        reason = (
            f"{count} other wordings fit better, and at most {MOST_CANDIDATES} are compared"
            if count >= MOST_CANDIDATES
            else "the two share no rare run of three words (or, for short wordings, no words together with "
            "the surname and the weeks)"
        )
        return f"The longer wording is no candidate of the shorter one: {reason}."

    def _sentence_of_prefilter(self, shortlist: Shortlist | None) -> str:
        """The reason why the prefilter drops the pair.

        Args:
            shortlist: what the prefilter keeps for the shorter wording; None if it keeps nothing.
        """
        if shortlist and shortlist.is_settled:
            best = _words(self._occurrences, shortlist.containing[0])
            return f"The shorter wording joins {best} of the same speaker without further comparison."
        table = self._occurrences.table
        shorter, longer = table.strings[self._shorter], table.strings[self._longer]
        if contains_pieces(longer, shorter):
            reason = f"{MOST_CONTAINING} other wordings that contain the shorter one fit better"
        elif not table.profiles[self._shorter].distinctive and GAP_CHAR not in longer:
            reason = "the shorter wording is not distinctive, and the longer one does not contain it"
        else:
            reason = f"they share too few words, or {MOST_SIMILAR} other candidates come first"
        return f"The prefilter drops the pair: {reason}."

    def _add_and_explain(self, shortlist: Shortlist) -> Explanation:
        """Adds the shorter wording to its cluster, and explains what happened with the longer one."""
        clusterer, longer = self._clusterer, self._longer
        if shortlist.is_settled and shortlist.containing[0] == longer:
            clusterer.add_wording(shortlist)
            sentence = (
                "The longer wording contains the shorter one, has the same speaker and is near in time: "
                "they are joined without further comparison."
            )
            return Explanation(True, "prefilter", (sentence,))
        if longer not in shortlist.containing and longer not in shortlist.similar:
            sentence = self._sentence_of_prefilter(shortlist)
            clusterer.add_wording(shortlist)
            return Explanation(False, "prefilter", (sentence,))
        has_edge = any(edge.longer == longer for edge in clusterer.edges(shortlist))
        found = self._explain_comparison(longer in shortlist.containing)
        clusterer.add_wording(shortlist)
        if found.joined and not has_edge:
            sentence = (
                "The pair was not compared: a better candidate of the same speaker or in the same cluster "
                f"came first, or {MOST_ALIGNED} similar ones had been compared."
            )
            return Explanation(False, "cluster", (*found.sentences[:-1], sentence))
        return found

    def _explain_comparison(self, is_contained: bool) -> Explanation:
        """Explains alignment and decision of this pair, without regard to other candidates."""
        clusterer, shorter, longer = self._clusterer, self._shorter, self._longer
        context = clusterer.context_of(shorter, longer)
        if is_contained:
            edge = clusterer.containment_edge(shorter, longer)
            match = edge.match if edge else None
            reason = (
                "Few words with different speakers are not compared, and a wording that quotes the words is "
                "a later utterance."
            )
        else:
            aligner = Aligner(self._occurrences.table.strings[shorter], self._occurrences.table.vocabulary)
            match = aligner.match(self._occurrences.table.strings[longer])
            reason = "Too many words differ, or a number or a negation does."
            if context.relation is SpeakerRelation.CONFLICT and not clusterer.may_be_wrong(shorter, context):
                match, reason = None, "The words differ, and so do the speakers."
        if match is None:
            return Explanation(False, "alignment", (reason,))
        profile = clusterer.table.profiles[shorter]
        joined = is_same_utterance(match, profile, context)
        sentences = [MATCHES[match.kind], *self._sentences_of_context(match, context)]
        sentences.append(f"They are {'the same utterance' if joined else 'not the same utterance'}.")
        return Explanation(joined, "decision", tuple(sentences))

    def _sentences_of_context(self, match: Match, context: PairContext) -> Iterator[str]:
        profile = self._clusterer.table.profiles[self._shorter]
        kind = "distinctive" if profile.distinctive else "not distinctive"
        yield (
            f"The shorter wording has {profile.size} words, {profile.content} of them content words: {kind}."
        )
        yield f"The speakers are {RELATIONS[context.relation]}."
        if context.same_article:
            yield "Both are in one article."
        elif context.days is None:
            yield "A date is missing, so that the topic must be the same."
        else:
            yield f"The articles are {context.days} days apart."
        yield f"The topic around them is {'the same' if context.same_topic() else 'not the same'}."
        if context.common_property:
            yield "Several people use these words, or one speaker repeats them, so they count like one word."
        if context.is_name:
            yield "The words are the name of something."

    def _with_clusters(self, found: Explanation) -> Explanation:
        """Adds what clustering did after the comparison."""
        joined = self._clusterer.are_joined(self._shorter, self._longer)
        if joined and not found.joined:
            sentence = "Both are nevertheless in one utterance, through other wordings."
            return Explanation(True, "cluster", (*found.sentences, sentence))
        if found.joined and not joined:
            sentence = (
                "They are nevertheless in two utterances: the shorter wording joined a better candidate "
                "first, or a cluster has another speaker."
            )
            return Explanation(False, "cluster", (*found.sentences, sentence))
        return found
