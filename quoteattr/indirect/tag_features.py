"""What the tagger of indirect speech sees of each word of a sentence, for one word of saying in it.

It sees no words but those of a closed list ("that", "to", "according"): tags, relations, the way through the
tree to the cue, classes of cues, quotation marks, and what the rules propose. Each feature is a string; the
tagger adds up their vectors.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import attrs

from quoteattr.coreference.nouns import is_human
from quoteattr.indirect.cue_words import is_cue_noun, is_hearsay, verb_classes
from quoteattr.indirect.report import CueSite, Report
from quoteattr.lexicon import word_list
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import TIMES

_SEEN = word_list("indirect", "seen_words")
"""Function words and marks that the tagger sees as they are."""
_VENUES = word_list("indirect", "venues")
_NEAR = (1, 2, 3, 5, 8, 13, 21)
"""Bounds of the distances from the cue that are told apart, in words."""
_FAR_UP, _FAR_DOWN = 4, 3
"""Most steps up and down the tree that are told apart."""


@attrs.frozen
class SentenceFeatures:
    """The features of the words of a sentence that are the same for every cue in it."""

    words: tuple[tuple[str, ...], ...]
    """The features of each word."""
    paths: tuple[tuple[int, ...], ...]
    """The indexes of each word's governors, from itself to the root."""

    @classmethod
    def of(cls, sentence: Sentence, quoted: Sequence[bool]) -> SentenceFeatures:
        """The features of a sentence.

        Args:
            sentence: the sentence.
            quoted: for each word whether it is in a quotation.
        """
        paths = tuple((w.index, *(above.index for above in sentence.ancestors(w))) for w in sentence)
        rows = (tuple(_own(sentence, w, quoted[w.index])) for w in sentence)
        return cls(tuple(rows), paths)


def _own(sentence: Sentence, word: Word, quoted: bool) -> Iterator[str]:
    """The features of a word that do not depend on the cue."""
    head = sentence.head(word)
    yield f"upos {word.upos}"
    yield f"xpos {word.xpos}"
    yield f"rel {word.deprel}"
    yield f"head {head.upos} {head.index > word.index}" if head else "head none"
    yield f"headrel {head.deprel}" if head else "headrel none"
    low = word.text.lower()
    if low in _SEEN:
        yield f"word {low}"
    if word.text[:1].isupper():
        yield "capital"
    if low in TIMES:
        yield "time"
    if low in _VENUES:
        yield "venue"
    if word.upos == "NOUN" and is_human(low):
        yield "human"
    if quoted:
        yield "quoted"
    if word.end - word.start > len(word.text) + 1:
        yield "masked"
    if word.index == 0:
        yield "first"
    if word.index == len(sentence) - 1:
        yield "last"
    if word.upos == "VERB":
        yield from (f"verb {name}" for name in verb_classes(word.text, word.lemma))
    elif word.upos == "NOUN" and is_cue_noun(word.text):
        yield "verb nouns"
    elif is_hearsay(low):
        yield "verb hearsay"


@attrs.frozen
class SiteFeatures:
    """The features of the words of a sentence for one cue in it."""

    own: SentenceFeatures
    """Those that are the same for every cue."""
    shared: tuple[str, ...]
    """Those that all words have."""
    words: tuple[tuple[str, ...], ...]
    """Those of each word."""

    def of_word(self, index: int) -> tuple[str, ...]:
        """All features of a word."""
        return (*self.own.words[index], *self.shared, *self.words[index])


def site_features(site: CueSite, own: SentenceFeatures, report: Report | None) -> SiteFeatures:
    """The features of each word of a cue's sentence.

    Args:
        site: the cue.
        own: of its sentence.
        report: what the rules propose.
    """
    sentence, cue = site.sentence, site.cue
    up = {at: steps for steps, at in enumerate(own.paths[cue.index])}
    inside = {w.index for w in report.words} if report else set()
    source = report.source.index if report and report.source else -1
    rule = report.rule if report else "none"
    rows = []
    for word in sentence:
        row = [_distance(word.index - cue.index), *_way(sentence, own.paths[word.index], up)]
        row.append(f"proposed {rule}" if word.index in inside else "proposed no")
        if word.index == source:
            row.append("proposed source")
        rows.append(tuple(row))
    shared = (*(f"cue {name}" for name in sorted(site.classes)), f"cue {cue.xpos}", f"rule {rule}")
    return SiteFeatures(own, shared, tuple(rows))


@cache
def _distance(steps: int) -> str:
    side = "before" if steps < 0 else "after" if steps else "at"
    return f"{side} {bisect_left(_NEAR, abs(steps))}"


def _way(sentence: Sentence, path: Sequence[int], up: dict[int, int]) -> Iterator[str]:
    """The way from the cue to a word: up the tree, then down."""
    below = None
    for down, at in enumerate(path):
        if at in up:
            steps = min(up[at], _FAR_UP)
            yield f"way {steps} {min(down, _FAR_DOWN)}"
            branch = "self" if below is None else sentence.words[below].deprel
            yield f"branch {steps} {branch}"
            return
        below = at
    yield "way none"
