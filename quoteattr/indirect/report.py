"""What the rules of indirect speech read and answer: a word of saying in its sentence, and a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import attrs

from quoteattr.attribution import Setting
from quoteattr.attribution.agents import agent_of
from quoteattr.attribution.setting import ParsedSetting
from quoteattr.indirect.cue_words import (
    ACCORDING,
    COLON,
    LABEL_WORDS,
    REPORTING,
    is_cue_noun,
    is_hearsay,
    verb_classes,
)
from quoteattr.parsing.dependency_tree import Sentence, Word
from quoteattr.parsing.frames import Frame
from quoteattr.parsing.predicates import SUBJECT
from quoteattr.schema import Quotation, Span

_LABEL = frozenset("ADJ ADP CCONJ DET NOUN NUM PART PROPN PUNCT".split())
"""Parts of speech of the words before a colon that name who speaks."""


@attrs.frozen
class Passage:
    """A parsed frame that may report speech."""

    frame: Frame
    """The frame."""
    sentences: tuple[Sentence, ...]
    """Its sentences, with offsets of the article."""


@attrs.frozen
class CueSite:
    """A word of saying in its parsed sentence."""

    setting: Setting
    """The sentence in its frame, for a quotation that is not known yet."""
    sentence: Sentence
    """The sentence."""
    cue: Word
    """The word of saying."""
    classes: frozenset[str]
    """Its classes (see data/indirect.toml); "nouns" for a noun, "according" for "according to"."""

    def is_quoted(self, word: Word) -> bool:
        """Whether a word is in a quotation."""
        return self.setting.quoted(word)

    @property
    def is_passive(self) -> bool:
        """Whether the cue is passive: "Lee was told that it rained", "Asked whether it rained, Lee left". Its
        subject is not the one who speaks."""
        if self.cue.xpos not in ("VBN", "VBD"):
            return False
        relations = {word.deprel for word in self.sentence.children(self.cue)}
        alone = self.cue.deprel in ("advcl", "acl") and relations.isdisjoint((*SUBJECT, "aux"))
        return (alone and "asking" in self.classes) or not relations.isdisjoint(("aux:pass", "nsubj:pass"))

    @property
    def cue_span(self) -> Span:
        """The characters of the cue; "according to" is one."""
        last = self.sentence.words[self.cue.index + 1] if ACCORDING in self.classes else self.cue
        return Span.of(self.setting.text, self.cue.start, last.end)

    def placed(self, start: int) -> ParsedSetting:
        """The sentence as the setting of a quotation that begins at an offset."""
        place = Span(start, start, "")
        setting = attrs.evolve(self.setting, quotation=Quotation(place, place))
        return setting.at(self.sentence)

    def agent(self, *, after: bool) -> Word | None:
        """The head of the phrase that names who speaks.

        Args:
            after: whether what is said follows the cue.
        """
        return agent_of(self.placed(self.sentence.end if after else self.sentence.start), self.cue)


@attrs.frozen
class Report:
    """What a rule finds for one cue: the words that are reported, and who says them."""

    words: tuple[Word, ...]
    """The reported words, in order; words that are not said may stand between them."""
    source: Word | None
    """The head of the phrase that names the speaker; None if the sentence has none."""
    rule: str = ""
    """Name of the rule."""


@attrs.frozen(kw_only=True)
class ReportRule:
    """A rule that finds indirect speech."""

    name: str
    """Its name; `Attribution.decided_by` of its answers."""
    reason: str
    """Why the answer was given, in a sentence for readers of news."""
    example: str
    """A text in which the rule finds what Ann Lee said; a test runs it."""
    said: str
    """The words that it finds there; parts are joined by " … "."""
    find: Callable[[CueSite], Report | None]
    """Returns the report of a cue; None if the rule does not apply."""

    def propose(self, site: CueSite) -> Report | None:
        """The answer of the rule, with its name."""
        found = self.find(site)
        return attrs.evolve(found, rule=self.name) if found is not None and found.words else None


def cue_sites(text: str, frame: Frame, sentences: Sequence[Sentence]) -> Iterator[CueSite]:
    """Yields every word of saying outside quotations in the sentences of a frame."""
    if not sentences:
        return
    place = Span(sentences[0].start, sentences[0].start, "")
    setting = Setting(text, Quotation(place, place), frame, tuple(sentences), None)
    for sentence in sentences:
        for word in sentence:
            classes = cue_classes(sentence, word)
            if classes and word.start < word.end and not setting.quoted(word):
                yield CueSite(setting, sentence, word, classes)


def _follows_name(sentence: Sentence, colon: Word) -> bool:
    """Whether a colon stands after a name or a noun phrase alone, as in "Ann Lee: Prices will fall"."""
    before, after = sentence.words[: colon.index], sentence.words[colon.index + 1 :]
    named = any(w.upos in ("PROPN", "NOUN") for w in before)
    return named and bool(after) and len(before) <= LABEL_WORDS and all(w.upos in _LABEL for w in before)


def cue_classes(sentence: Sentence, word: Word) -> frozenset[str]:
    """The classes of a word that may be a cue; none for another word."""
    low = word.text.lower()
    if low == ":":
        return frozenset({COLON} if _follows_name(sentence, word) else ())
    if low == ACCORDING:
        follows = sentence.words[word.index + 1 : word.index + 2]
        return frozenset({ACCORDING} if follows and follows[0].text.lower() == "to" else ())
    if word.upos == "VERB" or word.xpos.startswith("VB"):
        classes = verb_classes(word.text, word.lemma)
        return classes if not REPORTING.isdisjoint(classes) else frozenset()
    if word.upos == "NOUN" and is_cue_noun(word.text):
        return frozenset({"nouns"})
    return frozenset({"hearsay"} if is_hearsay(low) else ())
