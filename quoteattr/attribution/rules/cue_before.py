"""Cues before the quotation and above it in the tree."""

from __future__ import annotations

import attrs
import regex

from quoteattr.attribution.agents import is_cue, mention_of, own_agent
from quoteattr.attribution.finding import Finding, first_answer, first_subject, inverted
from quoteattr.attribution.rules.cue_after import after_quotation, beside_cue, cue_after
from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import cue_nouns
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import MODALS

_LED_UP = regex.compile(r"[,:]\s*\Z")
_COLON = regex.compile(r":\s*\Z")


def introduced(setting: Setting) -> Finding | None:
    """A cue before the quotation and a comma or colon between: "Lee said on Monday: “…”"."""
    if not _LED_UP.search(setting.before()):
        return None
    cues = [w for w in setting.outside if w.end <= setting.content.start and is_cue(setting, w)]
    answer = first_answer(setting, reversed(cues))
    return inverted(setting, cues[0]) if answer is None and cues and cues[0].index == 0 else answer


def governed(setting: Setting) -> Finding | None:
    """The nearest cue above the quotation in the tree: "Lee said she was “not sure”"."""
    anchor = setting.anchor
    if anchor is None or setting.sentence is None:
        return None
    above = [w for w in setting.sentence.ancestors(anchor) if is_cue(setting, w)]
    if len(above) > 1 and _is_reported(setting, above[0]):
        above = above[1:] + above[:1]
    return first_answer(setting, above)


def _is_reported(setting: Setting, cue: Word) -> bool:
    """Whether the saying is itself told by a cue above: "Lee said she would call it “…”"."""
    sentence = setting.sentence
    assert sentence is not None
    unreal = any(
        w.lemma.lower() in MODALS or w.text.lower() == "to" for w in sentence.children(cue, "aux", "mark")
    )
    agent = own_agent(setting, sentence, cue)
    same = agent is not None and agent.text.lower() in ("he", "she", "they", "it")
    return (unreal or same) and cue.deprel not in ("conj", "acl:relcl")


def beside(setting: Setting) -> Finding | None:
    """A cue that the quotation's own words govern, as a parser gives "“…” (Lee said)"."""
    anchor = setting.anchor
    if anchor is None or setting.sentence is None:
        return None
    below = [w for w in setting.sentence.children(anchor) if is_cue(setting, w, ("say", "judge", "weak"))]
    return first_answer(setting, below)


def near_cue(setting: Setting) -> Finding | None:
    """A cue right after the quotation without a comma, or the last one before it."""
    after = cue_after(setting, ("say", "judge"))
    if after and (answer := beside_cue(setting, after)):
        return answer
    cues = [w for w in setting.outside if w.end <= setting.content.start and is_cue(setting, w)]
    return first_answer(setting, reversed(cues))


def weak_cue(setting: Setting) -> Finding | None:
    """A verb that only sometimes means saying, above the quotation: "Lee spoke of “a new dawn”"."""
    anchor = setting.anchor
    if anchor is None or setting.sentence is None:
        return None
    above = [w for w in setting.sentence.ancestors(anchor) if is_cue(setting, w, ("weak",))]
    return first_answer(setting, above)


def colon(setting: Setting) -> Finding | None:
    """The subject of a sentence that a colon joins to the quotation: "Lee was clear: “…”"."""
    if setting.sentence is None or not _COLON.search(setting.before()) or introduced(setting):
        return None
    before = [w for w in setting.outside if w.end <= setting.content.start]
    owners = [w for w in before if w.deprel == "nmod:poss" and _is_said(setting, w)]
    return Finding(None, mention_of(setting, owners[0])) if owners else first_subject(setting, before)


def _is_said(setting: Setting, owner: Word) -> bool:
    """Whether what is owned is a noun of saying and the subject: "Lee’s verdict was short: “…”"."""
    noun = setting.sentence.head(owner) if setting.sentence else None
    return noun is not None and noun.deprel.startswith("nsubj") and noun.lemma.lower() in cue_nouns()


def lead_in(setting: Setting) -> Finding | None:
    """A paragraph that opens with the quotation, after one that ends in a colon: "Lee wrote:"."""
    if setting.lead is None or not setting.introduced or setting.before().strip() or after_quotation(setting):
        return None
    led = attrs.evolve(setting, sentence=setting.lead)
    cues = [w for w in setting.lead if is_cue(led, w, ("say", "judge", "weak"))]
    return first_answer(led, reversed(cues)) or first_subject(led, setting.lead)
