"""Makes findings from cues and subjects. Several rules call these functions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from quoteattr.attribution.agents import agent_of
from quoteattr.attribution.cues import cue_span
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.noun_phrases import antecedent_of, mention_of
from quoteattr.attribution.setting import ParsedSetting
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import can_speak, is_nominal

_CUES = 8
"""Most cues of one sentence that are tried. One of the first two almost always has an agent; the limit
matters for sentences of hundreds of verbs."""
_FOLLOWING = 11
"""Words after a cue that are searched for its inverted subject: more than any title before a name has."""


def answer_of(setting: ParsedSetting, cue: Word) -> Finding | None:
    """Returns the cue with its agent, or None if it has none."""
    head = agent_of(setting, cue)
    if head is None:
        return None
    noun = antecedent_of(setting, cue, head)
    antecedent = mention_of(setting, noun) if noun else None
    return Finding(cue_span(setting, cue), mention_of(setting, head), antecedent)


def first_answer(setting: ParsedSetting, cues: Iterable[Word]) -> Finding | None:
    """Returns the first cue that has an agent, together with the agent, or None."""
    return next((answer for cue in islice(cues, _CUES) if (answer := answer_of(setting, cue))), None)


def inverted_answer(setting: ParsedSetting, cue: Word) -> Finding | None:
    """Returns the cue with the noun phrase right after it, or None if another phrase or clause comes first.

    This is needed for "said Lee" if the parser took the subject for an object or did not attach it to the
    verb.
    """
    following = setting.sentence.words[cue.index + 1 : cue.index + 1 + _FOLLOWING]
    for word in following:
        if setting.quoted(word):
            continue
        if is_nominal(word) and word.deprel not in ("compound", "nmod:poss", "obl", "obl:tmod"):
            return Finding(cue_span(setting, cue), mention_of(setting, word))
        if word.upos in ("VERB", "ADP", "SCONJ", "PUNCT"):
            return None
    return None


def first_subject(setting: ParsedSetting, among: Iterable[Word]) -> Finding | None:
    """Returns the first of the words that is a subject and can speak, without a cue, or None."""
    word = subject_among(setting, among)
    return None if word is None else Finding(None, mention_of(setting, word))


def subject_among(setting: ParsedSetting, among: Iterable[Word]) -> Word | None:
    """Returns the first of the words that is a subject and can speak, or None."""
    subjects = (w for w in among if w.deprel in ("nsubj", "nsubj:pass"))
    return next((w for w in subjects if can_speak(setting.sentence, w)), None)
