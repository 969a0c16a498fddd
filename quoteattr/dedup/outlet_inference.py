"""The outlet of an utterance that is not named with it, inferred from other appearances or other
utterances."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import attrs

from quoteattr.dedup.normalize import normalized_tokens
from quoteattr.dedup.speakers import SpeakerRelation, relation_between, speaker_key
from quoteattr.schema import Outlet, Utterance

SHARED_ARTICLES = 2
"""Two utterances of one speaker that this many articles carry together were given on one occasion."""


def common_outlet(outlets: Sequence[Outlet]) -> Outlet | None:
    """Returns the outlet that all of some are, by its fullest name; None if there is none or they differ.

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
    """Returns the utterances; one without an outlet gets the outlet of its companions.

    Companions are utterances of the same speaker that two articles carry together with it. They were given on
    one occasion, so to one outlet, if all of them that have one agree on it.
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
        utterance: one without an outlet.
        by_article: for the identity of an article its utterances that have a speaker and an outlet.
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
