"""Fits the weights of the conversation stage to LitBank, by the likelihood of the gold speakers of each
scene.

A scene is a chain: the speaker of a quotation is that of the one before, the last other one, or a third.
The likelihood sums over all paths through the right speakers, in the same way as `quoteattr.fiction.path`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import torch

from benchmarks.fiction.books import Book
from benchmarks.fiction.names import meant
from quoteattr.attribution import find_cues, parsed_sentences
from quoteattr.coreference import resolve, speaker_mentions
from quoteattr.fiction import scenes as fiction_scenes
from quoteattr.fiction.characters import Character
from quoteattr.fiction.conversations import Weights, find_speakers, read_text
from quoteattr.fiction.narrator import NAME
from quoteattr.fiction.scenes import LINKS, Scene, find_scenes
from quoteattr.fiction.speaker_features import FEATURES, scene_features
from quoteattr.pipeline import parse_articles
from quoteattr.schema import Attribution

PENALTY = 0.003
"""How much large weights cost; of 0.0005 and 0.003 the better one in five-fold cross-validation."""
STEPS = 35
"""Most steps of the optimiser."""
CONTINUED = (4.0, -2.0, -2.0)
"""Where the weights of a quotation that continues an unclosed one begin: LitBank's texts have none, and a
paragraph that continues a speech has the same speaker by the convention of print."""
DECISIVE = {"tag name": 3.0, "tag name other": -3.0, "tag first person": 3.0, "tag first person other": -3.0}
"""Where the weights of the words that name the speaker begin: they decide unless the chain speaks strongly
for somebody else. Set by hand."""
FIRST_PERSON = ("i", "we")


@attrs.frozen
class Example:
    """A scene with its right speakers."""

    values: Any
    """Quotations, characters, features."""
    right: Any
    """For each quotation and character, whether it is the speaker. A quotation without gold has only
    False."""
    links: Sequence[int]
    """How each quotation follows the one before, as a number of `LINKS`."""


@attrs.frozen
class Fitted:
    """The weights."""

    features: Any
    """For each of `FEATURES`."""
    moves: Any
    """For each of `LINKS`: the same speaker, the other one, a third."""


def examples(book: Book) -> list[Example]:
    """The scenes of a book that have a right speaker."""
    read = _read(book.text)
    if read is None:
        return []
    scenes = [(scene, scene_features(read, scene)) for scene in find_scenes(read)]
    contents = [(turn.content.start, turn.content.end) for turn in read.turns]
    matched = {at: number for (number, _), at in book.found(contents).items() if number in set(book.judged)}
    gold = {read.turns[at].number: book.quotes[number]["speaker"] for at, number in matched.items()}
    own = Counter(
        gold[turn.number]
        for turn in read.turns
        if turn.number in gold and turn.tag is not None and turn.tag.span.text.casefold() in FIRST_PERSON
    )
    teller = own.most_common(1)[0][0] if own and read.narrator is not None else None
    names: dict[str, set[str]] = {}

    def is_right(character: Character, speaker: str | None) -> bool:
        if speaker is None:
            return False
        if read.narrator is not None and character is read.narrator.character and speaker == teller:
            return True
        if character.name not in names:
            names[character.name] = (
                set() if character.name == NAME else meant(book.characters, character.name)
            )
        return speaker in names[character.name]

    found = []
    for scene, values in scenes:
        right = np.array(
            [[is_right(c, gold.get(t.number)) for c in scene.present] for t in scene.turns], bool
        )
        if right.any():
            found.append(Example(values, right, _links(scene)))
    return found


def attributed(text: str, weights: Weights) -> list[Attribution]:
    """The answers for a text with other weights than those that ship."""
    settings = parse_articles([text], style="fiction")[0].settings
    findings = find_cues(settings)
    quoted = [setting.content for setting in settings]
    resolutions = resolve(text, speaker_mentions(findings, ()), parsed_sentences(settings), quoted)
    found, speakers, confidences = find_speakers(text, settings, findings, resolutions, (), weights)
    return [
        Attribution(s.quotation, f.cue, f.mention, r.speaker, confidence=c, decided_by=f.rule)
        for s, f, r, c in zip(settings, found, speakers, confidences, strict=True)
    ]


def _read(text: str) -> fiction_scenes.Book | None:
    settings = parse_articles([text], style="fiction")[0].settings
    if not settings:
        return None
    findings = find_cues(settings)
    quoted = [setting.content for setting in settings]
    resolutions = resolve(text, speaker_mentions(findings, ()), parsed_sentences(settings), quoted)
    return read_text(text, settings, findings, resolutions)


def _links(scene: Scene) -> list[int]:
    return [LINKS.index(turn.link) for turn in scene.turns]


def fit(scenes: Sequence[Example]) -> Fitted:
    """Fits the weights to some scenes; the same scenes give the same weights."""
    batch = _Batch(scenes)
    expected = torch.tensor([DECISIVE.get(name, 0.0) for name in FEATURES])
    features = expected.clone().requires_grad_(True)
    begin = torch.zeros(len(LINKS), 3)
    begin[LINKS.index("continued")] = torch.tensor(CONTINUED)
    moves = begin.clone().requires_grad_(True)
    optimiser = torch.optim.LBFGS(
        [features, moves], lr=1, max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe"
    )

    def loss() -> Any:
        optimiser.zero_grad()
        penalty = PENALTY * (((features - expected) ** 2).sum() + ((moves - begin) ** 2).sum()) / 10
        value = batch.loss(features, moves) + penalty
        value.backward()
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return Fitted(features.detach().numpy(), moves.detach().numpy())


class _Batch:
    """Scenes of different sizes in one array each."""

    def __init__(self, scenes: Sequence[Example]) -> None:
        turns, people = (max(e.right.shape[axis] for e in scenes) for axis in (0, 1))
        shape = len(scenes), turns, people
        values = np.zeros((*shape, len(FEATURES)), np.float32)
        present, right = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        links, lasts = np.zeros(shape[:2], np.int64), np.zeros(shape[:2], np.float32)
        for number, scene in enumerate(scenes):
            rows, columns = scene.right.shape
            values[number, :rows, :columns] = scene.values
            present[number, :rows, :columns] = 1
            right[number, :rows, :columns] = np.where(scene.right.any(1, keepdims=True), scene.right, 1)
            links[number, :rows], lasts[number, :rows] = scene.links, 1
        self._values, self._present, self._right = map(torch.from_numpy, (values, present, right))
        self._links, self._lasts = torch.from_numpy(links), torch.from_numpy(lasts)
        self._diagonal = torch.eye(people, dtype=torch.bool)[None]
        self._judged = sum(int(scene.right.any(1).sum()) for scene in scenes)

    def loss(self, features: Any, moves: Any) -> Any:
        """The negative logarithm of the likelihood of the right speakers, for each quotation with gold."""
        scores = self._values @ features
        most = scores.masked_fill(self._present == 0, -1e9).amax(2, keepdim=True).clamp(min=-1e8)
        weights = (scores - most).clamp(min=-40, max=0).exp() * self._present
        every, right = (self._total(weights * some, moves.exp()) for some in (self._present, self._right))
        return (every - right) / self._judged

    def _total(self, weights: Any, moves: Any) -> Any:
        """The logarithm of the sum over all paths."""
        state = weights[:, 0][:, :, None] * self._present[:, 0][:, None, :]
        total = state.sum((1, 2))
        state, logarithm = state / total[:, None, None], total.log()
        for row in range(1, weights.shape[1]):
            move = moves[self._links[:, row]][:, :, None, None]
            other = (state.transpose(1, 2) * move[:, 1]).masked_fill(self._diagonal, 0)
            rest = (state.sum(2)[:, None, :] - state.transpose(1, 2)).clamp(min=0)
            third = (rest * move[:, 2]).masked_fill(self._diagonal, 0)
            after = (state * move[:, 0] + other + third) * weights[:, row][:, :, None] + 1e-30
            total = after.sum((1, 2))
            lasts = self._lasts[:, row]
            logarithm = logarithm + total.log() * lasts
            state = torch.where(lasts[:, None, None] > 0, after / total[:, None, None], state)
        return logarithm.sum()
