"""Settings from texts and parses that are written by hand: no model, no recorded parse."""

from __future__ import annotations

from quoteattr.attribution.setting import ParsedSetting, Setting, make_settings
from quoteattr.detection import find_quotations
from quoteattr.parsing.dependency_tree import Word
from quoteattr.parsing.frames import find_frames
from tests.trees import read_parse


def settings_of(text: str, *trees: str) -> list[Setting]:
    """Every quotation of a text in its frame, with sentences in the form of tests/trees.py."""
    quotations = find_quotations(text)
    frames = find_frames(text, quotations)
    sentences = read_parse(text, *trees).sentences
    parses = [
        tuple(s for s in sentences if not f.inside_quotation and f.start <= s.start < f.end) for f in frames
    ]
    return make_settings(text, quotations, frames, parses)


def parsed(text: str, *trees: str) -> ParsedSetting:
    """The last quotation of a text, in its parsed sentence."""
    setting = settings_of(text, *trees)[-1]
    assert isinstance(setting, ParsedSetting)
    return setting


def word(setting: ParsedSetting, form: str) -> Word:
    """The first word of that form in the sentence of the quotation."""
    return next(w for w in setting.sentence if w.text == form)
