"""Rules of context: what was found for the quotations around, in the paragraph and before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import attrs

from quoteattr.attribution.finding import Finding, first_subject
from quoteattr.attribution.setting import Setting
from quoteattr.lexicon import cue_kind

_NEAR = 200
"""Quotations that are looked at on either side of one: more are passed over only where nobody speaks."""


@attrs.frozen
class Context:
    """A quotation that no local rule decided, among its neighbours."""

    number: int
    """Its own number."""
    settings: Sequence[Setting]
    """Every quotation of the article."""
    findings: Sequence[Finding]
    """What was found so far; answers of context come in as they are made."""
    proposed: Sequence[Sequence[Finding]]
    """Of each quotation every answer of the local rules, in their order."""
    names: Counter[str] = attrs.Factory(Counter)
    """How often each last word of a name speaks, by the rules alone."""

    @property
    def setting(self) -> Setting:
        """The quotation's own."""
        return self.settings[self.number]

    def spoken(self, number: int) -> bool:
        """Whether that quotation exists and has a speaker."""
        return 0 <= number < len(self.findings) and self.findings[number].mention is not None

    def before(self) -> Iterator[int]:
        """The quotations near before this one that do not stand inside of another, nearest first."""
        near = range(self.number - 1, max(-1, self.number - 1 - _NEAR), -1)
        return (n for n in near if not self.settings[n].frame.inside_quotation)

    @property
    def last(self) -> int | None:
        """The nearest of them."""
        return next(self.before(), None)

    @property
    def last_spoken(self) -> int | None:
        """The nearest of them that has a speaker."""
        return next(filter(self.spoken, self.before()), None)

    def follows(self, number: int) -> bool:
        """Whether nothing stands between the frame of that quotation and this one's."""
        return not self.setting.text[self.settings[number].frame.end : self.setting.frame.start].strip()

    def nearest(self, where: Callable[[Setting], bool]) -> int | None:
        """The closest quotation with a speaker before this one, else after it, as far as `where` holds."""
        for step in (-1, 1):
            for number in range(self.number + step, self.number + step * _NEAR, step):
                if not 0 <= number < len(self.settings) or not where(self.settings[number]):
                    break
                if self.spoken(number):
                    return number
        return None

    def share(self, number: int) -> Finding:
        """The speaker and statement of that quotation."""
        other = self.findings[number]
        return Finding(other.cue, other.mention, other.antecedent, number)


ContextRule = Callable[[Context], Finding | None]


def same_sentence(context: Context) -> Finding | None:
    """Another quotation of the same sentence is decided: "“Yes,” she said, “and no.”"."""
    here = context.setting.sentence
    if here is None:
        return None
    number = context.nearest(lambda setting: setting.sentence is here)
    return None if number is None else context.share(number)


def open_paragraph(context: Context) -> Finding | None:
    """The quotation before was never closed and this one opens the next paragraph."""
    number = context.last
    if number is None or not context.spoken(number):
        return None
    before = context.settings[number].quotation
    unclosed = before.outer.end == before.content.end
    return context.share(number) if unclosed and not context.setting.before().strip() else None


def _is_speech(setting: Setting) -> bool:
    """Whether the quotation is a sentence of its own, but for a word or two that join it on ("Now, “…”")."""
    beside = [w for w in setting.outside if w.upos != "PUNCT"]
    return not beside or (len(beside) <= 2 and all(w.upos in ("ADV", "CCONJ", "INTJ", "ADP") for w in beside))


def same_paragraph(context: Context) -> Finding | None:
    """A quotation that is a whole sentence goes on with the speaker of its paragraph."""
    setting = context.setting
    if not _is_speech(setting):
        return None
    number = context.nearest(lambda other: other.frame is setting.frame)
    return None if number is None else context.share(number)


def statement_goes_on(context: Context) -> Finding | None:
    """A predicate in marks without a cue, after one with: "The navy said it “kept off”. The crews “…”."."""
    setting = context.setting
    number = context.last_spoken
    words = [w for w in setting.outside if w.upos != "PUNCT"]
    told = any(cue_kind(w.text, w.lemma) for w in words)
    if number is None or not words or told or words[-1].end > setting.content.start:
        return None
    both = (setting, context.settings[number])
    fragments = all(each.content.text[:1].islower() for each in both)
    return context.share(number) if fragments and context.follows(number) else None


def paragraph_before(context: Context) -> Finding | None:
    """A paragraph that is nothing but quotation goes on with the last speaker before it."""
    setting, number = context.setting, context.last
    if number is None or setting.frame.has_context or not context.spoken(number):
        return None
    return context.share(number) if context.follows(number) else None


def sentence_before(context: Context) -> Finding | None:
    """A quotation that is a whole sentence after one of the frame's: "She paused. “We have the money.”"."""
    setting = context.setting
    if not _is_speech(setting) or setting.sentence is None:
        return None
    at = setting.position(setting.sentence)
    if at == 0 or any(setting.quoted(w) for w in setting.sentences[at - 1]):
        return None
    there = attrs.evolve(setting, sentence=setting.sentences[at - 1])
    return first_subject(there, setting.sentences[at - 1])


def subject_before(context: Context) -> Finding | None:
    """A paragraph that is nothing but quotation, after one without any: its last sentence's subject."""
    setting = context.setting
    if setting.lead is None or setting.frame.has_context or setting.introduced:
        return None
    return first_subject(attrs.evolve(setting, sentence=setting.lead), setting.lead)


def speaker_before(context: Context) -> Finding | None:
    """Whoever spoke last. Proposed to the ranker only."""
    number = context.last_spoken
    return None if number is None else context.share(number)


def speaker_after(context: Context) -> Finding | None:
    """Whoever speaks next in the same paragraph. Proposed to the ranker only."""
    # An inner quotation has a frame of its own, so those of one paragraph need not stand side by side.
    frame, first = context.setting.frame, context.number + 1
    for number, other in enumerate(context.settings[first : first + _NEAR], first):
        if other.quotation.outer.start >= frame.end:
            return None
        if other.frame is frame and context.spoken(number):
            return context.share(number)
    return None
