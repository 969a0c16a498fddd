"""Rules of context, which read what was found for the quotations before and after this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import attrs

from quoteattr.attribution.answers import subject_among
from quoteattr.attribution.finding import Finding
from quoteattr.attribution.noun_phrases import mention_of
from quoteattr.attribution.ranker_terms import sort_of_phrase
from quoteattr.attribution.setting import ParsedSetting, Setting
from quoteattr.lexicon import cue_kind
from quoteattr.parsing.dependency_tree import Sentence

_NEAR = 200
"""Most quotations that are read on each side of one. A quotation with a speaker is almost always among the
first few; the limit matters for articles of thousands of quotations."""


@attrs.frozen
class Context:
    """A quotation with all quotations of its article and what was found for them."""

    number: int
    """The quotation's own number."""
    settings: Sequence[Setting]
    """Every quotation of the article."""
    findings: Sequence[Finding]
    """The finding for each quotation so far; the answers of rules of context are added one by one."""
    proposed: Sequence[Sequence[Finding]]
    """For each quotation the answers of all local rules, in their order."""
    names: Counter[str] = attrs.Factory(Counter)
    """The number of quotations that the rules give to a speaker, by the last word of the speaker's name."""

    @property
    def setting(self) -> Setting:
        """The quotation's own setting."""
        return self.settings[self.number]

    def spoken(self, number: int) -> bool:
        """Returns whether there is a quotation of that number, and it has a speaker."""
        return 0 <= number < len(self.findings) and self.findings[number].mention is not None

    def before(self) -> Iterator[int]:
        """Yields the quotations before this one that are not inside another one, the nearest first."""
        near = range(self.number - 1, max(-1, self.number - 1 - _NEAR), -1)
        return (n for n in near if not self.settings[n].frame.inside_quotation)

    @property
    def last(self) -> int | None:
        """The nearest quotation before this one; None if there is none."""
        return next(self.before(), None)

    @property
    def last_spoken(self) -> int | None:
        """The nearest quotation before this one that has a speaker; None if there is none."""
        return next(filter(self.spoken, self.before()), None)

    def follows(self, number: int) -> bool:
        """Returns whether the frame of the given quotation is directly before the frame of this one."""
        return not self.setting.text[self.settings[number].frame.end : self.setting.frame.start].strip()

    def nearest(self, where: Callable[[Setting], bool]) -> int | None:
        """Returns the closest quotation with a speaker before this one, or else after it.

        On each side, the search ends at the first quotation that does not meet the condition `where`.
        """
        for step in (-1, 1):
            for number in range(self.number + step, self.number + step * _NEAR, step):
                if not 0 <= number < len(self.settings) or not where(self.settings[number]):
                    break
                if self.spoken(number):
                    return number
        return None

    def share(self, number: int) -> Finding:
        """Returns the speaker and statement of that quotation as the answer for this one."""
        other = self.findings[number]
        return Finding(other.cue, other.mention, other.antecedent, number)


def _sentence(setting: Setting) -> Sentence | None:
    return setting.sentence if isinstance(setting, ParsedSetting) else None


def same_sentence(context: Context) -> Finding | None:
    """Shares the speaker of another quotation of the same sentence: "“Yes,” she said, “and no.”"."""
    here = _sentence(context.setting)
    if here is None:
        return None
    number = context.nearest(lambda setting: _sentence(setting) is here)
    return None if number is None else context.share(number)


def open_paragraph(context: Context) -> Finding | None:
    """Shares the speaker of the quotation before.

    That quotation has no closing mark, and this one opens the next paragraph.
    """
    number = context.last
    if number is None or not context.spoken(number):
        return None
    opens = not context.setting.before().strip()
    return context.share(number) if opens and not context.settings[number].closed else None


def _is_speech(setting: Setting) -> bool:
    """Returns whether the quotation fills its sentence, except for a word or two: "Now, “…”"."""
    beside = [w for w in setting.outside if w.upos != "PUNCT"]
    return not beside or (len(beside) <= 2 and all(w.upos in ("ADV", "CCONJ", "INTJ", "ADP") for w in beside))


def same_paragraph(context: Context) -> Finding | None:
    """Shares the speaker of another quotation of the paragraph if this one is a whole sentence."""
    setting = context.setting
    if not _is_speech(setting):
        return None
    number = context.nearest(lambda other: other.frame is setting.frame)
    return None if number is None else context.share(number)


def statement_goes_on(context: Context) -> Finding | None:
    """Shares the speaker of the quotation before if both are fragments and the sentence of this one has no
    cue.

    "The navy said it “kept its distance”. The crews “acted with care”."
    """
    setting = context.setting
    number = context.last_spoken
    words = [w for w in setting.outside if w.upos != "PUNCT"]
    has_cue = any(cue_kind(w.text, w.lemma) for w in words)
    if number is None or not words or has_cue or words[-1].end > setting.content.start:
        return None
    both = (setting, context.settings[number])
    fragments = all(each.content.text[:1].islower() for each in both)
    return context.share(number) if fragments and context.follows(number) else None


def paragraph_before(context: Context) -> Finding | None:
    """Shares the speaker of the paragraph before if this paragraph consists of the quotation."""
    number = context.last
    if number is None or context.setting.frame.has_context or not context.spoken(number):
        return None
    return context.share(number) if context.follows(number) else None


def sentence_before(context: Context) -> Finding | None:
    """Finds the subject of the sentence before a whole sentence: "She paused. “We have the money.”"."""
    setting = context.setting
    if not isinstance(setting, ParsedSetting) or not _is_speech(setting):
        return None
    at = setting.position
    if at == 0 or any(setting.quoted(w) for w in setting.sentences[at - 1]):
        return None
    return _subject_of(setting, setting.sentences[at - 1])


def _subject_of(setting: Setting, sentence: Sentence) -> Finding | None:
    """Returns the first subject of a sentence that can speak; None if its noun names no person or body, as in
    "The storm hit on Monday"."""
    there = setting.at(sentence)
    subject = subject_among(there, sentence)
    if subject is None or sort_of_phrase(subject) == "thing":
        return None
    return Finding(None, mention_of(there, subject))


def subject_before(context: Context) -> Finding | None:
    """Finds the last subject of the paragraph before, if this paragraph consists of the quotation and the one
    before has no quotation."""
    setting = context.setting
    if setting.lead is None or setting.frame.has_context or setting.introduced:
        return None
    return _subject_of(setting, setting.lead)


def speaker_before(context: Context) -> Finding | None:
    """Shares the last speaker before. Proposed to the ranker only."""
    number = context.last_spoken
    return None if number is None else context.share(number)


def speaker_after(context: Context) -> Finding | None:
    """Shares the next speaker of the same paragraph. Proposed to the ranker only."""
    # Quotations of one paragraph need not be consecutive, because one inside another has its own frame.
    frame, first = context.setting.frame, context.number + 1
    for number, other in enumerate(context.settings[first : first + _NEAR], first):
        if other.quotation.outer.start >= frame.end:
            return None
        if other.frame is frame and context.spoken(number):
            return context.share(number)
    return None
