"""Whose words they are when another tells of them, or a noun does: claims, reports, banners."""

from __future__ import annotations

import attrs
import regex

from quoteattr.attribution.agents import cue_span, is_cue, mention_of
from quoteattr.attribution.embedded_speech import claimant, inscription, quoted_person, shown_person, told_how
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import cue_nouns
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.predicates import has_case
from quoteattr.schema import Span


def quoted_as(setting: Setting) -> Finding | None:
    """Whom another quotes, hears, shows or accuses: "Nair quoted Hale as saying it was “over”"."""
    head = quoted_person(setting) or shown_person(setting) or told_how(setting)
    if head is None:
        return None
    cue = next((w for w in setting.outside if w.start > head.start and is_cue(setting, w)), None)
    return Finding(cue_span(setting, cue) if cue else None, mention_of(setting, head))


def claimed(setting: Setting) -> Finding | None:
    """Whose claim it is, whatever is said of it: "Nair dismissed Hale’s claim that it was “over”"."""
    owner = claimant(setting)
    noun = setting.sentence.head(owner) if setting.sentence and owner else None
    return Finding(cue_span(setting, noun), mention_of(setting, owner)) if noun and owner else None


def inscribed(setting: Setting) -> Finding | None:
    """What the words are written on: "Lee carried a banner that read “No way”"."""
    thing = inscription(setting)
    if thing is None:
        return None
    phrase = mention_of(setting, thing)
    verbs = [w for w in setting.outside if setting.content.end <= w.start < thing.start and w.upos == "VERB"]
    named = attrs.evolve(phrase, span=Span.of(setting.text, phrase.span.start, thing.end))
    return Finding(cue_span(setting, verbs[0]) if verbs else None, named)


_ACCORDING = regex.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of|[Ii]n the view of)\s+")


def according_to(setting: Setting) -> Finding | None:
    """ "according to Lee", "in the words of the mayor", in the same sentence."""
    sentence = setting.sentence
    if sentence is None:
        return None
    for match in _ACCORDING.finditer(setting.text, sentence.start, sentence.end):
        nominals = [w for w in sentence if w.start >= match.end() and w.upos in ("PROPN", "NOUN", "PRON")]
        heads = [w for w in nominals if w.deprel not in ("compound", "nmod:poss", "flat")]
        if heads and not setting.quoted(heads[0]):
            cue = Span.of(setting.text, match.start(), match.end() - 1)
            return Finding(cue, mention_of(setting, heads[0]))
    return None


_WORDS = frozenset({"word", "phrase", "view", "opinion", "telling"})


def in_words(setting: Setting) -> Finding | None:
    """Whose words the sentence says they are: "It was, in Lee’s words, “over”"."""
    for noun in setting.outside:
        if noun.lemma.lower() in _WORDS and setting.sentence and has_case(setting.sentence, noun, "in", "by"):
            owner = setting.sentence.child(noun, "nmod:poss")
            if owner is not None and not setting.quoted(owner):
                return Finding(cue_span(setting, noun), mention_of(setting, owner))
    return None


def owned(setting: Setting) -> Finding | None:
    """A noun of saying above the quotation that someone owns: "Lee’s claim that “…”", "his “…” remark"."""
    anchor = setting.anchor
    if anchor is None or setting.sentence is None:
        return None
    for noun in [*setting.sentence.ancestors(anchor)]:
        if noun.lemma.lower() in cue_nouns() and not setting.quoted(noun):
            owner = setting.sentence.child(noun, "nmod:poss") or _by_or_from(setting, noun)
            if owner is not None and not setting.quoted(owner):
                return Finding(cue_span(setting, noun), mention_of(setting, owner))
    return None


def _by_or_from(setting: Setting, noun: Word) -> Word | None:
    assert setting.sentence is not None
    return next(
        (
            w
            for w in setting.sentence.children(noun, "nmod", "obl")
            if has_case(setting.sentence, w, "by", "from")
        ),
        None,
    )
