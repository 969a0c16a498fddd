"""The treebank steps of the training recipe, on sentences small enough to read."""

from __future__ import annotations

import random
import re

import pytest
from attrs import evolve

from benchmarks.training import conllu, frames, pack, recombine, styles, treebanks, trees, vectors
from benchmarks.training.conllu import Sentence

# Each row: form, UPOS, XPOS, head, deprel; a form that ends in "_" has no space after it.
SAID = """
"_          PUNCT ``   5 punct
It          PRON  PRP  5 nsubj
was         AUX   VBD  5 cop
an          DET   DT   5 det
emergency_  NOUN  NN   9 ccomp
,_          PUNCT ,    5 punct
"           PUNCT ''   5 punct
Fishman     PROPN NNP  9 nsubj
said_       VERB  VBD  0 root
.           PUNCT .    9 punct
"""

INVERTED = """
"_          PUNCT ``   5 punct
They        PRON  PRP  5 nsubj
do          AUX   VBP  5 aux
n't         PART  RB   5 advmod
work_       VERB  VB   8 ccomp
,_          PUNCT ,    5 punct
"           PUNCT ''   5 punct
said        VERB  VBD  0 root
Ann         PROPN NNP  8 nsubj
Lee_        PROPN NNP  9 flat
,           PUNCT ,    12 punct
mayor       NOUN  NN   9 appos
of          ADP   IN   14 case
Ayr_        PROPN NNP  12 nmod
.           PUNCT .    8 punct
"""


def sentence(rows: str) -> Sentence:
    """A sentence of rows as above; "do" and "n't" make a multiword token."""
    lines = []
    for number, row in enumerate(rows.strip().splitlines(), 1):
        form, upos, xpos, head, deprel = row.split()
        misc = "SpaceAfter=No" if form.endswith("_") else "_"
        form = form.removesuffix("_")
        if form == "do":
            lines.append(f"{number}-{number + 1}\tdon't" + "\t_" * 8)
        lemma = {"said": "say", "told": "tell"}.get(form, form.lower())
        cells = [str(number), form, lemma, upos, xpos, "_", head, deprel, "_", misc]
        lines.append("\t".join(cells))
    [read] = conllu.read(lines)
    return read


def tree(of: Sentence) -> list[tuple[str, str, str]]:
    """Each word with its relation and its head: what a reader checks a tree by."""
    return [(w.form, w.deprel, of.words[w.head - 1].form if w.head else "") for w in of.words]


def is_tree(of: Sentence) -> bool:
    """Whether there is one root and every word comes to it."""
    if [w.head for w in of.words].count(0) != 1:
        return False
    root = next(n for n, w in enumerate(of.words, 1) if w.head == 0)
    return trees.descendants(of, root) == list(range(1, len(of.words) + 1))


class TestConllu:
    def test_text_takes_multiword_tokens_whole(self) -> None:
        assert conllu.text(sentence(INVERTED)) == '"They don\'t work," said Ann Lee, mayor of Ayr.'

    def test_what_is_written_is_read_back(self) -> None:
        original = evolve(sentence(INVERTED), opens_paragraph=True)
        assert list(conllu.read(conllu.write([original]).splitlines())) == [original]

    def test_empty_nodes_feats_and_misc_are_dropped(self) -> None:
        rows = ["1\tGo\tgo\tVERB\tVB\tMood=Imp\t0\troot\t0:root\tEntity=(1)", "1.1\tx" + "\t_" * 8]
        assert conllu.write(conllu.read(rows)).splitlines()[1:2] == ["1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_"]

    def test_paragraphs_open_at_newpar(self) -> None:
        one = sentence(SAID)
        opened = evolve(one, opens_paragraph=True)
        assert [len(p) for p in conllu.paragraphs([opened, one, opened])] == [2, 1]


class TestTrees:
    def test_phrase_is_cut_out_with_a_root_of_its_own(self) -> None:
        cut = trees.phrase(sentence(INVERTED), [12, 13, 14])
        assert cut is not None
        assert tree(cut) == [("mayor", "appos", ""), ("of", "case", "Ayr"), ("Ayr", "nmod", "mayor")]

    @pytest.mark.parametrize(
        "numbers", [[9, 10, 12], [7, 8], [3]], ids=["broken", "two tops", "half a token"]
    )
    def test_what_is_no_phrase_is_none(self, numbers: list[int]) -> None:
        assert trees.phrase(sentence(INVERTED), numbers) is None

    def test_join_hangs_every_piece_from_the_root_piece(self) -> None:
        he = trees.phrase(sentence(SAID), [8])
        said = trees.phrase(sentence(SAID), [9])
        assert he is not None
        assert said is not None
        joined = trees.join([(he, "nsubj"), (said, "root")])
        assert tree(joined) == [("Fishman", "nsubj", "said"), ("said", "root", "")]


class TestStyles:
    @pytest.mark.parametrize(
        ("style", "expected"),
        [
            (0, '"They don\'t work," said Ann Lee, mayor of Ayr.'),
            (1, "“They don’t work,” said Ann Lee, mayor of Ayr."),
            (2, "‘They don’t work,’ said Ann Lee, mayor of Ayr."),
            (3, "'They don't work,' said Ann Lee, mayor of Ayr."),
        ],
    )
    def test_each_style(self, style: int, expected: str) -> None:
        [styled] = styles.restyle([sentence(INVERTED)], styles.STYLES[style])
        assert conllu.text(styled) == expected

    def test_curly_goes_back_to_straight(self) -> None:
        straight = [sentence(INVERTED)]
        there = styles.restyle(straight, styles.STYLES[2])
        assert styles.restyle(there, styles.STYLES[0]) == straight

    def test_an_apostrophe_alone_is_no_mark(self) -> None:
        [word] = sentence("' PART POS 0 root").words
        assert not styles.is_mark(word)

    def test_a_quoted_paragraph_comes_in_every_style_and_others_once(self) -> None:
        quoted, plain = [sentence(SAID)], [sentence("Go VERB VB 0 root")]
        texts = {conllu.text(v[0])[0] for v in styles.styled(quoted, random.Random(1))}
        assert texts == {'"', "'", "“", "‘"}
        assert styles.styled(plain, random.Random(1)) == [plain]


