"""The benchmark of the resolver by itself: what it reads of GUM, and how it counts."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from benchmarks import links

ROWS = [
    "# newdoc id = GUM_news_bridge",
    "# newpar",
    "1 Ann Ann PROPN NNP _ 3 nsubj _ Entity=(1-person-new-s-cf1-1-coref",
    "2 Lee Lee PROPN NNP _ 1 flat _ Entity=1)",
    "3 met meet VERB VBD _ 0 root _ _",
    "4 her her PRON PRP$ _ 5 nmod:poss _ Entity=(2-person-new-s-cf2-2-coref(1-person-giv-s-cf1-1-ana)",
    "5 aide aide NOUN NN _ 3 obj _ Entity=2)|SpaceAfter=No",
    "6 . . PUNCT . _ 3 punct _ _",
    "",
    "# newpar",
    "1-2 She'd _ _ _ _ _ _ _ _",
    "1 She she PRON PRP _ 3 nsubj _ Entity=(1-person-giv-s-cf1-1-ana)",
    "2 'd have AUX VBD _ 3 aux _ _",
    "3 smiled smile VERB VBN _ 0 root _ SpaceAfter=No",
    "4 . . PUNCT . _ 3 punct _ _",
    "",
]


@pytest.fixture
def bridge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> links.Document:
    (tmp_path / "ud").mkdir()
    rows = "\n".join(row if row.startswith("#") else row.replace(" ", "\t") for row in ROWS) + "\n"
    (tmp_path / "ud" / "en_gum-ud-test.conllu.xz").write_bytes(lzma.compress(rows.encode()))
    monkeypatch.setenv("QUOTEATTR_DATA", str(tmp_path))
    [document], _ = links.read("test")
    return document


def test_words_and_mentions_are_spans_of_the_text(bridge: links.Document) -> None:
    assert bridge.text.startswith("Ann Lee met her aide.\n\nShe'd smiled.")
    assert [bridge.text[w.start : w.end] for w in bridge.sentences[0]] == "Ann Lee met her aide .".split()
    assert [(m.mention.span.text, m.mention.kind, m.chain) for m in bridge.mentions] == [
        ("Ann Lee", "name", 1),
        ("her", "pronoun", 1),
        ("her aide", "nominal", 2),
        ("She", "pronoun", 1),
    ]


def test_a_link_goes_to_the_nearest_mention_of_the_same_person(bridge: links.Document) -> None:
    found = list(links.links(bridge))
    assert [link.right and link.right.mention.span.text for link in found] == [None, "Ann Lee", None, "her"]
    assert [link.answer and link.answer.mention.span.text for link in found] == [None, "Ann Lee", None, "her"]
    assert links.figures(found)["pronoun.f1"] == 1.0


def test_other_genres_are_left_out(bridge: links.Document) -> None:
    assert links.read("test", ["court"])[0] == []


def test_a_wrong_link_costs_precision_and_recall(bridge: links.Document) -> None:
    name, her, aide, she = (link.mention for link in links.links(bridge))
    found = [links.Link(her, name, name, "Ann Lee"), links.Link(she, her, aide, "aide")]
    assert {k: v for k, v in links.figures(found).items() if k.startswith("pronoun")} == {
        "pronoun.p": 0.5,
        "pronoun.r": 0.5,
        "pronoun.f1": 0.5,
    }


def test_no_mention_no_figure() -> None:
    assert set(links.figures([]).values()) == {0.0}
