"""The ranker: computes a probability for each phrase that may name the speaker, and for the answer that
nobody speaks.

The model is a conditional logit (a softmax over the candidates of one quotation). Its features have readable
names; see `ranker_features`. benchmarks/ranker fits the weights, and data/ranker.json has them together with
a description of the data that they were fitted to. The method follows the speaker ranking of Pareti et al.
(EMNLP 2013) and Almeida et al. (EACL 2014), with rules as features.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from math import exp

from quoteattr.attribution.ranker_features import Candidate, features
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.lexicon import DATA
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.predicates import is_nominal, is_time

_INNER = frozenset("compound flat fixed det".split())
"""Relations of words that are a part of another's phrase."""
_MOST = 40
"""Most phrases that are considered for one quotation. None of PolNeAR's 9,793 training quotations has more
than 38."""
_NEAREST = 15
"""Phrases that are kept if there are more than `_MOST`. Without this limit, each quotation in a paragraph of
many would have the phrases around all of them."""

Phrase = tuple[Word, Sentence]
"""A noun phrase: its head and the sentence that holds it."""


def phrases_around(setting: Setting) -> list[Phrase]:
    """Returns the noun phrases outside of quotations in the quotation's sentence and in those beside it.

    They come in order; if there are more than `_MOST`, only the nearest `_NEAREST`.
    """
    found = list(_heads_around(setting))
    if len(found) <= _MOST:
        return found
    content = setting.content
    distances = [max(content.start - word.start, word.start - content.end) for word, _ in found]
    farthest = sorted(distances)[_NEAREST - 1]
    return [phrase for phrase, distance in zip(found, distances, strict=True) if distance <= farthest]


def _heads_around(setting: Setting) -> Iterator[Phrase]:
    near = [setting.lead] if setting.lead is not None and not setting.before().strip() else []
    if isinstance(setting, ParsedSetting):
        near += setting.sentences[max(0, setting.position - 1) : setting.position + 2]
    for sentence in near:
        for word in sentence:
            heads = is_nominal(word) and word.deprel not in _INNER and not is_time(sentence, word)
            if heads and not setting.quoted(word):
                yield word, sentence


def probabilities(setting: Setting, candidates: Sequence[Candidate]) -> list[float]:
    """Returns the probability of each candidate; they sum to one."""
    weights = _weights()
    scores = [sum(weights.get(f, 0.0) for f in features(setting, c)) for c in candidates]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    return [odd / sum(odds) for odd in odds]


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads((DATA / "ranker.json").read_text(encoding="utf-8"))["weights"]
    return weights
