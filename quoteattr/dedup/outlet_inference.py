"""Infers the outlet of an utterance from its other appearances, or from other utterances."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import attrs

from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.dedup.speakers import SpeakerRelation, relation_between, speaker_key
from quoteattr.schema import Outlet, Utterance

SHARED_ARTICLES = 2
"""Two utterances of one speaker were said on one occasion if at least this many articles carry both."""


def common_outlet(outlets: Sequence[Outlet]) -> Outlet | None:
    """Returns the common outlet of some mentions, with its fullest name; None if there is none or they
    differ.

    >>> from quoteattr.schema import Span
    >>> named = [Outlet(name, Span(0, 0, "")) for name in ("Telegraph", "The Sunday Telegraph", "Sky")]
    >>> common_outlet(named[:2]).name, common_outlet(named)
    ('The Sunday Telegraph', None)
    """
    most = max(map(_name_words, outlets), key=len, default=set())
    if not all(_name_words(outlet) <= most for outlet in outlets):
        return None
    return max(outlets, key=lambda outlet: len(_name_words(outlet)), default=None)


def _name_words(outlet: Outlet) -> set[str]:
    return set(normalized_tokens(outlet.name)) - {"the"}


def infer_outlets_of_companions(utterances: list[Utterance]) -> list[Utterance]:
    """Returns the utterances; those without an outlet get the outlet of their companions.

    Companions of an utterance are utterances of the same speaker that appear together with it in at least two
    articles. If all companions with an outlet have the same one, everything was said to this outlet on one
    occasion.
    """
    by_article: dict[int, list[Utterance]] = defaultdict(list)
    for utterance in utterances:
        if utterance.outlets and utterance.speaker:
            for article in {id(a.article): None for a in utterance.appearances}:
                by_article[article].append(utterance)
    if not by_article:
        return utterances
    return [u if u.outlets or not u.speaker else _with_inferred_outlet(u, by_article) for u in utterances]


def _with_inferred_outlet(utterance: Utterance, by_article: Mapping[int, Sequence[Utterance]]) -> Utterance:
    """The utterance with the outlet of its companions.

    Args:
        utterance: an utterance without an outlet.
        by_article: by ``id`` of the article object, its utterances that have a speaker and an outlet.
    """
    articles = {number: None for a in utterance.appearances if (number := id(a.article)) in by_article}
    if len(articles) < SHARED_ARTICLES:
        return utterance
    shared = Counter(id(other) for article in articles for other in by_article[article])
    others = {id(other): other for article in articles for other in by_article[article]}
    named = [
        a.outlet
        for identity, count in shared.items()
        if count >= SHARED_ARTICLES and _have_same_speaker(others[identity], utterance)
        for a in others[identity].appearances
        if a.outlet
    ]
    outlet = common_outlet(named)
    if outlet is None:
        return utterance
    inferred = [attrs.evolve(a, outlet=outlet, outlet_inferred=True) for a in utterance.appearances]
    return attrs.evolve(utterance, appearances=tuple(inferred), outlets=(outlet.name,))


def _have_same_speaker(a: Utterance, b: Utterance) -> bool:
    one, other = (speaker_key(x.first.attribution) for x in (a, b))
    return a.speaker == b.speaker or relation_between(one, other) is SpeakerRelation.SAME
