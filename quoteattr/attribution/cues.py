"""Cues: the verbs that mark a quotation as said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quoteattr.attribution.setting import ParsedSetting
from quoteattr.lexicon import CueKind, cue_kind, cue_nouns
from quoteattr.parsing.dependency_tree import Word
from quoteattr.schema import Span

STRONG: tuple[CueKind, ...] = ("say", "judge")
"""Kinds of verbs that are cues in any position."""
ALL_KINDS: tuple[CueKind, ...] = ("say", "judge", "weak")
"""All kinds, including "weak": verbs that are cues only right beside a quotation or above it in the tree."""


def is_cue(setting: ParsedSetting, word: Word, kinds: Sequence[CueKind] = STRONG) -> bool:
    """Returns whether a word outside of quotations is a cue verb of one of the kinds."""
    if not (word.upos == "VERB" or word.xpos.startswith("VB")) or setting.quoted(word):
        return False
    if word.start == word.end:  # a mark that was added to the frame, and that the parser took for a verb
        return False
    return cue_kind(word.text, word.lemma) in kinds or ("say" in kinds and _puts_it(setting, word))


def _puts_it(setting: ParsedSetting, word: Word) -> bool:
    """Returns whether a verb is "put" as in "as Lee put it"."""
    objects = setting.sentence.children(word, "obj") if word.lemma == "put" else ()
    return any(c.text.lower() == "it" for c in objects)


def cue_span(setting: ParsedSetting, cue: Word) -> Span:
    """Returns the characters of a cue."""
    return Span.of(setting.text, cue.start, cue.end)


def cues_before(setting: ParsedSetting, kinds: Sequence[CueKind] = STRONG) -> list[Word]:
    """Returns the cues of the sentence that stand before the quotation, in order."""
    return [w for w in setting.outside_before if is_cue(setting, w, kinds)]


def unquoted_above(setting: ParsedSetting) -> Iterator[Word]:
    """Yields the governors of the quotation that are not quoted themselves, from the nearest to the root."""
    return (word for word in setting.above if not setting.quoted(word))


def nearest_cue(setting: ParsedSetting) -> Word | None:
    """Returns the nearest cue above the quotation, if it stands before it.

    Returns None if a noun of saying ("claim") is nearer than every cue.
    """
    for word in unquoted_above(setting):
        if word.lemma.lower() in cue_nouns() and word.upos == "NOUN":
            return None
        if is_cue(setting, word, ALL_KINDS):
            return word if word.start < setting.content.start else None
    return None
