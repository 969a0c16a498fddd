"""Chooses the speakers of a novel or story, conversation by conversation."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from typing import Any
from typing import cast as typed

import attrs

from quoteattr.attribution import Finding, Setting, parsed_sentences
from quoteattr.coreference import Resolution
from quoteattr.coreference.mention_index import MentionIndex
from quoteattr.coreference.name_gathering import gather_names
from quoteattr.fiction.character_table import build_character_table
from quoteattr.fiction.characters import Character, CharacterNames
from quoteattr.fiction.narrator import find_narrator
from quoteattr.fiction.path import best_path, marginals
from quoteattr.fiction.registry import (
    ACTION,
    CONVERSATION,
    GOES_ON,
    NAMED_CHARACTER,
    NARRATOR,
    PRESENT,
    TELLS,
    TURN,
    VOCATIVE,
)
from quoteattr.fiction.scenes import Book, Scene, Turn, find_scenes, read_book
from quoteattr.fiction.speaker_features import FEATURES, NUMBER, scene_features
from quoteattr.lexicon import DATA, word_list
from quoteattr.schema import Mention, Span, Speaker, SpeakerKind

_LEAST_PROBABILITY = 0.001
"""Probabilities are not taken for nearer to 0 and 1."""
_ADDRESS = ("addressed before", "addressed after")
_NARRATION = (
    "beat named",
    "beat coreference",
    "paragraph subject",
    "paragraph named",
    "paragraph before subject",
    "paragraph before last",
)


@attrs.frozen
class Weights:
    """What each feature is worth."""

    features: Sequence[float]
    """For each of `FEATURES`."""
    moves: Mapping[str, Sequence[float]]
    """For each of `LINKS`: the same speaker, the other one, a third."""
    calibration: tuple[float, float]
    """Slope and constant of the logit of the confidence over that of the probability of the path."""

    def confidence(self, probability: float) -> float:
        """The calibrated confidence for a probability of the path."""
        slope, constant = self.calibration
        return round(1 / (1 + exp(-slope * logit(probability) - constant)), 4)


def logit(probability: float) -> float:
    """The logarithm of the odds of a probability, which is taken within limits.

    >>> logit(0.5), round(logit(1.0))
    (0.0, 7)
    """
    within = min(1 - _LEAST_PROBABILITY, max(_LEAST_PROBABILITY, probability))
    return log(within / (1 - within))


@cache
def load_weights() -> Weights:
    """The weights that ship with the package."""
    content = json.loads((DATA / "conversations.json").read_text(encoding="utf-8"))
    features = [content["features"].get(name, 0.0) for name in FEATURES]
    slope, constant = content["calibration"]
    return Weights(features, content["moves"], (slope, constant))


def find_speakers(
    text: str,
    settings: Sequence[Setting],
    findings: Sequence[Finding],
    resolutions: Sequence[Resolution],
    given: CharacterNames = (),
    weights: Weights | None = None,
) -> tuple[list[Finding], list[Resolution], list[float]]:
    """Chooses the speaker of each quotation of a novel or story.

    Args:
        text: the text.
        settings: its quotations.
        findings: the cue and the mention of each, as in news.
        resolutions: the speaker of each, as in news.
        given: the people whom the caller names.
        weights: those that ship with the package by default.

    Returns:
        For each quotation what was found, the speaker, and the probability that it is the right one.
    """
    book = read_text(text, settings, findings, resolutions, given)
    found, speakers = list(findings), list(resolutions)
    confidences = [finding.confidence for finding in findings]
    weights = weights or load_weights()
    for scene in find_scenes(book):
        if scene.present:
            _choose(book, scene, weights, found, speakers, confidences)
    return found, speakers, confidences


def read_text(
    text: str,
    settings: Sequence[Setting],
    findings: Sequence[Finding],
    resolutions: Sequence[Resolution],
    given: CharacterNames = (),
) -> Book:
    """Reads the characters, the narrator and the quotations of a text; arguments as for `find_speakers`."""
    sentences = parsed_sentences(settings)
    quoted = [setting.quotation.content for setting in settings]
    index = MentionIndex(text, sentences, quoted)
    table = build_character_table(text, gather_names(text, sentences, index), quoted, given)
    narrator = find_narrator(text, settings, findings, table)
    return read_book(text, settings, findings, resolutions, table, index, narrator)


def _choose(
    book: Book,
    scene: Scene,
    weights: Weights,
    found: list[Finding],
    speakers: list[Resolution],
    confidences: list[float],
) -> None:
    """Chooses the speakers of one scene, and writes them into the lists."""
    import numpy as np

    values = scene_features(book, scene)
    scores = (values @ np.array(weights.features)).astype(np.float64)
    moves = [weights.moves[turn.link] for turn in scene.turns]
    odds = marginals(scores, moves)
    path = best_path(scores, moves)
    before: Turn | None = None
    for row, (turn, at) in enumerate(zip(scene.turns, path, strict=True)):
        who, number = scene.present[at], turn.number
        same = before is not None and path[row - 1] == at
        found[number] = _finding(book, turn, who, found[number], values[row, at], before if same else None)
        speakers[number] = _resolution(book, turn, who, speakers[number])
        confidences[number] = weights.confidence(float(odds[row, at]))
        before = turn


def _finding(
    book: Book, turn: Turn, who: Character, finding: Finding, values: Any, before: Turn | None
) -> Finding:
    """What was found for a quotation, in the light of its speaker; `before` is the quotation before, if it
    has the same speaker."""
    goes_on = before is not None and turn.link in ("same_paragraph", "continued")
    follows = before.number if before is not None and goes_on else None
    if turn.tag is not None:
        return attrs.evolve(finding, follows=finding.follows if follows is None else follows)
    if any(values[NUMBER[name]] for name in _ADDRESS):
        rule = VOCATIVE
    elif goes_on:
        rule = GOES_ON
    elif any(values[NUMBER[name]] for name in _NARRATION):
        rule = ACTION
    elif book.narrator is not None and who is book.narrator.character:
        rule = TELLS
    else:
        rule = TURN if turn.link in ("turn", "next") else PRESENT
    mention = _nearest(book, turn, who) or finding.mention
    return Finding(None, mention, None, follows, rule.name, finding.confidence)


def _nearest(book: Book, turn: Turn, who: Character) -> Mention | None:
    """The nearest name of a character before a quotation; if there is none, the next one; for somebody
    unnamed the nearest tag."""
    if who.sites:
        start = _before(who.sites, turn.span.start)
        (site,) = book.table.named_in(start, start + 1)
        return Mention(Span.of(book.text, site.start, site.end), "name")
    if book.narrator is not None and who is book.narrator.character:
        start, end = _before(book.narrator.sites, turn.span.start)
        return Mention(Span.of(book.text, start, end), "pronoun")
    tags = [t.tag for t in book.tagged.get(who, ()) if t.tag is not None]
    return min(tags, key=lambda tag: abs(tag.span.start - turn.span.start), default=None)


def _before(sites: Sequence[Any], offset: int) -> Any:
    """The last site before an offset; if there is none, the first one."""
    at = bisect_left(sites, offset, key=lambda site: site[0] if isinstance(site, tuple) else site)
    return sites[max(0, at - 1)]


def _resolution(book: Book, turn: Turn, who: Character, resolution: Resolution) -> Resolution:
    speaker = speaker_of(who)
    if turn.tag is not None and turn.tag.span.text.casefold() in word_list("fiction", "narrator_pronouns"):
        return Resolution(speaker, NARRATOR.name)
    if turn.tag is not None and turn.tag.kind == "name" and book.spoken[turn.number] is who:
        return Resolution(speaker, NAMED_CHARACTER.name)
    if turn.tag is not None and book.spoken[turn.number] is who and resolution.resolved_by:
        return Resolution(speaker, resolution.resolved_by)
    return Resolution(speaker, CONVERSATION.name)


def speaker_of(who: Character) -> Speaker:
    """A character as a `Speaker` of the results."""
    if who.speaker is None:
        aliases = [form for form in who.forms if form != who.name]
        titles = dict.fromkeys(title for form in who.keys for title in form.titles)
        kind = typed(SpeakerKind, who.kind)
        who.speaker = Speaker(who.name, kind, tuple(aliases), tuple(titles), who.gender)
    return who.speaker
