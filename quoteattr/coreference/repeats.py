"""Repeated quotations: a heading or a later sentence that repeats quoted words gets the speaker of these
words.

A headline, a heading or a pull quote such as “Nobody rang us” often does not name its speaker, but the
article quotes the same words again and says who spoke them. In the body of an article, the sentence around a
quotation is better evidence, because two people often use the same few words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import regex

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.registry import NOBODY_IN_HEADINGS, REPEATED
from quoteattr.attribution.setting import Setting
from quoteattr.coreference.resolver import Resolution
from quoteattr.detection.marks import APOSTROPHE
from quoteattr.schema import Speaker

MIN_CONFIDENCE = 0.85
"""Least confidence of a speaker who is also given to the repetition. On PolNeAR's training articles, all
section headings that repeat the words of such a speaker have the same speaker, as do eight or nine of ten
headlines."""
_HEADLINE_CONFIDENCE = 0.9
"""Least confidence at which a headline keeps the speaker that its own sentence gives, and at which a speaker
is given to a headline."""
_MAX_CONFIDENCE = 0.95
"""Highest confidence of a repeated quotation: of 57 on PolNeAR's articles three have a wrong speaker."""
_QUOTATIONS_AROUND = 60
"""Quotations on either side that are compared. The words that a heading repeats usually follow soon."""
_LONGEST_HEADLINE = 160
"""Most characters of a headline. All 163 headlines with a quotation in PolNeAR's articles have fewer."""
_WORDS_IN_HEADLINE = 4
"""Least number of repeated words in a headline that does not name the speaker. Fewer words may be a term:
‘religious liberty’ law."""
_WORDS_QUOTED_BACK = 3
"""Least number of repeated words in a sentence of the text."""
_WORDS_IN_HEADING = 2
"""Least number of repeated words in a heading above a section."""

_WORD = regex.compile(r"\w+(?:'\w+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHE, "'"))
_LETTER = regex.compile(r"\w")
_SOMETHING = regex.compile(r"\S")
# "there was more than |“one or two”", "it was anything but a |“slip”"
_QUOTED_BACK = regex.compile(
    r"\b(?:more\sthan|far\sfrom|anything\sbut|hardly|so\smuch\sfor)\s(?:(?:an?|the|those|his|her|their)\s)?\Z",
    regex.IGNORECASE,
)


def share_speakers(
    settings: Sequence[Setting], findings: Sequence[Finding], resolutions: Sequence[Resolution]
) -> tuple[list[Finding], list[Resolution]]:
    """Gives each quotation that repeats the words of another one its speaker.

    Args:
        settings: every quotation of an article.
        findings: the cue and mention of each.
        resolutions: the speaker of each.

    Returns:
        The finding and the resolution of each quotation; most are the given ones.

    >>> share_speakers([], [], [])
    ([], [])
    """
    sources = _sources(settings, findings, [resolution.speaker for resolution in resolutions])
    shared = [f if n is None else _as_repeated(findings[n]) for f, n in zip(findings, sources, strict=True)]
    return shared, [r if n is None else resolutions[n] for r, n in zip(resolutions, sources, strict=True)]


def _sources(
    settings: Sequence[Setting], findings: Sequence[Finding], speakers: Sequence[Speaker | None]
) -> list[int | None]:
    """For each quotation, the index of the one that it repeats; None if it keeps its own speaker."""
    asking = {n for n, (s, f) in enumerate(zip(settings, findings, strict=True)) if _may_repeat(s, f)}
    words = [_normalized(setting.content.text) for setting in settings] if asking else []
    article = _Article(settings, findings, speakers, words)
    return [article.source(n) if n in asking else None for n in range(len(settings))]


def _as_repeated(finding: Finding) -> Finding:
    """The finding of a quotation, changed into that of a quotation that repeats it."""
    confidence = min(_MAX_CONFIDENCE, finding.confidence)
    return attrs.evolve(finding, cue=None, rule=REPEATED.name, confidence=confidence)


def _normalized(text: str) -> str:
    """The words in lower case, each between blanks."""
    return f" {' '.join(_WORD.findall(text.casefold().translate(_APOSTROPHES)))} "


def _may_repeat(setting: Setting, finding: Finding) -> bool:
    """Whether the quotation may get its speaker from another one with the same words: whether its own
    sentence is weaker evidence."""
    if setting.frame.inside_quotation or finding.rule in NOBODY_IN_HEADINGS:
        return False
    return (
        _is_heading(setting)
        or (finding.confidence < _HEADLINE_CONFIDENCE and _is_headline(setting))
        or (finding.confidence < MIN_CONFIDENCE and bool(_QUOTED_BACK.search(setting.before())))
    )


def _is_heading(setting: Setting) -> bool:
    """Whether the quotation is a paragraph by itself."""
    text, frame, outer = setting.text, setting.frame, setting.quotation.outer
    beside = _LETTER.search(text, frame.start, outer.start) or _LETTER.search(text, outer.end, frame.end)
    return beside is None and not setting.introduced


def _is_headline(setting: Setting) -> bool:
    """Whether the quotation stands in a short first paragraph with others below."""
    text, start, end = setting.text, setting.frame.start, setting.frame.end
    return end <= _LONGEST_HEADLINE and not text[:start].strip() and bool(_SOMETHING.search(text, end))


@attrs.frozen
class _Article:
    """The quotations of an article and their speakers."""

    settings: Sequence[Setting]
    findings: Sequence[Finding]
    speakers: Sequence[Speaker | None]
    words: Sequence[str]
    """The normalized words of each quotation."""

    def source(self, number: int) -> int | None:
        """The quotation that this one repeats; None if there is none, or if the quotations with its words
        have different speakers."""
        setting, count = self.settings[number], self.words[number].count(" ") - 1
        found = [n for n in self._others(number) if self.words[number] in self.words[n]]
        if count < _WORDS_IN_HEADING or len({self.speakers[n] for n in found}) != 1:
            return None
        if _is_heading(setting):
            return min(found, key=lambda n: abs(n - number))
        if _is_headline(setting):
            enough = count >= _WORDS_IN_HEADLINE or self._names_speaker(setting, found[0])
            return found[0] if enough else None
        return found[-1] if count >= _WORDS_QUOTED_BACK and found[-1] < number else None

    def _others(self, number: int) -> Iterator[int]:
        """The quotations before and after it whose speaker has a high confidence; for a headline it must be
        higher."""
        own = self.settings[number].quotation.outer
        last = min(len(self.settings), number + _QUOTATIONS_AROUND + 1)
        for n in range(max(0, number - _QUOTATIONS_AROUND), last):
            outer = self.settings[n].quotation.outer
            apart = outer.end <= own.start or own.end <= outer.start
            least = _HEADLINE_CONFIDENCE if _is_headline(self.settings[n]) else MIN_CONFIDENCE
            if apart and self.speakers[n] is not None and self.findings[n].confidence >= least:
                yield n

    def _names_speaker(self, setting: Setting, number: int) -> bool:
        """Whether the headline contains the surname of the speaker of another quotation."""
        speaker = self.speakers[number]
        return speaker is not None and speaker.name.split()[-1] in setting.text[: setting.frame.end]
