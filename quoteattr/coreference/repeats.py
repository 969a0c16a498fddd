"""Words that a heading repeats, or that the text quotes back: whoever says them elsewhere is their speaker.

“Nobody rang us” in a headline, above a section or as a pull quote stands in no sentence that tells the
speaker, or in one that no parser reads; the article below has the words again, and says whose they are.
Inside the article the sentence knows better: of the training articles' scraps that somebody else speaks
elsewhere, most are a second person's, who agrees, mocks or only uses a common phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import regex

from quoteattr.attribution.finding import Finding
from quoteattr.attribution.registry import NOBODY_IN_HEADINGS, REPEATED
from quoteattr.attribution.setting import Setting
from quoteattr.detection.marks import APOSTROPHE
from quoteattr.schema import Speaker

SURE = 0.85
"""How probable a speaker must be to be believed elsewhere. In PolNeAR's training articles no heading above a
section that repeats such words is wrong, and one or two headlines in ten."""
_UNSURE = 0.9
"""How probable the headline's own answer must be to stand."""
_REPEATED = 0.95
"""The most probable that an answer of this module is: of 57 on PolNeAR's articles three are wrong."""
_NEAR = 60
"""Quotations on either side that are looked at: a heading stands above what it repeats."""
_LONGEST_HEADLINE = 160
"""Characters; all 163 headlines with a quotation in PolNeAR's articles have less."""
_TELLING = 4
"""Words that are enough in a headline that does not name who says them below; fewer may be a term: ‘religious
liberty’ law."""
_COUNTED = 3
"""Words that are enough where the text quotes them back."""
_FEWEST = 2
"""Words that are enough in a heading."""

_WORD = regex.compile(r"\w+(?:'\w+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHE, "'"))
_LETTER = regex.compile(r"\w")
_SOMETHING = regex.compile(r"\S")
# "there was more than |“one or two”", "it was anything but a |“slip”"
_BACK = regex.compile(
    r"\b(?:more\sthan|far\sfrom|anything\sbut|hardly|so\smuch\sfor)\s(?:(?:an?|the|those|his|her|their)\s)?\Z",
    regex.IGNORECASE,
)


def repeated(
    settings: Sequence[Setting], findings: Sequence[Finding], speakers: Sequence[Speaker | None]
) -> list[int | None]:
    """For each quotation the number of the one whose speaker it has because it repeats its words.

    Args:
        settings: every quotation of an article.
        findings: what was found for each.
        speakers: who that is.

    Returns:
        A number for each; None, which most are, where the quotation's own answer stands.

    >>> repeated([], [], [])
    []
    """
    asking = {n for n, (s, f) in enumerate(zip(settings, findings, strict=True)) if _asks(s, f)}
    heard = [_folded(setting.content.text) for setting in settings] if asking else []
    said = _Said(settings, findings, speakers, heard)
    return [said.source(n) if n in asking else None for n in range(len(settings))]


def repeating(finding: Finding) -> Finding:
    """What was found for the source, as the answer for who repeats it."""
    return attrs.evolve(finding, cue=None, rule=REPEATED.name, confidence=min(_REPEATED, finding.confidence))


def _folded(text: str) -> str:
    """The words in small letters, each between blanks."""
    return f" {' '.join(_WORD.findall(text.casefold().translate(_APOSTROPHES)))} "


def _asks(setting: Setting, finding: Finding) -> bool:
    """Whether the quotation stands where its own answer counts for less than an echo."""
    if setting.frame.inside_quotation or finding.rule in NOBODY_IN_HEADINGS:
        return False
    return (
        _is_heading(setting)
        or (finding.confidence < _UNSURE and _is_headline(setting))
        or (finding.confidence < SURE and bool(_BACK.search(setting.before())))
    )


def _is_heading(setting: Setting) -> bool:
    """A paragraph of nothing but this quotation."""
    text, frame, outer = setting.text, setting.frame, setting.quotation.outer
    beside = _LETTER.search(text, frame.start, outer.start) or _LETTER.search(text, outer.end, frame.end)
    return beside is None and not setting.introduced


def _is_headline(setting: Setting) -> bool:
    """A short first paragraph, with others below."""
    text, start, end = setting.text, setting.frame.start, setting.frame.end
    return end <= _LONGEST_HEADLINE and not text[:start].strip() and bool(_SOMETHING.search(text, end))


@attrs.frozen
class _Said:
    """The quotations of an article, with who speaks."""

    settings: Sequence[Setting]
    findings: Sequence[Finding]
    speakers: Sequence[Speaker | None]
    heard: Sequence[str]
    """The words of each, folded."""

    def source(self, number: int) -> int | None:
        """The quotation whose words this one repeats, if all that have them are surely of one speaker."""
        setting, count = self.settings[number], self.heard[number].count(" ") - 1
        found = [n for n in self._others(number) if self.heard[number] in self.heard[n]]
        if count < _FEWEST or len({self.speakers[n] for n in found}) != 1:
            return None
        if _is_heading(setting):
            return min(found, key=lambda n: abs(n - number))
        if _is_headline(setting):
            return found[0] if count >= _TELLING or self._names(setting, found[0]) else None
        return found[-1] if count >= _COUNTED and found[-1] < number else None

    def _others(self, number: int) -> Iterator[int]:
        """The quotations near of a sure speaker; one in a headline has to be surer."""
        mine = self.settings[number].quotation.outer
        for n in range(max(0, number - _NEAR), min(len(self.settings), number + _NEAR + 1)):
            outer = self.settings[n].quotation.outer
            apart = outer.end <= mine.start or mine.end <= outer.start
            least = _UNSURE if _is_headline(self.settings[n]) else SURE
            if apart and self.speakers[n] is not None and self.findings[n].confidence >= least:
                yield n

    def _names(self, setting: Setting, number: int) -> bool:
        """Whether the headline has the last name of whoever speaks there."""
        speaker = self.speakers[number]
        return speaker is not None and speaker.name.split()[-1] in setting.text[: setting.frame.end]
