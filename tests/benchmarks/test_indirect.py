"""Training and measuring of reports: the trained network and the one that is run are the same."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import torch

from benchmarks.indirect import training
from benchmarks.indirect.gold import Row, Words, gold_rows, judge, total
from benchmarks.indirect.measure import calibration_error
from benchmarks.indirect.sites import labelled_sites
from quoteattr.indirect.labels import CONTENT
from quoteattr.indirect.tag_features import SentenceFeatures, SiteFeatures
from quoteattr.indirect.tagger import read_weights, tag_sites

NAMES = ("a", "b", "c", "d")


def features(words: list[tuple[str, ...]]) -> SiteFeatures:
    own = SentenceFeatures(tuple(word[:1] for word in words), ())
    return SiteFeatures(own, ("d",), tuple(word[1:] for word in words))


SENTENCES = [
    features([("a",), ("b", "c"), ("c",), ("a", "unknown")]),
    features([("b",), ("a", "b")]),
    features([("c", "a")]),
]


def test_the_tagger_finds_the_likeliest_labels_of_the_trained_network(tmp_path: Path) -> None:
    torch.manual_seed(3)
    network = training.Network(len(NAMES)).eval()
    for weights in network.parameters():
        torch.nn.init.normal_(weights, 0, 0.7)
    with torch.no_grad():
        network.table.weight[0] = 0
    training.write_weights(NAMES, network.state_dict(), tmp_path / "weights.npz")
    tagged = tag_sites(SENTENCES, read_weights(tmp_path / "weights.npz"))
    for site, found in zip(SENTENCES, tagged, strict=True):
        chances = chances_of(network, site)
        some = sum(chance for labels, chance in chances.items() if CONTENT in labels)
        best = max((labels for labels in chances if CONTENT in labels), key=chances.__getitem__)
        assert found.content == tuple(i for i, label in enumerate(best) if label == CONTENT)
        assert found.probability == pytest.approx(some, abs=0.01)
        assert found.certainty == pytest.approx(chances[best], abs=0.01)


def chances_of(network: training.Network, site: SiteFeatures) -> dict[tuple[int, ...], float]:
    """The probability of every chain of labels."""
    number = len(site.words)
    rows = [[1 + NAMES.index(f) for f in site.of_word(i) if f in NAMES] for i in range(number)]
    numbers = torch.tensor([row + [0] * (4 - len(row)) for row in rows])[None]
    lengths = torch.tensor([number])
    with torch.no_grad():
        scores = network(numbers, lengths)
        return {
            labels: float(torch.exp(-network.loss(scores, torch.tensor([labels]), lengths))[0])
            for labels in product(range(3), repeat=number)
        }


TEXT = "Ann Lee said that prices would fall. Bob Day thinks they will rise."


def gold(said: str, source: str, **more: Any) -> dict[str, Any]:
    def spans(words: str) -> list[list[int]]:
        return [[TEXT.index(words), TEXT.index(words) + len(words)]] if words else []

    kind = {"type": "indirect", "class": "speech", "form": "clause"} | more
    return {"content_spans": spans(said), "source_spans": spans(source), "cue_spans": spans("said"), **kind}


def row(said: str, source: str) -> Row:
    words = Words(TEXT)
    spans = [(TEXT.index(part), TEXT.index(part) + len(part)) for part in (said, source) if part]
    return Row(words.at(spans[:1], content=True), words.at(spans[1:]))


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (row("that prices would fall", "Lee"), True),
        (row("prices would fall", "Ann Lee"), True),
        (row("prices would", "Ann Lee"), False),
        (row("prices would fall", ""), False),
        (row("prices would fall", "Bob Day"), False),
    ],
)
def test_an_answer_is_right_if_words_and_source_are(answer: Row, right: bool) -> None:
    rows = gold_rows(Words(TEXT), [gold("prices would fall", "Ann Lee")])
    score, _ = total([judge(rows, [answer])])
    assert (score.right, score.answers, score.found, score.wanted) == (right, 1, right, 1)


def test_beliefs_are_neither_right_nor_wrong() -> None:
    rows = gold_rows(Words(TEXT), [gold("they will rise", "Bob Day", **{"class": "mind"})])
    score, _ = total([judge(rows, [row("they will rise", "Bob Day")])])
    assert (score.answers, score.wanted) == (0, 0)


def test_what_nobody_marked_is_wrong() -> None:
    score, judged = total([judge([], [row("they will rise", "Bob Day")])])
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)
    assert calibration_error(judged) == 0.0


@pytest.mark.slow
def test_sites_have_the_labels_of_the_gold() -> None:
    article = {"text": TEXT, "attributions": [gold("prices would fall", "Ann Lee")]}
    [site] = labelled_sites([article])
    assert site.labels == (2, 2, 0, 0, 1, 1, 1, 0)
    assert site.weight == 1.0
