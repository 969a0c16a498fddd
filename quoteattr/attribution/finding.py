"""What a rule answers, and the ways to an answer that rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

import attrs

from quoteattr.attribution.agents import agent, antecedent_of, cue_span, mention_of
from quoteattr.attribution.setting import Setting
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import can_speak, is_nominal
from quoteattr.schema import Mention, Span


@attrs.frozen
class Finding:
    """What a rule found for one quotation."""

    cue: Span | None = None
    """The cue, if words mark the saying."""
    mention: Mention | None = None
    """Who is named nearby; None where nobody speaks the words."""
    antecedent: Mention | None = None
    """For a relative pronoun ("Lee, who called it “…”"), the phrase that it stands for."""
    follows: int | None = None
    """Number of the quotation whose speaker and statement this one shares."""
    rule: str | None = None
    """Name of the rule that decided; None where none did."""
    confidence: float = 0.0
    """Probability that the answer is right."""


_CUES = 8
"""Cues of one sentence that are tried: of two, the first or second answers."""

Rule = Callable[[Setting], Finding | None]
"""A local rule: the answer for one quotation in its frame, or None."""


def answer_of(setting: Setting, cue: Word) -> Finding | None:
    """The agent of a cue, or None where it has none."""
    head = agent(setting, cue)
    if head is None:
        return None
    noun = antecedent_of(setting, cue, head)
    return Finding(
        cue_span(setting, cue), mention_of(setting, head), mention_of(setting, noun) if noun else None
    )


def first_answer(setting: Setting, cues: Iterable[Word]) -> Finding | None:
    """The agent of the first cue that has one, of the first `_CUES`."""
    return next((answer for cue in islice(cues, _CUES) if (answer := answer_of(setting, cue))), None)


def inverted(setting: Setting, cue: Word) -> Finding | None:
    """ "said Lee" whose subject the parse calls an object or leaves loose: the phrase right after the cue."""
    sentence = setting.sentence
    assert sentence is not None
    following = [w for w in sentence.words[cue.index + 1 : cue.index + 12] if not setting.quoted(w)]
    for word in following:
        if is_nominal(word) and word.deprel not in ("compound", "nmod:poss", "obl", "obl:tmod"):
            return Finding(cue_span(setting, cue), mention_of(setting, word))
        if word.upos in ("VERB", "ADP", "SCONJ", "PUNCT"):
            return None
    return None


def first_subject(setting: Setting, among: Iterable[Word]) -> Finding | None:
    """The first of the words that is a subject and can speak."""
    assert setting.sentence is not None
    for word in among:
        if word.deprel in ("nsubj", "nsubj:pass") and can_speak(setting.sentence, word):
            return Finding(None, mention_of(setting, word))
    return None
