"""Rules for cues after the quotation, and for cues set off from the rest of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quoteattr.attribution.agents import own_agent
from quoteattr.attribution.answers import answer_of, inverted_answer
from quoteattr.attribution.cues import ALL_KINDS, cue_span, cues_before, is_cue
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.noun_phrases import INNER, mention_of
from quoteattr.attribution.setting import ParsedSetting
from quoteattr.lexicon import CueKind, cue_kind, word_list
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import RELATIVE, SUBJECT, is_nominal

_CLAUSE_OPENERS = word_list("attribution", "clause_openers")


def opening_clause(setting: ParsedSetting) -> Finding | None:
    """Finds the cue of a clause that opens the sentence and ends with the quotation.

    In "When Lee said “no,” Hale replied that he would go" the cue is "said" and not "replied".
    """
    before = setting.outside_before
    if not before or before[0].text.lower() not in _CLAUSE_OPENERS or not _main_clause_follows(setting):
        return None
    cue = next((w for w in reversed(before) if is_cue(setting, w, ALL_KINDS)), None)
    if cue is None or any(w.text == "," and w is not before[-1] for w in _before_marks(setting)):
        return None
    agent = own_agent(setting, cue)
    return answer_of(setting, cue) if agent is not None and agent.index < cue.index else None


def _main_clause_follows(setting: ParsedSetting) -> bool:
    """Returns whether a comma ends the quotation and a noun phrase comes next."""
    later = [w for w in setting.outside_after if w.upos != "PUNCT"]
    ends = setting.content.text.rstrip().endswith(",") or setting.after().startswith(",")
    return ends and bool(later) and later[0].upos in ("PROPN", "PRON", "DET", "NOUN")


def _before_marks(setting: ParsedSetting) -> list[Word]:
    """Returns the words before the opening mark of the quotation."""
    return [w for w in setting.outside_before if w.end <= setting.quotation.outer.start]


def after_quotation(setting: ParsedSetting) -> Finding | None:
    """Finds a cue right after the quotation, its subject on either side: "“…,” said Lee", "“…,” Lee said"."""
    ends = setting.content.text.rstrip()[-1:]
    opened = setting.after()[:2].lstrip()[:1]
    if ends not in ",?!—–-…" and opened != ",":
        return None
    cue = next_cue(setting, ALL_KINDS)
    return answer_beside(setting, cue) if cue else None


# "“…” |is how Lee puts it", "“…” |was what Lee called it", "“…” |was all that Lee would say"
_IS_HOW = regex.compile(
    r",?\s*(?:is|was|are|were)\s(?:how|what|all(?:\sthat)?(?=\s[^.,;:]{1,40}\b(?:say|said|says)\b))\s"
)


def how_clause(setting: ParsedSetting) -> Finding | None:
    """Finds the cue of a clause with "how" or "what": "“Plain theft” is how Lee describes the tax"."""
    match = _IS_HOW.match(setting.after())
    if not match:
        return None
    start = setting.quotation.outer.end + match.end()
    later = [w for w in setting.outside if w.start >= start]
    cue = next((w for w in later if is_cue(setting, w, ALL_KINDS)), None)
    head = _head([w for w in later if w.index < cue.index and is_nominal(w)]) if cue else None
    return Finding(cue_span(setting, cue), mention_of(setting, head)) if cue and head else None


_PHRASE = frozenset("DET ADJ NUM NOUN PROPN PRON ADV AUX PART SYM X".split())
"""Parts of speech of a noun phrase and the adverbs beside it."""
_LONGEST = 9
"""Most words of a noun phrase: "this former senior adviser to the prime minister" has 8."""
_LOOKED_AT = 30
"""Words after the quotation that are searched for its cue: a long title with an apposition has 20."""


def next_cue(setting: ParsedSetting, kinds: Sequence[CueKind]) -> Word | None:
    """Returns the first cue after the quotation if only its subject and adverbs are between them, or None."""
    later = setting.outside_after
    if opening_clause(setting):
        return None
    for position, word in enumerate(later[:_LOOKED_AT]):
        # "Viguerie notes": the tagger may take such a verb for a noun, so its form decides here.
        if is_cue(setting, word, kinds) or (word.upos == "NOUN" and cue_kind(word.text, word.lemma) == "say"):
            beside = _is_beside(setting, word, later[:position])
            return word if beside or (_is_saying(word) and _phrase_before(setting, word)) else None
    return None


def _is_beside(setting: ParsedSetting, cue: Word, before: Sequence[Word]) -> bool:
    """Returns whether the words between the quotation and a cue are its subject, adverbs or marks."""
    sentence = setting.sentence
    subject = {w.index for s in sentence.children(cue, *SUBJECT) for w in sentence.subtree(s)}
    return all(w.upos in ("ADV", "AUX", "PUNCT", "PART") for w in before if w.index not in subject)


def _is_saying(cue: Word) -> bool:
    """Returns whether a word is a finite verb of saying according to its tag, regardless of the tree."""
    return cue_kind(cue.text, cue.lemma) == "say" and cue.xpos in ("VBD", "VBZ", "VBP")


def _phrase_before(setting: ParsedSetting, cue: Word) -> list[Word]:
    """Returns the words between the quotation and a cue after it if they can be one noun phrase, or none."""
    later = [w for w in setting.outside_after if w.start < cue.start]
    while later and later[0].upos == "PUNCT":
        later = later[1:]
    one = all(w.upos in _PHRASE or w.text.lower() in ("-", "of", "for", "from", "&") for w in later)
    # In "it was claimed by Lee" and "which Lee said" the words before the cue name no speaker.
    one = one and not any(w.text.lower() in RELATIVE or w.lemma.lower() in ("to", "be") for w in later)
    return later if one and len(later) <= _LONGEST and any(map(is_nominal, later)) else []


def answer_beside(setting: ParsedSetting, cue: Word) -> Finding | None:
    """Returns a cue after the quotation with its agent, or with another noun phrase between the two."""
    found, beside = answer_of(setting, cue), _phrase_before(setting, cue)
    if found is None or found.mention is None:
        return inverted_answer(setting, cue)
    if beside and not any(found.mention.span.start <= w.start < found.mention.span.end for w in beside):
        head = _head(beside)
        return Finding(cue_span(setting, cue), mention_of(setting, head)) if head else found
    return found


def _head(phrase: Sequence[Word]) -> Word | None:
    """Returns the first noun of a phrase that is not governed by another of its nouns, or None."""
    nouns = [w for w in phrase if is_nominal(w)]
    numbers = {w.index for w in nouns}
    return next((w for w in nouns if w.head not in numbers), None)


_BY = regex.compile(r"\s*by\b")


def passive(setting: ParsedSetting) -> Finding | None:
    """Finds "by" right after the quotation and a passive cue before: "Hale was called “reckless” by Lee"."""
    if not _BY.match(setting.after()):
        return None
    cues = cues_before(setting, ALL_KINDS)
    heads = [w for w in setting.outside_after if is_nominal(w) and w.deprel not in INNER]
    if not cues or cues[-1].xpos != "VBN" or not heads:
        return None
    return Finding(cue_span(setting, cues[-1]), mention_of(setting, heads[0]))


_SETS_OFF = frozenset({",", "–", "—", "-", "--", "(", ";"})
"""Marks that set words off."""


def set_off_cue(setting: ParsedSetting) -> Finding | None:
    """Finds a cue and its subject set off from the rest: "It was “…”, said Lee", "– as Lee put it –"."""
    cues = [w for w in setting.outside if w.index > 0 and w.xpos != "VBG" and is_cue(setting, w, ("say",))]
    return next((found for cue in cues if (found := _set_off_answer(setting, cue))), None)


def _set_off_answer(setting: ParsedSetting, cue: Word) -> Finding | None:
    """Returns the cue with its subject if both are set off from the rest of the sentence."""
    words = setting.sentence.words
    first, last = words[cue.index - 1], words[min(cue.index + 1, len(words) - 1)]
    if first.text in _SETS_OFF or (first.text.lower() == "as" and words[cue.index - 2].text in _SETS_OFF):
        return inverted_answer(setting, cue) if _ends_after_a_phrase(setting, cue) else None
    ends = last is cue or last.upos in ("PUNCT", "ADP", "ADV")
    if not ends or not is_nominal(first) or first.text.lower() in RELATIVE or not _is_set_off(words, cue):
        return None
    return answer_of(setting, cue)


def _ends_after_a_phrase(setting: ParsedSetting, cue: Word) -> bool:
    """Returns whether no clause follows the cue: "…, said Lee." but not "Hale, 40, said Lee had won"."""
    if any(subject.index < cue.index for subject in setting.sentence.children(cue, *SUBJECT)):
        return False
    later = setting.sentence.words[cue.index + 1 :]
    after = next((w for w in later if w.upos not in _PHRASE and w.text != "-"), None)
    return after is None or after.upos in ("PUNCT", "ADP", "SCONJ", "CCONJ")


def _is_set_off(words: Sequence[Word], cue: Word) -> bool:
    """Returns whether only a noun phrase stands between a cue and a mark or "as" before it."""
    for word in reversed(words[: cue.index]):
        if word.text in _SETS_OFF or word.text.lower() == "as":
            return True
        if word.upos not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "ADV", "AUX", "PART"):
            return False
    return False
