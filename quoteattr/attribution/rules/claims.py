"""Rules for nouns of saying that somebody owns: "Lee’s claim", "in her words", "a statement by the mayor"."""

from __future__ import annotations

from itertools import pairwise

from quoteattr.attribution.cues import cue_span, is_cue
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.noun_phrases import mention_of
from quoteattr.attribution.setting import ParsedSetting
from quoteattr.lexicon import cue_nouns, word_list
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import has_case

_WANTING = word_list("attribution", "nouns_of_wanting")
_URGING = _WANTING | word_list("attribution", "nouns_of_urging")
_ON_THE_OCCASION = word_list("attribution", "prepositions_of_occasion")
_WORDING = word_list("attribution", "nouns_of_wording")
_BETWEEN = frozenset("ADJ ADP ADV DET NOUN NUM PART PRON PROPN".split())
"""Parts of speech of the words between a noun of saying and its clause: "Hale’s call |earlier in the night|
to"."""


def claimed(setting: ParsedSetting) -> Finding | None:
    """Finds the owner of the claim that holds the quotation: "Lee dismissed Hale’s claim that it was “over”".

    The order of words decides, because parsing models attach the clause to the verb as often as to the noun.
    """
    before = [w for w in setting.sentence if w.end <= setting.content.start and not setting.quoted(w)]
    if before and before[-1].text.lower() == "as":  # "described Hale’s claim that it was over as “absurd”"
        return None
    owner = (
        _owner_of_subject(setting, before)
        or _owner_of_call(setting, before)
        or _owner_of_that_clause(setting, before)
    )
    noun = setting.sentence.head(owner) if owner else None
    return Finding(cue_span(setting, noun), mention_of(setting, owner)) if noun and owner else None


def _owner_of_subject(setting: ParsedSetting, before: list[Word]) -> Word | None:
    """Returns Lee in "Lee’s pledge to “stop the rot” has been broken, say critics"."""
    after = next(iter(setting.outside_after), None)
    is_subject = after is not None and after.upos in ("AUX", "VERB") and len(before) > 2
    if not is_subject or before[-1].text.lower() not in ("to", "of", "that"):
        return None
    is_pledge = before[-2].upos == "NOUN" and before[-2].lemma.lower() in cue_nouns()
    return setting.sentence.child(before[-2], "nmod:poss") if is_pledge else None


def _owner_of_call(setting: ParsedSetting, before: list[Word]) -> Word | None:
    """Returns Hale in "Hale’s call earlier that night to “fight on”", "Hale’s demand for a “fresh start”"."""
    while before and before[-1].upos in ("DET", "ADJ"):
        before = before[:-1]
    lead = before[-1].text.lower() if before else ""
    if lead not in ("to", "that", "for"):
        return None
    fits = {"to": _URGING, "for": _WANTING, "that": cue_nouns()}[lead]
    for noun in reversed(before[:-1]):
        if noun.upos not in _BETWEEN:
            return None
        owner = setting.sentence.child(noun, "nmod:poss")
        if owner is not None and noun.lemma.lower() in fits and _is_claim(setting, noun, before):
            return owner if owner.upos == "PROPN" else None
    return None


def _owner_of_that_clause(setting: ParsedSetting, before: list[Word]) -> Word | None:
    """Returns Hale in "Hale’s claim that it was |“over”", if the owner is a name; the clause may contain
    anything."""
    for noun, that in reversed(list(pairwise(before))):
        if is_cue(setting, noun) or is_cue(setting, that):
            return None
        if that.text.lower() == "that" and _is_claim(setting, noun, before):
            owner, above = setting.sentence.child(noun, "nmod:poss"), setting.sentence.head(noun)
            # "Hale’s claim that it is over is “absurd”": the quotation is about the claim, not part of it.
            judged = above is not None and setting.quoted(above) and noun.deprel.startswith("nsubj")
            return owner if owner is not None and owner.upos == "PROPN" and not judged else None
    return None


def _is_claim(setting: ParsedSetting, noun: Word, before: list[Word]) -> bool:
    """Returns whether a word is a noun of saying, and not the place of the saying ("said in a letter")."""
    if noun.upos != "NOUN" or noun.lemma.lower() not in cue_nouns():
        return False
    cue_before = any(is_cue(setting, w, ("say",)) for w in before[: before.index(noun)])
    return not (cue_before and has_case(setting.sentence, noun, *_ON_THE_OCCASION))


def in_words(setting: ParsedSetting) -> Finding | None:
    """Finds the owner of words or a view in the same sentence: "It was, in Lee’s words, “over”"."""
    for noun in setting.outside:
        if noun.lemma.lower() in _WORDING and has_case(setting.sentence, noun, "in", "by"):
            owner = setting.sentence.child(noun, "nmod:poss")
            if owner is not None and not setting.quoted(owner):
                return Finding(cue_span(setting, noun), mention_of(setting, owner))
    return None


def owned(setting: ParsedSetting) -> Finding | None:
    """Finds the owner of a noun of saying that governs the quotation: "Lee’s claim that “…”", "his “…”
    remark"."""
    for noun in setting.above:
        if noun.lemma.lower() in cue_nouns() and not setting.quoted(noun):
            owner = setting.sentence.child(noun, "nmod:poss") or _by_or_from(setting, noun)
            if owner is not None and not setting.quoted(owner):
                return Finding(cue_span(setting, noun), mention_of(setting, owner))
    return None


def _by_or_from(setting: ParsedSetting, noun: Word) -> Word | None:
    """Returns the mayor in "a statement by the mayor", "a letter from the mayor"."""
    modifiers = setting.sentence.children(noun, "nmod", "obl")
    return next((w for w in modifiers if has_case(setting.sentence, w, "by", "from")), None)
