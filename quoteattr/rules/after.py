"""Cues that stand after the quotation, or set off from the rest of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from quoteattr.lexicon import cue_kind
from quoteattr.phrases import SUBJECT, Setting, cue_span, is_cue, is_nominal, mention_of
from quoteattr.rules.findings import Finding, answer_of, inverted
from quoteattr.syntax import Word


def after_quotation(setting: Setting) -> Finding | None:
    """A cue right after the quotation, its subject on either side: "“…,” said Lee", "“…,” Lee said"."""
    ends = setting.content.text.rstrip()[-1:]
    opened = setting.after()[:2].lstrip()[:1]
    if ends not in ",?!—–-…" and opened != ",":
        return None
    cue = cue_after(setting, ("say", "judge", "weak"))
    return answer_of(setting, cue) or inverted(setting, cue) if cue else None


def cue_after(setting: Setting, kinds: Sequence[str]) -> Word | None:
    """The first cue after the quotation if only its subject and adverbs stand between."""
    sentence = setting.sentence
    later = [w for w in setting.outside if w.start >= setting.content.end]
    for position, word in enumerate(later[:30]):
        # "Viguerie notes": after a comma and a name the form is enough, whatever the tagger says.
        if is_cue(setting, word, kinds) or (word.upos == "NOUN" and cue_kind(word.text, word.lemma) == "say"):
            assert sentence is not None
            subject = {w.index for s in sentence.children(word, *SUBJECT) for w in sentence.subtree(s)}
            between = [w for w in later[:position] if w.index not in subject]
            return word if all(w.upos in ("ADV", "AUX", "PUNCT", "PART") for w in between) else None
    return None


_BY = regex.compile(r"\s*by\b")


def passive(setting: Setting) -> Finding | None:
    """ "by" right after the quotation and a passive cue before it: "Hale was branded “reckless” by Lee"."""
    if setting.sentence is None or not _BY.match(setting.after()):
        return None
    before = [w for w in setting.outside if w.end <= setting.content.start]
    later = [w for w in setting.outside if w.start >= setting.content.end]
    cue = next((w for w in reversed(before) if is_cue(setting, w, ("say", "judge", "weak"))), None)
    heads = [w for w in later if is_nominal(w) and w.deprel not in ("compound", "nmod:poss", "flat")]
    if cue is None or cue.xpos != "VBN" or not heads:
        return None
    return Finding(cue_span(setting, cue), mention_of(setting, heads[0]))


_ASIDE = frozenset({",", "–", "—", "-", "--", "(", ";"})
"""Marks that set words off."""


def aside(setting: Setting) -> Finding | None:
    """A cue and its subject set off from the rest: "It was “…” in the end, said Lee", "– as Lee put it –"."""
    if setting.sentence is None:
        return None
    words = setting.sentence.words
    for cue in setting.outside:
        if not is_cue(setting, cue, ("say",)) or cue.index == 0:
            continue
        first, last = words[cue.index - 1], words[min(cue.index + 1, len(words) - 1)]
        if first.text in _ASIDE or (first.text.lower() == "as" and words[cue.index - 2].text in _ASIDE):
            answer = inverted(setting, cue)
        elif is_nominal(first) and (last.upos in ("PUNCT", "ADP", "ADV") or last is cue):
            answer = answer_of(setting, cue) if _set_off(words, cue) else None
        else:
            answer = None
        if answer is not None:
            return answer
    return None


def _set_off(words: Sequence[Word], cue: Word) -> bool:
    """Whether a mark or "as" stands before a cue with nothing but a noun phrase between."""
    for word in reversed(words[: cue.index]):
        if word.text in _ASIDE or word.text.lower() == "as":
            return True
        if word.upos not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "ADV", "AUX", "PART"):
            return False
    return False