class TestFrames:
    def test_works_takes_the_place_of_the_quotation(self) -> None:
        frame = frames.masked(sentence(SAID))
        assert frame is not None
        assert conllu.text(frame) == '"It works," Fishman said.'
        assert tree(frame)[:5] == [
            ('"', "punct", "works"),
            ("It", "nsubj", "works"),
            ("works", "ccomp", "said"),
            (",", "punct", "works"),
            ('"', "punct", "works"),
        ]

    def test_short_quotations_stay(self) -> None:
        assert frames.masked(sentence(INVERTED)) is None

    def test_a_mark_without_its_partner_gets_one(self) -> None:
        whole = sentence(SAID)
        opened = evolve(whole, words=tuple(evolve(w, head=max(w.head - 1, 0)) for w in whole.words[1:]))
        frame = frames.masked(opened)
        assert frame is not None
        assert conllu.text(frame) == '"It works," Fishman said.'

    def test_a_stretch_under_two_heads_is_left_alone(self) -> None:
        words = list(sentence(SAID).words)
        words[1] = evolve(words[1], head=8)  # "It" under "Fishman", "emergency" under "said"
        assert frames.masked(Sentence(tuple(words))) is None

    def test_the_same_frame_is_kept_twice_at_most(self) -> None:
        assert len(list(frames.made_from([sentence(SAID)] * 5))) == frames.COPIES

    def test_lower_case_stays_lower(self) -> None:
        words = list(sentence(SAID).words)
        words[1] = evolve(words[1], form="it")
        frame = frames.masked(Sentence(tuple(words)))
        assert frame is not None
        assert conllu.text(frame).startswith('"it works,"')


ON_MONDAY = """
He     PRON  PRP 2 nsubj
said   VERB  VBD 0 root
on     ADP   IN  4 case
Monday PROPN NNP 2 obl
"""


class TestRecombine:
    @pytest.fixture
    def parts(self) -> recombine.Parts:
        found = recombine.found_in([sentence(INVERTED), sentence(SAID), sentence(ON_MONDAY)])
        return evolve(found, audiences=[recombine._noun_phrase("the court")])

    def test_parts_are_found(self, parts: recombine.Parts) -> None:
        assert [conllu.text(part) for part in parts.speakers] == ["Ann Lee, mayor of Ayr", "Fishman"]
        assert [conllu.text(part) for part in parts.pronouns] == ["he"]
        assert [conllu.text(part) for part in parts.circumstances] == ["on Monday"]

    def test_every_frame_is_a_tree_and_well_spaced(self, parts: recombine.Parts) -> None:
        for paragraph in recombine.made_from(parts, 500, random.Random(1)):
            for frame in paragraph:
                assert is_tree(frame), conllu.text(frame)
                assert not re.search(r"\s[,.]|\s\s|[,:][^\s\"]", conllu.text(frame)), conllu.text(frame)

    def test_the_speaker_hangs_from_the_verb(self, parts: recombine.Parts) -> None:
        only = evolve(parts, speakers=parts.speakers[1:])
        [frame, *_] = recombine._inverted(only, random.Random(3))
        assert ("Fishman", "nsubj") in {(form, deprel) for form, deprel, _ in tree(frame)}

    def test_an_apposition_is_closed_before_more_follows(self, parts: recombine.Parts) -> None:
        only = evolve(parts, speakers=parts.speakers[:1])
        made = [recombine._inverted(only, random.Random(seed))[0] for seed in range(60)]
        texts = {conllu.text(frame).partition("Ann Lee, mayor of Ayr")[2] for frame in made}
        assert {".", ", on Monday."} <= texts

    @pytest.mark.parametrize(
        ("text", "relations"),
        [
            ("in a statement", ["case", "det", "obl"]),
            ("last week", ["amod", "obl:unmarked"]),
            ("the Daily Mail", ["det", "compound", "obl:unmarked"]),
        ],
    )
    def test_plain_phrases(self, text: str, relations: list[str]) -> None:
        assert [word.deprel for word in recombine._noun_phrase(text).words] == relations


def test_non_commercial_genres_are_left_out() -> None:
    documents = {"GUM_news_asylum": True, "GUM_fiction_teeth": False, "weblog-juancole.com_x": True}
    one = sentence(SAID)
    assert {name: treebanks.free(evolve(one, document=name)) for name in documents} == documents


def test_development_has_no_copies() -> None:
    paragraph = [evolve(sentence(SAID), opens_paragraph=True), sentence(INVERTED)]
    assert len(treebanks.development(paragraph)) == 2


def test_vector_keys_are_those_of_spacy() -> None:
    assert vectors.hash_word("coffee") == 3197928453018144401


def test_resources_name_every_processor() -> None:
    entry = pack.resources()["en"]
    assert set(entry["packages"]["default"]) == set(pack.PROCESSORS)
    assert "en" in pack.resources()
