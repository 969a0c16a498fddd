"""Rules for cues before the quotation and above it in the dependency tree."""

from __future__ import annotations

import regex

from quoteattr.attribution.agents import own_agent
from quoteattr.attribution.answers import first_answer, first_subject, inverted_answer
from quoteattr.attribution.cues import ALL_KINDS, STRONG, cues_before, is_cue
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.noun_phrases import mention_of
from quoteattr.attribution.rules.cue_after import after_quotation, answer_beside, next_cue
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.lexicon import cue_nouns, word_list
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import MODALS

_THIRD_PERSON = word_list("attribution", "third_person_pronouns")
_COMMA_OR_COLON = regex.compile(r"[,:]\s*\Z")
_COLON = regex.compile(r":\s*\Z")


def introduced(setting: ParsedSetting) -> Finding | None:
    """Finds a cue before the quotation, with a comma or colon between: "Lee said on Monday: “…”"."""
    if not _COMMA_OR_COLON.search(setting.before()):
        return None
    cues = cues_before(setting)
    answer = first_answer(setting, reversed(cues))
    return inverted_answer(setting, cues[0]) if answer is None and cues and cues[0].index == 0 else answer


def governing_cue(setting: ParsedSetting) -> Finding | None:
    """Finds the nearest cue above the quotation in the tree: "Lee said she was “not sure”"."""
    above = [w for w in setting.above if is_cue(setting, w)]
    if len(above) > 1 and _is_reported(setting, above[0]):
        above = above[1:] + above[:1]
    return first_answer(setting, above)


def _is_reported(setting: ParsedSetting, cue: Word) -> bool:
    """Returns whether a cue is part of what another cue reports: "call" in "Lee said she would call it “…”".

    It is if it has a modal or "to", or a pronoun as its agent.
    """
    below = setting.sentence.children(cue, "aux", "mark")
    unreal = any(w.lemma.lower() in MODALS or w.text.lower() == "to" for w in below)
    agent = own_agent(setting, cue)
    same = agent is not None and agent.text.lower() in _THIRD_PERSON
    return (unreal or same) and cue.deprel not in ("conj", "acl:relcl")


def governed_cue(setting: ParsedSetting) -> Finding | None:
    """Finds a cue that the quoted words govern, as in parses of "“…” (Lee said)"."""
    if setting.anchor is None:
        return None
    below = [w for w in setting.sentence.children(setting.anchor) if is_cue(setting, w, ALL_KINDS)]
    return first_answer(setting, below)


def near_cue(setting: ParsedSetting) -> Finding | None:
    """Finds a cue right after the quotation without a comma, or else the last one before it."""
    after = next_cue(setting, STRONG)
    if after and (answer := answer_beside(setting, after)):
        return answer
    return first_answer(setting, reversed(cues_before(setting)))


def weak_cue(setting: ParsedSetting) -> Finding | None:
    """Finds a verb above the quotation that means saying only sometimes: "Lee spoke of “a new dawn”"."""
    return first_answer(setting, [w for w in setting.above if is_cue(setting, w, ("weak",))])


def colon_subject(setting: ParsedSetting) -> Finding | None:
    """Finds the subject of a sentence that introduces the quotation with a colon: "Lee was clear: “…”"."""
    if not _COLON.search(setting.before()) or introduced(setting):
        return None
    before = setting.outside_before
    owners = [w for w in before if w.deprel == "nmod:poss" and _owns_subject(setting, w)]
    return Finding(None, mention_of(setting, owners[0])) if owners else first_subject(setting, before)


def _owns_subject(setting: ParsedSetting, owner: Word) -> bool:
    """Returns whether a word owns a noun of saying that is the subject, or that no verb governs: "Lee’s
    verdict was short: “…”", "Lee’s message to the town: “…”"."""
    noun = setting.sentence.head(owner)
    if noun is None or noun.lemma.lower() not in cue_nouns():
        return False
    return noun.deprel.startswith("nsubj") or (noun.deprel == "root" and noun.upos == "NOUN")


def lead_in(setting: Setting) -> Finding | None:
    """Finds the speaker in the paragraph before, if it ends in a colon and the quotation opens the next
    one."""
    if setting.lead is None or not setting.introduced or setting.before().strip():
        return None
    if isinstance(setting, ParsedSetting) and after_quotation(setting):
        return None
    lead = setting.at(setting.lead)
    cues = [w for w in setting.lead if is_cue(lead, w, ALL_KINDS)]
    return first_answer(lead, reversed(cues)) or first_subject(lead, setting.lead)
