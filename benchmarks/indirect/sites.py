"""The sites of PolNeAR's articles with the labels that the tagger learns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from benchmarks.indirect.gold import is_wanted
from quoteattr.detection import find_quotations
from quoteattr.indirect import Passage, find_cue_frames
from quoteattr.indirect.cue_words import COLON
from quoteattr.indirect.decision import features_of
from quoteattr.indirect.labels import CONTENT, OTHER, SOURCE
from quoteattr.indirect.registry import propose_report
from quoteattr.indirect.report import CueSite, cue_sites
from quoteattr.indirect.tag_features import SiteFeatures
from quoteattr.parsing import find_frames, parse_frames
from quoteattr.parsing.dependency_tree import Word
from quoteattr.schema import Quotation

NEUTRAL = 0.3
"""Weight of a site whose attribution is outside of the target: a belief, a bare object. It is not counted as
wrong, but the library leaves it out. With .1 the F1 is the same."""

Gold = dict[str, Any]


@attrs.frozen
class LabelledSite:
    """A site with the label of each word of its sentence."""

    article: int
    """Number of its article."""
    features: SiteFeatures
    """What the tagger sees."""
    labels: tuple[int, ...]
    """The label of each word."""
    weight: float
    """How much it counts."""


def passages_of(text: str) -> tuple[list[Passage], list[Quotation]]:
    """The parsed frames of an article that may report speech, and its quotations."""
    quotations = find_quotations(text)
    frames = find_frames(text, quotations)
    frames += find_cue_frames(text, frames)
    parses = parse_frames(frames)
    passages = [Passage(frame, parse) for frame, parse in zip(frames, parses, strict=True)]
    return [passage for passage in passages if not passage.frame.inside_quotation], quotations


def labelled_sites(articles: Sequence[Gold]) -> Iterator[LabelledSite]:
    """Yields every site of some articles."""
    for number, article in enumerate(articles):
        passages, _ = passages_of(article["text"])
        sites = [site for p in passages for site in cue_sites(article["text"], p.frame, p.sentences)]
        proposed = [propose_report(site) for site in sites]
        for site, features in zip(sites, features_of(sites, proposed), strict=True):
            labels, weight = _labels(site, article["attributions"])
            if weight:
                yield LabelledSite(number, features, labels, weight)


def _labels(site: CueSite, attributions: Sequence[Gold]) -> tuple[tuple[int, ...], float]:
    """The label of each word, and the weight of the site: 0 if the words of its attribution are elsewhere."""
    hits = [a for a in attributions if _touches(site.cue, a["cue_spans"])]
    if COLON in site.classes and not hits:
        after = site.sentence.words[site.cue.index + 1]
        hits = [a for a in attributions if not a["cue_spans"] and _touches(after, a["content_spans"])]
    wanted = [a for a in hits if is_wanted(a) and a["type"] != "direct"]
    none = (OTHER,) * len(site.sentence)
    if not wanted:
        neutral = hits and all(a["type"] != "direct" for a in hits)
        return none, NEUTRAL if neutral else 1.0
    labels = tuple(_label(word, wanted) for word in site.sentence)
    return (labels, 1.0) if CONTENT in labels else (none, 0.0)


def _label(word: Word, wanted: Sequence[Gold]) -> int:
    if any(_touches(word, a["content_spans"]) for a in wanted):
        return CONTENT
    return SOURCE if any(_touches(word, a["source_spans"]) for a in wanted) else OTHER


def _touches(word: Word, spans: Sequence[Sequence[int]]) -> bool:
    return any(word.start < end and word.end > start for start, end in spans)
